//! The plain way to draw, to compare with: every change by an absolute move, every style from nothing.

use super::cells::{Cell, Colour, Grid, Store, Style};
use super::{Capabilities, pen};

/// Writes `new` over `old`; with `whole`, over whatever there is.
pub fn draw(
    old: Option<&Grid>,
    new: &Grid,
    cursor: Option<(u16, u16)>,
    store: &Store,
    capabilities: Capabilities,
    out: &mut Vec<u8>,
) {
    out.extend_from_slice(b"\x1b[?25l");
    if old.is_none() {
        out.extend_from_slice(b"\x1b[m\x1b[2J");
    }
    let mut scratch = [0; 4];
    for y in 0..new.height {
        // Where the terminal's cursor surely is in this row.
        let mut at = None;
        let mut forced = None;
        for (x, cell) in new.row(y).iter().enumerate() {
            let before = old.map_or(Cell::BLANK, |old| old.row(y)[x]);
            let next_half = || new.row(y).get(x + 1).zip(old.map(|old| old.row(y)[x + 1]));
            let is_changed = before != *cell
                || forced == Some(x)
                || (cell.width() == 2 && next_half().is_some_and(|(new, old)| *new != old));
            if cell.width() == 0 || !is_changed {
                continue;
            }
            if at != Some(x) {
                place(x, usize::from(y), out);
            }
            let mut style = store.style(*cell);
            if !capabilities.underline_colour {
                style = Style { underline: Colour::Own, ..style };
            }
            pen::change(None, style, out);
            out.extend_from_slice(store.text(*cell, &mut scratch).as_bytes());
            // The one after it is written again, should the terminal think it of another width.
            let end = x + usize::from(cell.width());
            forced = Some(end);
            at = cell.is_ascii().then_some(end).filter(|end| *end < usize::from(new.width));
        }
    }
    out.extend_from_slice(b"\x1b[m");
    if let Some((x, y)) = cursor {
        place(x.into(), y.into(), out);
        out.extend_from_slice(b"\x1b[?25h");
    }
}

fn place(x: usize, y: usize, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("\x1b[{};{}H", y + 1, x + 1).as_bytes());
}
