//! Every way out, and back: the terminal is as it was found, and what was being written is kept.

use std::fs;
use std::path::PathBuf;

use rustix::process::Signal;

use super::pty::{Answers, Session, Setup};
use super::{OPEN, open};

/// Ends the session and looks at what is left.
fn quits(mut session: Session) {
    session.press("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

#[test]
fn it_opens_on_the_first_document_and_leaves_the_terminal_as_found() {
    for answers in [Answers::Plain, Answers::Margins, Answers::Kitty] {
        let session = open(Setup::default().answers(answers));
        // Keyboard flags are for a terminal that has answered for them.
        assert_eq!(session.sent("\x1b[>1u"), usize::from(answers == Answers::Kitty));
        assert!(session.screen.screen().alternate_screen() && session.screen.screen().hide_cursor());
        quits(session);
    }
}

#[test]
fn a_terminal_that_answers_nothing_is_not_waited_for() {
    let mut session = open(Setup::default().answers(Answers::Silent));
    session.key("j");
    quits(session);
}

#[test]
fn told_to_end_it_keeps_the_note_being_written() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129)] {
        for script in [None, Some(r#"trap "" TERM HUP; exec "$@""#)] {
            let mut session = open(Setup { script, answers: Answers::Kitty, ..Setup::default() });
            write(&mut session, "unsaved words");
            session.signal(signal);
            assert_eq!(session.ended(), status);
            session.assert_restored();
            is_offered_again(&session, "unsaved words");
        }
    }
}

#[test]
fn a_dropped_line_ends_it_and_keeps_the_note_being_written() {
    let ways = [None, Some(r#"trap "" HUP; exec "$@""#), Some(r#"trap "" HUP; "$@"; true"#)];
    for script in ways {
        let mut session = open(Setup { script, ..Setup::default() });
        write(&mut session, "words before the line dropped");
        session.drop_line();
        session.ended();
        is_offered_again(&session, "words before the line dropped");
    }
}

fn write(session: &mut Session, words: &str) {
    session.press("a");
    session.press(words);
    session.shows(words);
}

/// A thread panics in the middle of a note: what it quotes does not act, the words come after the terminal
/// was given back, they name the draft, and the draft is there. Builds without debug assertions cannot be
/// made to panic.
#[cfg(debug_assertions)]
#[test]
fn a_panic_gives_the_terminal_back_and_says_where_the_draft_is() {
    const QUOTED: &str = "at \u{9b}2J\u{1b}]0;title\u{7}the end";
    // The thread of notes wakes by itself; another is woken by what a key asks of it.
    for (thread, keys) in [("main", "x"), ("notes", "")] {
        let setup = Setup::default();
        let folder = setup.home.path().join("panic");
        fs::create_dir(&folder).unwrap();
        let setup = setup.env("POSTIL_PANIC", folder.display().to_string());
        let mut session = open(setup.answers(Answers::Kitty));
        write(&mut session, "words before the fault");
        session.rest();
        fs::write(folder.join(thread), QUOTED).unwrap();
        session.press(keys);
        assert_eq!(session.ended(), 101, "{thread}");
        session.assert_restored();
        let raw = String::from_utf8_lossy(&session.raw).into_owned();
        let (left, told) = raw.split_at(raw.rfind("\x1b[?1049l").unwrap());
        assert!(
            !left.contains("a fault of Postil itself") && told.contains(&format!("thread {thread}: at ")),
            "{told}"
        );
        assert!(told.contains("the end") && !told.contains("\x1b]0") && !told.contains('\u{9b}'), "{told:?}");
        let drafts = drafts(&session);
        assert!(matches!(drafts.as_slice(), [draft] if told.contains(draft.to_str().unwrap())), "{drafts:?} {told}");
        is_offered_again(&session, "words before the fault");
    }
}

/// Without anything being written, the end is the same and no draft is spoken of.
#[cfg(debug_assertions)]
#[test]
fn a_panic_of_a_thread_that_reads_ends_the_program_too() {
    let setup = Setup::default();
    let folder = setup.home.path().join("panic");
    fs::create_dir(&folder).unwrap();
    let mut session = open(setup.env("POSTIL_PANIC", folder.display().to_string()));
    fs::write(folder.join("search"), "asked for").unwrap();
    session.press("/sea\r");
    assert_eq!(session.ended(), 101);
    session.assert_restored();
    assert!(session.text().contains("thread search: asked for") && !session.text().contains("offered"));
}

/// The drafts on disk.
fn drafts(session: &Session) -> Vec<PathBuf> {
    let is_draft = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.ends_with(".json") && !name.starts_with('.')
    };
    session.files("drafts/").into_iter().filter(is_draft).collect()
}

/// The draft is on disk, and the next start says so.
fn is_offered_again(session: &Session, words: &str) {
    let drafts: Vec<_> = drafts(session).into_iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(matches!(drafts.as_slice(), [draft] if draft.contains(words)), "{drafts:?}");
    let mut next = Setup { home: session.home.clone(), ..Setup::default() }.start();
    next.shows("unsent note");
}

#[test]
fn stopped_it_gives_the_terminal_to_the_shell_and_comes_back_whole() {
    let script = r#"set -m; "$@"; echo "STOPPED $?"; read line; fg %1 >/dev/null; echo "BACK $?""#;
    let mut session = Setup::default().answers(Answers::Kitty).script(script).start();
    session.shows(OPEN);
    session.press("\x1a");
    session.until("the shell again", |screen| {
        !screen.alternate_screen() && !screen.hide_cursor() && screen.contents().contains("STOPPED")
    });
    session.assert_restored();
    session.press("\r");
    session.until("the reader again", |screen| screen.alternate_screen() && screen.contents().contains(OPEN));
    session.press("q");
    session.ended();
    session.shows("BACK 0");
    session.assert_restored();
}

#[test]
fn stopped_from_outside_in_the_middle_of_a_note_it_keeps_the_draft_first() {
    stopped_in_a_note(|session| session.signal_child(Signal::TSTP));
}

#[test]
fn stopped_by_key_in_the_middle_of_a_note_it_keeps_the_draft_first() {
    stopped_in_a_note(|session| session.press("\x1a"));
}

fn stopped_in_a_note(stop: impl Fn(&mut Session)) {
    let script = r#"set -m; "$@"; echo "STOPPED $?"; read line; fg %1 >/dev/null; echo "BACK $?""#;
    let mut session = Setup::default().script(script).start();
    session.shows(OPEN);
    write(&mut session, "before the stop");
    stop(&mut session);
    session.until("the shell again", |screen| screen.contents().contains("STOPPED"));
    session.assert_restored();
    assert_eq!(drafts(&session).len(), 1, "it may never come back, and keeps no draft");
    session.press("\r");
    session.until("the reader again", |screen| screen.contents().contains("before the stop"));
    // It is still the editor of the same note that has the keys.
    session.press(" and after");
    session.shows("before the stop and after");
    session.press("\x13");
    session.shows("saved");
    assert_eq!(drafts(&session).len(), 0, "the note is saved, and its draft left");
    session.press("q");
    session.ended();
    session.shows("BACK 0");
}

#[test]
fn without_a_shell_it_does_not_stop() {
    let mut session = open(Setup::default());
    session.press("\x1a");
    session.shows("no shell");
    quits(session);
}

#[test]
fn under_a_script_without_job_control_it_does_not_stop_either() {
    let mut session = open(Setup::default().script(r#""$@"; echo "OVER $?""#));
    session.press("\x1a");
    session.shows("no shell");
    session.press("q");
    session.ended();
    session.shows("OVER 0");
}

#[test]
fn the_readers_own_editor_gets_the_terminal_and_the_text() {
    let setup = Setup::default();
    let editor = setup.home.path().join("editor.sh");
    // It looks at the line settings and at what it was given, and answers with a text of its own.
    fs::write(&editor, "stty -a | grep -q ' icanon' && cat \"$1\" > seen && echo 'from the editor' > \"$1\"").unwrap();
    let mut session = open(setup.env("EDITOR", format!("/bin/sh {}", editor.display())));
    write(&mut session, "begun here");
    session.press("\x05");
    session.shows("from the editor");
    assert_eq!(fs::read_to_string(session.home.path().join("seen")).unwrap().trim(), "begun here");
    session.press("\x13");
    session.rest();
    quits(session);
}

#[test]
fn a_dumb_terminal_is_refused_with_what_works_there() {
    for (term, why) in [("dumb", "cannot move its cursor"), ("", "TERM is not set")] {
        let mut session = Setup::default().env("TERM", term).start();
        assert_eq!(session.ended(), 2);
        assert!(session.text().contains("postil dump"), "{}", session.text());
        assert!(session.text().replace('\n', " ").contains(why), "{}", session.text());
        assert!(!session.raw.contains(&0x1b), "it is spoken to in sequences");
        session.assert_restored();
    }
}
