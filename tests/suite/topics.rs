//! Cases of the matching rules: a dictionary, a text, and the hits of each topic.
//!
//! `tests/topics/*.jsonl` hold the project's own, a file per rule; `../shared/cases/topics.jsonl` holds
//! others. A case has `topics` (and `match`) as in config.toml, `text`, and either `hits`, the number of
//! own hits of each topic that has any, or `found`, the words of each hit in order. The project's own are
//! clean texts, so that they are about matching alone: `⏎` stands where a doubtful line-end hyphen was
//! taken away, `-⏎` where one was kept. The shared ones are read as files are.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test says so by ending"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use postil::corpus::load::from_bytes;
use postil::corpus::{DocId, Document};
use postil::text::{Hyphen, Kind, Options, Paragraph};
use postil::topics::{Dictionary, Hit, Index, Matcher, TopicId, lint};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Case {
    id: Value,
    topics: Value,
    #[serde(default, rename = "match")]
    rules: Option<Value>,
    text: String,
    hits: Option<BTreeMap<String, usize>>,
    found: Option<BTreeMap<String, Vec<String>>>,
    /// The fault that reading the dictionary reports, where one is wanted.
    says: Option<String>,
}

impl Case {
    fn dictionary(&self) -> (Dictionary, Vec<String>) {
        let mut file = json!({ "topics": self.topics });
        if let Some(rules) = &self.rules {
            file["match"] = rules.clone();
        }
        let source = toml::to_string(&file).unwrap();
        let loaded = Dictionary::parse(&source, Path::new("config.toml"));
        (loaded.value, loaded.diagnostics.iter().map(|d| d.message.clone()).collect())
    }

    fn fault(&self, read: fn(&str) -> Document) -> Option<String> {
        let (dictionary, said) = self.dictionary();
        let said_right = match &self.says {
            Some(want) => said.iter().any(|message| message.contains(want)),
            None => said.is_empty(),
        };
        if !said_right {
            return Some(format!("says {said:?}"));
        }
        let document = read(&self.text);
        let hits = Matcher::new(&dictionary).tag(&document).hits;
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for hit in &hits {
            found.entry(dictionary.topic(hit.topic).id.clone()).or_default().push(slice(&document, hit));
        }
        let counts: BTreeMap<String, usize> = found.iter().map(|(id, hits)| (id.clone(), hits.len())).collect();
        let wanted = self.hits.clone().map(|mut hits| {
            hits.retain(|_, count| *count > 0);
            hits
        });
        let right =
            wanted.is_none_or(|wanted| wanted == counts) && self.found.as_ref().is_none_or(|want| *want == found);
        (!right).then(|| format!("found {found:?} in {:?}", document.clean.text))
    }
}

fn slice(document: &Document, hit: &Hit) -> String {
    document.clean.text[hit.range()].to_owned()
}

/// A text as it is, paragraphs between blank lines, with the doubtful hyphens it marks.
fn clean(text: &str) -> Document {
    let mut document = Document::default();
    let clean = &mut document.clean;
    for text in text.split("\n\n") {
        if !clean.text.is_empty() {
            clean.text.push_str("\n\n");
        }
        let start = clean.text.len() as u32;
        for (index, piece) in text.split('⏎').enumerate() {
            if index > 0 {
                let kept = clean.text.ends_with('-');
                clean.hyphens.push(Hyphen { at: clean.text.len() as u32 - u32::from(kept), kept });
            }
            clean.text.push_str(piece);
        }
        clean.paragraphs.push(Paragraph { kind: Kind::Body, start, end: clean.text.len() as u32, close: false });
    }
    document
}

/// A text as a file of it is read. A line that stands alone may be taken for a title, which is not tagged;
/// two lines tell nothing of the width they were set to. The cases are about matching, so such a text is
/// read as the prose it is meant to be.
fn file(text: &str) -> Document {
    let document = from_bytes("case", text.as_bytes(), &Options::default()).unwrap();
    let is_folded = document.clean.paragraphs.iter().any(|paragraph| paragraph.kind.is_folded());
    if is_folded || document.clean.paragraphs.len() != text.split("\n\n").count() {
        let paragraphs: Vec<String> =
            text.split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        return clean(&paragraphs.join("\n\n"));
    }
    document
}

/// Runs every case of a file; answers how many.
fn run(file: &Path, read: fn(&str) -> Document) -> usize {
    let mut faults = Vec::new();
    let mut count = 0;
    for line in fs::read_to_string(file).unwrap().lines().filter(|line| line.starts_with('{')) {
        let case: Case =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error}: {line}", file.display()));
        count += 1;
        faults.extend(case.fault(read).map(|fault| format!("{} of {}: {fault}", case.id, file.display())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    count
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_rule_holds_in_its_cases() {
    let folder = root().join("tests/topics");
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let cases: Vec<usize> =
        files.filter(|path| path.extension().is_some_and(|e| e == "jsonl")).map(|path| run(&path, clean)).collect();
    assert!(cases.len() >= 10 && cases.iter().all(|count| *count > 0), "a file of cases for each rule");
}

#[test]
fn the_shared_cases_hold() {
    let path = root().join("../shared/cases/topics.jsonl");
    if !path.exists() {
        assert!(std::env::var("CI").is_err(), "{} is missing", path.display());
        return;
    }
    run(&path, file);
}

/// What a careful reader says that the paragraphs of a document are about.
#[derive(Deserialize)]
struct Truth {
    document: String,
    paragraphs: BTreeMap<String, Vec<String>>,
}

/// Topics of a document's paragraphs, as pairs of paragraph and topic: right, too many, missing.
#[derive(Default)]
struct Score {
    right: usize,
    extra: Vec<String>,
    missing: Vec<String>,
}

impl Score {
    fn of(truth: &Truth, dictionary: &Dictionary, document: &Document) -> Self {
        let mut index = Index::default();
        let doc = DocId(0);
        index.set(dictionary, doc, Matcher::new(dictionary).tag(document));
        let mut score = Self::default();
        for (para, paragraph) in document.clean.paragraphs.iter().enumerate().filter(|(_, p)| p.kind == Kind::Body) {
            let wanted = truth.paragraphs.get(&para.to_string());
            let wanted = wanted.unwrap_or_else(|| panic!("{} ¶{para} is missing: {paragraph:?}", truth.document));
            let mut wanted: Vec<TopicId> = wanted.iter().map(|id| dictionary.find(id).expect(id)).collect();
            // A topic includes those above it.
            for topic in wanted.clone() {
                wanted.extend(dictionary.ids().filter(|above| dictionary.is_within(topic, *above)));
            }
            let carried = index.topics_of(doc, para as u32);
            for topic in dictionary.ids() {
                let named = || format!("¶{para} {}", dictionary.topic(topic).id);
                match (wanted.contains(&topic), carried.contains(&topic)) {
                    (true, true) => score.right += 1,
                    (true, false) => score.missing.push(named()),
                    (false, true) => score.extra.push(named()),
                    (false, false) => {}
                }
            }
        }
        score
    }

    fn precision(&self) -> f64 {
        self.right as f64 / (self.right + self.extra.len()) as f64
    }

    fn recall(&self) -> f64 {
        self.right as f64 / (self.right + self.missing.len()) as f64
    }
}

#[test]
fn the_dictionary_reads_as_a_careful_reader_does() {
    let source = fs::read_to_string(root().join("config.toml")).unwrap();
    let loaded = Dictionary::parse(&source, Path::new("config.toml"));
    assert_eq!(loaded.diagnostics, []);
    let mut table = String::new();
    for name in ["truth-003.toml", "truth-004.toml"] {
        let truth: Truth =
            toml::from_str(&fs::read_to_string(root().join("tests/topics").join(name)).unwrap()).unwrap();
        let path = root().join("../shared/seeds").join(&truth.document);
        let Ok(bytes) = fs::read(&path) else {
            assert!(std::env::var("CI").is_err(), "{} is missing", path.display());
            continue;
        };
        let document = from_bytes(&truth.document, bytes, &Options::default()).unwrap();
        let score = Score::of(&truth, &loaded.value, &document);
        table += &format!("{name}: precision {:.3}, recall {:.3}\n", score.precision(), score.recall());
        table += &format!("  too many: {}\n  missing: {}\n", score.extra.join(", "), score.missing.join(", "));
        assert!(score.precision() >= 0.85 && score.recall() >= 0.95, "{table}");
    }
    // Shown with --nocapture: the figures of docs/topics.md.
    print!("{table}");
}

#[test]
fn the_dictionary_has_nothing_to_mend() {
    let path = root().join("config.toml");
    let source = fs::read_to_string(&path).unwrap();
    let dictionary = Dictionary::parse(&source, &path).value;
    let said: Vec<String> = lint::lint(&dictionary, &source, &path, None).iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{}", said.join("\n"));
    assert!(dictionary.topics.iter().all(|topic| !topic.label.is_empty() && !topic.description.is_empty()));
}
