//! Jobs that read documents for the screen: the first of all, one that somebody waits for, and the whole library
//! behind them.
//!
//! *Invariant.* What is shown is at first a start or without topics, and what follows is all of it: text that is there
//! stays where it is.

use std::sync::Arc;

use crate::app::event::{Answer, Read, Tagger};
use crate::corpus::load;
use crate::corpus::{DocId, Document, Entry};
use crate::diag::Diagnostic;
use crate::search::Query;
use crate::topics::{Change, Matcher, Tags};

use super::through::matches;
use super::{BATCH, Desk, Send, lock};

/// Bytes of a file after which a batch is not waited for, and its start is shown before the rest is read.
const LARGE: u64 = 1 << 20;
/// Bytes of that start: some fifty screens.
const START: usize = 128 << 10;
/// Bytes that are shown of the first document of all before anything else is done: more than a large screen.
const FIRST: usize = 5 << 10;
/// A piece so many times larger follows a piece, and takes so many times longer.
const MORE: usize = 16;

impl Desk {
    /// Reads what is most likely opened first, and shows it: nobody has to ask for it. It was read up to byte
    /// `at` of its text, and a start is shown that has as much again behind that. Hardly any settings name an
    /// encoding: the text is cleaned while they are read, and once more where they do.
    pub(super) fn read_first(&self, doc: DocId, at: usize, send: &mut Send<'_>) -> Option<(DocId, Option<Read>)> {
        let entry = self.holding.entry(doc).filter(|entry| !entry.is_stdin())?;
        let stamp = load::stamp(&entry.file).ok()?;
        let start = first_piece(at, stamp.bytes);
        let read = |options: &load::Options| match start {
            Some(bytes) => read_start(&entry, bytes, options),
            None => read_untagged(&entry, options).ok(),
        };
        let early = read(&self.early);
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
    pub(super) fn open(&self, doc: DocId, matcher: &Matcher, search: Option<&(u64, Query)>, send: &mut Send<'_>) {
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
    pub(super) fn index(
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
fn read_start(entry: &Entry, bytes: usize, options: &load::Options) -> Option<Read> {
    let start = load::read_start(entry, bytes, options).ok()?;
    (!start.clean.encoding_guessed).then(|| Read { is_start: true, ..Read::untagged(Arc::new(start)) })
}

fn read_untagged(entry: &Entry, options: &load::Options) -> Result<Read, Diagnostic> {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Who comes back to a place waits for no more than a start that has it, and never for a start that has it not.
    #[test]
    fn the_first_piece_has_the_place_that_was_kept() {
        assert_eq!(first_piece(0, 4_000), None);
        assert_eq!(first_piece(0, 11_000), Some(FIRST));
        assert_eq!(first_piece(9_000, 11_000), None);
        assert_eq!(first_piece(9_000, 200_000), Some(22_500 + FIRST));
        assert_eq!(first_piece(90_000, 200_000), None);
        assert_eq!(first_piece(50 << 20, 100 << 20), Some(FIRST), "it takes a while in any case");

        let library = tempfile::tempdir().unwrap();
        let file = library.path().join("a.txt");
        let text: String =
            (0..1_000).map(|number| format!("Paragraph {number} of a long text, kept short.\n\n")).collect();
        std::fs::write(&file, &text).unwrap();
        let entry = Entry { path: "a.txt".into(), file, state: crate::corpus::State::Listed };
        for at in [0, 100, 2_000, 4_000] {
            let bytes = first_piece(at, text.len() as u64).unwrap();
            let read = read_start(&entry, bytes, &load::Options::default()).unwrap();
            assert!(at < read.document.clean.text.len() / 2, "{at} in {bytes}");
        }
    }
}
