use super::*;

use crate::topics::Dictionary;

struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A folder with these files, in a repository of its own.
    fn new(files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join(".git")).unwrap();
        for (path, text) in files {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { folder }
    }

    fn around(&self) -> Surroundings {
        let current = fs::canonicalize(self.folder.path()).unwrap();
        Surroundings { user: Some(current.join("home/config.toml")), current, variable: None }
    }

    fn load(&self, paths: &[&str]) -> Loaded<Config> {
        let request = Request { config: None, paths: paths.iter().map(PathBuf::from).collect(), topics: false };
        load(&request, &self.around())
    }
}

fn origin<'a>(config: &'a Config, key: &str) -> (&'a str, Layer) {
    let origin = config.origins.iter().find(|origin| origin.key == key).unwrap();
    (&origin.value, origin.layer)
}

#[test]
fn without_files_the_defaults_hold() {
    let place = Place::new(&[]);
    let loaded = place.load(&[]);
    assert_eq!(loaded.diagnostics, []);
    let config = loaded.value;
    assert_eq!(config.settings.reading.measure, 72);
    assert_eq!(config.settings.theme.name, "default");
    assert_eq!(config.settings.notes.snapshot_limit, 1 << 20);
    assert_eq!(config.paths, [PathBuf::from(".")]);
    assert_eq!(config.topics.layer, Layer::BuiltIn);
}

#[test]
fn the_library_says_how_it_is_read_and_the_reader_how_it_looks() {
    let place = Place::new(&[
        (
            "config.toml",
            "[reading]\nmeasure = 60\n[theme]\nname = \"dark\"\n[panes]\ntopics = 30\n[topics.a]\nterms = [\"a\"]\n",
        ),
        (
            "home/config.toml",
            "[reading]\nmeasure = 90\njustify = true\n[theme]\nname = \"light\"\n[topics.b]\nterms = [\"b\"]\n",
        ),
    ]);
    let config = place.load(&[]).value;
    assert_eq!(origin(&config, "reading.measure"), ("60", Layer::Library));
    assert_eq!(origin(&config, "reading.justify"), ("true", Layer::User));
    assert_eq!(origin(&config, "theme.name"), ("\"light\"", Layer::User));
    assert_eq!(origin(&config, "panes.topics"), ("30", Layer::Library));
    assert_eq!(origin(&config, "mouse").1, Layer::BuiltIn);
    assert_eq!((config.topics.layer, config.topics.path.as_path()), (Layer::Library, Path::new("config.toml")));
}

#[test]
fn what_is_named_comes_first() {
    let place = Place::new(&[
        ("config.toml", "[reading]\nmeasure = 60\n"),
        ("env.toml", "[reading]\nmeasure = 61\njustify = true\n"),
        ("flag.toml", "[reading]\nmeasure = 62\n"),
    ]);
    let around = Surroundings { variable: Some("env.toml".into()), ..place.around() };
    let request = Request { config: Some("flag.toml".into()), paths: vec![], topics: false };
    let config = load(&request, &around).value;
    assert_eq!(origin(&config, "reading.measure"), ("62", Layer::Flag));
    assert_eq!(origin(&config, "reading.justify"), ("true", Layer::Environment));
}

#[test]
fn a_named_file_has_to_be_there() {
    let place = Place::new(&[]);
    let request = Request { config: Some("gone.toml".into()), paths: vec![], topics: false };
    let loaded = load(&request, &place.around());
    assert_eq!(loaded.diagnostics[0].to_string(), "gone.toml: no such config file; named by --config");
}

#[test]
fn the_nearest_file_above_the_library_counts_up_to_the_repository() {
    let place = Place::new(&[
        ("outer/config.toml", "[reading]\nmeasure = 50\n"),
        ("outer/lib/deep/a.txt", "x"),
        ("outer/lib/.postil/config.toml", "[reading]\nmeasure = 51\n"),
        ("outer/lib/config.toml", "[reading]\nmeasure = 52\n"),
        ("outer/repo/.git/HEAD", ""),
        ("outer/repo/a.txt", "x"),
        ("outer/other/config.toml", "[server]\nport = 1\n"),
    ]);
    let measure = |path: &str| place.load(&[path]).value.settings.reading.measure;
    assert_eq!(measure("outer/lib/deep"), 51);
    assert_eq!(measure("outer/lib/deep/a.txt"), 51);
    assert_eq!(measure("outer/repo"), 72);
    assert_eq!(measure("outer/other"), 50, "another program's file is passed over");
}

#[test]
fn a_library_is_relative_to_the_file_that_names_it() {
    let place = Place::new(&[
        ("work/config.toml", "library = \"../texts\"\n[reading]\nmeasure = 50\njustify = true\n"),
        ("texts/config.toml", "[reading]\nmeasure = 51\n"),
        ("own/.postil/config.toml", "library = \"essays\"\n"),
    ]);
    let mut around = place.around();
    let root = around.current.clone();
    around.current = root.join("work");
    let config = load(&Request::default(), &around).value;
    assert_eq!(config.paths, [PathBuf::from("../texts")]);
    assert_eq!(origin(&config, "reading.measure"), ("51", Layer::Library), "the library's own file comes first");
    assert_eq!(origin(&config, "reading.justify"), ("true", Layer::Library));
    around.current = root.join("own");
    assert_eq!(load(&Request::default(), &around).value.paths, [PathBuf::from("essays")]);
}

#[test]
fn keys_are_laid_over_one_another_by_action() {
    let place = Place::new(&[
        ("config.toml", "[keys]\nquit = \"Q\"\nback = \"B\"\n"),
        ("home/config.toml", "[keys]\nquit = \"X\"\n"),
    ]);
    let config = place.load(&[]).value;
    let keys: Vec<_> = config.settings.keys.iter().map(|b| (b.action.as_str(), b.keys[0].as_str())).collect();
    assert_eq!(keys, [("quit", "X"), ("back", "B")]);
    assert_eq!(origin(&config, "keys.quit").1, Layer::User);
}

#[test]
fn every_setting_is_documented_in_the_built_in_file_with_its_default() {
    let mut section = "";
    let mut written = Vec::new();
    for line in BUILT_IN.lines() {
        let line = line.trim_start_matches("# ").trim();
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.split(']').next()) {
            section = name;
        } else if let Some((name, value)) = line.split_once(" = ") {
            let key = if section.is_empty() { name.to_owned() } else { format!("{section}.{name}") };
            written.push((key, value.split("  #").next().unwrap_or(value).trim()));
        }
    }
    for setting in SETTINGS {
        let found = written.iter().find(|(key, _)| key == setting.key);
        let (_, value) = found.unwrap_or_else(|| panic!("{} is not in config.toml", setting.key));
        assert!(setting.key == LIBRARY || *value == setting.default, "{} = {value}", setting.key);
    }
}

/// It is not parsed for its settings.
#[test]
fn the_built_in_file_says_nothing_but_topics() {
    let read = table::parse(BUILT_IN, Path::new(BUILT_IN_PATH), Topics::Left);
    assert_eq!(read.diagnostics, []);
    assert!(read.value.has_topics && read.value.keys.is_empty());
    let given: Vec<_> = read.value.values.iter().map(|(row, ..)| SETTINGS[*row].key).collect();
    assert_eq!(given, [LIBRARY]);
}

#[test]
fn topics_that_are_read_with_the_settings_are_those_of_their_file() {
    let topics = |name: &str| format!("[topics.{name}]\ntems = []\nterms = [\"{name}\"]\n");
    let (library, user) = (topics("trade"), topics("russia"));
    for (files, wanted) in [
        (vec![("config.toml", library.as_str()), ("home/config.toml", &user)], Some("trade")),
        (vec![("config.toml", "[reading]\nmeasure = 60\n"), ("home/config.toml", &user)], Some("russia")),
        (vec![], None),
    ] {
        let place = Place::new(&files);
        let request = Request { topics: true, ..Request::default() };
        let mut loaded = load(&request, &place.around());
        assert_eq!(loaded.diagnostics, []);
        let later = loaded.value.dictionary();
        assert_eq!(loaded.value.read.is_some(), wanted.is_some());
        let read = loaded.value.take_dictionary();
        let ids =
            |dictionary: &Loaded<Dictionary>| dictionary.value.topics.iter().map(|t| t.id.clone()).collect::<Vec<_>>();
        assert_eq!(ids(&read), ids(&later));
        assert_eq!(read.diagnostics, later.diagnostics);
        assert!(wanted.is_none_or(|wanted| ids(&read) == [wanted]));
        assert_eq!(read.diagnostics.is_empty(), wanted.is_none());
    }
}
