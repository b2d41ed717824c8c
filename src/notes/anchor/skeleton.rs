//! The skeleton of a text: what stays when it is wrapped, hyphenated, typeset or decomposed anew.
//!
//! White space, hyphens, dashes and everything invisible are dropped; what is left is decomposed
//! (NFKD), its case folded, its combining marks dropped and its quotes made straight. Two texts
//! with the same skeleton say the same.
//!
//! *Invariant.* Every character of the skeleton comes from one character of the text; several may
//! come from the same (`ﬁ` gives `f` and `i`), and they are in the order of the text.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Code points are counted at every so many characters of a skeleton.
const STRIDE: usize = 64;

/// The folded characters of a text, with the way back.
#[derive(Clone, Debug, Default)]
pub struct Skeleton {
    pub chars: Vec<char>,
    /// The byte of the text where each character's source starts.
    at: Vec<u32>,
    /// Bytes of the source, with the combining marks after it.
    width: Vec<u8>,
    /// Indexes of characters that have a blank line between them and the one before.
    breaks: Vec<u32>,
    /// Bytes of the text where dashes stand that were dropped, and their lengths.
    dashes: Vec<(u32, u8)>,
    /// The code point of every [`STRIDE`]-th character, and how many the text has.
    points: Vec<u32>,
    points_all: u32,
}

impl Skeleton {
    pub fn of(text: &str) -> Self {
        let mut skeleton = Self::default();
        skeleton.chars.reserve(text.len());
        skeleton.at.reserve(text.len());
        skeleton.width.reserve(text.len());
        let mut newlines = 0;
        let mut points = 0;
        for (at, c) in text.char_indices() {
            points += 1;
            if c.is_whitespace() {
                newlines += usize::from(c == '\n');
                continue;
            }
            if is_dropped(c) {
                if is_dash(c) {
                    skeleton.dashes.push((at as u32, c.len_utf8() as u8));
                }
                continue;
            }
            if newlines > 1 && skeleton.breaks.last() != Some(&(skeleton.chars.len() as u32)) {
                skeleton.breaks.push(skeleton.chars.len() as u32);
            }
            let before = skeleton.chars.len();
            fold(c, |folded| skeleton.push(folded, at, c.len_utf8(), points - 1));
            if skeleton.chars.len() > before {
                newlines = 0;
            } else {
                skeleton.widen(at, c.len_utf8());
            }
        }
        skeleton.points_all = points;
        skeleton
    }

    fn push(&mut self, folded: char, at: usize, width: usize, point: u32) {
        if self.chars.len().is_multiple_of(STRIDE) {
            self.points.push(point);
        }
        self.chars.push(folded);
        self.at.push(at as u32);
        self.width.push(width as u8);
    }

    /// Takes a combining mark at `at` to the character it stands on.
    fn widen(&mut self, at: usize, width: usize) {
        if let (Some(&start), Some(own)) = (self.at.last(), self.width.last_mut())
            && start as usize + *own as usize == at
        {
            *own = own.saturating_add(width as u8);
        }
    }

    pub fn len(&self) -> usize {
        self.chars.len()
    }

    /// The bytes of the text that a stretch of the skeleton covers, from its first to its last.
    pub fn bytes(&self, range: Range<usize>) -> Range<usize> {
        let Some(last) = range.end.checked_sub(1).filter(|last| *last >= range.start && *last < self.len()) else {
            let at = self.at.get(range.start).map_or(0, |at| *at as usize);
            return at..at;
        };
        self.at[range.start] as usize..self.at[last] as usize + self.width[last] as usize
    }

    /// The same with up to so many of the dashes that stand before it, and after it.
    pub fn bytes_with_dashes(&self, range: Range<usize>, (before, after): (usize, usize)) -> Range<usize> {
        let bytes = self.bytes(range.clone());
        let last = range.start.checked_sub(1).map_or(0, |last| self.bytes(last..last + 1).end);
        let next = self.at.get(range.end).map_or(usize::MAX, |at| *at as usize);
        let first = self.dashes.partition_point(|(at, _)| (*at as usize) < bytes.start);
        let left = self.dashes[..first].iter().rev().take(before).take_while(|(at, _)| *at as usize >= last).last();
        let first = self.dashes.partition_point(|(at, _)| (*at as usize) < bytes.end);
        let right = self.dashes[first..].iter().take(after).take_while(|(at, _)| (*at as usize) < next).last();
        let start = left.map_or(bytes.start, |(at, _)| *at as usize);
        start..right.map_or(bytes.end, |(at, len)| *at as usize + usize::from(*len))
    }

    /// The stretch that comes from the given bytes of the text.
    pub fn range(&self, bytes: Range<usize>) -> Range<usize> {
        let index = |byte: usize| self.at.partition_point(|at| (*at as usize) < byte);
        index(bytes.start)..index(bytes.end)
    }

    /// Whether a blank line, or an end of the text, stands before character `index`.
    pub fn breaks_at(&self, index: usize) -> bool {
        index == 0 || index >= self.len() || self.breaks.binary_search(&(index as u32)).is_ok()
    }

    /// The characters with a blank line before them.
    pub fn breaks(&self) -> impl Iterator<Item = usize> {
        self.breaks.iter().map(|at| *at as usize)
    }

    /// Where the last blank line up to `index` stands; 0 where there is none.
    pub fn break_before(&self, index: usize) -> usize {
        let after = self.breaks.partition_point(|at| *at as usize <= index);
        after.checked_sub(1).map_or(0, |i| self.breaks[i] as usize)
    }

    /// Where the first blank line from `index` on stands; the end where there is none.
    pub fn break_after(&self, index: usize) -> usize {
        let next = self.breaks.partition_point(|at| (*at as usize) < index);
        self.breaks.get(next).map_or(self.len(), |at| *at as usize)
    }

    /// About which character stands at code point `point` of the text.
    pub fn near_point(&self, point: usize) -> usize {
        let point = point as u32;
        let after = self.points.partition_point(|at| *at <= point);
        let Some(index) = after.checked_sub(1) else { return 0 };
        let start = self.points[index];
        let (end, count) = match self.points.get(index + 1) {
            Some(end) => (*end, STRIDE),
            None => (self.points_all, self.len() - index * STRIDE),
        };
        let part = (point - start) as usize * count / ((end - start).max(1) as usize);
        (index * STRIDE + part).min(self.len())
    }
}

/// The skeleton as a text of its own.
pub fn skeleton_text(text: &str) -> String {
    let mut skeleton = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace() && !is_dropped(*c)) {
        fold(c, |folded| skeleton.push(folded));
    }
    skeleton
}

/// BLAKE3 of the skeleton: the same for all versions of a text that say the same.
pub fn txt_hash(text: &str) -> [u8; 32] {
    blake3::hash(skeleton_text(text).as_bytes()).into()
}

/// Hyphens, dashes, controls, and what has no width.
fn is_dropped(c: char) -> bool {
    if c.is_ascii() {
        return c == '-' || c.is_ascii_control();
    }
    matches!(c,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}' | '\u{58a}' | '\u{61c}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{2015}' | '\u{202a}'..='\u{202e}' | '\u{2043}' | '\u{2060}'..='\u{206f}' | '\u{2212}'
        | '\u{2e3a}' | '\u{2e3b}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe31}' | '\u{fe32}' | '\u{fe58}' | '\u{fe63}'
        | '\u{feff}' | '\u{ff0d}' | '\u{e0000}'..='\u{e0fff}')
}

/// Whether what was dropped can be seen, and be an end of a passage.
fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'
            ..='\u{2015}' | '\u{2043}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}' | '\u{fe58}' | '\u{fe63}' | '\u{ff0d}'
    )
}

/// How many dashes stand at either end of a text, with nothing but blanks about them.
pub fn dashes_at_ends(text: &str) -> (usize, usize) {
    let count = |c: &char| is_dash(*c);
    let is_nothing = |c: &char| c.is_whitespace() || is_dropped(*c);
    let before = text.chars().take_while(is_nothing).filter(count).count();
    (before, text.chars().rev().take_while(is_nothing).filter(count).count())
}

/// The characters that stand for `c`: none for a combining mark.
fn fold(c: char, mut push: impl FnMut(char)) {
    if c.is_ascii() {
        push(if c == '`' { '\'' } else { c.to_ascii_lowercase() });
        return;
    }
    if let Some(quote) = quote(c) {
        push(quote);
        return;
    }
    for part in std::iter::once(c).nfkd().filter(|part| !is_combining_mark(*part) && !part.is_whitespace()) {
        match part {
            'ß' | 'ẞ' => {
                push('s');
                push('s');
            }
            'ς' => push('σ'),
            'ı' => push('i'),
            part if is_dropped(part) => {}
            part => part.to_lowercase().filter(|lower| !is_combining_mark(*lower)).for_each(&mut push),
        }
    }
}

/// The straight form of a quotation mark.
fn quote(c: char) -> Option<char> {
    match c {
        '‘' | '’' | '‚' | '‛' | '′' | '‵' | '´' | 'ʼ' | 'ʹ' | '‹' | '›' | '＇' => Some('\''),
        '“' | '”' | '„' | '‟' | '″' | '‶' | '«' | '»' | '〝' | '〞' | '〟' | '＂' => Some('"'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        Skeleton::of(text).chars.into_iter().collect()
    }

    #[test]
    fn what_typesetting_changes_is_gone() {
        for (one, other) in [
            ("US-led co-\noperation", "US–led coop\u{ad}eration"),
            ("“It’s the ﬁrst oﬃce…”", "\"It's  the first office...\""),
            ("Straße ΣΊΣΥΦΟΣ", "STRASSE σίσυφος"),
            ("re\u{301}sume\u{301}", "résumé"),
            ("ＴＰＰ\u{3000}ガ", "TPPｶﾞ"),
        ] {
            assert_eq!(folded(one), folded(other));
            assert_eq!(txt_hash(one), txt_hash(other));
        }
        assert_ne!(txt_hash("one"), txt_hash("two"));
    }

    #[test]
    fn the_way_back_takes_whole_characters() {
        let text = "a ﬁne re\u{301}sume\u{301}.";
        let skeleton = Skeleton::of(text);
        assert_eq!(&text[skeleton.bytes(1..3)], "ﬁ");
        assert_eq!(&text[skeleton.bytes(5..11)], "re\u{301}sume\u{301}");
        assert_eq!(skeleton.range(2..7), 1..5);
    }

    #[test]
    fn dashes_at_an_end_of_a_passage_belong_to_it() {
        let text = "sugar - --- > 7 -\u{2014} eight";
        let skeleton = Skeleton::of(text);
        let seven = skeleton.range(12..15);
        assert_eq!(dashes_at_ends("---> 7 -"), (3, 1));
        assert_eq!(&text[skeleton.bytes_with_dashes(seven.clone(), (3, 1))], "--- > 7 -");
        assert_eq!(&text[skeleton.bytes_with_dashes(seven.clone(), (0, 9))], "> 7 -\u{2014}");
        assert_eq!(&text[skeleton.bytes_with_dashes(seven, (9, 0))], "- --- > 7");
    }

    #[test]
    fn blank_lines_are_remembered() {
        let skeleton = Skeleton::of("one\n\ntwo\nthree\n \n  four");
        assert_eq!(skeleton.breaks, [3, 11]);
        assert!(skeleton.breaks_at(0) && skeleton.breaks_at(3) && !skeleton.breaks_at(6) && skeleton.breaks_at(15));
        assert_eq!((skeleton.break_before(7), skeleton.break_after(7)), (3, 11));
    }
}
