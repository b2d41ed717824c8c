//! Notes as JSON, an object a line.

use serde::Serialize;
use serde_json::value::RawValue;

use super::super::json_line;
use super::{Entry, stamp};

/// docs/schema/note.json
#[derive(Serialize)]
struct Line<'a> {
    id: String,
    doc: &'a str,
    title: &'a str,
    subject: &'a str,
    state: &'a str,
    /// Counts from 0: the index in the paragraphs of `postil dump`.
    para: Option<usize>,
    start_byte: Option<usize>,
    end_byte: Option<usize>,
    quote: &'a str,
    body: &'a str,
    /// All texts, where several stand side by side.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    bodies: Vec<Version<'a>>,
    tags: &'a [String],
    mark: Option<&'a str>,
    topics: Vec<&'a str>,
    writer: &'a str,
    author: &'a str,
    created: String,
    changed: String,
    deleted: bool,
    citation: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    history: Vec<&'a RawValue>,
}

#[derive(Serialize)]
struct Version<'a> {
    by: &'a str,
    at: String,
    body: &'a str,
}

/// A note a line, with its records, so that it can be read back.
pub fn json(entries: &[Entry]) -> String {
    entries.iter().map(|entry| json_line(&line(entry, true)) + "\n").collect()
}

/// A note a line, without its records.
pub fn listed(entries: &[Entry]) -> String {
    entries.iter().map(|entry| json_line(&line(entry, false)) + "\n").collect()
}

fn line(entry: &Entry, with_history: bool) -> Line<'_> {
    let note = &entry.note;
    let version = |version: &'_ crate::notes::Version| stamp(version.at);
    let bodies = note.bodies.iter().filter(|_| note.is_conflict());
    Line {
        id: note.id.to_string(),
        doc: &entry.about.path,
        title: &entry.about.title,
        subject: note.subject.name(),
        state: entry.state_name(),
        para: entry.para,
        start_byte: entry.bytes.as_ref().map(|bytes| bytes.start),
        end_byte: entry.bytes.as_ref().map(|bytes| bytes.end),
        quote: note.quote(),
        body: note.body(),
        bodies: bodies.map(|v| Version { by: &v.writer, at: version(v), body: &v.text }).collect(),
        tags: &note.tags,
        mark: entry.mark_name(),
        topics: entry.topic_ids(),
        writer: &note.writer,
        author: &note.author,
        created: stamp(note.created),
        changed: stamp(note.changed),
        deleted: note.deleted,
        citation: entry.citation(),
        history: if with_history { raw(&entry.history) } else { Vec::new() },
    }
}

/// Records as they stand in the logs.
pub(super) fn raw(history: &[String]) -> Vec<&RawValue> {
    history.iter().filter_map(|line| serde_json::from_str(line).ok()).collect()
}
