//! How well a passage fits a place: three evidences, and where it starts and ends there.

use std::ops::Range;

use super::align::{self, EACH, NONE, OPEN, OTHER, SAME};
use super::candidates::Candidate;
use super::pattern::Pattern;
use super::resolve::Prepared;

/// A passage at a place.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Indexes of the text's skeleton, from the first character that stands for one of the passage to
    /// the last.
    pub span: Range<usize>,
    /// Characters of the passage that are there as they were.
    pub kept: usize,
    /// Those of them that stand in a row of four or more.
    pub solid: usize,
    /// How well the passage agrees, in characters: a misprint takes back what two characters give.
    pub quote: f32,
    /// What stands before it and after it.
    pub before: Side,
    pub after: Side,
    /// Whether paragraphs start and end here as they did there.
    pub starts: bool,
    pub ends: bool,
    /// Characters of the text between the two contexts.
    pub between: usize,
    /// Whether other words, or another number, stand for some in or near the passage.
    pub says_other: bool,
    /// The same of the passage itself.
    pub says_other_inside: bool,
}

/// How well one context agrees, from the passage outwards to where it agrees best.
#[derive(Clone, Copy, Debug, Default)]
pub struct Side {
    /// In characters, as for the passage.
    pub all: f32,
    /// The same of what stands in the passage's own paragraphs.
    pub inner: f32,
    /// Characters up to where each agrees best.
    pub reach: usize,
    pub inner_reach: usize,
}

impl Fit {
    pub fn total(&self) -> f32 {
        self.quote + self.before.all + self.after.all
    }

    /// What tells for it in the passage's own paragraph.
    pub fn paragraph(&self) -> f32 {
        self.quote + self.before.inner + self.after.inner
    }

    /// What tells for this place against another: the passage and its paragraph, and half as much what
    /// stands beyond, which need not go where the passage goes.
    pub fn rank(&self) -> f32 {
        (self.total() + self.paragraph()) / 2.0
    }
}

/// The fits of `pattern` in the window of a candidate: through the whole of it and, where the passage
/// then is not found whole, without one context or the other.
pub fn fits(pattern: &Pattern, prepared: &Prepared, candidate: &Candidate) -> Vec<Fit> {
    let all = 0..pattern.chars.len();
    let whole = fit(pattern, prepared, candidate, &all);
    let quote = pattern.quote.len();
    let good = whole.kept * 10 >= quote * 9
        || whole.kept * 10 >= quote * 6 && whole.before.inner > 8.0 && whole.after.inner > 8.0;
    let mut fits = vec![whole];
    if !good {
        for part in [pattern.quote.start..all.end, 0..pattern.quote.end] {
            fits.push(fit(pattern, prepared, candidate, &part));
        }
    }
    fits
}

/// The fit of `part` of the pattern in the window of a candidate.
pub fn fit(pattern: &Pattern, prepared: &Prepared, candidate: &Candidate, part: &Range<usize>) -> Fit {
    let chars = &pattern.chars[part.clone()];
    let quote = pattern.quote.start - part.start..pattern.quote.end - part.start;
    let inner = pattern.inner.start.max(part.start) - part.start..pattern.inner.end.min(part.end) - part.start;
    let text = &prepared.skeleton.chars[candidate.window.clone()];
    let seeds: Vec<_> = candidate
        .seeds
        .iter()
        .filter(|seed| part.start <= seed.pattern && seed.pattern + seed.len <= part.end)
        .map(|seed| align::Seed { pattern: seed.pattern - part.start, ..*seed })
        .collect();
    let to = align::align(chars, &quote, text, &seeds);
    let pairs = Pairs { chars, text, to: &to };

    let kept = quote.clone().filter(|&row| pairs.is_same(row)).count();
    let first = quote.clone().find(|&row| pairs.is_same(row));
    let last = quote.clone().rev().find(|&row| pairs.is_same(row));
    let (Some(first), Some(last)) = (first, last) else {
        return nowhere(&pairs, &quote, &inner, candidate.window.start);
    };
    // A misprint at an edge belongs to the passage, what is farther off does not.
    let is_next = |row: usize, next: usize| to[row] != NONE && to[row] + 1 == to[next];
    let first = (quote.start..first).rev().take_while(|&row| is_next(row, row + 1)).last().unwrap_or(first);
    let last = (last + 1..quote.end).take_while(|&row| is_next(row - 1, row)).last().unwrap_or(last);
    let span = to[first] as usize..to[last] as usize + 1;
    let before = pairs.outwards((0..quote.start).rev(), span.start, &inner);
    let after = pairs.outwards(quote.end..chars.len(), span.end, &inner);
    let skeleton = &prepared.skeleton;
    let span = span.start + candidate.window.start..span.end + candidate.window.start;
    Fit {
        kept,
        solid: pairs.solid(&quote),
        quote: pairs.score(first..last + 1) - (quote.len() - (last + 1 - first)) as f32,
        before,
        after,
        starts: skeleton.breaks_at(span.start),
        ends: skeleton.breaks_at(span.end),
        between: pairs.between(&quote).unwrap_or(span.len()),
        says_other: pairs.says_other(quote.start.saturating_sub(CLOSE)..(quote.end + CLOSE).min(chars.len())),
        says_other_inside: pairs.says_other(quote),
        span,
    }
}

/// A longer passage is not taken for what merely stands between two contexts.
const SHORT: usize = 200;

/// By how much the text about a fit agrees better with the passage than without it, in characters: what
/// stands there may be the contexts alone, with the passage cut out. `None` where it is too long for that.
pub fn gain(pattern: &Pattern, prepared: &Prepared, fit: &Fit) -> Option<f32> {
    let quote = &pattern.quote;
    if quote.len() > SHORT {
        return None;
    }
    let slack = 48 + pattern.chars.len() / 8;
    let start = fit.span.start.saturating_sub(quote.start + slack);
    let end = (fit.span.end + pattern.chars.len() - quote.end + slack).min(prepared.skeleton.len());
    let text = &prepared.skeleton.chars[start..end];
    let score = |chars: &[char], core: Range<usize>| {
        let to = align::align(chars, &core, text, &[]);
        Pairs { chars, text, to: &to }.score(0..chars.len())
    };
    let without = [&pattern.chars[..quote.start], &pattern.chars[quote.end..]].concat();
    Some(score(&pattern.chars, quote.clone()) - score(&without, quote.start..quote.start))
}

/// The passage is not there: how its contexts meet.
fn nowhere(pairs: &Pairs<'_>, quote: &Range<usize>, inner: &Range<usize>, offset: usize) -> Fit {
    let left = (0..quote.start).rev().find(|&row| pairs.is_same(row)).map(|row| pairs.to[row] as usize + 1);
    let right = (quote.end..pairs.chars.len()).find(|&row| pairs.is_same(row)).map(|row| pairs.to[row] as usize);
    let (start, end) = (left.or(right).unwrap_or(0), right.or(left).unwrap_or(0));
    let before = pairs.outwards((0..quote.start).rev(), start, inner);
    let after = pairs.outwards(quote.end..pairs.chars.len(), end, inner);
    Fit {
        span: start + offset..start + offset,
        kept: 0,
        solid: 0,
        quote: 0.0,
        before,
        after,
        starts: false,
        ends: false,
        between: end.saturating_sub(start),
        says_other: false,
        says_other_inside: false,
    }
}

/// Characters on either side of the passage in which another word may tell of another passage.
pub const CLOSE: usize = 48;
/// Characters in place of others that are no misprint.
const WORD: usize = 3;
/// Characters that are missing together and are more than a word.
const MANY: usize = 12;

/// A pattern and the characters of the text that stand for its own.
struct Pairs<'a> {
    chars: &'a [char],
    text: &'a [char],
    to: &'a [u32],
}

impl Pairs<'_> {
    fn is_same(&self, row: usize) -> bool {
        self.to[row] != NONE && self.text[self.to[row] as usize] == self.chars[row]
    }

    /// Characters in rows of four or more that agree.
    fn solid(&self, rows: &Range<usize>) -> usize {
        let (mut solid, mut run) = (0, 0);
        for row in rows.clone() {
            let goes_on = run > 0 && self.is_same(row) && self.to[row] == self.to[row - 1] + 1;
            run = if goes_on { run + 1 } else { usize::from(self.is_same(row)) };
            solid += match run {
                0..=3 => 0,
                4 => 4,
                _ => 1,
            };
        }
        solid
    }

    /// Whether in these rows other words stand for some, or other digits, or many are missing. A single
    /// letter that agrees amid others is chance.
    fn says_other(&self, rows: Range<usize>) -> bool {
        let is_firm = |row: usize| {
            let joins = |one: usize, next: usize| {
                rows.contains(&one)
                    && rows.contains(&next)
                    && self.is_same(one)
                    && self.is_same(next)
                    && self.to[one] + 1 == self.to[next]
            };
            row > 0 && joins(row - 1, row) || joins(row, row + 1)
        };
        let mut firm = rows.clone().filter(|row| is_firm(*row));
        let Some(mut above) = firm.next() else { return true };
        for row in firm {
            let known = &self.chars[above + 1..row];
            let there = &self.text[self.to[above] as usize + 1..self.to[row] as usize];
            let has_digit = known.iter().chain(there).any(|c| c.is_numeric());
            let least = if has_digit { 1 } else { WORD };
            if known.len().min(there.len()) >= least || known.len() >= MANY {
                return true;
            }
            above = row;
        }
        false
    }

    /// Characters of the text between what stands for the contexts, where both are there.
    fn between(&self, quote: &Range<usize>) -> Option<usize> {
        let left = (0..quote.start).rev().find_map(|row| self.column(row))?;
        let right = (quote.end..self.chars.len()).find_map(|row| self.column(row))?;
        Some(right.saturating_sub(left + 1))
    }

    fn pair(&self, row: usize) -> i32 {
        if self.is_same(row) { SAME } else { OTHER }
    }

    /// How well a stretch of the pattern agrees, in characters.
    fn score(&self, rows: Range<usize>) -> f32 {
        let mut score = 0;
        let mut last: Option<(usize, usize)> = None;
        for row in rows {
            let Some(column) = self.column(row) else { continue };
            if let Some((above, left)) = last {
                score += gap(row - above - 1) + gap(column - left - 1);
            }
            score += self.pair(row);
            last = Some((row, column));
        }
        score as f32 / SAME as f32
    }

    /// How well a context agrees from the passage (its edge at column `from`) outwards.
    fn outwards(&self, rows: impl Iterator<Item = usize>, from: usize, inner: &Range<usize>) -> Side {
        let (mut score, mut best, mut best_inner) = (0, 0, 0);
        let (mut reach, mut inner_reach, mut skipped) = (0, 0, 0);
        let mut edge: Option<usize> = None;
        for (step, row) in rows.enumerate() {
            let Some(column) = self.column(row) else {
                skipped += 1;
                continue;
            };
            let between = match edge {
                Some(edge) => column.abs_diff(edge).saturating_sub(1),
                None if column < from => from - column - 1,
                None => column - from,
            };
            score += gap(skipped) + gap(between) + self.pair(row);
            (edge, skipped) = (Some(column), 0);
            if score > best {
                (best, reach) = (score, step + 1);
            }
            if inner.contains(&row) && score > best_inner {
                (best_inner, inner_reach) = (score, step + 1);
            }
        }
        let chars = |score: i32| score as f32 / SAME as f32;
        Side { all: chars(best), inner: chars(best_inner), reach, inner_reach }
    }

    fn column(&self, row: usize) -> Option<usize> {
        Some(self.to[row]).filter(|to| *to != NONE).map(|to| to as usize)
    }
}

fn gap(len: usize) -> i32 {
    if len == 0 { 0 } else { OPEN + EACH * len as i32 }
}
