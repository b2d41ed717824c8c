//! Every sequence, cut at every place; what is typed, pasted, answered, and what is none of these.

use std::io::Write;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use super::{Button, Event, Input, Mouse, MouseAct, Parser, Reply};
use crate::keys::{Code, Key, Mods, notation};

const PATIENCE: Duration = Duration::from_millis(30);

fn parser() -> Parser {
    let mut parser = Parser::new(PATIENCE);
    parser.expect_reports(100);
    parser
}

/// Events of bytes that come in these pieces, without a pause that would settle anything.
fn events(pieces: &[&[u8]]) -> Vec<Event> {
    let mut parser = parser();
    let mut events = Vec::new();
    for piece in pieces {
        parser.feed(piece, &mut events);
    }
    parser.flush(&mut events);
    events
}

fn keys(text: &str) -> Vec<Event> {
    notation::parse(text).unwrap().into_iter().map(Event::Key).collect()
}

fn reply(reply: Reply) -> Vec<Event> {
    vec![Event::Reply(reply)]
}

fn mouse(what: MouseAct, column: u16, row: u16, mods: Mods) -> Vec<Event> {
    vec![Event::Mouse(Mouse { what, column, row, mods })]
}

/// What terminals send, and what it means.
fn table() -> Vec<(&'static [u8], Vec<Event>)> {
    let ctrl = Mods { ctrl: true, ..Mods::NONE };
    vec![
        (b"j", keys("j")),
        (b"G", keys("G")),
        (b" ", keys("<Space>")),
        (b"\r", keys("<CR>")),
        (b"\n", keys("<CR>")),
        (b"\t", keys("<Tab>")),
        (b"\x7f", keys("<BS>")),
        (b"\x08", keys("<BS>")),
        (b"\x04", keys("<C-d>")),
        (b"\x1a", keys("<C-z>")),
        (b"\x00", keys("<C-Space>")),
        (b"\x1c", keys("<C-\\>")),
        (b"\x1d", keys("<C-]>")),
        (b"\x1f", keys("<C-_>")),
        (b"\x1b", keys("<Esc>")),
        (b"\x1b\x1b", keys("<Esc><Esc>")),
        ("é".as_bytes(), keys("é")),
        ("日本".as_bytes(), keys("日本")),
        ("👍".as_bytes(), keys("👍")),
        (b"\x1bx", keys("<A-x>")),
        ("\u{1b}é".as_bytes(), keys("<A-é>")),
        (b"\x1b\r", keys("<A-CR>")),
        (b"\x1b[", keys("<A-[>")),
        (b"\x1bO", keys("<A-O>")),
        (b"\x1b]", keys("<A-]>")),
        (b"\x1bP", keys("<A-P>")),
        (b"\x1b[A", keys("<Up>")),
        (b"\x1bOA", keys("<Up>")),
        (b"\x1b[B", keys("<Down>")),
        (b"\x1b[C", keys("<Right>")),
        (b"\x1b[D", keys("<Left>")),
        (b"\x1b\x1b[A", keys("<Esc><Up>")),
        (b"\x1b[1;2A", keys("<S-Up>")),
        (b"\x1b[1;5C", keys("<C-Right>")),
        (b"\x1bO5C", keys("<C-Right>")),
        (b"\x1b[a", keys("<S-Up>")),
        (b"\x1bOa", keys("<C-Up>")),
        (b"\x1b[H", keys("<Home>")),
        (b"\x1b[F", keys("<End>")),
        (b"\x1b[1~", keys("<Home>")),
        (b"\x1b[4~", keys("<End>")),
        (b"\x1b[7~", keys("<Home>")),
        (b"\x1b[2~", keys("<Insert>")),
        (b"\x1b[3~", keys("<Del>")),
        (b"\x1b[3;5~", keys("<C-Del>")),
        (b"\x1b[3^", keys("<C-Del>")),
        (b"\x1b[5~", keys("<PageUp>")),
        (b"\x1b[6~", keys("<PageDown>")),
        (b"\x1b[Z", keys("<S-Tab>")),
        (b"\x1bOP", keys("<F1>")),
        (b"\x1b[P", keys("<F1>")),
        (b"\x1b[[A", keys("<F1>")),
        (b"\x1b[[E", keys("<F5>")),
        (b"\x1b[[j", keys("<Esc>[[j")),
        (b"\x1b[[", keys("<Esc>[[")),
        (b"\x1b[11~", keys("<F1>")),
        (b"\x1b[15~", keys("<F5>")),
        (b"\x1b[24~", keys("<F12>")),
        (b"\x1b[34~", keys("<F20>")),
        (b"\x1bOM", keys("<CR>")),
        (b"\x1bOk", keys("+")),
        (b"\x1b[27;5;9~", vec![Event::Key(Key { code: Code::Char('\t'), mods: ctrl })]),
        (b"\x1b[97u", keys("a")),
        (b"\x1b[97;5u", keys("<C-a>")),
        (b"\x1b[97;4u", keys("<A-A>")),
        (b"\x1b[97:65;2u", keys("A")),
        (b"\x1b[49:33;4u", keys("<A-!>")),
        (b"\x1b[97;5:3u", vec![]),
        (b"\x1b[1;1:3A", vec![]),
        (b"\x1b[1;1:2A", keys("<Up>")),
        (b"\x1b[27u", keys("<Esc>")),
        (b"\x1b[9;2u", keys("<S-Tab>")),
        (b"\x1b[13u", keys("<CR>")),
        (b"\x1b[127;3u", keys("<A-BS>")),
        (b"\x1b[57399u", keys("0")),
        (b"\x1b[57421u", keys("<PageUp>")),
        (b"\x1b[57358u", vec![]),
        (b"\x1b[I", vec![Event::Focus(true)]),
        (b"\x1b[O", vec![Event::Focus(false)]),
        (b"\x1b[0n", reply(Reply::Status)),
        (b"\x1b[12;34R", reply(Reply::Cursor { row: 12, column: 34 })),
        (b"\x1b[1;1R", reply(Reply::Cursor { row: 1, column: 1 })),
        (b"\x1b[?2026;2$y", reply(Reply::Mode { mode: 2026, state: 2 })),
        (b"\x1b[?69;0$y", reply(Reply::Mode { mode: 69, state: 0 })),
        (b"\x1b[?1u", reply(Reply::Keyboard(1))),
        (b"\x1b[?62;22;52c", reply(Reply::Attributes)),
        (b"\x1b]11;rgb:1010/2020/ffff\x1b\\", reply(Reply::Colour { which: 11, rgb: [16, 32, 255] })),
        (b"\x1b]11;rgb:1010/2020/ffff\x07", reply(Reply::Colour { which: 11, rgb: [16, 32, 255] })),
        (b"\x1b]10;rgb:f/0/8\x07", reply(Reply::Colour { which: 10, rgb: [255, 0, 136] })),
        (b"\x1b]11;rgba:10/20/ff/ff\x07", reply(Reply::Colour { which: 11, rgb: [16, 32, 255] })),
        (b"\x1b]52;c;AAAA\x07", vec![]),
        (b"\x1bP>|XTerm(390)\x1b\\", reply(Reply::Version("XTerm(390)".into()))),
        (b"\x1bP1$r0m\x1b\\", vec![]),
        (b"\x1b[<0;10;20M", mouse(MouseAct::Press(Button::Left), 9, 19, Mods::NONE)),
        (b"\x1b[<0;10;20m", mouse(MouseAct::Release, 9, 19, Mods::NONE)),
        (b"\x1b[<2;1;1M", mouse(MouseAct::Press(Button::Right), 0, 0, Mods::NONE)),
        (b"\x1b[<32;3;4M", mouse(MouseAct::Drag(Button::Left), 2, 3, Mods::NONE)),
        (b"\x1b[<35;3;4M", mouse(MouseAct::Move, 2, 3, Mods::NONE)),
        (b"\x1b[<64;300;200M", mouse(MouseAct::WheelUp, 299, 199, Mods::NONE)),
        (b"\x1b[<81;1;1M", mouse(MouseAct::WheelDown, 0, 0, ctrl)),
        (b"\x1b[<66;1;1M", vec![]),
        (b"\x1b[M #!", vec![]),
        (b"\x1b[200~hello\rworld\r\n\x1b[201~", vec![Event::Paste("hello\nworld\n".into())]),
        (b"\x1b[200~\x1b[A q \x1b[20\x1b[201~", vec![Event::Paste("\x1b[A q \x1b[20".into())]),
        ("\x1b[200~日本\x1b[201~".as_bytes(), vec![Event::Paste("日本".into())]),
        (b"\x1b[200~\x1b[201~", vec![Event::Paste(String::new())]),
        (b"\x1b[99999999999999999999;5A", keys("<C-Up>")),
        (b"\x1b[?1;2;3;4h", vec![]),
        (b"\x80\xff\xc0", vec![]),
        (b"\xed\xa0\x80", vec![]),
        ("\u{85}".as_bytes(), vec![]),
    ]
}

#[test]
fn each_sequence_means_what_terminals_mean_by_it() {
    for (bytes, wanted) in table() {
        assert_eq!(events(&[bytes]), wanted, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn wherever_a_sequence_is_cut_it_means_the_same() {
    for (bytes, wanted) in table() {
        for cut in 0..=bytes.len() {
            let (one, two) = bytes.split_at(cut);
            assert_eq!(events(&[one, two]), wanted, "{:?} cut at {cut}", String::from_utf8_lossy(bytes));
        }
        let single: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(events(&single), wanted, "{:?} byte by byte", String::from_utf8_lossy(bytes));
    }
}

/// Whole sequences one after the other, cut anywhere, are the same as one by one.
#[test]
fn one_sequence_does_not_change_the_next() {
    // Those that only a pause ends change what comes after, as they must.
    let is_open = |bytes: &[u8]| {
        let mut parser = parser();
        parser.feed(bytes, &mut Vec::new());
        parser.patience().is_some()
    };
    let whole: Vec<_> = table().into_iter().filter(|(bytes, _)| !is_open(bytes)).collect();
    assert!(whole.len() > 90);
    let bytes: Vec<u8> = whole.iter().flat_map(|(bytes, _)| bytes.iter().copied()).collect();
    let wanted: Vec<Event> = whole.into_iter().flat_map(|(_, wanted)| wanted).collect();
    assert_eq!(events(&[&bytes]), wanted);
    for size in [1, 2, 3, 5, 7, 11, 64] {
        let pieces: Vec<&[u8]> = bytes.chunks(size).collect();
        assert_eq!(events(&pieces), wanted, "in pieces of {size}");
    }
}

#[test]
fn a_lone_escape_waits_and_a_key_does_not() {
    let mut parser = Parser::new(PATIENCE);
    let mut events = Vec::new();
    parser.feed(b"j", &mut events);
    assert_eq!((parser.patience(), events.len()), (None, 1));
    parser.feed(b"\x1b", &mut events);
    assert_eq!((parser.patience(), events.len()), (Some(PATIENCE), 1));
    parser.flush(&mut events);
    assert_eq!(events[1..], keys("<Esc>"));
    assert_eq!(parser.patience(), None);
    // What has surely begun may take longer.
    parser.feed(b"\x1b[1;", &mut events);
    assert!(parser.patience() > Some(PATIENCE));
    parser.flush(&mut events);
    assert_eq!((parser.patience(), events.len()), (None, 2), "a lost rest is no key");
    // With keyboard flags Esc is a sequence; an ESC is the start of one.
    parser.set_keyboard_flags(true);
    parser.feed(b"\x1b", &mut events);
    assert!(parser.patience() > Some(PATIENCE));
    parser.feed(b"[27u", &mut events);
    assert_eq!(events[2..], keys("<Esc>"));
}

#[test]
fn a_report_nobody_asked_for_is_a_function_key() {
    let mut parser = Parser::new(PATIENCE);
    let mut events = Vec::new();
    parser.feed(b"\x1b[1;2R", &mut events);
    assert_eq!(events, keys("<S-F3>"));
    events.clear();
    parser.expect_reports(1);
    parser.feed(b"\x1b[1;2R\x1b[1;2R", &mut events);
    assert_eq!(events[0], Event::Reply(Reply::Cursor { row: 1, column: 2 }));
    assert_eq!(events[1..], keys("<S-F3>"));
}

#[test]
fn a_paste_whose_end_was_lost_is_delivered_after_a_while() {
    let mut parser = Parser::new(PATIENCE);
    let mut events = Vec::new();
    parser.feed(b"\x1b[200~half of it \x1b[20", &mut events);
    assert!(events.is_empty() && parser.patience().is_some_and(|patience| patience >= Duration::from_secs(1)));
    parser.flush(&mut events);
    parser.feed(b"j", &mut events);
    assert_eq!(events[0], Event::Paste("half of it \x1b[20".into()));
    assert_eq!(events[1..], keys("j"));
}

#[test]
fn endless_sequences_are_given_up() {
    let mut parser = Parser::new(PATIENCE);
    let mut events = Vec::new();
    for start in ["\x1b[", "\x1b]11;", "\x1bP>|"] {
        parser.feed(start.as_bytes(), &mut events);
        parser.feed(&b"1".repeat(10_000), &mut events);
        parser.flush(&mut events);
        events.clear();
        parser.feed(b"j", &mut events);
        assert_eq!(events, keys("j"), "after {start:?}");
        events.clear();
    }
}

/// Any bytes whatever: no panic, and nothing kept for ever.
#[test]
fn noise_ends() {
    let mut seed = 0x2545_f491_4f6c_dd1du64;
    for _ in 0..2000 {
        let mut parser = Parser::new(PATIENCE);
        let mut events = Vec::new();
        for _ in 0..20 {
            seed ^= seed << 13;
            seed ^= seed >> 7;
            seed ^= seed << 17;
            let common = b"\x1b[]OP0123456789;:?<$~uMRn\x07\\\xe6\x97";
            let byte = common[usize::try_from(seed >> 33).unwrap() % common.len()];
            parser.feed(&[byte], &mut events);
        }
        parser.flush(&mut events);
        events.clear();
        parser.feed(b"j", &mut events);
        assert_eq!(events, keys("j"));
    }
}

fn connected() -> (Input, UnixStream) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    (Input::new(OwnedFd::from(ours), PATIENCE), theirs)
}

#[test]
fn what_was_sent_is_read_at_once_and_in_order() {
    let (mut input, mut theirs) = connected();
    theirs.write_all(b"jk\x1b[A").unwrap();
    assert!(input.wait(&[], None).unwrap().input);
    let all: Vec<Event> = std::iter::from_fn(|| input.take()).collect();
    assert_eq!(all, keys("jk<Up>"));
}

#[test]
fn a_lone_escape_is_settled_when_nothing_follows() {
    let (mut input, mut theirs) = connected();
    theirs.write_all(b"\x1b").unwrap();
    while !input.wait(&[], None).unwrap().input {}
    assert_eq!(input.take(), keys("<Esc>").pop());
}

#[test]
fn others_wake_it_and_the_time_ends_it() {
    let (mut input, _theirs) = connected();
    let (other, mut sender) = UnixStream::pair().unwrap();
    let fds = [std::os::fd::AsFd::as_fd(&other)];
    assert_eq!(input.wait(&fds, Some(Duration::ZERO)).unwrap(), super::Woken::default());
    sender.write_all(b"x").unwrap();
    let woken = input.wait(&fds, None).unwrap();
    assert!(woken.others && !woken.input);
}

#[test]
fn a_dropped_line_is_said_once() {
    let (mut input, mut theirs) = connected();
    theirs.write_all(b"j\x1b").unwrap();
    drop(theirs);
    let mut all = Vec::new();
    while !all.contains(&Event::HungUp) {
        input.wait(&[], None).unwrap();
        all.extend(std::iter::from_fn(|| input.take()));
    }
    assert_eq!(all, [keys("j<Esc>"), vec![Event::HungUp]].concat());
    assert_eq!(input.wait(&[], Some(Duration::ZERO)).unwrap(), super::Woken::default());
}
