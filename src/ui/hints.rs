//! What may follow the keys pressed so far, above the status line, once the reader has paused over them:
//! the status line has room for a few only.

use crate::app::{Area, Layout, Model};
use crate::keys::actions::Action;
use crate::text::width::cells;

use super::paint::Painter;

/// Cells that a hint takes at least where several stand in a row.
const LEAST: u16 = 38;

/// A key, and what it does.
type Hint = (String, String);

pub fn draw(model: &Model, layout: &Layout, painter: &mut Painter<'_>) {
    if !model.input.is_pondered() {
        return;
    }
    let hints = if model.input.letter_for.is_some() { marks(model, painter) } else { follows(model) };
    let bottom = layout.status.map_or(layout.size.rows, |status| status.y);
    let widest = hints.iter().map(|(key, _)| cells(key) as u16).max().unwrap_or(0);
    let longest = 2 + widest + 2 + hints.iter().map(|(_, what)| cells(what) as u16).max().unwrap_or(0) + 1;
    let across = across(layout.size.columns, bottom, hints.len() as u16, longest);
    let rows = (hints.len() as u16).div_ceil(across).min(bottom);
    let area = Area { x: 0, y: bottom - rows, width: layout.size.columns, height: rows };
    painter.clear(area);
    let room = area.width / across;
    let (accent, text) = (painter.theme.accent, painter.theme.text);
    for (at, (key, what)) in (0..).zip(&hints).take(usize::from(rows * across)) {
        // Down the columns, as people read a list.
        let (x, y) = (area.x + at / rows * room, area.y + at % rows);
        painter.text(x + 2, y, room.saturating_sub(2), key, accent);
        let left = x + 2 + widest + 2;
        let what = painter.shorten(what, (x + room).saturating_sub(left + 1));
        painter.text(left, y, (x + room).saturating_sub(left), &what, text);
    }
}

/// How many hints stand in a row: as many as are whole, else as few as leave half of the screen to the text.
fn across(columns: u16, height: u16, hints: u16, longest: u16) -> u16 {
    let most = (columns / LEAST).clamp(1, hints.max(1));
    let leaves_half = |across: &u16| hints.div_ceil(*across) <= height / 2;
    let whole = (1..=most).rev().find(|across| columns / across >= longest).filter(leaves_half);
    whole.or_else(|| (1..=most).find(leaves_half)).unwrap_or(most)
}

/// The keys that go on, and what each does then.
fn follows(model: &Model) -> Vec<Hint> {
    let input = &model.input;
    if input.pending.is_empty() {
        return Vec::new();
    }
    let follows = input.keymap.after(model.scope(), &input.pending);
    follows.into_iter().map(|(key, action)| (plain(&key), action.row().line.to_owned())).collect()
}

/// The marks one can go to from here, or that a new one would take the place of.
fn marks(model: &Model, painter: &Painter<'_>) -> Vec<Hint> {
    let doc = model.doc();
    let mut marks: Vec<_> =
        model.jumps.marks().filter(|(letter, mark)| letter.is_uppercase() || Some(mark.place.doc) == doc).collect();
    marks.sort_by_key(|(letter, _)| (letter.is_uppercase(), *letter));
    let mut hints: Vec<Hint> = marks
        .into_iter()
        .map(|(letter, mark)| {
            let title = if Some(mark.place.doc) == doc { "" } else { model.shelf.title(mark.place.doc) };
            let sign = if title.is_empty() { "" } else { painter.sign("·") };
            (letter.to_string(), format!("{} {sign} {title}", mark.words.trim()).trim_end().to_owned())
        })
        .collect();
    if hints.is_empty() && model.input.letter_for == Some(Action::GoMark) {
        let key = model.key_of(Action::SetMark);
        hints.push(("–".into(), format!("no marks yet: {key} and a letter sets one")));
    }
    hints
}

/// A key as it stands on a keyboard; what config.toml has to write another way is not written here.
pub fn plain(keys: &str) -> String {
    keys.replace("<lt>", "<")
}

#[cfg(test)]
mod tests {
    use super::across;

    #[test]
    fn hints_are_whole_where_they_leave_half_of_the_screen() {
        for ((columns, height, hints, longest), expected) in [
            ((80, 23, 5, 40), 2),
            ((80, 23, 5, 60), 1),
            ((80, 23, 14, 60), 2),
            ((120, 39, 14, 58), 2),
            ((200, 49, 14, 58), 3),
            ((40, 23, 30, 60), 1),
            ((20, 4, 0, 5), 1),
        ] {
            assert_eq!(across(columns, height, hints, longest), expected, "{hints} of {longest} in {columns}x{height}");
        }
    }
}
