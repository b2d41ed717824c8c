//! Files that come, go and are renamed while the library is read.
//!
//! A document keeps its number whatever its file is called, and with it its place, marks and notes. One
//! whose file is gone leaves the list, but not before its reader leaves it.

use std::collections::HashSet;

use crate::app::event::{Effect, Job};
use crate::app::flow::Source;
use crate::app::force::{Force, Stale};
use crate::app::list::List;
use crate::app::margins::Moved;
use crate::app::shelf::Progress;
use crate::app::{Model, Target};
use crate::corpus::DocId;
use crate::corpus::turnover::Turnover;
use crate::diag::Diagnostic;
use crate::search::Query;

/// Names that are said of each kind.
const NAMED: usize = 2;

impl Model {
    pub(super) fn turned_over(
        &mut self,
        turnover: Turnover,
        mut faults: Vec<Diagnostic>,
        asked: bool,
        fx: &mut Vec<Effect>,
    ) {
        faults.retain(|fault| !self.messages.contains(fault));
        self.report(faults);
        if turnover.is_nothing() {
            if asked {
                self.status.say("no file came or went; all are read again");
                self.read_all_again(fx);
            }
            return;
        }
        let said = self.news(&turnover);
        let first_new = self.shelf.library.entries.len() as u32;
        let came: Vec<DocId> = (first_new..).map(DocId).take(turnover.came.len()).collect();
        let path = |doc: &DocId| self.shelf.entry(*doc).path.clone();
        let renamed: Vec<(DocId, String)> = turnover.moved.iter().map(|(doc, _)| (*doc, path(doc))).collect();
        let back = turnover.back.clone();
        let lost_page = self.doc().filter(|doc| turnover.gone.contains(doc));
        let keeps = self.readers();
        let left = self.shelf.turn_over(turnover, |doc| keeps.contains(&doc));
        left.iter().for_each(|doc| self.forget(*doc));
        self.follow_names(&renamed, &came, &back, fx);
        self.put_in_order();
        self.stale = Stale::All;
        self.margins.unsearched.extend(renamed.iter().map(|(doc, _)| *doc).chain(came.clone()).chain(back.clone()));
        let unread = renamed.iter().map(|(doc, _)| *doc).filter(|doc| self.shelf.summary(*doc).is_none());
        self.due.extend(unread.chain(came).collect::<Vec<_>>());
        for doc in back {
            match self.is_on_page(doc) {
                // Who is asked to open it looks after it from then on.
                true => self.open_again(doc, fx),
                false => _ = self.due.insert(doc),
            }
        }
        self.refresh_notes_sheet();
        self.status.say(match lost_page {
            Some(doc) => {
                let path = &self.shelf.entry(doc).path;
                format!("the file is gone: {path}; its text stays until you leave it, its notes are kept")
            }
            None => said,
        });
        if self.doc().is_none()
            && self.awaited.is_none()
            && let Some(first) = self.shelf.order.first().copied()
        {
            self.open(first, Target::Kept, fx);
        }
        if asked {
            self.read_all_again(fx);
        } else if self.shelf.progress == Progress::Done {
            self.take_due(fx);
        }
    }

    /// What came and went, in a line.
    fn news(&self, turnover: &Turnover) -> String {
        let path = |doc: &DocId| self.shelf.entry(*doc).path.clone();
        let names = |names: &[String]| match names.len() {
            many if many > NAMED => format!("{} and {} more", names[..NAMED].join(", "), many - NAMED),
            _ => names.join(", "),
        };
        let mut said = Vec::new();
        let came: Vec<String> = turnover.came.iter().map(|entry| entry.path.clone()).collect();
        match came.len() {
            0 => {}
            1 => said.push(format!("a new document: {}", names(&came))),
            many => said.push(format!("{many} new documents: {}", names(&came))),
        }
        let back: Vec<String> = turnover.back.iter().map(path).collect();
        if !back.is_empty() {
            said.push(format!("back again: {}", names(&back)));
        }
        let moved: Vec<String> =
            turnover.moved.iter().map(|(doc, entry)| format!("{} is {} now", path(doc), entry.path)).collect();
        if !moved.is_empty() {
            said.push(format!("renamed: {}", names(&moved)));
        }
        let gone: Vec<String> = turnover.gone.iter().map(path).collect();
        match gone.len() {
            0 => {}
            1 => said.push(format!("gone: {}", names(&gone))),
            many => said.push(format!("{many} documents are gone: {}", names(&gone))),
        }
        said.join("; ")
    }

    /// Notes, topics given by hand, drafts and the session go with a document to its new name; what is at
    /// a path again has the notes of that path.
    fn follow_names(&mut self, renamed: &[(DocId, String)], came: &[DocId], back: &[DocId], fx: &mut Vec<Effect>) {
        for (doc, before) in renamed {
            // Where another one had the name too, the notes of that name may be its own: their words tell.
            if !self.shelf.was_at_path(before, *doc) {
                self.margins.moved.insert(before.clone(), Moved { doc: *doc, is_certain: true });
            }
            self.places.touch(*doc);
            // It may have been gone for a while.
            self.looked_after = self.looked_after.filter(|looked_after| looked_after != doc);
            self.unkept = Some(0);
            let path = self.shelf.entry(*doc).path.clone();
            if let Some(editor) = self.editor.as_mut().filter(|editor| editor.document.path == *before) {
                editor.document.path = path;
            }
        }
        let there = renamed.iter().map(|(doc, _)| doc).chain(came).chain(back);
        let there: HashSet<&str> = there.map(|doc| self.shelf.entry(*doc).path.as_str()).collect();
        let mut changed: Vec<DocId> = renamed.iter().map(|(doc, _)| *doc).collect();
        self.margins.moved.retain(|path, moved| {
            let stays = !there.contains(path.as_str());
            changed.extend((!stays).then_some(moved.doc));
            stays
        });
        changed.iter().for_each(|doc| self.place_notes(*doc, fx));
    }

    /// Puts the list in order; what is seen of it stays where it is.
    fn put_in_order(&mut self) {
        let (list, chosen) = (self.list, self.shelf.order.get(self.list.chosen).copied());
        self.resort();
        self.list = match chosen.and_then(|doc| self.shelf.listed_at(doc)) {
            Some(at) => List { chosen: at, top: (list.top + at).saturating_sub(list.chosen) },
            None => list,
        };
    }

    /// Reads all documents again behind the screen.
    fn read_all_again(&mut self, fx: &mut Vec<Effect>) {
        let shelf = &self.shelf;
        let there = shelf.docs().filter(|doc| !shelf.is_gone(*doc) && !shelf.entry(*doc).is_stdin());
        self.due.extend(there);
        self.margins.sought.clear();
        if self.shelf.progress == Progress::Done {
            if !self.due.is_empty() {
                self.shelf.progress = Progress::Reading(0);
            }
            self.take_due(fx);
        }
    }

    /// Has documents read that are due, else looks for those whose notes are nowhere.
    pub(super) fn take_due(&mut self, fx: &mut Vec<Effect>) {
        if self.due.is_empty() {
            return self.find_moved(fx);
        }
        let docs = self.due.iter().copied().collect();
        fx.push(Effect::Job(Job::Take { docs, matcher: self.topics.matcher.clone(), search: self.searching() }));
    }

    /// Reads a document now that was read as another.
    pub(super) fn open_again(&self, doc: DocId, fx: &mut Vec<Effect>) {
        self.have_opened(doc, self.searching(), fx);
    }

    /// The search in force and its number.
    fn searching(&self) -> Option<(u64, Query)> {
        match &self.force {
            Some(Force::Search(found)) => Some((found.id, found.query.clone())),
            _ => None,
        }
    }

    /// Documents that are gone leave the list once nobody reads them.
    pub(super) fn let_go(&mut self, fx: &mut Vec<Effect>) {
        if !self.shelf.has_lingering() {
            return;
        }
        let keeps = self.readers();
        let left = self.shelf.let_go(|doc| keeps.contains(&doc));
        if left.is_empty() {
            return;
        }
        left.iter().for_each(|doc| self.forget(*doc));
        self.put_in_order();
        if self.shelf.progress == Progress::Done {
            self.find_moved(fx);
        }
    }

    /// Documents that somebody is reading, or comes back to on Esc.
    fn readers(&self) -> HashSet<DocId> {
        let mut docs: HashSet<DocId> = match &self.page.flow.source {
            Source::Document(doc) => HashSet::from([*doc]),
            Source::Trail(trail) => trail.docs().iter().copied().collect(),
        };
        docs.extend(self.awaited.map(|awaited| awaited.doc));
        docs.extend(self.editor.as_ref().map(|editor| editor.place.doc));
        docs.extend(self.sheet.as_ref().and_then(|sheet| sheet.from).map(|from| from.doc));
        docs.extend(self.prompt.as_ref().and_then(|prompt| prompt.from).map(|from| from.doc));
        docs
    }

    pub(super) fn is_on_page(&self, doc: DocId) -> bool {
        match &self.page.flow.source {
            Source::Document(shown) => *shown == doc,
            Source::Trail(trail) => trail.has(doc),
        }
    }

    /// Nothing of a document that left the list is counted or shown any more; its notes stay in the book.
    fn forget(&mut self, doc: DocId) {
        self.shelf.forget(doc);
        self.topics.index.forget(doc);
        self.margins.place(doc, Vec::new());
        self.margins.moved.retain(|_, moved| moved.doc != doc);
        self.due.remove(&doc);
        if let Some(Force::Search(found)) = &mut self.force {
            found.take([(doc, Vec::new())]);
        }
        self.stale.add([doc]);
    }
}
