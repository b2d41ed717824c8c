//! What is looked for: the skeleton of a passage with what stood around it.

use std::ops::Range;

use super::skeleton::Skeleton;

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
        Self { chars: skeleton.chars, quote, inner, whole }
    }

    pub fn quote_chars(&self) -> &[char] {
        &self.chars[self.quote.clone()]
    }
}
