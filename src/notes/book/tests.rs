use super::super::{Author, Ids, Mark, Subject, Target};
use super::*;

/// A writer with a clock of its own and a copy of the book.
struct Desk {
    author: Author,
    now: Timestamp,
    ids: Ids,
    book: Book,
}

impl Desk {
    fn new(writer: &str, seed: u64) -> Self {
        let author = Author { writer: writer.into(), name: writer.to_uppercase() };
        let now = "2026-11-23T12:00:00Z".parse().unwrap();
        Self { author, now, ids: Ids::seeded(seed), book: Book::new() }
    }

    /// Writes a record and takes it up.
    fn write(&mut self, make: impl FnOnce(&Book, &mut Pen<'_>) -> Record) -> Record {
        let mut pen = Pen { author: &self.author, now: self.now, ids: &mut self.ids };
        let record = make(&self.book, &mut pen);
        assert!(self.book.apply(record.clone()));
        record
    }

    fn try_write(&mut self, make: impl FnOnce(&Book, &mut Pen<'_>) -> Option<Record>) -> Option<Record> {
        let mut pen = Pen { author: &self.author, now: self.now, ids: &mut self.ids };
        let record = make(&self.book, &mut pen)?;
        assert!(self.book.apply(record.clone()));
        Some(record)
    }

    fn see(&mut self, records: &[Record]) {
        self.book.extend(records.iter().cloned());
    }

    fn only(&self) -> &Note {
        let mut notes = self.book.notes();
        let note = notes.next().unwrap();
        assert!(notes.next().is_none());
        note
    }
}

fn doc(path: &str) -> DocRef {
    DocRef { path: path.into(), raw: "b3:0".into(), ..DocRef::default() }
}

fn anchor(exact: &str, start: usize) -> Anchor {
    let end = start + exact.chars().count();
    Anchor { exact: exact.into(), pos: start..end, nth: (1, 1), ..Anchor::default() }
}

fn new(body: &str, tags: &[&str]) -> New {
    New {
        target: Target { doc: doc("a.txt"), subject: Subject::Passage, anchor: Some(anchor("order", 10)) },
        body: body.into(),
        tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
        mark: Some(Mark::Yellow),
    }
}

fn texts(note: &Note) -> Vec<&str> {
    note.bodies.iter().map(|version| version.text.as_str()).collect()
}

/// Two writers who have both seen a note.
fn two() -> (Desk, Desk, NoteId) {
    let (mut ann, mut ben) = (Desk::new("ann", 1), Desk::new("ben", 2));
    let add = ann.write(|book, pen| book.add(pen, new("x", &["TPP"])));
    ben.see(std::slice::from_ref(&add));
    (ann, ben, add.note.unwrap())
}

#[test]
fn a_note_is_made_and_changed() {
    let (mut ann, _, id) = two();
    ann.write(|book, pen| book.set_body(pen, id, "y"));
    ann.try_write(|book, pen| book.set_tags(pen, id, &["RCEP".into()])).unwrap();
    ann.write(|book, pen| book.set_mark(pen, id, None));
    ann.write(|book, pen| book.re_anchor(pen, id, doc("a.txt"), anchor("order", 30)));
    let note = ann.only();
    assert_eq!((note.body(), note.tags.as_slice(), note.mark), ("y", &["RCEP".to_owned()][..], None));
    assert_eq!(note.anchor.as_ref().unwrap().pos, 30..35);
    assert_eq!(note.first_anchor.as_ref().unwrap().pos, 10..15);
    assert_eq!((note.author.as_str(), ann.book.name_of("ann")), ("ANN", "ANN"));
    assert!(ann.try_write(|book, pen| book.set_tags(pen, id, &["RCEP".into()])).is_none());
}

#[test]
fn texts_written_side_by_side_are_both_kept_until_settled() {
    let (mut ann, mut ben, id) = two();
    let a = ann.write(|book, pen| book.set_body(pen, id, "from ann"));
    let b = ben.write(|book, pen| book.set_body(pen, id, "from ben"));
    ann.see(std::slice::from_ref(&b));
    ben.see(&[a]);
    assert_eq!(ann.only(), ben.only());
    let mut both = texts(ann.only());
    both.sort_unstable();
    assert_eq!(both, ["from ann", "from ben"]);
    assert_eq!(ann.book.conflicts().count(), 1);
    ann.write(|book, pen| book.set_body(pen, id, "settled"));
    assert_eq!(texts(ann.only()), ["settled"]);
}

#[test]
fn the_same_text_twice_is_no_conflict() {
    let (mut ann, mut ben, id) = two();
    ann.write(|book, pen| book.set_body(pen, id, "same"));
    let b = ben.write(|book, pen| book.set_body(pen, id, "same"));
    ann.see(&[b]);
    assert_eq!(texts(ann.only()), ["same"]);
}

#[test]
fn what_was_seen_counts_though_the_clock_is_off_by_years() {
    let (mut ann, mut ben, id) = two();
    ann.now = "2099-01-01T00:00:00Z".parse().unwrap();
    let far = ann.write(|book, pen| book.set_body(pen, id, "from 2099"));
    ben.now = "1999-01-01T00:00:00Z".parse().unwrap();
    ben.see(std::slice::from_ref(&far));
    let reply = ben.write(|book, pen| book.set_body(pen, id, "the answer"));
    assert_eq!(texts(ben.only()), ["the answer"]);
    assert!(reply.ev > far.ev, "ids rise along what was seen");
    assert_eq!(reply.at, ben.now, "people see the writer's own clock");
    ben.try_write(|book, pen| book.undo(pen)).unwrap();
    assert_eq!(texts(ben.only()), ["from 2099"]);
}

#[test]
fn a_tag_given_wins_over_one_taken_away_unseen() {
    let (mut ann, mut ben, id) = two();
    let gone = ann.try_write(|book, pen| book.set_tags(pen, id, &[])).unwrap();
    ben.try_write(|book, pen| book.set_tags(pen, id, &[])).unwrap();
    let again = ben.try_write(|book, pen| book.set_tags(pen, id, &["TPP".into(), "trade".into()])).unwrap();
    ann.see(&[again]);
    assert_eq!(ann.only().tags, ["TPP", "trade"]);
    ben.see(&[gone]);
    assert_eq!(ben.only().tags, ["TPP", "trade"]);
}

#[test]
fn an_edit_beats_a_deletion_that_had_not_seen_it() {
    let (mut ann, mut ben, id) = two();
    let deleted = ann.write(|book, pen| book.delete(pen, id));
    assert_eq!((ann.book.notes().count(), ann.book.deleted().count()), (0, 1));
    let edit = ben.write(|book, pen| book.set_body(pen, id, "still needed"));
    ann.see(&[edit]);
    ben.see(&[deleted]);
    assert_eq!(ann.only(), ben.only());
    assert_eq!(ann.only().body(), "still needed");
    ben.write(|book, pen| book.delete(pen, id));
    assert!(ben.book.note(id).unwrap().deleted);
    ben.write(|book, pen| book.undelete(pen, id));
    assert!(!ben.book.note(id).unwrap().deleted);
}

#[test]
fn undo_and_redo_walk_through_everything_and_back() {
    let (mut ann, _, id) = two();
    ann.write(|book, pen| book.set_body(pen, id, "y"));
    ann.try_write(|book, pen| book.set_tags(pen, id, &[])).unwrap();
    ann.write(|book, pen| book.set_mark(pen, id, Some(Mark::Blue)));
    ann.write(|book, pen| book.delete(pen, id));
    let last = ann.book.note(id).unwrap().clone();
    let undo = |desk: &mut Desk| desk.try_write(|book, pen| book.undo(pen));
    let redo = |desk: &mut Desk| desk.try_write(|book, pen| book.redo(pen));
    undo(&mut ann).unwrap();
    assert!(!ann.only().deleted);
    undo(&mut ann).unwrap();
    assert_eq!(ann.only().mark, Some(Mark::Yellow));
    undo(&mut ann).unwrap();
    assert_eq!(ann.only().tags, ["TPP"]);
    undo(&mut ann).unwrap();
    assert_eq!(ann.only().body(), "x");
    undo(&mut ann).unwrap();
    assert!(ann.book.note(id).unwrap().deleted, "the note itself is undone");
    assert!(undo(&mut ann).is_none());
    for _ in 0..5 {
        redo(&mut ann).unwrap();
    }
    assert!(redo(&mut ann).is_none());
    let again = ann.book.note(id).unwrap();
    assert_eq!((&again.bodies, &again.tags, again.mark, again.deleted), (&last.bodies, &last.tags, last.mark, true));
    undo(&mut ann).unwrap();
    ann.write(|book, pen| book.set_body(pen, id, "z"));
    assert!(redo(&mut ann).is_none(), "a new change forgets what could be redone");
}

#[test]
fn text_tags_and_colour_changed_together_are_one_step() {
    let (mut ann, mut ben, id) = two();
    let before = ann.only().clone();
    let edit = ann.try_write(|book, pen| book.edit(pen, id, "y", &["RCEP".into()], None)).unwrap();
    assert_eq!(edit.op.name(), "note.edit");
    let state = |note: &Note| (note.body().to_owned(), note.tags.clone(), note.mark);
    assert_eq!(state(ann.only()), ("y".into(), vec!["RCEP".into()], None));
    ann.try_write(|book, pen| book.undo(pen)).unwrap();
    assert_eq!(state(ann.only()), state(&before));
    ann.try_write(|book, pen| book.redo(pen)).unwrap();
    assert_eq!(state(ann.only()), ("y".into(), vec!["RCEP".into()], None));
    let same = |book: &Book, pen: &mut Pen<'_>| book.edit(pen, id, "y", &["RCEP".into()], None);
    assert!(ann.try_write(same).is_none(), "nothing changed, nothing written");
    let only = |op: Option<Record>| op.map(|record| record.op.name());
    assert_eq!(only(ann.try_write(|book, pen| book.edit(pen, id, "z", &["RCEP".into()], None))), Some("note.body"));
    assert_eq!(only(ann.try_write(|book, pen| book.edit(pen, id, "z", &[], None))), Some("note.tags"));
    assert_eq!(only(ann.try_write(|book, pen| book.edit(pen, id, "z", &[], Some(Mark::Blue)))), Some("note.mark"));
    // What another changed meanwhile is kept beside it, as of any text.
    let other = ben.write(|book, pen| book.set_body(pen, id, "b"));
    ann.see(&[other]);
    assert!(ann.only().is_conflict());
    ann.try_write(|book, pen| book.edit(pen, id, "b and z", &[], Some(Mark::Blue))).unwrap();
    assert_eq!(texts(ann.only()), ["b and z"]);
}

#[test]
fn undo_leaves_alone_what_others_did() {
    let (mut ann, mut ben, id) = two();
    let theirs = ben.write(|book, pen| book.set_body(pen, id, "from ben"));
    ann.see(&[theirs]);
    assert!(ann.try_write(|book, pen| book.undo(pen)).is_some(), "ann made the note");
    assert_eq!(ann.only().body(), "from ben", "ben's edit keeps the note alive");
    assert!(ann.try_write(|book, pen| book.undo(pen)).is_none());
}

#[test]
fn topics_by_hand_are_given_refused_and_cleared() {
    let mut ann = Desk::new("ann", 1);
    let paragraph = || anchor("A paragraph on trade.", 40);
    ann.write(|book, pen| book.give(pen, doc("a.txt"), paragraph(), "trade"));
    assert!(ann.book.hand_tags("a.txt")[0].given);
    ann.write(|book, pen| book.refuse(pen, doc("a.txt"), paragraph(), "trade"));
    assert_eq!(ann.book.hand_tags("a.txt").iter().map(|tag| tag.given).collect::<Vec<_>>(), [false]);
    ann.write(|book, pen| book.clear(pen, doc("a.txt"), paragraph(), "trade"));
    assert!(ann.book.hand_tags("a.txt").is_empty());
    ann.try_write(|book, pen| book.undo(pen)).unwrap();
    assert_eq!(ann.book.hand_tags("a.txt").len(), 1);
    assert!(ann.book.hand_tags("b.txt").is_empty() && ann.book.notes().count() == 0);
}

#[test]
fn notes_follow_a_document_that_was_renamed() {
    let (mut ann, _, id) = two();
    ann.write(|book, pen| book.alias(pen, "a.txt", doc("b.txt")));
    ann.write(|book, pen| book.alias(pen, "b.txt", doc("c.txt")));
    assert_eq!(ann.book.on("c.txt").iter().map(|note| note.id).collect::<Vec<_>>(), [id]);
    assert!(ann.book.on("a.txt").is_empty());
    ann.write(|book, pen| book.add(pen, new("on the new a.txt", &[])));
    assert_eq!(ann.book.on("a.txt").len(), 1);
    ann.write(|book, pen| book.alias(pen, "c.txt", doc("a.txt")));
    assert_eq!(ann.book.on("a.txt").len(), 2, "a document that came back");
}

#[test]
fn changes_without_their_beginning_wait_for_it() {
    let (mut ann, _, id) = two();
    let add = ann.book.history(id)[0].clone();
    let edit = ann.write(|book, pen| book.set_body(pen, id, "y"));
    let mut book = Book::new();
    book.apply(edit);
    assert_eq!((book.notes().count(), book.headless()), (0, vec![id]));
    book.apply(add);
    assert_eq!((book.note(id).unwrap().body(), book.headless()), ("y", vec![]));
}

#[test]
fn records_that_claim_to_have_seen_each_other_do_no_harm() {
    let (ann, _, id) = two();
    let add = ann.book.history(id)[0];
    let [a, b] = [8u8, 9].map(|n| format!("0193d7c1-ecd7-7000-8000-0000000000{n:02x}").parse::<EventId>().unwrap());
    let record = |ev, prev, op| Record::new(ev, add.at, "evil", Some(id), vec![prev], op);
    let mut book = Book::new();
    book.extend([add.clone(), record(a, b, Op::Body("a".into())), record(b, a, Op::Undo(b))]);
    assert_eq!(book.notes().count(), 1);
}

/// A random number below `limit`, from a seed.
fn below(state: &mut u64, limit: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    ((*state >> 33) % limit as u64) as usize
}

/// Three writers, with clocks that are off, change what they have seen so far of four notes.
fn bustle(seed: u64) -> (Vec<Desk>, Vec<Record>) {
    let mut state = seed;
    let mut desks: Vec<Desk> =
        ["ann", "ben", "eve"].iter().zip(1..).map(|(name, n)| Desk::new(name, seed * 8 + n)).collect();
    desks[1].now = "1999-01-01T00:00:00Z".parse().unwrap();
    desks[2].now = "2087-01-01T00:00:00Z".parse().unwrap();
    let mut all: Vec<Record> = Vec::new();
    for step in 0..40 {
        let who = below(&mut state, 3);
        let notes: Vec<NoteId> = desks[who].book.notes().chain(desks[who].book.deleted()).map(|note| note.id).collect();
        let id = notes.get(below(&mut state, notes.len().max(1))).copied();
        let tags: Vec<String> = (0..3).filter(|_| below(&mut state, 2) == 0).map(|tag| format!("t{tag}")).collect();
        let text = format!("text {step}");
        let what = below(&mut state, 9);
        let written = desks[who].try_write(|book, pen| match (what, id) {
            (0, _) | (_, None) => (notes.len() < 4).then(|| book.add(pen, new(&text, &["t0"]))),
            (1 | 2, Some(id)) => Some(book.set_body(pen, id, &text)),
            (3, Some(id)) => book.set_tags(pen, id, &tags),
            (4, Some(id)) => Some(book.set_mark(pen, id, Some(Mark::ALL[step % 6]))),
            (5, Some(id)) => Some(book.delete(pen, id)),
            (6, Some(id)) => Some(book.undelete(pen, id)),
            (7, _) => book.undo(pen),
            _ => book.redo(pen),
        });
        all.extend(written);
        // Now and then one sees what another has.
        if below(&mut state, 4) == 0 {
            let from: Vec<Record> = desks[below(&mut state, 3)].book.records.values().cloned().collect();
            let to = below(&mut state, 3);
            desks[to].see(&from);
        }
    }
    (desks, all)
}

fn says(book: &Book) -> (Vec<Note>, Vec<Note>) {
    (book.notes().cloned().collect(), book.deleted().cloned().collect())
}

#[test]
fn the_same_records_give_the_same_book_in_any_order_and_number() {
    for seed in 0..200 {
        let (mut desks, all) = bustle(seed);
        let mut whole = Book::new();
        whole.extend(all.iter().cloned());
        let mut state = seed;
        let mut shuffled = all.clone();
        for at in (1..shuffled.len()).rev() {
            shuffled.swap(at, below(&mut state, at + 1));
        }
        let mut one_by_one = Book::new();
        for record in shuffled.iter().chain(&all) {
            one_by_one.apply(Record::from_line(&record.to_line()).unwrap());
        }
        assert_eq!(says(&one_by_one), says(&whole), "seed {seed}");
        for desk in &mut desks {
            desk.see(&all);
            assert_eq!(says(&desk.book), says(&whole), "seed {seed}, {}", desk.author.writer);
        }
        // Nothing anybody wrote last, unseen by others and not undone, is out of sight.
        for record in all.iter().filter(|record| matches!(record.op, Op::Body(_))) {
            let is_last = all.iter().all(|other| !other.prev.contains(&record.ev));
            if is_last && let Op::Body(text) = &record.op {
                let note = whole.note(record.note.unwrap()).unwrap();
                assert!(note.bodies.iter().any(|version| version.text == *text), "seed {seed}: {text}");
                assert!(!note.deleted, "seed {seed}: an edit nobody has seen is not deleted");
            }
        }
    }
}

#[test]
fn ids_rise_along_what_was_seen_whatever_the_clocks_say() {
    for seed in 0..50 {
        let (_, all) = bustle(seed);
        assert!(all.iter().all(|record| record.prev.iter().all(|prev| *prev < record.ev)), "seed {seed}");
    }
}
