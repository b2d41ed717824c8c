//! The margins: where notes stand and go, which are opened, links between them, topics given by hand.

use std::collections::HashSet;

use crate::app::event::{Effect, Job};
use crate::app::flow::long_date;
use crate::app::force::Stale;
use crate::app::margins::{Change, Moved, Placed};
use crate::app::page::Opened;
use crate::app::sheets::{self, Goal};
use crate::app::{Model, Target};
use crate::corpus::{DocId, Document, Place};
use crate::keys::actions::Action;
use crate::notes::standing::Ground;
use crate::notes::{Anchor, DocRef, Note, NoteId, Record, State, Subject, links};
use crate::topics::{Hand, TopicId};

impl Model {
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
        let ground = Ground::new(document);
        let mut wanted = Vec::new();
        let names = self.margins.names(doc, &document.path);
        for hand in names.into_iter().flat_map(|name| self.margins.book.hand_tags(name)) {
            let Some(topic) = self.topics.dictionary.find(&hand.topic) else { continue };
            let range = ground.unmoved(&hand.doc, &hand.anchor).or_else(|| {
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

    /// Notes of the paragraph under the cursor; those on the document on its first paragraph.
    fn notes_here(&self) -> Vec<NoteId> {
        let Some((doc, range)) = self.page.place().map(|place| place.doc).zip(self.paragraph_range()) else {
            return Vec::new();
        };
        let on_document = self.margins.on(doc).iter().filter(|placed| {
            self.page.para().is_some_and(|para| self.para_of_document_note(doc, placed) == Some(para))
        });
        on_document.chain(self.margins.touching(doc, &range)).map(|placed| placed.note).collect()
    }

    /// The paragraph that a note on the document is read under, the first that is not folded away; `None` for a note
    /// on anything else.
    fn para_of_document_note(&self, doc: DocId, placed: &Placed) -> Option<u32> {
        let note = self.margins.book.note(placed.note).filter(|note| note.subject == Subject::Document)?;
        let clean = &self.shelf.document(doc).filter(|_| note.anchor.is_none())?.clean;
        clean.paragraphs.iter().position(|paragraph| !paragraph.kind.is_folded()).map(|para| para as u32)
    }

    /// Opens the notes of the paragraph under it, or closes them.
    pub(super) fn open_notes(&mut self) {
        let notes = self.notes_here();
        if notes.is_empty() {
            return self.refuse_without_note();
        }
        if notes.iter().all(|note| self.margins.opened.contains(note)) {
            notes.iter().for_each(|note| {
                self.margins.opened.remove(note);
            });
        } else {
            self.margins.opened.extend(notes);
        }
        self.show_opened();
        self.page.reveal_end(&self.shelf);
    }

    /// Edits the paragraph's note; of several the list lets one choose.
    pub(super) fn edit_here(&mut self) {
        match self.notes_here().as_slice() {
            [] => self.refuse_without_note(),
            [note] => self.edit_note(*note),
            several => {
                let several = several.to_vec();
                let mut sheet = crate::app::sheets::notes::open(self);
                sheet.choose_first(|row| matches!(row.goal, Some(Goal::Note(note)) if several.contains(&note)));
                self.show_sheet(sheet);
                self.status.say("several notes stand here: e edits the chosen one");
            }
        }
    }

    fn refuse_without_note(&mut self) {
        let key = self.key_of(Action::Annotate);
        self.status.refuse(format!("no note on this paragraph; {key} writes one"));
    }

    /// Puts opened notes under their paragraphs as they are now.
    pub(super) fn show_opened(&mut self) {
        let mut asides: std::collections::HashMap<(DocId, u32), Vec<Opened>> = Default::default();
        for doc in self.shelf.docs() {
            let Some(document) = self.shelf.document(doc) else { continue };
            for placed in self.margins.on(doc).iter().filter(|placed| self.margins.opened.contains(&placed.note)) {
                let para = match &placed.range {
                    Some(range) => Some(document.clean.paragraph_at(range.start) as u32),
                    None => self.para_of_document_note(doc, placed),
                };
                let (Some(para), Some(note)) = (para, self.margins.book.note(placed.note)) else { continue };
                asides.entry((doc, para)).or_default().push(self.aside_of(note));
            }
        }
        self.page.set_asides(asides);
    }

    fn aside_of(&self, note: &Note) -> Opened {
        let who = match note.author.as_str() {
            _ if note.writer == self.margins.writer => String::new(),
            "" => format!("{}  ", note.writer),
            author => format!("{author}  "),
        };
        let day = note.created.to_string();
        let tags: String = note.tags.iter().map(|tag| format!("  #{tag}")).collect();
        let conflict = if note.is_conflict() { "  two texts: E settles them" } else { "" };
        let head = format!("{who}{}{tags}{conflict}", long_date(day.get(..10).unwrap_or_default()));
        let bodies: Vec<&str> = note.bodies.iter().map(|version| version.text.as_str()).collect();
        Opened { head, body: bodies.join("\n———\n"), mark: note.mark }
    }

    /// Accepts the place where a note is shown; one without place goes to the paragraph at `from`.
    pub(super) fn accept_place(&mut self, id: NoteId, from: Option<Place>, fx: &mut Vec<Effect>) {
        let Some(note) = self.margins.book.note(id).cloned() else { return };
        let path = self.margins.book.path_of(id, &note.doc).to_owned();
        if let Some(moved) = self.margins.moved.get(&path).cloned()
            && let Some(document) = self.shelf.document(moved.doc).cloned()
        {
            self.margins.moved.remove(&path);
            return self.write(Change::Moved(path, DocRef::of(&document)), Some(document), None, fx);
        }
        let doc = crate::app::sheets::notes::doc_of(self, &note);
        let placed = doc.and_then(|doc| self.margins.on(doc).iter().find(|placed| placed.note == id).cloned());
        let (doc, range) = match (doc, placed) {
            (_, Some(Placed { state: State::Sure, .. })) => {
                // What is left to be settled is said where one settles things.
                let key = self.input.keymap.keys(Action::SheetEdit).last().cloned().unwrap_or_default();
                let two =
                    if note.is_conflict() { format!("; it has two texts: {key} settles them") } else { String::new() };
                return self.status.say(format!("the note stands where it was made{two}"));
            }
            (Some(doc), Some(Placed { range: Some(range), .. })) => (doc, range),
            _ => match from.and_then(|from| self.paragraph_at(from)) {
                Some(found) => found,
                None => return self.status.refuse("go to where it belongs first, then list the notes and press this"),
            },
        };
        let Some(document) = self.shelf.document(doc).cloned() else { return };
        let anchor = Anchor::of(&document.clean, range);
        self.write(Change::Place(id, DocRef::of(&document), anchor), Some(document), None, fx);
    }

    fn paragraph_at(&self, place: Place) -> Option<(DocId, std::ops::Range<usize>)> {
        let clean = &self.shelf.document(place.doc)?.clean;
        Some((place.doc, clean.paragraphs.get(clean.paragraph_at(place.at))?.range()))
    }

    /// Copies a link to the paragraph under the cursor.
    pub(super) fn copy_link(&mut self, fx: &mut Vec<Effect>) {
        let Some((place, para)) = self.page.place().zip(self.page.para()) else {
            return self.status.refuse("no paragraph here");
        };
        let number = Some(self.shelf.paragraph_number(place.doc, para).0).filter(|number| *number > 0);
        let to = links::To::Paragraph(self.shelf.entry(place.doc).path.clone(), number);
        fx.push(Effect::Copy { text: links::write(&to), what: "a link to the paragraph" });
    }

    /// Goes where a link in the paragraph's notes leads; of several the next one each time.
    pub(super) fn follow_link(&mut self, fx: &mut Vec<Effect>) {
        let notes = self.notes_here();
        let bodies = notes.iter().filter_map(|id| self.margins.book.note(*id)).map(Note::body);
        let found: Vec<links::To> = bodies.flat_map(links::of).map(|link| link.to).collect();
        let Some(to) = found.first().cloned() else {
            return self.status.refuse("no link in the notes of this paragraph; gy copies one");
        };
        self.leave();
        match to {
            links::To::Note(id) if self.margins.book.note(id).is_some() => self.go_to_note(id, fx),
            links::To::Note(_) => self.status.refuse("the note it leads to is not here"),
            links::To::Paragraph(path, para) => {
                let doc = self.shelf.at_path(&path);
                let target = para.map_or(Target::Start, Target::Numbered);
                match doc {
                    Some(doc) => self.open(doc, target, fx),
                    None => self.status.refuse(format!("the document it leads to is not here: {path}")),
                }
            }
        }
    }

    /// Looks for documents whose notes are at a path that is no more.
    pub(super) fn find_moved(&mut self, fx: &mut Vec<Effect>) {
        let here: HashSet<&str> = self.shelf.docs().map(|doc| self.shelf.entry(doc).path.as_str()).collect();
        let mut lost: Vec<(DocRef, String)> = Vec::new();
        for note in self.margins.book.notes() {
            let path = self.margins.book.path_of(note.id, &note.doc);
            if here.contains(path) || self.margins.moved.contains_key(path) {
                continue;
            }
            let words =
                note.anchor.as_ref().map(|a| format!("{}{}{}\n", a.before, a.exact, a.after)).unwrap_or_default();
            match lost.iter_mut().find(|(doc, _)| doc.path == path) {
                Some((_, old)) => old.push_str(&words),
                None => lost.push((DocRef { path: path.to_owned(), ..note.doc.clone() }, words)),
            }
        }
        // What is nowhere among many documents is not looked for again in all of them for each new one.
        let margins = &mut self.margins;
        margins.seeking = lost.iter().map(|(doc, _)| doc.path.clone()).collect();
        let among = margins.seeking.is_subset(&margins.sought).then(|| margins.unsearched.iter().copied().collect());
        if !lost.is_empty() && among.as_ref().is_none_or(|docs: &Vec<DocId>| !docs.is_empty()) {
            fx.push(Effect::Job(Job::FindMoved { lost, among }));
        }
    }

    pub(super) fn take_moved(&mut self, moved: Vec<(String, Moved)>, fx: &mut Vec<Effect>) {
        let margins = &mut self.margins;
        margins.sought.append(&mut margins.seeking);
        margins.unsearched.clear();
        for (path, moved) in moved {
            let doc = moved.doc;
            if self.shelf.at_path(&path).is_some() || !self.shelf.holds(doc) {
                continue;
            }
            self.adopt_by_path(&path, doc);
            self.check_places(doc);
            self.margins.moved.insert(path, moved);
            self.place_notes(doc, fx);
        }
        self.refresh_notes_sheet();
    }

    pub(super) fn take_records(&mut self, records: Vec<Record>, fx: &mut Vec<Effect>) {
        if records.is_empty() {
            return;
        }
        self.margins.apply(records);
        self.stale = Stale::All;
        let open: Vec<DocId> = self.shelf.docs().filter(|doc| self.shelf.document(*doc).is_some()).collect();
        for doc in open {
            self.place_notes(doc, fx);
        }
        self.refresh_notes_sheet();
    }

    /// Finds where the notes of an open document stand: here where its text is the one they were made
    /// on, else on another thread.
    pub(super) fn place_notes(&mut self, doc: DocId, fx: &mut Vec<Effect>) {
        let Some(document) = self.shelf.document(doc).cloned() else { return };
        let notes = self.margins.of_document(doc, &document.path);
        let ground = Ground::new(&document);
        let mut placed = Vec::new();
        let mut moved = Vec::new();
        for note in notes {
            match &note.anchor {
                None => placed.push(Placed { note: note.id, range: None, state: State::Sure }),
                Some(anchor) => match ground.unmoved(&note.doc, anchor) {
                    Some(range) => placed.push(Placed { note: note.id, range: Some(range), state: State::Sure }),
                    None => moved.push(note.clone()),
                },
            }
        }
        if !moved.is_empty() {
            moved.extend(placed.iter().filter_map(|placed| self.margins.book.note(placed.note).cloned()));
            fx.push(Effect::Job(Job::Place { doc, document: document.clone(), notes: moved }));
        }
        self.margins.place(doc, placed);
        self.place_hands(doc, &document);
        self.show_opened();
    }

    /// To the next note in the order of the list, through all documents, or the one before.
    pub(super) fn step_notes(&mut self, forward: bool, count: usize, fx: &mut Vec<Effect>) {
        let Some(here) = self.page.place() else { return };
        let here = (self.shelf.position(here.doc), here.at);
        let mut places: Vec<((usize, usize), NoteId)> = self
            .margins
            .book
            .notes()
            .filter_map(|note| {
                let doc = sheets::notes::doc_of(self, note)?;
                Some(((self.shelf.position(doc), sheets::notes::place(self, note, Some(doc))), note.id))
            })
            .collect();
        places.sort_unstable();
        let at = match forward {
            true => places.partition_point(|(place, _)| *place <= here) + count - 1,
            false => match places.partition_point(|(place, _)| *place < here).checked_sub(count) {
                Some(at) => at,
                None => return self.status.refuse("no note before this place"),
            },
        };
        match places.get(at) {
            Some((_, note)) => {
                let note = *note;
                self.leave();
                self.go_to_note(note, fx);
            }
            None => self.status.refuse("no note after this place"),
        }
    }
}
