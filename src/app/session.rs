//! What a session leaves to the next one: places, marks, jumps, lines typed, sizes of the panes.
//!
//! Documents are named by their paths, since numbers hold for a session only.

use std::collections::{HashMap, HashSet};

use crate::corpus::{DocId, Place};

use super::Model;
use super::jumps::Kept;
use super::layout::{Sizes, View};
use super::places::{Passage, Reading};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The document that was being read.
    pub last: Option<String>,
    /// Readings by path.
    pub readings: Vec<(String, Reading)>,
    pub marks: Vec<(char, String, Passage)>,
    /// The oldest first.
    pub jumps: Vec<(String, Passage)>,
    pub searches: Vec<String>,
    pub commands: Vec<String>,
    pub sizes: Sizes,
    pub view: View,
}

impl Session {
    /// This session laid over an earlier one, or over what another reader of the library kept
    /// meanwhile: what both know of a document is told by this one.
    #[must_use]
    pub fn over(mut self, before: Session) -> Session {
        let known: HashSet<&str> = self.readings.iter().map(|(path, _)| path.as_str()).collect();
        let others: Vec<_> =
            before.readings.iter().filter(|(path, _)| !known.contains(path.as_str())).cloned().collect();
        self.readings.extend(others);
        let is_set = |letter: char, path: &str| {
            self.marks.iter().any(|(l, p, _)| *l == letter && (letter.is_uppercase() || p == path))
        };
        let others: Vec<_> = before.marks.into_iter().filter(|(letter, path, _)| !is_set(*letter, path)).collect();
        self.marks.extend(others);
        self.last = self.last.or(before.last);
        self
    }
}

impl Model {
    /// What this session leaves so far.
    pub fn session(&self) -> Session {
        // A document that is gone is named too: it may come back, unless another one has taken its name.
        let path = |doc: DocId| {
            let path = &self.shelf.library.entries.get(doc.index())?.path;
            (!self.shelf.is_gone(doc) || self.shelf.at_path(path).is_none_or(|at| at == doc)).then(|| path.clone())
        };
        let readings = self.places.touched().filter_map(|(doc, reading)| Some((path(doc)?, reading.clone())));
        let passage = |kept: &Kept| Passage { at: kept.place.at, words: kept.words.clone() };
        let marks =
            self.jumps.marks().filter_map(|(letter, mark)| Some((letter, path(mark.place.doc)?, passage(mark))));
        let jumps = self.jumps.places().iter().filter_map(|kept| Some((path(kept.place.doc)?, passage(kept))));
        let mut session = Session {
            last: self.doc().and_then(path),
            readings: readings.collect(),
            marks: marks.collect(),
            jumps: jumps.collect(),
            searches: self.history.searches.clone(),
            commands: self.history.commands.clone(),
            sizes: self.sizes,
            view: self.view,
        };
        session.readings.sort_by(|a, b| a.0.cmp(&b.0));
        session.marks.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        session
    }

    /// Takes up what an earlier session left; the library is listed. Answers the document that was
    /// being read.
    pub(super) fn resume(&mut self, session: Session) -> Option<DocId> {
        let readings = session.readings.iter().map(|(path, _)| path);
        let marks = session.marks.iter().map(|(_, path, _)| path);
        let jumps = session.jumps.iter().map(|(path, _)| path);
        // A library may have many documents; those a session names are few.
        let named: HashSet<String> = readings.chain(marks).chain(jumps).chain(&session.last).cloned().collect();
        let entries = self.shelf.library.entries.iter().zip(0..);
        let known = entries.filter(|(entry, _)| named.contains(&entry.path));
        let docs: HashMap<String, DocId> = known.map(|(entry, id)| (entry.path.clone(), DocId(id))).collect();
        for (path, reading) in session.readings {
            if let Some(doc) = docs.get(&path) {
                self.places.restore(*doc, reading);
            }
        }
        let kept = |path: &str, Passage { at, words }: Passage| {
            Some(Kept { place: Place { doc: *docs.get(path)?, at }, words, is_checked: false })
        };
        for (letter, path, passage) in session.marks {
            if let Some(mark) = kept(&path, passage) {
                self.jumps.set_mark(letter, mark);
            }
        }
        let jumps = session.jumps.into_iter().filter_map(|(path, passage)| kept(&path, passage));
        self.jumps.restore(jumps.collect());
        self.history.searches = session.searches;
        self.history.commands = session.commands;
        self.sizes = session.sizes;
        self.view = session.view;
        docs.get(&session.last?).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;
    use crate::app::{Answer, Event};
    use crate::diag::Loaded;

    const TEXT: &str = "The first paragraph says little.\n\nThe second one says more of it, and goes on.\n\n\
                        The third one ends what was begun.";

    #[test]
    fn the_next_session_begins_where_this_one_ended_though_the_file_changed() {
        let mut before = Trial::of(&[("a.txt", TEXT), ("b.txt", TEXT)], 120, 30);
        before.keys("]d}wmx}/says<CR><Esc>").keys("'x");
        let session = before.model.session();
        assert_eq!(session.last.as_deref(), Some("b.txt"));

        let changed = format!("A preface came to stand here.\n\n{TEXT}");
        let mut after = Trial::of(&[("a.txt", TEXT), ("b.txt", &changed)], 120, 30);
        // The library is listed anew, as it is at the start.
        after.model.page = crate::app::page::Page::default();
        let mut library = after.model.shelf.library.clone();
        library.entries.iter_mut().for_each(|entry| entry.state = crate::corpus::State::Listed);
        after.happen(Event::Done(Box::new(Answer::Restored(Box::new(session)))));
        after.happen(Event::Done(Box::new(Answer::Listed(Loaded::clean(library)))));
        assert_eq!(after.model.doc().unwrap().index(), 1);
        assert!(after.at_cursor().starts_with("second"), "{}", after.at_cursor());
        after.keys("gg'x");
        assert!(after.at_cursor().starts_with("second"), "{}", after.at_cursor());
        after.keys("/<Up>");
        assert_eq!(after.model.prompt.as_ref().unwrap().line.text, "says");
    }

    #[test]
    fn what_is_read_counts_and_what_is_jumped_to_does_not() {
        let text = "A paragraph of some words stands here.\n\n".repeat(60);
        let mut trial = Trial::of(&[("a.txt", &text)], 120, 20);
        let doc = trial.model.doc().unwrap();
        trial.keys("G");
        assert!(trial.model.places.is_unread(doc));
        trial.keys("gg<Space>");
        assert!((1..8).contains(&trial.model.places.eighths(doc)));
        trial.keys("200j");
        assert_eq!(trial.model.places.eighths(doc), 8);
    }
}
