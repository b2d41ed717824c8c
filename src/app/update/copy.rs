//! What is copied: a paragraph or a passage, alone or with its citation.

use std::ops::Range;

use crate::app::Model;
use crate::app::event::Effect;
use crate::corpus::DocId;
use crate::export::cite::Cited;

impl Model {
    pub(super) fn copy_paragraph(&mut self, cited: bool, fx: &mut Vec<Effect>) {
        match self.paragraph_range() {
            Some(range) => self.copy(range, "the paragraph", cited, fx),
            None => self.status.refuse("no paragraph here to copy"),
        }
    }

    /// Copies a range of the document; `what` names it.
    pub(super) fn copy(&mut self, range: Range<usize>, what: &'static str, cited: bool, fx: &mut Vec<Effect>) {
        let Some((doc, document)) = self.open_document() else { return };
        let mut text = document.clean.passage(&range, self.folded_too);
        if text.is_empty() {
            return self.status.refuse("nothing to copy here");
        }
        if cited {
            text = format!("“{text}” ({})", self.citation(doc, &range));
        }
        fx.push(Effect::Copy { text, what });
    }

    /// `Author, Title (Source, Date), ¶12`, with the number that the status line shows.
    fn citation(&self, doc: DocId, range: &Range<usize>) -> String {
        let numbered = self.shelf.document(doc).zip(self.shelf.numbering(doc));
        let place = numbered.and_then(|(document, numbering)| numbering.cited(&document.clean, range));
        let summary = self.shelf.summary(doc);
        let cited = Cited {
            authors: summary.map_or(&[], |summary| &summary.authors),
            title: self.shelf.title(doc),
            source: summary.and_then(|summary| summary.source.as_deref()),
            date: summary.and_then(|summary| summary.date.as_deref()),
        };
        cited.at(place.as_deref())
    }
}
