//! Keys typed ahead of a document that is still being read, or of a hit that is still searched.
//!
//! *Invariant.* What is typed behind a key that goes elsewhere is done there, however late it comes: a note, a mark or
//! a copy is never of the paragraph that was left.

use crate::app::Model;
use crate::app::event::Effect;
use crate::app::force::Force;
use crate::corpus::DocId;
use crate::keys::actions::{Action, Scope};
use crate::keys::{Code, Key, Mods};

/// More keys are not kept; nobody types a page ahead.
const MOST: usize = 1_000;

/// What goes on from the place where one is, and means the first hit behind a search.
const FROM_HERE: [Action; 6] =
    [Action::Next, Action::Previous, Action::NextDocument, Action::PreviousDocument, Action::Back, Action::Forward];

/// An action that waits for its place, and what was typed behind it.
#[derive(Clone, Debug)]
pub struct Ahead {
    /// The document it is for; none where the search tells.
    doc: Option<DocId>,
    action: Action,
    count: Option<usize>,
    typed: Vec<Typed>,
}

#[derive(Clone, Debug)]
enum Typed {
    Key(Key),
    Paste(String),
}

impl Model {
    /// Whether another document than the one on the page is on its way.
    fn is_going(&self) -> bool {
        self.awaited.is_some_and(|awaited| awaited.on_trail || self.page.is_trail() || self.doc() != Some(awaited.doc))
    }

    /// Whether the first hit of a search is still to be gone to.
    fn is_seeking(&self) -> bool {
        self.seeks.is_some() && matches!(&self.force, Some(Force::Search(found)) if !found.done)
    }

    /// Takes an action that is about what is read, while that is on its way; answers whether.
    pub(super) fn waits(&mut self, action: Action, count: Option<usize>) -> bool {
        let is_of_text = match action {
            Action::CopyLink | Action::Source | Action::FollowLink | Action::Where | Action::Contents => true,
            Action::CursorTop | Action::CursorMiddle | Action::CursorBottom => true,
            _ => matches!(action.row().scope, Scope::Text | Scope::Select),
        };
        let doc = self.awaited.filter(|_| is_of_text && self.is_going()).map(|awaited| awaited.doc);
        let waits = doc.is_some() || (is_of_text || FROM_HERE.contains(&action)) && self.is_seeking();
        if waits {
            self.ahead = Some(Ahead { doc, action, count, typed: Vec::new() });
        }
        if waits && doc.is_none() {
            self.status.say("searching; Esc stays here");
        }
        waits
    }

    /// Takes a key behind an action that waits; answers whether. Esc gives up both, and the way there.
    pub(super) fn is_typed_ahead(&mut self, key: Key) -> bool {
        let Some(ahead) = &mut self.ahead else { return false };
        if key.code == Code::Esc || key.code == Code::Char('c') && key.mods == Mods::CTRL {
            self.ahead = None;
            self.awaited = None;
            self.seeks = None;
            self.status.say("stays here; what was typed ahead is dropped");
        } else if ahead.typed.len() < MOST {
            ahead.typed.push(Typed::Key(key));
        }
        true
    }

    /// Takes what is pasted behind an action that waits; answers whether.
    pub(super) fn is_pasted_ahead(&mut self, text: &str) -> bool {
        let Some(ahead) = &mut self.ahead else { return false };
        if ahead.typed.len() < MOST {
            ahead.typed.push(Typed::Paste(text.to_owned()));
        }
        true
    }

    /// Does what was typed ahead, once its place is there.
    pub(super) fn catch_up(&mut self, fx: &mut Vec<Effect>) {
        if self.ahead.is_none() || self.is_going() || self.is_seeking() {
            return;
        }
        let Some(Ahead { doc, action, count, typed }) = self.ahead.take() else { return };
        let here = self.doc().filter(|here| doc.is_none_or(|doc| doc == *here));
        if here.is_none_or(|here| self.shelf.document(here).is_none()) {
            return self.status.refuse("what was typed ahead is dropped: its document is not here");
        }
        self.settle(fx);
        self.act(action, count, fx);
        for typed in typed {
            self.settle(fx);
            match typed {
                Typed::Key(key) => self.key(key, fx),
                Typed::Paste(text) => self.paste(&text, fx),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::event::Event;
    use crate::app::force::Match;
    use crate::app::trial::Trial;
    use crate::corpus::DocId;
    use crate::notes::Subject;

    /// Three documents with the last one read; the first is not open, and is not before the trial catches up.
    fn slow() -> Trial {
        let text = |name: &str| (1..=9).map(|n| format!("Paragraph {n} of the {name} one.\n\n")).collect::<String>();
        let texts = [("a.txt", text("first")), ("b.txt", text("second")), ("c.txt", text("third"))];
        let mut trial = Trial::of(&texts.each_ref().map(|(name, text)| (*name, text.as_str())), 80, 24);
        trial.model.shelf.room = crate::app::shelf::Room(1);
        trial.keys("]d]d");
        trial.hold();
        trial
    }

    fn here(trial: &Trial) -> (Option<DocId>, Option<u32>) {
        (trial.model.doc(), trial.model.page.para())
    }

    #[test]
    fn what_is_typed_behind_a_jump_is_done_where_it_leads() {
        let mut trial = slow();
        trial.keys("2[d5Gmaawords<CR>more");
        assert_eq!(here(&trial), (Some(DocId(2)), Some(0)));
        assert!(trial.model.editor.is_none(), "no note on the paragraph that was left");
        trial.catch_up();
        assert_eq!(here(&trial), (Some(DocId(0)), Some(4)));
        let editor = trial.model.editor.as_ref().unwrap();
        assert_eq!((editor.document.path.as_str(), editor.subject), ("a.txt", Subject::Paragraph));
        assert_eq!(editor.text(), "words\nmore");
        assert_eq!(trial.model.jumps.mark('a', Some(DocId(0))).unwrap().place.doc, DocId(0));
    }

    #[test]
    fn what_is_pasted_behind_a_jump_is_pasted_where_it_leads() {
        let mut trial = slow();
        trial.keys("[da");
        trial.happen(Event::Paste("words\nof another".to_owned()));
        trial.keys("!");
        trial.catch_up();
        let editor = trial.model.editor.as_ref().unwrap();
        assert_eq!((editor.document.path.as_str(), editor.text().as_str()), ("b.txt", "words\nof another!"));
    }

    /// The search in force is answered: hits in paragraphs of the first document, and that is all.
    fn found(trial: &mut Trial, paras: &[u32]) {
        let clean = &trial.model.shelf.document(DocId(0)).unwrap().clean;
        let at = |para: &u32| clean.paragraphs[*para as usize].start;
        let hits = paras.iter().map(|para| Match { para: *para, range: at(para)..at(para) + 9 }).collect();
        trial.find(vec![(DocId(0), hits)], Some("near"));
    }

    fn searching(behind: &str) -> Trial {
        let text = (1..=9).map(|n| format!("Paragraph {n}.\n\n")).collect::<String>();
        let mut trial = Trial::of(&[("a.txt", &text), ("b.txt", "Another.\n")], 80, 24);
        trial.keys("/paragraph<CR>").keys(behind);
        trial
    }

    #[test]
    fn what_is_typed_behind_a_search_is_done_at_the_first_hit() {
        let mut trial = searching("nawords");
        assert_eq!((here(&trial), trial.model.editor.is_some()), ((Some(DocId(0)), Some(0)), false));
        assert_eq!(trial.said(), "searching; Esc stays here");
        found(&mut trial, &[3, 6]);
        assert_eq!(here(&trial), (Some(DocId(0)), Some(6)));
        assert_eq!(trial.model.editor.as_ref().unwrap().text(), "words");
    }

    #[test]
    fn behind_a_search_that_finds_nothing_or_is_given_up_nothing_is_done() {
        let mut trial = searching("2jawords");
        found(&mut trial, &[]);
        assert_eq!((here(&trial), trial.model.editor.is_some()), ((Some(DocId(0)), Some(0)), false));
        let said = "nothing found in 2 documents, what was typed ahead is dropped; did you mean near?";
        assert_eq!(trial.said(), said);
        trial.keys("j");
        assert_eq!(here(&trial), (Some(DocId(0)), Some(1)));

        let mut trial = searching("a<Esc>j");
        assert_eq!((here(&trial), trial.model.editor.is_some()), ((Some(DocId(0)), Some(1)), false));
        found(&mut trial, &[3]);
        assert_eq!(here(&trial), (Some(DocId(0)), Some(1)), "and the search leads nowhere by itself any more");
    }

    #[test]
    fn jumps_go_on_from_each_other_and_esc_stays() {
        let mut trial = slow();
        trial.keys("[d[d3G");
        trial.catch_up();
        assert_eq!(here(&trial), (Some(DocId(0)), Some(2)));
        let mut trial = slow();
        trial.keys("2[d3Gj<Esc>2G");
        assert_eq!(here(&trial), (Some(DocId(2)), Some(1)));
        trial.catch_up();
        assert_eq!(here(&trial), (Some(DocId(2)), Some(1)));
    }
}
