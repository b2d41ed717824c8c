//! What is in force: a topic, an expression or a search. `n` and `N` go through its stops.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::corpus::DocId;
use crate::search::Query;
use crate::topics::expression::{Expression, Facts};
use crate::topics::{Index, TopicId};

use super::margins::Margins;
use super::places::Places;
use super::shelf::Shelf;

#[derive(Clone, Debug)]
pub enum Force {
    Topic(TopicId),
    Expression(Wanted),
    Search(Found),
}

/// An expression and the paragraphs it wants.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub expression: Expression,
    /// Ascending; only documents that have any.
    pub stops: BTreeMap<DocId, Vec<u32>>,
}

impl Wanted {
    /// Asks the expression of every document.
    pub fn of(expression: Expression, index: &Index, facts: &Known<'_>) -> Self {
        let shelf = facts.shelf;
        let stops = shelf.library.ids().map(|doc| (doc, expression.paragraphs(index, facts, doc)));
        let stops = stops.filter(|(_, stops)| !stops.is_empty()).collect();
        Self { expression, stops }
    }
}

/// What the screen knows of documents, for expressions.
pub struct Known<'a> {
    pub shelf: &'a Shelf,
    pub margins: &'a Margins,
    pub places: &'a Places,
}

impl Facts for Known<'_> {
    fn paragraphs(&self, doc: DocId) -> Vec<u32> {
        if let Some(document) = self.shelf.document(doc) {
            let read = document.clean.paragraphs.iter().enumerate().filter(|(_, p)| !p.kind.is_folded());
            return read.map(|(para, _)| para as u32).collect();
        }
        let count = self.shelf.summary(doc).map_or(0, |summary| summary.paragraphs);
        (0..count as u32).collect()
    }

    fn has_note(&self, doc: DocId, para: u32) -> bool {
        if let Some(range) = self.shelf.document(doc).and_then(|d| Some(d.clean.paragraphs.get(para as usize)?.range()))
        {
            return self.margins.touching(doc, &range).next().is_some();
        }
        let notes = self.margins.book.on(&self.shelf.entry(doc).path);
        notes.iter().any(|note| note.anchor.as_ref().is_some_and(|anchor| anchor.para as u32 == para))
    }

    fn is_unread(&self, doc: DocId) -> bool {
        self.places.is_unread(doc)
    }

    fn author(&self, doc: DocId) -> String {
        self.shelf.summary(doc).map_or(String::new(), |summary| summary.authors.join(", "))
    }

    fn date(&self, doc: DocId) -> Option<String> {
        self.shelf.summary(doc)?.date.clone()
    }

    fn name(&self, doc: DocId) -> String {
        format!("{} {}", self.shelf.title(doc), self.shelf.entry(doc).path)
    }
}

/// A search and what it found so far.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: u64,
    pub query: Query,
    /// Bytes of the clean text, ascending; only documents that have any.
    pub hits: BTreeMap<DocId, Vec<Range<u32>>>,
    /// Whether all documents have been searched.
    pub done: bool,
}

/// Where a stop is: a paragraph for topics, a byte for searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    Paragraph(u32),
    Byte(u32),
}

/// "3 of 31": where the cursor stands among the stops, from 1; 0 before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub at: usize,
    /// Whether the cursor is on that stop rather than after it.
    pub on: bool,
    pub of: usize,
}

impl Force {
    /// Stops in one document.
    pub fn count(&self, doc: DocId, index: &Index) -> usize {
        match self {
            Force::Topic(topic) => index.paragraphs(doc, *topic).len(),
            Force::Expression(wanted) => wanted.stops.get(&doc).map_or(0, Vec::len),
            Force::Search(found) => found.hits.get(&doc).map_or(0, Vec::len),
        }
    }

    /// Stop number `at` of a document.
    pub fn stop(&self, doc: DocId, at: usize, index: &Index) -> Option<Stop> {
        match self {
            Force::Topic(topic) => index.paragraphs(doc, *topic).get(at).copied().map(Stop::Paragraph),
            Force::Expression(wanted) => wanted.stops.get(&doc)?.get(at).copied().map(Stop::Paragraph),
            Force::Search(found) => found.hits.get(&doc)?.get(at).map(|hit| Stop::Byte(hit.start)),
        }
    }

    /// How many stops of the document lie before the cursor, and whether it stands on the next one.
    pub fn before(&self, doc: DocId, para: u32, at: usize, index: &Index) -> (usize, bool) {
        let among = |stops: &[u32]| {
            let before = stops.partition_point(|stop| *stop < para);
            (before, stops.get(before) == Some(&para))
        };
        match self {
            Force::Topic(topic) => among(index.paragraphs(doc, *topic)),
            Force::Expression(wanted) => among(wanted.stops.get(&doc).map_or(&[], Vec::as_slice)),
            Force::Search(found) => {
                let stops = found.hits.get(&doc).map_or(&[][..], Vec::as_slice);
                let before = stops.partition_point(|hit| (hit.start as usize) < at);
                (before, stops.get(before).is_some_and(|hit| hit.start as usize == at))
            }
        }
    }

    /// Stops in all documents.
    pub fn total(&self, index: &Index) -> usize {
        match self {
            Force::Topic(topic) => index.total(*topic),
            Force::Expression(wanted) => wanted.stops.values().map(Vec::len).sum(),
            Force::Search(found) => found.hits.values().map(Vec::len).sum(),
        }
    }

    /// Whether the paragraph is one of the stops.
    pub fn holds(&self, doc: DocId, para: u32, index: &Index) -> bool {
        match self {
            Force::Search(_) => false,
            _ => self.before(doc, para, 0, index).1,
        }
    }

    /// The topics whose words are marked.
    pub fn topics(&self) -> Vec<TopicId> {
        match self {
            Force::Topic(topic) => vec![*topic],
            Force::Expression(wanted) => wanted.expression.topics(),
            Force::Search(_) => Vec::new(),
        }
    }

    /// Where the cursor stands among all stops, in the order of the list.
    pub fn standing(&self, shelf: &Shelf, index: &Index, doc: DocId, para: u32, at: usize) -> Standing {
        let earlier: usize = shelf.order.iter().take_while(|d| **d != doc).map(|d| self.count(*d, index)).sum();
        let (before, on) = self.before(doc, para, at, index);
        Standing { at: earlier + before + usize::from(on), on, of: self.total(index) }
    }
}
