//! Notes: writing, highlighting, undoing; what the thread that writes answers.

use std::sync::Arc;

use crate::app::editor::Editor;
use crate::app::event::{Effect, Job};
use crate::app::margins::{Change, Pending};
use crate::app::{Answer, Model};
use crate::corpus::{DocId, Document, Place};
use crate::diag::Diagnostic;
use crate::keys::Key;
use crate::keys::actions::Action;
use crate::notes::{Anchor, DocRef, EventId, Mark, Note, NoteId, Op, Record, Subject};

impl Model {
    /// Opens the editor on a range of the document, for the note that stands exactly there if there is one.
    pub(super) fn annotate(&mut self, range: std::ops::Range<usize>, subject: Subject) {
        let Some((doc, document)) = self.open_document() else { return };
        let anchor = Anchor::of(&document.clean, range.clone());
        let place = Place { doc, at: range.start };
        let mut editor = Editor::new(DocRef::of(&document), subject, Some(anchor), place, "");
        editor.passage = (subject == Subject::Passage).then_some(range);
        editor.written_on = Some(document);
        self.open_editor(editor);
        // The editor covers the lower part of the page: the passage is to be seen above it.
        if subject == Subject::Passage && self.page.rows_above_cursor() > self.page.height() / 3 {
            self.page.go_back_to(place, 2, &self.shelf);
        }
    }

    pub(super) fn annotate_document(&mut self) {
        let Some((doc, document)) = self.open_document() else { return };
        let place = self.page.place().unwrap_or(Place { doc, at: 0 });
        let mut editor = Editor::new(DocRef::of(&document), Subject::Document, None, place, "");
        editor.written_on = Some(document);
        self.open_editor(editor);
    }

    pub(super) fn open_editor(&mut self, mut editor: Editor) {
        self.editors += 1;
        editor.number = self.editors;
        self.editor = Some(editor);
    }

    /// Opens the editor on a note that is there.
    pub(super) fn edit_note(&mut self, id: NoteId) {
        let Some(note) = self.margins.book.note(id).cloned() else { return };
        let place = self.page.place().unwrap_or(Place { doc: DocId(0), at: 0 });
        let mut editor = Editor::new(note.doc.clone(), note.subject, note.anchor.clone(), place, &editable(&note));
        if note.is_conflict() {
            self.status.say("two texts of one note: keep what you want of both, and save");
        }
        if note.subject == Subject::Passage
            && let Some(doc) = crate::app::sheets::notes::doc_of(self, &note)
            && let Some(range) =
                self.margins.on(doc).iter().find(|placed| placed.note == id).and_then(|p| p.range.clone())
        {
            editor.place = Place { doc, at: range.start };
            editor.passage = Some(range);
        }
        editor.note = Some(id);
        editor.mark = note.mark;
        editor.tags.clone_from(&note.tags);
        self.open_editor(editor);
    }

    /// The document under the cursor, where it is open; else says why nothing can be written.
    pub(super) fn open_document(&mut self) -> Option<(DocId, Arc<Document>)> {
        if self.doc().is_some_and(|doc| self.shelf.partial == Some(doc)) {
            self.status.refuse("the rest of the document is still being read; try again in a moment");
            return None;
        }
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
        draft: Option<EventId>,
        fx: &mut Vec<Effect>,
    ) {
        let ticket = self.margins.ticket();
        self.status.say("saving the change");
        self.margins.pending.push(Pending { ticket, change: change.clone(), document: document.clone(), fault: None });
        fx.push(Effect::Job(Job::Write { ticket, change: Box::new(change), document, draft, elsewhere: false }));
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
                editor.touch(1);
            }
            Action::EditorRedo => {
                editor.area.redo();
                editor.touch(1);
            }
            Action::EditorMark => editor.next_mark(),
            Action::EditorKeys => self.show_keys(),
            Action::EditorSuspend => fx.push(Effect::Suspend),
            _ => self.not_here(action),
        }
    }

    fn save_editor(&mut self, fx: &mut Vec<Effect>) {
        let Some(editor) = self.editor.take() else { return };
        let (body, tags) = split_tags(&editor.text());
        // Of a note whose making was undone, or has not come yet, nobody would see a change.
        match editor.note.filter(|note| self.margins.book.note(*note).is_some()) {
            Some(note) if self.is_edited(note, &body, &tags, editor.mark) => {
                self.write(Change::Edit { note, body, tags, mark: editor.mark }, None, editor.draft, fx);
            }
            Some(_) => self.status.say("the note is as it was"),
            None if body.is_empty() && editor.mark.is_none() => {
                if let Some(draft) = editor.draft {
                    fx.push(Effect::Job(Job::DropDraft(draft)));
                }
                self.status.say("nothing written, nothing saved");
            }
            None => {
                let document = editor.written_on;
                let change = Change::Add {
                    document: editor.document,
                    subject: editor.subject,
                    anchor: editor.anchor,
                    body,
                    tags,
                    mark: editor.mark,
                };
                self.write(change, document, editor.draft, fx);
            }
        }
    }

    /// Whether a note is other than the reader left it.
    fn is_edited(&self, note: NoteId, body: &str, tags: &[String], mark: Option<Mark>) -> bool {
        let is_same =
            |note: &Note| note.body() == body && !note.is_conflict() && note.tags == tags && note.mark == mark;
        !self.margins.book.note(note).is_some_and(is_same)
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
            Answer::DraftKept { editor: number, kept: Ok(id) } => {
                if let Some(editor) = self.editor.as_mut().filter(|editor| editor.number == number) {
                    editor.draft = Some(id);
                }
            }
            Answer::DraftKept { kept: Err(fault), .. } => self.status.danger(format!("NO DRAFT: {fault}")),
            Answer::Placed { doc, placed } => {
                self.margins.place(doc, placed);
                self.show_opened();
                self.refresh_notes_sheet();
            }
            Answer::Passage { editor, range } => self.passage_found(editor, range, fx),
            Answer::Moved(moved) => self.take_moved(moved, fx),
            _ => {}
        }
    }

    /// What was done, once it is on disk: `saved the note`, `undone, and saved: the deletion`. Without a
    /// record there was nothing to do.
    fn done(&self, change: &Change, record: Option<&Record>) -> Result<String, &'static str> {
        let of = |record: &Record| match record.op {
            Op::Undo(of) => self.margins.book.record(of),
            _ => None,
        };
        let what = |record: Option<&Record>| record.map_or("the change", |record| record.op.what());
        match (change, record) {
            (Change::Undo, None) => Err("nothing to undo"),
            (Change::Redo, None) => Err("nothing to redo"),
            (_, None) => Err("nothing to save: all is as it was"),
            (Change::Undo, Some(record)) => Ok(format!("undone, and saved: {}", what(of(record)))),
            // What is redone is an undoing that is undone.
            (Change::Redo, Some(record)) => Ok(format!("redone, and saved: {}", what(of(record).and_then(of)))),
            (_, Some(record)) => Ok(format!("saved {}", record.op.what())),
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
                match self.done(&pending.change, record.as_ref()) {
                    Err(nothing) => self.status.refuse(nothing),
                    Ok(done) => self.status.say(match note {
                        Some(note) => format!("{done}; {}", note.message),
                        None => done,
                    }),
                }
                self.take_records(record.into_iter().collect(), fx);
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
}

/// The text of a note as it is edited: of a conflict all texts, tags as a last line.
fn editable(note: &Note) -> String {
    let bodies: Vec<&str> = note.bodies.iter().map(|version| version.text.as_str()).collect();
    let mut text = bodies.join("\n———\n");
    if !note.tags.is_empty() {
        let tags: Vec<String> = note.tags.iter().map(|tag| format!("#{tag}")).collect();
        text.push_str("\n\n");
        text.push_str(&tags.join(" "));
    }
    text
}

/// A text and its tags: the words of its last line, where each begins with `#`.
fn split_tags(text: &str) -> (String, Vec<String>) {
    let text = text.trim_end();
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    let words: Vec<&str> = last.split_whitespace().collect();
    let is_tag = |word: &&str| word.len() > 1 && word.starts_with('#') && !word[1..].contains('#');
    if words.is_empty() || !words.iter().all(is_tag) {
        return (text.to_owned(), Vec::new());
    }
    (before.trim_end().to_owned(), words.iter().map(|word| word[1..].to_owned()).collect())
}

#[cfg(test)]
mod tests {
    use super::split_tags;

    #[test]
    fn a_last_line_of_tags_is_no_text() {
        let split = |text| {
            let (body, tags) = split_tags(text);
            (body, tags.join(","))
        };
        assert_eq!(split("A note.\n\n#trade #TPP\n"), ("A note.".into(), "trade,TPP".into()));
        assert_eq!(split("#alone"), (String::new(), "alone".into()));
        assert_eq!(split("A note about #trade"), ("A note about #trade".into(), String::new()));
        assert_eq!(split("# Heading"), ("# Heading".into(), String::new()));
        assert_eq!(split(""), (String::new(), String::new()));
    }
}
