//! Why something was not saved, and what to do next.

use std::fmt;
use std::io;
use std::path::PathBuf;

use rustix::io::Errno;

use crate::diag::{Diagnostic, Location};

/// What was in the way of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// No space, or no more of one's quota.
    DiskFull,
    /// The place may not be written to.
    ReadOnly,
    /// Another process holds the log; its number where it is known.
    Locked { by: Option<u32> },
    /// A newer program made the folder.
    NewerFormat(u32),
    /// The record is longer than a log's line may be, in bytes.
    TooLong(usize),
    /// Anything else, as the system says it.
    Io(String),
}

/// A record is not saved. Appending the same record again is safe: it counts once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoreError {
    pub why: Why,
    /// What could not be written.
    pub path: PathBuf,
}

impl StoreError {
    pub(super) fn of(error: &io::Error, path: impl Into<PathBuf>) -> Self {
        Self { why: Why::of(error), path: path.into() }
    }

    /// What to do next.
    pub fn next_step(&self) -> &'static str {
        match self.why {
            Why::DiskFull => "free some space and save again, or save beside your settings instead",
            Why::ReadOnly => "ask for the right to write there, or save beside your settings instead",
            Why::Locked { .. } => "wait until it has finished and save again",
            Why::NewerFormat(_) => "write with that version of Postil",
            Why::TooLong(_) => "make two notes of it",
            Why::Io(_) => "save again, or save beside your settings instead, and look at the disk",
        }
    }

    /// Whether saving in the user's own folder may help.
    pub fn may_go_elsewhere(&self) -> bool {
        matches!(self.why, Why::DiskFull | Why::ReadOnly | Why::Io(_))
    }

    pub fn diagnostic(&self) -> Diagnostic {
        Diagnostic::error(self.to_string()).at(Location::file(&self.path)).help(self.next_step())
    }
}

impl fmt::Display for StoreError {
    /// `not saved: disk full`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not saved: ")?;
        match &self.why {
            Why::DiskFull => f.write_str("disk full"),
            Why::ReadOnly => f.write_str("no right to write there"),
            Why::Locked { by: Some(process) } => write!(f, "process {process} holds the notes"),
            Why::Locked { by: None } => f.write_str("another process holds the notes"),
            Why::NewerFormat(version) => write!(f, "the notes are of a newer Postil (version {version})"),
            Why::TooLong(bytes) => write!(f, "{bytes} bytes are too long for a note; 262,144 are possible"),
            Why::Io(said) => write!(f, "the disk says: {said}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl Why {
    fn of(error: &io::Error) -> Self {
        match Errno::from_io_error(error) {
            Some(Errno::NOSPC | Errno::DQUOT | Errno::FBIG) => Why::DiskFull,
            Some(Errno::ROFS | Errno::ACCESS | Errno::PERM) => Why::ReadOnly,
            _ if error.kind() == io::ErrorKind::WriteZero => Why::DiskFull,
            _ => Why::Io(error.to_string()),
        }
    }
}
