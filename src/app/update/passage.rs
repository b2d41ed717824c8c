//! The passage that is being written on: lit while the editor is open, also where it goes on with an
//! unsent note of an earlier session, and where the document is read anew meanwhile.

use std::ops::Range;

use crate::app::editor::Editor;
use crate::app::event::{Effect, Job};
use crate::app::{Model, Target, sheets};
use crate::corpus::{DocId, Place};
use crate::notes::standing::Ground;
use crate::notes::{self, DocRef, NoteId, Subject};

impl Model {
    /// Goes on with an unsent note of an earlier session, where its passage is.
    pub(super) fn resume_draft(&mut self, at: usize, fx: &mut Vec<Effect>) {
        if at >= self.margins.left_over.len() {
            return;
        }
        let draft = self.margins.left_over.remove(at);
        let notes::Target { doc, subject, anchor } = draft.target;
        let here = sheets::notes::doc_at(self, &doc.path);
        let place = self.page.place().unwrap_or(Place { doc: DocId(0), at: 0 });
        let place = here.map_or(place, |doc| Place { doc, at: 0 });
        let mut editor = Editor::new(doc, subject, anchor, place, "");
        editor.set_text(&draft.body);
        editor.note = draft.note;
        editor.tags = draft.tags;
        editor.mark = draft.mark;
        editor.draft = Some(draft.id);
        editor.is_away = true;
        self.open_editor(editor);
        self.turn_to_passage(here, fx);
    }

    /// Opens the editor on a note of the list, where its passage is.
    pub(super) fn edit_listed(&mut self, id: NoteId, fx: &mut Vec<Effect>) {
        let here = self.margins.book.note(id).and_then(|note| sheets::notes::doc_of(self, note));
        self.edit_note(id);
        if let (Some(editor), Some(doc)) = (&mut self.editor, here) {
            let at = editor.passage.as_ref().map_or(0, |range| range.start);
            (editor.place, editor.is_away) = (Place { doc, at }, true);
            self.turn_to_passage(here, fx);
        }
    }

    /// Shows the passage of the editor in its document, now or when that has been read.
    fn turn_to_passage(&mut self, here: Option<DocId>, fx: &mut Vec<Effect>) {
        let (Some(doc), Some(editor)) = (here, &mut self.editor) else { return };
        let para = editor.anchor.as_ref().map(|anchor| anchor.para as u32);
        if para.is_some() && self.shelf.document(doc).is_some() && self.shelf.partial != Some(doc) {
            return self.light_passage(doc, fx);
        }
        editor.is_away = para.is_some();
        if para.is_some() || self.doc() != Some(doc) {
            self.leave();
            self.open(doc, para.map_or(Target::Kept, Target::Paragraph), fx);
        }
    }

    /// Finds the passage of the editor in its document as it is now: here where it is the very one,
    /// else on another thread.
    pub(super) fn light_passage(&mut self, doc: DocId, fx: &mut Vec<Effect>) {
        let Some(editor) = self.editor.as_mut().filter(|editor| editor.place.doc == doc) else { return };
        let Some(document) = self.shelf.document(doc).cloned() else { return };
        if document.path != editor.document.path && !editor.is_away {
            return;
        }
        if editor.written_on.is_none() && editor.document.raw == DocRef::named(document.raw) {
            editor.written_on = Some(document.clone());
        }
        let Some(anchor) = &editor.anchor else { return };
        let number = editor.number;
        match Ground::new(&document).unmoved(&editor.document, anchor) {
            Some(range) => self.passage_found(number, Some(range), fx),
            None => {
                let (of, anchor) = (editor.document.clone(), Box::new(anchor.clone()));
                // Nothing else is lit meanwhile.
                editor.passage = None;
                fx.push(Effect::Job(Job::FindPassage { editor: number, document, of, anchor }));
            }
        }
    }

    pub(super) fn passage_found(&mut self, number: u64, range: Option<Range<usize>>, fx: &mut Vec<Effect>) {
        let Some(editor) = self.editor.as_mut().filter(|editor| editor.number == number) else { return };
        let Some(range) = range else {
            let doc = editor.place.doc;
            if std::mem::take(&mut editor.is_away) && self.doc() != Some(doc) {
                self.leave();
                self.open(doc, Target::Kept, fx);
            }
            return self.status.say("the words it is about are not in the document any more");
        };
        editor.place.at = range.start;
        let place = editor.place;
        if editor.subject == Subject::Passage {
            editor.passage = Some(range);
        }
        if std::mem::take(&mut editor.is_away) {
            self.leave();
            if self.doc() != Some(place.doc) || self.page.is_trail() {
                self.open(place.doc, Target::Byte(place.at), fx);
            }
            // The editor covers the lower part of the page.
            self.page.go_back_to(place, 2, &self.shelf);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::app::margins::Change;
    use crate::app::trial::Trial;
    use crate::app::{Answer, Effect, Event, Job, Read};
    use crate::corpus::{DocId, Document, load};
    use crate::diag::Loaded;
    use crate::notes::{Anchor, Author, Book, DocRef, Draft, Ids, New, Pen, Subject, Target};
    use crate::text::Options;

    const OTHER: &str = "A text of another kind.\n\nThe regional order is shared by those who live in it.\n";

    fn document(text: &str) -> Document {
        load::from_bytes("b.txt", text.as_bytes(), &Options::default()).unwrap()
    }

    fn draft(document: &Document, words: &str) -> Draft {
        let start = document.clean.text.find(words).unwrap();
        let anchor = Some(Anchor::of(&document.clean, start..start + words.len()));
        Draft {
            id: Ids::seeded(1).next(jiff::Timestamp::UNIX_EPOCH, None),
            note: None,
            target: Target { doc: DocRef::of(document), subject: Subject::Passage, anchor },
            body: "half a sent".into(),
            tags: Vec::new(),
            mark: None,
            at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    /// A reader with a draft that was made on `made_on`, which is now [`OTHER`], gone on with.
    fn resumed(made_on: &str, words: &str) -> Trial {
        resumed_draft(draft(&document(made_on), words))
    }

    fn resumed_draft(draft: Draft) -> Trial {
        let mut trial = Trial::of(&[("a.txt", "The first text."), ("b.txt", OTHER)], 100, 24);
        trial.happen(Event::Done(Box::new(Answer::NotesOpened {
            writer: "ann-1".into(),
            left_over: vec![draft],
            records: Loaded::clean(Vec::new()),
        })));
        trial.keys("gn<CR>");
        assert_eq!(trial.model.editor.as_ref().map(|editor| editor.text()).as_deref(), Some("half a sent"));
        trial
    }

    fn lit(trial: &Trial) -> Option<String> {
        let editor = trial.model.editor.as_ref()?;
        let document = trial.model.shelf.document(editor.place.doc)?;
        Some(document.clean.text[editor.passage.clone()?].to_owned())
    }

    fn asked(trial: &Trial) -> (u64, Anchor) {
        let job = trial.effects.iter().rev().find_map(|effect| match effect {
            Effect::Job(Job::FindPassage { editor, anchor, .. }) => Some((*editor, (**anchor).clone())),
            _ => None,
        });
        job.expect("the passage is looked for")
    }

    #[test]
    fn a_draft_gone_on_with_has_its_passage_lit_in_its_document() {
        let trial = resumed(OTHER, "regional order");
        assert_eq!(lit(&trial).as_deref(), Some("regional order"));
        assert_eq!(trial.model.doc(), Some(DocId(1)));
        let place = trial.model.editor.as_ref().unwrap().place;
        assert!(trial.model.page.shows(place.doc, place.at));
    }

    /// A reader of two documents, the first one open, with a note on the other one that two people changed.
    fn with_two_texts() -> Trial {
        let Draft { target, .. } = draft(&document(OTHER), "regional order");
        let author = Author { writer: "ann-1".into(), name: String::new() };
        let mut ids = Ids::seeded(1);
        let mut pen = Pen { author: &author, now: jiff::Timestamp::UNIX_EPOCH, ids: &mut ids };
        let mut book = Book::new();
        let new = New { target, body: "whose?".into(), tags: Vec::new(), mark: None };
        let made = book.add(&mut pen, new);
        let note = made.note.unwrap();
        book.apply(made.clone());
        let texts = ["ours", "theirs"].map(|text| book.set_body(&mut pen, note, text));
        let mut trial = Trial::of(&[("a.txt", "The first text."), ("b.txt", OTHER)], 100, 24);
        trial.happen(Event::Done(Box::new(Answer::NotesOpened {
            writer: "ann-1".into(),
            left_over: Vec::new(),
            records: Loaded::clean([made].into_iter().chain(texts).collect()),
        })));
        trial
    }

    #[test]
    fn a_note_of_the_list_is_edited_where_its_passage_is() {
        let mut trial = with_two_texts();
        trial.keys("gne");
        assert_eq!(trial.model.editor.as_ref().map(|editor| editor.text()).as_deref(), Some("theirs\n———\nours"));
        assert_eq!((trial.model.doc(), lit(&trial).as_deref()), (Some(DocId(1)), Some("regional order")));
        let place = trial.model.editor.as_ref().unwrap().place;
        assert!(trial.model.page.shows(place.doc, place.at));
        trial.keys("<C-c><C-o>");
        assert_eq!(trial.model.doc(), Some(DocId(0)));
        // The same where the document is open, and from the middle of it.
        trial.keys("]d[dgne");
        assert_eq!((trial.model.doc(), lit(&trial).as_deref()), (Some(DocId(1)), Some("regional order")));
    }

    #[test]
    fn where_a_note_with_two_texts_stands_is_told_with_how_to_settle_it() {
        let mut trial = with_two_texts();
        trial.keys("]dgn=");
        assert_eq!(trial.said(), "the note stands where it was made; it has two texts: e settles them");
    }

    #[test]
    fn a_draft_on_words_that_have_moved_since_is_lit_where_they_are_now() {
        let mut trial = resumed("The regional order is shared by those who live in it.\n", "regional order");
        assert_eq!(lit(&trial), None, "not on what stands there now");
        let (editor, anchor) = asked(&trial);
        assert_eq!(anchor.exact, "regional order");
        let start = document(OTHER).clean.text.find("regional order").unwrap();
        let found = |range| Event::Done(Box::new(Answer::Passage { editor, range }));
        trial.happen(found(Some(start..start + 14)));
        assert_eq!(lit(&trial).as_deref(), Some("regional order"));
        trial.happen(Event::Done(Box::new(Answer::Passage { editor: editor + 1, range: Some(0..5) })));
        assert_eq!(lit(&trial).as_deref(), Some("regional order"), "another editor's");
        let mut trial = resumed("Words of old.\n", "old");
        trial.happen(found(None));
        assert_eq!((lit(&trial), trial.said()), (None, "the words it is about are not in the document any more"));
    }

    #[test]
    fn a_text_for_a_note_that_is_not_there_becomes_a_note() {
        let made = draft(&document(OTHER), "regional order");
        let mut trial = resumed_draft(Draft { note: Some(made.id.into()), ..made });
        trial.keys("<C-s>");
        let change = trial.effects.iter().rev().find_map(|effect| match effect {
            Effect::Job(Job::Write { change, .. }) => Some((**change).clone()),
            _ => None,
        });
        assert!(matches!(change, Some(Change::Add { body, .. }) if body == "half a sent"));
    }

    #[test]
    fn a_document_read_anew_while_a_note_is_written_moves_the_light_and_the_first_text_is_kept() {
        let mut trial = Trial::of(&[("b.txt", OTHER)], 100, 24);
        let before = trial.model.shelf.document(DocId(0)).unwrap().clone();
        trial.keys("}wviwawhose?");
        let words = lit(&trial).unwrap();
        let now = Arc::new(document(&format!("A new first paragraph.\n\n{OTHER}")));
        let read = Read::untagged(now.clone());
        trial.happen(Event::Done(Box::new(Answer::Opened { doc: DocId(0), partial: false, result: Ok(read) })));
        assert_eq!(lit(&trial), None);
        let (editor, anchor) = asked(&trial);
        assert_eq!(anchor.exact, words);
        let start = now.clean.text.find(&words).unwrap();
        trial.happen(Event::Done(Box::new(Answer::Passage { editor, range: Some(start..start + words.len()) })));
        assert_eq!(lit(&trial), Some(words));
        trial.keys("<C-s>");
        let kept = trial.effects.iter().rev().find_map(|effect| match effect {
            Effect::Job(Job::Write { document, .. }) => document.clone(),
            _ => None,
        });
        assert!(Arc::ptr_eq(&kept.unwrap(), &before), "the text that the anchor speaks of");
    }
}
