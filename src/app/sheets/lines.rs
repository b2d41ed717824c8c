//! Hits in their lines, one under the other: what a search found, and the concordance of a topic.

use std::ops::Range;

use crate::corpus::{DocId, Document, Place};
use crate::search::in_context;
use crate::topics::Hit;

use super::{Goal, Role, Row, Span};

/// Code points of the paragraph on either side of a hit; more is cut by the window.
const CONTEXT: usize = 120;
/// Rows that are gathered; more are counted only.
pub const MOST: usize = 20_000;

/// Rows for what a search found in a document.
pub fn of_search(doc: DocId, document: &Document, hits: &[Range<usize>]) -> Vec<Row> {
    hits.iter().map(|hit| row(doc, document, hit.clone(), Role::Match)).collect()
}

/// Rows for hits of topics in a document.
pub fn of_topic(doc: DocId, document: &Document, hits: &[Hit]) -> Vec<Row> {
    hits.iter().map(|hit| row(doc, document, hit.range(), Role::Topic(hit.topic))).collect()
}

fn row(doc: DocId, document: &Document, hit: Range<usize>, role: Role) -> Row {
    let at = hit.start;
    let context = in_context(&document.clean, hit, CONTEXT);
    Row {
        spans: vec![
            Span::new(Role::Plain, context.before),
            Span::new(role, context.hit),
            Span::new(Role::Plain, context.after),
        ],
        right: vec![Span::new(Role::Dim, short(&document.title()))],
        goal: Some(Goal::Place(Place { doc, at })),
        aligned: Some(1),
        ..Row::default()
    }
}

/// A row for a paragraph that would carry a topic, or would no more.
pub fn of_change(doc: DocId, document: &Document, para: u32, gains: bool) -> Row {
    let Some(paragraph) = document.clean.paragraphs.get(para as usize) else { return Row::default() };
    let text = &document.clean.text[paragraph.range()];
    let (role, sign) = if gains { (Role::Accent, "+ ") } else { (Role::Danger, "− ") };
    Row {
        spans: vec![Span::new(role, sign), Span::new(Role::Plain, crate::text::width::shorten(text, 160, "…"))],
        right: vec![Span::new(Role::Dim, short(&document.title()))],
        goal: Some(Goal::Place(Place { doc, at: paragraph.start as usize })),
        ..Row::default()
    }
}

/// The first words of a title, enough to know it by.
fn short(title: &str) -> String {
    crate::text::width::shorten(title, 18, "…")
}

/// How rows of hits are sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As they stand in the documents.
    #[default]
    Place,
    /// By the words after the hit.
    Right,
    /// By the words before the hit, the nearest first.
    Left,
}

impl Order {
    pub fn next(self) -> Self {
        match self {
            Order::Place => Order::Right,
            Order::Right => Order::Left,
            Order::Left => Order::Place,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Order::Place => "as they stand",
            Order::Right => "by the words after",
            Order::Left => "by the words before",
        }
    }
}

/// Sorts the shown rows.
pub fn sort(rows: &[Row], shown: &mut [usize], order: Order) {
    let side = |row: &usize, span: usize| rows[*row].spans.get(span).map_or("", |span| &span.text).to_lowercase();
    match order {
        Order::Place => shown.sort_unstable(),
        Order::Right => shown.sort_by_cached_key(|row| (side(row, 1), side(row, 2), *row)),
        Order::Left => shown.sort_by_cached_key(|row| {
            let words: Vec<String> = side(row, 0).split_whitespace().rev().map(str::to_owned).collect();
            (words, *row)
        }),
    }
}
