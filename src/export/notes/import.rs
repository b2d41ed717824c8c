//! Notes in: what JSON and JSON-LD say, and the records that make it so.
//!
//! A note that comes with its records gets those that are missing, byte for byte; what else the file
//! says differently from them was changed in the file, and becomes a change by whoever imports, beside
//! what was changed here since. A note without records is made, unless it is there and at least as new.
//! So the same file twice does nothing, and an old export never takes back what was written since.

use std::ops::Range;

use jiff::Timestamp;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::diag::{Diagnostic, Loaded};
use crate::notes::{Book, Mark, New, Note, NoteId, Pen, Record, Subject, Target};

use super::jsonld::path_of;

/// A note as a file has it. What the file does not say is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Incoming {
    pub id: Option<NoteId>,
    pub path: String,
    pub subject: Option<Subject>,
    pub quote: Option<Quote>,
    pub body: Option<String>,
    pub tags: Option<Vec<String>>,
    pub mark: Option<Option<Mark>>,
    pub deleted: Option<bool>,
    pub changed: Option<Timestamp>,
    pub history: Vec<Record>,
}

/// A passage as other programs say it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    pub exact: String,
    pub before: String,
    pub after: String,
    /// Code points of a text.
    pub pos: Option<Range<usize>>,
}

/// What an import does.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// To be appended, in this order.
    pub records: Vec<Record>,
    pub new: usize,
    pub changed: usize,
    pub known: usize,
}

/// The records that bring `incoming` into `book`, which takes them up. `place` finds where a note
/// belongs that comes without records.
pub fn records(
    incoming: &[Incoming],
    book: &mut Book,
    pen: &mut Pen<'_>,
    mut place: impl FnMut(&Incoming) -> Target,
) -> Imported {
    let mut imported = Imported::default();
    for note in incoming {
        let id = note.id.unwrap_or_else(|| NoteId::of_name(&format!("{note:?}")));
        let is_new = book.note(id).is_none();
        let before = imported.records.len();
        let mut put = |book: &mut Book, record: Record| {
            if book.apply(record.clone()) {
                imported.records.push(record);
            }
        };
        note.history.iter().filter(|record| record.note == Some(id)).for_each(|record| put(book, record.clone()));
        if let Some(exported) = as_exported(note, id, book) {
            for record in edits(note, id, &exported, pen) {
                let is_known = book.history(id).iter().any(|known| known.op == record.op && known.prev == record.prev);
                if !is_known {
                    put(book, record);
                }
            }
        } else if is_new && note.history.is_empty() {
            let new = New {
                target: place(note),
                body: note.body.clone().unwrap_or_default(),
                tags: note.tags.clone().unwrap_or_default(),
                mark: note.mark.flatten(),
            };
            let record = book.add_as(pen, id, new);
            put(book, record);
        }
        match (imported.records.len() > before, is_new) {
            (true, true) => imported.new += 1,
            (true, false) => imported.changed += 1,
            (false, _) => imported.known += 1,
        }
    }
    imported
}

/// The note as it was when it was exported, from which the file differs where somebody changed the file.
fn as_exported(incoming: &Incoming, id: NoteId, book: &Book) -> Option<Book> {
    let here = book.only(id);
    if incoming.history.is_empty() {
        let is_newer = |note: &Note| incoming.changed.is_some_and(|changed| changed > note.changed);
        return here.note(id).is_some_and(is_newer).then_some(here);
    }
    let then = book.with_records(incoming.history.iter().cloned());
    then.note(id).is_some().then_some(then)
}

/// What was changed in the file, as changes of the note as it was: beside whatever was changed since.
fn edits(incoming: &Incoming, id: NoteId, exported: &Book, pen: &mut Pen<'_>) -> Vec<Record> {
    let Some(note) = exported.note(id) else { return Vec::new() };
    let body = incoming.body.as_deref().filter(|body| *body != note.body());
    let mark = incoming.mark.filter(|mark| *mark != note.mark);
    let deleted = incoming.deleted.filter(|deleted| *deleted != note.deleted);
    let mut made = Vec::new();
    made.extend(body.map(|body| exported.set_body(pen, id, body)));
    made.extend(incoming.tags.as_ref().and_then(|tags| exported.set_tags(pen, id, tags)));
    made.extend(mark.map(|mark| exported.set_mark(pen, id, mark)));
    made.extend(deleted.map(|deleted| match deleted {
        true => exported.delete(pen, id),
        false => exported.undelete(pen, id),
    }));
    made
}

/// Reads notes: an object a line, an array of them, or a document of Web Annotations.
pub fn read(text: &str) -> Loaded<Vec<Incoming>> {
    let mut loaded = Loaded::default();
    match serde_json::from_str::<&RawValue>(text) {
        Ok(whole) => take(whole.get(), "the file", &mut loaded),
        // Several values behind one another: a line each.
        Err(whole) => {
            let before = loaded.diagnostics.len();
            for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
                take(line, &format!("line {}", index + 1), &mut loaded);
            }
            if loaded.value.is_empty() {
                loaded.diagnostics.truncate(before);
                loaded.diagnostics.push(Diagnostic::error(format!("no notes in this file: {whole}")));
            }
        }
    }
    loaded
}

/// Takes up whatever a value holds.
fn take(json: &str, place: &str, loaded: &mut Loaded<Vec<Incoming>>) {
    let fault = |said: String| Diagnostic::warning(format!("{place}: {said}; it was left out"));
    if json.trim_start().starts_with('[') {
        match serde_json::from_str::<Vec<&RawValue>>(json) {
            Ok(items) => {
                for (index, item) in items.iter().enumerate() {
                    take(item.get(), &format!("{place}, note {}", index + 1), loaded);
                }
            }
            Err(error) => loaded.diagnostics.push(fault(error.to_string())),
        }
        return;
    }
    let collection: Collection<'_> = match serde_json::from_str(json) {
        Ok(collection) => collection,
        Err(error) => {
            loaded.diagnostics.push(fault(error.to_string()));
            return;
        }
    };
    if let Some(inside) = collection.first.or(collection.items) {
        take(inside.get(), place, loaded);
        return;
    }
    let is_annotation = collection.kind.is_some_and(|kind| kind.get().contains("Annotation"));
    let read = if is_annotation { annotation(json) } else { object(json) };
    match read {
        Ok(note) => loaded.value.push(note),
        Err(said) => loaded.diagnostics.push(fault(said)),
    }
}

/// What tells what a value is.
#[derive(Deserialize)]
struct Collection<'a> {
    #[serde(rename = "type", borrow)]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    first: Option<&'a RawValue>,
    #[serde(borrow)]
    items: Option<&'a RawValue>,
}

/// What is read of docs/schema/note.json.
#[derive(Deserialize)]
struct Line<'a> {
    id: Option<String>,
    #[serde(alias = "path")]
    doc: Option<String>,
    subject: Option<String>,
    quote: Option<String>,
    body: Option<String>,
    tags: Option<Vec<String>>,
    #[serde(default, deserialize_with = "present")]
    mark: Option<Option<String>>,
    changed: Option<String>,
    deleted: Option<bool>,
    #[serde(default, borrow)]
    history: Vec<&'a RawValue>,
}

/// Tells a value that is null from one that is not there.
fn present<'de, D: serde::Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

fn object(json: &str) -> Result<Incoming, String> {
    let line: Line<'_> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let history = history(&line.history)?;
    let path = match line.doc {
        Some(path) => path,
        None if history.is_empty() => return Err("the key \"doc\" is missing".into()),
        None => String::new(),
    };
    let quote = line.quote.filter(|quote| !quote.is_empty());
    Ok(Incoming {
        id: line.id.map(|id| id.parse().unwrap_or_else(|_| NoteId::of_name(&id))),
        path,
        subject: line.subject.as_deref().and_then(subject),
        quote: quote.map(|exact| Quote { exact, ..Quote::default() }),
        body: line.body,
        tags: line.tags,
        mark: line.mark.map(|mark| mark.as_deref().and_then(Mark::find)),
        deleted: line.deleted,
        changed: line.changed.and_then(|at| at.parse().ok()),
        history,
    })
}

fn subject(name: &str) -> Option<Subject> {
    [Subject::Passage, Subject::Paragraph, Subject::Document].into_iter().find(|subject| subject.name() == name)
}

fn history(lines: &[&RawValue]) -> Result<Vec<Record>, String> {
    let record = |line: &&RawValue| {
        let text = line.get();
        // A program that set the file out nicely has put line ends inside, which a log cannot hold.
        let text = match text.contains(['\n', '\r']) {
            true => serde_json::from_str::<Value>(text).map(|value| value.to_string()).map_err(|e| e.to_string())?,
            false => text.to_owned(),
        };
        Record::from_line(&text).map_err(|error| format!("its history: {error}"))
    };
    lines.iter().map(record).collect()
}

/// What is read of a Web Annotation.
#[derive(Deserialize)]
struct Annotation<'a> {
    id: Option<String>,
    #[serde(default)]
    body: Value,
    #[serde(default, alias = "bodyValue")]
    body_value: Option<String>,
    target: Value,
    modified: Option<String>,
    #[serde(rename = "postil:subject")]
    subject: Option<String>,
    #[serde(rename = "postil:deleted")]
    deleted: Option<bool>,
    #[serde(rename = "postil:history", default, borrow)]
    history: Vec<&'a RawValue>,
}

fn annotation(json: &str) -> Result<Incoming, String> {
    let read: Annotation<'_> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let history = history(&read.history)?;
    let id = read.id.map(|id| {
        let uuid = id.strip_prefix("urn:uuid:").and_then(|uuid| uuid.parse().ok());
        uuid.unwrap_or_else(|| NoteId::of_name(&id))
    });
    let target = many(&read.target).first().copied().cloned().unwrap_or_default();
    let source =
        target.as_str().or(target["source"].as_str()).or(target["source"]["id"].as_str()).or(target["id"].as_str());
    let source = source.ok_or("an annotation without target")?;
    let bodies = many(&read.body);
    let is_tag = |body: &&&Value| many(&body["purpose"]).iter().any(|purpose| *purpose == "tagging");
    let value = |body: &Value| body.as_str().or(body["value"].as_str()).map(str::to_owned);
    let texts = bodies.iter().filter(|body| !is_tag(body)).filter_map(|body| value(body));
    let texts: Vec<String> = texts.chain(read.body_value).collect();
    Ok(Incoming {
        id,
        path: path_of(source),
        subject: read.subject.as_deref().and_then(subject),
        quote: quote(&target["selector"]),
        // Several texts side by side are told by the history; the last is the latest.
        body: Some(if history.is_empty() { texts.join("\n\n") } else { texts.last().cloned().unwrap_or_default() }),
        tags: Some(bodies.iter().filter(is_tag).filter_map(|body| value(body)).collect()),
        mark: Some(target["styleClass"].as_str().and_then(Mark::find)),
        deleted: (read.deleted.is_some() || !history.is_empty()).then_some(read.deleted == Some(true)),
        changed: read.modified.and_then(|at| at.parse().ok()),
        history,
    })
}

/// One value or several: JSON-LD takes both for the same.
fn many(value: &Value) -> Vec<&Value> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.iter().collect(),
        one => vec![one],
    }
}

fn quote(selector: &Value) -> Option<Quote> {
    let selectors = many(selector);
    let of_kind = |kind: &str| selectors.iter().copied().find(|selector| selector["type"] == kind);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let quote = of_kind("TextQuoteSelector")?;
    let pos = of_kind("TextPositionSelector").and_then(|place| {
        let number = |key: &str| usize::try_from(place[key].as_u64()?).ok();
        Some(number("start")?..number("end")?)
    });
    let (exact, before, after) = (text(&quote["exact"]), text(&quote["prefix"]), text(&quote["suffix"]));
    (!exact.is_empty()).then_some(Quote { exact, before, after, pos })
}
