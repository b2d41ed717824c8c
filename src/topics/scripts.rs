//! Letters, digits, scripts, and where one word may end and the next begin.
//!
//! In a script with spaces a word ends where its letters and digits end. Han, Hiragana and the
//! scripts of south-east Asia have no spaces: there a word may begin and end anywhere. Katakana is
//! written for whole words, and Hangul has its particles glued on at the right.

use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

/// Scripts that differ in how words stand apart; digits go with any alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Script {
    Digit,
    Latin,
    Greek,
    Cyrillic,
    Hebrew,
    Arabic,
    /// Han or Hiragana.
    Spaceless,
    SouthEastAsian,
    Katakana,
    Hangul,
    Other,
}

const SCRIPTS: [(u32, u32, Script); 24] = [
    (0x0041, 0x024f, Script::Latin),
    (0x0370, 0x03ff, Script::Greek),
    (0x0400, 0x052f, Script::Cyrillic),
    (0x0590, 0x05ff, Script::Hebrew),
    (0x0600, 0x077f, Script::Arabic),
    (0x0e00, 0x0eff, Script::SouthEastAsian),
    (0x1000, 0x109f, Script::SouthEastAsian),
    (0x1100, 0x11ff, Script::Hangul),
    (0x1780, 0x17ff, Script::SouthEastAsian),
    (0x1e00, 0x1eff, Script::Latin),
    (0x1f00, 0x1fff, Script::Greek),
    (0x3005, 0x3007, Script::Spaceless),
    (0x3040, 0x309f, Script::Spaceless),
    (0x30a0, 0x30ff, Script::Katakana),
    (0x3130, 0x318f, Script::Hangul),
    (0x31f0, 0x31ff, Script::Katakana),
    (0x3400, 0x4dbf, Script::Spaceless),
    (0x4e00, 0x9fff, Script::Spaceless),
    (0xac00, 0xd7af, Script::Hangul),
    (0xf900, 0xfaff, Script::Spaceless),
    (0xff10, 0xff19, Script::Digit),
    (0xff21, 0xff5a, Script::Latin),
    (0xff66, 0xff9f, Script::Katakana),
    (0x20000, 0x3ffff, Script::Spaceless),
];

/// Numbers that are written above, below, in a ring or as a fraction: marks of a note, not digits.
const ORNAMENTAL: [(u32, u32); 11] = [
    (0xb2, 0xb3),
    (0xb9, 0xb9),
    (0xbc, 0xbe),
    (0x2070, 0x2079),
    (0x2080, 0x2089),
    (0x2150, 0x215f),
    (0x2460, 0x24ff),
    (0x2776, 0x2793),
    (0x3192, 0x3195),
    (0x3220, 0x325f),
    (0x3280, 0x32bf),
];

/// The long-vowel mark of kana; like an accent it belongs to what stands before it.
const LONG_VOWEL: char = 'ー';

/// Whether `c` is a letter, a digit or a mark.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    let code = u32::from(c);
    // Quotes, dashes, spaces and the ellipsis are by far the most frequent.
    if (0x2000..0x2070).contains(&code) || ORNAMENTAL.iter().any(|(low, high)| (*low..=*high).contains(&code)) {
        return false;
    }
    c.is_alphanumeric() || is_combining_mark(c)
}

/// Whether `c` is white space or a hyphen: the same separator inside a term.
pub fn is_separator(c: char) -> bool {
    c.is_whitespace() || is_hyphen(c)
}

/// Whether `c` is a hyphen, or a dash that is written for one.
pub fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

/// Whether `c` is not seen and not read: soft hyphens, zero-width characters, the byte-order mark.
pub fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a combining mark is an accent: what a writer may leave away. The voicing marks of kana and
/// the vowels of Indic scripts make another letter.
pub fn is_accent(c: char) -> bool {
    !c.is_ascii() && matches!(canonical_combining_class(c), 1 | 10..=36 | 200..=254)
}

/// Whether a term whose edge is the letter `inner` may end there, with `outer` as its neighbour.
/// `inner_is_first` tells which edge.
pub fn is_edge(outer: Option<char>, inner: char, inner_is_first: bool) -> bool {
    let Some(outer) = outer else { return true };
    if outer.is_ascii() && inner.is_ascii() {
        return !(outer.is_ascii_alphanumeric() && inner.is_ascii_alphanumeric());
    }
    if !is_word(inner) || !is_word(outer) {
        return true;
    }
    let later = if inner_is_first { inner } else { outer };
    if is_combining_mark(later) || later == LONG_VOWEL {
        return false;
    }
    match (script(outer), script(inner)) {
        (a, b) if a != b => !(is_alphabet(a) && is_alphabet(b) && (a == Script::Digit || b == Script::Digit)),
        (Script::Spaceless | Script::SouthEastAsian, _) => true,
        (Script::Hangul, _) => !inner_is_first,
        _ => false,
    }
}

/// Whether a run of letters goes on from `inner` to `outer`, for `*`: never from one letter to the
/// next where words have no bounds of their own.
pub fn is_joined(inner: char, outer: char) -> bool {
    if inner.is_ascii() && outer.is_ascii() {
        return outer.is_ascii_alphanumeric();
    }
    is_word(outer)
        && (!is_edge(Some(outer), inner, false) || script(inner) == Script::Hangul && script(outer) == Script::Hangul)
}

/// Letters of a script without spaces that make one word in reading lengths: two characters.
pub fn is_spaceless(c: char) -> bool {
    !c.is_ascii() && matches!(script(c), Script::Spaceless | Script::SouthEastAsian)
}

/// Whether words of this letter's script have blanks or signs around them.
pub fn has_bounds(c: char) -> bool {
    c.is_alphanumeric() && is_alphabet(script(c))
}

fn is_alphabet(script: Script) -> bool {
    !matches!(script, Script::Spaceless | Script::SouthEastAsian | Script::Katakana | Script::Hangul)
}

fn script(c: char) -> Script {
    if c.is_ascii_digit() {
        return Script::Digit;
    }
    let code = u32::from(c);
    let after = SCRIPTS.partition_point(|(low, ..)| *low <= code);
    match after.checked_sub(1).map(|at| SCRIPTS[at]) {
        Some((_, high, script)) if code <= high => script,
        _ if c.is_numeric() => Script::Digit,
        _ => Script::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a term may stand between the bars of `text`.
    fn stands(text: &str) -> bool {
        let mut parts = text.split('|');
        let (before, term, after) = (parts.next().unwrap(), parts.next().unwrap(), parts.next().unwrap());
        is_edge(before.chars().last(), term.chars().next().unwrap(), true)
            && is_edge(after.chars().next(), term.chars().last().unwrap(), false)
    }

    #[test]
    fn words_end_where_their_script_lets_them() {
        let cases = [
            ("|Japan|", true),
            ("|Japan|ese", false),
            ("|Japan|’s", true),
            ("“|US|-Japan", true),
            ("|alliance|¹", true),
            ("|G7|7", false),
            ("|Article 9|0", false),
            ("snake_|case|", true),
            ("|e|\u{301}", false),
            ("大|日本|国", true),
            ("の|アメリカ|と", true),
            ("ラテン|アメリカ|と", false),
            ("|アメリ|カ", false),
            ("|ラーメ|ー", false),
            ("|한국|은", true),
            ("대|한국|은", false),
            ("|TPP|交渉", true),
            ("憲法|9条|の", true),
            ("1|9条|の", false),
            ("|НАТО|vs", true),
            ("|НАТО|2", false),
        ];
        for (text, want) in cases {
            assert_eq!(stands(text), want, "{text}");
        }
    }

    #[test]
    fn accents_may_be_left_away_and_voicing_may_not() {
        assert!(is_accent('\u{301}') && is_accent('\u{328}') && is_accent('\u{5b0}'));
        assert!(!is_accent('\u{3099}') && !is_accent('\u{94d}') && !is_accent('e'));
    }
}
