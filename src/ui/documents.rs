//! The list of documents: title, who and when, notes; how much of what is in force each one has.

use ratatui::style::Modifier;

use crate::app::shelf::Progress;
use crate::app::{Area, Layout, Model, Pane};
use crate::corpus::DocId;
use crate::text::width;

use super::paint::Painter;
use super::status::grouped;

/// Cells at the right in which there is how far one has read, and notes.
const MARKS: u16 = 6;

/// Titles and bylines, and what stands at their right.
pub fn columns(area: Area) -> [Area; 2] {
    let marks = area.width.min(MARKS);
    let right = area.right() - marks;
    [Area { width: area.width - marks, ..area }, Area { x: right, width: marks, ..area }]
}

pub fn draw(model: &Model, layout: &Layout, area: Area, painter: &mut Painter<'_>) {
    let header = area.height >= 8;
    let left = area.x + 2;
    let room = area.width.saturating_sub(3);
    if header {
        let style = if model.focus == Pane::Documents {
            painter.theme.text.add_modifier(Modifier::BOLD)
        } else {
            painter.theme.dim
        };
        let count = match model.shelf.progress {
            Progress::Listing => String::new(),
            _ => grouped(model.shelf.len()),
        };
        let beside = room.saturating_sub(width::cells(&count) as u16 + 1);
        painter.text(left, area.y, beside, "DOCUMENTS", style);
        let dim = painter.theme.dim;
        painter.right(area.right() - 1, area.y, &count, dim);
    }
    let top = area.y + if header { 2 } else { 0 };
    let each = model.list_row_height(layout) as u16;
    let rows = layout.list_rows() / usize::from(each);
    for (row, doc) in model.shelf.order.iter().enumerate().skip(model.list.top).take(rows) {
        let y = top + (row - model.list.top) as u16 * each;
        let chosen = row == model.list.chosen;
        draw_document(model, *doc, chosen, Area { x: area.x, y, width: area.width, height: each }, painter);
    }
}

/// How much of what is in force a document has.
fn count(model: &Model, doc: DocId, painter: &Painter<'_>) -> String {
    let count = model.force.as_ref().map(|force| force.count(doc, &model.topics.index));
    count.map(|n| if n == 0 { painter.sign("–").to_owned() } else { grouped(n) }).unwrap_or_default()
}

/// Cells for a title beside such a count.
fn room(count: &str, area: Area) -> u16 {
    let count = if count.is_empty() { 0 } else { count.chars().count() as u16 + 1 };
    (area.right() - 1).saturating_sub(area.x + 2 + count)
}

/// The whole title of the document that is chosen, where it is cut.
pub fn cut<'a>(model: &'a Model, area: Area, painter: &Painter<'_>) -> Option<&'a str> {
    let doc = *model.shelf.order.get(model.list.chosen)?;
    let title = model.shelf.title(doc);
    (width::cells(title) > usize::from(room(&count(model, doc, painter), area))).then_some(title)
}

fn draw_document(model: &Model, doc: DocId, chosen: bool, area: Area, painter: &mut Painter<'_>) {
    let left = area.x + 2;
    let end = area.right() - 1;
    let failed = model.shelf.fault(doc).is_some() || model.shelf.is_gone(doc);
    let count = count(model, doc, painter);
    if chosen && model.focus == Pane::Documents {
        let (sign, style) = (painter.sign("▸"), painter.theme.accent);
        painter.text(area.x, area.y, 1, sign, style);
    }
    let open = model.doc() == Some(doc);
    let style = match () {
        () if failed => painter.theme.dim.add_modifier(Modifier::CROSSED_OUT),
        () if open => painter.theme.text.add_modifier(Modifier::BOLD),
        () if model.shelf.summary(doc).is_none() => painter.theme.dim,
        () => painter.theme.text,
    };
    let room = room(&count, area);
    let title = painter.shorten(model.shelf.title(doc), room);
    painter.text(left, area.y, room, &title, style);
    if !count.is_empty() {
        let style = painter.theme.accent;
        painter.right(end, area.y, &count, style);
    }
    if area.height >= 2 {
        let line = byline(model, doc);
        let style = if failed { painter.theme.danger } else { painter.theme.dim };
        let room = end.saturating_sub(left);
        let line = painter.shorten(&line, room);
        painter.text(left, area.y + 1, room, &line, style);
        let notes = model.margins.count(doc, &model.shelf.entry(doc).path);
        let eighths = model.places.eighths(doc);
        if eighths > 0 {
            const READ: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
            let (sign, dim) = (painter.sign(READ[eighths - 1]), painter.theme.dim);
            painter.right(end.saturating_sub(4), area.y + 1, sign, dim);
        }
        if notes > 0 {
            let text = format!("{}{notes}", painter.sign("✎"));
            let accent = painter.theme.accent;
            painter.right(end, area.y + 1, &text, accent);
        }
    }
}

/// `Tanaka 2015`, else the time it takes to read.
fn byline(model: &Model, doc: DocId) -> String {
    if model.shelf.is_gone(doc) {
        return "the file is gone".into();
    }
    if model.shelf.fault(doc).is_some() {
        return "not readable".into();
    }
    let Some(summary) = model.shelf.summary(doc) else { return String::new() };
    match summary.who() {
        who if who.is_empty() => crate::ui::status::duration(summary.minutes()),
        who => who,
    }
}
