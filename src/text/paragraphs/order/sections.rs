//! Numbers of sections that were set apart from their headings.
//!
//! ```text
//! 2.1                     what was extracted
//!
//! Terms of the treaty
//!
//! 2.1 Terms of the treaty    what was printed
//! ```
//!
//! A number with points says so by itself. A bare one may be that of a page: it counts sections where it stands inside a
//! marked page, over a heading, and the next or the last such number is one more or less.

use crate::text::paragraphs::contents;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::{Begins, Ends};
use crate::text::paragraphs::lines::marks::is_pointed;

/// Lines from the edge of a page among which its number stands.
const EDGE: usize = 2;

/// Words of the longest heading.
const WORDS: u32 = 16;

/// Marks the lines that are nothing but the number of the heading below. `feeds`: form feeds part the pages.
pub fn mark(flow: &mut Flow, feeds: bool) {
    let bare = if feeds { bare_numbers(flow) } else { Vec::new() };
    let pointed = (0..flow.lines.len()).filter(|&i| is_pointed(flow.lines[i].text) && is_over_heading(flow, i));
    for i in pointed.chain(bare).collect::<Vec<_>>() {
        flow.looks[i].numbers_below = true;
    }
}

/// Gives the numbers to the headings below them, where these still stand there.
pub fn hand_down(flow: &mut Flow) {
    for i in 0..flow.lines.len().saturating_sub(1) {
        if flow.looks[i].numbers_below && is_over_heading(flow, i) {
            let mut heading = flow.looks[i + 1].heading.clone();
            heading.iter_mut().for_each(|heading| heading.numbered = true);
            flow.looks[i].heading = heading;
            flow.looks[i].mark = None;
            flow.looks[i + 1].goes_on = true;
            flow.lines[i + 1].blanks = 0;
        }
    }
}

/// Bare numbers that count the headings they stand over.
fn bare_numbers(flow: &Flow) -> Vec<usize> {
    let mut numbers: Vec<(usize, u32)> = Vec::new();
    for page in flow.pages() {
        // Above the title no page is numbered.
        let top = if page.start == 0 { 1 } else { EDGE };
        for i in page.start + top..page.end.saturating_sub(EDGE) {
            let text = flow.lines[i].text;
            if text.len() <= 2 && is_over_heading(flow, i) {
                numbers.extend(text.parse().ok().map(|number| (i, number)));
            }
        }
    }
    let follows = |above: Option<&(usize, u32)>, below: Option<&(usize, u32)>| {
        above.zip(below).is_some_and(|(above, below)| above.1 + 1 == below.1)
    };
    let counts = |k: usize| {
        let above = k.checked_sub(1).and_then(|above| numbers.get(above));
        follows(above, numbers.get(k)) || follows(numbers.get(k), numbers.get(k + 1))
    };
    (0..numbers.len()).filter(|&k| counts(k)).map(|k| numbers[k].0).collect()
}

/// Whether line `i` stands over a heading, apart from what is above, or over a row of contents that lacks its number.
fn is_over_heading(flow: &Flow, i: usize) -> bool {
    let Some((line, look)) = flow.lines.get(i + 1).zip(flow.looks.get(i + 1)) else { return false };
    let titles = || {
        flow.gap(i)
            && matches!(look.begins, Begins::Upper | Begins::Caseless)
            && matches!(look.ends, Ends::Open)
            && look.heading.as_ref().is_some_and(|heading| heading.words <= WORDS && !heading.numbered)
    };
    !flow.turns(i + 1) && line.blanks <= 1 && look.mark.is_none() && (titles() || contents::is_bare_row(line.text))
}
