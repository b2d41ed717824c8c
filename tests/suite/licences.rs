//! Licences: every crate that is linked or run for a build is under one that deny.toml allows, and
//! licences/THIRD-PARTY.md names those that are in the program.
//!
//! `POSTIL_BLESS=1 cargo test licences` writes that page anew.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A crate of the tree and its licence, as its manifest says it.
type Licences = BTreeMap<String, String>;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The crates of the tree along these edges, Postil itself left out.
fn tree(edges: &str) -> Licences {
    let output = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["tree", "--locked", "--offline", "--prefix", "none", "--format", "{p}|{l}", "--edges", edges])
        .current_dir(root())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let rows = text.lines().map(|line| line.trim_end_matches(" (*)")).filter_map(|line| line.split_once('|'));
    let named = rows.map(|(package, licence)| {
        let name = package.split(' ').next().unwrap_or_default();
        (name.to_owned(), licence.to_owned())
    });
    named.filter(|(name, _)| name != env!("CARGO_PKG_NAME")).collect()
}

/// The licences of deny.toml, and those that single crates may have.
struct Allowed {
    everywhere: Vec<String>,
    by_name: Vec<(String, String)>,
}

impl Allowed {
    fn read() -> Self {
        let text = fs::read_to_string(root().join("deny.toml")).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let licences = &table["licenses"];
        let text = |value: &toml::Value| value.as_str().unwrap().to_owned();
        let everywhere = licences["allow"].as_array().unwrap().iter().map(text).collect();
        let by_name = licences["exceptions"].as_array().unwrap().iter();
        let by_name = by_name.map(|exception| (text(&exception["crate"]), text(&exception["allow"][0]))).collect();
        Self { everywhere, by_name }
    }

    /// Whether an expression of SPDX can be met: one of what OR joins, all of what AND joins; AND binds
    /// closer. An exception (WITH) only adds rights.
    fn meets(&self, name: &str, expression: &str) -> bool {
        let expression = expression.replace(" / ", " OR ").replace('/', " OR ");
        let words = expression.replace('(', " ( ").replace(')', " ) ");
        let mut words: Vec<&str> = words.split_whitespace().rev().collect();
        !words.is_empty() && self.any(name, &mut words) && words.is_empty()
    }

    fn any(&self, name: &str, words: &mut Vec<&str>) -> bool {
        let mut met = self.all(name, words);
        while words.last() == Some(&"OR") {
            words.pop();
            met |= self.all(name, words);
        }
        met
    }

    fn all(&self, name: &str, words: &mut Vec<&str>) -> bool {
        let mut met = self.one(name, words);
        while words.last() == Some(&"AND") {
            words.pop();
            met &= self.one(name, words);
        }
        met
    }

    fn one(&self, name: &str, words: &mut Vec<&str>) -> bool {
        match words.pop() {
            Some("(") => {
                let met = self.any(name, words);
                words.pop() == Some(")") && met
            }
            Some(licence) => {
                if words.last() == Some(&"WITH") {
                    words.truncate(words.len() - 2);
                }
                self.everywhere.iter().any(|allowed| allowed == licence)
                    || self.by_name.iter().any(|(crate_, allowed)| crate_ == name && allowed == licence)
            }
            None => false,
        }
    }
}

#[test]
fn every_crate_is_under_a_licence_that_is_allowed() {
    let allowed = Allowed::read();
    let crates = tree("normal,build,dev");
    assert!(crates.len() > 50, "the tree has only {} crates", crates.len());
    let faults: Vec<String> = crates
        .iter()
        .filter(|(name, licence)| !allowed.meets(name, licence))
        .map(|(name, licence)| format!("{name}: {licence:?} is not allowed by deny.toml"))
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn expressions_are_read_as_spdx_means_them() {
    let allowed = Allowed {
        everywhere: vec!["MIT".into(), "Apache-2.0".into()],
        by_name: vec![("nice".into(), "MPL-2.0".into())],
    };
    for yes in ["MIT", "GPL-3.0 OR MIT", "MIT/GPL-3.0", "(MIT OR X) AND Apache-2.0", "Apache-2.0 WITH LLVM-exception"] {
        assert!(allowed.meets("any", yes), "{yes}");
    }
    for no in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR X) AND Y", "MPL-2.0", "OR MIT", "MIT )"] {
        assert!(!allowed.meets("any", no), "{no}");
    }
    assert!(allowed.meets("nice", "MPL-2.0"));
}

/// Other systems link a few crates more or less.
#[cfg(target_os = "linux")]
#[test]
fn the_page_of_third_parties_names_what_is_linked() {
    let rows: String =
        tree("normal,no-proc-macro").iter().map(|(name, licence)| format!("| {name} | {licence} |\n")).collect();
    let page = format!(
        "# What Postil is built from\n\n\
         The crates that are compiled into the program, on Linux, and what their manifests say of their licences.\n\
         Their texts come with their sources: `cargo vendor` gathers them. The word list in src/text/words has its\n\
         own terms in SCOWL.txt, WordNet.txt and GloVe.txt.\n\n\
         | crate | licence |\n| --- | --- |\n{rows}"
    );
    let path = root().join("licences/THIRD-PARTY.md");
    if env::var_os("POSTIL_BLESS").is_some() {
        fs::write(&path, &page).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "licences/THIRD-PARTY.md is out of date: POSTIL_BLESS=1 cargo test licences");
}
