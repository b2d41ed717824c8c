//! Numbers of pages: alone on a line, dressed up, or beside a running head; and which of them rise by one.

use std::collections::HashMap;

use super::folios::is_parted;
use crate::text::paragraphs::lines::marks;
use crate::text::paragraphs::lines::{self, Line};

/// A page number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    pub value: u32,
    /// "Page 3", "3 of 9": furniture whatever stands around.
    pub named: bool,
}

/// Reads "12", "- 3 -", "Page 3 of 9", "[4]", "iv".
pub fn page_number(text: &str) -> Option<Number> {
    // "2001." ends a sentence, "II." is a heading; "ii" is a page.
    if text.len() > 24 || text.ends_with('.') {
        return None;
    }
    let bare = text
        .trim_matches(|c: char| matches!(c, '-' | '\u{2010}' | '–' | '—' | '|' | '[' | ']' | ' ' | '*' | '.' | '~'));
    let (rest, word) = ["Page ", "page ", "PAGE ", "p. ", "P. ", "Seite ", "Página "]
        .iter()
        .find_map(|word| Some((bare.strip_prefix(word)?, true)))
        .unwrap_or((bare, false));
    let mut parts = rest.split_whitespace();
    let number = parts.next()?;
    let number = number.split_once('/').filter(|(_, of)| word || of.len() <= 3).map_or(number, |(n, _)| n);
    let value = match number.parse::<u32>() {
        Ok(value) if number.len() <= 4 => value,
        _ => marks::roman(number).filter(|_| number.len() > 1 || number == "i" || number == "v" || number == "x")?,
    };
    match (parts.next(), parts.next(), parts.next()) {
        (None, _, _) => Some(Number { value, named: word }),
        (Some("of" | "/" | "von" | "de" | "sur"), Some(of), None) if of.bytes().all(|b| b.is_ascii_digit()) => {
            Some(Number { value, named: true })
        }
        _ => None,
    }
}

/// Whether a page number is more than a number: "- 3 -", "Page 3".
pub fn is_dressed(text: &str) -> bool {
    !text.chars().all(char::is_alphanumeric)
}

/// The number at the start or end of a line of words.
pub fn edge_number(text: &str) -> Option<u32> {
    // Most lines have no number.
    if !text.bytes().fold(false, |found, byte| found | byte.is_ascii_digit()) {
        return None;
    }
    let bare = text.trim_matches(|c: char| matches!(c, '-' | '–' | '—' | '|' | ' '));
    let words: Vec<&str> = bare.split_whitespace().filter(|word| !matches!(*word, "-" | "–" | "—" | "|")).collect();
    let (first, last) = (words.first()?, words.last()?);
    let number = |word: &str| {
        let word = word.trim_matches(['-', '–', '—']);
        (word.len() <= 4).then(|| word.parse().ok()).flatten()
    };
    match words[..] {
        [] | [_] => None,
        _ if words.len() > 12 => None,
        // "Chapter 2" heads text.
        [word, _]
            if !is_parted(text) && word.starts_with(|c: char| c.is_alphabetic()) && !word.starts_with(['P', 'p']) =>
        {
            None
        }
        // "Page 2 of 9"
        [.., own, "of", _] => number(own),
        _ => number(last).or_else(|| number(first)),
    }
}

/// The page number of a line that also holds a running head, and the head: "Harbours of the North        Page 3".
pub fn head_beside_number<'a>(line: &Line<'a>) -> Option<(Number, &'a str)> {
    let text = line.text;
    // "Lee        Informational        [Page 3]"
    if let Some((words, number)) = text.strip_suffix(']').and_then(|text| text.rsplit_once(" [")) {
        let number = page_number(number).filter(|number| number.named)?;
        return Some((number, words.trim_end()));
    }
    // "Report of the Wardens - 1 -"
    if let Some((words, number)) = dressed_behind(text) {
        return Some((Number { value: number.parse().ok()?, named: false }, words));
    }
    let parts = match line.gap() {
        Some(at) => [&text[..at], text[at..].trim_start()],
        None => {
            // Most lines have no such letter.
            let mut letters = memchr::memchr_iter(b'P', text.as_bytes());
            let at =
                letters.find_map(|at| text[..at].strip_suffix(' ').filter(|_| text[at..].starts_with("Page ")))?.len();
            [&text[..at], &text[at + 1..]]
        }
    };
    let named = |part: &str| part.starts_with(char::is_uppercase) && part.len() <= 60 && lines::gap(part).is_none();
    match parts.map(page_number) {
        [None, Some(number)] if named(parts[0]) => Some((number, parts[0].trim_end())),
        [Some(number), None] if named(parts[1]) => Some((number, parts[1])),
        _ => None,
    }
}

/// The words and the number of a line that ends in "- 1 -".
fn dressed_behind(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_suffix(['-', '–', '—'])?.strip_suffix(' ')?;
    let (words, number) = rest.rsplit_once(' ')?;
    let words = words.strip_suffix(['-', '–', '—'])?.strip_suffix(' ')?;
    let digits = !number.is_empty() && number.len() <= 4 && number.bytes().all(|b| b.is_ascii_digit());
    (digits && words.starts_with(char::is_uppercase) && words.len() <= 60).then(|| (words.trim_end(), number))
}

/// The lines of the longest run of `numbers` that rises by one; none where there is but one.
pub fn longest_run(numbers: &[(usize, Number)]) -> Vec<usize> {
    // Longest run for each number that ends there: number → (its length, where it ends).
    let mut ends: HashMap<u32, (u32, usize)> = HashMap::new();
    let mut before: Vec<Option<usize>> = vec![None; numbers.len()];
    let mut best: Option<(u32, usize)> = None;
    for (k, (line, number)) in numbers.iter().enumerate() {
        let above = number.value.checked_sub(1).and_then(|n| ends.get(&n)).filter(|(_, j)| line - numbers[*j].0 >= 4);
        let length = above.map_or(1, |(length, _)| length + 1);
        before[k] = above.map(|(_, j)| *j);
        if ends.get(&number.value).is_none_or(|(known, _)| length >= *known) {
            ends.insert(number.value, (length, k));
        }
        if best.is_none_or(|(known, _)| length > known) {
            best = Some((length, k));
        }
    }
    let mut numbered = Vec::new();
    if let Some((length, end)) = best
        && length >= 2
    {
        let mut at = Some(end);
        while let Some(k) = at {
            numbered.push(numbers[k].0);
            at = before[k];
        }
    }
    numbered
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_heads_stand_beside_numbers() {
        let value = |text: &str| head_beside_number(&Line::new(text, 0, 0)?).map(|(n, _)| n.value);
        assert_eq!(value("Harbours of the North        12"), Some(12));
        assert_eq!(value("3     Harbours of the North"), Some(3));
        assert_eq!(value("Harbours of the North Page 2 of 9"), Some(2));
        for text in
            ["Harbours of the North 12", "the end       12", "Left column     right column", "See Page 12 there"]
        {
            assert_eq!(value(text), None, "{text}");
        }
    }

    #[test]
    fn page_numbers_are_read() {
        let value = |text: &str| page_number(text).map(|n| (n.value, n.named));
        assert_eq!(value("12"), Some((12, false)));
        assert_eq!(value("- 3 -"), Some((3, false)));
        assert_eq!(value("Page 3 of 9"), Some((3, true)));
        assert_eq!(value("3/9"), Some((3, false)));
        assert_eq!(value("iv"), Some((4, false)));
        for text in ["12,000", "1998-2001", "Page", "mix it", "Chapter 3", "12 months"] {
            assert_eq!(value(text), None, "{text}");
        }
    }
}
