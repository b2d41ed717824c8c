//! The note editor: under the page, with the passage it is about above it in the text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
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
    let title = painter.shorten(&title, area.width.saturating_sub(4));
    painter.text(area.x + 2, area.y, area.width.saturating_sub(4), &title, bold);
    let hint = |action, word| keymap.keys(action).first().map(|key| format!("{} {word}", key.trim_matches(['<', '>'])));
    let hints = [
        hint(Action::EditorSave, "save"),
        hint(Action::EditorExternal, "$EDITOR"),
        hint(Action::EditorMark, "colour"),
        hint(Action::EditorCancel, "close"),
        hint(Action::EditorKeys, "keys"),
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
    let rows = rows(editor, rect);
    for (row, y) in rows.iter().zip(rect.y..) {
        let mut x = rect.x;
        for sign in row {
            let taken = sign.cells.min(rect.right().saturating_sub(x));
            (x..x + taken).for_each(|x| painter.buffer()[(x, y)].reset());
            if taken == sign.cells {
                painter.buffer()[(x, y)].set_symbol(&sign.text).set_style(sign.style);
            }
            x += taken;
        }
    }
    painter.make_safe(area);
    let (top, left) = editor.area.scroll_offset();
    let cursor = editor.area.screen_cursor();
    let row = (cursor.row as u16).saturating_sub(top).min(rect.height - 1);
    let (mut ours, mut theirs) = (0, (cursor.col as u16).saturating_sub(left));
    for sign in rows.get(usize::from(row)).into_iter().flatten() {
        if theirs == 0 {
            break;
        }
        ours += sign.cells;
        theirs = theirs.saturating_sub(sign.widget);
    }
    Some((rect.x + (ours + theirs).min(rect.width - 1), rect.y + row))
}

/// A grapheme of a row.
struct Sign {
    text: String,
    style: Style,
    /// The cells it takes.
    cells: u16,
    /// Those the widget thinks it takes.
    widget: u16,
}

/// What the widget draws, row by row. It gives the graphemes of some scripts fewer cells than terminals do, so it
/// is given less room where a row would not fit.
fn rows(editor: &Editor, rect: Rect) -> Vec<Vec<Sign>> {
    let mut width = rect.width;
    loop {
        let room = Rect { width, ..rect };
        let mut drawn = Buffer::empty(room);
        (&editor.area).render(room, &mut drawn);
        let rows: Vec<Vec<Sign>> = room.rows().map(|row| signs(&drawn, row)).collect();
        let cells = |row: &Vec<Sign>| row.iter().map(|sign| sign.cells).sum();
        let over = rows.iter().map(cells).max().unwrap_or(0u16).saturating_sub(rect.width);
        if over == 0 || over >= width {
            return rows;
        }
        width -= over;
    }
}

fn signs(drawn: &Buffer, row: Rect) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut x = row.x;
    while x < row.right() {
        let cell = &drawn[(x, row.y)];
        let widget = (Span::raw(cell.symbol()).width() as u16).max(1);
        let cells = (width::grapheme_cells(cell.symbol()) as u16).max(1);
        signs.push(Sign { text: cell.symbol().to_owned(), style: cell.style(), cells, widget });
        x += widget;
    }
    let is_blank = |sign: &Sign| sign.text == " ";
    let end = signs.iter().rposition(|sign| !is_blank(sign)).map_or(0, |last| last + 1);
    // The cursor may stand behind the last one.
    signs.truncate(end + 1);
    signs
}
