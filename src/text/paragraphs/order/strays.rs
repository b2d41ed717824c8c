//! Runs of lines that an extractor put before their turn: the head of the second column above the first.
//!
//! A run that begins in the middle of a sentence which nothing above it has begun, and a run that ends in the middle of one
//! which nothing below it ends, belong together. Where there is one of each nearby, the first is put behind the second.

use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::Line;
use crate::text::paragraphs::lines::look::{Begins, Ends};
use std::ops::Range;

/// How many lines apart the two may stand.
const REACH: usize = 150;
/// Shortest last line of prose, in cells: shorter ones are headings and lines of a head.
const SHORTEST: u32 = 24;
/// Longest line, in cells: a longer one is a paragraph that no page cut.
const WIDEST: u32 = 160;
/// Longest text, in runs, that is looked through for each stray one.
const RUNS: usize = 60;

/// Puts the runs of `flow` that stand before their turn in their place.
pub fn put_back(flow: &mut Flow) {
    let long = |line: &&Line| line.cells > WIDEST;
    if flow.lines.iter().filter(long).count() * 10 > flow.lines.len() {
        return;
    }
    let runs = flow.runs();
    let moves = pairs(flow, &runs);
    if moves.is_empty() {
        return;
    }
    let mut order: Vec<usize> = Vec::with_capacity(flow.lines.len());
    for (r, run) in runs.iter().enumerate() {
        if moves.iter().any(|(stray, _)| *stray == r) {
            continue;
        }
        order.extend(run.clone());
        if let Some((stray, _)) = moves.iter().find(|(_, after)| *after == r) {
            order.extend(runs[*stray].clone());
        }
    }
    for (stray, after) in &moves {
        let page = flow.lines[runs[*after].start].page;
        for line in &mut flow.lines[runs[*stray].clone()] {
            line.page = page;
        }
        flow.lines[runs[*stray].start].blanks = 0;
    }
    reorder(flow, &order);
}

/// Puts line `order[n]` at place `n`.
fn reorder(flow: &mut Flow, order: &[usize]) {
    let mut places = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        places[old] = new;
    }
    // Pages are numbered anew: a cut stays wherever it was between lines that are still neighbours, and above moved ones' neighbours.
    let mut lines: Vec<Line> = Vec::with_capacity(order.len());
    let mut page = 0;
    for (new, &old) in order.iter().enumerate() {
        let line = &flow.lines[old];
        let follows = new > 0 && order[new - 1] + 1 == old;
        let cut = new > 0 && line.page != flow.lines[order[new - 1]].page;
        page += u32::from(cut || new > 0 && !follows && line.blanks > 0);
        lines.push(Line { page, ..line.clone() });
    }
    flow.looks = order.iter().map(|&old| flow.looks[old].clone()).collect();
    flow.lines = lines;
    for aside in &mut flow.asides {
        aside.after = aside.after.and_then(|line| places.get(line).copied());
        if let Some((line, _)) = &mut aside.mark {
            *line = places.get(*line).copied().unwrap_or(*line);
        }
    }
}

/// Each stray run with the one that it goes on from.
fn pairs(flow: &Flow, runs: &[Range<usize>]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for r in 0..runs.len() {
        if !is_headless(flow, runs, r) {
            continue;
        }
        let near = |other: usize| runs[other].end.abs_diff(runs[r].start) <= REACH;
        let around = r.saturating_sub(RUNS)..(r + RUNS).min(runs.len());
        let mut cut = around.filter(|&other| {
            other != r
                && other + 1 != r
                && near(other)
                && is_cut(flow, runs, other)
                && !is_headless(flow, runs, other)
                && found.iter().all(|(_, taken)| *taken != other)
        });
        // Two that it may go on from: nobody knows.
        if let (Some(after), None) = (cut.next(), cut.next()) {
            found.push((r, after));
        }
    }
    found
}

/// Whether run `r` begins within a sentence that the run above has not begun.
fn is_headless(flow: &Flow, runs: &[Range<usize>], r: usize) -> bool {
    let first = runs[r].start;
    let is_full = |i: usize| flow.lines[i].cells >= SHORTEST;
    let prose = runs[r].len() > 1 && runs[r].clone().any(is_full) || flow.looks[first].ends == Ends::Stop;
    let goes_on =
        r > 0 && (is_prose_cut(flow, &runs[r - 1]) || matches!(flow.looks[first - 1].ends, Ends::Colon | Ends::Comma));
    let wrapped = flow.lines[runs[r].clone()].iter().all(|line| line.cells <= WIDEST);
    wrapped && flow.looks[first].begins == Begins::Lower && flow.looks[first].mark.is_none() && prose && !goes_on
}

/// Whether run `r` ends within a sentence that the run below does not end.
fn is_cut(flow: &Flow, runs: &[Range<usize>], r: usize) -> bool {
    let ended = runs.get(r + 1).is_none_or(|below| flow.looks[below.start].begins != Begins::Lower);
    ended && is_prose_cut(flow, &runs[r])
}

/// Whether lines of prose end within a sentence.
fn is_prose_cut(flow: &Flow, run: &Range<usize>) -> bool {
    let last = run.end - 1;
    let look = &flow.looks[last];
    let open = look.ends.is_unfinished();
    let titled = look.heading.as_ref().is_some_and(|heading| heading.titled || heading.all_caps);
    let wrapped = flow.lines[run.clone()].iter().all(|line| line.cells <= WIDEST);
    wrapped
        && open
        && !titled
        && !look.credited
        && !look.caption
        && !look.ornament
        && flow.lines[last].cells >= SHORTEST
        && run.len() > 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs::lines;

    #[test]
    fn the_head_of_the_second_column_is_put_behind_the_first() {
        let text = "A Title Above\n\ngoes on at the top of the second column,\nwhere the sentence ends at last.\n\n\
                    Here the first column begins, and it goes\ndown to the foot of the page, where it\nis cut, so that the sentence of it now\n";
        let mut flow = Flow::new(lines::split(text).0);
        put_back(&mut flow);
        let read: Vec<_> = flow.lines.iter().map(|line| line.text.split(' ').next().unwrap()).collect();
        assert_eq!(read, ["A", "Here", "down", "is", "goes", "where"]);
        assert!(!flow.gap(4) && flow.gap(1));
    }

    #[test]
    fn what_stands_below_a_title_stays_there() {
        let text = "The Harbour Board\n\nby\nAgnes Halloran\n\nHere a paragraph begins, and it goes\n\
                    on until it is cut, in the middle of the\n\nA Heading\n";
        let mut flow = Flow::new(lines::split(text).0);
        put_back(&mut flow);
        assert_eq!(flow.lines[1].text, "by");
    }

    #[test]
    fn where_two_are_cut_nothing_is_moved() {
        let cut = "Here a paragraph begins, and it goes\non until it is cut, in the middle of the\n\n";
        let text = format!("A Title\n\nin which the sentence ends\nat last.\n\nYes.\n\n{cut}Quite.\n\n{cut}");
        let mut flow = Flow::new(lines::split(&text).0);
        put_back(&mut flow);
        assert!(flow.lines[1].text.starts_with("in which"));
    }
}
