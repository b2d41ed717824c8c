//! The numbers people know paragraphs by: `¶ 12` in the status line, in citations, links and lists.
//!
//! *Invariant.* Paragraphs that are read are numbered from 1 in their order; those that are folded away have no
//! number, shown or not, so that the same paragraph has the same number everywhere. What programs get are indices
//! into [`Clean::paragraphs`], all of them counted, from 0.

use std::ops::Range;

use super::Clean;

/// The numbers of one text's paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbering {
    /// Paragraphs that are folded away, ascending.
    folded: Box<[u32]>,
    /// How many there are, folded ones among them.
    all: u32,
}

impl Numbering {
    pub fn of(clean: &Clean) -> Self {
        let numbered = clean.paragraphs.iter().zip(0..);
        let folded = numbered.filter(|(paragraph, _)| paragraph.kind.is_folded()).map(|(_, para)| para).collect();
        Self { folded, all: clean.paragraphs.len() as u32 }
    }

    /// How many paragraphs have a number.
    pub fn count(&self) -> usize {
        self.all as usize - self.folded.len()
    }

    /// The number of paragraph `para`; `None` for one that is folded away.
    pub fn number(&self, para: u32) -> Option<usize> {
        self.folded.binary_search(&para).is_err().then(|| self.at_or_before(para))
    }

    /// The number of paragraph `para` or of the nearest before it that has one; 0 where there is none.
    pub fn at_or_before(&self, para: u32) -> usize {
        let folded = self.folded.partition_point(|folded| *folded <= para);
        (para as usize + 1).saturating_sub(folded)
    }

    /// The paragraph of that number; the last where there are fewer, `None` in an empty text.
    pub fn paragraph(&self, number: usize) -> Option<u32> {
        let wanted = number.clamp(1, self.count().max(1)) - 1;
        // So many folded ones stand before it as lie no later than it with them.
        let is_before = |(index, para): &(usize, &u32)| **para as usize - index <= wanted;
        let skipped = self.folded.iter().enumerate().take_while(is_before).count();
        self.all.checked_sub(1).map(|last| ((wanted + skipped) as u32).min(last))
    }

    /// What a citation says of a range of the text: `12`, `12–14`; `None` where all of it is folded away.
    pub fn cited(&self, clean: &Clean, range: &Range<usize>) -> Option<String> {
        let last = clean.paragraph_at(range.end.saturating_sub(1).max(range.start)) as u32;
        let mut inside = clean.paragraph_at(range.start) as u32..=last;
        let first = inside.find_map(|para| self.number(para))?;
        let last = self.at_or_before(last);
        Some(if first == last { first.to_string() } else { format!("{first}–{last}") })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Kind, Paragraph};

    /// A text of paragraphs of two bytes; `true` is folded away.
    fn clean(folded: &[bool]) -> Clean {
        let paragraph = |(at, folded): (u32, &bool)| Paragraph {
            kind: if *folded { Kind::Meta } else { Kind::Body },
            start: 3 * at,
            end: 3 * at + 2,
            close: false,
        };
        Clean { paragraphs: (0..).zip(folded).map(paragraph).collect(), ..Clean::default() }
    }

    #[test]
    fn folded_paragraphs_have_no_number() {
        let numbering = Numbering::of(&clean(&[true, false, true, true, false]));
        assert_eq!((0..5).map(|para| numbering.number(para)).collect::<Vec<_>>(), [None, Some(1), None, None, Some(2)]);
        assert_eq!((0..5).map(|para| numbering.at_or_before(para)).collect::<Vec<_>>(), [0, 1, 1, 1, 2]);
        assert_eq!([0, 1, 2, 3].map(|number| numbering.paragraph(number)), [Some(1), Some(1), Some(4), Some(4)]);
        assert_eq!(numbering.count(), 2);
        assert_eq!(Numbering::default().paragraph(1), None);
    }

    #[test]
    fn a_citation_names_the_paragraphs_that_are_read() {
        let clean = clean(&[true, false, true, true, false]);
        let numbering = Numbering::of(&clean);
        let cited = |range: Range<usize>| numbering.cited(&clean, &range);
        assert_eq!(cited(3..5).as_deref(), Some("1"));
        assert_eq!(cited(0..7).as_deref(), Some("1"));
        assert_eq!(cited(4..13).as_deref(), Some("1–2"));
        assert_eq!(cited(6..14).as_deref(), Some("2"));
        assert_eq!(cited(6..8), None);
    }
}
