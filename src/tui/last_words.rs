//! What is done when the program cannot go on, because it is killed or because of a fault of its own: the
//! terminal is given back, and what is being written is put on disk.
//!
//! *Invariants.* The terminal comes first: a slow disk does not keep it. Of a panic its place and its words
//! are told, where the draft is, and nothing that it quotes of a document acts on the terminal. What could
//! not be put on disk is printed.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{self, Write};
use std::panic::PanicHookInfo;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, TryLockError};
use std::thread;
use std::time::Duration;

use crate::app;
use crate::diag::Diagnostic;
use crate::notes::EventId;
use crate::text::Safe;

use super::desk::Desk;
use super::terminal::Restorer;

/// The text being written, with the draft it is kept in; followed by whoever must save it at the end.
pub type Unsent = Arc<Mutex<Option<(Option<EventId>, app::Unsent)>>>;

#[derive(Clone)]
pub struct LastWords {
    pub desk: Arc<Desk>,
    pub unsent: Unsent,
    pub restorer: Restorer,
}

impl LastWords {
    /// For a program that is being killed.
    pub fn say(&self) {
        // A slow disk does not keep the terminal, nor a slow line the draft.
        let restorer = self.restorer.clone();
        let restoring = thread::spawn(move || restorer.restore());
        if let Some((draft, text)) = self.take() {
            let _ = self.desk.keep_last(draft, text);
        }
        let _ = restoring.join();
    }

    /// From now on a panic of any thread gives the terminal back before it is told. The thread that calls
    /// this keeps the draft at its own panic. After that of another it is to be told by
    /// [`LastWords::tell_draft`], since the other may hold what keeping it takes.
    pub fn on_panic(&self) {
        let last_words = self.clone();
        let here = thread::current().id();
        std::panic::set_hook(Box::new(move |panic| {
            last_words.restorer.restore();
            tell(&fault(panic));
            if thread::current().id() == here {
                last_words.tell_draft();
            }
        }));
    }

    /// Keeps the text being written, and says where; if it cannot be kept, prints it.
    pub fn tell_draft(&self) {
        let Some((draft, text)) = self.take() else { return };
        let body = text.body.clone();
        match self.desk.keep_last(draft, text) {
            Some(Ok((_, file))) => {
                tell(&format!("the note being written is kept in {} and offered at the next start", file.display()));
            }
            Some(Err(fault)) => tell(&not_saved(&fault.to_string(), &body)),
            None => tell(&not_saved("the notes were never open", &body)),
        }
    }

    /// What is being written. The main thread holds it for a moment after each key; one that hangs, or
    /// panics there, is not waited for.
    fn take(&self) -> Option<(Option<EventId>, app::Unsent)> {
        for _ in 0..100 {
            match self.unsent.try_lock() {
                Ok(mut unsent) => return unsent.take(),
                Err(TryLockError::Poisoned(poisoned)) => return poisoned.into_inner().take(),
                Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(1)),
            }
        }
        None
    }
}

/// The draft that a text was put on disk as, and its file; or why it is not there.
pub type Kept = Result<(EventId, PathBuf), Diagnostic>;

/// A panic in words, with its trace where `RUST_BACKTRACE` asks for one.
fn fault(panic: &PanicHookInfo<'_>) -> String {
    let said = panic.payload_as_str().unwrap_or("a panic without words");
    let place = panic.location().map_or(String::new(), |place| format!(" at {place}"));
    let thread = thread::current();
    let name = thread.name().unwrap_or("without a name");
    let told = format!("a fault of Postil itself{place}, thread {name}: {said}");
    let trace = Backtrace::capture();
    if trace.status() == BacktraceStatus::Captured { format!("{told}\n{trace}") } else { told }
}

/// What is printed of a text that is nowhere on disk.
pub fn not_saved(why: &str, text: &str) -> String {
    format!("NOT SAVED: {why}\n{text}")
}

/// Prints lines after the screen was left.
pub fn tell(text: &str) {
    let safe: Vec<_> = text.lines().map(|line| Safe::new(line).into_string()).collect();
    let _ = writeln!(io::stderr().lock(), "postil: {}", safe.join("\n"));
}
