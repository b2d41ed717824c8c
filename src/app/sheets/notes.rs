//! The list of notes: by document and place, what needs the reader first; unsent ones at the top.
//!
//! Its filter takes words, and what is asked by name: `tag:trade state:orphan by:anna after:2024`.

use crate::app::Model;
use crate::app::flow::long_date;
use crate::corpus::DocId;
use crate::notes::{Mark, Note, State};
use crate::topics::TopicId;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span};

/// What can be asked of a note by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Facet {
    Tag,
    State,
    By,
    Colour,
    Topic,
    Doc,
    After,
    Before,
}

/// Each with its name and what may follow, as it is shown.
const FACETS: [(Facet, &str, &str); 8] = [
    (Facet::Tag, "tag", "a part of a tag"),
    (Facet::State, "state", "sure, unsure, orphan, conflict, moved, lost or unsent"),
    (Facet::By, "by", "a part of a writer's name, or me"),
    (Facet::Colour, "colour", "1 to 6, a name, a letter, or none"),
    (Facet::Topic, "topic", "a part of a topic's name"),
    (Facet::Doc, "doc", "a part of a title or path"),
    (Facet::After, "after", "a day, month or year: 2024-03-31"),
    (Facet::Before, "before", "a day, month or year: 2024-03-31"),
];

const STATES: [&str; 7] = ["sure", "unsure", "orphan", "conflict", "moved", "lost", "unsent"];

impl Facet {
    /// The facet and value of a word like `tag:trade`.
    pub fn asked(word: &str) -> Option<(Self, &str)> {
        let (name, value) = word.split_once(':')?;
        let (facet, ..) = FACETS.iter().find(|(_, known, _)| *known == name)?;
        Some((*facet, value))
    }

    /// Whether one of a row's facets is what is asked; nothing after the colon asks for nothing yet.
    pub fn fits(self, value: &str, facets: &[(Facet, String)]) -> bool {
        let mut own = facets.iter().filter(|(facet, _)| *facet == self.of()).map(|(_, own)| own.as_str());
        match self {
            _ if value.is_empty() => true,
            Facet::Tag | Facet::By | Facet::Topic | Facet::Doc => own.any(|own| own.contains(value)),
            Facet::State => own.any(|own| own.starts_with(value)),
            Facet::Colour => own.any(|own| own == colour(value)),
            Facet::After => own.any(|own| own.get(..value.len()).is_some_and(|own| own >= value)),
            Facet::Before => own.any(|own| own.get(..value.len()).is_some_and(|own| own < value)),
        }
    }

    /// The facet a row has for it: of days there is one.
    fn of(self) -> Self {
        if self == Facet::Before { Facet::After } else { self }
    }

    /// What is wrong with a value, if anything is.
    fn is_wrong(self, value: &str) -> bool {
        match self {
            _ if value.is_empty() => false,
            Facet::State => !STATES.iter().any(|state| state.starts_with(value)),
            Facet::Colour => colour(value).is_empty(),
            Facet::After | Facet::Before => {
                let is_sign =
                    |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
                value.len() > 10 || !value.bytes().enumerate().all(is_sign)
            }
            Facet::Tag | Facet::By | Facet::Topic | Facet::Doc => false,
        }
    }
}

/// A colour's name by number, letter or name; empty where it is none.
fn colour(value: &str) -> &'static str {
    let by_number = value.parse::<usize>().ok().and_then(|number| Mark::ALL.get(number.wrapping_sub(1)).copied());
    match by_number.or_else(|| Mark::find(value)) {
        Some(mark) => mark.name(),
        None if value == "none" => "none",
        None => "",
    }
}

/// What is wrong with a filter.
pub fn fault(filter: &str) -> Option<String> {
    filter.split_whitespace().find_map(|word| match Facet::asked(word) {
        Some((facet, value)) => {
            let (_, name, help) = FACETS.iter().find(|(known, ..)| *known == facet)?;
            facet.is_wrong(&value.to_lowercase()).then(|| format!("{name}: {help}"))
        }
        None => {
            let (name, _) = word.split_once(':')?;
            let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphabetic());
            (is_name && !word.contains("://")).then(|| format!("no {name}: here; {}", names()))
        }
    })
}

/// The names that a filter may ask by.
pub fn names() -> String {
    let names: Vec<String> = FACETS.iter().map(|(_, name, _)| format!("{name}:")).collect();
    names.join(" ")
}

pub fn open(model: &Model) -> Sheet {
    let mut rows = Vec::new();
    for (at, draft) in model.margins.left_over.iter().enumerate() {
        rows.push(Row {
            spans: vec![Span::new(Role::Danger, "unsent  "), Span::new(Role::Plain, first_line(&draft.body))],
            right: vec![Span::new(Role::Dim, draft.target.doc.path.clone())],
            goal: Some(Goal::Draft(at)),
            facets: vec![(Facet::State, "unsent".into()), (Facet::Doc, draft.target.doc.path.to_lowercase())],
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
    let key = model.key_of(crate::keys::actions::Action::Annotate);
    sheet.empty = format!("no notes yet: {key} on a paragraph writes one");
    sheet
}

fn sort_by_place(model: &Model, notes: &mut [(&Note, Option<DocId>)]) {
    notes.sort_by_key(|(note, doc)| (doc.map(|doc| model.shelf.position(doc)), place(model, note, *doc), note.id));
}

/// The document a note is in, by its path as it is now.
pub fn doc_of(model: &Model, note: &Note) -> Option<DocId> {
    doc_at(model, model.margins.book.path_of(note.id, &note.doc))
}

/// The document that is at `path`, or that was there and has moved.
pub fn doc_at(model: &Model, path: &str) -> Option<DocId> {
    let here = model.shelf.at_path(path);
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
    let facets = facets(model, note, doc, tier);
    Row { spans, right: vec![Span::new(Role::Dim, right)], goal: Some(Goal::Note(note.id)), facets, ..Row::default() }
}

/// What can be asked of a note by name, in small letters.
fn facets(model: &Model, note: &Note, doc: Option<DocId>, tier: Option<State>) -> Vec<(Facet, String)> {
    let mut facets: Vec<(Facet, String)> = note.tags.iter().map(|tag| (Facet::Tag, tag.to_lowercase())).collect();
    facets.extend(tier.map(|tier| (Facet::State, tier.name().to_owned())));
    let states = [(note.is_conflict(), "conflict"), (is_guess(model, note), "moved"), (doc.is_none(), "lost")];
    facets.extend(states.iter().filter(|(is, _)| *is).map(|(_, state)| (Facet::State, (*state).to_owned())));
    facets.push((Facet::By, note.writer.to_lowercase()));
    facets.push((Facet::By, note.author.to_lowercase()));
    if note.writer == model.margins.writer {
        facets.push((Facet::By, "me".into()));
    }
    facets.push((Facet::Colour, note.mark.map_or("none", Mark::name).to_owned()));
    facets.push((Facet::Doc, note.doc.path.to_lowercase()));
    facets.push((Facet::After, note.created.to_string().get(..10).unwrap_or_default().to_owned()));
    if let Some(doc) = doc {
        facets.push((Facet::Doc, model.shelf.title(doc).to_lowercase()));
        for topic in topics(model, note, doc) {
            let topic = model.topics.dictionary.topic(topic);
            facets.push((Facet::Topic, topic.id.to_lowercase()));
            facets.push((Facet::Topic, topic.label.to_lowercase()));
        }
    }
    facets
}

/// The topics of the paragraph a note stands in.
fn topics(model: &Model, note: &Note, doc: DocId) -> Vec<TopicId> {
    let placed = model.margins.on(doc).iter().find(|placed| placed.note == note.id).and_then(|p| p.range.as_ref());
    let here = placed.zip(model.shelf.document(doc)).map(|(range, document)| document.clean.paragraph_at(range.start));
    let para = here.or(note.anchor.as_ref().map(|anchor| anchor.para));
    para.map_or_else(Vec::new, |para| model.topics.index.topics_of(doc, para as u32))
}

fn first_line(text: &str) -> String {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    crate::text::width::shorten(line, 72, "…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_says_what_is_wrong_with_it() {
        assert_eq!(fault("wine tag:trade state:orp by:anna colour:2 after:2024-03 http://a.b 12:30"), None);
        assert_eq!(fault("tags:x").unwrap(), format!("no tags: here; {}", names()));
        assert_eq!(fault("state:asleep").unwrap(), "state: sure, unsure, orphan, conflict, moved, lost or unsent");
        assert_eq!(fault("colour:7").unwrap(), "colour: 1 to 6, a name, a letter, or none");
        assert_eq!(fault("after:May").unwrap(), "after: a day, month or year: 2024-03-31");
        assert!(FACETS.iter().all(|(_, name, _)| names().contains(name)));
    }

    #[test]
    fn each_name_asks_for_what_it_says() {
        let facets = [
            (Facet::Tag, "trade".to_owned()),
            (Facet::State, "orphan".to_owned()),
            (Facet::Colour, "green".to_owned()),
            (Facet::After, "2024-03-31".to_owned()),
        ];
        let fits = |word: &str| {
            let (facet, value) = Facet::asked(word).unwrap();
            facet.fits(value, &facets)
        };
        for word in
            ["tag:rad", "tag:", "state:orph", "colour:2", "colour:g", "after:2024", "after:2024-03-31", "before:2025"]
        {
            assert!(fits(word), "{word}");
        }
        for word in
            ["tag:peace", "state:sure", "colour:1", "colour:none", "after:2024-04", "before:2024-03-31", "by:ann"]
        {
            assert!(!fits(word), "{word}");
        }
    }
}
