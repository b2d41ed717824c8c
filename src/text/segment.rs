//! Where graphemes, words and sentences start and end, as a cursor needs them, and which language a
//! text is in.
//!
//! Words are those of the Unicode algorithm, with a dictionary for scripts without spaces; sentences
//! are its sentences too, corrected for abbreviations, initials, footnote signs and quotations, which it
//! does not know. Sentences of a text longer than [`PIECE`] bytes are looked for in its pieces, so that a
//! step costs the same in a paragraph without end; there a sentence ends where its piece does.
//!
//! *Units.* Everything is bytes of the text. `at` may be any character boundary, the end included; an
//! answer lies on a grapheme boundary. `None` says that there is no such place in this text: the next
//! paragraph goes on.

mod language;
mod pieces;
mod sentences;
mod words;

pub use language::{Language, language};
pub use pieces::{PIECE, piece_at, pieces};
pub use sentences::{next_sentence, previous_sentence, sentence_at, sentences};
pub use words::{next_word, previous_word, word_at, word_end};

use super::width;

/// The start of the grapheme after the one at `at`; the end of the text after the last.
pub fn next_grapheme(text: &str, at: usize) -> usize {
    let start = grapheme_start(text, at);
    width::clusters(&text[start..]).next().map_or(text.len(), |cluster| start + cluster.end())
}

/// The start of the grapheme before `at`; 0 at the start.
pub fn previous_grapheme(text: &str, at: usize) -> usize {
    let at = at.min(text.len());
    match text[..at].chars().next_back() {
        Some(c) => grapheme_start(text, at - c.len_utf8()),
        None => 0,
    }
}

/// Bytes before a place that decide whether a grapheme starts there.
const CONTEXT: usize = 256;

/// The start of the grapheme that holds byte `at`; the end of the text is its own.
pub fn grapheme_start(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    let from = context_start(text, at);
    let starts = width::clusters(&text[from..]).map(|cluster| from + cluster.at);
    starts.take_while(|&start| start <= at).last().unwrap_or(from)
}

/// A grapheme boundary not far before `at`: between two ASCII characters if there are any.
fn context_start(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let floor = at.saturating_sub(CONTEXT);
    let is_start = |&start: &usize| bytes[start].is_ascii_graphic() && bytes[start - 1].is_ascii_graphic();
    (floor + 1..=at).rev().find(is_start).unwrap_or_else(|| width::floor_boundary(text, floor))
}

#[cfg(test)]
mod tests;
