//! The repository checks itself: layers, module docs, sizes, reasons, and words that do not belong.
//!
//! Every check reads the files as they stand and says each fault with file and line, all at once.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use postil::config::settings::SETTINGS;
use regex::Regex;

/// The layers of docs/architecture.md. A module imports only from the rows above its own.
const LAYERS: &[&[&str]] = &[
    &["diag", "text"],
    &["keys", "corpus"],
    &["topics", "search"],
    &["notes"],
    &["config", "export"],
    &["app"],
    &["ui"],
    &["tui"],
    &["cli"],
    &["main", "lib"],
];

/// A line that is longer than this is a sign that a file does two things.
const LONGEST_FILE: usize = 800;

/// Words of code, the files (by the start of their path) that may use them, and why no other may.
const RESERVED: &[(&str, &[&str], &str)] = &[
    (r"\bratatui\b", &["src/ui/", "src/tui/"], "only the screen draws"),
    (r"\bcrossterm\b", &["src/ui/", "src/tui/"], "only the terminal is asked by name"),
    (r"\bratatui_textarea\b", &["src/app/editor", "src/ui/", "src/tui/"], "only the note editor edits text"),
    (
        r"\bstd::fs\b|\bfs::(read|write|File|metadata|canonicalize|create|remove|rename|copy|Open)|\bFile::(open|create)\b|\btempfile\b",
        &["src/corpus/load", "src/notes/", "src/config/load", "src/tui/", "src/cli/"],
        "only loading, notes and the edges touch the disk",
    ),
    (r"\b(Instant|SystemTime|Timestamp|Zoned)::now\b", &["src/notes/", "src/tui/", "src/cli/"], "time is an event"),
    (r"\bthread::(spawn|scope|sleep)\b", &["src/tui/", "src/cli/", "src/notes/"], "work is an effect"),
    (r"\bstatic mut\b|\bthread_local!", &[], "no mutable globals"),
    (r"\b(todo|unimplemented)!", &[], "what is not there is not claimed"),
];

/// A file of the repository, as the checks see it.
struct Source {
    /// Relative to the repository, parts separated by `/`.
    path: String,
    text: String,
}

impl Source {
    /// The lines of code that are no test and no comment, with their numbers.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let in_tests = self.path.ends_with("/tests.rs");
        self.text
            .lines()
            .enumerate()
            .take_while(move |(_, line)| !in_tests && !line.starts_with("#[cfg(test)]"))
            .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
    }

    /// The top module it belongs to: `config` for `src/config/load/tests.rs`.
    fn module(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        inside.split(['/', '.']).next().unwrap_or_default()
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files that git would keep, below `folder`, as text; others are left out.
fn files(folder: &str, keep: impl Fn(&str) -> bool) -> Vec<Source> {
    let mut found: Vec<PathBuf> = WalkBuilder::new(root().join(folder))
        .hidden(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build()
        .flatten()
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .map(|entry| entry.into_path())
        .collect();
    found.sort();
    let source = |file: PathBuf| {
        let path = file.strip_prefix(root()).ok()?.to_str()?.to_owned();
        keep(&path).then(|| fs::read_to_string(&file).ok().map(|text| Source { path, text }))?
    };
    found.into_iter().filter_map(source).collect()
}

fn rust(folder: &str) -> Vec<Source> {
    files(folder, |path| path.ends_with(".rs"))
}

/// Fails with all faults, a line each.
fn report(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn a_module_imports_only_from_the_rows_above_it() {
    let row = |module: &str| LAYERS.iter().position(|row| row.contains(&module));
    let import = Regex::new(r"\bcrate::(?:(\w+)|\{([^}]*)\})").unwrap();
    let mut faults = Vec::new();
    for source in rust("src") {
        let module = source.module();
        let Some(own) = row(module) else {
            faults.push(format!("{}: {module} has no row in the layers", source.path));
            continue;
        };
        for (number, line) in source.code() {
            for names in import.captures_iter(line) {
                let names = names.get(1).or(names.get(2)).map_or("", |names| names.as_str());
                for name in names.split(',').map(|name| name.trim().split("::").next().unwrap_or_default()) {
                    let below = row(name).is_some_and(|there| there >= own);
                    if name != module && below {
                        faults.push(format!("{}:{number}: {module} may not use {name}", source.path));
                    }
                }
            }
        }
    }
    report(faults);
}

#[test]
fn the_architecture_shows_these_layers() {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let shown = text.split("<!-- layers -->\n```\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let rows: String = LAYERS.iter().map(|row| row.join(" ") + "\n").collect();
    assert_eq!(shown, rows);
}

#[test]
fn the_map_of_the_house_names_every_module() {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let listed: BTreeSet<&str> = lib
        .lines()
        .filter_map(|line| line.strip_prefix("//! | [`"))
        .filter_map(|rest| rest.split_once('`'))
        .map(|(name, _)| name)
        .collect();
    let declared = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    report(
        declared
            .filter(|name| *name != "cli" && !listed.contains(name))
            .map(|name| format!("src/lib.rs: {name} is missing in the table at its head"))
            .collect(),
    );
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    let of_src_and_tests = rust("src").into_iter().chain(rust("tests"));
    report(
        of_src_and_tests
            .filter(|source| !source.path.ends_with("/tests.rs") && !source.text.starts_with("//! "))
            .map(|source| format!("{}:1: no module doc", source.path))
            .collect(),
    );
}

#[test]
fn no_file_is_a_city() {
    let of_src_and_tests = rust("src").into_iter().chain(rust("tests"));
    report(
        of_src_and_tests
            .map(|source| (source.text.lines().count(), source.path))
            .filter(|(lines, _)| *lines > LONGEST_FILE)
            .map(|(lines, path)| format!("{path}: {lines} lines, and {LONGEST_FILE} are enough"))
            .collect(),
    );
}

#[test]
fn what_is_reserved_stays_where_it_belongs() {
    let mut faults = Vec::new();
    let sources = rust("src");
    for (word, homes, why) in RESERVED {
        let word = Regex::new(word).unwrap();
        for source in sources.iter().filter(|source| !homes.iter().any(|home| source.path.starts_with(home))) {
            for (number, line) in source.code().filter(|(_, line)| word.is_match(line)) {
                faults.push(format!("{}:{number}: {why}: {}", source.path, line.trim()));
            }
        }
    }
    report(faults);
}

#[test]
fn every_direct_dependency_says_what_it_is_for() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).unwrap();
    let mut faults = Vec::new();
    let mut in_dependencies = false;
    for (index, line) in manifest.lines().enumerate() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies]");
        } else if in_dependencies && !line.is_empty() && !line.starts_with('#') {
            let reason = line.rsplit_once(" # ").map_or("", |(_, reason)| reason.trim());
            if reason.len() < 8 {
                faults.push(format!("Cargo.toml:{}: no reason: {line}", index + 1));
            }
        }
    }
    report(faults);
}

#[test]
fn every_setting_stands_in_config_toml_with_its_default() {
    let text = fs::read_to_string(root().join("config.toml")).unwrap();
    let mut section = String::new();
    let mut shown = BTreeSet::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            section = format!("{name}.");
        }
        if let Some((name, value)) = line.trim_start_matches("# ").split_once(" = ") {
            shown.insert((format!("{section}{name}"), value.to_owned()));
        }
    }
    let is_shown = |key: &str, default: &str| {
        // The library of this file is the sample one.
        shown.iter().any(|(name, value)| name == key && (value == default || key == "library"))
    };
    report(
        SETTINGS
            .iter()
            .filter(|setting| !is_shown(setting.key, setting.default))
            .map(|setting| format!("config.toml: no line for {} = {}", setting.key, setting.default))
            .collect(),
    );
}

/// Places on somebody's machine are no part of the project.
#[test]
fn no_file_names_a_place_on_a_machine() {
    let word = Regex::new(&["/wor", "k/|/ro", "ot/|/home/[a-z]+/|/Us", "ers/"].concat()).unwrap();
    let mut faults = Vec::new();
    for source in files("", |path| !path.starts_with("seeds/") && path != "Cargo.lock") {
        for (index, line) in source.text.lines().enumerate().filter(|(_, line)| word.is_match(line)) {
            faults.push(format!("{}:{}: a machine's path: {}", source.path, index + 1, line.trim()));
        }
    }
    report(faults);
}

#[test]
fn the_top_of_the_repository_holds_what_it_should() {
    const SHOULD: &[&str] = &[
        "Cargo.toml",
        "Cargo.lock",
        "src",
        "seeds",
        "config.toml",
        "tests",
        "README.md",
        "benches",
        "fuzz",
        "docs",
        "licences",
        "clippy.toml",
        "rustfmt.toml",
        "deny.toml",
    ];
    let top: BTreeSet<String> =
        files("", |_| true).iter().filter_map(|source| source.path.split('/').next().map(str::to_owned)).collect();
    report(
        top.into_iter()
            .filter(|name| !name.starts_with('.') && !SHOULD.contains(&name.as_str()))
            .map(|name| format!("{name}: has no place at the top of the repository"))
            .collect(),
    );
}
