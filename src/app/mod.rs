//! The program without a terminal: a [`Model`], changed by [`update`] alone.
//!
//! ```text
//! Event ──▶ update(&mut Model, Event) ──▶ Vec<Effect>      decides; no disk, no clock, no terminal
//!                        │                     │
//!        ui::view(&Model) ◀──┘                 └──▶ worker threads ──▶ Event::Done(Answer)
//! ```
//!
//! *Invariants.* `update` never blocks: what takes long is an [`Effect`]. After it the model is
//! settled: the rows of the page are laid out, lists show their chosen row. The view writes nothing
//! back. The same events give the same model, so a session can be replayed.

pub mod editor;
pub mod event;
pub mod flow;
mod follow;
pub mod force;
pub mod history;
pub mod input;
pub mod jumps;
pub mod layout;
pub mod lesson;
pub mod list;
pub mod margins;
mod motion;
pub mod page;
pub mod places;
pub mod prompt;
pub mod selection;
pub mod session;
pub mod sheets;
pub mod shelf;
pub mod sidebar;
pub mod status;
mod stride;
#[cfg(test)]
pub mod trial;
mod update;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::config::Settings;
use crate::corpus::DocId;
use crate::diag::Diagnostic;
use crate::keys::actions::Scope;
use crate::notes::EventId;
use crate::topics::{Dictionary, Index, Matcher};

pub use event::{Answer, Effect, Event, Job, Mouse, MouseWhat, Read, Unsent};
pub use layout::{Area, Layout, Pane, Size};
pub use update::{Ahead, Pointer, start, update};

use editor::Editor;
use flow::Typeset;
use force::Force;
use input::Input;
use jumps::Jumps;
use layout::Prefs;
use lesson::Lesson;
use list::List;
use margins::Margins;
use page::Page;
use prompt::Prompt;
use selection::Selection;
use sheets::Sheet;
use shelf::Shelf;
use sidebar::Sidebar;
use status::Status;

/// From so many rows on the tutor has one.
const LESSON_FROM: u16 = 10;

/// Everything the screen shows and the keys act on.
#[derive(Debug)]
pub struct Model {
    pub size: Size,
    pub settings: Arc<Settings>,
    pub focus: Pane,
    pub view: layout::View,
    /// Whether folded paragraphs are shown as they stand.
    pub folded_too: bool,
    pub shelf: Shelf,
    pub topics: Topics,
    pub page: Page,
    /// The passage being selected.
    pub selection: Option<Selection>,
    /// A place to go to once its document is open.
    pub awaited: Option<Awaited>,
    /// What was typed meanwhile.
    pub ahead: Option<Ahead>,
    /// A document of a trail that is being opened.
    pub fetched: Option<DocId>,
    pub list: List,
    pub sidebar: Sidebar,
    pub force: Option<Force>,
    /// What is in force, counted.
    pub tally: force::Tally,
    pub jumps: Jumps,
    /// Where the reader was in each document.
    pub places: places::Places,
    /// What an earlier session left, until the library is listed.
    pub restored: Option<Box<session::Session>>,
    /// What it knows of documents that are not at their paths, by their bytes.
    pub lost: HashMap<shelf::Print, Vec<session::Lost>>,
    /// Seconds since something of the session changed that is not kept yet.
    pub unkept: Option<u8>,
    pub history: history::History,
    /// Sizes chosen by key.
    pub sizes: layout::Sizes,
    pub pointer: Pointer,
    pub margins: Margins,
    pub editor: Option<Editor>,
    /// Editors opened so far.
    pub editors: u64,
    pub input: Input,
    pub sheet: Option<Sheet>,
    pub prompt: Option<Prompt>,
    pub status: Status,
    /// All that was reported, the oldest first.
    pub messages: Vec<Diagnostic>,
    /// Counts searches, so that answers to an old one are told apart.
    pub searches: u64,
    /// The hit that is gone to as soon as it is found.
    pub seeks: Option<force::Seek>,
    /// Words that are being given to a topic.
    pub term: Option<String>,
    /// The dictionary's file as it was last looked at, to be saved.
    pub saving: Option<event::Saving>,
    /// Where what an expression asks may have changed since it was asked.
    pub stale: force::Stale,
    /// The document that is looked after, in case its file changes.
    pub looked_after: Option<DocId>,
    /// Whether the library is still to be read behind the screen.
    pub index_is_due: bool,
    /// Documents that came since, or are to be read again.
    pub due: BTreeSet<DocId>,
    /// Whether the terminal is known to move whole lines of its screen only.
    pub moves_whole_lines: bool,
    /// Whether leaving was refused because something is not saved.
    pub quit_was_refused: bool,
    /// The tutor's steps, where they are walked.
    pub lesson: Option<Lesson>,
}

/// The dictionary in use and what it found.
#[derive(Debug)]
pub struct Topics {
    pub dictionary: Arc<Dictionary>,
    pub matcher: Arc<Matcher>,
    pub index: Index,
    /// Whether the dictionary is the one built in, which no file of the reader's gives.
    pub are_built_in: bool,
}

impl Topics {
    /// Whether they are somebody else's, and nothing here is about them.
    pub fn are_strange(&self) -> bool {
        self.are_built_in && self.dictionary.ids().all(|topic| self.index.total(topic) == 0)
    }
}

/// Where to go once the document has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Awaited {
    pub doc: DocId,
    pub target: Target,
    /// Whether it is gone to on the trail, not in the document itself.
    pub on_trail: bool,
}

/// A place in a document that may not be open yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    Start,
    /// Where it was read last, else its start.
    Kept,
    /// A mark, once it is known where it stands now.
    Mark(char),
    /// Its first or last stop of what is in force.
    Stop {
        last: bool,
    },
    Paragraph(u32),
    /// A paragraph by its number on the screen, from 1.
    Numbered(usize),
    /// A byte of the clean text.
    Byte(usize),
    /// A hundredth of the clean text, in bytes.
    Percent(usize),
    End,
}

impl Model {
    pub fn new(size: Size, settings: Arc<Settings>, dictionary: Arc<Dictionary>, matcher: Arc<Matcher>) -> Self {
        let input = Input::new(&settings);
        let messages = input.faults.clone();
        let sidebar = Sidebar::new(&dictionary);
        Self {
            size,
            settings,
            focus: Pane::Text,
            view: layout::View::default(),
            folded_too: false,
            shelf: Shelf::default(),
            topics: Topics { dictionary, matcher, index: Index::default(), are_built_in: false },
            page: Page::default(),
            selection: None,
            awaited: None,
            ahead: None,
            fetched: None,
            list: List::default(),
            sidebar,
            force: None,
            tally: force::Tally::default(),
            jumps: Jumps::default(),
            places: places::Places::default(),
            restored: None,
            lost: HashMap::new(),
            unkept: None,
            history: history::History::default(),
            sizes: layout::Sizes::default(),
            pointer: Pointer::default(),
            margins: Margins::default(),
            editor: None,
            editors: 0,
            input,
            sheet: None,
            prompt: None,
            status: Status::default(),
            messages,
            searches: 0,
            seeks: None,
            term: None,
            saving: None,
            stale: force::Stale::No,
            looked_after: None,
            index_is_due: false,
            due: BTreeSet::new(),
            moves_whole_lines: false,
            quit_was_refused: false,
            lesson: None,
        }
    }

    /// Where everything stands now.
    pub fn layout(&self) -> Layout {
        let narrow = |cells: Option<usize>| cells.map(|cells| cells.min(400) as u16);
        Layout::of(
            Size { rows: self.size.rows - self.lesson_rows(), ..self.size },
            Prefs {
                focus: self.focus,
                text_only: self.view.text_only,
                measure: self.measure().min(400) as u16,
                documents: narrow(self.sizes.documents.or(self.settings.panes.documents)),
                topics: narrow(self.sizes.topics.or(self.settings.panes.topics)),
            },
        )
    }

    /// Rows at the bottom of the screen that the tutor speaks in; on a small one there are none.
    pub fn lesson_rows(&self) -> u16 {
        u16::from(self.lesson.is_some() && self.size.rows >= LESSON_FROM)
    }

    /// Whether hits of all topics are marked while nothing is in force, or only those of a paragraph's main one.
    pub fn marks_all_hits(&self) -> bool {
        self.view.all_hits.unwrap_or(self.settings.reading.all_hits)
    }

    /// Cells of a full line.
    pub fn measure(&self) -> usize {
        self.sizes.measure.unwrap_or(self.settings.reading.measure)
    }

    pub fn typeset(&self, layout: &Layout) -> Typeset {
        Typeset {
            measure: usize::from(layout.page.width).max(1),
            justify: self.settings.reading.justify,
            hyphenate: self.settings.reading.hyphenate,
        }
    }

    /// Where a key is looked up now.
    pub fn scope(&self) -> Scope {
        if self.prompt.is_some() {
            Scope::Prompt
        } else if self.sheet.is_some() {
            Scope::Sheet
        } else if self.editor.is_some() {
            Scope::Editor
        } else {
            match self.focus {
                Pane::Documents => Scope::Documents,
                Pane::Text if self.selection.is_some() => Scope::Select,
                Pane::Text => Scope::Text,
                Pane::Topics => Scope::Topics,
            }
        }
    }

    /// Whether no text has been shown yet, and one is about to be.
    pub fn is_starting(&self) -> bool {
        self.shelf.progress == shelf::Progress::Listing || self.awaited.is_some() && self.doc().is_none()
    }

    /// The document being read.
    pub fn doc(&self) -> Option<DocId> {
        self.page.doc()
    }

    /// How much of the document lies before the page's end, in percent, and the minutes it takes to
    /// read the rest.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let place = self.page.place()?;
        let length = self.shelf.document(place.doc)?.clean.text.len().max(1);
        let shown = match self.page.is_at_end() && !self.page.is_trail() {
            // What is folded away behind the last row is not left to be read.
            true => length,
            false => self.page.last_shown(place.doc).unwrap_or(place.at).min(length),
        };
        let words = self.shelf.summary(place.doc)?.words;
        let left = (words as u128 * (length - shown) as u128 / length as u128) as usize;
        Some((shown * 100 / length, left.div_ceil(shelf::WORDS_A_MINUTE)))
    }

    /// On a trail the number of the paragraph under the cursor among those of the trail, from 1, and how many
    /// there are.
    pub fn along(&self) -> Option<(usize, usize)> {
        let trail = self.page.flow.trail()?;
        Some((trail.position(self.page.doc()?, self.page.para()?)? + 1, trail.len()))
    }

    /// What is in force, by name; empty where nothing is.
    pub fn force_name(&self) -> String {
        match &self.force {
            None => String::new(),
            Some(Force::Topic(topic)) => self.topics.dictionary.topic(*topic).label.clone(),
            Some(Force::Expression(wanted)) => wanted.expression.written().to_owned(),
            Some(Force::Search(found)) => format!("/{}", found.query.written()),
        }
    }

    /// Whether [`Event::Tick`] is wanted.
    pub fn wants_ticks(&self) -> bool {
        self.unkept.is_some()
            || self.input.wants_ticks()
            || self.editor.as_ref().is_some_and(|editor| editor.keys_since_kept > 0)
    }

    /// What is being written and not saved, for whoever must end the program.
    pub fn unsent(&self) -> Option<(Option<EventId>, Unsent)> {
        let editor = self.editor.as_ref().filter(|editor| editor.is_changed())?;
        Some((editor.draft, editor.unsent()))
    }
}
