//! A text as lines: what stands in each, where, and what stands between them.

pub mod glyphs;
pub mod letters;
pub mod look;
pub mod marks;
pub mod openers;
pub mod wording;

use memchr::memchr3;

/// Blanks that part what stands side by side on a line: cells of a table, words and a page number.
pub const GAP: &str = "   ";

/// Where the first [`GAP`] of `text` is.
pub fn gap(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut from = 0;
    while let Some(at) = hole(&bytes[from..]).map(|at| from + at) {
        if bytes.get(at + 2) == Some(&b' ') {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

/// Bytes that are looked at together.
const AHEAD: usize = 16;

/// Where the first two blanks in a row are.
fn hole(bytes: &[u8]) -> Option<usize> {
    let is_hole = |here: &u8, next: &u8| (*here == b' ') & (*next == b' ');
    // Most lines have none.
    let mut plain = 0;
    while let Some(ahead) = bytes.get(plain..=plain + AHEAD)
        && !std::iter::zip(&ahead[..AHEAD], &ahead[1..]).fold(false, |found, (here, next)| found | is_hole(here, next))
    {
        plain += AHEAD;
    }
    let rest = &bytes[plain..];
    std::iter::zip(rest, rest.get(1..).unwrap_or_default())
        .position(|(here, next)| is_hole(here, next))
        .map(|at| plain + at)
}

/// A line that is not blank, without the white space around it.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub text: &'a str,
    /// Byte of the normal text where `text` starts.
    pub at: usize,
    /// Cells of white space before it.
    pub indent: u32,
    /// Blank lines above it.
    pub blanks: u32,
    /// Which page it stands on; pages are cut by form feeds, columns and removed furniture.
    pub page: u32,
    /// Its length in cells: wide characters count twice.
    pub cells: u32,
    /// Its length as typeset in a common book face, in thousandths of an em.
    pub ems: u32,
    /// Two blanks in a row stand in it.
    pub holed: bool,
    /// A paragraph that begins here stands close below the one above.
    pub close: bool,
}

impl<'a> Line<'a> {
    /// The line that `raw` holds, or `None` where it is blank. `at` is where `raw` starts, `column` the cell.
    pub fn new(raw: &'a str, at: usize, column: u32) -> Option<Self> {
        let text = raw.trim_start();
        let lead = raw.len() - text.len();
        let text = text.trim_end();
        // A line of soft hyphens alone shows nothing; one of ">" is a blank line that a mail quotes.
        if text.trim_start_matches(|c| c == '\u{ad}' || is_quoting(c)).is_empty() {
            return None;
        }
        let (cells, ems) = glyphs::measure(text);
        let indent = column + indent_cells(&raw[..lead], column);
        let holed = hole(text.as_bytes()).is_some();
        Some(Self { text, at: at + lead, indent, blanks: 0, page: 0, cells, ems, holed, close: false })
    }

    /// Where the first [`GAP`] of its text is.
    pub fn gap(&self) -> Option<usize> {
        if self.holed { gap(self.text) } else { None }
    }

    /// How deeply a mail quotes it: the number of ">" before its text.
    pub fn quoting(&self) -> usize {
        let marks = self.text.len() - self.text.trim_start_matches(is_quoting).len();
        if self.text.starts_with('>') { self.text[..marks].matches('>').count() } else { 0 }
    }

    /// The line without the marks of quoting before its text.
    pub fn without_quoting(&self) -> Self {
        let text = self.text.trim_start_matches(is_quoting);
        Self { text, at: self.end() - text.len(), ..self.clone() }
    }

    /// The cell after its last.
    pub fn right(&self) -> u32 {
        self.indent + self.cells
    }

    /// One past its last byte in the normal text.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// Bytes of a line in texts that were wrapped narrowly.
const SHORT: usize = 40;

/// The lines of `text`, and whether form feeds mark its pages.
pub fn split(text: &str) -> (Vec<Line<'_>>, bool) {
    let mut lines: Vec<Line> = Vec::with_capacity(text.len() / SHORT + 1);
    let (mut at, mut blanks, mut page, mut feeds) = (0, 0u32, 0u32, false);
    let bytes = text.as_bytes();
    while at < text.len() {
        let end = memchr3(b'\n', b'\r', 0x0c, &bytes[at..]).map_or(text.len(), |n| at + n);
        match Line::new(&text[at..end], at, 0) {
            Some(line) => {
                lines.push(Line { blanks, page, ..line });
                blanks = 0;
            }
            None => blanks = blanks.saturating_add(1),
        }
        match bytes.get(end) {
            Some(0x0c) => {
                // A form feed ends a line only where something stands before it.
                if lines.last().is_some_and(|last| last.end() > at) {
                    blanks = 0;
                } else {
                    blanks = blanks.saturating_sub(1);
                }
                page += 1;
                feeds = true;
                at = end + 1;
            }
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => at = end + 2,
            _ => at = end + 1,
        }
    }
    (lines, feeds)
}

/// Cells of white space that starts at cell `column`; a tab goes to the next multiple of eight.
fn indent_cells(white: &str, column: u32) -> u32 {
    if white.bytes().all(|b| b == b' ') {
        return white.len() as u32;
    }
    let mut cell = column;
    for c in white.chars() {
        cell = match c {
            '\t' => cell / 8 * 8 + 8,
            '\u{3000}' => cell + 2,
            _ => cell + 1,
        };
    }
    cell - column
}

/// What stands before the words of a quoted line.
fn is_quoting(c: char) -> bool {
    c == '>' || c.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_in_a_row_are_found() {
        assert_eq!(
            ["a  b   c", "   a", "a   ", "a b  c", "  ", "", "ä    b"].map(gap),
            [Some(4), Some(0), Some(1), None, None, None, Some(2)]
        );
        let long = "a line of many words  with two blanks   and with three";
        assert_eq!((gap(long), hole(long.as_bytes())), (Some(37), Some(20)));
        assert_eq!(["a b  c", "a b c", "a ", " "].map(|text| hole(text.as_bytes())), [Some(3), None, None, None]);
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let (lines, feeds) = split("one\r\ntwo\rthree\n\n  four \u{c}\tfive");
        let seen: Vec<_> = lines.iter().map(|l| (l.text, l.indent, l.blanks, l.page)).collect();
        assert_eq!(
            seen,
            [("one", 0, 0, 0), ("two", 0, 0, 0), ("three", 0, 0, 0), ("four", 2, 1, 0), ("five", 8, 0, 1)]
        );
        assert!(feeds);
    }
}
