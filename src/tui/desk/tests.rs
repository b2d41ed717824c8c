use super::*;
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
                desk.settle(&config, text::Options { encoding: encoding.map(Into::into), ..Default::default() });
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

/// Killed before the notes are open, the reader waits for them and keeps the text.
#[test]
fn a_text_begun_before_the_notes_are_open_is_kept() {
    let library = tempfile::tempdir().unwrap();
    let root = library.path().to_path_buf();
    let request = Request { config: None, paths: vec![root.clone()], topics: false };
    let config = config::load(&request, &Surroundings { current: root.clone(), ..Surroundings::default() }).value;
    let desk = Desk::new(&config, text::Options::default()).without_sessions();
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
