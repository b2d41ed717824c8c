mod faults;
mod logs;

use std::fs;

use super::super::{Author, Book, DocRef, New, Pen, Subject, Target};
use super::*;

/// A library in a folder of its own.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.path("library")).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn log(&self, name: &str) -> PathBuf {
        self.path("library/.postil/log").join(name)
    }

    fn places(&self) -> Places {
        let library = self.path("library");
        Places::below(&library, &library, &self.path("data"), &self.path("state"), &self.path("cache"))
    }

    fn open(&self, writer: &str) -> (Store, Vec<Record>, Vec<Diagnostic>) {
        let opened = Store::with(Arc::new(Real), self.places(), writer.into());
        (opened.value.0, opened.value.1, opened.diagnostics)
    }
}

/// A record of a new note with this text.
fn note(body: &str, writer: &str) -> Record {
    let author = Author { writer: writer.into(), name: String::new() };
    let doc = DocRef { path: "a.txt".into(), ..DocRef::default() };
    let target = Target { doc, subject: Subject::Document, anchor: None };
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let mut pen = Pen { author: &author, now, ids: &mut Ids::random() };
    Book::new().add(&mut pen, New { target, body: body.into(), tags: Vec::new(), mark: None })
}

fn bodies(records: &[Record]) -> Vec<String> {
    let mut book = Book::new();
    book.extend(records.iter().cloned());
    let mut bodies: Vec<String> = book.notes().map(|note| note.body().to_owned()).collect();
    bodies.sort();
    bodies
}

#[test]
fn what_was_saved_is_there_and_reading_writes_nothing() {
    let desk = Desk::new();
    let (mut store, records, diagnostics) = desk.open("ann-1");
    assert!(records.is_empty() && diagnostics.is_empty());
    assert!(!desk.path("library/.postil").exists(), "only a note makes the folder");
    assert_eq!(store.append(&note("one", "ann-1")), Ok(Saved::default()));
    assert_eq!(store.append(&note("two", "ann-1")), Ok(Saved::default()));
    assert_eq!(fs::read_to_string(desk.path("library/.postil/format")).unwrap(), "postil 1\n");
    let (_, records, diagnostics) = desk.open("ben-2");
    assert_eq!((bodies(&records), diagnostics), (vec!["one".into(), "two".into()], vec![]));
}

#[test]
fn a_line_that_is_no_record_is_passed_over_told_once_and_kept() {
    let desk = Desk::new();
    let (mut store, ..) = desk.open("ann-1");
    let _ = store.append(&note("one", "ann-1")).unwrap();
    let log = desk.log("ann-1.jsonl");
    let damaged = fs::read_to_string(&log).unwrap() + "{\"v\":1,\"ev\n<<<<<<< HEAD\n";
    fs::write(&log, &damaged).unwrap();
    let (mut store, records, diagnostics) = desk.open("ann-1");
    assert_eq!(bodies(&records), ["one"]);
    assert_eq!(diagnostics.len(), 1, "{diagnostics:?}");
    assert!(diagnostics[0].to_string().contains("ann-1.jsonl:2:1: a damaged line"), "{}", diagnostics[0]);
    let _ = store.append(&note("two", "ann-1")).unwrap();
    assert!(store.poll().diagnostics.is_empty());
    assert!(fs::read_to_string(&log).unwrap().starts_with(&damaged));
}

#[test]
fn the_notes_of_others_arrive_once() {
    let desk = Desk::new();
    let (mut ann, ..) = desk.open("ann-1");
    let (mut ben, ..) = desk.open("ben-2");
    let _ = ann.append(&note("from ann", "ann-1")).unwrap();
    assert_eq!(bodies(&ben.poll().value), ["from ann"]);
    assert!(ben.poll().value.is_empty());
    let _ = ben.append(&note("from ben", "ben-2")).unwrap();
    let _ = ann.append(&note("more from ann", "ann-1")).unwrap();
    assert_eq!(bodies(&ben.poll().value), ["more from ann"]);
    assert_eq!(bodies(&ann.poll().value), ["from ben"], "one's own are not read back");
}
