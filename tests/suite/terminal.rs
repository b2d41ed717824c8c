//! The program itself in a real pseudo-terminal: what it shows, what it leaves behind, what it sends.
//!
//! ```text
//! test ── keys, answers, signals ──▶ pseudo-terminal ──▶ postil
//!      ◀── vt100's screen, bytes ───                ◀──
//! ```
//!
//! Nothing is slept through that can be awaited: a screen is awaited by what it shows, a key by the
//! program having woken for it and gone to sleep again, all output by a mark written behind it.

mod exits;
mod folder;
mod kinds;
mod pty;
mod screens;
mod tutor;

use pty::{Session, Setup};

/// A letter that no line of the sample library starts with stands for "the first document is open".
const OPEN: &str = "Seat Nobody Took";

fn open(setup: Setup) -> Session {
    let mut session = setup.start();
    session.shows(OPEN);
    session.rest();
    session
}
