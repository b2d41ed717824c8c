//! The word of a text that somebody may have meant who searched and found nothing.

use std::collections::HashMap;

use crate::diag::nearest_within;
use crate::text::Clean;

/// Bytes of text that are looked at: enough for a shelf of essays, and no wait at a key.
const BUDGET: usize = 1 << 20;

/// Shorter words are near to too many others.
const SHORTEST: usize = 4;

/// The nearest word of `texts` to the first word of a query that stands in none of them; nothing for a regular
/// expression. Of words that are equally near it is the more frequent one.
pub fn near_miss<'a>(written: &str, texts: impl IntoIterator<Item = &'a Clean>) -> Option<&'a str> {
    if written.len() > 2 && written.starts_with('/') && written.ends_with('/') {
        return None;
    }
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let mut left = BUDGET;
    let paragraphs = texts.into_iter().flat_map(|clean| {
        let read = clean.paragraphs.iter().filter(|paragraph| !paragraph.kind.is_folded());
        read.map(|paragraph| &clean.text[paragraph.range()])
    });
    for paragraph in paragraphs {
        words(paragraph).for_each(|word| *counts.entry(word).or_default() += 1);
        left = left.saturating_sub(paragraph.len());
        if left == 0 {
            break;
        }
    }
    let mut known: Vec<(&str, usize)> = counts.into_iter().collect();
    known.sort_by(|(a, many), (b, few)| few.cmp(many).then(a.cmp(b)));
    let folded: Vec<String> = known.iter().map(|(word, _)| word.to_lowercase()).collect();
    let stands = |word: &str| folded.iter().any(|other| other.contains(word));
    let missing = words(written).find(|word| !stands(&word.to_lowercase()))?;
    let length = missing.chars().count();
    let candidates = known.iter().map(|(word, _)| *word).filter(|word| word.chars().count() >= SHORTEST);
    nearest_within(missing, candidates, length / 3).filter(|_| length >= SHORTEST)
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Options, read};

    #[test]
    fn the_word_that_was_meant_is_told() {
        let clean = read(
            "The alliance holds because every ally asks first. An alliance is older than its treaties.".as_bytes(),
            &Options::default(),
        );
        for (written, near) in [
            ("aliance", Some("alliance")),
            ("old alliences", Some("alliance")),
            ("treatys", Some("treaties")),
            ("/aliance/", None),
            ("alli", None),
            ("alliance first", None),
            ("submarine", None),
            ("zzz", None),
        ] {
            assert_eq!(near_miss(written, [&clean]), near, "{written}");
        }
    }
}
