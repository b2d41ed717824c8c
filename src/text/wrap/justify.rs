//! Rows filled to the measure.
//!
//! Where rows end is decided for the paragraph as a whole: of all ways to break it, the one whose rows
//! need the least stretching, with a price on hyphens. The cells that are missing are then spread over
//! the blanks of a row, or between its characters where Chinese and Japanese have none. A row that would
//! have to be stretched too far stays ragged, as the last row of a paragraph always does.

use super::breaks::{self, Breaks};
use super::hyphen::{self, Hyphenator};
use super::{Layout, Row};
use crate::text::width::{self, Cluster};

/// A row is not stretched by more than so many halves of a cell for each of its gaps, on average.
const MOST_HALVES: usize = 3;

/// Between characters every second gap may get a cell.
const MOST_HALVES_BETWEEN_CHARACTERS: usize = 1;

/// The cells that justification adds to a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gaps {
    between: Between,
    /// Gaps that the row has.
    count: u32,
    /// Cells to spread over them.
    extra: u32,
    /// Shifts the spreading, so that the wide gaps of neighbouring rows do not make a river.
    phase: u32,
}

/// What gaps stand between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Between {
    #[default]
    Words,
    Characters,
}

impl Between {
    /// Whether there is a gap between two neighbours.
    fn is_gap(self, left: &Cluster<'_>, right: &Cluster<'_>) -> bool {
        match self {
            Between::Words => is_space(left) && !is_space(right),
            Between::Characters => is_ideographic(left) || is_ideographic(right),
        }
    }

    fn most_halves(self) -> usize {
        match self {
            Between::Words => MOST_HALVES,
            Between::Characters => MOST_HALVES_BETWEEN_CHARACTERS,
        }
    }
}

fn is_space(cluster: &Cluster<'_>) -> bool {
    matches!(cluster.text, " " | "\u{a0}" | "\u{3000}")
}

/// Whether it belongs to a script that is set without spaces and may be spaced between any characters.
fn is_ideographic(cluster: &Cluster<'_>) -> bool {
    let first = cluster.text.chars().next().unwrap_or(' ');
    matches!(first, '\u{2e80}'..='\u{2fff}' | '\u{3001}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
        || matches!(first, '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

impl Gaps {
    /// Whether nothing is added.
    pub fn is_none(&self) -> bool {
        self.extra == 0
    }

    /// Cells added, all together.
    pub fn extra(&self) -> usize {
        self.extra as usize
    }

    /// The walk over the gaps of the row, from its start.
    pub(super) fn spread(self) -> Spread {
        Spread { gaps: self, index: 0 }
    }

    /// Cells added to gap `index`. Over all gaps they sum up to `extra`.
    fn share(&self, index: u32) -> usize {
        let upto = |index: u32| {
            (u64::from(index) * u64::from(self.extra) + u64::from(self.phase)) / u64::from(self.count.max(1))
        };
        (upto(index + 1) - upto(index)) as usize
    }
}

pub(super) struct Spread {
    gaps: Gaps,
    index: u32,
}

impl Spread {
    /// Cells added between two neighbours.
    pub(super) fn after(&mut self, left: &Cluster<'_>, right: &Cluster<'_>) -> usize {
        if self.gaps.is_none() || !self.gaps.between.is_gap(left, right) {
            return 0;
        }
        self.index += 1;
        self.gaps.share(self.index - 1)
    }
}

/// The rows of `text`, filled to the measure.
pub fn rows(text: &str, layout: &Layout) -> Vec<Row> {
    let chances = chances(text, layout);
    let mut rows: Vec<Row> = Vec::new();
    for pair in best_way(&chances, layout).windows(2) {
        let (from, to) = (&chances[pair[0]], &chances[pair[1]]);
        if from.next >= to.end {
            continue;
        }
        let index = pair[0].min(1);
        let mut row =
            Row { range: from.next..to.end, hyphen: to.hyphen, indent: layout.indent(index), gaps: Gaps::default() };
        let stretch = Stretch::of(from, to, layout.room(index));
        if !to.ends_paragraph && stretch.is_within_limits() {
            let count = stretch.gaps as u32;
            let phase = rows.len() as u32 * 7 % count.max(1);
            row.gaps = Gaps { between: stretch.between, count, extra: stretch.missing as u32, phase };
        }
        rows.push(row);
    }
    rows
}

/// A place where a row may end. The first of a text is its start.
#[derive(Clone, Debug, Default)]
struct Chance {
    /// Byte where the row before ends.
    end: usize,
    /// Byte where the row after starts.
    next: usize,
    /// What stands before `end`, and before `next`.
    to_end: Sum,
    to_next: Sum,
    hyphen: bool,
    ends_paragraph: bool,
}

/// Cells and gaps of a start of the text.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    cells: usize,
    words: usize,
    characters: usize,
}

/// How far a row has to be stretched.
struct Stretch {
    missing: usize,
    gaps: usize,
    between: Between,
}

impl Stretch {
    /// Of the row between two chances, which fits in `room`.
    fn of(from: &Chance, to: &Chance, room: usize) -> Self {
        let missing = room.saturating_sub(width_between(from, to));
        let words = to.to_end.words.saturating_sub(from.to_next.words);
        let characters = to.to_end.characters.saturating_sub(from.to_next.characters);
        if characters > 2 * words {
            Self { missing, gaps: characters, between: Between::Characters }
        } else {
            Self { missing, gaps: words, between: Between::Words }
        }
    }

    fn is_within_limits(&self) -> bool {
        2 * self.missing <= self.gaps * self.between.most_halves()
    }

    /// How ugly it is: the cube of the stretching, as good typesetters count.
    fn cost(&self) -> u64 {
        let percent = (100 * self.missing / self.gaps.max(1)).min(1_000) as u64;
        let badness = percent.pow(3) / 10_000;
        let ragged = if self.is_within_limits() { 0 } else { 5_000 };
        (10 + badness + ragged).pow(2)
    }
}

/// Cells of the row between two chances, its hyphen included.
fn width_between(from: &Chance, to: &Chance) -> usize {
    to.to_end.cells.saturating_sub(from.to_next.cells) + usize::from(to.hyphen)
}

const HYPHEN: u64 = 50_000;
const HYPHEN_AFTER_HYPHEN: u64 = 500_000;
/// A last row of a word or two.
const RUNT: u64 = 20_000;

/// The chances of the cheapest way through the paragraph, from its start to its end.
fn best_way(chances: &[Chance], layout: &Layout) -> Vec<usize> {
    let mut best: Vec<Option<(u64, usize)>> = vec![None; chances.len()];
    best[0] = Some((0, 0));
    for start in 0..chances.len() {
        let Some((so_far, _)) = best[start] else { continue };
        let from = &chances[start];
        let room = layout.room(start.min(1));
        for (index, to) in chances.iter().enumerate().skip(start + 1) {
            let fits = width_between(from, to) <= room;
            if fits || index == start + 1 {
                let cost = so_far + row_cost(from, to, room);
                if best[index].is_none_or(|(least, _)| cost < least) {
                    best[index] = Some((cost, start));
                }
            }
            // The hyphen makes a row wider than the next chance would.
            if to.ends_paragraph || !fits && !to.hyphen {
                break;
            }
        }
    }
    let mut way = vec![chances.len() - 1];
    while let Some((_, before)) = way.last().filter(|&&at| at > 0).and_then(|&at| best[at]) {
        way.push(before);
    }
    way.reverse();
    way
}

fn row_cost(from: &Chance, to: &Chance, room: usize) -> u64 {
    if to.ends_paragraph {
        return if width_between(from, to) * 8 < room { RUNT } else { 0 };
    }
    let hyphens = match (from.hyphen, to.hyphen) {
        (true, true) => HYPHEN_AFTER_HYPHEN,
        (false, true) => HYPHEN,
        _ => 0,
    };
    Stretch::of(from, to, room).cost() + hyphens
}

/// All places where a row may end, the start and the end of the text included.
fn chances(text: &str, layout: &Layout) -> Vec<Chance> {
    let breaks = Breaks::of(text);
    let mut syllables = syllables(text, layout).into_iter().peekable();
    // A stretch without a chance that no row can hold is cut where the narrower row is full.
    let most = layout.room(0).min(layout.room(1)).saturating_sub(usize::from(layout.hyphenate)).max(1);
    let mut chances = vec![Chance::default()];
    let mut last = Chance::default(); // the place after the last character that is no blank
    let mut sum = Sum::default();
    let mut before: Option<Cluster<'_>> = None;
    for cluster in width::clusters(text) {
        if let Some(before) = &before {
            sum.words += usize::from(Between::Words.is_gap(before, &cluster));
            sum.characters += usize::from(Between::Characters.is_gap(before, &cluster));
        }
        let here = Chance { next: cluster.at, to_next: sum, ..last.clone() };
        let since = sum.cells - chances.last().map_or(0, |chance| chance.to_next.cells);
        let blank = breaks::is_blank(&cluster);
        if breaks::is_line_end(&cluster) {
            chances.push(Chance { next: cluster.end(), ends_paragraph: true, ..here });
            last = Chance { end: cluster.end(), to_end: sum, ..Chance::default() };
            before = None;
            continue;
        }
        if syllables.next_if_eq(&cluster.at).is_some() {
            chances.push(Chance { hyphen: true, ..here });
        } else if before.is_some() && breaks.is_chance(cluster.at)
            || since > 0 && !blank && since + cluster.cells > most
        {
            chances.push(here);
        }
        sum.cells += cluster.cells;
        if !blank {
            last = Chance { end: cluster.end(), to_end: sum, ..Chance::default() };
        }
        before = Some(cluster);
    }
    chances.push(Chance { next: text.len(), to_next: sum, ends_paragraph: true, ..last });
    chances
}

/// Where words may be broken.
fn syllables(text: &str, layout: &Layout) -> Vec<usize> {
    let Some(hyphenator) = Hyphenator::of(layout) else { return Vec::new() };
    let mut syllables = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| !c.is_whitespace()) {
        let word = hyphen::word(text, at + start);
        at = word.end;
        syllables.append(&mut hyphenator.points(text, word));
    }
    syllables
}
