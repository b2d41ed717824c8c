//! Where jumps began, to go back and forward; and marks. Each is kept with a few of its words, so that it is found
//! again when its document has changed.

use std::collections::HashMap;

use crate::corpus::{DocId, Place};

use super::places::Passage;

/// Places that are remembered.
const KEPT: usize = 200;

#[derive(Clone, Debug, Default)]
pub struct Jumps {
    places: Vec<Kept>,
    /// Places before this one are behind; `places.len()` when nothing is ahead.
    at: usize,
    /// By letter; a small letter belongs to its document, a capital to all.
    marks: HashMap<(char, Option<DocId>), Kept>,
}

/// A place, and what stands there; no words where its document is not open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    pub place: Place,
    pub words: String,
    /// Whether it was held against the text in this session.
    pub is_checked: bool,
}

impl Kept {
    /// Finds it in the text as it is now.
    fn check(&mut self, text: &str) {
        let passage = Passage { at: self.place.at, words: std::mem::take(&mut self.words) };
        let found = Passage::of(text, passage.find(text, text.len()));
        (self.place.at, self.words, self.is_checked) = (found.at, found.words, true);
    }
}

impl Jumps {
    /// Remembers where a jump begins; what was ahead is forgotten.
    pub fn leave(&mut self, from: Kept) {
        self.places.truncate(self.at);
        self.places.retain(|kept| kept.place != from.place);
        self.places.push(from);
        if self.places.len() > KEPT {
            self.places.remove(0);
        }
        self.at = self.places.len();
    }

    /// The place before; `here` is remembered so that one can come forward again.
    pub fn back(&mut self, here: Kept) -> Option<Place> {
        let from = here.place;
        if self.at == self.places.len() {
            self.leave(here);
            self.at = self.places.len() - 1;
        }
        while self.at > 0 {
            self.at -= 1;
            if self.places[self.at].place != from {
                return Some(self.places[self.at].place);
            }
        }
        None
    }

    pub fn forward(&mut self) -> Option<Place> {
        let next = self.places.get(self.at + 1)?.place;
        self.at += 1;
        Some(next)
    }

    /// Where the last jump began, of those that are `wanted`.
    pub fn last(&self, wanted: impl Fn(&Place) -> bool) -> Option<Place> {
        self.places[..self.at].iter().rev().map(|kept| kept.place).find(wanted)
    }

    pub fn places(&self) -> &[Kept] {
        &self.places
    }

    /// Takes up the places of an earlier session; all of them are behind.
    pub fn restore(&mut self, places: Vec<Kept>) {
        self.at = places.len();
        self.places = places;
    }

    pub fn set_mark(&mut self, letter: char, mark: Kept) {
        self.marks.insert((letter, letter.is_lowercase().then_some(mark.place.doc)), mark);
    }

    pub fn mark(&self, letter: char, doc: Option<DocId>) -> Option<&Kept> {
        self.marks.get(&(letter, doc.filter(|_| letter.is_lowercase())))
    }

    pub fn marks(&self) -> impl Iterator<Item = (char, &Kept)> {
        self.marks.iter().map(|((letter, _), mark)| (*letter, mark))
    }

    /// Holds what is kept of a document against its text. Answers where places have moved, from and to.
    pub fn check(&mut self, doc: DocId, text: &str) -> Vec<(usize, usize)> {
        let all = self.marks.values_mut().chain(&mut self.places).filter(|kept| kept.place.doc == doc);
        let moved = all.map(|kept| {
            let before = kept.place.at;
            kept.check(text);
            (before, kept.place.at)
        });
        moved.filter(|(before, now)| before != now).collect()
    }
}
