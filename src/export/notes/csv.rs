//! Notes as CSV, a row a note.

use super::super::csv_line;
use super::{Entry, stamp};

const HEADER: &str = "id,doc,title,subject,state,para,start_byte,end_byte,quote,body,tags,mark,topics,writer,author,created,changed,citation";

/// A row a note under a row of names. Several tags and topics stand behind one another, with `; `
/// between them, several texts with a line of `---`.
pub fn csv(entries: &[Entry]) -> String {
    let rows = entries.iter().map(|entry| row(entry) + "\n");
    std::iter::once(format!("{HEADER}\n")).chain(rows).collect()
}

fn row(entry: &Entry) -> String {
    let number = |number: Option<usize>| number.map_or_else(String::new, |number| number.to_string());
    let note = &entry.note;
    let bodies: Vec<&str> = note.bodies.iter().map(|version| version.text.as_str()).collect();
    csv_line(&[
        &note.id.to_string(),
        &entry.about.path,
        &entry.about.title,
        note.subject.name(),
        entry.state_name(),
        &number(entry.para),
        &number(entry.bytes.as_ref().map(|bytes| bytes.start)),
        &number(entry.bytes.as_ref().map(|bytes| bytes.end)),
        note.quote(),
        &bodies.join("\n---\n"),
        &note.tags.join("; "),
        entry.mark_name().unwrap_or_default(),
        &entry.topic_ids().join("; "),
        &note.writer,
        &note.author,
        &stamp(note.created),
        &stamp(note.changed),
        &entry.citation(),
    ])
}
