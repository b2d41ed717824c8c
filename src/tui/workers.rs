//! Threads for jobs, so that the one that draws never waits for a disk, a parse or a match.
//!
//! Five lanes: documents somebody waits for, the library read in the background, searches, notes, and
//! folders that are listed again.
//! Each is a thread, started with its first job. In the library's and the searches' the newest job
//! replaces the one under way. Answers come back through one channel; a byte in a socket wakes the loop.
//!
//! *Invariant:* a thread that panics is heard of, and the loop woken for it ([`Workers::panicked`]).

use std::any::Any;
use std::io::{self, Read, Write};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use crate::app::event::{Answer, Job};
use crate::diag::Diagnostic;

use super::desk::Desk;
use super::rehearsal;

/// How often files of others are looked at.
const POLL: Duration = Duration::from_millis(1500);

/// Which lane a job takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lane {
    Now,
    Library,
    Search,
    Notes,
    Folders,
}

const LANES: [(Lane, &str); 5] = [
    (Lane::Now, "documents"),
    (Lane::Library, "library"),
    (Lane::Search, "search"),
    (Lane::Notes, "notes"),
    (Lane::Folders, "folders"),
];

impl Lane {
    fn of(job: &Job) -> Self {
        match job {
            Job::List | Job::Index { .. } | Job::Take { .. } => Lane::Library,
            Job::ListAgain { .. } => Lane::Folders,
            Job::Open { .. } | Job::Place { .. } | Job::FindPassage { .. } | Job::Source { .. } => Lane::Now,
            Job::Search { .. } | Job::Gather { .. } | Job::Preview { .. } => Lane::Search,
            Job::FindMoved { .. } => Lane::Library,
            Job::KeepSession { .. }
            | Job::KeepCopy { .. }
            | Job::OpenNotes { .. }
            | Job::Write { .. }
            | Job::KeepDraft { .. }
            | Job::DropDraft(_)
            | Job::SaveTopics(_)
            | Job::LookAfter(_)
            | Job::Poll => Lane::Notes,
        }
    }

    /// Whether a new job ends the one under way.
    fn newest_wins(self) -> bool {
        matches!(self, Lane::Library | Lane::Search)
    }
}

/// What a thread panicked with; it has been told.
pub type Panic = Box<dyn Any + Send>;

/// A job and its number in its lane.
type Numbered = (u64, Job);

pub struct Workers {
    desk: Arc<Desk>,
    lanes: [Option<Running>; LANES.len()],
    send: Sender<Answer>,
    answers: Receiver<Answer>,
    panic: Sender<Panic>,
    panics: Receiver<Panic>,
    waker: Arc<UnixStream>,
    wake: UnixStream,
}

/// A lane that has had a job: its queue, the number of its newest job, its thread.
struct Running {
    jobs: Sender<Numbered>,
    newest: Arc<AtomicU64>,
    thread: JoinHandle<()>,
}

impl Workers {
    /// # Errors
    /// When no socket can be had.
    pub fn new(desk: &Arc<Desk>) -> io::Result<Self> {
        let (send, answers) = mpsc::channel();
        let (panic, panics) = mpsc::channel();
        let (waker, wake) = UnixStream::pair()?;
        waker.set_nonblocking(true)?;
        wake.set_nonblocking(true)?;
        let lanes = std::array::from_fn(|_| None);
        Ok(Self { desk: Arc::clone(desk), lanes, send, answers, panic, panics, waker: Arc::new(waker), wake })
    }

    pub fn give(&mut self, job: Job) {
        let lane = Lane::of(&job);
        match self.running(lane) {
            Ok(Running { jobs, newest, .. }) => {
                let number = newest.fetch_add(1, Ordering::SeqCst) + 1;
                // A lane whose thread died takes no more jobs: the program is about to end.
                let _ = jobs.send((number, job));
            }
            Err(error) => {
                let fault = Diagnostic::error(format!("no thread can be started: {error}"));
                let _ = self.send.send(Answer::Said(fault));
                let _ = (&*self.waker).write(&[0]);
            }
        }
    }

    /// The lane, its thread started where it has had no job yet.
    fn running(&mut self, lane: Lane) -> io::Result<&Running> {
        let (_, name) = LANES[lane as usize];
        let running = match self.lanes[lane as usize].take() {
            Some(running) => running,
            None => {
                let (jobs, queue) = mpsc::channel();
                let newest = Arc::new(AtomicU64::new(0));
                let worker = Worker {
                    lane,
                    desk: Arc::clone(&self.desk),
                    queue,
                    newest: Arc::clone(&newest),
                    answers: self.send.clone(),
                    waker: Arc::clone(&self.waker),
                };
                let panic = self.panic.clone();
                let work = move || {
                    // Nothing of the worker is looked at after a panic, and what it shares has locks.
                    if let Err(why) = catch_unwind(AssertUnwindSafe(|| worker.work())) {
                        let _ = panic.send(why);
                        let _ = (&*worker.waker).write(&[0]);
                    }
                };
                let thread = thread::Builder::new().name(name.into()).spawn(work)?;
                Running { jobs, newest, thread }
            }
        };
        Ok(self.lanes[lane as usize].insert(running))
    }

    /// Takes no more jobs, waits until all that was to be written has been tried, and answers what
    /// came of it. Reading and searching are left where they are.
    pub fn finish(mut self) -> Vec<Answer> {
        self.close();
        self.answers.try_iter().collect()
    }

    fn close(&mut self) {
        let notes = self.lanes[Lane::Notes as usize].take();
        self.lanes = std::array::from_fn(|_| None);
        if let Some(Running { jobs, thread, .. }) = notes {
            drop(jobs);
            let _ = thread.join();
        }
    }

    /// What a thread panicked with, if one did.
    pub fn panicked(&mut self) -> Option<Panic> {
        self.panics.try_recv().ok()
    }

    /// The next answer, if there is one.
    pub fn take(&mut self) -> Option<Answer> {
        let mut buffer = [0; 256];
        while self.wake.read(&mut buffer).is_ok_and(|count| count == buffer.len()) {}
        self.answers.try_recv().ok()
    }
}

/// A panic of the loop leaves nothing half written either.
impl Drop for Workers {
    fn drop(&mut self) {
        self.close();
    }
}

impl AsFd for Workers {
    fn as_fd(&self) -> BorrowedFd<'_> {
        self.wake.as_fd()
    }
}

struct Worker {
    lane: Lane,
    desk: Arc<Desk>,
    queue: Receiver<Numbered>,
    newest: Arc<AtomicU64>,
    answers: Sender<Answer>,
    waker: Arc<UnixStream>,
}

impl Worker {
    /// The next job; the lane of notes looks for what others wrote while it waits.
    fn next(&self) -> Option<Numbered> {
        if self.lane != Lane::Notes {
            return self.queue.recv().ok();
        }
        match self.queue.recv_timeout(POLL) {
            Ok(job) => Some(job),
            Err(RecvTimeoutError::Timeout) => Some((0, Job::Poll)),
            Err(RecvTimeoutError::Disconnected) => None,
        }
    }

    fn work(&self) {
        while let Some((number, job)) = self.next() {
            let is_wanted = || !self.lane.newest_wins() || self.newest.load(Ordering::SeqCst) == number;
            // Listing is not replaced by the reading that follows it.
            if !is_wanted() && !matches!(job, Job::List) {
                continue;
            }
            rehearsal::point(LANES[self.lane as usize].1);
            self.desk.perform(job, &mut |answer| {
                let sent = self.answers.send(answer).is_ok();
                // A full socket wakes as well.
                let _ = (&*self.waker).write(&[0]);
                sent && is_wanted()
            });
        }
    }
}
