//! Where the paragraphs of a text are after it was edited.
//!
//! A paragraph is followed by its words, wherever it went; one that was changed, by those around it that were not.

use std::collections::HashMap;

use super::places::Passage;
use crate::text::Clean;

/// Of each paragraph of the old text which one it is in the new one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed(Vec<Option<u32>>);

impl Followed {
    pub fn of(old: &Clean, new: &Clean) -> Self {
        let (all, there) = (old.paragraphs.len(), new.paragraphs.len());
        let is_same = |a: usize, b: usize| old.paragraph(a) == new.paragraph(b);
        let least = all.min(there);
        let head = (0..least).take_while(|para| is_same(*para, *para)).count();
        let tail = (0..least - head).take_while(|back| is_same(all - 1 - back, there - 1 - back)).count();
        let mut to: Vec<Option<u32>> = vec![None; all];
        (0..head).for_each(|para| to[para] = Some(para as u32));
        (0..tail).for_each(|back| to[all - 1 - back] = Some((there - 1 - back) as u32));
        let (once_old, once_new) = (once(old, head..all - tail), once(new, head..there - tail));
        for (text, para) in once_old {
            to[para] = once_new.get(text).map(|para| *para as u32);
        }
        let mut followed = Self(to);
        followed.fill(there as u32);
        followed
    }

    /// As many changed paragraphs in a row as there are new ones between the same neighbours are these.
    fn fill(&mut self, there: u32) {
        let mut taken: Vec<u32> = self.0.iter().flatten().copied().collect();
        taken.sort_unstable();
        let mut from = 0;
        while let Some(start) = self.0[from..].iter().position(Option::is_none).map(|at| from + at) {
            let end = self.0[start..].iter().position(Option::is_some).map_or(self.0.len(), |at| start + at);
            let first = if start == 0 { Some(0) } else { self.0[start - 1].map(|para| para + 1) };
            let behind = if end == self.0.len() { Some(there) } else { self.0[end] };
            if let (Some(first), Some(behind)) = (first, behind)
                && behind.checked_sub(first) == Some((end - start) as u32)
                && (first..behind).all(|para| taken.binary_search(&para).is_err())
            {
                (start..end).zip(first..).for_each(|(para, new)| self.0[para] = Some(new));
            }
            from = end;
        }
    }

    /// The paragraph as it is numbered now; `None` where it is gone.
    pub fn para(&self, para: u32) -> Option<u32> {
        self.0.get(para as usize).copied().flatten()
    }

    /// Where byte `at` of the old text is in the new one.
    pub fn at(&self, old: &Clean, new: &Clean, at: usize) -> usize {
        let para = old.paragraph_at(at);
        let Some(now) = self.para(para as u32).map(|now| now as usize) else {
            return Passage::of(&old.text, at).find(&new.text, old.text.len());
        };
        let (before, after) = (old.paragraph(para), new.paragraph(now));
        let within = at.saturating_sub(old.paragraphs[para].start as usize).min(before.len());
        let start = new.paragraphs[now].start as usize;
        start + if before == after { within } else { Passage::of(before, within).find(after, before.len()) }
    }
}

/// The paragraphs of a range whose text stands in it once.
fn once(clean: &Clean, range: std::ops::Range<usize>) -> HashMap<&str, usize> {
    let mut found: HashMap<&str, Option<usize>> = HashMap::new();
    for para in range {
        found.entry(clean.paragraph(para)).and_modify(|known| *known = None).or_insert(Some(para));
    }
    found.into_iter().filter_map(|(text, para)| Some((text, para?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Options, read};

    /// A text of a paragraph for each word.
    fn text(words: &str) -> Clean {
        let paragraphs: Vec<String> =
            words.split(' ').map(|word| format!("This is what the paragraph {word} says of it.")).collect();
        let clean = read(paragraphs.join("\n\n").as_bytes(), &Options::default());
        assert_eq!(clean.paragraphs.len(), paragraphs.len());
        clean
    }

    #[test]
    fn paragraphs_are_followed_by_their_words_and_by_those_around_them() {
        for (old, new, expected) in [
            ("a b c", "a b c", [Some(0), Some(1), Some(2)]),
            ("a b c", "x y a b c", [Some(2), Some(3), Some(4)]),
            ("a b c", "a c", [Some(0), None, Some(1)]),
            ("a b c", "a B c", [Some(0), Some(1), Some(2)]),
            ("a b c", "x a B c", [Some(1), Some(2), Some(3)]),
            ("a b c", "c a b", [Some(1), Some(2), Some(0)]),
            ("a b c", "a x y c", [Some(0), None, Some(3)]),
            ("a a b", "x a a b", [Some(1), Some(2), Some(3)]),
        ] {
            let followed = Followed::of(&text(old), &text(new));
            assert_eq!([0, 1, 2].map(|para| followed.para(para)), expected, "{old} to {new}");
        }
    }

    #[test]
    fn a_place_stays_on_its_words() {
        let old = text("a b c");
        let at = old.text.find("b says").unwrap();
        for (new, words) in [("x a b c", "b says"), ("c b", "b says"), ("a bb c", "b says")] {
            let new = text(new);
            assert!(new.text[Followed::of(&old, &new).at(&old, &new, at)..].starts_with(words));
        }
    }
}
