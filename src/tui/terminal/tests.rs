//! A real pseudo-terminal, taken over and given back in every way but by ending the process.

use std::io::{Read, Write};
use std::sync::mpsc::{self, Receiver};
use std::thread;

use portable_pty::{MasterPty, PtySize, native_pty_system};

use super::*;
use crate::tui::colour::Depth;

/// The outer end of a terminal.
struct Outside {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

fn terminal() -> (Terminal, Outside) {
    let pair = native_pty_system().openpty(PtySize { rows: 10, cols: 40, pixel_width: 0, pixel_height: 0 }).unwrap();
    let path = pair.master.tty_name().unwrap();
    let open = || OwnedFd::from(File::options().read(true).write(true).open(&path).unwrap());
    let terminal = Terminal::on(open(), open());
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (send, output) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if send.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    let writer = pair.master.take_writer().unwrap();
    let screen = vt100::Parser::new(10.try_into().unwrap(), 40.try_into().unwrap(), 0);
    // The inner end stays open as long as the terminal does.
    (terminal, Outside { master: pair.master, writer, output, screen, raw: Vec::new() })
}

impl Outside {
    /// Reads until the bytes so far end with these.
    fn until(&mut self, end: &[u8]) {
        while !self.raw.ends_with(end) {
            let bytes = self.output.recv().unwrap();
            self.screen.process(&bytes);
            self.raw.extend_from_slice(&bytes);
        }
    }

    fn is_as_found(&self) -> bool {
        let screen = self.screen.screen();
        !screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste()
    }
}

fn is_raw(fd: &OwnedFd) -> bool {
    let line = tcgetattr(fd).unwrap();
    !line.local_modes.intersects(LocalModes::ICANON | LocalModes::ECHO | LocalModes::ISIG)
}

/// The last bytes of leaving.
const LEFT: &[u8] = b"\x1b[?1049l";

#[test]
fn what_is_taken_over_is_given_back() {
    type Way = fn(Terminal);
    let ways: [(&str, Way); 4] = [
        ("dropped", drop),
        ("left", |mut terminal| terminal.leave()),
        ("restored from elsewhere", |terminal| {
            let restorer = terminal.restorer();
            thread::spawn(move || restorer.restore()).join().unwrap();
        }),
        ("closed", |terminal| {
            let mut input = terminal.input(&Environment::default()).unwrap();
            terminal.close(&mut input, false, Duration::ZERO);
        }),
    ];
    for (way, give_back) in ways {
        let (mut terminal, mut outside) = terminal();
        let line = terminal.shared.input.try_clone().unwrap();
        assert!(!is_raw(&line));
        terminal.enter().unwrap();
        assert!(is_raw(&line));
        outside.until(b"\x1b[?2004h");
        assert!(outside.screen.screen().alternate_screen() && outside.screen.screen().hide_cursor());
        assert_eq!(terminal.size(), (40, 10));
        give_back(terminal);
        outside.until(LEFT);
        assert!(outside.is_as_found() && !is_raw(&line), "{way}");
    }
}

#[test]
fn it_is_given_back_once_and_then_not_written_to() {
    let (mut terminal, mut outside) = terminal();
    terminal.enter().unwrap();
    let restorer = terminal.restorer();
    restorer.restore();
    outside.until(LEFT);
    terminal.write(b"a frame that came too late").unwrap();
    restorer.restore();
    drop(terminal);
    outside.master.resize(PtySize::default()).unwrap();
    let once = memchr::memmem::find_iter(&outside.raw, LEFT).count();
    assert_eq!((once, outside.output.try_iter().count()), (1, 0));
}

#[test]
fn what_was_switched_on_goes_off_in_the_opposite_order_and_on_again_at_return() {
    let (mut terminal, mut outside) = terminal();
    terminal.set_mouse(true).unwrap();
    terminal.enter().unwrap();
    let mut probe = Probe::new(&Environment::default(), (40, 10));
    let mut input = terminal.input(&Environment::default()).unwrap();
    let escape = |input: &mut Input| {
        let mut events = Vec::new();
        input.parser().feed(b"\x1b", &mut events);
        let patience = input.parser().patience();
        input.parser().flush(&mut events);
        patience
    };
    let before = escape(&mut input);
    for reply in [
        Reply::Mode { mode: 2026, state: 2 },
        Reply::Keyboard(0),
        Reply::Cursor { row: 1, column: 1 },
        Reply::Cursor { row: 1, column: 2 },
        Reply::Status,
    ] {
        assert!(probe.hear(&reply));
        terminal.adopt(&probe, &mut input).unwrap();
    }
    // With these flags an ESC is the start of something, and no key.
    assert!(escape(&mut input) > before);
    terminal.leave();
    outside.until(LEFT);
    let text = String::from_utf8(outside.raw.clone()).unwrap();
    let place = |what: &str| text.find(what).unwrap_or_else(|| panic!("{what:?} in {text:?}"));
    assert!(place("\x1b[?1049h") < place("\x1b[?1006h") && place("\x1b[?1006h") < place("\x1b[>1u"));
    for (off, then) in [
        ("\x1b[?2026l", "\x1b[?1006l"),
        ("\x1b[?1006l", "\x1b[<u"),
        ("\x1b[<u", "\x1b[?69l"),
        ("\x1b[?69l", "\x1b[r"),
        ("\x1b[?7h", "\x1b[?1049l"),
    ] {
        assert!(place(off) < place(then), "{off:?} before {then:?}");
    }
    assert!(outside.is_as_found());
    outside.raw.clear();
    terminal.enter().unwrap();
    outside.until(b"\x1b[?1006h");
    let again = String::from_utf8(outside.raw.clone()).unwrap();
    assert!(again.contains("\x1b[>1u") && again.contains("\x1b[?69h"));
}

#[test]
fn a_line_that_a_shell_had_meanwhile_is_taken_again() {
    let (mut terminal, mut outside) = terminal();
    terminal.enter().unwrap();
    assert!(!terminal.reenter().unwrap(), "nobody had it");
    let line = terminal.shared.input.try_clone().unwrap();
    let mut shells = terminal.shared.found().clone().unwrap();
    shells.special_codes[rustix::termios::SpecialCodeIndex::VINTR] = 7;
    tcsetattr(&line, OptionalActions::Now, &shells).unwrap();
    assert!(terminal.reenter().unwrap() && is_raw(&line));
    terminal.leave();
    outside.until(LEFT);
    let left = tcgetattr(&line).unwrap();
    assert_eq!(left.special_codes[rustix::termios::SpecialCodeIndex::VINTR], 7, "as the shell left it");
}

#[test]
fn an_answer_under_way_is_awaited_at_the_end() {
    let (mut terminal, mut outside) = terminal();
    terminal.enter().unwrap();
    outside.until(b"\x1b[?2004h");
    outside.writer.write_all(b"xy\x1b[0n").unwrap();
    let line = terminal.shared.input.try_clone().unwrap();
    let mut input = terminal.input(&Environment::default()).unwrap();
    terminal.close(&mut input, true, Duration::from_secs(60));
    outside.until(LEFT);
    let mut fds = [PollFd::new(&line, PollFlags::IN)];
    let now = Timespec { tv_sec: 0, tv_nsec: 0 };
    assert_eq!(poll(&mut fds, Some(&now)).unwrap(), 0, "nothing is left for the shell");
}

#[test]
fn a_dropped_line_does_not_hold_the_end_up() {
    let (mut terminal, outside) = terminal();
    terminal.enter().unwrap();
    let mut input = terminal.input(&Environment::default()).unwrap();
    drop(outside);
    // Its reader goes when it has something to pass on; the line may be gone before that.
    let _ = terminal.write(b" ");
    let mut events = Vec::new();
    while !events.contains(&Event::HungUp) {
        input.wait(&[], None).unwrap();
        events.extend(std::iter::from_fn(|| input.take()));
    }
    terminal.close(&mut input, true, Duration::from_secs(3600));
}

#[test]
fn a_probe_believes_what_it_hears_and_nothing_else() {
    let environment =
        Environment { depth: Depth::Indexed, term: "xterm-256color".into(), utf8: true, ..Environment::default() };
    let hear = |size: (u16, u16), replies: &[Reply]| {
        let mut probe = Probe::new(&environment, size);
        replies.iter().for_each(|reply| {
            probe.hear(reply);
        });
        probe
    };
    let cursor = |row, column| Reply::Cursor { row, column };
    let silent = hear((80, 24), &[]);
    assert!(!silent.is_over() && silent.background().is_none());
    assert_eq!(silent.capabilities(), Capabilities { depth: Depth::Indexed, ..Capabilities::default() });
    let xterm = hear(
        (80, 24),
        &[
            Reply::Mode { mode: 2026, state: 0 },
            Reply::Colour { which: 11, rgb: [255, 255, 255] },
            cursor(1, 1),
            cursor(1, 2),
            cursor(1, 73),
            Reply::Status,
        ],
    );
    assert!(xterm.is_over() && !xterm.has_keyboard_flags() && xterm.background() == Some([255; 3]));
    assert_eq!(
        xterm.capabilities(),
        Capabilities {
            depth: Depth::Indexed,
            margins: true,
            acknowledges: true,
            narrow_ambiguous: true,
            tabs: 80,
            ..Capabilities::default()
        }
    );
    let tmux = hear((80, 24), &[cursor(2, 2), cursor(1, 2), Reply::Status]).capabilities();
    assert!(!tmux.margins && tmux.acknowledges && tmux.narrow_ambiguous && !tmux.synchronised);
    let eastern = hear((80, 24), &[cursor(2, 2), cursor(1, 3), Reply::Status]).capabilities();
    assert!(!eastern.narrow_ambiguous);
    let tiny = hear((1, 1), &[cursor(1, 1), cursor(1, 1), Reply::Status]).capabilities();
    assert!(!tiny.margins && !tiny.narrow_ambiguous, "where there is no room nothing can be told");
    let tabs =
        |column| hear((80, 24), &[cursor(2, 2), cursor(1, 2), cursor(1, column), Reply::Status]).capabilities().tabs;
    assert_eq!((tabs(73), tabs(37), tabs(80), tabs(1)), (80, 0, 0, 0), "stops that someone set are left alone");
    // Later answers are to other questions.
    let mut over = hear((80, 24), &[cursor(2, 2), cursor(1, 2), Reply::Status]);
    assert!(!over.hear(&cursor(1, 1)) && !over.capabilities().margins);
}

#[test]
fn the_console_is_not_asked_what_it_would_print() {
    let environment = Environment { term: "linux".into(), ..Environment::default() };
    let probe = Probe::new(&environment, (80, 24));
    assert!(!probe.asked.contains(&b']') && !probe.asked.contains(&b'$'));
    assert!(probe.asked.ends_with(b"\x1b[5n"));
}
