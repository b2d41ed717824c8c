//! The cheapest way from one cell to another.

/// Where the terminal's cursor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    Cell(u16, u16),
    /// In this row; the column is not known, or past the last one, but not left of `least`.
    Row {
        row: u16,
        least: u16,
    },
    Unknown,
}

/// The scrolling rectangle that is set in the terminal, its ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    pub top: u16,
    pub bottom: u16,
    pub left: u16,
    pub right: u16,
}

impl Region {
    pub fn whole(width: u16, height: u16) -> Self {
        Self { top: 0, bottom: height.saturating_sub(1), left: 0, right: width.saturating_sub(1) }
    }

    /// In rows.
    pub fn height(&self) -> i16 {
        i16::try_from(self.bottom + 1 - self.top).unwrap_or(i16::MAX)
    }

    /// In which of left, inside and right a column lies.
    fn zone(&self, x: u16) -> u8 {
        if x < self.left {
            0
        } else if x <= self.right {
            1
        } else {
            2
        }
    }
}

/// What moves may rely on.
#[derive(Clone, Copy, Debug)]
pub struct Ground {
    pub region: Region,
    /// Left of this column there is a tab stop in each column that [`STOP`] divides, and no other.
    pub tabs: u16,
}

/// Columns from one tab stop to the next.
pub const STOP: u16 = 8;

impl Ground {
    /// Whether lines may be counted down or up from one row to another: margins stop or scroll.
    fn is_open(&self, from: u16, to: u16) -> bool {
        let Region { top, bottom, .. } = self.region;
        if to > from { !(from <= bottom && bottom < to) } else { !(to < top && top <= from) }
    }
}

/// Adds the cheapest move to a cell; `at` becomes it.
pub fn go(at: &mut At, x: u16, y: u16, ground: &Ground, out: &mut Vec<u8>) {
    plan(*at, x, y, ground).write(x, y, out);
    *at = At::Cell(x, y);
}

/// Bytes of the move that [`go`] would add.
pub fn cost(at: At, x: u16, y: u16, ground: &Ground) -> usize {
    plan(at, x, y, ground).cost
}

/// No move costs less; quick to tell.
pub fn least_cost(at: At, x: u16, y: u16) -> usize {
    let At::Cell(column, row) = at else { return 1 };
    let along = usize::from(column != x);
    if y == row {
        along
    } else if y > row {
        along + usize::from(y - row).min(3)
    } else {
        // Line feeds lead down only.
        3
    }
}

/// Adds the cheapest move to any column of a row, for what works on whole lines.
pub fn go_row(at: &mut At, y: u16, ground: &Ground, out: &mut Vec<u8>) {
    match *at {
        At::Cell(_, row) | At::Row { row, .. } if row == y => {}
        _ => go(at, 0, y, ground, out),
    }
}

#[derive(Clone, Copy)]
enum Vertical {
    None,
    /// Line feeds, which keep the column.
    Feeds(u16),
    Down(u16),
    Up(u16),
    /// VPA.
    To,
}

#[derive(Clone, Copy)]
enum Horizontal {
    None,
    Forward(Forward),
    /// BS.
    Backspaces(u16),
    /// CUB.
    Backward(u16),
    /// CHA.
    To,
    /// CR, which goes to the first column or to the left margin, then forward.
    Return(Forward),
}

/// To the right: HT, then CUF, or BS where that goes one stop too far.
#[derive(Clone, Copy, Default)]
struct Forward {
    tabs: u16,
    right: u16,
    back: u16,
}

#[derive(Clone, Copy)]
struct Plan {
    cost: usize,
    /// `None`: CUP.
    relative: Option<(Vertical, Horizontal)>,
}

fn plan(at: At, x: u16, y: u16, ground: &Ground) -> Plan {
    if at == At::Cell(x, y) {
        return Plan { cost: 0, relative: Some((Vertical::None, Horizontal::None)) };
    }
    let absolute = match (x, y) {
        (0, 0) => 3,
        (0, _) => 3 + digits(y + 1),
        (_, 0) => 4 + digits(x + 1),
        _ => 4 + digits(y + 1) + digits(x + 1),
    };
    let mut best = Plan { cost: absolute, relative: None };
    let (column, least, row) = match at {
        At::Cell(column, row) => (Some(column), column, row),
        At::Row { row, least } => (None, least, row),
        At::Unknown => return best,
    };
    let (down, down_cost) = vertical(row, y, ground);
    if let Some((along, along_cost)) = horizontal(column, least, x, ground)
        && down_cost + along_cost < best.cost
    {
        best = Plan { cost: down_cost + along_cost, relative: Some((down, along)) };
    }
    best
}

fn vertical(from: u16, to: u16, ground: &Ground) -> (Vertical, usize) {
    if from == to {
        return (Vertical::None, 0);
    }
    let absolute = (Vertical::To, 3 + digits(to + 1));
    let relative = if !ground.is_open(from, to) {
        absolute
    } else if to > from {
        let n = to - from;
        if n <= 3 { (Vertical::Feeds(n), usize::from(n)) } else { (Vertical::Down(n), counted(n)) }
    } else {
        (Vertical::Up(from - to), counted(from - to))
    };
    if relative.1 <= absolute.1 { relative } else { absolute }
}

/// `least`: the cursor is not left of it, also where its column is not known.
fn horizontal(from: Option<u16>, least: u16, to: u16, ground: &Ground) -> Option<(Horizontal, usize)> {
    let region = &ground.region;
    let mut best = None;
    let mut offer = |way: Horizontal, cost: usize| {
        if best.is_none_or(|(_, least)| cost < least) {
            best = Some((way, cost));
        }
    };
    if let Some(from) = from
        && region.zone(from) == region.zone(to)
    {
        match to {
            _ if to == from => offer(Horizontal::None, 0),
            _ if to > from => {
                let (forward, cost) = forward(from, to, ground);
                offer(Horizontal::Forward(forward), cost);
            }
            _ => {
                offer(Horizontal::Backspaces(from - to), usize::from(from - to));
                offer(Horizontal::Backward(from - to), counted(from - to));
            }
        }
    }
    // From right of the left margin CR goes there, from left of it to the first column.
    let first = match from {
        _ if least >= region.left => Some(region.left),
        Some(_) => Some(0),
        None => None,
    };
    if let Some(first) = first
        && first <= to
        && region.zone(first) == region.zone(to)
    {
        let (forward, cost) = forward(first, to, ground);
        offer(Horizontal::Return(forward), 1 + cost);
    }
    offer(Horizontal::To, 3 + digits(to + 1));
    best
}

/// Between two columns on the same side of margins, at which a tab would stop.
fn forward(from: u16, to: u16, ground: &Ground) -> (Forward, usize) {
    if from == to {
        return (Forward::default(), 0);
    }
    let mut best = (Forward { right: to - from, ..Forward::default() }, counted(to - from));
    let mut offer = |tabs: u16, right: u16, back: u16| {
        let along = if right == 0 { 0 } else { counted(right) };
        let cost = usize::from(tabs + back) + along;
        if cost < best.1 {
            best = (Forward { tabs, right, back }, cost);
        }
    };
    let tabs = to / STOP - from / STOP;
    let stop = to / STOP * STOP;
    if to < ground.tabs && tabs > 0 {
        offer(tabs, to - stop, 0);
    }
    let next = stop + STOP;
    if next < ground.tabs && ground.region.zone(next) == ground.region.zone(to) {
        offer(tabs + 1, 0, next - to);
    }
    best
}

impl Plan {
    fn write(self, x: u16, y: u16, out: &mut Vec<u8>) {
        let start = out.len();
        match self.relative {
            None => {
                out.extend_from_slice(b"\x1b[");
                if y > 0 {
                    decimal(y + 1, out);
                }
                if x > 0 {
                    out.push(b';');
                    decimal(x + 1, out);
                }
                out.push(b'H');
            }
            Some((down, along)) => {
                // CR first: it also ends the state after the last column, where the rest is not agreed on.
                match along {
                    Horizontal::Return(_) => out.push(b'\r'),
                    Horizontal::Backspaces(n) => out.extend(std::iter::repeat_n(0x08, n.into())),
                    _ => {}
                }
                match down {
                    Vertical::None => {}
                    Vertical::Feeds(n) => out.extend(std::iter::repeat_n(b'\n', n.into())),
                    Vertical::Down(n) => sequence(n, b'B', out),
                    Vertical::Up(n) => sequence(n, b'A', out),
                    Vertical::To => to(y, b'd', out),
                }
                match along {
                    Horizontal::None | Horizontal::Backspaces(_) => {}
                    Horizontal::Forward(forward) | Horizontal::Return(forward) => forward.write(out),
                    Horizontal::Backward(n) => sequence(n, b'D', out),
                    Horizontal::To => to(x, b'G', out),
                }
            }
        }
        debug_assert_eq!(out.len() - start, self.cost);
    }
}

impl Forward {
    fn write(self, out: &mut Vec<u8>) {
        out.extend(std::iter::repeat_n(b'\t', self.tabs.into()));
        out.extend(std::iter::repeat_n(0x08, self.back.into()));
        if self.right > 0 {
            sequence(self.right, b'C', out);
        }
    }
}

/// Bytes of a sequence with a count, which is left out when it is 1.
fn counted(n: u16) -> usize {
    if n == 1 { 3 } else { 3 + digits(n) }
}

/// Adds a sequence with a count.
pub fn sequence(n: u16, last: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    if n != 1 {
        decimal(n, out);
    }
    out.push(last);
}

/// Adds a sequence with a place, counted from 1 as terminals do.
fn to(place: u16, last: u8, out: &mut Vec<u8>) {
    out.extend_from_slice(b"\x1b[");
    decimal(place + 1, out);
    out.push(last);
}

pub fn digits(n: u16) -> usize {
    match n {
        0..=9 => 1,
        10..=99 => 2,
        100..=999 => 3,
        1000..=9999 => 4,
        _ => 5,
    }
}

pub fn decimal(n: u16, out: &mut Vec<u8>) {
    let mut place = 10u16.pow(u32::try_from(digits(n) - 1).unwrap_or(0));
    let mut rest = n;
    while place > 0 {
        out.push(b'0' + u8::try_from(rest / place).unwrap_or(0));
        rest %= place;
        place /= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moved(at: At, x: u16, y: u16, region: Option<Region>) -> String {
        moved_with(at, x, y, Ground { region: region.unwrap_or(Region::whole(120, 40)), tabs: 0 })
    }

    fn moved_with(at: At, x: u16, y: u16, ground: Ground) -> String {
        let at_before = at;
        let mut at = at;
        let mut out = Vec::new();
        let cost = cost(at, x, y, &ground);
        go(&mut at, x, y, &ground, &mut out);
        assert_eq!(out.len(), cost);
        assert!(least_cost(at_before, x, y) <= cost);
        assert_eq!(at, At::Cell(x, y));
        String::from_utf8(out).unwrap().replace('\u{1b}', "^")
    }

    #[test]
    fn the_cheapest_move_is_taken() {
        let at = At::Cell(10, 10);
        assert_eq!(moved(at, 10, 10, None), "");
        assert_eq!(moved(at, 11, 10, None), "^[C");
        assert_eq!(moved(at, 19, 10, None), "^[9C");
        assert_eq!(moved(at, 8, 10, None), "\u{8}\u{8}");
        assert_eq!(moved(at, 0, 10, None), "\r");
        assert_eq!(moved(at, 0, 11, None), "\r\n");
        assert_eq!(moved(at, 10, 12, None), "\n\n");
        assert_eq!(moved(at, 2, 12, None), "\n\n^[8D");
        assert_eq!(moved(At::Cell(110, 10), 1, 11, None), "\r\n^[C");
        assert_eq!(moved(at, 10, 9, None), "^[A");
        assert_eq!(moved(at, 0, 0, None), "^[H");
        assert_eq!(moved(at, 99, 0, None), "^[;100H");
        assert_eq!(moved(at, 50, 30, None), "^[31;51H");
        assert_eq!(moved(At::Row { row: 10, least: 0 }, 11, 10, None), "^[12G");
        assert_eq!(moved(At::Row { row: 10, least: 0 }, 0, 11, None), "\r\n");
        assert_eq!(moved(At::Unknown, 0, 4, None), "^[5H");
    }

    #[test]
    fn lines_are_not_counted_across_a_margin() {
        let region = Some(Region { top: 5, bottom: 20, left: 0, right: 119 });
        assert_eq!(moved(At::Cell(0, 20), 0, 21, region), "^[22H");
        assert_eq!(moved(At::Cell(0, 5), 0, 4, region), "^[5H");
        assert_eq!(moved(At::Cell(0, 19), 0, 20, region), "\n");
        assert_eq!(moved(At::Cell(3, 30), 3, 31, region), "\n");
    }

    #[test]
    fn between_side_margins_a_return_goes_to_the_left_one() {
        let region = Some(Region { top: 5, bottom: 20, left: 30, right: 80 });
        assert_eq!(moved(At::Cell(40, 10), 44, 10, region), "^[4C");
        assert_eq!(moved(At::Cell(40, 10), 30, 11, region), "\r\n");
        assert_eq!(moved(At::Row { row: 10, least: 80 }, 30, 11, region), "\r\n");
        assert_eq!(moved(At::Cell(60, 10), 31, 10, region), "\r^[C");
        assert_eq!(moved(At::Cell(40, 10), 40, 12, region), "\n\n");
        // Not across a margin, nor where it is not known on which side of it the cursor is.
        assert_eq!(moved(At::Cell(40, 10), 90, 10, region), "^[91G");
        assert_eq!(moved(At::Cell(40, 20), 30, 21, region), "\r^[22d");
        assert_eq!(moved(At::Row { row: 10, least: 0 }, 30, 10, region), "^[31G");
        assert_eq!(moved(At::Cell(10, 10), 30, 10, region), "^[31G");
        assert_eq!(moved(At::Cell(10, 10), 0, 11, region), "\r\n");
    }

    #[test]
    fn tabs_are_taken_where_their_stops_are_known() {
        let ground = Ground { region: Region::whole(120, 40), tabs: 80 };
        let moved = |from: u16, to: u16| moved_with(At::Cell(from, 10), to, 10, ground);
        assert_eq!(moved(1, 8), "\t");
        assert_eq!(moved(8, 32), "\t\t\t");
        assert_eq!(moved(8, 40), "\t\t\t\t");
        assert_eq!(moved(8, 48), "^[40C");
        assert_eq!(moved(10, 23), "\t\t\u{8}");
        assert_eq!(moved(10, 17), "^[7C");
        assert_eq!(moved(10, 25), "\t\t^[C".replace("\t\t^[C", "^[15C"));
        assert_eq!(moved(12, 17), "^[5C");
        assert_eq!(moved(40, 8), "\r\t");
        // The last stop that is known is in column 72.
        assert_eq!(moved(60, 72), "\t\t");
        assert_eq!(moved(60, 79), "^[19C");
        assert_eq!(moved(70, 80), "^[10C");
        assert_eq!(moved_with(At::Row { row: 9, least: 0 }, 16, 10, ground), "\r\n\t\t");
    }

    #[test]
    fn tabs_stop_at_margins() {
        let ground = Ground { region: Region { left: 30, right: 71, ..Region::whole(120, 40) }, tabs: 120 };
        let moved = |from: u16, to: u16| moved_with(At::Cell(from, 10), to, 10, ground);
        assert_eq!(moved(33, 64), "\t\t\t\t");
        assert_eq!(moved(60, 32), "\r\t");
        // The next stop is behind the right margin.
        assert_eq!(moved(57, 71), "^[14C");
        assert_eq!(moved(90, 111), "\t\t\t\u{8}");
        assert_eq!(moved(2, 29), "^[27C");
        assert_eq!(moved(2, 40), "^[41G");
    }
}
