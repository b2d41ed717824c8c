//! What stands on the screen, and what it costs to put it there.

use std::fmt::Write;

use super::pty::{Answers, Session, Setup};
use super::{OPEN, open};

/// Esc as terminals send it that tell it from the start of other keys: nothing is waited for.
const ESC: &str = "\x1b[27u";

#[test]
fn both_ways_of_drawing_show_the_same() {
    const KEYS: &[&str] = &[
        "j", "j", "j", "k", " ", "b", "]d", "[d", "\t", "\x1b[Z", "gg", "G", "}", "{", "t", "n", "N", "\r", "?", "q",
        "/", "sea", "\r", "z", "o", "v", "w", "V", "gn", "gc", "zz", "5", "Q", ESC,
    ];
    const SIZES: &[(u16, u16)] = &[(120, 40), (80, 24), (40, 12), (20, 5), (1, 1), (100, 30), (132, 20)];
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |below: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % below as u64) as usize
    };
    for answers in [Answers::Silent, Answers::Plain] {
        let mut short = open(Setup::default().answers(answers));
        let mut plain = open(Setup::default().answers(answers).arguments(&["--render", "plain", "library"]));
        let mut pressed = String::new();
        for step in 0..200 {
            if step % 12 == 11 {
                let (columns, rows) = SIZES[next(SIZES.len())];
                let _ = write!(pressed, "<{columns}x{rows}>");
                for session in [&mut short, &mut plain] {
                    session.resize(columns, rows);
                    // The resize is heard before the key that follows.
                    session.rest();
                }
            }
            let key = KEYS[next(KEYS.len())];
            // Leaving is another test's.
            let key = if key == "q" && !short.text().contains("KEYS") { "j" } else { key };
            let _ = write!(pressed, "{key:?} ");
            short.key(key);
            plain.key(key);
            assert_eq!(short.text(), plain.text(), "after {pressed}");
            assert!(short.picture() == plain.picture(), "looks otherwise after {pressed}:\n{}", short.text());
        }
    }
}

#[test]
fn many_resizes_end_in_a_whole_screen() {
    let mut session = open(Setup::default());
    for step in 0..60u16 {
        session.resize(1 + step * 7 % 150, 1 + step * 5 % 50);
        if step % 7 == 0 {
            session.press("j");
        }
    }
    session.resize(100, 30);
    session.press("\x0c");
    session.rest();
    let mut fresh = open(Setup::default().size(100, 30));
    session.press("gg");
    session.rest();
    fresh.press("gg");
    fresh.rest();
    assert_eq!(session.text(), fresh.text());
}

#[test]
fn it_lives_on_a_screen_of_any_size() {
    let mut session = open(Setup::default());
    for (columns, rows) in [(20, 5), (1, 1), (2, 1), (1, 30), (300, 2), (40, 12)] {
        session.resize(columns, rows);
        session.rest();
        for key in ["j", " ", "\t", "?", "\x1b[B", "\x1b[A", "/", "a", "\r", "\x1b[Z"] {
            session.key(key);
        }
        session.key("\x03");
        session.rest();
        assert!(session.is_alive());
        if !session.screen.screen().alternate_screen() {
            return;
        }
    }
}

#[test]
fn it_starts_on_a_screen_of_any_size() {
    for (columns, rows) in [(1, 1), (2, 1), (20, 5), (1, 40), (200, 1)] {
        let mut session = Setup::default().size(columns, rows).start();
        session.until("a screen", vt100::Screen::alternate_screen);
        session.rest();
        session.key("j");
        session.resize(100, 30);
        session.shows(OPEN);
        session.press("q");
        assert_eq!(session.ended(), 0);
        session.assert_restored();
    }
}

#[test]
fn long_frames_are_marked_where_the_terminal_says_that_it_draws_them_in_one() {
    const LARGE: (u16, u16) = (200, 100);
    let marks = |answers: Answers, size: (u16, u16)| {
        let mut session = open(Setup::default().answers(answers).size(size.0, size.1));
        let [on, off] = ["\x1b[?2026h", "\x1b[?2026l"].map(|mode| session.sent(mode));
        let cost = session.key("\x0c");
        assert_eq!(cost > 4000, size == LARGE, "{answers:?}: {cost} bytes");
        [session.sent("\x1b[?2026h") - on, session.sent("\x1b[?2026l") - off]
    };
    for answers in [Answers::Silent, Answers::Margins] {
        assert_eq!(marks(answers, LARGE), [0; 2], "{answers:?}");
    }
    assert_eq!(marks(Answers::Kitty, LARGE), [1; 2]);
    // What comes in one piece needs no marks.
    assert_eq!(marks(Answers::Kitty, (100, 30)), [0; 2]);
}

#[test]
fn who_pauses_over_a_key_is_shown_what_may_follow() {
    let mut session = open(Setup::default().size(80, 24));
    for (key, shown) in [("g", "which topics stand together"), ("'", "no marks yet: m and a letter sets one")] {
        session.press(key);
        session.shows(shown);
        session.press("\x1b");
        session.until("the text again", |screen| !screen.contents().contains(shown));
    }
}

#[test]
fn what_is_pasted_is_text() {
    let mut session = open(Setup::default());
    assert!(session.screen.screen().bracketed_paste());
    let before = session.text();
    session.key("\x1b[200~qjjq\x1b[201~");
    assert!(session.is_alive());
    assert_eq!(session.text(), before, "a paste into the page is no keys");
    session.press("a");
    session.press("\x1b[200~two lines,\rand \x1b[31mno colour\x1b[201~");
    session.shows("two lines,");
    session.shows("no colour");
    assert!(!session.raw.windows(9).any(|bytes| bytes == b"\x1b[31mno c"), "what was pasted acts on the terminal");
    session.press("\x03");
    session.rest();
}

#[test]
fn a_window_that_gets_the_focus_costs_no_bytes() {
    let mut session = open(Setup::default());
    assert_eq!(session.sent("\x1b[?1004h"), 1);
    assert_eq!([session.key("\x1b[O"), session.key("\x1b[I")], [0, 0]);
}

#[test]
fn without_colour_a_selection_is_seen() {
    let mut session = open(Setup::default().env("NO_COLOR", "1"));
    session.key("v");
    session.key("w");
    session.key("w");
    let screen = session.screen.screen();
    let (rows, columns) = screen.size();
    let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    let cells = cells.filter_map(|(row, column)| screen.cell(row, column));
    assert!(cells.clone().any(vt100::Cell::inverse), "{}", session.text());
    let plain = |cell: &vt100::Cell| cell.fgcolor() == vt100::Color::Default && cell.bgcolor() == vt100::Color::Default;
    assert!(cells.clone().all(plain), "NO_COLOR is set and there is colour");
}

#[test]
fn without_utf8_everything_is_ascii() {
    // A plain locale, and none at all.
    for locale in ["C", ""] {
        let mut session = Setup::default().env("LANG", locale).start();
        session.shows("Seat Nobody Took");
        session.rest();
        for key in ["j", "t", ESC, "?", ESC, " ", "]d", "/", "sea", "\r", "n"] {
            session.key(key);
            assert!(session.text().is_ascii(), "LANG={locale:?}, after {key:?}:\n{}", session.text());
        }
        assert!(session.raw.is_ascii());
    }
}

#[test]
fn without_utf8_no_word_is_cut_off_and_marks_stand_on_their_words() {
    let setup = Setup::default();
    let words: Vec<String> = (10..60).map(|n| format!("w{n}\u{2014}x{n}\u{2026} \u{65e5}\u{672c}")).collect();
    let path = setup.home.path().join("library/0.txt");
    std::fs::write(path, format!("Dashes\n\n{} the needle.\n", words.join(" "))).unwrap();
    let mut session = setup.env("LANG", "C").start();
    session.shows("w10-x10. ????");
    session.rest();
    session.press("/needle\r");
    session.shows("/needle 1 of 1");
    session.rest();
    let text = session.text();
    for n in 10..60 {
        assert!(text.contains(&format!("w{n}-x{n}.")), "{n} is cut off:\n{text}");
    }
    let screen = session.screen.screen();
    let (rows, columns) = screen.size();
    let cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
    let marked = cells.filter_map(|(row, column)| screen.cell(row, column)).filter(|cell| {
        // Yellow and bright yellow, of a search.
        matches!(cell.bgcolor(), vt100::Color::Idx(3 | 11))
    });
    assert_eq!(marked.map(vt100::Cell::contents).collect::<String>(), "needle");
}

#[test]
fn a_key_cut_by_the_line_is_one_key() {
    let mut whole = open(Setup::default());
    whole.key("\x1b[B");
    whole.key("\x1b[B");
    let mut cut = open(Setup::default().env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22"));
    for _ in 0..2 {
        cut.press("\x1b");
        cut.press("[");
        cut.key("B");
    }
    cut.rest();
    assert_eq!(cut.text(), whole.text());
}

#[test]
fn a_document_from_a_pipe_is_read_with_keys_from_the_terminal() {
    let script =
        r#"for n in $(seq 60); do printf 'Paragraph %s of a text that came through a pipe.\n\n' $n; done | "$@""#;
    let mut session = Setup::default().script(script).arguments(&["-"]).start();
    session.shows("Paragraph 1 of a text");
    session.press("G");
    session.shows("Paragraph 60 of a text");
    session.press("q");
    assert_eq!(session.ended(), 0);
    session.assert_restored();
}

#[test]
fn nothing_is_sent_when_nothing_changes() {
    for answers in [Answers::Silent, Answers::Plain, Answers::Margins] {
        let mut session = open(Setup::default().answers(answers));
        session.key("Q");
        assert_eq!([session.key("Q"), session.key("Q")], [0, 0], "a key that does nothing, again");
        session.key("gg");
        session.key("k");
        assert_eq!([session.key("k"), session.key("k")], [0, 0], "a line up at the start");
        assert_eq!(idle(&mut session), 0, "left alone");
    }
}

#[test]
fn a_drag_held_at_the_edge_scrolls_by_itself_until_it_is_let_go() {
    let mut session = open(Setup::default().size(100, 24));
    session.shows("Nisha Verhoeven");
    // The button goes down on the tenth row, and the mouse to the last one, where it stays.
    session.press("\x1b[<0;50;10M\x1b[<32;50;24M");
    session.until("rows further down", |screen| !screen.contents().contains("Nisha Verhoeven"));
    session.press("\x1b[<0;50;24m");
    session.rest();
    assert!(session.text().contains("words selected"), "{}", session.text());
    assert_eq!(idle(&mut session), 0, "let go");
}

/// Bytes that come while nobody does anything, for longer than the program looks for others' files.
fn idle(session: &mut Session) -> usize {
    let before = session.raw.len();
    std::thread::sleep(std::time::Duration::from_millis(1700));
    session.rest();
    session.raw.len() - before
}

/// Bytes for each of many keys, the one in the middle of all.
fn median(session: &mut Session, keys: &[&str], times: usize) -> usize {
    let mut bytes: Vec<usize> = (0..times).map(|at| session.key(keys[at % keys.len()])).collect();
    bytes.sort_unstable();
    bytes[times / 2]
}

#[test]
fn a_line_a_page_a_document_and_a_pane_cost_few_bytes() {
    for topic in [false, true] {
        let [mut plain, mut margins] = [Answers::Plain, Answers::Margins].map(|answers| {
            let mut session = open(Setup::default().answers(answers));
            if topic {
                session.key("t");
                session.press("alliance");
                session.key("\r");
                session.key("gg");
            }
            session
        });
        let mut cost = |keys: &[&str], times| {
            let costs = [&mut plain, &mut margins].map(|session| median(session, keys, times));
            // The emulator of these tests has no left and right margins; its text is the same.
            (costs, page(&plain))
        };
        let what = format!("topic in force: {topic}");
        let (panes, _) = cost(&["\t", "\x1b[Z"], 10);
        assert!(panes.iter().all(|cost| *cost <= 80), "{what}: a pane costs {panes:?}");
        let (lines, _) = cost(&["j"], 60);
        assert!(lines[0] <= 1850 && lines[1] <= 99, "{what}: a line costs {lines:?}");
        // Ways, marks of topics and stripes are the rest.
        let (pages, text) = cost(&[" ", " ", "b", "b"], 12);
        let (without, with) = (text * 29 / 24, text * 11 / 10);
        assert!(pages[0] <= without && pages[1] <= with, "{what}: a page of {text} costs {pages:?}");
        let (documents, text) = cost(&["]d"], 5);
        let (without, with) = (text * 7 / 5, text * 5 / 4);
        assert!(
            documents[0] <= without && documents[1] <= with,
            "{what}: a document's page of {text} costs {documents:?}"
        );
    }
}

/// Without left and right margins the panes beside the text are drawn again when the page moves: so it
/// moves by many rows at once, and the cursor walks down them.
#[test]
fn lines_are_cheap_on_the_average_where_whole_lines_move() {
    for topic in [false, true] {
        let mut session = open(Setup::default());
        if topic {
            session.key("t");
            session.press("alliance");
            session.key("\r");
            session.key("gg");
        }
        for key in ["j", "k"] {
            let mut costs: Vec<usize> = (0..60).map(|_| session.key(key)).collect();
            let mean = costs.iter().sum::<usize>() / costs.len();
            let moves = costs.iter().filter(|cost| **cost > 400).count();
            costs.sort_unstable();
            let median = costs[costs.len() / 2];
            let what = format!("topic in force: {topic}: 60 {key} cost {mean} on the average");
            assert!(mean <= 330 && median <= 8, "{what}, {median} in the middle, of {costs:?}");
            assert!((3..=9).contains(&moves), "{what}, and moved the page {moves} times: {costs:?}");
        }
    }
}

/// Bytes of the text pane as it is shown.
fn page(session: &Session) -> usize {
    let text = session.text();
    let panes = text.lines().filter_map(|line| line.split('│').nth(1));
    panes.map(|pane| pane.trim_end().len()).sum()
}

#[test]
fn the_text_alone_costs_little_more_than_itself() {
    let mut session = open(Setup::default());
    session.key("zz");
    let cost = median(&mut session, &["j"], 60);
    assert!(cost <= 110, "a line costs {cost}");
}
