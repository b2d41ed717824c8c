//! Text copied to where the reader can paste it: through tmux, through screen, or by the terminal.
//!
//! No terminal says whether it took the text, so nothing here claims that it did: [`Sent`] says what
//! was sent, and where.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::text::width::group_thousands;

use super::environment::Environment;

/// Terminals drop longer texts, some without a word.
pub const LIMIT: usize = 75_000;

/// What was sent where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// Into tmux's buffer, and on to its terminal where it lets tmux set the clipboard.
    Tmux { bytes: usize, and_outside: bool },
    /// Through screen to its terminal.
    Screen { bytes: usize },
    /// To the terminal, as OSC 52.
    Terminal { bytes: usize },
    /// Not sent: too long for a terminal.
    TooLong { bytes: usize },
    /// Not sent.
    Failed(String),
}

impl Sent {
    /// Which text was sent where, in a line whose end may be cut: `what` names the text, "the passage".
    pub fn told(&self, what: &str) -> String {
        let and_on = " and, if allowed, the clipboard";
        let (bytes, to, and_on) = match self {
            Sent::Tmux { bytes, and_outside: true } => (bytes, "tmux", and_on),
            Sent::Tmux { bytes, and_outside: false } => (bytes, "tmux", ", too many for the clipboard"),
            Sent::Screen { bytes } => (bytes, "screen", and_on),
            Sent::Terminal { bytes } => (bytes, "the terminal", and_on),
            Sent::TooLong { .. } | Sent::Failed(_) => {
                return format!("{what} is not sent: {}", self.refusal().unwrap_or_default());
            }
        };
        let plural = if *bytes == 1 { "" } else { "s" };
        format!("sent {} byte{plural} to {to}{and_on}: {what}", group_thousands(*bytes as u64))
    }

    /// Why nothing was sent; then a file is the way left.
    pub fn refusal(&self) -> Option<String> {
        match self {
            Sent::TooLong { bytes } => {
                let [bytes, limit] = [*bytes, LIMIT].map(|bytes| group_thousands(bytes as u64));
                Some(format!("{bytes} bytes are more than the {limit} that terminals take"))
            }
            Sent::Failed(why) => Some(why.clone()),
            _ => None,
        }
    }
}

/// Sends `text`; `write` writes bytes to the terminal.
pub fn copy(text: &str, environment: &Environment, write: &mut dyn FnMut(&[u8]) -> std::io::Result<()>) -> Sent {
    let bytes = text.len();
    if environment.tmux {
        let and_outside = bytes <= LIMIT;
        return match to_tmux(text, and_outside, write) {
            Ok(()) => Sent::Tmux { bytes, and_outside },
            Err(why) => Sent::Failed(why),
        };
    }
    if bytes > LIMIT {
        return Sent::TooLong { bytes };
    }
    let (sequence, sent) = if environment.screen {
        (through_screen(&osc52(text)), Sent::Screen { bytes })
    } else {
        (osc52(text), Sent::Terminal { bytes })
    };
    match write(&sequence) {
        Ok(()) => sent,
        Err(error) => Sent::Failed(error.to_string()),
    }
}

/// Into tmux's buffer, and to the terminal around it. tmux drops OSC 52 of programs by default; its own
/// command does not ask it. Before 3.2 that command keeps to tmux, but what is wrapped for it passes
/// through, as it does since 3.3 only where it is allowed.
fn to_tmux(text: &str, and_outside: bool, write: &mut dyn FnMut(&[u8]) -> std::io::Result<()>) -> Result<(), String> {
    if and_outside && load_buffer(text, &["load-buffer", "-w", "-"]).is_ok() {
        return Ok(());
    }
    load_buffer(text, &["load-buffer", "-"])?;
    if and_outside { write(&through_tmux(&osc52(text))).map_err(|error| error.to_string()) } else { Ok(()) }
}

/// Runs `tmux` with these arguments and the text as its input.
fn load_buffer(text: &str, arguments: &[&str]) -> Result<(), String> {
    let mut child = Command::new("tmux")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("tmux: {error}"))?;
    if let Some(mut stdin) = child.stdin.take() {
        // A child that ends early says why by its status.
        let _ = stdin.write_all(text.as_bytes());
    }
    let status = child.wait().map_err(|error| format!("tmux: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("tmux load-buffer: {status}")) }
}

/// The sequence that asks a terminal to set its clipboard.
fn osc52(text: &str) -> Vec<u8> {
    let mut sequence = b"\x1b]52;c;".to_vec();
    base64(text.as_bytes(), &mut sequence);
    // BEL, not ST, whose ESC would end screen's wrapping.
    sequence.push(0x07);
    sequence
}

/// screen passes on what stands in a DCS, but only pieces of some 250 bytes.
fn through_screen(sequence: &[u8]) -> Vec<u8> {
    let mut wrapped = Vec::with_capacity(sequence.len() + sequence.len() / 50);
    for piece in sequence.chunks(240) {
        wrapped.extend_from_slice(b"\x1bP");
        wrapped.extend_from_slice(piece);
        wrapped.extend_from_slice(b"\x1b\\");
    }
    wrapped
}

/// An older tmux passes on what stands in a DCS of its name, where each ESC is written twice.
fn through_tmux(sequence: &[u8]) -> Vec<u8> {
    let mut wrapped = b"\x1bPtmux;".to_vec();
    for byte in sequence {
        wrapped.extend(std::iter::repeat_n(*byte, if *byte == 0x1b { 2 } else { 1 }));
    }
    wrapped.extend_from_slice(b"\x1b\\");
    wrapped
}

fn base64(bytes: &[u8], to: &mut Vec<u8>) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0usize, |n, byte| n << 8 | usize::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[number >> (18 - 6 * place) & 63];
            to.push(if place <= three.len() { digit } else { b'=' });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copied(text: &str, environment: &Environment) -> (Sent, Vec<u8>) {
        let mut written = Vec::new();
        let sent = copy(text, environment, &mut |bytes| {
            written.extend_from_slice(bytes);
            Ok(())
        });
        (sent, written)
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        let encode = |text: &str| {
            let mut to = Vec::new();
            base64(text.as_bytes(), &mut to);
            String::from_utf8(to).unwrap()
        };
        let examples = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, encoded) in examples {
            assert_eq!(encode(text), encoded);
        }
    }

    #[test]
    fn a_bare_terminal_gets_one_sequence() {
        let (sent, written) = copied("héllo", &Environment::default());
        assert_eq!(sent, Sent::Terminal { bytes: 6 });
        assert_eq!(written, b"\x1b]52;c;aMOpbGxv\x07");
        let told = sent.told("the passage");
        assert_eq!(told, "sent 6 bytes to the terminal and, if allowed, the clipboard: the passage");
    }

    #[test]
    fn screen_passes_pieces_on_that_join_to_the_sequence() {
        let text = "x".repeat(10_000);
        let (sent, written) = copied(&text, &Environment { screen: true, ..Environment::default() });
        assert_eq!(sent, Sent::Screen { bytes: 10_000 });
        let mut joined = Vec::new();
        let mut rest = written.as_slice();
        while !rest.is_empty() {
            assert!(rest.starts_with(b"\x1bP"));
            let end = memchr::memmem::find(rest, b"\x1b\\").unwrap();
            assert!(end <= 250);
            joined.extend_from_slice(&rest[2..end]);
            rest = &rest[end + 2..];
        }
        assert_eq!(joined, osc52(&text));
    }

    #[test]
    fn what_is_too_long_is_not_sent_and_said_so() {
        let (sent, written) = copied(&"x".repeat(LIMIT + 1), &Environment::default());
        assert!(sent.refusal().is_some() && written.is_empty(), "{sent:?}");
        let (sent, _) = copied(&"x".repeat(LIMIT), &Environment::default());
        assert!(sent.refusal().is_none());
    }

    #[test]
    fn a_dropped_line_is_a_failure() {
        let sent = copy("x", &Environment::default(), &mut |_| Err(std::io::ErrorKind::BrokenPipe.into()));
        assert!(matches!(sent, Sent::Failed(_)));
    }
}
