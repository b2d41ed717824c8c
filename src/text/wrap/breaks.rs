//! Where a row may end.
//!
//! ASCII text, which is most of what is read, is broken by a table of classes at the speed of its
//! bytes; everything else by the full algorithm. A test holds the table against the algorithm.
//!
//! The algorithm is corrected in two places where prose wants less than it gives: a hyphen that starts
//! a word stays with it (`-x`, `--all`), and a dash between two words is not the first of a row.

use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;

use crate::text::width::{self, Cluster};

/// Bytes looked at before a chance; no rule needs more on what people write, and rows of signs without
/// end stay cheap.
const FAR: usize = 64;

/// The chances of a text.
pub struct Breaks<'a> {
    text: &'a str,
    /// Where a row may start, in order; `None` for ASCII, which is asked by [`ascii_chance`].
    chances: Option<Vec<usize>>,
}

impl<'a> Breaks<'a> {
    pub fn of(text: &'a str) -> Self {
        let chances = (!width::is_printable_ascii(text)).then(|| chances(text));
        Self { text, chances }
    }

    /// The row that starts at `start` and has `room` cells: where it ends and where the next starts.
    pub fn row(&self, start: usize, room: usize) -> (usize, usize) {
        match &self.chances {
            None => ascii_row(self.text.as_bytes(), start, room),
            Some(chances) => self.any_row(chances, start, room),
        }
    }

    /// Whether a row may start at `at`, a grapheme boundary after the first.
    pub fn is_chance(&self, at: usize) -> bool {
        match &self.chances {
            None => ascii_chance(self.text.as_bytes(), at),
            Some(chances) => chances.binary_search(&at).is_ok(),
        }
    }

    fn any_row(&self, chances: &[usize], start: usize, room: usize) -> (usize, usize) {
        let mut ahead = chances[chances.partition_point(|&at| at <= start)..].iter().copied().peekable();
        let mut chance = None; // the last place where the row may end, and where the next then starts
        let mut end = start; // of what is no white space
        let mut used = 0;
        for mut cluster in width::clusters(&self.text[start..]) {
            cluster.at += start;
            while ahead.next_if(|&at| at < cluster.at).is_some() {}
            if ahead.next_if_eq(&cluster.at).is_some() {
                chance = Some((end, cluster.at));
            }
            if is_line_end(&cluster) {
                return (end, cluster.end());
            }
            used += cluster.cells;
            if is_blank(&cluster) {
                continue;
            }
            // What takes no cell is no reason for a new row, but where blanks before it would be shown.
            if used > room && (cluster.cells > 0 || end < cluster.at) && cluster.at > start {
                return chance.unwrap_or((end, cluster.at));
            }
            end = cluster.end();
        }
        (end, self.text.len())
    }
}

/// White space that a row may leave out at its end.
pub fn is_blank(cluster: &Cluster<'_>) -> bool {
    let mut chars = cluster.text.chars();
    let blank = |c: char| c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}');
    chars.next().is_some_and(blank) && chars.all(blank)
}

/// Whether a row ends here in any case.
pub fn is_line_end(cluster: &Cluster<'_>) -> bool {
    matches!(cluster.text, "\n" | "\r" | "\r\n" | "\x0b" | "\x0c" | "\u{85}" | "\u{2028}" | "\u{2029}")
}

fn chances(text: &str) -> Vec<usize> {
    // The dictionary is a hundred times as fast as the neural model, and about as good.
    let segmenter = LineSegmenter::new_dictionary(LineBreakOptions::default());
    segmenter.segment_str(text).filter(|&at| at > 0 && at < text.len() && is_wanted(text, at)).collect()
}

/// Whether prose wants the chance before byte `at` that the algorithm gives.
fn is_wanted(text: &str, at: usize) -> bool {
    let (before, after) = (&text[..at], &text[at..]);
    let is_blank = |c: char| c.is_whitespace();
    if after.starts_with(['–', '—']) {
        return before.ends_with(is_blank);
    }
    if !before.ends_with('-') {
        return !before.ends_with('\u{ad}');
    }
    let from = width::floor_boundary(before, at.saturating_sub(FAR));
    let rest = before[from..].trim_end_matches('-');
    let starts_word = if rest.is_empty() { from == 0 } else { rest.ends_with(is_blank) };
    !starts_word || after.starts_with(is_blank)
}

fn ascii_row(text: &[u8], start: usize, room: usize) -> (usize, usize) {
    let limit = start.saturating_add(room);
    if limit >= text.len() {
        return (trim(text, start, text.len()), text.len());
    }
    // A row that is full up to a space ends there, with all spaces after it.
    let mut over = limit;
    while over < text.len() && text[over] == b' ' {
        over += 1;
    }
    if over == text.len() {
        return (trim(text, start, limit), over);
    }
    let chance = std::iter::once(over).chain((start + 1..=limit).rev()).find(|&at| ascii_chance(text, at));
    match chance {
        Some(at) => (trim(text, start, at), at),
        None => (trim(text, start, limit), over),
    }
}

/// The end of `start..end` without its spaces.
fn trim(text: &[u8], start: usize, end: usize) -> usize {
    text[start..end].iter().rposition(|&byte| byte != b' ').map_or(start, |at| start + at + 1)
}

/// Classes of the line breaking algorithm, as far as ASCII has them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    /// `(`, `[`, `{`
    Open,
    /// `)` and `]`
    Close,
    /// `}`
    Brace,
    Quote,
    /// `!` and `?`
    Exclamation,
    /// `,`, `.`, `:`, `;`
    Infix,
    Slash,
    Hyphen,
    /// `|`
    Bar,
    /// Before a number: `$`, `+`, `\`
    Prefix,
    /// After a number: `%`
    Postfix,
}

fn class(byte: u8) -> Class {
    match byte {
        b' ' => Class::Space,
        b'0'..=b'9' => Class::Digit,
        b'(' | b'[' | b'{' => Class::Open,
        b')' | b']' => Class::Close,
        b'}' => Class::Brace,
        b'"' | b'\'' => Class::Quote,
        b'!' | b'?' => Class::Exclamation,
        b',' | b'.' | b':' | b';' => Class::Infix,
        b'/' => Class::Slash,
        b'-' => Class::Hyphen,
        b'|' => Class::Bar,
        b'$' | b'+' | b'\\' => Class::Prefix,
        b'%' => Class::Postfix,
        _ => Class::Letter,
    }
}

/// Whether a row may start at byte `at` of printable ASCII.
fn ascii_chance(text: &[u8], at: usize) -> bool {
    use Class::*;
    if at == 0 || at >= text.len() {
        return false;
    }
    let after = class(text[at]);
    if matches!(after, Space | Close | Brace | Exclamation | Infix | Slash) {
        return false;
    }
    let before = class(text[at - 1]);
    if before == Space {
        return after_space(text, at);
    }
    if matches!(after, Quote | Hyphen | Bar) {
        return false;
    }
    match before {
        Space | Open | Quote => false,
        Hyphen => after != Digit && !starts_word(text, at),
        Bar | Exclamation => true,
        Slash => after != Digit,
        Infix => !matches!(after, Digit | Letter),
        Brace => !matches!(after, Prefix | Postfix),
        Close => !matches!(after, Letter | Digit | Prefix | Postfix),
        Prefix | Postfix => matches!(after, Prefix | Postfix),
        Letter | Digit => false,
    }
}

/// The chance after spaces: there is none behind an opening bracket.
fn after_space(text: &[u8], at: usize) -> bool {
    let before = text[..at].iter().rposition(|&byte| byte != b' ');
    before.is_none_or(|before| class(text[before]) != Class::Open)
}

/// Whether the hyphens before byte `at` are the first of their word.
fn starts_word(text: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(FAR);
    match text[from..at].iter().rposition(|&byte| byte != b'-') {
        Some(before) => text[from + before] == b' ',
        None => from == 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ascii_chances(text: &str) -> Vec<usize> {
        (1..text.len()).filter(|&at| ascii_chance(text.as_bytes(), at)).collect()
    }

    #[test]
    fn every_triple_of_signs_is_broken_as_the_algorithm_does() {
        let signs: Vec<char> = "a1 ([)}\"!,.:/-|$%".chars().collect();
        let mut wrong = Vec::new();
        for a in &signs {
            for b in &signs {
                for c in &signs {
                    for d in &signs {
                        let text: String = [*a, *b, *c, *d].iter().collect();
                        if ascii_chances(&text) != chances(&text) {
                            wrong.push(format!("{text:?}: {:?}, not {:?}", ascii_chances(&text), chances(&text)));
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong: {:#?}", wrong.len(), &wrong[..wrong.len().min(60)]);
    }

    proptest! {
        #[test]
        fn ascii_is_broken_as_the_algorithm_does(text in "[ -~]{0,40}") {
            prop_assert_eq!(ascii_chances(&text), chances(&text));
        }

        #[test]
        fn a_row_is_the_same_by_either_way(text in "[a-c1 .,()-]{1,60}", room in 1_usize..20) {
            let fast = Breaks { text: &text, chances: None };
            let full = Breaks { text: &text, chances: Some(chances(&text)) };
            let mut start = 0;
            while start < text.len() {
                let (end, next) = fast.row(start, room);
                prop_assert_eq!((end, next), full.row(start, room), "from {}", start);
                prop_assert!(next > start);
                start = next;
            }
        }
    }
}
