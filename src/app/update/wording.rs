//! Words of the text given to a topic of the dictionary: asked, looked at, saved.

use crate::app::Model;
use crate::app::event::{Effect, Job, Previewed, TopicName, Wording};
use crate::app::prompt::Asks;
use crate::app::sheets;
use crate::diag::Diagnostic;

/// A term is not made of more characters.
const LONGEST: usize = 80;

impl Model {
    /// Asks which topic the selected words are given to.
    pub(super) fn term_from_selection(&mut self) {
        let words = self.selected().and_then(|range| {
            let document = self.shelf.document(self.selection?.doc)?;
            Some(document.clean.text.get(range)?.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        let trimmed = |c: char| !c.is_alphanumeric() && !matches!(c, '$' | '%' | '€' | '£' | '¥');
        let Some(term) = words.map(|words| words.trim_matches(trimmed).to_owned()).filter(|term| !term.is_empty())
        else {
            return self.status.refuse("no words are selected");
        };
        if term.chars().count() > LONGEST {
            return self.status.refuse("a term is a word or a phrase: select less");
        }
        self.selection = None;
        self.ask(Asks::Term);
        if let Some(prompt) = &mut self.prompt {
            prompt.note = format!("“{term}”");
        }
        self.term = Some(term);
    }

    /// Asks what the term would change.
    pub(super) fn preview_term(&mut self, topic: TopicName, fx: &mut Vec<Effect>) {
        if let Some(term) = self.term.take() {
            self.status.say("looking what it would change");
            let open = self.shelf.open_documents();
            fx.push(Effect::Job(Job::Preview { wording: Wording { term, topic }, open }));
        }
    }

    pub(super) fn previewed(&mut self, wording: &Wording, result: Result<Previewed, Diagnostic>) {
        match result {
            Ok(previewed) => {
                self.status.said = None;
                self.show_sheet(sheets::wording::of(wording, &previewed));
                self.saving = Some(previewed.saving);
            }
            Err(fault) => self.status.refuse(fault.to_string()),
        }
    }

    /// Writes the dictionary as it was looked at.
    pub(super) fn save_topics(&mut self, fx: &mut Vec<Effect>) {
        if let Some(saving) = self.saving.take() {
            self.status.say("saving the topics");
            fx.push(Effect::Job(Job::SaveTopics(saving)));
        }
    }
}
