//! Finding a passage in a text.

use super::Anchor;
use super::candidates::{self, Candidate};
use super::fit::{self, Fit};
use super::grams::Grams;
use super::judge::{self, Resolved, Tier};
use super::old::{Fate, Old, Whose};
use super::pattern::Pattern;
use super::skeleton::Skeleton;

/// A text made ready to find passages in.
#[derive(Clone, Debug, Default)]
pub struct Prepared {
    pub(super) skeleton: Skeleton,
    pub(super) grams: Grams,
}

impl Prepared {
    pub fn new(text: &str) -> Self {
        Self::of(Skeleton::of(text))
    }

    pub(super) fn of(skeleton: Skeleton) -> Self {
        let grams = Grams::of(&skeleton.chars);
        Self { skeleton, grams }
    }
}

/// Finds the passage of `anchor`; `old` is the text it was taken from, where that was kept.
pub fn resolve(anchor: &Anchor, prepared: &Prepared, old: Option<&Old>) -> Resolved {
    let pattern = Pattern::new(&anchor.before, &anchor.exact, &anchor.after);
    let known = old.and_then(|old| Some((old, old.find(anchor)?)));
    let mut here = None;
    let mut is_contested = false;
    if let Some((old, quote)) = &known {
        match old.fate(&pattern, quote, prepared) {
            Fate::Here(fit, Tier::Sure) => return judge::resolved(&pattern, &fit, prepared, Tier::Sure),
            Fate::Here(fit, _) => here = Some(fit),
            Fate::Cut => return Resolved::orphan(),
            // A row of signs is found anywhere.
            Fate::Away if !pattern.quote_chars().iter().any(|c| c.is_alphanumeric()) => return Resolved::orphan(),
            Fate::Away => {}
        }
    }
    let near = Near::new(anchor, &pattern, prepared);
    let mut places = Places::new(&pattern, prepared);
    places.add(candidates::voted(&pattern, prepared));
    places.add(candidates::alone(&pattern, prepared));
    if !judge::is_clear(&pattern, &places.fits) {
        places.add(candidates::scanned(&pattern, prepared));
    }
    if let Some((old, quote)) = &known {
        places.fits.retain(|fit| !old.is_other(fit, quote));
        if let Some(here) = here {
            // In its order, but doubtful: a better place is no other part of the old text.
            let best = judge::better(&pattern, &places.fits, &here)
                .filter(|fit| old.whose(fit, quote, prepared) == Whose::Own);
            return judge::resolved(&pattern, best.unwrap_or(&here), prepared, Tier::Unsure);
        }
        places.fits.retain(|fit| {
            let whose = if judge::may_stand(&pattern, fit) { old.whose(fit, quote, prepared) } else { Whose::Own };
            is_contested |= whose == Whose::Unclear;
            whose != Whose::Other
        });
    }
    let lost = || {
        let of_quote = anchor.nth.1 > copies(pattern.quote_chars(), &prepared.skeleton.chars);
        let paragraph = &pattern.chars[pattern.inner.clone()];
        let then = old.map_or(0, |old| old.copies(paragraph));
        of_quote && anchor.nth.1 > 1 || then > 1 && then > copies(paragraph, &prepared.skeleton.chars)
    };
    let mut resolved = judge::judge(&pattern, &places.fits, &near, prepared, known.is_none(), lost);
    if resolved.tier == Tier::Sure
        && let Some((old, _)) = &known
        && (is_contested || old.copies(&pattern.chars[pattern.inner.clone()]) > 1)
    {
        // It was moved, and so may what is alike have been.
        resolved.tier = Tier::Unsure;
    }
    resolved
}

/// How often `part` stands in `all`.
pub(super) fn copies(part: &[char], all: &[char]) -> usize {
    if part.is_empty() { 0 } else { all.windows(part.len()).filter(|window| *window == part).count() }
}

/// Where the passage would be if nothing had moved, counted in two ways.
pub(super) struct Near {
    /// If blanks are as they were.
    same: usize,
    /// If blanks changed: by how many the passage and its contexts had.
    folded: usize,
}

impl Near {
    fn new(anchor: &Anchor, pattern: &Pattern, prepared: &Prepared) -> Self {
        let known: usize = [&anchor.before, &anchor.exact, &anchor.after].iter().map(|part| part.chars().count()).sum();
        Self {
            same: prepared.skeleton.near_point(anchor.pos.start),
            folded: anchor.pos.start * pattern.chars.len() / known.max(1),
        }
    }

    /// How far a place is from there.
    pub fn distance(&self, start: usize) -> usize {
        let same = start.abs_diff(self.same);
        let folded = start.abs_diff(self.folded);
        same.min(folded + 32 + folded / 2)
    }
}

/// The fits found so far.
pub(super) struct Places<'a> {
    pattern: &'a Pattern,
    prepared: &'a Prepared,
    pub fits: Vec<Fit>,
}

impl<'a> Places<'a> {
    pub fn new(pattern: &'a Pattern, prepared: &'a Prepared) -> Self {
        Self { pattern, prepared, fits: Vec::new() }
    }

    /// What another fit must come near to matter.
    fn reached(&self, fit: &Fit) -> f32 {
        if fit.kept * 2 >= self.pattern.quote.len() { fit.total() } else { 0.0 }
    }

    pub fn add(&mut self, candidates: Vec<Candidate>) {
        let mut best = self.fits.iter().map(|fit| self.reached(fit)).fold(0.0, f32::max);
        for candidate in candidates {
            if (candidate.covered as f32) * 3.0 < best || candidate.covered < 12.min(self.pattern.chars.len()) {
                continue;
            }
            for fit in fit::fits(self.pattern, self.prepared, &candidate) {
                best = best.max(self.reached(&fit));
                let known = self.fits.iter_mut().find(|known| known.span == fit.span);
                match known {
                    Some(known) if known.total() < fit.total() => *known = fit,
                    Some(_) => {}
                    None => self.fits.push(fit),
                }
            }
        }
    }
}
