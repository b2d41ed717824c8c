//! Breaks a paragraph into rows of at most so many cells, keeping the way back to its bytes.

use std::ops::Range;

use super::width;

/// The byte ranges of `text` that stand on each row of at most `measure` cells (at least 1).
///
/// Rows are in order, do not overlap, and leave out only the white space they were broken at.
pub fn rows(text: &str, measure: usize) -> Vec<Range<usize>> {
    let measure = measure.max(1);
    let mut rows = Vec::new();
    let mut start = 0;
    let mut end = 0;
    for word in text.split_inclusive(' ') {
        let at = end;
        end += word.len();
        if at > start && width::cells(text[start..end].trim_end()) > measure {
            rows.push(start..at - 1);
            start = at;
        }
    }
    rows.push(start..end);
    rows
}
