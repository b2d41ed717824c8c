//! The list of notes: by document and place, what needs the reader first; unsent ones at the top.

use crate::app::Model;
use crate::app::flow::long_date;
use crate::corpus::DocId;
use crate::notes::{Note, State};

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span};

pub fn open(model: &Model) -> Sheet {
    let mut rows = Vec::new();
    for (at, draft) in model.margins.left_over.iter().enumerate() {
        rows.push(Row {
            spans: vec![Span::new(Role::Danger, "unsent  "), Span::new(Role::Plain, first_line(&draft.body))],
            right: vec![Span::new(Role::Dim, draft.target.doc.path.clone())],
            goal: Some(Goal::Draft(at)),
            ..Row::default()
        });
    }
    for pending in &model.margins.pending {
        if let Some(text) = pending.change.text() {
            let state = if pending.fault.is_some() { "NOT SAVED  " } else { "saving  " };
            let spans = vec![Span::new(Role::Danger, state), Span::new(Role::Plain, first_line(text))];
            rows.push(Row { spans, ..Row::default() });
        }
    }
    let mut notes: Vec<(&Note, Option<DocId>)> =
        model.margins.book.notes().map(|note| (note, doc_of(model, note))).collect();
    if model.margins.by_time {
        notes.sort_by_key(|(note, _)| (std::cmp::Reverse(note.changed), note.id));
    } else {
        sort_by_place(model, &mut notes);
    }
    rows.extend(notes.into_iter().map(|(note, doc)| row(model, note, doc)));
    let mut sheet = Sheet::new(Kind::Notes, "Notes", rows, Extent::Across);
    let key = model.input.keymap.keys(crate::keys::actions::Action::Annotate).first().cloned().unwrap_or_default();
    sheet.empty = format!("no notes yet: {key} on a paragraph writes one");
    sheet
}

fn sort_by_place(model: &Model, notes: &mut [(&Note, Option<DocId>)]) {
    notes.sort_by_key(|(note, doc)| (doc.map(|doc| model.shelf.position(doc)), place(model, note, *doc), note.id));
}

/// The document a note is in, by its path as it is now.
pub fn doc_of(model: &Model, note: &Note) -> Option<DocId> {
    let path = model.margins.book.path_of(note.id, &note.doc);
    let here = model.shelf.library.ids().find(|doc| model.shelf.entry(*doc).path == path);
    here.or_else(|| model.margins.moved.get(path).map(|moved| moved.doc))
}

/// Whether its document was found elsewhere by likeness alone.
fn is_guess(model: &Model, note: &Note) -> bool {
    let path = model.margins.book.path_of(note.id, &note.doc);
    model.margins.moved.get(path).is_some_and(|moved| !moved.is_certain)
}

/// Where the note stands now, else where it stood.
pub fn place(model: &Model, note: &Note, doc: Option<DocId>) -> usize {
    let placed = doc.and_then(|doc| model.margins.on(doc).iter().find(|placed| placed.note == note.id));
    match placed.and_then(|placed| placed.range.as_ref()) {
        Some(range) => range.start,
        None => note.anchor.as_ref().map_or(0, |anchor| anchor.pos.start),
    }
}

fn row(model: &Model, note: &Note, doc: Option<DocId>) -> Row {
    let tier = doc.and_then(|doc| model.margins.on(doc).iter().find(|placed| placed.note == note.id)).map(|p| p.state);
    let mut spans = Vec::new();
    let state = match (tier, doc) {
        _ if note.is_conflict() => Some("conflict  "),
        (Some(State::Orphan), _) => Some("orphan  "),
        (Some(State::Unsure), _) => Some("unsure  "),
        _ if is_guess(model, note) => Some("moved?  "),
        (_, None) => Some("no document  "),
        _ => None,
    };
    spans.extend(state.map(|state| Span::new(Role::Danger, state)));
    if let Some(mark) = note.mark {
        spans.push(Span::new(Role::Mark(mark), format!("{} ", mark.letter())));
    }
    let said = match note.body() {
        "" => format!("“{}”", first_line(note.quote())),
        body => first_line(body),
    };
    spans.push(Span::new(Role::Plain, said));
    if !note.body().is_empty() && !note.quote().is_empty() {
        spans.push(Span::new(Role::Dim, format!("  “{}”", first_line(note.quote()))));
    }
    for tag in &note.tags {
        spans.push(Span::new(Role::Accent, format!("  #{tag}")));
    }
    let mut right =
        doc.map_or_else(|| note.doc.path.clone(), |doc| crate::text::width::shorten(model.shelf.title(doc), 18, "…"));
    right.push_str("  ");
    if note.writer != model.margins.writer {
        right.push_str(if note.author.is_empty() { &note.writer } else { &note.author });
        right.push_str("  ");
    }
    let day = note.created.to_string();
    right.push_str(&long_date(day.get(..10).unwrap_or_default()));
    Row { spans, right: vec![Span::new(Role::Dim, right)], goal: Some(Goal::Note(note.id)), ..Row::default() }
}

fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    crate::text::width::shorten(line, 72, "…")
}
