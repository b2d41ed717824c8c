//! Going to places: documents, stops of what is in force, back and forward.

use crate::app::event::{Effect, Job};
use crate::app::flow::{Flow, Source, Unit};
use crate::app::force::{Force, Known, Stale, Stop, Wanted};
use crate::app::jumps::Kept;
use crate::app::page::Reveal;
use crate::app::places::Passage;
use crate::app::{Awaited, Model, Target};
use crate::corpus::{DocId, Place};
use crate::keys::actions::Action;
use crate::search::Query;
use crate::topics::expression::Expression;

impl Model {
    /// Shows a document at a target, at once where it is open, else when it has been read.
    pub(super) fn open(&mut self, doc: DocId, target: Target, fx: &mut Vec<Effect>) {
        if !self.shelf.holds(doc) {
            return self.status.refuse(format!("its file is gone: {}", self.shelf.entry(doc).path));
        }
        self.awaited = Some(Awaited { doc, target, on_trail: false });
        self.list.chosen = self.shelf.position(doc);
        if self.shelf.document(doc).is_some() || self.shelf.fault(doc).is_some() {
            self.arrive(fx);
        } else {
            self.have_opened(doc, None, fx);
        }
    }

    /// Has a document read, and looked through for a search where there is one.
    pub(super) fn have_opened(&self, doc: DocId, search: Option<(u64, Query)>, fx: &mut Vec<Effect>) {
        fx.push(Effect::Job(Job::Open { doc, matcher: self.topics.matcher.clone(), search }));
    }

    /// The awaited document is there: shows it.
    pub(super) fn arrive(&mut self, fx: &mut Vec<Effect>) {
        let Some(Awaited { doc, target, on_trail }) = self.awaited.take() else { return };
        if on_trail {
            if self.page.is_trail() {
                self.reach(doc, target, fx);
                self.page.settle(&self.shelf);
            }
            return;
        }
        if self.page.flow.source != Source::Document(doc) {
            let flow = match self.shelf.document(doc) {
                Some(document) => Flow::of_document(doc, document, self.folded_too),
                None => Flow { source: Source::Document(doc), units: Vec::new() },
            };
            self.page.show(flow);
            let layout = self.layout();
            let typeset = self.typeset(&layout);
            self.page.fit(usize::from(layout.page.height), typeset, &self.shelf);
        }
        self.reach(doc, target, fx);
        self.page.settle(&self.shelf);
        self.say_where_all_is_folded();
    }

    /// A page with nothing but folded lines says how they are seen.
    fn say_where_all_is_folded(&mut self) {
        let units = &self.page.flow.units;
        if !units.iter().any(|unit| matches!(unit, Unit::Text { .. })) && !units.is_empty() {
            let key = self.key_of(Action::ShowFolded);
            self.status.say(format!("all of it is folded away; {key} shows it"));
        }
    }

    /// Goes to a target of a document that is on the page.
    pub(super) fn reach(&mut self, doc: DocId, target: Target, fx: &mut Vec<Effect>) {
        match target {
            Target::Start => self.page.go_to_end(false, &self.shelf),
            Target::Kept => self.go_to_kept(doc),
            Target::Mark(letter) => {
                if let Some(place) = self.jumps.mark(letter, Some(doc)).map(|mark| mark.place) {
                    self.page.go(place, &self.shelf, Reveal::Jump);
                }
            }
            Target::Byte(at) => self.page.go(Place { doc, at }, &self.shelf, Reveal::Jump),
            Target::Paragraph(para) => self.go_to_paragraph(doc, para),
            Target::Numbered(number) => {
                if let Some(para) = self.shelf.numbering(doc).and_then(|numbering| numbering.paragraph(number)) {
                    self.go_to_paragraph(doc, para);
                }
            }
            Target::Stop { last } => self.go_to_end_stop(doc, last, fx),
            Target::Percent(percent) => self.go_to_percent(doc, percent),
            Target::End => self.page.go_to_end(true, &self.shelf),
        }
    }

    /// Goes to a target of the document being read, once it is there where only a start of it is.
    pub(super) fn go_ahead(&mut self, target: Target, fx: &mut Vec<Effect>) {
        let Some(doc) = self.doc() else { return };
        self.leave();
        if self.page.is_trail() && target == Target::End {
            self.go_to_end_of_trail(true, fx);
        } else if self.shelf.partial == Some(doc) && !self.page.is_trail() {
            self.awaited = Some(Awaited { doc, target, on_trail: false });
            self.status.say("the rest is being read; you are there as soon as it is");
        } else {
            self.reach(doc, target, fx);
        }
    }

    /// Who goes on reading a start no longer waits for what is behind it.
    pub(super) fn wait_no_longer(&mut self) {
        self.awaited = self.awaited.filter(|awaited| self.shelf.partial != Some(awaited.doc));
    }

    fn go_to_percent(&mut self, doc: DocId, percent: usize) {
        let Some(document) = self.shelf.document(doc) else { return };
        let text = &document.clean.text;
        let at = text.floor_char_boundary((text.len() as u128 * percent.min(100) as u128 / 100) as usize);
        self.page.go(Place { doc, at }, &self.shelf, Reveal::Jump);
    }

    pub(super) fn go_to_paragraph(&mut self, doc: DocId, para: u32) {
        if let Some(paragraph) = self.shelf.document(doc).and_then(|d| d.clean.paragraphs.get(para as usize)) {
            let at = paragraph.start as usize;
            self.page.go(Place { doc, at }, &self.shelf, Reveal::Jump);
        }
    }

    fn go_to_end_stop(&mut self, doc: DocId, last: bool, _fx: &mut Vec<Effect>) {
        let Some(force) = &self.force else { return };
        let count = force.count(doc, &self.topics.index);
        let at = if last { count.saturating_sub(1) } else { 0 };
        match force.stop(doc, at, &self.topics.index) {
            Some(stop) => self.go_to_stop(doc, stop),
            None => self.page.go_to_end(false, &self.shelf),
        }
    }

    fn go_to_stop(&mut self, doc: DocId, stop: Stop) {
        match stop {
            Stop::Paragraph(para) => {
                self.go_to_paragraph(doc, para);
                self.show_first_hit(doc, para);
            }
            Stop::Byte { at, .. } => self.page.go(Place { doc, at: at as usize }, &self.shelf, Reveal::Jump),
        }
    }

    /// Of a paragraph longer than the page shows the part where what is in force stands first.
    fn show_first_hit(&mut self, doc: DocId, para: u32) {
        let topics = self.force.as_ref().map(Force::topics).unwrap_or_default();
        let dictionary = &self.topics.dictionary;
        let wanted = |topic| topics.iter().any(|above| dictionary.is_within(topic, *above));
        let hits = self.topics.index.hits(doc).iter().filter(|hit| hit.para == para);
        let Some(at) = hits.filter(|hit| wanted(hit.topic)).map(|hit| hit.start as usize).min() else { return };
        self.page.settle(&self.shelf);
        if !self.page.shows(doc, at) {
            self.page.go(Place { doc, at }, &self.shelf, Reveal::Jump);
        }
    }

    /// Goes to a place anywhere; where the reader was is remembered when `jump`.
    pub(super) fn go(&mut self, place: Place, jump: bool, fx: &mut Vec<Effect>) {
        if jump {
            self.leave();
        }
        if self.doc() == Some(place.doc) && !self.page.is_trail() {
            self.page.go(place, &self.shelf, Reveal::Jump);
        } else {
            self.open(place.doc, Target::Byte(place.at), fx);
        }
    }

    /// Remembers this place for going back.
    pub(super) fn leave(&mut self) {
        if let Some(place) = self.page.place() {
            self.leave_from(place);
        }
    }

    /// Remembers a place for going back to.
    pub(super) fn leave_from(&mut self, place: Place) {
        self.jumps.leave(self.kept(place));
    }

    /// A place with its words.
    pub(super) fn kept(&self, place: Place) -> Kept {
        let text = self.shelf.document(place.doc).map(|document| document.clean.text.as_str());
        let words = text.map(|text| Passage::of(text, place.at).words).unwrap_or_default();
        Kept { place, words, is_checked: true }
    }

    /// To the next or the last stop of what is in force, through all documents and around.
    pub(super) fn step_stops(&mut self, forward: bool, count: usize, fx: &mut Vec<Effect>) {
        if self.force.is_none() {
            let key = |action| self.key_of(action);
            let (topic, search) = (key(crate::keys::actions::Action::Topic), key(crate::keys::actions::Action::Search));
            return self.status.refuse(format!("nothing is in force: {topic} chooses a topic, {search} searches"));
        }
        self.leave();
        for _ in 0..count.min(10_000) {
            let went = if self.page.is_trail() { self.step_along(forward, fx) } else { self.step_stop(forward, fx) };
            if !went {
                break;
            }
        }
    }

    /// Where a step goes on from, and the stop in that document, where there is one further on.
    pub(super) fn stop_here(&self, forward: bool) -> (Option<DocId>, Option<Stop>) {
        // A jump that still waits for its document goes on from there.
        if let Some(awaited) = self.awaited {
            return (Some(awaited.doc), None);
        }
        let (Some(force), Some(place)) = (&self.force, self.page.place()) else { return (None, None) };
        let (index, para) = (&self.topics.index, self.page.para().unwrap_or(0));
        let (before, on) = force.before(place.doc, para, place.at, index);
        let next = if forward { Some(before + usize::from(on)) } else { before.checked_sub(1) };
        (Some(place.doc), next.and_then(|at| force.stop(place.doc, at, index)))
    }

    /// One step; whether there is a stop anywhere.
    fn step_stop(&mut self, forward: bool, fx: &mut Vec<Effect>) -> bool {
        self.tally.count(self.force.as_ref(), &self.shelf, &self.topics.index);
        let (Some(doc), inside) = self.stop_here(forward) else { return false };
        if let Some(stop) = inside {
            self.go_to_stop(doc, stop);
            return true;
        }
        let here = self.shelf.position(doc);
        let Some(at) = self.tally.next(here, forward) else {
            self.status.refuse("no paragraph on it in any document");
            return false;
        };
        let doc = self.shelf.order[at];
        if at == here && self.tally.total() == 1 {
            self.status.say("the only one in all documents");
        } else if forward && at <= here {
            self.status.say("past the end: on from the first document");
        } else if !forward && at >= here {
            self.status.say("past the start: on from the last document");
        }
        self.open(doc, Target::Stop { last: !forward }, fx);
        true
    }

    /// Back to where the last jump began, or forward again; over so many jumps, or as many as there are.
    pub(super) fn travel(&mut self, back: bool, count: usize, fx: &mut Vec<Effect>) {
        // A document without text has one place.
        let Some(here) = self.page.place().or(self.doc().map(|doc| Place { doc, at: 0 })) else { return };
        let (mut there, mut left) = (None, count);
        while left > 0 {
            match if back { self.jumps.back(self.kept(here)) } else { self.jumps.forward() } {
                None => break,
                // Over documents that are gone.
                Some(place) if !self.shelf.holds(place.doc) => {}
                Some(place) => (there, left) = (Some(place), left - 1),
            }
        }
        match there {
            Some(place) => self.go(place, false, fx),
            None if back => self.status.refuse("no jump to go back from"),
            None => self.status.refuse("nothing to go forward to"),
        }
    }

    /// To the next document of the list, or the one before.
    pub(super) fn step_documents(&mut self, by: isize, fx: &mut Vec<Effect>) {
        let Some(doc) = self.awaited.map(|awaited| awaited.doc).or_else(|| self.doc()) else { return };
        // The list may be shorter than the library, and the document not in it.
        let order = &self.shelf.order;
        let last = order.len().saturating_sub(1);
        let there = match order.iter().position(|other| *other == doc) {
            Some(here) => here.saturating_add_signed(by).min(last),
            None if by > 0 => 0,
            None => last,
        };
        let Some(next) = order.get(there).copied().filter(|next| *next != doc) else {
            return self.status.refuse(if by > 0 { "this is the last document" } else { "this is the first document" });
        };
        self.leave();
        self.open(next, Target::Kept, fx);
    }

    /// Puts something in force, or nothing.
    pub(super) fn enforce(&mut self, force: Option<Force>) {
        self.force = force;
        if self.force.is_none() {
            self.shelf.on_force_only = false;
        }
        if self.shelf.sort == crate::app::shelf::Sort::Force || self.shelf.order.len() < self.shelf.len() {
            self.resort();
        }
    }

    /// Puts an expression in force; goes to its first paragraph unless the cursor stands on one.
    pub(super) fn enforce_expression(&mut self, written: &str, fx: &mut Vec<Effect>) {
        let expression = match Expression::parse(written, &self.topics.dictionary) {
            Ok(expression) => expression,
            Err(fault) => return self.status.refuse(fault.to_string()),
        };
        let wanted = Wanted::of(expression, &self.topics.index, &self.known());
        let none = wanted.stops.is_empty();
        self.enforce(Some(Force::Expression(wanted)));
        let here = self.page.place().zip(self.page.para());
        let holds = |(place, para): (Place, u32)| {
            self.force.as_ref().is_some_and(|force| force.holds(place.doc, para, &self.topics.index))
        };
        if none {
            self.status.refuse(format!("no paragraph is {written}"));
        } else if !here.is_some_and(holds) {
            self.step_stops(true, 1, fx);
        }
    }

    /// What the screen knows of documents.
    fn known(&self) -> Known<'_> {
        Known { shelf: &self.shelf, margins: &self.margins, places: &self.places }
    }

    /// Asks an expression in force again where its answer may be another.
    pub(super) fn ask_again(&mut self) {
        let stale = std::mem::take(&mut self.stale);
        let Some(Force::Expression(wanted)) = &self.force else { return };
        let mut wanted = wanted.clone();
        match stale {
            Stale::No => return,
            Stale::These(docs) => wanted.ask(docs.into_iter(), &self.topics.index, &self.known()),
            Stale::All => wanted.ask(self.shelf.docs(), &self.topics.index, &self.known()),
        }
        self.force = Some(Force::Expression(wanted));
    }

    pub(super) fn resort(&mut self) {
        let chosen = self.shelf.order.get(self.list.chosen).copied();
        let (force, index) = (&self.force, &self.topics.index);
        self.shelf.resort(|doc| force.as_ref().map_or(0, |force| force.count(doc, index)));
        if let Some(doc) = chosen {
            self.list.chosen = self.shelf.position(doc);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;
    use crate::corpus::DocId;

    #[test]
    fn jumps_are_gone_back_and_forward_by_counts_and_from_a_document_without_text() {
        let text = (1..=30).map(|n| format!("Paragraph {n} of it.\n\n")).collect::<String>();
        let mut trial = Trial::of(&[("a.txt", &text), ("b.txt", ""), ("c.txt", &text)], 80, 24);
        trial.keys("5G9G]d]d");
        let here = |trial: &Trial| (trial.model.doc(), trial.model.page.para());
        assert_eq!(here(&trial), (Some(DocId(2)), Some(0)));
        assert_eq!(here(trial.keys("<C-o>")), (Some(DocId(0)), Some(8)), "a document without text is no place");
        assert_eq!(here(trial.keys("2<C-o>")), (Some(DocId(0)), Some(0)));
        assert_eq!(here(trial.keys("9]j")), (Some(DocId(2)), Some(0)));
        trial.keys("[d");
        assert_eq!(here(&trial), (Some(DocId(1)), None));
        assert_eq!(here(trial.keys("<C-o>")), (Some(DocId(2)), Some(0)));
        assert_eq!(trial.keys("[d''").model.doc(), Some(DocId(2)));
    }

    #[test]
    fn jumps_and_marks_of_an_edited_document_stand_on_their_words() {
        let text = (1..=30).map(|n| format!("Paragraph {n} of it stands here.\n\n")).collect::<String>();
        let edited =
            format!("憲法の前文。\n\n{}", text.replace("Paragraph 3 of it", "Paragraph 3, which is longer now,"));
        let mut trial = Trial::of(&[("a.txt", &text), ("b.txt", "Another text.")], 80, 24);
        trial.keys("9Gmm20GmM30G]d");
        trial.rewrite(DocId(0), &edited);
        for (keys, words) in [("'M", 20), ("'m", 9), ("<C-o>", 20), ("2<C-o>", 30), ("<C-o>", 1)] {
            trial.keys(keys);
            let paragraph = format!("Paragraph {words} ");
            let here = trial.text()[trial.model.page.cursor.at..].starts_with(&paragraph);
            assert!(here, "{keys}: {}", &trial.text()[trial.model.page.cursor.at..][..30]);
        }
        // Nothing of it is left.
        trial.rewrite(
            DocId(0),
            "日本国民は、正当に選挙された国会における代表者を通じて行動し。\n\n日本国民は、恒久の平和を念願する。",
        );
        for keys in ["'m", "'M", "<C-o>", "3<C-o>", "9]j", "''"] {
            trial.keys(keys);
        }
    }

    #[test]
    fn a_page_of_folded_lines_says_how_they_are_seen() {
        let contents: String = (1..=14).map(|n| format!("{n}. Chapter on the sea {}\n", n * 7)).collect();
        let mut trial = Trial::of(&[("a.txt", &contents), ("b.txt", "Some text.")], 80, 24);
        assert_eq!(trial.said(), "all of it is folded away; zf shows it");
        assert_eq!(trial.keys("]d").said(), "");
        assert_eq!(trial.keys("zf[d").said(), "");
    }
}
