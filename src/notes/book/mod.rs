//! What all records say together.
//!
//! ```text
//!   Ann:  add ── body "x" ──────────── tags +TPP          prev points to the left
//!                   └── Ben: body "y" ────┘
//! ```
//!
//! The records of a note form a graph: each names the last ones its writer had seen. A change that
//! another has seen is behind it; two that have not seen each other stand side by side. Of texts side
//! by side all are kept; of marks and places the one with the greatest id counts; a tag taken away
//! comes back by whoever gave it without having seen that; a note is deleted when a deletion has seen
//! every other change. An undone record counts for nothing, and so does an undone undoing.
//!
//! *Invariant.* The book depends on the set of records only, not on their order or number.

mod change;
mod fold;
mod undo;

use std::collections::{BTreeMap, BTreeSet, HashMap, hash_map};

use jiff::Timestamp;

use super::{Anchor, DocRef, EventId, Note, NoteId, Op, Record};

pub use change::{New, Pen};
use fold::Folded;

/// A topic given to a paragraph, or refused, by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandTag {
    pub id: NoteId,
    pub doc: DocRef,
    /// The paragraph.
    pub anchor: Anchor,
    /// The topic's id in the dictionary.
    pub topic: String,
    /// Given, else refused.
    pub given: bool,
    pub writer: String,
    pub at: Timestamp,
}

/// All records, and what they say.
#[derive(Clone, Debug, Default)]
pub struct Book {
    records: HashMap<EventId, Record>,
    /// The records of each note; those of documents under `None`.
    groups: BTreeMap<Option<NoteId>, BTreeSet<EventId>>,
    /// The records of each writer.
    writers: BTreeMap<String, BTreeSet<EventId>>,
    notes: BTreeMap<NoteId, Note>,
    hand_tags: BTreeMap<NoteId, HandTag>,
    /// Documents that moved, in order: the record that says so, from which path, and what it is now.
    aliases: Vec<(EventId, String, DocRef)>,
    names: BTreeMap<String, (EventId, String)>,
}

impl Book {
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes up a record; answers whether it said anything new.
    pub fn apply(&mut self, record: Record) -> bool {
        self.extend([record]) > 0
    }

    /// Takes up records; answers how many were new. Many at once cost less than one by one.
    pub fn extend(&mut self, records: impl IntoIterator<Item = Record>) -> usize {
        let mut touched = BTreeSet::new();
        let mut new = 0;
        for record in records {
            if let Some(group) = self.take(record) {
                touched.insert(group);
                new += 1;
            }
        }
        touched.into_iter().for_each(|group| self.refold(group));
        new
    }

    /// Files a record; answers where, if it is new.
    fn take(&mut self, record: Record) -> Option<Option<NoteId>> {
        let group = record.note;
        if let Op::Add { author, .. } = &record.op
            && !author.is_empty()
        {
            let name = self.names.entry(record.by.clone()).or_insert((record.ev, author.clone()));
            *name = name.clone().max((record.ev, author.clone()));
        }
        match self.records.entry(record.ev) {
            hash_map::Entry::Vacant(entry) => {
                self.groups.entry(group).or_default().insert(record.ev);
                self.writers.entry(record.by.clone()).or_default().insert(record.ev);
                entry.insert(record);
                Some(group)
            }
            // Two lines of one id differ only where a log was damaged: the same one wins in any order.
            hash_map::Entry::Occupied(mut entry) => {
                let rank = |record: &Record| (record.op != Op::Unknown, record.to_line());
                let is_better =
                    *entry.get() != record && entry.get().note == group && rank(entry.get()) < rank(&record);
                is_better.then(|| {
                    entry.insert(record);
                    group
                })
            }
        }
    }

    fn refold(&mut self, group: Option<NoteId>) {
        let Some(events) = self.groups.get(&group) else { return };
        let records: Vec<&Record> = events.iter().filter_map(|ev| self.records.get(ev)).collect();
        let Some(id) = group else {
            self.aliases = fold::aliases(&records);
            return;
        };
        self.notes.remove(&id);
        self.hand_tags.remove(&id);
        match fold::fold(id, &records) {
            Folded::Note(note) => {
                self.notes.insert(id, *note);
            }
            Folded::HandTag(tag) => {
                self.hand_tags.insert(id, *tag);
            }
            Folded::Nothing => {}
        }
    }

    /// The note, deleted or not.
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        self.notes.get(&id)
    }

    /// The notes that are not deleted, in the order they were made.
    pub fn notes(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.notes.values().filter(|note| !note.deleted)
    }

    /// The notes that are deleted.
    pub fn deleted(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.notes.values().filter(|note| note.deleted)
    }

    /// The notes that have several texts.
    pub fn conflicts(&self) -> impl DoubleEndedIterator<Item = &Note> {
        self.notes().filter(|note| note.is_conflict())
    }

    /// The notes on the document that is at `path` now, by where they stand.
    pub fn on(&self, path: &str) -> Vec<&Note> {
        let mut notes: Vec<&Note> = self.notes().filter(|note| self.path_of(note.id, &note.doc) == path).collect();
        notes.sort_by_key(|note| (note.anchor.as_ref().map(|anchor| (anchor.pos.start, anchor.pos.end)), note.id));
        notes
    }

    /// The topics given and refused by hand in the document that is at `path` now. Of several on one
    /// paragraph and topic the latest.
    pub fn hand_tags(&self, path: &str) -> Vec<&HandTag> {
        let mut settled: BTreeMap<(usize, &str), &HandTag> = BTreeMap::new();
        for tag in self.hand_tags.values().filter(|tag| self.path_of(tag.id, &tag.doc) == path) {
            settled.insert((tag.anchor.pos.start, &tag.topic), tag);
        }
        settled.into_values().collect()
    }

    /// Where the document is now, as far as readers have said so.
    pub fn path_of<'a>(&'a self, id: NoteId, doc: &'a DocRef) -> &'a str {
        // What was written later about a document of the old name means that one.
        let later = self.aliases.iter().filter(|(ev, ..)| NoteId::from(*ev) > id);
        later.fold(&doc.path, |path, (_, from, now)| if from == path { &now.path } else { path })
    }

    /// The documents that notes and hand tags are about, each once.
    pub fn documents(&self) -> Vec<&DocRef> {
        let all = self.notes.values().map(|note| &note.doc).chain(self.hand_tags.values().map(|tag| &tag.doc));
        let unique: BTreeMap<(&str, &str), &DocRef> =
            all.map(|doc| ((doc.path.as_str(), doc.raw.as_str()), doc)).collect();
        unique.into_values().collect()
    }

    /// The name the writer goes by; empty where it gave none.
    pub fn name_of(&self, writer: &str) -> &str {
        self.names.get(writer).map_or("", |(_, name)| name)
    }

    /// Everything that was recorded about a note, the first first.
    pub fn history(&self, id: NoteId) -> Vec<&Record> {
        let events = self.groups.get(&Some(id));
        events.into_iter().flatten().filter_map(|ev| self.records.get(ev)).collect()
    }

    /// A book of one note.
    pub fn only(&self, id: NoteId) -> Self {
        self.with_records(self.history(id).into_iter().cloned())
    }

    /// A book of these records, in which the next ids are still above all that is known here.
    pub fn with_records(&self, records: impl IntoIterator<Item = Record>) -> Self {
        let mut book = Self { writers: self.writers.clone(), ..Self::default() };
        book.extend(records);
        book
    }

    pub fn record(&self, ev: EventId) -> Option<&Record> {
        self.records.get(&ev)
    }

    /// Notes of which changes are there but not the beginning: its line is damaged or has not arrived.
    pub fn headless(&self) -> Vec<NoteId> {
        let is_headless = |id: &NoteId| !self.notes.contains_key(id) && !self.hand_tags.contains_key(id);
        let knows = |id: &NoteId| {
            self.history(*id).iter().any(|record| matches!(record.op, Op::Add { .. } | Op::HandTag { .. }))
        };
        self.groups.keys().flatten().copied().filter(|id| is_headless(id) && !knows(id)).collect()
    }
}

#[cfg(test)]
mod tests;
