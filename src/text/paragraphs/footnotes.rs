//! Footnotes: followed by number from their marks in the text, and put behind the paragraph that has the mark.
//!
//! A note is the next number (1, 2, 3 … through the text, or from 1 again on each page) at the start of a line low
//! on a page, whose mark stands glued to a word above. A numbered heading has no such mark.

use std::ops::Range;

use super::flow::{Aside, Flow};
use super::look::{Begins, Ends};
use crate::text::Kind;

/// Lines from the end of a page in which notes stand.
const LOW: usize = 30;
/// Lines of a note in a text without pages.
const LONGEST: usize = 12;
/// Lines above a note in which its mark is looked for.
const REACH: usize = 150;

/// Takes the footnotes out of `flow`.
pub fn take_out(flow: &mut Flow) {
    let mut notes = find(flow, false);
    if notes.is_empty() {
        notes = find(flow, true);
    }
    if notes.is_empty() {
        return;
    }
    let lines = std::mem::take(&mut flow.lines);
    let looks = std::mem::take(&mut flow.looks);
    let mut place = Vec::with_capacity(lines.len());
    let mut asides: Vec<Aside> =
        notes.iter().map(|_| Aside { kind: Kind::Footnote, lines: Vec::new(), after: None, mark: None }).collect();
    let mut next = 0;
    // Pages are numbered anew, so that a cut stands where a note was.
    let (mut page, mut last_page) = (0, lines.first().map_or(0, |line| line.page));
    for (i, (mut line, look)) in lines.into_iter().zip(looks).enumerate() {
        if line.page != last_page {
            last_page = line.page;
            page += 1;
        }
        while next < notes.len() && notes[next].lines.end <= i {
            next += 1;
        }
        place.push(flow.lines.len());
        if next < notes.len() && notes[next].lines.contains(&i) {
            if i == notes[next].lines.start {
                page += 1;
            }
            asides[next].lines.push(line);
        } else {
            line.page = page;
            flow.lines.push(line);
            flow.looks.push(look);
        }
    }
    for (aside, note) in asides.iter_mut().zip(&notes) {
        aside.after = Some(place[note.mark.0]);
        aside.mark = Some((place[note.mark.0], note.mark.1.clone()));
    }
    for aside in &mut flow.asides {
        // What stood behind line n of the old flow stands behind its place in the new.
        if let Some(after) = aside.after {
            aside.after = place.get(after + 1).copied().unwrap_or(flow.lines.len()).checked_sub(1);
        }
    }
    flow.asides.append(&mut asides);
}

struct Note {
    lines: Range<usize>,
    /// A line and the range of the mark in its text.
    mark: (usize, Range<usize>),
}

/// The notes of `flow`, in order. With `pointed`, those of the form "1. See …", which lists and headings have too.
fn find(flow: &Flow, pointed: bool) -> Vec<Note> {
    let mut notes: Vec<Note> = Vec::new();
    let page_ends = page_ends(flow);
    let (mut next, mut i) = (1, 1);
    while i < flow.lines.len() {
        let Some((number, alone)) = note_number(flow, i, pointed) else {
            i += 1;
            continue;
        };
        let first_of_page =
            number == 1 && next > 1 && notes.last().is_some_and(|n| page_ends[n.lines.start] < page_ends[i]);
        if number != next && !first_of_page {
            i += 1;
            continue;
        }
        let floor = notes.last().map_or(0, |note| note.mark.0).max(i.saturating_sub(REACH));
        let mark = (floor..i).find_map(|line| Some((line, find_mark(flow.lines[line].text, number)?)));
        let end = note_end(flow, i + usize::from(alone), page_ends[i], number, pointed)
            .or_else(|| (!pointed && !alone).then(|| run_end(flow, i, page_ends[i], number, &notes)).flatten());
        match (mark, end) {
            (Some(mark), Some(end)) => {
                notes.push(Note { lines: i..end, mark });
                next = number + 1;
                i = end;
            }
            _ => i += 1,
        }
    }
    notes
}

/// Whether the number alone on line `i` is that of a note below it: its mark stands above, and a short paragraph follows.
pub fn is_lone_number(flow: &Flow, i: usize) -> bool {
    let Some((number, true)) = note_number(flow, i, false) else { return false };
    let end = (i + 2..flow.lines.len()).take(5).find(|&end| flow.gap(end));
    let last = end.unwrap_or(flow.lines.len()) - 1;
    (end.is_some() || i + 2 >= flow.lines.len())
        && flow.lines[i].indent < 20
        && flow.looks[last].ends == Ends::Stop
        && flow.lines[i.saturating_sub(80)..i].iter().any(|line| find_mark(line.text, number).is_some())
}

/// Where the page of each line ends.
fn page_ends(flow: &Flow) -> Vec<usize> {
    let mut ends = vec![flow.lines.len(); flow.lines.len()];
    let mut end = flow.lines.len();
    for i in (0..flow.lines.len()).rev() {
        ends[i] = end;
        if flow.turns(i) {
            end = i;
        }
    }
    ends
}

/// One past the last line of the note that starts at line `i`, if a note may stand there.
fn note_end(flow: &Flow, i: usize, page_end: usize, number: u32, pointed: bool) -> Option<usize> {
    let mut end = i + 1;
    while end < page_end && flow.lines[end].blanks == 0 && end - i < LONGEST {
        if note_number(flow, end, pointed).is_some_and(|(n, _)| n == number + 1) {
            break;
        }
        end += 1;
    }
    let paged = page_end < flow.lines.len() || flow.lines[0].page != flow.lines[flow.lines.len() - 1].page;
    let low = paged && page_end - i <= LOW;
    let follows = note_number(flow, end.min(flow.lines.len() - 1), pointed).is_some_and(|(n, _)| n == number + 1);
    // Where no page ends, blank lines have to part the note from the text.
    let apart = flow.lines[i].blanks > 0 && (end >= flow.lines.len() || flow.lines[end].blanks > 0 || follows);
    (low || apart).then_some(end)
}

/// The same where neither a page's end nor a blank line says so: the note follows the one before it, its number is glued to
/// its first word as marks are, or the next note, which has a mark too, stands right below.
fn run_end(flow: &Flow, i: usize, page_end: usize, number: u32, notes: &[Note]) -> Option<usize> {
    let is_next = |line: usize| note_number(flow, line, false).is_some_and(|(n, alone)| n == number + 1 && !alone);
    let stop = (i..page_end.min(i + LONGEST)).find(|&line| flow.looks[line].ends == Ends::Stop)?;
    let marked =
        || flow.lines[i.saturating_sub(REACH)..i].iter().any(|line| find_mark(line.text, number + 1).is_some());
    let chained = notes.last().is_some_and(|note| note.lines.end == i);
    let glued = flow.lines[i].text.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(char::is_uppercase)
        && flow.looks[i - 1].ends == Ends::Stop;
    let followed = || stop + 1 < page_end && is_next(stop + 1) && marked();
    (chained || glued || followed()).then_some(stop + 1)
}

/// The number of a note that starts at line `i`, and whether it stands alone on that line.
fn note_number(flow: &Flow, i: usize, pointed: bool) -> Option<(u32, bool)> {
    let text = flow.lines[i].text;
    let open = usize::from(text.starts_with('['));
    let digits = text[open..].bytes().take_while(|b| b.is_ascii_digit()).count();
    if digits == 0 || digits > 3 {
        return None;
    }
    let number = text[open..open + digits].parse().ok()?;
    let mut rest = &text[open + digits..];
    if open == 1 {
        rest = rest.strip_prefix(']')?;
    }
    if rest.is_empty() {
        // A number alone on its line: the note stands on the next.
        let below = i + 1 < flow.lines.len() && flow.lines[i + 1].blanks <= 1 && !flow.turns(i + 1);
        return (below && flow.looks[i + 1].begins == Begins::Upper).then_some((number, true));
    }
    let rest = match rest.strip_prefix('.') {
        Some(rest) if pointed => rest,
        Some(_) => return None,
        None => rest,
    };
    let rest = rest.trim_start();
    rest.starts_with(|c: char| {
        c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘' | '«') || c.is_lowercase() && rest.starts_with("http")
    })
    .then_some((number, false))
}

/// Where the mark of note `number` stands in `text`: its digits, glued to the word before.
fn find_mark(text: &str, number: u32) -> Option<Range<usize>> {
    let digits = number.to_string();
    let bytes = text.as_bytes();
    for at in memchr::memmem::find_iter(bytes, digits.as_bytes()) {
        let end = at + digits.len();
        let after = bytes.get(end).copied().unwrap_or(b' ');
        if after.is_ascii_digit() || after.is_ascii_alphabetic() {
            continue;
        }
        let before = text[..at].chars().next_back();
        let bracketed = before == Some('[') && after == b']';
        // "covid19", "G7" and "3.1" are no marks: a word of small letters, or a mark of punctuation behind one.
        let glued = match before {
            Some(c) if c.is_lowercase() => text[..at].chars().rev().take_while(|c| c.is_alphabetic()).count() >= 3,
            Some('.' | ',' | ';' | ':' | '?' | '!' | ')' | '”' | '’' | '"' | '\'') => {
                !text[..at]
                    .trim_end_matches(['.', ',', ';', ':', '?', '!', ')', '”', '’', '"', '\''])
                    .ends_with(|c: char| c.is_ascii_digit())
                    || before != Some('.') && before != Some(',')
            }
            _ => false,
        };
        if bracketed {
            return Some(at - 1..end + 1);
        }
        if glued {
            return Some(at..end);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_glued_to_words() {
        assert_eq!(find_mark("local services.1 I have", 1), Some(15..16));
        assert_eq!(find_mark("Such a program,3 which", 3), Some(15..16));
        assert_eq!(find_mark("competition[2] The", 2), Some(11..14));
        for text in ["in 1998 it", "the G1 summit", "point 3.1 says", "$1,100", "a 1 b"] {
            assert_eq!(find_mark(text, 1), None, "{text}");
        }
    }
}
