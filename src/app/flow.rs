//! What stands on the page, as a sequence of units: a document, or the trail of a topic.
//!
//! A unit is the smallest thing laid out at once: a document's head, or a paragraph (a very long
//! one in pieces). Both kinds of flow are moved through, searched and annotated alike.

use std::ops::Range;
use std::sync::Arc;

use crate::corpus::{DocId, Document};
use crate::notes::Mark;
use crate::text::safe::{Shown, is_plain};
use crate::text::segment;
use crate::text::{Kind, Paragraph, Safe, width, wrap};

use super::shelf::Shelf;

mod trail;

pub use trail::Trail;

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Document(DocId),
    Trail(Trail),
}

/// One thing to lay out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Title, byline and a short rule.
    Head(DocId),
    /// Bytes `start..end` of the clean text, which belong to paragraph `para`.
    Text { doc: DocId, para: u32, start: u32, end: u32 },
    /// So many folded paragraphs, from `para` on.
    Folded { doc: DocId, para: u32, count: u32 },
    /// So many paragraphs of a trail whose document is not open.
    Away { doc: DocId, count: u32 },
}

impl Unit {
    pub fn doc(self) -> DocId {
        match self {
            Unit::Head(doc) | Unit::Text { doc, .. } | Unit::Folded { doc, .. } | Unit::Away { doc, .. } => doc,
        }
    }

    pub fn para(self) -> Option<u32> {
        match self {
            Unit::Text { para, .. } | Unit::Folded { para, .. } => Some(para),
            Unit::Head(_) | Unit::Away { .. } => None,
        }
    }
}

/// One row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Blank,
    Title(String),
    Byline(String),
    /// The short rule under a byline.
    Rule,
    Text(TextLine),
    /// Says that something is folded away here.
    Folded(String),
    /// Says that something stands here that is not open.
    Away(String),
    /// A row of a note that is opened under its paragraph.
    Aside(Aside),
}

/// A row of a note under its paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    pub text: String,
    /// Who wrote it and when, rather than what.
    pub is_head: bool,
    pub mark: Option<Mark>,
}

/// A row of running text.
///
/// Its methods take the clean text it was laid out from. Cells are counted from the page's left edge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    pub doc: DocId,
    pub para: u32,
    pub kind: Kind,
    /// Bytes of the clean text.
    pub range: Range<usize>,
    /// Its bytes are those of the clean text, or of what is shown in its place.
    row: wrap::Row,
    /// Shared by the rows of a unit.
    instead: Option<Arc<Instead>>,
}

/// What is shown in place of a unit whose text is not fit for a terminal.
#[derive(Debug, PartialEq, Eq)]
struct Instead {
    /// Where the unit starts in the clean text.
    start: usize,
    text: Safe,
    shown: Shown,
}

impl TextLine {
    /// What to draw, from which cells on.
    pub fn runs<'a>(&'a self, clean: &'a str) -> Vec<(u16, &'a str)> {
        let Some(text) = self.text(clean) else { return Vec::new() };
        self.row.runs(text).into_iter().map(|run| (run.cell as u16, &text[run.range])).collect()
    }

    /// The cell of the hyphen that breaking a word adds.
    pub fn hyphen(&self, clean: &str) -> Option<u16> {
        let text = self.text(clean).filter(|_| self.row.hyphen)?;
        Some(self.row.end_cell(text) as u16)
    }

    /// The cell where byte `at` of the clean text stands.
    pub fn cell_of(&self, clean: &str, at: usize) -> u16 {
        let Some(text) = self.text(clean) else { return 0 };
        let at = self.instead.as_ref().map_or(at, |i| i.shown.to_shown(at.saturating_sub(i.start)));
        self.row.cell_of(text, at) as u16
    }

    /// The cells of a range of the clean text, as far as it stands on this row.
    pub fn cells_of(&self, clean: &str, range: &Range<usize>) -> Range<u16> {
        let (start, end) = (range.start.max(self.range.start), range.end.min(self.range.end));
        if start >= end {
            return 0..0;
        }
        let Some(text) = self.text(clean) else { return 0..0 };
        let shown = match &self.instead {
            Some(i) => i.shown.to_shown_range(start.saturating_sub(i.start)..end.saturating_sub(i.start)),
            None => start..end,
        };
        self.row.cell_of(text, shown.start) as u16..self.row.cell_of(text, shown.end) as u16
    }

    /// The byte of the clean text that is drawn at a cell, or the nearest to it on this row.
    pub fn byte_at(&self, clean: &str, cell: u16) -> usize {
        let Some(text) = self.text(clean) else { return self.range.start };
        let at = self.row.byte_at(text, usize::from(cell));
        self.instead.as_ref().map_or(at, |i| i.start + i.shown.to_source(at))
    }

    /// The text its row is cut from; none where the clean text is another than it was laid out from.
    fn text<'a>(&'a self, clean: &'a str) -> Option<&'a str> {
        match &self.instead {
            Some(instead) => Some(instead.text.as_str()),
            None => clean.get(self.range.clone()).map(|_| clean),
        }
    }
}

/// A source and its units.
#[derive(Clone, Debug)]
pub struct Flow {
    pub source: Source,
    pub units: Vec<Unit>,
}

impl Flow {
    /// The units of a document. `folded_too` shows metadata and boilerplate as they stand.
    pub fn of_document(doc: DocId, document: &Document, folded_too: bool) -> Self {
        let mut units = Vec::new();
        if has_head(document) {
            units.push(Unit::Head(doc));
        }
        for (para, paragraph) in document.clean.paragraphs.iter().enumerate() {
            if paragraph.kind.is_folded() && !folded_too {
                fold(&mut units, doc, para as u32, paragraph.kind);
            } else {
                push_paragraph(&mut units, doc, para as u32, document);
            }
        }
        Self { source: Source::Document(doc), units }
    }

    /// The unit that holds byte `at` of a document's text, else the nearest before it.
    pub fn unit_of(&self, doc: DocId, at: usize, shelf: &Shelf) -> usize {
        let Some(document) = shelf.document(doc) else { return 0 };
        let para = document.clean.paragraph_at(at) as u32;
        let is_before = |unit: &Unit| match *unit {
            Unit::Head(_) | Unit::Away { .. } => true,
            Unit::Text { para: p, start, .. } => p < para || p == para && start as usize <= at,
            Unit::Folded { para: p, .. } => p <= para,
        };
        let after = match self.source {
            Source::Document(_) => self.units.partition_point(is_before),
            Source::Trail(_) => {
                let here = self.units_of(doc);
                here.start + self.units[here].partition_point(is_before)
            }
        };
        after.saturating_sub(1)
    }

    /// The first unit of running text at or after `unit`, else the last before it.
    pub fn text_unit(&self, unit: usize) -> Option<usize> {
        let is_text = |index: &usize| matches!(self.units.get(*index), Some(Unit::Text { .. }));
        (unit..self.units.len()).find(is_text).or_else(|| (0..unit.min(self.units.len())).rev().find(is_text))
    }
}

fn has_head(document: &Document) -> bool {
    document.clean.head.title.is_some()
}

/// Metadata is told by the head; boilerplate in the text leaves a line that says so.
fn fold(units: &mut Vec<Unit>, doc: DocId, para: u32, kind: Kind) {
    if kind == Kind::Meta {
        return;
    }
    if let Some(Unit::Folded { count, .. }) = units.last_mut() {
        *count += 1;
        return;
    }
    units.push(Unit::Folded { doc, para, count: 1 });
}

/// A very long paragraph is a unit for each of its pieces.
fn push_paragraph(units: &mut Vec<Unit>, doc: DocId, para: u32, document: &Document) {
    let range = document.clean.paragraphs[para as usize].range();
    let at = |byte: usize| (range.start + byte) as u32;
    let before = units.len();
    let pieces = segment::pieces(&document.clean.text[range.clone()]);
    units.extend(pieces.map(|piece| Unit::Text { doc, para, start: at(piece.start), end: at(piece.end) }));
    if units.len() == before {
        units.push(Unit::Text { doc, para, start: at(0), end: at(0) });
    }
}

/// How text is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typeset {
    /// Cells of a full line.
    pub measure: usize,
    pub justify: bool,
    pub hyphenate: bool,
}

/// The rows of a unit, the blank ones above it included.
pub fn lay_out(unit: Unit, is_first: bool, shelf: &Shelf, typeset: Typeset) -> Vec<Line> {
    let mut lines = Vec::new();
    match unit {
        Unit::Head(doc) => head(doc, is_first, shelf, typeset, &mut lines),
        Unit::Folded { count, .. } => {
            if !is_first {
                lines.push(Line::Blank);
            }
            let plural = if count == 1 { "" } else { "s" };
            lines.push(Line::Folded(format!("{count} folded line{plural}")));
        }
        Unit::Away { doc, count } => lines.extend([Line::Blank, trail::away(doc, count, shelf)]),
        Unit::Text { doc, para, start, end } => {
            text(shelf, doc, para, start as usize..end as usize, is_first, typeset, &mut lines);
        }
    }
    lines
}

fn head(doc: DocId, is_first: bool, shelf: &Shelf, typeset: Typeset, lines: &mut Vec<Line>) {
    if !is_first {
        lines.extend([Line::Blank, Line::Blank]);
    }
    let title = shelf.title(doc);
    lines.extend(wrap::rows(title, typeset.measure).into_iter().map(|row| Line::Title(title[row].to_owned())));
    if let Some(summary) = shelf.summary(doc) {
        let mut parts = Vec::new();
        if !summary.authors.is_empty() {
            parts.push(summary.authors.join(", "));
        }
        parts.extend(summary.source.clone());
        parts.extend(summary.date.as_deref().map(long_date));
        let byline = parts.join("  ·  ");
        if !byline.is_empty() {
            lines.extend(
                wrap::rows(&byline, typeset.measure).into_iter().map(|row| Line::Byline(byline[row].to_owned())),
            );
        }
    }
    lines.push(Line::Rule);
}

fn text(
    shelf: &Shelf,
    doc: DocId,
    para: u32,
    range: Range<usize>,
    is_first: bool,
    typeset: Typeset,
    lines: &mut Vec<Line>,
) {
    let Some(document) = shelf.document(doc) else { return };
    let paragraph = &document.clean.paragraphs[para as usize];
    let begins = range.start == paragraph.start as usize;
    if begins && !is_first {
        let above = if paragraph.kind == Kind::Heading { 2 } else { space_above(document, para) };
        lines.extend(std::iter::repeat_n(Line::Blank, above));
    }
    let slice = &document.clean.text[range.clone()];
    let (first, rest) = indents(paragraph.kind, &document.clean.text[paragraph.range()]);
    let layout = wrap::Layout {
        measure: typeset.measure,
        justify: typeset.justify && paragraph.kind != Kind::Heading,
        hyphenate: typeset.hyphenate && paragraph.kind != Kind::Heading,
        indent_first: if begins { first } else { rest },
        indent_rest: rest,
        lang: shelf.summary(doc).and_then(|summary| summary.language),
    };
    let instead = (!is_plain(slice)).then(|| {
        let (text, shown) = Safe::mapped(slice);
        Arc::new(Instead { start: range.start, text, shown })
    });
    let rows = wrap::lay_out(instead.as_ref().map_or(slice, |instead| instead.text.as_str()), &layout);
    lines.extend(rows.into_iter().map(|mut row| {
        let range = match &instead {
            Some(i) => i.start + i.shown.to_source(row.range.start)..i.start + i.shown.to_source(row.range.end),
            None => {
                row.range = range.start + row.range.start..range.start + row.range.end;
                row.range.clone()
            }
        };
        let instead = instead.clone();
        Line::Text(TextLine { doc, para, kind: paragraph.kind, range, row, instead })
    }));
}

/// Items of one list stand close together, and lines of verse and of tables.
fn space_above(document: &Document, para: u32) -> usize {
    let at = |index: usize| document.clean.paragraphs.get(index);
    let (here, before) = (at(para as usize), at((para as usize).wrapping_sub(1)));
    let is_item = |paragraph: Option<&Paragraph>| paragraph.is_some_and(|paragraph| paragraph.kind == Kind::List);
    let close = here.is_some_and(|here| here.close && before.is_some_and(|before| !before.kind.is_folded()));
    usize::from(!(close || is_item(here) && is_item(before)))
}

/// Cells before the first row, and before the others. The text of a list's item stands beside its sign.
fn indents(kind: Kind, text: &str) -> (usize, usize) {
    match kind {
        Kind::Quote | Kind::Footnote => (3, 3),
        Kind::Caption => (2, 2),
        Kind::List => {
            let sign = text.split_once(' ').map_or(0, |(sign, _)| width::cells(sign) + 1);
            (2, 2 + if sign <= 6 { sign } else { 0 })
        }
        _ => (0, 0),
    }
}

/// `4 August 2015` from `2015-08-04`; what is no date stays as it is.
pub fn long_date(date: &str) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next().unwrap_or(date), parts.next(), parts.next());
    let month = month.and_then(|m| m.parse::<usize>().ok()).and_then(|m| MONTHS.get(m.wrapping_sub(1)));
    match (month, day.and_then(|d| d.parse::<u8>().ok())) {
        (Some(month), Some(day)) => format!("{day} {month} {year}"),
        (Some(month), None) => format!("{month} {year}"),
        _ => date.to_owned(),
    }
}

#[cfg(test)]
mod tests;
