//! Where jumps began, to go back and forward; and marks.

use std::collections::HashMap;

use crate::corpus::Place;

/// Places that are remembered.
const KEPT: usize = 200;

#[derive(Clone, Debug, Default)]
pub struct Jumps {
    places: Vec<Place>,
    /// Places before this one are behind; `places.len()` when nothing is ahead.
    at: usize,
    /// Marks by letter; a small letter belongs to its document, a capital to all.
    pub marks: HashMap<(char, Option<crate::corpus::DocId>), Place>,
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

    pub fn set_mark(&mut self, letter: char, place: Place) {
        self.marks.insert((letter, letter.is_lowercase().then_some(place.doc)), place);
    }

    pub fn mark(&self, letter: char, doc: Option<crate::corpus::DocId>) -> Option<Place> {
        self.marks.get(&(letter, doc.filter(|_| letter.is_lowercase()))).copied()
    }
}
