//! `postil notes import`: notes from JSON or JSON-LD, each once.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use crate::corpus::load::{self, STDIN};
use crate::diag::{Diagnostic, Location, Severity};
use crate::export::notes::{self as export, Incoming, Quote};
use crate::notes::{Anchor, DocRef, Pen, Subject, Target};
use crate::text::Clean;

use super::super::args::notes::ImportArgs;
use super::super::output::{Out, say};
use super::super::{Exit, Fault, Global, Outcome};
use super::add::places;
use super::{Desk, told};

pub fn run(args: &ImportArgs, global: &Global, out: &mut Out) -> Outcome {
    let mut desk = Desk::open(Some(&args.path), global)?;
    let text = read(&args.file)?;
    let incoming = export::read(&text);
    incoming.diagnostics.iter().for_each(|fault| say(&fault.clone().at(Location::file(&args.file))));
    if incoming.diagnostics.iter().any(|fault| fault.severity == Severity::Error) {
        return Err(Fault::Said);
    }
    let Desk { book, author, ids, opened, .. } = &mut desk;
    let mut pen = Pen { author, now: jiff::Timestamp::now(), ids };
    let imported = export::records(&incoming.value, book, &mut pen, |note| {
        let entry = opened.library.entries.iter().find(|entry| entry.path == note.path);
        let document = entry.and_then(|entry| load::read(entry, &opened.options).ok());
        let doc = document.as_ref().map_or_else(|| DocRef { path: note.path.clone(), ..DocRef::default() }, DocRef::of);
        target(note, doc, document.as_ref().map(|document| &document.clean))
    });
    told(desk.store.append_all(&imported.records))?;
    out.line(&format!("{} new, {} changed, {} known", imported.new, imported.changed, imported.known))?;
    Ok(if incoming.diagnostics.is_empty() { Exit::Done } else { Exit::Partial })
}

fn read(file: &Path) -> Result<String, Fault> {
    let mut text = String::new();
    let read = match file == Path::new(STDIN) {
        true => io::stdin().read_to_string(&mut text).map(|_| text),
        false => fs::read_to_string(file),
    };
    read.map_err(|error| Diagnostic::error(format!("cannot read it: {error}")).at(Location::file(file)).into())
}

/// Where a note of another program belongs: on its passage as that stands now, else where it was.
fn target(note: &Incoming, doc: DocRef, clean: Option<&Clean>) -> Target {
    let Some(quote) = &note.quote else { return Target { doc, subject: Subject::Document, anchor: None } };
    let subject = note.subject.filter(|subject| *subject != Subject::Document).unwrap_or_default();
    let here = clean.and_then(|clean| Some(Anchor::of(clean, place(&clean.text, quote)?)));
    let anchor = here.unwrap_or_else(|| Anchor {
        exact: quote.exact.clone(),
        before: quote.before.clone(),
        after: quote.after.clone(),
        pos: quote.pos.clone().unwrap_or_default(),
        nth: (1, 1),
        ..Anchor::default()
    });
    Target { doc, subject, anchor: Some(anchor) }
}

/// Of several copies the one between the right words, else the first.
fn place(text: &str, quote: &Quote) -> Option<std::ops::Range<usize>> {
    let places = places(text, &quote.exact);
    let is_ink = |c: &char| !c.is_whitespace();
    let (before, after) = (&quote.before, &quote.after);
    let (left, right) = (before.chars().filter(is_ink).count(), after.chars().filter(is_ink).count());
    let fits = |place: &&std::ops::Range<usize>| {
        let there = text[..place.start].chars().rev().filter(is_ink).take(left);
        let then = text[place.end..].chars().filter(is_ink).take(right);
        there.eq(before.chars().rev().filter(is_ink)) && then.eq(after.chars().filter(is_ink))
    };
    places.iter().find(fits).or(places.first()).cloned()
}
