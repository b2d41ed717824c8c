//! The reading pane: rows of text with hits marked, the gutter left of them.

use std::ops::Range;

use ratatui::style::{Modifier, Style};

use crate::app::flow::{Line, Source, TextLine};
use crate::app::force::Force;
use crate::app::margins::Placed;
use crate::app::page::Spot;
use crate::app::{Area, Layout, Model};
use crate::corpus::DocId;
use crate::notes::{State, Subject};
use crate::text::{Footnote, Kind};
use crate::topics::{Hit, TopicId};

use super::paint::Painter;

/// Draws the page; answers where the cursor is shown.
pub fn draw(model: &Model, layout: &Layout, painter: &mut Painter<'_>) -> Option<(u16, u16)> {
    if let Some(head) = layout.running_head {
        running_head(model, head, painter);
    }
    if model.page.rows.is_empty() {
        super::empty::page(model, layout.page, painter);
        return None;
    }
    let mut cursor = None;
    // The stripe of the paragraph above is that of most rows.
    let mut last = None;
    for (row, y) in model.page.rows.iter().zip(layout.page.y..layout.page.bottom()) {
        let area = Area { y, height: 1, ..layout.page };
        match &row.line {
            Line::Blank => {}
            Line::Title(text) => {
                let style = painter.theme.heading.add_modifier(Modifier::BOLD);
                painter.text(area.x, y, area.width, text, style);
            }
            Line::Byline(text) => {
                let style = painter.theme.dim;
                painter.text(area.x, y, area.width, text, style);
            }
            Line::Rule => {
                let (style, sign) = (painter.theme.rule, painter.sign("─"));
                painter.text(area.x, y, 4, &sign.repeat(4), style);
            }
            Line::Aside(aside) => {
                let style = painter.theme.mark(aside.mark);
                let sign = painter.sign("│");
                painter.text(area.x + 2, y, 1, sign, style);
                let style = if aside.is_head { painter.theme.dim } else { painter.theme.text };
                painter.text(area.x + 4, y, area.width.saturating_sub(4), &aside.text, style);
            }
            Line::Folded(text) => {
                let text = format!("{} {text}", painter.sign("▸"));
                let style = painter.theme.dim;
                painter.text(area.x, y, area.width, &text, style);
            }
            Line::Away(text) => {
                let style = painter.theme.dim;
                painter.text(area.x, y, area.width, text, style);
            }
            Line::Text(line) => {
                let here = (line.doc, line.para);
                let stripe = match last {
                    Some((known, topic)) if known == here => topic,
                    _ => stripe(model, line.doc, line.para),
                };
                last = Some((here, stripe));
                text_line(model, line, stripe, area, painter);
                if let Some(gutter) = layout.gutter {
                    draw_gutter(model, row.spot, line, stripe, Area { y, height: 1, ..gutter }, painter);
                }
                if model.page.fine && row.spot.unit == model.page.cursor.unit {
                    cursor = cursor.or(cursor_cell(model, line, area));
                }
            }
        }
    }
    cursor
}

/// The title above the text, once its own head has been scrolled away.
fn running_head(model: &Model, area: Area, painter: &mut Painter<'_>) {
    let title = match &model.page.flow.source {
        _ if model.page.flow.units.is_empty() => return,
        Source::Trail(trail) => format!("Trail: {}", trail.title),
        Source::Document(_) if model.page.top == Spot::default() => return,
        Source::Document(doc) => model.shelf.title(*doc).to_owned(),
    };
    let title = painter.shorten(&title, area.width);
    let style = painter.theme.dim;
    painter.text(area.x, area.y, area.width, &title, style);
}

/// The cell of the cursor on this row.
fn cursor_cell(model: &Model, line: &TextLine, area: Area) -> Option<(u16, u16)> {
    let at = model.page.cursor.at;
    if !(line.range.contains(&at) || at == line.range.end) {
        return None;
    }
    let document = model.shelf.document(line.doc)?;
    let cell = line.cell_of(&document.clean.text, at);
    Some(((area.x + cell).min(area.right().saturating_sub(1)), area.y))
}

fn base(kind: Kind, painter: &Painter<'_>) -> Style {
    match kind {
        Kind::Heading => painter.theme.heading,
        Kind::Caption | Kind::Footnote | Kind::Meta | Kind::Boilerplate | Kind::Separator => painter.theme.dim,
        Kind::Quote => painter.theme.text.add_modifier(Modifier::ITALIC),
        Kind::Body | Kind::List => painter.theme.text,
    }
}

/// A row of running text, with what stands out in it. `main`: the topic of the paragraph's stripe.
fn text_line(model: &Model, line: &TextLine, main: Option<TopicId>, area: Area, painter: &mut Painter<'_>) {
    let Some(document) = model.shelf.document(line.doc) else { return };
    let text = &document.clean.text;
    let is_faint = model.view.one_bright && !is_at_cursor(model, line);
    let style = if is_faint { painter.theme.faint() } else { base(line.kind, painter) };
    for (cell, run) in line.runs(text) {
        painter.text(area.x + cell, area.y, area.width.saturating_sub(cell), run, style);
    }
    if let Some(cell) = line.hyphen(text) {
        painter.text(area.x + cell, area.y, area.width.saturating_sub(cell), "-", style);
    }
    let mark = |range: Range<usize>, style: Style, painter: &mut Painter<'_>| {
        let cells = line.cells_of(text, &range);
        painter.restyle(area.x + cells.start, area.y, cells.end - cells.start, style);
    };
    for footnote in marks_in(&document.clean.footnotes, &line.range) {
        let Range { start, end } = footnote.mark.clone();
        mark(start as usize..end as usize, painter.theme.dim, painter);
    }
    let hits = if is_faint { &[] } else { model.topics.index.hits(line.doc) };
    for hit in hits_in(hits, &line.range) {
        if let Some(style) = hit_style(model, hit.topic, main, painter) {
            mark(hit.range(), style, painter);
        }
    }
    for placed in model.margins.touching(line.doc, &line.range) {
        let (Some(range), Some(note)) = (placed.range.clone(), model.margins.book.note(placed.note)) else { continue };
        // The pen beside it tells of a note on a whole paragraph; lines under all of it would not be read.
        if note.subject == Subject::Passage || note.mark.is_some() {
            let style = painter.theme.note(note.mark);
            mark(range, style, painter);
        }
    }
    if let Some(Force::Search(found)) = &model.force
        && let Some(hits) = found.hits.get(&line.doc)
    {
        let first = hits.partition_point(|hit| hit.range.end as usize <= line.range.start);
        for hit in hits[first..].iter().take_while(|hit| (hit.range.start as usize) < line.range.end) {
            let Range { start, end } = hit.range;
            let here = model.page.cursor.at == start as usize;
            let style = if here { painter.theme.current } else { painter.theme.search };
            mark(start as usize..end as usize, style, painter);
        }
    }
    let select = |range: Range<usize>, painter: &mut Painter<'_>| {
        let cells = line.cells_of(text, &range);
        painter.select(area.x + cells.start, area.y, cells.end - cells.start);
    };
    if let Some(editor) = model.editor.as_ref().filter(|editor| editor.place.doc == line.doc)
        && let Some(passage) = editor.passage.clone()
    {
        select(passage, painter);
    }
    if let (Some(selection), Some(range)) = (&model.selection, model.selected())
        && selection.doc == line.doc
    {
        select(range, painter);
    }
}

/// Whether a row is of the paragraph at the cursor.
fn is_at_cursor(model: &Model, line: &TextLine) -> bool {
    model.page.para() == Some(line.para) && model.page.doc() == Some(line.doc)
}

/// The footnotes whose marks stand in `range`; they are ordered by their marks.
fn marks_in<'a>(footnotes: &'a [Footnote], range: &Range<usize>) -> &'a [Footnote] {
    let first = footnotes.partition_point(|footnote| (footnote.mark.end as usize) <= range.start);
    let marks = &footnotes[first..];
    &marks[..marks.partition_point(|footnote| (footnote.mark.start as usize) < range.end)]
}

fn hits_in<'a>(hits: &'a [Hit], range: &Range<usize>) -> impl Iterator<Item = &'a Hit> {
    let end = range.end;
    let start = range.start;
    let first = hits.partition_point(|hit| (hit.start as usize) + 512 < start);
    hits[first..].iter().take_while(move |hit| (hit.start as usize) < end).filter(move |hit| hit.end as usize > start)
}

/// A hit is underlined in its topic's colour; the topic in force colours the words as well. While nothing
/// is in force the hits of a paragraph's main topic show what its stripe says: with two dozen topics a page
/// where all are underlined is hard to read, and long in coming over a slow line.
fn hit_style(model: &Model, topic: TopicId, main: Option<TopicId>, painter: &Painter<'_>) -> Option<Style> {
    let dictionary = &model.topics.dictionary;
    let colour = painter.theme.topic(dictionary, topic);
    let style = match &model.force {
        Some(force) => {
            let is_in_force = force.topics().iter().any(|force| dictionary.is_within(topic, *force));
            is_in_force.then(|| colour.add_modifier(Modifier::BOLD))?
        }
        None => {
            let is_main = main.is_some_and(|main| dictionary.is_within(topic, main));
            (is_main || model.marks_all_hits()).then(Style::new)?
        }
    };
    let underline = colour.fg.filter(|_| painter.theme.coloured);
    let style = style.add_modifier(Modifier::UNDERLINED);
    Some(underline.map_or(style, |colour| style.underline_color(colour)))
}

/// The cursor's paragraph, the topic's stripe.
fn draw_gutter(
    model: &Model,
    spot: Spot,
    line: &TextLine,
    stripe: Option<TopicId>,
    area: Area,
    painter: &mut Painter<'_>,
) {
    if spot.unit == model.page.cursor.unit {
        let (sign, style) = (painter.sign("▌"), painter.theme.accent);
        painter.text(area.x, area.y, 1, sign, style);
    }
    if let Some(topic) = stripe {
        let style = painter.theme.topic(&model.topics.dictionary, topic);
        let sign = painter.sign("┃");
        painter.text(area.x + 1, area.y, 1, sign, style);
    }
    if let Some((sign, style)) = note_sign(model, line, painter) {
        painter.text(area.x + 2, area.y, 1, &sign, style);
    }
}

/// The sign of the first note that begins on this row: a pen, a highlight's letter, or what has to
/// be looked at; other people's notes by their initial.
fn note_sign(model: &Model, line: &TextLine, painter: &Painter<'_>) -> Option<(String, Style)> {
    let begins = |placed: &&Placed| placed.range.as_ref().is_some_and(|range| line.range.contains(&range.start));
    let placed = model.margins.touching(line.doc, &line.range).find(begins)?;
    let note = model.margins.book.note(placed.note)?;
    let style = painter.theme.mark(note.mark);
    let initial = note.author.chars().next().filter(|_| note.writer != model.margins.writer);
    Some(match (placed.state, initial) {
        (State::Unsure, _) => ("~".into(), painter.theme.danger),
        (_, Some(initial)) => (initial.to_string(), style),
        _ if note.body().is_empty() => (note.mark.map_or('-', crate::notes::Mark::letter).to_string(), style),
        _ => (painter.sign("✎").to_owned(), style),
    })
}

/// The topic in force where the paragraph carries it, else its strongest.
fn stripe(model: &Model, doc: DocId, para: u32) -> Option<TopicId> {
    let index = &model.topics.index;
    if let Some(force) = model.force.as_ref().filter(|force| !matches!(force, Force::Search(_))) {
        let topics = force.topics();
        let here = |topic: &&TopicId| index.paragraphs(doc, **topic).binary_search(&para).is_ok();
        return topics.iter().find(here).copied().filter(|_| force.holds(doc, para, index));
    }
    index.main_topic(doc, para)
}
