//! Keys typed ahead of a document that is still being read.
//!
//! *Invariant.* What is typed behind a key that goes to another document is done in that document, however late it
//! comes: a note, a mark or a copy is never of the paragraph that was left.

use crate::app::Model;
use crate::app::event::Effect;
use crate::corpus::DocId;
use crate::keys::actions::{Action, Scope};
use crate::keys::{Code, Key, Mods};

/// More keys are not kept; nobody types a page ahead.
const MOST: usize = 1_000;

/// An action that waits for its document, and the keys behind it.
#[derive(Clone, Debug)]
pub struct Ahead {
    doc: DocId,
    action: Action,
    count: Option<usize>,
    keys: Vec<Key>,
}

impl Model {
    /// Whether another document than the one on the page is on its way.
    fn is_going(&self) -> bool {
        self.awaited.is_some_and(|awaited| awaited.on_trail || self.page.is_trail() || self.doc() != Some(awaited.doc))
    }

    /// Takes an action that is about what is read, while that is on its way; answers whether.
    pub(super) fn waits(&mut self, action: Action, count: Option<usize>) -> bool {
        let is_of_text = match action {
            Action::CopyLink | Action::Source | Action::FollowLink | Action::Where | Action::Contents => true,
            _ => matches!(action.row().scope, Scope::Text | Scope::Select),
        };
        let awaited = self.awaited.filter(|_| is_of_text && self.is_going());
        if let Some(awaited) = awaited {
            self.ahead = Some(Ahead { doc: awaited.doc, action, count, keys: Vec::new() });
        }
        awaited.is_some()
    }

    /// Takes a key behind an action that waits; answers whether. Esc gives up both, and the way there.
    pub(super) fn is_typed_ahead(&mut self, key: Key) -> bool {
        let Some(ahead) = &mut self.ahead else { return false };
        if key.code == Code::Esc || key.code == Code::Char('c') && key.mods == Mods::CTRL {
            self.ahead = None;
            self.awaited = None;
            self.status.say("stays here; what was typed ahead is dropped");
        } else if ahead.keys.len() < MOST {
            ahead.keys.push(key);
        }
        true
    }

    /// Does what was typed ahead, once its document is there.
    pub(super) fn catch_up(&mut self, fx: &mut Vec<Effect>) {
        if self.ahead.is_none() || self.is_going() {
            return;
        }
        let Some(Ahead { doc, action, count, keys }) = self.ahead.take() else { return };
        if self.doc() != Some(doc) || self.shelf.document(doc).is_none() {
            return self.status.refuse("what was typed ahead is dropped: its document is not here");
        }
        self.settle(fx);
        self.act(action, count, fx);
        for key in keys {
            self.settle(fx);
            self.key(key, fx);
        }
    }
}

#[cfg(test)]
mod tests {
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
