//! A long text in pieces, so that nobody has to look at the whole to show its middle.

use std::ops::Range;

use super::grapheme_start;
use crate::text::width;

/// The most bytes of a piece.
pub const PIECE: usize = 16 * 1024;

/// Cuts a text into stretches of at most [`PIECE`] bytes. The cuts depend on the text alone: after a
/// space, else between two graphemes. Nothing is looked at but the ends of the pieces.
pub fn pieces(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut start = 0;
    std::iter::from_fn(move || {
        if start == text.len() {
            return None;
        }
        let end = piece_end(text, start);
        Some(std::mem::replace(&mut start, end)..end)
    })
}

/// The piece that holds byte `at`; the last one at the end of the text.
pub fn piece_at(text: &str, at: usize) -> Range<usize> {
    pieces(text).find(|piece| at < piece.end || piece.end == text.len()).unwrap_or(0..0)
}

fn piece_end(text: &str, start: usize) -> usize {
    if text.len() - start <= PIECE {
        return text.len();
    }
    let limit = width::floor_boundary(text, start + PIECE);
    let bytes = text.as_bytes();
    let blank = memchr::memrchr(b' ', &bytes[start..limit]).map(|at| start + at + 1);
    // A mark after the space belongs to it.
    let blank = blank.filter(|&at| bytes[at].is_ascii_graphic() || grapheme_start(text, at) == at);
    let cut = blank.unwrap_or_else(|| grapheme_start(text, limit));
    // Only in a grapheme longer than a piece, which nobody ever wrote, a cut falls inside it.
    if cut > start { cut } else { limit }
}
