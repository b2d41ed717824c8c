//! Lines that say what they are: bylines, dates, numbers of a series.

use crate::text::paragraphs::head::bylines::{Said, is_explicit, parse};
use crate::text::paragraphs::head::kickers::is_kicker;
use crate::text::paragraphs::head::labels::is_spoken;
use crate::text::paragraphs::head::reading::Reading;
use crate::text::paragraphs::head::{parse_row, take};

/// "By Ann Lee | 3 May 2010". Behind the head only a line that says so with a word counts.
pub(super) fn said(reading: &mut Reading, i: usize, text: &str) -> bool {
    if is_kicker(text) {
        return false;
    }
    let row = || parse_row(reading.blocks[i].lines.first().filter(|_| reading.blocks[i].lines.len() == 1)?);
    let Some(mut said) = parse(text).or_else(row) else { return false };
    let explicit = is_explicit(text);
    let inside = reading.is_inside(i);
    let counts = inside || explicit && i < reading.front.explicit && !is_spoken(text);
    if !counts {
        return true;
    }
    if reading.title.is_none() && reading.spoken.is_none() && is_spoken(text) {
        reading.spoken = Some(text.to_owned());
    }
    said.retain(|said| match said {
        // "JOHN HARROW        Claimant": a party.
        Said::Authors(_) => !reading.case || explicit,
        // "Source: …" below prose is that of a table.
        Said::Source(_) => inside || !is_source_alone(text),
        _ => true,
    });
    if said.is_empty() && !inside {
        return true;
    }
    let unsigned = reading.head.authors.is_empty();
    for said in said {
        let lesser = take(reading.head, said);
        reading.lesser = reading.lesser.take().or(lesser);
    }
    if unsigned && !reading.head.authors.is_empty() {
        reading.author = Some(i);
    }
    reading.meta(i)
}

/// "Source: Harbour Authority": where figures are from, or a text, and nothing else.
fn is_source_alone(text: &str) -> bool {
    text.starts_with("Source: ") || text.starts_with("Source : ")
}
