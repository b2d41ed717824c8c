//! Where a passage may stand: places that share grams with it, and places that look like it.

use std::ops::Range;

use super::align::Seed;
use super::grams::GRAM;
use super::myers::{self, WORD};
use super::pattern::Pattern;
use super::resolve::Prepared;

/// Places of a gram beyond which it says nothing.
const COMMON: usize = 64;
/// Candidates that are looked at.
const MOST: usize = 8;

/// A stretch of the text that may hold the passage.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Indexes of the text's skeleton.
    pub window: Range<usize>,
    /// Where pattern and text agree, `text` from the start of the window.
    pub seeds: Vec<Seed>,
    /// Characters of the pattern that agree for certain.
    pub covered: usize,
}

/// A gram that pattern and text share.
#[derive(Clone, Copy, Debug)]
struct Hit {
    /// Where the pattern would start.
    shift: i64,
    pattern: u32,
    weight: u32,
}

/// The places that grams vote for, best first.
pub fn voted(pattern: &Pattern, prepared: &Prepared) -> Vec<Candidate> {
    let mut hits = hits(pattern, prepared);
    hits.sort_unstable_by_key(|hit| (hit.shift, hit.pattern));
    let wide = 40 + pattern.chars.len() as i64 / 6;
    let mut sums: Vec<(u64, usize, usize)> = Vec::new();
    let (mut end, mut sum) = (0, 0u64);
    for start in 0..hits.len() {
        while end < hits.len() && hits[end].shift - hits[start].shift <= wide {
            sum += u64::from(hits[end].weight);
            end += 1;
        }
        sums.push((sum, start, end));
        sum -= u64::from(hits[start].weight);
    }
    sums.sort_unstable_by_key(|&(sum, start, _)| (std::cmp::Reverse(sum), start));
    let mut taken: Vec<Range<usize>> = Vec::new();
    for (_, start, end) in sums {
        if taken.iter().all(|other| end <= other.start || other.end <= start) {
            taken.push(start..end);
            if taken.len() == MOST {
                break;
            }
        }
    }
    taken.into_iter().map(|range| candidate(pattern, prepared, &hits[range])).collect()
}

fn hits(pattern: &Pattern, prepared: &Prepared) -> Vec<Hit> {
    let text = &prepared.skeleton.chars;
    let step = if pattern.chars.len() > 600 { 3 } else { 1 };
    let mut hits = Vec::new();
    for (index, places) in prepared.grams.look_up(&pattern.chars) {
        if index % step != 0 || places.len() > COMMON {
            continue;
        }
        let gram = &pattern.chars[index..index + GRAM];
        let weight = (COMMON / places.len().max(1)) as u32;
        for &place in places {
            if &text[place as usize..place as usize + GRAM] == gram {
                hits.push(Hit { shift: i64::from(place) - index as i64, pattern: index as u32, weight });
            }
        }
    }
    hits
}

fn candidate(pattern: &Pattern, prepared: &Prepared, hits: &[Hit]) -> Candidate {
    let (low, high) = (hits[0].shift, hits[hits.len() - 1].shift);
    let window = window(pattern, prepared, low, high);
    let mut seeds: Vec<Seed> = Vec::new();
    for hit in hits {
        let (row, column) = (hit.pattern as usize, (hit.shift + i64::from(hit.pattern)) as usize - window.start);
        match seeds.last_mut() {
            Some(seed) if column + seed.pattern == row + seed.text && row <= seed.pattern + seed.len => {
                seed.len = row + GRAM - seed.pattern;
            }
            _ => seeds.push(Seed { pattern: row, text: column, len: GRAM }),
        }
    }
    let covered = covered(hits);
    Candidate { window, seeds, covered }
}

/// Characters of the pattern that lie in some hit.
fn covered(hits: &[Hit]) -> usize {
    let mut rows: Vec<u32> = hits.iter().map(|hit| hit.pattern).collect();
    rows.sort_unstable();
    let (mut covered, mut upto) = (0, 0);
    for row in rows {
        let end = row as usize + GRAM;
        covered += end - upto.max(row as usize).min(end);
        upto = end;
    }
    covered
}

fn window(pattern: &Pattern, prepared: &Prepared, low: i64, high: i64) -> Range<usize> {
    let len = pattern.chars.len() as i64;
    let slack = 48 + len / 8;
    let all = prepared.skeleton.len() as i64;
    (low - slack).clamp(0, all) as usize..(high + len + slack).clamp(0, all) as usize
}

/// The place where the pattern would start at `shift`.
pub fn at(pattern: &Pattern, prepared: &Prepared, shift: i64) -> Candidate {
    Candidate { window: window(pattern, prepared, shift, shift), seeds: Vec::new(), covered: pattern.quote.len() }
}

/// The places that look most like the passage or like what stood around it, whatever grams say.
pub fn scanned(pattern: &Pattern, prepared: &Prepared) -> Vec<Candidate> {
    let mut found = Vec::new();
    for probe in probes(pattern) {
        let limit = probe.len() * 2 / 5;
        let chars = &pattern.chars[probe.clone()];
        for (errors, end) in myers::search(chars, &prepared.skeleton.chars, limit, 3) {
            let shift = end as i64 - probe.end as i64;
            let window = window(pattern, prepared, shift - 16, shift + 16);
            found.push(Candidate { window, seeds: Vec::new(), covered: probe.len() - errors });
        }
    }
    found
}

/// Stretches of the pattern to look for: about the start of the passage and about its end (the same
/// where it is short), and the context on either side.
fn probes(pattern: &Pattern) -> Vec<Range<usize>> {
    let Range { start, end } = pattern.quote;
    let all = pattern.chars.len();
    let mut probes = Vec::new();
    if end - start <= WORD / 2 {
        let side = (WORD - (end - start)) / 2;
        probes.push(start.saturating_sub(side)..(end + side).min(all));
    } else {
        let half = WORD / 2;
        probes.push(start.saturating_sub(half)..start + half);
        probes.push(end - half..(end + half).min(all));
    }
    probes.push(start.saturating_sub(WORD)..start);
    probes.push(end..(end + WORD).min(all));
    probes.retain(|probe| probe.len() >= 8);
    probes
}

/// Paragraphs that are the passage and nothing else.
pub fn alone(pattern: &Pattern, prepared: &Prepared) -> Vec<Candidate> {
    let (skeleton, quote) = (&prepared.skeleton, pattern.quote_chars());
    let starts = std::iter::once(0).chain(skeleton.breaks());
    let same =
        starts.filter(|&start| skeleton.chars[start..].starts_with(quote) && skeleton.breaks_at(start + quote.len()));
    same.take(MOST).map(|start| at(pattern, prepared, start as i64 - pattern.quote.start as i64)).collect()
}
