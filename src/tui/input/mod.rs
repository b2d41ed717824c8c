//! What the terminal says, read by ourselves: one descriptor, one buffer, no thread.
//!
//! The loop waits in [`Input::wait`] for the terminal, for other descriptors (signals, workers) or
//! for a time, and then takes [`Input::take`] until there is nothing more. Nothing is read between
//! two waits, so that an editor run by the program gets its own keys.
//!
//! A dropped line is [`Event::HungUp`], whatever SIGHUP does; it is said once.

mod event;
mod parse;
#[cfg(test)]
mod tests;

use std::collections::VecDeque;
use std::io;
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;

pub use event::{Button, Event, Mouse, MouseAct, Reply};
pub use parse::Parser;

/// The reading end of a terminal.
#[derive(Debug)]
pub struct Input {
    tty: OwnedFd,
    parser: Parser,
    /// When the parser's left-over began to wait.
    since: Option<Instant>,
    ready: VecDeque<Event>,
    hung_up: bool,
}

/// What ended a wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Woken {
    /// There is an event to take.
    pub input: bool,
    /// One of the other descriptors can be read.
    pub others: bool,
}

impl Input {
    /// Reads from `tty`; `escape` is how long a lone ESC waits ([`super::environment::Environment::patience`]).
    pub fn new(tty: OwnedFd, escape: Duration) -> Self {
        Self { tty, parser: Parser::new(escape), since: None, ready: VecDeque::new(), hung_up: false }
    }

    /// To tell it what the terminal was asked.
    pub fn parser(&mut self) -> &mut Parser {
        &mut self.parser
    }

    /// Whether the line was dropped.
    pub fn is_hung_up(&self) -> bool {
        self.hung_up
    }

    /// The next event, if there is one.
    pub fn take(&mut self) -> Option<Event> {
        self.ready.pop_front()
    }

    /// Waits until the terminal spoke, one of `others` can be read, or the time is over (never, with
    /// `None`). A signal ends the wait as well, with nothing woken.
    ///
    /// # Errors
    /// When the system refuses to poll, which it does not for open descriptors.
    pub fn wait(&mut self, others: &[BorrowedFd<'_>], timeout: Option<Duration>) -> io::Result<Woken> {
        let deadline = self.since.zip(self.parser.patience()).map(|(since, patience)| since + patience);
        let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
        let timeout = match (timeout, left) {
            _ if !self.ready.is_empty() => Some(Duration::ZERO),
            (Some(timeout), Some(left)) => Some(timeout.min(left)),
            (timeout, left) => timeout.or(left),
        };
        let mut woken = self.poll(others, timeout)?;
        if woken.input {
            self.read();
        }
        if deadline.is_some_and(|deadline| Instant::now() >= deadline) && !woken.input {
            self.settle();
        }
        woken.input = !self.ready.is_empty();
        Ok(woken)
    }

    fn poll(&self, others: &[BorrowedFd<'_>], timeout: Option<Duration>) -> io::Result<Woken> {
        let mut fds: Vec<PollFd<'_>> = Vec::with_capacity(others.len() + 1);
        fds.extend(others.iter().map(|fd| PollFd::from_borrowed_fd(*fd, PollFlags::IN)));
        if !self.hung_up {
            // A dropped terminal stays readable for ever: once is enough.
            fds.push(PollFd::new(&self.tty, PollFlags::IN));
        }
        let timeout = timeout.map(|time| Timespec {
            tv_sec: i64::try_from(time.as_secs()).unwrap_or(i64::MAX),
            tv_nsec: time.subsec_nanos().into(),
        });
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) => {
                let woke = |fd: &PollFd<'_>| !fd.revents().is_empty();
                Ok(Woken {
                    others: fds.iter().take(others.len()).any(woke),
                    input: fds.get(others.len()).is_some_and(woke),
                })
            }
            Err(Errno::INTR) => Ok(Woken::default()),
            Err(error) => Err(error.into()),
        }
    }

    /// Reads what there is, without waiting.
    fn read(&mut self) {
        let mut buffer = [0; 4096];
        let mut events = Vec::new();
        // A bound, so that whoever sends without end is answered in between.
        for _ in 0..64 {
            match rustix::io::read(&self.tty, &mut buffer) {
                Ok(0) => self.hung_up = true,
                Ok(count) => {
                    self.parser.feed(&buffer[..count], &mut events);
                    // That was all, and what comes later is waited for.
                    if count < buffer.len() {
                        break;
                    }
                }
                Err(Errno::INTR | Errno::AGAIN) => {}
                Err(_) => self.hung_up = true,
            }
            if self.hung_up || !self.poll(&[], Some(Duration::ZERO)).is_ok_and(|woken| woken.input) {
                break;
            }
        }
        self.since = self.parser.patience().map(|_| Instant::now());
        if self.hung_up {
            self.parser.flush(&mut events);
            events.push(Event::HungUp);
        }
        self.ready.extend(events);
    }

    /// Nothing more came: what is left over is what it is.
    fn settle(&mut self) {
        let mut events = Vec::new();
        self.parser.flush(&mut events);
        self.since = None;
        self.ready.extend(events);
    }
}

impl AsFd for Input {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.tty.as_fd()
    }
}
