//! What a search has found so far, and the hit that is gone to as soon as it is known to be the one.

use crate::app::Model;
use crate::app::event::Effect;
use crate::app::force::{Force, Seek};
use crate::app::prompt::Asks;
use crate::text::width::group_thousands;

impl Model {
    /// New hits arrived, or the last of them: tells whoever still types, and goes to the one that is sought.
    pub(super) fn search_moved_on(&mut self, fx: &mut Vec<Effect>) {
        match &self.prompt {
            Some(prompt) if prompt.asks == Asks::Search => self.tell_found(),
            Some(_) => {}
            None => self.seek(fx),
        }
    }

    fn tell_found(&mut self) {
        let (Some(Force::Search(found)), Some(prompt)) = (&self.force, &mut self.prompt) else { return };
        let total: usize = found.hits.values().map(|hits| hits.len()).sum();
        prompt.note = match (total, found.done) {
            (0, true) => "nothing found".to_owned(),
            (_, done) => {
                let so_far = if done { "" } else { " so far" };
                format!("{} in {}{so_far}", group_thousands(total as u64), documents(found.hits.len()))
            }
        };
    }

    /// Goes to the hit that is sought, once no other one can come before it; says so where there is none.
    fn seek(&mut self, fx: &mut Vec<Effect>) {
        let (Some(seek), Some(Force::Search(found))) = (self.seeks, &self.force) else { return };
        let (is_done, is_any) = (found.done, !found.hits.is_empty());
        let near = found.near.as_ref().map_or_else(String::new, |word| format!("; did you mean {word}?"));
        if !is_done && !self.is_found(seek) {
            return;
        }
        self.seeks = None;
        if is_any {
            return self.step_stops(seek.forward, seek.count, fx);
        }
        let dropped = self.ahead.take().map_or("", |_| ", what was typed ahead is dropped");
        self.status.refuse(format!("nothing found in {}{dropped}{near}", documents(self.shelf.len())));
    }

    /// Whether the hit that is sought is known while documents are still searched: one in the document that is
    /// read, or in another, since these are searched in the order in which they are gone to. A trail has an order
    /// of its own.
    fn is_found(&mut self, seek: Seek) -> bool {
        self.tally.count(self.force.as_ref(), &self.shelf, &self.topics.index);
        let (Some(doc), inside) = self.stop_here(seek.forward) else { return false };
        let here = self.shelf.position(doc);
        let is_elsewhere = || self.tally.next(here, seek.forward).is_some_and(|at| at != here);
        seek.count == 1 && !self.page.is_trail() && (inside.is_some() || is_elsewhere())
    }
}

/// `3 documents`.
fn documents(count: usize) -> String {
    match count {
        1 => "1 document".to_owned(),
        count => format!("{} documents", group_thousands(count as u64)),
    }
}

#[cfg(test)]
mod tests {
    use crate::app::event::{Answer, Effect, Event, Job};
    use crate::app::force::Match;
    use crate::app::trial::Trial;
    use crate::corpus::DocId;

    /// Three documents, the second one open at its third paragraph; the word stands in paragraphs 2 and 4 of each.
    fn trial(keys: &str) -> Trial {
        let text = "None here.\n\nTrade here.\n\nTrade is the word.\n\nTrade there.\n\nNone there.\n";
        let mut trial = Trial::of(&["a.txt", "b.txt", "c.txt"].map(|name| (name, text)), 80, 24);
        trial.keys("]d3G").keys(keys);
        trial
    }

    /// The words are found in these paragraphs of a document; the search goes on.
    fn find(trial: &mut Trial, doc: u32, paras: &[u32]) {
        let clean = &trial.model.shelf.document(DocId(1)).unwrap().clean;
        let at = |para: u32| clean.paragraphs[para as usize].start;
        let hits = paras.iter().map(|para| Match { para: *para, range: at(*para)..at(*para) + 5 }).collect();
        let search = trial.model.searches;
        trial.happen(Event::Done(Box::new(Answer::Found { search, hits: vec![(DocId(doc), hits)] })));
    }

    fn here(trial: &Trial) -> (Option<u32>, Option<u32>) {
        (trial.model.doc().map(|doc| doc.0), trial.model.page.para())
    }

    #[test]
    fn a_word_is_searched_back_as_well_as_on() {
        for (keys, there, next) in [("*", 3, 1), ("#", 1, 2), ("viw*", 3, 1), ("viw#", 1, 2)] {
            let mut trial = trial(keys);
            find(&mut trial, 1, &[1, 2, 3]);
            assert_eq!(here(&trial), (Some(1), Some(there)), "{keys}");
            trial.find(Vec::new(), None);
            assert_eq!(here(trial.keys("n")), (Some(1), Some(next)), "{keys}: n goes on in any case");
        }
    }

    #[test]
    fn the_hit_before_all_of_a_document_is_the_last_of_the_document_before() {
        let mut trial = trial("#");
        let order = trial.effects.iter().rev().find_map(|effect| match effect {
            Effect::Job(Job::Search { order, .. }) => Some(order.clone()),
            _ => None,
        });
        assert_eq!(order.unwrap(), [1, 0, 2].map(DocId), "documents are searched in the order they are gone to");
        find(&mut trial, 1, &[2, 3]);
        assert_eq!(here(&trial), (Some(1), Some(2)), "it waits for what is before");
        find(&mut trial, 0, &[1, 3]);
        assert_eq!(here(&trial), (Some(0), Some(3)));
    }

    #[test]
    fn no_hit_is_gone_to_around_the_end_while_one_may_come_before_it() {
        for keys in ["*", "/trade<CR>"] {
            let mut trial = trial(keys);
            find(&mut trial, 1, &[1, 2]);
            assert_eq!((here(&trial), trial.said()), ((Some(1), Some(2)), ""), "{keys}");
            find(&mut trial, 2, &[1]);
            assert_eq!(here(&trial), (Some(2), Some(1)), "{keys}");
        }
    }

    #[test]
    fn a_count_goes_to_that_hit() {
        for (keys, there) in [("2*", (Some(2), Some(1))), ("2#", (Some(0), Some(3)))] {
            let mut trial = trial(keys);
            for doc in [1, 2, 0] {
                find(&mut trial, doc, &[1, 2, 3]);
            }
            assert_eq!(here(&trial), (Some(1), Some(2)), "{keys}: not all is searched");
            trial.find(Vec::new(), None);
            assert_eq!(here(&trial), there, "{keys}");
        }
    }
}
