//! Random days in a folder: files come, go, are renamed and edited while somebody reads. After each of
//! these the reader knows what one who starts now would know.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use proptest::prelude::*;
use tempfile::TempDir;

use crate::app::{self, Effect, Event, Job, Model, Size};
use crate::config::{self, Request, Settings, Surroundings};
use crate::corpus::{DocId, load};
use crate::keys::notation;
use crate::topics::{Dictionary, Matcher};

use super::super::desk::Desk;

const TOPICS: &str = "[topics.trade]\nterms = [\"trade\"]\n[topics.sea]\nterms = [\"sea\"]\n";

/// A reader on a real folder, jobs done one by one.
struct Reader {
    model: Model,
    desk: Desk,
}

/// Takes an event; what is listed is held at any time.
fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let effects = app::update(model, event);
    let shelf = &model.shelf;
    assert!(shelf.order.iter().all(|doc| shelf.holds(*doc)));
    assert!(model.list.chosen < shelf.order.len().max(1));
    effects
}

impl Reader {
    fn start(paths: Vec<PathBuf>) -> Self {
        let dictionary = Arc::new(Dictionary::parse(TOPICS, std::path::Path::new("c")).value);
        let matcher = Arc::new(Matcher::new(&dictionary));
        let size = Size { columns: 100, rows: 24 };
        let model = Model::new(size, Arc::new(Settings::default()), dictionary, matcher);
        let current = paths[0].clone();
        let request = Request { paths, ..Request::default() };
        let config = config::load(&request, &Surroundings { current, ..Surroundings::default() }).value;
        let desk = Desk::new(&config, load::Options::default()).without_sessions().at(1_700_000_000);
        let mut reader = Self { model, desk };
        reader.run(app::start());
        reader
    }

    fn run(&mut self, effects: Vec<Effect>) {
        let Self { desk, model } = self;
        let mut steps = 0;
        desk.run(effects, |event| {
            steps += 1;
            assert!(steps < 1_000, "work without end: {event:?}");
            update(model, event)
        });
    }

    fn keys(&mut self, keys: &str) -> &mut Self {
        for key in notation::parse(keys).unwrap() {
            let effects = update(&mut self.model, Event::Key(key));
            self.run(effects);
        }
        self
    }

    /// Looks at what others did, as it is done again and again.
    fn look(&mut self) -> &mut Self {
        self.run(vec![Effect::Job(Job::Poll)]);
        self
    }

    fn path(&self, doc: DocId) -> &str {
        &self.model.shelf.entry(doc).path
    }

    fn paths(&self) -> Vec<&str> {
        self.model.shelf.order.iter().map(|doc| self.path(*doc)).collect()
    }

    fn doc(&self, path: &str) -> DocId {
        self.model.shelf.at_path(path).unwrap()
    }

    fn said(&self) -> &str {
        self.model.status.said.as_ref().map_or("", |(_, said)| said)
    }

    fn text(&self) -> &str {
        self.model.doc().and_then(|doc| self.model.shelf.document(doc)).map_or("", |document| &document.clean.text)
    }

    /// Whether the file of what is read is there.
    fn is_there(&self) -> bool {
        self.model.doc().is_some_and(|doc| !self.model.shelf.is_gone(doc))
    }

    fn reading(&self) -> &str {
        self.model.doc().map_or("", |doc| self.path(doc))
    }

    /// What is known of each document whose file is there: title, and paragraphs on each topic and found.
    fn known(&self) -> BTreeMap<String, (String, Vec<Vec<u32>>, usize)> {
        let Model { shelf, topics, .. } = &self.model;
        let there = shelf.docs().filter(|doc| !shelf.is_gone(*doc));
        there
            .map(|doc| {
                let on = topics.dictionary.ids().map(|topic| topics.index.paragraphs(doc, topic).to_vec());
                let found = self.model.force.as_ref().map_or(0, |force| force.count(doc, &topics.index));
                (self.path(doc).to_owned(), (shelf.title(doc).to_owned(), on.collect(), found))
            })
            .collect()
    }

    /// Stops of all topics in documents that are gone and still read.
    fn lingering(&self) -> usize {
        let Model { shelf, topics, .. } = &self.model;
        let gone = shelf.docs().filter(|doc| shelf.is_gone(*doc));
        gone.map(|doc| topics.dictionary.ids().map(|topic| topics.index.paragraphs(doc, topic).len()).sum::<usize>())
            .sum()
    }

    fn total(&self) -> usize {
        let topics = &self.model.topics;
        topics.dictionary.ids().map(|topic| topics.index.total(topic)).sum()
    }

    /// Of each note its text and where its document is, or was until its file went while it was read.
    fn notes(&self) -> BTreeMap<String, Option<String>> {
        let notes = self.model.margins.book.notes();
        notes
            .map(|note| {
                let doc = app::sheets::notes::doc_of(&self.model, note);
                (note.body().to_owned(), doc.map(|doc| self.path(doc).to_owned()))
            })
            .collect()
    }

    /// The same of notes whose document's file is there, or gone. Its path does not tell: another file may
    /// have it by now.
    fn notes_where(&self, is_gone: bool) -> BTreeMap<String, String> {
        let notes = self.model.margins.book.notes();
        let placed = notes.filter_map(|note| Some((note, app::sheets::notes::doc_of(&self.model, note)?)));
        let wanted = placed.filter(|(_, doc)| self.model.shelf.is_gone(*doc) == is_gone);
        wanted.map(|(note, doc)| (note.body().to_owned(), self.path(doc).to_owned())).collect()
    }
}

fn folder(files: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("library");
    fs::create_dir(&root).unwrap();
    for (name, text) in files {
        let file = root.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    (folder, root)
}

/// A text that no other file has.
fn essay(number: usize) -> String {
    let names = ["of the sea", "of trade by sea", "of trade", "of nothing at all"];
    let name = names[number % names.len()];
    let mut text = format!("Essay {number} {name}\n\n");
    for paragraph in 0..6 {
        text +=
            &format!("Paragraph {paragraph} of essay {number} goes on {name} for a while, as essays {number} do.\n\n");
    }
    text
}

#[test]
fn files_that_come_go_and_are_renamed_are_seen() {
    let (_folder, root) = folder(&[("a.txt", &essay(1)), ("c.txt", &essay(2)), ("d.txt", &essay(3))]);
    let mut reader = Reader::start(vec![root.clone()]);
    reader.keys("]d}mx");
    let (place, trade) = (reader.model.page.place(), reader.total());
    assert_eq!(reader.reading(), "c.txt");

    fs::create_dir(root.join("sub")).unwrap();
    fs::write(root.join("b10.txt"), essay(5)).unwrap();
    fs::write(root.join("b2.txt"), essay(6)).unwrap();
    fs::write(root.join("sub/e.txt"), essay(7)).unwrap();
    reader.look();
    assert_eq!(reader.paths(), ["a.txt", "b2.txt", "b10.txt", "c.txt", "d.txt", "sub/e.txt"]);
    assert_eq!(reader.said(), "3 new documents: b2.txt, b10.txt and 1 more");
    assert!(reader.total() > trade);
    assert_eq!((reader.model.page.place(), reader.model.list.chosen), (place, 3));

    fs::rename(root.join("c.txt"), root.join("sub/f.txt")).unwrap();
    fs::remove_file(root.join("b2.txt")).unwrap();
    reader.look();
    assert_eq!(reader.paths(), ["a.txt", "b10.txt", "d.txt", "sub/e.txt", "sub/f.txt"]);
    assert_eq!(reader.said(), "renamed: c.txt is sub/f.txt now; gone: b2.txt");
    assert_eq!((reader.reading(), reader.model.page.place(), reader.model.list.chosen), ("sub/f.txt", place, 4));
    reader.keys("gg'x");
    assert_eq!(reader.model.page.place(), place);
    assert!(reader.model.session().marks.iter().any(|(_, path, _)| path == "sub/f.txt"));
}

#[test]
fn a_document_that_is_read_stays_when_its_file_goes_and_is_the_same_when_it_is_back() {
    let (_folder, root) = folder(&[("a.txt", &essay(1)), ("b.txt", &essay(2))]);
    let mut reader = Reader::start(vec![root.clone()]);
    reader.keys("}afirst<C-s>");
    let doc = reader.doc("a.txt");
    let text = reader.text().to_owned();
    fs::remove_file(root.join("a.txt")).unwrap();
    reader.look();
    assert_eq!(reader.said(), "the file is gone: a.txt; its text stays until you leave it, its notes are kept");
    assert_eq!((reader.text(), reader.paths()), (text.as_str(), vec!["a.txt", "b.txt"]));
    reader.keys("j").look();
    assert_eq!(reader.said(), "", "it is said once");
    // A walk through the notes and back is no leaving.
    reader.keys("gn<Esc>R");
    assert_eq!((reader.text(), reader.paths()), (text.as_str(), vec!["a.txt", "b.txt"]));
    reader.keys("afirst again<C-s>]d");
    assert_eq!(reader.paths(), ["b.txt"]);
    assert_eq!(reader.notes().len(), 2);
    assert!(reader.notes().values().all(Option::is_none));
    reader.keys("<C-o>");
    assert_eq!((reader.reading(), reader.said()), ("b.txt", "no jump to go back from"));

    fs::write(root.join("a.txt"), essay(1)).unwrap();
    reader.look();
    assert_eq!((reader.paths(), reader.said()), (vec!["a.txt", "b.txt"], "back again: a.txt"));
    assert_eq!(reader.doc("a.txt"), doc);
    assert!(reader.notes().values().all(|path| path.as_deref() == Some("a.txt")));
    reader.keys("[d");
    assert_eq!((reader.text(), reader.model.margins.on(doc).len()), (text.as_str(), 2));
}

#[test]
fn a_document_whose_name_another_took_keeps_its_notes_while_it_is_read() {
    let (_folder, root) = folder(&[("a.txt", &essay(1)), ("b.txt", &essay(2))]);
    let mut reader = Reader::start(vec![root.clone()]);
    reader.keys("Anote<C-s>");
    let read = reader.doc("a.txt");
    fs::rename(root.join("a.txt"), root.join("c.txt")).unwrap();
    reader.look();
    fs::remove_file(root.join("c.txt")).unwrap();
    reader.look();
    fs::rename(root.join("b.txt"), root.join("c.txt")).unwrap();
    reader.look();
    let other = reader.doc("c.txt");
    assert_ne!(other, read);
    assert_eq!((reader.model.margins.on(read).len(), reader.model.margins.on(other).len()), (1, 0));
    assert!(reader.notes_where(false).is_empty() && Reader::start(vec![root]).notes_where(false).is_empty());
}

#[test]
fn notes_go_with_a_renamed_document_and_topics_given_by_hand_too() {
    let (_folder, root) = folder(&[("a.txt", &essay(1)), ("b.txt", &essay(3))]);
    let mut reader = Reader::start(vec![root.clone()]);
    reader.keys("]d}aon b<C-s>}+trade<CR>");
    let doc = reader.doc("b.txt");
    let known = reader.known()["b.txt"].clone();
    assert_eq!(known.1[0].len(), 1, "given by hand");
    // The editor is open while it is renamed.
    reader.keys("}atwo");
    fs::rename(root.join("b.txt"), root.join("c.txt")).unwrap();
    reader.look().keys(" more<C-s>");
    assert_eq!(reader.doc("c.txt"), doc);
    assert_eq!(reader.known()["c.txt"], known);
    assert!(reader.notes().values().all(|path| path.as_deref() == Some("c.txt")), "{:?}", reader.notes());
    assert_eq!(reader.model.margins.on(doc).len(), 2);
    // Another document takes the old name, and with it what is said of that name.
    fs::write(root.join("b.txt"), essay(9)).unwrap();
    reader.look();
    let notes = reader.notes();
    assert_eq!(notes["two more"].as_deref(), Some("c.txt"));
    assert_eq!(notes, Reader::start(vec![root]).notes());
}

#[test]
fn the_first_file_of_an_empty_folder_is_opened() {
    let (_folder, root) = folder(&[]);
    let mut reader = Reader::start(vec![root.clone()]);
    assert_eq!(reader.reading(), "");
    fs::write(root.join("a.txt"), essay(1)).unwrap();
    reader.look();
    assert_eq!(reader.reading(), "a.txt");
    assert!(reader.text().starts_with("Essay 1"));
}

#[test]
fn files_that_were_named_are_looked_after_and_a_folder_that_cannot_be_read_stays() {
    let (_folder, root) = folder(&[("a.txt", &essay(1)), ("b.txt", &essay(2)), ("sub/c.txt", &essay(3))]);
    let mut reader = Reader::start(vec![root.join("a.txt"), root.join("b.txt"), root.join("sub")]);
    assert_eq!(reader.paths(), ["a.txt", "b.txt", "sub/c.txt"]);
    fs::write(root.join("d.txt"), essay(4)).unwrap();
    fs::write(root.join("sub/e.txt"), essay(5)).unwrap();
    fs::remove_file(root.join("b.txt")).unwrap();
    reader.look();
    assert_eq!(reader.paths(), ["a.txt", "sub/c.txt", "sub/e.txt"], "what was not named is not here");
    fs::rename(root.join("sub"), root.join("away")).unwrap();
    reader.look();
    assert_eq!(reader.paths(), ["a.txt", "sub/c.txt", "sub/e.txt"]);
    assert!(reader.said().contains("sub: not there any more; what a folder had stays listed"), "{}", reader.said());
    fs::rename(root.join("away"), root.join("sub")).unwrap();
    fs::remove_file(root.join("sub/c.txt")).unwrap();
    reader.look();
    assert_eq!(reader.paths(), ["a.txt", "sub/e.txt"]);
}

#[test]
fn a_search_in_force_finds_what_comes_and_forgets_what_goes() {
    let (_folder, root) = folder(&[("a.txt", &essay(1)), ("b.txt", &essay(3))]);
    let mut reader = Reader::start(vec![root.clone()]);
    reader.keys("/while<CR>");
    assert_eq!(reader.known().values().map(|known| known.2).sum::<usize>(), 12);
    fs::write(root.join("c.txt"), essay(2)).unwrap();
    fs::remove_file(root.join("b.txt")).unwrap();
    reader.look();
    assert_eq!(reader.known()["c.txt"].2, 6);
    assert_eq!(reader.known().values().map(|known| known.2).sum::<usize>(), 12);
    reader.keys("gg7n");
    assert_eq!(reader.reading(), "c.txt");
    fs::write(root.join("a.txt"), essay(1).replace("while", "time")).unwrap();
    reader.keys("R");
    assert_eq!(reader.known()["a.txt"].2, 0);
    // The document being read is read again by itself.
    fs::write(root.join("c.txt"), essay(2).replacen("while", "time", 4)).unwrap();
    reader.look();
    assert_eq!(reader.known()["c.txt"].2, 2);
}

/// What may be pressed in between.
const KEYS: [&str; 16] = [
    "]d",
    "[d",
    "G",
    "}",
    "<C-o>",
    "[j",
    "]j",
    "n",
    "tsea<CR>",
    "gt",
    "gn<Esc>",
    "mA'A",
    "T!sea<CR>",
    "<Esc>",
    "gdb<CR>",
    "R",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..ProptestConfig::default() })]
    #[test]
    fn the_reader_knows_what_one_who_starts_now_would_know(
        steps in prop::collection::vec((0..9_u8, 0..8_usize, 0..KEYS.len()), 1..24),
    ) {
        let (_folder, root) = folder(&[("a.txt", &essay(0)), ("b.txt", &essay(1)), ("c.txt", &essay(2))]);
        let mut reader = Reader::start(vec![root.clone()]);
        let mut names: Vec<String> = ["a.txt", "b.txt", "c.txt"].map(String::from).into();
        let mut taken_away: Vec<String> = Vec::new();
        let (mut number, mut written, mut is_edited) = (3, 0, false);
        let last = steps.len() - 1;
        for (at, (what, which, key)) in steps.into_iter().enumerate() {
            let other = format!("{}{}.txt", if key % 3 == 0 { "sub/" } else { "" }, ["a", "b", "x", "y2", "y10"][key % 5]);
            let is_free = !names.contains(&other);
            let which = which % names.len().max(1);
            match what {
                0 if is_free => {
                    // Another text at a path that was known is an edit.
                    is_edited |= reader.desk.holding.was_at(&root.join(&other));
                    fs::create_dir_all(root.join(&other).parent().unwrap()).unwrap();
                    fs::write(root.join(&other), essay(number)).unwrap();
                    (number, names) = (number + 1, [names, vec![other]].concat());
                }
                1 if !names.is_empty() => {
                    let file = root.join(names.remove(which));
                    taken_away.push(fs::read_to_string(&file).unwrap());
                    fs::remove_file(file).unwrap();
                }
                2 if is_free && !names.is_empty() => {
                    fs::create_dir_all(root.join(&other).parent().unwrap()).unwrap();
                    fs::rename(root.join(&names[which]), root.join(&other)).unwrap();
                    names[which] = other;
                }
                3 if is_free && !taken_away.is_empty() => {
                    fs::create_dir_all(root.join(&other).parent().unwrap()).unwrap();
                    fs::write(root.join(&other), taken_away.remove(which % taken_away.len())).unwrap();
                    names.push(other);
                }
                4 if reader.is_there() => {
                    let file = root.join(reader.reading());
                    let text = format!("{}One more on trade, number {number}.\n\n", fs::read_to_string(&file).unwrap());
                    fs::write(file, text).unwrap();
                    (number, is_edited) = (number + 1, true);
                }
                5 if !reader.text().is_empty() && reader.model.sheet.is_none() => {
                    reader.keys(&format!("Anote {written}<C-s>"));
                    written += 1;
                }
                _ => _ = reader.keys(KEYS[key]),
            }
            reader.look();
            // To start costs more than to go on.
            if at % 6 != 5 && at != last {
                continue;
            }
            let fresh = Reader::start(vec![root.clone()]);
            if reader.model.shelf.sort == Default::default() {
                let shelf = &reader.model.shelf;
                let there = shelf.order.iter().filter(|doc| !shelf.is_gone(**doc)).map(|doc| reader.path(*doc));
                prop_assert_eq!(there.collect::<Vec<_>>(), fresh.paths());
            }
            let counted = |reader: &Reader| -> BTreeMap<_, _> {
                reader.known().into_iter().map(|(path, (title, on, _))| (path, (title, on))).collect()
            };
            prop_assert_eq!(counted(&reader), counted(&fresh));
            prop_assert_eq!(reader.total(), fresh.total() + reader.lingering());
            prop_assert_eq!(reader.notes().len(), written);
            if reader.is_there() && !reader.model.page.is_trail() {
                let one = fresh.model.shelf.document(fresh.doc(reader.reading()));
                prop_assert_eq!(Some(reader.text()), one.map(|document| document.clean.text.as_str()));
            }
            if !is_edited {
                // What is gone and still read has its notes until it is left, also those of its name alone.
                let lingering = reader.notes_where(true);
                let mut notes = fresh.notes_where(false);
                notes.retain(|note, _| !lingering.contains_key(note));
                prop_assert_eq!(reader.notes_where(false), notes);
            }
        }
    }
}
