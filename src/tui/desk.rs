//! Does jobs: lists, reads, tags, searches. Each call runs to its end on the thread that makes it;
//! [`super::workers`] gives each kind of job a thread, `postil screen` runs them one by one.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::event::{Answer, Job, Read};
use crate::app::shelf::Summary;
use crate::corpus::load;
use crate::corpus::{DocId, Document, Entry};
use crate::diag::Diagnostic;
use crate::search::Query;
use crate::text;
use crate::topics::Matcher;

/// Documents answered together while the library is read.
const BATCH: usize = 32;
/// Bytes of a file after which a batch is not waited for.
const LARGE: u64 = 1 << 20;

/// What jobs need to know.
#[derive(Debug)]
pub struct Desk {
    paths: Vec<PathBuf>,
    options: text::Options,
    entries: Mutex<Arc<Vec<Entry>>>,
}

/// Takes answers; `false` means that nobody waits for more.
pub type Send<'a> = dyn FnMut(Answer) -> bool + 'a;

impl Desk {
    pub fn new(paths: Vec<PathBuf>, options: text::Options) -> Self {
        Self { paths, options, entries: Mutex::default() }
    }

    /// Does a job, answering as it goes.
    pub fn perform(&self, job: Job, send: &mut Send<'_>) {
        match job {
            Job::List => self.list(send),
            Job::Open { doc, matcher } => {
                if let Some(entry) = self.entry(doc) {
                    let result = self.read(&entry, &matcher);
                    send(Answer::Opened { doc, partial: false, result });
                }
            }
            Job::Index { matcher } => self.index(&matcher, send),
            Job::Search { search, query, order } => self.search(search, &query, &order, send),
        }
    }

    fn list(&self, send: &mut Send<'_>) {
        let listed = load::list(&self.paths);
        *self.entries.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(listed.value.entries.clone());
        send(Answer::Listed(listed));
    }

    fn entries(&self) -> Arc<Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn entry(&self, doc: DocId) -> Option<Entry> {
        self.entries().get(doc.index()).cloned()
    }

    fn read(&self, entry: &Entry, matcher: &Matcher) -> Result<Read, Diagnostic> {
        let document = load::read(entry, &self.options)?;
        let remark = load::remarks(entry, &document);
        Ok(Read { summary: Summary::of(&document), tags: matcher.tag(&document), document: Arc::new(document), remark })
    }

    fn index(&self, matcher: &Matcher, send: &mut Send<'_>) {
        let entries = self.entries();
        let mut batch = Vec::new();
        for (doc, entry) in entries.iter().enumerate() {
            batch.push((DocId(doc as u32), self.read(entry, matcher)));
            if (batch.len() >= BATCH || entry.bytes > LARGE) && !send(Answer::Indexed(std::mem::take(&mut batch))) {
                return;
            }
        }
        if batch.is_empty() || send(Answer::Indexed(batch)) {
            send(Answer::IndexDone);
        }
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
