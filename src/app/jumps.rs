//! Where jumps began, to go back and forward; and marks.

use std::collections::HashMap;

use crate::corpus::{DocId, Place};

use super::places::Passage;

/// Places that are remembered.
const KEPT: usize = 200;

#[derive(Clone, Debug, Default)]
pub struct Jumps {
    places: Vec<Place>,
    /// Places before this one are behind; `places.len()` when nothing is ahead.
    at: usize,
    /// By letter; a small letter belongs to its document, a capital to all.
    marks: HashMap<(char, Option<DocId>), Mark>,
}

/// A place the reader gave a letter to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub place: Place,
    /// What stands there.
    pub words: String,
    /// Whether it was held against the text as it is now.
    pub is_checked: bool,
}

impl Jumps {
    /// Remembers where a jump begins; what was ahead is forgotten.
    pub fn leave(&mut self, from: Place) {
        self.places.truncate(self.at);
        self.places.retain(|place| *place != from);
        self.places.push(from);
        if self.places.len() > KEPT {
            self.places.remove(0);
        }
        self.at = self.places.len();
    }

    /// The place before; `here` is remembered so that one can come forward again.
    pub fn back(&mut self, here: Place) -> Option<Place> {
        if self.at == self.places.len() {
            self.leave(here);
            self.at = self.places.len() - 1;
        }
        while self.at > 0 {
            self.at -= 1;
            if self.places[self.at] != here {
                return Some(self.places[self.at]);
            }
        }
        None
    }

    pub fn forward(&mut self) -> Option<Place> {
        let next = self.places.get(self.at + 1).copied()?;
        self.at += 1;
        Some(next)
    }

    /// Where the last jump began, of those that are `wanted`.
    pub fn last(&self, wanted: impl Fn(&Place) -> bool) -> Option<Place> {
        self.places[..self.at].iter().rev().copied().find(wanted)
    }

    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// Takes up the places of an earlier session; all of them are behind.
    pub fn restore(&mut self, places: Vec<Place>) {
        self.at = places.len();
        self.places = places;
    }

    pub fn set_mark(&mut self, letter: char, mark: Mark) {
        self.marks.insert((letter, letter.is_lowercase().then_some(mark.place.doc)), mark);
    }

    pub fn mark(&self, letter: char, doc: Option<DocId>) -> Option<&Mark> {
        self.marks.get(&(letter, doc.filter(|_| letter.is_lowercase())))
    }

    pub fn marks(&self) -> impl Iterator<Item = (char, &Mark)> {
        self.marks.iter().map(|((letter, _), mark)| (*letter, mark))
    }

    /// Holds the marks on a document against its text.
    pub fn check(&mut self, doc: DocId, text: &str) {
        for mark in self.marks.values_mut().filter(|mark| mark.place.doc == doc && !mark.is_checked) {
            let passage = Passage { at: mark.place.at, words: std::mem::take(&mut mark.words) };
            let found = Passage::of(text, passage.find(text, text.len()));
            (mark.place.at, mark.words, mark.is_checked) = (found.at, found.words, true);
        }
    }
}
