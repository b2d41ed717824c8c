//! Where notes stand in the documents as they are now.
//!
//! *Invariant.* A note is never put on words that are not its own without saying so: it is sure,
//! unsure, or an orphan that is listed with its quote.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

use crate::corpus::Document;
use crate::text::Clean;

use super::anchor::{Old, Prepared, resolve};
use super::{Anchor, DocRef, Note, State};

/// Where a note stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    /// Bytes of the clean text; `None` for an orphan and for a note on the document.
    pub range: Option<Range<usize>>,
}

impl Standing {
    /// Of a note whose passage or document is gone.
    pub const ORPHAN: Self = Self { state: State::Orphan, range: None };

    fn sure(range: Option<Range<usize>>) -> Self {
        Self { state: State::Sure, range }
    }

    /// The index of the paragraph where it starts.
    pub fn para(&self, clean: &Clean) -> Option<usize> {
        self.range.as_ref().map(|range| clean.paragraph_at(range.start))
    }
}

/// A document in which notes are looked for. It is made ready for that when the first one moved.
pub struct Ground<'a> {
    document: &'a Document,
    raw: String,
    prepared: OnceCell<Prepared>,
    /// The texts that notes were made on, compared with this one, by the hash of their bytes.
    olds: RefCell<HashMap<String, Option<Rc<Old>>>>,
}

impl<'a> Ground<'a> {
    pub fn new(document: &'a Document) -> Self {
        Self { document, raw: DocRef::named(document.raw), prepared: OnceCell::new(), olds: RefCell::default() }
    }

    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// Where `note` stands; `old` gives the text as it was when the note was made, if it was kept, and is
    /// asked once for each version of the document.
    pub fn place(&self, note: &Note, old: impl FnOnce(&DocRef) -> Option<String>) -> Standing {
        match &note.anchor {
            Some(anchor) => self.find(&note.doc, anchor, old),
            None => Standing::sure(None),
        }
    }

    /// Where a passage of `doc` stands.
    pub fn find(&self, doc: &DocRef, anchor: &Anchor, old: impl FnOnce(&DocRef) -> Option<String>) -> Standing {
        if let Some(range) = self.unmoved(doc, anchor) {
            return Standing::sure(Some(range));
        }
        let prepared = self.prepared.get_or_init(|| Prepared::new(&self.document.clean.text));
        let compared = self
            .olds
            .borrow_mut()
            .entry(doc.raw.clone())
            .or_insert_with(|| old(doc).map(|text| Rc::new(Old::new(&text, prepared))))
            .clone();
        let found = resolve(anchor, prepared, compared.as_deref());
        Standing { state: found.tier, range: found.span }
    }

    /// The passage at its old place, where the document is the very one it was made on.
    pub fn unmoved(&self, doc: &DocRef, anchor: &Anchor) -> Option<Range<usize>> {
        if doc.raw != self.raw {
            return None;
        }
        let text = &self.document.clean.text;
        let mut rest = text.chars();
        if let Some(last) = anchor.pos.start.checked_sub(1) {
            rest.nth(last)?;
        }
        let start = text.len() - rest.as_str().len();
        rest.as_str().starts_with(&anchor.exact).then(|| start..start + anchor.exact.len())
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Author, Book, Ids, New, Pen, Subject, Target};
    use super::*;

    const TEXT: &str = "The order of the day\n\nThe regional order has to be shared by those who live in it, whoever \
                        they are. Nobody else decides what the order of a region is, and nobody should.\n";

    fn document(text: &str) -> Document {
        crate::corpus::load::from_bytes("a.txt", text.as_bytes(), &crate::text::Options::default()).unwrap()
    }

    fn note(document: &Document, quote: &str) -> Note {
        let author = Author { writer: "ann".into(), name: String::new() };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        let start = document.clean.text.find(quote).unwrap();
        let anchor = Some(Anchor::of(&document.clean, start..start + quote.len()));
        let target = Target { doc: DocRef::of(document), subject: Subject::Passage, anchor };
        let new = New { target, body: "x".into(), tags: Vec::new(), mark: None };
        let mut book = Book::new();
        let record = book.add(&mut Pen { author: &author, now, ids: &mut Ids::seeded(1) }, new);
        book.apply(record);
        book.notes().next().unwrap().clone()
    }

    #[test]
    fn a_note_stands_where_it_was_goes_where_its_words_went_and_is_an_orphan_without_them() {
        let before = document(TEXT);
        let note = note(&before, "the order of a region");
        let words = |document: &Document| {
            let standing = Ground::new(document).place(&note, |_| None);
            (standing.state, standing.range.map(|range| document.clean.text[range].to_owned()))
        };
        let same = (State::Sure, Some("the order of a region".to_owned()));
        assert_eq!(words(&before), same);
        let wrapped = TEXT.replace("the order of a region", "the or-\nder of a\nregion");
        let after = document(&format!("Something new stands first.\n\n{wrapped}"));
        let (state, there) = words(&after);
        assert_ne!(state, State::Orphan);
        assert!(there.is_some_and(|there| there.starts_with("the or") && there.ends_with("region")));
        let gone = document(&TEXT.replace("Nobody else decides what the order of a region is, and nobody should.", ""));
        assert_eq!(words(&gone), (State::Orphan, None));
    }
}
