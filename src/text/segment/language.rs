//! Which language a text is in, told by its small words.

use std::sync::LazyLock;

use crate::text::width;

/// A language whose words can be broken at row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    English,
    German,
    French,
    Spanish,
    Italian,
    Portuguese,
    Dutch,
}

impl Language {
    pub const ALL: [Language; 7] = [
        Language::English,
        Language::German,
        Language::French,
        Language::Spanish,
        Language::Italian,
        Language::Portuguese,
        Language::Dutch,
    ];

    /// Words that every page of the language has, in lower case.
    fn small_words(self) -> &'static str {
        match self {
            Language::English => {
                "the of and to in a is that for it as was with be by on not he his are this at from have or an they which had we their has been will would its but who"
            }
            Language::German => {
                "der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über so zum war haben nur oder aber vor zur bis"
            }
            Language::French => {
                "le la les de des du et en un une que qui dans pour est pas au sur par plus ce il ne se sont avec aux cette son ses mais ou elle nous vous leur été être ont a l d qu c n s"
            }
            Language::Spanish => {
                "el la los las de que y en un una por con no se para del es su al lo como más pero sus le ha este sí porque esta entre cuando muy sin sobre también fue hay desde"
            }
            Language::Italian => {
                "il lo la i gli le di che e è un una in per non con del della dei delle nel nella si da al alla sono come più ma anche ha suo sua questo questa o se dal dalla hanno era l"
            }
            Language::Portuguese => {
                "o a os as de que e em um uma do da dos das no na nos nas por para com não se mais como mas ao à foi são é ou seu sua pelo pela está também já há entre"
            }
            Language::Dutch => {
                "de het een van en in is dat op te zijn met voor niet aan er die als ook om maar door bij uit naar over wordt hij zij ze worden dit deze hebben nog wel heeft of werd kan"
            }
        }
    }
}

/// Small words in order, with the languages that have them, a bit for each.
static SMALL_WORDS: LazyLock<Vec<(&str, u8)>> = LazyLock::new(|| {
    let words = |language: Language| language.small_words().split(' ').map(move |word| (word, 1 << language as u8));
    let mut words: Vec<(&str, u8)> = Language::ALL.into_iter().flat_map(words).collect();
    words.sort_unstable();
    words.dedup_by(|later, word| {
        let is_same = later.0 == word.0;
        word.1 |= if is_same { later.1 } else { 0 };
        is_same
    });
    words
});

/// Letters of the longest small word that is written in ASCII.
const LONGEST: usize = 6;

/// The languages that have a word among their small ones.
fn languages(word: &str) -> u8 {
    let bits = |word: &str| {
        let found = SMALL_WORDS.binary_search_by(|(small, _)| (*small).cmp(word));
        found.map_or(0, |at| SMALL_WORDS[at].1)
    };
    if !word.is_ascii() {
        return bits(&word.to_lowercase());
    }
    let mut lower = [0; LONGEST];
    let Some(lower) = lower.get_mut(..word.len()) else { return 0 };
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).map_or(0, bits)
}

/// Bytes looked at: a few pages say as much as the book.
const SAMPLE: usize = 32 * 1024;

/// Fewer small words than this decide nothing.
const FEWEST: usize = 3;

/// The language of `text`, where its small words leave no doubt: one word in six is such a word, and no
/// other language comes close.
pub fn language(text: &str) -> Option<Language> {
    let sample = &text[..width::floor_boundary(text, SAMPLE)];
    let mut counts = [0_usize; Language::ALL.len()];
    let mut words = 0;
    for word in sample.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
        words += 1;
        let languages = languages(word);
        if languages != 0 {
            counts.iter_mut().enumerate().for_each(|(index, count)| *count += usize::from(languages >> index & 1));
        }
    }
    let best = (0..counts.len()).max_by_key(|&index| counts[index])?;
    let second = (0..counts.len()).filter(|&index| index != best).map(|index| counts[index]).max()?;
    let clear = counts[best] >= FEWEST && counts[best] * 6 >= words && counts[best] * 5 > second * 6;
    clear.then_some(Language::ALL[best])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_small_word_is_found_however_it_is_written() {
        for language in Language::ALL {
            for word in language.small_words().split(' ') {
                assert!(!word.is_ascii() || word.len() <= LONGEST, "{word}");
                for written in [word.to_owned(), word.to_uppercase()] {
                    assert_ne!(languages(&written) >> language as u8 & 1, 0, "{written}");
                }
            }
        }
        assert_eq!(languages("wonderful") | languages("xyzzy") | languages(""), 0);
    }
}
