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

/// Who comes back to a place waits for no more than a start that has it, and never for a start that has it not.
#[test]
fn the_first_piece_has_the_place_that_was_kept() {
    assert_eq!(first_piece(0, 4_000), None);
    assert_eq!(first_piece(0, 11_000), Some(FIRST));
    assert_eq!(first_piece(9_000, 11_000), None);
    assert_eq!(first_piece(9_000, 200_000), Some(22_500 + FIRST));
    assert_eq!(first_piece(90_000, 200_000), None);
    assert_eq!(first_piece(50 << 20, 100 << 20), Some(FIRST), "it takes a while in any case");

    let library = tempfile::tempdir().unwrap();
    let file = library.path().join("a.txt");
    let text: String = (0..1_000).map(|number| format!("Paragraph {number} of a long text, kept short.\n\n")).collect();
    std::fs::write(&file, &text).unwrap();
    let entry = Entry { path: "a.txt".into(), file, state: crate::corpus::State::Listed };
    for at in [0, 100, 2_000, 4_000] {
        let bytes = first_piece(at, text.len() as u64).unwrap();
        let read = read_start(&entry, bytes, &text::Options::default()).unwrap();
        assert!(at < read.document.clean.text.len() / 2, "{at} in {bytes}");
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
