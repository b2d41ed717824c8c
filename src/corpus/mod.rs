//! The library: documents, and places in them.
//!
//! A [`Library`] lists its documents before it has read them, and may put one down again; only
//! [`load`] touches the disk. A [`Document`] is immutable once read and shared between threads.

pub mod load;
pub mod order;
pub mod sniff;
pub mod turnover;

use std::path::PathBuf;
use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::text::{Clean, Kind};

/// A document's number in its library: its index in [`Library::entries`]. It is the document's for a
/// session, also when its file is renamed or gone; no other one gets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DocId(pub u32);

impl DocId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A place in the library: a byte of a document's clean text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    pub doc: DocId,
    pub at: usize,
}

/// A document as it is read.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// Relative to the library, parts separated by `/`; the document's name in every format.
    pub path: String,
    pub clean: Clean,
    /// BLAKE3 of the file's bytes.
    pub raw: [u8; 32],
    /// Size of the file in bytes.
    pub bytes: usize,
}

impl Document {
    /// The title, or the first words where the text states none. Never empty unless the text is.
    pub fn title(&self) -> String {
        if let Some(title) = &self.clean.head.title {
            return title.clone();
        }
        let first = self.clean.paragraphs.iter().find(|p| !p.kind.is_folded() && p.kind != Kind::Separator);
        let text = first.map_or("", |p| &self.clean.text[p.range()]);
        crate::text::width::shorten(text, 60, "…")
    }

    /// Words of the prose, for reading times. Counted as white-space separated words; a text
    /// without spaces counts two characters a word.
    pub fn words(&self) -> usize {
        let text = &self.clean.text;
        let is_wide = |c: &char| ('\u{3040}'..='\u{9fff}').contains(c);
        let may_be_wide = text.bytes().any(|b| b >= 0xe3);
        let wide = if may_be_wide { text.chars().filter(is_wide).count() } else { 0 };
        text.split_whitespace().count() + wide / 2
    }
}

/// What is known of a document so far.
#[derive(Clone, Debug)]
pub enum State {
    /// Listed, not read yet.
    Listed,
    Read(Arc<Document>),
    Failed(Diagnostic),
}

/// A file of the library.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Relative to the library, parts separated by `/`.
    pub path: String,
    pub file: PathBuf,
    pub state: State,
}

impl Entry {
    /// Whether it is standard input, which can be read once only.
    pub fn is_stdin(&self) -> bool {
        self.file.as_os_str() == load::STDIN
    }

    pub fn document(&self) -> Option<&Arc<Document>> {
        match &self.state {
            State::Read(document) => Some(document),
            _ => None,
        }
    }
}

/// The documents that were asked for, in the order of their paths; those that came later behind them.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// The folder that holds them all, and `.postil/`.
    pub root: PathBuf,
    pub entries: Vec<Entry>,
}

impl Library {
    pub fn document(&self, doc: DocId) -> Option<&Arc<Document>> {
        self.entries.get(doc.index())?.document()
    }
}
