//! Line-end hyphens: which are part of a word, and which only broke it.
//!
//! Evidence is added up, in favour of joining or of keeping: the typesetter's own mark, the words of this text and their
//! relatives ([`evidence`]), those of the texts beside it ([`vocabulary`]), the list of English words, the parts' own looks ([`affixes`]). What is
//! nearly even stays doubtful, and search matches both readings.

mod affixes;
mod evidence;
mod foreign;
#[cfg(test)]
mod tests;
pub mod vocabulary;
mod wrapped;

use affixes::{
    BOUND, BRITISH, ENDINGS_OF_WORDS, FITTED, HABITUAL, HYPHENATED, LOOSE, PREFIXES, SECONDS, SEPARABLE, STATES, TENS,
    UNITS, is_beginning, is_compound, is_derived, is_word, usage,
};
use evidence::{Keys, Seen};
use foreign::FRENCH;
use vocabulary::{Gathered, word_key};

use super::Rules;
use super::flow::Flow;
use super::lines::look::{self, Ends};
use super::lines::wording;
use crate::text::words::{self, Usage};

/// What becomes of a hyphen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    Join,
    Keep,
    /// Kept, with a blank: "short- and long-term".
    KeepApart,
}

/// A score of less is close.
const DOUBTFUL: i32 = 250;
/// What counts for keeping a hyphen inside a syllable.
const UNSYLLABLED: i32 = 200;

/// What counts for keeping where both parts are words and many write the two with a hyphen: more than that the list has them as one.
const HYPHENATED_TOO: i32 = 650;
/// What counts for a broken word where hardly anybody writes it with a hyphen, when it is asked whether any is broken.
const CLOSED: i32 = 300;

/// A reading and whether it was close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    pub reading: Reading,
    pub doubtful: bool,
}

/// What is known of the text's words.
pub struct Evidence<'a> {
    seen: Seen,
    /// The text spells as the British do.
    british: bool,
    french: bool,
    /// The words of the texts beside this one.
    beside: Option<&'a Gathered>,
    /// U+00AD or U+2010 breaks words here, so that "-" is always part of one.
    own_mark: bool,
    /// Words are never broken here: an editor wrapped the lines.
    unbroken: bool,
    rules: &'a Rules,
}

/// The two sides as one word, in lower case, and how that is usually written.
struct Joined {
    word: String,
    usage: Option<Usage>,
}

impl Joined {
    fn of(site: Site, rules: &Rules) -> Self {
        let word = format!("{}{}", site.last_part, site.first_part).to_lowercase();
        let usage = if rules.word_list { usage(&word) } else { None };
        Self { word, usage }
    }

    fn is_closed(&self) -> bool {
        self.usage == Some(Usage::Closed)
    }
}

/// What is known of the two sides together, and of each: whether they are words.
#[derive(Clone, Copy, Debug)]
struct Known {
    whole: bool,
    /// The whole is hardly ever written with a hyphen.
    closed: bool,
    left: bool,
    right: bool,
}

/// The two sides of a hyphen at a line end, without the marks around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site<'t> {
    pub left: &'t str,
    pub right: &'t str,
    /// The part behind the last hyphen inside what stands left.
    pub last_part: &'t str,
    /// The part before the first hyphen inside what stands right.
    pub first_part: &'t str,
}

impl<'t> Site<'t> {
    /// The hyphen at the end of `above`, where there is one. `below` is the next line.
    pub fn of(above: &'t str, below: &'t str) -> Option<Self> {
        if !above.ends_with(is_hyphen) || look::ends(above) != Ends::Hyphen {
            return None;
        }
        let left = above.trim_end_matches(is_hyphen).trim_end_matches(' ');
        let left = left.rsplit([' ', '—', '–', '/', '\t']).next()?;
        let left = left.trim_start_matches(|c: char| !c.is_alphanumeric());
        let right = below.split([' ', '—', '–', '/', '\t']).next()?;
        let right = right.trim_end_matches(|c: char| !c.is_alphanumeric());
        Some(Self { left, right, last_part: last_part(left), first_part: first_part(right) })
    }

    /// Whether a word was surely broken here: its parts are none, or nobody parts it with a hyphen.
    fn is_broken_word(self) -> bool {
        let (left, right) = (self.last_part.to_lowercase(), self.first_part.to_lowercase());
        let prefix = LOOSE.contains(&left.as_str()) || HYPHENATED.contains(&left.as_str());
        let letters = |part: &str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
        if !letters(&left) || !letters(&right) || !self.first_part.starts_with(char::is_lowercase) {
            return false;
        }
        let joined = format!("{left}{right}");
        let [left, right] = [&left, &right].map(|part| words::contains(part));
        words::is_never_apart(&joined) || !prefix && (!left && !right || !(left && right) && is_word(&joined))
    }
}

fn last_part(left: &str) -> &str {
    let part = left.rsplit(['-', '\u{2010}', '\u{2011}']).next().unwrap_or(left);
    part.rsplit(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).next().unwrap_or(part)
}

fn first_part(right: &str) -> &str {
    let part = right.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = part.find(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')).unwrap_or(part.len());
    part[..end].trim_end_matches(['\'', '’'])
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{ad}')
}

/// Words that stand behind a hanging hyphen: "short- and long-term".
const BETWEEN: [&str; 14] =
    ["and", "or", "to", "nor", "versus", "und", "oder", "bis", "et", "ou", "y", "o", "as", "but"];

/// Whether the hyphen hangs before a word like "and". "Gover-/nor" and "plan-/et" are words that were broken, unless a second
/// compound follows: "in-/or out-patients".
fn hangs(site: Site, below: &str) -> bool {
    let mut words = below.split_whitespace();
    let first = words.next().unwrap_or("");
    BETWEEN.contains(&first)
        && (!is_word(&format!("{}{first}", site.last_part).to_lowercase())
            || words.next().is_some_and(|second| second.trim_end_matches(is_hyphen).contains(is_hyphen)))
}

impl<'a> Evidence<'a> {
    /// Counts the words that the hyphens of `flow` turn on.
    pub fn gather(flow: &Flow, beside: Option<&'a Gathered>, rules: &'a Rules) -> Self {
        let mut seen = Seen::default();
        let (mut own, mut broken, mut sites) = (0, false, Vec::new());
        for i in 1..flow.lines.len() {
            let above = flow.lines[i - 1].text;
            if flow.looks[i - 1].ends != Ends::Hyphen {
                continue;
            }
            own += u32::from(above.ends_with(['\u{ad}', '\u{2010}']));
            if let Some(site) = Site::of(above, flow.lines[i].text) {
                broken = broken || site.is_broken_word();
                seen.ask(site);
                sites.push(site);
            }
        }
        if !sites.is_empty() && rules.document_words {
            BRITISH.iter().chain(&FRENCH).for_each(|word| seen.ask_word(word));
            seen.count(flow);
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
        let times = |words: &[&str]| words.iter().map(|word| seen.times(word_key(word))).sum::<u32>();
        let british = times(&BRITISH) >= 3;
        // One word in thirty or so of a French text.
        let french = times(&FRENCH) as usize >= 3 + flow.lines.len() / 8;
        let mut evidence = Self {
            seen,
            british,
            french,
            beside: beside.filter(|_| rules.library_words),
            own_mark: own >= 2,
            unbroken: false,
            rules,
        };
        if !broken {
            let chances: Vec<f64> = sites.iter().map(|site| evidence.chance_to_stay(*site)).collect();
            evidence.unbroken = wrapped::by_an_editor(&chances, flow.lines.len());
        }
        evidence
    }

    /// The chance that the hyphen of `site` stays, in a text where words are broken.
    fn chance_to_stay(&self, site: Site) -> f64 {
        let joined = Joined::of(site, self.rules);
        wrapped::chance_to_stay(self.score(site, &joined) + if joined.is_closed() { CLOSED } else { 0 })
    }

    /// What becomes of the hyphen at the end of `above`.
    pub fn decide(&self, above: &str, below: &str) -> Option<Decision> {
        let site = Site::of(above, below)?;
        let sure = |reading| Some(Decision { reading, doubtful: false });
        if above.ends_with('\u{ad}') || above.ends_with('\u{2010}') && self.own_mark {
            return sure(Reading::Join);
        }
        if hangs(site, below) {
            return sure(Reading::KeepApart);
        }
        if self.own_mark && self.rules.own_mark {
            return sure(Reading::Keep);
        }
        let spaced = above.trim_end_matches(is_hyphen).ends_with(' ');
        let mut score = self.score(site, &Joined::of(site, self.rules)) + if spaced { 400 } else { 0 };
        // Syllables are asked for only where they would change what is read.
        let read = |score: i32| (score > 0, score.abs() < DOUBTFUL);
        if read(score) != read(score - UNSYLLABLED) && self.breaks_a_syllable(site) {
            score -= UNSYLLABLED;
        }
        let reading = match score > 0 {
            true => Reading::Join,
            false if spaced => Reading::KeepApart,
            false => Reading::Keep,
        };
        Some(Decision { reading, doubtful: score.abs() < DOUBTFUL })
    }

    /// In favour of joining, in hundredths.
    fn score(&self, site: Site, joined: &Joined) -> i32 {
        let (left, right) = (site.last_part, site.first_part);
        let compound = left.len() < site.left.len();
        let digit = |part: &str| part.contains(char::is_numeric);
        let capitals = |part: &str| part.chars().count() > 1 && !part.chars().any(char::is_lowercase);
        // No typesetter leaves a single letter on a line.
        if digit(left) || digit(right) || left.chars().count() < 2 || right.chars().count() < 2 {
            return -900;
        }
        let is_word = |word: &str| self.rules.word_list && is_word(word);
        let closed = joined.is_closed();
        let whole = closed || is_word(&joined.word);
        let keys = Keys::of(site);
        if right.starts_with(char::is_uppercase) {
            // "Mc-/Clellan"
            if self.rules.affixes && left == "Mc" {
                return 500;
            }
            // "COOPERA-/TION", "US-/Japan", "UN-/HCR" and "Make-/Maker" where UNHCR and MakeMaker stand elsewhere
            let (joined, apart) = (self.seen.times(keys.whole), self.seen.times(keys.pair));
            // Where "HCR" stands nowhere else it is no name, and "UN" begins one: but not "US-/ASEAN" or "NON-/DRIVERS".
            let begins = left.chars().count() <= 4 && !STATES.contains(&left) && right.chars().count() > 2;
            let name = self.rules.document_words && begins && apart == 0 && self.seen.times(keys.right) == 0;
            let name = name && !is_word(&right.to_lowercase());
            let one = capitals(left) && capitals(right) && !compound && (whole || name);
            return if joined > apart || one { 500 } else { -900 };
        }
        // "day-to-/day"
        if compound && right.chars().count() > 2 && site.left.split(is_hyphen).next() == Some(right) {
            return -900;
        }
        if let Some(joined) = self.settled(keys) {
            return if joined { 900 } else { -900 };
        }
        let mut score = 60 + self.told(keys);
        let (left_low, right_low) = (left.to_lowercase(), right.to_lowercase());
        // What stands alone elsewhere is a word here, whatever the list says.
        let stands = |key: u64, part: &str| part.chars().count() >= 3 && self.seen.times(key) > 0;
        let left_word = is_word(&left_low) || stands(keys.left, left);
        let right_word = is_word(&right_low) || stands(keys.right, right);
        if self.rules.affixes && foreign::is_compound(&left_low, &right_low, self.french) {
            return -900;
        }
        if self.rules.affixes && TENS.contains(&left_low.as_str()) && UNITS.contains(&right_low.as_str()) {
            return -900;
        }
        let listed = self.rules.word_list && !closed && is_compound(&left_low, &right_low);
        if listed {
            score -= 650;
        }
        if whole {
            score += 500;
            if compound && left_word && right_word {
                score -= 450;
            }
        } else if self.rules.word_list && !listed {
            score += match (left_word, right_word) {
                _ if is_derived(&left_low, &joined.word) => 200,
                (true, true) if right.len() > 2 => -400,
                (true, true) => 100,
                (true, false) => 150,
                (false, true) => 150,
                (false, false) => 300,
            };
        }
        if self.rules.affixes {
            let known = Known { whole, closed, left: left_word, right: right_word };
            score += self.affixes(site, keys, &left_low, &right_low, known);
        }
        // "inter-related" may have one of its own, but not in "interre-/lated".
        let between = || right_word && (left_word || is_beginning(&left_low));
        if joined.usage == Some(Usage::Hyphenated) && between() {
            score -= HYPHENATED_TOO;
        }
        if self.unbroken {
            score -= 600;
        }
        score
    }

    /// Whether no typesetter would break the word of `site` where it is broken.
    fn breaks_a_syllable(&self, site: Site) -> bool {
        let (left, right) = (site.last_part, site.first_part);
        self.rules.affixes
            && is_between_syllables(&left.to_lowercase(), evidence::possessor(&right.to_lowercase())) == Some(false)
    }

    /// Whether the text writes the word as one and never with a hyphen, or the reverse: then nothing else is asked. Where it does
    /// neither, the texts beside it tell in the same way.
    fn settled(&self, keys: Keys) -> Option<bool> {
        let known = [keys.whole, keys.pair];
        let told = match (known.map(|key| self.seen.times(key) > 0), self.beside) {
            ([false, false], Some(beside)) => known.map(|key| beside.has(key)),
            (own, _) => own,
        };
        match told {
            [true, false] => Some(true),
            [false, true] => Some(false),
            _ => None,
        }
    }

    /// What the words of the text say.
    fn told(&self, keys: Keys) -> i32 {
        let (joined, apart) = (self.seen.times(keys.whole), self.seen.times(keys.pair));
        match (joined, apart) {
            (0, 0) => versus(self.seen.times(keys.whole_root), self.seen.times(keys.pair_root), 600),
            _ => versus(joined, apart, 700),
        }
    }

    /// What beginnings and endings say.
    fn affixes(&self, site: Site, keys: Keys, left: &str, right: &str, known: Known) -> i32 {
        let Known { whole, closed, left: left_word, right: right_word } = known;
        let known_name = self.seen.times(keys.left) > 0;
        let mut score = 0;
        let lower = site.last_part.starts_with(char::is_lowercase);
        // "Prepared" is none of the "pre-" words, but "cooperate" is one of the "co-" words, as closed as it usually is.
        let may_have_habit = HABITUAL.contains(&left) && (!closed || left == "co");
        if may_have_habit && lower && right_word && right.len() >= 4 {
            let (joined, apart) = (self.seen.times(keys.habit_whole), self.seen.times(keys.habit_pair));
            score += versus(joined, apart, 520).min(0) * 5 / 4;
        }
        if FITTED.contains(&right) && !left_word && left.len() > 2 && !whole {
            score -= 350;
        }
        if site.last_part.len() < site.left.len() && !whole {
            // "more-or-/less", "mailing-list-/name"
            score -= if wording::is_function_word(left) { 700 } else { 200 * i32::from(right_word) };
        }
        if HYPHENATED.contains(&left) && !whole {
            score -= 350;
        }
        if PREFIXES.contains(&left) && lower {
            score += 300;
        }
        // "re-elected", "pre-existing": two like vowels would meet.
        let meet = matches!(left, "re" | "pre") && right.starts_with('e') && right_word;
        if BOUND.contains(&left) && lower && !meet {
            score += 450;
        }
        if meet {
            score -= if whole { 650 } else { 400 };
        }
        if left == "co" && self.british && ["op", "or"].iter().any(|vowel| right.starts_with(vowel)) {
            score -= 650;
        }
        if LOOSE.contains(&left) && right_word && right.len() >= 4 && !whole {
            score -= 350;
        }
        if whole && right == "war" && ["pre", "post", "anti", "inter"].contains(&left) {
            score -= 650;
        }
        if SEPARABLE.contains(&left) && right_word && right.len() >= 5 && right != "sense" && whole && !closed {
            score -= 650;
        }
        if ENDINGS_OF_WORDS.contains(&right) && !whole {
            score += 400;
        }
        // "case-/by-case", "trial-/and-error"
        let behind = site.right.trim_start_matches(|c: char| !c.is_alphanumeric());
        let rest = behind.strip_prefix(site.first_part).unwrap_or(behind);
        if rest.starts_with(['-', '\u{2010}']) {
            let chained = wording::is_function_word(right) && (left_word || !whole);
            score -= if chained { 900 } else { 150 };
        }
        // "anarcho-/syndicalism", "Anglo-/Saxon": a form made to be joined by a hyphen.
        if left.ends_with('o') && left.len() >= 4 && !left_word && right_word && right.len() > 3 && !whole {
            score -= 350;
        }
        // Names are broken as words are: "Stall-/man". Behind a known name a compound begins: "Japan-/led".
        let named = !lower && left_word && right_word && !whole && right.len() <= 5 && !SECONDS.contains(&right);
        if named && !known_name {
            score += 350;
        }
        let last = site.last_part;
        if last.chars().count() > 1 && !last.chars().any(char::is_lowercase) {
            score -= 700;
        }
        if last.len() < site.left.len() && is_word(&format!("{left}{right}")) && !left_word {
            score += 200;
        }
        score
    }
}

/// Whether a typesetter would break the word of both parts here; none where it has more than English letters. Two letters are enough on either
/// side, as some typesetters have it, and only American patterns are asked: where British ones differ, little is lost.
fn is_between_syllables(left: &str, right: &str) -> Option<bool> {
    let word = format!("{left}{right}");
    word.bytes().all(|b| b.is_ascii_lowercase()).then(|| {
        let mut at = 0;
        hypher::hyphenate_bounded(&word, hypher::Lang::English, 2, 2).any(|syllable| {
            at += syllable.len();
            at == left.len()
        })
    })
}

/// Evidence of two counts, at most `most` either way.
fn versus(joined: u32, apart: u32, most: i32) -> i32 {
    if joined == 0 && apart == 0 {
        return 0;
    }
    let (j, a) = (f64::from(joined) + 0.3, f64::from(apart) + 0.3);
    (((j / a).ln() * 250.0) as i32).clamp(-most, most)
}
