//! `postil tutor`, walked from its first step to its last by what stands in its row.

use super::pty::{Session, Setup};

/// What each step is done with, as its row names it; words are typed.
const WALK: [&[&str]; 19] = [
    &["j", "k"],
    &["Space", "b"],
    &["}", "{"],
    &["G", "Ctrl-O"],
    &["t", "trade", "Enter"],
    &["n"],
    &["N"],
    &["K", "Esc"],
    &["gt", "Ctrl-O"],
    &["Esc"],
    &["/", "alliance", "Enter"],
    &["g/", "j", "k", "Enter"],
    &["w", "v", "e"],
    &["y"],
    &["a", "a few words", "Ctrl-S"],
    &["Enter"],
    &["u", "Ctrl-R"],
    &["gn", "Esc"],
    &["?", "Esc"],
];

fn bytes(name: &str) -> String {
    match name {
        "Space" => " ".into(),
        "Enter" => "\r".into(),
        // As terminals send it that tell it from the start of other keys: nothing is waited for.
        "Esc" => "\x1b[27u".into(),
        _ => match name.strip_prefix("Ctrl-") {
            Some(letter) => char::from(letter.as_bytes()[0] & 0x1f).to_string(),
            None => name.into(),
        },
    }
}

fn row(session: &Session) -> String {
    session.text().lines().last().unwrap_or_default().to_owned()
}

/// Keys that no step asks for, pressed before each.
fn walk(mut session: Session, between: &[&str]) {
    session.shows("A First Walk Through Postil");
    session.shows("1 of 19");
    session.rest();
    for (step, names) in WALK.iter().enumerate() {
        let number = format!(" {} of 19   ", step + 1);
        for key in between {
            session.key(key);
        }
        for name in *names {
            let row = row(&session);
            assert!(row.starts_with(&number) && row.contains(name), "{name} is not what it asks for: {row}");
            session.key(&bytes(name));
        }
        if step + 1 < WALK.len() {
            session.shows(&format!(" {} of 19   ", step + 2));
        }
    }
    session.shows("That was all. q leaves");
    session.press("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

fn tutor() -> Setup {
    Setup::default().size(80, 24).arguments(&["tutor"])
}

#[test]
fn the_tutor_is_walked_by_what_it_says() {
    walk(tutor().start(), &[]);
}

#[test]
fn the_tutor_bears_other_keys_in_between_and_has_no_need_of_colour() {
    walk(tutor().env("NO_COLOR", "1").start(), &["Q", "j", "z", "x"]);
}

#[test]
fn the_tutor_begins_again_at_its_beginning() {
    let setup = tutor();
    let home = setup.home.clone();
    let mut session = setup.start();
    session.shows("1 of 19");
    session.rest();
    session.key("]d");
    session.shows("Five years ago the richest");
    session.press("q");
    session.ended();
    let mut again = Setup { home, ..tutor() }.start();
    again.shows("1 of 19");
    again.shows("Welcome. This is a document");
}
