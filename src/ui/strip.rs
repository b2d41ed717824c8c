//! The strip beside the text: the document to scale, with the density of what is in force.

use ratatui::style::Modifier;

use crate::app::flow::{Source, Unit};
use crate::app::{Layout, Model};

use super::paint::Painter;

const BLOCKS: [&str; 8] = ["▏", "▎", "▍", "▌", "▋", "▊", "▉", "█"];

pub fn draw(model: &Model, layout: &Layout, painter: &mut Painter<'_>) {
    let Some(area) = layout.strip else { return };
    let Source::Document(doc) = model.page.flow.source else { return };
    let Some(document) = model.shelf.document(doc) else { return };
    let counts = model.tally.rows(doc);
    let rows = counts.len().min(usize::from(area.height));
    let length = document.clean.text.len().max(1);
    // One stop alone is no full bar.
    let most = counts.iter().copied().max().unwrap_or(0).max(3) as usize;
    let seen = seen(model, length, rows);
    for (row, count) in counts.iter().take(rows).enumerate().filter(|(_, count)| **count > 0) {
        let level = (*count as usize * BLOCKS.len()).div_ceil(most).clamp(1, BLOCKS.len());
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
