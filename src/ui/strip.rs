//! The strip beside the text: the document to scale, with the density of what is in force.

use ratatui::style::Modifier;

use crate::app::flow::{Source, Unit};
use crate::app::{Layout, Model};

use super::paint::Painter;

const BLOCKS: [&str; 8] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

pub fn draw(model: &Model, layout: &Layout, painter: &mut Painter<'_>) {
    let Some(area) = layout.strip else { return };
    let Source::Document(doc) = model.page.flow.source else { return };
    let (Some(force), Some(document)) = (&model.force, model.shelf.document(doc)) else { return };
    let clean = &document.clean;
    let length = clean.text.len().max(1);
    let rows = usize::from(area.height).max(1);
    let mut counts = vec![0usize; rows];
    for at in 0..force.count(doc, &model.topics.index) {
        let byte = match force.stop(doc, at, &model.topics.index) {
            Some(crate::app::force::Stop::Paragraph(para)) => {
                clean.paragraphs.get(para as usize).map_or(0, |paragraph| paragraph.start as usize)
            }
            Some(crate::app::force::Stop::Byte(byte)) => byte as usize,
            None => continue,
        };
        counts[(byte * rows / length).min(rows - 1)] += 1;
    }
    // One stop alone is no full bar.
    let most = counts.iter().copied().max().unwrap_or(0).max(3);
    let seen = seen(model, length, rows);
    for (row, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let level = (count * BLOCKS.len()).div_ceil(most).clamp(1, BLOCKS.len());
        let sign = painter.sign(BLOCKS[level - 1]);
        let bright = seen.contains(&row);
        let style = if bright { painter.theme.accent.add_modifier(Modifier::BOLD) } else { painter.theme.dim };
        painter.text(area.x, area.y + row as u16, 1, sign, style);
    }
}

/// The rows of the strip whose text is on the screen.
fn seen(model: &Model, length: usize, rows: usize) -> std::ops::Range<usize> {
    let byte = |row: Option<&crate::app::page::Row>, end: bool| {
        row.and_then(|row| match model.page.flow.units.get(row.spot.unit) {
            Some(Unit::Text { start, end: stop, .. }) => Some(if end { *stop } else { *start } as usize),
            _ => None,
        })
    };
    let first = byte(model.page.rows.first(), false).unwrap_or(0);
    let last = byte(model.page.rows.last(), true).unwrap_or(length);
    first * rows / length..(last * rows).div_ceil(length)
}
