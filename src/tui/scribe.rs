//! Writes notes and drafts: the one that touches the store. Everything here blocks until it is on disk.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;

use crate::app::event::{Answer, Unsent};
use crate::app::margins::Change;
use crate::corpus::Document;
use crate::diag::{Diagnostic, Loaded, Location};
use crate::notes::book::{New, Pen};
use crate::notes::disk::Scratch;
use crate::notes::drafts::OpenDraft;
use crate::notes::{Author, Book, DocRef, Draft, Drafts, EventId, Ids, Op, Places, Record, Store, Target};

/// Where times come from.
#[derive(Clone, Copy, Debug)]
pub enum Clock {
    Running,
    /// Seconds since 1970.
    Standing(i64),
}

impl Clock {
    fn now(self) -> Timestamp {
        match self {
            Clock::Running => Timestamp::now(),
            Clock::Standing(seconds) => Timestamp::from_second(seconds).unwrap_or_default(),
        }
    }
}

/// The notes of one library, open for writing.
pub struct Scribe {
    store: Store,
    book: Book,
    author: Author,
    ids: Ids,
    drafts: Drafts,
    /// Records that are not on disk, by their ticket.
    failed: HashMap<u64, Record>,
    /// Drafts whose editors are open, or whose notes are being saved.
    open: HashMap<EventId, OpenDraft>,
    /// Drafts by their editors, which may not have heard of them yet.
    of_editors: HashMap<u64, (EventId, u64)>,
    /// Texts up to so many bytes are kept beside their notes.
    snapshot_limit: usize,
    clock: Clock,
}

impl Scribe {
    /// Opens the notes of the library at `root`.
    pub fn open(root: &Path, name: &str, snapshot_limit: usize, clock: Clock) -> (Self, Answer) {
        Self::with(Store::open(root), Drafts::new, name, snapshot_limit, clock)
    }

    /// The same; what is written is gone with it, and neither library nor drafts change.
    pub fn on_scratch(root: &Path, name: &str, snapshot_limit: usize, clock: Clock) -> (Self, Answer) {
        let disk = Arc::new(Scratch::default());
        let drafts = |places: &Places| Drafts::with(disk.clone(), &places.drafts);
        Self::with(Store::on(disk.clone(), root), drafts, name, snapshot_limit, clock)
    }

    fn with(
        opened: Loaded<(Store, Vec<Record>)>,
        drafts: impl FnOnce(&Places) -> Drafts,
        name: &str,
        snapshot_limit: usize,
        clock: Clock,
    ) -> (Self, Answer) {
        let (store, records) = opened.value;
        let mut book = Book::new();
        book.extend(records.iter().cloned());
        let drafts = drafts(store.places());
        let left_over = drafts.left_over();
        let mut diagnostics = opened.diagnostics;
        diagnostics.extend(left_over.diagnostics);
        let writer = store.writer().to_owned();
        let (saved, unsent): (Vec<Draft>, Vec<Draft>) =
            left_over.value.into_iter().partition(|draft| draft.is_saved(&book));
        for draft in saved {
            // One that stays is looked at again at the next start.
            let _ = drafts.open(draft.id).discard();
        }
        let answer = Answer::NotesOpened {
            writer: writer.clone(),
            left_over: unsent,
            records: Loaded { value: records, diagnostics },
        };
        let author = Author { writer, name: name.to_owned() };
        let scribe = Self {
            store,
            book,
            author,
            ids: Ids::random(),
            drafts,
            failed: HashMap::new(),
            open: HashMap::new(),
            of_editors: HashMap::new(),
            snapshot_limit,
            clock,
        };
        (scribe, answer)
    }

    /// Makes the record of a change and puts it on disk; then the draft it came from goes. What failed
    /// is tried again under its ticket with the same record, which counts once however often it is
    /// written.
    pub fn write(
        &mut self,
        ticket: u64,
        change: &Change,
        document: Option<&Document>,
        draft: Option<EventId>,
        elsewhere: bool,
    ) -> Result<(Option<Record>, Option<Diagnostic>), Diagnostic> {
        let Some(record) = self.failed.remove(&ticket).or_else(|| self.record(change)) else {
            // The note is as it was left: there is nothing that a draft would keep.
            draft.into_iter().for_each(|draft| self.drop_draft(draft));
            return Ok((None, None));
        };
        let saved = match elsewhere {
            true => self.store.append_elsewhere(&record),
            false => self.store.append(&record),
        };
        let saved = match saved {
            Ok(saved) => saved,
            Err(fault) => {
                self.failed.insert(ticket, record);
                return Err(fault.diagnostic());
            }
        };
        self.book.apply(record.clone());
        let mut note = saved.note;
        // Later edits are compared with the text that the newest anchor was made on.
        if let (Some(document), Op::Add { .. } | Op::Anchor { .. }) = (document, &record.op)
            && let Err(fault) = self.store.keep_text(document, self.snapshot_limit)
        {
            note = note.or(Some(Diagnostic::warning(format!("the text was not kept beside its note: {fault}"))));
        }
        if let Some(draft) = draft {
            self.drop_draft(draft);
        }
        Ok((Some(record), note))
    }

    fn record(&mut self, change: &Change) -> Option<Record> {
        let mut pen = Pen { author: &self.author, now: self.clock.now(), ids: &mut self.ids };
        let pen = &mut pen;
        let book = &self.book;
        match change.clone() {
            Change::Add { document, subject, anchor, body, tags, mark } => {
                let target = Target { doc: document, subject, anchor };
                Some(book.add(pen, New { target, body, tags, mark }))
            }
            Change::Mark(note, mark) => Some(book.set_mark(pen, note, mark)),
            Change::Edit { note, body, tags, mark } => book.edit(pen, note, &body, &tags, mark),
            Change::Delete(note) => Some(book.delete(pen, note)),
            Change::Place(note, document, anchor) => Some(book.re_anchor(pen, note, document, anchor)),
            Change::Moved(from, document) => Some(book.alias(pen, &from, document)),
            Change::Hand { document, paragraph, topic, given } => Some(match given {
                Some(true) => book.give(pen, document, paragraph, &topic),
                Some(false) => book.refuse(pen, document, paragraph, &topic),
                None => book.clear(pen, document, paragraph, &topic),
            }),
            Change::Undo => book.undo(pen),
            Change::Redo => book.redo(pen),
        }
    }

    /// Puts a text that is being written on disk, in place of what was kept of it before.
    pub fn keep_draft(&mut self, draft: Option<EventId>, text: Unsent) -> Result<EventId, Diagnostic> {
        let now = self.clock.now();
        let Unsent { editor, changes, note, target, body, tags, mark } = text;
        let before = self.of_editors.get(&editor).copied();
        if let Some((id, kept)) = before
            && kept > changes
        {
            // The last words of the program came before what was on its way.
            return Ok(id);
        }
        let known = draft.or(before.map(|(id, _)| id));
        let id = known.unwrap_or_else(|| self.ids.next(now, None));
        self.of_editors.insert(editor, (id, changes));
        let open = self.open.entry(id).or_insert_with(|| self.drafts.open(id));
        let kept = open.keep(&Draft { id, note, target, body, tags, mark, at: now });
        kept.map_err(|error| Diagnostic::error(error.to_string()).at(Location::file(open.path())))?;
        Ok(id)
    }

    /// Where a draft is on disk.
    pub fn draft_file(&self, id: EventId) -> PathBuf {
        self.open.get(&id).map_or_else(|| self.drafts.open(id).path().to_owned(), |open| open.path().to_owned())
    }

    /// Takes a draft away; one that cannot be is offered at the next start, and nothing is lost by that.
    pub fn drop_draft(&mut self, id: EventId) {
        let open = self.open.remove(&id).unwrap_or_else(|| self.drafts.open(id));
        let _ = open.discard();
    }

    /// The text of a document as it was, where it was kept beside its notes.
    pub fn text_of(&self, doc: &DocRef) -> Option<String> {
        self.store.text_of(doc)
    }

    /// What others wrote since.
    pub fn poll(&mut self) -> Loaded<Vec<Record>> {
        let polled = self.store.poll();
        self.book.extend(polled.value.iter().cloned());
        polled
    }
}

#[cfg(test)]
mod random;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load;
    use crate::notes::{Anchor, Subject};
    use crate::text::Options;

    fn document(text: &str) -> Document {
        load::from_bytes("a.txt", text.as_bytes(), &Options::default()).unwrap()
    }

    fn anchor(document: &Document, words: &str) -> Anchor {
        let start = document.clean.text.find(words).unwrap();
        Anchor::of(&document.clean, start..start + words.len())
    }

    #[test]
    fn the_text_that_a_place_was_accepted_in_is_kept_beside_the_first() {
        let library = tempfile::tempdir().unwrap();
        let (mut scribe, _) = Scribe::open(library.path(), "", 1 << 20, Clock::Standing(0));
        let first = document("The order of the region is shared by those who live in it.\n");
        let second = document("A preface.\n\nThe order of a region is shared by all who live there.\n");
        let add = Change::Add {
            document: DocRef::of(&first),
            subject: Subject::Passage,
            anchor: Some(anchor(&first, "order of the region")),
            body: "whose?".into(),
            tags: Vec::new(),
            mark: None,
        };
        let (added, _) = scribe.write(1, &add, Some(&first), None, false).unwrap();
        let note = added.unwrap().note.unwrap();
        assert_eq!(scribe.text_of(&DocRef::of(&second)), None);
        let place = Change::Place(note, DocRef::of(&second), anchor(&second, "order of a region"));
        scribe.write(2, &place, Some(&second), None, false).unwrap();
        let doc = scribe.book.note(note).unwrap().doc.clone();
        assert_eq!(scribe.text_of(&doc).as_ref(), Some(&second.clean.text));
        assert_eq!(scribe.text_of(&DocRef::of(&first)).as_ref(), Some(&first.clean.text));
    }
}
