//! What is in force: a topic, an expression or a search. `n` and `N` go through its stops.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::corpus::DocId;
use crate::search::Query;
use crate::text::Clean;
use crate::topics::expression::{Expression, Facts};
use crate::topics::{Index, TopicId};

use super::margins::Margins;
use super::places::Places;
use super::shelf::Shelf;

#[derive(Clone, Debug)]
pub enum Force {
    Topic(TopicId),
    Expression(Wanted),
    Search(Found),
}

/// An expression and the paragraphs it wants.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub expression: Expression,
    /// Ascending; only documents that have any.
    pub stops: Arc<BTreeMap<DocId, Vec<u32>>>,
}

impl Wanted {
    /// Asks the expression of every document.
    pub fn of(expression: Expression, index: &Index, facts: &Known<'_>) -> Self {
        let mut wanted = Self { expression, stops: Arc::default() };
        wanted.ask(facts.shelf.docs(), index, facts);
        wanted
    }

    /// Asks it of some documents again; what it is for the others stands.
    pub fn ask(&mut self, docs: impl Iterator<Item = DocId>, index: &Index, facts: &Known<'_>) {
        // Another set altogether, so that who counted this one can tell.
        let mut stops = BTreeMap::clone(&self.stops);
        for doc in docs {
            match self.expression.paragraphs(index, facts, doc) {
                none if none.is_empty() => stops.remove(&doc),
                some => stops.insert(doc, some),
            };
        }
        if stops != *self.stops {
            self.stops = Arc::new(stops);
        }
    }
}

/// For which documents the answer to an expression may be another than it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Stale {
    #[default]
    No,
    These(Vec<DocId>),
    All,
}

impl Stale {
    pub fn add(&mut self, docs: impl IntoIterator<Item = DocId>) {
        match self {
            Stale::All => {}
            Stale::These(known) => known.extend(docs),
            Stale::No => *self = Stale::These(docs.into_iter().collect()),
        }
    }
}

/// What the screen knows of documents, for expressions.
pub struct Known<'a> {
    pub shelf: &'a Shelf,
    pub margins: &'a Margins,
    pub places: &'a Places,
}

impl Facts for Known<'_> {
    fn paragraphs(&self, doc: DocId) -> Vec<u32> {
        if let Some(document) = self.shelf.document(doc) {
            return document.clean.unfolded();
        }
        let count = self.shelf.summary(doc).map_or(0, |summary| summary.paragraphs);
        (0..count as u32).collect()
    }

    fn has_note(&self, doc: DocId, para: u32) -> bool {
        if let Some(range) = self.shelf.document(doc).and_then(|d| Some(d.clean.paragraphs.get(para as usize)?.range()))
        {
            return self.margins.touching(doc, &range).next().is_some();
        }
        let notes = self.margins.book.on(&self.shelf.entry(doc).path);
        notes.iter().any(|note| note.anchor.as_ref().is_some_and(|anchor| anchor.para as u32 == para))
    }

    fn is_unread(&self, doc: DocId) -> bool {
        self.places.is_unread(doc)
    }

    fn author(&self, doc: DocId) -> String {
        self.shelf.summary(doc).map_or(String::new(), |summary| summary.authors.join(", "))
    }

    fn date(&self, doc: DocId) -> Option<String> {
        self.shelf.summary(doc)?.date.clone()
    }

    fn name(&self, doc: DocId) -> String {
        format!("{} {}", self.shelf.title(doc), self.shelf.entry(doc).path)
    }
}

/// A search and what it found so far.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: u64,
    pub query: Query,
    /// As they stand; only documents that have any. Shared, since one search gives way to the next and may come
    /// back: a copy costs by documents, not by hits.
    pub hits: BTreeMap<DocId, Arc<[Match]>>,
    /// Another number whenever they are others.
    pub revision: u64,
    /// Whether all documents have been searched.
    pub done: bool,
    /// Where nothing was found, a word that may have been meant.
    pub near: Option<String>,
}

impl Found {
    /// Takes up what was found in some documents, in place of what was found there before.
    pub fn take(&mut self, found: impl IntoIterator<Item = (DocId, Vec<Match>)>) {
        for (doc, hits) in found {
            if hits.is_empty() {
                self.hits.remove(&doc);
            } else {
                self.hits.insert(doc, hits.into());
            }
            self.revision += 1;
        }
    }
}

/// Which hit of a search is gone to as soon as it is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seek {
    /// Behind the cursor, or before it.
    pub forward: bool,
    /// The first one, the second …, from 1.
    pub count: usize,
}

impl Seek {
    pub const NEXT: Self = Self { forward: true, count: 1 };
}

/// Words that a search found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    /// Bytes of the clean text.
    pub range: Range<u32>,
    pub para: u32,
}

/// Where a stop is: a paragraph for topics, a byte of one for searches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stop {
    Paragraph(u32),
    Byte { at: u32, para: u32 },
}

impl Stop {
    pub fn para(self) -> u32 {
        match self {
            Stop::Paragraph(para) | Stop::Byte { para, .. } => para,
        }
    }
}

/// "3 of 31": where the cursor stands among the stops, from 1; 0 before the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    pub at: usize,
    /// Whether the cursor is on that stop rather than after it.
    pub on: bool,
    pub of: usize,
}

impl Force {
    /// What search number `id` found, while that is in force.
    pub fn search(&mut self, id: u64) -> Option<&mut Found> {
        match self {
            Force::Search(found) if found.id == id => Some(found),
            _ => None,
        }
    }

    /// Stops in one document.
    pub fn count(&self, doc: DocId, index: &Index) -> usize {
        match self {
            Force::Topic(topic) => index.paragraphs(doc, *topic).len(),
            Force::Expression(wanted) => wanted.stops.get(&doc).map_or(0, Vec::len),
            Force::Search(found) => found.hits.get(&doc).map_or(0, |hits| hits.len()),
        }
    }

    /// Stop number `at` of a document.
    pub fn stop(&self, doc: DocId, at: usize, index: &Index) -> Option<Stop> {
        match self {
            Force::Topic(topic) => index.paragraphs(doc, *topic).get(at).copied().map(Stop::Paragraph),
            Force::Expression(wanted) => wanted.stops.get(&doc)?.get(at).copied().map(Stop::Paragraph),
            Force::Search(found) => {
                found.hits.get(&doc)?.get(at).map(|hit| Stop::Byte { at: hit.range.start, para: hit.para })
            }
        }
    }

    /// How many stops of the document lie before the cursor, and whether it stands on the next one.
    pub fn before(&self, doc: DocId, para: u32, at: usize, index: &Index) -> (usize, bool) {
        let among = |stops: &[u32]| {
            let before = stops.partition_point(|stop| *stop < para);
            (before, stops.get(before) == Some(&para))
        };
        match self {
            Force::Topic(topic) => among(index.paragraphs(doc, *topic)),
            Force::Expression(wanted) => among(wanted.stops.get(&doc).map_or(&[], Vec::as_slice)),
            Force::Search(found) => {
                let stops = found.hits.get(&doc).map_or(&[][..], |hits| hits);
                let before = stops.partition_point(|hit| (hit.range.start as usize) < at);
                (before, stops.get(before).is_some_and(|hit| hit.range.start as usize == at))
            }
        }
    }

    /// Stops in all documents.
    pub fn total(&self, index: &Index) -> usize {
        match self {
            Force::Topic(topic) => index.total(*topic),
            Force::Expression(wanted) => wanted.stops.values().map(Vec::len).sum(),
            Force::Search(found) => found.hits.values().map(|hits| hits.len()).sum(),
        }
    }

    /// Whether the paragraph is one of the stops.
    pub fn holds(&self, doc: DocId, para: u32, index: &Index) -> bool {
        match self {
            Force::Search(_) => false,
            _ => self.before(doc, para, 0, index).1,
        }
    }

    /// The topics whose words are marked.
    pub fn topics(&self) -> Vec<TopicId> {
        match self {
            Force::Topic(topic) => vec![*topic],
            Force::Expression(wanted) => wanted.expression.topics(),
            Force::Search(_) => Vec::new(),
        }
    }

    /// Where the cursor stands among all stops, in the order of the list.
    pub fn standing(&self, tally: &Tally, shelf: &Shelf, index: &Index, doc: DocId, para: u32, at: usize) -> Standing {
        let (before, on) = self.before(doc, para, at, index);
        Standing { at: tally.before(shelf, doc) + before + usize::from(on), on, of: tally.total }
    }

    fn of(&self) -> Of {
        match self {
            Force::Topic(topic) => Of::Topic(*topic),
            Force::Expression(wanted) => Of::Expression(Arc::clone(&wanted.stops)),
            Force::Search(found) => Of::Search { id: found.id, revision: found.revision },
        }
    }
}

/// What is in force, counted along the list, so that a key costs the same however many documents and
/// stops there are: they are gone through again only when something changed.
#[derive(Debug, Default)]
pub struct Tally {
    counted: Option<Counted>,
    /// Stops before each place of the list, and before its end.
    before: Vec<u32>,
    total: usize,
    strip: Option<Strip>,
    /// Documents and stops gone through so far.
    pub work: usize,
}

/// What was counted.
#[derive(Debug)]
struct Counted {
    of: Of,
    index: u64,
    list: u64,
}

/// What is in force, as far as its stops depend on it.
#[derive(Debug)]
enum Of {
    Topic(TopicId),
    Expression(Arc<BTreeMap<DocId, Vec<u32>>>),
    Search { id: u64, revision: u64 },
}

impl Of {
    fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Of::Topic(one), Of::Topic(other)) => one == other,
            (Of::Expression(one), Of::Expression(other)) => Arc::ptr_eq(one, other),
            (Of::Search { id, revision }, Of::Search { id: other, revision: another }) => {
                (id, revision) == (other, another)
            }
            _ => false,
        }
    }
}

/// Stops of a document in each row of a strip to scale.
#[derive(Debug)]
struct Strip {
    doc: DocId,
    length: usize,
    rows: Vec<u32>,
}

impl Tally {
    /// All stops, as they were counted last.
    pub fn total(&self) -> usize {
        self.total
    }

    /// Counts anew where anything has changed.
    pub fn count(&mut self, force: Option<&Force>, shelf: &Shelf, index: &Index) {
        let Some(force) = force else {
            if self.counted.is_some() {
                *self = Self { work: self.work, ..Self::default() };
            }
            return;
        };
        let index_revision = if let Force::Topic(_) = force { index.revision() } else { 0 };
        let now = Counted { of: force.of(), index: index_revision, list: shelf.revision() };
        let is_same = |then: &Counted| then.of.is(&now.of) && (then.index, then.list) == (now.index, now.list);
        if self.counted.as_ref().is_some_and(is_same) {
            return;
        }
        self.before.clear();
        self.before.push(0);
        let counts = shelf.order.iter().map(|doc| force.count(*doc, index) as u32);
        self.before.extend(counts.scan(0, |sum, count| {
            *sum += count;
            Some(*sum)
        }));
        self.work += shelf.order.len();
        self.total = force.total(index);
        self.strip = None;
        self.counted = Some(now);
    }

    /// Stops in the documents that stand before this one in the list.
    fn before(&self, shelf: &Shelf, doc: DocId) -> usize {
        let at = shelf.listed_at(doc).unwrap_or(shelf.order.len());
        self.before.get(at).map_or(0, |before| *before as usize)
    }

    /// The next place of the list after `here` whose document has stops, or the one before; around, and
    /// `here` itself at the end. `None` where none has any.
    pub fn next(&self, here: usize, forward: bool) -> Option<usize> {
        let all = *self.before.last()?;
        if all == 0 {
            return None;
        }
        // The place where the sum is first more than `sum`; the last one where it was less before.
        let after = |sum: u32| self.before.partition_point(|before| *before <= sum) - 1;
        let until = |sum: u32| self.before.partition_point(|before| *before < sum).checked_sub(1);
        if forward {
            let passed = self.before.get(here + 1).copied().unwrap_or(all);
            Some(after(if passed < all { passed } else { 0 }))
        } else {
            let earlier = self.before.get(here).copied().unwrap_or(0);
            until(if earlier > 0 { earlier } else { all })
        }
    }

    /// Counts the stops of a document in each of `rows` rows that stand for it to scale.
    pub fn scale(&mut self, force: &Force, doc: DocId, clean: &Clean, index: &Index, rows: usize) {
        let length = clean.text.len().max(1);
        let is_same = |strip: &Strip| (strip.doc, strip.length, strip.rows.len()) == (doc, length, rows);
        if rows == 0 || self.strip.as_ref().is_some_and(is_same) {
            return;
        }
        let mut counts = vec![0; rows];
        let stops = force.count(doc, index);
        for stop in (0..stops).filter_map(|at| force.stop(doc, at, index)) {
            let byte = match stop {
                Stop::Paragraph(para) => clean.paragraphs.get(para as usize).map_or(0, |p| p.start as usize),
                Stop::Byte { at, .. } => at as usize,
            };
            counts[(byte * rows / length).min(rows - 1)] += 1;
        }
        self.work += stops;
        self.strip = Some(Strip { doc, length, rows: counts });
    }

    /// What [`Tally::scale`] counted for the document.
    pub fn rows(&self, doc: DocId) -> &[u32] {
        self.strip.as_ref().filter(|strip| strip.doc == doc).map_or(&[], |strip| &strip.rows)
    }
}

#[cfg(test)]
mod tests {
    use crate::app::force::Force;
    use crate::app::trial::Trial;

    /// A reader of so many documents, a search in force in two of three, its hits there.
    fn reader(documents: usize) -> Trial {
        let long = "The treaty names a port and what lies beyond it.\n\n".repeat(40);
        let texts: Vec<(String, &str)> = (0..documents)
            .map(|number| {
                (format!("{number:05}.txt"), if number % 3 == 1 { "Nothing of it.\n" } else { long.as_str() })
            })
            .collect();
        let texts: Vec<_> = texts.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let mut trial = Trial::of(&texts, 120, 30);
        trial.keys("/port<CR>");
        let hits = texts.iter().zip(0..).map(|((_, text), doc)| {
            let hits = text.match_indices("port").zip(0..).map(|((at, word), para)| {
                let range = at as u32..(at + word.len()) as u32;
                crate::app::force::Match { range, para }
            });
            (crate::corpus::DocId(doc), hits.collect())
        });
        trial.find(hits.collect(), None);
        trial
    }

    fn standing(trial: &Trial) -> (usize, usize) {
        let model = &trial.model;
        let (place, para) = (model.page.place().unwrap(), model.page.para().unwrap());
        let standing = model.force.as_ref().unwrap().standing(
            &model.tally,
            &model.shelf,
            &model.topics.index,
            place.doc,
            para,
            place.at,
        );
        (standing.at, standing.of)
    }

    /// The trail of a search has the paragraphs of documents that are not open too.
    #[test]
    fn a_search_knows_its_paragraphs_everywhere() {
        let mut trial = reader(300);
        let closed = (0..300).map(crate::corpus::DocId).find(|doc| {
            let Some(Force::Search(found)) = &trial.model.force else { return false };
            found.hits.contains_key(doc) && trial.model.shelf.document(*doc).is_none()
        });
        trial.keys(":trail<CR>");
        let along = trial.model.page.flow.trail().unwrap();
        assert_eq!(along.paras(closed.unwrap()).len(), 40);
        assert_eq!(along.len(), 200 * 40);
    }

    #[test]
    fn keys_go_through_nothing_again() {
        let mut trial = reader(300);
        let before = trial.model.tally.work;
        trial.keys("jjjjkk<C-d><C-u>}{<Tab><Tab><Tab>");
        assert_eq!(trial.model.tally.work, before);
        // The stops of a document that was not shown are counted for its strip, and no others.
        trial.keys("]d]d[d[d");
        assert!(trial.model.tally.work - before <= 40 * 4, "{}", trial.model.tally.work - before);
        let before = trial.model.tally.work;
        trial.keys("nnnnNN");
        assert_eq!(trial.model.tally.work, before);
    }

    #[test]
    fn stops_are_numbered_through_all_documents() {
        let mut trial = reader(9);
        assert_eq!(standing(&trial).1, 240);
        trial.keys("gg");
        let mut seen = Vec::new();
        for _ in 0..240 {
            trial.keys("n");
            seen.push(standing(&trial).0);
        }
        let first = seen.iter().position(|at| *at == 1).unwrap();
        seen.rotate_left(first);
        assert_eq!(seen, (1..=240).collect::<Vec<_>>());
    }

    #[test]
    fn the_next_document_with_stops_is_found_around_the_end() {
        let trial = reader(9);
        // 1, 4 and 7 have none.
        let tally = &trial.model.tally;
        let next = |here, forward| tally.next(here, forward).unwrap();
        assert_eq!([0, 1, 2, 7, 8].map(|here| next(here, true)), [2, 2, 3, 8, 0]);
        assert_eq!([0, 1, 2, 5, 8].map(|here| next(here, false)), [8, 0, 0, 3, 6]);
        let alone = reader(2);
        assert_eq!((alone.model.tally.next(0, true), alone.model.tally.next(0, false)), (Some(0), Some(0)));
    }
}
