//! Signals as events, and the last words of a program that is told to end.
//!
//! A thread of its own waits for them, so that TERM and HUP work even when the main thread is stuck:
//! it says the last words (save the drafts, give the terminal back), and ends the program right after
//! them, or after three seconds whatever becomes of them. The other signals go to the loop, which polls
//! [`Signals::as_fd`] beside the terminal.

use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::thread;
use std::time::Duration;

use signal_hook::consts::signal::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP, SIGWINCH};

/// How long the last words may take. They are over in some 20 ms; a disk that is busy gets more time rather
/// than the text is lost.
const LAST_WORDS: Duration = Duration::from_secs(3);

/// A signal for the loop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signal {
    /// Sent from outside; Ctrl-C is a key.
    Interrupt,
    /// To be stopped, as by Ctrl-Z.
    Stop,
    /// Goes on after being stopped.
    Continue,
    /// The window has another size.
    Resize,
}

/// Why the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadly {
    Terminate,
    HangUp,
}

impl Deadly {
    /// The exit status that tells of it.
    pub fn status(self) -> i32 {
        match self {
            Deadly::Terminate => 128 + SIGTERM,
            Deadly::HangUp => 128 + SIGHUP,
        }
    }
}

/// The loop's end of the signals.
#[derive(Debug)]
pub struct Signals {
    events: Receiver<Signal>,
    wake: UnixStream,
}

impl Signals {
    /// Begins to listen. On TERM or HUP `last_words` is run on a thread, and the program ends.
    ///
    /// # Errors
    /// When no handler or thread can be had.
    pub fn listen(last_words: impl Fn(Deadly) + Send + Sync + 'static) -> io::Result<Self> {
        let mut caught = signal_hook::iterator::Signals::new([SIGTERM, SIGHUP, SIGINT, SIGTSTP, SIGCONT, SIGWINCH])?;
        let (send, events) = mpsc::channel();
        let (mut waker, wake) = UnixStream::pair()?;
        waker.set_nonblocking(true)?;
        wake.set_nonblocking(true)?;
        let last_words = std::sync::Arc::new(last_words);
        thread::Builder::new().name("signals".into()).spawn(move || {
            for number in caught.forever() {
                let event = match number {
                    SIGTERM => end(Deadly::Terminate, last_words),
                    SIGHUP => end(Deadly::HangUp, last_words),
                    SIGINT => Signal::Interrupt,
                    SIGTSTP => Signal::Stop,
                    SIGCONT => Signal::Continue,
                    _ => Signal::Resize,
                };
                if send.send(event).is_err() {
                    return;
                }
                // A full pipe wakes as well.
                let _ = waker.write(&[0]);
            }
        })?;
        Ok(Self { events, wake })
    }

    /// The next signal, if there is one; many resizes are one.
    pub fn take(&mut self) -> Option<Signal> {
        let mut buffer = [0; 64];
        while self.wake.read(&mut buffer).is_ok_and(|count| count == buffer.len()) {}
        let mut event = match self.events.try_recv() {
            Ok(event) => event,
            Err(TryRecvError::Empty | TryRecvError::Disconnected) => return None,
        };
        while event == Signal::Resize {
            match self.events.try_recv() {
                Ok(next) => event = next,
                Err(_) => break,
            }
        }
        Some(event)
    }
}

impl AsFd for Signals {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}

/// Runs the last words on a thread of their own, waits for them a while, and ends the program.
fn end<F: Fn(Deadly) + Send + Sync + 'static>(why: Deadly, last_words: std::sync::Arc<F>) -> ! {
    let (done, told) = mpsc::channel();
    let spawned = thread::Builder::new().name("last words".into()).spawn(move || {
        last_words(why);
        let _ = done.send(());
    });
    if spawned.is_ok() {
        // A closed channel is a panic in the last words: they are over as well.
        let _ = told.recv_timeout(LAST_WORDS);
    }
    // Not through the exit handlers, which may wait for the thread that is stuck.
    signal_hook::low_level::exit(why.status())
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Child, Command, Stdio};

    use rustix::process::{Pid, Signal as Kill, kill_process};

    use super::*;

    /// Set for a test that is run once more as a program of its own, to be killed.
    const CHILD: &str = "POSTIL_TEST_SIGNALS";

    fn child(name: &str, how: &str) -> Child {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", &format!("tui::signals::tests::{name}"), "--nocapture"])
            .env(CHILD, how)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // It says so when it listens.
        let mut said = Vec::new();
        let stdout = child.stdout.as_mut().unwrap();
        while !said.ends_with(b"listening\n") {
            let mut byte = [0];
            stdout.read_exact(&mut byte).unwrap();
            said.push(byte[0]);
        }
        child
    }

    fn kill(child: &Child, signal: Kill) {
        kill_process(Pid::from_child(child), signal).unwrap();
    }

    fn rest(child: &mut Child) -> String {
        let mut said = String::new();
        child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        said
    }

    fn say(what: &str) {
        let mut stdout = io::stdout().lock();
        stdout.write_all(format!("{what}\n").as_bytes()).unwrap();
        stdout.flush().unwrap();
    }

    #[test]
    fn last_words_are_said_though_the_program_is_stuck() {
        if let Ok(how) = std::env::var(CHILD) {
            let _signals = Signals::listen(move |why| {
                say(&format!("{why:?}"));
                match how.as_str() {
                    "stuck in its last words" => loop {
                        thread::park();
                    },
                    "panics in its last words" => panic!(),
                    _ => {}
                }
            });
            say("listening");
            loop {
                thread::park();
            }
        }
        for (signal, status, word) in [(Kill::TERM, 143, "Terminate"), (Kill::HUP, 129, "HangUp")] {
            for how in ["stuck", "stuck in its last words", "panics in its last words"] {
                let mut child = child("last_words_are_said_though_the_program_is_stuck", how);
                kill(&child, signal);
                let said = rest(&mut child);
                let ended = child.wait().unwrap();
                assert_eq!((ended.code(), ended.signal()), (Some(status), None), "{how}");
                assert!(said.contains(word), "{how}: {said:?}");
            }
        }
    }

    #[test]
    fn the_others_come_as_events() {
        if std::env::var(CHILD).is_ok() {
            let mut signals = Signals::listen(|_| {}).unwrap();
            say("listening");
            loop {
                let fd = signals.as_fd();
                let mut fds = [rustix::event::PollFd::from_borrowed_fd(fd, rustix::event::PollFlags::IN)];
                let _ = rustix::event::poll(&mut fds, None);
                while let Some(signal) = signals.take() {
                    say(&format!("{signal:?}"));
                }
            }
        }
        let mut child = child("the_others_come_as_events", "");
        for (signal, word) in
            [(Kill::WINCH, "Resize"), (Kill::TSTP, "Stop"), (Kill::CONT, "Continue"), (Kill::INT, "Interrupt")]
        {
            kill(&child, signal);
            let mut line = Vec::new();
            while !line.ends_with(b"\n") {
                let mut byte = [0];
                child.stdout.as_mut().unwrap().read_exact(&mut byte).unwrap();
                line.push(byte[0]);
            }
            assert_eq!(String::from_utf8_lossy(&line).trim(), word);
        }
        kill(&child, Kill::TERM);
        assert_eq!(child.wait().unwrap().code(), Some(143));
    }
}
