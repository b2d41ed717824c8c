//! The note editor: under the page, with the passage it is about above it in the text.

use ratatui::layout::Rect;
use ratatui::style::Modifier;
use ratatui::widgets::Widget;

use crate::app::editor::Editor;
use crate::app::{Area, Layout};
use crate::keys::actions::Action;
use crate::keys::keymap::Keymap;
use crate::text::width;

use super::paint::Painter;

/// Draws the editor; answers the cell of its cursor.
pub fn draw(editor: &Editor, keymap: &Keymap, layout: &Layout, painter: &mut Painter<'_>) -> Option<(u16, u16)> {
    let area = editor.place_on(layout);
    painter.clear(area);
    let style = painter.theme.accent;
    let line = painter.sign("─").repeat(usize::from(area.width));
    painter.text(area.x, area.y, area.width, &line, style);
    let what = match (editor.note, editor.subject) {
        (Some(_), _) => "Edit note".to_owned(),
        (None, subject) => format!("Note on the {}", subject.name()),
    };
    let mark = editor.mark.map_or(String::new(), |mark| format!("{} ", mark.name()));
    let title = format!(" {what} {mark}");
    let bold = painter.theme.text.add_modifier(Modifier::BOLD);
    painter.text(area.x + 2, area.y, area.width.saturating_sub(4), &title, bold);
    let hint = |action, word| keymap.keys(action).first().map(|key| format!("{} {word}", key.trim_matches(['<', '>'])));
    let hints = [
        hint(Action::EditorSave, "save"),
        hint(Action::EditorExternal, "$EDITOR"),
        hint(Action::EditorMark, "colour"),
        hint(Action::EditorCancel, "close"),
    ];
    let hints = format!(" {} ", hints.into_iter().flatten().collect::<Vec<_>>().join("   "));
    if width::cells(&title) + width::cells(&hints) + 6 < usize::from(area.width) {
        let dim = painter.theme.dim;
        painter.right(area.right().saturating_sub(2), area.y, &hints, dim);
    }
    let inside = Area {
        x: area.x + 1,
        y: area.y + 1,
        width: area.width.saturating_sub(2),
        height: area.height.saturating_sub(1),
    };
    text(editor, inside, painter)
}

fn text(editor: &Editor, area: Area, painter: &mut Painter<'_>) -> Option<(u16, u16)> {
    let rect = Rect::new(area.x, area.y, area.width, area.height).intersection(painter.buffer().area);
    if rect.is_empty() {
        return None;
    }
    (&editor.area).render(rect, painter.buffer());
    painter.make_safe(area);
    let (top, left) = editor.area.scroll_offset();
    let cursor = editor.area.screen_cursor();
    let x = rect.x + (cursor.col as u16).saturating_sub(left).min(rect.width - 1);
    let y = rect.y + (cursor.row as u16).saturating_sub(top).min(rect.height - 1);
    Some((x, y))
}
