//! Notes out as Markdown, JSON, CSV and W3C Web Annotations, and in again from the last two JSONs.
//!
//! *Invariants.* What went out as JSON or JSON-LD comes in again without loss and without doubles: the
//! records of a note travel with it. Other programs' formats get a file of their own here, each with
//! one function that makes [`Incoming`] notes.

mod csv;
mod import;
mod json;
mod jsonld;
mod markdown;
mod table;

use std::ops::Range;

use jiff::Timestamp;

use crate::corpus::Document;
use crate::export::cite::Cited;
use crate::notes::{Book, Mark, Note, Standing, State};
use crate::text::Numbering;

pub use csv::csv;
pub use import::{Imported, Incoming, Quote, read, records};
pub use json::{json, listed};
pub use jsonld::jsonld;
pub use markdown::{Group, markdown};
pub use table::table;

/// A note with all that is said of it outside.
#[derive(Clone, Debug)]
pub struct Entry {
    pub note: Note,
    pub state: State,
    pub about: About,
    /// The index of its paragraph, where it stands in one.
    pub para: Option<usize>,
    /// The numbers that its paragraphs have on the screen: `12`, `12–14`.
    pub cited: Option<String>,
    /// Its passage as it is read, without what is folded away inside it; where its words are those of the note.
    pub passage: Option<String>,
    /// Bytes of the file.
    pub bytes: Option<Range<usize>>,
    /// The topics of its paragraph: id and label.
    pub topics: Vec<(String, String)>,
    /// Its records, as they stand in the logs.
    pub history: Vec<String>,
}

/// What the document says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// Where it is now; where it was, if it is gone.
    pub path: String,
    pub title: String,
    pub authors: Vec<String>,
    pub date: Option<String>,
    pub source: Option<String>,
}

impl Entry {
    /// `note` as it stands in a document whose paragraphs are numbered so; `None` where that is gone.
    pub fn of(note: &Note, book: &Book, standing: &Standing, document: Option<(&Document, &Numbering)>) -> Self {
        let (document, numbering) = document.unzip();
        let clean = document.map(|document| &document.clean);
        let about = match document {
            Some(document) => About {
                path: document.path.clone(),
                title: document.title(),
                authors: document.clean.head.authors.clone(),
                date: document.clean.head.date.clone(),
                source: document.clean.head.source.clone(),
            },
            None => About { path: note.doc.path.clone(), title: note.doc.title.clone(), ..About::default() },
        };
        let bytes = |range: &Range<usize>| clean.map(|clean| clean.map.to_source_range(range.clone()));
        Self {
            note: note.clone(),
            state: standing.state,
            about,
            para: clean.and_then(|clean| standing.para(clean)),
            cited: clean
                .zip(numbering)
                .zip(standing.range.as_ref())
                .and_then(|((clean, numbering), range)| numbering.cited(clean, range)),
            passage: clean.zip(standing.range.as_ref()).and_then(|(clean, range)| {
                let is_quoted = clean.text.get(range.clone()) == Some(note.quote());
                is_quoted.then(|| clean.passage(range, false)).filter(|passage| !passage.is_empty())
            }),
            bytes: standing.range.as_ref().and_then(bytes),
            topics: Vec::new(),
            history: book.history(note.id).into_iter().map(crate::notes::Record::to_line).collect(),
        }
    }

    /// `Author, Title (Source, Date), ¶12`, without what the text does not say.
    pub fn citation(&self) -> String {
        let About { path, title, authors, date, source } = &self.about;
        let title = if title.is_empty() { path } else { title };
        let cited = Cited { authors, title, source: source.as_deref(), date: date.as_deref() };
        cited.at(self.cited.as_deref())
    }

    /// The writer as people know it: by name, else by installation.
    fn writer(&self) -> &str {
        if self.note.author.is_empty() { &self.note.writer } else { &self.note.author }
    }

    /// `sure`, `unsure`, `orphan`, and what else the reader has to look at.
    fn state_name(&self) -> &'static str {
        match (self.note.deleted, self.note.is_conflict()) {
            (true, _) => "deleted",
            (false, true) => "conflict",
            (false, false) => self.state.name(),
        }
    }

    fn topic_ids(&self) -> Vec<&str> {
        self.topics.iter().map(|(id, _)| id.as_str()).collect()
    }

    fn mark_name(&self) -> Option<&'static str> {
        self.note.mark.map(Mark::name)
    }
}

/// Line breaks and runs of blanks as one blank.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The day in universal time, which does not depend on where the export is made.
fn day(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d").to_string()
}

/// As in the logs.
fn stamp(at: Timestamp) -> String {
    format!("{at:.3}")
}

#[cfg(test)]
mod tests;
