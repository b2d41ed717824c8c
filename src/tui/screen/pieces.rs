//! What changed, as pieces of one style that can be written in any order, nearest first.
//!
//! When whole lines were moved, the panes beside the text moved with them and have to be put back:
//! a few cells in many rows. Row by row that is a long move and a change of style for each; down one
//! column after the other, most moves are a line feed and the style stays. The stripes beside a page
//! of text are such a column as well.

use std::collections::VecDeque;

use super::cells::{Cell, Grid, Store};
use super::parts::Part;

/// A run of changed cells of one style in a row.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub y: u16,
    pub from: u16,
    /// The column behind the last.
    pub to: u16,
    /// That of its letters; of its blanks, where there are but blanks.
    pub style: u16,
    has_letters: bool,
}

impl Piece {
    fn at(y: u16, x: usize, cell: Cell) -> Self {
        Self { y, from: column(x), to: column(x) + 1, style: cell.style(), has_letters: !cell.is_space() }
    }

    /// Whether the pen of the piece, or of the cell, can write both.
    fn can_have(&self, cell: Cell, store: &Store) -> bool {
        let suits = |letters: u16, blank: u16| store.numbered(letters).suits_space(store.numbered(blank));
        cell.style() == self.style
            || (cell.is_space() && suits(self.style, cell.style()))
            || (!cell.is_space() && !self.has_letters && suits(cell.style(), self.style))
    }

    fn takes(&mut self, cell: Cell) {
        if !cell.is_space() && !self.has_letters {
            (self.style, self.has_letters) = (cell.style(), true);
        }
    }
}

/// Unchanged letters between two changed ones that are cheaper written than stepped over.
const GAP: usize = 3;
/// Blanks from which on erasing is cheaper than spaces; they are a piece of their own.
pub const ERASED: usize = 5;
/// More pieces than this are no reader's page, and would take their time.
const MOST: usize = 600;

/// The pieces of a part, row by row; none where they are too many, or a width is doubtful.
pub fn of(
    old: &Grid,
    new: &Grid,
    part: &Part,
    store: &Store,
    is_doubtful: impl Fn(Cell) -> bool,
) -> Option<VecDeque<Piece>> {
    let mut pieces: VecDeque<Piece> = VecDeque::new();
    for span in &part.spans {
        let y = span.y;
        let (old, new) = (old.row(y), new.row(y));
        let (start, stop) = (usize::from(span.from), usize::from(span.to));
        if old[start..stop] == new[start..stop] {
            continue;
        }
        let blanks = Blanks::of(new);
        let first = pieces.len();
        for x in (start..stop).filter(|x| old[*x] != new[*x]) {
            if is_doubtful(new[x]) {
                return None;
            }
            // Both halves of a wide character are one, before and after.
            let is_half = new[x].width() == 0 || old[x].width() == 0;
            let last = if pieces.len() > first { pieces.back_mut() } else { None };
            if let Some(piece) = last {
                let end = usize::from(piece.to);
                let mut longer = *piece;
                let is_near = x - end <= GAP
                    && (end..=x).all(|x| {
                        let fits = longer.can_have(new[x], store) && blanks.are_same(x - 1, x);
                        longer.takes(new[x]);
                        fits
                    })
                    && (end..x).all(|x| new[x].width() == 1 && !is_doubtful(new[x]));
                if is_near || (x == end && is_half) {
                    *piece = Piece { to: column(x) + 1, ..longer };
                    continue;
                }
            }
            // Where only the right half is not known both are written.
            let from = if new[x].width() == 0 && x > 0 { x - 1 } else { x };
            pieces.push_back(Piece { to: column(x) + 1, ..Piece::at(y, from, new[from]) });
        }
        if pieces.len() > MOST {
            return None;
        }
    }
    Some(pieces)
}

/// The long runs of blanks in a row.
struct Blanks(Vec<std::ops::Range<usize>>);

impl Blanks {
    fn of(row: &[Cell]) -> Self {
        let mut runs = Vec::new();
        let mut from = 0;
        for run in row.chunk_by(|left, right| (*left == Cell::BLANK) == (*right == Cell::BLANK)) {
            if run.len() >= ERASED && run[0] == Cell::BLANK {
                runs.push(from..from + run.len());
            }
            from += run.len();
        }
        Self(runs)
    }

    /// Whether both stand in the same long run, or in none.
    fn are_same(&self, one: usize, other: usize) -> bool {
        let run = |x: usize| self.0.iter().position(|run| run.contains(&x));
        run(one) == run(other)
    }
}

/// How many pieces are looked at: farther ones are hardly ever nearer.
const LOOKED_AT: usize = 64;

/// Takes out the piece that `cost` says is cheapest now; the first of several. `cost` is told what the
/// cheapest one so far costs, and need not be exact above that.
pub fn take_cheapest(pieces: &mut VecDeque<Piece>, mut cost: impl FnMut(&Piece, usize) -> usize) -> Option<Piece> {
    let mut best: Option<(usize, usize)> = None;
    for (at, piece) in pieces.iter().enumerate().take(LOOKED_AT) {
        let least = best.map_or(usize::MAX, |(_, least)| least);
        let cost = cost(piece, least);
        if cost < least {
            best = Some((at, cost));
        }
        if cost == 0 {
            break;
        }
    }
    best.and_then(|(at, _)| pieces.remove(at))
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
