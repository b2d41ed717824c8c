//! Notes: writing, highlighting, undoing; what the thread that writes answers.

use std::sync::Arc;

use crate::app::editor::Editor;
use crate::app::event::{Effect, Job};
use crate::app::margins::{Change, Pending, Placed, Tier, exact_place};
use crate::app::{Answer, Model};
use crate::corpus::{DocId, Document, Place};
use crate::diag::Diagnostic;
use crate::keys::Key;
use crate::keys::actions::Action;
use crate::notes::{Anchor, DocRef, Mark, NoteId, Record, Subject, Target};
use crate::topics::{Hand, TopicId};

impl Model {
    /// Opens the editor on a range of the document, for the note that stands exactly there if there is one.
    pub(super) fn annotate(&mut self, range: std::ops::Range<usize>, subject: Subject) {
        let Some((doc, document)) = self.open_document() else { return };
        let anchor = Anchor::of(&document.clean, range.clone());
        let place = Place { doc, at: range.start };
        self.editor = Some(Editor::new(DocRef::of(&document), subject, Some(anchor), place, ""));
    }

    pub(super) fn annotate_document(&mut self) {
        let Some((doc, document)) = self.open_document() else { return };
        let place = self.page.place().unwrap_or(Place { doc, at: 0 });
        self.editor = Some(Editor::new(DocRef::of(&document), Subject::Document, None, place, ""));
    }

    /// Opens the editor on a note that is there.
    pub(super) fn edit_note(&mut self, id: NoteId) {
        let Some(note) = self.margins.book.note(id).cloned() else { return };
        let place = self.page.place().unwrap_or(Place { doc: DocId(0), at: 0 });
        let mut editor = Editor::new(note.doc.clone(), note.subject, note.anchor.clone(), place, note.body());
        editor.note = Some(id);
        editor.mark = note.mark;
        editor.tags.clone_from(&note.tags);
        self.editor = Some(editor);
    }

    /// The document under the cursor, where it is open; else says why nothing can be written.
    pub(super) fn open_document(&mut self) -> Option<(DocId, Arc<Document>)> {
        let found = self.doc().and_then(|doc| Some((doc, self.shelf.document(doc)?.clone())));
        if found.is_none() {
            self.status.refuse("no document is open to write on");
        }
        found
    }

    /// The paragraph under the cursor, as bytes of the clean text.
    pub(super) fn paragraph_range(&self) -> Option<std::ops::Range<usize>> {
        let (doc, para) = self.doc().zip(self.page.para())?;
        Some(self.shelf.document(doc)?.clean.paragraphs.get(para as usize)?.range())
    }

    /// Highlights a range, in the next colour where it is highlighted already.
    pub(super) fn highlight(&mut self, range: std::ops::Range<usize>, subject: Subject, fx: &mut Vec<Effect>) {
        let Some((doc, document)) = self.open_document() else { return };
        let here = self.margins.on(doc).iter().find(|placed| placed.range.as_ref() == Some(&range)).map(|p| p.note);
        if let Some(note) = here.and_then(|id| self.margins.book.note(id)) {
            let next = match note.mark {
                None => Mark::ALL.first().copied(),
                Some(mark) => Mark::ALL.iter().skip_while(|other| **other != mark).nth(1).copied(),
            };
            let (id, is_empty) = (note.id, note.body().is_empty());
            let change = if next.is_none() && is_empty { Change::Delete(id) } else { Change::Mark(id, next) };
            return self.write(change, None, None, fx);
        }
        let anchor = Some(Anchor::of(&document.clean, range));
        let change = Change::Add {
            document: DocRef::of(&document),
            subject,
            anchor,
            body: String::new(),
            tags: Vec::new(),
            mark: Some(Mark::Yellow),
        };
        self.write(change, Some(document), None, fx);
    }

    /// Sends a change to the disk.
    pub(super) fn write(
        &mut self,
        change: Change,
        document: Option<Arc<Document>>,
        draft: Option<crate::notes::EventId>,
        fx: &mut Vec<Effect>,
    ) {
        let ticket = self.margins.ticket();
        self.status.say(format!("saving {}", change.name()));
        self.margins.pending.push(Pending { ticket, change: change.clone(), document: document.clone(), fault: None });
        fx.push(Effect::Job(Job::Write { ticket, change: Box::new(change), document, draft, elsewhere: false }));
    }

    /// Topics the paragraph under the cursor carries.
    pub(super) fn topics_here(&self) -> Vec<TopicId> {
        let here = self.page.place().zip(self.page.para());
        here.map(|(place, para)| self.topics.index.topics_of(place.doc, para)).unwrap_or_default()
    }

    /// Gives the paragraph a topic by hand, or refuses it; the same again takes that back.
    pub(super) fn hand_topic(&mut self, topic: TopicId, given: bool, fx: &mut Vec<Effect>) {
        let here = self.page.place().zip(self.page.para()).zip(self.paragraph_range());
        let Some(((place, para), range)) = here else { return };
        let Some(document) = self.shelf.document(place.doc).cloned() else { return };
        let before = self.topics.index.hand(place.doc, para, topic);
        let same = before == Some(if given { Hand::Given } else { Hand::Refused });
        let change = Change::Hand {
            document: DocRef::of(&document),
            paragraph: Anchor::of(&document.clean, range),
            topic: self.topics.dictionary.topic(topic).id.clone(),
            given: (!same).then_some(given),
        };
        self.write(change, Some(document), None, fx);
    }

    /// Takes what was given and refused by hand into the index.
    fn place_hands(&mut self, doc: DocId, document: &Document) {
        let known = self.topics.index.hands(doc);
        let mut wanted = Vec::new();
        for hand in self.margins.book.hand_tags(&document.path) {
            let Some(topic) = self.topics.dictionary.find(&hand.topic) else { continue };
            let range = exact_place(document, &hand.doc, &hand.anchor).or_else(|| {
                let at = document.clean.text.find(&hand.anchor.exact)?;
                Some(at..at + hand.anchor.exact.len())
            });
            if let Some(range) = range {
                let para = document.clean.paragraph_at(range.start) as u32;
                wanted.push((para, topic, if hand.given { Hand::Given } else { Hand::Refused }));
            }
        }
        for (para, topic) in known {
            if !wanted.iter().any(|(p, t, _)| (*p, *t) == (para, topic)) {
                self.topics.index.clear_hand(doc, para, topic);
            }
        }
        for (para, topic, hand) in wanted {
            self.topics.index.set_hand(doc, para, topic, hand);
        }
    }

    pub(super) fn editor_key(&mut self, key: Key, fx: &mut Vec<Effect>) {
        let Some(editor) = &mut self.editor else { return };
        if editor.type_key(key) {
            self.keep_draft(fx);
        }
    }

    pub(super) fn editor_action(&mut self, action: Action, fx: &mut Vec<Effect>) {
        let Some(editor) = &mut self.editor else { return };
        match action {
            Action::EditorSave => self.save_editor(fx),
            Action::EditorCancel => {
                if editor.is_changed() {
                    self.keep_draft(fx);
                    self.status.say("closed; the text is kept as a draft, offered at the next start");
                }
                self.editor = None;
            }
            Action::EditorExternal => fx.push(Effect::Edit { text: editor.text() }),
            Action::EditorUndo => {
                editor.area.undo();
            }
            Action::EditorRedo => {
                editor.area.redo();
            }
            Action::EditorMark => editor.next_mark(),
            _ => self.not_here(action),
        }
    }

    fn save_editor(&mut self, fx: &mut Vec<Effect>) {
        let Some(editor) = self.editor.take() else { return };
        let body = editor.text().trim_end().to_owned();
        let unchanged = editor.note.and_then(|id| self.margins.book.note(id));
        let mark_changed = unchanged.is_some_and(|note| note.mark != editor.mark);
        match editor.note {
            Some(id) if mark_changed => {
                self.write(Change::Mark(id, editor.mark), None, None, fx);
                if editor.is_changed() {
                    self.write(Change::Body(id, body), None, editor.draft, fx);
                }
            }
            Some(id) if editor.is_changed() => self.write(Change::Body(id, body), None, editor.draft, fx),
            Some(_) => self.status.say("the note is as it was"),
            None if body.is_empty() && editor.mark.is_none() => {
                if let Some(draft) = editor.draft {
                    fx.push(Effect::Job(Job::DropDraft(draft)));
                }
                self.status.say("nothing written, nothing saved");
            }
            None => {
                let document = self.shelf.document(editor.place.doc).cloned();
                let change = Change::Add {
                    document: editor.document,
                    subject: editor.subject,
                    anchor: editor.anchor,
                    body,
                    tags: editor.tags,
                    mark: editor.mark,
                };
                self.write(change, document, editor.draft, fx);
            }
        }
    }

    /// Goes on with an unsent note of an earlier session.
    pub(super) fn resume_draft(&mut self, at: usize) {
        if at >= self.margins.left_over.len() {
            return;
        }
        let draft = self.margins.left_over.remove(at);
        let place = self.page.place().unwrap_or(Place { doc: DocId(0), at: 0 });
        let Target { doc, subject, anchor } = draft.target;
        let mut editor = Editor::new(doc, subject, anchor, place, "");
        editor.set_text(&draft.body);
        editor.note = draft.note;
        editor.tags = draft.tags;
        editor.mark = draft.mark;
        editor.draft = Some(draft.id);
        self.editor = Some(editor);
    }

    /// Puts what is being written on disk as a draft.
    pub(super) fn keep_draft(&mut self, fx: &mut Vec<Effect>) {
        let Some(editor) = &mut self.editor else { return };
        if editor.keys_since_kept > 0 && editor.is_changed() {
            editor.keys_since_kept = 0;
            fx.push(Effect::Job(Job::KeepDraft { draft: editor.draft, text: Box::new(editor.unsent()) }));
        }
    }

    /// Another editor ended.
    pub(super) fn edited(&mut self, result: Result<String, String>, fx: &mut Vec<Effect>) {
        match (result, &mut self.editor) {
            (Ok(text), Some(editor)) => {
                editor.set_text(text.trim_end());
                self.keep_draft(fx);
            }
            (Ok(_), None) => {}
            (Err(fault), _) => self.status.refuse(fault),
        }
    }

    pub(super) fn notes_answer(&mut self, answer: Answer, fx: &mut Vec<Effect>) {
        match answer {
            Answer::NotesOpened { writer, left_over, records } => {
                self.margins.writer = writer;
                self.margins.left_over = left_over;
                self.report(records.diagnostics);
                self.take_records(records.value, fx);
                let drafts = self.margins.left_over.len();
                if drafts > 0 {
                    let are = if drafts == 1 { "an unsent note is" } else { "unsent notes are" };
                    self.status.say(format!("{are} left from before: gn lists the notes"));
                }
            }
            Answer::NotesChanged(records) => {
                self.report(records.diagnostics);
                self.take_records(records.value, fx);
            }
            Answer::Wrote { ticket, result } => self.wrote(ticket, result, fx),
            Answer::DraftKept(Ok(id)) => {
                if let Some(editor) = &mut self.editor {
                    editor.draft = Some(id);
                }
            }
            Answer::DraftKept(Err(fault)) => self.status.danger(format!("NO DRAFT: {fault}")),
            Answer::Placed { doc, placed } => {
                self.margins.place(doc, placed);
                self.page.forget_layout();
            }
            _ => {}
        }
    }

    fn wrote(
        &mut self,
        ticket: u64,
        result: Result<(Option<Record>, Option<Diagnostic>), Diagnostic>,
        fx: &mut Vec<Effect>,
    ) {
        let Some(at) = self.margins.pending.iter().position(|pending| pending.ticket == ticket) else { return };
        match result {
            Ok((record, note)) => {
                let pending = self.margins.pending.remove(at);
                self.messages.extend(note.clone());
                if !self.margins.has_unsaved() {
                    self.status.said = None;
                }
                match (&pending.change, record) {
                    (Change::Undo, None) => self.status.refuse("nothing to undo"),
                    (Change::Redo, None) => self.status.refuse("nothing to redo"),
                    (change, record) => {
                        self.status.say(match note {
                            Some(note) => format!("saved {}; {}", change.name(), note.message),
                            None => format!("saved {}", change.name()),
                        });
                        self.take_records(record.into_iter().collect(), fx);
                    }
                }
            }
            Err(fault) => {
                let pending = &mut self.margins.pending[at];
                pending.fault = Some(fault.to_string());
                self.status.danger(format!("NOT SAVED: {fault}; :save-again tries again"));
                self.messages.push(fault);
            }
        }
    }

    /// Sends everything that is not on disk again; `elsewhere` puts it in the user's own folder.
    pub(super) fn save_again(&mut self, elsewhere: bool, fx: &mut Vec<Effect>) {
        if !self.margins.has_unsaved() {
            return self.status.say("everything is saved");
        }
        self.status.said = None;
        self.status.say("saving again");
        for pending in self.margins.pending.iter_mut().filter(|pending| pending.fault.is_some()) {
            pending.fault = None;
            fx.push(Effect::Job(Job::Write {
                ticket: pending.ticket,
                change: Box::new(pending.change.clone()),
                document: pending.document.clone(),
                draft: None,
                elsewhere,
            }));
        }
    }

    fn take_records(&mut self, records: Vec<Record>, fx: &mut Vec<Effect>) {
        if records.is_empty() {
            return;
        }
        self.margins.apply(records);
        self.force_is_stale = true;
        let open: Vec<DocId> = self.shelf.library.ids().filter(|doc| self.shelf.document(*doc).is_some()).collect();
        for doc in open {
            self.place_notes(doc, fx);
        }
        self.refresh_notes_sheet();
    }

    /// Finds where the notes of an open document stand: here where its text is the one they were made
    /// on, else on another thread.
    pub(super) fn place_notes(&mut self, doc: DocId, fx: &mut Vec<Effect>) {
        let Some(document) = self.shelf.document(doc).cloned() else { return };
        let notes = self.margins.book.on(&document.path);
        let mut placed = Vec::new();
        let mut moved = Vec::new();
        for note in notes {
            match &note.anchor {
                None => placed.push(Placed { note: note.id, range: None, tier: Tier::Sure }),
                Some(anchor) => match exact_place(&document, &note.doc, anchor) {
                    Some(range) => placed.push(Placed { note: note.id, range: Some(range), tier: Tier::Sure }),
                    None => moved.push((note.id, note.doc.clone(), Some(anchor.clone()))),
                },
            }
        }
        if !moved.is_empty() {
            let all = placed.iter().filter_map(|p| self.margins.book.note(p.note));
            moved.extend(all.map(|note| (note.id, note.doc.clone(), note.anchor.clone())));
            fx.push(Effect::Job(Job::Place { doc, document: document.clone(), notes: moved }));
        }
        self.margins.place(doc, placed);
        self.place_hands(doc, &document);
    }
}
