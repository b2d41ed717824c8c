//! Pages whose text stands at different margins, as extractors that keep the layout leave them: all are moved to one. Columns have
//! margins of their own.

use std::ops::Range;

use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::Begins;

/// Fewest lines in which sentences go on, on a page that has a margin.
const FEWEST: usize = 6;

/// Takes off the lines of each page what its margin is further out than the least of all.
pub fn align(flow: &mut Flow) {
    let pages = flow.pages();
    let margins: Vec<Option<u32>> = pages.iter().map(|page| margin(flow, page.clone())).collect();
    let known = || margins.iter().flatten();
    let (Some(&least), Some(&most)) = (known().min(), known().max()) else { return };
    if most - least < 2 {
        return;
    }
    for (page, margin) in std::iter::zip(pages, margins) {
        let further = margin.map_or(0, |margin| margin - least);
        flow.lines[page].iter_mut().for_each(|line| line.indent = line.indent.saturating_sub(further));
    }
}

/// The smallest indent that a good part of the lines have in which sentences go on.
fn margin(flow: &Flow, page: Range<usize>) -> Option<u32> {
    let goes_on =
        |i: &usize| flow.looks[*i].begins == Begins::Lower && !flow.gap(*i) && flow.looks[*i - 1].ends.is_unfinished();
    let mut indents: Vec<u32> = page.filter(goes_on).map(|i| flow.lines[i].indent).collect();
    if indents.len() < FEWEST {
        return None;
    }
    indents.sort_unstable();
    let least = indents.len() / 3;
    indents.chunk_by(|a, b| a == b).find(|same| same.len() >= least).map(|same| same[0])
}
