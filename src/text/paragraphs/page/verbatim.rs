//! Running heads that no number tells and that no title looks like: the same line word for word, in the middle of sentences, at
//! distances like those of pages.

use std::collections::HashMap;

use super::{PAGE, cuts_a_sentence};
use crate::text::Kind;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::{Begins, Ends};

/// Longest head, in cells, and how often it stands at least.
const LONGEST: u32 = 60;
const TIMES: usize = 3;

/// Marks such heads.
pub(super) fn find(flow: &Flow, found: &mut [Option<Kind>]) {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, (line, found)) in std::iter::zip(&flow.lines, &*found).enumerate() {
        if found.is_none() && cuts(flow, i) {
            places.entry(line.text).or_default().push(i);
        }
    }
    places.retain(|text, lines| lines.len() >= TIMES && text.split(' ').nth(2).is_some());
    if places.is_empty() {
        return;
    }
    let mut all: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, line) in flow.lines.iter().enumerate().filter(|(_, line)| places.contains_key(line.text)) {
        all.entry(line.text).or_default().push(i);
    }
    for (text, lines) in all {
        // Where a page ends with a sentence, its head cuts none.
        let mostly = places.get(text).is_some_and(|cutting| cutting.len() * 2 >= lines.len());
        if mostly && are_even(&lines) {
            lines.into_iter().for_each(|i| found[i] = Some(Kind::Boilerplate));
        }
    }
}

/// Whether line `i` begins as a sentence does, between two halves of another one.
fn cuts(flow: &Flow, i: usize) -> bool {
    let Some(above) = i.checked_sub(1).map(|above| &flow.lines[above]) else { return false };
    let look = &flow.looks[i];
    look.begins == Begins::Upper
        && look.ends == Ends::Open
        && flow.lines[i].cells <= LONGEST
        && flow.lines[i].cells < above.cells
        && look.mark.is_none()
        && cuts_a_sentence(flow, i)
        && !look.dangling
}

/// Whether the distances between `lines` are those of pages: each about as long as the others, but for the last.
fn are_even(lines: &[usize]) -> bool {
    let mut distances: Vec<usize> = lines.windows(2).map(|pair| pair[1] - pair[0]).collect();
    distances.sort_unstable();
    let middle = distances[distances.len() / 2];
    let near = |distance: &&usize| **distance * 4 >= middle * 3 && **distance * 3 <= middle * 4;
    distances[0] >= PAGE && distances.iter().filter(near).count() * 4 >= distances.len() * 3
}
