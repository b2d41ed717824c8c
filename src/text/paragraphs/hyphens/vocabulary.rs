//! Words and how often they stand in mid-line: evidence for line-end hyphens.
//!
//! Words are kept as 64-bit hashes of their letters in lower case, compounds as a hash of each two neighbouring parts:
//! "step-by-step" counts `step`, `by`, `step-by` and `by-step`. Nothing is ever listed, only asked for.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use super::evidence::possessor;

/// How often a word or compound was seen.
pub type Counts = HashMap<u64, u32, BuildHasherDefault<Hashed>>;

/// Words and compounds that some texts have twice at least. Once may be a slip, and says nothing of how others write it.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// Their keys, sorted.
    twice: Box<[u64]>,
}

/// A [`Vocabulary`] that is gathered when the first hyphen asks for it.
pub type Gathered = LazyLock<Vocabulary, Box<dyn FnOnce() -> Vocabulary + Send>>;

impl Vocabulary {
    /// The words of texts as they are, without those that a line-end hyphen touches.
    pub fn of<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Self {
        let mut counts = Counts::default();
        for text in texts {
            let mut is_broken = false;
            for line in text.as_ref().lines() {
                let mut line = line.trim();
                if is_broken {
                    line = line.split_once(' ').map_or("", |(_, rest)| rest);
                }
                let bare = line.trim_end_matches(super::is_hyphen);
                is_broken = bare.len() < line.len();
                if is_broken {
                    line = bare.trim_end().rsplit_once(' ').map_or("", |(rest, _)| rest);
                }
                each_long(line, |key| *counts.entry(key).or_default() += 1);
            }
        }
        let mut twice: Vec<u64> = counts.into_iter().filter(|(_, count)| *count > 1).map(|(key, _)| key).collect();
        twice.sort_unstable();
        Self { twice: twice.into() }
    }

    /// Whether the word or compound of `key` is among them.
    pub fn has(&self, key: u64) -> bool {
        self.twice.binary_search(&key).is_ok()
    }
}

/// Keys are hashes already.
#[derive(Clone, Copy, Default)]
pub struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = self.0.rotate_left(5) ^ key;
    }
}

/// The key of no letters.
pub const SEED: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0100_0000_01b3;

/// The key of a word: of its letters in lower case, curly apostrophes as straight ones.
pub fn word_key(word: &str) -> u64 {
    word.chars().fold(SEED, step)
}

/// The key of two parts with a hyphen between.
pub fn pair_key(left: u64, right: u64) -> u64 {
    (left.rotate_left(23) ^ right).wrapping_mul(PRIME) ^ right.rotate_left(41)
}

/// The key of a word and one more letter.
pub fn step(hash: u64, c: char) -> u64 {
    let mix = |hash: u64, code: u32| (hash ^ u64::from(code)).wrapping_mul(PRIME);
    match c {
        '’' => mix(hash, u32::from('\'')),
        _ if c.is_ascii() => mix(hash, u32::from(c.to_ascii_lowercase())),
        _ => c.to_lowercase().fold(hash, |hash, c| mix(hash, u32::from(c))),
    }
}

/// Letters of the shortest word that a line's end may break.
const SHORTEST: usize = 4;

/// Calls `found` with the key of every word in `text` that may be broken, and of every two parts that a hyphen joins.
fn each_long(text: &str, mut found: impl FnMut(u64)) {
    each_part(text, |word, before| {
        if word.len() < SHORTEST && before.is_none() {
            return;
        }
        let key = word_key(possessor(word));
        if word.len() >= SHORTEST {
            found(key);
        }
        if let Some(before) = before {
            found(pair_key(word_key(before), key));
        }
    });
}

/// Calls `found` with every word of `text`, and the part before it where a hyphen joins the two.
pub fn each_part<'t>(text: &'t str, mut found: impl FnMut(&'t str, Option<&'t str>)) {
    let bytes = text.as_bytes();
    let mut before: Option<&str> = None;
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        while at < bytes.len() {
            if PLAIN[usize::from(bytes[at])] {
                at += 1;
                continue;
            }
            let length = letter(text, at, at > start);
            if length == 0 {
                break;
            }
            at += length;
        }
        if at > start {
            let word = &text[start..at];
            found(word, before);
            let hyphen = match bytes.get(at) {
                Some(b'-') => 1,
                Some(0xe2) if matches!(text.get(at..at + 3), Some("\u{2010}" | "\u{2011}")) => 3,
                _ => 0,
            };
            before = (hyphen > 0).then_some(word);
            at += hyphen;
        } else {
            before = None;
            at += if bytes[at].is_ascii() { 1 } else { text[at..].chars().next().map_or(1, char::len_utf8) };
        }
    }
}

/// Whether a byte is an ASCII letter or digit.
const PLAIN: [bool; 256] = {
    let mut plain = [false; 256];
    let mut byte = 0;
    while byte < plain.len() {
        plain[byte] = (byte as u8).is_ascii_alphanumeric();
        byte += 1;
    }
    plain
};

/// Bytes of the letter or digit beyond ASCII at byte `at` of `text`, or of an apostrophe `inside` a word; else 0.
fn letter(text: &str, at: usize, inside: bool) -> usize {
    match text.as_bytes()[at] {
        b if b.is_ascii() => usize::from(b == b'\'' && inside),
        _ => match text[at..].chars().next() {
            Some(c) if c.is_alphanumeric() || c == '’' && inside => c.len_utf8(),
            _ => 0,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_twice_in_mid_line_counts() {
        let broken = "a take-\nover, the take-\nover and make-up\nmake-up of the firm’s re-\n";
        let words = Vocabulary::of([broken, "The firm is once here."]);
        let [make, up] = ["make", "up"].map(word_key);
        assert!(words.has(pair_key(make, up)) && words.has(word_key("firm")));
        for word in ["take", "over", "takeover", "once", "the"] {
            assert!(!words.has(word_key(word)), "{word}");
        }
        assert!(!words.has(pair_key(word_key("take"), word_key("over"))));
    }

    #[test]
    fn compounds_count_by_their_parts() {
        let mut seen = Vec::new();
        each_long("a (Step-by-step,", |key| seen.push(key));
        let [step, by] = ["step", "by"].map(word_key);
        assert_eq!(seen, [step, pair_key(step, by), step, pair_key(by, step)]);
    }
}
