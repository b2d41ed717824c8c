//! What changed, as pieces of one style that can be written in any order, nearest first.
//!
//! When whole lines were moved, the panes beside the text moved with them and have to be put back:
//! a few cells in many rows. Row by row that is a long move and a change of style for each; down one
//! column after the other, most moves are a line feed and the style stays. The stripes beside a page
//! of text are such a column as well.

use std::collections::VecDeque;

use super::cells::{Cell, Grid, Store};

/// A run of changed cells of one style in a row.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub y: u16,
    pub from: u16,
    /// The column behind the last.
    pub to: u16,
}

/// Unchanged letters between two changed ones that are cheaper written than stepped over.
const GAP: usize = 3;
/// Blanks from which on erasing is cheaper than spaces; they are a piece of their own.
pub const ERASED: usize = 5;
/// More pieces than this are no reader's page, and would take their time.
const MOST: usize = 600;

/// The pieces of a frame, row by row; none where they are too many, or a width is doubtful.
pub fn of(old: &Grid, new: &Grid, store: &Store, is_doubtful: impl Fn(Cell) -> bool) -> Option<VecDeque<Piece>> {
    let mut pieces: VecDeque<Piece> = VecDeque::new();
    for y in 0..new.height {
        let (old, new) = (old.row(y), new.row(y));
        if old == new {
            continue;
        }
        let is_one_pen = |left: usize, right: usize| can_share(store, new[left], new[right]);
        let blanks = Blanks::of(new);
        let first = pieces.len();
        for x in (0..new.len()).filter(|x| old[*x] != new[*x]) {
            if is_doubtful(new[x]) {
                return None;
            }
            // Both halves of a wide character are one, before and after.
            let is_half = new[x].width() == 0 || old[x].width() == 0;
            let last = if pieces.len() > first { pieces.back_mut() } else { None };
            if let Some(piece) = last {
                let end = usize::from(piece.to);
                let is_near = x - end <= GAP
                    && (end..=x).all(|x| is_one_pen(x - 1, x) && blanks.are_same(x - 1, x))
                    && (end..x).all(|x| new[x].width() == 1 && !is_doubtful(new[x]));
                if is_near || (x == end && is_half) {
                    piece.to = column(x) + 1;
                    continue;
                }
            }
            // Where only the right half is not known both are written.
            let from = if new[x].width() == 0 && x > 0 { x - 1 } else { x };
            pieces.push_back(Piece { y, from: column(from), to: column(x) + 1 });
        }
        if pieces.len() > MOST {
            return None;
        }
    }
    Some(pieces)
}

/// Whether one pen writes both.
fn can_share(store: &Store, one: Cell, other: Cell) -> bool {
    let (one_style, other_style) = (store.style(one), store.style(other));
    one.style() == other.style()
        || (one.is_space() && other_style.suits_space(one_style))
        || (other.is_space() && one_style.suits_space(other_style))
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

/// Takes out the piece that `cost` says is cheapest now; the first of several.
pub fn take_cheapest(pieces: &mut VecDeque<Piece>, mut cost: impl FnMut(&Piece) -> usize) -> Option<Piece> {
    let mut best: Option<(usize, usize)> = None;
    for (at, piece) in pieces.iter().enumerate().take(LOOKED_AT) {
        let cost = cost(piece);
        if best.is_none_or(|(_, least)| cost < least) {
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
