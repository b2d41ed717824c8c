//! The documents as the screen knows them: listed, summed up, and some of them open.
//!
//! A library may be larger than memory. What the list needs of a document is its [`Summary`], which
//! stays; its text is kept while it is among the last ones read and all open texts fit in [`Room`].

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use crate::corpus::turnover::Turnover;
use crate::corpus::{DocId, Document, Entry, Library, State, order};
use crate::diag::Diagnostic;
use crate::text::Numbering;
use crate::text::segment::{self, Language};

/// Bytes of clean text that stay in memory; the documents read longest ago are put down first.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room(pub usize);

impl Default for Room {
    fn default() -> Self {
        Self(24 << 20)
    }
}

/// How fast people read.
pub const WORDS_A_MINUTE: usize = 230;

/// What the list shows of a document, whether it is open or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The title, or the first words.
    pub title: String,
    /// Whether the title is stated by the text.
    pub titled: bool,
    pub authors: Vec<String>,
    pub date: Option<String>,
    pub source: Option<String>,
    pub words: usize,
    /// Paragraphs of the clean text, folded ones among them.
    pub paragraphs: usize,
    /// Whose rules words are broken by.
    pub language: Option<Language>,
    /// By which the file is known where it has another name.
    pub print: Print,
}

/// What tells a file from others whatever it is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Print {
    /// How many it has.
    pub bytes: u64,
    /// Their hash.
    pub raw: [u8; 32],
}

impl Summary {
    pub fn of(document: &Document) -> Self {
        let head = &document.clean.head;
        Self {
            title: document.title(),
            titled: head.title.is_some(),
            authors: head.authors.clone(),
            date: head.date.clone(),
            source: head.source.clone(),
            words: document.words(),
            paragraphs: document.clean.paragraphs.len(),
            language: segment::language(&document.clean.text),
            print: Print { bytes: document.bytes as u64, raw: document.raw },
        }
    }

    /// `Tanaka 2015`; empty where neither is known.
    pub fn who(&self) -> String {
        format!("{} {}", self.first_author(), self.year()).trim().to_owned()
    }

    /// The year of the date, or nothing.
    pub fn year(&self) -> &str {
        self.date.as_deref().map_or("", |date| &date[..date.len().min(4)])
    }

    /// Family name of the first author, as far as one can tell.
    pub fn first_author(&self) -> &str {
        self.authors.first().map_or("", |author| author.rsplit(' ').next().unwrap_or(author))
    }

    /// Minutes to read it, at least 1.
    pub fn minutes(&self) -> usize {
        (self.words / WORDS_A_MINUTE).max(1)
    }
}

/// How the list is sorted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sort {
    #[default]
    Path,
    Title,
    Author,
    Date,
    /// Most of what is in force first.
    Force,
}

impl Sort {
    pub fn next(self) -> Self {
        match self {
            Sort::Path => Sort::Title,
            Sort::Title => Sort::Author,
            Sort::Author => Sort::Date,
            Sort::Date => Sort::Force,
            Sort::Force => Sort::Path,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Sort::Path => "file name",
            Sort::Title => "title",
            Sort::Author => "author",
            Sort::Date => "date",
            Sort::Force => "what is in force",
        }
    }
}

/// How far the work on the library has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Progress {
    /// The folder is being listed.
    #[default]
    Listing,
    /// So many documents have been read.
    Reading(usize),
    Done,
}

/// All documents.
#[derive(Debug, Default)]
pub struct Shelf {
    pub library: Library,
    /// The documents of the library in the order of their paths: those whose file is there, and those that
    /// are still being read though it is gone.
    docs: Arc<[DocId]>,
    /// Those whose file is gone.
    gone: BTreeSet<DocId>,
    /// Paths that documents had before they were renamed.
    names_before: Vec<(DocId, String)>,
    /// Of the ones that are gone, those in `docs`.
    lingering: BTreeSet<DocId>,
    summaries: Vec<Option<Summary>>,
    /// All documents in the order of the list, which is also the order of jumps.
    pub order: Vec<DocId>,
    /// Of each document its place in the list, where it is listed.
    positions: Vec<Option<u32>>,
    /// Another number whenever the list is in another order.
    revision: u64,
    pub sort: Sort,
    pub progress: Progress,
    /// Whether only documents that have some of what is in force are listed.
    pub on_force_only: bool,
    /// A document of which only the start is open yet.
    pub partial: Option<DocId>,
    open: VecDeque<DocId>,
    open_bytes: usize,
    pub(super) room: Room,
    /// Of each open document the numbers of its paragraphs.
    numbering: HashMap<DocId, Numbering>,
}

impl Shelf {
    /// Takes up a listed library; nothing of it is read.
    pub fn list(&mut self, library: Library) {
        self.summaries = vec![None; library.entries.len()];
        self.docs = (0..library.entries.len() as u32).map(DocId).collect();
        self.gone.clear();
        self.lingering.clear();
        self.names_before.clear();
        self.set_order(self.docs.to_vec(), library.entries.len());
        self.progress = Progress::Reading(0);
        self.open.clear();
        self.open_bytes = 0;
        self.numbering.clear();
        self.partial = None;
        self.library = library;
    }

    /// The documents of the library in the order of their paths.
    pub fn docs(&self) -> impl DoubleEndedIterator<Item = DocId> + use<> {
        let docs = Arc::clone(&self.docs);
        (0..docs.len()).map(move |at| docs[at])
    }

    pub fn len(&self) -> usize {
        self.docs.len()
    }

    pub fn is_empty(&self) -> bool {
        self.docs.is_empty()
    }

    /// Whether a number is that of a document, of one that is gone too.
    pub fn knows(&self, doc: DocId) -> bool {
        doc.index() < self.library.entries.len()
    }

    pub fn entry(&self, doc: DocId) -> &Entry {
        &self.library.entries[doc.index()]
    }

    /// The document, where it is open.
    pub fn document(&self, doc: DocId) -> Option<&Arc<Document>> {
        self.library.document(doc)
    }

    /// The documents that are open as a whole.
    pub fn open_documents(&self) -> Vec<(DocId, Arc<Document>)> {
        let whole = self.open.iter().filter(|doc| self.partial != Some(**doc));
        whole.filter_map(|doc| Some((*doc, Arc::clone(self.document(*doc)?)))).collect()
    }

    pub fn summary(&self, doc: DocId) -> Option<&Summary> {
        self.summaries.get(doc.index())?.as_ref()
    }

    /// What the list calls a document: its title, else its first words, else its path.
    pub fn title(&self, doc: DocId) -> &str {
        match self.summary(doc) {
            Some(summary) if !summary.title.is_empty() => &summary.title,
            _ => self.library.entries.get(doc.index()).map_or("", |entry| &entry.path),
        }
    }

    /// Takes up a document that was read; `keep` documents stay open whatever their size. Answers those
    /// that are not open, or no longer, by this.
    pub fn put(&mut self, doc: DocId, mut document: Arc<Document>, summary: Summary, keep: &[DocId]) -> Vec<DocId> {
        // It may have been renamed while it was read.
        let path = &self.library.entries[doc.index()].path;
        if document.path != *path {
            Arc::make_mut(&mut document).path.clone_from(path);
        }
        let bytes = document.clean.text.len();
        self.summaries[doc.index()] = Some(summary);
        if !keep.contains(&doc) && self.open_bytes + bytes > self.room.0 && !self.is_open(doc) {
            return vec![doc];
        }
        self.partial = self.partial.filter(|partial| *partial != doc);
        let mut closed = Vec::new();
        self.close(doc);
        self.numbering.insert(doc, Numbering::of(&document.clean));
        self.library.entries[doc.index()].state = State::Read(document);
        self.open.push_back(doc);
        self.open_bytes += bytes;
        while self.open_bytes > self.room.0
            && let Some(at) = self.open.iter().position(|open| !keep.contains(open) && *open != doc)
        {
            closed.push(self.open[at]);
            self.close(self.open[at]);
        }
        closed
    }

    pub fn fail(&mut self, doc: DocId, fault: Diagnostic) {
        self.close(doc);
        self.library.entries[doc.index()].state = State::Failed(fault);
    }

    pub fn fault(&self, doc: DocId) -> Option<&Diagnostic> {
        match &self.library.entries.get(doc.index())?.state {
            State::Failed(fault) => Some(fault),
            _ => None,
        }
    }

    /// Takes up what is another in the folder: documents that are new, that have another name, and whether
    /// they are there. Those that are not and that somebody `keeps` stay in the list. Answers those that
    /// left it; the list is to be put in order.
    pub fn turn_over(&mut self, turnover: Turnover, keeps: impl Fn(DocId) -> bool) -> Vec<DocId> {
        self.library.entries.extend(turnover.came);
        self.summaries.resize(self.library.entries.len(), None);
        turnover.back.iter().for_each(|doc| _ = self.gone.remove(doc));
        for (doc, entry) in turnover.moved {
            self.gone.remove(&doc);
            self.rename(doc, entry);
        }
        self.gone.extend(turnover.gone);
        let before = std::mem::replace(&mut self.docs, turnover.order.into());
        let (kept, left) = before.iter().filter(|doc| self.gone.contains(doc)).partition(|doc| keeps(**doc));
        self.keep(kept);
        left
    }

    /// Lists documents that are gone where they were.
    fn keep(&mut self, kept: Vec<DocId>) {
        let entries = &self.library.entries;
        let mut docs = self.docs.to_vec();
        docs.retain(|doc| !self.gone.contains(doc));
        kept.iter().for_each(|doc| order::insert(&mut docs, *doc, |doc| &entries[doc.index()].path));
        self.docs = docs.into();
        self.lingering = kept.into_iter().collect();
    }

    fn rename(&mut self, doc: DocId, entry: Entry) {
        let known = &mut self.library.entries[doc.index()];
        if let State::Read(document) = &mut known.state {
            Arc::make_mut(document).path.clone_from(&entry.path);
        }
        let before = std::mem::replace(&mut known.path, entry.path);
        self.names_before.push((doc, before));
        known.file = entry.file;
    }

    /// Takes documents that are gone and that nobody `keeps` any more from the list, and answers them; the
    /// list is to be put in order.
    pub fn let_go(&mut self, keeps: impl Fn(DocId) -> bool) -> Vec<DocId> {
        let (kept, left): (Vec<_>, Vec<_>) = self.lingering.iter().partition(|doc| keeps(**doc));
        if !left.is_empty() {
            self.keep(kept);
        }
        left
    }

    /// Forgets what was known of a document that left the list.
    pub fn forget(&mut self, doc: DocId) {
        self.close(doc);
        self.library.entries[doc.index()].state = State::Listed;
        self.summaries[doc.index()] = None;
        self.partial = self.partial.filter(|partial| *partial != doc);
    }

    /// Whether its file is gone.
    pub fn is_gone(&self, doc: DocId) -> bool {
        self.gone.contains(&doc)
    }

    /// Whether it is one of the documents of the library: its file is there, or it is still being read.
    pub fn holds(&self, doc: DocId) -> bool {
        self.knows(doc) && (!self.gone.contains(&doc) || self.lingering.contains(&doc))
    }

    /// Whether documents stay in the list only for as long as somebody reads them.
    pub fn has_lingering(&self) -> bool {
        !self.lingering.is_empty()
    }

    /// The document at a path: the one whose file is there, else one that is still being read.
    pub fn at_path(&self, path: &str) -> Option<DocId> {
        let is_at = |doc: &DocId| self.entry(*doc).path == path;
        let there = self.docs.iter().copied().filter(|doc| !self.is_gone(*doc)).find(is_at);
        there.or_else(|| self.lingering.iter().copied().find(is_at))
    }

    /// Whether another document than this one was at a path.
    pub fn was_at_path(&self, path: &str, but: DocId) -> bool {
        let gone = self.gone.iter().map(|doc| (*doc, self.entry(*doc).path.as_str()));
        let before = self.names_before.iter().map(|(doc, name)| (*doc, name.as_str()));
        gone.chain(before).any(|(doc, name)| doc != but && name == path)
    }

    fn is_open(&self, doc: DocId) -> bool {
        self.open.contains(&doc)
    }

    fn close(&mut self, doc: DocId) {
        if let Some(at) = self.open.iter().position(|open| *open == doc) {
            self.open.remove(at);
            if let Some(document) = self.document(doc) {
                self.open_bytes -= document.clean.text.len();
            }
            self.numbering.remove(&doc);
            self.library.entries[doc.index()].state = State::Listed;
        }
    }

    /// The place of a document in the list; the first for one that is not listed now.
    pub fn position(&self, doc: DocId) -> usize {
        self.listed_at(doc).unwrap_or(0)
    }

    /// The place of a document in the list, if it is listed.
    pub fn listed_at(&self, doc: DocId) -> Option<usize> {
        self.positions.get(doc.index()).copied().flatten().map(|at| at as usize)
    }

    /// Another number whenever the list is in another order.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Puts the list in the order of `self.sort`; `count` tells how much of what is in force a
    /// document has. Equal ones stay in the order of their paths.
    pub fn resort(&mut self, count: impl Fn(DocId) -> usize) {
        let mut order: Vec<DocId> = self.docs.to_vec();
        let summary = |doc: &DocId| self.summary(*doc);
        match self.sort {
            Sort::Path => {}
            Sort::Title => order.sort_by_cached_key(|doc| self.title(*doc).to_lowercase()),
            Sort::Author => order.sort_by_cached_key(|doc| {
                let author = summary(doc).map_or("", Summary::first_author);
                (author.is_empty(), author.to_lowercase())
            }),
            Sort::Date => order.sort_by_cached_key(|doc| {
                let date = summary(doc).and_then(|s| s.date.clone());
                (date.is_none(), date)
            }),
            Sort::Force => order.sort_by_key(|doc| std::cmp::Reverse(count(*doc))),
        }
        if self.on_force_only {
            order.retain(|doc| count(*doc) > 0);
        }
        self.set_order(order, self.library.entries.len());
    }

    fn set_order(&mut self, order: Vec<DocId>, len: usize) {
        self.positions = vec![None; len];
        for (at, doc) in order.iter().enumerate() {
            self.positions[doc.index()] = Some(at as u32);
        }
        self.revision += 1;
        self.order = order;
    }

    /// The number of `para` among the paragraphs of an open document that are read as prose, from 1,
    /// and how many there are.
    pub fn paragraph_number(&self, doc: DocId, para: u32) -> (usize, usize) {
        self.numbering(doc).map_or((0, 0), |numbering| (numbering.at_or_before(para), numbering.count()))
    }

    /// The numbers of the paragraphs of an open document.
    pub fn numbering(&self, doc: DocId) -> Option<&Numbering> {
        self.numbering.get(&doc)
    }
}
