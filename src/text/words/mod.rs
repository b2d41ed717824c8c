//! English words, for line-end hyphens that the documents themselves cannot decide.
//!
//! The list is SCOWL's, its hyphenated words WordNet's (terms in `licences/SCOWL.txt` and `licences/WordNet.txt`), front coded
//! by `tests/tools/words.py`, which also describes the format. It is searched as it lies in the program: nothing is unpacked or loaded.

const LIST: &[u8] = include_bytes!("english.words");
/// Set on the last byte of a word.
const LAST: u8 = 0x80;
/// Words between two entries of the index.
const BLOCK: usize = 16;

/// Whether `word` (lower case, ASCII) is an English word, or a compound that is written with a hyphen though it might not be.
pub fn contains(word: &str) -> bool {
    if word.is_empty() || !word.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return false;
    }
    let word = word.as_bytes();
    let place = place([word[0], word.get(1).copied().unwrap_or(0)]);
    let (mut low, mut high) = (usize::from(PLACES[place]), usize::from(PLACES[place + 1]));
    while low < high {
        let middle = (low + high) / 2;
        match starts_after(block(middle), word) {
            true => high = middle,
            false => low = middle + 1,
        }
    }
    low > 0 && scan(block(low - 1), word)
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

/// Whether the first word of `block` stands after `word`.
fn starts_after(block: &[u8], word: &[u8]) -> bool {
    for (at, &byte) in block[1..].iter().enumerate() {
        match word.get(at) {
            Some(letter) if byte & !LAST == *letter && byte & LAST == 0 => {}
            Some(letter) => return byte & !LAST > *letter,
            None => return true,
        }
    }
    false
}

/// Whether one of the words of `block` is `word`. `matched` is how far the current entry agrees with it.
fn scan(block: &[u8], word: &[u8]) -> bool {
    let (mut at, mut matched) = (0, 0);
    for _ in 0..BLOCK {
        let Some(&shared) = block.get(at) else { return false };
        let mut length = usize::from(shared);
        at += 1;
        // An entry that shares more than what agreed disagrees at the same place as the one before it.
        let mut agrees = length <= matched;
        if agrees {
            matched = length;
        }
        while let Some(&byte) = block.get(at) {
            at += 1;
            if agrees {
                match word.get(length) {
                    Some(letter) if *letter == byte & !LAST => matched += 1,
                    Some(letter) if *letter > byte & !LAST => agrees = false,
                    // This entry stands behind the word, and so do all others.
                    _ => return false,
                }
            }
            length += 1;
            if byte & LAST != 0 {
                break;
            }
        }
        if agrees && matched == word.len() && length == word.len() {
            return true;
        }
    }
    false
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
            assert!(contains(std::str::from_utf8(&word).unwrap()), "{word:?}");
            count += 1;
        }
        assert!(count > 70_000);
    }
}
