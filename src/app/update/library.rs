//! What finished jobs answer: the library listed, documents read, hits found.

use std::sync::Arc;

use crate::app::event::{Answer, Effect, Job, Read, Tagger};
use crate::app::flow::{Flow, Source};
use crate::app::follow::Followed;
use crate::app::force::{Force, Match};
use crate::app::shelf::Progress;
use crate::app::sidebar::Sidebar;
use crate::app::{Awaited, Model, Target, sheets};
use crate::corpus::{DocId, Library, Place};
use crate::diag::{Diagnostic, Loaded, Severity};
use crate::keys::actions::Action;
use crate::text::Clean;
use crate::topics::{Dictionary, Matcher};

impl Model {
    pub(super) fn answer(&mut self, answer: Answer, fx: &mut Vec<Effect>) {
        match answer {
            // A lesson begins at its beginning.
            Answer::Restored(_) if self.lesson.is_some() => {}
            Answer::Restored(session) => self.restored = Some(session),
            Answer::Listed(listed) => self.listed(listed, fx),
            Answer::Opened { doc, partial: true, result } => self.shown(doc, result, fx),
            Answer::Opened { doc, partial: false, result } => self.opened(doc, result, fx),
            Answer::Indexed(batch) => self.indexed(batch, fx),
            Answer::IndexDone => {
                self.shelf.progress = Progress::Done;
                self.take_due(fx);
            }
            Answer::Found { search, hits } => self.found(search, hits, fx),
            Answer::FoundAll { search, near } => self.found_all(search, near, fx),
            Answer::Dictionary(loaded, matcher) => self.take_dictionary(*loaded, matcher, fx),
            Answer::Stirred => fx.push(Effect::Job(Job::ListAgain { asked: false })),
            Answer::TurnedOver { turnover, faults, asked } => self.turned_over(*turnover, faults, asked, fx),
            Answer::Changed(doc) => {
                let title = self.shelf.title(doc).to_owned();
                self.status.say(format!("the file has changed and is read again: {title}"));
                self.open_again(doc, fx);
            }
            Answer::NotesOpened { .. }
            | Answer::NotesChanged(_)
            | Answer::Wrote { .. }
            | Answer::DraftKept { .. }
            | Answer::Moved(_)
            | Answer::Placed { .. }
            | Answer::Passage { .. } => self.notes_answer(answer, fx),
            Answer::Previewed { wording, result } => self.previewed(&wording, result),
            Answer::Gathered { gathering, rows, done } => self.gathered(gathering, rows, done, fx),
            Answer::Source { path, first, lines } => {
                let room = sheets::room_across(&self.layout());
                self.show_sheet(sheets::source::of(&path, first, &lines, room));
            }
            Answer::Told(what) => {
                // It is still to be found when the status line has moved on.
                self.messages.push(Diagnostic::new(Severity::Note, what.clone()));
                self.status.say(what);
            }
            Answer::Said(diagnostic) => self.report(vec![diagnostic]),
        }
    }

    /// Keeps what was reported, and says the worst of it; where there is more, how to see that.
    pub fn report(&mut self, diagnostics: Vec<Diagnostic>) {
        let faults = diagnostics.iter().filter(|diagnostic| diagnostic.severity > Severity::Note);
        let count = faults.clone().count();
        // Of equals the first: the others may follow from it.
        if let Some(worst) = faults.rev().max_by_key(|fault| fault.severity) {
            let key = self.input.keymap.keys(Action::Messages).first().filter(|_| count > 1);
            self.status.refuse(match key {
                Some(key) => format!("{key} lists {count} faults: {worst}"),
                None => worst.to_string(),
            });
        }
        self.messages.extend(diagnostics);
    }

    fn listed(&mut self, listed: Loaded<Library>, fx: &mut Vec<Effect>) {
        let root = listed.value.root.clone();
        self.shelf.list(listed.value);
        fx.push(Effect::Job(Job::OpenNotes { root }));
        self.report(listed.diagnostics);
        let last = self.restored.take().and_then(|session| self.resume(*session));
        if let Some(first) = last.or_else(|| self.shelf.order.first().copied())
            && self.doc().is_none()
        {
            self.open(first, Target::Kept, fx);
        }
        // The library is read once the first text is on the screen.
        self.index_is_due = true;
        if self.awaited.is_none() {
            self.index_if_due(None, fx);
        }
    }

    /// Begins to read the library, where that has waited. `opening` is read and tagged by who opens it.
    fn index_if_due(&mut self, opening: Option<DocId>, fx: &mut Vec<Effect>) {
        if std::mem::take(&mut self.index_is_due) {
            self.index_all(opening, None, fx);
        }
    }

    /// Reads and tags the whole library behind the screen; what is open is tagged first of all. With
    /// the dictionary that was in use before, what it found is the start.
    fn index_all(&mut self, opening: Option<DocId>, before: Option<Arc<Dictionary>>, fx: &mut Vec<Effect>) {
        let mut index = before.as_ref().map(|_| std::mem::take(&mut self.topics.index)).unwrap_or_default();
        // What is known of a part says nothing of the whole.
        let known = self.shelf.docs().filter(|doc| opening != Some(*doc) && self.shelf.partial != Some(*doc));
        let open = known.filter_map(|doc| {
            let document = self.shelf.document(doc)?.clone();
            Some((doc, document, before.is_some().then(|| index.take_tags(doc)).flatten()))
        });
        let open = open.collect();
        let topics = &self.topics;
        let changed = before.map(|before| (before, Arc::clone(&topics.dictionary)));
        let topics = Tagger { matcher: Arc::clone(&topics.matcher), changed };
        fx.push(Effect::Job(Job::Index { topics, open, opening }));
    }

    /// A dictionary that was edited takes the place of the one in use.
    fn take_dictionary(&mut self, loaded: Loaded<Dictionary>, matcher: Arc<Matcher>, fx: &mut Vec<Effect>) {
        let in_force = match &self.force {
            Some(Force::Topic(topic)) => Some(self.topics.dictionary.topic(*topic).id.clone()),
            _ => None,
        };
        let faults = loaded.diagnostics.len();
        self.report(loaded.diagnostics);
        let before = std::mem::replace(&mut self.topics.dictionary, Arc::new(loaded.value));
        self.topics.matcher = matcher;
        self.topics.are_built_in = false;
        self.sidebar = Sidebar::new(&self.topics.dictionary);
        match in_force.map(|id| self.topics.dictionary.find(&id)) {
            Some(Some(topic)) => {
                self.force = Some(Force::Topic(topic));
                self.sidebar.choose(topic, &self.topics.dictionary);
            }
            Some(None) => self.enforce(None),
            None if matches!(self.force, Some(Force::Expression(_))) => self.enforce(None),
            None => {}
        }
        self.shelf.progress = Progress::Reading(0);
        if faults == 0 {
            self.status.say("the topics were changed and are taken up");
        }
        self.index_all(None, Some(before), fx);
    }

    /// Shows a document of which not everything is known, where that is enough to go where one wanted.
    fn shown(&mut self, doc: DocId, result: Result<Read, Diagnostic>, fx: &mut Vec<Effect>) {
        let Ok(read) = result else { return };
        if !self.shelf.holds(doc) {
            return;
        }
        let is_whole = !read.is_start;
        let awaited = self.awaited.filter(|awaited| awaited.doc == doc && !awaited.on_trail);
        if self.shelf.partial == Some(doc) && self.shelf.document(doc).is_some() {
            // More of the document whose start is shown.
            self.take_start(doc, read, is_whole);
            self.refresh_page(doc);
            if is_whole && awaited.is_some() {
                self.arrive(fx);
            }
            return;
        }
        let Some(awaited) = awaited else { return };
        let clean = &read.document.clean;
        let is_there = match awaited.target {
            Target::Start => true,
            Target::Kept => match self.places.of(doc) {
                Some(reading) => is_whole || reading.passage.at < clean.text.len() / 2,
                None => true,
            },
            Target::Mark(_) | Target::Percent(_) | Target::End => is_whole,
            Target::Stop { .. } => false,
            Target::Numbered(number) => is_whole || number < clean.paragraphs.len() / 2,
            Target::Paragraph(para) => is_whole || (para as usize) < clean.paragraphs.len() / 2,
            Target::Byte(at) => is_whole || at < clean.text.len() / 2,
        };
        if is_there && self.shelf.document(doc).is_none() {
            self.take_start(doc, read, is_whole);
            self.check_places(doc);
            self.arrive(fx);
            self.index_if_due(Some(doc), fx);
        }
    }

    fn take_start(&mut self, doc: DocId, read: Read, is_whole: bool) {
        let keep: Vec<DocId> = self.doc().into_iter().chain([doc]).collect();
        self.shelf.put(doc, read.document, read.summary, &keep);
        self.shelf.partial = (!is_whole).then_some(doc);
    }

    /// Finds the places that were kept in the text as it is now, once all of it is there.
    pub(super) fn check_places(&mut self, doc: DocId) {
        if self.shelf.partial != Some(doc)
            && let Some(document) = self.shelf.document(doc)
        {
            self.places.check(doc, &document.clean.text);
            let moved = self.jumps.check(doc, &document.clean.text);
            // Who is on the way to such a place goes where it is now.
            if let Some(Awaited { target: Target::Byte(at), .. }) =
                self.awaited.as_mut().filter(|awaited| awaited.doc == doc)
                && let Some((_, now)) = moved.iter().find(|(before, _)| before == at)
            {
                *at = *now;
            }
        }
    }

    fn opened(&mut self, doc: DocId, result: Result<Read, Diagnostic>, fx: &mut Vec<Effect>) {
        self.fetched = self.fetched.filter(|fetched| *fetched != doc);
        let shown = self.shelf.document(doc).cloned();
        self.take(doc, result, fx);
        // Where the text is the one that is shown, only its topics came.
        if shown.zip(self.shelf.document(doc)).is_none_or(|(shown, now)| !Arc::ptr_eq(&shown, now)) {
            self.refresh_page(doc);
        }
        if self.awaited.is_some_and(|awaited| awaited.doc == doc) {
            self.arrive(fx);
        }
        self.index_if_due(Some(doc), fx);
    }

    fn indexed(&mut self, batch: Vec<(DocId, Result<Read, Diagnostic>)>, fx: &mut Vec<Effect>) {
        if let Progress::Reading(count) = &mut self.shelf.progress {
            *count += batch.len();
        }
        for (doc, result) in batch {
            let before = self.shelf.document(doc).cloned();
            self.take(doc, result, fx);
            let is_same = match (&before, self.shelf.document(doc)) {
                (Some(before), Some(now)) => Arc::ptr_eq(before, now),
                (before, now) => before.is_none() && now.is_none(),
            };
            if !is_same && self.is_on_page(doc) {
                self.refresh_page(doc);
            }
            if self.awaited.is_some_and(|awaited| awaited.doc == doc) {
                self.arrive(fx);
            }
        }
    }

    /// Puts a document on the shelf and its tags in the index.
    fn take(&mut self, doc: DocId, result: Result<Read, Diagnostic>, fx: &mut Vec<Effect>) {
        self.due.remove(&doc);
        if !self.shelf.holds(doc) {
            return;
        }
        match result {
            // The text of a file that is gone stays for as long as it is read.
            Err(_) if self.shelf.is_gone(doc) && self.shelf.document(doc).is_some() => {}
            Ok(read) => {
                let awaited = self.awaited.map(|awaited| awaited.doc);
                let keep: Vec<DocId> = self.doc().into_iter().chain(awaited).chain(self.page.within_reach()).collect();
                let is_read = self.is_on_page(doc) && self.shelf.partial != Some(doc);
                let old = self.shelf.document(doc).filter(|_| is_read).cloned();
                let closed = self.shelf.put(doc, read.document, read.summary, &keep);
                closed.iter().filter(|closed| **closed != doc).for_each(|doc| self.refresh_page(*doc));
                if let Some(old) = old {
                    self.follow_edit(doc, &old.clean);
                }
                self.adopt_by_print(doc);
                self.check_places(doc);
                self.topics.index.set(&self.topics.dictionary, doc, read.tags);
                closed.iter().for_each(|doc| self.topics.index.put_down(*doc));
                self.stale.add(closed.into_iter().chain([doc]));
                self.messages.extend(read.remark);
                self.place_notes(doc, fx);
                self.light_passage(doc, fx);
            }
            Err(fault) => {
                if self.shelf.fault(doc).is_none() {
                    self.messages.push(fault.clone());
                }
                self.shelf.fail(doc, fault);
            }
        }
    }

    /// What is read stays where it was on the screen though its text was edited, and a trail on its paragraphs.
    fn follow_edit(&mut self, doc: DocId, old: &Clean) {
        let Some(document) = self.shelf.document(doc).filter(|document| document.clean.text != old.text).cloned()
        else {
            return;
        };
        let followed = Followed::of(old, &document.clean);
        let at = |at: usize| followed.at(old, &document.clean, at);
        if let Some(selection) = self.selection.as_mut().filter(|selection| selection.doc == doc) {
            selection.anchor = at(selection.anchor);
        }
        let flow = match &self.page.flow.source {
            Source::Document(_) => Flow::of_document(doc, &document, self.folded_too),
            Source::Trail(trail) => {
                let paras = trail.paras(doc).iter().filter_map(|para| followed.para(*para)).collect();
                let trail = trail.renumbered(doc, paras);
                // With nothing left to read the page stays as it is.
                if trail.is_empty() {
                    return;
                }
                Flow::of_trail(trail, &self.shelf)
            }
        };
        if let Some(place) = self.page.place() {
            let place = if place.doc == doc { Place { doc, at: at(place.at) } } else { place };
            self.page.follow(flow, place, &self.shelf);
        }
    }

    /// Lays the page out anew where it shows this document.
    pub(super) fn refresh_page(&mut self, doc: DocId) {
        match self.page.flow.source {
            Source::Document(shown) if shown == doc => {
                if let Some(document) = self.shelf.document(doc).cloned() {
                    self.page.replace(Flow::of_document(doc, &document, self.folded_too), &self.shelf);
                }
            }
            Source::Document(_) => {}
            Source::Trail(_) => self.page.refill(doc, &self.shelf),
        }
    }

    fn found(&mut self, search: u64, hits: Vec<(DocId, Vec<Match>)>, fx: &mut Vec<Effect>) {
        let shelf = &self.shelf;
        let Some(found) = self.force.as_mut().and_then(|force| force.search(search)) else { return };
        found.take(hits.into_iter().filter(|(doc, _)| shelf.holds(*doc)));
        self.search_moved_on(fx);
    }

    fn found_all(&mut self, search: u64, near: Option<String>, fx: &mut Vec<Effect>) {
        let Some(found) = self.force.as_mut().and_then(|force| force.search(search)) else { return };
        (found.done, found.near) = (true, near);
        self.search_moved_on(fx);
    }
}
