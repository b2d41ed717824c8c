//! Sentences and words, for terms that ask for another one near them.
//!
//! A full stop ends a sentence when what follows begins one; not after an initial or an abbreviation.
//! A word is a run of letters and digits with the apostrophes inside it; in scripts without spaces,
//! two characters count as one.

use std::ops::Range;

use super::scripts::{is_spaceless, is_word};

/// Written with a full stop that ends nothing.
const ABBREVIATIONS: [&str; 36] = [
    "mr", "mrs", "ms", "dr", "prof", "gen", "col", "lt", "capt", "maj", "sgt", "adm", "sen", "rep", "gov", "pres",
    "amb", "hon", "rev", "st", "jr", "sr", "vs", "v", "ed", "eds", "inc", "ltd", "corp", "co", "bros", "dept", "est",
    "approx", "cf", "al",
];

/// The same before a number.
const BEFORE_NUMBERS: [&str; 9] = ["no", "nos", "p", "pp", "vol", "fig", "art", "sec", "ch"];

/// Words that begin a sentence after an acronym with full stops more often than they go on with it.
const STARTERS: [&str; 30] = [
    "a", "an", "and", "as", "at", "but", "for", "he", "how", "however", "if", "in", "it", "its", "on", "our", "she",
    "so", "some", "that", "the", "their", "there", "these", "they", "this", "those", "we", "when", "while",
];

/// The sentences and words of a paragraph.
pub struct Sentences {
    /// Where each sentence begins, ascending, the first at 0.
    starts: Vec<usize>,
    /// Where each word begins, ascending.
    words: Vec<usize>,
}

impl Sentences {
    pub fn of(text: &str) -> Self {
        Self { starts: starts(text), words: words(text) }
    }

    /// Words from one range to the other, 1 for neighbours; `None` in different sentences.
    pub fn distance(&self, a: &Range<usize>, b: &Range<usize>) -> Option<usize> {
        let (first, second) = if a.start <= b.start { (a, b) } else { (b, a) };
        if self.sentence(first.start) != self.sentence(second.start) {
            return None;
        }
        let last = self.words.partition_point(|start| *start < first.end);
        let next = self.words.partition_point(|start| *start <= second.start);
        Some(next.saturating_sub(last))
    }

    fn sentence(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at)
    }
}

fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let is_wide = matches!(c, '。' | '！' | '？' | '｡');
        if !is_wide && !matches!(c, '.' | '!' | '?' | '…') {
            continue;
        }
        let mut end = at + c.len_utf8();
        while let Some((_, c)) = chars.next_if(|(_, c)| closes(*c) || c.is_ascii_digit() && after_quote(text, end)) {
            end += c.len_utf8();
        }
        let rest = text[end..].trim_start();
        let spaced = rest.len() < text.len() - end;
        let begins = rest.chars().next().is_some_and(|c| !c.is_lowercase());
        if is_wide && !rest.is_empty() || spaced && begins && !(c == '.' && goes_on(&text[..at], rest)) {
            starts.push(text.len() - rest.len());
        }
    }
    starts
}

/// Whether `c` closes what a sentence ends with: quotes, brackets, more marks.
fn closes(c: char) -> bool {
    matches!(c, '"' | '\'' | '’' | '”' | ')' | ']' | '」' | '』' | '）' | '.' | '!' | '?' | '…' | '。' | '！' | '？')
        || matches!(c, '¹' | '²' | '³' | '\u{2070}'..='\u{2079}')
}

/// Whether a digit at `end` is the mark of a note: glued to a closing quote or full stop.
fn after_quote(text: &str, end: usize) -> bool {
    text[..end].ends_with(['”', '"', '’'])
}

/// Whether a full stop after `before` ends no sentence, though `rest` begins with a capital.
fn goes_on(before: &str, rest: &str) -> bool {
    let word = before.rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '"')).next().unwrap_or_default();
    let next: String = rest.chars().take_while(|c| c.is_alphabetic()).collect::<String>().to_lowercase();
    let is_initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    if is_initial {
        return word != "I";
    }
    if word.contains('.') && word.split('.').all(|part| part.chars().count() <= 1) {
        return !STARTERS.contains(&next.as_str());
    }
    let word = word.to_lowercase();
    let is_number = rest.starts_with(|c: char| c.is_ascii_digit());
    ABBREVIATIONS.contains(&word.as_str()) || is_number && BEFORE_NUMBERS.contains(&word.as_str())
}

fn words(text: &str) -> Vec<usize> {
    let mut words = Vec::new();
    let mut previous = ' ';
    let mut run = 0;
    for (at, c) in text.char_indices() {
        if is_word(c) {
            run = if is_spaceless(c) { run + 1 } else { 0 };
            let joined = is_word(previous) && is_spaceless(previous) == is_spaceless(c);
            let inside = matches!(previous, '\'' | '’') && text[..at - previous.len_utf8()].ends_with(is_word);
            if !(joined || inside) || run > 2 && run % 2 == 1 {
                words.push(at);
            }
        } else {
            run = 0;
        }
        previous = c;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let starts = starts(text);
        let ends = starts[1..].iter().copied().chain([text.len()]);
        starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim()).collect()
    }

    #[test]
    fn sentences_end_where_the_next_begins() {
        for (text, want) in [
            ("One. Two? Three! Four", 4),
            ("Mr. Abe met Gen. Smith. They spoke.", 2),
            ("The U.S. Navy and J. F. Kennedy.", 1),
            ("It left the U.S. The bank stayed.", 2),
            ("He said “no.” Then he left.", 2),
            ("a rate of 3.5 percent in No. 4 of 5", 1),
            ("日本。中国。", 2),
            ("Why? because", 1),
            ("the end.12 Then", 1),
        ] {
            assert_eq!(sentences(text).len(), want, "{text}: {:?}", sentences(text));
        }
    }

    #[test]
    fn neighbours_are_one_word_apart() {
        let text = "A bank’s well-known loan. Credit";
        let all = Sentences::of(text);
        let at = |word: &str| {
            let start = text.find(word).unwrap();
            start..start + word.len()
        };
        assert_eq!(all.distance(&at("bank"), &at("well")), Some(1));
        assert_eq!(all.distance(&at("loan"), &at("bank")), Some(3));
        assert_eq!(all.distance(&at("loan"), &at("Credit")), None);
        assert_eq!(words("日本政府は大").len(), 3);
    }
}
