//! Numbers of lines in the margin, as drafts, bills and transcripts have them: "12  and the council shall mark the channel".
//!
//! They are told by all lines together: nearly each has the number that follows the one above, or begins anew at 1, and sentences
//! go on from line to line. The rows of a table or the items of a list have sentences or cells of their own.

use crate::text::Kind;
use crate::text::paragraphs::flow::{Aside, Flow};
use crate::text::paragraphs::lines::Line;
use crate::text::paragraphs::lines::glyphs;
use crate::text::paragraphs::lines::look::Look;

/// Fewest lines of a text whose lines are numbered.
const FEWEST: usize = 10;

/// A line's number, and the byte of its text where the words begin.
type Numbered = Option<(u32, usize)>;

/// Takes the numbers of lines out of `flow`. A line of nothing else is a blank one.
pub fn take_out(flow: &mut Flow) {
    let numbers = in_order(flow);
    let count = numbers.iter().flatten().count();
    if flow.lines.len() < FEWEST || count * 10 < flow.lines.len() * 8 || !goes_on(flow, &numbers) {
        return;
    }
    let words = |(line, number): (&Line, &Numbered)| {
        number.filter(|(_, at)| *at < line.text.len()).map(|(_, at)| line.indent + cells_before(line.text, at))
    };
    let margin = flow.lines.iter().zip(&numbers).filter_map(words).min().unwrap_or(0);
    let lines = std::mem::take(&mut flow.lines);
    let mut page: Vec<Line> = Vec::new();
    let mut blanks = 0;
    for (line, number) in lines.into_iter().zip(numbers) {
        let Some((number, at)) = number else {
            flow.lines.push(Line { blanks: line.blanks + blanks, ..line });
            blanks = 0;
            continue;
        };
        if number == 1 {
            put_aside(flow, &mut page);
        }
        let (digits, text) = (line.text[..at].trim_end(), &line.text[at..]);
        let (cells, ems) = glyphs::measure(digits);
        page.push(Line { text: digits, cells, ems, ..line.clone() });
        blanks += line.blanks;
        if text.is_empty() {
            blanks += 1;
            continue;
        }
        let indent = (line.indent + cells_before(line.text, at)).saturating_sub(margin);
        let (cells, ems) = glyphs::measure(text);
        flow.lines.push(Line { text, at: line.at + at, indent, blanks, cells, ems, ..line });
        blanks = 0;
    }
    put_aside(flow, &mut page);
    flow.looks = flow.lines.iter().map(Look::of).collect();
}

/// Puts the numbers of a page behind its last line.
fn put_aside<'a>(flow: &mut Flow<'a>, page: &mut Vec<Line<'a>>) {
    if !page.is_empty() {
        let after = flow.lines.len().checked_sub(1);
        flow.asides.push(Aside { kind: Kind::Boilerplate, lines: std::mem::take(page), after, mark: None });
    }
}

/// The numbers at the start of lines that count them.
fn in_order(flow: &Flow) -> Vec<Numbered> {
    let mut last = None;
    let numbers = flow.lines.iter().map(|line| {
        let (number, at) = numbered(line.text)?;
        let counts = number == 1 || last.is_none_or(|last| number == last + 1);
        counts.then(|| {
            last = Some(number);
            (number, at)
        })
    });
    numbers.collect()
}

/// "12  and the council": the number, and where the words begin.
fn numbered(text: &str) -> Numbered {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let at = digits + (rest.len() - rest.trim_start().len());
    ((1..=4).contains(&digits) && (rest.is_empty() || at > digits)).then(|| Some((text[..digits].parse().ok()?, at)))?
}

/// Whether the words of a quarter of the numbered lines go on from the line above; of fewer, where numbers stand on blank lines
/// too, as no list has them.
fn goes_on(flow: &Flow, numbers: &[Numbered]) -> bool {
    let words = || flow.lines.iter().zip(numbers).filter_map(|(line, number)| line.text.get((*number)?.1..));
    let lower = words().filter(|text| text.starts_with(char::is_lowercase)).count();
    let blank = words().filter(|text| text.is_empty()).count();
    let share = if blank > 1 { 6 } else { 4 };
    lower * share >= words().filter(|text| !text.is_empty()).count().max(1)
}

/// Cells of `text` before the byte `at`; a tab goes to the next multiple of eight.
fn cells_before(text: &str, at: usize) -> u32 {
    text[..at].chars().fold(0, |cell, c| if c == '\t' { cell / 8 * 8 + 8 } else { cell + 1 })
}
