//! Golden cases: each `NAME.txt` of `tests/paragraphs/` is a messy text, `NAME.expected` what it becomes.
//!
//! The expected file says in its first line why the case is there; then come the head's fields that the text states and
//! the paragraphs, each behind its kind, with `⁌` and `⁍` around the mark of a linked footnote. `POSTIL_BLESS=1 cargo test golden`
//! writes what was read over what was expected, and keeps the first line.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use postil::text::{self, Clean, Options};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/paragraphs")
}

#[test]
fn golden_cases_read_as_expected() {
    let mut names: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let inputs: Vec<&String> = names.iter().filter(|name| name.ends_with(".txt")).collect();
    assert!(inputs.len() >= 25, "the golden cases are gone");
    let mut faults = Vec::new();
    for name in &names {
        let stem = name.rsplit_once('.').map_or("", |(stem, _)| stem);
        let pair = ["txt", "expected"].map(|end| names.contains(&format!("{stem}.{end}")));
        if pair != [true, true] && env::var_os("POSTIL_BLESS").is_none() {
            faults.push(format!("{name} stands alone"));
        }
    }
    for input in inputs {
        let path = folder().join(input);
        let got = shown(&text::read(&fs::read(&path).unwrap(), &Options::default()));
        let expected = path.with_extension("expected");
        let known = fs::read_to_string(&expected).unwrap_or_default();
        let (why, want) = known.split_once('\n').unwrap_or(("# why?", ""));
        if want != got {
            if env::var_os("POSTIL_BLESS").is_some() {
                fs::write(&expected, format!("{why}\n{got}")).unwrap();
            }
            faults.push(format!("{input} ({why})\n--- wanted\n{want}--- read\n{got}"));
        } else if why.len() < 12 || !why.starts_with("# ") {
            faults.push(format!("{input}: its first line says not why"));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A clean text as the expected files have it.
fn shown(clean: &Clean) -> String {
    let mut out = String::new();
    let head = &clean.head;
    let authors = (!head.authors.is_empty()).then(|| head.authors.join(", "));
    for (name, value) in [("title", &head.title), ("author", &authors), ("date", &head.date), ("source", &head.source)]
    {
        if let Some(value) = value {
            out += &format!("{name}: {value}\n");
        }
    }
    for paragraph in &clean.paragraphs {
        let mut text = clean.text[paragraph.range()].to_owned();
        for note in clean.footnotes.iter().rev() {
            let (start, end) = (note.mark.start as usize, note.mark.end as usize);
            if paragraph.range().contains(&start) {
                text.insert(end - paragraph.start as usize, '⁍');
                text.insert(start - paragraph.start as usize, '⁌');
            }
        }
        out += &format!("[{}] {text}\n", paragraph.kind.name());
    }
    out
}

/// The four real documents, where they are at hand: their own figures have to be perfect.
#[test]
fn real_documents_keep_every_character() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = fs::read_dir(&seeds) else {
        assert!(env::var("CI").is_err(), "the real documents are not where CI has them");
        return;
    };
    for entry in entries {
        let bytes = fs::read(entry.unwrap().path()).unwrap();
        let clean = text::read(&bytes, &Options::default());
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
        assert_eq!(letters(&clean.text), letters(&String::from_utf8_lossy(&bytes)));
        assert!(clean.paragraphs.len() > 10);
    }
}
