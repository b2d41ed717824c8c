//! Reads a library's files, and lists them; the only part of `corpus` that touches the disk.
//!
//! *Invariant.* Whatever cannot be listed or read is a diagnostic, and the rest stands.

mod list;
mod neighbours;

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;
use std::time::SystemTime;

use crate::diag::{Diagnostic, Location, Severity};
use crate::text;

use super::sniff;
use super::{Document, Entry};

pub use list::{Survey, absent, list, survey};
pub use neighbours::Neighbours;

/// The path that means standard input.
pub const STDIN: &str = "-";

/// The largest file that is read, in bytes: offsets have 32 bits, and decoding may double a text.
pub const MAX_BYTES: u64 = 1 << 31;

/// Said of a folder that holds none.
pub const NO_DOCUMENTS: &str = "no documents here";

/// How files are read. What is cloned knows the same neighbours.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read as this encoding instead of guessing (a WHATWG label).
    pub encoding: Option<String>,
    pub neighbours: Neighbours,
}

impl Options {
    /// How a text is read that lies nowhere.
    pub fn alone(&self) -> text::Options {
        text::Options { encoding: self.encoding.clone(), ..text::Options::default() }
    }

    /// How the text of `file` is read.
    fn beside(&self, file: &Path) -> text::Options {
        text::Options { beside: Some(self.neighbours.of(file, self.encoding.as_deref())), ..self.alone() }
    }
}

/// Reads one file of the library.
///
/// Standard input can be read once only.
///
/// # Errors
/// When it cannot be opened, is not a regular file, is too large, or is no text.
pub fn read(entry: &Entry, options: &Options) -> Result<Document, Diagnostic> {
    let fault = |fault: Diagnostic| fault.at(Location::file(&entry.file));
    let (bytes, options) = match entry.is_stdin() {
        true => (read_stdin(), options.alone()),
        false => (read_regular(&entry.file), options.beside(&entry.file)),
    };
    from_bytes(&entry.path, bytes.map_err(fault)?, &options).map_err(fault)
}

/// The hash of a file's bytes, as [`Document::raw`]; `None` where it cannot be read, or only once.
pub fn hash(entry: &Entry) -> Option<[u8; 32]> {
    let bytes = if entry.is_stdin() { None } else { read_regular(&entry.file).ok() };
    Some(*blake3::hash(&bytes?).as_bytes())
}

/// How large a file is now; 0 for standard input, and where that cannot be told.
pub fn size(entry: &Entry) -> u64 {
    fs::metadata(&entry.file).map_or(0, |metadata| metadata.len())
}

/// Reads the first `most` bytes of a large file, up to the end of a line, and waits for no words of its neighbours.
///
/// # Errors
/// As [`read`].
pub fn read_start(entry: &Entry, most: usize, options: &Options) -> Result<Document, Diagnostic> {
    let fault = |fault: Diagnostic| fault.at(Location::file(&entry.file));
    let (bytes, _) = start_of(&entry.file, most).map_err(fault)?;
    from_bytes(&entry.path, bytes, &options.alone()).map_err(fault)
}

/// The lines of a file, decoded, that a range of its bytes touches, and the number of the first, from 1.
///
/// # Errors
/// When the file cannot be read any more.
pub fn source_lines(
    entry: &Entry,
    range: std::ops::Range<usize>,
    options: &Options,
) -> Result<(usize, Vec<String>), Diagnostic> {
    let bytes = read_regular(&entry.file).map_err(|fault| fault.at(Location::file(&entry.file)))?;
    let decoded = text::decode::decode(&bytes, options.encoding.as_deref());
    let (mut first, mut lines) = (1, Vec::new());
    let mut at = 0;
    for line in lines_of(&decoded.text) {
        let source = decoded.map.to_source_range(at..at + line.len());
        at += line.len();
        if source.end <= range.start {
            first += 1;
        } else if source.start >= range.end {
            break;
        } else {
            lines.push(line.trim_end_matches(['\n', '\r']).to_owned());
        }
    }
    Ok((first, lines))
}

/// The lines of a text with what ends them: LF, CR LF, or CR alone.
fn lines_of(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.find(['\n', '\r']).map_or(rest.len(), |at| at + 1);
        let end = if rest[..end].ends_with('\r') && rest[end..].starts_with('\n') { end + 1 } else { end };
        let (line, more) = rest.split_at(end);
        rest = more;
        (!line.is_empty()).then_some(line)
    })
}

/// The document that the bytes of a file are.
///
/// # Errors
/// When they are no text.
pub fn from_bytes(path: &str, bytes: impl Into<Vec<u8>>, options: &text::Options) -> Result<Document, Diagnostic> {
    let bytes = bytes.into();
    if let Some(binary) = sniff::binary(&bytes) {
        return Err(binary_fault(binary));
    }
    let (raw, length) = (*blake3::hash(&bytes).as_bytes(), bytes.len());
    let decoded = text::decode::decode(&bytes, options.encoding.as_deref());
    // Of a large file they would be as much again as its text, for as long as it is cleaned.
    drop(bytes);
    Ok(Document { path: path.to_owned(), clean: text::read_decoded(&decoded, options), raw, bytes: length })
}

/// What a reader should know of a document that was read: that its encoding is a guess.
pub fn remarks(entry: &Entry, document: &Document) -> Option<Diagnostic> {
    let clean = &document.clean;
    clean.encoding_guessed.then(|| {
        Diagnostic::new(Severity::Note, format!("not UTF-8; read as {}, which is a guess", clean.encoding))
            .at(Location::file(&entry.file))
            .help("name another with reading.encoding or --encoding")
    })
}

/// What tells one state of a file from another without reading it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Size in bytes.
    pub bytes: u64,
    pub modified: Option<SystemTime>,
    pub inode: u64,
}

/// The stamp of the file as it is now: a different one means that it was changed or replaced.
///
/// # Errors
/// When the file is gone or may not be looked at.
pub fn stamp(file: &Path) -> io::Result<Stamp> {
    let metadata = fs::metadata(file)?;
    Ok(Stamp { bytes: metadata.len(), modified: metadata.modified().ok(), inode: metadata.ino() })
}

fn read_stdin() -> Result<Vec<u8>, Diagnostic> {
    let mut bytes = Vec::new();
    io::stdin().lock().take(MAX_BYTES).read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    Ok(bytes)
}

fn read_regular(file: &Path) -> Result<Vec<u8>, Diagnostic> {
    let (mut opened, size) = open_regular(file)?;
    let mut bytes = Vec::with_capacity(size as usize + 1);
    opened.read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    Ok(bytes)
}

/// The first `most` bytes of a file, or all of it, and how many were read. A part ends with a line: half a character would make
/// another encoding likely.
fn start_of(file: &Path, most: usize) -> Result<(Vec<u8>, usize), Diagnostic> {
    let (opened, size) = open_regular(file)?;
    let mut bytes = Vec::with_capacity(most.min(size as usize + 1));
    opened.take(most as u64).read_to_end(&mut bytes).map_err(|error| cannot_read(&error))?;
    let read = bytes.len();
    if let Some(end) = memchr::memrchr(b'\n', &bytes).filter(|_| read == most) {
        bytes.truncate(end + 1);
    }
    Ok((bytes, read))
}

/// Opens a regular file, and answers its size; this waits for nobody, as a pipe without writer would make it.
fn open_regular(file: &Path) -> Result<(File, u64), Diagnostic> {
    let opened = OpenOptions::new()
        .read(true)
        .custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed())
        .open(file)
        .map_err(|error| cannot_read(&error))?;
    let metadata = opened.metadata().map_err(|error| cannot_read(&error))?;
    if !metadata.is_file() {
        return Err(Diagnostic::error("not a regular file").help("pipe it in: postil - < FILE"));
    }
    if metadata.len() > MAX_BYTES {
        let gib = metadata.len() >> 30;
        return Err(Diagnostic::error(format!("too large: {gib} GiB, and the limit is 2 GiB"))
            .help("split it, for example with split -C 500M"));
    }
    Ok((opened, metadata.len()))
}

fn binary_fault(binary: sniff::Binary) -> Diagnostic {
    let what = binary.what.map_or(String::new(), |what| format!(" ({what})"));
    Diagnostic::error(format!("binary file{what}, not read")).help(match binary.tool {
        Some(tool) => format!("make text of it first, for example with {tool}"),
        None => "Postil reads plain text".into(),
    })
}

fn cannot_read(error: &io::Error) -> Diagnostic {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Diagnostic::error("unreadable: permission denied")
            .help("ask its owner for the right to read it, or see ls -l"),
        io::ErrorKind::NotFound => {
            Diagnostic::error("the file is gone").help("it was there when the folder was listed")
        }
        _ => Diagnostic::error(format!("unreadable: {error}")),
    }
}

#[cfg(test)]
mod tests;
