//! A disk that fails at every call, fills up, or stops: what was called saved is there afterwards.

use std::collections::BTreeSet;
use std::time::Duration;

use rustix::io::Errno;

use super::super::super::disk::sim::{Fault, Sim};
use super::super::super::{EventId, Ids};
use super::*;

fn places() -> Places {
    let library = Path::new("/library");
    Places::below(library, library, Path::new("/data"), Path::new("/state"), Path::new("/cache"))
}

fn disk(seed: u64) -> Sim {
    Sim::new(seed, &["/library", "/data", "/state"])
}

fn open(disk: &Sim, writer: &str) -> (Store, Vec<Record>) {
    Store::with(Arc::new(disk.clone()), places(), writer.into()).value
}

/// What a process that starts now finds.
fn found(disk: &Sim) -> BTreeSet<EventId> {
    open(disk, "reader").1.iter().map(|record| record.ev).collect()
}

/// The records that a test writes.
struct Pile {
    ids: Ids,
}

impl Pile {
    fn record(&mut self, writer: &str) -> Record {
        let author = Author { writer: writer.into(), name: String::new() };
        let doc = DocRef { path: "a.txt".into(), ..DocRef::default() };
        let target = Target { doc, subject: Subject::Document, anchor: None };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let new = New { target, body: "x\ny".repeat(20), tags: Vec::new(), mark: None };
        Book::new().add(&mut Pen { author: &author, now, ids: &mut self.ids }, new)
    }
}

/// Two writers, three notes: how far it came.
fn story(disk: &Sim, pile: &mut Pile) -> (BTreeSet<EventId>, Vec<(Record, StoreError)>) {
    let (mut saved, mut failed) = (BTreeSet::new(), Vec::new());
    let mut stores = [open(disk, "ann-1").0, open(disk, "ben-2").0];
    for at in [0, 1, 0] {
        let record = pile.record(stores[at].writer());
        match stores[at].append(&record) {
            Ok(_) => drop(saved.insert(record.ev)),
            Err(error) => failed.push((record, error)),
        }
    }
    (saved, failed)
}

#[test]
fn whichever_call_fails_what_was_saved_is_there_and_what_was_not_can_be_saved() {
    let calls = {
        let disk = disk(0);
        story(&disk, &mut Pile { ids: Ids::seeded(0) });
        disk.calls()
    };
    assert!(calls > 60, "the story is long enough to fail in: {calls}");
    for error in [Errno::IO, Errno::NOSPC, Errno::DQUOT, Errno::ROFS, Errno::ACCESS, Errno::INTR] {
        for at in 0..calls {
            let case = format!("{error:?} at call {at}");
            let disk = disk(at as u64);
            let mut pile = Pile { ids: Ids::seeded(at as u64) };
            disk.fail(at, Fault::Error(error));
            let (saved, failed) = story(&disk, &mut pile);
            assert!(saved.is_subset(&found(&disk)), "{case}");
            assert!(failed.len() <= 1, "{case}: one fault, {} notes unsaved", failed.len());
            disk.mend();
            let mut store = open(&disk, "ann-1").0;
            for (record, _) in &failed {
                assert!(store.append(record).is_ok(), "{case}");
            }
            disk.crash();
            let there = found(&disk);
            assert!(saved.is_subset(&there), "{case}, then a crash");
            assert!(failed.iter().all(|(record, _)| there.contains(&record.ev)), "{case}, saved again");
            assert_eq!(there.len(), 3, "{case}: each once");
        }
    }
}

#[test]
fn a_crash_anywhere_loses_nothing_that_was_saved() {
    for seed in 0..300u64 {
        let disk = disk(seed);
        let mut pile = Pile { ids: Ids::seeded(seed) };
        let mut saved = BTreeSet::new();
        let mut tried = BTreeSet::new();
        for life in 0..3 {
            let case = format!("seed {seed}, life {life}");
            disk.fail((seed as usize * 7 + life * 13) % 90, Fault::Crash);
            let mut stores = [open(&disk, "ann-1").0, open(&disk, "ben-2").0];
            for step in 0..4 {
                let store = &mut stores[(seed as usize + step) % 2];
                let record = pile.record(store.writer());
                tried.insert(record.ev);
                if store.append(&record).is_ok() {
                    saved.insert(record.ev);
                }
            }
            disk.crash();
            let there = found(&disk);
            assert!(saved.is_subset(&there), "{case}: lost {:?}", saved.difference(&there).collect::<Vec<_>>());
            assert!(there.is_subset(&tried), "{case}: nothing is made up");
            // What came through the crash is on disk now.
            saved = there;
        }
        assert!(!disk.is_dead());
    }
}

#[test]
fn a_full_disk_leaves_the_log_as_it_was_and_says_so() {
    for room in [0, 1, 100] {
        let disk = disk(1);
        let mut pile = Pile { ids: Ids::seeded(1) };
        let mut store = open(&disk, "ann-1").0;
        let _ = store.append(&pile.record("ann-1")).unwrap();
        let log = "/library/.postil/log/ann-1.jsonl";
        let before = disk.bytes(log);
        disk.leave_room(room);
        let record = pile.record("ann-1");
        let error = store.append(&record).unwrap_err();
        assert_eq!((error.why.clone(), error.to_string()), (Why::DiskFull, "not saved: disk full".into()));
        assert!(error.may_go_elsewhere());
        assert_eq!(disk.bytes(log), before);
        disk.mend();
        let _ = store.append(&record).unwrap();
        assert!(found(&disk).contains(&record.ev));
    }
}

#[test]
fn a_full_library_leaves_the_users_own_folder() {
    let disk = disk(1);
    let mut pile = Pile { ids: Ids::seeded(1) };
    let mut store = open(&disk, "ann-1").0;
    let record = pile.record("ann-1");
    disk.fail(20, Fault::Error(Errno::NOSPC));
    let _ = store.append(&record);
    let saved = store.append_elsewhere(&record).unwrap();
    assert!(saved.note.unwrap().to_string().contains("beside your settings"));
    disk.crash();
    assert_eq!(found(&disk), BTreeSet::from([record.ev]), "twice on disk, one note");
}

#[test]
fn a_sync_that_failed_is_never_trusted_again() {
    for seed in 0..40 {
        let disk = disk(seed);
        let mut pile = Pile { ids: Ids::seeded(seed) };
        let mut store = open(&disk, "ann-1").0;
        let first = pile.record("ann-1");
        let _ = store.append(&first).unwrap();
        let second = pile.record("ann-1");
        let before = disk.calls();
        let _ = open(&disk, "probe").0;
        let calls = {
            // How many calls an append takes on this disk: the sync is the last but those of looking back.
            let probe = self::disk(seed);
            let mut other = open(&probe, "ann-1").0;
            let _ = other.append(&first).unwrap();
            let start = probe.calls();
            let _ = other.append(&second).unwrap();
            probe.calls() - start
        };
        assert!(before < disk.calls());
        // Sync is the third call from the end: then the log is looked at and read for the next poll.
        disk.fail(calls - 3, Fault::Error(Errno::IO));
        let saved = store.append(&second);
        assert!(saved.is_ok(), "seed {seed}: {saved:?}");
        assert!(!disk.bytes("/library/.postil/log/ann-1.2.jsonl").is_empty(), "seed {seed}: a new log");
        let third = pile.record("ann-1");
        let _ = store.append(&third).unwrap();
        disk.crash();
        assert_eq!(found(&disk), BTreeSet::from([first.ev, second.ev, third.ev]), "seed {seed}");
    }
}

#[test]
fn a_read_only_library_has_its_notes_in_the_users_folder_and_that_is_said_once() {
    let disk = disk(1);
    let mut pile = Pile { ids: Ids::seeded(1) };
    disk.make_read_only("/library");
    let mut store = open(&disk, "ann-1").0;
    let (first, second) = (pile.record("ann-1"), pile.record("ann-1"));
    let said = store.append(&first).unwrap().note.unwrap().to_string();
    assert!(said.contains("the library is read-only"), "{said}");
    assert_eq!(store.append(&second), Ok(Saved::default()));
    assert!(disk.bytes("/library/.postil/log/ann-1.jsonl").is_empty());
    disk.crash();
    assert_eq!(found(&disk), BTreeSet::from([first.ev, second.ev]));
}

#[test]
fn a_log_that_another_process_holds_is_waited_for_and_then_told() {
    let disk = disk(1);
    let mut pile = Pile { ids: Ids::seeded(1) };
    let mut store = open(&disk, "ann-1").0;
    let _ = store.append(&pile.record("ann-1")).unwrap();
    let mut other = disk.open(Path::new("/library/.postil/log/ann-1.jsonl"), disk::Open::Append).unwrap();
    assert!(other.try_lock().unwrap());
    let record = pile.record("ann-1");
    let error = store.append(&record).unwrap_err();
    assert_eq!(error.why, Why::Locked { by: None });
    assert!(disk.paused() >= Duration::from_secs(5) && disk.paused() < Duration::from_secs(6));
    drop(other);
    assert!(store.append(&record).is_ok());
}

#[test]
fn a_log_that_was_replaced_is_written_where_it_is_now() {
    let disk = disk(1);
    let mut pile = Pile { ids: Ids::seeded(1) };
    let mut store = open(&disk, "ann-1").0;
    let (first, second) = (pile.record("ann-1"), pile.record("ann-1"));
    let _ = store.append(&first).unwrap();
    let log = "/library/.postil/log/ann-1.jsonl";
    // A copy without its last line end, as some programs leave it.
    let copy = disk.bytes(log);
    disk.put(log, copy.trim_ascii_end());
    let _ = store.append(&second).unwrap();
    assert_eq!(found(&disk), BTreeSet::from([first.ev, second.ev]));
    assert_eq!(disk.bytes(log).iter().filter(|byte| **byte == b'\n').count(), 2);
}

#[test]
fn a_draft_is_whole_whenever_the_machine_stops() {
    use super::super::super::{Draft, Drafts};
    let draft = |text: &str| {
        let doc = DocRef { path: "a.txt".into(), ..DocRef::default() };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        Draft {
            id: Ids::seeded(1).next(now, None),
            note: None,
            target: Target { doc, subject: Subject::Document, anchor: None },
            body: text.into(),
            tags: Vec::new(),
            mark: None,
            at: now,
        }
    };
    for seed in 0..600u64 {
        let disk = disk(seed);
        let drafts = Drafts::with(Arc::new(disk.clone()), &places().drafts);
        disk.fail(seed as usize % 40, Fault::Crash);
        let mut kept = None;
        let open = drafts.open(draft("").id);
        for text in ["o", "on", "on t"] {
            if open.keep(&draft(text)).is_ok() {
                kept = Some(text.len());
            }
        }
        drop(open);
        disk.crash();
        let left = drafts.left_over();
        assert!(left.diagnostics.is_empty(), "seed {seed}: {:?}", left.diagnostics);
        let there = left.value.first().map(|draft| draft.body.len());
        assert!(there >= kept, "seed {seed}: kept {kept:?}, found {there:?}");
    }
}

#[test]
fn a_text_that_was_kept_is_whole_or_not_there() {
    let text = "A document with a note.\n".repeat(30);
    let document = crate::corpus::load::from_bytes("a.txt", text.as_bytes(), &Default::default()).unwrap();
    for seed in 0..200u64 {
        let disk = disk(seed);
        let store = open(&disk, "ann-1").0;
        disk.fail(seed as usize % 12, Fault::Crash);
        let kept = store.keep_text(&document, 1 << 20);
        disk.crash();
        let there = open(&disk, "ann-1").0.text_of(&DocRef::of(&document));
        assert!(there.as_ref().is_none_or(|there| *there == document.clean.text), "seed {seed}");
        assert!(there.is_some() || !kept.is_ok_and(|written| written), "seed {seed}");
    }
}
