//! Notes as Markdown, to be read, printed or pasted into what one writes.

use std::collections::BTreeMap;

use super::{Entry, day, one_line};

/// What the notes stand under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Document,
    /// The topics of their paragraphs: a note with two topics stands under both.
    Topic,
    /// The day they were made.
    Date,
}

/// The notes under their headings, each with its passage and where that stands.
pub fn markdown(entries: &[Entry], group: Group) -> String {
    let mut out = String::new();
    for (heading, entries) in grouped(entries, group) {
        if !out.is_empty() {
            out.push('\n');
        }
        out += &format!("## {heading}\n");
        for entry in entries {
            out += &format!("\n{}", block(entry));
        }
    }
    out
}

/// Headings with their notes. Documents in the order of the notes, topics and days by name.
fn grouped(entries: &[Entry], group: Group) -> Vec<(String, Vec<&Entry>)> {
    let mut groups: BTreeMap<(usize, String), Vec<&Entry>> = BTreeMap::new();
    let mut order: Vec<&str> = Vec::new();
    for entry in entries {
        match group {
            Group::Document => {
                let path = entry.about.path.as_str();
                let at = order.iter().position(|known| *known == path).unwrap_or_else(|| {
                    order.push(path);
                    order.len() - 1
                });
                let title = if entry.about.title.is_empty() { path } else { &entry.about.title };
                groups.entry((at, escaped(&one_line(title)))).or_default().push(entry);
            }
            Group::Topic if entry.topics.is_empty() => {
                groups.entry((1, "No topic".into())).or_default().push(entry);
            }
            Group::Topic => {
                for (id, label) in &entry.topics {
                    let heading = if label.is_empty() { id } else { label };
                    groups.entry((0, escaped(&one_line(heading)))).or_default().push(entry);
                }
            }
            Group::Date => groups.entry((0, day(entry.note.created))).or_default().push(entry),
        }
    }
    groups.into_iter().map(|((_, heading), entries)| (heading, entries)).collect()
}

fn block(entry: &Entry) -> String {
    let note = &entry.note;
    let mut parts = Vec::new();
    let quote = entry.passage.as_deref().unwrap_or(note.quote());
    if !quote.is_empty() {
        // A break inside a passage is one of its file, not of the text.
        let lines: Vec<String> = quote.split("\n\n").map(|part| format!("> {}", escaped(&one_line(part)))).collect();
        parts.push(lines.join("\n>\n"));
    }
    for version in &note.bodies {
        if note.is_conflict() {
            parts.push(format!("*{}, {}:*", escaped(&version.writer), day(version.at)));
        }
        if !version.text.trim().is_empty() {
            parts.push(version.text.trim_end().to_owned());
        }
    }
    parts.push(signature(entry));
    parts.join("\n\n") + "\n"
}

/// Where the passage stands, then what the note has, who made it and when.
fn signature(entry: &Entry) -> String {
    let note = &entry.note;
    let mut parts = vec![escaped(&entry.citation())];
    parts.extend(entry.mark_name().map(str::to_owned));
    parts.extend(note.tags.iter().map(|tag| format!("\\#{}", escaped(&one_line(tag)))));
    if entry.state_name() != "sure" {
        parts.push(entry.state_name().to_owned());
    }
    parts.push(format!("{}, {}", escaped(&one_line(entry.writer())), day(note.created)));
    format!("— {}", parts.join(" · "))
}

/// A text of others as text: nothing in it is a sign of Markdown.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_sign = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|')
            || at == 0 && matches!(c, '#' | '+' | '-' | '=' | '~');
        if is_sign {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
