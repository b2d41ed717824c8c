//! Golden screens: scripts in `tests/screens`, keys in and the frame out, text and style.
//!
//! ```text
//! # What this shows, for people.
//! open seeds                a folder of the repository, or of tests/screens; copied first
//! config tests/x.toml       (optional) settings in place of the repository's; none: those built in
//! size 80x24
//! keys gg]d                 (optional, may be repeated) as they are pressed
//! ---
//! the rows of the screen
//! ---
//! the same rows as style letters, and the legend (optional: left out, only the text is compared)
//! ```
//!
//! `POSTIL_BLESS=1 cargo test screens` writes the frames anew; read the difference before it is kept.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[derive(Default)]
struct Script {
    head: String,
    open: String,
    config: Option<String>,
    size: String,
    keys: String,
    text: String,
    styles: Option<String>,
}

impl Script {
    fn parse(source: &str) -> Self {
        let mut parts = source.splitn(3, "---\n");
        let head = parts.next().unwrap_or_default();
        let mut script = Script { head: head.to_owned(), ..Script::default() };
        for line in head.lines() {
            match line.split_once(' ') {
                Some(("open", path)) => script.open = path.to_owned(),
                Some(("config", path)) => script.config = Some(path.to_owned()),
                Some(("size", size)) => script.size = size.to_owned(),
                Some(("keys", keys)) => script.keys.push_str(keys),
                _ => assert!(line.is_empty() || line.starts_with('#'), "no line of a script: {line}"),
            }
        }
        script.text = parts.next().unwrap_or_default().to_owned();
        script.styles = parts.next().map(str::to_owned);
        script
    }

    /// The frame: text, and styles if the script wants them.
    fn run(&self) -> (String, Option<String>) {
        let scratch = tempfile::tempdir().unwrap();
        let library = scratch.path().join("library");
        copy(&self.source(), &library);
        let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
        command
            .env_clear()
            .env("HOME", scratch.path())
            .env("SOURCE_DATE_EPOCH", "1774267200")
            .current_dir(scratch.path());
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"] {
            command.env(variable, scratch.path().join(variable));
        }
        let config = self.config.as_deref().unwrap_or("config.toml");
        // A copy, which a script may change, under a name that is the same everywhere.
        command.args(["screen", "--size", &self.size, "--keys", &self.keys, "library"]);
        if config != "none" {
            fs::copy(root().join(config), scratch.path().join("config.toml")).unwrap();
            command.args(["--config", "config.toml"]);
        }
        if self.styles.is_some() {
            command.arg("--colour");
        }
        let output = command.output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}\n{stderr}", self.head);
        let shown = String::from_utf8(output.stdout).unwrap();
        let rows: usize = self.size.split_once('x').unwrap().1.parse().unwrap();
        let at = shown.match_indices('\n').nth(rows - 1).map_or(shown.len(), |(at, _)| at + 1);
        let (text, styles) = shown.split_at(at);
        (text.to_owned(), self.styles.is_some().then(|| styles.to_owned()))
    }

    fn source(&self) -> PathBuf {
        let near = root().join("tests/screens").join(&self.open);
        if near.exists() { near } else { root().join(&self.open) }
    }

    fn written(&self, text: &str, styles: Option<&str>) -> String {
        let styles = styles.map(|styles| format!("---\n{styles}")).unwrap_or_default();
        format!("{}---\n{text}{styles}", self.head)
    }
}

/// Copies the files of a folder, so that no test writes into the repository.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().flatten().filter(|entry| entry.path().is_file()) {
        fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn screens_are_as_their_scripts_say() {
    let mut wrong = Vec::new();
    let mut paths: Vec<PathBuf> = fs::read_dir(root().join("tests/screens"))
        .unwrap()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "screen"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no scripts in tests/screens");
    for path in paths {
        let source = fs::read_to_string(&path).unwrap();
        let script = Script::parse(&source);
        let (text, styles) = script.run();
        let shown = script.written(&text, styles.as_deref());
        if shown == source {
            continue;
        }
        if env::var_os("POSTIL_BLESS").is_some() {
            fs::write(&path, shown).unwrap();
        } else {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            wrong.push(format!("{name}\n{}", difference(&source, &shown)));
        }
    }
    assert!(
        wrong.is_empty(),
        "\n{}\nWhere the new screens are right: POSTIL_BLESS=1 cargo test screens, and read the difference.\n",
        wrong.join("\n")
    );
}

/// Rows that differ, the wanted one above the shown one.
fn difference(wanted: &str, shown: &str) -> String {
    let (mut a, mut b) = (wanted.lines(), shown.lines());
    let mut out = String::new();
    loop {
        match (a.next(), b.next()) {
            (None, None) => return out,
            (x, y) if x == y => {}
            (x, y) => {
                out.push_str(&format!("  - {}\n  + {}\n", x.unwrap_or_default(), y.unwrap_or_default()));
            }
        }
    }
}
