//! Jobs that go through documents one after the other: searching, gathering rows, looking what a term would
//! change, where documents went. What is open is taken as it is, all else is read, and put down again.

use std::collections::HashMap;
use std::sync::Arc;

use crate::app::event::{Answer, Gather, Previewed, Wording};
use crate::app::force::Match;
use crate::app::margins::Moved;
use crate::app::sheets::lines;
use crate::corpus::load;
use crate::corpus::{DocId, Document, Entry};
use crate::diag::Diagnostic;
use crate::notes::{DocRef, moved};
use crate::search::{Query, near_miss};

use super::{BATCH, Desk, Send};
use crate::tui::wording;

/// Documents that need not be read.
type Open = Vec<(DocId, Arc<Document>)>;

/// Documents, read where they are not open.
struct Texts<'a> {
    entries: Arc<Vec<Entry>>,
    open: HashMap<DocId, Arc<Document>>,
    options: &'a load::Options,
}

impl Texts<'_> {
    /// `None` for one that cannot be read, which is said where it is shown.
    fn of(&mut self, doc: DocId) -> Option<Arc<Document>> {
        // It may be put down elsewhere once it has been looked at.
        self.open.remove(&doc).or_else(|| {
            let entry = self.entries.get(doc.index())?;
            load::read(entry, self.options).ok().map(Arc::new)
        })
    }
}

impl Desk {
    /// The documents one by one, those that are open as they are, the others from disk.
    fn texts(&self, open: Open) -> Texts<'_> {
        Texts { entries: self.holding.entries(), open: open.into_iter().collect(), options: &self.settled().options }
    }

    pub(super) fn gather(&self, gathering: u64, what: &Gather, order: &[DocId], open: Open, send: &mut Send<'_>) {
        let mut texts = self.texts(open);
        let (mut rows, mut count) = (Vec::new(), 0);
        for (at, doc) in order.iter().enumerate() {
            let Some(document) = texts.of(*doc) else { continue };
            let found = match what {
                Gather::Query(query) => lines::of_search(*doc, &document, &query.find(&document.clean)),
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

    pub(super) fn find_moved(&self, lost: &[(DocRef, String)], among: Option<Vec<DocId>>, send: &mut Send<'_>) {
        let read = |doc: DocId| load::read(&self.holding.entry(doc)?, &self.settled().options).ok();
        let (docs, known): (Vec<DocId>, Vec<DocRef>) = among
            .unwrap_or_else(|| self.holding.docs())
            .into_iter()
            .filter_map(|doc| Some((doc, DocRef::of(&read(doc)?))))
            .unzip();
        let text = |at: usize| read(docs[at]).map(|document| document.clean.text);
        let found = lost.iter().filter_map(|(doc, old)| {
            let (at, how) = moved::find(doc, &known, old, text)?;
            Some((doc.path.clone(), Moved { doc: docs[at], is_certain: how.is_certain() }))
        });
        send(Answer::Moved(found.collect()));
    }

    pub(super) fn preview(&self, wording: &Wording, open: Open) -> Result<Previewed, Diagnostic> {
        let root = self.holding.root();
        let file = wording::File::read(self.settled().watch.topics().as_deref(), &self.settled().built_in, &root)?;
        let mut texts = self.texts(open);
        wording::preview(file, wording, |take| {
            for doc in self.holding.docs() {
                if let Some(document) = texts.of(doc) {
                    take(doc, &document);
                }
            }
        })
    }

    pub(super) fn source(&self, doc: DocId, range: std::ops::Range<usize>, send: &mut Send<'_>) {
        let Some(entry) = self.holding.entry(doc) else { return };
        match load::source_lines(&entry, range, &self.settled().options) {
            Ok((first, lines)) => send(Answer::Source { path: entry.path, first, lines }),
            Err(fault) => send(Answer::Said(fault)),
        };
    }

    pub(super) fn search(&self, search: u64, query: &Query, order: &[DocId], open: Open, send: &mut Send<'_>) {
        let at_hand: HashMap<DocId, Arc<Document>> = open.iter().cloned().collect();
        let mut texts = self.texts(open);
        let mut hits = Vec::new();
        let (mut looked_at, mut found_any) = (0, false);
        for doc in order {
            let Some(document) = texts.of(*doc) else { continue };
            let found = matches(query, &document);
            if !found.is_empty() {
                hits.push((*doc, found));
                found_any = true;
            }
            looked_at += 1;
            if looked_at % BATCH == 0 && !send(Answer::Found { search, hits: std::mem::take(&mut hits) }) {
                return;
            }
        }
        send(Answer::Found { search, hits });
        // The document being read comes first in the order.
        let texts = order.iter().filter_map(|doc| Some(&at_hand.get(doc)?.clean));
        let near = if found_any { None } else { near_miss(query.written(), texts).map(str::to_owned) };
        send(Answer::FoundAll { search, near });
    }
}

pub fn matches(query: &Query, document: &Document) -> Vec<Match> {
    let clean = &document.clean;
    let found = query
        .find(clean)
        .into_iter()
        .map(|hit| Match { para: clean.paragraph_at(hit.start) as u32, range: hit.start as u32..hit.end as u32 });
    found.collect()
}
