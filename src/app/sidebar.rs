//! The topic sidebar: the dictionary's tree, what is folded, which row is chosen.

use std::collections::HashSet;

use crate::topics::{Dictionary, TopicId};

use super::layout::Area;
use super::list::List;

/// Cells from which on the sidebar has two columns of counts, and more air.
pub const WIDE: u16 = 24;

#[derive(Clone, Debug, Default)]
pub struct Sidebar {
    pub list: List,
    pub folded: HashSet<TopicId>,
    /// Whether hits for 1,000 words stand in place of counts.
    pub rates: bool,
    /// Topics in the order of the rows, those in folded ones left out.
    pub rows: Vec<TopicId>,
}

impl Sidebar {
    pub fn new(dictionary: &Dictionary) -> Self {
        let mut sidebar = Self::default();
        sidebar.refresh(dictionary);
        sidebar
    }

    /// Computes the rows anew.
    pub fn refresh(&mut self, dictionary: &Dictionary) {
        let hidden = |topic: TopicId| dictionary.line(topic).skip(1).any(|above| self.folded.contains(&above));
        self.rows = dictionary.ids().filter(|topic| !hidden(*topic)).collect();
    }

    /// The column of a topic's sign.
    pub fn sign_column(dictionary: &Dictionary, topic: TopicId, area: Area) -> u16 {
        let (margin, step) = if area.width >= WIDE { (2, 2) } else { (1, 1) };
        area.x + margin + (dictionary.topic(topic).depth as u16 * step).min(area.width / 3)
    }

    pub fn chosen(&self) -> Option<TopicId> {
        self.rows.get(self.list.chosen).copied()
    }

    pub fn fold(&mut self, topic: TopicId, dictionary: &Dictionary) {
        if !self.folded.remove(&topic) {
            self.folded.insert(topic);
        }
        self.refresh(dictionary);
    }

    /// Chooses a topic, unfolding what hides it.
    pub fn choose(&mut self, topic: TopicId, dictionary: &Dictionary) {
        for above in dictionary.line(topic).skip(1) {
            self.folded.remove(&above);
        }
        self.refresh(dictionary);
        if let Some(row) = self.rows.iter().position(|other| *other == topic) {
            self.list.chosen = row;
        }
    }

    /// Whether a topic has topics below it.
    pub fn has_children(dictionary: &Dictionary, topic: TopicId) -> bool {
        dictionary.topics.get(topic.index() + 1).is_some_and(|next| next.parent == Some(topic))
    }
}
