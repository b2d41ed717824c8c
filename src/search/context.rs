//! A hit in its line: some of the paragraph before and after it, cut at words.

use std::ops::Range;

use crate::text::Clean;

/// A hit and what stands around it in its paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context<'a> {
    pub before: &'a str,
    pub hit: &'a str,
    pub after: &'a str,
    /// Whether the paragraph has more before `before`.
    pub cut_before: bool,
    /// Whether the paragraph has more after `after`.
    pub cut_after: bool,
}

/// `hit` (bytes of the clean text) with at most `width` code points of its paragraph on either side.
pub fn in_context(clean: &Clean, hit: Range<usize>, width: usize) -> Context<'_> {
    let within = clean.paragraphs.get(clean.paragraph_at(hit.start)).map_or(0..clean.text.len(), |p| p.range());
    let (left, right) = (&clean.text[within.start..hit.start], &clean.text[hit.end..within.end]);
    let from = left.char_indices().rev().nth(width).map_or(0, |(at, c)| at + c.len_utf8());
    let to = right.char_indices().nth(width).map_or(right.len(), |(at, _)| at);
    let (from, to) = (start_of_word(left, from), end_of_word(right, to));
    Context {
        before: &left[from..],
        hit: &clean.text[hit],
        after: &right[..to],
        cut_before: from > 0,
        cut_after: to < right.len(),
    }
}

/// The first start of a word at or after `from`; `from` where there is none, as in Japanese.
fn start_of_word(text: &str, from: usize) -> usize {
    if from == 0 || text[..from].ends_with(' ') {
        return from;
    }
    text[from..].find(' ').map_or(from, |space| from + space + 1)
}

/// The last end of a word at or before `to`; `to` where there is none.
fn end_of_word(text: &str, to: usize) -> usize {
    if to == text.len() || text[to..].starts_with(' ') {
        return to;
    }
    text[..to].rfind(' ').unwrap_or(to)
}
