use super::*;
use crate::app::places::{Passage, Reading};
use crate::app::shelf::Print;
use crate::config::{Request, Surroundings};
use crate::notes::{Subject, Target};

/// The text that is cleaned before the settings are known is never shown where they name an encoding.
#[test]
fn the_first_text_has_the_encoding_of_the_settings() {
    let library = tempfile::tempdir().unwrap();
    let root = library.path().to_path_buf();
    std::fs::write(root.join("a.txt"), "A title\n\nCaf\u{e9} society, and more of it.\n").unwrap();
    let request = Request { config: None, paths: vec![root.clone()], topics: false };
    let config = config::load(&request, &Surroundings { current: root.clone(), ..Surroundings::default() }).value;
    for (encoding, wanted) in [(None, "Caf\u{e9}"), (Some("windows-1252"), "Caf\u{c3}\u{a9}")] {
        let desk = Desk::begin(std::slice::from_ref(&root)).without_sessions();
        let mut shown = Vec::new();
        thread::scope(|scope| {
            scope.spawn(|| {
                thread::sleep(Duration::from_millis(20));
                desk.settle(&config, load::Options { encoding: encoding.map(Into::into), ..Default::default() });
            });
            desk.perform(Job::List, &mut |answer| {
                if let Answer::Opened { result: Ok(read), .. } = answer {
                    shown.push(read.document.clean.text.clone());
                }
                true
            });
        });
        assert!(matches!(shown.as_slice(), [text] if text.contains(wanted)), "{encoding:?}: {shown:?}");
    }
}

#[test]
fn what_was_read_last_is_found_under_another_name() {
    let library = tempfile::tempdir().unwrap();
    let (text, other) = ("A text of a few words.\n", "Another one of few words\n");
    let print = Print { bytes: text.len() as u64, raw: *blake3::hash(text.as_bytes()).as_bytes() };
    let path = String::from("gone.txt");
    let passage = Passage { at: 2, words: "text".into() };
    let session = Session {
        last: Some(path.clone()),
        readings: vec![(path.clone(), Reading::default()), ("a.txt".into(), Reading::default())],
        marks: vec![('x', path.clone(), passage.clone())],
        jumps: vec![(path.clone(), passage)],
        prints: vec![(path, print)],
        ..Session::default()
    };
    let followed = |files: &[(&str, &str)]| {
        let entries: Vec<Entry> = files
            .iter()
            .map(|(name, text)| {
                let file = library.path().join(name);
                std::fs::write(&file, text).unwrap();
                Entry { path: (*name).to_owned(), file, state: crate::corpus::State::Listed }
            })
            .collect();
        let mut session = session.clone();
        follow(&mut session, &entries);
        let named = [&session.readings[0].0, &session.marks[0].1, &session.jumps[0].0, &session.prints[0].0];
        assert!(named.iter().all(|path| Some(*path) == session.last.as_ref()));
        session.last.unwrap()
    };
    assert_eq!(followed(&[("a.txt", text), ("b.txt", other), ("c.txt", text)]), "c.txt", "a.txt is known already");
    assert_eq!(followed(&[("b.txt", other)]), "gone.txt");
    assert_eq!(followed(&[("b.txt", text), ("gone.txt", other)]), "gone.txt", "its path comes first");
}

/// Killed before the notes are open, the reader waits for them and keeps the text.
#[test]
fn a_text_begun_before_the_notes_are_open_is_kept() {
    let library = tempfile::tempdir().unwrap();
    let root = library.path().to_path_buf();
    let request = Request { config: None, paths: vec![root.clone()], topics: false };
    let config = config::load(&request, &Surroundings { current: root.clone(), ..Surroundings::default() }).value;
    let desk = Desk::new(&config, load::Options::default()).without_sessions();
    let doc = DocRef { path: "a.txt".into(), ..DocRef::default() };
    let text = Unsent {
        editor: 1,
        changes: 1,
        note: None,
        target: Target { doc, subject: Subject::Document, anchor: None },
        body: "begun at once".into(),
        tags: Vec::new(),
        mark: None,
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            thread::sleep(Duration::from_millis(30));
            desk.perform(Job::OpenNotes { root: root.clone() }, &mut |_| true);
        });
        assert!(matches!(desk.keep_last(None, text), Some(Ok(_))));
    });
}
