//! The dictionary: `[match]` and `[topics.…]` of a config.toml, checked and expanded.

use std::path::Path;
use std::sync::Arc;

use toml::de::DeTable;

use crate::diag::Loaded;

use super::phrase::Case;
use super::{TermId, TopicId, parse};

/// One topic; its path in the file is its id.
#[derive(Clone, Debug, Default)]
pub struct Topic {
    /// The table's path, say `trade.tpp`.
    pub id: String,
    pub label: String,
    pub description: String,
    /// An ANSI colour name or `#rrggbb`, where the file gives one.
    pub colour: Option<String>,
    pub parent: Option<TopicId>,
    /// 0 for a topic without parent.
    pub depth: usize,
    /// Hits a paragraph needs to carry the tag.
    pub min: usize,
    /// Byte of the file where its key stands.
    pub at: usize,
}

/// A term as it is written in the file, with the rules that hold for it: its own, else its topic's,
/// else those of `[match]`. The terms of a topic share their lists.
#[derive(Clone, Debug, Default)]
pub struct Term {
    pub topic: TopicId,
    pub text: String,
    /// Whether `text` is a regular expression.
    pub is_regex: bool,
    pub case: Case,
    /// Whether it counts inside a longer hit of another topic.
    pub nested: bool,
    /// One of these has to stand near it; empty asks for none.
    pub near: Arc<[String]>,
    /// How many words away.
    pub within: usize,
    /// What these match is not looked at.
    pub not: Arc<[String]>,
    /// Byte of the file where it stands.
    pub at: usize,
}

/// All topics in the order of the file, parents before their children.
#[derive(Clone, Debug, Default)]
pub struct Dictionary {
    pub topics: Vec<Topic>,
    pub terms: Vec<Term>,
}

impl Dictionary {
    /// Reads `[match]` and `[topics]` of a config file; other tables are not looked at. A bad topic
    /// or term is reported with line and column, and the rest still loads.
    pub fn parse(source: &str, path: &Path) -> Loaded<Self> {
        parse::dictionary(source, path)
    }

    /// The same for a file that is parsed already: `table` is all of `source`. What in it is no TOML is not reported.
    pub fn of_table(table: &DeTable<'_>, source: &str, path: &Path) -> Loaded<Self> {
        parse::of_table(table, source, path)
    }

    pub fn topic(&self, id: TopicId) -> &Topic {
        &self.topics[id.index()]
    }

    pub fn term(&self, id: TermId) -> &Term {
        &self.terms[id.0 as usize]
    }

    pub fn ids(&self) -> impl DoubleEndedIterator<Item = TopicId> + use<> {
        (0..self.topics.len() as u16).map(TopicId)
    }

    /// The topic with this id (`trade.tpp`).
    pub fn find(&self, id: &str) -> Option<TopicId> {
        self.ids().find(|topic| self.topic(*topic).id == id)
    }

    /// A topic and those above it, the nearest first.
    pub fn line(&self, topic: TopicId) -> impl Iterator<Item = TopicId> + '_ {
        std::iter::successors(Some(topic), |topic| self.topic(*topic).parent)
    }

    /// Whether `topic` is `ancestor` or stands below it.
    pub fn is_within(&self, topic: TopicId, ancestor: TopicId) -> bool {
        self.line(topic).any(|id| id == ancestor)
    }
}
