//! A reader for tests: documents given as text, keys as they are written, effects gathered.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::config::Settings;
use crate::config::settings::Reading;
use crate::corpus::{DocId, Entry, Library, State, load};
use crate::diag::Loaded;
use crate::keys::notation;
use crate::text::Options;
use crate::topics::{Dictionary, Matcher};

use super::flow::{Line, TextLine};
use super::force::Match;
use super::shelf::Summary;
use super::{Answer, Effect, Event, Job, Model, Mouse, MouseWhat, Read, Size, update};

/// A heading and three short paragraphs.
pub const BOATS: &str = "Harbours\n\nBoats lie in the harbour.\n\nNo boat is at sea.\n\nThe boats are old.\n";

/// A model and what it asked for.
pub struct Trial {
    pub model: Model,
    /// Effects that were not run, the oldest first.
    pub effects: Vec<Effect>,
    texts: Vec<(String, String)>,
    /// Documents that were asked for while reading is slow, and are not read yet.
    held: Option<Vec<DocId>>,
}

impl Trial {
    /// A reader of these documents (a name and a text), the first one open, in a window of this size.
    pub fn of(texts: &[(&str, &str)], columns: u16, rows: u16) -> Self {
        Self::set(texts, columns, rows, |_| {})
    }

    /// A reader of [`BOATS`].
    pub fn of_boats() -> Self {
        Self::of(&[("a.txt", BOATS)], 80, 24)
    }

    /// The same with other settings.
    pub fn set(texts: &[(&str, &str)], columns: u16, rows: u16, set: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings { reading: Reading { measure: 60, ..Reading::default() }, ..Settings::default() };
        set(&mut settings);
        Self::begin(texts, Size { columns, rows }, settings, Dictionary::default())
    }

    /// A reader with the topics of a dictionary's file.
    pub fn on_topics(file: &str, texts: &[(&str, &str)], columns: u16, rows: u16) -> Self {
        let dictionary = Dictionary::parse(file, Path::new("config.toml")).value;
        Self::begin(texts, Size { columns, rows }, Settings::default(), dictionary)
    }

    fn begin(texts: &[(&str, &str)], size: Size, settings: Settings, dictionary: Dictionary) -> Self {
        let dictionary = Arc::new(dictionary);
        let matcher = Arc::new(Matcher::new(&dictionary));
        let model = Model::new(size, Arc::new(settings), dictionary, matcher);
        let texts: Vec<_> = texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let mut trial = Self { model, effects: Vec::new(), texts, held: None };
        let entries = trial.texts.iter().map(|(name, _)| Entry {
            path: name.clone(),
            file: PathBuf::from(name),
            state: State::Listed,
        });
        let library = Library { root: PathBuf::from("."), entries: entries.collect() };
        trial.happen(Event::Done(Box::new(Answer::Listed(Loaded::clean(library)))));
        trial
    }

    /// Presses keys.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        for key in notation::parse(keys).unwrap() {
            self.happen(Event::Key(key));
        }
        self
    }

    pub fn mouse(&mut self, what: MouseWhat, column: u16, row: u16) -> &mut Self {
        self.happen(Event::Mouse(Mouse { column, row, what }));
        self
    }

    /// Takes an event; documents that are asked for are read at once, unless they are held.
    pub fn happen(&mut self, event: Event) {
        for effect in update(&mut self.model, event) {
            match effect {
                Effect::Job(Job::Open { doc, .. }) => match &mut self.held {
                    Some(held) => held.push(doc),
                    None => self.open(doc),
                },
                effect => self.effects.push(effect),
            }
        }
    }

    /// From now on documents that are asked for are not read until [`Trial::catch_up`].
    pub fn hold(&mut self) {
        self.held.get_or_insert_default();
    }

    /// Whether documents wait to be read.
    pub fn is_behind(&self) -> bool {
        self.held.as_ref().is_some_and(|held| !held.is_empty())
    }

    /// Reads what was asked for meanwhile.
    pub fn catch_up(&mut self) {
        for doc in self.held.take().unwrap_or_default() {
            self.open(doc);
        }
    }

    /// The last search is answered: what it found, and a word that may have been meant.
    pub fn find(&mut self, hits: Vec<(DocId, Vec<Match>)>, near: Option<&str>) {
        let search = self.model.searches;
        let near = near.map(str::to_owned);
        self.happen(Event::Done(Box::new(Answer::Found { search, hits })));
        self.happen(Event::Done(Box::new(Answer::FoundAll { search, near })));
    }

    /// Somebody writes another text into a document's file.
    pub fn rewrite(&mut self, doc: DocId, text: &str) {
        text.clone_into(&mut self.texts[doc.index()].1);
        self.open(doc);
    }

    fn open(&mut self, doc: DocId) {
        let (name, text) = &self.texts[doc.index()];
        let document = Arc::new(load::from_bytes(name, text.as_bytes(), &Options::default()).unwrap());
        let tags = self.model.topics.matcher.tag(&document);
        let read = Read { summary: Summary::of(&document), document, tags, remark: None, is_start: false };
        self.happen(Event::Done(Box::new(Answer::Opened { doc, partial: false, result: Ok(read) })));
    }

    /// What stands at the cursor, a few characters of it.
    pub fn at_cursor(&self) -> String {
        self.text()[self.model.page.cursor.at..].chars().take(8).collect()
    }

    pub fn said(&self) -> &str {
        self.model.status.said.as_ref().map_or("", |(_, said)| said)
    }

    /// The clean text of the document being read.
    pub fn text(&self) -> String {
        let document = self.model.doc().and_then(|doc| self.model.shelf.document(doc));
        document.map(|document| document.clean.text.clone()).unwrap_or_default()
    }

    /// The rows of running text on the screen.
    pub fn lines(&self) -> Vec<TextLine> {
        let lines = self.model.page.rows.iter().filter_map(|row| match &row.line {
            Line::Text(line) => Some(line.clone()),
            _ => None,
        });
        lines.collect()
    }
}
