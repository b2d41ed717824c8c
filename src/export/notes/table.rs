//! Notes as columns to look at.

use serde_json::json;

use super::super::stats::{self, Row};
use super::{Entry, day, one_line};

/// A row a note, with the number that its paragraph has on the screen.
pub fn table(entries: &[Entry]) -> String {
    let rows: Vec<Row> = entries.iter().map(row).collect();
    stats::table(&rows)
}

fn row(entry: &Entry) -> Row {
    let note = &entry.note;
    let state = entry.state_name();
    let place = entry.cited.as_ref().map_or_else(|| "-".to_owned(), |cited| format!("¶{cited}"));
    vec![
        ("doc", json!(entry.about.path)),
        ("at", json!(place)),
        ("mark", json!(entry.mark_name().unwrap_or("-"))),
        ("quote", json!(one_line(note.quote()))),
        ("note", json!(one_line(note.body()))),
        ("tags", json!(note.tags.iter().map(|tag| one_line(tag)).collect::<Vec<_>>().join(", "))),
        ("state", json!(state)),
        ("by", json!(one_line(entry.writer()))),
        ("changed", json!(day(note.changed))),
        ("id", json!(note.id.to_string())),
    ]
}
