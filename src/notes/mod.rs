//! Notes in the margins: what was written, on which words, and how it stays.
//!
//! ```text
//!   change ──▶ Record ──▶ Store::append ──▶ LIBRARY/.postil/log/WRITER.jsonl
//!                │                             │ Store::open, Store::poll: the logs of all writers
//!                └────────▶ Book ◀─────────────┘
//!                            │ note(id), on(path), hand_tags(path)
//! ```
//!
//! A [`Record`] is one change, one line of a log. Nothing is ever changed in a log, only appended. The
//! [`Book`] is what all records say together.
//!
//! *Invariants.* The same records give the same book in whatever order and however often they come.
//! Which change came after which is told by what its writer had seen (`prev`), never by a clock. What
//! this version does not know is kept byte for byte. Nothing is called saved before it is on disk.

pub mod anchor;
pub mod book;
pub mod disk;
pub mod doc;
pub mod drafts;
pub mod id;
pub mod links;
pub mod moved;
pub mod places;
pub mod record;
pub mod standing;
pub mod store;

use jiff::Timestamp;

pub use anchor::{Anchor, Tier as State};
pub use book::{Book, HandTag, New, Pen};
pub use doc::DocRef;
pub use drafts::{Draft, Drafts};
pub use id::{EventId, Ids, NoteId};
pub use places::Places;
pub use record::{Op, Record};
pub use standing::{Ground, Standing};
pub use store::{Saved, Store, StoreError, Why};

/// A highlight's colour. Each has a letter, so that it can be told without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    Yellow,
    Green,
    Blue,
    Pink,
    Orange,
    Violet,
}

impl Mark {
    pub const ALL: [Mark; 6] = [Mark::Yellow, Mark::Green, Mark::Blue, Mark::Pink, Mark::Orange, Mark::Violet];

    /// The name used in every format.
    pub fn name(self) -> &'static str {
        match self {
            Mark::Yellow => "yellow",
            Mark::Green => "green",
            Mark::Blue => "blue",
            Mark::Pink => "pink",
            Mark::Orange => "orange",
            Mark::Violet => "violet",
        }
    }

    /// The letter shown in the margin: the first of its name.
    pub fn letter(self) -> char {
        match self {
            Mark::Yellow => 'y',
            Mark::Green => 'g',
            Mark::Blue => 'b',
            Mark::Pink => 'p',
            Mark::Orange => 'o',
            Mark::Violet => 'v',
        }
    }

    /// The mark with this name or letter.
    pub fn find(name: &str) -> Option<Self> {
        let mut chars = name.chars();
        let letter = chars.next().filter(|_| chars.next().is_none());
        Self::ALL.into_iter().find(|mark| mark.name() == name || Some(mark.letter()) == letter)
    }
}

/// What a note is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Subject {
    #[default]
    Passage,
    Paragraph,
    Document,
}

impl Subject {
    /// The name used in every format.
    pub fn name(self) -> &'static str {
        match self {
            Subject::Passage => "passage",
            Subject::Paragraph => "paragraph",
            Subject::Document => "document",
        }
    }
}

/// What a note is about, and where that stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub doc: DocRef,
    pub subject: Subject,
    /// `None` for a note on the document.
    pub anchor: Option<Anchor>,
}

/// Who writes: the installation, and the name its reader goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Author {
    /// Names the log: `lap-k3f9qa`.
    pub writer: String,
    /// Beside the notes and in exports; may be empty.
    pub name: String,
}

/// A text of a note, and who wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    pub event: EventId,
    pub writer: String,
    pub at: Timestamp,
    pub text: String,
}

/// A note as all records together say it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    pub id: NoteId,
    /// The document as it was when the note got its place.
    pub doc: DocRef,
    pub subject: Subject,
    /// The place last accepted; `None` for a note on the document.
    pub anchor: Option<Anchor>,
    /// The place the note was made at.
    pub first_anchor: Option<Anchor>,
    /// One text; several where writers changed it without having seen each other's.
    pub bodies: Vec<Version>,
    /// In the order they were given.
    pub tags: Vec<String>,
    pub mark: Option<Mark>,
    /// The installation that made the note.
    pub writer: String,
    /// The name of who made it; may be empty.
    pub author: String,
    pub created: Timestamp,
    pub changed: Timestamp,
    pub deleted: bool,
}

impl Note {
    /// The text; of several the latest.
    pub fn body(&self) -> &str {
        self.bodies.last().map_or("", |version| &version.text)
    }

    /// Whether several texts stand side by side, to be settled by the reader.
    pub fn is_conflict(&self) -> bool {
        self.bodies.len() > 1
    }

    /// The passage; empty for a note on the document.
    pub fn quote(&self) -> &str {
        self.anchor.as_ref().map_or("", |anchor| &anchor.exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_apart_by_name_and_letter() {
        for mark in Mark::ALL {
            assert_eq!(Mark::find(mark.name()), Some(mark));
            assert_eq!(Mark::find(&mark.letter().to_string()), Some(mark));
        }
        assert_eq!(Mark::find("mauve"), None);
    }
}
