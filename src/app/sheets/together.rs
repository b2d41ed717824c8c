//! Topics together: in how many paragraphs two topics both stand, as numbers with shading behind.

use std::collections::HashMap;

use crate::app::{Layout, Model};
use crate::text::width;
use crate::topics::TopicId;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span, area_of};

const LABEL: usize = 18;
const COLUMN: usize = 6;

pub fn open(model: &Model, layout: &Layout) -> Sheet {
    let dictionary = &model.topics.dictionary;
    let index = &model.topics.index;
    let sheet = Sheet::new(Kind::Together, "Topics together, in paragraphs", Vec::new(), Extent::Whole);
    let room = usize::from(area_of(&sheet, layout).width).saturating_sub(LABEL + 8);
    // The topmost topics that stand anywhere, the most frequent first, as many as there is room for.
    let mut topics: Vec<TopicId> =
        dictionary.ids().filter(|id| dictionary.topic(*id).depth == 0 && index.total(*id) > 0).collect();
    topics.sort_by_key(|id| std::cmp::Reverse(index.total(*id)));
    topics.truncate((room / COLUMN).max(1));
    let pairs = pairs(model, &topics);
    let most = pairs.iter().filter(|((a, b), _)| a != b).map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let names: Vec<&str> = topics.iter().map(|topic| dictionary.topic(*topic).label.as_str()).collect();
    let mut rows: Vec<Row> = heads(&names)
        .into_iter()
        .map(|head| Row { spans: vec![Span::new(Role::Dim, head)], ..Row::default() })
        .collect();
    let first = rows.len();
    for a in &topics {
        let label = width::pad_right(&width::shorten(&dictionary.topic(*a).label, LABEL - 1, "…"), LABEL);
        let mut spans = vec![Span::new(Role::Topic(*a), label)];
        for b in &topics {
            let count = pairs.get(&(*a, *b)).copied().unwrap_or(0);
            let text = if count == 0 { "–".to_owned() } else { count.to_string() };
            let role = match () {
                () if a == b || count == 0 => Role::Dim,
                () => Role::Shade((count * 4).div_ceil(most).clamp(1, 4) as u8),
            };
            spans.push(Span::new(role, width::pad_left(&text, COLUMN)));
        }
        rows.push(Row { spans, goal: Some(Goal::Topic(*a)), ..Row::default() });
    }
    let mut sheet = Sheet::new(Kind::Together, sheet.title, rows, Extent::Whole);
    sheet.list.chosen = first;
    sheet
}

/// Names above their columns, by turns on two rows: so each has the width of two columns.
fn heads(names: &[&str]) -> [String; 2] {
    [0, 1].map(|row| {
        let mut head = " ".repeat(LABEL - COLUMN + row * COLUMN);
        for name in names.iter().skip(row).step_by(2) {
            head.push_str(&width::pad_left(&width::shorten(name, 2 * COLUMN - 1, "…"), 2 * COLUMN));
        }
        head
    })
}

/// Paragraphs that carry both topics of each pair; a topic with itself: its paragraphs.
fn pairs(model: &Model, topics: &[TopicId]) -> HashMap<(TopicId, TopicId), usize> {
    let index = &model.topics.index;
    let mut pairs = HashMap::new();
    for doc in model.shelf.docs() {
        for a in topics {
            let ours = index.paragraphs(doc, *a);
            for b in topics {
                let theirs = index.paragraphs(doc, *b);
                let both = ours.iter().filter(|para| theirs.binary_search(para).is_ok()).count();
                *pairs.entry((*a, *b)).or_default() += both;
            }
        }
    }
    pairs
}
