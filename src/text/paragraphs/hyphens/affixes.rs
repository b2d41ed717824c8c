//! What is known of words and of their parts: endings, other spellings, beginnings that take a hyphen and that do not.

use crate::text::words::{self, Usage};

/// Parts that are written with a hyphen more often than not.
pub const HYPHENATED: [&str; 34] = [
    "self", "ex", "quasi", "well", "so", "all", "vice", "mid", "half", "cross", "long", "short", "high", "low", "full",
    "large", "small", "hard", "soft", "two", "three", "four", "five", "six", "ten", "one", "first", "second", "third",
    "pro", "north", "south", "state", "e",
];

/// Beginnings that are written without one.
pub const PREFIXES: [&str; 17] = [
    "in", "over", "under", "mis", "im", "ir", "il", "sub", "super", "fore", "out", "up", "down", "uni", "bi", "tri",
    "ob",
];

/// Beginnings that make one word with the word behind them, whether or not a list has it: "intergovernmental".
pub const BOUND: [&str; 8] = ["inter", "intra", "trans", "un", "dis", "re", "macro", "micro"];

/// Beginnings that take a hyphen before a whole word, unless a list has the two as one: "pre-capitalist", "multi-year".
pub const LOOSE: [&str; 19] = [
    "pre", "post", "non", "anti", "co", "semi", "pseudo", "ultra", "neo", "proto", "multi", "pan", "counter", "extra",
    "mega", "socio", "eco", "meta", "de",
];

/// Of these, those that take it though a list may have the two as one: "counter-revolution". Short words behind them are as
/// often the end of another word: "counter-part", "anti-dote".
pub const SEPARABLE: [&str; 4] = ["non", "neo", "anti", "counter"];

/// Beginnings that a text writes with a hyphen before every word, or before none.
pub const HABITUAL: [&str; 24] = [
    "co", "pre", "post", "non", "anti", "semi", "pseudo", "ultra", "neo", "proto", "multi", "counter", "mega", "socio",
    "eco", "meta", "over", "super", "sub", "inter", "mis", "re", "north", "south",
];

/// Second parts that take a hyphen behind a word of any kind: "gettext-based".
pub const FITTED: [&str; 24] = [
    "based",
    "led",
    "run",
    "driven",
    "related",
    "oriented",
    "centred",
    "centered",
    "generated",
    "style",
    "like",
    "specific",
    "wide",
    "owned",
    "dominated",
    "backed",
    "controlled",
    "inspired",
    "minded",
    "friendly",
    "sized",
    "shaped",
    "sponsored",
    "compatible",
];

/// Endings that are words too, or look like one: behind a word they make another, and are no second half of a compound.
pub const ENDINGS_OF_WORDS: [&str; 32] = [
    "ability", "able", "ably", "ship", "ships", "hood", "less", "ness", "ism", "isms", "ist", "ists", "ise", "ised",
    "ises", "ising", "isation", "ize", "ized", "izes", "izing", "ization", "ally", "ward", "wards", "graphic",
    "graphy", "age", "ages", "ant", "ion", "men",
];

/// Short words that names are compounded with: "Unix-like", "Japan-led".
pub const SECONDS: [&str; 18] = [
    "like", "led", "wing", "free", "style", "type", "born", "based", "made", "run", "era", "wide", "bound", "only",
    "plus", "held", "class", "owned",
];

/// States that stand by their letters before the name of another.
pub const STATES: [&str; 3] = ["US", "UK", "EU"];

/// Tens, which take a hyphen before [`UNITS`]: "Forty-two".
pub const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Numbers that stand behind tens.
pub const UNITS: [&str; 18] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "first", "second", "third", "fourth",
    "fifth", "sixth", "seventh", "eighth", "ninth",
];

/// Words by whose spelling British texts are known; these write "co-operation" and "co-ordinate".
pub const BRITISH: [&str; 14] = [
    "labour",
    "centre",
    "favour",
    "towards",
    "whilst",
    "organisation",
    "organised",
    "behaviour",
    "programme",
    "defence",
    "colour",
    "honour",
    "neighbour",
    "recognise",
];

/// Endings that the list's words may have beyond it.
const ENDINGS: [(&str, &str); 21] = [
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
    ("ist", "ism"),
    ("ists", "ism"),
    ("ist", "y"),
    ("ists", "y"),
    ("ically", "ic"),
    ("ability", "able"),
    ("ic", "y"),
    ("ism", "ist"),
];

/// Spellings of the British and what the list has for them: "organisation", "labour", "centre".
const SPELLINGS: [(&str, &str); 11] = [
    ("isation", "ization"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ise", "ize"),
    ("our", "or"),
    ("tre", "ter"),
    ("lled", "led"),
    ("lling", "ling"),
    ("ogue", "og"),
    ("ence", "ense"),
];

/// Whether `word`, in lower case, is an English word, bare or with an ending, in either spelling.
pub fn is_word(word: &str) -> bool {
    let word = super::evidence::possessor(word);
    let shared = match find(word) {
        Ok(()) => return true,
        Err(shared) => shared,
    };
    word.len() >= 5
        && SPELLINGS.iter().any(|(british, american)| {
            // Up to four letters may stand behind it.
            let at = (0..=4).find_map(|behind| {
                let at = word.len().checked_sub(british.len() + behind)?;
                let rest = &word.as_bytes()[at..];
                (rest[0] == british.as_bytes()[0] && rest.starts_with(british.as_bytes())).then_some(at)
            });
            at.filter(|at| (2..=shared).contains(at)).is_some_and(|at| {
                let (start, end) = (&word[..at], &word[at + british.len()..]);
                find(&[start, american, end].concat()).is_ok()
            })
        })
}

/// How `word`, in lower case, is usually written where it looks like two.
pub fn usage(word: &str) -> Option<Usage> {
    let word = super::evidence::possessor(word);
    words::usage(word).or_else(|| words::usage(word.strip_suffix('s')?))
}

/// Whether `part` is no word by itself, or stands before others as often.
pub fn is_beginning(part: &str) -> bool {
    [&BOUND[..], &LOOSE, &PREFIXES, &HABITUAL, &HYPHENATED].iter().any(|table| table.contains(&part))
}

/// Whether `word` is one of the list's behind a beginning that makes one word with it, and it is broken inside that one: `left` stands
/// before the break.
pub fn is_derived(left: &str, word: &str) -> bool {
    BOUND.iter().any(|beginning| {
        left.len() > beginning.len()
            && word.strip_prefix(beginning).is_some_and(|rest| rest.len() >= 4 && is_word(rest))
    })
}

/// Whether the list has the two parts with a hyphen between.
pub fn is_compound(left: &str, right: &str) -> bool {
    find(&[left, "-", right].concat()).is_ok()
}

/// Whether the list has `word`, bare or with an ending; else, as [`words::find`], how much of it is known at most.
fn find(word: &str) -> Result<(), usize> {
    let Err(shared) = words::find(word) else { return Ok(()) };
    let has_stem = |(ending, instead): &(&str, &str)| {
        let stem = word.len().saturating_sub(ending.len());
        (3..=shared).contains(&stem)
            && word.strip_suffix(ending).is_some_and(|stem| match instead.is_empty() {
                true => words::contains(stem),
                false => words::contains(&[stem, instead].concat()),
            })
    };
    if ENDINGS.iter().any(has_stem) { Ok(()) } else { Err(shared) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_endings_and_two_spellings() {
        for word in ["organisations", "neighbouring", "centres", "anarchists", "reader's", "studied", "labelled"] {
            assert!(is_word(word), "{word}");
        }
        for word in ["tional", "rela", "cooperatio", "our", "tre"] {
            assert!(!is_word(word) || words::contains(word), "{word}");
        }
    }
}
