//! README.md says what is: its tables are those of the program, its commands run, its links lead somewhere.
//!
//! `POSTIL_BLESS=1 cargo test readme` writes the tables between their marks anew.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use postil::config::Layer;
use postil::config::load::{Request, Surroundings, load};
use postil::keys::actions::{Scope, TABLE};
use regex::Regex;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn readme() -> String {
    fs::read_to_string(root().join("README.md")).unwrap()
}

/// What stands between `<!-- NAME -->` and `<!-- /NAME -->`, with the text around it.
fn between<'a>(text: &'a str, name: &str) -> (&'a str, &'a str, &'a str) {
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let start = text.find(&open).unwrap() + open.len();
    let end = start + text[start..].find(&close).unwrap();
    (&text[..start], &text[start..end], &text[end..])
}

/// A key as code in a table of Markdown.
fn code(key: &str) -> String {
    match key.contains('`') {
        true => format!("`` {key} ``"),
        false => format!("`{}`", key.replace('|', "\\|")),
    }
}

/// The table of actions as README shows it: a table for each place, a row for each action with keys.
fn keys() -> String {
    let mut text = String::new();
    for scope in Scope::ALL {
        text += &format!("\n**{}**\n\n| keys | | name |\n| --- | --- | --- |\n", scope.name());
        for row in TABLE.iter().filter(|row| row.scope == scope && !row.keys.is_empty()) {
            let keys: Vec<String> = row.keys.iter().map(|key| code(key)).collect();
            text += &format!("| {} | {} | {} |\n", keys.join(" "), row.line.replace('|', "\\|"), row.name);
        }
    }
    text + "\n"
}

#[test]
fn the_table_of_keys_is_that_of_the_actions() {
    let text = readme();
    let (before, written, after) = between(&text, "keys");
    let keys = keys();
    if env::var_os("POSTIL_BLESS").is_some() {
        fs::write(root().join("README.md"), format!("{before}{keys}{after}")).unwrap();
        return;
    }
    assert!(written == keys, "the keys in README.md are not those of the table: POSTIL_BLESS=1 cargo test readme");
}

#[test]
fn its_first_two_commands_are_run_and_test() {
    let text = readme();
    let commands: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("    cargo ")).take(2).collect();
    assert_eq!(commands, ["run --release", "test"]);
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(ci.lines().any(|line| line.starts_with("cargo test 2>&1")), ".ci/run has another test command");
}

/// A config.toml that README shows is one that Postil takes.
#[test]
fn its_settings_are_right() {
    let text = readme();
    let blocks: Vec<&str> = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    assert!(!blocks.is_empty());
    for block in blocks {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("config.toml");
        fs::write(&file, block).unwrap();
        let request = Request { config: Some(file), paths: vec![folder.path().to_owned()], topics: false };
        let loaded = load(&request, &Surroundings { current: folder.path().to_owned(), ..Surroundings::default() });
        assert_eq!(loaded.diagnostics, [], "{block}");
        assert_eq!(loaded.value.topics.layer, Layer::Flag);
        assert_eq!(loaded.value.dictionary().diagnostics, [], "{block}");
    }
}

/// Commands that README and docs/recipes.md show are taken by the program's own arguments.
#[test]
fn its_commands_are_known() {
    let recipes = fs::read_to_string(root().join("docs/recipes.md")).unwrap();
    let text = readme() + &recipes;
    let known = Regex::new(r"\bpostil ((?:notes )?[a-z]+)").unwrap();
    let block = Regex::new(r"(?m)^    (.*)$").unwrap();
    let mut seen = 0;
    for line in block.captures_iter(&text).map(|line| line.get(1).unwrap().as_str()) {
        for command in known.captures_iter(line).map(|found| found.get(1).unwrap().as_str()) {
            let output =
                Command::new(env!("CARGO_BIN_EXE_postil")).args(command.split(' ')).arg("--help").output().unwrap();
            assert!(output.status.success(), "no command {command}: {line}");
            let help = String::from_utf8_lossy(&output.stdout).into_owned();
            // Options up to the end of this command, not those of what it is piped into.
            let own = line[line.find(&format!("postil {command}")).unwrap()..].split(['|', ';', '>']).next().unwrap();
            for option in own.split_whitespace().filter(|word| word.starts_with("--") && word.len() > 2) {
                let option = option.split('=').next().unwrap();
                assert!(help.contains(option), "postil {command} knows no {option}: {line}");
            }
            seen += 1;
        }
    }
    assert!(seen > 8, "only {seen} commands");
}

#[test]
fn links_between_the_pages_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)#:]+)(?:#[^)]*)?\)").unwrap();
    let mut pages: Vec<PathBuf> =
        fs::read_dir(root().join("docs")).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.push(root().join("README.md"));
    let mut faults = Vec::new();
    for page in pages.iter().filter(|page| page.extension().is_some_and(|extension| extension == "md")) {
        let text = fs::read_to_string(page).unwrap();
        for target in link.captures_iter(&text).map(|found| found.get(1).unwrap().as_str()) {
            // The picture of the screen is made last.
            if !page.parent().unwrap().join(target).exists() {
                faults.push(format!("{}: {target} is not there", page.display()));
            }
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}
