//! Lines of a head that say what they are: bylines, dates, numbers of a series, alone or side by side.

use super::names::{are_names, is_ideographic_name, is_name, names};
use super::publishers::{ends_in_its_kind, is_publisher, publisher};
use super::{TITLE, dates};

/// What a line of a head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Date(String),
    Authors(Vec<String>),
    Source(String),
    /// A number or place that names nothing: "No. 201".
    Nothing,
}

/// Whether a byline begins on one line and ends on the next: "By Name | Via Council | Dec." and "25, 1998"; "By Given" and
/// "Name | Via Council".
pub fn is_cut_byline(above: &str, below: &str) -> bool {
    let cut_name = || BY.iter().any(|word| above.starts_with(word)) && parse(below).is_none();
    if !above.contains(SEGMENTS)
        && below.contains(SEGMENTS)
        && above.len() + below.len() <= TITLE
        && cut_name()
        && parse(&format!("{above} {below}")).is_some()
    {
        return true;
    }
    let Some((rest, last)) = above.rsplit_once(SEGMENTS) else { return false };
    below.len() <= 20
        && last.len() <= 20
        && dates::read(last).is_none()
        && dates::read(&format!("{last} {below}")).is_some()
        && parse(rest).is_some()
}

/// Words before an author, a date, a source.
const BY: [&str; 7] = ["By ", "by ", "BY ", "Author: ", "Authors: ", "Written by ", "Von "];

const ON: [&str; 12] = [
    "Posted on ",
    "Posted: ",
    "Posted ",
    "Published on ",
    "Published: ",
    "Published ",
    "Date: ",
    "Updated: ",
    "Last updated: ",
    "First published: ",
    "Updated on ",
    "Dated ",
];

const VIA: [&str; 6] = ["Via ", "via ", "Source: ", "Published by ", "Publisher: ", "From: "];

/// Whether `text` says with a word what it is: "By …", "Posted on …".
pub(super) fn is_explicit(text: &str) -> bool {
    BY.iter().chain(&ON).chain(&VIA).any(|word| text.starts_with(word))
        || text.split(SEGMENTS).any(|s| dates::read(s).is_some())
        || name_and_date(text).is_some()
}

/// Whether a line is a byline or a date that says so, and whole: the name of who publishes may go on below.
pub fn is_explicit_byline(text: &str) -> bool {
    let last = text.rsplit(SEGMENTS).next().unwrap_or("").trim_start();
    let whole = !VIA.iter().any(|word| last.starts_with(word)) || ends_in_its_kind(last);
    text.len() <= 120 && whole && is_explicit(text) && parse(text).is_some()
}

const SEGMENTS: [char; 3] = ['|', '·', '•'];

/// Whether a line reads as a byline, a date, a number of a series.
pub fn is_byline(text: &str) -> bool {
    text.len() <= 120 && (is_ideographic_name(text) || parse(text).is_some() || is_name(text))
}

/// What a line of a head says, where all of it says something.
pub fn parse(text: &str) -> Option<Vec<Said>> {
    if text.len() > TITLE {
        return None;
    }
    if let Some(said) = name_and_date(text) {
        return Some(said);
    }
    let mut said = Vec::new();
    for segment in text.split(SEGMENTS).map(str::trim).filter(|s| !s.is_empty()) {
        said.extend(parse_segment(segment, !said.is_empty())?);
    }
    (!said.is_empty()).then_some(said)
}

fn parse_segment(segment: &str, beside: bool) -> Option<Vec<Said>> {
    let after = |words: &[&str]| words.iter().find_map(|word| segment.strip_prefix(word)).map(str::trim);
    if let Some(date) = dates::read(segment) {
        return Some(vec![Said::Date(date)]);
    }
    if let Some(rest) = after(&ON) {
        return Some(vec![Said::Date(dates::read(rest).or_else(|| dates::read(rest.split(" at ").next()?))?)]);
    }
    if let Some(rest) = after(&BY) {
        // "By Name, 3 May 2010"
        let (who, when) = match rest.split_once(", ").and_then(|(who, when)| Some((who, dates::read(when)?))) {
            Some((who, date)) => (who, Some(date)),
            None => (rest, None),
        };
        // "By Name, interpreter (retired)"
        let who = match who.split_once(", ") {
            Some((name, role)) if role.starts_with(char::is_lowercase) && !role.starts_with("and ") => name,
            _ => who.trim_end_matches(','),
        };
        if who.len() > 90 || !are_names(who) {
            return None;
        }
        return Some([Said::Authors(names(who))].into_iter().chain(when.map(Said::Date)).collect());
    }
    if let Some(rest) = after(&VIA) {
        return rest.starts_with(char::is_uppercase).then(|| vec![Said::Source(rest.to_owned())]);
    }
    if let Some(source) = quoted_serial(segment) {
        return Some(vec![Said::Source(source)]);
    }
    if is_number(segment) {
        return Some(vec![Said::Nothing]);
    }
    // "Tokyo, 14 October 2010"
    if let Some((place, when)) = segment.split_once(", ")
        && place.len() <= 30
        && place.starts_with(char::is_uppercase)
        && place.split(' ').count() <= 2
        && let Some(date) = dates::read(when)
    {
        return Some(vec![Said::Date(date)]);
    }
    // "The Ledger, No. 31, February 2025", "from The Ledger, No. 31"
    if let Some((rest, when)) = segment.rsplit_once(", ")
        && let Some(date) = dates::read(when)
        && let Some(source) = serial(rest.strip_prefix("from ").unwrap_or(rest))
    {
        return Some(vec![Said::Source(source), Said::Date(date)]);
    }
    if let Some(source) = serial(segment.strip_prefix("from ").unwrap_or(segment)) {
        return Some(vec![Said::Source(source)]);
    }
    (beside && is_name(segment))
        .then(|| vec![Said::Authors(names(segment))])
        .or_else(|| (beside && is_publisher(segment)).then(|| vec![Said::Source(publisher(segment))]))
}

/// "Keiko Iizuka 1 August 2014": a name, then a date.
fn name_and_date(text: &str) -> Option<Vec<Said>> {
    let spaces = text.match_indices(' ').map(|(at, _)| at);
    for at in spaces {
        if let Some(date) = dates::read(&text[at + 1..]) {
            let who = text[..at].trim_end_matches([',', ' ', '-', '–', '—']);
            let by = BY.iter().find_map(|word| who.strip_prefix(word));
            if by.is_some_and(are_names) || by.is_none() && is_name(who) {
                return Some(vec![Said::Authors(names(by.unwrap_or(who))), Said::Date(date)]);
            }
            return None;
        }
    }
    None
}

/// "No. 201", "Vol. 10 No. 2", "Issue 14", "9 min read".
pub(super) fn is_number(text: &str) -> bool {
    let words = text.split([' ', ',']).filter(|w| !w.is_empty());
    let mut digits = false;
    text.len() <= 40
        && words.clone().count() <= 6
        && words.into_iter().all(|word| {
            let number = word.bytes().any(|b| b.is_ascii_digit());
            digits |= number;
            number && word.len() <= 8
                || matches!(word, "No." | "No" | "Vol." | "Vol" | "Volume" | "Issue" | "Number" | "Nr.")
        })
        && digits
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// "Harbor & Strait, Vol. 11, No. 2": a journal with its number.
pub(super) fn serial(text: &str) -> Option<String> {
    let at = [", No", ", Vol", ", Issue", ", Nr"].iter().filter_map(|mark| text.find(mark)).min()?;
    let (name, number) = text.split_at(at);
    (is_number(number.trim_start_matches(", ")) && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}

/// "『潮目季報』第四十二号": a journal in brackets with its number.
fn quoted_serial(text: &str) -> Option<String> {
    let (name, number) = text.strip_prefix('『')?.split_once('』')?;
    let number = number.trim();
    (number.is_empty() || number.starts_with('第') && number.chars().count() <= 12).then(|| name.to_owned())
}
