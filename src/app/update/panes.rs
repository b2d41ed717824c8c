//! Keys of the list of documents and of the topic sidebar.

use crate::app::event::Effect;
use crate::app::force::Force;
use crate::app::{Model, Pane, Target};
use crate::keys::actions::Action;
use crate::topics::TopicId;

impl Model {
    pub(super) fn documents_action(&mut self, action: Action, count: Option<usize>, fx: &mut Vec<Effect>) {
        let n = count.unwrap_or(1) as isize;
        let len = self.shelf.order.len();
        let layout = self.layout();
        let page = self.list_height(&layout).max(2) as isize - 1;
        match action {
            Action::DocumentsDown => self.list.step(n, len),
            Action::DocumentsUp => self.list.step(-n, len),
            Action::DocumentsStart => self.list.choose(count.unwrap_or(1).saturating_sub(1), len),
            Action::DocumentsEnd => self.list.choose(count.map_or(len, |n| n.saturating_sub(1)), len),
            Action::DocumentsPageDown => self.list.step(n * page, len),
            Action::DocumentsPageUp => self.list.step(-n * page, len),
            Action::DocumentsOpen => {
                if let Some(doc) = self.shelf.order.get(self.list.chosen).copied() {
                    self.focus = Pane::Text;
                    if self.doc() != Some(doc) || self.page.is_trail() {
                        self.leave();
                        self.open(doc, Target::Kept, fx);
                    }
                }
            }
            Action::DocumentsSort => {
                self.shelf.sort = self.shelf.sort.next();
                self.resort();
                self.status.say(format!("sorted by {}", self.shelf.sort.name()));
            }
            Action::DocumentsOnTopic if self.force.is_none() => {
                self.status.refuse("nothing is in force: choose a topic or search first");
            }
            Action::DocumentsOnTopic => {
                self.shelf.on_force_only = !self.shelf.on_force_only;
                self.resort();
                let only = format!("only documents on {}", self.force_name());
                self.status.say(if self.shelf.on_force_only { only } else { "all documents".into() });
            }
            _ => self.not_here(action),
        }
    }

    pub(super) fn topics_action(&mut self, action: Action, count: Option<usize>, fx: &mut Vec<Effect>) {
        let n = count.unwrap_or(1) as isize;
        let len = self.sidebar.rows.len();
        match action {
            Action::TopicsDown => self.sidebar.list.step(n, len),
            Action::TopicsUp => self.sidebar.list.step(-n, len),
            Action::TopicsStart => self.sidebar.list.choose(count.unwrap_or(1).saturating_sub(1), len),
            Action::TopicsEnd => self.sidebar.list.choose(count.map_or(len, |n| n.saturating_sub(1)), len),
            Action::TopicsFold => {
                if let Some(topic) = self.sidebar.chosen() {
                    self.sidebar.fold(topic, &self.topics.dictionary);
                }
            }
            Action::TopicsEnforce => {
                if let Some(topic) = self.sidebar.chosen() {
                    self.focus = Pane::Text;
                    self.enforce_topic(topic, fx);
                }
            }
            Action::TopicsRates => self.sidebar.rates = !self.sidebar.rates,
            _ => self.not_here(action),
        }
    }

    /// Puts a topic in force; goes to its first paragraph unless the cursor stands on one.
    pub(super) fn enforce_topic(&mut self, topic: TopicId, fx: &mut Vec<Effect>) {
        self.sidebar.choose(topic, &self.topics.dictionary);
        self.enforce(Some(Force::Topic(topic)));
        let here = self.doc().zip(self.page.para());
        let on = here.is_some_and(|(doc, para)| self.topics.index.paragraphs(doc, topic).binary_search(&para).is_ok());
        if !on && self.topics.index.total(topic) > 0 {
            self.step_stops(true, 1, fx);
        }
    }
}
