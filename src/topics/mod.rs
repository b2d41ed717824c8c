//! Topics: a dictionary of terms, the matcher that finds them, and the index of what was found.
//!
//! ```text
//! config.toml ── dictionary ──▶ Dictionary ── Matcher::new ──▶ Matcher
//!                                                               │ tag(&Document)
//!                                             Index ◀── Tags ◀──┘
//! ```
//!
//! *Invariants.* The text of a hit folds to its term; the order of topics and terms never changes
//! the hits; every hit knows its term and every dropped hit can say why.

mod addresses;
pub mod dictionary;
pub mod edit;
pub mod expression;
mod fold;
pub mod index;
pub mod lint;
pub mod matcher;
mod parse;
pub mod phrase;
pub mod resolve;
pub mod retag;
pub mod scripts;
mod sentences;

pub use dictionary::{Dictionary, Topic};
pub use expression::{Expression, Facts};
pub use index::{Hand, Index, Origin};
pub use matcher::{Explained, Matcher, Standing};
pub use resolve::Reason;
pub use retag::Change;

/// A topic's number: its index in [`Dictionary::topics`], which is also its order on screen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub u16);

impl TopicId {
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A term's number: its index in [`Dictionary::terms`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u32);

/// A place where a term of a topic stands: bytes of the document's clean text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hit {
    pub start: u32,
    pub end: u32,
    pub para: u32,
    pub topic: TopicId,
    pub term: TermId,
}

impl Hit {
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// The hits of one document: own hits of each topic, sorted by start, then longest, then topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    pub hits: Vec<Hit>,
}

impl Tags {
    /// The hits of one paragraph.
    pub fn in_paragraph(&self, para: u32) -> &[Hit] {
        let first = self.hits.partition_point(|hit| hit.para < para);
        let last = self.hits.partition_point(|hit| hit.para <= para);
        &self.hits[first..last]
    }
}

#[cfg(test)]
mod tests;
