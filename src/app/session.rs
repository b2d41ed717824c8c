//! What a session leaves to the next one: places, marks, jumps, lines typed, sizes of the panes.
//!
//! Documents are named by their paths, since numbers hold for a session only.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::corpus::{DocId, Place};

use super::Model;
use super::jumps::Kept;
use super::layout::{Sizes, View};
use super::places::{Passage, Reading};
use super::shelf::Print;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// The document that was being read.
    pub last: Option<String>,
    /// Readings by path.
    pub readings: Vec<(String, Reading)>,
    pub marks: Vec<(char, String, Passage)>,
    /// By which the files of readings and marks are known where they have other names.
    pub prints: Vec<(String, Print)>,
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
        let known: HashSet<&str> = self.prints.iter().map(|(path, _)| path.as_str()).collect();
        let others: Vec<_> = before.prints.into_iter().filter(|(path, _)| !known.contains(path.as_str())).collect();
        self.prints.extend(others);
        self.last = self.last.or(before.last);
        self
    }

    /// The document that was being read, by its file, where it is none of the files that the session knows by name.
    pub fn lost(&self, is_there: impl Fn(&str) -> bool) -> Option<(&str, Print)> {
        let last = self.last.as_deref().filter(|last| !is_there(last))?;
        let (_, print) = self.prints.iter().find(|(path, _)| path == last)?;
        Some((last, *print))
    }

    /// A document has another name now.
    pub fn rename(&mut self, from: &str, to: &str) {
        let readings = self.readings.iter_mut().map(|(path, _)| path);
        let marks = self.marks.iter_mut().map(|(_, path, _)| path);
        let prints = self.prints.iter_mut().map(|(path, _)| path);
        let jumps = self.jumps.iter_mut().map(|(path, _)| path);
        let named = readings.chain(marks).chain(prints).chain(jumps).chain(&mut self.last);
        named.filter(|path| *path == from).for_each(|path| to.clone_into(path));
    }
}

/// What an earlier session knows of a document that is not at its path: it is given to whichever has its bytes.
#[derive(Clone, Debug)]
pub struct Lost {
    path: String,
    reading: Option<Reading>,
    marks: Vec<(char, Passage)>,
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
            prints: Vec::new(),
            searches: self.history.searches.clone(),
            commands: self.history.commands.clone(),
            sizes: self.sizes,
            view: self.view,
        };
        session.readings.sort_by(|a, b| a.0.cmp(&b.0));
        session.marks.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        let marked = self.jumps.marks().map(|(_, mark)| mark.place.doc);
        let known: BTreeSet<DocId> = self.places.touched().map(|(doc, _)| doc).chain(marked).collect();
        session.prints = known.into_iter().filter_map(|doc| Some((path(doc)?, self.print(doc)?))).collect();
        session
    }

    /// The bytes of a document, where all of them were read.
    fn print(&self, doc: DocId) -> Option<Print> {
        Some(self.shelf.summary(doc).filter(|_| self.shelf.partial != Some(doc))?.print)
    }

    /// A document was read: what an earlier session knew of its bytes under another name is known of it.
    pub(super) fn adopt_by_print(&mut self, doc: DocId) {
        let Some(print) = self.shelf.summary(doc).map(|summary| summary.print) else { return };
        // Several names may have had the same bytes.
        self.lost.remove(&print).into_iter().flatten().for_each(|lost| self.adopt(lost, doc));
    }

    /// The document of a path was found to be this one, edited too maybe.
    pub(super) fn adopt_by_path(&mut self, path: &str, doc: DocId) {
        let with_path = |lost: &mut Vec<Lost>| lost.extract_if(.., |lost| lost.path == path).collect::<Vec<_>>();
        let lost: Vec<Lost> = self.lost.values_mut().flat_map(with_path).collect();
        lost.into_iter().for_each(|lost| self.adopt(lost, doc));
    }

    fn adopt(&mut self, lost: Lost, doc: DocId) {
        let Lost { reading, marks, .. } = lost;
        reading.into_iter().for_each(|reading| self.places.adopt(doc, reading));
        for (letter, Passage { at, words }) in marks {
            if self.jumps.mark(letter, Some(doc)).is_none() {
                self.jumps.set_mark(letter, Kept { place: Place { doc, at }, words, is_checked: false });
            }
        }
        self.unkept = Some(0);
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
        self.lost = lost(&session, |path| docs.contains_key(path));
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

/// What a session knows of files that are not there, as far as they would be known under other names.
fn lost(session: &Session, is_there: impl Fn(&str) -> bool) -> HashMap<Print, Vec<Lost>> {
    let readings: HashMap<&str, &Reading> =
        session.readings.iter().map(|(path, reading)| (path.as_str(), reading)).collect();
    let mut lost: HashMap<Print, Vec<Lost>> = HashMap::new();
    for (path, print) in session.prints.iter().filter(|(path, _)| !is_there(path)) {
        let marks = session.marks.iter().filter(|(_, of, _)| of == path);
        lost.entry(*print).or_default().push(Lost {
            path: path.clone(),
            reading: readings.get(path.as_str()).map(|reading| (*reading).clone()),
            marks: marks.map(|(letter, _, passage)| (*letter, passage.clone())).collect(),
        });
    }
    lost
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;
    use crate::app::{Answer, Event};
    use crate::diag::Loaded;

    use super::Session;

    const TEXT: &str = "The first paragraph says little.\n\nThe second one says more of it, and goes on.\n\n\
                        The third one ends what was begun.";

    /// A session behind another one.
    fn next(texts: &[(&str, &str)], session: Session) -> Trial {
        let mut after = Trial::of(texts, 120, 30);
        // The library is listed anew, as it is at the start.
        after.model.page = crate::app::page::Page::default();
        let mut library = after.model.shelf.library.clone();
        library.entries.iter_mut().for_each(|entry| entry.state = crate::corpus::State::Listed);
        after.happen(Event::Done(Box::new(Answer::Restored(Box::new(session)))));
        after.happen(Event::Done(Box::new(Answer::Listed(Loaded::clean(library)))));
        after
    }

    #[test]
    fn places_and_marks_go_with_a_document_that_was_renamed_between_sessions() {
        let other = "Another text stands here.\n\nIt has two paragraphs.";
        let mut before = Trial::of(&[("a.txt", other), ("b.txt", TEXT)], 120, 30);
        before.keys("]d}wmxmM}jjjj[d");
        let session = before.model.session();
        let renamed = [("a.txt", other), ("sub/c.txt", TEXT)];
        let mut after = next(&renamed, session.clone());
        assert_eq!(after.keys("'M").said(), "no mark M", "it was not read yet");
        assert!(after.keys("]d").at_cursor().starts_with("The thir"), "{}", after.at_cursor());
        for keys in ["gg'x", "gg'M", "[d'M"] {
            assert!(after.keys(keys).at_cursor().starts_with("second"), "{keys}: {}", after.at_cursor());
        }
        assert_eq!(after.model.places.eighths(crate::corpus::DocId(1)), 8);
        // What is kept of it has the new name, and what is newer there is not undone by the old one.
        after.keys("ggmxG");
        let kept = after.model.session().over(session);
        let mut later = next(&renamed, kept);
        assert!(later.keys("'M").at_cursor().starts_with("second"), "{}", later.at_cursor());
        assert!(later.keys("'x").at_cursor().starts_with("The firs"), "{}", later.at_cursor());
        // A copy of it beside it has nothing of it.
        let copied = [("a.txt", other), ("b.txt", TEXT), ("c.txt", TEXT)];
        assert_eq!(next(&copied, before.model.session()).keys("]d]d'x").said(), "no mark x");
    }

    #[test]
    fn the_next_session_begins_where_this_one_ended_though_the_file_changed() {
        let mut before = Trial::of(&[("a.txt", TEXT), ("b.txt", TEXT)], 120, 30);
        before.keys("]d}wmx}/says<CR><Esc>").keys("'x");
        let session = before.model.session();
        assert_eq!(session.last.as_deref(), Some("b.txt"));

        let changed = format!("A preface came to stand here.\n\n{TEXT}");
        let mut after = next(&[("a.txt", TEXT), ("b.txt", &changed)], session);
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
