//! From what the terminal shows to what it should show, in as few bytes as can be found.
//!
//! Rows are compared cell by cell, and parts of the screen are written in several orders ([`orders`]). What
//! changed is written; what lies between is stepped over or written again, whichever is shorter; blanks
//! are spaces, or erased where that is shorter. The terminal's pen, cursor and margins are carried from
//! frame to frame in [`State`].
//!
//! *Invariants.* Nothing is written past the last column, and no move is relative to a place that
//! terminals disagree on: after the last column, and after characters of doubtful width, the next
//! move is absolute. Erasing is done with a pen that leaves no colour behind.

mod orders;

use super::Capabilities;
use super::cells::{Cell, Colour, Grid, SEEN_ON_SPACE, Store, Style, Trust};
use super::moves::{self, At, Ground, Region};
use super::parts::Part;
use super::pen;

/// What is known of the terminal between two writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    pub at: At,
    /// `None`: not known.
    pub pen: Option<Style>,
    pub cursor_shown: Option<bool>,
    pub region: Region,
}

/// Writes one version of a frame.
pub struct Encoder<'a> {
    pub out: Vec<u8>,
    pub state: State,
    /// A wide character would have to be written across a margin: this version cannot be used.
    is_broken: bool,
    /// Another version is this short: a longer one need not be finished.
    limit: usize,
    store: &'a Store,
    capabilities: Capabilities,
    width: u16,
    height: u16,
}

/// A row as it is and as it should be.
struct Row<'a> {
    y: u16,
    old: &'a [Cell],
    new: &'a [Cell],
    /// The columns that are to be written: from, and up to.
    from: usize,
    to: usize,
    /// From here on the new row is blank in the terminal's own colours.
    tail: usize,
}

impl<'a> Encoder<'a> {
    pub fn new(state: State, store: &'a Store, capabilities: Capabilities, (width, height): (u16, u16)) -> Self {
        Self {
            out: Vec::with_capacity(4096),
            state,
            is_broken: false,
            limit: usize::MAX,
            store,
            capabilities,
            width,
            height,
        }
    }

    /// Gives up once this version is as long as another one.
    pub fn set_limit(&mut self, limit: usize) {
        self.limit = limit;
    }

    fn is_useless(&self) -> bool {
        self.is_broken || self.out.len() >= self.limit
    }

    fn ground(&self) -> Ground {
        Ground { region: self.state.region, tabs: self.capabilities.tabs.min(self.width) }
    }

    fn go(&mut self, x: u16, y: u16) {
        let ground = self.ground();
        moves::go(&mut self.state.at, x, y, &ground, &mut self.out);
    }

    fn go_cost(&self, x: u16, y: u16) -> usize {
        moves::cost(self.state.at, x, y, &self.ground())
    }

    fn set_pen(&mut self, style: Style) {
        pen::change(self.state.pen, style, &mut self.out);
        self.state.pen = Some(style);
    }

    /// The style as this terminal can be told it.
    fn style(&self, cell: Cell) -> Style {
        self.told(cell.style())
    }

    fn told(&self, style: u16) -> Style {
        let style = self.store.numbered(style);
        if self.capabilities.underline_colour { style } else { Style { underline: Colour::Own, ..style } }
    }

    /// Clears everything: nothing is known of the terminal.
    pub fn clear(&mut self) {
        self.set_region(Region::whole(self.width, self.height), true);
        self.state.pen = None;
        self.set_pen(Style::default());
        self.out.extend_from_slice(b"\x1b[H\x1b[J");
        self.state.at = At::Cell(0, 0);
    }

    /// Makes a part of the terminal as it should be, row by row; whether this way can be used.
    pub fn rows(&mut self, old: &Grid, new: &Grid, part: &Part) -> bool {
        for span in &part.spans {
            let (old, new) = (old.row(span.y), new.row(span.y));
            let (from, to) = (usize::from(span.from), usize::from(span.to));
            if old[from..to] != new[from..to] {
                self.row(&Row { y: span.y, old, new, from, to, tail: tail(new) });
                if self.is_useless() {
                    return false;
                }
            }
        }
        true
    }

    /// Where the cursor is to be seen, if at all.
    pub fn cursor(&mut self, cursor: Option<(u16, u16)>) {
        if let Some((x, y)) = cursor {
            self.go(x.min(self.width.saturating_sub(1)), y.min(self.height.saturating_sub(1)));
        }
        let shown = cursor.is_some();
        if self.state.cursor_shown != Some(shown) {
            self.out.extend_from_slice(if shown { b"\x1b[?25h" } else { b"\x1b[?25l" });
            self.state.cursor_shown = Some(shown);
        }
    }

    fn row(&mut self, row: &Row<'_>) {
        // The first column that may still have to be written, and one that must be.
        let mut from = row.from;
        let mut forced = usize::MAX;
        while let Some(start) = row.next_change(from, forced) {
            if start >= row.tail {
                self.blank_tail(row, start);
                return;
            }
            self.cross(row, start);
            let cell = row.new[start];
            if cell == Cell::BLANK {
                from = self.blanks(row, start, forced);
            } else {
                self.put(row, start);
                from = start + usize::from(cell.width());
                if self.is_doubtful(cell) {
                    forced = from;
                }
            }
        }
    }

    /// Gets to a column of the row: by a move, or by a shorter one and by writing what lies between once more.
    fn cross(&mut self, row: &Row<'_>, to: usize) {
        let x = column(to);
        // Most cells are behind one that was written.
        if self.state.at == At::Cell(x, row.y) {
            return;
        }
        let target = self.style(row.new[to]);
        let mut best = (to, self.go_cost(x, row.y) + self.pen_cost(self.state.pen, row.new[to], target));
        for (from, most) in self.landings(row, to).into_iter().flatten() {
            if from >= to || to - from > most || self.crosses_margin(from, to) {
                continue;
            }
            let cost = self.go_cost(column(from), row.y);
            if cost + to - from > best.1 {
                continue;
            }
            let Some(again) = self.cost_again(row, from, to, target) else { continue };
            if cost + again <= best.1 {
                best = (from, cost + again);
            }
        }
        let (from, _) = best;
        self.go(column(from), row.y);
        for at in from..to {
            if row.new[at].width() > 0 {
                self.put(row, at);
            }
        }
    }

    /// Columns left of one that may be cheaper to get to, each with how far away it may be: where the cursor is,
    /// where CR leads, and the tab stop.
    fn landings(&self, row: &Row<'_>, to: usize) -> [Option<(usize, usize)>; 3] {
        let here = match self.state.at {
            At::Cell(from, y) if y == row.y => Some((usize::from(from), 12)),
            _ => None,
        };
        let margin = Some((usize::from(self.state.region.left), 4));
        let stop = to / usize::from(moves::STOP) * usize::from(moves::STOP);
        let stop = (to < usize::from(self.ground().tabs)).then_some((stop, 4));
        [here, margin, stop]
    }

    /// Bytes of writing these columns once more, and of the pen for what follows; none where a width is doubtful.
    fn cost_again(&self, row: &Row<'_>, from: usize, to: usize, target: Style) -> Option<usize> {
        let between = &row.new[from..to];
        if between.iter().any(|cell| self.is_doubtful(*cell)) || between[0].width() == 0 {
            return None;
        }
        let mut pen = self.state.pen;
        let mut cost = 0;
        let mut scratch = [0; 4];
        for cell in between {
            let style = self.style(*cell);
            let suits = cell.is_space() && pen.is_some_and(|pen| pen.suits_space(style));
            if !suits {
                cost += pen::cost(pen, style);
                pen = Some(style);
            }
            cost += self.store.text(*cell, &mut scratch).len();
        }
        Some(cost + self.pen_cost(pen, row.new[to], target))
    }

    fn pen_cost(&self, pen: Option<Style>, cell: Cell, style: Style) -> usize {
        if cell.is_space() && pen.is_some_and(|pen| pen.suits_space(style)) { 0 } else { pen::cost(pen, style) }
    }

    fn crosses_margin(&self, from: usize, to: usize) -> bool {
        let right = usize::from(self.state.region.right);
        from <= right && right < to
    }

    /// Writes the cell of this column; the cursor is there.
    fn put(&mut self, row: &Row<'_>, at: usize) {
        let cell = row.new[at];
        if cell.is_space() {
            self.pen_for_space(row, at);
        } else {
            self.set_pen(self.style(cell));
        }
        let doubtful = self.is_doubtful(cell);
        if doubtful && cell.width() == 2 && row.old[at..].iter().take(2).any(|old| *old != Cell::BLANK) {
            // Should the terminal draw it in one cell, nothing old is to show in the other. Nor is half of a wide
            // character to stand behind it: what is written there next would take this one away, in tmux.
            let leaves_half = row.old.get(at + 2).is_some_and(|old| old.width() == 0);
            self.out.extend_from_slice(if leaves_half { b"\x1b[3X" } else { b"\x1b[2X" });
        }
        match cell.ascii() {
            Some(byte) => self.out.push(byte),
            None => self.out.extend_from_slice(self.store.text(cell, &mut [0; 4]).as_bytes()),
        }
        let end = column(at) + cell.width();
        self.is_broken |=
            cell.width() == 2 && self.state.region.right == column(at) && end > self.state.region.right + 1;
        self.state.at = if doubtful && end + 1 >= self.width {
            At::Unknown
        } else if doubtful {
            At::Row { row: row.y, least: column(at) }
        } else if end >= self.width || end == self.state.region.right + 1 {
            // At a margin terminals may wait as at the last column.
            At::Row { row: row.y, least: end - 1 }
        } else {
            At::Cell(end, row.y)
        };
    }

    /// A pen that draws this space as it should look: the one in hand, else one that the next letter
    /// can use, else the least change.
    fn pen_for_space(&mut self, row: &Row<'_>, at: usize) {
        let wanted = self.style(row.new[at]);
        if self.state.pen.is_some_and(|pen| pen.suits_space(wanted)) {
            return;
        }
        let next = row.new[at..].iter().find(|cell| !cell.is_space() && cell.width() > 0).map(|cell| self.style(*cell));
        let pen = next.filter(|next| next.suits_space(wanted)).unwrap_or(wanted);
        self.set_pen(pen);
    }

    /// Blanks a run of blank cells with something behind it, and answers where it ended.
    fn blanks(&mut self, row: &Row<'_>, start: usize, forced: usize) -> usize {
        let end = start + row.new[start..row.to].iter().take_while(|cell| **cell == Cell::BLANK).count();
        let last = (start..end).rev().find(|at| row.is_changed(*at, forced)).unwrap_or(start);
        let count = last + 1 - start;
        self.pen_for_space(row, start);
        if count > 4 {
            let erase = 3 + moves::digits(column(count));
            let next = row.next_change(last + 1, forced).unwrap_or(last + 1);
            let ground = self.ground();
            let (x, at) = (column(next.min(row.new.len() - 1)), At::Cell(column(last + 1), row.y));
            let spaces = count + moves::cost(at, x, row.y, &ground);
            if erase + self.go_cost(x, row.y) < spaces && self.can_erase() {
                moves::sequence(column(count), b'X', &mut self.out);
                return last + 1;
            }
        }
        self.spaces(row, start, last);
        last + 1
    }

    /// Blanks the rest of the row from here.
    fn blank_tail(&mut self, row: &Row<'_>, start: usize) {
        let last = (start..row.new.len()).rev().find(|at| row.old[*at] != Cell::BLANK).unwrap_or(start);
        self.cross(row, start);
        if last + 1 - start <= 2 && last + 1 < row.new.len() {
            return self.spaces(row, start, last);
        }
        self.plain_ground();
        self.out.extend_from_slice(b"\x1b[K");
    }

    fn spaces(&mut self, row: &Row<'_>, start: usize, last: usize) {
        for at in start..=last {
            // Only a margin makes a move of this.
            self.go(column(at), row.y);
            self.put(row, at);
        }
    }

    fn can_erase(&self) -> bool {
        self.state.pen.is_some_and(|pen| pen.bg == Colour::Own && !pen.attributes.intersects(SEEN_ON_SPACE))
    }

    /// A pen with which erasing and scrolling leave plain blanks. Most terminals take but the ground
    /// from it, some take all.
    fn plain_ground(&mut self) {
        if self.can_erase() {
            return;
        }
        let mut pen = self.state.pen.unwrap_or_default();
        if self.state.pen.is_none() {
            return self.set_pen(Style::default());
        }
        pen.bg = Colour::Own;
        pen.attributes.remove(SEEN_ON_SPACE);
        let reset = pen::cost(self.state.pen, Style::default());
        let least = pen::cost(self.state.pen, pen);
        self.set_pen(if reset < least { Style::default() } else { pen });
    }

    fn is_doubtful(&self, cell: Cell) -> bool {
        match cell.trust() {
            Trust::Sure => false,
            Trust::Ambiguous => !self.capabilities.narrow_ambiguous,
            Trust::Unsure => true,
        }
    }

    /// Sets margins; `anew` where it is not known what they are.
    pub fn set_region(&mut self, region: Region, anew: bool) {
        let now = self.state.region;
        let whole = Region::whole(self.width, self.height);
        let sides = (region.left, region.right) != (now.left, now.right);
        // Without the mode of left and right margins this would save the cursor, to no harm.
        if self.capabilities.margins && (sides || anew) {
            self.out.extend_from_slice(b"\x1b[");
            if (region.left, region.right) != (whole.left, whole.right) {
                pair(region.left, region.right, &mut self.out);
            }
            self.out.push(b's');
            self.state.at = At::Unknown;
        }
        if (region.top, region.bottom) != (now.top, now.bottom) || anew {
            self.out.extend_from_slice(b"\x1b[");
            if (region.top, region.bottom) != (whole.top, whole.bottom) {
                pair(region.top, region.bottom, &mut self.out);
            }
            self.out.push(b'r');
            self.state.at = At::Unknown;
        }
        self.state.region = region;
    }

    /// Moves the lines between the margins up by `by`, or down.
    pub fn scroll(&mut self, region: Region, by: i16) {
        self.plain_ground();
        self.set_region(region, false);
        let n = by.unsigned_abs();
        let ground = self.ground();
        if self.capabilities.margins {
            // Whoever has these margins has these sequences; others (the Linux console) may not.
            moves::sequence(n, if by > 0 { b'S' } else { b'T' }, &mut self.out);
            return;
        }
        if by > 0 && n <= 4 {
            moves::go_row(&mut self.state.at, region.bottom, &ground, &mut self.out);
            self.out.extend(std::iter::repeat_n(b'\n', n.into()));
            return;
        }
        moves::go_row(&mut self.state.at, region.top, &ground, &mut self.out);
        if by < 0 && n <= 2 {
            for _ in 0..n {
                self.out.extend_from_slice(b"\x1bM");
            }
        } else {
            moves::sequence(n, if by > 0 { b'M' } else { b'L' }, &mut self.out);
            // Some put the cursor into the first column.
            self.state.at = At::Row { row: region.top, least: 0 };
        }
    }
}

impl Row<'_> {
    fn is_changed(&self, at: usize, forced: usize) -> bool {
        at == forced || self.old[at] != self.new[at]
    }

    /// The next column that must be written; never the right half of a wide character.
    fn next_change(&self, from: usize, forced: usize) -> Option<usize> {
        let at = (from..self.to).find(|at| self.is_changed(*at, forced))?;
        Some(if self.new[at].width() == 0 && at > from { at - 1 } else { at })
    }
}

/// The column from which on a row is blank.
fn tail(row: &[Cell]) -> usize {
    row.iter().rposition(|cell| *cell != Cell::BLANK).map_or(0, |last| last + 1)
}

fn pair(first: u16, last: u16, out: &mut Vec<u8>) {
    moves::decimal(first + 1, out);
    out.push(b';');
    moves::decimal(last + 1, out);
}

/// A column as the terminal has it; rows are never longer than that.
fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}
