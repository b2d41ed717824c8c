//! Places where topics stand: one a line as JSON or CSV, or as a table to look at. With what stands
//! around them the table is a concordance, every hit under the other.

use std::ops::Range;

use serde::Serialize;

use crate::corpus::Document;
use crate::search::in_context;
use crate::text::{Numbering, width};
use crate::topics::{Dictionary, Explained, Hit, TermId, TopicId};

use super::{csv_line, json_line, numbered};

/// A place where a term stands in a document.
#[derive(Clone, Debug)]
pub struct Place {
    pub para: u32,
    pub topic: TopicId,
    pub term: TermId,
    /// Bytes of the clean text.
    pub range: Range<usize>,
    /// Why it is no hit; `None` for a hit.
    pub dropped: Option<String>,
}

impl From<&Hit> for Place {
    fn from(hit: &Hit) -> Self {
        Self { para: hit.para, topic: hit.topic, term: hit.term, range: hit.range(), dropped: None }
    }
}

impl Place {
    /// A place of paragraph `para`, and why it is no hit if it is none.
    pub fn explained(para: u32, explained: Explained) -> Self {
        let Explained { topic, term, range, dropped } = explained;
        Self { para, topic, term, range, dropped: dropped.map(|reason| reason.to_string()) }
    }
}

/// What of each place is shown.
#[derive(Clone, Copy, Debug, Default)]
pub struct Shape {
    /// Code points of the paragraph on either side.
    pub context: Option<usize>,
    /// Whether it is told why a place is no hit.
    pub why: bool,
}

/// docs/schema/hit.json
#[derive(Serialize)]
struct Line<'a> {
    doc: &'a str,
    /// Counts from 0: the index in the paragraphs of `postil dump`.
    para: u32,
    topic: &'a str,
    term: &'a str,
    start_byte: usize,
    end_byte: usize,
    text: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dropped: Option<&'a str>,
}

impl Shape {
    /// The names of the columns of [`Shape::csv`].
    pub fn csv_header(&self) -> String {
        let mut header = "doc,para,topic,term,start_byte,end_byte,text".to_owned();
        header.push_str(if self.context.is_some() { ",before,after" } else { "" });
        header.push_str(if self.why { ",dropped" } else { "" });
        header
    }

    /// A JSON object a line.
    pub fn jsonl(&self, dictionary: &Dictionary, document: &Document, places: &[Place]) -> String {
        let line = |place| json_line(&self.line(dictionary, document, place)) + "\n";
        places.iter().map(line).collect()
    }

    /// A row a line.
    pub fn csv(&self, dictionary: &Dictionary, document: &Document, places: &[Place]) -> String {
        let row = |place| {
            let line = self.line(dictionary, document, place);
            let [para, start, end] = [line.para as usize, line.start_byte, line.end_byte].map(|n| n.to_string());
            let mut fields = vec![line.doc, &para, line.topic, line.term, &start, &end, line.text];
            fields.extend(line.before.into_iter().chain(line.after));
            if self.why {
                fields.push(line.dropped.unwrap_or_default());
            }
            csv_line(&fields) + "\n"
        };
        places.iter().map(row).collect()
    }

    /// The document's name, then a row a place, with the number that its paragraph has on the screen.
    pub fn table(&self, dictionary: &Dictionary, document: &Document, places: &[Place]) -> String {
        if places.is_empty() {
            return String::new();
        }
        let numbering = Numbering::of(&document.clean);
        let row = |place: &Place| {
            let line = self.line(dictionary, document, place);
            let number = numbered(numbering.number(line.para));
            let words = match self.context {
                Some(cells) => {
                    let (before, after) = (line.before.unwrap_or_default(), line.after.unwrap_or_default());
                    let blank = cells.saturating_sub(width::cells(before));
                    format!("{:blank$}{before}{}{after}  ({})", "", line.text, line.term)
                }
                None => format!("{}  {}  {}", cell(line.topic, 20), cell(line.text, 28), line.term),
            };
            let dropped = line.dropped.map_or_else(String::new, |reason| format!("  not counted: {reason}"));
            let row = format!("  {number:<6} {words}{dropped}");
            row.trim_end().to_owned() + "\n"
        };
        let rows: String = places.iter().map(row).collect();
        format!("{}\n{rows}", document.path)
    }

    fn line<'a>(&self, dictionary: &'a Dictionary, document: &'a Document, place: &'a Place) -> Line<'a> {
        let clean = &document.clean;
        let source = clean.map.to_source_range(place.range.clone());
        let context = self.context.map(|width| in_context(clean, place.range.clone(), width));
        Line {
            doc: &document.path,
            para: place.para,
            topic: &dictionary.topic(place.topic).id,
            term: &dictionary.term(place.term).text,
            start_byte: source.start,
            end_byte: source.end,
            text: &clean.text[place.range.clone()],
            before: context.as_ref().map(|context| context.before),
            after: context.as_ref().map(|context| context.after),
            dropped: place.dropped.as_deref(),
        }
    }
}

fn cell(text: &str, cells: usize) -> String {
    let text = width::shorten(text, cells, "…");
    let blank = cells - width::cells(&text).min(cells);
    format!("{text}{:blank$}", "")
}
