//! English words, for line-end hyphens that the documents themselves cannot decide.
//!
//! The list is SCOWL's, its hyphenated words WordNet's, and how compounds are usually written is counted in the words of GloVe
//! (terms in `licences`). `tests/tools/words.py` makes it, front coded, and describes the format. It is searched as it lies in the
//! program: nothing is unpacked or loaded.

use std::cmp::Ordering;

const LIST: &[u8] = include_bytes!("english.words");
/// Set on the last byte of a word.
const LAST: u8 = 0x80;
/// Words between two entries of the index.
const BLOCK: usize = 16;

/// Whether `word` (lower case, ASCII) is an English word, or a compound that is written with a hyphen though it might not be.
pub fn contains(word: &str) -> bool {
    find(word).is_ok()
}

/// How a word that looks like two is usually written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Usage {
    /// As one word, hardly ever with a hyphen: "itself", "counterpart".
    Closed,
    /// With a hyphen as well: "hardworking".
    Hyphenated,
}

/// How `word` (lower case, ASCII), whether or not the list has it, is usually written, where it looks like two and that was counted.
pub fn usage(word: &str) -> Option<Usage> {
    let is_marked = |mark: u8| !word.is_empty() && is_word(word) && entry(&[word.as_bytes(), &[mark]].concat()).is_ok();
    match () {
        () if is_marked(b'1') => Some(Usage::Closed),
        () if is_marked(b'2') => Some(Usage::Hyphenated),
        () => None,
    }
}

/// Whether `word` (lower case, ASCII) looks like two, and is so common as one that nobody writes it with a hyphen: "before".
pub fn is_never_apart(word: &str) -> bool {
    !word.is_empty() && is_word(word) && entry(&[word.as_bytes(), b"0"].concat()).is_ok()
}

/// As [`contains`]; where the list does not have `word`, none of the list's begins with more than so many of its letters.
pub fn find(word: &str) -> Result<(), usize> {
    if word.is_empty() || !is_word(word) {
        return Err(0);
    }
    entry(word.as_bytes())
}

fn is_word(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// As [`find`], for a word or a word with a mark behind it.
fn entry(word: &[u8]) -> Result<(), usize> {
    let place = place([word[0], word.get(1).copied().unwrap_or(0)]);
    let (mut low, mut high) = (usize::from(PLACES[place]), usize::from(PLACES[place + 1]));
    // What the first words that stand around `word` share with it.
    let mut shared = 1;
    while low < high {
        let middle = (low + high) / 2;
        match compare(block(middle), word) {
            (Ordering::Greater, alike) => (high, shared) = (middle, shared.max(alike)),
            (_, alike) => (low, shared) = (middle + 1, shared.max(alike)),
        }
    }
    if low == 0 {
        return Err(shared);
    }
    scan(block(low - 1), word).map_err(|alike| shared.max(alike))
}

/// Places that the first two letters can have: 27 by 27, and the end.
const ALL: usize = 27 * 27 + 1;

/// How many blocks begin with a word that stands before each place: where the search starts. Counted by the
/// compiler: at run time it would read all of the list before the first word is known.
static PLACES: [u16; ALL] = {
    let mut places = [0; ALL];
    let mut index = 0;
    while index < blocks() {
        let at = start(index) + 1;
        places[place([LIST[at] & !LAST, LIST[at + 1] & !LAST]) + 1] += 1;
        index += 1;
    }
    let mut at = 1;
    while at < ALL {
        places[at] += places[at - 1];
        at += 1;
    }
    places
};

/// Where the first two letters stand among all pairs; what is no letter stands before all letters. In the list a
/// word of one letter has the next entry's number behind it, which is none.
const fn place(first: [u8; 2]) -> usize {
    letter(first[0]) * 27 + letter(first[1])
}

const fn letter(byte: u8) -> usize {
    if byte.is_ascii_lowercase() { (byte - b'a') as usize + 1 } else { 0 }
}

/// The number of blocks.
const fn blocks() -> usize {
    u32_at(LIST.len() - 4)
}

/// The bytes from the start of block `index` on.
fn block(index: usize) -> &'static [u8] {
    &LIST[start(index)..table()]
}

/// Where block `index` starts in the list.
const fn start(index: usize) -> usize {
    u32_at(table() + 4 * index)
}

/// Where the table of blocks starts.
const fn table() -> usize {
    LIST.len() - 4 - 4 * blocks()
}

const fn u32_at(at: usize) -> usize {
    u32::from_le_bytes([LIST[at], LIST[at + 1], LIST[at + 2], LIST[at + 3]]) as usize
}

/// Where the first word of `block` stands to `word`, and how many letters they begin with alike.
fn compare(block: &[u8], word: &[u8]) -> (Ordering, usize) {
    let mut alike = 0;
    for (&byte, &letter) in std::iter::zip(&block[1..], word) {
        if byte & !LAST != letter {
            return ((byte & !LAST).cmp(&letter), alike);
        }
        alike += 1;
        if byte & LAST != 0 {
            return (alike.cmp(&word.len()), alike);
        }
    }
    (Ordering::Greater, alike)
}

/// Whether one of the words of `block` is `word`; else how many letters of it are the most that one begins with. The first of
/// them stands no later than `word`.
fn scan(block: &[u8], word: &[u8]) -> Result<(), usize> {
    // How many letters of `word` the entry above begins with.
    let mut alike = 0;
    let mut rest = block;
    for _ in 0..BLOCK {
        let Some((&shared, entry)) = rest.split_first() else { break };
        let length = 1 + entry.iter().position(|byte| byte & LAST != 0).unwrap_or(0);
        let (entry, below) = entry.split_at(length);
        rest = below;
        match usize::from(shared).cmp(&alike) {
            // It differs from the one above, and stands behind it, where that agrees with `word`: so do all others.
            Ordering::Less => break,
            // It differs from `word` where the one above does.
            Ordering::Greater => continue,
            Ordering::Equal => {}
        }
        let agreed =
            std::iter::zip(entry, &word[alike..]).take_while(|(byte, letter)| **byte & !LAST == **letter).count();
        alike += agreed;
        match (entry.get(agreed), word.get(alike)) {
            (None, None) => return Ok(()),
            (Some(byte), Some(letter)) if byte & !LAST > *letter => break,
            (Some(_), None) => break,
            _ => {}
        }
    }
    Err(alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_words_and_not_their_pieces() {
        for word in [
            "a",
            "aardvark",
            "cooperation",
            "zygote",
            "bilateral",
            "the",
            "relative",
            "zoom",
            "steelworks",
            "by-product",
        ] {
            assert!(contains(word), "{word}");
        }
        for word in ["", "b", "na", "rela", "tive", "zzz", "aa", "-", "cooperatio", "cooperationn"] {
            assert!(!contains(word), "{word}");
        }
    }

    /// Every entry, decoded the plain way, is found; the list is sorted.
    #[test]
    fn finds_every_entry() {
        let end = LIST.len() - 4 - 4 * blocks();
        let (mut at, mut word, mut count) = (0, Vec::new(), 0);
        while at < end {
            let before = word.clone();
            word.truncate(LIST[at] as usize);
            at += 1;
            loop {
                word.push(LIST[at] & !LAST);
                at += 1;
                if LIST[at - 1] & LAST != 0 {
                    break;
                }
            }
            assert!(before < word);
            let text = std::str::from_utf8(&word).unwrap();
            match text.strip_suffix(|mark: char| mark.is_ascii_digit()) {
                Some(marked) => assert!(usage(marked).is_some(), "{text}"),
                None => assert!(contains(text), "{text}"),
            }
            count += 1;
        }
        assert!(count > 70_000);
    }

    #[test]
    fn tells_how_compounds_are_written() {
        assert_eq!(usage("itself"), Some(Usage::Closed));
        assert_eq!(usage("shrubland"), Some(Usage::Closed));
        assert_eq!(usage("hardworking"), Some(Usage::Hyphenated));
        assert_eq!(["relative", "rela", "", "itself1"].map(usage), [None; 4]);
        assert!(!contains("shrubland") && !contains("itself1"));
        assert_eq!(
            ["before", "them-selves", "ecosystem", "shrubland", ""].map(is_never_apart),
            [true, false, false, false, false]
        );
    }

    #[test]
    fn tells_how_far_a_word_is_known() {
        for (word, shared) in
            [("zyzzyva", 2), ("cooperatio", 10), ("cooperationn", 11), ("steelworksx", 10), ("aardvar-", 7)]
        {
            assert_eq!(find(word), Err(shared), "{word}");
        }
        assert_eq!([find("zygote"), find(""), find("Zygote"), find("qq")], [Ok(()), Err(0), Err(0), Err(1)]);
    }
}
