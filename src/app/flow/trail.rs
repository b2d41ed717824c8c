//! The trail of what is in force: its paragraphs out of all documents, as one flow.
//!
//! A library may be larger than memory, so a document of a trail may not be open. Then a single unit
//! stands for its paragraphs until the page comes near it; [`Flow::refill`] puts one in place of the other.
//!
//! *Invariant.* The units of a document stand together, in the order of its text.

use std::collections::HashMap;
use std::ops::Range;

use super::{Flow, Line, Source, Unit, push_paragraph};
use crate::app::shelf::Shelf;
use crate::corpus::DocId;

/// Paragraphs of all documents, in the order they are read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trail {
    pub title: String,
    docs: Vec<DocId>,
    paras: Vec<u32>,
    /// Of each document which of the paragraphs are its own.
    of: HashMap<DocId, Range<usize>>,
}

impl Trail {
    /// The paragraphs of documents, those of one together and ascending. Documents without any are none of it.
    pub fn new(title: String, stops: impl IntoIterator<Item = (DocId, Vec<u32>)>) -> Self {
        let mut trail = Self { title, ..Self::default() };
        for (doc, paras) in stops.into_iter().filter(|(_, paras)| !paras.is_empty()) {
            let start = trail.paras.len();
            trail.paras.extend(paras);
            trail.docs.push(doc);
            trail.of.insert(doc, start..trail.paras.len());
        }
        trail
    }

    /// The same where a document was edited: `paras` are its paragraphs now, in any order.
    #[must_use]
    pub fn renumbered(&self, doc: DocId, mut paras: Vec<u32>) -> Self {
        paras.sort_unstable();
        paras.dedup();
        let of = |other: &DocId| (*other, if *other == doc { paras.clone() } else { self.paras(*other).to_vec() });
        Self::new(self.title.clone(), self.docs.iter().map(of))
    }

    /// How many paragraphs it has.
    pub fn len(&self) -> usize {
        self.paras.len()
    }

    pub fn is_empty(&self) -> bool {
        self.paras.is_empty()
    }

    /// Its documents in the order they are read.
    pub fn docs(&self) -> &[DocId] {
        &self.docs
    }

    pub fn has(&self, doc: DocId) -> bool {
        self.of.contains_key(&doc)
    }

    /// Its paragraphs of one document, ascending.
    pub fn paras(&self, doc: DocId) -> &[u32] {
        self.of.get(&doc).map_or(&[], |range| &self.paras[range.clone()])
    }

    /// The paragraph with so many before it.
    pub fn at(&self, position: usize) -> Option<(DocId, u32)> {
        let doc = self.docs.iter().find(|doc| self.of.get(doc).is_some_and(|range| range.contains(&position)))?;
        Some((*doc, *self.paras.get(position)?))
    }

    /// How many of its paragraphs come before this one, if it is one of them.
    pub fn position(&self, doc: DocId, para: u32) -> Option<usize> {
        Some(self.of.get(&doc)?.start + self.paras(doc).binary_search(&para).ok()?)
    }
}

impl Flow {
    pub fn of_trail(trail: Trail, shelf: &Shelf) -> Self {
        let mut units = Vec::new();
        trail.docs.iter().for_each(|doc| push_document(&mut units, *doc, trail.paras(*doc), shelf));
        Self { source: Source::Trail(trail), units }
    }

    /// The trail, where it is one.
    pub fn trail(&self) -> Option<&Trail> {
        match &self.source {
            Source::Document(_) => None,
            Source::Trail(trail) => Some(trail),
        }
    }

    /// The units of one document of a trail anew: it was opened, put down, or has another text.
    pub fn refill(&mut self, doc: DocId, shelf: &Shelf) {
        let mut units = Vec::new();
        push_document(&mut units, doc, self.trail().map_or(&[], |trail| trail.paras(doc)), shelf);
        let there = self.units_of(doc);
        self.units.splice(there, units);
    }

    /// The units of a document; none at the end where it has none.
    pub fn units_of(&self, doc: DocId) -> Range<usize> {
        let units = &self.units;
        let start = units.iter().position(|unit| unit.doc() == doc).unwrap_or(units.len());
        start..start + units[start..].iter().take_while(|unit| unit.doc() == doc).count()
    }

    /// The documents of these units, and after them the next one on either side.
    pub fn within_reach(&self, shown: Range<usize>) -> Vec<DocId> {
        let mut docs: Vec<DocId> = self.units.get(shown.clone()).unwrap_or_default().iter().map(|u| u.doc()).collect();
        docs.dedup();
        let (first, last) = (docs.first().copied(), docs.last().copied());
        let is_other = |doc: &DocId, known: Option<DocId>| known.is_some_and(|known| known != *doc);
        let after = self.units.iter().skip(shown.end).map(|unit| unit.doc()).find(|doc| is_other(doc, last));
        let before = self.units.iter().take(shown.start).rev().map(|unit| unit.doc()).find(|doc| is_other(doc, first));
        docs.extend(after.into_iter().chain(before));
        docs
    }
}

fn push_document(units: &mut Vec<Unit>, doc: DocId, paras: &[u32], shelf: &Shelf) {
    if paras.is_empty() {
        return;
    }
    units.push(Unit::Head(doc));
    let Some(document) = shelf.document(doc) else {
        return units.push(Unit::Away { doc, count: paras.len() as u32 });
    };
    // They were found in the text of that day: one that was edited since may be shorter.
    let there = paras.iter().filter(|para| (**para as usize) < document.clean.paragraphs.len());
    there.for_each(|para| push_paragraph(units, doc, *para, document));
}

/// What is said in place of so many paragraphs of a document that is not open.
pub(super) fn away(doc: DocId, count: u32, shelf: &Shelf) -> Line {
    let paragraphs = if count == 1 { "1 paragraph".to_owned() } else { format!("{count} paragraphs") };
    Line::Away(match shelf.fault(doc) {
        Some(fault) => format!("{paragraphs} that cannot be read now: {fault}"),
        None if !shelf.holds(doc) => format!("{paragraphs} of a file that is gone"),
        None => format!("{paragraphs}, being read …"),
    })
}
