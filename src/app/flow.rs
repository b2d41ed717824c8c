//! What stands on the page, as a sequence of units: a document, or the trail of a topic.
//!
//! A unit is the smallest thing laid out at once: a document's head, or a paragraph (a very long
//! one in pieces). Both kinds of flow are moved through, searched and annotated alike.

use std::ops::Range;
use std::sync::Arc;

use crate::corpus::{DocId, Document};
use crate::text::{Kind, width, wrap};

use super::shelf::Shelf;

/// Longer paragraphs are laid out in pieces of about so many bytes.
const PIECE: usize = 16 << 10;

/// What is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    Document(DocId),
    /// Paragraphs of all documents, in the order they are read.
    Trail {
        title: String,
        stops: Vec<(DocId, u32)>,
    },
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
}

impl Unit {
    pub fn doc(self) -> DocId {
        match self {
            Unit::Head(doc) | Unit::Text { doc, .. } | Unit::Folded { doc, .. } => doc,
        }
    }

    pub fn para(self) -> Option<u32> {
        match self {
            Unit::Text { para, .. } | Unit::Folded { para, .. } => Some(para),
            Unit::Head(_) => None,
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
}

/// A row of running text: bytes of the clean text, from cell `indent` of the page on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine {
    pub doc: DocId,
    pub para: u32,
    pub kind: Kind,
    pub range: Range<usize>,
    pub indent: u16,
    /// Whether a hyphen is drawn at its end.
    pub hyphen: bool,
    /// Cells to add at its spaces so that it fills the measure.
    pub gaps: u16,
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

    /// The units of a trail, as far as its documents are open.
    pub fn of_trail(title: String, stops: Vec<(DocId, u32)>, shelf: &Shelf) -> Self {
        let mut units = Vec::new();
        let mut last = None;
        for (doc, para) in &stops {
            let Some(document) = shelf.document(*doc) else { continue };
            if last != Some(*doc) {
                units.push(Unit::Head(*doc));
                last = Some(*doc);
            }
            push_paragraph(&mut units, *doc, *para, document);
        }
        Self { source: Source::Trail { title, stops }, units }
    }

    /// The unit that holds byte `at` of a document's text, else the nearest before it.
    pub fn unit_of(&self, doc: DocId, at: usize) -> usize {
        let mut best = 0;
        for (index, unit) in self.units.iter().enumerate() {
            match unit {
                Unit::Text { doc: d, start, .. } if *d == doc && *start as usize <= at => best = index,
                _ => {}
            }
        }
        best
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

fn push_paragraph(units: &mut Vec<Unit>, doc: DocId, para: u32, document: &Document) {
    let text = &document.clean.text;
    let range = document.clean.paragraphs[para as usize].range();
    let mut start = range.start;
    while range.end - start > PIECE * 2 {
        let mut cut = start + PIECE;
        while !text.is_char_boundary(cut) {
            cut -= 1;
        }
        let end = text[start..cut].rfind(' ').map_or(cut, |space| start + space);
        units.push(Unit::Text { doc, para, start: start as u32, end: end as u32 });
        start = end + usize::from(text[end..].starts_with(' '));
    }
    units.push(Unit::Text { doc, para, start: start as u32, end: range.end as u32 });
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
        Unit::Text { doc, para, start, end } => {
            if let Some(document) = shelf.document(doc) {
                text(document, doc, para, start as usize..end as usize, is_first, typeset, &mut lines);
            }
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
    document: &Document,
    doc: DocId,
    para: u32,
    range: Range<usize>,
    is_first: bool,
    typeset: Typeset,
    lines: &mut Vec<Line>,
) {
    let paragraph = &document.clean.paragraphs[para as usize];
    let begins = range.start == paragraph.start as usize;
    if begins && !is_first {
        let above = if paragraph.kind == Kind::Heading { 2 } else { space_above(document, para) };
        lines.extend(std::iter::repeat_n(Line::Blank, above));
    }
    let slice = &document.clean.text[range.clone()];
    let (indent, hang) = indents(paragraph.kind, slice);
    let measure = typeset.measure.saturating_sub(usize::from(indent)).max(1);
    for (index, row) in wrap::rows(slice, measure.saturating_sub(usize::from(hang)).max(1)).into_iter().enumerate() {
        lines.push(Line::Text(TextLine {
            doc,
            para,
            kind: paragraph.kind,
            range: range.start + row.start..range.start + row.end,
            indent: indent + if index > 0 || !begins { hang } else { 0 },
            hyphen: false,
            gaps: 0,
        }));
    }
}

/// Items of one list stand close together.
fn space_above(document: &Document, para: u32) -> usize {
    let kind = |index: usize| document.clean.paragraphs.get(index).map(|p| p.kind);
    let (here, before) = (kind(para as usize), kind((para as usize).wrapping_sub(1)));
    usize::from(!(here == Some(Kind::List) && before == Some(Kind::List)))
}

/// Cells before the first row, and more before the others.
fn indents(kind: Kind, text: &str) -> (u16, u16) {
    match kind {
        Kind::Quote | Kind::Footnote => (3, 0),
        Kind::Caption => (2, 0),
        Kind::List => {
            let marker = text.split_once(' ').map_or(0, |(marker, _)| width::cells(marker) + 1);
            (2, if marker <= 6 { marker as u16 } else { 0 })
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

/// The document a flow needs that is not open yet, nearest to `unit` first.
pub fn missing(source: &Source, shelf: &Shelf) -> Option<DocId> {
    match source {
        Source::Document(doc) => (shelf.document(*doc).is_none() && shelf.fault(*doc).is_none()).then_some(*doc),
        Source::Trail { stops, .. } => {
            stops.iter().map(|(doc, _)| *doc).find(|doc| shelf.document(*doc).is_none() && shelf.fault(*doc).is_none())
        }
    }
}

/// Shared handle of the document a unit stands in.
pub fn document_of(unit: Unit, shelf: &Shelf) -> Option<&Arc<Document>> {
    shelf.document(unit.doc())
}
