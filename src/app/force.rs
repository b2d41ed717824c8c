//! What is in force: a topic, an expression or a search. `n` and `N` go through its stops.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::corpus::DocId;
use crate::search::Query;
use crate::topics::{Index, TopicId};

use super::shelf::Shelf;

#[derive(Clone, Debug)]
pub enum Force {
    Topic(TopicId),
    Search(Found),
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
            Force::Search(found) => found.hits.get(&doc).map_or(0, Vec::len),
        }
    }

    /// Stop number `at` of a document.
    pub fn stop(&self, doc: DocId, at: usize, index: &Index) -> Option<Stop> {
        match self {
            Force::Topic(topic) => index.paragraphs(doc, *topic).get(at).copied().map(Stop::Paragraph),
            Force::Search(found) => found.hits.get(&doc)?.get(at).map(|hit| Stop::Byte(hit.start)),
        }
    }

    /// How many stops of the document lie before the cursor, and whether it stands on the next one.
    pub fn before(&self, doc: DocId, para: u32, at: usize, index: &Index) -> (usize, bool) {
        match self {
            Force::Topic(topic) => {
                let stops = index.paragraphs(doc, *topic);
                let before = stops.partition_point(|stop| *stop < para);
                (before, stops.get(before) == Some(&para))
            }
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
            Force::Search(found) => found.hits.values().map(Vec::len).sum(),
        }
    }

    /// Where the cursor stands among all stops, in the order of the list.
    pub fn standing(&self, shelf: &Shelf, index: &Index, doc: DocId, para: u32, at: usize) -> Standing {
        let earlier: usize = shelf.order.iter().take_while(|d| **d != doc).map(|d| self.count(*d, index)).sum();
        let (before, on) = self.before(doc, para, at, index);
        Standing { at: earlier + before + usize::from(on), on, of: self.total(index) }
    }
}
