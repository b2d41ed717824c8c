//! Writes one record, step by step as docs/notes.md gives them.
//!
//! *Invariants.* A log grows by whole lines: what a write left half is cut off again, or stands alone
//! on its line. A descriptor under which a write or a sync failed is not used again, since the system
//! may have thrown the data away and call the next sync a success.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rustix::io::Errno;

use crate::diag::{Diagnostic, Location, Severity};

use super::super::Record;
use super::super::disk::{self, Disk, DiskFile, Look, Open};
use super::super::record::MAX_LINE;
use super::read::Tail;
use super::{FORMAT, Saved, Store, StoreError, Why, is_folder};

/// How long another process may hold the log.
const PATIENCE: Duration = Duration::from_secs(5);

/// The first pause between two tries at the lock, and the longest.
const PAUSES: (Duration, Duration) = (Duration::from_millis(1), Duration::from_millis(100));

/// Bytes of many records that are written at once.
const TOGETHER: usize = 1 << 18;

/// How often a log is opened anew because something else came to be at its path.
const REOPENED: usize = 8;

/// Why a line was not written at one place.
enum Failure {
    /// Nothing was written.
    Before(StoreError),
    /// The disk failed while the line was written; it may be there or not.
    During(StoreError),
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Before(error)
    }
}

impl Store {
    /// Appends a record; when this returns it is on disk.
    ///
    /// In a library that is read-only it goes to the user's own folder, which the answer says once.
    ///
    /// # Errors
    /// When it is not on disk; appending the same record again is safe.
    pub fn append(&mut self, record: &Record) -> Result<Saved, StoreError> {
        let line = line_of(record, &self.places.home)?;
        self.append_lines(&line)
    }

    /// Appends many records, each run of [`TOGETHER`] bytes with one sync.
    ///
    /// # Errors
    /// When not all are on disk; appending the same records again is safe.
    pub fn append_all(&mut self, records: &[Record]) -> Result<Saved, StoreError> {
        let mut saved = Saved::default();
        let mut lines = Vec::new();
        for (index, record) in records.iter().enumerate() {
            lines.extend(line_of(record, &self.places.home)?);
            if lines.len() >= TOGETHER || index + 1 == records.len() {
                let now = self.append_lines(&lines)?;
                saved.note = saved.note.or(now.note);
                lines.clear();
            }
        }
        Ok(saved)
    }

    /// Appends whole lines where they belong.
    fn append_lines(&mut self, lines: &[u8]) -> Result<Saved, StoreError> {
        if let Some(version) = self.newer {
            return Err(StoreError { why: Why::NewerFormat(version), path: self.places.home.clone() });
        }
        if self.in_overlay {
            return self.append_in(&self.places.overlay.clone(), lines).map(|()| Saved::default());
        }
        match self.append_in(&self.places.home.clone(), lines) {
            Ok(()) => Ok(Saved::default()),
            Err(error) if error.why == Why::ReadOnly => {
                self.append_in(&self.places.overlay.clone(), lines)?;
                self.in_overlay = true;
                Ok(Saved { note: Some(self.read_only()) })
            }
            Err(error) => Err(error),
        }
    }

    /// Appends a record in the user's own folder, where the library cannot take it.
    ///
    /// # Errors
    /// When it is not on disk there either.
    pub fn append_elsewhere(&mut self, record: &Record) -> Result<Saved, StoreError> {
        let overlay = self.places.overlay.clone();
        let line = line_of(record, &overlay)?;
        self.append_in(&overlay, &line)?;
        let note = Diagnostic::new(Severity::Note, "saved beside your settings").at(Location::file(overlay));
        Ok(Saved { note: Some(note) })
    }

    fn read_only(&self) -> Diagnostic {
        Diagnostic::new(Severity::Note, "the library is read-only; your notes are kept in your own folder")
            .at(Location::file(&self.places.overlay))
    }

    /// Appends to the log below `home`, and to a new one there if the disk fails under the first.
    fn append_in(&mut self, home: &Path, line: &[u8]) -> Result<(), StoreError> {
        match self.append_to(home, line) {
            Ok(()) => Ok(()),
            Err(Failure::Before(error)) => Err(error),
            Err(Failure::During(error)) if matches!(error.why, Why::Io(_)) => {
                self.failed += 1;
                self.append_to(home, line).map_err(|_| error)
            }
            Err(Failure::During(error)) => Err(error),
        }
    }

    fn append_to(&mut self, home: &Path, line: &[u8]) -> Result<(), Failure> {
        let folder = home.join("log");
        self.prepare(home, &folder)?;
        let path = folder.join(self.log_name());
        let mut file = self.open_locked(&path)?;
        self.settle(home, &path, &mut *file)?;
        let broken = |error: &io::Error| StoreError::of(error, &path);
        let before = file.look().map_err(|error| broken(&error))?;
        let mut text = Vec::with_capacity(line.len() + 1);
        if ends_inside_a_line(&mut *file, before.len).map_err(|error| broken(&error))? {
            text.push(b'\n');
        }
        text.extend_from_slice(line);
        write_whole(&mut *file, &text, before.len).map_err(|error| Failure::During(broken(&error)))?;
        file.sync().map_err(|error| {
            let _ = file.truncate(before.len);
            Failure::During(broken(&error))
        })?;
        self.skip_own(&path, &mut *file, &before, &text);
        Ok(())
    }

    /// Makes the names of a log and of its folders last, once in a process: whoever made them may have
    /// died, or failed, before that.
    fn settle(&mut self, home: &Path, path: &Path, file: &mut dyn DiskFile) -> Result<(), Failure> {
        if self.settled.contains(path) {
            return Ok(());
        }
        file.sync().map_err(|error| Failure::During(StoreError::of(&error, path)))?;
        // The library was there before; of the user's own folders none may have been.
        let above = if home == self.places.overlay { 4 } else { 3 };
        for folder in path.ancestors().skip(1).take(above) {
            let folder = if folder == Path::new("") { Path::new(".") } else { folder };
            self.disk.sync_folder(folder).map_err(|error| StoreError::of(&error, folder))?;
        }
        self.settled.insert(path.to_owned());
        Ok(())
    }

    /// Where nobody else wrote in between, there is nothing to read back.
    fn skip_own(&mut self, path: &Path, file: &mut dyn DiskFile, before: &Look, text: &[u8]) {
        let added_lines = text.iter().filter(|byte| **byte == b'\n').count();
        let lines = match self.tails.get(path) {
            Some(tail) if tail.is_at(before) => tail.lines(),
            None if before.len == 0 => 0,
            _ => return,
        };
        if let (Ok(look), Ok(last)) = (file.look(), last_bytes(file, before.len + text.len() as u64)) {
            self.tails.insert(path.to_owned(), Tail::at_end(look, lines + added_lines, last));
        }
    }

    /// `WRITER.jsonl`, or the one begun after the disk failed.
    fn log_name(&self) -> String {
        match self.failed {
            0 => format!("{}.jsonl", self.writer),
            failed => format!("{}.{}.jsonl", self.writer, failed + 1),
        }
    }

    /// Sees to it that the folders and the format's line are there.
    fn prepare(&self, home: &Path, folder: &Path) -> Result<(), StoreError> {
        let disk = &*self.disk;
        let is_private = home == self.places.overlay;
        for path in [home, folder] {
            disk::make_folders(disk, path, is_private).map_err(|error| match Errno::from_io_error(&error) {
                // A file or a link has its name: not a place for notes.
                Some(Errno::NOTDIR) => StoreError { why: Why::ReadOnly, path: path.into() },
                _ => StoreError::of(&error, path),
            })?;
        }
        let format = home.join("format");
        if !disk::read(disk, &format).is_ok_and(|text| !text.is_empty()) {
            let line = format!("postil {FORMAT}\n");
            disk::replace(disk, &format, line.as_bytes()).map_err(|error| StoreError::of(&error, &format))?;
        }
        Ok(())
    }

    /// Opens the log and locks it: the file that is at `path` when the lock is held.
    fn open_locked(&self, path: &Path) -> Result<Box<dyn DiskFile>, Failure> {
        let disk = &*self.disk;
        let broken = |error: io::Error| StoreError::of(&error, path);
        for _ in 0..REOPENED {
            let mut file = disk.open(path, Open::Append).map_err(|error| match Errno::from_io_error(&error) {
                Some(Errno::LOOP) => StoreError { why: Why::ReadOnly, path: path.into() },
                _ => broken(error),
            })?;
            lock(disk, &mut *file, path)?;
            let (here, there) = (file.look().map_err(broken)?, disk.look(path));
            if there.is_ok_and(|there| there.inode == here.inode) {
                return Ok(file);
            }
        }
        let said = "another file keeps coming to be at its path".into();
        Err(Failure::Before(StoreError { why: Why::Io(said), path: path.into() }))
    }
}

/// The line that is appended, its end with it.
fn line_of(record: &Record, home: &Path) -> Result<Vec<u8>, StoreError> {
    let mut line = record.to_line().into_bytes();
    if line.len() > MAX_LINE {
        return Err(StoreError { why: Why::TooLong(line.len()), path: home.to_owned() });
    }
    line.push(b'\n');
    Ok(line)
}

fn lock(disk: &dyn Disk, file: &mut dyn DiskFile, path: &Path) -> Result<(), StoreError> {
    let (mut pause, mut waited) = (PAUSES.0, Duration::ZERO);
    loop {
        match file.try_lock() {
            Ok(true) => return Ok(()),
            Ok(false) => {}
            // Some network folders know no locks. Two processes of one machine then rely on O_APPEND.
            Err(error) if knows_no_locks(&error) => return Ok(()),
            Err(error) => return Err(StoreError::of(&error, path)),
        }
        if waited >= PATIENCE {
            let by = file.look().ok().and_then(|look| holder(disk, look.inode.1));
            return Err(StoreError { why: Why::Locked { by }, path: path.to_owned() });
        }
        disk.pause(pause);
        waited += pause;
        pause = (pause * 2).min(PAUSES.1);
    }
}

fn knows_no_locks(error: &io::Error) -> bool {
    matches!(Errno::from_io_error(error), Some(Errno::NOLCK | Errno::NOTSUP | Errno::NOSYS | Errno::INVAL))
}

/// The process that holds a lock on `inode`, where the system tells.
fn holder(disk: &dyn Disk, inode: u64) -> Option<u32> {
    // 1: FLOCK  ADVISORY  WRITE 1234 08:01:5678 0 EOF
    let mut file = disk.open(Path::new("/proc/locks"), Open::Read).ok()?;
    let mut bytes = vec![0; 1 << 16];
    let read = file.read_at(0, &mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes[..read]).into_owned();
    text.lines().find_map(|line| {
        let fields: Vec<&str> = line.split_whitespace().collect();
        let is_this = fields.get(5)?.rsplit(':').next()?.parse() == Ok(inode);
        (is_this && fields.get(1) == Some(&"FLOCK")).then(|| fields.get(4)?.parse().ok()).flatten()
    })
}

/// Whether the last line has no end: a process died while it wrote.
fn ends_inside_a_line(file: &mut dyn DiskFile, len: u64) -> io::Result<bool> {
    let mut last = [0];
    Ok(len > 0 && (file.read_at(len - 1, &mut last)? == 0 || last != *b"\n"))
}

/// One write; a short one is undone.
fn write_whole(file: &mut dyn DiskFile, text: &[u8], len: u64) -> io::Result<()> {
    let written = loop {
        match file.write(text) {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            other => break other,
        }
    };
    match written {
        Ok(taken) if taken == text.len() => Ok(()),
        Ok(_) => {
            let _ = file.truncate(len);
            Err(io::ErrorKind::WriteZero.into())
        }
        Err(error) => {
            let _ = file.truncate(len);
            Err(error)
        }
    }
}

/// The bytes before `end` by which a log is known again.
fn last_bytes(file: &mut dyn DiskFile, end: u64) -> io::Result<Vec<u8>> {
    let start = end.saturating_sub(Tail::KNOWN_BY as u64);
    let mut bytes = vec![0; (end - start) as usize];
    let read = file.read_at(start, &mut bytes)?;
    bytes.truncate(read);
    Ok(bytes)
}

impl Store {
    /// The folders in use, those that are there.
    pub(super) fn log_folders(&self) -> Vec<PathBuf> {
        let folders = self.homes().map(|home| home.join("log"));
        let is_here = |folder: &PathBuf| {
            // Neither may be a link.
            folder.parent().is_some_and(|home| is_folder(&*self.disk, home)) && is_folder(&*self.disk, folder)
        };
        folders.into_iter().filter(is_here).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::disk::Real;
    use super::*;

    #[test]
    fn the_process_that_holds_a_log_is_known() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("log.jsonl");
        let mut file = Real.open(&path, Open::Append).unwrap();
        let inode = file.look().unwrap().inode.1;
        let told = Path::new("/proc/locks").exists();
        assert_eq!(holder(&Real, inode), None);
        assert!(file.try_lock().unwrap());
        assert_eq!(holder(&Real, inode), told.then_some(std::process::id()));
    }
}
