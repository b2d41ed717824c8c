//! Notes as Web Annotations (W3C Recommendation of 23 February 2017), one JSON-LD document.
//!
//! What the vocabulary has no word for is under `postil:`, the records of each note among it.

use serde_json::value::RawValue;
use serde_json::{Value, json};

use crate::notes::{Anchor, Note};

use super::json::raw;
use super::{Entry, stamp};

/// Ours; a name, not an address.
const NAMESPACE: &str = "urn:postil:";

/// A collection with all notes in its first page.
pub fn jsonld(entries: &[Entry]) -> String {
    let collection = json!({
        "@context": [
            "http://www.w3.org/ns/anno.jsonld",
            { "postil": NAMESPACE, "postil:history": { "@type": "@json" } },
        ],
        "id": format!("{NAMESPACE}notes"),
        "type": "AnnotationCollection",
        "label": "Notes",
        "total": entries.len(),
        "first": {
            "id": format!("{NAMESPACE}notes:1"),
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": "",
        },
    });
    // The annotations hold records byte for byte, which a tree of values would not.
    let items: Vec<String> = entries.iter().map(annotation).collect();
    let frame = serde_json::to_string_pretty(&collection).unwrap_or_default();
    frame.replacen("\"items\": \"\"", &format!("\"items\": [\n{}\n    ]", items.join(",\n")), 1) + "\n"
}

/// One annotation, on one line.
fn annotation(entry: &Entry) -> String {
    let note = &entry.note;
    let motivation = if note.body().is_empty() { "highlighting" } else { "commenting" };
    let mut target = json!({ "type": "SpecificResource", "source": iri(&entry.about.path) });
    if let Some(anchor) = &note.anchor {
        target["selector"] = selectors(anchor);
    }
    if let Some(mark) = entry.mark_name() {
        target["styleClass"] = json!(mark);
    }
    let mut annotation = json!({
        "id": format!("urn:uuid:{}", note.id),
        "type": "Annotation",
        "motivation": motivation,
        "created": stamp(note.created),
        "modified": stamp(note.changed),
        "creator": {
            "id": format!("{NAMESPACE}writer:{}", note.writer),
            "type": "Person",
            "name": note.author,
            "nickname": note.writer,
        },
        "body": bodies(note),
        "target": target,
        "postil:subject": note.subject.name(),
        "postil:state": entry.state_name(),
        "postil:citation": entry.citation(),
    });
    if note.deleted {
        annotation["postil:deleted"] = json!(true);
    }
    let mut line = annotation.to_string();
    let history: Vec<&str> = raw(&entry.history).into_iter().map(RawValue::get).collect();
    // Before the brace that closes the annotation.
    line.truncate(line.len() - 1);
    format!("{line},\"postil:history\":[{}]}}", history.join(","))
}

fn bodies(note: &Note) -> Value {
    let text = |text: &str, purpose: &str| json!({ "type": "TextualBody", "value": text, "format": "text/plain", "purpose": purpose });
    let texts = note.bodies.iter().filter(|version| !version.text.is_empty());
    let texts = texts.map(|version| text(&version.text, "commenting"));
    texts.chain(note.tags.iter().map(|tag| text(tag, "tagging"))).collect()
}

fn selectors(anchor: &Anchor) -> Value {
    json!([
        { "type": "TextQuoteSelector", "exact": anchor.exact, "prefix": anchor.before, "suffix": anchor.after },
        { "type": "TextPositionSelector", "start": anchor.pos.start, "end": anchor.pos.end },
    ])
}

/// A path as a relative reference (RFC 3986): what would mean something else there is escaped.
fn iri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// The path of a relative reference; any other is taken as it stands.
pub(super) fn path_of(iri: &str) -> String {
    let bytes = iri.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = iri.get(at + 1..at + 3).filter(|_| bytes[at] == b'%');
        match escaped.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| iri.to_owned())
}
