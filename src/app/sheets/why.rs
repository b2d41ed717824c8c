//! Why a paragraph has its topics: which term hit where, what was dropped and why, and what the reader
//! said by hand.

use std::sync::Arc;

use crate::app::Model;
use crate::corpus::Place;
use crate::topics::Origin;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span};

/// Cells for the words that hit and for the topic.
const WORDS: usize = 26;
const TOPIC: usize = 18;

pub fn open(model: &Model) -> Option<Sheet> {
    let (doc, para) = model.page.place().map(|place| place.doc).zip(model.page.para())?;
    let document = Arc::clone(model.shelf.document(doc)?);
    let dictionary = &model.topics.dictionary;
    let mut rows = Vec::new();
    let index = &model.topics.index;
    let by_hand = |topic| index.tag_of(doc, para, topic) == Some(Origin::Hand);
    for topic in index.topics_of(doc, para).into_iter().filter(|topic| by_hand(*topic)) {
        rows.push(Row {
            spans: vec![
                Span::new(Role::Topic(topic), cut(&dictionary.topic(topic).label, TOPIC)),
                Span::new(Role::Plain, "given by hand"),
            ],
            ..Row::default()
        });
    }
    for found in model.topics.matcher.explain(&document, para as usize) {
        let words = document.clean.text.get(found.range.clone()).unwrap_or_default();
        let (role, said) = match &found.dropped {
            None => (Role::Plain, format!("term {}", dictionary.term(found.term).text)),
            Some(reason) => (Role::Dim, format!("dropped: {reason}")),
        };
        rows.push(Row {
            spans: vec![
                Span::new(Role::Topic(found.topic), cut(&dictionary.topic(found.topic).label, TOPIC)),
                Span::new(role, cut(words, WORDS)),
                Span::new(role, said),
            ],
            goal: Some(Goal::Place(Place { doc, at: found.range.start })),
            ..Row::default()
        });
    }
    let number = model.shelf.paragraph_number(doc, para).0;
    let mut sheet = Sheet::new(Kind::Why, format!("Topics of ¶{number}"), rows, Extent::Across);
    sheet.empty = "no term of the dictionary stands in this paragraph".into();
    Some(sheet)
}

/// A column: `text` in `cells` cells and two blanks.
fn cut(text: &str, cells: usize) -> String {
    crate::text::width::pad_right(&crate::text::width::shorten(text, cells, "…"), cells + 2)
}
