//! A paragraph as it is searched, with the way back to the clean text.
//!
//! ```text
//! clean   The  US–Japan alliance’s São Paulo
//! key     the us japan alliance's sao paulo       terms
//! plain   The US-Japan alliance's São Paulo       regular expressions
//! ```
//!
//! A *key* is small letters without accents, with one blank for any white space or hyphen, so that all
//! terms are found in one pass; what a term asks beyond that (capitals, accents) is then looked up in
//! the clean text. A *plain* form only settles what has no meaning: composition, widths, ligatures,
//! kinds of quotes, hyphens and spaces.
//!
//! *Invariant.* `start` of a byte of the folded text is the first byte of the character it was made
//! of, `end` the last of it, accents included.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{canonical_combining_class, is_combining_mark};

use super::scripts::{is_accent, is_hyphen, is_invisible, is_separator};

/// What is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Key,
    Plain,
}

/// How a doubtful line-end hyphen is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As if it had never been there: `statement`.
    Joined,
    /// As a hyphen inside the word: `state-ment`.
    Apart,
}

/// A doubtful hyphen of the text that is folded.
#[derive(Clone, Copy, Debug)]
pub struct Doubt {
    /// Byte of the text: of the hyphen where it stands there, else where it stood.
    pub at: usize,
    pub stands: bool,
    pub reading: Reading,
}

/// A stretch of the folded text and where it comes from.
#[derive(Clone, Copy, Debug)]
struct Step {
    folded: u32,
    source: u32,
    /// Bytes of the source that the stretch stands for as a whole; 0: a copy, byte for byte.
    whole: u32,
}

/// A folded text. Reused, so that folding does not allocate.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    pub text: String,
    steps: Vec<Step>,
    /// Bytes of `text` where a blank stands for a doubtful hyphen: no word ends there.
    glued: Vec<usize>,
    copying: bool,
}

/// Small letters and blanks for ASCII; 0 where a look at the neighbours is needed.
const KEYS: [u8; 128] = table(true);
const PLAIN: [u8; 128] = table(false);

const fn table(is_key: bool) -> [u8; 128] {
    let mut table = [0; 128];
    let mut byte = 0x20;
    while byte < 0x7f {
        table[byte as usize] = match byte {
            b'A'..=b'Z' if is_key => byte + 32,
            b'-' if is_key => b' ',
            b'`' => b'\'',
            other => other,
        };
        byte += 1;
    }
    table
}

impl Folded {
    /// Folds `text`, in place of what was folded before.
    pub fn fold(&mut self, text: &str, form: Form, doubts: &[Doubt]) {
        self.text.clear();
        self.steps.clear();
        self.glued.clear();
        self.copying = false;
        self.text.reserve(text.len());
        let mut at = 0;
        for doubt in doubts {
            self.stretch(text, at..doubt.at, form);
            at = doubt.at;
            let mut width = 0;
            if doubt.stands {
                width = text[at..].chars().next().map_or(0, char::len_utf8);
            }
            if doubt.reading == Reading::Apart {
                self.glued.push(self.text.len());
                self.step(at, width.max(1));
                self.text.push(if form == Form::Key { ' ' } else { '-' });
            }
            self.copying = false;
            at += width;
        }
        self.stretch(text, at..text.len(), form);
    }

    /// The byte of the source where the character at byte `at` begins.
    pub fn start(&self, at: usize) -> usize {
        let step = self.step_at(at);
        let into = if step.whole == 0 { at - step.folded as usize } else { 0 };
        step.source as usize + into
    }

    /// One past the last byte of the source of the character that ends at byte `at`.
    pub fn end(&self, at: usize) -> usize {
        let Some(last) = at.checked_sub(1) else { return 0 };
        let step = self.step_at(last);
        if step.whole == 0 {
            return step.source as usize + (at - step.folded as usize);
        }
        (step.source + step.whole) as usize
    }

    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        self.start(range.start)..self.end(range.end)
    }

    /// Whether the blank at byte `at` is inside a word.
    pub fn is_glued(&self, at: usize) -> bool {
        !self.glued.is_empty() && self.glued.contains(&at)
    }

    fn step_at(&self, at: usize) -> Step {
        let after = self.steps.partition_point(|step| step.folded as usize <= at);
        let none = Step { folded: 0, source: 0, whole: 0 };
        after.checked_sub(1).map_or(none, |index| self.steps[index])
    }

    /// Folds a stretch without doubtful hyphens.
    fn stretch(&mut self, text: &str, range: Range<usize>, form: Form) {
        let bytes = &text.as_bytes()[..range.end];
        let table = if form == Form::Key { &KEYS } else { &PLAIN };
        let mut at = range.start;
        // ASCII is folded in blocks, so that the compiler can keep everything in registers.
        let mut block = [0u8; 64];
        while at < range.end {
            let mut filled = 0;
            let mut previous = if at > range.start { bytes[at - 1] } else { 0 };
            while filled < block.len()
                && let Some(byte) = bytes.get(at + filled)
                && let Some(folded) = table.get(*byte as usize)
                && *folded != 0
                && !(*byte == b' ' && (previous.is_ascii_whitespace() || !previous.is_ascii()))
            {
                block[filled] = *folded;
                previous = *byte;
                filled += 1;
            }
            if filled > 0 {
                self.copy(at);
                // ASCII is UTF-8.
                self.text.push_str(std::str::from_utf8(&block[..filled]).unwrap_or_default());
                at += filled;
            } else {
                at = self.cluster(text, range.start, at, range.end, form);
            }
        }
    }

    /// Folds what is not plain ASCII: a character with the marks after it. Answers where it ends.
    fn cluster(&mut self, text: &str, from: usize, mut at: usize, to: usize, form: Form) -> usize {
        let rest = &text[at..to];
        let Some(first) = rest.chars().next() else { return to };
        if first.is_whitespace() {
            return self.space(text, from, at, first);
        }
        if is_invisible(first) {
            self.copying = false;
            return at + first.len_utf8();
        }
        // A mark on a letter that was already copied: fold the two together.
        if joins(first)
            && self.copying
            && let Some(before) = text[from..at].chars().next_back()
            && !is_separator(before)
        {
            at -= before.len_utf8();
            let kept = self.text.len() - self.text.chars().next_back().map_or(0, char::len_utf8);
            self.text.truncate(kept);
        }
        let cluster = cluster_of(&text[at..to]);
        if cluster.len() == first.len_utf8() && is_itself(first) {
            self.copy(at);
            self.text.push(first);
            return at + cluster.len();
        }
        self.step(at, cluster.len());
        let settled = settle(cluster);
        match form {
            Form::Key => settled.for_each(|c| key_of(c, &mut self.text)),
            Form::Plain => self.text.extend(settled.map(plain_of)),
        }
        at + cluster.len()
    }

    /// A white space: a blank, unless one was before it.
    fn space(&mut self, text: &str, from: usize, at: usize, space: char) -> usize {
        let before = text[from..at].chars().rev().find(|c| !is_invisible(*c));
        if before.is_some_and(char::is_whitespace) {
            self.copying = false;
        } else {
            if space.len_utf8() == 1 {
                self.copy(at);
            } else {
                self.step(at, space.len_utf8());
            }
            self.text.push(' ');
        }
        at + space.len_utf8()
    }

    /// What is pushed next is a copy of the source from byte `source` on.
    fn copy(&mut self, source: usize) {
        if !self.copying {
            self.copying = true;
            self.steps.push(Step { folded: self.text.len() as u32, source: source as u32, whole: 0 });
        }
    }

    /// What is pushed next stands for `whole` bytes of the source.
    fn step(&mut self, source: usize, whole: usize) {
        self.copying = false;
        self.steps.push(Step { folded: self.text.len() as u32, source: source as u32, whole: whole as u32 });
    }
}

/// What a term may ask of a character beyond its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Written {
    pub is_capital: bool,
    /// Its accents, in canonical order.
    pub accents: String,
}

impl Written {
    /// The character at byte `at` of `text`, with the marks after it.
    pub fn at(text: &str, at: usize) -> Self {
        // Nearly every letter of a term: nothing stands above or below it.
        if let [letter, rest @ ..] = &text.as_bytes()[at..]
            && letter.is_ascii()
            && rest.first().is_none_or(u8::is_ascii)
        {
            return Self { is_capital: letter.is_ascii_uppercase(), accents: String::new() };
        }
        let cluster = cluster_of(&text[at..]);
        let mut decomposed = settle(cluster).flat_map(parts);
        let is_capital = decomposed.next().is_some_and(is_capital);
        Self { is_capital, accents: decomposed.filter(|c| is_accent(*c)).collect() }
    }

    /// Whether it has all accents of `wanted`.
    pub fn has_accents(&self, wanted: &str) -> bool {
        let mut have = self.accents.chars();
        wanted.chars().all(|mark| have.any(|other| other == mark))
    }
}

/// Whether `c` is a capital: it has a small form.
pub fn is_capital(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_uppercase();
    }
    c.to_lowercase().next() != Some(c)
}

/// The first character of `text` with the marks after it.
fn cluster_of(text: &str) -> &str {
    let mut chars = text.char_indices();
    let Some((_, first)) = chars.next() else { return text };
    let is_jamo = is_jamo(first);
    let end = chars.find(|(_, c)| !(joins(*c) || is_jamo && matches!(c, '\u{1161}'..='\u{11ff}')));
    &text[..end.map_or(text.len(), |(at, _)| at)]
}

/// Whether `c` changes the character before it: a combining mark, or a half-width voicing mark.
fn joins(c: char) -> bool {
    !c.is_ascii() && (canonical_combining_class(c) != 0 || matches!(c, '\u{ff9e}' | '\u{ff9f}'))
}

/// Whether vowels and finals of Hangul may follow.
fn is_jamo(c: char) -> bool {
    matches!(c, '\u{1100}'..='\u{115f}' | '\u{ac00}'..='\u{d7a3}')
}

/// Characters that fold to themselves in every form: quotes, dashes, ellipsis, Han, kana, Hangul.
pub fn is_itself(c: char) -> bool {
    matches!(c, '\u{2014}'..='\u{2015}' | '\u{201c}'..='\u{201f}' | '\u{2026}' | '\u{3001}'..='\u{3098}'
        | '\u{309b}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Canonical composition, after wide, narrow and joined forms are made plain.
fn settle(cluster: &str) -> impl Iterator<Item = char> + '_ {
    cluster.chars().flat_map(unjoined).nfc().filter(|c| !is_invisible(*c))
}

/// A wide, narrow or joined form in plain letters. Not ¹ ² ™, which say something else.
fn unjoined(c: char) -> impl Iterator<Item = char> {
    let is_form = matches!(c, '\u{132}'..='\u{133}' | '\u{1c4}'..='\u{1cc}' | '\u{1f1}'..='\u{1f3}'
        | '\u{fb00}'..='\u{fb4f}' | '\u{fb50}'..='\u{fdfb}' | '\u{fe70}'..='\u{fefc}' | '\u{ff01}'..='\u{ffee}');
    let (form, itself) = if is_form { (Some(c), None) } else { (None, Some(c)) };
    form.into_iter().nfkd().chain(itself)
}

/// Quotes, hyphens and spaces in one form each.
fn plain_of(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '`' => '\'',
        c if is_hyphen(c) => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn key_of(c: char, key: &mut String) {
    match plain_of(c) {
        '-' => key.push(' '),
        c if c.is_ascii() => key.push(c.to_ascii_lowercase()),
        'ς' => key.push('σ'),
        c if is_itself(c) => key.push(c),
        c => {
            let bare = parts(c).filter(|c| !is_accent(*c)).nfc();
            key.extend(bare.flat_map(char::to_lowercase).map(|c| if c == 'ς' { 'σ' } else { c }));
        }
    }
}

/// A letter and its accents. A stroke through a letter counts as one; the breve of й does not, and
/// voicing marks and syllables stay together.
fn parts(c: char) -> impl Iterator<Item = char> {
    /// Stands for the stroke, which Unicode does not split off.
    const STROKE: char = '\u{335}';
    const STROKED: [(char, char); 16] = [
        ('ø', 'o'),
        ('Ø', 'O'),
        ('ł', 'l'),
        ('Ł', 'L'),
        ('đ', 'd'),
        ('Đ', 'D'),
        ('ħ', 'h'),
        ('Ħ', 'H'),
        ('ŧ', 't'),
        ('Ŧ', 'T'),
        ('ı', 'i'),
        ('ƀ', 'b'),
        ('Ƀ', 'B'),
        ('ɨ', 'i'),
        ('ƶ', 'z'),
        ('Ƶ', 'Z'),
    ];
    let whole = is_itself(c) || matches!(c, 'й' | 'Й' | 'ў' | 'Ў');
    let stroked = STROKED.iter().find(|(stroked, _)| *stroked == c);
    let split = if whole || stroked.is_some() { None } else { Some(c) };
    let bare = stroked.map(|(_, bare)| *bare).or(whole.then_some(c));
    bare.into_iter().chain(stroked.map(|_| STROKE)).chain(split.into_iter().nfd())
}

/// Whether `c` is a mark that belongs to the letter before it.
pub fn is_mark(c: char) -> bool {
    !c.is_ascii() && is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(text: &str) -> String {
        let mut folded = Folded::default();
        folded.fold(text, Form::Key, &[]);
        folded.text
    }

    fn plain(text: &str) -> String {
        let mut folded = Folded::default();
        folded.fold(text, Form::Plain, &[]);
        folded.text
    }

    #[test]
    fn what_has_no_meaning_is_settled() {
        let cases = [
            ("The  US–Japan\talliance’s", "the us japan alliance's", "The US-Japan alliance's"),
            ("São Sa\u{303}o Łódź Erdoğan", "sao sao lodz erdogan", "São São Łódź Erdoğan"),
            ("ＴＰＰ ﬁscal ｶﾞｽ", "tpp fiscal ガス", "TPP fiscal ガス"),
            ("re\u{ad}balance a\u{200b}b", "rebalance ab", "rebalance ab"),
            ("alliance¹ ™", "alliance¹ ™", "alliance¹ ™"),
            ("か\u{3099} が", "が が", "が が"),
            ("İstanbul STRASSE ΣΊΣΥΦΟΣ", "istanbul strasse σισυφοσ", "İstanbul STRASSE ΣΊΣΥΦΟΣ"),
            ("мой ёж", "мой еж", "мой ёж"),
            ("\u{1112}\u{1161}\u{11ab}국", "한국", "한국"),
            ("a\u{a0}\u{a0} b", "a b", "a b"),
            ("self‑defense − x", "self defense   x", "self-defense - x"),
            ("a—b", "a—b", "a—b"),
        ];
        for (text, want_key, want_plain) in cases {
            assert_eq!(key(text), want_key, "{text}");
            assert_eq!(plain(text), want_plain, "{text}");
        }
    }

    #[test]
    fn a_doubtful_hyphen_is_read_either_way() {
        let mut folded = Folded::default();
        let doubt = |stands, reading| [Doubt { at: 5, stands, reading }];
        folded.fold("state-ment", Form::Key, &doubt(true, Reading::Joined));
        assert_eq!((folded.text.as_str(), folded.source(0..9)), ("statement", 0..10));
        folded.fold("statement", Form::Key, &doubt(false, Reading::Apart));
        assert_eq!((folded.text.as_str(), folded.source(0..10)), ("state ment", 0..9));
        assert_eq!(folded.source(6..10), 5..9);
        assert!(folded.is_glued(5));
    }

    #[test]
    fn accents_and_capitals_are_seen_in_the_text() {
        let at = |text: &str, at| Written::at(text, at);
        assert!(at("São", 1).has_accents("\u{303}") && !at("Sao", 1).has_accents("\u{303}"));
        assert!(at("ẫ", 0).has_accents("\u{303}"));
        assert!(at("Ｔ", 0).is_capital && at("É", 0).is_capital && !at("é", 0).is_capital);
    }

    proptest! {
        /// Every byte of a folded text leads back to the characters it was made of.
        #[test]
        fn the_way_back_is_exact(text in "[a-dA-D \t\u{a0}’é\u{301}\u{ad}ﬁＴ日かガｶﾞ\u{3099}—–-]{0,24}") {
            for form in [Form::Key, Form::Plain] {
                let mut folded = Folded::default();
                folded.fold(&text, form, &[]);
                let mut last = 0;
                for (at, c) in folded.text.char_indices() {
                    let source = folded.source(at..at + c.len_utf8());
                    prop_assert!(source.start >= last && source.end > source.start, "{text:?} {at}");
                    let mut again = Folded::default();
                    again.fold(&text[source.clone()], form, &[]);
                    prop_assert!(again.text.contains(c), "{text:?} {:?} {c:?}", &text[source.clone()]);
                    last = source.start;
                }
            }
        }
    }
}
