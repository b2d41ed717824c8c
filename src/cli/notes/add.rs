//! `postil notes add`: writes one note, and says so when it is on disk.

use std::fs;
use std::io::{self, Read};
use std::ops::Range;
use std::path::Path;

use crate::corpus::load::{self, STDIN};
use crate::corpus::{Document, Entry};
use crate::diag::{Diagnostic, Location, Severity, nearest};
use crate::notes::{Anchor, DocRef, New, Subject, Target};
use crate::text::{Clean, Numbering};

use super::super::args::notes::AddArgs;
use super::super::output::{Out, say};
use super::super::{Exit, Fault, Global, Outcome};
use super::{Desk, told};

/// A note's text longer than this cannot be kept in one record.
const MAX_BODY: u64 = 1 << 18;

pub fn run(args: &AddArgs, global: &Global, out: &mut Out) -> Outcome {
    let mut desk = Desk::open(Some(&args.path), global)?;
    let entry = find(&desk.opened.library.entries, &args.doc)?;
    let document = load::read(entry, &desk.opened.options)?;
    let target = target(args, &document)?;
    let new = New { target, body: body(&args.body)?, tags: args.tag.clone(), mark: args.mark };
    let record = desk.record(|book, pen| book.add(pen, new));
    told(desk.store.append(&record))?;
    // The id of a new note is always there.
    let id = record.note.map(|id| id.to_string()).unwrap_or_default();
    out.line(&format!("saved {id}"))?;
    out.flush()?;
    // The text is kept for the day it changes; the note does not wait for it.
    if let Err(error) = desk.store.keep_text(&document, desk.config.settings.notes.snapshot_limit) {
        let fault = Diagnostic::warning("the text of the document was not kept beside the note");
        say(&fault.at(Location::file(&error.path)).help(error.to_string()));
    }
    Ok(Exit::Done)
}

/// The document with this path, or with this in its path if no other has it.
pub(super) fn find<'a>(entries: &'a [Entry], name: &str) -> Result<&'a Entry, Fault> {
    let real = |path: &Path| fs::canonicalize(path).ok();
    let named = real(Path::new(name));
    let exact = entries.iter().find(|entry| entry.path == name).or_else(|| {
        // As it is seen from the current folder.
        entries.iter().find(|entry| named.is_some() && real(&entry.file) == named)
    });
    if let Some(entry) = exact {
        return Ok(entry);
    }
    let parts: Vec<&Entry> = entries.iter().filter(|entry| entry.path.contains(name)).collect();
    match parts.as_slice() {
        [one] => Ok(one),
        [] => {
            let fault = Diagnostic::error(format!("no document {name:?} here"));
            let file = |entry: &Entry| entry.path.rsplit('/').next().map_or(String::new(), str::to_owned);
            let near = nearest(name, entries.iter().map(|entry| entry.path.as_str())).map(str::to_owned);
            let near = near.or_else(|| {
                let files: Vec<String> = entries.iter().map(file).collect();
                let near = nearest(name, files.iter().map(String::as_str))?;
                entries.iter().find(|entry| file(entry) == near).map(|entry| entry.path.clone())
            });
            Err(match near {
                Some(near) => fault.help(format!("did you mean {near:?}?")),
                None => fault.help("postil dump PATH --format json lists them under \"path\""),
            }
            .into())
        }
        several => {
            let names: Vec<&str> = several.iter().take(4).map(|entry| entry.path.as_str()).collect();
            let fault = Diagnostic::error(format!("{} documents have {name:?} in their path", several.len()));
            Err(fault.help(format!("say which: {}", names.join(", "))).into())
        }
    }
}

fn target(args: &AddArgs, document: &Document) -> Result<Target, Fault> {
    let clean = &document.clean;
    let (subject, range) = match (&args.quote, args.para) {
        (Some(quote), _) => (Subject::Passage, Some(passage(clean, quote, args.nth, &document.path)?)),
        (None, Some(para)) => {
            let numbering = Numbering::of(clean);
            let all = numbering.count();
            let at = Some(para).filter(|para| (1..=all).contains(para)).and_then(|para| numbering.paragraph(para));
            let range = at.map(|at| clean.paragraphs[at as usize].range());
            let fault = || Diagnostic::error(format!("no paragraph {para}; {} has {all}", document.path));
            (Subject::Paragraph, Some(range.ok_or_else(fault)?))
        }
        (None, None) => (Subject::Document, None),
    };
    let anchor = range.map(|range| Anchor::of(clean, range));
    Ok(Target { doc: DocRef::of(document), subject, anchor })
}

/// Where `quote` stands: as it is written, else with other white space, quotes and dashes.
fn passage(clean: &Clean, quote: &str, nth: Option<usize>, path: &str) -> Result<Range<usize>, Fault> {
    let places = places(&clean.text, quote);
    let fault = |said: String| Fault::Usage(Diagnostic::error(said));
    if places.is_empty() {
        let help = "quote a few words as postil dump shows them";
        return Err(Diagnostic::error(format!("{path} does not say {quote:?}")).help(help).into());
    }
    if nth.is_none() && places.len() > 1 {
        let note = format!("{quote:?} stands {} times in {path}; the first was taken", places.len());
        say(&Diagnostic::new(Severity::Note, note).help("--nth takes another"));
    }
    let nth = nth.unwrap_or(1);
    let place = nth.checked_sub(1).and_then(|at| places.get(at));
    place.cloned().ok_or_else(|| fault(format!("{quote:?} stands {} times in {path}, not {nth}", places.len())))
}

pub(super) fn places(text: &str, quote: &str) -> Vec<Range<usize>> {
    if quote.trim().is_empty() {
        return Vec::new();
    }
    let exact: Vec<Range<usize>> = text.match_indices(quote).map(|(at, found)| at..at + found.len()).collect();
    if !exact.is_empty() {
        return exact;
    }
    let words: Vec<String> = quote.split_whitespace().map(|word| word.chars().map(alike).collect()).collect();
    let pattern = regex::Regex::new(&words.join(r"\s+"));
    pattern.map_or_else(|_| Vec::new(), |pattern| pattern.find_iter(text).map(|found| found.range()).collect())
}

/// A pattern for a sign and those a keyboard has in its place.
fn alike(c: char) -> String {
    const ALIKE: [&str; 3] = ["'‘’‛′", "\"“”„″", "-‐‑‒–—"];
    match ALIKE.into_iter().find(|signs| signs.contains(c)) {
        Some(signs) => format!("[{signs}]"),
        None => regex::escape(&c.to_string()),
    }
}

fn body(given: &str) -> Result<String, Fault> {
    if given != STDIN {
        return Ok(given.to_owned());
    }
    let mut text = String::new();
    io::stdin()
        .take(MAX_BODY + 1)
        .read_to_string(&mut text)
        .map_err(|error| Diagnostic::error(format!("cannot read the note from standard input: {error}")))?;
    text.truncate(text.trim_end().len());
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_is_found_whatever_its_white_space() {
        let text = "The evolving regional order. The evolving  regional\norder.";
        assert_eq!(places(text, "evolving regional").first(), Some(&(4..21)));
        assert_eq!(places(text, "evolving\nregional   order"), [4..27, 33..57]);
        assert!(places(text, " ").is_empty() && places(text, "order of").is_empty());
        assert_eq!(places("a.c abc", "a.c").first(), Some(&(0..3)), "signs stand for themselves");
        assert_eq!(places("Japan’s “post–war” order", "Japan's \"post-war\"").len(), 1);
    }
}
