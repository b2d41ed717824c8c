//! Does jobs: lists, reads, tags, searches. Each call runs to its end on the thread that makes it;
//! [`super::workers`] gives each kind of job a thread, `postil screen` runs them one by one.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::event::{Answer, Gather, Job, Previewed, Read, Tagger, Unsent, Wording};
use crate::app::margins::{Moved, Placed};
use crate::app::sheets::lines;
use crate::config::{self, Config};
use crate::corpus::load;
use crate::corpus::{DocId, Document, Entry};
use crate::diag::Diagnostic;
use crate::notes::standing::Ground;
use crate::notes::{DocRef, EventId, Note, moved};
use crate::search::Query;
use crate::text;
use crate::topics::{Change, Matcher, Tags};

use super::scribe::{Clock, Scribe};
use super::sessions;
use super::watch::Watch;
use super::wording;

/// Documents answered together while the library is read.
const BATCH: usize = 32;
/// Bytes of a file after which a batch is not waited for, and its start is shown before the rest is read.
const LARGE: u64 = 1 << 20;
/// Bytes of that start: some fifty screens.
const PREVIEW: usize = 128 << 10;

/// What jobs need to know.
pub struct Desk {
    paths: Vec<PathBuf>,
    options: text::Options,
    entries: Mutex<Arc<Vec<Entry>>>,
    notes: config::settings::Notes,
    scribe: Mutex<Option<Scribe>>,
    clock: Clock,
    watch: Watch,
    /// Whether a session is taken up, and left to the next one.
    keeps_sessions: bool,
    /// The library's root.
    root: Mutex<PathBuf>,
    /// The topics' file as it was when the program started, for where it is the one built in.
    built_in: String,
}

/// Takes answers; `false` means that nobody waits for more.
pub type Send<'a> = dyn FnMut(Answer) -> bool + 'a;

impl Desk {
    /// For the documents that `config` opens, read as `options` say.
    pub fn new(config: &Config, options: text::Options) -> Self {
        Self {
            paths: config.paths.clone(),
            options,
            entries: Mutex::default(),
            notes: config.settings.notes.clone(),
            scribe: Mutex::default(),
            clock: Clock::Running,
            watch: Watch::new(&config.topics),
            keeps_sessions: true,
            root: Mutex::default(),
            built_in: config.topics.text.clone(),
        }
    }

    /// The same with a clock that stands, so that the same keys write the same notes.
    #[must_use]
    pub fn at(mut self, seconds: i64) -> Self {
        self.clock = Clock::Standing(seconds);
        self
    }

    /// The same without taking up or leaving a session.
    #[must_use]
    pub fn without_sessions(mut self) -> Self {
        self.keeps_sessions = false;
        self
    }

    /// Does a job, answering as it goes.
    pub fn perform(&self, job: Job, send: &mut Send<'_>) {
        match job {
            Job::List => self.list(send),
            Job::KeepSession { root, session } => {
                // The place is lost with it and nothing else; the next save tries again.
                if self.keeps_sessions {
                    let _ = sessions::keep(&sessions::file(&root), *session);
                }
            }
            Job::KeepCopy { text, said } => {
                send(match sessions::keep_copy(&text) {
                    Ok(file) => Answer::Copied(format!("{said}; it is in {}", file.display())),
                    Err(error) => Answer::Said(Diagnostic::error(format!("{said}; no file took it: {error}"))),
                });
            }
            Job::Open { doc, matcher } => {
                if let Some(entry) = self.entry(doc) {
                    self.watch.document(doc, &entry.file);
                    self.open(doc, &entry, &matcher, send);
                }
            }
            Job::Index { topics, open, opening } => self.index(&topics, open, opening, send),
            Job::Search { search, query, order } => self.search(search, &query, &order, send),
            Job::Gather { gathering, what, order } => self.gather(gathering, &what, &order, send),
            Job::Source { doc, range } => self.source(doc, range, send),
            Job::Preview(wording) => {
                let result = self.preview(&wording);
                send(Answer::Previewed { wording, result });
            }
            Job::SaveTopics(saving) => match wording::save(&saving) {
                Ok(()) => {
                    self.watch.set_topics(&saving.path);
                    self.watch.look(send);
                }
                Err(fault) => {
                    send(Answer::Said(fault));
                }
            },
            Job::OpenNotes { root } => {
                let name = self.notes.author.as_deref().unwrap_or_default();
                let (scribe, answer) = Scribe::open(&root, name, self.notes.snapshot_limit, self.clock);
                *self.scribe() = Some(scribe);
                send(answer);
            }
            Job::Write { ticket, change, document, draft, elsewhere } => {
                let result = match &mut *self.scribe() {
                    Some(scribe) => scribe.write(ticket, &change, document.as_deref(), draft, elsewhere),
                    None => Err(Diagnostic::error("the notes are not open yet").help("save again in a moment")),
                };
                send(Answer::Wrote { ticket, result });
            }
            Job::KeepDraft { draft, text } => {
                let editor = text.editor;
                if let Some(kept) = self.keep_draft(draft, *text) {
                    send(Answer::DraftKept { editor, kept });
                }
            }
            Job::DropDraft(draft) => {
                if let Some(scribe) = &mut *self.scribe() {
                    scribe.drop_draft(draft);
                }
            }
            Job::Poll => {
                self.watch.look(send);
                let polled = self.scribe().as_mut().map(Scribe::poll);
                if let Some(polled) = polled.filter(|p| !p.value.is_empty() || !p.diagnostics.is_empty()) {
                    send(Answer::NotesChanged(polled));
                }
            }
            Job::FindMoved { lost } => self.find_moved(&lost, send),
            Job::Place { doc, document, notes } => {
                let old = |doc: &DocRef| self.scribe().as_ref()?.text_of(doc);
                let placed = place(&document, &notes, old);
                send(Answer::Placed { doc, placed });
            }
        }
    }

    /// Puts a text that is being written on disk at once; `None` where the notes are not open.
    pub fn keep_draft(&self, draft: Option<EventId>, text: Unsent) -> Option<Result<EventId, Diagnostic>> {
        Some(self.scribe().as_mut()?.keep_draft(draft, text))
    }

    fn scribe(&self) -> std::sync::MutexGuard<'_, Option<Scribe>> {
        self.scribe.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn list(&self, send: &mut Send<'_>) {
        let listed = load::list(&self.paths);
        let session = self.keeps_sessions.then(|| sessions::read(&sessions::file(&listed.value.root))).flatten();
        if let Some(session) = session {
            send(Answer::Restored(Box::new(session)));
        }
        self.root.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&listed.value.root);
        *self.entries.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(listed.value.entries.clone());
        send(Answer::Listed(listed));
    }

    fn entries(&self) -> Arc<Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn entry(&self, doc: DocId) -> Option<Entry> {
        self.entries().get(doc.index()).cloned()
    }

    /// Reads a document that somebody waits for: the text is there before its topics where these still
    /// take a while, and the start of a large one before the rest.
    fn open(&self, doc: DocId, entry: &Entry, matcher: &Matcher, send: &mut Send<'_>) {
        let mut show = |document: &Arc<Document>| {
            send(Answer::Opened { doc, partial: true, result: Ok(Read::untagged(Arc::clone(document))) });
        };
        if entry.bytes > LARGE
            && let Ok(start) = load::read_start(entry, PREVIEW, &self.options)
        {
            show(&Arc::new(start));
        }
        let result = load::read(entry, &self.options).map(|document| {
            let remark = load::remarks(entry, &document);
            let document = Arc::new(document);
            if !matcher.is_ready() {
                show(&document);
            }
            Read { remark, ..Read::of(document, matcher) }
        });
        send(Answer::Opened { doc, partial: false, result });
    }

    fn read(&self, entry: &Entry, matcher: &Matcher) -> Result<Read, Diagnostic> {
        let document = load::read(entry, &self.options)?;
        let remark = load::remarks(entry, &document);
        Ok(Read { remark, ..Read::of(Arc::new(document), matcher) })
    }

    fn index(
        &self,
        topics: &Tagger,
        open: Vec<(DocId, Arc<Document>, Option<Tags>)>,
        opening: Option<DocId>,
        send: &mut Send<'_>,
    ) {
        let entries = self.entries();
        let Tagger { matcher, changed } = topics;
        let change = changed.as_ref().map(|(old, new)| Change::between(old, new, Arc::clone(matcher)));
        let known: HashSet<DocId> = open.iter().map(|(doc, ..)| *doc).chain(opening).collect();
        let tagged = |(doc, document, before): (DocId, Arc<Document>, Option<Tags>)| {
            let tags = match (&change, before) {
                (Some(change), Some(before)) => change.retag(&document, &before),
                _ => matcher.tag(&document),
            };
            (doc, Ok(Read { tags, ..Read::untagged(document) }))
        };
        let mut batch: Vec<_> = open.into_iter().map(tagged).collect();
        for (doc, entry) in entries.iter().enumerate() {
            let doc = DocId(doc as u32);
            if known.contains(&doc) {
                continue;
            }
            batch.push((doc, self.read(entry, matcher)));
            if (batch.len() >= BATCH || entry.bytes > LARGE) && !send(Answer::Indexed(std::mem::take(&mut batch))) {
                return;
            }
        }
        if batch.is_empty() || send(Answer::Indexed(batch)) {
            send(Answer::IndexDone);
        }
    }

    fn gather(&self, gathering: u64, what: &Gather, order: &[DocId], send: &mut Send<'_>) {
        let entries = self.entries();
        let (mut rows, mut count) = (Vec::new(), 0);
        for (at, doc) in order.iter().enumerate() {
            let Some(entry) = entries.get(doc.index()) else { continue };
            let Ok(document) = load::read(entry, &self.options) else { continue };
            let found = match what {
                Gather::Query(query) => lines::of_search(*doc, &document, &ranges(query, &document)),
                Gather::Topics { matcher, topics } => {
                    let mut hits = matcher.tag(&document).hits;
                    hits.retain(|hit| topics.contains(&hit.topic));
                    hits.dedup_by_key(|hit| (hit.start, hit.end));
                    lines::of_topic(*doc, &document, &hits)
                }
            };
            count += found.len();
            rows.extend(found);
            let many = rows.len() > 500 || (at + 1) % BATCH == 0;
            if count >= lines::MOST
                || many && !send(Answer::Gathered { gathering, rows: std::mem::take(&mut rows), done: false })
            {
                break;
            }
        }
        send(Answer::Gathered { gathering, rows, done: true });
    }

    fn find_moved(&self, lost: &[(DocRef, String)], send: &mut Send<'_>) {
        let entries = self.entries();
        let mut docs = Vec::new();
        let mut known = Vec::new();
        for (at, entry) in entries.iter().enumerate() {
            if let Ok(document) = load::read(entry, &self.options) {
                known.push(DocRef::of(&document));
                docs.push(DocId(at as u32));
            }
        }
        let text = |at: usize| load::read(entries.get(docs[at].index())?, &self.options).ok().map(|d| d.clean.text);
        let found = lost.iter().filter_map(|(doc, old)| {
            let (at, how) = moved::find(doc, &known, old, text)?;
            Some((doc.path.clone(), Moved { doc: docs[at], is_certain: how.is_certain() }))
        });
        send(Answer::Moved(found.collect()));
    }

    fn preview(&self, wording: &Wording) -> Result<Previewed, Diagnostic> {
        let root = self.root.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let file = wording::File::read(self.watch.topics().as_deref(), &self.built_in, &root)?;
        wording::preview(file, wording, |take| {
            for (at, entry) in self.entries().iter().enumerate() {
                if let Ok(document) = load::read(entry, &self.options) {
                    take(DocId(at as u32), &document);
                }
            }
        })
    }

    fn source(&self, doc: DocId, range: std::ops::Range<usize>, send: &mut Send<'_>) {
        let Some(entry) = self.entry(doc) else { return };
        match load::source_lines(&entry, range, &self.options) {
            Ok((first, lines)) => send(Answer::Source { path: entry.path, first, lines }),
            Err(fault) => send(Answer::Said(fault)),
        };
    }

    fn search(&self, search: u64, query: &Query, order: &[DocId], send: &mut Send<'_>) {
        let entries = self.entries();
        let mut hits = Vec::new();
        let mut looked_at = 0;
        for doc in order {
            let Some(entry) = entries.get(doc.index()) else { continue };
            let Ok(document) = load::read(entry, &self.options) else { continue };
            let found = ranges(query, &document);
            if !found.is_empty() {
                hits.push((*doc, found));
            }
            looked_at += 1;
            if looked_at % BATCH == 0 && !send(Answer::Found { search, hits: std::mem::take(&mut hits), done: false }) {
                return;
            }
        }
        send(Answer::Found { search, hits, done: true });
    }
}

fn ranges(query: &Query, document: &Document) -> Vec<std::ops::Range<u32>> {
    query.find(&document.clean).into_iter().map(|hit| hit.start as u32..hit.end as u32).collect()
}

/// Where notes stand in a document that is another than the one they were made on; `old` gives the
/// text they were made on, where it was kept.
fn place(document: &Document, notes: &[Note], old: impl Fn(&DocRef) -> Option<String>) -> Vec<Placed> {
    let ground = Ground::new(document);
    let placed = notes.iter().map(|note| {
        let standing = ground.place(note, &old);
        Placed { note: note.id, range: standing.range, state: standing.state }
    });
    placed.collect()
}
