//! How many cells a text takes: the one answer that layout and drawing share.
//!
//! The unit of drawing is the grapheme (what a reader takes for one character), and its cells are
//! those terminals give it, as far as they agree: 0 for what is not drawn alone (a combining mark without a base,
//! a control character, a joiner), 1, 2, and in some scripts more (a Devanagari syllable may take 3).
//! Characters of ambiguous width are narrow. A test holds this against the widgets' own view, which has fewer
//! where a vowel sign stands beside its letter (Tamil, Malayalam, Bengali) or letters are stacked (Khmer).
//!
//! *Units.* `cells` and `limit` are cells of the terminal, `at` and ranges are bytes. Nothing here
//! cuts a grapheme.

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// One grapheme of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Byte of the text where it starts.
    pub at: usize,
    pub text: &'a str,
    /// Cells it is drawn in.
    pub cells: usize,
}

impl Cluster<'_> {
    /// One past its last byte.
    pub fn end(&self) -> usize {
        self.at + self.text.len()
    }
}

/// The graphemes of `text` in order, each with its place and its cells.
pub fn clusters(text: &str) -> Clusters<'_> {
    Clusters { text, at: 0 }
}

/// See [`clusters`].
#[derive(Clone, Debug)]
pub struct Clusters<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    fn next(&mut self) -> Option<Cluster<'a>> {
        let (at, bytes) = (self.at, self.text.as_bytes());
        let first = *bytes.get(at)?;
        // Between two ASCII characters there is always a boundary, but inside CR LF.
        let alone = first.is_ascii() && first != b'\r' && bytes.get(at + 1).is_none_or(u8::is_ascii);
        if alone {
            self.at += 1;
            let cells = usize::from(!first.is_ascii_control());
            return Some(Cluster { at, text: &self.text[at..=at], cells });
        }
        let mut chars = self.text[at..].chars();
        if let Some(c) = chars.next().filter(|c| is_alone(*c))
            && chars.next().is_none_or(is_alone)
        {
            self.at += c.len_utf8();
            return Some(Cluster { at, text: &self.text[at..self.at], cells: char_cells(c) });
        }
        let text = self.text[at..].graphemes(true).next()?;
        self.at += text.len();
        Some(Cluster { at, text, cells: grapheme_cells(text) })
    }
}

/// Whether `c` is a grapheme of its own beside any other such character: letters, signs and ideographs of most
/// texts. Others may be as well; asking the tables takes much longer.
fn is_alone(c: char) -> bool {
    matches!(c,
        ' '..='~'
        | '\u{a0}'..='\u{ac}'
        | '\u{ae}'..='\u{2ff}'
        | '\u{370}'..='\u{377}'
        | '\u{384}'..='\u{482}'
        | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205e}'
        | '\u{2190}'..='\u{23ff}'
        | '\u{2500}'..='\u{25ff}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{309b}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}')
}

/// Cells of `text`.
pub fn cells(text: &str) -> usize {
    if is_printable_ascii(text) { text.len() } else { clusters(text).map(|cluster| cluster.cells).sum() }
}

/// Cells of one grapheme: the most that terminals give it. One that takes fewer shows a gap behind it; where
/// more are taken than were left, what follows would be written over its last sign.
pub fn grapheme_cells(grapheme: &str) -> usize {
    if grapheme.contains(char::is_control) {
        return 0;
    }
    let whole = grapheme.width();
    let mut chars = grapheme.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) => char_cells(c),
        (Some(first), Some(_)) if first.is_alphabetic() || !grapheme.contains(is_of_emoji) => {
            whole.max(grapheme.chars().map(char_cells).sum())
        }
        _ => whole,
    }
}

fn char_cells(c: char) -> usize {
    if is_spacing_mark(c) { 1 } else { c.width().unwrap_or(0) }
}

/// What makes one picture of several characters.
fn is_of_emoji(c: char) -> bool {
    matches!(c, '\u{200d}' | '\u{20e3}' | '\u{fe0e}' | '\u{fe0f}' | '\u{1f000}'..)
}

/// Signs that are put beside a letter, not on it (general category Mc, and the half-width sound marks of kana),
/// though they belong to its grapheme for good, for which our table of widths counts none: C libraries, tmux
/// and xterm give each a cell.
fn is_spacing_mark(c: char) -> bool {
    matches!(c,
            '\u{9be}' | '\u{9d7}' | '\u{b3e}' | '\u{b57}' | '\u{bbe}' | '\u{bd7}' | '\u{cc0}' | '\u{cc2}'
            | '\u{cc7}'..='\u{cc8}' | '\u{cca}'..='\u{ccb}' | '\u{cd5}'..='\u{cd6}' | '\u{d3e}' | '\u{d57}'
            | '\u{dcf}' | '\u{ddf}' | '\u{1715}' | '\u{1734}' | '\u{1b35}' | '\u{1b3b}' | '\u{1b3d}'
            | '\u{1b43}'..='\u{1b44}' | '\u{1baa}' | '\u{1bf2}'..='\u{1bf3}' | '\u{a953}' | '\u{a9c0}'
            | '\u{ff9e}'..='\u{ff9f}' | '\u{111c0}' | '\u{11235}' | '\u{1133e}' | '\u{1134d}' | '\u{11357}'
            | '\u{114b0}' | '\u{114bd}' | '\u{115af}' | '\u{116b6}' | '\u{11930}' | '\u{1193d}')
}

/// The parts of a grapheme as a screen draws them side by side, with the cells of each: at most two. Nearly
/// all are one; a Devanagari syllable of three cells is parted before a letter. What has no cells is none.
///
/// Terminals that give each letter and vowel sign its cells and those that shape them show the same so.
pub fn parts(grapheme: &str) -> Vec<(&str, usize)> {
    let whole = grapheme_cells(grapheme);
    if whole <= 2 {
        return if whole == 0 { Vec::new() } else { vec![(grapheme, whole)] };
    }
    let mut parts = Vec::new();
    let (mut start, mut used) = (0, 0);
    for (at, c) in grapheme.char_indices() {
        let cells = char_cells(c);
        if used > 0 && cells > 0 && (used + cells > 2 || !is_combining_mark(c)) {
            parts.push((&grapheme[start..at], used));
            (start, used) = (at, 0);
        }
        used += cells;
    }
    parts.push((&grapheme[start..], used.min(2)));
    parts
}

/// Whether every byte of `text` is one character in one cell.
pub fn is_printable_ascii(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// The last character boundary of `text` at or before byte `at`.
pub(super) fn floor_boundary(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The longest start of `text` that fits in `limit` cells.
pub fn fit(text: &str, limit: usize) -> &str {
    let mut used = 0;
    for cluster in clusters(text) {
        used += cluster.cells;
        if used > limit {
            return &text[..cluster.at];
        }
    }
    text
}

/// The longest end of `text` that fits in `limit` cells.
pub fn fit_end(text: &str, limit: usize) -> &str {
    let mut over = cells(text).saturating_sub(limit);
    for cluster in clusters(text) {
        if over == 0 {
            return &text[cluster.at..];
        }
        over = over.saturating_sub(cluster.cells);
    }
    if over == 0 { &text[text.len()..] } else { "" }
}

/// `text` in at most `limit` cells: whole, or cut at a word, with `mark` (say `…`) where it was cut.
/// A word is cut only where that saves more than half of the room.
pub fn shorten(text: &str, limit: usize, mark: &str) -> String {
    if cells(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(cells(mark));
    let cut = fit(text, room);
    let ends_word = text[cut.len()..].starts_with(char::is_whitespace);
    let word = if ends_word { Some(cut.len()) } else { cut.rfind(char::is_whitespace) };
    let kept = word.filter(|at| at * 2 > cut.len()).map_or(cut, |at| &cut[..at]);
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '·' | '、' | '，'));
    format!("{kept}{}", fit(mark, limit))
}

/// `text` in at most `limit` cells: whole, or its first letters with `mark` after them. For names that
/// begin with the same word.
pub fn shorten_letters(text: &str, limit: usize, mark: &str) -> String {
    if cells(text) <= limit {
        return text.to_owned();
    }
    let kept = fit(text, limit.saturating_sub(cells(mark))).trim_end();
    format!("{kept}{}", fit(mark, limit))
}

/// `text` in at most `limit` cells: whole, or its start and its end with `mark` between them.
/// For paths and names whose end tells them apart; the end gets the larger half.
pub fn shorten_middle(text: &str, limit: usize, mark: &str) -> String {
    if cells(text) <= limit {
        return text.to_owned();
    }
    let room = limit.saturating_sub(cells(mark));
    let start = fit(text, room / 2);
    let end = fit_end(text, room - cells(start));
    format!("{start}{}{end}", fit(mark, limit))
}

/// `text` in exactly `limit` cells: blanks after it, or cut with `…`.
pub fn pad_right(text: &str, limit: usize) -> String {
    let mut out = shorten(text, limit, "…");
    out.extend(std::iter::repeat_n(' ', limit.saturating_sub(cells(&out))));
    out
}

/// `text` in exactly `limit` cells: blanks before it, or cut with `…`. For numbers in columns.
pub fn pad_left(text: &str, limit: usize) -> String {
    let text = shorten(text, limit, "…");
    let mut out = " ".repeat(limit.saturating_sub(cells(&text)));
    out.push_str(&text);
    out
}

/// A number as it is read: `1,234,567`.
pub fn group_thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests;
