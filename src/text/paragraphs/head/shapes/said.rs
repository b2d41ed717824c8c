//! Lines that say what they are: bylines, dates, numbers of a series.

use crate::text::paragraphs::dates;
use crate::text::paragraphs::head::bylines::{Said, is_explicit, parse};
use crate::text::paragraphs::head::kickers::is_kicker;
use crate::text::paragraphs::head::labels::is_spoken;
use crate::text::paragraphs::head::names::{are_names, names};
use crate::text::paragraphs::head::reading::Reading;
use crate::text::paragraphs::head::{parse_row, take};
use crate::text::paragraphs::lines::wording::behind;

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

/// "Interview by Ann Lee": she wrote it where nothing else says who did.
pub(super) fn interview(reading: &mut Reading, i: usize, text: &str) -> bool {
    let Some(who) = behind(text, &["Interview by ", "Interviewed by "]).filter(|who| are_names(who)) else {
        return false;
    };
    reading.interviewer.extend(names(who));
    reading.meta(i)
}

/// "This handbook (version 2.1) (2023-02-04 11:59 UTC) is …", "This is version 3, last updated 2 October 2018.": the first
/// paragraph of a manual tells when it was made. Nothing is taken: the paragraph is prose.
pub(super) fn version(reading: &mut Reading, i: usize, text: &str) -> bool {
    if i < reading.front.explicit && reading.lesser.is_none() && text.starts_with("This ") {
        reading.lesser = told_date(text);
    }
    false
}

/// The day behind "last updated", or in brackets behind those of a version.
fn told_date(text: &str) -> Option<String> {
    if let Some((_, rest)) = text.split_once("last updated ").or_else(|| text.split_once("last modified ")) {
        let rest = rest.strip_prefix("on ").unwrap_or(rest);
        return dates::read(rest.split(". ").next()?.trim_end_matches('.'));
    }
    let (_, version) = text.split_once("(version ")?;
    let (inside, behind) = version.split_once(')')?;
    // "(version 4.19.0, 18 August 2022)"
    if let Some((_, date)) = inside.split_once(", ") {
        return dates::read(date);
    }
    let (date, _) = behind.trim_start().strip_prefix('(')?.split_once(')')?;
    dates::read(date).or_else(|| dates::read(date.split(' ').next()?))
}

/// "Source: Harbour Authority": where figures are from, or a text, and nothing else.
fn is_source_alone(text: &str) -> bool {
    text.starts_with("Source: ") || text.starts_with("Source : ")
}
