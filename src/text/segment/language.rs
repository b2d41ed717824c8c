//! Which language a text is in, told by its small words.

use std::borrow::Cow;

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
    const fn small_words(self) -> &'static str {
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

/// Places for small words: there are fewer.
const MOST: usize = 384;

/// Small words as numbers, in order, and the languages that have each, a bit for a language. Sorted by the compiler.
static SMALL_WORDS: ([u64; MOST], [u8; MOST]) = {
    let (mut words, mut languages) = ([u64::MAX; MOST], [0; MOST]);
    let mut language = 0;
    while language < Language::ALL.len() {
        let text = Language::ALL[language].small_words().as_bytes();
        let mut end = 0;
        while end < text.len() {
            let mut word = 0;
            while end < text.len() && text[end] != b' ' {
                word = word << 8 | text[end] as u64;
                end += 1;
            }
            end += 1;
            // Those behind it move on by one.
            let mut at = MOST - 1;
            while at > 0 && words[at - 1] > word {
                at -= 1;
            }
            if at == 0 || words[at - 1] != word {
                let mut last = MOST - 1;
                while last > at {
                    (words[last], languages[last]) = (words[last - 1], languages[last - 1]);
                    last -= 1;
                }
                (words[at], languages[at]) = (word, 0);
                at += 1;
            }
            languages[at - 1] |= 1 << language;
        }
        language += 1;
    }
    (words, languages)
};

/// The languages that have a word among their small ones, all of which have eight bytes at most.
fn languages(word: &str) -> u8 {
    let lower = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
    if lower.len() > size_of::<u64>() {
        return 0;
    }
    let word = lower.bytes().fold(0, |word, byte| word << 8 | u64::from(byte.to_ascii_lowercase()));
    SMALL_WORDS.0.binary_search(&word).map_or(0, |at| SMALL_WORDS.1[at])
}

/// Bytes looked at: a few pages say as much as the book.
const SAMPLE: usize = 32 * 1024;

/// Fewer small words than this decide nothing.
const FEWEST: usize = 3;

/// Bytes of the letters at the start of `text`.
fn letters(text: &str) -> usize {
    let plain = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    match text.as_bytes().get(plain) {
        Some(byte) if !byte.is_ascii() => {
            text[plain..].find(|c: char| !c.is_alphabetic()).map_or(text.len(), |end| plain + end)
        }
        _ => plain,
    }
}

/// The language of `text`, where its small words leave no doubt: one word in six is such a word, and no
/// other language comes close.
pub fn language(text: &str) -> Option<Language> {
    let sample = &text[..width::floor_boundary(text, SAMPLE)];
    let mut counts = [0_usize; Language::ALL.len()];
    let mut words = 0;
    let mut rest = sample;
    while let Some(first) = rest.chars().next() {
        let end = letters(rest);
        if end == 0 {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        words += 1;
        let languages = languages(&rest[..end]);
        rest = &rest[end..];
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
                assert!(word.len() <= size_of::<u64>(), "{word}");
                for written in [word.to_owned(), word.to_uppercase()] {
                    assert_ne!(languages(&written) >> language as u8 & 1, 0, "{written}");
                }
            }
        }
        assert!(SMALL_WORDS.0.ends_with(&[u64::MAX]));
        assert_eq!(languages("wonderful") | languages("xyzzy") | languages(""), 0);
    }

    #[test]
    fn letters_end_where_a_word_does() {
        for (text, word) in
            [("naïve—so", "naïve"), ("ab1", "ab"), ("été 1", "été"), ("письмо,", "письмо"), ("l’un", "l"), ("—", "")]
        {
            assert_eq!(&text[..letters(text)], word, "{text}");
        }
    }
}
