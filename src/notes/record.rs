//! One change, one line of a log.
//!
//! ```json
//! {"v":1,"ev":"0193…","at":"2026-11-23T12:04:05.123Z","by":"lap-k3f9qa","op":"note.body","note":"0193…","prev":["0193…"],"body":"…"}
//! ```
//!
//! *Invariants.* Keys have a fixed order. A record that was read is written again byte for byte,
//! with keys, operations and versions this program does not know.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Anchor, DocRef, EventId, Mark, NoteId, Subject};

/// The version of the form that is written.
pub const VERSION: u32 = 1;

/// The longest line that is written, its line end not counted.
pub const MAX_LINE: usize = 256 * 1024;

/// What was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Op {
    Add {
        doc: Box<DocRef>,
        subject: Subject,
        anchor: Option<Box<Anchor>>,
        body: String,
        tags: Vec<String>,
        mark: Option<Mark>,
        /// The name of the writer; may be empty.
        author: String,
    },
    Body(String),
    Tags {
        add: Vec<String>,
        del: Vec<String>,
    },
    Mark(Option<Mark>),
    /// Several of these at once: what is `None` or empty stays as it is. One step, made and undone whole.
    Edit {
        body: Option<String>,
        add: Vec<String>,
        del: Vec<String>,
        mark: Option<Option<Mark>>,
    },
    /// A new place that the reader accepted.
    Anchor {
        doc: Option<Box<DocRef>>,
        anchor: Box<Anchor>,
    },
    Delete,
    Undelete,
    /// A topic given to a paragraph (`Some(true)`), refused (`Some(false)`), or left to the dictionary.
    HandTag {
        doc: Box<DocRef>,
        anchor: Box<Anchor>,
        topic: String,
        given: Option<bool>,
    },
    /// What was written about the document at `from` is about `doc`.
    Alias {
        from: String,
        doc: Box<DocRef>,
    },
    Undo(EventId),
    /// Of a later version; kept as it stands.
    Unknown,
}

impl Op {
    /// What readers call it: "saved the note", "undone: the note".
    pub fn what(&self) -> &'static str {
        match self {
            Op::Add { body, .. } if body.is_empty() => "the highlight",
            Op::Add { .. } | Op::Body(_) | Op::Edit { .. } | Op::Undelete => "the note",
            Op::Tags { .. } => "the tags",
            Op::Mark(_) => "the colour",
            Op::Anchor { .. } | Op::Alias { .. } => "the place",
            Op::Delete => "the deletion",
            Op::HandTag { .. } => "the topic",
            Op::Undo(_) | Op::Unknown => "the change",
        }
    }
}

impl Op {
    /// Its name in a log.
    pub fn name(&self) -> &'static str {
        match self {
            Op::Add { .. } => "note.add",
            Op::Body(_) => "note.body",
            Op::Tags { .. } => "note.tags",
            Op::Mark(_) => "note.mark",
            Op::Edit { .. } => "note.edit",
            Op::Anchor { .. } => "note.anchor",
            Op::Delete => "note.del",
            Op::Undelete => "note.undel",
            Op::HandTag { given: Some(true), .. } => "tag.give",
            Op::HandTag { given: Some(false), .. } => "tag.refuse",
            Op::HandTag { given: None, .. } => "tag.clear",
            Op::Alias { .. } => "doc.alias",
            Op::Undo(_) => "undo",
            Op::Unknown => "",
        }
    }
}

/// A change: who made it, when, having seen what. Made once and never changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub ev: EventId,
    /// By the writer's clock; for people only.
    pub at: Timestamp,
    /// The writer.
    pub by: String,
    /// What it changes: a note or a topic by hand; `None` for a document.
    pub note: Option<NoteId>,
    /// The last changes of the same note that the writer had seen.
    pub prev: Vec<EventId>,
    pub op: Op,
    /// As it was read.
    line: Option<Box<str>>,
}

/// Why a line of a log is no record.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadLine {
    #[error("it ends inside its record")]
    Torn,
    #[error("it is no record: {0}")]
    NotJson(String),
    #[error("the key {0:?} is missing or not an id")]
    NoId(&'static str),
    #[error("{0} without what it needs: {1}")]
    Incomplete(String, String),
}

impl Record {
    pub fn new(ev: EventId, at: Timestamp, by: &str, note: Option<NoteId>, prev: Vec<EventId>, op: Op) -> Self {
        Self { ev, at, by: by.to_owned(), note, prev, op, line: None }
    }

    /// The line, without its end.
    pub fn to_line(&self) -> String {
        match &self.line {
            Some(line) => line.to_string(),
            // What is written here always can be.
            None => serde_json::to_string(&Written::of(self)).unwrap_or_default(),
        }
    }

    /// Reads a line, with or without its end.
    ///
    /// # Errors
    /// When it is no JSON object, or lacks what its operation needs.
    pub fn from_line(line: &str) -> Result<Self, BadLine> {
        let line = line.trim_end_matches(['\n', '\r']);
        let envelope: Envelope = serde_json::from_str(line).map_err(|error| match error.is_eof() {
            true => BadLine::Torn,
            false => BadLine::NotJson(error.to_string()),
        })?;
        let id = |text: &str, key| text.parse().map_err(|_| BadLine::NoId(key));
        let ev = id(&envelope.ev, "ev")?;
        let prev = envelope.prev.iter().map(|text| id(text, "prev")).collect::<Result<_, _>>()?;
        let note = match &envelope.note {
            Some(text) => Some(text.parse().map_err(|_| BadLine::NoId("note"))?),
            None => None,
        };
        let op = match envelope.v {
            VERSION => read_op(&envelope.op, line)?,
            _ => Op::Unknown,
        };
        if note.is_none() && !matches!(op, Op::Alias { .. } | Op::Undo(_) | Op::Unknown) {
            return Err(BadLine::NoId("note"));
        }
        let at = envelope.at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        Ok(Self { ev, at, by: envelope.by, note, prev, op, line: Some(line.into()) })
    }
}

/// What every record has, of whatever version.
#[derive(Deserialize)]
struct Envelope {
    v: u32,
    ev: String,
    #[serde(default)]
    at: String,
    by: String,
    op: String,
    note: Option<String>,
    #[serde(default)]
    prev: Vec<String>,
}

#[derive(Deserialize)]
struct Add {
    doc: Doc,
    anchor: Option<Place>,
    on: Option<String>,
    #[serde(default)]
    body: String,
    #[serde(default)]
    tags: Vec<String>,
    mark: Option<String>,
    #[serde(default)]
    author: String,
}

#[derive(Deserialize)]
struct Body {
    body: String,
}

#[derive(Deserialize)]
struct Tags {
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    del: Vec<String>,
}

#[derive(Deserialize)]
struct MarkOnly {
    mark: Option<String>,
}

#[derive(Deserialize)]
struct Edit {
    body: Option<String>,
    #[serde(default)]
    add: Vec<String>,
    #[serde(default)]
    del: Vec<String>,
    /// No mark is another thing than no word of it.
    #[serde(default, deserialize_with = "said")]
    mark: Option<Option<String>>,
}

/// What a key says that is there, be it `null`.
fn said<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(value).map(Some)
}

#[derive(Deserialize)]
struct NewPlace {
    doc: Option<Doc>,
    anchor: Place,
}

#[derive(Deserialize)]
struct HandTag {
    doc: Doc,
    anchor: Place,
    topic: String,
}

#[derive(Deserialize)]
struct Alias {
    from: String,
    doc: Doc,
}

#[derive(Deserialize)]
struct Undo {
    of: String,
}

fn read_op(name: &str, line: &str) -> Result<Op, BadLine> {
    let incomplete = |error: serde_json::Error| BadLine::Incomplete(name.to_owned(), error.to_string());
    let hand_tag = |given| {
        let read: HandTag = serde_json::from_str(line).map_err(incomplete)?;
        Ok(Op::HandTag { doc: read.doc.boxed(), anchor: read.anchor.boxed(), topic: read.topic, given })
    };
    Ok(match name {
        "note.add" => {
            let read: Add = serde_json::from_str(line).map_err(incomplete)?;
            let subject = match (&read.anchor, read.on.as_deref()) {
                (None, _) => Subject::Document,
                (Some(_), Some("paragraph")) => Subject::Paragraph,
                (Some(_), _) => Subject::Passage,
            };
            Op::Add {
                doc: read.doc.boxed(),
                subject,
                anchor: read.anchor.map(Place::boxed),
                body: read.body,
                tags: read.tags,
                mark: read.mark.as_deref().and_then(Mark::find),
                author: read.author,
            }
        }
        "note.body" => Op::Body(serde_json::from_str::<Body>(line).map_err(incomplete)?.body),
        "note.tags" => {
            let read: Tags = serde_json::from_str(line).map_err(incomplete)?;
            Op::Tags { add: read.add, del: read.del }
        }
        "note.mark" => {
            let read: MarkOnly = serde_json::from_str(line).map_err(incomplete)?;
            Op::Mark(read.mark.as_deref().and_then(Mark::find))
        }
        "note.edit" => {
            let read: Edit = serde_json::from_str(line).map_err(incomplete)?;
            let mark = read.mark.map(|mark| mark.as_deref().and_then(Mark::find));
            Op::Edit { body: read.body, add: read.add, del: read.del, mark }
        }
        "note.anchor" => {
            let read: NewPlace = serde_json::from_str(line).map_err(incomplete)?;
            Op::Anchor { doc: read.doc.map(Doc::boxed), anchor: read.anchor.boxed() }
        }
        "note.del" => Op::Delete,
        "note.undel" => Op::Undelete,
        "tag.give" => hand_tag(Some(true))?,
        "tag.refuse" => hand_tag(Some(false))?,
        "tag.clear" => hand_tag(None)?,
        "doc.alias" => {
            let read: Alias = serde_json::from_str(line).map_err(incomplete)?;
            Op::Alias { from: read.from, doc: read.doc.boxed() }
        }
        "undo" => {
            let read: Undo = serde_json::from_str(line).map_err(incomplete)?;
            Op::Undo(read.of.parse().map_err(|_| BadLine::NoId("of"))?)
        }
        _ => Op::Unknown,
    })
}

/// A record as it is written: all keys of all operations in their order.
#[derive(Default, Serialize)]
struct Written<'a> {
    v: u32,
    ev: String,
    at: String,
    by: &'a str,
    op: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    prev: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    of: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    doc: Option<Doc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    anchor: Option<Place>,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tags: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    add: Option<&'a [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    del: Option<&'a [String]>,
    /// Within: no mark is a value of its own where a mark is changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<Option<&'a str>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    author: &'a str,
}

impl<'a> Written<'a> {
    fn of(record: &'a Record) -> Self {
        let mut out = Self {
            v: VERSION,
            ev: record.ev.to_string(),
            at: format!("{:.3}", record.at),
            by: &record.by,
            op: record.op.name(),
            note: record.note.map(|id| id.to_string()),
            prev: record.prev.iter().map(EventId::to_string).collect(),
            ..Self::default()
        };
        match &record.op {
            Op::Add { doc, subject, anchor, body, tags, mark, author } => {
                out.doc = Some(Doc::of(doc));
                out.anchor = anchor.as_deref().map(Place::of);
                out.on = (*subject == Subject::Paragraph).then_some(subject.name());
                out.body = Some(body);
                out.tags = Some(tags);
                out.mark = mark.map(|mark| Some(mark.name()));
                out.author = author;
            }
            Op::Body(body) => out.body = Some(body),
            Op::Tags { add, del } => {
                out.add = Some(add);
                out.del = Some(del);
            }
            Op::Mark(mark) => out.mark = Some(mark.map(Mark::name)),
            Op::Edit { body, add, del, mark } => {
                out.body = body.as_deref();
                out.add = Some(add).filter(|add| !add.is_empty()).map(Vec::as_slice);
                out.del = Some(del).filter(|del| !del.is_empty()).map(Vec::as_slice);
                out.mark = mark.map(|mark| mark.map(Mark::name));
            }
            Op::Anchor { doc, anchor } => {
                out.doc = doc.as_deref().map(Doc::of);
                out.anchor = Some(Place::of(anchor));
            }
            Op::HandTag { doc, anchor, topic, .. } => {
                out.doc = Some(Doc::of(doc));
                out.anchor = Some(Place::of(anchor));
                out.topic = Some(topic);
            }
            Op::Alias { from, doc } => {
                out.from = Some(from);
                out.doc = Some(Doc::of(doc));
            }
            Op::Undo(of) => out.of = Some(of.to_string()),
            Op::Delete | Op::Undelete | Op::Unknown => {}
        }
        out
    }
}

/// [`DocRef`] in a line.
#[derive(Deserialize, Serialize)]
pub(super) struct Doc {
    path: String,
    #[serde(default)]
    raw: String,
    #[serde(default)]
    txt: String,
    #[serde(default)]
    chars: usize,
    #[serde(default)]
    title: String,
}

impl Doc {
    pub(super) fn of(doc: &DocRef) -> Self {
        let DocRef { path, raw, txt, chars, title } = doc.clone();
        Self { path, raw, txt, chars, title }
    }

    pub(super) fn boxed(self) -> Box<DocRef> {
        let Doc { path, raw, txt, chars, title } = self;
        Box::new(DocRef { path, raw, txt, chars, title })
    }
}

/// [`Anchor`] in a line.
#[derive(Deserialize, Serialize)]
pub(super) struct Place {
    /// The rules by which contexts and places were taken.
    #[serde(default)]
    norm: u32,
    exact: String,
    #[serde(default)]
    before: String,
    #[serde(default)]
    after: String,
    #[serde(default)]
    pos: [usize; 2],
    #[serde(default)]
    nth: [usize; 2],
    #[serde(default)]
    para: usize,
    #[serde(default)]
    head: String,
}

impl Place {
    pub(super) fn of(anchor: &Anchor) -> Self {
        let Anchor { exact, before, after, pos, nth, para, head } = anchor.clone();
        Self { norm: 1, exact, before, after, pos: [pos.start, pos.end], nth: [nth.0, nth.1], para, head }
    }

    pub(super) fn boxed(self) -> Box<Anchor> {
        let Place { exact, before, after, pos, nth, para, head, .. } = self;
        // Whoever wrote the line, a range runs forwards and is one that a text can have.
        let [start, end] = pos.map(|at| at.min(u32::MAX as usize));
        let pos = start..end.max(start);
        Box::new(Anchor { exact, before, after, pos, nth: (nth[0], nth[1]), para, head })
    }
}

#[cfg(test)]
mod tests;
