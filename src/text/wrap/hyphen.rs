//! Words broken at their syllables, where a row would else end far too early.

use std::ops::Range;

use super::Layout;
use crate::text::segment::Language;
use crate::text::width;

/// The most rows that end in a hyphen one after the other.
pub const MOST_IN_A_ROW: usize = 2;

/// A word with fewer characters stays whole.
const SHORTEST: usize = 6;

/// A row that leaves no more than one part in so many of its room free is full enough.
const FULL: usize = 12;

/// Finds the places where words may be broken.
pub struct Hyphenator {
    lang: hypher::Lang,
}

impl Hyphenator {
    /// `None` where words stay whole.
    pub fn of(layout: &Layout) -> Option<Self> {
        let lang = layout.lang.filter(|_| layout.hyphenate)?;
        Some(Self { lang: rules(lang) })
    }

    /// Where to break the word that starts at `next`, so that its start fills the row `row` up to
    /// `room` cells, the hyphen included. `None` where the row is full enough, or no syllable fits.
    pub fn cut(&self, text: &str, row: Range<usize>, next: usize, room: usize) -> Option<usize> {
        let used = width::cells(&text[row.start..next]);
        let free = room.checked_sub(width::cells(&text[row]))?;
        if free <= room / FULL || next >= text.len() {
            return None;
        }
        let word = word(text, next);
        let fits = |at: &usize| used + width::cells(&text[next..*at]) < room;
        self.points(text, word).into_iter().take_while(fits).last()
    }

    /// The bytes of `text` inside the range of a word (as it stands between white space) where it may
    /// be broken, in order. Addresses, abbreviations and words with digits stay whole.
    pub fn points(&self, text: &str, word: Range<usize>) -> Vec<usize> {
        let token = &text[word.clone()];
        let mut points = Vec::new();
        if token.contains(|c: char| c.is_numeric() || matches!(c, '/' | '@' | '_' | '\\' | '=' | '-')) {
            return points;
        }
        let core = token.trim_end_matches(|c: char| !c.is_alphanumeric());
        if core.contains('.') {
            return points;
        }
        for part in parts(core) {
            let letters = &core[part.clone()];
            let capitals = letters.chars().skip(1).any(char::is_uppercase);
            if capitals || letters.chars().count() < SHORTEST {
                continue;
            }
            let mut at = word.start + part.start;
            let end = word.start + part.end;
            for syllable in hypher::hyphenate(letters, self.lang) {
                at += syllable.len();
                if at < end {
                    points.push(at);
                }
            }
        }
        points
    }
}

/// The stretches of letters in a word: `l’administration` has two.
fn parts(word: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for (at, c) in word.char_indices().filter(|(_, c)| c.is_alphabetic()) {
        let end = at + c.len_utf8();
        match parts.last_mut().filter(|part| part.end == at) {
            Some(part) => part.end = end,
            None => parts.push(at..end),
        }
    }
    parts
}

/// What stands from `start` to the next white space.
pub fn word(text: &str, start: usize) -> Range<usize> {
    let end = text[start..].find(char::is_whitespace).map_or(text.len(), |at| start + at);
    start..end
}

fn rules(lang: Language) -> hypher::Lang {
    match lang {
        Language::English => hypher::Lang::English,
        Language::German => hypher::Lang::German,
        Language::French => hypher::Lang::French,
        Language::Spanish => hypher::Lang::Spanish,
        Language::Italian => hypher::Lang::Italian,
        Language::Portuguese => hypher::Lang::Portuguese,
        Language::Dutch => hypher::Lang::Dutch,
    }
}
