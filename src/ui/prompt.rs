//! The line being typed, in place of the status line, and its proposals above it.

use ratatui::style::Modifier;

use crate::app::prompt::Prompt;
use crate::app::{Area, Layout};
use crate::text::width;

use super::paint::Painter;

/// Proposals shown at once.
const SHOWN: usize = 10;

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

fn proposals(prompt: &Prompt, bottom: u16, layout: &Layout, painter: &mut Painter<'_>) {
    let rows = prompt.proposals.len().min(SHOWN).min(usize::from(bottom)) as u16;
    let width = layout.size.columns.min(76);
    let area = Area { x: 0, y: bottom - rows, width, height: rows };
    painter.clear(area);
    let top = (prompt.list.chosen + 1).saturating_sub(usize::from(rows));
    for (at, y) in (top..prompt.proposals.len()).zip(area.y..bottom) {
        let proposal = &prompt.proposals[at];
        let chosen = at == prompt.list.chosen && (prompt.picked || prompt.takes_best());
        let mut style = painter.theme.text;
        if chosen {
            let (sign, accent) = (painter.sign("▸"), painter.theme.accent);
            painter.text(0, y, 1, sign, accent);
            style = style.add_modifier(Modifier::BOLD);
        }
        let room = width.saturating_sub(3);
        let label = painter.shorten(&proposal.label, room * 3 / 5);
        let used = painter.text(2, y, room, &label, style);
        let left = room.saturating_sub(used + 2);
        let dim = painter.theme.dim;
        let detail = painter.shorten(&proposal.detail, left);
        painter.right(width - 1, y, &detail, dim);
    }
}
