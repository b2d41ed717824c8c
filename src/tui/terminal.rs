//! The terminal, taken over as a value and given back as it was.
//!
//! [`Terminal::open`] finds it, [`Terminal::enter`] takes it over, and dropping the value gives it
//! back, as does [`Restorer::restore`] from a signal thread or at a panic. Whoever comes first does it; it
//! is done once.
//!
//! What the terminal can do is asked with a [`Probe`] and learned as the answers come: nobody waits
//! for them, and a terminal that says nothing is drawn on in the plainest way.
//!
//! *Invariant:* what was switched on is in one word of flags, and leaving switches off exactly that.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IsTerminal};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::process::Signal;
use rustix::termios::{
    LocalModes, OptionalActions, QueueSelector, Termios, tcflush, tcgetattr, tcgetwinsize, tcsetattr,
};

use super::environment::Environment;
use super::input::{Event, Input, Reply};
use super::screen::{Capabilities, STOP};

/// Something that can be switched on while the screen is ours: its bit, the way on, the way off.
struct Feature {
    bit: u32,
    on: &'static [u8],
    off: &'static [u8],
}

/// In the order of switching on; off goes backwards.
const FEATURES: [Feature; 6] = [
    // The alternate screen, no cursor, no wrapping at the last column, pastes marked as such.
    Feature {
        bit: SCREEN,
        on: b"\x1b[?1049h\x1b[?25l\x1b[?7l\x1b[?2004h",
        off: b"\x1b[?2004l\x1b[r\x1b[m\x1b[?7h\x1b[?25h\x1b[?1049l",
    },
    Feature { bit: MARGINS, on: b"\x1b[?69h", off: b"\x1b[?69l" },
    Feature { bit: KEYBOARD, on: b"\x1b[>1u", off: b"\x1b[<u" },
    Feature { bit: MOUSE, on: b"\x1b[?1002h\x1b[?1006h", off: b"\x1b[?1006l\x1b[?1002l" },
    Feature { bit: FOCUS, on: b"\x1b[?1004h", off: b"\x1b[?1004l" },
    // A frame may have been cut in the middle.
    Feature { bit: SYNCHRONISED, on: b"", off: b"\x1b[?2026l" },
];

const SCREEN: u32 = 1;
const MARGINS: u32 = 2;
const KEYBOARD: u32 = 4;
const MOUSE: u32 = 8;
const FOCUS: u32 = 16;
const SYNCHRONISED: u32 = 32;

/// How long leaving may wait for a line that takes nothing: at leisure, and when being killed.
const PARTING: Duration = Duration::from_secs(2);
const KILLED: Duration = Duration::from_millis(100);

/// The terminal, until it is dropped.
#[derive(Debug)]
pub struct Terminal {
    shared: Arc<Shared>,
    /// What to switch on whenever the screen is entered.
    wanted: u32,
}

/// Gives the terminal back, from anywhere, at any time, once.
#[derive(Clone, Debug)]
pub struct Restorer(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    input: OwnedFd,
    output: OwnedFd,
    /// What is on; 0 while the terminal is not ours.
    on: AtomicU32,
    /// Line settings as they were found.
    found: Mutex<Option<Termios>>,
}

impl Terminal {
    /// The terminal of standard input and output; where one of them is something else, `/dev/tty`.
    ///
    /// # Errors
    /// When there is no terminal.
    pub fn open() -> io::Result<Self> {
        let device = || File::options().read(true).write(true).open("/dev/tty").map(OwnedFd::from);
        let (stdin, stdout) = (io::stdin(), io::stdout());
        let input = if stdin.is_terminal() { stdin.as_fd().try_clone_to_owned()? } else { device()? };
        let output = if stdout.is_terminal() { stdout.as_fd().try_clone_to_owned()? } else { device()? };
        Ok(Self::on(input, output))
    }

    /// The terminal at the other end of these.
    pub fn on(input: OwnedFd, output: OwnedFd) -> Self {
        let shared = Shared { input, output, on: AtomicU32::new(0), found: Mutex::new(None) };
        Self { shared: Arc::new(shared), wanted: SCREEN }
    }

    /// A reader of its keys and answers.
    ///
    /// # Errors
    /// When there are no more descriptors.
    pub fn input(&self, environment: &Environment) -> io::Result<Input> {
        Ok(Input::new(self.shared.input.try_clone()?, environment.patience()))
    }

    /// For signal threads and panics.
    pub fn restorer(&self) -> Restorer {
        Restorer(Arc::clone(&self.shared))
    }

    /// Columns and rows, asked once at the start and after each resize.
    pub fn size(&self) -> (u16, u16) {
        match tcgetwinsize(&self.shared.output) {
            Ok(size) if size.ws_col > 0 && size.ws_row > 0 => (size.ws_col, size.ws_row),
            _ => (80, 24),
        }
    }

    /// Takes the terminal over: raw, on its other screen, with what was switched on before. Does
    /// nothing when it is ours already. The screen is to be drawn whole afterwards.
    ///
    /// # Errors
    /// When the line was dropped, or the descriptor is no terminal.
    pub fn enter(&mut self) -> io::Result<()> {
        if self.shared.is_ours() {
            return Ok(());
        }
        let found = tcgetattr(&self.shared.input)?;
        let mut raw = found.clone();
        raw.make_raw();
        *self.shared.found() = Some(found);
        tcsetattr(&self.shared.input, OptionalActions::Now, &raw)?;
        self.shared.on.store(self.wanted, Ordering::SeqCst);
        self.write(&switches(self.wanted, true))
    }

    /// Gives the terminal back for a while, say to an editor. [`Terminal::enter`] takes it again.
    pub fn leave(&mut self) {
        self.shared.restore(PARTING);
    }

    /// Writes all of it, waiting for a slow line. Nothing is written while the terminal is not ours.
    ///
    /// # Errors
    /// When the line was dropped.
    pub fn write(&self, bytes: &[u8]) -> io::Result<()> {
        if self.shared.is_ours() { write_all(self.shared.output.as_fd(), bytes, None) } else { Ok(()) }
    }

    /// Switches the mouse on or off.
    ///
    /// # Errors
    /// When the line was dropped.
    pub fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        self.set(MOUSE, on)
    }

    /// Switches reports of the window's focus on or off.
    ///
    /// # Errors
    /// When the line was dropped.
    pub fn set_focus_reports(&mut self, on: bool) -> io::Result<()> {
        self.set(FOCUS, on)
    }

    /// Switches on what the probe found: margins, and the keyboard flags where they were answered; `input` is
    /// told what an ESC means with them.
    ///
    /// # Errors
    /// When the line was dropped.
    pub fn adopt(&mut self, probe: &Probe, input: &mut Input) -> io::Result<()> {
        let capabilities = probe.capabilities();
        // Nothing to switch on, but to switch off if the program ends within a frame.
        self.set(SYNCHRONISED, capabilities.synchronised)?;
        self.set(MARGINS, capabilities.margins)?;
        input.parser().set_keyboard_flags(probe.has_keyboard_flags());
        self.set(KEYBOARD, probe.has_keyboard_flags())
    }

    fn set(&mut self, bit: u32, on: bool) -> io::Result<()> {
        if (self.wanted & bit != 0) == on {
            return Ok(());
        }
        self.wanted ^= bit;
        if !self.shared.is_ours() {
            return Ok(());
        }
        // The flag first: what is on and not flagged would be left on.
        if on {
            self.shared.on.fetch_or(bit, Ordering::SeqCst);
        }
        self.write(&switches(bit, on))?;
        if !on {
            self.shared.on.fetch_and(!bit, Ordering::SeqCst);
        }
        Ok(())
    }

    /// Leaves, stops the program and its group as Ctrl-Z does, and enters again when it goes on.
    /// Answers whether it stopped: where no shell would bring it back, it does not.
    ///
    /// # Errors
    /// When the terminal cannot be taken over again.
    pub fn suspend(&mut self) -> io::Result<bool> {
        if !has_job_control() {
            return Ok(false);
        }
        self.leave();
        rustix::process::kill_current_process_group(Signal::STOP)?;
        self.enter()?;
        Ok(true)
    }

    /// Takes the terminal over again where a shell had it while the program was stopped from outside;
    /// answers whether it did. The screen is to be drawn whole either way.
    ///
    /// # Errors
    /// When the line was dropped.
    pub fn reenter(&mut self) -> io::Result<bool> {
        let line = tcgetattr(&self.shared.input)?;
        if self.shared.is_ours() && !line.local_modes.intersects(LocalModes::ICANON | LocalModes::ECHO) {
            return Ok(false);
        }
        // The shell set the line as it is to be found again, and knows nothing of keyboard flags.
        let was = self.shared.on.swap(0, Ordering::SeqCst);
        write_all(self.shared.output.as_fd(), &switches(was & KEYBOARD, false), Some(PARTING))?;
        self.enter()?;
        Ok(true)
    }

    /// Leaves at the end: answers that are still under way are awaited shortly, since the shell would
    /// take them for something typed.
    pub fn close(mut self, input: &mut Input, is_answer_due: bool, patience: Duration) {
        let until = Instant::now() + patience;
        while is_answer_due && self.shared.is_ours() && !input.is_hung_up() {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() || input.wait(&[], Some(left)).is_err() {
                break;
            }
            if std::iter::from_fn(|| input.take())
                .any(|event| matches!(event, Event::HungUp | Event::Reply(Reply::Status)))
            {
                break;
            }
        }
        self.leave();
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        self.leave();
    }
}

impl AsFd for Terminal {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.shared.output.as_fd()
    }
}

impl Restorer {
    /// Gives the terminal back, unless that is done.
    pub fn restore(&self) {
        self.0.restore(KILLED);
    }
}

impl Shared {
    fn is_ours(&self) -> bool {
        self.on.load(Ordering::SeqCst) != 0
    }

    fn found(&self) -> MutexGuard<'_, Option<Termios>> {
        self.found.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn restore(&self, patience: Duration) {
        let on = self.on.swap(0, Ordering::SeqCst);
        if on == 0 {
            return;
        }
        // A dead line takes nothing; the line settings are put back all the same.
        let _ = write_all(self.output.as_fd(), &switches(on, false), Some(patience));
        let _ = tcflush(&self.input, QueueSelector::IFlush);
        if let Some(found) = &*self.found() {
            let _ = tcsetattr(&self.input, OptionalActions::Now, found);
        }
    }
}

/// The bytes that switch features on, or off again in the opposite order.
fn switches(bits: u32, on: bool) -> Vec<u8> {
    let chosen = FEATURES.iter().filter(|feature| bits & feature.bit != 0);
    if on {
        chosen.flat_map(|feature| feature.on).copied().collect()
    } else {
        chosen.rev().flat_map(|feature| feature.off).copied().collect()
    }
}

/// Writes all bytes; with a limit, gives up when the line takes nothing for so long.
fn write_all(fd: BorrowedFd<'_>, mut bytes: &[u8], limit: Option<Duration>) -> io::Result<()> {
    while !bytes.is_empty() {
        if let Some(limit) = limit
            && !is_writable(fd, Some(limit))
        {
            return Err(io::ErrorKind::TimedOut.into());
        }
        match rustix::io::write(fd, bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(Errno::INTR) => {}
            // Somebody who shares the terminal made it so.
            Err(Errno::AGAIN) => {
                is_writable(fd, Some(Duration::from_secs(1)));
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn is_writable(fd: BorrowedFd<'_>, limit: Option<Duration>) -> bool {
    let limit = limit.map(|limit| Timespec {
        tv_sec: i64::try_from(limit.as_secs()).unwrap_or(i64::MAX),
        tv_nsec: limit.subsec_nanos().into(),
    });
    let mut fds = [PollFd::from_borrowed_fd(fd, PollFlags::OUT)];
    poll(&mut fds, limit.as_ref()).is_ok_and(|count| count > 0)
}

/// Whether a shell would bring a stopped program back: one with job control gave us a group of our own.
/// Without such a shell our group is that of the session's first process.
///
/// Asked through `nix`, since either number is zero where the session began outside our container, which
/// `rustix` takes for impossible.
fn has_job_control() -> bool {
    nix::unistd::getsid(None).is_ok_and(|session| session != nix::unistd::getpgrp())
}

/// What a report of the cursor's place tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Margins,
    /// How wide characters are that stand in both western and eastern fonts.
    Width,
    Tabs,
}

/// Tab stops right of the first column, as terminals have them unless told otherwise.
fn stops(columns: u16) -> u16 {
    columns.saturating_sub(1) / STOP
}

/// What the terminal is asked at the start, and what it has answered so far.
///
/// [`Probe::question`] goes before the first frame, and each answer to [`Probe::hear`]. The last thing
/// asked is what every terminal answers: once it came, nothing more will.
#[derive(Clone, Debug)]
pub struct Probe {
    capabilities: Capabilities,
    keyboard: bool,
    background: Option<[u8; 3]>,
    asked: Vec<u8>,
    /// What the cursor reports to come tell of, in order.
    reports: VecDeque<Told>,
    /// The screen is large enough to tell of margins.
    tells_margins: bool,
    columns: u16,
    is_over: bool,
}

impl Probe {
    /// What to ask in this environment, of a screen of so many columns and rows.
    pub fn new(environment: &Environment, (columns, rows): (u16, u16)) -> Self {
        let mut asked = Vec::new();
        if !environment.is_console() {
            // Synchronised frames, keyboard flags, and the colour of the background.
            asked.extend_from_slice(b"\x1b[?2026$p\x1b[?u\x1b]11;?\x1b\\");
        }
        // Where left and right margins work, setting them brings the cursor home. A screen too small
        // to put it elsewhere cannot tell.
        let tells_margins = columns > 10 && rows > 1;
        asked.extend_from_slice(b"\x1b[2;2H\x1b[?69h\x1b[5;10s\x1b[6n\x1b[?69l\x1b[H");
        if environment.utf8 {
            // How wide a character is that stands in both western and eastern fonts.
            asked.extend_from_slice("\u{2026}\x1b[6n\x1b[H\x1b[K".as_bytes());
        }
        // Where all these tabs lead tells whether each eighth column has a stop.
        asked.extend(std::iter::repeat_n(b'\t', usize::from(stops(columns))));
        asked.extend_from_slice(b"\x1b[6n\x1b[H\x1b[5n");
        let reports = [Told::Margins, Told::Width, Told::Tabs]
            .into_iter()
            .filter(|told| environment.utf8 || *told != Told::Width);
        Self {
            capabilities: Capabilities { depth: environment.depth, ..Capabilities::default() },
            keyboard: false,
            background: None,
            asked,
            reports: reports.collect(),
            tells_margins,
            columns,
            is_over: false,
        }
    }

    /// What to write, on the entered screen and before the first frame; `input` is told to expect it.
    pub fn question(&self, input: &mut Input) -> &[u8] {
        input.parser().expect_reports(self.reports.len());
        &self.asked
    }

    /// Takes an answer; whether something was learned that [`Terminal::adopt`] and the screen should know.
    pub fn hear(&mut self, reply: &Reply) -> bool {
        if self.is_over {
            return false;
        }
        match reply {
            Reply::Mode { mode: 2026, state } => self.capabilities.synchronised = matches!(state, 1 | 2),
            Reply::Keyboard(_) => {
                self.keyboard = true;
                // Whoever knows these flags knows coloured underlines.
                self.capabilities.underline_colour = true;
            }
            Reply::Colour { which: 11, rgb } => self.background = Some(*rgb),
            Reply::Cursor { row, column } => match self.reports.pop_front() {
                Some(Told::Margins) => {
                    self.capabilities.margins = self.tells_margins && (*row, *column) == (1, 1);
                }
                Some(Told::Width) => self.capabilities.narrow_ambiguous = *column == 2,
                Some(Told::Tabs) => {
                    let are_known = (*row, *column) == (1, stops(self.columns) * STOP + 1);
                    self.capabilities.tabs = if are_known { self.columns } else { 0 };
                }
                None => return false,
            },
            Reply::Status => {
                self.is_over = true;
                self.capabilities.acknowledges = true;
            }
            _ => return false,
        }
        true
    }

    /// Every answer has come.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    pub fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// Whether it has left and right margins, once all is answered and where it could tell.
    pub fn has_margins(&self) -> Option<bool> {
        (self.is_over && self.tells_margins && !self.reports.contains(&Told::Margins))
            .then_some(self.capabilities.margins)
    }

    pub fn has_keyboard_flags(&self) -> bool {
        self.keyboard
    }

    /// The colour of the background, once it was told.
    pub fn background(&self) -> Option<[u8; 3]> {
        self.background
    }
}
