//! From a query to the places where it stands.
//!
//! A query is either words, or `/a regular expression/`. Words between `\<` and `\>` stand alone, as in vim: they
//! are no part of longer ones. For words holds what holds for topics:
//! *what is written is required, what is left out is free*. A capital or an accent in the query must
//! be in the text; a space and a hyphen are the same; quotes are quotes however they are curled.
//!
//! A line-end hyphen that could be read in two ways is found in both. A hit never leaves its
//! paragraph.

mod context;
mod near;
mod pattern;

use std::ops::Range;

use regex::{Regex, RegexBuilder};

use crate::diag::Diagnostic;
use crate::text::{Clean, Hyphen, Paragraph};

pub use context::{Context, in_context};
pub use near::near_miss;

/// Bytes a compiled query may take: enough for a page of words, and no way to fill the memory.
const SIZE_LIMIT: usize = 10 << 20;

/// Something to look for.
#[derive(Clone, Debug)]
pub struct Query {
    written: String,
    regex: Regex,
    folded_too: bool,
}

impl Query {
    /// Reads a query: `/…/` is a regular expression (of the regex crate), anything else words.
    ///
    /// # Errors
    /// When it is empty or a faulty expression; the message has the column.
    pub fn parse(written: &str) -> Result<Self, Diagnostic> {
        match written.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
            Some(expression) if !expression.is_empty() => Self::expression(written, expression),
            _ => Self::words(written),
        }
    }

    fn words(written: &str) -> Result<Self, Diagnostic> {
        let words = written.trim();
        let alone = words.strip_prefix(r"\<").and_then(|rest| rest.strip_suffix(r"\>"));
        if alone.unwrap_or(words).is_empty() {
            return Err(Diagnostic::error("nothing to search for").help("write words, or /a regular expression/"));
        }
        let pattern = match alone {
            Some(words) => format!(r"\b(?:{})\b", pattern::of_words(words)),
            None => pattern::of_words(words),
        };
        Self::compile(written, &pattern, false)
    }

    fn expression(written: &str, expression: &str) -> Result<Self, Diagnostic> {
        if let Err(error) = regex_syntax::parse(expression) {
            return Err(expression_fault(&error));
        }
        Self::compile(written, expression, !pattern::has_capital(expression))
    }

    fn compile(written: &str, pattern: &str, ignore_case: bool) -> Result<Self, Diagnostic> {
        let regex = RegexBuilder::new(pattern)
            .case_insensitive(ignore_case)
            .size_limit(SIZE_LIMIT)
            .build()
            .map_err(|_| Diagnostic::error("the query is too large").help("search for less at a time"))?;
        Ok(Self { written: written.to_owned(), regex, folded_too: false })
    }

    /// Looks into folded paragraphs too: metadata and boilerplate.
    #[must_use]
    pub fn folded_too(mut self, yes: bool) -> Self {
        self.folded_too = yes;
        self
    }

    /// The query as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The places of `clean` within `range` (bytes of its text) where the query stands, in order,
    /// without overlaps.
    pub fn find_in(&self, clean: &Clean, range: Range<usize>) -> Vec<Range<usize>> {
        let first = clean.paragraphs.partition_point(|paragraph| (paragraph.end as usize) <= range.start);
        let inside = clean.paragraphs[first..].iter().take_while(|paragraph| (paragraph.start as usize) < range.end);
        let mut hits = Vec::new();
        for paragraph in inside.filter(|paragraph| self.folded_too || !paragraph.kind.is_folded()) {
            self.find_in_paragraph(clean, paragraph, &mut hits);
        }
        hits.retain(|hit| range.start <= hit.start && hit.end <= range.end);
        hits
    }

    /// All places of `clean` where the query stands.
    pub fn find(&self, clean: &Clean) -> Vec<Range<usize>> {
        self.find_in(clean, 0..clean.text.len())
    }

    fn find_in_paragraph(&self, clean: &Clean, paragraph: &Paragraph, hits: &mut Vec<Range<usize>>) {
        let from = hits.len();
        let start = paragraph.start as usize;
        hits.extend(
            self.regex
                .find_iter(&clean.text[paragraph.range()])
                .filter(|hit| !hit.is_empty())
                .map(|hit| start + hit.start()..start + hit.end()),
        );
        let doubtful = hyphens_in(&clean.hyphens, paragraph.range());
        if doubtful.is_empty() {
            return;
        }
        let other = OtherReading::of(clean, paragraph, doubtful);
        for hit in self.regex.find_iter(&other.text).filter(|hit| !hit.is_empty()) {
            let place = other.back(hit.range());
            let crosses =
                doubtful.iter().any(|hyphen| place.start < hyphen.at as usize && (hyphen.at as usize) < place.end);
            let taken = hits[from..].iter().any(|hit| hit.start < place.end && place.start < hit.end);
            if crosses && !taken {
                hits.push(place);
            }
        }
        hits[from..].sort_by_key(|hit| hit.start);
    }
}

/// A paragraph with each doubtful hyphen read the other way: put back where it was removed, left out
/// where it was kept.
struct OtherReading {
    text: String,
    /// The byte of the clean text for each piece: its start here, its start there.
    pieces: Vec<(usize, usize)>,
}

impl OtherReading {
    fn of(clean: &Clean, paragraph: &Paragraph, doubtful: &[Hyphen]) -> Self {
        let mut other = Self { text: String::new(), pieces: Vec::new() };
        let mut at = paragraph.start as usize;
        for hyphen in doubtful {
            let stop = hyphen.at as usize;
            other.push(&clean.text[at..stop], at);
            at = stop;
            if hyphen.kept {
                at += clean.text[stop..].chars().next().map_or(0, char::len_utf8);
            } else {
                other.push("-", stop);
            }
        }
        other.push(&clean.text[at..paragraph.end as usize], at);
        other
    }

    fn push(&mut self, text: &str, at: usize) {
        self.pieces.push((self.text.len(), at));
        self.text.push_str(text);
    }

    fn back(&self, range: Range<usize>) -> Range<usize> {
        self.byte(range.start, false)..self.byte(range.end, true)
    }

    /// The byte of the clean text at byte `at` here. An end belongs to the piece it closes.
    fn byte(&self, at: usize, is_end: bool) -> usize {
        let after = self.pieces.partition_point(|(here, _)| if is_end { *here < at } else { *here <= at });
        let (here, there) = self.pieces[after.saturating_sub(1)];
        let next = self.pieces.get(after).map_or(usize::MAX, |(_, there)| *there);
        (there + (at - here)).min(next)
    }
}

fn hyphens_in(hyphens: &[Hyphen], range: Range<usize>) -> &[Hyphen] {
    let first = hyphens.partition_point(|hyphen| (hyphen.at as usize) < range.start);
    let last = hyphens.partition_point(|hyphen| (hyphen.at as usize) < range.end);
    &hyphens[first..last]
}

fn expression_fault(error: &regex_syntax::Error) -> Diagnostic {
    let (what, column) = match error {
        regex_syntax::Error::Parse(error) => (error.kind().to_string(), error.span().start.column),
        regex_syntax::Error::Translate(error) => (error.kind().to_string(), error.span().start.column),
        other => (other.to_string(), 1),
    };
    // One column for the slash before the expression.
    Diagnostic::error(format!("column {}: {what}", column + 1)).help("leave the slashes away to search for the words")
}

#[cfg(test)]
mod tests;
