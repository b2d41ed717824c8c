//! Whether a fit is good enough to put a note there.
//!
//! The rules follow how texts change. Misprints and misreadings are spread evenly: where the contexts
//! are clean, so is the passage. What stands in the passage's own paragraphs goes where it goes; what
//! stands beyond a blank line may be elsewhere by now. A short passage is told from others like it by
//! its contexts alone, a long one by itself. Where both contexts meet without it, it was cut out.
//! The figures were set on made cases (docs/anchors.md) and are in characters that agree.

use std::ops::Range;

use super::fit::{self, Fit, Side};
use super::pattern::Pattern;
use super::resolve::{Near, Prepared};

/// How certain a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// The passage, beyond doubt.
    Sure,
    /// Probably the passage: shown as such, to be accepted.
    Unsure,
    /// Not found.
    Orphan,
}

impl Tier {
    /// The name used in every format.
    pub fn name(self) -> &'static str {
        match self {
            Tier::Sure => "sure",
            Tier::Unsure => "unsure",
            Tier::Orphan => "orphan",
        }
    }
}

/// Where a passage stands now.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// Bytes of the text; `None` for an orphan.
    pub span: Option<Range<usize>>,
    pub tier: Tier,
    /// From 0 to 1: how much of the passage and its contexts is there.
    pub score: f32,
}

impl Resolved {
    pub(super) fn orphan() -> Self {
        Self { span: None, tier: Tier::Orphan, score: 0.0 }
    }
}

/// A known context this short tells nothing.
const EMPTY: usize = 4;
/// A passage this long needs no context.
const LONG: f32 = 40.0;
/// A place must be better than the next by this to be sure.
const MARGIN: f32 = 8.0;

/// Whether a fit was found that no other can reach.
pub fn is_clear(pattern: &Pattern, fits: &[Fit]) -> bool {
    let n = pattern.quote.len();
    let agrees = |side: &Side| side.inner >= 16.0 || side.all >= 48.0;
    fits.iter().any(|fit| fit.kept * 10 >= n * 9 && agrees(&fit.before) && agrees(&fit.after))
}

/// A paragraph this short may stand twice.
const SHORT: usize = 120;

/// Whether only the passage's own short paragraph tells for this fit and nothing beyond it, where
/// something stood: a heading that was moved, or one of two that are alike.
fn is_lone(pattern: &Pattern, fit: &Fit) -> bool {
    let inner = pattern.inner.len();
    let beyond = |side: &Side| side.all - side.inner >= 6.0;
    let was_more = inner < pattern.chars.len() && pattern.whole.0 && pattern.whole.1;
    was_more && inner < SHORT && !beyond(&fit.before) && !beyond(&fit.after)
}

/// Letters of the passage's own paragraph that are missing together where no misprint accounts for it.
const BROKEN: f32 = 24.0;
/// Letters of a paragraph that are no chance.
const ALIKE: f32 = 8.0;

/// Whether a paragraph, the passage's own or one beside it, is as it was up to a point and goes on with
/// other words: what stands in several places reads so, and seldom an edit. Between paragraphs anything
/// may come to stand.
fn breaks_off(pattern: &Pattern, fit: &Fit) -> bool {
    let letters = pattern.letters();
    let is_much = |missing: usize| missing as f32 * letters >= BROKEN;
    let Range { start, end } = pattern.quote;
    let (first, last) = (start - fit.before.reach, end + fit.after.reach);
    let (left, right) = (pattern.paragraph(first.max(1) - 1), pattern.paragraph(last));
    let is_part = |there: usize, missing: usize| there as f32 * letters >= ALIKE && is_much(missing);
    let before = is_part(left.end.min(start) - first, first - left.start.min(first));
    let after = is_part(last - right.start.max(end), right.end.max(last) - last);
    let inside = |known: usize, side: &Side| is_much(known.saturating_sub(side.inner_reach));
    before || after || inside(start - pattern.inner.start, &fit.before) || inside(pattern.inner.end - end, &fit.after)
}

/// What another place has in common with the passage and its surroundings that is no chance.
const ECHO: f32 = 24.0;

/// Whether a text that says much the same in several places says it here in other words: it may be another
/// of them, and the passage may be gone.
fn may_be_another(pattern: &Pattern, best: &Fit, fits: &[Fit]) -> bool {
    let elsewhere = |fit: &Fit| fit.span.end <= best.span.start || best.span.end <= fit.span.start;
    let echoes = |fit: &Fit| fit.quote.max(0.0) + fit.before.all + fit.after.all >= ECHO / pattern.letters();
    let is_long = best.quote >= LONG && best.kept * 10 >= pattern.quote.len() * 9;
    let is_other = best.says_other && !is_long || best.says_other_inside || ends_early(pattern, best);
    is_other && fits.iter().any(|fit| elsewhere(fit) && echoes(fit))
}

/// Letters of the passage's own paragraph beside it that are missing where its context ends.
const ENDS: usize = 10;

/// Whether a context ends near the passage, within its paragraph: the same phrase elsewhere reads so.
fn ends_early(pattern: &Pattern, fit: &Fit) -> bool {
    let letters = pattern.letters();
    let ends = |known: usize, side: &Side| {
        let close = known.min(fit::CLOSE);
        close.saturating_sub(side.inner_reach) as f32 * letters >= ENDS as f32
    };
    ends(pattern.quote.start - pattern.inner.start, &fit.before)
        || ends(pattern.inner.end - pattern.quote.end, &fit.after)
}

/// Whether the text at a fit is much better explained with the passage than by its contexts alone.
fn is_needed(pattern: &Pattern, prepared: &Prepared, fit: &Fit) -> bool {
    let n = pattern.quote.len();
    if fit.kept < n && fit.span.len() > n + n / 3 + 2 {
        // Its ends are scattered letters of other words.
        return false;
    }
    let clear = 24.0 / pattern.letters();
    let is_clear = |side: &Side| side.all >= clear && side.all >= side.reach as f32 * 0.9;
    if fit.kept == n && is_clear(&fit.before) && is_clear(&fit.after) {
        return true;
    }
    let worth = n as f32 * 1.25 + 1.5;
    fit::gain(pattern, prepared, fit).is_none_or(|gain| gain >= worth * 0.5)
}

/// A context longer than this is no common phrase.
const PHRASE: usize = 24;

/// Whether the paragraph had an edge near the passage and goes on there now, with other words than those
/// that stood beyond it: the same phrase in another paragraph reads so.
fn lost_its_edge(pattern: &Pattern, fit: &Fit) -> bool {
    let is_whole = fit.kept == pattern.quote.len();
    let lost = |was_edge: bool, is_edge: bool, known: usize, side: &Side| {
        was_edge && !is_edge && known < PHRASE && (side.all - side.inner < 6.0 || known == 0 && !is_whole)
    };
    let (before, after) = (pattern.quote.start - pattern.inner.start, pattern.inner.end - pattern.quote.end);
    lost(pattern.whole.0, fit.starts, before, &fit.before) || lost(pattern.whole.1, fit.ends, after, &fit.after)
}

/// The best of `fits`, if it is good enough; of equals the one nearest to where it was, if that tells
/// them apart. `lost` tells whether one of several copies of the passage's paragraph is no longer there.
/// Without the text it was taken from another word beside the passage may be all that tells of another
/// one: `is_alone`.
pub fn judge(
    pattern: &Pattern,
    fits: &[Fit],
    near: &Near,
    prepared: &Prepared,
    is_alone: bool,
    lost: impl Fn() -> bool,
) -> Resolved {
    let mut live: Vec<(Standing, &Fit)> = fits
        .iter()
        .map(|fit| (standing(pattern, fit, fits), fit))
        .filter(|(standing, _)| *standing > Standing::No)
        .collect();
    live.sort_by(|(_, a), (_, b)| b.rank().total_cmp(&a.rank()));
    let Some(&(_, first)) = live.first() else {
        return Resolved::orphan();
    };
    let mut equals: Vec<_> = live.iter().filter(|(_, fit)| fit.rank() + 1.0 >= first.rank()).collect();
    equals.sort_by_key(|(_, fit)| near.distance(fit.span.start));
    let &&(standing, best) = &equals[0];
    let elsewhere = |fit: &Fit| fit.span.end <= best.span.start || best.span.end <= fit.span.start;
    let rival = equals.iter().map(|(_, fit)| fit).find(|fit| elsewhere(fit));
    let away = near.distance(best.span.start);
    if rival.is_some_and(|rival| away > 8 + near.distance(rival.span.start) / 3) {
        return Resolved::orphan();
    }
    let others = live.iter().filter(|(_, fit)| elsewhere(fit));
    let next = others.clone().map(|(_, fit)| fit.rank()).fold(0.0, f32::max);
    let has_rival =
        others.clone().any(|(standing, fit)| *standing == Standing::Firm && fit.rank() * 2.0 >= best.rank());
    let is_short_and_hurt = pattern.quote.len() < 8 && best.kept < pattern.quote.len();
    let is_lone = is_lone(pattern, best);
    if is_lone && lost() {
        return Resolved::orphan();
    }
    let is_another = is_alone && may_be_another(pattern, best, fits);
    let is_sure = !is_lone
        && !is_another
        && !lost_its_edge(pattern, best)
        && !breaks_off(pattern, best)
        && standing == Standing::Firm
        && best.rank() >= next + MARGIN
        && !has_rival
        && !is_short_and_hurt
        && is_needed(pattern, prepared, best);
    resolved(pattern, best, prepared, if is_sure { Tier::Sure } else { Tier::Unsure })
}

/// Whether a fit may be taken for the passage at all.
pub fn may_stand(pattern: &Pattern, fit: &Fit) -> bool {
    standing(pattern, fit, &[]) > Standing::No
}

/// The best of `fits`, where it tells more than `here`.
pub fn better<'a>(pattern: &Pattern, fits: &'a [Fit], here: &Fit) -> Option<&'a Fit> {
    let live = fits.iter().filter(|fit| may_stand(pattern, fit) && fit.rank() >= here.rank() + MARGIN);
    live.max_by(|a, b| a.rank().total_cmp(&b.rank()))
}

/// A fit, called what it is.
pub fn resolved(pattern: &Pattern, fit: &Fit, prepared: &Prepared, tier: Tier) -> Resolved {
    Resolved {
        span: Some(prepared.skeleton.bytes_with_dashes(fit.span.clone(), pattern.dashes)),
        tier,
        score: (fit.total() / pattern.chars.len().max(1) as f32).clamp(0.0, 1.0),
    }
}

/// What is around a passage's place in the order of the text, where the old text is known.
#[derive(Clone, Copy, Debug)]
pub struct InOrder {
    /// Letters of the neighbourhood that stayed, before and after.
    pub before: usize,
    pub after: usize,
    /// Characters of the text between the two.
    pub room: usize,
}

impl InOrder {
    /// Whether both neighbours are there.
    pub fn is_held(&self) -> bool {
        self.before >= HELD && self.after >= HELD
    }
}

/// So many letters of a neighbourhood that stayed are no chance.
const HELD: usize = 16;

/// How certain it is that a fit at the passage's place in the order of the text is the passage.
pub fn in_order(pattern: &Pattern, fit: &Fit, place: &InOrder, prepared: &Prepared) -> Option<Tier> {
    let n = pattern.quote.len() as f32;
    let (kept, part, solid) = (fit.kept as f32, fit.quote / n, fit.solid as f32);
    if fit.kept == 0 || kept < n * 0.5 {
        return None;
    }
    if n < 8.0 && fit.span.len() as f32 > n + 1.0 && place.room as f32 > n + 8.0 {
        // Scattered letters of what was put there.
        return None;
    }
    let standing = standing(pattern, fit, &[]);
    let is_whole = kept >= n - 1.0 && (solid >= n * 0.6 || place.room as f32 <= n + 2.0);
    let is_alike = part >= 0.3 || is_whole || n < 12.0 && kept >= n * 0.6 && place.room as f32 <= n + 4.0;
    if place.is_held() && is_alike {
        let is_firm = (part >= 0.5 || is_whole || standing == Standing::Firm) && is_needed(pattern, prepared, fit);
        return Some(if is_firm { Tier::Sure } else { Tier::Unsure });
    }
    let is_long = part >= 0.5 && fit.quote >= LONG;
    match standing {
        Standing::Firm if is_needed(pattern, prepared, fit) => Some(Tier::Sure),
        Standing::Firm | Standing::Weak => Some(Tier::Unsure),
        Standing::No if is_long => Some(Tier::Unsure),
        Standing::No => None,
    }
}

/// How a fit stands by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Standing {
    No,
    Weak,
    Firm,
}

/// What one context says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Says {
    Yes,
    /// It is as it was up to a point and then other words: a text that was edited, or a phrase used
    /// twice.
    Part,
    /// There is none to speak of, and the paragraph has its edge where it had it.
    Edge,
    /// There is none to speak of.
    Nothing,
    No,
}

fn standing(pattern: &Pattern, fit: &Fit, fits: &[Fit]) -> Standing {
    let n = pattern.quote.len() as f32;
    let kept = fit.kept as f32;
    if fit.kept == 0 || kept < n * 0.5 {
        return Standing::No;
    }
    let before = says(&fit.before, pattern.quote.start - pattern.inner.start, pattern.whole.0 && fit.starts);
    let after = says(&fit.after, pattern.inner.end - pattern.quote.end, pattern.whole.1 && fit.ends);
    let part = fit.quote / n;
    let known = before.1 + after.1;
    let close = fit.between as f32 <= n + 2.0;
    let whole = close && (kept >= n - 1.0 || kept >= n * 0.6 && clean(fit) < 0.95);
    let alike = part >= expected(fit, n) || whole && n < 20.0;
    let solid = fit.solid as f32 >= n * 0.5 && n >= 4.0 && part > -0.2;
    let firm_if = |firm: bool| if firm { Standing::Firm } else { Standing::Weak };
    use Says::{Edge, No, Nothing, Part, Yes};
    match (before.0, after.0) {
        (Yes, Yes) if (alike || solid) && known >= 12.0 => {
            firm_if(part >= 0.4 || kept >= n - 1.0 && close && known >= 30.0)
        }
        (Yes, Part) | (Part, Yes) if (alike || solid) && fit.quote >= 8.0 && known >= 10.0 => Standing::Weak,
        (Yes, Edge) | (Edge, Yes) if alike && known + fit.quote >= 14.0 && part >= (clean(fit) - 0.2).min(0.6) => {
            firm_if(part >= 0.5 && known >= 16.0)
        }
        (Yes, Nothing) | (Nothing, Yes) if alike && part >= 0.6 && known + fit.quote >= 20.0 => Standing::Weak,
        (Edge, Edge) if part >= 0.8 => firm_if(fit.quote >= 16.0),
        (Edge | Nothing, Edge | Nothing) if part >= 0.6 && fit.quote >= 16.0 => Standing::Weak,
        (Edge, Edge) if n >= 60.0 && part >= 0.4 && kept >= n * 0.75 => Standing::Weak,
        (Yes, No) | (No, Yes)
            if part >= 0.8
                && (fit.quote >= 20.0 && known >= 24.0 || fit.quote >= 12.0 && known >= 60.0)
                && !is_cut(pattern, fits) =>
        {
            Standing::Weak
        }
        _ if part >= 0.6 && fit.quote >= LONG && !is_cut(pattern, fits) => Standing::Weak,
        _ => Standing::No,
    }
}

/// What a context says, and how much of it speaks, of `known` characters in the passage's paragraph.
fn says(side: &Side, known: usize, at_edge: bool) -> (Says, f32) {
    let len = known as f32;
    if known < EMPTY {
        return match () {
            () if side.all >= 8.0 => (Says::Yes, side.all),
            () if at_edge || known > 0 && side.inner >= len => (Says::Edge, side.all),
            () => (Says::Nothing, side.all),
        };
    }
    let goes_on = side.inner_reach as f32 >= len * 0.6;
    let beyond = len < 24.0 && side.all >= 24.0;
    match side.inner {
        inner if inner >= (len * 0.4).min(32.0) || beyond => (Says::Yes, side.all),
        inner if goes_on && inner >= (len * 0.12).max(2.0) => (Says::Yes, side.all),
        inner if inner >= (len * 0.12).max(3.0) => (Says::Part, inner),
        _ => (Says::No, 0.0),
    }
}

/// The least part of a passage of `n` characters that should agree where its contexts are as clean as
/// these. Chance levels out over its length.
fn expected(fit: &Fit, n: f32) -> f32 {
    let least = match n {
        ..20.0 => 0.0,
        ..40.0 => 0.2,
        _ => 0.38,
    };
    ((clean(fit) - 0.45) * 0.8).clamp(least, 0.42)
}

/// How free of misprints the contexts are, as far as they agree: 1 without any.
fn clean(fit: &Fit) -> f32 {
    let reach = (fit.before.reach + fit.after.reach) as f32;
    (fit.before.all + fit.after.all) / reach.max(1.0)
}

/// Whether the contexts meet somewhere with nothing of the passage between them.
fn is_cut(pattern: &Pattern, fits: &[Fit]) -> bool {
    let (before, after) = (pattern.quote.start - pattern.inner.start, pattern.inner.end - pattern.quote.end);
    let meets = |side: &Side, known: usize| side.inner >= (known as f32 * 0.3).clamp(6.0, 24.0);
    fits.iter().any(|fit| fit.kept * 4 < pattern.quote.len() && meets(&fit.before, before) && meets(&fit.after, after))
}
