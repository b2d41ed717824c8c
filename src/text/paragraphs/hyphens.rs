//! Line-end hyphens: which are part of a word, and which only broke it.
//!
//! Evidence is added up, in favour of joining or of keeping: the typesetter's own mark, the words of this text, those of the
//! library, the list of English words, the parts' own looks. What is nearly even stays doubtful, and search matches both readings.

use super::Rules;
use super::flow::Flow;
use super::look::{self, Ends};
use super::vocabulary::{self, Counts, Vocabulary, pair_key, word_key};
use crate::text::words;

/// What becomes of a hyphen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Join,
    Keep,
    /// Kept, with a blank: "short- and long-term".
    KeepApart,
}

/// A reading and whether it was close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub reading: Reading,
    pub doubtful: bool,
}

/// What is known of the text's words.
pub struct Evidence<'a> {
    counts: Counts,
    library: Option<&'a Vocabulary>,
    /// U+00AD or U+2010 breaks words here, so that "-" is always part of one.
    own_mark: bool,
    /// Words are never broken here: an editor wrapped the lines.
    unbroken: bool,
    rules: &'a Rules,
}

/// The two sides of a hyphen at a line end, without the marks around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'t> {
    pub left: &'t str,
    pub right: &'t str,
}

impl<'t> Site<'t> {
    /// The hyphen at the end of `above`, where there is one. `below` is the next line.
    pub fn of(above: &'t str, below: &'t str) -> Option<Self> {
        if look::ends(above) != Ends::Hyphen {
            return None;
        }
        let left = above.trim_end_matches(is_hyphen).trim_end_matches(' ');
        let left = left.rsplit([' ', '—', '–', '/', '\t']).next()?;
        let left = left.trim_start_matches(|c: char| !c.is_alphanumeric());
        let right = below.split([' ', '—', '–', '/', '\t']).next()?;
        let right = right.trim_end_matches(|c: char| !c.is_alphanumeric());
        Some(Self { left, right })
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{ad}')
}

/// Words that stand behind a hanging hyphen: "short- and long-term".
const BETWEEN: [&str; 14] =
    ["and", "or", "to", "nor", "versus", "und", "oder", "bis", "et", "ou", "y", "o", "as", "but"];

/// Parts that are written with a hyphen more often than not.
const HYPHENATED: [&str; 34] = [
    "self", "ex", "quasi", "well", "so", "all", "vice", "mid", "half", "cross", "long", "short", "high", "low", "full",
    "large", "small", "hard", "soft", "two", "three", "four", "five", "six", "ten", "one", "first", "second", "third",
    "non", "pro", "north", "south", "state",
];

/// Beginnings that are written without one.
const PREFIXES: [&str; 25] = [
    "re", "un", "in", "dis", "inter", "over", "under", "mis", "im", "ir", "il", "sub", "super", "trans", "fore", "out",
    "up", "down", "multi", "uni", "bi", "tri", "micro", "macro", "intra",
];

/// Of these, those that are no words: with the word behind them they make one word, whether or not a list has it.
const BOUND: [&str; 3] = ["inter", "intra", "trans"];

/// Beginnings that take a hyphen before a full word, though a list may have the two as one: "counter-revolution". Short
/// words behind them are as often the end of another word: "counter-part", "non-sense".
const SEPARABLE: [&str; 4] = ["non", "neo", "anti", "counter"];

impl<'a> Evidence<'a> {
    /// Counts the words that the hyphens of `flow` turn on.
    pub fn gather(flow: &Flow, library: Option<&'a Vocabulary>, rules: &'a Rules) -> Self {
        let mut counts = Counts::default();
        let (mut own, mut broken, mut sites) = (0, 0, 0);
        for i in 1..flow.lines.len() {
            let above = flow.lines[i - 1].text;
            if flow.looks[i - 1].ends != Ends::Hyphen {
                continue;
            }
            own += u32::from(above.ends_with(['\u{ad}', '\u{2010}']));
            if let Some(site) = Site::of(above, flow.lines[i].text) {
                sites += 1;
                let last = last_part(site.left);
                broken += u32::from(!words::contains(&last.to_lowercase()) && last.chars().all(char::is_alphabetic));
                for key in keys(site) {
                    counts.insert(key, 0);
                }
            }
        }
        if !counts.is_empty() && rules.document_words {
            count(flow, &mut counts);
        }
        // Where U+2010 stands inside words too, it is no mark of the typesetter's.
        let inside = own > 0
            && flow.lines.iter().any(|line| {
                let mut marks = line.text.match_indices('\u{2010}').map(|(at, _)| at + 3);
                marks.any(|end| {
                    line.text[end..].starts_with(char::is_alphabetic)
                        && line.text[..end - 3].ends_with(char::is_alphabetic)
                })
            });
        if inside {
            own = 0;
        }
        let unbroken = sites >= 3 && broken == 0;
        Self { counts, library: library.filter(|_| rules.library_words), own_mark: own >= 2, unbroken, rules }
    }

    /// What becomes of the hyphen at the end of `above`.
    pub fn decide(&self, above: &str, below: &str) -> Option<Decision> {
        let site = Site::of(above, below)?;
        let sure = |reading| Some(Decision { reading, doubtful: false });
        if above.ends_with('\u{ad}') || above.ends_with('\u{2010}') && self.own_mark {
            return sure(Reading::Join);
        }
        let first = below.split_whitespace().next().unwrap_or("");
        if BETWEEN.contains(&first) {
            return sure(Reading::KeepApart);
        }
        if self.own_mark && self.rules.own_mark {
            return sure(Reading::Keep);
        }
        let spaced = above.trim_end_matches(is_hyphen).ends_with(' ');
        let score = self.score(site) + if spaced { 400 } else { 0 };
        let reading = match score > 0 {
            true => Reading::Join,
            false if spaced => Reading::KeepApart,
            false => Reading::Keep,
        };
        Some(Decision { reading, doubtful: score.abs() < 250 })
    }

    /// In favour of joining, in hundredths.
    fn score(&self, site: Site) -> i32 {
        let (left, right) = (last_part(site.left), first_part(site.right));
        let compound = left.len() < site.left.len();
        let digit = left.ends_with(|c: char| c.is_numeric()) || right.starts_with(|c: char| c.is_numeric());
        let capitals = |part: &str| part.chars().count() > 1 && !part.chars().any(char::is_lowercase);
        if digit {
            return -900;
        }
        let joined = format!("{left}{right}").to_lowercase();
        let is_word = |word: &str| self.rules.word_list && is_word(word);
        if right.starts_with(char::is_uppercase) {
            // "COOPERA-/TION", "US-/Japan"
            return if capitals(left) && capitals(right) && is_word(&joined) && !compound { 500 } else { -900 };
        }
        let mut score = 60;
        let [whole, apart] = keys(site);
        score +=
            versus(self.counts.get(&whole).copied().unwrap_or(0), self.counts.get(&apart).copied().unwrap_or(0), 700);
        if let Some(library) = self.library {
            score += versus(library.count(whole), library.count(apart), 500);
        }
        let (left_low, right_low) = (left.to_lowercase(), right.to_lowercase());
        let (left_word, right_word) = (is_word(&left_low), is_word(&right_low));
        if is_word(&joined) {
            score += 500;
            if compound && left_word && right_word {
                score -= 450;
            }
        } else if self.rules.word_list {
            score += match (left_word, right_word) {
                (true, true) if right.len() > 2 => -400,
                (true, true) => 100,
                (true, false) => 150,
                (false, true) => 150,
                (false, false) => 300,
            };
        }
        if self.rules.affixes {
            if HYPHENATED.contains(&left_low.as_str()) && !is_word(&joined) {
                score -= 350;
            }
            if PREFIXES.contains(&left_low.as_str()) && left.starts_with(char::is_lowercase) {
                score += if BOUND.contains(&left_low.as_str()) { 450 } else { 300 };
            }
            if SEPARABLE.contains(&left_low.as_str()) && right_word && right_low.chars().count() >= 6 {
                score -= if is_word(&joined) { 650 } else { 350 };
            }
            // "case-/by-case", "trial-/and-error"
            let rest = &site.right[site.right.find(right).unwrap_or(0) + right.len()..];
            if rest.starts_with(['-', '\u{2010}']) {
                score -= if look::is_function_word(&right_low) { 900 } else { 150 };
            }
            // "anarcho-/syndicalism", "Anglo-/Saxon": a form made to be joined by a hyphen.
            if left_low.ends_with('o')
                && left_low.len() >= 4
                && !left_word
                && right_word
                && right.len() > 3
                && !is_word(&joined)
            {
                score -= 350;
            }
            if capitals(left) {
                score -= 700;
            }
            if compound && is_word(&format!("{}{right_low}", left_low)) && !left_word {
                score += 200;
            }
        }
        if self.unbroken {
            score -= 600;
        }
        score
    }
}

/// Evidence of two counts, at most `most` either way.
fn versus(joined: u32, apart: u32, most: i32) -> i32 {
    if joined == 0 && apart == 0 {
        return 0;
    }
    let (j, a) = (f64::from(joined) + 0.3, f64::from(apart) + 0.3);
    (((j / a).ln() * 250.0) as i32).clamp(-most, most)
}

/// The part behind the last hyphen inside `left`.
fn last_part(left: &str) -> &str {
    let part = left.rsplit(['-', '\u{2010}', '\u{2011}']).next().unwrap_or(left);
    part.rsplit(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).next().unwrap_or(part)
}

/// The part before the first hyphen inside `right`.
fn first_part(right: &str) -> &str {
    let part = right.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = part.find(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).unwrap_or(part.len());
    part[..end].trim_end_matches(['\'', '’'])
}

/// The keys of both readings: one word, two parts.
fn keys(site: Site) -> [u64; 2] {
    let (left, right) = (last_part(site.left), first_part(site.right));
    let whole = word_key(&format!("{left}{right}"));
    [whole, pair_key(word_key(left), word_key(right))]
}

/// Counts those words of `flow` that are asked for, where they do not touch a line-end hyphen.
fn count(flow: &Flow, counts: &mut Counts) {
    // Most words are asked for by nobody: a small filter says so.
    let mut filter = [0u64; 64];
    for key in counts.keys() {
        filter[(key >> 6 & 63) as usize] |= 1 << (key & 63);
    }
    for (i, line) in flow.lines.iter().enumerate() {
        let mut text = line.text;
        if i > 0 && flow.looks[i - 1].ends == Ends::Hyphen {
            text = text.split_once(' ').map_or("", |(_, rest)| rest);
        }
        if flow.looks[i].ends == Ends::Hyphen {
            let bare = text.trim_end_matches(is_hyphen).trim_end();
            text = bare.rsplit_once(' ').map_or("", |(rest, _)| rest);
        }
        vocabulary::each(text, |key| {
            if filter[(key >> 6 & 63) as usize] >> (key & 63) & 1 == 1
                && let Some(count) = counts.get_mut(&key)
            {
                *count += 1;
            }
        });
    }
}

/// Endings that the list's words may have beyond it.
const ENDINGS: [(&str, &str); 14] = [
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("ed", ""),
    ("ed", "e"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("er", ""),
    ("er", "e"),
    ("ers", ""),
    ("ly", ""),
    ("ness", ""),
    ("’s", ""),
];

/// Whether `word`, in lower case, is an English word, bare or with an ending.
fn is_word(word: &str) -> bool {
    if words::contains(word) {
        return true;
    }
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    words::contains(word)
        || ENDINGS.iter().any(|(ending, instead)| {
            word.strip_suffix(ending).is_some_and(|stem| {
                stem.len() >= 3
                    && (if instead.is_empty() {
                        words::contains(stem)
                    } else {
                        words::contains(&format!("{stem}{instead}"))
                    })
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs::lines;

    fn decide(text: &str, above: &str, below: &str) -> Reading {
        let whole = format!("{text}\n{above}\n{below}\n");
        let flow = Flow::new(lines::split(&whole).0);
        let rules = Rules::default();
        Evidence::gather(&flow, None, &rules).decide(above, below).unwrap().reading
    }

    #[test]
    fn broken_words_are_joined() {
        for (above, below) in [
            ("the rela-", "tive decline"),
            ("the multi-na-", "tional force"),
            ("of Ko-", "rea"),
            ("in In-", "dia are"),
            ("gradual re-", "distribution"),
            ("from mac-", "roeconomic policy"),
            ("multi-", "lateralism"),
            ("great institu -", "tions on"),
            ("Administra-", "tion’s plan"),
            ("dy-", "namics"),
            ("an inter-", "governmental body"),
            ("its counter-", "part"),
            ("mere non-", "sense"),
            ("an anti-", "dote"),
            ("post-", "pone"),
            ("the pro-", "vision"),
        ] {
            assert_eq!(decide("", above, below), Reading::Join, "{above}/{below}");
        }
    }

    #[test]
    fn compounds_are_kept() {
        for (above, below) in [
            ("(2001-", "2009)"),
            ("the US-", "Japan alliance"),
            ("a UN-", "approved plan"),
            ("all-", "time high"),
            ("two-plus-", "two talks"),
            ("middle-of-the-", "road"),
            ("high-", "level talks"),
            ("trial-", "and-error"),
            ("a non-", "existent rule"),
            ("the neo-", "classical view"),
            ("a counter-", "revolution"),
        ] {
            assert_eq!(decide("", above, below), Reading::Keep, "{above}/{below}");
        }
        assert_eq!(decide("", "of short-", "and long-term"), Reading::KeepApart);
    }

    #[test]
    fn the_text_itself_has_the_first_word() {
        assert_eq!(decide("we set the decision-making apart", "in decision-", "making"), Reading::Keep);
        assert_eq!(decide("we set the decisionmaking apart", "in decision-", "making"), Reading::Join);
        assert_eq!(decide("a nonexistent rule and a nonexistent one", "the non-", "existent"), Reading::Join);
    }
}
