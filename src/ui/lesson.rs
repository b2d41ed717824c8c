//! The tutor's row, below the status line: which step it is, and what to do.

use ratatui::style::Modifier;

use crate::app::{Layout, Model};

use super::paint::Painter;

pub fn draw(model: &Model, layout: &Layout, painter: &mut Painter<'_>) {
    let Some((step, says)) = model.lesson_says().filter(|_| model.lesson_rows() > 0) else { return };
    let (y, end) = (layout.size.rows, layout.size.columns.saturating_sub(1));
    let accent = painter.theme.accent.add_modifier(Modifier::BOLD);
    let bold = painter.theme.text.add_modifier(Modifier::BOLD);
    let used = painter.text(1, y, end.saturating_sub(1), &step, accent);
    let x = if used == 0 { 1 } else { 1 + used + 3 };
    let says = painter.shorten(&says, end.saturating_sub(x));
    painter.text(x, y, end.saturating_sub(x), &says, bold);
}
