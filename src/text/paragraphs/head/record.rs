//! Records at the top of a text: the lines of a mail's head, of a memorandum, of a file's front matter, each with its label.
//!
//! One label says little: a text may begin "Date: unknown". Two that tell different things, near the top, are a record.

use super::bylines::{self, Said};
use super::fields::{self, Field};
use super::names::is_name;
use super::{cut, dates, take, text_of};
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::lines::{GAP, Line};
use crate::text::{Head, Kind};

/// The line, from the top, by which a record has begun, and the most lines it has.
const BEGINS: usize = 6;
const LINES: usize = 24;

/// The paragraphs that are lines of a record, and which of them names the text.
#[derive(Default)]
pub(super) struct Record {
    pub lines: std::ops::Range<usize>,
    pub title: Option<usize>,
}

/// Reads the record at the top of `blocks` into `head`, and marks its lines.
pub(super) fn read(head: &mut Head, blocks: &mut Vec<Block>) -> Record {
    let top: Vec<Line> = blocks.iter().take(LINES).flat_map(|block| block.lines.iter().cloned()).take(LINES).collect();
    if let Some(end) = memo_end(&top) {
        memo(head, &top[..end]);
        let lines = each_line(blocks, 0..end);
        return Record { lines, title: None };
    }
    let Some(lines) = find(&top).filter(|lines| !is_log(&top[lines.clone()], blocks)) else { return Record::default() };
    let starts = lines
        .clone()
        .filter(|&i| fields::field(top[i].text).is_some() || is_marked(top[i].text) || is_called(top[i].text));
    let starts: Vec<usize> = starts.collect();
    let record = part(blocks, &starts, lines.end);
    let (mut title, mut lesser) = (None, None);
    // "% Title", "% Author", "% Date"
    let marked = [Field::Title, Field::Author, Field::Date];
    for (n, i) in record.clone().enumerate() {
        blocks[i].kind = Kind::Meta;
        let text = text_of(&blocks[i]);
        let found = match is_marked(&text) {
            true => marked.get(n).map(|field| (*field, text[2..].trim())),
            false => fields::field(&text),
        };
        let Some((field, value)) = found else { continue };
        if field == Field::Title && title.is_none() && !value.is_empty() {
            head.title = Some(value.to_owned());
            title = Some(i);
        } else if let Some(said) = bylines::labelled(field, value) {
            lesser = lesser.or(take(head, said));
        }
    }
    head.date = head.date.take().or(lesser);
    Record { lines: record, title }
}

/// "% Title": how a file's front matter is marked where it has no labels.
fn is_marked(text: &str) -> bool {
    text.starts_with("% ")
}

/// The lines of the record among those at the `top`.
fn find(top: &[Line]) -> Option<std::ops::Range<usize>> {
    let marked = top.iter().take_while(|line| is_marked(line.text)).count();
    if (2..=3).contains(&marked) {
        return Some(0..marked);
    }
    let field = |i: usize| fields::field(top[i].text).map(|(field, _)| field);
    let first = (0..top.len().min(BEGINS)).find(|&i| field(i).is_some())?;
    let mut fields = Vec::new();
    let mut end = first;
    while end < top.len() {
        let together = end > first && top[end].blanks == 0;
        match field(end) {
            Some(field) => fields.push(field),
            // What goes on from the line above, and labels that tell nothing: "X-Mailer: …"
            None if together && (top[end].indent > top[first].indent || is_labelled(top[end].text)) => {}
            None => break,
        }
        end += 1;
    }
    let telling = fields.iter().any(|field| *field != Field::Nothing);
    (telling && fields.iter().any(|field| *field != fields[0])).then_some(first..end)
}

/// How often a label comes again in a list of changes.
const ENTRIES: usize = 3;

/// Whether a record without a title is one of many: an entry in a list of changes, whose author and day are not the text's.
fn is_log(record: &[Line], blocks: &[Block]) -> bool {
    let titled = record.iter().any(|line| fields::field(line.text).is_some_and(|(field, _)| field == Field::Title));
    let Some((label, _)) = record.first().and_then(|line| line.text.split_once(':')) else { return false };
    let again = |line: &&Line| line.text.strip_prefix(label).is_some_and(|rest| rest.starts_with(':'));
    !titled && blocks.iter().flat_map(|block| &block.lines).filter(again).nth(ENTRIES - 1).is_some()
}

/// "PARTICIPANTS: …": a label in capitals that no list knows.
fn is_called(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(label, _)| label.len() >= 3 && label.bytes().all(|b| b.is_ascii_uppercase()))
}

/// "X-Mailer: …": one word and a colon.
fn is_labelled(text: &str) -> bool {
    text.split_once(": ")
        .is_some_and(|(label, _)| label.len() <= 32 && label.starts_with(char::is_alphabetic) && !label.contains(' '))
}

/// Parts `blocks` so that each of the lines `starts`, counted from the top, begins one, and the line `end` too. Gives the
/// paragraphs between.
fn part(blocks: &mut Vec<Block>, starts: &[usize], end: usize) -> std::ops::Range<usize> {
    let (mut line, mut i) = (0, 0);
    let (mut first, mut after) = (0, 0);
    while i < blocks.len() && line < end {
        if starts.first() == Some(&line) {
            first = i;
        }
        let length = blocks[i].lines.len();
        if let Some(at) = (1..length).find(|at| starts.contains(&(line + at)) || line + at == end) {
            cut(blocks, i, at);
            line += at;
        } else {
            line += length;
        }
        i += 1;
        after = i;
    }
    first..after
}

/// Marks each of the first `lines` lines as one of the head, in a paragraph of its own.
fn each_line(blocks: &mut Vec<Block>, lines: std::ops::Range<usize>) -> std::ops::Range<usize> {
    let starts: Vec<usize> = lines.clone().collect();
    let parted = part(blocks, &starts, lines.end);
    blocks[parted.clone()].iter_mut().for_each(|block| block.kind = Kind::Meta);
    parted
}

/// How the heads of the memoranda begin by which the Internet is specified.
const MEMOS: [&str; 6] = [
    "Network Working Group",
    "Request for Comments:",
    "Internet Engineering Task Force",
    "Internet-Draft",
    "INTERNET-DRAFT",
    "Independent Submission",
];

/// One past the last line of such a memorandum's head: two columns, up to the first blank line.
fn memo_end(top: &[Line]) -> Option<usize> {
    let first = top.first()?;
    if !MEMOS.iter().any(|start| first.text.starts_with(start)) {
        return None;
    }
    let end = (1..top.len()).find(|&i| top[i].blanks > 0)?;
    let rows = top[..end].iter().filter(|line| line.text.contains(GAP)).count();
    (end >= 2 && rows >= 2).then_some(end)
}

/// The right column of a memorandum's head names authors, what they belong to, and the date.
fn memo(head: &mut Head, lines: &[Line]) {
    for line in lines {
        let right = match line.text.split_once(GAP) {
            Some((_, right)) => right.trim(),
            None if line.indent >= 30 => line.text,
            None => continue,
        };
        if let Some(date) = dates::read(right) {
            take(head, Said::Date(date));
        } else if is_name(right) && right.as_bytes().get(1) == Some(&b'.') {
            head.authors.push(right.trim_end_matches(", Ed.").trim_end_matches(", Editor").to_owned());
        }
    }
}
