//! What a search found: every hit in its line.

use std::ops::Range;

use serde::Serialize;

use crate::corpus::Document;
use crate::search::in_context;
use crate::text::Numbering;

use super::{csv_line, json_line, numbered};

/// A hit with what stands around it. docs/schema/found.json
#[derive(Clone, Debug, Serialize)]
pub struct Found {
    pub doc: String,
    /// Counts from 0: the index in the paragraphs of `postil dump`.
    pub para: usize,
    pub start_byte: usize,
    pub end_byte: usize,
    pub before: String,
    pub text: String,
    pub after: String,
    /// Its number for people; `None` for one that is folded away.
    #[serde(skip)]
    number: Option<usize>,
    #[serde(skip)]
    cut: [bool; 2],
}

pub const CSV_HEADER: &str = "doc,para,start_byte,end_byte,before,text,after";

/// The hits (bytes of the clean text) with `width` code points on either side.
pub fn of(document: &Document, hits: &[Range<usize>], width: usize) -> Vec<Found> {
    let clean = &document.clean;
    let numbering = Numbering::of(clean);
    let found = hits.iter().map(|hit| {
        let context = in_context(clean, hit.clone(), width);
        let source = clean.map.to_source_range(hit.clone());
        let para = clean.paragraph_at(hit.start);
        Found {
            doc: document.path.clone(),
            para,
            start_byte: source.start,
            end_byte: source.end,
            before: context.before.to_owned(),
            text: context.hit.to_owned(),
            after: context.after.to_owned(),
            number: numbering.number(para as u32),
            cut: [context.cut_before, context.cut_after],
        }
    });
    found.collect()
}

impl Found {
    /// What stands before and after the hit in a line for people, with the number that its paragraph
    /// has on the screen.
    pub fn line(&self) -> (String, String) {
        let mark = |cut: bool| if cut { "…" } else { "" };
        let before = format!("{}:{}: {}{}", self.doc, numbered(self.number), mark(self.cut[0]), self.before);
        (before, format!("{}{}", self.after, mark(self.cut[1])))
    }

    /// One line of JSON.
    pub fn json(&self) -> String {
        json_line(self)
    }

    /// One line in the columns of [`CSV_HEADER`].
    pub fn csv(&self) -> String {
        let numbers = [self.para, self.start_byte, self.end_byte].map(|number| number.to_string());
        csv_line(&[&self.doc, &numbers[0], &numbers[1], &numbers[2], &self.before, &self.text, &self.after])
    }
}
