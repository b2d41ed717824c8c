//! Notes on disk: the logs of all writers are read, one's own is written.
//!
//! ```text
//! LIBRARY/.postil/format               postil 1
//! LIBRARY/.postil/log/WRITER.jsonl     appended to by WRITER only
//! LIBRARY/.postil/log/WRITER.2.jsonl   the same, begun when the disk failed under the first
//! LIBRARY/.postil/snap/HASH.txt        a text that has notes, written once
//! $XDG_DATA_HOME/postil/LIBID/log/…    the same, when the library is read-only
//! ```
//!
//! Everything here blocks and belongs on a thread that draws nothing.
//!
//! *Invariants.* [`Store::append`] answers `Ok` only when the line is on disk. A log is only appended
//! to; what is damaged in one stays as it is. Reading never fails: what cannot be read is a diagnostic.

mod append;
mod error;
mod read;
mod snapshot;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::diag::{Diagnostic, Loaded, Location, Severity};

use super::disk::{self, Disk, Kind, Real};
use super::places::{self, Machine, Places};
use super::{Ids, Record};

pub use error::{StoreError, Why};
use read::Tail;

/// The version of the folder that this program writes.
const FORMAT: u32 = 1;

/// The notes of a library, on disk.
pub struct Store {
    disk: Arc<dyn Disk>,
    places: Places,
    writer: String,
    /// The version of the folder when it is newer than ours: then it is not written to.
    newer: Option<u32>,
    /// Whether the library turned out to be read-only.
    in_overlay: bool,
    /// Logs begun after the disk failed under one: how many.
    failed: u32,
    /// How far each log was read.
    tails: BTreeMap<PathBuf, Tail>,
    /// The logs whose names last.
    settled: BTreeSet<PathBuf>,
    /// What is wrong with a log is said once.
    said: Vec<Diagnostic>,
}

/// A record is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[must_use]
pub struct Saved {
    /// What the reader should know, said once: say, that the library is read-only.
    pub note: Option<Diagnostic>,
}

impl Store {
    /// Opens the notes of the library at `root`, for the user of this process.
    pub fn open(root: &Path) -> Loaded<(Self, Vec<Record>)> {
        Self::on(Arc::new(Real), root)
    }

    /// The same on `disk`.
    pub fn on(disk: Arc<dyn Disk>, root: &Path) -> Loaded<(Self, Vec<Record>)> {
        let places = Places::of_process(root);
        let writer = places::writer(&*disk, &places.writers, &Machine::this(), &mut Ids::random());
        let mut opened = Self::with(disk, places, writer.value);
        opened.diagnostics.splice(0..0, writer.diagnostics);
        opened
    }

    /// Opens the notes at `places` on `disk`, to be written by `writer`. Nothing is written yet.
    pub fn with(disk: Arc<dyn Disk>, places: Places, writer: String) -> Loaded<(Self, Vec<Record>)> {
        let mut store = Self {
            disk,
            places,
            writer,
            newer: None,
            in_overlay: false,
            failed: 0,
            tails: BTreeMap::new(),
            settled: BTreeSet::new(),
            said: Vec::new(),
        };
        let mut diagnostics = Vec::new();
        store.newer = store.read_format(&mut diagnostics);
        let read = store.poll();
        diagnostics.extend(read.diagnostics);
        Loaded { value: (store, read.value), diagnostics }
    }

    /// The name this installation writes under.
    pub fn writer(&self) -> &str {
        &self.writer
    }

    pub fn places(&self) -> &Places {
        &self.places
    }

    /// Whether nothing can be written here because a newer program made the folder.
    pub fn is_newer(&self) -> bool {
        self.newer.is_some()
    }

    /// The folders that hold logs and snapshots.
    fn homes(&self) -> [&Path; 2] {
        [&self.places.home, &self.places.overlay]
    }

    /// The version of the library's folder, if it is newer than ours.
    fn read_format(&self, diagnostics: &mut Vec<Diagnostic>) -> Option<u32> {
        let path = self.places.home.join("format");
        let text = match disk::read(&*self.disk, &path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).trim().to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
            Err(error) => {
                let fault = Diagnostic::warning(format!("cannot read the version of the notes: {error}"));
                diagnostics.push(fault.at(Location::file(path)));
                return None;
            }
        };
        match text.strip_prefix("postil ").and_then(|version| version.parse().ok()) {
            Some(version) if version > FORMAT => {
                diagnostics.push(newer(version).at(Location::file(path)));
                Some(version)
            }
            Some(_) => None,
            None => {
                // An empty one was torn when it was made.
                if !text.is_empty() {
                    let fault = Diagnostic::warning("does not say \"postil 1\"; the notes are read as if it did");
                    diagnostics.push(fault.at(Location::file(path)).help("postil notes check tells what is damaged"));
                }
                None
            }
        }
    }
}

fn newer(version: u32) -> Diagnostic {
    Diagnostic::new(
        Severity::Warning,
        format!("these notes are of a newer Postil (version {version}); they are only read"),
    )
    .help("write with that version of Postil")
}

/// Whether `folder` is one, and not a link to one elsewhere.
fn is_folder(disk: &dyn Disk, folder: &Path) -> bool {
    disk.look(folder).is_ok_and(|look| look.kind == Kind::Folder)
}

#[cfg(test)]
mod tests;
