//! Running heads that were read wrongly from a picture: "Journa1 of Tida1 Law" is "Journal of Tidal Law".

use crate::text::paragraphs::lines::marks;
use crate::text::words;

/// Most letters of a word that are compared.
const LONGEST: usize = 24;

/// Whether `text` is `head`, some words of which were misread: as many words, and those that differ are nearly the same and none
/// that the word list has. "CHAPTER III" is not "CHAPTER II", and "Part Ten" is not "Part Two".
pub fn is_misread(text: &str, head: &str) -> bool {
    if text.len().abs_diff(head.len()) > 4 || head.len() < 6 {
        return false;
    }
    let pairs = || text.split_whitespace().zip(head.split_whitespace());
    text != head
        && text.split_whitespace().count() == head.split_whitespace().count()
        && pairs().all(|(word, known)| word == known || is_damaged(word, known))
}

/// Whether `word` is `known` with few letters read as others.
fn is_damaged(word: &str, known: &str) -> bool {
    let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let number = known.bytes().all(|b| !b.is_ascii_alphabetic());
    !number
        && known.len() >= 3
        && !words::contains(&lower)
        && marks::roman(word).is_none()
        && distance(word, known).is_some_and(|apart| apart <= (known.chars().count() / 4).max(1))
}

/// How many letters are to be changed, put in or left out to make `a` of `b`.
fn distance(a: &str, b: &str) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() > LONGEST || b.len() > LONGEST {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut above = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let changed = above + usize::from(from != to);
            above = row[j + 1];
            row[j + 1] = changed.min(above + 1).min(row[j] + 1);
        }
    }
    row.last().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_that_were_misread_are_known() {
        for (text, head) in [
            ("Journa1 of Tidal Law", "Journal of Tidal Law"),
            ("Thc Orchard Revlew", "The Orchard Review"),
            ("ORCHARDS AND CREDlT", "ORCHARDS AND CREDIT"),
        ] {
            assert!(is_misread(text, head), "{text}");
        }
        for (text, head) in [
            ("CHAPTER III", "CHAPTER II"),
            ("Part Ten Trees", "Part Two Trees"),
            ("The Orchard Reviews", "The Orchard Review"),
            ("Orchard Law 1998", "Orchard Law 1999"),
            ("The Orchard", "The Orchard Review"),
        ] {
            assert!(!is_misread(text, head), "{text}");
        }
    }
}
