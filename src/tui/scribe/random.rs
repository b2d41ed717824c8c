//! A reader who does anything in any order: keys go to the real model, its changes to the real writer, on
//! a simulated disk, and a plain model of what notes are says what has to be there after each of them.
//!
//! `POSTIL_RANDOM=2000 cargo test --lib reader_who` goes through so many readers in place of a few;
//! `POSTIL_RANDOM_FROM=17` begins with that one. What fails names its seed.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use crate::app::trial::Trial;
use crate::app::{Answer, Effect, Event, Job};
use crate::corpus::DocId;
use crate::notes::disk::sim::Sim;
use crate::notes::disk::{Disk, Open};
use crate::notes::{Mark, NoteId, Subject};
use crate::tui::desk;

use super::*;

const TEXT: &str = "The first sentence has words. The second one, too, is here. And a third.\n\n\
                    Another paragraph starts; it goes on and says that trade is good. It ends.\n\n\
                    日本の安全保障は続く。 A last one says nothing more of trade, as Trade is a name.\n";

/// What a reader does before the next one comes.
const STEPS: usize = 36;

/// A note as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    path: String,
    raw: String,
    subject: Subject,
    passage: Option<(String, usize)>,
    body: String,
    tags: Vec<String>,
    mark: Option<Mark>,
}

type State = BTreeMap<NoteId, Seen>;

fn seen(book: &Book) -> State {
    let of = |note: &crate::notes::Note| {
        assert!(!note.is_conflict(), "one reader alone: {note:?}");
        let mut tags = note.tags.clone();
        tags.sort();
        let passage = note.anchor.as_ref().map(|anchor| (anchor.exact.clone(), anchor.pos.start));
        let (path, raw) = (note.doc.path.clone(), note.doc.raw.clone());
        Seen { path, raw, subject: note.subject, passage, body: note.body().into(), tags, mark: note.mark }
    };
    book.notes().map(|note| (note.id, of(note))).collect()
}

/// What notes are: the state now, those before it, and those after it that were undone.
#[derive(Default)]
struct Plain {
    now: State,
    before: Vec<State>,
    after: Vec<State>,
}

impl Plain {
    /// What is on disk; `None` where there was nothing to do.
    fn take(&mut self, change: &Change, written: Option<&Record>) {
        if let Change::Undo | Change::Redo = change {
            let (from, to) = match change {
                Change::Undo => (&mut self.before, &mut self.after),
                _ => (&mut self.after, &mut self.before),
            };
            assert_eq!(written.is_some(), !from.is_empty(), "{change:?}");
            if let Some(state) = from.pop() {
                to.push(std::mem::replace(&mut self.now, state));
            }
            return;
        }
        let mut next = self.now.clone();
        match change.clone() {
            Change::Add { document, subject, anchor, body, mut tags, mark } => {
                tags.sort();
                let id = written.and_then(|record| record.note).expect("a new note is always written");
                let passage = anchor.map(|anchor| (anchor.exact, anchor.pos.start));
                let (path, raw) = (document.path, document.raw);
                next.insert(id, Seen { path, raw, subject, passage, body, tags, mark });
            }
            Change::Edit { note, body, mut tags, mark } => {
                tags.sort();
                // A draft of it was gone on with: what is written beats what was deleted.
                let gone = self.before.iter().rev().find_map(|state| state.get(&note)).cloned();
                if let Some(gone) = gone {
                    next.entry(note).or_insert(gone);
                }
                if let Some(note) = next.get_mut(&note) {
                    (note.body, note.tags, note.mark) = (body, tags, mark);
                }
            }
            Change::Mark(note, mark) => {
                if let Some(note) = next.get_mut(&note) {
                    note.mark = mark;
                }
            }
            Change::Place(note, document, anchor) => {
                if let Some(note) = next.get_mut(&note) {
                    (note.path, note.raw) = (document.path, document.raw);
                    note.passage = Some((anchor.exact, anchor.pos.start));
                }
            }
            Change::Delete(note) => drop(next.remove(&note)),
            Change::Moved(..) | Change::Hand { .. } | Change::Undo | Change::Redo => {}
        }
        if written.is_some() {
            self.before.push(std::mem::replace(&mut self.now, next));
            self.after.clear();
        } else {
            assert_eq!(next, self.now, "nothing was written, and nothing had to be: {change:?}");
        }
    }

    /// Another reader wrote a note: no undoing of this one's takes it away.
    fn take_others(&mut self, id: NoteId, seen: &Seen) {
        let all = self.before.iter_mut().chain(&mut self.after).chain([&mut self.now]);
        all.for_each(|state| drop(state.insert(id, seen.clone())));
    }
}

/// One reader at one desk, with somebody else at another.
struct Room {
    disk: Sim,
    dice: u64,
    texts: Vec<String>,
    trial: Trial,
    scribe: Scribe,
    plain: Plain,
    /// The last text copied: a link.
    copied: String,
    tickets: u64,
}

fn open(disk: &Sim, writer: &str, seed: u64) -> (Scribe, Answer) {
    let library = Path::new("/library");
    let places = Places::below(library, library, Path::new("/data"), Path::new("/state"), Path::new("/cache"));
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    let opened = Store::with(Arc::clone(&shared), places, writer.into());
    let drafts = |places: &Places| Drafts::with(shared, &places.drafts);
    let (mut scribe, answer) = Scribe::with(opened, drafts, "", 1 << 20, Clock::Standing(1_700_000_000));
    scribe.ids = Ids::seeded(seed);
    (scribe, answer)
}

fn trial(texts: &[String]) -> Trial {
    Trial::of(&[("a.txt", &texts[0]), ("b.txt", &texts[1])], 100, 24)
}

impl Room {
    fn new(seed: u64) -> Self {
        let disk = Sim::new(seed, &["/library", "/data", "/state"]);
        let texts = vec![TEXT.to_owned(), "Another text altogether.\n\nIt has words, too.\n".to_owned()];
        let (scribe, _) = open(&disk, "ann-1", seed);
        let trial = trial(&texts);
        let dice = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
        let plain = Plain::default();
        let mut room = Self { disk, dice, texts, trial, scribe, plain, copied: String::new(), tickets: 0 };
        room.restart();
        room
    }

    fn below(&mut self, limit: usize) -> usize {
        self.dice = self.dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.dice >> 33) % limit as u64) as usize
    }

    /// The reader leaves, or is cut off, and comes back.
    fn restart(&mut self) {
        let seed = self.below(1 << 30) as u64;
        // The locks of the drafts go with the process.
        self.scribe.open.clear();
        let (scribe, answer) = open(&self.disk, "ann-1", seed);
        self.scribe = scribe;
        self.trial = trial(&self.texts);
        self.happen(Event::Done(Box::new(answer)));
    }

    fn keys(&mut self, keys: &str) {
        for key in crate::keys::notation::parse(keys).unwrap() {
            self.happen(Event::Key(key));
        }
    }

    /// Takes an event, and does what the model asks for until it asks for nothing more.
    fn happen(&mut self, event: Event) {
        self.trial.happen(event);
        while !self.trial.effects.is_empty() {
            for effect in std::mem::take(&mut self.trial.effects) {
                if let Some(answer) = self.perform(effect) {
                    self.trial.happen(Event::Done(Box::new(answer)));
                }
            }
        }
    }

    fn perform(&mut self, effect: Effect) -> Option<Answer> {
        let job = match effect {
            Effect::Job(job) => job,
            Effect::Copy { text, .. } => {
                self.copied = text;
                return None;
            }
            _ => return None,
        };
        match job {
            Job::Write { ticket, change, document, draft, elsewhere } => {
                let result = self.scribe.write(ticket, &change, document.as_deref(), draft, elsewhere);
                if let Ok((record, _)) = &result {
                    self.plain.take(&change, record.as_ref());
                }
                Some(Answer::Wrote { ticket, result })
            }
            Job::KeepDraft { draft, text } => {
                let editor = text.editor;
                Some(Answer::DraftKept { editor, kept: self.scribe.keep_draft(draft, *text) })
            }
            Job::DropDraft(draft) => {
                self.scribe.drop_draft(draft);
                None
            }
            Job::Place { doc, document, notes } => {
                let placed = desk::place(&document, &notes, |doc| self.scribe.text_of(doc));
                Some(Answer::Placed { doc, placed })
            }
            Job::FindPassage { editor, document, of, anchor } => {
                let ground = crate::notes::Ground::new(&document);
                Some(Answer::Passage { editor, range: ground.find(&of, &anchor, |doc| self.scribe.text_of(doc)).range })
            }
            _ => None,
        }
    }

    /// Somewhere on the page.
    fn wander(&mut self) {
        let moves = ["gg", "}", "}}", "]d", "[d", "j", "w", "G"];
        let at = self.below(moves.len());
        self.keys(moves[at]);
    }

    /// Some text, perhaps with tags; often empty of anything but them.
    fn words(&mut self) -> String {
        let words = ["whose", "order", "日本", "é", "a <b> & \"c\"", "—", "\n", "  ", "#no tag", "\u{1b}[31m", "\\"];
        let count = self.below(5);
        let mut text: String = (0..count).map(|_| words[self.below(words.len())]).collect::<Vec<_>>().join(" ");
        for tag in ["#TPP", "#貿易", "#a"] {
            if self.below(4) == 0 {
                let gap = if text.contains("\n\n#") { " " } else { "\n\n" };
                text.push_str(&format!("{gap}{tag}"));
            }
        }
        text
    }

    /// A row of the list of notes is chosen.
    fn choose(&mut self) {
        self.keys("gn");
        for _ in 0..self.below(6) {
            self.keys("j");
        }
    }

    fn write(&mut self, end: &str) {
        let text = self.words();
        self.happen(Event::Paste(text));
        if self.below(3) == 0 {
            self.happen(Event::Tick);
        }
        self.keys(end);
        // Where the editor was not open these were other keys; nothing of them stays.
        self.keys("<Esc><Esc>");
        if self.trial.model.editor.is_some() {
            self.keys("<C-c>");
        }
    }

    fn step(&mut self) -> &'static str {
        match self.below(20) {
            0..=2 => {
                self.wander();
                self.keys("a");
                self.write("<C-s>");
                "a note on a paragraph"
            }
            3 | 4 => {
                self.wander();
                self.keys("vee");
                self.keys("a");
                self.write("<C-s>");
                "a note on a passage"
            }
            5 => {
                self.wander();
                self.keys("H");
                "a highlight"
            }
            6 | 7 => {
                self.choose();
                self.keys("e");
                if self.below(2) == 0 && self.trial.model.editor.is_some() {
                    self.keys("<C-l>");
                }
                self.write("<C-s>");
                "an edit"
            }
            8 => {
                self.choose();
                self.keys("x<Esc>");
                "a deletion"
            }
            9 => {
                self.choose();
                self.keys("=<Esc>");
                "a place accepted"
            }
            10 => {
                self.choose();
                self.keys("y<Esc>");
                self.wander();
                self.keys("a");
                let link = self.copied.clone();
                self.happen(Event::Paste(link));
                self.write("<C-s>");
                "a note with a link"
            }
            11..=13 => {
                self.keys("u");
                "undo"
            }
            14 | 15 => {
                self.keys("<C-r>");
                "redo"
            }
            16 => {
                self.wander();
                self.keys("a");
                self.write("<C-c>");
                "a draft left"
            }
            17 => {
                self.rewrite();
                "another text"
            }
            18 => {
                self.others();
                "a note of somebody else"
            }
            _ => match self.below(3) {
                0 => {
                    self.disk.crash();
                    self.restart();
                    "the machine stopped"
                }
                1 => {
                    self.disk.leave_room(40);
                    self.keys("ggafull");
                    self.write("<C-s>");
                    self.disk.mend();
                    self.keys(":save-again<CR>");
                    "a full disk, and saved again"
                }
                _ => {
                    self.restart();
                    "a restart"
                }
            },
        }
    }

    /// The file of a document is edited.
    fn rewrite(&mut self) {
        let at = self.below(2);
        let text = self.texts[at].clone();
        let now = match self.below(4) {
            0 => format!("A preface of a few words.\n\n{text}"),
            1 => text.replacen("words", "many words", 1),
            2 => text.replacen("trade", "commerce", 1),
            _ => text.split_once("\n\n").map_or(text.clone(), |(_, rest)| rest.to_owned()),
        };
        if now.trim().is_empty() {
            return;
        }
        self.texts[at].clone_from(&now);
        self.trial.rewrite(DocId(at as u32), &now);
        self.happen(Event::Tick);
    }

    /// Somebody writes a note from another desk, and this one looks.
    fn others(&mut self) {
        let seed = self.below(1 << 30) as u64;
        let (mut ben, _) = open(&self.disk, "ben-2", seed);
        let document = self.trial.model.shelf.document(DocId(0)).cloned();
        let Some(document) = document else { return };
        let change = Change::Add {
            document: DocRef::of(&document),
            subject: Subject::Document,
            anchor: None,
            body: format!("Ben's, {seed}"),
            tags: vec!["TPP".into()],
            mark: None,
        };
        self.tickets += 1;
        let (record, _) = ben.write(self.tickets, &change, Some(&document), None, false).unwrap();
        let id = record.unwrap().note.unwrap();
        let seen = seen(&ben.book).remove(&id).unwrap();
        self.plain.take_others(id, &seen);
        let polled = self.scribe.poll();
        self.happen(Event::Done(Box::new(Answer::NotesChanged(polled))));
    }

    /// The same notes to the reader, to the writer, to who starts now, and from the files in any order.
    fn check(&mut self, done: &str) {
        assert_eq!(seen(&self.trial.model.margins.book), self.plain.now, "the reader's, after {done}");
        assert_eq!(seen(&self.scribe.book), self.plain.now, "the writer's, after {done}");
    }

    fn check_files(&mut self) {
        let folder = Path::new("/library/.postil/log");
        let mut lines: Vec<Record> = Vec::new();
        for name in self.disk.list(folder).unwrap_or_default() {
            let mut file = self.disk.open(&folder.join(&name), Open::Read).unwrap();
            let mut bytes = vec![0; file.look().unwrap().len as usize];
            file.read_at(0, &mut bytes).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            lines.extend(text.lines().map(|line| Record::from_line(line).unwrap()));
        }
        for at in (1..lines.len()).rev() {
            let other = self.below(at + 1);
            lines.swap(at, other);
        }
        let mut one_by_one = Book::new();
        lines.iter().cloned().for_each(|record| _ = one_by_one.apply(record));
        assert_eq!(seen(&one_by_one), self.plain.now, "from the files");
    }
}

#[test]
fn a_reader_who_does_anything_finds_the_notes_as_they_were_left() {
    let number = |name: &str, usual: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let (from, count) = (number("POSTIL_RANDOM_FROM", 1), number("POSTIL_RANDOM", 8));
    let mut most = 0;
    for seed in from..from + count {
        let story = std::panic::AssertUnwindSafe(|| {
            let mut room = Room::new(seed);
            let mut story = Vec::new();
            for _ in 0..STEPS {
                let done = room.step();
                story.push(done);
                room.check(done);
            }
            // All of it is taken back, and all of it done again.
            let end = room.plain.now.clone();
            let steps = room.plain.before.len();
            (0..steps).for_each(|_| room.keys("u"));
            room.check("undoing everything");
            (0..steps).for_each(|_| room.keys("<C-r>"));
            assert_eq!(room.plain.now, end);
            room.restart();
            room.check("a last restart");
            room.check_files();
            steps
        });
        match std::panic::catch_unwind(story) {
            Ok(steps) => most = most.max(steps),
            Err(_) => panic!("seed {seed}"),
        }
    }
    assert!(most > 5, "readers do something");
}
