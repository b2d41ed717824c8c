//! Which character of a text stands for which of a pattern.
//!
//! Long stretches that agree are chained first; what lies between them is aligned by dynamic
//! programming with affine gaps (Gotoh), so that an unchanged passage costs next to nothing and a
//! page break in a sentence no more than a misprint or two.

use std::ops::Range;

/// No character of the text.
pub const NONE: u32 = u32::MAX;

pub const SAME: i32 = 4;
pub const OTHER: i32 = -4;
/// What a gap costs, and each of its characters.
pub const OPEN: i32 = -6;
pub const EACH: i32 = -1;

/// Characters that must agree in a row to be trusted without looking at what surrounds them.
const TRUSTED: usize = 12;
/// Cells of a matrix that are worth filling.
const CELLS: usize = 6_000_000;
const LOW: i32 = i32::MIN / 2;

/// A stretch where pattern and text agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed {
    pub pattern: usize,
    pub text: usize,
    pub len: usize,
}

/// Aligns `pattern` with `text` through its `core`: what stands before the core may be left out from
/// its start on, what stands after it up to its end. Gives for each character of the pattern the
/// index in `text` that stands for it, the same or another character, or [`NONE`].
pub fn align(pattern: &[char], core: &Range<usize>, text: &[char], seeds: &[Seed]) -> Vec<u32> {
    let mut to = vec![NONE; pattern.len()];
    let chain = chain(pattern, text, seeds);
    let (mut row, mut column) = (0, 0);
    for (index, seed) in chain.iter().enumerate() {
        let start = if index == 0 { Start::Free(core.start) } else { Start::Fixed };
        let piece = Piece { rows: row..seed.pattern, columns: column..seed.text, start, end: End::Fixed };
        fill(pattern, text, &piece, &mut to);
        for step in 0..seed.len {
            to[seed.pattern + step] = (seed.text + step) as u32;
        }
        (row, column) = (seed.pattern + seed.len, seed.text + seed.len);
    }
    let start = if chain.is_empty() { Start::Free(core.start) } else { Start::Fixed };
    let piece =
        Piece { rows: row..pattern.len(), columns: column..text.len(), start, end: End::Free(core.end.max(row) - row) };
    fill(pattern, text, &piece, &mut to);
    to
}

/// Aligns the whole of `pattern` with the whole of `text`.
pub fn between(pattern: &[char], text: &[char]) -> Vec<u32> {
    let mut to = vec![NONE; pattern.len()];
    let piece = Piece { rows: 0..pattern.len(), columns: 0..text.len(), start: Start::Fixed, end: End::Fixed };
    fill(pattern, text, &piece, &mut to);
    to
}

/// The chain of trusted seeds, in order in both, that covers most at the least shift.
fn chain(pattern: &[char], text: &[char], seeds: &[Seed]) -> Vec<Seed> {
    let mut long: Vec<Seed> = seeds.iter().map(|seed| grow(pattern, text, *seed)).collect();
    long.retain(|seed| seed.len >= TRUSTED.min(pattern.len()));
    long.sort_by_key(|seed| (seed.text, seed.pattern));
    long.dedup();
    if long.len() > 400 {
        long.sort_by_key(|seed| std::cmp::Reverse(seed.len));
        long.truncate(400);
        long.sort_by_key(|seed| (seed.text, seed.pattern));
    }
    let mut best: Vec<(i64, Option<usize>)> = Vec::with_capacity(long.len());
    for (index, seed) in long.iter().enumerate() {
        let mut own = (4 * seed.len as i64, None);
        for (before, earlier) in long[..index].iter().enumerate() {
            let Some(gain) = gain(earlier, seed) else { continue };
            if best[before].0 + gain > own.0 {
                own = (best[before].0 + gain, Some(before));
            }
        }
        best.push(own);
    }
    let mut at = (0..long.len()).max_by_key(|index| best[*index].0);
    let mut chain: Vec<Seed> = Vec::new();
    while let Some(index) = at {
        chain.push(long[index]);
        at = best[index].1;
    }
    chain.reverse();
    for index in 1..chain.len() {
        let overlap = overlap(&chain[index - 1], &chain[index]);
        let seed = &mut chain[index];
        (seed.pattern, seed.text, seed.len) = (seed.pattern + overlap, seed.text + overlap, seed.len - overlap);
    }
    chain
}

fn overlap(one: &Seed, next: &Seed) -> usize {
    let rows = (one.pattern + one.len).saturating_sub(next.pattern);
    rows.max((one.text + one.len).saturating_sub(next.text))
}

/// What `next` adds to a chain that ends with `one`; `None` when it cannot follow.
fn gain(one: &Seed, next: &Seed) -> Option<i64> {
    let overlap = overlap(one, next);
    let follows = next.pattern > one.pattern && next.text > one.text && overlap + 4 <= next.len;
    let shift = (next.text as i64 - next.pattern as i64) - (one.text as i64 - one.pattern as i64);
    follows.then(|| 4 * (next.len - overlap) as i64 - if shift == 0 { 0 } else { 6 + shift.abs() })
}

/// The seed as long as the two agree.
fn grow(pattern: &[char], text: &[char], seed: Seed) -> Seed {
    let back = pattern[..seed.pattern].iter().rev().zip(text[..seed.text].iter().rev()).take_while(|(p, t)| p == t);
    let back = back.count();
    let (row, column) = (seed.pattern + seed.len, seed.text + seed.len);
    let on = pattern[row..].iter().zip(&text[column..]).take_while(|(p, t)| p == t).count();
    Seed { pattern: seed.pattern - back, text: seed.text - back, len: back + seed.len + on }
}

enum Start {
    /// At the first corner.
    Fixed,
    /// At any column, in the first row or one up to this.
    Free(usize),
}

enum End {
    /// At the last corner.
    Fixed,
    /// At any column, in this row or a later one.
    Free(usize),
}

/// A stretch of both to be aligned.
struct Piece {
    rows: Range<usize>,
    columns: Range<usize>,
    start: Start,
    end: End,
}

// What the best way into a cell was, and whether gaps go on.
const BEGIN: u8 = 0;
const DIAGONAL: u8 = 1;
const ACROSS: u8 = 2;
const DOWN: u8 = 3;
const ACROSS_ON: u8 = 4;
const DOWN_ON: u8 = 8;

fn fill(pattern: &[char], text: &[char], piece: &Piece, to: &mut [u32]) {
    let (rows, columns) = (&pattern[piece.rows.clone()], &text[piece.columns.clone()]);
    let (m, n) = (rows.len(), columns.len());
    if m == 0 || n == 0 || (m + 1) * (n + 1) > CELLS {
        return;
    }
    let free = match piece.start {
        Start::Free(row) => Some(row),
        Start::Fixed => None,
    };
    let mut ways = vec![BEGIN; (m + 1) * (n + 1)];
    let mut best: Vec<i32> = Vec::with_capacity(n + 1);
    for (column, way) in ways[..=n].iter_mut().enumerate() {
        let is_gap = column > 0 && free.is_none();
        best.push(if is_gap { OPEN + EACH * column as i32 } else { 0 });
        if is_gap {
            *way = ACROSS | if column > 1 { ACROSS_ON } else { 0 };
        }
    }
    let mut down = vec![LOW; n + 1];
    let mut top = (LOW, 0, 0);
    let consider = |row: usize, best: &[i32], top: &mut (i32, usize, usize)| match piece.end {
        End::Free(least) if row >= least => {
            for (column, &score) in best.iter().enumerate() {
                if score > top.0 {
                    *top = (score, row, column);
                }
            }
        }
        _ => {}
    };
    consider(0, &best, &mut top);
    for row in 1..=m {
        let may_start = free.is_some_and(|last| row <= last);
        let (mut diagonal, mut across) = (best[0], LOW);
        let c = rows[row - 1];
        let line = &mut ways[row * (n + 1)..(row + 1) * (n + 1)];
        for column in 0..=n {
            let mut way = BEGIN;
            let above = best[column];
            let (opened, continued) = (above + OPEN + EACH, down[column] + EACH);
            if continued > opened {
                way |= DOWN_ON;
            }
            down[column] = opened.max(continued);
            let mut score = down[column];
            let mut from = DOWN;
            if column > 0 {
                let (opened, continued) = (best[column - 1] + OPEN + EACH, across + EACH);
                if continued > opened {
                    way |= ACROSS_ON;
                }
                across = opened.max(continued);
                if across > score {
                    (score, from) = (across, ACROSS);
                }
                let step = diagonal + if columns[column - 1] == c { SAME } else { OTHER };
                if step >= score {
                    (score, from) = (step, DIAGONAL);
                }
            }
            if may_start && score < 0 {
                (score, from) = (0, BEGIN);
            }
            diagonal = above;
            best[column] = score;
            line[column] = way | from;
        }
        consider(row, &best, &mut top);
    }
    let (mut row, mut column) = match piece.end {
        End::Fixed => (m, n),
        End::Free(_) => (top.1, top.2),
    };
    // The way back, through the three states of a cell.
    let mut state = DIAGONAL;
    loop {
        let way = ways[row * (n + 1) + column];
        if state == DIAGONAL {
            state = way & 3;
            if state == BEGIN || (row == 0 && free.is_some()) {
                break;
            }
        }
        match state {
            DIAGONAL => {
                (row, column) = (row - 1, column - 1);
                to[piece.rows.start + row] = (piece.columns.start + column) as u32;
            }
            ACROSS => {
                column -= 1;
                state = if way & ACROSS_ON != 0 { ACROSS } else { DIAGONAL };
            }
            _ => {
                row -= 1;
                state = if way & DOWN_ON != 0 { DOWN } else { DIAGONAL };
            }
        }
        if row == 0 && column == 0 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(pattern: &str, core: Range<usize>, text: &str) -> String {
        let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
        let to = align(&pattern, &core, &text, &[]);
        to.iter().map(|&at| if at == NONE { '_' } else { text[at as usize] }).collect()
    }

    #[test]
    fn misprints_and_gaps_are_bridged() {
        assert_eq!(aligned("thetreatyofnara", 3..9, "inthetraetyofnaraitwas"), "thetraetyofnara");
        assert_eq!(aligned("abcdefghij", 3..7, "xxabcdef12headghijxx"), "abcdefghij");
        assert_eq!(aligned("abcdefXYZghijkl", 6..9, "abcdefghijkl"), "abcdef___ghijkl");
    }

    #[test]
    fn contexts_that_are_not_there_are_left_out() {
        assert_eq!(aligned("qqqqqqqqtreatyzzzzzz", 8..14, "mmmmmmtreatymmmmmm"), "________treaty______");
    }

    #[test]
    fn seeds_change_nothing_but_the_time() {
        let pattern: Vec<char> = "thegovernmentsofbothcountriesagreedtomeetagain".chars().collect();
        let text: Vec<char> = "yesterdaythegovernmentsofbothcountresagreedtomeatagainsoon".chars().collect();
        let plain = align(&pattern, &(10..20), &text, &[]);
        let seed = Seed { pattern: 3, text: 12, len: 7 };
        assert_eq!(align(&pattern, &(10..20), &text, &[seed]), plain);
    }
}
