//! The text a passage was taken from, where it was kept: what it became in the new text.
//!
//! Then nothing has to be guessed from the passage's surroundings: the difference of the two texts says
//! where the passage is if it stayed in its order, and which parts of the new text are other parts of
//! the old one, whatever they look like.

use std::ops::Range;

use super::Anchor;
use super::align::Seed;
use super::candidates::Candidate;
use super::diff::Diff;
use super::fit::{self, Fit};
use super::judge::{self, InOrder, Resolved};
use super::pattern::{Pattern, weight};
use super::resolve::Prepared;
use super::skeleton::Skeleton;

/// Characters on either side of a passage that tell whether it is still between them.
const SIDE: usize = 64;
/// Characters beyond the place between the neighbours that are looked at.
const SLACK: usize = 200;

/// An old text, compared with the new one.
#[derive(Clone, Debug, Default)]
pub struct Old {
    text: String,
    skeleton: Skeleton,
    diff: Diff,
}

/// What became of a passage.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// It is where it was in the order of the text.
    Here(Resolved),
    /// It was cut out: what stood around it is there and meets.
    Cut,
    /// It is not where it was; it may have been moved.
    Away,
}

impl Old {
    pub fn new(text: &str, new: &Prepared) -> Self {
        let skeleton = Skeleton::of(text);
        let diff = Diff::of(&skeleton, &new.skeleton);
        Self { text: text.to_owned(), skeleton, diff }
    }

    /// The passage in this text, as indexes of its skeleton; `None` where it is not at its place.
    pub(super) fn find(&self, anchor: &Anchor) -> Option<Range<usize>> {
        let mut rest = self.text.chars();
        if let Some(last) = anchor.pos.start.checked_sub(1) {
            rest.nth(last)?;
        }
        let start = self.text.len() - rest.as_str().len();
        let range = self.skeleton.range(start..start + anchor.exact.len());
        (rest.as_str().starts_with(&anchor.exact) && !range.is_empty()).then_some(range)
    }

    /// How often a stretch of characters stands in this text.
    pub(super) fn copies(&self, part: &[char]) -> usize {
        super::resolve::copies(part, &self.skeleton.chars)
    }

    /// What became of the passage at `quote`.
    pub(super) fn fate(&self, pattern: &Pattern, quote: &Range<usize>, new: &Prepared) -> Fate {
        let sides = self.sides(quote);
        let room = self.diff.room(quote, new.skeleton.len());
        let seen = self.fit(pattern, quote, &room, new);
        let place = InOrder { before: sides.0, after: sides.1, room: room.len() };
        if let Some(fit) = seen.filter(|fit| !self.is_other(fit, quote))
            && let Some(tier) = judge::in_order(pattern, &fit, &place, new)
        {
            return Fate::Here(judge::resolved(pattern, &fit, new, tier));
        }
        let inner = (pattern.quote.start - pattern.inner.start, pattern.inner.end - pattern.quote.end);
        let own = |known: usize, kept: usize| known >= 4 && kept * 2 >= known.min(SIDE);
        let (left, right) = self.kept_inside(quote, inner);
        if own(inner.0, left) && own(inner.1, right) || (own(inner.0, left) || own(inner.1, right)) && place.is_held() {
            return Fate::Cut;
        }
        Fate::Away
    }

    /// Whether a place is that of another part of this text.
    pub(super) fn is_other(&self, fit: &Fit, quote: &Range<usize>) -> bool {
        self.diff.taken(&fit.span, quote) * 2 > fit.span.len()
    }

    /// How much of what stands next to the passage stayed, on either side, in letters.
    fn sides(&self, quote: &Range<usize>) -> (usize, usize) {
        let all = self.skeleton.len();
        let weight = |range: Range<usize>| -> usize {
            let chars = self.diff.within(&range).flat_map(|block| block.old..block.old + block.len);
            chars.map(|at| weight(self.skeleton.chars[at])).sum()
        };
        (weight(quote.start.saturating_sub(SIDE)..quote.start), weight(quote.end..(quote.end + SIDE).min(all)))
    }

    /// The same of its own paragraph, in characters.
    fn kept_inside(&self, quote: &Range<usize>, inner: (usize, usize)) -> (usize, usize) {
        let (before, after) = (inner.0.min(SIDE), inner.1.min(SIDE));
        let all = self.skeleton.len();
        let left = quote.start.saturating_sub(before)..quote.start;
        (self.diff.kept(&left), self.diff.kept(&(quote.end..(quote.end + after).min(all))))
    }

    /// The passage fitted between what stayed.
    fn fit(&self, pattern: &Pattern, quote: &Range<usize>, room: &Range<usize>, new: &Prepared) -> Option<Fit> {
        let offset = quote.start.checked_sub(pattern.quote.start)?;
        let known = offset..(offset + pattern.chars.len()).min(self.skeleton.len());
        let all = new.skeleton.len();
        let low = self.diff.room(&(known.start..known.start), all).start.max(room.start.saturating_sub(SLACK));
        let high = self.diff.room(&(known.end..known.end), all).end.min(room.end + SLACK);
        let window = low.min(room.start)..high.max(room.end).min(all);
        let seeds =
            self.diff.within(&known).filter(|block| window.contains(&block.new) && block.new + block.len <= window.end);
        let seeds: Vec<Seed> = seeds
            .map(|block| Seed { pattern: block.old - offset, text: block.new - window.start, len: block.len })
            .collect();
        let covered = seeds.iter().map(|seed| seed.len).sum();
        Some(fit::fit(pattern, new, &Candidate { window, seeds, covered }, &(0..pattern.chars.len())))
    }
}
