//! `postil tag`: where the topics of the dictionary stand. With `-` it is a filter.

use std::io::{self, BufRead, Read};
use std::path::Path;

use crate::corpus::load::{self, MAX_BYTES, STDIN};
use crate::corpus::{DocId, Document};
use crate::diag::Diagnostic;
use crate::export::hits::{Place, Shape};
use crate::export::records;
use crate::export::trail::{self, Stop};
use crate::text::{self, Numbering};
use crate::topics::{Dictionary, Expression, Facts, Index, Matcher, TopicId};

use super::args::{TagArgs, TagFormat};
use super::output::{Out, say};
use super::{Exit, Fault, Global, Outcome, open};

pub fn run(args: &TagArgs, global: &Global, out: &mut Out) -> Outcome {
    let config = open::settings(&args.paths.paths, global)?;
    let dictionary = open::dictionary(&config)?;
    let wanted = args.topic.as_ref().map(|written| wanted(written, &dictionary)).transpose()?;
    let shape = Shape { context: args.context, why: args.why };
    let tagger = Tagger { args, matcher: Matcher::new(&dictionary), dictionary, wanted, shape };
    let mut sum = Sum { args, hits: 0, stops: Vec::new() };
    if args.format == TagFormat::Csv && !args.count {
        out.line(&if args.paragraphs { trail::CSV_HEADER.to_owned() } else { shape.csv_header() })?;
    }
    let exit = if config.paths.iter().any(|path| path == Path::new(STDIN)) {
        filter(&tagger, &open::options(&config).alone(), &mut sum, out)?
    } else {
        open::library(&config)?.each(|document| tagger.tag(document), |tagged| sum.take(tagged, out))?
    };
    sum.close(out)?;
    Ok(exit)
}

fn wanted(written: &str, dictionary: &Dictionary) -> Result<Expression, Fault> {
    let expression = Expression::parse(written, dictionary)?;
    if expression.asks_the_reader() {
        let fault = Diagnostic::error("note and unread are known on the screen only");
        return Err(Fault::Usage(fault.help("leave them out, or ask postil notes list")));
    }
    Ok(expression)
}

struct Tagger<'a> {
    args: &'a TagArgs,
    matcher: Matcher,
    dictionary: Dictionary,
    wanted: Option<Expression>,
    shape: Shape,
}

/// What a document has to show.
#[derive(Default)]
struct Tagged {
    hits: usize,
    printed: String,
    stops: Vec<Stop>,
}

impl Tagger<'_> {
    fn tag(&self, document: &Document) -> Tagged {
        const DOC: DocId = DocId(0);
        let mut tags = if self.args.all { self.matcher.tag_all(document) } else { self.matcher.tag(document) };
        let mut index = Index::default();
        // Counting costs as much as printing; most calls ask for hits alone.
        if self.wanted.is_some() || self.args.paragraphs {
            index.set(&self.dictionary, DOC, tags.clone());
        }
        let paragraphs = self.wanted.as_ref().map(|wanted| wanted.paragraphs(&index, &Only(document), DOC));
        if self.args.paragraphs {
            let paragraphs = paragraphs.unwrap_or_else(|| Only(document).paragraphs(DOC));
            let numbering = Numbering::of(&document.clean);
            let stop = |para: u32| {
                let topics = index.topics_of(DOC, para);
                Stop::of(&self.dictionary, document, &numbering, para, &topics)
                    .filter(|_| self.wanted.is_some() || !topics.is_empty())
            };
            let stops: Vec<Stop> = paragraphs.into_iter().filter_map(stop).collect();
            return Tagged { hits: stops.len(), stops, ..Tagged::default() };
        }
        if let Some(paragraphs) = &paragraphs {
            tags.hits.retain(|hit| paragraphs.binary_search(&hit.para).is_ok() && self.is_named(hit.topic));
        }
        let hits = tags.hits.len();
        if self.args.count {
            return Tagged { hits, ..Tagged::default() };
        }
        let places = if self.args.why { self.explain(document) } else { tags.hits.iter().map(Place::from).collect() };
        let printed = match self.args.format {
            TagFormat::Jsonl => self.shape.jsonl(&self.dictionary, document, &places),
            TagFormat::Csv => self.shape.csv(&self.dictionary, document, &places),
            TagFormat::Table => self.shape.table(&self.dictionary, document, &places),
        };
        Tagged { hits, printed, ..Tagged::default() }
    }

    /// All places where terms of the wanted topics stand, whether they count or not.
    fn explain(&self, document: &Document) -> Vec<Place> {
        let paragraphs = document.clean.paragraphs.iter().enumerate();
        let read = paragraphs.filter(|(_, paragraph)| self.args.all || !paragraph.kind.is_folded());
        let places = read.flat_map(|(para, _)| {
            self.matcher.explain(document, para).into_iter().map(move |e| Place::explained(para as u32, e))
        });
        places.filter(|place| self.is_named(place.topic)).collect()
    }

    /// Whether a topic is one that the expression names, or stands below one; any is where it names none.
    fn is_named(&self, topic: TopicId) -> bool {
        let named = self.wanted.as_ref().map(Expression::topics).unwrap_or_default();
        named.is_empty() || named.iter().any(|named| self.dictionary.is_within(topic, *named))
    }
}

/// What expressions may ask of one document; nobody reads it.
struct Only<'a>(&'a Document);

impl Facts for Only<'_> {
    fn paragraphs(&self, _: DocId) -> Vec<u32> {
        self.0.clean.unfolded()
    }

    fn has_note(&self, _: DocId, _: u32) -> bool {
        false
    }

    fn is_unread(&self, _: DocId) -> bool {
        true
    }

    fn author(&self, _: DocId) -> String {
        self.0.clean.head.authors.join(" ")
    }

    fn date(&self, _: DocId) -> Option<String> {
        self.0.clean.head.date.clone()
    }

    fn name(&self, _: DocId) -> String {
        format!("{} {}", self.0.title(), self.0.path)
    }
}

/// What was found so far.
struct Sum<'a> {
    args: &'a TagArgs,
    hits: usize,
    stops: Vec<Stop>,
}

impl Sum<'_> {
    fn take(&mut self, tagged: Tagged, out: &mut Out) -> Result<bool, Fault> {
        self.hits += tagged.hits;
        out.text(&tagged.printed)?;
        self.stops.extend(tagged.stops);
        Ok(tagged.hits > 0)
    }

    /// Prints what has to wait for the last document.
    fn close(mut self, out: &mut Out) -> Result<(), Fault> {
        if self.args.count {
            return out.line(&self.hits.to_string());
        }
        trail::by_date(&mut self.stops);
        match self.args.format {
            TagFormat::Table => out.text(&trail::text(&self.stops))?,
            TagFormat::Jsonl => self.stops.iter().try_for_each(|stop| out.line(&stop.json()))?,
            TagFormat::Csv => self.stops.iter().try_for_each(|stop| out.line(&stop.csv()))?,
        }
        Ok(())
    }
}

/// Tags standard input: one text, or a document a line where the first byte is a brace. Of jsonl no
/// more than a line is in memory.
fn filter(tagger: &Tagger<'_>, options: &text::Options, sum: &mut Sum<'_>, out: &mut Out) -> Outcome {
    let mut input = io::stdin().lock();
    let unreadable = |error: io::Error| Fault::Usage(Diagnostic::error(format!("cannot read standard input: {error}")));
    if !input.fill_buf().map_err(unreadable)?.starts_with(b"{") {
        let mut bytes = Vec::new();
        input.take(MAX_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
        let document = load::from_bytes("stdin", bytes, options)?;
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
