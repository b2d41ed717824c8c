//! Where a note stands: the passage, what was around it, and where that was.
//!
//! An [`Anchor`] says the same thing several ways, so that one of them still holds after the document
//! was edited, wrapped anew or extracted again. [`resolve`] finds its passage in a text [`Prepared`]
//! for it:
//!
//! ```text
//! Anchor ── Pattern ──▶ candidates: grams, then look-alikes ── fit ──▶ judge ──▶ Resolved
//! text ──── Prepared ──────▲                                    ▲
//!           skeleton and grams                                  └─ align: which character is which
//! ```
//!
//! *Invariants.* Places count code points of the clean text. An anchor is never changed: a passage
//! that moved gets a new one, and the first is kept for ever. What typesetting changes (wrapping,
//! hyphens, quotes, ligatures) does not exist for the search: it works on skeletons. Of two places
//! that fit as well none is called sure.

mod align;
mod candidates;
mod diff;
mod fit;
mod grams;
mod judge;
mod myers;
mod old;
mod pattern;
mod resolve;
mod skeleton;

use std::ops::Range;

use crate::text::{Clean, Kind};

pub use judge::{Resolved, Tier};
pub use old::Old;
pub use resolve::{Prepared, resolve};
pub use skeleton::{skeleton_text, txt_hash};

/// Code points kept on either side of the passage.
pub const CONTEXT: usize = 128;

/// A passage of a text as it was when the note was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchor {
    /// The passage itself.
    pub exact: String,
    /// Up to [`CONTEXT`] code points before it.
    pub before: String,
    /// Up to [`CONTEXT`] code points after it.
    pub after: String,
    /// Code points of the clean text.
    pub pos: Range<usize>,
    /// It was the first of these, counted from 1, among the second number of copies.
    pub nth: (usize, usize),
    /// The index of the paragraph where it starts.
    pub para: usize,
    /// The heading it stands under; empty where there is none.
    pub head: String,
}

impl Anchor {
    /// The anchor of bytes `range` of the clean text; ends inside a character are moved to its start.
    pub fn of(clean: &Clean, range: Range<usize>) -> Self {
        let text = clean.text.as_str();
        let boundary = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let start = boundary(range.start);
        let end = boundary(range.end.max(start));
        let (left, exact, right) = (&text[..start], &text[start..end], &text[end..]);
        let first = left.chars().count();
        let para = clean.paragraph_at(start);
        Self {
            exact: exact.to_owned(),
            before: left[left.char_indices().rev().take(CONTEXT).last().map_or(start, |(at, _)| at)..].to_owned(),
            after: right.chars().take(CONTEXT).collect(),
            pos: first..first + exact.chars().count(),
            nth: nth(text, exact, start),
            para,
            head: heading_over(clean, para),
        }
    }
}

/// Which of all copies of `exact` the one at byte `start` is, and how many there are.
fn nth(text: &str, exact: &str, start: usize) -> (usize, usize) {
    let Some(first) = exact.chars().next() else { return (1, 1) };
    let finder = memchr::memmem::Finder::new(exact);
    let (mut at, mut before, mut all) = (0, 0, 0);
    while let Some(found) = finder.find(&text.as_bytes()[at..]) {
        before += usize::from(at + found < start);
        all += 1;
        at += found + first.len_utf8();
    }
    (before + 1, all)
}

/// The last heading before paragraph `para`, or the paragraph itself where it is one.
fn heading_over(clean: &Clean, para: usize) -> String {
    let upto = clean.paragraphs.len().min(para + 1);
    let heading = clean.paragraphs[..upto].iter().rfind(|paragraph| paragraph.kind == Kind::Heading);
    heading.map_or_else(String::new, |paragraph| clean.text[paragraph.range()].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Options, read};

    #[test]
    fn an_anchor_says_it_in_several_ways() {
        let clean = read("Über den Handel.\n\nDer Handel wächst, der Handel fällt.\n".as_bytes(), &Options::default());
        let start = clean.text.match_indices("Handel").nth(2).unwrap().0;
        let anchor = Anchor::of(&clean, start..start + 6);
        assert_eq!(anchor.exact, "Handel");
        assert!(anchor.before.ends_with("wächst, der ") && anchor.after.starts_with(" fällt."));
        assert_eq!(anchor.nth, (3, 3));
        assert_eq!(anchor.para, clean.paragraph_at(start));
        let chars: Vec<char> = clean.text.chars().collect();
        assert_eq!(chars[anchor.pos.clone()].iter().collect::<String>(), "Handel");
    }

    #[test]
    fn context_has_at_most_its_number_of_code_points() {
        let text = "é".repeat(300) + "X" + &"ü".repeat(300);
        let clean = Clean { text, ..Clean::default() };
        let anchor = Anchor::of(&clean, 600..601);
        assert_eq!((anchor.before.chars().count(), anchor.after.chars().count()), (CONTEXT, CONTEXT));
        assert_eq!(anchor.pos, 300..301);
    }

    #[test]
    fn copies_that_overlap_are_counted() {
        assert_eq!(nth("aaaa", "aa", 1), (2, 3));
        assert_eq!(nth("éé", "é", 2), (2, 2));
    }
}
