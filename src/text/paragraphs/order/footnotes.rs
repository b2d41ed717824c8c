//! Footnotes: followed by number from their marks in the text, and put behind the paragraph that has the mark.
//!
//! A note is the next number (1, 2, 3 … through the text, or from 1 again on each page) at the start of a line. What speaks for
//! each candidate is added up (its mark stands glued to a word above; it stands low on a page; it cuts a sentence that goes on
//! behind it; it begins as citations do), and the chain of numbers for which most speaks is taken. A numbered heading has no mark.
//! Signs (∗ † ‡ §) count too, by [`SIGNS`].

use std::collections::HashMap;
use std::ops::Range;

use crate::text::Kind;
use crate::text::paragraphs::flow::{Aside, Flow};
use crate::text::paragraphs::lines::Line;
use crate::text::paragraphs::lines::look::{Begins, Ends, Look};
use crate::text::paragraphs::lines::wording;

/// Lines from the end of a page in which notes stand.
const LOW: usize = 30;
/// Lines of a note in a text without pages.
const LONGEST: usize = 12;
/// Lines above a note in which its mark is looked for.
const REACH: usize = 150;

/// Signs that mark notes, in their order. The first stands for [`SIGN`] + 1. Stars of typewriters set emphasis and lists.
const SIGNS: [char; 4] = ['∗', '†', '‡', '§'];
const SIGN: u32 = 1000;

/// Takes the footnotes out of `flow`.
pub fn take_out(flow: &mut Flow) {
    let mut notes = find(flow, false, &[]);
    if notes.is_empty() {
        notes = find(flow, true, &[]);
    }
    if notes.is_empty() {
        return;
    }
    let head = head_end(flow);
    let lines = std::mem::take(&mut flow.lines);
    let looks = std::mem::take(&mut flow.looks);
    flow.lines.reserve_exact(lines.len());
    flow.looks.reserve_exact(looks.len());
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
    let is_note = |line: usize| notes.iter().any(|note| note.lines.contains(&line));
    for (aside, note) in asides.iter_mut().zip(&notes) {
        // Notes of the title and of authors stay where they stand: the head is read from lines below each other.
        let mark = note.mark.as_ref().map(|(line, _)| *line).filter(|line| *line >= head);
        let above = || (0..note.lines.start).rev().find(|line| !is_note(*line));
        aside.after = mark.or_else(above).map(|line| place[line]);
        aside.mark = note.mark.clone().filter(|(line, _)| !is_note(*line)).map(|(line, range)| (place[line], range));
    }
    for aside in &mut flow.asides {
        // What stood behind line n of the old flow stands behind its place in the new.
        if let Some(after) = aside.after {
            aside.after = place.get(after + 1).copied().unwrap_or(flow.lines.len()).checked_sub(1);
        }
    }
    flow.asides.append(&mut asides);
}

/// A line at which a note may begin.
struct Note {
    number: u32,
    lines: Range<usize>,
    /// Where its mark stands: a line and the range in its text.
    mark: Option<(usize, Range<usize>)>,
    /// What speaks for it, in points.
    score: i32,
}

/// Points that a note needs.
const ENOUGH: i32 = 8;
/// Points for a note right below the one before it.
const CHAINED: i32 = 3;

/// The notes of `flow`, in order: the chain of numbers 1, 2, 3 … for which most speaks. With `pointed`, those of the form
/// "1. See …" too, which lists and headings have as well. Where `furniture` names a kind a page ends.
fn find(flow: &Flow, pointed: bool, furniture: &[Option<Kind>]) -> Vec<Note> {
    let numbered = |i| note_number(flow, i, pointed).is_some();
    if !(1..flow.lines.len()).any(numbered) {
        return Vec::new();
    }
    let page_ends = page_ends(flow, furniture);
    let marks = Marks::of(flow);
    // Above the first sentence numbers tell where authors belong.
    let first = head_end(flow).max(1);
    let references = references(flow);
    let listed = |i: usize| references.is_some_and(|at| i > at) && flow.lines[i].text.starts_with('[');
    let notes: Vec<Note> = (first..flow.lines.len())
        .filter(|i| !listed(*i))
        .filter_map(|i| note(flow, i, page_ends[i], pointed, &marks))
        .collect();
    best_chain(notes, &page_ends)
}

/// The heading below which a paper lists what it cites in brackets: such a list stays together.
fn references(flow: &Flow) -> Option<usize> {
    flow.lines.iter().rposition(|line| wording::heads_references(line.text))
}

/// The line in which the first sentence ends; 0 where none does.
fn head_end(flow: &Flow) -> usize {
    flow.lines.iter().position(|line| holds_sentence(line.text)).unwrap_or(0)
}

/// Whether a sentence ends in `text`.
fn holds_sentence(text: &str) -> bool {
    text.match_indices('.').any(|(at, _)| {
        text[..at].ends_with(|c: char| c.is_lowercase() || c == ')')
            && text[at + 1..].starts_with(|c: char| matches!(c, ' ' | '"' | '”') || c.is_ascii_digit())
            || at + 1 == text.len() && at > 40
    })
}

/// The chain of notes that scores highest: each number one more than the last, or 1 again on a later page.
fn best_chain(notes: Vec<Note>, page_ends: &[usize]) -> Vec<Note> {
    // The best chain that ends with each number so far, and the best of all that ends on an earlier page.
    let mut ends: HashMap<u32, (i32, usize)> = HashMap::new();
    let mut earlier: Option<(i32, usize)> = None;
    let mut pending: Vec<(i32, usize)> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(notes.len());
    let mut best: Option<(i32, usize)> = None;
    for (k, note) in notes.iter().enumerate() {
        let page = page_ends[note.lines.start];
        pending.retain(|&(score, at)| {
            let passed = page_ends[notes[at].lines.start] < page;
            if passed && earlier.is_none_or(|(known, _)| score > known) {
                earlier = Some((score, at));
            }
            !passed
        });
        let free = |at: usize| notes[at].lines.end <= note.lines.start;
        let above = note.number.checked_sub(1).and_then(|n| ends.get(&n)).copied().filter(|(_, at)| free(*at));
        let above = above.map(|(score, at)| {
            let next = notes[at].lines.end == note.lines.start;
            (score + if next { CHAINED } else { 0 }, at)
        });
        let is_first = note.number % SIGN == 1;
        let again = earlier.filter(|_| is_first);
        // Notes of the title have signs, and those of the text below them numbers.
        let signs = SIGN + 1..=SIGN + SIGNS.len() as u32;
        let signed = signs.filter(|_| note.number == 1).filter_map(|sign| ends.get(&sign).copied());
        let signed = signed.filter(|(_, at)| free(*at)).max();
        let from = above
            .into_iter()
            .chain(again)
            .chain(signed)
            .max_by_key(|(score, _)| *score)
            .filter(|(score, _)| *score > -ENOUGH / 2);
        if from.is_none() && note.number % SIGN > 2 {
            before.push(None);
            continue;
        }
        let score = note.score - ENOUGH + from.map_or(0, |(score, _)| score);
        before.push(from.map(|(_, at)| at));
        if ends.get(&note.number).is_none_or(|(known, _)| score >= *known) {
            ends.insert(note.number, (score, k));
        }
        pending.push((score, k));
        if score >= 0 && best.is_none_or(|(known, _)| score >= known) {
            best = Some((score, k));
        }
    }
    let mut chain = vec![false; notes.len()];
    let mut at = best.map(|(_, k)| k);
    while let Some(k) = at {
        chain[k] = true;
        at = before[k];
    }
    notes.into_iter().zip(chain).filter_map(|(note, taken)| taken.then_some(note)).collect()
}

/// What citations begin with.
const CITING: [&str; 15] = [
    "See ",
    "Cf.",
    "Ibid",
    "Op. cit",
    "Id.",
    "Quoted in",
    "Interview",
    "http",
    "Report of",
    "Author’s",
    "Author's",
    "Vgl.",
    "Siehe ",
    "Voir ",
    "Véase ",
];

/// The note that may begin at line `i`, and what speaks for it.
fn note(flow: &Flow, i: usize, page_end: usize, pointed: bool, marks: &Marks) -> Option<Note> {
    let (number, form) = note_number(flow, i, pointed)?;
    let start = i + usize::from(form == Form::Alone);
    let end = note_end(flow, i, start, page_end, number, pointed)?;
    let mark = marks.of_note(number, i, form);
    let mut score = match &mark {
        Some(mark) if mark.glued && mark.line < i => 6,
        Some(_) => 3,
        None => 0,
    };
    let last = &flow.looks[end - 1];
    score += if last.ends == Ends::Stop { 1 } else { -3 };
    let titled = |look: &Look| look.heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
    score -= match end == start + 1 {
        true if flow.looks[start].heading.as_ref().is_some_and(|h| h.titled) => 3,
        false if is_over_prose(flow, start, end) => 6,
        _ => 0,
    };
    let paged = page_end < flow.lines.len() || flow.lines[0].page != flow.lines[flow.lines.len() - 1].page;
    score += if paged && page_end - i <= LOW { 2 } else { 0 };
    score += i32::from(flow.gap(i));
    score += i32::from(end >= page_end || flow.gap(end) || note_number(flow, end, pointed).is_some());
    let text =
        flow.lines[start].text.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '[' | ']' | '.' | ' '));
    score += if CITING.iter().any(|word| text.starts_with(word)) { 2 } else { 0 };
    score += match form {
        Form::Glued => 2,
        Form::Apart | Form::Bracketed => 0,
        Form::Alone => -1,
        Form::Pointed => -3,
    };
    // A sentence goes on behind the note.
    let cut = flow.looks[i - 1].ends.is_unfinished();
    let goes_on = flow.looks.get(end).is_some_and(|below| below.begins == Begins::Lower);
    score += match cut && !titled(&flow.looks[i - 1]) {
        true if goes_on => 4,
        true => 2,
        false => 0,
    };
    Some(Note { number, lines: i..end, mark: mark.map(|mark| (mark.line, mark.range)), score })
}

/// Whether the first of several lines is the heading of the others: a sentence begins below, though its first word had room above.
fn is_over_prose(flow: &Flow, start: usize, end: usize) -> bool {
    let (look, below) = (&flow.looks[start], &flow.looks[start + 1]);
    let full = flow.lines[start + 1..end].iter().map(|line| line.cells).max().unwrap_or(0);
    look.heading.is_some()
        && look.ends == Ends::Open
        && below.begins == Begins::Upper
        && (flow.lines[start].cells + below.first.0) * 5 < full * 4
}

/// A number that may be the mark of a note.
#[derive(Clone)]
struct Mark {
    line: usize,
    range: Range<usize>,
    /// Behind a word without a blank, not at the end of a line with one.
    glued: bool,
    bracketed: bool,
}

/// The marks of a text, by number.
struct Marks(HashMap<u32, Vec<Mark>>);

impl Marks {
    fn of(flow: &Flow) -> Self {
        let mut marks: HashMap<u32, Vec<Mark>> = HashMap::new();
        let has_signs = flow.lines.iter().any(|line| line.text.starts_with(SIGNS));
        for (line, Line { text, .. }) in flow.lines.iter().enumerate() {
            if has_signs {
                each_sign(text, |number, range| {
                    marks.entry(number).or_default().push(Mark { line, range, glued: true, bracketed: false });
                });
            }
            each_mark(text, |number, range, glued| {
                let bracketed = text[range.clone()].starts_with('[');
                marks.entry(number).or_default().push(Mark { line, range, glued, bracketed });
            });
        }
        Self(marks)
    }

    /// The mark of the note `number` at line `i`: the nearest above, or, where a page was read out of order, below. What stands in
    /// brackets in the text, as citations do, does so below it or is followed by a point there.
    fn of_note(&self, number: u32, i: usize, form: Form) -> Option<Mark> {
        let marks = self.0.get(&number)?;
        let is_its = |mark: &&Mark| !mark.bracketed || !matches!(form, Form::Glued | Form::Apart);
        let at = marks.partition_point(|mark| mark.line < i);
        let above = marks[..at].iter().rev().take_while(|mark| i - mark.line <= REACH).filter(is_its);
        let glued = above.clone().find(|mark| mark.glued);
        let near = marks[at..].iter().take_while(|mark| mark.line <= i + REACH).filter(is_its);
        let below = || near.clone().find(|mark| mark.glued && mark.line > i);
        glued.or_else(|| above.clone().next()).or_else(below).cloned()
    }
}

/// The lines of `flow` that hold nothing but the number of a note, whose text stands below. `furniture` is what is known to be
/// of the page.
pub fn lone_numbers(flow: &Flow, furniture: &[Option<Kind>]) -> Vec<usize> {
    let alone = |i: usize| note_number(flow, i, false).is_some_and(|(_, form)| form == Form::Alone);
    if !(1..flow.lines.len()).any(alone) {
        return Vec::new();
    }
    let notes = find(flow, false, furniture);
    notes.into_iter().map(|note| note.lines.start).filter(|&i| alone(i)).collect()
}

/// Where the page of each line ends.
fn page_ends(flow: &Flow, furniture: &[Option<Kind>]) -> Vec<usize> {
    let mut ends = vec![flow.lines.len(); flow.lines.len()];
    let mut end = flow.lines.len();
    for i in (0..flow.lines.len()).rev() {
        ends[i] = end;
        if flow.turns(i) || furniture.get(i).is_some_and(Option::is_some) {
            end = i;
        }
    }
    ends
}

/// One past the last line of the note whose number stands at line `i` and whose text begins at line `start`.
fn note_end(flow: &Flow, i: usize, start: usize, page_end: usize, number: u32, pointed: bool) -> Option<usize> {
    let is_next = |line| note_number(flow, line, pointed).is_some_and(|(n, _)| n == number + 1);
    let stops = |line: usize| flow.looks[line].ends == Ends::Stop;
    let mut end = start + 1;
    while end < page_end && end - start < LONGEST && !is_next(end) {
        // TeX leaves a blank line below the first line of a note.
        let split = flow.lines[end].blanks == 1 && !stops(end - 1) && end - start <= 2;
        if flow.lines[end].blanks > 0 && !split {
            break;
        }
        end += 1;
    }
    let bounded = end >= page_end || flow.gap(end) || is_next(end);
    let sentences = (start..end).filter(|&line| stops(line)).map(|line| line + 1);
    // The sentence that the note cut goes on behind one of its own.
    let cut = flow.looks[i - 1].ends.is_unfinished();
    let resumes = || sentences.clone().find(|&line| line < end && flow.looks[line].begins == Begins::Lower);
    match cut.then(resumes).flatten() {
        Some(line) => Some(line),
        None if bounded && end - start <= LOW => Some(end),
        None => sentences.clone().next(),
    }
}

/// How the number of a note stands before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// "1See"
    Glued,
    /// "1 See"
    Apart,
    /// "[1] See"
    Bracketed,
    /// On a line of its own.
    Alone,
    /// "1. See"
    Pointed,
}

/// The number of a note that starts at line `i`, and how it stands there.
fn note_number(flow: &Flow, i: usize, pointed: bool) -> Option<(u32, Form)> {
    let text = flow.lines.get(i)?.text;
    // A number alone on its line: the note stands on the next.
    let is_over_note = || {
        i + 1 < flow.lines.len()
            && flow.lines[i + 1].blanks <= 1
            && !flow.turns(i + 1)
            && flow.looks[i + 1].begins == Begins::Upper
    };
    if let Some(sign) = text.chars().next().filter(|c| SIGNS.contains(c)) {
        let number = SIGN + 1 + SIGNS.iter().position(|known| *known == sign)? as u32;
        let rest = &text[sign.len_utf8()..];
        return match rest.is_empty() {
            true => is_over_note().then_some((number, Form::Alone)),
            false => rest.starts_with(char::is_uppercase).then_some((number, Form::Glued)),
        };
    }
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
        return is_over_note().then_some((number, Form::Alone));
    }
    let (rest, form) = match rest.strip_prefix('.') {
        Some(rest) if pointed => (rest, Form::Pointed),
        Some(_) => return None,
        None if open == 1 => (rest, Form::Bracketed),
        None if rest.starts_with(char::is_uppercase) => (rest, Form::Glued),
        None => (rest, Form::Apart),
    };
    let rest = rest.trim_start();
    rest.starts_with(|c: char| {
        c.is_uppercase() || matches!(c, '“' | '"' | '(' | '‘' | '«') || c.is_lowercase() && rest.starts_with("http")
    })
    .then_some((number, form))
}

/// Calls `found` with every sign in `text` that may be the mark of a note, as its number.
fn each_sign(text: &str, mut found: impl FnMut(u32, Range<usize>)) {
    for (at, sign) in text.match_indices(SIGNS).filter(|(at, _)| is_glued(&text[..*at])) {
        let number = SIGNS.iter().zip(SIGN + 1..).find(|(known, _)| sign.starts_with(**known));
        number.into_iter().for_each(|(_, number)| found(number, at..at + sign.len()));
    }
}

/// Calls `found` with every number in `text` that may be the mark of a note: digits glued to the word before, or alone
/// behind the last sentence of the line; and whether they are glued.
fn each_mark(text: &str, mut found: impl FnMut(u32, Range<usize>, bool)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(digit) = bytes[at..].iter().position(u8::is_ascii_digit) {
        let start = at + digit;
        let length = bytes[start..].iter().take_while(|b| b.is_ascii_digit()).count();
        let end = start + length;
        at = end;
        let after = bytes.get(end).copied().unwrap_or(b' ');
        if start == 0 || length > 3 || after.is_ascii_alphabetic() {
            continue;
        }
        let Ok(number) = text[start..end].parse() else { continue };
        let before = text[..start].chars().next_back();
        if before == Some('[') && after == b']' {
            found(number, start - 1..end + 1, true);
        } else if is_glued(&text[..start]) {
            found(number, start..end, true);
        } else if before == Some(' ') && end == bytes.len() && text[..start].trim_end().ends_with(['.', ',', ';', '”'])
        {
            found(number, start..end, false);
        }
    }
}

/// Whether a mark may stand right behind `before`. "covid19", "G7" and "3.1" are no marks: a word of small letters has to
/// stand there, or a mark of punctuation behind one.
fn is_glued(before: &str) -> bool {
    const POINTS: [char; 10] = ['.', ',', ';', ':', '?', '!', ')', '”', '’', '"'];
    match before.chars().next_back() {
        Some(c) if c.is_lowercase() => before.chars().rev().take_while(|c| c.is_alphabetic()).count() >= 3,
        Some(c) if POINTS.contains(&c) || c == '\'' => {
            let digit = before.trim_end_matches(POINTS).ends_with(|c: char| c.is_ascii_digit());
            !digit || c != '.' && c != ','
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_glued_to_words() {
        let find = |text: &str, number: u32| {
            let mut marks = Vec::new();
            each_mark(text, |n, range, glued| marks.extend((n == number && glued).then_some(range)));
            marks.first().cloned()
        };
        assert_eq!(find("local services.1 I have", 1), Some(15..16));
        assert_eq!(find("Such a program,3 which", 3), Some(15..16));
        assert_eq!(find("competition[2] The", 2), Some(11..14));
        for text in ["in 1998 it", "the G1 summit", "point 3.1 says", "$1,100", "a 1 b"] {
            assert_eq!(find(text, 1), None, "{text}");
        }
    }
}
