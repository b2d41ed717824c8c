//! Sessions on disk: `$XDG_STATE_HOME/postil/LIBID/session.json`, replaced as a whole.
//!
//! Nothing here is dear: a file that cannot be read or written is as if it were not there.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::app::layout::{Sizes, View};
use crate::app::places::{Passage, Reading};
use crate::app::session::Session;
use crate::app::shelf::Print;
use crate::notes::{DocRef, Places};

/// The form of the file; others are left alone.
const VERSION: u32 = 1;

/// The session's file of the library at `root`.
pub fn file(root: &Path) -> PathBuf {
    Places::of_process(root).drafts.with_file_name("session.json")
}

/// What the last session left.
pub fn read(file: &Path) -> Option<Session> {
    let stored: Stored = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
    (stored.version == VERSION).then(|| stored.into())
}

/// Keeps a session, laid over what is there.
///
/// # Errors
/// When the folder or the file cannot be written.
pub fn keep(file: &Path, session: Session) -> io::Result<()> {
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let session = session.over(read(file).unwrap_or_default());
    let mut aside = tempfile::NamedTempFile::new_in(folder)?;
    serde_json::to_writer(&mut aside, &Stored::from(session))?;
    aside.persist(file)?;
    Ok(())
}

/// Puts a copied text into a new file: beside the sessions, else in the current folder.
///
/// # Errors
/// When no folder takes it.
pub fn keep_copy(text: &str) -> io::Result<PathBuf> {
    let state = file(Path::new("."));
    let state = state.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let write = |folder: &Path| {
        fs::create_dir_all(folder)?;
        let mut aside = tempfile::Builder::new().prefix("copied-").suffix(".txt").tempfile_in(folder)?;
        io::Write::write_all(&mut aside, text.as_bytes())?;
        aside.keep().map(|(_, path)| path).map_err(io::Error::from)
    };
    write(state).or_else(|_| write(Path::new(".")))
}

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    #[serde(default)]
    last: Option<String>,
    #[serde(default)]
    readings: Vec<StoredReading>,
    #[serde(default)]
    marks: Vec<StoredMark>,
    #[serde(default)]
    files: Vec<StoredFile>,
    #[serde(default)]
    jumps: Vec<StoredJump>,
    #[serde(default)]
    searches: Vec<String>,
    #[serde(default)]
    commands: Vec<String>,
    #[serde(default)]
    measure: Option<usize>,
    #[serde(default)]
    documents: Option<usize>,
    #[serde(default)]
    topics: Option<usize>,
    #[serde(default)]
    text_only: bool,
    #[serde(default)]
    one_bright: bool,
    #[serde(default)]
    all_hits: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct StoredReading {
    doc: String,
    at: usize,
    words: String,
    #[serde(default)]
    above: usize,
    #[serde(default)]
    furthest: usize,
    length: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum StoredJump {
    Words(String, usize, String),
    /// As earlier versions wrote it.
    Place(String, usize),
}

#[derive(Serialize, Deserialize)]
struct StoredMark {
    letter: char,
    doc: String,
    at: usize,
    words: String,
}

#[derive(Serialize, Deserialize)]
struct StoredFile {
    doc: String,
    bytes: u64,
    /// As in the notes.
    raw: String,
}

impl From<Session> for Stored {
    fn from(session: Session) -> Self {
        let reading = |(doc, reading): (String, Reading)| StoredReading {
            doc,
            at: reading.passage.at,
            words: reading.passage.words,
            above: reading.above,
            furthest: reading.furthest,
            length: reading.length,
        };
        let mark = |(letter, doc, Passage { at, words })| StoredMark { letter, doc, at, words };
        let print =
            |(doc, print): (String, Print)| StoredFile { doc, bytes: print.bytes, raw: DocRef::named(print.raw) };
        Self {
            version: VERSION,
            last: session.last,
            files: session.prints.into_iter().map(print).collect(),
            readings: session.readings.into_iter().map(reading).collect(),
            marks: session.marks.into_iter().map(mark).collect(),
            jumps: session.jumps.into_iter().map(|(doc, p)| StoredJump::Words(doc, p.at, p.words)).collect(),
            searches: session.searches,
            commands: session.commands,
            measure: session.sizes.measure,
            documents: session.sizes.documents,
            topics: session.sizes.topics,
            text_only: session.view.text_only,
            one_bright: session.view.one_bright,
            all_hits: session.view.all_hits,
        }
    }
}

impl From<Stored> for Session {
    fn from(stored: Stored) -> Self {
        let reading = |kept: StoredReading| {
            let passage = Passage { at: kept.at, words: kept.words };
            let furthest = if kept.length > 0 { kept.furthest.min(kept.length) } else { kept.furthest };
            (kept.doc, Reading { passage, above: kept.above, furthest, length: kept.length })
        };
        let mark = |kept: StoredMark| (kept.letter, kept.doc, Passage { at: kept.at, words: kept.words });
        let jump = |kept: StoredJump| match kept {
            StoredJump::Words(doc, at, words) => (doc, Passage { at, words }),
            StoredJump::Place(doc, at) => (doc, Passage { at, words: String::new() }),
        };
        let print = |kept: StoredFile| {
            let raw = DocRef::hash(&kept.raw)?;
            Some((kept.doc, Print { bytes: kept.bytes, raw }))
        };
        Self {
            last: stored.last,
            prints: stored.files.into_iter().filter_map(print).collect(),
            readings: stored.readings.into_iter().map(reading).collect(),
            marks: stored.marks.into_iter().map(mark).collect(),
            jumps: stored.jumps.into_iter().map(jump).collect(),
            searches: stored.searches,
            commands: stored.commands,
            sizes: Sizes { measure: stored.measure, documents: stored.documents, topics: stored.topics },
            view: View { text_only: stored.text_only, one_bright: stored.one_bright, all_hits: stored.all_hits },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        let passage = Passage { at: 12, words: "the words".into() };
        let reading = Reading { passage: passage.clone(), above: 3, furthest: 40, length: 80 };
        Session {
            last: Some("a.txt".into()),
            readings: vec![("a.txt".into(), reading)],
            marks: vec![('x', "a.txt".into(), passage.clone())],
            prints: vec![("a.txt".into(), Print { bytes: 99, raw: [7; 32] })],
            jumps: vec![("a.txt".into(), passage)],
            searches: vec!["trade".into()],
            commands: vec!["keys".into()],
            sizes: Sizes { measure: Some(64), ..Sizes::default() },
            view: View { text_only: true, one_bright: false, all_hits: Some(true) },
        }
    }

    #[test]
    fn what_is_kept_comes_back_and_others_readings_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("deep/er/session.json");
        assert_eq!(read(&file), None);
        keep(&file, session()).unwrap();
        assert_eq!(read(&file), Some(session()));
        let mut other = session();
        other.readings = vec![("b.txt".into(), Reading::default())];
        keep(&file, other).unwrap();
        let paths: Vec<_> = read(&file).unwrap().readings.into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, ["b.txt", "a.txt"]);
    }

    #[test]
    fn jumps_of_an_earlier_version_are_understood() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("session.json");
        fs::write(&file, r#"{"version":1,"jumps":[["a.txt",7],["b.txt",8,"its words"]]}"#).unwrap();
        let jumps = read(&file).unwrap().jumps;
        let passage = |at, words: &str| Passage { at, words: words.into() };
        assert_eq!(jumps, [("a.txt".into(), passage(7, "")), ("b.txt".into(), passage(8, "its words"))]);
    }

    #[test]
    fn a_damaged_file_is_as_none() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("session.json");
        fs::write(&file, "{\"version\":1,").unwrap();
        assert_eq!(read(&file), None);
        fs::write(&file, "{\"version\":9}").unwrap();
        assert_eq!(read(&file), None);
        keep(&file, session()).unwrap();
        assert_eq!(read(&file), Some(session()));
    }
}
