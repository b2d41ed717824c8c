//! Full lines that an extractor tore at the wide blanks of a justified text, into lines of a word or a few.
//!
//! Behind a piece that ends a sentence a paragraph seems to end, since the next word would have fitted. But where the pieces below
//! make no full line without it, while their sentence goes on, and fit into what it leaves free, they are of the same line.

use super::shape::Shape;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::{Begins, Ends};

/// Room, in thousandths of a full line, that no line within a sentence has unless its rest stands on the next.
const TORN: i32 = 330;
/// Most pieces that are put side by side.
const PIECES: usize = 12;
/// What fills a line, and what is a line that has room, in thousandths of a full one.
const FULL: u32 = 1020;
const UNFILLED: u32 = 800;

/// Whether an extractor tore full lines at wide blanks into lines of a word or a few.
pub fn are_in(flow: &Flow, shape: &Shape) -> bool {
    let torn = |i: &usize| {
        let open = matches!(flow.looks[i - 1].ends, Ends::Open | Ends::Comma);
        open && flow.looks[*i].begins == Begins::Lower
            && !flow.gap(*i)
            && shape.measure.room(&flow.lines[i - 1], flow.looks[*i].first) >= TORN
    };
    !shape.long && shape.measure.width > 0 && (1..flow.lines.len()).filter(torn).nth(3).is_some()
}

/// Whether line `i` and those that go on with it fill what the line above left free, and make no full line by themselves.
pub fn is_one(flow: &Flow, shape: &Shape, i: usize) -> bool {
    let titled = flow.looks[i].heading.as_ref().is_some_and(|h| h.words > 1 && (h.titled || h.all_caps));
    if i == 0 || flow.gap(i) || titled || shape.measure.room(&flow.lines[i - 1], flow.looks[i].first) < 100 {
        return false;
    }
    let fill = |from: usize, to: usize| shape.measure.fill(&flow.lines[from..to]);
    let mut end = i + 1;
    while end < flow.lines.len() && end - i < PIECES && !flow.gap(end) && fill(i, end + 1) <= FULL {
        end += 1;
    }
    let goes_on = end < flow.lines.len() && !flow.gap(end) && flow.looks[end - 1].ends != Ends::Stop;
    goes_on && fill(i, end) < UNFILLED && fill(i - 1, end) <= FULL
}
