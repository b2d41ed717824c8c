//! A line being typed: a search, a command, the name of a topic or a document.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::corpus::{DocId, Place};
use crate::keys::actions::Action;
use crate::topics::TopicId;

use super::force::Force;
use super::list::List;

/// Proposals shown at once.
const SHOWN: usize = 10;

/// What the line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    Search,
    Command,
    Topic,
    Expression,
    Document,
    /// Which topic the paragraph is given, or refused.
    Give,
    Refuse,
    /// Which topic the selected words are given to.
    Term,
    /// Which rows of the sheet are shown.
    Filter,
}

impl Asks {
    /// What stands before the line.
    pub fn sign(self) -> &'static str {
        match self {
            Asks::Search | Asks::Filter => "/",
            Asks::Command => ":",
            Asks::Topic => "topic: ",
            Asks::Expression => "in force: ",
            Asks::Document => "document: ",
            Asks::Give => "give topic: ",
            Asks::Refuse => "refuse topic: ",
            Asks::Term => "to topic: ",
        }
    }
}

/// Something the line may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    pub label: String,
    /// Stands dim beside the label.
    /// A few cells beside it: paragraphs on a topic, the key of an action.
    pub short: String,
    pub detail: String,
    pub choice: Choice,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Topic(TopicId),
    Document(DocId),
    Action(Action),
    /// A topic that is not there yet, by its label.
    NewTopic(String),
    /// A whole line after `:`.
    Line(String),
}

#[derive(Clone, Debug)]
pub struct Prompt {
    pub asks: Asks,
    pub line: Line,
    pub proposals: Vec<Proposal>,
    /// The chosen proposal; what is typed counts while none is chosen.
    pub list: List,
    pub picked: bool,
    /// What was typed before a line of the history or a proposal was put in its place.
    pub typed: Option<String>,
    /// The line of the history that stands there.
    pub recalled: Option<usize>,
    /// Where the cursor stood, to go back to on Esc.
    pub from: Option<Place>,
    /// What was in force, to be so again on Esc.
    pub before: Option<Force>,
    /// Said under the line while it is typed: hits so far, a fault.
    pub note: String,
}

impl Prompt {
    pub fn new(asks: Asks, from: Option<Place>) -> Self {
        Self {
            asks,
            line: Line::default(),
            proposals: Vec::new(),
            list: List::default(),
            picked: false,
            typed: None,
            recalled: None,
            from,
            before: None,
            note: String::new(),
        }
    }

    /// Whether the best proposal counts even when none was picked by key.
    pub fn takes_best(&self) -> bool {
        matches!(self.asks, Asks::Topic | Asks::Document | Asks::Give | Asks::Refuse | Asks::Term)
    }

    /// The first proposal shown, and how many are, where the line stands on this row of the screen.
    pub fn window(&self, bottom: u16) -> (usize, u16) {
        let rows = self.proposals.len().min(SHOWN).min(usize::from(bottom));
        ((self.list.chosen + 1).saturating_sub(rows), rows as u16)
    }

    /// The proposal that Enter would take.
    pub fn choice(&self) -> Option<&Choice> {
        let proposal = self.proposals.get(self.list.chosen)?;
        (self.picked || self.takes_best()).then_some(&proposal.choice)
    }
}

/// One line of text with a cursor between graphemes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    /// Byte of `text`, on a grapheme boundary.
    pub at: usize,
}

impl Line {
    pub fn insert(&mut self, text: &str) {
        self.text.insert_str(self.at, text);
        self.at += text.len();
    }

    pub fn set(&mut self, text: &str) {
        text.clone_into(&mut self.text);
        self.at = text.len();
    }

    pub fn left(&mut self) {
        self.at = self.boundary(false);
    }

    pub fn right(&mut self) {
        self.at = self.boundary(true);
    }

    pub fn home(&mut self) {
        self.at = 0;
    }

    pub fn end(&mut self) {
        self.at = self.text.len();
    }

    pub fn backspace(&mut self) {
        let start = self.boundary(false);
        self.text.drain(start..self.at);
        self.at = start;
    }

    pub fn delete(&mut self) {
        let end = self.boundary(true);
        self.text.drain(self.at..end);
    }

    /// Deletes the word before the cursor.
    pub fn delete_word(&mut self) {
        let start = self.text[..self.at]
            .split_word_bound_indices()
            .rev()
            .find(|(_, word)| !word.trim().is_empty())
            .map_or(0, |(at, _)| at);
        self.text.drain(start..self.at);
        self.at = start;
    }

    /// Deletes all before the cursor.
    pub fn delete_to_start(&mut self) {
        self.text.drain(..self.at);
        self.at = 0;
    }

    /// Deletes all from the cursor on.
    pub fn delete_to_end(&mut self) {
        self.text.truncate(self.at);
    }

    fn boundary(&self, forward: bool) -> usize {
        let mut cursor = GraphemeCursor::new(self.at, self.text.len(), true);
        let found = match forward {
            true => cursor.next_boundary(&self.text, 0),
            false => cursor.prev_boundary(&self.text, 0),
        };
        found.ok().flatten().unwrap_or(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_edited_by_graphemes_and_words() {
        let mut line = Line::default();
        line.insert("two words e\u{301}");
        line.left();
        assert_eq!(line.at, "two words ".len());
        line.delete();
        assert_eq!(line.text, "two words ");
        line.delete_word();
        assert_eq!(line.text, "two ");
        line.backspace();
        line.home();
        line.insert("x");
        assert_eq!((line.text.as_str(), line.at), ("xtwo", 1));
    }
}
