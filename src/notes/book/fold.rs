//! From the records of one note to the note.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::{Anchor, DocRef, EventId, Note, NoteId, Op, Record, Subject, Version};
use super::HandTag;

/// What the records of one id come to.
pub(super) enum Folded {
    Note(Box<Note>),
    HandTag(Box<HandTag>),
    /// Cleared, or its beginning is not there.
    Nothing,
}

/// Folds the records of one id, which come in the order of their ids.
pub(super) fn fold(id: NoteId, records: &[&Record]) -> Folded {
    let graph = Graph::of(records);
    match records.iter().find(|record| matches!(record.op, Op::Add { .. })) {
        Some(add) => fold_note(id, add, &graph),
        None => fold_hand_tag(id, &graph),
    }
}

/// The documents that moved, in order.
pub(super) fn aliases(records: &[&Record]) -> Vec<(EventId, String, DocRef)> {
    let moved = |record: &Record| match &record.op {
        Op::Alias { from, doc } => Some((record.ev, from.clone(), (**doc).clone())),
        _ => None,
    };
    Graph::of(records).active().filter_map(moved).collect()
}

/// The last changes: those no other has seen.
pub(super) fn heads(records: &[&Record]) -> Vec<EventId> {
    let seen: HashSet<EventId> = records.iter().flat_map(|record| record.prev.iter().copied()).collect();
    records.iter().map(|record| record.ev).filter(|ev| !seen.contains(ev)).collect()
}

/// Which records are undone.
pub(super) fn undone(records: &[&Record]) -> HashSet<EventId> {
    let mut undone = HashSet::new();
    // From the last to the first, so that whether an undoing is itself undone is known before it counts.
    for record in records.iter().rev() {
        if let Op::Undo(of) = record.op
            && of < record.ev
            && !undone.contains(&record.ev)
        {
            undone.insert(of);
        }
    }
    undone
}

fn fold_note(id: NoteId, add: &Record, graph: &Graph<'_>) -> Folded {
    let Op::Add { doc, subject, anchor, author, .. } = &add.op else { return Folded::Nothing };
    let (doc, anchor) = place(graph, doc, anchor.as_deref());
    let changed = graph.active().last().map_or(add.at, |record| record.at);
    Folded::Note(Box::new(Note {
        id,
        doc: doc.clone(),
        subject: if anchor.is_none() { Subject::Document } else { *subject },
        anchor: anchor.cloned(),
        first_anchor: first_anchor(add),
        bodies: bodies(graph),
        tags: tags(graph),
        mark: graph
            .latest(|op| match op {
                Op::Add { mark, .. } | Op::Mark(mark) | Op::Edit { mark: Some(mark), .. } => Some(*mark),
                _ => None,
            })
            .flatten(),
        writer: add.by.clone(),
        author: author.clone(),
        created: add.at,
        changed,
        deleted: is_deleted(graph),
    }))
}

fn first_anchor(add: &Record) -> Option<Anchor> {
    match &add.op {
        Op::Add { anchor, .. } => anchor.as_deref().cloned(),
        _ => None,
    }
}

/// The place last accepted, and the document it is in.
fn place<'a>(graph: &Graph<'a>, doc: &'a DocRef, anchor: Option<&'a Anchor>) -> (&'a DocRef, Option<&'a Anchor>) {
    let accepted = graph.latest(|op| match op {
        Op::Anchor { doc, anchor } => Some((doc.as_deref(), &**anchor)),
        _ => None,
    });
    match accepted {
        Some((new_doc, anchor)) => (new_doc.unwrap_or(doc), Some(anchor)),
        None => (doc, anchor),
    }
}

/// The texts that no other has replaced, each once.
fn bodies(graph: &Graph<'_>) -> Vec<Version> {
    let text = |record: &Record| match &record.op {
        Op::Add { body, .. } | Op::Body(body) | Op::Edit { body: Some(body), .. } => Some(body.clone()),
        _ => None,
    };
    let mut versions: Vec<Version> = Vec::new();
    for record in graph.maximal(|op| matches!(op, Op::Add { .. } | Op::Body(_) | Op::Edit { body: Some(_), .. })) {
        if let Some(text) = text(record)
            && versions.iter().all(|version| version.text != text)
        {
            versions.push(Version { event: record.ev, writer: record.by.clone(), at: record.at, text });
        }
    }
    versions
}

/// An add-wins set: a tag goes only where whoever took it away had seen it given.
fn tags(graph: &Graph<'_>) -> Vec<String> {
    let mut given: Vec<(&str, EventId)> = Vec::new();
    let mut taken: BTreeMap<&str, Vec<&Record>> = BTreeMap::new();
    for record in graph.active() {
        match &record.op {
            Op::Add { tags, .. } => given.extend(tags.iter().map(|tag| (tag.as_str(), record.ev))),
            Op::Tags { add, del } | Op::Edit { add, del, .. } => {
                given.extend(add.iter().map(|tag| (tag.as_str(), record.ev)));
                del.iter().for_each(|tag| taken.entry(tag).or_default().push(record));
            }
            _ => {}
        }
    }
    let gone: BTreeMap<&str, HashSet<EventId>> =
        taken.into_iter().map(|(tag, records)| (tag, graph.behind(records))).collect();
    let mut tags: Vec<String> = Vec::new();
    for (tag, ev) in given {
        if !gone.get(tag).is_some_and(|gone| gone.contains(&ev)) && tags.iter().all(|known| known != tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// Edit beats delete: deleted only when a deletion has seen every change that stands.
fn is_deleted(graph: &Graph<'_>) -> bool {
    let deletions = graph.active().filter(|record| matches!(record.op, Op::Delete));
    let seen = graph.behind(deletions);
    let is_change = |op: &Op| !matches!(op, Op::Delete | Op::Undo(_) | Op::Unknown);
    graph.active().filter(|record| is_change(&record.op)).all(|record| seen.contains(&record.ev))
}

fn fold_hand_tag(id: NoteId, graph: &Graph<'_>) -> Folded {
    let last = graph.maximal(|op| matches!(op, Op::HandTag { .. })).pop();
    match last.map(|record| (record, &record.op)) {
        Some((record, Op::HandTag { doc, anchor, topic, given: Some(given) })) => Folded::HandTag(Box::new(HandTag {
            id,
            doc: (**doc).clone(),
            anchor: (**anchor).clone(),
            topic: topic.clone(),
            given: *given,
            writer: record.by.clone(),
            at: record.at,
        })),
        _ => Folded::Nothing,
    }
}

/// The records of one note and who has seen whom.
struct Graph<'a> {
    records: &'a [&'a Record],
    by_id: HashMap<EventId, &'a Record>,
    undone: HashSet<EventId>,
}

impl<'a> Graph<'a> {
    fn of(records: &'a [&'a Record]) -> Self {
        Self { records, by_id: records.iter().map(|record| (record.ev, *record)).collect(), undone: undone(records) }
    }

    /// The records that are not undone, in the order of their ids.
    fn active(&self) -> impl Iterator<Item = &'a Record> {
        self.records.iter().copied().filter(|record| !self.undone.contains(&record.ev))
    }

    /// Everything that `records` have seen, directly or through others, themselves not counted.
    fn behind<'b>(&self, records: impl IntoIterator<Item = &'b Record>) -> HashSet<EventId> {
        let mut seen = HashSet::new();
        let mut waiting: Vec<EventId> = records.into_iter().flat_map(|record| record.prev.iter().copied()).collect();
        while let Some(ev) = waiting.pop() {
            if seen.insert(ev)
                && let Some(record) = self.by_id.get(&ev)
            {
                waiting.extend(&record.prev);
            }
        }
        seen
    }

    /// The standing records of a kind that no other of the kind has seen, in the order of their ids.
    fn maximal(&self, is_kind: impl Fn(&Op) -> bool) -> Vec<&'a Record> {
        let kind: Vec<&Record> = self.active().filter(|record| is_kind(&record.op)).collect();
        let behind = self.behind(kind.iter().copied());
        let top: Vec<&Record> = kind.iter().copied().filter(|record| !behind.contains(&record.ev)).collect();
        // Records that claim to have seen each other are nobody's honest work; the last one counts.
        if top.is_empty() { kind.last().copied().into_iter().collect() } else { top }
    }

    /// Of what `value` finds in the standing records, the latest.
    fn latest<T>(&self, value: impl Fn(&'a Op) -> Option<T>) -> Option<T> {
        self.maximal_by(&value).and_then(|record| value(&record.op))
    }

    fn maximal_by<T>(&self, value: &impl Fn(&'a Op) -> Option<T>) -> Option<&'a Record> {
        let kind: Vec<&'a Record> = self.active().filter(|record| value(&record.op).is_some()).collect();
        let behind = self.behind(kind.iter().copied());
        kind.iter().rev().find(|record| !behind.contains(&record.ev)).or(kind.last()).copied()
    }
}
