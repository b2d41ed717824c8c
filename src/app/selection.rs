//! A passage being selected: from where selecting began to the cursor, inside one document.
//!
//! The cursor's end is the page's own cursor, so that every motion moves it. Both ends belong to the
//! passage.

use std::ops::Range;

use crate::corpus::DocId;
use crate::text::{Clean, segment, width};

/// What is selected at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Character,
    Paragraph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    pub doc: DocId,
    /// The byte of the clean text where it began.
    pub anchor: usize,
    pub by: By,
}

impl Selection {
    /// The passage between the anchor and the cursor, as bytes of the clean text.
    pub fn range(&self, clean: &Clean, cursor: usize) -> Range<usize> {
        let (first, last) = (self.anchor.min(cursor), self.anchor.max(cursor));
        let paragraph = |at: usize| clean.paragraphs.get(clean.paragraph_at(at)).map(crate::text::Paragraph::range);
        let (Some(from), Some(to)) = (paragraph(first), paragraph(last)) else { return 0..0 };
        match self.by {
            By::Paragraph => from.start..to.end,
            By::Character => {
                let end = segment::next_grapheme(&clean.text, last).min(to.end);
                first.min(end)..end
            }
        }
    }
}

/// Longer passages are told by their size: words are counted at every key.
const COUNTED: usize = 1 << 20;

/// How much it is, in words for people: `12 words`, `1 character`, `3.4 MB`.
pub fn amount(clean: &Clean, range: &Range<usize>) -> String {
    let Some(text) = clean.text.get(range.clone()) else { return String::new() };
    if text.len() > COUNTED {
        return format!("{:.1} MB", text.len() as f64 / 1e6);
    }
    let is_word = |token: &&str| token.contains(char::is_alphanumeric);
    let words = text.split_whitespace().filter(is_word).count();
    let spaceless = text.chars().filter(|c| ('\u{3040}'..='\u{9fff}').contains(c)).count();
    let characters = || width::clusters(text).filter(|cluster| !cluster.text.trim().is_empty()).count();
    let (number, what) = match () {
        // A word of Chinese or Japanese has no blanks around it.
        () if spaceless > 2 * words => (characters(), "character"),
        () if words == 0 => (characters(), "character"),
        () => (words, "word"),
    };
    format!("{} {what}{}", width::group_thousands(number as u64), if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Options, read};

    #[test]
    fn amounts_are_counted_as_people_count() {
        let of = |text: &str| {
            let clean = read(text.as_bytes(), &Options::default());
            amount(&clean, &(0..clean.text.len()))
        };
        assert_eq!(of("One – only one."), "3 words");
        assert_eq!(of("Alone"), "1 word");
        assert_eq!(of("日本の安全保障"), "7 characters");
        assert_eq!(of(&"many words ".repeat(1_000)), "2,000 words");
    }

    #[test]
    fn both_ends_belong_to_it_whichever_came_first() {
        let clean = read("One two three.\n\nFour e\u{301} six.".as_bytes(), &Options::default());
        let at = |word: &str| clean.text.find(word).unwrap();
        let selected = |anchor, cursor, by| {
            let selection = Selection { doc: DocId(0), anchor, by };
            clean.passage(&selection.range(&clean, cursor), false)
        };
        assert_eq!(selected(at("two"), at("three"), By::Character), "two t");
        assert_eq!(selected(at("three"), at("two"), By::Character), "two t");
        assert_eq!(selected(at("e\u{301}"), at("e\u{301}"), By::Character), "e\u{301}");
        assert_eq!(selected(at("six"), at("two"), By::Character), "two three.\n\nFour e\u{301} s");
        assert_eq!(selected(at("two"), at("two"), By::Paragraph), "One two three.");
    }
}
