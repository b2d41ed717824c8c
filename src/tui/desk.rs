//! Does jobs: lists, reads, tags, writes; [`through`] has those that go through all documents. Each call runs
//! to its end on the thread that makes it; [`super::workers`] gives each kind of job a thread, `postil screen`
//! runs them one by one.

mod through;

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::event::{Answer, Job, Read, Tagger, Unsent};
use crate::app::margins::Placed;
use crate::app::{Effect, Event};
use crate::config::{self, Config};
use crate::corpus::load;
use crate::corpus::{DocId, Document, Entry};
use crate::diag::Diagnostic;
use crate::notes::standing::Ground;
use crate::notes::{DocRef, EventId, Note};
use crate::search::Query;
use crate::text;
use crate::topics::{Change, Matcher, Tags};

use super::holding::Holding;
use super::last_words::Kept;
use super::scribe::{Clock, Scribe};
use super::sessions;
use super::watch::Watch;
use super::wording;
use through::matches;

/// Documents answered together while the library is read.
const BATCH: usize = 32;
/// Bytes of a file after which a batch is not waited for, and its start is shown before the rest is read.
const LARGE: u64 = 1 << 20;
/// Bytes of that start: some fifty screens.
const START: usize = 128 << 10;
/// Bytes that are shown of the first document of all before anything else is done: more than a large screen.
const FIRST: usize = 5 << 10;
/// A piece so many times larger follows a piece, and takes so many times longer.
const MORE: usize = 16;

/// How long anything is held back for the first text.
const HELD: Duration = Duration::from_millis(40);

/// How long a text that is the last thing to be kept waits for the notes to be open and not in use.
const LAST: Duration = Duration::from_millis(2500);

/// What jobs need to know.
pub struct Desk {
    /// The paths that were asked for, which can be listed before the settings are known.
    asked: Vec<PathBuf>,
    settled: OnceLock<Settled>,
    pub(super) holding: Holding,
    scribe: Mutex<Option<Scribe>>,
    clock: Clock,
    /// Whether a session is taken up, and left to the next one.
    keeps_sessions: bool,
    /// Whether nothing is written: no session, and notes in memory only.
    leaves_no_trace: bool,
    /// What takes long waits here until the first text is drawn.
    first_frame: Gate,
    /// The document that is opened first, once it is shown; without text where that is only its start.
    first: Mutex<Option<(DocId, Option<Read>)>>,
}

/// What the settings say.
struct Settled {
    /// What to open, where nothing was asked for.
    paths: Vec<PathBuf>,
    options: text::Options,
    notes: config::settings::Notes,
    watch: Watch,
    /// The topics' file as it was when the program started, for where it is the one built in.
    built_in: String,
}

/// Where threads wait, so that what one waits for most has the processor for itself.
#[derive(Default)]
struct Gate {
    is_held: Mutex<bool>,
    opened: Condvar,
}

impl Gate {
    fn wait(&self) {
        let held = self.opened.wait_timeout_while(lock(&self.is_held), HELD, |is_held| *is_held);
        drop(held);
    }
}

/// Takes answers; `false` means that nobody waits for more.
pub type Send<'a> = dyn FnMut(Answer) -> bool + 'a;

impl Desk {
    /// For the documents that `config` opens, read as `options` say.
    pub fn new(config: &Config, options: text::Options) -> Self {
        let desk = Self::begin(&[]);
        desk.settle(config, options);
        desk
    }

    /// One that can list these paths already, where there are any. All else it is asked waits until it
    /// is settled.
    pub fn begin(asked: &[PathBuf]) -> Self {
        Self {
            asked: asked.to_owned(),
            settled: OnceLock::new(),
            holding: Holding::default(),
            scribe: Mutex::default(),
            clock: Clock::Running,
            keeps_sessions: true,
            leaves_no_trace: false,
            first_frame: Gate::default(),
            first: Mutex::default(),
        }
    }

    /// The settings are known.
    pub fn settle(&self, config: &Config, options: text::Options) {
        let settled = Settled {
            paths: config.paths.clone(),
            options,
            notes: config.settings.notes.clone(),
            watch: Watch::new(&config.topics, &config.paths),
            built_in: config.topics.text.clone(),
        };
        // They are read once.
        let _ = self.settled.set(settled);
    }

    fn settled(&self) -> &Settled {
        self.settled.wait()
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

    /// The same for a picture of the screen: notes can be written, and nothing of it reaches the disk.
    #[must_use]
    pub fn without_a_trace(self) -> Self {
        Self { leaves_no_trace: true, ..self.without_sessions() }
    }

    /// Holds what takes long back until [`Desk::go_on`], or for a short while.
    pub fn hold(&self) {
        *lock(&self.first_frame.is_held) = true;
    }

    /// The first text is drawn.
    pub fn go_on(&self) {
        if std::mem::take(&mut *lock(&self.first_frame.is_held)) {
            self.first_frame.opened.notify_all();
        }
    }

    /// Does the jobs among what a model asks for, and what their answers lead to, one after the other: a
    /// reader without threads. `tell` is the model.
    pub fn run(&self, effects: Vec<Effect>, mut tell: impl FnMut(Event) -> Vec<Effect>) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            let Effect::Job(job) = effect else { continue };
            let mut answers = Vec::new();
            self.perform(job, &mut |answer| {
                answers.push(answer);
                true
            });
            for answer in answers {
                queue.extend(tell(Event::Done(Box::new(answer))));
            }
        }
    }

    /// Does a job, answering as it goes.
    pub fn perform(&self, job: Job, send: &mut Send<'_>) {
        match job {
            Job::List => self.list(send),
            Job::ListAgain { asked } => self.list_again(asked, send),
            Job::KeepSession { root, session } => {
                // The place is lost with it and nothing else; the next save tries again.
                if self.keeps_sessions {
                    let _ = sessions::keep(&sessions::file(&root), *session);
                }
            }
            Job::KeepCopy { what, why, .. } if self.leaves_no_trace => {
                send(Answer::Said(Diagnostic::error(format!("{what} was not sent: {why}"))));
            }
            Job::SaveTopics(saving) if self.leaves_no_trace => {
                let path = saving.path.display();
                send(Answer::Said(Diagnostic::warning(format!(
                    "{path} stays as it is: this is a picture of the screen"
                ))));
            }
            Job::KeepCopy { text, what, why } => {
                send(match sessions::keep_copy(&text) {
                    // The file first: on a narrow screen the end is not seen.
                    Ok(file) => Answer::Copied(format!("{what} is in {}, not sent: {why}", file.display())),
                    Err(error) => {
                        Answer::Said(Diagnostic::error(format!("{what} was not sent: {why}; no file took it: {error}")))
                    }
                });
            }
            Job::Open { doc, matcher, search } => self.open(doc, &matcher, search.as_ref(), send),
            Job::Index { topics, open, opening } => {
                let known = open.iter().map(|(doc, ..)| *doc).chain(opening).collect::<HashSet<DocId>>();
                let mut docs = self.holding.docs();
                docs.retain(|doc| !known.contains(doc));
                self.index(&topics, open, &docs, None, send);
            }
            Job::Take { docs, matcher, search } => {
                self.index(&Tagger { matcher, changed: None }, Vec::new(), &docs, search.as_ref(), send);
            }
            Job::Search { search, query, order, open } => self.search(search, &query, &order, open, send),
            Job::Gather { gathering, what, order, open } => self.gather(gathering, &what, &order, open, send),
            Job::Source { doc, range } => self.source(doc, range, send),
            Job::Preview { wording, open } => {
                let result = self.preview(&wording, open);
                send(Answer::Previewed { wording, result });
            }
            Job::SaveTopics(saving) => match wording::save(&saving) {
                Ok(()) => {
                    self.settled().watch.set_topics(&saving.path);
                    self.settled().watch.look(send);
                }
                Err(fault) => {
                    send(Answer::Said(fault));
                }
            },
            Job::OpenNotes { root } => {
                self.first_frame.wait();
                let name = self.settled().notes.author.as_deref().unwrap_or_default();
                let open = if self.leaves_no_trace { Scribe::on_scratch } else { Scribe::open };
                let (scribe, answer) = open(&root, name, self.settled().notes.snapshot_limit, self.clock);
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
            Job::LookAfter(doc) => {
                if let Some((file, stamp)) = self.holding.as_read(doc) {
                    self.settled().watch.document(doc, &file, stamp);
                }
            }
            Job::Poll => {
                self.settled().watch.look(send);
                if self.holding.has_stirred() {
                    send(Answer::Stirred);
                }
                let polled = self.scribe().as_mut().map(Scribe::poll);
                if let Some(polled) = polled.filter(|p| !p.value.is_empty() || !p.diagnostics.is_empty()) {
                    send(Answer::NotesChanged(polled));
                }
            }
            Job::FindMoved { lost, among } => self.find_moved(&lost, among, send),
            Job::Place { doc, document, notes } => {
                let old = |doc: &DocRef| self.scribe().as_ref()?.text_of(doc);
                let placed = place(&document, &notes, old);
                send(Answer::Placed { doc, placed });
            }
            Job::FindPassage { editor, document, of, anchor } => {
                let old = |doc: &DocRef| self.scribe().as_ref()?.text_of(doc);
                let range = Ground::new(&document).find(&of, &anchor, old).range;
                send(Answer::Passage { editor, range });
            }
        }
    }

    /// Puts a text that is being written on disk at once; `None` where the notes are not open.
    fn keep_draft(&self, draft: Option<EventId>, text: Unsent) -> Option<Result<EventId, Diagnostic>> {
        Some(self.scribe().as_mut()?.keep_draft(draft, text))
    }

    /// The same for a program that is about to end: notes that are still being opened are waited for, so
    /// that a text begun in the first moments is kept too; a thread that holds them for ever is not. Answers
    /// where the text is.
    pub fn keep_last(&self, draft: Option<EventId>, text: Unsent) -> Option<Kept> {
        let until = Instant::now() + LAST;
        while Instant::now() < until {
            let held = match self.scribe.try_lock() {
                Ok(scribe) => Some(scribe),
                Err(TryLockError::Poisoned(poisoned)) => Some(poisoned.into_inner()),
                Err(TryLockError::WouldBlock) => None,
            };
            if let Some(mut held) = held
                && let Some(scribe) = &mut *held
            {
                return Some(scribe.keep_draft(draft, text).map(|id| (id, scribe.draft_file(id))));
            }
            thread::sleep(Duration::from_millis(1));
        }
        None
    }

    fn scribe(&self) -> MutexGuard<'_, Option<Scribe>> {
        lock(&self.scribe)
    }

    fn list(&self, send: &mut Send<'_>) {
        let listed = self.holding.list(self.paths());
        let session = self.keeps_sessions.then(|| sessions::read(&sessions::file(&listed.value.root))).flatten();
        let last = session.as_ref().and_then(|session| session.last.as_ref());
        let last = last.and_then(|last| listed.value.entries.iter().position(|entry| entry.path == *last));
        let doc = last.unwrap_or(0);
        let at = session.as_ref().zip(listed.value.entries.get(doc)).and_then(|(session, entry)| {
            session.readings.iter().find(|(path, _)| *path == entry.path).map(|(_, reading)| reading.passage.at)
        });
        if let Some(session) = session {
            send(Answer::Restored(Box::new(session)));
        }
        // Who is asked to open it waits until it is here.
        let mut first = lock(&self.first);
        send(Answer::Listed(listed));
        *first = self.read_first(DocId(doc as u32), at.unwrap_or(0), send);
    }

    fn paths(&self) -> &[PathBuf] {
        if self.asked.is_empty() { &self.settled().paths } else { &self.asked }
    }

    fn list_again(&self, asked: bool, send: &mut Send<'_>) {
        self.holding.list_again(self.paths(), |turnover, faults| {
            self.settled().watch.follow(&turnover);
            if asked || !turnover.is_nothing() || !faults.is_empty() {
                send(Answer::TurnedOver { turnover: Box::new(turnover), faults, asked });
            }
        });
    }

    /// Reads what is most likely opened first, and shows it: nobody has to ask for it. It was read up to byte
    /// `at` of its text, and a start is shown that has as much again behind that. Hardly any settings name an
    /// encoding: the text is cleaned while they are read, and once more where they do.
    fn read_first(&self, doc: DocId, at: usize, send: &mut Send<'_>) -> Option<(DocId, Option<Read>)> {
        let entry = self.holding.entry(doc).filter(|entry| !entry.is_stdin())?;
        let stamp = load::stamp(&entry.file).ok()?;
        let start = first_piece(at, stamp.bytes);
        let read = |options: &text::Options| match start {
            Some(bytes) => read_start(&entry, bytes, options),
            None => read_untagged(&entry, options).ok(),
        };
        let early = read(&text::Options::default());
        let settled = self.settled();
        let read = if settled.options.encoding.is_some() { read(&settled.options) } else { early }?;
        send(Answer::Opened { doc, partial: true, result: Ok(read.clone()) });
        if start.is_some() {
            return Some((doc, None));
        }
        settled.watch.document(doc, &entry.file, stamp);
        self.holding.was_read(doc, &read.document, Some(stamp));
        Some((doc, Some(read)))
    }

    /// Reads a document that somebody waits for: the text is there before its topics where these still
    /// take a while, and of a large one more and more of its start before all of it.
    fn open(&self, doc: DocId, matcher: &Matcher, search: Option<&(u64, Query)>, send: &mut Send<'_>) {
        let known = lock(&self.first).take().filter(|(first, _)| *first == doc);
        let Some(entry) = self.holding.entry(doc) else { return };
        let mut show = |read: Read| send(Answer::Opened { doc, partial: true, result: Ok(read) });
        if known.is_some() {
            self.first_frame.wait();
        }
        let result = match known.and_then(|(_, read)| read) {
            Some(read) => Ok(read),
            None => {
                let settled = self.settled();
                if let Ok(stamp) = load::stamp(&entry.file) {
                    settled.watch.document(doc, &entry.file, stamp);
                }
                let large = Some(load::size(&entry)).filter(|bytes| *bytes > LARGE).unwrap_or(0);
                for start in pieces(START, large).filter_map(|bytes| read_start(&entry, bytes, &settled.options)) {
                    show(start);
                }
                let read = self.read_untagged(doc, &entry);
                if let Ok(read) = &read
                    && !matcher.is_ready()
                {
                    show(read.clone());
                }
                read
            }
        };
        let found = search.zip(result.as_ref().ok()).map(|((search, query), read)| {
            let hits = vec![(doc, matches(query, &read.document))];
            Answer::Found { search: *search, hits }
        });
        send(Answer::Opened { doc, partial: false, result: result.map(|read| read.tagged(matcher)) });
        found.map(send);
    }

    fn read_untagged(&self, doc: DocId, entry: &Entry) -> Result<Read, Diagnostic> {
        let stamp = load::stamp(&entry.file).ok();
        let read = read_untagged(entry, &self.settled().options)?;
        self.holding.was_read(doc, &read.document, stamp);
        Ok(read)
    }

    /// Tags documents that are open, then reads and tags others; a search in force is told of them.
    fn index(
        &self,
        topics: &Tagger,
        open: Vec<(DocId, Arc<Document>, Option<Tags>)>,
        docs: &[DocId],
        search: Option<&(u64, Query)>,
        send: &mut Send<'_>,
    ) {
        self.first_frame.wait();
        let Tagger { matcher, changed } = topics;
        let change = changed.as_ref().map(|(old, new)| Change::between(old, new, Arc::clone(matcher)));
        let tagged = |(doc, document, before): (DocId, Arc<Document>, Option<Tags>)| {
            let tags = match (&change, before) {
                (Some(change), Some(before)) => change.retag(&document, &before),
                _ => matcher.tag(&document),
            };
            (doc, Ok(Read { tags, ..Read::untagged(document) }))
        };
        let mut batch: Vec<_> = open.into_iter().map(tagged).collect();
        for doc in docs {
            // It may have another name by now.
            let Some(entry) = self.holding.entry(*doc) else { continue };
            let read = self.read_untagged(*doc, &entry).map(|read| read.tagged(matcher));
            if let (Some((search, query)), Ok(read)) = (search, &read) {
                let hits = vec![(*doc, matches(query, &read.document))];
                send(Answer::Found { search: *search, hits });
            }
            let is_large = read.as_ref().is_ok_and(|read| read.document.bytes as u64 > LARGE);
            batch.push((*doc, read));
            if (batch.len() >= BATCH || is_large) && !send(Answer::Indexed(std::mem::take(&mut batch))) {
                return;
            }
        }
        if batch.is_empty() || send(Answer::Indexed(batch)) {
            send(Answer::IndexDone);
        }
    }
}

/// The start of a document, unless its encoding has to be guessed: all of it may be another.
fn read_start(entry: &Entry, bytes: usize, options: &text::Options) -> Option<Read> {
    let start = load::read_start(entry, bytes, options).ok()?;
    (!start.clean.encoding_guessed).then(|| Read { is_start: true, ..Read::untagged(Arc::new(start)) })
}

fn read_untagged(entry: &Entry, options: &text::Options) -> Result<Read, Diagnostic> {
    let document = load::read(entry, options)?;
    let remark = load::remarks(entry, &document);
    Ok(Read { remark, ..Read::untagged(Arc::new(document)) })
}

/// How many bytes of a file of `bytes` are read for the first text, where it was read up to byte `at` of its
/// text; `None` for the whole. A place is shown that has as much behind it as before it, and not all of the file
/// is in the text. Of a large file the start alone is read at once.
fn first_piece(at: usize, bytes: u64) -> Option<usize> {
    let reach = if at == 0 { FIRST } else { at.saturating_mul(5) / 2 + FIRST };
    pieces(if reach as u64 > LARGE { FIRST } else { reach }, bytes).next()
}

/// How many bytes of the start of a file are shown, one piece after another, before the whole; none
/// where the whole is there as soon.
fn pieces(first: usize, bytes: u64) -> impl Iterator<Item = usize> {
    let pieces = std::iter::successors(Some(first), |piece| piece.checked_mul(MORE));
    pieces.take_while(move |piece| (*piece as u64).saturating_mul(2) <= bytes)
}

fn lock<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Where notes stand in a document that is another than the one they were made on; `old` gives the
/// text they were made on, where it was kept.
pub(super) fn place(document: &Document, notes: &[Note], old: impl Fn(&DocRef) -> Option<String>) -> Vec<Placed> {
    let ground = Ground::new(document);
    let placed = notes.iter().map(|note| {
        let standing = ground.place(note, &old);
        Placed { note: note.id, range: standing.range, state: standing.state }
    });
    placed.collect()
}

#[cfg(test)]
mod tests;
