//! What is looked for: the skeleton of a passage with what stood around it.

use std::ops::Range;

use super::skeleton::{self, Skeleton};

/// A passage in its context, folded.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    pub chars: Vec<char>,
    /// The passage within `chars`.
    pub quote: Range<usize>,
    /// The passage with what of its paragraphs is known: context that goes where the passage goes.
    pub inner: Range<usize>,
    /// Whether the paragraph is known up to its start, and to its end.
    pub whole: (bool, bool),
    /// Dashes at the passage's own ends, which the skeleton does not have.
    pub dashes: (usize, usize),
    /// Where paragraphs start, and the two ends.
    breaks: Vec<usize>,
}

impl Pattern {
    pub fn new(before: &str, exact: &str, after: &str) -> Self {
        let text = [before, exact, after].concat();
        let skeleton = Skeleton::of(&text);
        let quote = skeleton.range(before.len()..before.len() + exact.len());
        let inner = skeleton.break_before(quote.start)..skeleton.break_after(quote.end);
        let whole = (
            before.is_empty() || inner.start > 0 || skeleton.breaks_at(quote.start) && quote.start > 0,
            after.is_empty() || inner.end < skeleton.len(),
        );
        let mut breaks: Vec<usize> = std::iter::once(0).chain(skeleton.breaks()).chain([skeleton.len()]).collect();
        breaks.dedup();
        let dashes = skeleton::dashes_at_ends(exact);
        Self { chars: skeleton.chars, quote, inner, whole, dashes, breaks }
    }

    /// A stretch of a text as a pattern, with up to `context` characters on either side.
    pub fn cut(skeleton: &Skeleton, quote: &Range<usize>, context: usize) -> Self {
        let (start, end) = (quote.start.saturating_sub(context), (quote.end + context).min(skeleton.len()));
        let inside = |at: usize| at.clamp(start, end) - start;
        let (first, last) = (skeleton.break_before(quote.start), skeleton.break_after(quote.end));
        let breaks = skeleton.breaks().filter(|at| (start + 1..end).contains(at)).map(|at| at - start);
        let mut breaks: Vec<usize> = std::iter::once(0).chain(breaks).chain([end - start]).collect();
        breaks.dedup();
        Self {
            chars: skeleton.chars[start..end].to_vec(),
            quote: inside(quote.start)..inside(quote.end),
            inner: inside(first)..inside(last),
            whole: (first > start || start == 0, last < end || end == skeleton.len()),
            dashes: (0, 0),
            breaks,
        }
    }

    /// The paragraph, as far as it is known, in which character `index` stands.
    pub fn paragraph(&self, index: usize) -> Range<usize> {
        let next = self.breaks.partition_point(|at| *at <= index).clamp(1, self.breaks.len().max(2) - 1);
        self.breaks.get(next - 1).copied().unwrap_or(0)..self.breaks.get(next).copied().unwrap_or(0)
    }

    /// What a character of it tells, in letters: one of thousands tells more than one of thirty.
    pub fn letters(&self) -> f32 {
        let all: usize = self.chars.iter().map(|c| weight(*c)).sum();
        all as f32 / self.chars.len().max(1) as f32
    }

    pub fn quote_chars(&self) -> &[char] {
        &self.chars[self.quote.clone()]
    }
}

/// What a character tells, in letters of an alphabet.
pub fn weight(c: char) -> usize {
    if c < '\u{2e80}' { 1 } else { 3 }
}
