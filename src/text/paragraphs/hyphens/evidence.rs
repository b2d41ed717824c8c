//! How often the words that a text's line-end hyphens turn on stand elsewhere in it, in mid-line.
//!
//! Only these words are counted: a small filter of first letters passes over nearly all others.

use std::collections::HashMap;
use std::hash::BuildHasherDefault;

use super::Site;
use super::affixes::HABITUAL;
use super::vocabulary::{self, Hashed, SEED, pair_key, step, word_key};
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::Ends;
use crate::text::words;

/// Letters of the part behind a hyphen by which its relatives are known: "co-operation", "co-operative".
const ROOT: usize = 5;
/// Letters that the filter looks at, and how many hashes of them it tells apart.
const HEAD: usize = 3;
const HEADS: usize = 1 << 13;

/// The words that one hyphen turns on, as keys of [`Seen`].
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// Both parts as one word.
    pub whole: u64,
    /// Two parts with a hyphen between.
    pub pair: u64,
    /// The same of their relatives: words that begin alike.
    pub whole_root: u64,
    pub pair_root: u64,
    /// Each part as a word of its own.
    pub left: u64,
    pub right: u64,
    /// Any word with the left part and a hyphen before it, and with the left part alone.
    pub habit_pair: u64,
    pub habit_whole: u64,
}

impl Keys {
    pub fn of(site: Site) -> Self {
        let right = possessor(site.first_part);
        let root = right.char_indices().nth(ROOT).map_or(right, |(at, _)| &right[..at]);
        let left = word_key(site.last_part);
        let whole_root = root.chars().fold(left, step);
        let (root_key, rest) = (word_key(root), &right[root.len()..]);
        let right = rest.chars().fold(root_key, step);
        Self {
            whole: rest.chars().fold(whole_root, step),
            pair: pair_key(left, right),
            whole_root: whole_root ^ ROOTED,
            pair_root: pair_key(left, root_key) ^ ROOTED,
            left,
            right,
            habit_pair: pair_key(left, ROOTED),
            habit_whole: left ^ HABIT,
        }
    }

    fn each(self) -> [u64; 6] {
        [self.whole, self.pair, self.whole_root, self.pair_root, self.left, self.right]
    }

    fn habits(self) -> [u64; 2] {
        [self.habit_pair, self.habit_whole]
    }
}

/// Parts the keys of beginnings from those of words.
const ROOTED: u64 = 0x9e37_79b9_7f4a_7c15;
/// Parts the keys of beginnings that words were seen with from both.
const HABIT: u64 = 0xc2b2_ae3d_27d4_eb4f;
/// Fewest letters of a word behind such a beginning.
const BEHIND: usize = 5;

/// What was counted.
#[derive(Debug)]
pub struct Seen {
    counts: HashMap<u64, u32, BuildHasherDefault<Hashed>>,
    /// A bit for each hash of the first letters of a word that is asked for.
    heads: [u64; HEADS / 64],
    /// A bit for the lowest bits of each key that is asked for.
    keys: [u64; KEY_BITS / 64 + 1],
}

impl Default for Seen {
    fn default() -> Self {
        Self { counts: HashMap::default(), heads: [0; HEADS / 64], keys: [0; KEY_BITS / 64 + 1] }
    }
}

/// The bits of a key that the filter looks at.
const KEY_BITS: usize = 8191;

impl Seen {
    /// Asks for the words of `site`.
    pub fn ask(&mut self, site: Site) {
        let keys = Keys::of(site);
        keys.each().into_iter().for_each(|key| self.await_key(key));
        let (left, right) = (site.last_part, site.first_part);
        if HABITUAL.iter().any(|habitual| habitual.eq_ignore_ascii_case(left)) {
            keys.habits().into_iter().for_each(|key| self.await_key(key));
        }
        for head in [head(left.bytes().chain(right.bytes())), head(left.bytes()), head(right.bytes())] {
            self.heads[head >> 6] |= 1 << (head & 63);
        }
    }

    fn await_key(&mut self, key: u64) {
        self.counts.entry(key).or_insert(0);
        let bit = key as usize & KEY_BITS;
        self.keys[bit >> 6] |= 1 << (bit & 63);
    }

    /// Asks for a word by itself.
    pub fn ask_word(&mut self, word: &str) {
        self.await_key(word_key(word));
        let head = head(word.bytes());
        self.heads[head >> 6] |= 1 << (head & 63);
    }

    /// Counts what was asked for in `flow`, where it touches no line-end hyphen.
    pub fn count(&mut self, flow: &Flow) {
        for (i, line) in flow.lines.iter().enumerate() {
            let mut text = line.text;
            if i > 0 && flow.looks[i - 1].ends == Ends::Hyphen {
                text = text.split_once(' ').map_or("", |(_, rest)| rest);
            }
            if flow.looks[i].ends == Ends::Hyphen {
                let bare = text.trim_end_matches(super::is_hyphen).trim_end();
                text = bare.rsplit_once(' ').map_or("", |(rest, _)| rest);
            }
            vocabulary::each_part(text, |word, before| {
                if self.is_asked(word) || before.is_some_and(|before| self.is_asked(before)) {
                    self.add(possessor(word), before);
                }
            });
        }
    }

    fn is_asked(&self, word: &str) -> bool {
        let head = head(word.bytes());
        self.heads[head >> 6] >> (head & 63) & 1 == 1
    }

    /// Counts `word`, the pair it makes with the part `before` it, and the beginnings of both.
    fn add(&mut self, word: &str, before: Option<&str>) {
        let left = before.map(word_key);
        let mut key = SEED;
        for (at, c) in word.char_indices() {
            key = step(key, c);
            self.more(key ^ ROOTED);
            let rest = &word[at + c.len_utf8()..];
            let habit = key ^ HABIT;
            if rest.len() >= BEHIND
                && self.may_be_asked(habit)
                && self.counts.contains_key(&habit)
                && words::contains(rest)
            {
                self.more(habit);
            }
            if let Some(left) = left {
                self.more(pair_key(left, key) ^ ROOTED);
            }
        }
        self.more(key);
        if let Some(left) = left {
            self.more(pair_key(left, key));
            self.more(pair_key(left, ROOTED));
        }
    }

    fn more(&mut self, key: u64) {
        if self.may_be_asked(key)
            && let Some(count) = self.counts.get_mut(&key)
        {
            *count += 1;
        }
    }

    fn may_be_asked(&self, key: u64) -> bool {
        let bit = key as usize & KEY_BITS;
        self.keys[bit >> 6] >> (bit & 63) & 1 == 1
    }

    /// How often the word of `key` was seen.
    pub fn times(&self, key: u64) -> u32 {
        self.counts.get(&key).copied().unwrap_or(0)
    }
}

/// A hash of the first letters of `word`.
fn head(word: impl Iterator<Item = u8>) -> usize {
    word.take(HEAD).fold(0, |hash, b| (hash << 5) ^ usize::from(b.to_ascii_lowercase())) % HEADS
}

/// "Rothbard’s" → "Rothbard".
pub fn possessor(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word)
}
