//! Makes the records of changes. A record made here is applied to the book only when it is asked to.

use jiff::Timestamp;

use super::super::{Anchor, Author, DocRef, EventId, Ids, Mark, NoteId, Op, Record, Target};
use super::{Book, fold};

/// What a record is written with: who, when, and where ids come from.
#[derive(Debug)]
pub struct Pen<'a> {
    pub author: &'a Author,
    pub now: Timestamp,
    pub ids: &'a mut Ids,
}

/// A note to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct New {
    pub target: Target,
    pub body: String,
    pub tags: Vec<String>,
    pub mark: Option<Mark>,
}

impl New {
    fn op(self, author: &str) -> Op {
        Op::Add {
            doc: Box::new(self.target.doc),
            subject: self.target.subject,
            anchor: self.target.anchor.map(Box::new),
            body: self.body,
            tags: self.tags,
            mark: self.mark,
            author: author.to_owned(),
        }
    }
}

impl Book {
    /// A new note; its id is [`Record::note`].
    pub fn add(&self, pen: &mut Pen<'_>, new: New) -> Record {
        let op = new.op(&pen.author.name);
        self.found(pen, op)
    }

    /// A new note that has an id already: another program made it.
    pub fn add_as(&self, pen: &mut Pen<'_>, id: NoteId, new: New) -> Record {
        let op = new.op(&pen.author.name);
        self.change(pen, id, op)
    }

    /// Replaces the text, or all texts of a conflict.
    pub fn set_body(&self, pen: &mut Pen<'_>, note: NoteId, body: &str) -> Record {
        self.change(pen, note, Op::Body(body.to_owned()))
    }

    /// Makes text, tags and mark what the reader left them, in one step; `None` where they are that.
    pub fn edit(
        &self,
        pen: &mut Pen<'_>,
        id: NoteId,
        body: &str,
        tags: &[String],
        mark: Option<Mark>,
    ) -> Option<Record> {
        // One whose beginning has not arrived takes everything.
        let note = self.note(id);
        let (add, del) = self.tag_changes(id, tags);
        let is_other = |body: &&str| note.is_none_or(|note| *body != note.body() || note.is_conflict());
        let body = Some(body).filter(is_other).map(str::to_owned);
        let mark = Some(mark).filter(|mark| note.is_none_or(|note| *mark != note.mark));
        let op = match (body, add.is_empty() && del.is_empty(), mark) {
            (None, true, None) => return None,
            (Some(body), true, None) => Op::Body(body),
            (None, false, None) => Op::Tags { add, del },
            (None, true, Some(mark)) => Op::Mark(mark),
            (body, _, mark) => Op::Edit { body, add, del, mark },
        };
        Some(self.change(pen, id, op))
    }

    /// The tags that have to be given and taken away to leave these.
    fn tag_changes(&self, note: NoteId, tags: &[String]) -> (Vec<String>, Vec<String>) {
        let now = self.note(note).map_or(&[][..], |note| &note.tags);
        let add = tags.iter().filter(|tag| !now.contains(tag)).cloned().collect();
        (add, now.iter().filter(|tag| !tags.contains(tag)).cloned().collect())
    }

    /// Gives the note these tags; `None` where it has them.
    pub fn set_tags(&self, pen: &mut Pen<'_>, note: NoteId, tags: &[String]) -> Option<Record> {
        let (add, del) = self.tag_changes(note, tags);
        (!add.is_empty() || !del.is_empty()).then(|| self.change(pen, note, Op::Tags { add, del }))
    }

    pub fn set_mark(&self, pen: &mut Pen<'_>, note: NoteId, mark: Option<Mark>) -> Record {
        self.change(pen, note, Op::Mark(mark))
    }

    /// A place that the reader accepted, in the document as it is now.
    pub fn re_anchor(&self, pen: &mut Pen<'_>, note: NoteId, doc: DocRef, anchor: Anchor) -> Record {
        self.change(pen, note, Op::Anchor { doc: Some(Box::new(doc)), anchor: Box::new(anchor) })
    }

    pub fn delete(&self, pen: &mut Pen<'_>, note: NoteId) -> Record {
        self.change(pen, note, Op::Delete)
    }

    pub fn undelete(&self, pen: &mut Pen<'_>, note: NoteId) -> Record {
        self.change(pen, note, Op::Undelete)
    }

    /// Gives the paragraph the topic.
    pub fn give(&self, pen: &mut Pen<'_>, doc: DocRef, paragraph: Anchor, topic: &str) -> Record {
        self.hand_tag(pen, doc, paragraph, topic, Some(true))
    }

    /// Refuses the paragraph the topic.
    pub fn refuse(&self, pen: &mut Pen<'_>, doc: DocRef, paragraph: Anchor, topic: &str) -> Record {
        self.hand_tag(pen, doc, paragraph, topic, Some(false))
    }

    /// Leaves the topic of the paragraph to the dictionary.
    pub fn clear(&self, pen: &mut Pen<'_>, doc: DocRef, paragraph: Anchor, topic: &str) -> Record {
        self.hand_tag(pen, doc, paragraph, topic, None)
    }

    fn hand_tag(&self, pen: &mut Pen<'_>, doc: DocRef, at: Anchor, topic: &str, given: Option<bool>) -> Record {
        let known = self.hand_tag_id(&doc, &at, topic);
        let op = Op::HandTag { doc: Box::new(doc), anchor: Box::new(at), topic: topic.to_owned(), given };
        match known {
            Some(id) => self.change(pen, id, op),
            None => self.found(pen, op),
        }
    }

    fn hand_tag_id(&self, doc: &DocRef, at: &Anchor, topic: &str) -> Option<NoteId> {
        let here = self.hand_tags(&doc.path);
        here.iter()
            .find(|tag| tag.topic == topic && tag.anchor.exact == at.exact && tag.anchor.nth == at.nth)
            .map(|tag| tag.id)
    }

    /// What was written about the document at `from` is about `doc`.
    pub fn alias(&self, pen: &mut Pen<'_>, from: &str, doc: DocRef) -> Record {
        self.write(pen, None, Op::Alias { from: from.to_owned(), doc: Box::new(doc) })
    }

    /// The first record of something new, which is called after it.
    fn found(&self, pen: &mut Pen<'_>, op: Op) -> Record {
        let ev = pen.ids.next(pen.now, self.last_of(&pen.author.writer));
        Record::new(ev, pen.now, &pen.author.writer, Some(ev.into()), Vec::new(), op)
    }

    fn change(&self, pen: &mut Pen<'_>, note: NoteId, op: Op) -> Record {
        self.write(pen, Some(note), op)
    }

    /// A record behind everything known of `note`. Its id is above all it has seen.
    pub(super) fn write(&self, pen: &mut Pen<'_>, note: Option<NoteId>, op: Op) -> Record {
        let prev = self.heads(note);
        let last = prev.iter().copied().max().max(self.last_of(&pen.author.writer));
        Record::new(pen.ids.next(pen.now, last), pen.now, &pen.author.writer, note, prev, op)
    }

    /// The last changes of a note, or those of documents.
    pub fn heads(&self, note: Option<NoteId>) -> Vec<EventId> {
        let events = self.groups.get(&note);
        let records: Vec<&Record> = events.into_iter().flatten().filter_map(|ev| self.records.get(ev)).collect();
        fold::heads(&records)
    }

    fn last_of(&self, writer: &str) -> Option<EventId> {
        self.writers.get(writer).and_then(|events| events.last().copied())
    }
}
