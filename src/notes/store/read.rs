//! Reads logs: all at the start, then what others appended since.
//!
//! A log is read line by line. A line that is no record stays where it is, is passed over and told
//! once; a last line without end is being written by somebody, or was torn, and is looked at again.

use std::io;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Loaded, Location, Severity};

use super::super::disk::{self, Kind, Look, Open};
use super::super::{Op, Record};
use super::{Store, is_folder};

/// How far a log was read, and what tells that it is still the same one.
#[derive(Clone, Debug)]
pub(super) struct Tail {
    look: Look,
    /// Bytes read: whole lines.
    read: u64,
    /// Lines read.
    lines: usize,
    /// The last bytes read.
    last: Vec<u8>,
}

impl Tail {
    /// By so many of its last bytes a log is known again.
    pub(super) const KNOWN_BY: usize = 64;

    /// Whether the log was read to its end when it was as `look` says.
    pub(super) fn is_at(&self, look: &Look) -> bool {
        self.look.inode == look.inode && self.read == look.len
    }

    pub(super) fn lines(&self) -> usize {
        self.lines
    }

    /// Read to the end.
    pub(super) fn at_end(look: Look, lines: usize, last: Vec<u8>) -> Self {
        Self { look, read: look.len, lines, last }
    }
}

/// What was wrong with a log.
#[derive(Default)]
struct Faults {
    /// Damaged lines: the first one's number and what is wrong with it, and how many.
    damaged: Option<(usize, String)>,
    damaged_lines: usize,
    /// Lines of a later version.
    unknown: usize,
}

impl Store {
    /// Reads what was appended since the last time, by whomever.
    pub fn poll(&mut self) -> Loaded<Vec<Record>> {
        let mut records = Vec::new();
        let mut diagnostics = Vec::new();
        for path in self.logs(&mut diagnostics) {
            match self.read_log(&path, &mut records) {
                Ok(faults) => diagnostics.extend(faults.told(&path)),
                Err(error) => {
                    let fault = Diagnostic::warning(format!("cannot read these notes: {error}"));
                    diagnostics.push(fault.at(Location::file(path)).help("the others are there"));
                }
            }
        }
        diagnostics.retain(|diagnostic| {
            let is_new = !self.said.contains(diagnostic);
            if is_new {
                self.said.push(diagnostic.clone());
            }
            is_new
        });
        Loaded { value: records, diagnostics }
    }

    /// All logs, conflict copies of sync tools among them.
    fn logs(&self, diagnostics: &mut Vec<Diagnostic>) -> Vec<PathBuf> {
        for home in self.homes() {
            if self.disk.look(home).is_ok() && !is_folder(&*self.disk, home) {
                let fault = Diagnostic::warning("not a folder; the notes are not read");
                diagnostics.push(fault.at(Location::file(home)).help("links out of a library are not followed"));
            }
        }
        let mut logs = Vec::new();
        for folder in self.log_folders() {
            match self.disk.list(&folder) {
                Ok(names) => logs.extend(names.iter().filter(|name| is_log(name)).map(|name| folder.join(name))),
                Err(error) => {
                    let fault = Diagnostic::warning(format!("cannot list the notes: {error}"));
                    diagnostics.push(fault.at(Location::file(folder)));
                }
            }
        }
        logs
    }

    fn read_log(&mut self, path: &Path, records: &mut Vec<Record>) -> io::Result<Faults> {
        let disk = &*self.disk;
        let there = disk.look(path)?;
        if there.kind != Kind::File {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not a regular file"));
        }
        let known = self.tails.get(path);
        if known.is_some_and(|tail| tail.look == there) {
            return Ok(Faults::default());
        }
        let mut file = disk.open(path, Open::Read)?;
        let look = file.look()?;
        let start = known.filter(|tail| tail.look.inode == look.inode && tail.read <= look.len).map_or(0, |tail| {
            let from = tail.read - tail.last.len() as u64;
            let mut bytes = vec![0; tail.last.len()];
            let is_same = file.read_at(from, &mut bytes).is_ok_and(|read| read == bytes.len()) && bytes == tail.last;
            if is_same { tail.read } else { 0 }
        });
        let bytes = disk::read_from(&mut *file, start)?;
        let lines_before = if start == 0 { 0 } else { known.map_or(0, |tail| tail.lines) };
        let mut faults = Faults::default();
        let (mut whole, mut lines) = (0, 0);
        for line in bytes.split_inclusive(|byte| *byte == b'\n') {
            let is_whole = line.ends_with(b"\n");
            if is_whole {
                whole += line.len();
                lines += 1;
                faults.take(line, lines_before + lines, records);
            } else {
                // Good without its end: an editor or a merge took it. Else it is being written.
                records.extend(parse(line));
            }
        }
        let last = match bytes[..whole].len() {
            0 if start > 0 => known.map_or_else(Vec::new, |tail| tail.last.clone()),
            _ => bytes[whole.saturating_sub(Tail::KNOWN_BY)..whole].to_vec(),
        };
        let tail = Tail { look, read: start + whole as u64, lines: lines_before + lines, last };
        self.tails.insert(path.to_owned(), tail);
        Ok(faults)
    }
}

impl Faults {
    fn take(&mut self, line: &[u8], number: usize, records: &mut Vec<Record>) {
        let text = line.trim_ascii();
        if text.is_empty() {
            return;
        }
        match parse(line) {
            Ok(record) => {
                self.unknown += usize::from(record.op == Op::Unknown);
                records.push(record);
            }
            Err(said) => {
                self.damaged_lines += 1;
                self.damaged.get_or_insert((number, said));
                // A line that was torn, with a whole one behind it.
                records.extend(salvage(text));
            }
        }
    }

    fn told(self, path: &Path) -> Vec<Diagnostic> {
        let mut told = Vec::new();
        if let Some((line, said)) = self.damaged {
            let others = match self.damaged_lines {
                1 => String::new(),
                more => format!(" ({} more like it)", more - 1),
            };
            let fault = Diagnostic::warning(format!("a damaged line, passed over and kept{others}: {said}"))
                .at(Location { path: path.into(), line_column: Some((line, 1)) })
                .help("an older copy of the file may have it whole");
            told.push(fault);
        }
        if self.unknown > 0 {
            let note = format!("{} changes of a newer Postil are kept and not shown", self.unknown);
            told.push(Diagnostic::new(Severity::Note, note).at(Location::file(path)));
        }
        told
    }
}

/// The record of a line. A byte order mark and what a crash left of zeros before it are passed over.
fn parse(line: &[u8]) -> Result<Record, String> {
    let line = line.strip_prefix("\u{feff}".as_bytes()).unwrap_or(line);
    let zeros = line.iter().take_while(|byte| **byte == 0).count();
    let text = std::str::from_utf8(&line[zeros..]).map_err(|_| "not UTF-8".to_owned())?;
    Record::from_line(text).map_err(|error| error.to_string())
}

/// A whole record at the end of a line that begins with something else.
fn salvage(line: &[u8]) -> Option<Record> {
    // Inside a string of JSON these bytes cannot stand: quotes there have a backslash before them.
    let starts = memchr::memmem::find_iter(line, b"{\"v\":").filter(|at| *at > 0);
    starts.filter_map(|at| parse(&line[at..]).ok()).next()
}

/// `WRITER.jsonl`, `WRITER (conflict).jsonl`; hidden files are of programs that copy.
fn is_log(name: &str) -> bool {
    name.ends_with(".jsonl") && !name.starts_with('.')
}
