//! Terminals of many kinds: inside tmux and screen (the real ones), on the console of Linux, with few
//! colours and many, on light ground and dark, with a mouse; and what is copied in each.

use std::fs;
use std::io::Write;
use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::process::{Command, Stdio};

use super::pty::{Answers, Session, Setup};
use super::{OPEN, open};

/// Whether a program is there. In CI it is installed; elsewhere the test is left out by its name.
fn has(program: &str) -> bool {
    let run = Command::new(program).arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let is_there = run.is_ok();
    if !is_there {
        assert!(
            program != "tmux" || std::env::var_os("CI").is_none_or(|ci| ci != "true"),
            "{program} is not installed"
        );
        // Seen with --nocapture, and where a test fails.
        let _ = writeln!(std::io::stderr(), "left out: {program} is not installed");
    }
    is_there
}

/// What the same keys show without anything between, on a terminal that answers like this.
fn directly(answers: Answers) -> String {
    let mut session = open(Setup::default().answers(answers));
    for key in KEYS {
        session.key(key);
    }
    session.text()
}

const KEYS: [&str; 10] = ["j", "j", " ", "\t", "j", "\x1b[Z", "}", "v", "w", "j"];

/// The same keys through another program show the same.
fn shows_the_same(session: &mut Session) {
    let wanted = directly(Answers::Plain);
    for key in KEYS {
        session.press(key);
    }
    session.until(&wanted, |screen| {
        let contents = screen.contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") == wanted
    });
}

/// A reader in a tmux whose server ends with the test, however that ends.
struct InTmux(Session);

impl Deref for InTmux {
    type Target = Session;

    fn deref(&self) -> &Session {
        &self.0
    }
}

impl DerefMut for InTmux {
    fn deref_mut(&mut self) -> &mut Session {
        &mut self.0
    }
}

impl Drop for InTmux {
    fn drop(&mut self) {
        tmux(self.home.path(), &["kill-server"]);
    }
}

fn in_tmux() -> InTmux {
    let setup = Setup::default();
    fs::write(setup.home.path().join("tmux.conf"), "set -g status off\nset -g escape-time 0\n").unwrap();
    let script = r#"tmux -u -S "$HOME/tmux" -f "$HOME/tmux.conf" new-session "$@"; echo "OVER $?""#;
    let mut session = InTmux(setup.script(script).start());
    session.shows(OPEN);
    session
}

fn tmux(home: &Path, arguments: &[&str]) -> String {
    let done = Command::new("tmux").arg("-S").arg(home.join("tmux")).args(arguments).output().unwrap();
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
fn in_tmux_it_shows_the_same_and_copies_into_its_buffer() {
    if !has("tmux") {
        return;
    }
    let mut session = in_tmux();
    shows_the_same(&mut session);
    session.press("y");
    session.shows("bytes to tmux and, if allowed, the clipboard: the passage");
    let copied = tmux(session.home.path(), &["show-buffer"]);
    assert!(
        copied.split_whitespace().count() >= 1 && session.text().contains(copied.split_whitespace().next().unwrap())
    );
    session.press("q");
    session.shows("OVER 0");
    session.assert_restored();
}

/// Its `load-buffer` has no `-w` before 3.2.
#[test]
fn an_old_tmux_takes_what_is_copied_and_passes_it_on() {
    let setup = Setup::default();
    let folder = setup.home.path().join("bin");
    fs::create_dir(&folder).unwrap();
    let tmux = folder.join("tmux");
    fs::write(&tmux, "#!/bin/sh\n[ \"$*\" = 'load-buffer -' ] && cat > \"$HOME/buffer\"\n").unwrap();
    fs::set_permissions(&tmux, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    let mut session = open(setup.env("PATH", path).env("TMUX", "/tmp/tmux-1/default,1,0"));
    session.press("y");
    session.shows("bytes to tmux and, if allowed, the clipboard: the paragraph");
    let buffer = fs::read_to_string(session.home.path().join("buffer")).unwrap();
    assert!(buffer.starts_with("Five years ago"), "{buffer}");
    assert_eq!(session.sent("\x1bPtmux;\x1b\x1b]52;c;"), 1);
    assert_eq!(session.sent("\x07\x1b\\"), 1);
}

/// All that programs inside send to the clipboard, as it comes to the terminal.
fn clipboard(session: &Session) -> Vec<String> {
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    let sequences = raw.split("\x1b]52;c;").skip(1).map(|rest| rest.split('\x07').next().unwrap());
    sequences.map(decoded).collect()
}

/// Base64 of text, without a library for one test.
fn decoded(digits: &str) -> String {
    let value = |digit: u8| match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let bits =
        digits.trim_end_matches('=').bytes().flat_map(|digit| (0..6).rev().map(move |bit| value(digit) >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    let bytes = bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |byte, bit| byte << 1 | bit)).collect();
    String::from_utf8(bytes).unwrap()
}

#[test]
fn what_was_sent_where_is_whole_on_a_narrow_screen_with_a_topic_in_force() {
    let mut session = open(Setup::default().size(80, 24));
    session.key("1t");
    session.key("n");
    session.key("y");
    let said = session.text();
    assert!(said.contains("bytes to the terminal and, if allowed, the clipboard: the paragraph"), "{said}");
}

#[test]
fn in_tmux_a_held_key_and_a_resize_end_in_the_right_screen() {
    if !has("tmux") {
        return;
    }
    let mut session = in_tmux();
    let mut plain = open(Setup::default());
    let shows = |session: &mut Session, plain: &mut Session| {
        plain.rest();
        let wanted = plain.text();
        let text = |screen: &vt100::Screen| screen.contents().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
        session.until(&wanted, |screen| text(screen) == wanted);
    };
    for one in [&mut session, &mut plain] {
        one.press(&"j".repeat(60));
        one.press(&"k".repeat(20));
    }
    shows(&mut session, &mut plain);
    for one in [&mut session, &mut plain] {
        one.resize(100, 30);
    }
    shows(&mut session, &mut plain);
    // Which of these keys come before the new size and which after it is nobody's to say; where they all lead is.
    for one in [&mut session, &mut plain] {
        one.press(&"j".repeat(30));
        one.resize(110, 32);
        one.press("gg");
    }
    shows(&mut session, &mut plain);
}

#[test]
fn in_screen_it_shows_the_same_and_copies_through_it() {
    if !has("screen") {
        return;
    }
    let setup = Setup::default();
    let sockets = setup.home.path().join("sockets");
    fs::create_dir(&sockets).unwrap();
    fs::set_permissions(&sockets, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    fs::write(setup.home.path().join("screenrc"), "startup_message off\nmaptimeout 0\nautodetach off\n").unwrap();
    let script = r#"screen -U -c "$HOME/screenrc" "$@"; echo "OVER $?""#;
    let mut session = setup.env("SCREENDIR", sockets.display().to_string()).script(script).start();
    session.shows(OPEN);
    shows_the_same(&mut session);
    session.press("y");
    session.shows("bytes to screen and, if allowed, the clipboard: the passage");
    // Longer than one piece of what screen passes on, and not of ASCII alone.
    let long = "Länger als ein Stück — 日本 — und noch länger. ".repeat(60);
    fs::write(session.home.path().join("library/zz.txt"), format!("Long\n\n{long}\n")).unwrap();
    session.until("the new document", |screen| screen.contents().contains("\n  Long"));
    session.press(":e Long\r");
    session.shows("Stück");
    session.press("y");
    session.shows("bytes to screen and, if allowed, the clipboard: the paragraph");
    // screen has taken the wrapping off.
    let copied = clipboard(&session);
    assert_eq!(copied.len(), 2, "{copied:?}");
    assert_eq!(copied[1], long.trim());
    session.press("q");
    session.shows("OVER 0");
}

#[test]
fn bare_terminals_are_sent_what_is_copied_and_nothing_is_claimed() {
    let mut session = open(Setup::default());
    session.key("y");
    session.rest();
    assert!(session.raw.windows(7).any(|bytes| bytes == b"\x1b]52;c;"));
    let said = session.text();
    assert!(said.contains("sent") && said.contains("if allowed") && !said.contains("copied"), "{said}");
}

#[test]
fn what_is_too_long_for_a_terminal_is_put_into_a_file() {
    let setup = Setup::default();
    let long = "A sentence that is copied with many others. ".repeat(2000);
    fs::write(setup.home.path().join("library/0.txt"), format!("A long text\n\n{long}\n")).unwrap();
    let mut session = setup.start();
    session.shows("A sentence that is copied");
    session.rest();
    session.key("V");
    session.key("G");
    session.press("y");
    session.shows("not sent");
    assert_eq!(session.sent("\x1b]52;"), 0);
    let files = session.files("copied-");
    let [file] = files.as_slice() else { panic!("{files:?}") };
    assert!(session.text().contains(file.to_str().unwrap()), "{}", session.text());
    // It is found again when the line has moved on.
    session.key("j");
    session.key("gm");
    assert!(session.text().replace(['│', '\n', ' '], "").contains(file.to_str().unwrap()), "{}", session.text());
    assert!(fs::read_to_string(file).unwrap().contains(long.trim()));
}

#[test]
fn the_console_of_linux_is_asked_nothing_it_would_print() {
    let mut session = open(Setup::default().env("TERM", "linux"));
    for key in KEYS {
        session.key(key);
    }
    // Its font has no signs but lines; the text between them is the same.
    let page = |text: &str| -> Vec<String> {
        let page = text.lines().filter_map(|line| line.split('│').nth(1));
        page.map(|line| line.chars().skip(4).collect::<String>().trim_end().to_owned()).collect()
    };
    let text = session.text();
    assert_eq!(page(&text)[2..], page(&directly(Answers::Plain))[2..]);
    assert!(!text.contains(['▸', '▾', '●', '▌', '┃', '✎', '…']) && text.contains("* Europe"), "{text}");
    let raw = String::from_utf8_lossy(&session.raw).into_owned();
    for unknown in ["\x1b[?u", "\x1b[>1u", "\x1b]11", "\x1b[?2026", "$p", "38;5;", "38;2;", "58:"] {
        assert!(!raw.contains(unknown), "{unknown:?} is sent to the console");
    }
}

#[test]
fn a_terminal_nobody_has_heard_of_is_drawn_on_like_any_other() {
    let mut session = open(Setup::default().env("TERM", "something-new").answers(Answers::Silent));
    for key in KEYS {
        session.key(key);
    }
    assert_eq!(session.text(), directly(Answers::Silent));
}

#[test]
fn tabs_are_sent_where_their_stops_are_the_usual_ones() {
    // The question itself holds fourteen.
    let sent = |stop: u16| {
        let mut session = open(Setup { stop, ..Setup::default() });
        for key in KEYS {
            session.key(key);
        }
        assert_eq!(session.text(), directly(Answers::Plain));
        session.sent("\t") - 14
    };
    assert!(sent(8) > 0, "none is sent at all");
    assert_eq!(sent(4), 0, "sent to stops that are elsewhere");
}

/// A theme with colours of its own.
fn dark() -> Setup {
    let setup = Setup::default();
    let folder = setup.home.path().join("XDG_CONFIG_HOME/postil");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "[theme]\nname = \"dark\"\n").unwrap();
    setup
}

#[test]
fn colours_are_those_the_terminal_has() {
    type Variables = &'static [(&'static str, &'static str)];
    let cases: [(Variables, [bool; 3]); 8] = [
        (&[("TERM", "xterm")], [true, false, false]),
        (&[("TERM", "xterm-256color")], [true, true, false]),
        (&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")], [true, false, true]),
        (&[("TERM", "vt220")], [false, false, false]),
        (&[("TERM", "xterm-256color"), ("CLICOLOR", "0")], [false, false, false]),
        (&[("TERM", "xterm-256color"), ("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")], [true, true, false]),
        (&[("TERM", "vt220"), ("CLICOLOR_FORCE", "1")], [true, false, false]),
        (&[("TERM", "xterm"), ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], [false, false, false]),
    ];
    for (env, wanted) in cases {
        let setup = env.iter().fold(dark(), |setup, (name, value)| setup.env(name, *value));
        let mut session = open(setup);
        session.key("j");
        let raw = String::from_utf8_lossy(&session.raw).into_owned();
        let named =
            (30..=37).chain(90..=97).any(|n| [format!("[{n}m"), format!(";{n}m")].iter().any(|s| raw.contains(s)));
        assert_eq!([named, raw.contains("38;5;"), raw.contains("38;2;")], wanted, "{env:?}");
    }
}

#[test]
fn a_light_ground_gets_darker_colours_and_the_same_text() {
    const YELLOW: u8 = 3;
    const BROWN: u8 = 130;
    fn has(screen: &vt100::Screen, colour: u8) -> bool {
        let (rows, columns) = screen.size();
        let mut cells = (0..rows.get()).flat_map(|row| (0..columns.get()).map(move |column| (row, column)));
        let wanted = vt100::Color::Idx(colour);
        // The colour of a blank's letters is not seen, and may be left from before.
        let is_seen = |cell: &vt100::Cell| !cell.contents().trim().is_empty() && cell.fgcolor() == wanted;
        cells.any(|(row, column)| screen.cell(row, column).is_some_and(is_seen))
    }
    let drawn = |ground: Option<&'static str>, wanted: u8, never: u8| {
        let mut session = open(Setup { ground, ..Setup::default() });
        // The first frame may have been drawn before the terminal answered.
        session.until("the colours of this ground", |screen| has(screen, wanted) && !has(screen, never));
        session.rest();
        session.text()
    };
    drawn(None, YELLOW, BROWN);
    let dark = drawn(Some("0000/0000/0000"), YELLOW, BROWN);
    let light = drawn(Some("ffff/ffff/f000"), BROWN, YELLOW);
    assert_eq!(dark, light);
}

#[test]
fn a_theme_for_the_other_ground_gives_way_and_says_so() {
    let told = "this ground is light: theme \"light\" in place of \"dark\"; \"default\" suits both";
    let setup = dark().env("COLORTERM", "truecolor").env("TERM", "xterm-256color").size(80, 24);
    let mut session = Setup { ground: Some("ffff/ffff/ffff"), ..setup.clone() }.start();
    session.shows(told);
    session.key("j");
    assert!(!session.text().contains("in place of"), "it is said once");
    // The colour of a blank's letters is not seen, and may be left from before.
    let letters = |screen: &vt100::Screen, colour: vt100::Color| {
        let cells = (0..24).flat_map(|row| (0..80).map(move |column| screen.cell(row, column)));
        let is_seen = |cell: &&vt100::Cell| !cell.contents().trim().is_empty() && cell.fgcolor() == colour;
        cells.flatten().filter(is_seen).count()
    };
    let (dark, light) = (vt100::Color::Rgb(36, 34, 30), vt100::Color::Rgb(220, 216, 208));
    session.until("dark letters", |screen| letters(screen, dark) > 200 && letters(screen, light) == 0);
    for ground in [None, Some("0000/0000/0000")] {
        let session = open(Setup { ground, ..setup.clone() });
        assert!(!session.text().contains("in place of"), "{ground:?}");
    }
}

#[test]
fn the_mouse_scrolls_and_opens_and_is_off_over_ssh() {
    let mut session = open(Setup::default());
    assert!(session.raw.windows(8).any(|bytes| bytes == b"\x1b[?1002h"));
    // Beside the text there is how far it was read.
    let page = |session: &Session| -> Vec<String> {
        session.text().lines().filter_map(|line| line.split('│').nth(1).map(str::to_owned)).collect()
    };
    let before = page(&session);
    session.key("\x1b[<65;60;10M");
    assert_ne!(page(&session), before, "the wheel does nothing");
    session.key("\x1b[<64;60;10M");
    assert_eq!(page(&session), before);
    let mut session = open(Setup::default().env("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22"));
    session.rest();
    assert!(!session.raw.windows(8).any(|bytes| bytes == b"\x1b[?1002h"));
    session.press("q");
    session.ended();
    session.assert_restored();
}
