//! Finds every term of a dictionary in a document.

use crate::corpus::Document;

use super::{Dictionary, Tags};

/// A dictionary made ready to search; shared between threads.
#[derive(Debug)]
pub struct Matcher {}

impl Matcher {
    pub fn new(_dictionary: &Dictionary) -> Self {
        Self {}
    }

    /// The hits in the paragraphs of a document that are tagged (not boilerplate, not meta).
    pub fn tag(&self, _document: &Document) -> Tags {
        Tags::default()
    }

    /// The same in all paragraphs, boilerplate too.
    pub fn tag_all(&self, document: &Document) -> Tags {
        self.tag(document)
    }
}
