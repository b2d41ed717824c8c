//! What a line may mean while it is typed: topics, documents and actions that have its letters.

use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use crate::app::Model;
use crate::app::prompt::{Asks, Choice, Proposal};
use crate::app::shelf::Summary;
use crate::corpus::DocId;
use crate::keys::actions::{Action, TABLE};
use crate::topics::TopicId;

/// Proposals that are looked at; nobody scrolls further.
const MOST_PROPOSALS: usize = 200;

impl Model {
    /// What the line may mean, the best first.
    pub(super) fn propose(&mut self) {
        let Some(prompt) = &self.prompt else { return };
        let text = &prompt.line.text;
        let proposals = match prompt.asks {
            Asks::Topic | Asks::Give => self.topic_proposals(text, |_| true),
            Asks::Term => {
                let mut proposals = self.topic_proposals(text, |_| true);
                if !text.trim().is_empty() {
                    let label = text.trim().to_owned();
                    let choice = Choice::NewTopic(label.clone());
                    proposals.push(Proposal {
                        label: format!("new topic “{label}”"),
                        short: String::new(),
                        detail: String::new(),
                        choice,
                    });
                }
                proposals
            }
            Asks::Refuse => self.refusable(text),
            Asks::Document => self.document_proposals(text),
            Asks::Command => self.action_proposals(text),
            Asks::Search | Asks::Expression | Asks::Filter => Vec::new(),
        };
        if let Some(prompt) = &mut self.prompt {
            prompt.proposals = proposals;
            prompt.list = Default::default();
        }
    }

    fn topic_proposals(&self, text: &str, wanted: impl Fn(TopicId) -> bool) -> Vec<Proposal> {
        let dictionary = &self.topics.dictionary;
        let all = dictionary.ids().filter(|id| wanted(*id)).map(|id| {
            let topic = dictionary.topic(id);
            let short = self.topics.index.total(id).to_string();
            Proposal { label: topic.label.clone(), short, detail: topic.id.clone(), choice: Choice::Topic(id) }
        });
        best(all, text)
    }

    /// Topics of the paragraph.
    fn refusable(&self, text: &str) -> Vec<Proposal> {
        let here = self.topics_here();
        self.topic_proposals(text, |topic| here.contains(&topic))
    }

    fn document_proposals(&self, text: &str) -> Vec<Proposal> {
        let known = |doc: &DocId| {
            let who = self.shelf.summary(*doc).map(Summary::who).filter(|who| !who.is_empty());
            let path = &self.shelf.entry(*doc).path;
            who.map_or_else(|| path.clone(), |who| format!("{who} · {path}"))
        };
        let all = self.shelf.order.iter().map(|doc| Proposal {
            label: self.shelf.title(*doc).to_owned(),
            short: String::new(),
            detail: known(doc),
            choice: Choice::Document(*doc),
        });
        best(all, text)
    }

    /// Actions by their names. Behind the name of one that asks for a topic or a document these are proposed, the
    /// name before them.
    fn action_proposals(&self, text: &str) -> Vec<Proposal> {
        let selecting = self.selection.is_some();
        if let Some((name, rest)) = text.split_once(' ')
            && let Ok(action) = Action::called(name, selecting)
        {
            let asked = match action {
                Action::Topic | Action::GiveTopic => self.topic_proposals(rest, |_| true),
                Action::RefuseTopic => self.refusable(rest),
                Action::DocumentPicker => self.document_proposals(rest),
                _ => return self.actions_like(action.row().name),
            };
            return asked.into_iter().map(|asked| asked.behind(name)).collect();
        }
        self.actions_like(text)
    }

    fn actions_like(&self, name: &str) -> Vec<Proposal> {
        let named = TABLE.iter().filter(|row| row.can_be_called(self.selection.is_some()));
        let all = named.map(|row| Proposal {
            label: row.name.to_owned(),
            short: self.input.keymap.keys(row.action).first().cloned().unwrap_or_default(),
            detail: row.line.to_owned(),
            choice: Choice::Action(row.action),
        });
        best(all, name)
    }
}

impl Proposal {
    /// The same as what is asked for behind the name of an action.
    fn behind(self, name: &str) -> Self {
        let label = format!("{name} {}", self.label);
        Self { choice: Choice::Line(label.clone()), label, ..self }
    }
}

/// The proposals that have the letters of `text`, the best match first; all where it is empty. Titles are also
/// written in capitals, so that case tells nothing.
fn best(all: impl Iterator<Item = Proposal>, text: &str) -> Vec<Proposal> {
    if text.trim().is_empty() {
        return all.take(MOST_PROPOSALS).collect();
    }
    let mut matcher = Matcher::new(Config::DEFAULT);
    let pattern = Pattern::parse(text, CaseMatching::Ignore, Normalization::Smart);
    let mut buffer = Vec::new();
    let mut scored: Vec<(u32, Proposal)> = all
        .filter_map(|proposal| {
            let both = format!("{} {}", proposal.label, proposal.detail);
            let in_label = pattern.score(Utf32Str::new(&proposal.label, &mut buffer), &mut matcher);
            let score = in_label.map(|score| score + 50).or_else(|| {
                let mut buffer = Vec::new();
                pattern.score(Utf32Str::new(&both, &mut buffer), &mut matcher)
            })?;
            Some((score, proposal))
        })
        .collect();
    scored.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    scored.into_iter().take(MOST_PROPOSALS).map(|(_, proposal)| proposal).collect()
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;

    #[test]
    fn what_an_action_asks_for_is_proposed_behind_its_name() {
        let file = "[topics.trade]\nlabel = \"Trade\"\nterms = [\"trade\"]\n\n[topics.sea]\nlabel = \"The sea\"\nterms = [\"sea\"]\n";
        let mut trial = Trial::on_topics(file, &[("a.txt", "A text of trade."), ("b.txt", "Other words")], 80, 24);
        let line = |trial: &Trial| trial.model.prompt.as_ref().unwrap().line.text.clone();
        assert_eq!(line(trial.keys(":topic tr<Tab>")), "topic Trade");
        trial.keys("<CR>");
        assert_eq!(trial.model.force_name(), "Trade");
        assert_eq!(line(trial.keys(":topic <Tab><Tab>")), "topic The sea");
        assert_eq!(line(trial.keys("<S-Tab><S-Tab>")), "topic ");
        trial.keys("<Esc>:e b.t<Tab><CR>");
        assert_eq!(trial.model.doc().map(crate::corpus::DocId::index), Some(1));
        trial.keys(":wider 2");
        assert!(trial.model.prompt.as_ref().unwrap().proposals[0].label.starts_with("wider"));
    }
}
