//! The margins: which notes there are, where they stand in open documents, what is being saved.
//!
//! The book here mirrors the one of the thread that writes: a change goes out as data, comes back as
//! a record once it is on disk, and only then is it part of the book. Until then it is told as being
//! saved; if it could not be, its text is kept and told as not saved.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::Arc;

use crate::corpus::{DocId, Document};
use crate::notes::{Anchor, Book, DocRef, Draft, Mark, Note, NoteId, Record, State, Subject};

/// Where a note stands in the text as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    pub note: NoteId,
    /// Bytes of the clean text; `None` for notes on the document and those whose passage is gone.
    pub range: Option<Range<usize>>,
    pub state: State,
}

/// A change the reader makes, before it has an id and a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Add {
        document: DocRef,
        subject: Subject,
        anchor: Option<Anchor>,
        body: String,
        tags: Vec<String>,
        mark: Option<Mark>,
    },
    Mark(NoteId, Option<Mark>),
    /// Text, tags and colour as the reader left them: one step.
    Edit {
        note: NoteId,
        body: String,
        tags: Vec<String>,
        mark: Option<Mark>,
    },
    Delete(NoteId),
    /// The place the reader accepted.
    Place(NoteId, DocRef, Anchor),
    /// A document that has moved, from this path to what it is now.
    Moved(String, DocRef),
    /// A topic given to a paragraph, refused, or neither.
    Hand {
        document: DocRef,
        paragraph: Anchor,
        topic: String,
        given: Option<bool>,
    },
    Undo,
    Redo,
}

impl Change {
    /// What was written, where that would be lost with it.
    pub fn text(&self) -> Option<&str> {
        match self {
            Change::Add { body, .. } | Change::Edit { body, .. } => Some(body).filter(|body| !body.is_empty()),
            _ => None,
        }
        .map(String::as_str)
    }
}

/// A change on its way to the disk.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Tells answers apart.
    pub ticket: u64,
    pub change: Change,
    /// Its text, kept with it whole.
    pub document: Option<Arc<Document>>,
    /// Why it is not on disk, once that is known.
    pub fault: Option<String>,
}

#[derive(Debug, Default)]
pub struct Margins {
    pub book: Book,
    /// This installation, once the notes are open.
    pub writer: String,
    placed: HashMap<DocId, Vec<Placed>>,
    pub pending: Vec<Pending>,
    tickets: u64,
    /// Unsent notes of earlier sessions.
    pub left_over: Vec<Draft>,
    /// Notes that are opened under their paragraph.
    pub opened: HashSet<NoteId>,
    /// Where documents went that are not at the path of their notes: by that path.
    pub moved: BTreeMap<String, Moved>,
    /// Paths whose documents were looked for in vain in all that were there, and those that are being
    /// looked for.
    pub sought: BTreeSet<String>,
    pub seeking: BTreeSet<String>,
    /// Documents that came since.
    pub unsearched: BTreeSet<DocId>,
    /// Whether the list of notes is sorted by time.
    pub by_time: bool,
}

/// Where a document went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub doc: DocId,
    /// Whether it is the same document beyond doubt.
    pub is_certain: bool,
}

impl Margins {
    pub fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }

    /// Notes of a document as they stand, in the order of the text; notes on the document first.
    pub fn on(&self, doc: DocId) -> &[Placed] {
        self.placed.get(&doc).map_or(&[], Vec::as_slice)
    }

    /// Notes that touch a range of a document's text.
    pub fn touching(&self, doc: DocId, range: &Range<usize>) -> impl Iterator<Item = &Placed> {
        let (start, end) = (range.start, range.end);
        self.on(doc).iter().filter(move |placed| {
            placed.range.as_ref().is_some_and(|r| r.start < end && (start < r.end || r.is_empty() && start <= r.start))
        })
    }

    /// Takes up where the notes of a document stand.
    pub fn place(&mut self, doc: DocId, mut placed: Vec<Placed>) {
        placed.sort_by_key(|placed| placed.range.as_ref().map(|range| (range.start, range.end)));
        if placed.is_empty() {
            self.placed.remove(&doc);
        } else {
            self.placed.insert(doc, placed);
        }
    }

    pub fn apply(&mut self, records: Vec<Record>) {
        self.book.extend(records);
    }

    /// Whether anything is not on disk though it should be.
    pub fn has_unsaved(&self) -> bool {
        self.pending.iter().any(|pending| pending.fault.is_some())
    }

    /// Notes that belong to a document at `path`, those of a document that has become it among them.
    pub fn of_document(&self, doc: DocId, path: &str) -> Vec<&Note> {
        let mut notes = self.book.on(path);
        for (from, _) in self.moved.iter().filter(|(_, moved)| moved.doc == doc) {
            notes.extend(self.book.on(from));
        }
        notes
    }

    /// The paths a document has now, and had for certain.
    pub fn names<'a>(&'a self, doc: DocId, path: &'a str) -> Vec<&'a str> {
        let before = self.moved.iter().filter(|(_, moved)| moved.doc == doc && moved.is_certain);
        std::iter::once(path).chain(before.map(|(path, _)| path.as_str())).collect()
    }

    /// How many notes a document has, also one that is not open.
    pub fn count(&self, doc: DocId, path: &str) -> usize {
        self.of_document(doc, path).len()
    }
}
