//! `postil tag`: where the topics of the dictionary stand. With `-` it is a filter.

use std::io::{self, BufRead, Read};
use std::path::Path;

use crate::corpus::Document;
use crate::corpus::load::{self, MAX_BYTES, STDIN};
use crate::diag::Diagnostic;
use crate::export::{hits, records};
use crate::text;
use crate::topics::{Dictionary, Matcher};

use super::args::{TagArgs, TagFormat};
use super::output::{Out, say};
use super::{Exit, Fault, Global, Outcome, open};

pub fn run(args: &TagArgs, global: &Global, out: &mut Out) -> Outcome {
    let config = open::settings(&args.paths.paths, global)?;
    let dictionary = open::dictionary(&config)?;
    let tagger = Tagger { args, matcher: Matcher::new(&dictionary), dictionary };
    let mut sum = Sum { count: args.count, hits: 0 };
    if args.format == TagFormat::Csv && !args.count {
        out.line(hits::CSV_HEADER)?;
    }
    let exit = if config.paths.iter().any(|path| path == Path::new(STDIN)) {
        filter(&tagger, &open::options(&config), &mut sum, out)?
    } else {
        open::library(&config)?.each(|document| tagger.tag(document), |tagged| sum.take(tagged, out))?
    };
    if args.count {
        out.line(&sum.hits.to_string())?;
    }
    Ok(exit)
}

struct Tagger<'a> {
    args: &'a TagArgs,
    matcher: Matcher,
    dictionary: Dictionary,
}

/// The hits of a document: their number, and as they are printed.
type Tagged = (usize, String);

impl Tagger<'_> {
    fn tag(&self, document: &Document) -> Tagged {
        let tags = if self.args.all { self.matcher.tag_all(document) } else { self.matcher.tag(document) };
        let printed = match self.args.format {
            _ if self.args.count => String::new(),
            TagFormat::Jsonl => hits::jsonl(&self.dictionary, document, &tags),
            TagFormat::Csv => hits::csv(&self.dictionary, document, &tags),
            TagFormat::Table => hits::table(&self.dictionary, document, &tags),
        };
        (tags.hits.len(), printed)
    }
}

/// What was printed so far.
struct Sum {
    count: bool,
    hits: usize,
}

impl Sum {
    fn take(&mut self, (hits, printed): Tagged, out: &mut Out) -> Result<bool, Fault> {
        self.hits += hits;
        if !self.count {
            out.text(&printed)?;
        }
        Ok(hits > 0)
    }
}

/// Tags standard input: one text, or a document a line where the first byte is a brace. Of jsonl no
/// more than a line is in memory.
fn filter(tagger: &Tagger<'_>, options: &text::Options, sum: &mut Sum, out: &mut Out) -> Outcome {
    let mut input = io::stdin().lock();
    let unreadable = |error: io::Error| Fault::Usage(Diagnostic::error(format!("cannot read standard input: {error}")));
    if !input.fill_buf().map_err(unreadable)?.starts_with(b"{") {
        let mut bytes = Vec::new();
        input.take(MAX_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
        let document = load::from_bytes("stdin", &bytes, options)?;
        let found = sum.take(tagger.tag(&document), out)?;
        return Ok(if found { Exit::Done } else { Exit::Nothing });
    }
    let (mut number, mut found, mut failed) = (0, false, false);
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line).map_err(unreadable)? > 0 {
        number += 1;
        match records::document(&line, options) {
            Ok(Some(document)) => {
                found |= sum.take(tagger.tag(&document), out)?;
                out.flush()?;
            }
            Ok(None) => {}
            Err(fault) => {
                failed = true;
                say(&Diagnostic::warning(format!("stdin, line {number}: {fault}; the line was left out")));
            }
        }
        line.clear();
    }
    Ok(if failed {
        Exit::Partial
    } else if found {
        Exit::Done
    } else {
        Exit::Nothing
    })
}
