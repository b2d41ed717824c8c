//! Logs as accidents, other programs and later versions leave them.

use super::*;

/// A library with a log of these bytes.
fn with_log(name: &str, bytes: &[u8]) -> Desk {
    let desk = Desk::new();
    fs::create_dir_all(desk.log("")).unwrap();
    fs::write(desk.log(name), bytes).unwrap();
    desk
}

fn lines(records: &[Record]) -> String {
    records.iter().map(|record| record.to_line() + "\n").collect()
}

#[test]
fn a_last_line_without_end_counts_if_it_is_whole() {
    let (one, two) = (note("one", "ann-1"), note("two", "ann-1"));
    let text = lines(&[one, two]);
    let desk = with_log("ann-1.jsonl", text.trim_end().as_bytes());
    let (mut store, records, diagnostics) = desk.open("ann-1");
    assert_eq!((bodies(&records), diagnostics), (vec!["one".into(), "two".into()], vec![]));
    let _ = store.append(&note("three", "ann-1")).unwrap();
    assert_eq!(bodies(&desk.open("x").1), ["one", "three", "two"]);
    let torn = with_log("ann-1.jsonl", &text.as_bytes()[..text.len() - 30]);
    let (mut store, records, diagnostics) = torn.open("ann-1");
    assert_eq!((bodies(&records), diagnostics), (vec!["one".into()], vec![]), "being written, perhaps");
    let _ = store.append(&note("three", "ann-1")).unwrap();
    let (_, records, diagnostics) = torn.open("x");
    assert_eq!((bodies(&records), diagnostics.len()), (vec!["one".into(), "three".into()], 1));
}

#[test]
fn damage_takes_its_own_line_only() {
    let all: Vec<Record> = ["a", "b", "c", "d", "e"].iter().map(|body| note(body, "ann-1")).collect();
    let text: Vec<Vec<u8>> = all.iter().map(|record| (record.to_line() + "\n").into_bytes()).collect();
    let mut log = b"\xef\xbb\xbf".to_vec();
    log.extend(&text[0]);
    log.extend(b"\xff\xfe not UTF-8\n");
    log.extend(b"\0\0\0\0\0");
    log.extend(&text[1]);
    log.extend(b"\r\n\n");
    // Torn, and the next process did not see that.
    log.extend(&text[2][..40]);
    log.extend(&text[3]);
    log.extend(b"<<<<<<< HEAD\n=======\n");
    log.extend(text[4].strip_suffix(b"\n").unwrap());
    log.extend(b"\r\n>>>>>>> theirs\n");
    let desk = with_log("ann-1.jsonl", &log);
    let (mut store, records, diagnostics) = desk.open("ann-1");
    assert_eq!(bodies(&records), ["a", "b", "d", "e"]);
    assert_eq!(diagnostics.len(), 1);
    let said = diagnostics[0].to_string();
    assert!(said.contains("ann-1.jsonl:2:1: a damaged line, passed over and kept (4 more like it)"), "{said}");
    assert!(store.poll().diagnostics.is_empty());
    assert_eq!(fs::read(desk.log("ann-1.jsonl")).unwrap(), log);
}

#[test]
fn every_cut_and_every_flipped_byte_leaves_the_other_notes() {
    let (one, two, three) = (note("one", "ann-1"), note("two", "ann-1"), note("three", "ann-1"));
    let text = lines(&[one.clone(), two.clone(), three]);
    let first = one.to_line().len() + 1;
    let middle = first..first + two.to_line().len();
    let desk = with_log("ann-1.jsonl", b"");
    let read = |log: &[u8]| {
        fs::write(desk.log("ann-1.jsonl"), log).unwrap();
        bodies(&desk.open("x").1)
    };
    for at in middle {
        let mut log = text.clone().into_bytes();
        log[at] ^= 0x55;
        let there = read(&log);
        assert!(there.contains(&"one".into()) && there.contains(&"three".into()), "byte {at}: {there:?}");
    }
    for at in (0..text.len()).step_by(7) {
        let there = read(&text.as_bytes()[..at]);
        assert_eq!(there.contains(&"one".into()), at >= first - 1, "cut at {at}");
    }
}

#[test]
fn conflict_copies_and_merges_are_folded_and_count_once() {
    let (one, two, three) = (note("one", "ann-1"), note("two", "ann-1"), note("three", "ann-1"));
    let desk = with_log("ann-1.jsonl", lines(&[one.clone(), two.clone()]).as_bytes());
    fs::write(desk.log("ann-1 (conflicted copy 2026-11-23).jsonl"), lines(&[one.clone(), three.clone()])).unwrap();
    fs::write(desk.log("ann-1.sync-conflict-20261123.jsonl"), lines(&[two, one])).unwrap();
    fs::write(desk.log(".ann-1.jsonl.tmp"), "a program that copies").unwrap();
    fs::write(desk.log("notes.txt"), "something else").unwrap();
    let (_, records, diagnostics) = desk.open("ben-2");
    assert_eq!((bodies(&records), diagnostics), (vec!["one".into(), "three".into(), "two".into()], vec![]));
}

#[test]
fn what_a_later_version_wrote_is_kept_and_told() {
    let later = r#"{"v":2,"ev":"0193d7c1-ecd7-7000-8000-000000000003","by":"x","op":"note.add","shape":[1]}"#;
    let log = format!("{later}\n{}", lines(&[note("one", "ann-1")]));
    let desk = with_log("ann-1.jsonl", log.as_bytes());
    let (_, records, diagnostics) = desk.open("ann-1");
    assert_eq!(bodies(&records), ["one"]);
    assert!(records.iter().any(|record| record.to_line() == later), "kept byte for byte");
    assert!(diagnostics[0].message.contains("1 changes of a newer Postil"), "{}", diagnostics[0]);
}

#[test]
fn a_folder_of_a_later_version_is_read_and_not_written() {
    let desk = with_log("ann-1.jsonl", lines(&[note("one", "ann-1")]).as_bytes());
    fs::write(desk.path("library/.postil/format"), "postil 7\n").unwrap();
    let (mut store, records, diagnostics) = desk.open("ann-1");
    assert_eq!((bodies(&records), diagnostics.len(), store.is_newer()), (vec!["one".into()], 1, true));
    let error = store.append(&note("two", "ann-1")).unwrap_err();
    assert_eq!((error.why.clone(), error.may_go_elsewhere()), (Why::NewerFormat(7), false));
    assert_eq!(bodies(&desk.open("x").1), ["one"]);
}

#[test]
fn links_and_pipes_are_not_followed() {
    use std::os::unix::fs::symlink;
    let desk = with_log("ann-1.jsonl", lines(&[note("one", "ann-1")]).as_bytes());
    fs::write(desk.path("outside"), lines(&[note("outside", "ann-1")])).unwrap();
    symlink(desk.path("outside"), desk.log("ben-2.jsonl")).unwrap();
    let (mut store, records, diagnostics) = desk.open("ben-2");
    assert_eq!((bodies(&records), diagnostics.len()), (vec!["one".into()], 1), "{diagnostics:?}");
    let before = fs::read(desk.path("outside")).unwrap();
    let said = store.append(&note("two", "ben-2")).unwrap().note;
    assert!(said.is_some(), "not through the link, but in the user's own folder");
    assert_eq!(fs::read(desk.path("outside")).unwrap(), before);
    assert_eq!(bodies(&desk.open("x").1), ["one", "two"]);

    let elsewhere = Desk::new();
    symlink(desk.path("library/.postil"), elsewhere.path("library/.postil")).unwrap();
    let (_, records, diagnostics) = elsewhere.open("ann-1");
    assert!(records.is_empty());
    assert!(diagnostics[0].to_string().contains("not a folder"), "{diagnostics:?}");
}

#[test]
fn a_log_rewritten_in_its_place_is_read_anew() {
    let (one, two, three) = (note("one", "ben-2"), note("two", "ben-2"), note("three", "ben-2"));
    let desk = with_log("ben-2.jsonl", lines(&[one.clone(), two]).as_bytes());
    let (mut store, ..) = desk.open("ann-1");
    fs::write(desk.log("ben-2.jsonl"), lines(&[one.clone(), three.clone(), note("four", "ben-2")])).unwrap();
    let there = bodies(&store.poll().value);
    assert_eq!(there, ["four", "one", "three"]);
    fs::write(desk.log("ben-2.jsonl"), lines(&[one])).unwrap();
    assert_eq!(bodies(&store.poll().value), ["one"]);
    fs::remove_file(desk.log("ben-2.jsonl")).unwrap();
    assert!(store.poll().value.is_empty());
}

#[test]
fn a_note_too_long_for_a_line_is_refused_with_a_reason() {
    let desk = Desk::new();
    let (mut store, ..) = desk.open("ann-1");
    let error = store.append(&note(&"x".repeat(300_000), "ann-1")).unwrap_err();
    assert!(matches!(error.why, Why::TooLong(_)));
    assert_eq!(error.next_step(), "make two notes of it");
    assert!(store.append(&note(&"x".repeat(200_000), "ann-1")).is_ok());
}

#[test]
fn many_records_at_once_are_all_there() {
    let desk = Desk::new();
    let (mut store, ..) = desk.open("ann-1");
    let records: Vec<Record> = (0..700).map(|n| note(&format!("{n} {}", "x".repeat(900)), "ann-1")).collect();
    let _ = store.append_all(&records).unwrap();
    assert!(store.poll().value.is_empty());
    let (_, read, diagnostics) = desk.open("x");
    assert_eq!((read.len(), diagnostics), (700, vec![]));
}
