//! Words, as `w`, `e`, `b` and `iw` know them: punctuation and blanks between them are passed over.

use std::ops::Range;

use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;

use super::grapheme_start;
use crate::text::width;

/// Bytes looked at to either side for white space or a comma that ends a stretch of words.
const REACH: usize = 4 * 1024;

/// The start of the first word that starts after `at`.
pub fn next_word(text: &str, at: usize) -> Option<usize> {
    forward(text, at).flat_map(|stretch| words(text, stretch)).map(|word| word.start).find(|&start| start > at)
}

/// The last grapheme of the first word that ends after the grapheme at `at`: where `e` puts the cursor.
pub fn word_end(text: &str, at: usize) -> Option<usize> {
    let ends = forward(text, at).flat_map(|stretch| words(text, stretch)).map(|word| last_grapheme(text, word));
    ends.into_iter().find(|&last| last > at)
}

/// The start of the last word that starts before `at`.
pub fn previous_word(text: &str, at: usize) -> Option<usize> {
    let mut end = at.min(text.len());
    loop {
        let before = text[..end].trim_end();
        if before.is_empty() {
            return None;
        }
        // The stretch may go on behind `at`: a word is only seen whole.
        let last = super::previous_grapheme(text, before.len());
        let stretch = stretch(text, last);
        let start = stretch.start;
        let word = words(text, stretch).into_iter().map(|word| word.start).take_while(|&start| start < at).last();
        if word.is_some() {
            return word;
        }
        end = start;
    }
}

/// What stands at `at`: a word, or what stands between two words, blanks and signs each for
/// themselves. Empty only in an empty text.
pub fn word_at(text: &str, at: usize) -> Range<usize> {
    let at = if at >= text.len() { super::previous_grapheme(text, text.len()) } else { grapheme_start(text, at) };
    let Some(c) = text[at..].chars().next() else { return 0..0 };
    if c.is_whitespace() {
        let start = text[..at].trim_end().len();
        let end = grapheme_start(text, text.len() - text[at..].trim_start().len());
        return start..end.max(super::next_grapheme(text, at));
    }
    let stretch = stretch(text, at);
    let mut between = stretch.start;
    for word in words(text, stretch.clone()) {
        if at < word.start {
            return between..word.start;
        }
        if at < word.end {
            return word;
        }
        between = word.end;
    }
    between..stretch.end
}

fn last_grapheme(text: &str, word: Range<usize>) -> usize {
    width::clusters(&text[word.clone()]).last().map_or(word.start, |cluster| word.start + cluster.at)
}

/// The stretches from the one at `at` on.
fn forward(text: &str, at: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut from = grapheme_start(text, at);
    std::iter::from_fn(move || {
        from += text[from..].len() - text[from..].trim_start().len();
        let stretch = (from < text.len()).then(|| stretch(text, from))?;
        from = stretch.end;
        Some(stretch)
    })
}

/// The stretch around `at` that is segmented by itself: no word reaches over its ends.
fn stretch(text: &str, at: usize) -> Range<usize> {
    let floor = grapheme_start(text, at.saturating_sub(REACH));
    let ceiling = grapheme_start(text, width::floor_boundary(text, at + REACH)).max(super::next_grapheme(text, at));
    let start = text[floor..at].char_indices().rev().find(|(_, c)| ends_stretch(*c));
    let start = start.map_or(floor, |(before, c)| floor + before + c.len_utf8());
    let end = text[at..ceiling].char_indices().find(|(_, c)| ends_stretch(*c));
    let end = end.map_or(ceiling, |(after, c)| at + after + if c.is_whitespace() { 0 } else { c.len_utf8() });
    grapheme_start(text, start).min(at)..super::next_grapheme(text, end.max(at + 1) - 1)
}

fn ends_stretch(c: char) -> bool {
    c.is_whitespace() || matches!(c, '、' | '。' | '「' | '」' | '，' | '．' | '！' | '？' | '；' | '：')
}

/// The words of a stretch, in order.
fn words(text: &str, stretch: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[stretch.clone()];
    let is_word = |c: u8| c.is_ascii_alphanumeric();
    if part.bytes().all(is_word) {
        return vec![stretch];
    }
    let segmenter = WordSegmenter::new_dictionary(WordBreakInvariantOptions::default());
    let mut words = Vec::new();
    let mut before = 0;
    for (at, kind) in segmenter.segment_str(part).iter_with_word_type() {
        if kind.is_word_like() && at > before {
            words.push(stretch.start + before..stretch.start + at);
        }
        before = at;
    }
    // A mark that starts a word may belong to the blank before it.
    let starts: Vec<usize> = width::clusters(part).map(|cluster| stretch.start + cluster.at).collect();
    let is_boundary = |at: usize| at == stretch.end || starts.binary_search(&at).is_ok();
    words.retain(|word| is_boundary(word.start) && is_boundary(word.end));
    words
}
