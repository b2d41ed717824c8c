//! A sheet over the text: one thin frame, a name, rows.

use ratatui::style::Modifier;

use crate::app::sheets::{self, Row, Sheet};
use crate::app::{Area, Layout};
use crate::text::width;
use crate::topics::Dictionary;

use super::paint::Painter;

pub fn draw(sheet: &Sheet, dictionary: &Dictionary, layout: &Layout, painter: &mut Painter<'_>) {
    let area = sheets::area_of(sheet, layout);
    painter.clear(area);
    frame(sheet, area, painter);
    if area.height < 3 || area.width < 4 {
        return;
    }
    let inside = Area { x: area.x + 1, y: area.y + 1, width: area.width - 2, height: area.height - 2 };
    if sheet.shown.is_empty() {
        let said = if sheet.filter.is_empty() { sheet.empty.clone() } else { format!("no row has {:?}", sheet.filter) };
        let style = painter.theme.dim;
        painter.text(inside.x + 2, inside.y, inside.width.saturating_sub(2), &said, style);
    }
    let rows = sheet.shown.iter().enumerate().skip(sheet.list.top).take(usize::from(inside.height));
    for ((at, row), y) in rows.zip(inside.y..) {
        let row = &sheet.rows[*row];
        let chosen = at == sheet.list.chosen;
        if chosen {
            let (sign, style) = (painter.sign("▸"), painter.theme.accent);
            painter.text(inside.x, y, 1, sign, style);
        }
        let right: u16 = row.right.iter().map(|span| width::cells(&span.text) as u16).sum();
        let room = inside.width.saturating_sub(3);
        // Of hits one wants to see the words around them; which document it is the page behind tells too.
        let fits = if row.aligned.is_some() { right * 3 <= room } else { right + 12 < room };
        let left_room = if right > 0 && fits { room - right - 1 } else { room };
        match row.aligned {
            Some(middle) => aligned(row, middle, inside.x + 2, y, left_room, dictionary, painter),
            None => {
                painter.spans(inside.x + 2, y, left_room, &row.spans, Some(dictionary));
                if row.spans.iter().map(|span| width::cells(&span.text)).sum::<usize>() > usize::from(left_room) {
                    let (sign, dim) = (painter.sign("…"), painter.theme.dim);
                    painter.right(inside.x + 2 + left_room, y, sign, dim);
                }
            }
        }
        if left_room < room {
            painter.spans(inside.right() - 1 - right, y, right, &row.right, Some(dictionary));
        }
        if chosen {
            painter.restyle(inside.x + 2, y, room, ratatui::style::Style::new().add_modifier(Modifier::BOLD));
        }
    }
}

/// A row whose span `middle` begins at the same cell in every row: what stands before it is cut at the
/// left, what stands after it at the right.
fn aligned(row: &Row, middle: usize, x: u16, y: u16, room: u16, dictionary: &Dictionary, painter: &mut Painter<'_>) {
    let column = room * 2 / 5;
    let (before, after) = row.spans.split_at(middle.min(row.spans.len()));
    let text: String = before.iter().map(|span| span.text.as_str()).collect();
    let shown = width::fit_end(&text, usize::from(column.saturating_sub(1)));
    let cells = width::cells(shown) as u16;
    let style = before.first().map_or(painter.theme.text, |span| painter.theme.role(span.role, Some(dictionary)));
    painter.text(x + column - cells, y, cells, shown, style);
    painter.spans(x + column, y, room - column, after, Some(dictionary));
}

fn frame(sheet: &Sheet, area: Area, painter: &mut Painter<'_>) {
    if area.height < 2 || area.width < 2 {
        return;
    }
    let style = painter.theme.rule;
    let [top_left, top_right, bottom_left, bottom_right, across, down] =
        ["┌", "┐", "└", "┘", "─", "│"].map(|sign| painter.sign(sign));
    let line = across.repeat(usize::from(area.width - 2));
    painter.text(area.x, area.y, area.width, &format!("{top_left}{line}{top_right}"), style);
    painter.text(area.x, area.bottom() - 1, area.width, &format!("{bottom_left}{line}{bottom_right}"), style);
    for y in area.y + 1..area.bottom() - 1 {
        painter.text(area.x, y, 1, down, style);
        painter.text(area.right() - 1, y, 1, down, style);
    }
    let title = match sheet.filter.is_empty() {
        true => format!(" {} ", sheet.title),
        false => format!(" {} /{} ", sheet.title, sheet.filter),
    };
    let room = area.width.saturating_sub(4);
    let bold = painter.theme.text.add_modifier(Modifier::BOLD);
    let title = painter.shorten(&title, room);
    painter.text(area.x + 2, area.y, room, &title, bold);
    let (at, of) = sheet.standing();
    if of > 1 {
        let [at, of] = [at, of].map(|count| width::group_thousands(count as u64));
        let count = format!(" {at}/{of} ");
        let dim = painter.theme.dim;
        painter.right(area.right().saturating_sub(2), area.bottom() - 1, &count, dim);
    }
}
