//! The notes that are asked for, each with where it stands and what is said of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::corpus::{DocId, Document, load};
use crate::export::notes::Entry;
use crate::notes::{DocRef, Ground, Note, Standing, State, moved};
use crate::text::Numbering;
use crate::topics::expression::topic_named;
use crate::topics::{Dictionary, Index, Matcher};

use super::super::args::notes::{Sort, StateArg, Which};
use super::super::{Fault, open, output, parallel};
use super::Desk;

/// The notes that meet `which`, in its order.
pub(super) fn entries(desk: &Desk, which: &Which) -> Result<Vec<Entry>, Fault> {
    let wants_deleted = which.state == Some(StateArg::Deleted);
    let notes: Vec<&Note> = if wants_deleted { desk.book.deleted().collect() } else { desk.book.notes().collect() };
    let documents = Documents::of(desk, &notes)?;
    let topics = Topics::of(desk, &documents)?;
    let mut grounds: BTreeMap<usize, (Ground<'_>, Numbering)> = BTreeMap::new();
    let mut found: Vec<(usize, Entry)> = Vec::new();
    for note in notes {
        let Some((number, document)) = documents.of_note(desk, note) else {
            let entry = Entry::of(note, &desk.book, &Standing::ORPHAN, None);
            found.push((usize::MAX, entry));
            continue;
        };
        let (ground, numbering) =
            grounds.entry(number).or_insert_with(|| (Ground::new(document), Numbering::of(&document.clean)));
        let standing = ground.place(note, |doc| desk.store.text_of(doc));
        let mut entry = Entry::of(note, &desk.book, &standing, Some((document, numbering)));
        entry.topics = entry.para.map_or_else(Vec::new, |para| topics.on(desk, number, document, para));
        found.push((number, entry));
    }
    let topic = which.topic.as_ref().map(|name| topics.wanted(name, &found)).transpose()?;
    let which = &Which { topic, ..which.clone() };
    found.retain(|(_, entry)| meets(entry, which, &topics.dictionary));
    match which.sort {
        Sort::Place => found.sort_by_key(|(index, entry)| {
            let bytes = entry.bytes.as_ref().map(|bytes| (bytes.start, bytes.end));
            (*index, entry.about.path.clone(), bytes, entry.note.id)
        }),
        Sort::Time => found.sort_by_key(|(_, entry)| (entry.note.changed, entry.note.id)),
    }
    Ok(found.into_iter().map(|(_, entry)| entry).collect())
}

/// The documents that have notes, as they are now.
pub(super) struct Documents {
    read: BTreeMap<String, (usize, Arc<Document>)>,
    /// From where notes say their document is to where it was found.
    moved: BTreeMap<(String, String), String>,
}

impl Documents {
    /// Reads those that `notes` are in; all of them when one of these is not at its path.
    pub(super) fn of(desk: &Desk, notes: &[&Note]) -> Result<Self, Fault> {
        let wanted: BTreeSet<&str> = notes.iter().map(|note| desk.book.path_of(note.id, &note.doc)).collect();
        let entries = &desk.opened.library.entries;
        let is_missing = wanted.iter().any(|path| !entries.iter().any(|entry| entry.path == **path));
        let chosen: Vec<usize> =
            (0..entries.len()).filter(|at| is_missing || wanted.contains(entries[*at].path.as_str())).collect();
        let mut documents = Self { read: BTreeMap::new(), moved: BTreeMap::new() };
        parallel::in_order(
            &chosen,
            |at| (*at, load::read(&entries[*at], &desk.opened.options)),
            |(at, read)| {
                match read {
                    Ok(document) => {
                        documents.read.insert(document.path.clone(), (at, Arc::new(document)));
                    }
                    Err(fault) => output::say(&fault),
                }
                Ok::<(), Fault>(())
            },
        )?;
        if is_missing {
            documents.find_moved(desk, notes);
        }
        Ok(documents)
    }

    fn find_moved(&mut self, desk: &Desk, notes: &[&Note]) {
        let here: Vec<&Arc<Document>> = self.read.values().map(|(_, document)| document).collect();
        let refs: Vec<DocRef> = here.iter().map(|document| DocRef::of(document)).collect();
        let mut moved = BTreeMap::new();
        for note in notes {
            let path = desk.book.path_of(note.id, &note.doc);
            let key = (path.to_owned(), note.doc.raw.clone());
            if self.read.contains_key(path) || moved.contains_key(&key) {
                continue;
            }
            let doc = DocRef { path: path.to_owned(), ..note.doc.clone() };
            let old = desk.store.text_of(&note.doc).unwrap_or_else(|| known_of(notes, path));
            if let Some((index, _)) = moved::find(&doc, &refs, &old, |index| Some(here[index].clean.text.as_str())) {
                moved.insert(key, refs[index].path.clone());
            }
        }
        self.moved = moved;
    }

    /// The document a note is in, and its number in the library.
    pub(super) fn of_note(&self, desk: &Desk, note: &Note) -> Option<(usize, &Arc<Document>)> {
        let path = desk.book.path_of(note.id, &note.doc);
        let moved = self.moved.get(&(path.to_owned(), note.doc.raw.clone()));
        self.read.get(moved.map_or(path, String::as_str)).map(|(index, document)| (*index, document))
    }
}

/// What the notes of a document tell of its text.
fn known_of(notes: &[&Note], path: &str) -> String {
    let anchors = notes.iter().filter(|note| note.doc.path == path).filter_map(|note| note.anchor.as_ref());
    let passages: Vec<String> = anchors.map(|a| format!("{}{}{}", a.before, a.exact, a.after)).collect();
    passages.join("\n\n")
}

/// The topics of paragraphs: those of the dictionary, and those given and refused by hand.
struct Topics {
    dictionary: Dictionary,
    index: Index,
}

impl Topics {
    fn of(desk: &Desk, documents: &Documents) -> Result<Self, Fault> {
        let dictionary = open::dictionary(&desk.config)?;
        let matcher = Matcher::new(&dictionary);
        let mut index = Index::default();
        for (number, document) in documents.read.values() {
            index.set(&dictionary, DocId(*number as u32), matcher.tag(document));
        }
        Ok(Self { dictionary, index })
    }

    /// The id of the topic that is asked for; one given by hand may be in no dictionary any more.
    fn wanted(&self, name: &str, found: &[(usize, Entry)]) -> Result<String, Fault> {
        let is_given = |(_, entry): &(usize, Entry)| entry.topics.iter().any(|(id, _)| id == name);
        match topic_named(&self.dictionary, name) {
            Ok(topic) => Ok(self.dictionary.topic(topic).id.clone()),
            Err(_) if found.iter().any(is_given) => Ok(name.to_owned()),
            Err(fault) => Err(fault.into()),
        }
    }

    fn on(&self, desk: &Desk, number: usize, document: &Document, para: usize) -> Vec<(String, String)> {
        let carried = self.index.topics_of(DocId(number as u32), para as u32);
        let mut topics: Vec<(String, String)> = carried
            .into_iter()
            .map(|topic| self.dictionary.topic(topic))
            .map(|topic| (topic.id.clone(), topic.label.clone()))
            .collect();
        let here = document.clean.paragraph(para);
        for tag in desk.book.hand_tags(&document.path).into_iter().filter(|tag| tag.anchor.exact == here) {
            topics.retain(|(id, _)| *id != tag.topic);
            if tag.given {
                let topic = self.dictionary.find(&tag.topic).map(|topic| self.dictionary.topic(topic));
                topics.push((tag.topic.clone(), topic.map(|topic| topic.label.clone()).unwrap_or_default()));
            }
        }
        topics
    }
}

fn meets(entry: &Entry, which: &Which, dictionary: &Dictionary) -> bool {
    let note = &entry.note;
    let is = |wanted: &Option<String>, test: &dyn Fn(&str) -> bool| wanted.as_deref().is_none_or(test);
    // As in search: small letters find all, capitals only themselves.
    let holds = |text: &str, words: &str| match words.chars().any(char::is_uppercase) {
        true => text.contains(words),
        false => text.to_lowercase().contains(words),
    };
    let day = note.changed.strftime("%Y-%m-%d").to_string();
    let has_topic = |topic: &str| {
        let ancestor = dictionary.find(topic);
        entry.topics.iter().any(|(id, _)| {
            let below = dictionary.find(id).zip(ancestor).is_some_and(|(id, above)| dictionary.is_within(id, above));
            id == topic || below
        })
    };
    is(&which.text, &|words| {
        note.bodies.iter().any(|version| holds(&version.text, words)) || holds(note.quote(), words)
    }) && is(&which.tag, &|tag| note.tags.iter().any(|known| known == tag))
        && which.mark.is_none_or(|mark| note.mark == Some(mark))
        && is(&which.topic, &has_topic)
        && is(&which.doc, &|doc| entry.about.path.contains(doc))
        && is(&which.writer, &|writer| note.writer == writer || note.author == writer)
        && is(&which.since, &|since| *day >= *since)
        && is(&which.until, &|until| day.get(..until.len()).is_some_and(|day| day <= until))
        && which.state.is_none_or(|state| match state {
            StateArg::Sure => entry.state == State::Sure,
            StateArg::Unsure => entry.state == State::Unsure,
            StateArg::Orphan => entry.state == State::Orphan,
            StateArg::Conflict => note.is_conflict(),
            StateArg::Deleted => note.deleted,
        })
}
