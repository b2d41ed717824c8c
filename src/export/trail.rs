//! The trail: paragraphs on a topic out of all documents, in the order of their dates.

use serde::Serialize;

use crate::corpus::Document;
use crate::text::Numbering;
use crate::topics::{Dictionary, TopicId};

use super::cite::Cited;
use super::{csv_line, json_line, numbered};

/// A paragraph with what it carries. docs/schema/paragraph.json
#[derive(Clone, Debug, Serialize)]
pub struct Stop {
    doc: String,
    title: String,
    #[serde(skip)]
    authors: Vec<String>,
    /// `2014-08-01`, `2014-08` or `2014`.
    date: Option<String>,
    /// Counts from 0: the index in the paragraphs of `postil dump`.
    para: u32,
    /// Its number for people; `None` for one that is folded away.
    #[serde(skip)]
    number: Option<usize>,
    /// The topics it carries, in the order of the dictionary.
    topics: Vec<String>,
    start_byte: usize,
    end_byte: usize,
    text: String,
}

pub const CSV_HEADER: &str = "doc,title,date,para,topics,start_byte,end_byte,text";

impl Stop {
    /// Paragraph `para` of a document with these numbers.
    pub fn of(
        dictionary: &Dictionary,
        document: &Document,
        numbering: &Numbering,
        para: u32,
        topics: &[TopicId],
    ) -> Option<Self> {
        let clean = &document.clean;
        let range = clean.paragraphs.get(para as usize)?.range();
        let source = clean.map.to_source_range(range.clone());
        Some(Self {
            doc: document.path.clone(),
            title: document.title(),
            authors: clean.head.authors.clone(),
            date: clean.head.date.clone(),
            para,
            number: numbering.number(para),
            topics: topics.iter().map(|topic| dictionary.topic(*topic).id.clone()).collect(),
            start_byte: source.start,
            end_byte: source.end,
            text: clean.text[range].to_owned(),
        })
    }

    pub fn json(&self) -> String {
        json_line(self)
    }

    /// One line in the columns of [`CSV_HEADER`]; topics are a blank apart.
    pub fn csv(&self) -> String {
        let [para, start, end] = [self.para as usize, self.start_byte, self.end_byte].map(|n| n.to_string());
        let (topics, date) = (self.topics.join(" "), self.date.as_deref().unwrap_or_default());
        csv_line(&[&self.doc, &self.title, date, &para, &topics, &start, &end, &self.text])
    }
}

/// Puts stops in the order of dates; those without one come last, and all else stays as it is.
pub fn by_date(stops: &mut [Stop]) {
    stops.sort_by(|a, b| (a.date.is_none(), &a.date).cmp(&(b.date.is_none(), &b.date)));
}

/// The paragraphs as one text, each document's under the line that cites it.
pub fn text(stops: &[Stop]) -> String {
    let mut text = String::new();
    for (at, stop) in stops.iter().enumerate() {
        if at == 0 || stops[at - 1].doc != stop.doc {
            let cited =
                Cited { authors: &stop.authors, title: &stop.title, source: None, date: stop.date.as_deref() }.at(None);
            text.push_str(if at > 0 { "\n" } else { "" });
            text.push_str(&format!("# {cited}\n"));
        }
        text.push_str(&format!("\n{}  {}\n    [{}]\n", numbered(stop.number), stop.text, stop.topics.join(", ")));
    }
    text
}
