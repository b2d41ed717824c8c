//! What happens, and what is to be done about it.
//!
//! Events come from the terminal and from finished jobs; [`super::update`] answers each with effects.
//! Effects are data: the program runs them on worker threads, `postil screen` and the tests at once.

use std::sync::Arc;

use crate::corpus::{DocId, Document, Library};
use crate::diag::{Diagnostic, Loaded};
use crate::keys::Key;
use crate::search::Query;
use crate::topics::{Dictionary, Matcher, Tags};

use super::layout::Size;
use super::shelf::Summary;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    Key(Key),
    /// Text pasted as a whole.
    Paste(String),
    Mouse(Mouse),
    Resize(Size),
    /// The terminal's window was turned to (true) or from.
    Focus(bool),
    /// A second has passed; sent only while [`super::Model::wants_ticks`].
    Tick,
    /// The program must end: drafts are to be kept, nothing is to be asked.
    Leave,
    Done(Box<Answer>),
}

/// What the mouse did, at a cell counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub column: u16,
    pub row: u16,
    pub what: MouseWhat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseWhat {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// The result of a job.
#[derive(Debug)]
pub enum Answer {
    /// The library's files, not read yet.
    Listed(Loaded<Library>),
    /// A document that was asked for. `partial`: only its start; the whole follows.
    Opened { doc: DocId, partial: bool, result: Result<Read, Diagnostic> },
    /// Documents the background reader has been through.
    Indexed(Vec<(DocId, Result<Read, Diagnostic>)>),
    /// The background reader is through.
    IndexDone,
    /// What search number `search` found in these documents; `done` when it has been through all.
    Found { search: u64, hits: Vec<(DocId, Vec<std::ops::Range<u32>>)>, done: bool },
    /// The dictionary was read again.
    Dictionary(Box<Loaded<Dictionary>>, Arc<Matcher>),
    /// What was copied where, in words.
    Copied(String),
    /// Something to tell the reader.
    Said(Diagnostic),
}

/// A document that was read, and what was found in it.
#[derive(Clone, Debug)]
pub struct Read {
    pub document: Arc<Document>,
    pub summary: Summary,
    pub tags: Tags,
    /// Worth knowing, say that its encoding is a guess.
    pub remark: Option<Diagnostic>,
}

/// Something to be done.
#[derive(Debug)]
pub enum Effect {
    Job(Job),
    /// Put this text where the reader can paste it; `what` names it: "the passage".
    Copy {
        text: String,
        what: &'static str,
    },
    /// Stop, as on Ctrl-Z.
    Suspend,
    /// Draw every cell again.
    Redraw,
    Quit,
}

/// Work for another thread.
#[derive(Debug)]
pub enum Job {
    /// List the library.
    List,
    /// Read a document now: somebody waits for it.
    Open { doc: DocId, matcher: Arc<Matcher> },
    /// Read all documents one after another, and tag them. A new one replaces the one under way.
    Index { matcher: Arc<Matcher> },
    /// Search all documents, `order` first to last. The newest replaces the one under way.
    Search { search: u64, query: Query, order: Vec<DocId> },
}
