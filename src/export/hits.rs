//! Hits of topics: one a line as JSON or CSV, or as a table to look at.

use serde::Serialize;

use crate::corpus::Document;
use crate::text::width;
use crate::topics::{Dictionary, Hit, Tags};

use super::{csv_line, json_line};

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
}

pub const CSV_HEADER: &str = "doc,para,topic,term,start_byte,end_byte,text";

fn line<'a>(dictionary: &'a Dictionary, document: &'a Document, hit: &Hit) -> Line<'a> {
    let source = document.clean.map.to_source_range(hit.range());
    Line {
        doc: &document.path,
        para: hit.para,
        topic: &dictionary.topic(hit.topic).id,
        term: &dictionary.term(hit.term).text,
        start_byte: source.start,
        end_byte: source.end,
        text: &document.clean.text[hit.range()],
    }
}

fn lines(dictionary: &Dictionary, document: &Document, tags: &Tags, write: impl Fn(Line<'_>) -> String) -> String {
    tags.hits.iter().map(|hit| write(line(dictionary, document, hit)) + "\n").collect()
}

/// A JSON object a line.
pub fn jsonl(dictionary: &Dictionary, document: &Document, tags: &Tags) -> String {
    lines(dictionary, document, tags, |line| json_line(&line))
}

/// A row a line, in the columns of [`CSV_HEADER`].
pub fn csv(dictionary: &Dictionary, document: &Document, tags: &Tags) -> String {
    lines(dictionary, document, tags, |line| {
        let numbers = [line.para as usize, line.start_byte, line.end_byte].map(|number| number.to_string());
        csv_line(&[line.doc, &numbers[0], line.topic, line.term, &numbers[1], &numbers[2], line.text])
    })
}

/// The document's name, then a row a hit; paragraphs count from 1, as on the screen.
pub fn table(dictionary: &Dictionary, document: &Document, tags: &Tags) -> String {
    if tags.hits.is_empty() {
        return String::new();
    }
    let rows = lines(dictionary, document, tags, |line| {
        let cell = |text: &str, cells: usize| {
            let text = width::shorten(text, cells, "…");
            let blank = cells - width::cells(&text).min(cells);
            format!("{text}{:blank$}", "")
        };
        let row = format!("  ¶{:<5} {}  {}  {}", line.para + 1, cell(line.topic, 20), cell(line.text, 28), line.term);
        row.trim_end().to_owned()
    });
    format!("{}\n{rows}", document.path)
}
