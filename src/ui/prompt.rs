//! The line being typed, in place of the status line, and its proposals above it.

use ratatui::style::Modifier;

use crate::app::prompt::{Prompt, Proposal};
use crate::app::{Area, Layout};
use crate::text::width;

use super::paint::Painter;

/// Draws the prompt; answers the cell of its cursor.
pub fn draw(prompt: &Prompt, layout: &Layout, painter: &mut Painter<'_>) -> (u16, u16) {
    let y = layout.size.rows.saturating_sub(1);
    let area = Area { x: 0, y, width: layout.size.columns, height: 1 };
    painter.clear(area);
    let accent = painter.theme.accent.add_modifier(Modifier::BOLD);
    let text = painter.theme.text;
    let sign = painter.text(1, y, area.width.saturating_sub(1), prompt.asks.sign(), accent);
    let x = 1 + sign;
    // A long line shows the part around its cursor.
    let room = area.width.saturating_sub(x + 2);
    let before = &prompt.line.text[..prompt.line.at];
    let mut skip = 0;
    while width::cells(&before[skip..]) >= usize::from(room.max(1)) {
        skip += before[skip..].chars().next().map_or(1, char::len_utf8);
    }
    let used = painter.text(x, y, room, &prompt.line.text[skip..], text);
    let cursor = x + width::cells(&before[skip..]) as u16;
    if !prompt.note.is_empty() {
        let dim = painter.theme.dim;
        let note = painter.shorten(&prompt.note, area.width.saturating_sub(x + used + 3));
        painter.right(area.width.saturating_sub(1), y, &note, dim);
    }
    proposals(prompt, y, layout, painter);
    (cursor.min(area.width.saturating_sub(1)), y)
}

/// A row each: what is proposed, a few cells to the right of it, and what it is.
fn proposals(prompt: &Prompt, bottom: u16, layout: &Layout, painter: &mut Painter<'_>) {
    let (top, rows) = prompt.window(bottom);
    // Whole rows are cleared: text that went on behind the list would read as part of it.
    let area = Area { x: 0, y: bottom - rows, width: layout.size.columns, height: rows };
    painter.clear(area);
    let shown = prompt.proposals.get(top..).unwrap_or_default();
    let shown = &shown[..shown.len().min(usize::from(rows))];
    let widest = |of: fn(&Proposal) -> &str| {
        let cells = shown.iter().map(|proposal| width::cells(of(proposal))).max().unwrap_or(0);
        cells.min(usize::from(area.width)) as u16
    };
    let labels = widest(|proposal| &proposal.label).min(area.width.saturating_sub(2) * 3 / 5);
    let shorts = widest(|proposal| &proposal.short);
    let details = 2 + labels + if shorts > 0 { shorts + 2 } else { 0 } + 2;
    for (proposal, (at, y)) in shown.iter().zip((top..).zip(area.y..)) {
        let mut style = painter.theme.text;
        if at == prompt.list.chosen && (prompt.picked || prompt.takes_best()) {
            let (sign, accent) = (painter.sign("▸"), painter.theme.accent);
            painter.text(0, y, 1, sign, accent);
            style = style.add_modifier(Modifier::BOLD);
        }
        let label = painter.shorten(&proposal.label, labels);
        painter.text(2, y, labels, &label, style);
        let dim = painter.theme.dim;
        if details <= area.width {
            painter.right(details - 2, y, &proposal.short, dim);
            let room = area.width - details;
            let detail = painter.shorten(&proposal.detail, room);
            painter.text(details, y, room, &detail, dim);
        }
    }
}
