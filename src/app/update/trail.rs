//! The trail of what is in force: shown, gone along, and its documents opened as the page comes near them.

use std::ops::Range;

use crate::app::event::Effect;
use crate::app::flow::{Flow, Trail};
use crate::app::force::Stop;
use crate::app::shelf::Progress;
use crate::app::{Awaited, Model, Target};
use crate::corpus::DocId;
use crate::keys::actions::Action;

impl Model {
    /// Only the paragraphs on what is in force, from all documents, the oldest first, as one text.
    pub(super) fn show_trail(&mut self, fx: &mut Vec<Effect>) {
        if self.page.is_trail() {
            return self.travel(true, 1, fx);
        }
        let Some(force) = &self.force else {
            return self.status.refuse("nothing is in force: choose a topic or search first");
        };
        let mut docs = self.shelf.order.clone();
        docs.sort_by_cached_key(|doc| {
            let date = self.shelf.summary(*doc).and_then(|summary| summary.date.clone());
            (date.is_none(), date)
        });
        let index = &self.topics.index;
        let paras = |doc: DocId| {
            let stops = (0..force.count(doc, index)).filter_map(|at| force.stop(doc, at, index));
            let mut paras: Vec<u32> = stops.map(Stop::para).collect();
            paras.dedup();
            (doc, paras)
        };
        let trail = Trail::new(self.force_name(), docs.into_iter().map(paras));
        if trail.is_empty() {
            return self.status.refuse("no paragraph on it in any document");
        }
        self.leave();
        self.page.show(Flow::of_trail(trail, &self.shelf));
        let key = self.key_of(Action::Back);
        let so_far = if self.shelf.progress == Progress::Done { "" } else { " so far" };
        self.status.say(format!("the trail of {}{so_far}; {key} goes back", self.force_name()));
    }

    /// To the next stop of what is in force in the paragraphs of the trail, or the one before, and around.
    pub(super) fn step_along(&mut self, forward: bool, fx: &mut Vec<Effect>) -> bool {
        let Some((doc, stop, is_around)) = self.next_along(forward) else {
            self.status.refuse("no paragraph on it in this trail");
            return false;
        };
        let target = match stop {
            Stop::Paragraph(para) => Target::Paragraph(para),
            Stop::Byte { at, .. } => Target::Byte(at as usize),
        };
        match (is_around, forward) {
            (false, _) => {}
            (true, true) => self.status.say("past the end: on from the start of the trail"),
            (true, false) => self.status.say("past the start: on from the end of the trail"),
        }
        self.go_along(doc, target, fx);
        true
    }

    /// The stop, and whether it was found around the end.
    fn next_along(&self, forward: bool) -> Option<(DocId, Stop, bool)> {
        let (trail, force, index) = (self.page.flow.trail()?, self.force.as_ref()?, &self.topics.index);
        let stops_in = |doc: DocId, from: Range<usize>| {
            let is_along = |stop: &Stop| trail.position(doc, stop.para()).is_some();
            let mut there = from.filter_map(|at| force.stop(doc, at, index)).filter(is_along);
            if forward { there.next() } else { there.next_back() }
        };
        // A step that still waits for its document goes on from there.
        let (here, inside) = match (self.awaited, self.page.place()) {
            (Some(awaited), _) => (awaited.doc, None),
            (None, Some(place)) => {
                let (before, on) = force.before(place.doc, self.page.para().unwrap_or(0), place.at, index);
                let from = if forward { before + usize::from(on)..force.count(place.doc, index) } else { 0..before };
                (place.doc, stops_in(place.doc, from))
            }
            (None, None) => return None,
        };
        if let Some(stop) = inside {
            return Some((here, stop, false));
        }
        let docs = trail.docs();
        let at = docs.iter().position(|doc| *doc == here)?;
        let first = |doc: DocId, is_around| Some((doc, stops_in(doc, 0..force.count(doc, index))?, is_around));
        let (before, after) = (&docs[..at], &docs[at + 1..]);
        let on = |docs: &[DocId], is_around| docs.iter().find_map(|doc| first(*doc, is_around));
        let back = |docs: &[DocId], is_around| docs.iter().rev().find_map(|doc| first(*doc, is_around));
        match forward {
            true => on(after, false).or_else(|| on(before, true)).or_else(|| first(here, true)),
            false => back(before, false).or_else(|| back(after, true)).or_else(|| first(here, true)),
        }
    }

    /// To the paragraph of the trail behind those that are open around the cursor, or before them; answers
    /// whether there is one.
    pub(super) fn step_over(&mut self, forward: bool, fx: &mut Vec<Effect>) -> bool {
        let Some((trail, here)) = self.page.flow.trail().zip(self.doc()) else { return false };
        let at = trail.docs().iter().position(|doc| *doc == here);
        let next = at.and_then(|at| trail.docs().get(at.checked_add_signed(if forward { 1 } else { -1 })?)).copied();
        let Some(doc) = next.filter(|doc| self.shelf.document(*doc).is_none()) else { return false };
        let paras = trail.paras(doc);
        let para = if forward { paras.first() } else { paras.last() }.copied();
        self.go_along(doc, para.map_or(Target::Start, Target::Paragraph), fx);
        true
    }

    /// To the start or the end of the trail.
    pub(super) fn go_to_end_of_trail(&mut self, end: bool, fx: &mut Vec<Effect>) {
        let docs = self.page.flow.trail().map_or(&[][..], Trail::docs);
        if let Some(doc) = if end { docs.last() } else { docs.first() }.copied() {
            self.go_along(doc, if end { Target::End } else { Target::Start }, fx);
        }
    }

    /// To the paragraph of the trail with so many before it, or to its last one.
    pub(super) fn go_to_position(&mut self, position: usize, fx: &mut Vec<Effect>) {
        let Some(trail) = self.page.flow.trail() else { return };
        if let Some((doc, para)) = trail.at(position.min(trail.len().saturating_sub(1))) {
            self.leave();
            self.go_along(doc, Target::Paragraph(para), fx);
        }
    }

    /// Goes to a target on the trail, once its document is open.
    fn go_along(&mut self, doc: DocId, target: Target, fx: &mut Vec<Effect>) {
        self.awaited = Some(Awaited { doc, target, on_trail: true });
        if self.shelf.document(doc).is_some() || self.shelf.fault(doc).is_some() {
            self.arrive(fx);
        } else {
            self.fetch(doc, fx);
        }
    }

    /// Opens the documents of a trail that are on the screen or next to it, one after the other.
    pub(super) fn open_within_reach(&mut self, fx: &mut Vec<Effect>) {
        if self.fetched.is_some() {
            return;
        }
        let shelf = &self.shelf;
        let is_missing =
            |doc: &DocId| shelf.document(*doc).is_none() && shelf.fault(*doc).is_none() && shelf.holds(*doc);
        if let Some(doc) = self.page.within_reach().into_iter().find(is_missing) {
            self.fetch(doc, fx);
        }
    }

    fn fetch(&mut self, doc: DocId, fx: &mut Vec<Effect>) {
        if self.fetched.replace(doc) != Some(doc) {
            self.have_opened(doc, None, fx);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::flow::{Line, Unit};
    use crate::app::force::Match;
    use crate::app::page::Row;
    use crate::app::shelf::Room;
    use crate::app::trial::Trial;
    use crate::app::{Event, Size};
    use crate::corpus::DocId;
    use crate::diag::Diagnostic;

    /// Paragraphs on it in each of the documents.
    const ON_IT: usize = 4;

    const KEYS: [&str; 26] = [
        "j",
        "k",
        " ",
        "b",
        "<C-d>",
        "<C-u>",
        "n",
        "N",
        "5n",
        "20N",
        "}",
        "{",
        "9}",
        "9{",
        "gg",
        "G",
        "40j",
        "40k",
        "w",
        "gt",
        "70G",
        "30%",
        "slow",
        "caught up",
        "small",
        "large",
    ];

    /// The trail of a search in so many documents, of which a few stay open.
    fn trail(documents: usize) -> Trial {
        let text = |doc| {
            let on_it = (0..ON_IT).map(|at| format!("Here {doc} names port {at}.\n\n")).collect::<String>();
            on_it + &"Nothing of what is looked for stands in this one.\n\n".repeat(8)
        };
        let texts: Vec<(String, String)> = (0..documents).map(|doc| (format!("{doc:05}.txt"), text(doc))).collect();
        let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
        let mut trial = Trial::of(&texts, 100, 30);
        trial.model.shelf.room = Room(12 * texts[0].1.len());
        trial.keys("/port<CR>");
        let hits = texts.iter().zip(0..).map(|((_, text), doc)| {
            let hits = text.match_indices("port").zip(0..);
            (DocId(doc), hits.map(|((at, _), para)| Match { range: at as u32..at as u32 + 4, para }).collect())
        });
        trial.find(hits.collect(), None);
        trial.keys("gt");
        trial
    }

    #[test]
    fn a_document_that_cannot_be_read_is_told_and_gone_past() {
        let mut trial = trail(3);
        trial.keys("<C-o>");
        trial.model.shelf.fail(DocId(1), Diagnostic::error("permission denied"));
        trial.keys("gtgg}}}");
        let told = |row: &Row| matches!(&row.line, Line::Away(text) if text.starts_with("4 paragraphs that cannot"));
        assert!(trial.model.page.rows.iter().any(told), "{:#?}", trial.model.page.rows);
        assert_eq!(passage(trial.keys("}")), "Here 2 names port 0.");
    }

    #[test]
    fn numbers_and_percents_are_of_the_trail() {
        let mut trial = trail(30);
        for (keys, words) in [
            ("6G", "Here 1 names port 1."),
            ("50%", "Here 15 names port 0."),
            ("3gg", "Here 0 names port 2."),
            ("999G", "Here 29 names port 3."),
            ("1%", "Here 0 names port 1."),
            ("100%", "Here 29 names port 3."),
            (":5<CR>", "Here 1 names port 0."),
        ] {
            assert_eq!(passage(trial.keys(keys)), words, "{keys}");
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

        /// Whatever is pressed: what is on the screen is read, and the cursor stands in it.
        #[test]
        fn what_is_on_the_screen_of_a_trail_is_open(
            room in 2_usize..8,
            keys in proptest::collection::vec(proptest::sample::select(&KEYS[..]), 1..40),
        ) {
            let mut trial = trail(30);
            let one = trial.model.shelf.room.0 / 12;
            trial.model.shelf.room = Room(room * one);
            for (at, key) in keys.iter().enumerate() {
                match *key {
                    "small" => trial.happen(Event::Resize(Size { columns: 60, rows: 12 })),
                    "slow" => trial.hold(),
                    "caught up" => trial.catch_up(),
                    "large" => trial.happen(Event::Resize(Size { columns: 120, rows: 60 })),
                    key => _ = trial.keys(key),
                }
                if at + 1 == keys.len() {
                    trial.catch_up();
                }
                if !trial.model.page.is_trail() || trial.is_behind() {
                    continue;
                }
                let page = &trial.model.page;
                let is_away = |row: &Row| matches!(row.line, Line::Away(_));
                proptest::prop_assert!(!page.rows.iter().any(is_away), "{:?}: {:#?}", &keys[..=at], page.rows);
                let cursor = page.flow.units.get(page.cursor.unit);
                let is_seen = page.rows.iter().any(|row| row.spot.unit == page.cursor.unit);
                let is_text = matches!(cursor, Some(Unit::Text { .. }));
                proptest::prop_assert!(is_seen && is_text, "{:?}: {cursor:?} of {:#?}", &keys[..=at], page.rows);
            }
        }
    }

    fn passage(trial: &Trial) -> String {
        let para = trial.model.page.para().map(|para| para as usize);
        let doc = trial.model.doc().and_then(|doc| trial.model.shelf.document(doc));
        doc.zip(para).map(|(doc, para)| doc.clean.paragraph(para).to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_trail_stays_on_its_paragraphs_where_a_document_is_edited() {
        let on_it = |number: u32| format!("Here 1 names port {number}.");
        for (edit, here, paras) in [
            ((on_it(0), format!("Put before all.\n\n{}", on_it(0))), on_it(1), [1, 2, 3, 4].as_slice()),
            ((on_it(1), "Here no harbour is named.".into()), "Here no harbour is named.".into(), &[0, 1, 2, 3]),
            ((format!("{}\n\n", on_it(0)), String::new()), on_it(1), &[0, 1, 2]),
            ((format!("{}\n\n", on_it(3)), String::new()), on_it(1), &[0, 1, 2]),
        ] {
            let mut trial = trail(3);
            trial.keys("gg5}");
            assert_eq!(passage(&trial), on_it(1));
            let text = trial.text().replacen(&edit.0, &edit.1, 1);
            trial.rewrite(DocId(1), &text);
            assert_eq!(passage(&trial), here, "{edit:?}");
            assert_eq!(trial.model.page.flow.trail().unwrap().paras(DocId(1)), paras, "{edit:?}");
            trial.keys("}}}");
            assert!(passage(&trial).starts_with("Here 2 names port"), "{}", passage(&trial));
        }
    }

    #[test]
    fn every_paragraph_is_gone_through_though_not_all_documents_are_open() {
        // The first hit stands behind the start of its paragraph.
        for (start, keys, back) in [("ggn", "n", "N"), ("gg", "}", "{")] {
            let mut trial = trail(60);
            trial.keys(start);
            for step in 1..60 * ON_IT {
                assert_eq!(passage(trial.keys(keys)), format!("Here {} names port {}.", step / ON_IT, step % ON_IT));
                assert!(trial.model.page.is_trail());
            }
            for step in (0..60 * ON_IT - 1).rev() {
                assert_eq!(passage(trial.keys(back)), format!("Here {} names port {}.", step / ON_IT, step % ON_IT));
            }
        }
    }

    #[test]
    fn the_ends_of_a_trail_are_those_of_the_library() {
        let mut trial = trail(60);
        assert_eq!(passage(trial.keys("G")), "Here 59 names port 3.");
        assert!(trial.model.page.is_at_end());
        trial.keys("nn");
        assert_eq!(trial.said(), "past the end: on from the start of the trail");
        assert_eq!(passage(&trial), "Here 0 names port 0.");
        trial.keys("N");
        assert_eq!(passage(&trial), "Here 59 names port 3.");
        trial.keys("gg");
        assert_eq!(passage(&trial), "Here 0 names port 0.");
        assert_eq!(trial.model.page.top, Default::default());
    }

    #[test]
    fn pages_of_a_trail_show_every_paragraph_in_its_order() {
        let mut trial = trail(60);
        trial.keys("gg");
        let mut seen: Vec<(DocId, u32)> = Vec::new();
        for _ in 0..200 {
            let shown = trial.lines().into_iter().map(|line| (line.doc, line.para));
            let new: Vec<_> = shown.filter(|stop| seen.last().is_none_or(|last| stop > last)).collect();
            seen.extend(new);
            trial.keys(" ");
        }
        let all = (0..60).flat_map(|doc| (0..ON_IT as u32).map(move |para| (DocId(doc), para)));
        assert_eq!(seen, all.collect::<Vec<_>>());
    }
}
