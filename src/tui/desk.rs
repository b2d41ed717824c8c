//! Does jobs: lists, reads, tags, writes; [`opening`] reads documents for the screen, [`through`] has the jobs that go
//! through all of them. Each call runs to its end on the thread that makes it; [`super::workers`] gives each kind of
//! job a thread, `postil screen` runs them one by one.

mod opening;
mod through;

use std::collections::{HashSet, VecDeque};
use std::path::PathBuf;
use std::sync::{Condvar, Mutex, MutexGuard, OnceLock, PoisonError, TryLockError};
use std::thread;
use std::time::{Duration, Instant};

use crate::app::event::{Answer, Job, Read, Tagger, Unsent};
use crate::app::margins::Placed;
use crate::app::session::Session;
use crate::app::{Effect, Event};
use crate::config::{self, Config};
use crate::corpus::{DocId, Document, Entry, load};
use crate::diag::Diagnostic;
use crate::notes::standing::Ground;
use crate::notes::{DocRef, EventId, Note};

use super::holding::Holding;
use super::last_words::Kept;
use super::scribe::{Clock, Scribe};
use super::sessions;
use super::watch::Watch;
use super::wording;

/// Documents answered together while the library is read.
const BATCH: usize = 32;
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
    /// How the first document is read while the settings are not known.
    early: load::Options,
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
    options: load::Options,
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
    pub fn new(config: &Config, options: load::Options) -> Self {
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
            early: load::Options::default(),
            clock: Clock::Running,
            keeps_sessions: true,
            leaves_no_trace: false,
            first_frame: Gate::default(),
            first: Mutex::default(),
        }
    }

    /// The settings are known.
    pub fn settle(&self, config: &Config, options: load::Options) {
        let settled = Settled {
            paths: config.paths.clone(),
            options: match options.encoding {
                None => self.early.clone(),
                Some(_) => options,
            },
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
                    Ok(file) => Answer::Told(format!("{what} is in {}, not sent: {why}", file.display())),
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
        let mut session = self.keeps_sessions.then(|| sessions::read(&sessions::file(&listed.value.root))).flatten();
        session.iter_mut().for_each(|session| follow(session, &listed.value.entries));
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
}

/// Finds the document that was being read where its file has another name: it is opened first of all. Of files that
/// the session does not know, those of its size are looked at.
fn follow(session: &mut Session, entries: &[Entry]) {
    let lost = session.lost(|path| entries.iter().any(|entry| entry.path == path));
    let Some((last, print)) = lost.map(|(last, print)| (last.to_owned(), print)) else { return };
    let known: HashSet<&str> = session.readings.iter().map(|(path, _)| path.as_str()).collect();
    let strange = entries.iter().filter(|entry| !known.contains(entry.path.as_str()));
    let is_it = |entry: &&Entry| load::size(entry) == print.bytes && load::hash(entry) == Some(print.raw);
    if let Some(now) = strange.filter(|entry| !entry.is_stdin()).find(is_it) {
        session.rename(&last, &now.path);
    }
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
