//! In which order what changed is written: row by row, pen by pen or nearest first, part by part.
//!
//! Each part of the screen is written in all these ways, within margins of its own and without, over what
//! stands there, after it was moved out, and after it was moved to where most of it fits: stripes beside
//! other paragraphs are stripes all the same. The shortest is kept.

use std::collections::VecDeque;

use super::{Encoder, Row, State, column, tail};
use crate::tui::screen::cells::{Cell, Grid};
use crate::tui::screen::moves::{self, Region};
use crate::tui::screen::parts::Part;
use crate::tui::screen::pen;
use crate::tui::screen::pieces::{self, Piece};

/// What is done before a part is written.
#[derive(Clone, Copy)]
enum Before {
    Nothing,
    Margins(Region),
    /// What stands there is moved up by so many rows, or down: out, where little of it stays.
    Moving(Region, i16),
}

/// In which order the changes of a part are written.
#[derive(Clone, Copy)]
enum Order {
    Rows,
    Pens,
    Nearest,
}

/// From so many rows on it may pay to put margins around a part.
const FRAMED: usize = 4;

/// In a wider rectangle stands text, of which no line fits in the place of another.
const NARROW: u16 = 8;

impl Encoder<'_> {
    /// As [`Encoder::rows`], but each change when it is nearest; whether this way can be used.
    pub fn nearest(&mut self, old: &Grid, new: &Grid, part: &Part) -> bool {
        self.pieces(old, new, part).is_some_and(|pieces| self.pieces_nearest(pieces, old, new))
    }

    fn pieces_nearest(&mut self, mut left: VecDeque<Piece>, old: &Grid, new: &Grid) -> bool {
        // Costs of changing the pen as it is now, by style.
        let mut costs: Vec<(u16, usize)> = Vec::new();
        loop {
            costs.clear();
            let (state, ground) = (self.state, self.ground());
            let next = pieces::take_cheapest(&mut left, |piece, least| {
                let known = costs.iter().find(|(style, _)| *style == piece.style).map(|(_, cost)| *cost);
                let pen = known.unwrap_or_else(|| {
                    let cost = pen::cost(state.pen, self.told(piece.style));
                    costs.push((piece.style, cost));
                    cost
                });
                if pen + moves::least_cost(state.at, piece.from, piece.y) >= least {
                    return usize::MAX;
                }
                pen + moves::cost(state.at, piece.from, piece.y, &ground)
            });
            let Some(piece) = next else { return true };
            if !self.piece(&piece, old, new) {
                return false;
            }
        }
    }

    /// All of one pen before the next; whether this way can be used.
    fn pieces_by_pens(&mut self, pieces: &VecDeque<Piece>, old: &Grid, new: &Grid) -> bool {
        let mut styles: Vec<(u16, Vec<&Piece>)> = Vec::new();
        for piece in pieces {
            match styles.iter_mut().find(|(style, _)| *style == piece.style) {
                Some((_, pieces)) => pieces.push(piece),
                None => styles.push((piece.style, vec![piece])),
            }
        }
        // What the pen in hand can write comes first.
        let pen = self.state.pen;
        styles.sort_by_key(|(style, _)| pen != Some(self.told(*style)));
        styles.iter().flat_map(|(_, pieces)| pieces).all(|piece| self.piece(piece, old, new))
    }

    fn pieces(&self, old: &Grid, new: &Grid, part: &Part) -> Option<VecDeque<Piece>> {
        pieces::of(old, new, part, self.store, |cell| self.is_doubtful(cell))
    }

    /// One part after the other, each in the shortest of these ways; whether this can be used.
    pub fn parts(&mut self, old: &Grid, new: &Grid, parts: &[Part]) -> bool {
        let is_doubtful = |y: u16| new.row(y).iter().any(|cell| self.is_doubtful(*cell));
        if parts.iter().any(|part| part.cuts(old, new)) || (0..self.height).any(is_doubtful) {
            return false;
        }
        parts.iter().all(|part| {
            let rows = part.changed(old, new);
            rows == 0 || self.part(old, new, part, rows)
        })
    }

    fn part(&mut self, old: &Grid, new: &Grid, part: &Part, rows: usize) -> bool {
        let start = self.out.len();
        let state = self.state;
        let limit = self.limit;
        let pieces = self.pieces(old, new, part);
        let frame = self.frame(part).filter(|_| rows >= FRAMED);
        let sheet = self.sheet(part).filter(|_| rows >= FRAMED);
        let mut best: Option<(Vec<u8>, State)> = None;
        let mut offer = |encoder: &mut Self, before: Before, old: &Grid, pieces: &Option<VecDeque<Piece>>| {
            for order in [Order::Rows, Order::Pens, Order::Nearest] {
                encoder.out.truncate(start);
                encoder.state = state;
                match before {
                    Before::Nothing => {}
                    Before::Margins(region) => encoder.set_region(region, false),
                    Before::Moving(region, by) => encoder.scroll(region, by),
                }
                let is_drawn = match (order, pieces) {
                    (Order::Rows, _) => encoder.rows(old, new, part),
                    (Order::Pens, Some(pieces)) => encoder.pieces_by_pens(pieces, old, new),
                    (Order::Nearest, Some(pieces)) => encoder.pieces_nearest(pieces.clone(), old, new),
                    (_, None) => false,
                };
                if is_drawn && !encoder.is_useless() {
                    encoder.limit = encoder.out.len();
                    best = Some((encoder.out[start..].to_vec(), encoder.state));
                }
                encoder.is_broken = false;
            }
        };
        offer(self, Before::Nothing, old, &pieces);
        if let Some(region) = frame {
            offer(self, Before::Margins(region), old, &pieces);
        }
        if let Some(region) = sheet
            && let Some(by) = fit(region, old, new, rows > part.spans.len() / 2)
        {
            let mut moved = old.clone();
            for y in region.top..=region.bottom {
                // A part before this one may have erased the rest of its rows, and this part's with them.
                moved.forget_tail(y, tail(new.row(y)));
            }
            moved.scroll(region.left, region.right + 1, region.top, region.bottom + 1, by);
            let pieces = self.pieces(&moved, new, part);
            offer(self, Before::Moving(region, by), &moved, &pieces);
        }
        self.limit = limit;
        self.out.truncate(start);
        let Some((bytes, state)) = best else { return false };
        self.out.extend_from_slice(&bytes);
        self.state = state;
        true
    }

    /// The margins that would go around a part.
    fn frame(&self, part: &Part) -> Option<Region> {
        let area = part.area.filter(|area| self.capabilities.margins && area.width > 1)?;
        let now = self.state.region;
        let is_within = now.top <= area.y && area.bottom() <= now.bottom + 1;
        let rows = if is_within { now } else { Region::whole(self.width, self.height) };
        let region = Region { left: area.x, right: area.right() - 1, ..rows };
        (region != now).then_some(region)
    }

    /// The margins that are just the edges of a part: moving all its lines out leaves it blank.
    fn sheet(&self, part: &Part) -> Option<Region> {
        let area = part.area.filter(|area| self.capabilities.margins && area.width > 1 && area.height > 1)?;
        Some(Region { top: area.y, bottom: area.bottom() - 1, left: area.x, right: area.right() - 1 })
    }

    /// Writes one; whether this way can still be used.
    fn piece(&mut self, piece: &Piece, old: &Grid, new: &Grid) -> bool {
        self.write_piece(piece, old, new);
        !self.is_useless()
    }

    fn write_piece(&mut self, piece: &Piece, old: &Grid, new: &Grid) {
        let (old, new) = (old.row(piece.y), new.row(piece.y));
        let (from, to) = (usize::from(piece.from), usize::from(piece.to));
        let row = Row { y: piece.y, old, new, from, to, tail: new.len() };
        self.cross(&row, from);
        if new[from..].iter().all(|cell| *cell == Cell::BLANK) {
            return self.blank_tail(&row, from);
        }
        if to - from >= pieces::ERASED && new[from..to].iter().all(|cell| *cell == Cell::BLANK) {
            self.plain_ground();
            return moves::sequence(piece.to - piece.from, b'X', &mut self.out);
        }
        for at in (from..to).filter(|at| new[*at].width() > 0) {
            // Only a margin makes a move of this.
            self.go(column(at), piece.y);
            self.put(&row, at);
        }
    }
}

/// By how many rows the lines of a rectangle are best moved, so that letters come to where the same ones are to
/// stand, or out of it; none where that gains less than it takes to say so. `is_other`: most rows change.
fn fit(region: Region, old: &Grid, new: &Grid, is_other: bool) -> Option<i16> {
    if region.right - region.left >= NARROW {
        return is_other.then_some(region.height());
    }
    let columns = usize::from(region.left)..usize::from(region.right) + 1;
    let rows = region.top..region.bottom + 1;
    // What is to be written, roughly: letters and blanks that are others.
    let left = |by: i16| -> usize {
        let of_row = |y: u16| {
            let from = y.checked_add_signed(by).filter(|from| rows.contains(from));
            let new = &new.row(y)[columns.clone()];
            match from.map(|from| &old.row(from)[columns.clone()]) {
                Some(old) => new.iter().zip(old).filter(|(new, old)| new != old).count(),
                None => new.iter().filter(|cell| **cell != Cell::BLANK).count(),
            }
        };
        rows.clone().map(of_row).sum()
    };
    let all = -region.height()..=region.height();
    let best = all.filter(|by| *by != 0).map(|by| (left(by), by)).min()?;
    (best.0 + FRAMED < left(0)).then_some(best.1)
}
