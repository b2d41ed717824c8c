//! Bytes of a terminal to events, wherever the line cut them.
//!
//! A [`Parser`] is fed as bytes come and keeps what is not whole. When nothing more has come for as
//! long as [`Parser::patience`] says, [`Parser::flush`] settles what it was: a lone ESC is the key.
//! It has no clock and reads nothing.
//!
//! *Invariant:* the events are the same however the bytes are cut, as long as no cut outlasts the patience.

use std::time::Duration;

use super::event::{Button, Event, Mouse, MouseAct, Reply};
use crate::keys::{Code, Key, Mods};

/// The end of a bracketed paste.
const PASTE_END: &[u8] = b"\x1b[201~";
/// How long the rest of a sequence that is surely one may take.
const BEGUN: Duration = Duration::from_millis(250);
/// How long a paste may pause; then it is delivered, so that a lost end does not swallow every key.
const PASTING: Duration = Duration::from_secs(5);
/// Longer sequences are none that a terminal sends.
const LONGEST_CSI: usize = 64;
const LONGEST_STRING: usize = 4096;

/// What is not whole yet, and what is being waited for.
#[derive(Clone, Debug)]
pub struct Parser {
    rest: Vec<u8>,
    /// The text of a paste that has not ended.
    paste: Option<Vec<u8>>,
    /// How long a lone ESC may wait.
    escape: Duration,
    /// The terminal sends Esc as a sequence, so that a lone ESC is always the start of one.
    keyboard_flags: bool,
    /// Cursor reports asked for; one that was not asked for is F3 with a modifier.
    reports: usize,
}

/// What the start of the bytes is.
enum Step {
    /// So many bytes are used up.
    Done(usize, Option<Event>),
    /// A paste begins after so many bytes.
    Paste(usize),
    /// More is to come.
    More,
}

impl Parser {
    /// `escape` is how long a lone ESC may wait for the rest of a key.
    pub fn new(escape: Duration) -> Self {
        Self { rest: Vec::new(), paste: None, escape, keyboard_flags: false, reports: 0 }
    }

    /// Says that the terminal sends Esc as a sequence from now on.
    pub fn set_keyboard_flags(&mut self, on: bool) {
        self.keyboard_flags = on;
    }

    /// Says that so many more cursor reports have been asked for.
    pub fn expect_reports(&mut self, count: usize) {
        self.reports += count;
    }

    /// Takes bytes and adds the events they complete.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        self.rest.extend_from_slice(bytes);
        let mut at = 0;
        while at < self.rest.len() {
            if let Some(paste) = &mut self.paste {
                let rest = &self.rest[at..];
                let Some(end) = memchr::memmem::find(rest, PASTE_END) else {
                    // The last bytes may be the start of the end.
                    let sure = rest.len().saturating_sub(PASTE_END.len() - 1);
                    paste.extend_from_slice(&rest[..sure]);
                    at += sure;
                    break;
                };
                paste.extend_from_slice(&rest[..end]);
                at += end + PASTE_END.len();
                let text = self.paste.take().map(|paste| pasted(&paste));
                events.extend(text.map(Event::Paste));
                continue;
            }
            match self.step(at) {
                Step::Done(used, event) => {
                    if matches!(event, Some(Event::Reply(Reply::Cursor { .. }))) {
                        self.reports = self.reports.saturating_sub(1);
                    }
                    events.extend(event);
                    at += used;
                }
                Step::Paste(used) => {
                    self.paste = Some(Vec::new());
                    at += used;
                }
                Step::More => break,
            }
        }
        self.rest.drain(..at);
    }

    /// How long to wait for more before [`Parser::flush`]; `None` when nothing is left over.
    pub fn patience(&self) -> Option<Duration> {
        match self.rest.as_slice() {
            _ if self.paste.is_some() => Some(PASTING),
            [] => None,
            [0x1b] if !self.keyboard_flags => Some(self.escape),
            _ => Some(BEGUN.max(self.escape)),
        }
    }

    /// Settles what is left over: nothing more will come of it.
    pub fn flush(&mut self, events: &mut Vec<Event>) {
        let rest = std::mem::take(&mut self.rest);
        if let Some(mut paste) = self.paste.take() {
            paste.extend_from_slice(&rest);
            events.push(Event::Paste(pasted(&paste)));
            return;
        }
        match rest.as_slice() {
            [0x1b] => events.push(Event::Key(Key::new(Code::Esc))),
            [0x1b, b'[', b'['] => {
                events.push(Event::Key(Key::new(Code::Esc)));
                events.extend([b'['; 2].map(|b| Event::Key(Key::char(char::from(b)))));
            }
            [0x1b, byte] if byte.is_ascii_graphic() => events.push(Event::Key(alt(Key::char(char::from(*byte))))),
            // A piece of a sequence whose rest was lost.
            _ => {}
        }
    }

    fn step(&self, at: usize) -> Step {
        let bytes = &self.rest[at..];
        match bytes {
            [] | [0x1b] => Step::More,
            // Twice Esc; the second may still be the start of something.
            [0x1b, 0x1b, ..] => Step::Done(1, Some(Event::Key(Key::new(Code::Esc)))),
            [0x1b, b'[', ..] => self.csi(bytes),
            [0x1b, b'O', ..] => ss3(bytes),
            [0x1b, b']'] | [0x1b, b'P'] => Step::More,
            [0x1b, b']', b'0'..=b'9', ..] | [0x1b, b'P', b'0'..=b'9' | b'>' | b'!', ..] => string(bytes),
            [0x1b, rest @ ..] => match plain(rest) {
                Step::Done(used, event) => {
                    let event = event.map(|event| match event {
                        Event::Key(key) => Event::Key(alt(key)),
                        other => other,
                    });
                    Step::Done(used + 1, event)
                }
                other => other,
            },
            _ => plain(bytes),
        }
    }

    fn csi(&self, bytes: &[u8]) -> Step {
        if let Some(b'[') = bytes.get(2) {
            // The Linux console's F1 to F5; anything else was typed.
            return match bytes.get(3) {
                None => Step::More,
                Some(letter @ b'A'..=b'E') => key(4, Key::new(Code::F(letter - b'A' + 1))),
                Some(_) => key(1, Key::new(Code::Esc)),
            };
        }
        let body = &bytes[2..];
        let Some(end) = body.iter().position(|byte| !matches!(byte, 0x20..=0x3f)) else {
            return if bytes.len() > LONGEST_CSI { Step::Done(bytes.len(), None) } else { Step::More };
        };
        let last = body[end];
        if !(0x40..=0x7e).contains(&last) {
            // Cut short by a control: what there was is lost, the control counts.
            return Step::Done(2 + end, None);
        }
        let used = end + 3;
        if last == b'M' && end == 0 {
            // The old form of mouse reports has three bytes after the letter.
            return if bytes.len() < used + 3 { Step::More } else { Step::Done(used + 3, None) };
        }
        let parameters = Parameters::of(&body[..end]);
        if last == b'~' && parameters.private == 0 && parameters.number(0) == 200 {
            return Step::Paste(used);
        }
        Step::Done(used, self.sequence(&parameters, last))
    }

    /// The meaning of a whole control sequence.
    fn sequence(&self, parameters: &Parameters<'_>, last: u8) -> Option<Event> {
        let (first, second) = (parameters.number(0), parameters.number(1));
        match (parameters.private, parameters.intermediate, last) {
            (0, 0, b'n') if first == 0 || first == 3 => Some(Event::Reply(Reply::Status)),
            (0, 0, b'R') if self.reports > 0 || first > 1 || second > 16 || second == 0 => {
                Some(Event::Reply(Reply::Cursor { row: first, column: second }))
            }
            (b'?', b'$', b'y') => Some(Event::Reply(Reply::Mode { mode: first, state: small(second) })),
            (b'?', 0, b'u') => Some(Event::Reply(Reply::Keyboard(small(first)))),
            (b'?', 0, b'c') => Some(Event::Reply(Reply::Attributes)),
            (b'<', 0, b'M' | b'm') => mouse(parameters, last == b'm').map(Event::Mouse),
            (0, 0, b'I') => Some(Event::Focus(true)),
            (0, 0, b'O') => Some(Event::Focus(false)),
            (0, 0, b'u') => kitty(parameters).map(Event::Key),
            (0, 0, b'~') if first == 27 => {
                let code = char::from_u32(u32::from(parameters.number(2)))?;
                Some(Event::Key(normal(Code::Char(code), mods(second))))
            }
            (0, 0, b'~') => parameters.pressed().then(|| tilde(first)).flatten().map(|c| modified(c, second)),
            // rxvt's way to say control, and control with shift.
            (0, 0, b'^' | b'@') => tilde(first).map(|code| modified(code, if last == b'^' { 5 } else { 6 })),
            (0, 0, b'a'..=b'd') => letter(last.to_ascii_uppercase()).map(|code| modified(code, 2)),
            (0, 0, b'Z') => Some(modified(Code::BackTab, if second == 0 { 0 } else { second })),
            (0, 0, _) => parameters.pressed().then(|| letter(last)).flatten().map(|code| modified(code, second)),
            _ => None,
        }
    }
}

/// The numbers of a control sequence, `;` between them and `:` inside them.
struct Parameters<'a> {
    /// One of `<=>?`, or 0.
    private: u8,
    /// The byte before the last, or 0.
    intermediate: u8,
    body: &'a str,
}

impl<'a> Parameters<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        let private = bytes.first().copied().filter(|byte| (b'<'..=b'?').contains(byte)).unwrap_or(0);
        let start = usize::from(private != 0);
        let end = bytes.iter().position(|byte| *byte < 0x30).unwrap_or(bytes.len()).max(start);
        let intermediate = bytes.get(end).copied().unwrap_or(0);
        Self { private, intermediate, body: std::str::from_utf8(&bytes[start..end]).unwrap_or("") }
    }

    /// The parameter, 0 where there is none.
    fn number(&self, index: usize) -> u16 {
        self.part(index, 0)
    }

    fn part(&self, index: usize, part: usize) -> u16 {
        let parameter = self.body.split(';').nth(index).unwrap_or("");
        parameter.split(':').nth(part).and_then(|digits| digits.parse().ok()).unwrap_or(0)
    }

    /// Not the release of a key.
    fn pressed(&self) -> bool {
        self.part(1, 1) != 3
    }
}

/// Text, or a control that is a key.
fn plain(bytes: &[u8]) -> Step {
    let Some(&first) = bytes.first() else { return Step::More };
    let code = match first {
        b'\r' | b'\n' => Code::Enter,
        b'\t' => Code::Tab,
        0x7f | 0x08 => Code::Backspace,
        0x00 => return key(1, Key::ctrl(' ')),
        0x01..=0x1a => return key(1, Key::ctrl(char::from(first - 1 + b'a'))),
        0x1b => return Step::More,
        0x1c..=0x1f => return key(1, Key::ctrl(char::from(first - 0x1c + b'\\'))),
        0x20..=0x7e => Code::Char(char::from(first)),
        _ => return character(bytes),
    };
    key(1, Key::new(code))
}

/// A character beyond ASCII.
fn character(bytes: &[u8]) -> Step {
    let length = match bytes[0] {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        // No start of a character: a stray byte.
        _ => return Step::Done(1, None),
    };
    let whole = &bytes[..length.min(bytes.len())];
    match std::str::from_utf8(whole) {
        Ok(text) => match text.chars().next() {
            Some(c) if !c.is_control() => key(length, Key::char(c)),
            _ => Step::Done(length, None),
        },
        Err(error) if error.error_len().is_none() => Step::More,
        Err(error) => Step::Done(error.error_len().unwrap_or(1), None),
    }
}

/// `ESC O` and a letter: keys of the application modes, and F1 to F4.
fn ss3(bytes: &[u8]) -> Step {
    let Some(&third) = bytes.get(2) else { return Step::More };
    let (third, used, modifier) = match (third, bytes.get(3)) {
        (b'1'..=b'8', None) => return Step::More,
        (b'1'..=b'8', Some(&fourth)) => (fourth, 4, u16::from(third - b'0')),
        _ => (third, 3, 0),
    };
    let code = match third {
        b'M' => Code::Enter,
        b'I' => Code::Tab,
        b'a'..=b'd' => return Step::Done(used, letter(third.to_ascii_uppercase()).map(|code| modified(code, 5))),
        // The number pad.
        b'j'..=b'y' => Code::Char(char::from(third - b'j' + b'*')),
        b'X' => Code::Char('='),
        _ => match letter(third) {
            Some(code) => code,
            None => return key(2, alt(Key::char('O'))),
        },
    };
    Step::Done(used, Some(modified(code, modifier)))
}

/// A string with an end of its own: an answer to OSC 10, OSC 11 or a request for the version.
fn string(bytes: &[u8]) -> Step {
    let Some(end) = bytes[2..].iter().position(|byte| matches!(byte, 0x07 | 0x1b)) else {
        return if bytes.len() > LONGEST_STRING { Step::Done(bytes.len(), None) } else { Step::More };
    };
    let body = &bytes[2..2 + end];
    let used = match (bytes[2 + end], bytes.get(3 + end)) {
        (0x07, _) => end + 3,
        (_, None) => return Step::More,
        (_, Some(b'\\')) => end + 4,
        // Another sequence began: this one is lost.
        _ => return Step::Done(2 + end, None),
    };
    let body = String::from_utf8_lossy(body);
    let reply = if bytes[1] == b'P' {
        body.strip_prefix(">|").map(|name| Reply::Version(name.to_owned()))
    } else {
        colour(&body)
    };
    Step::Done(used, reply.map(Event::Reply))
}

/// `11;rgb:1010/1010/1010`, with one to four digits a part.
fn colour(body: &str) -> Option<Reply> {
    let (which, value) = body.split_once(';')?;
    let which = which.parse().ok().filter(|which| matches!(which, 10 | 11))?;
    let value = value.strip_prefix("rgb:").or_else(|| value.strip_prefix("rgba:"))?;
    let mut parts = value.split('/').map(|digits| {
        let full = 16u32.pow(u32::try_from(digits.len()).ok().filter(|n| (1..=4).contains(n))?) - 1;
        u32::from_str_radix(digits, 16).ok().and_then(|value| u8::try_from(value * 255 / full).ok())
    });
    let rgb = [parts.next()??, parts.next()??, parts.next()??];
    Some(Reply::Colour { which, rgb })
}

/// `CSI code;modifiers u`, as kitty and xterm's formatOtherKeys send keys.
fn kitty(parameters: &Parameters<'_>) -> Option<Key> {
    if !parameters.pressed() {
        return None;
    }
    let mods = mods(parameters.number(1));
    let code = match parameters.number(0) {
        13 | 57414 => Code::Enter,
        9 => Code::Tab,
        27 => Code::Esc,
        127 | 8 => Code::Backspace,
        digit @ 57399..=57408 => Code::Char(char::from(b'0' + small(digit - 57399))),
        57409 => Code::Char('.'),
        57410 => Code::Char('/'),
        57411 => Code::Char('*'),
        57412 => Code::Char('-'),
        57413 => Code::Char('+'),
        57415 => Code::Char('='),
        57417 => Code::Left,
        57418 => Code::Right,
        57419 => Code::Up,
        57420 => Code::Down,
        57421 => Code::PageUp,
        57422 => Code::PageDown,
        57423 => Code::Home,
        57424 => Code::End,
        57425 => Code::Insert,
        57426 => Code::Delete,
        // Locks, media and modifier keys on their own.
        57344..=63743 => return None,
        plain => {
            // What shift makes of the key, where the terminal says so.
            let shifted = parameters.part(0, 1);
            let code = if mods.shift && !mods.ctrl && shifted != 0 { shifted } else { plain };
            Code::Char(char::from_u32(u32::from(code)).filter(|c| !c.is_control())?)
        }
    };
    Some(normal(code, mods))
}

/// `CSI < button;column;row M`, or `m` where it is let go.
fn mouse(parameters: &Parameters<'_>, released: bool) -> Option<Mouse> {
    let what = parameters.number(0);
    let button = match what & 3 {
        0 => Some(Button::Left),
        1 => Some(Button::Middle),
        2 => Some(Button::Right),
        _ => None,
    };
    let act = match (what & 0b1110_0000, button) {
        (64, _) if what & 3 == 0 => MouseAct::WheelUp,
        (64, _) if what & 3 == 1 => MouseAct::WheelDown,
        (0, _) if released => MouseAct::Release,
        (0, Some(button)) => MouseAct::Press(button),
        (0, None) => MouseAct::Release,
        (32, Some(button)) => MouseAct::Drag(button),
        (32, None) => MouseAct::Move,
        _ => return None,
    };
    let mods = Mods { shift: what & 4 != 0, alt: what & 8 != 0, ctrl: what & 16 != 0 };
    let (column, row) = (parameters.number(1), parameters.number(2));
    Some(Mouse { what: act, column: column.saturating_sub(1), row: row.saturating_sub(1), mods })
}

fn tilde(number: u16) -> Option<Code> {
    Some(match number {
        1 | 7 => Code::Home,
        2 => Code::Insert,
        3 => Code::Delete,
        4 | 8 => Code::End,
        5 => Code::PageUp,
        6 => Code::PageDown,
        11..=15 => Code::F(small(number) - 10),
        17..=21 => Code::F(small(number) - 11),
        23..=26 => Code::F(small(number) - 12),
        28 | 29 => Code::F(small(number) - 13),
        31..=34 => Code::F(small(number) - 14),
        _ => return None,
    })
}

fn letter(last: u8) -> Option<Code> {
    Some(match last {
        b'A' => Code::Up,
        b'B' => Code::Down,
        b'C' => Code::Right,
        b'D' => Code::Left,
        b'F' => Code::End,
        b'H' => Code::Home,
        b'P'..=b'S' => Code::F(last - b'P' + 1),
        _ => return None,
    })
}

fn modified(code: Code, modifier: u16) -> Event {
    Event::Key(normal(code, mods(modifier)))
}

/// Modifiers as terminals number them: one more than the sum of their bits.
fn mods(number: u16) -> Mods {
    let bits = number.saturating_sub(1);
    Mods { shift: bits & 1 != 0, alt: bits & (2 | 32) != 0, ctrl: bits & 4 != 0 }
}

/// The one form of a key that can be said in two ways, as key notation has it.
fn normal(code: Code, mut mods: Mods) -> Key {
    let code = match code {
        Code::Tab if mods.shift => {
            mods.shift = false;
            Code::BackTab
        }
        Code::BackTab => {
            mods.shift = false;
            code
        }
        Code::Char(c) if mods.ctrl => Code::Char(c.to_ascii_lowercase()),
        Code::Char(c) if mods.shift => {
            mods.shift = false;
            let mut upper = c.to_uppercase();
            match (upper.next(), upper.next()) {
                (Some(upper), None) => Code::Char(upper),
                _ => code,
            }
        }
        _ => code,
    };
    Key { code, mods }
}

fn alt(mut key: Key) -> Key {
    key.mods.alt = true;
    key
}

fn key(used: usize, key: Key) -> Step {
    Step::Done(used, Some(Event::Key(key)))
}

/// Terminals send the line ends of a paste as CR.
fn pasted(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace("\r\n", "\n").replace('\r', "\n")
}

/// A number that fits a byte, or the largest that does.
fn small(number: u16) -> u8 {
    u8::try_from(number).unwrap_or(u8::MAX)
}
