//! How many cells a text takes: the one answer that layout and drawing share.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Cells of `text` on a terminal, grapheme by grapheme.
pub fn cells(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.graphemes(true).map(grapheme_cells).sum() }
}

/// Cells of one grapheme: 0, 1 or 2.
pub fn grapheme_cells(grapheme: &str) -> usize {
    grapheme.width().min(2)
}

/// The longest start of `text` that fits in `limit` cells, never cutting a grapheme.
pub fn fit(text: &str, limit: usize) -> &str {
    let mut used = 0;
    for (at, grapheme) in text.grapheme_indices(true) {
        used += grapheme_cells(grapheme);
        if used > limit {
            return &text[..at];
        }
    }
    text
}

/// `text` cut at a word to at most `limit` cells, with `mark` (say `…`) where it was cut.
pub fn shorten(text: &str, limit: usize, mark: &str) -> String {
    if cells(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(cells(mark));
    let cut = fit(text, room);
    let at_word = cut.rfind(' ').filter(|at| *at * 2 > cut.len()).map_or(cut, |at| &cut[..at]);
    format!("{}{}", at_word.trim_end(), fit(mark, limit))
}
