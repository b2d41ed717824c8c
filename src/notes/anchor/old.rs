//! The text a passage was taken from, where it was kept: what it became in the new text.
//!
//! Then nothing has to be guessed from the passage's surroundings: the difference of the two texts says
//! where the passage is if it stayed in its order, and which parts of the new text are other parts of
//! the old one, whatever they look like. Of what was moved the same is asked the other way round: where
//! in the old text stands what is alike the place found, if not at the passage?

use std::cell::OnceCell;
use std::ops::Range;

use super::Anchor;
use super::align::Seed;
use super::candidates::{self, Candidate};
use super::diff::Diff;
use super::fit::{self, Fit, Side};
use super::judge::{self, InOrder, Tier};
use super::pattern::{Pattern, weight};
use super::resolve::{Places, Prepared};
use super::skeleton::Skeleton;

/// Characters on either side of a passage that tell whether it is still between them.
const SIDE: usize = 64;
/// Characters beyond the place between the neighbours that are looked at.
const SLACK: usize = 200;

/// Characters on either side of a place that tell whose it is.
const AROUND: usize = 112;
/// By how much the passage must be more alike than any other part, in characters.
const AHEAD: f32 = 3.0;
/// The same in its own paragraph alone: a letter is enough.
const LETTER: f32 = 1.5;

/// Whose a place in the new text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    Own,
    /// Two parts of the old text are as much alike.
    Unclear,
    Other,
}

/// An old text, compared with the new one.
#[derive(Clone, Debug, Default)]
pub struct Old {
    text: String,
    skeleton: Skeleton,
    diff: Diff,
    /// Made ready to find passages of the new text in, when the first one has to be.
    prepared: OnceCell<Prepared>,
}

/// What became of a passage.
#[derive(Clone, Debug)]
pub(super) enum Fate {
    /// It is where it was in the order of the text.
    Here(Fit, Tier),
    /// It was cut out: what stood around it is there and meets.
    Cut,
    /// It is not where it was; it may have been moved.
    Away,
}

impl Old {
    pub fn new(text: &str, new: &Prepared) -> Self {
        let skeleton = Skeleton::of(text);
        let diff = Diff::of(&skeleton, &new.skeleton);
        Self { text: text.to_owned(), skeleton, diff, prepared: OnceCell::new() }
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
        let inner = (pattern.quote.start - pattern.inner.start, pattern.inner.end - pattern.quote.end);
        if let Some(fit) = seen.filter(|fit| !self.is_other(fit, quote))
            && let Some(tier) = judge::in_order(pattern, &fit, &place, new)
        {
            let agrees = |side: &Side, known: usize| side.inner >= known.min(SIDE) as f32;
            let is_as_it_was = fit.kept == quote.len() && agrees(&fit.before, inner.0) && agrees(&fit.after, inner.1);
            // Of a text whose parts changed places another part may have come to stand in order.
            let whose = if is_as_it_was { Whose::Own } else { self.whose(&fit, quote, new) };
            let is_doubtful = whose == Whose::Unclear || self.lost_a_copy(pattern, quote, &fit, new);
            if whose != Whose::Other {
                return Fate::Here(fit, if is_doubtful { Tier::Unsure } else { tier });
            }
        }
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

    /// Whose place a fit is, by what of this text is most alike.
    pub(super) fn whose(&self, fit: &Fit, quote: &Range<usize>, new: &Prepared) -> Whose {
        let prepared = self.prepared.get_or_init(|| Prepared::of(self.skeleton.clone()));
        let pattern = Pattern::cut(&new.skeleton, &fit.span, AROUND);
        let mut places = Places::new(&pattern, prepared);
        places.add(candidates::voted(&pattern, prepared));
        let is_own = |fit: &&Fit| fit.span.start < quote.end && quote.start < fit.span.end;
        if !places.fits.iter().any(|fit| is_own(&fit)) {
            let at = quote.start as i64 - pattern.quote.start as i64;
            places.add(vec![candidates::at(&pattern, prepared, at)]);
        }
        let best = |worth: fn(&Fit) -> f32, own: bool| {
            let fits = places.fits.iter().filter(|fit| fit.kept > 0 && is_own(fit) == own);
            fits.map(worth).fold(0.0, f32::max)
        };
        let whole = if self.has_elsewhere(&pattern, quote) { pattern.inner.len() as f32 } else { 0.0 };
        // What stands beyond the paragraph may have come there by chance.
        let paragraph = best(Fit::paragraph, true) - best(Fit::paragraph, false).max(whole);
        let all = best(Fit::rank, true) - best(Fit::rank, false).max(whole);
        match () {
            () if paragraph <= -LETTER => Whose::Other,
            () if all >= AHEAD || paragraph >= LETTER && all > -AHEAD => Whose::Own,
            () if all > -AHEAD || paragraph >= LETTER => Whose::Unclear,
            () => Whose::Other,
        }
    }

    /// Whether the whole paragraph of `pattern` stands here, with another passage than `quote` in it.
    fn has_elsewhere(&self, pattern: &Pattern, quote: &Range<usize>) -> bool {
        let paragraph = &pattern.chars[pattern.inner.clone()];
        let (first, len) = (pattern.quote.start - pattern.inner.start, pattern.quote.len());
        let mut starts = self.skeleton.chars.windows(paragraph.len().max(1)).enumerate();
        starts.any(|(at, chars)| chars == paragraph && (at + first >= quote.end || at + first + len <= quote.start))
    }

    /// Whether the paragraph of the passage stands more often about its place here than about `fit`: which
    /// one of them is gone, order alone does not tell.
    fn lost_a_copy(&self, pattern: &Pattern, quote: &Range<usize>, fit: &Fit, new: &Prepared) -> bool {
        let paragraph = &pattern.chars[pattern.inner.clone()];
        let about = |place: &Range<usize>, skeleton: &Skeleton| {
            let slack = paragraph.len() + SLACK;
            let range = place.start.saturating_sub(slack)..(place.end + slack).min(skeleton.len());
            super::resolve::copies(paragraph, &skeleton.chars[range])
        };
        let then = about(quote, &self.skeleton);
        then > 1 && then > about(&fit.span, &new.skeleton)
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
