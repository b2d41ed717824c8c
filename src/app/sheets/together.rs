//! Topics together: in how many paragraphs two topics both stand, as numbers with shading behind.

use std::collections::HashMap;

use crate::app::Model;
use crate::text::width;
use crate::topics::TopicId;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span, area_of, rows_of};

/// Cells for the name of a row where there is little room.
const LABEL: usize = 18;
/// Cells of a number, the blank before it included.
const COLUMN: usize = 6;

pub fn open(model: &Model) -> Sheet {
    let layout = model.layout();
    let dictionary = &model.topics.dictionary;
    let index = &model.topics.index;
    let sheet = Sheet::new(Kind::Together, "Topics together, in paragraphs", Vec::new(), Extent::Whole);
    // The frame, the mark of what is chosen, blanks beside it.
    let room = usize::from(area_of(&sheet, &layout).width).saturating_sub(5);
    // The topmost topics that stand anywhere, the most frequent first, as many as there is room for.
    let mut topics: Vec<TopicId> =
        dictionary.ids().filter(|id| dictionary.topic(*id).depth == 0 && index.total(*id) > 0).collect();
    topics.sort_by_key(|id| std::cmp::Reverse(index.total(*id)));
    // Names are written out where the plot has two thirds of the room left.
    let longest = topics.iter().map(|id| width::cells(&dictionary.topic(*id).label) + 1).max().unwrap_or(0);
    let label = longest.min(LABEL.max(room / 3)).max(COLUMN);
    topics.truncate((room.saturating_sub(label) / COLUMN).max(1));
    let pairs = pairs(model, &topics);
    let most = pairs.iter().filter(|((a, b), _)| a != b).map(|(_, n)| *n).max().unwrap_or(1).max(1);
    let names: Vec<&str> = topics.iter().map(|topic| dictionary.topic(*topic).label.as_str()).collect();
    let height = rows_of(&sheet, &layout);
    let heads = if 2 * names.len() <= height { stairs(&names, label) } else { turns(&names, label) };
    let first = heads.len();
    let mut rows: Vec<Row> =
        heads.into_iter().map(|head| Row { spans: vec![Span::new(Role::Dim, head)], ..Row::default() }).collect();
    for a in &topics {
        let name = width::shorten(&dictionary.topic(*a).label, label.saturating_sub(1), "…");
        let mut spans = vec![Span::new(Role::Topic(*a), width::pad_right(&name, label))];
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

/// The names of the columns as stairs, each whole, with a line from its end down to its numbers: the last one
/// stands at the top, the first above the first column.
fn stairs(names: &[&str], label: usize) -> Vec<String> {
    let step = |at: usize| {
        let mut head = width::pad_left(names[at], label + COLUMN * (at + 1));
        (at + 1..names.len()).for_each(|_| head.push_str(&width::pad_left("│", COLUMN)));
        head
    };
    (0..names.len()).rev().map(step).collect()
}

/// Names above their columns where stairs have no room, by turns on two rows: so each has the width of two columns.
fn turns(names: &[&str], label: usize) -> Vec<String> {
    let row = |row: usize| {
        let mut head = " ".repeat(label - COLUMN + row * COLUMN);
        for name in names.iter().skip(row).step_by(2) {
            head.push_str(&width::pad_left(&width::shorten(name, 2 * COLUMN - 1, "…"), 2 * COLUMN));
        }
        head
    };
    vec![row(0), row(1)]
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
