//! The topic sidebar: the dictionary's tree, with paragraphs here and everywhere.

use ratatui::style::Modifier;

use crate::app::force::Force;
use crate::app::shelf::Progress;
use crate::app::sidebar::{Sidebar, WIDE};
use crate::app::{Area, Layout, Model, Pane};
use crate::text::width;
use crate::topics::{Dictionary, TopicId};

use super::paint::Painter;
use super::status::grouped;

/// Digits for which there is always room in a column, so that names seldom move while documents are read.
const DIGITS: usize = 3;
/// Cells of a rate, say 12.3.
const RATE: usize = 4;
/// Cells of a column of counts, the blank before it among them: as many as its widest number takes. What
/// is here is no more than what is everywhere.
fn column(model: &Model) -> u16 {
    let index = &model.topics.index;
    let most = model.topics.dictionary.ids().map(|id| index.total(id)).max().unwrap_or(0);
    let widest = if model.sidebar.rates { RATE } else { grouped(most).len().max(DIGITS) };
    widest as u16 + 1
}

/// Names, and each column of counts.
pub fn columns(model: &Model, area: Area) -> [Area; 3] {
    let width = column(model);
    let end = area.right() - area.width.min(1);
    let all = end.saturating_sub(width - 1).max(area.x);
    let here = if area.width >= WIDE { all.saturating_sub(width).max(area.x) } else { all };
    let column = |x: u16, end: u16| Area { x, width: end - x, ..area };
    [column(area.x, here), column(here, all), column(all, area.right())]
}

pub fn draw(model: &Model, layout: &Layout, area: Area, painter: &mut Painter<'_>) {
    let header = area.height >= 8;
    if header {
        let bold = painter.theme.text.add_modifier(Modifier::BOLD);
        let style = if model.focus == Pane::Topics { bold } else { painter.theme.dim };
        painter.text(area.x + 2, area.y, area.width.saturating_sub(3), "TOPICS", style);
        let dim = painter.theme.dim;
        painter.right(area.right() - 1, area.y, "all", dim);
        if area.width >= WIDE {
            painter.right(area.right() - 1 - column(model), area.y, "here", dim);
        }
    }
    let top = area.y + if header { 2 } else { 0 };
    // What could not be read may well be about them.
    let has_text = || model.shelf.docs().any(|doc| model.shelf.summary(doc).is_some());
    let is_read = model.shelf.progress == Progress::Done && has_text();
    if model.topics.dictionary.topics.is_empty() || is_read && model.topics.are_strange() {
        return super::empty::no_topics(Area { y: top, height: area.bottom() - top, ..area }, painter);
    }
    let list = &model.sidebar.list;
    let counts = Counts { column: column(model), words: model.sidebar.rates.then(|| words(model)) };
    for (row, topic) in model.sidebar.rows.iter().enumerate().skip(list.top).take(layout.list_rows()) {
        let y = top + (row - list.top) as u16;
        draw_topic(model, *topic, row == list.chosen, &counts, Area { y, ..area }, painter);
    }
}

/// How the counts of all topics are shown.
struct Counts {
    /// Cells of a column.
    column: u16,
    /// Words of the document being read, and of all that have been read, where rates are asked for.
    words: Option<(usize, usize)>,
}

fn words(model: &Model) -> (usize, usize) {
    let of = |doc| model.shelf.summary(doc).map_or(0, |summary| summary.words);
    (model.doc().map_or(0, of), model.shelf.docs().map(of).sum())
}

/// Hits for 1,000 words, with one decimal; a dash for none.
fn rate(hits: usize, words: usize, painter: &Painter<'_>) -> String {
    match hits {
        0 => painter.sign("–").to_owned(),
        hits => format!("{:.1}", hits as f64 * 1000.0 / words.max(1) as f64),
    }
}

/// A topic's label in so many cells: cut at a word, unless it then reads as a topic beside it does, else
/// inside the word, else in the middle.
fn name(dictionary: &Dictionary, id: TopicId, room: usize, mark: &str) -> String {
    let label = &dictionary.topic(id).label;
    // Most fit, and there are many in each frame.
    if width::cells(label) <= room {
        return label.clone();
    }
    let parent = dictionary.topic(id).parent;
    let siblings = || dictionary.ids().filter(|other| *other != id && dictionary.topic(*other).parent == parent);
    let ways: [fn(&str, usize, &str) -> String; 3] = [width::shorten, width::shorten_letters, width::shorten_middle];
    let is_like_another = |cut: &String| {
        let begins_alike = |other: &str| cut.starts_with(mark) || other.chars().next() == cut.chars().next();
        let mut others = siblings().map(|other| &dictionary.topic(other).label).filter(|other| begins_alike(other));
        others.any(|other| ways.iter().any(|way| way(other, room, mark) == *cut))
    };
    let mut cuts = ways.iter().map(|way| way(label, room, mark));
    cuts.find(|cut| !is_like_another(cut)).unwrap_or_else(|| width::shorten(label, room, mark))
}

/// Cells for a topic's label.
fn room(model: &Model, id: TopicId, area: Area) -> u16 {
    let columns = if area.width >= WIDE { 2 } else { 1 };
    (area.right() - 1)
        .saturating_sub(Sidebar::sign_column(&model.topics.dictionary, id, area) + 2 + columns * column(model))
}

/// The whole label of the topic that is chosen, where it is cut.
pub fn cut(model: &Model, area: Area) -> Option<&str> {
    let id = model.sidebar.chosen()?;
    let label = model.topics.dictionary.topic(id).label.as_str();
    (width::cells(label) > usize::from(room(model, id, area))).then_some(label)
}

fn draw_topic(model: &Model, id: TopicId, chosen: bool, counts: &Counts, area: Area, painter: &mut Painter<'_>) {
    let y = area.y;
    let dictionary = &model.topics.dictionary;
    let in_force = matches!(&model.force, Some(Force::Topic(topic)) if *topic == id);
    if chosen && model.focus == Pane::Topics {
        let (sign, style) = (painter.sign("▸"), painter.theme.accent);
        painter.text(area.x, y, 1, sign, style);
    }
    let total = model.topics.index.total(id);
    let here = model.doc().map_or(0, |doc| model.topics.index.paragraphs(doc, id).len());
    let sign = match () {
        () if in_force => "◉",
        () if Sidebar::has_children(dictionary, id) && model.sidebar.folded.contains(&id) => "▸",
        () if Sidebar::has_children(dictionary, id) => "▾",
        () => painter.theme.sign(dictionary, id),
    };
    let colour = painter.theme.topic(dictionary, id);
    let x = Sidebar::sign_column(&model.topics.dictionary, id, area);
    let sign = painter.sign(sign);
    painter.text(x, y, 1, sign, colour);
    let style = match () {
        () if in_force => painter.theme.accent.add_modifier(Modifier::BOLD),
        () if total == 0 => painter.theme.dim,
        () => painter.theme.text,
    };
    let end = area.right() - 1;
    let wide = area.width >= WIDE;
    let Counts { column, words } = *counts;
    let room = room(model, id, area);
    let label = name(dictionary, id, usize::from(room), painter.sign("…"));
    painter.text(x + 2, y, room, &label, style);
    let number = |n: usize, painter: &Painter<'_>| if n == 0 { painter.sign("–").to_owned() } else { grouped(n) };
    let dim = painter.theme.dim;
    let index = &model.topics.index;
    let all = match words {
        Some((_, everywhere)) => rate(index.total_hits(id), everywhere, painter),
        None => number(total, painter),
    };
    painter.right(end, y, &all, dim);
    if wide {
        let text = match (words, model.doc()) {
            (Some((words, _)), Some(doc)) => rate(index.hit_count(doc, id), words, painter),
            _ => number(here, painter),
        };
        let style = if here == 0 { dim } else { painter.theme.text };
        painter.right(end - column, y, &text, style);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn no_two_topics_beside_each_other_read_alike() {
        let source = "[topics.a]\nlabel = \"Peninsula and straits\"\nterms = [\"x\"]\n\
                      [topics.a.b]\nlabel = \"South of the line\"\nterms = [\"x\"]\n\
                      [topics.a.c]\nlabel = \"South by the sea\"\nterms = [\"x\"]\n\
                      [topics.a.d]\nlabel = \"North\"\nterms = [\"x\"]\n\
                      [topics.e]\nlabel = \"South of all\"\nterms = [\"x\"]\n";
        let dictionary = Dictionary::parse(source, Path::new("c")).value;
        let names = |room| -> Vec<String> { dictionary.ids().map(|id| name(&dictionary, id, room, "…")).collect() };
        assert_eq!(
            names(21),
            ["Peninsula and straits", "South of the line", "South by the sea", "North", "South of all"]
        );
        assert_eq!(names(11), ["Peninsula…", "South of…", "South by…", "North", "South of…"]);
        assert_eq!(names(8), ["Peninsu…", "South o…", "South b…", "North", "South…"]);
        assert_eq!(names(7), ["Penins…", "Sou…ine", "Sou…sea", "North", "South…"]);
    }
}
