//! Finds every term of a dictionary in a document.
//!
//! All terms are one automaton over the key of a paragraph (see [`super::fold`]). It finds letters;
//! [`Pattern::stands`] looks at word bounds, capitals and accents, and [`super::resolve`] settles which
//! of the places count.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use regex::{Regex, RegexBuilder};

use crate::corpus::Document;
use crate::text::{Clean, Hyphen, Paragraph};

use super::fold::{Doubt, Folded, Form, Reading};
use super::parse::REGEX_LIMIT;
use super::phrase::{self, Case, Pattern};
use super::resolve::{Candidate, Found, Log, Reason, Rules};
use super::{Dictionary, Hit, Tags, TermId, TopicId};

/// A dictionary to search for; shared between threads.
///
/// Making it ready takes longer than drawing a screen, so that the reader leaves it to the first thread
/// that searches ([`Matcher::later`]).
#[derive(Debug)]
pub struct Matcher {
    /// What is still to be made ready.
    dictionary: Option<Arc<Dictionary>>,
    ready: OnceLock<Ready>,
}

/// A dictionary made ready to search.
#[derive(Debug)]
pub struct Ready {
    /// Finds needles in keys; `None` without terms.
    automaton: Option<Automaton>,
    /// For each needle its patterns.
    needles: Vec<Vec<usize>>,
    patterns: Vec<(Pattern, Vec<Use>)>,
    regexes: Vec<(Regex, TermId)>,
    rules: Rules,
}

/// Finds needles: in the first documents with an automaton that is soon made and small, then with one that
/// takes ten times as long to make and megabytes of memory, and with which a fifth more text is tagged a
/// second. Both find the same.
#[derive(Debug)]
struct Automaton {
    needles: Vec<String>,
    small: AhoCorasick,
    fast: OnceLock<AhoCorasick>,
    /// Bytes searched so far.
    searched: AtomicUsize,
}

impl Automaton {
    /// Bytes to search that are worth a fast one.
    const MANY: usize = 4 << 20;
    /// Letters of a needle that are looked up in tables. With the crate's own choice, what the small one is made from
    /// has them for one letter more, and takes a third of a megabyte for a moment, with nothing gained.
    const DENSE: usize = 2;

    fn new(needles: Vec<String>) -> Option<Self> {
        let small = Self::build(&needles, AhoCorasickKind::ContiguousNFA)?;
        Some(Self { needles, small, fast: OnceLock::new(), searched: AtomicUsize::new(0) })
    }

    fn build(needles: &[String], kind: AhoCorasickKind) -> Option<AhoCorasick> {
        let mut builder = AhoCorasick::builder();
        builder.match_kind(MatchKind::Standard).kind(Some(kind)).dense_depth(Self::DENSE);
        builder.build(needles).ok()
    }

    /// The one to search with now.
    fn get(&self) -> &AhoCorasick {
        self.fast.get().unwrap_or(&self.small)
    }

    /// So many bytes are about to be searched. The thread that makes them many makes the fast one; the
    /// others go on meanwhile.
    fn expect(&self, bytes: usize) {
        let before = self.searched.fetch_add(bytes, Ordering::Relaxed);
        if before < Self::MANY
            && before.saturating_add(bytes) >= Self::MANY
            && let Some(fast) = Self::build(&self.needles, AhoCorasickKind::DFA)
        {
            let _ = self.fast.set(fast);
        }
    }
}

/// What a pattern is looked for as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Use {
    Term(TermId),
    /// A term of a group of `near` or `not`.
    Other {
        group: usize,
        term: usize,
    },
}

/// A place in a paragraph where a term stands, and whether it counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    pub topic: TopicId,
    pub term: TermId,
    /// Bytes of the clean text.
    pub range: std::ops::Range<usize>,
    /// Why it is no hit; `None` for a hit.
    pub dropped: Option<Reason>,
}

impl Matcher {
    pub fn new(dictionary: &Dictionary) -> Self {
        Self { dictionary: None, ready: Ready::new(dictionary).into() }
    }

    /// One that is made ready when it is first used.
    pub fn later(dictionary: Arc<Dictionary>) -> Self {
        Self { dictionary: Some(dictionary), ready: OnceLock::new() }
    }

    /// Whether searching can begin at once.
    pub fn is_ready(&self) -> bool {
        self.ready.get().is_some()
    }
}

impl Deref for Matcher {
    type Target = Ready;

    fn deref(&self) -> &Ready {
        self.ready
            .get_or_init(|| self.dictionary.as_deref().map_or_else(|| Ready::new(&Dictionary::default()), Ready::new))
    }
}

impl Ready {
    fn new(dictionary: &Dictionary) -> Self {
        Self::of(dictionary, dictionary.term_ids())
    }

    /// Finds these terms of a dictionary, as if it had no others.
    pub(super) fn of(dictionary: &Dictionary, terms: impl Iterator<Item = TermId>) -> Self {
        let rules = Rules::new(dictionary);
        let mut builder = Builder::default();
        let mut regexes = Vec::new();
        let mut groups = std::collections::BTreeSet::new();
        for id in terms {
            let term = dictionary.term(id);
            groups.extend(rules.groups_of(id));
            if term.is_regex {
                regexes.extend(expression(&term.text, term.case).map(|regex| (regex, id)));
            } else {
                builder.add(&term.text, term.case, Use::Term(id));
            }
        }
        for number in groups {
            let group = &rules.groups[number];
            for (index, term) in group.terms.iter().enumerate() {
                builder.add(term, group.case, Use::Other { group: number, term: index });
            }
        }
        let patterns = builder.finish();
        let (automaton, needles) = automaton(&patterns);
        Self { automaton, needles, patterns, regexes, rules }
    }

    /// The hits in the paragraphs of a document that are tagged (not boilerplate, not meta).
    pub fn tag(&self, document: &Document) -> Tags {
        self.tag_where(&document.clean, |paragraph| !paragraph.kind.is_folded())
    }

    /// The same in all paragraphs, boilerplate too.
    pub fn tag_all(&self, document: &Document) -> Tags {
        self.tag_where(&document.clean, |_| true)
    }

    /// Each place in paragraph `para` where a term stands: the hits, and what was dropped and why, in
    /// the order of the text.
    pub fn explain(&self, document: &Document, para: usize) -> Vec<Explained> {
        let Some(paragraph) = document.clean.paragraphs.get(para) else { return Vec::new() };
        let from = paragraph.start as usize;
        let mut explained = Vec::new();
        let mut put = |candidate: &Candidate, dropped| {
            explained.push(Explained {
                topic: self.rules.topic(candidate.term),
                term: candidate.term,
                range: from + candidate.range.start..from + candidate.range.end,
                dropped,
            });
        };
        let mut search = Search::default();
        self.search(&document.clean, paragraph, &mut search, Some(&mut |c, reason| put(c, Some(reason))));
        search.found.candidates.iter().for_each(|candidate| put(candidate, None));
        explained.sort_by_key(|e| (e.range.start, std::cmp::Reverse(e.range.end), e.topic, e.term));
        explained.dedup();
        explained
    }

    /// How often each term stands in a document, whether it counts there or not.
    pub fn standing(&self, document: &Document, counts: &mut [Standing]) {
        let mut search = Search::default();
        self.expect(document.clean.text.len());
        for paragraph in document.clean.paragraphs.iter().filter(|paragraph| !paragraph.kind.is_folded()) {
            let mut dropped = Vec::new();
            self.search(&document.clean, paragraph, &mut search, Some(&mut |c, _| dropped.push(c.clone())));
            let from = paragraph.start as usize;
            for (candidate, is_hit) in
                search.found.candidates.iter().map(|c| (c, true)).chain(dropped.iter().map(|c| (c, false)))
            {
                let Some(count) = counts.get_mut(candidate.term.0 as usize) else { continue };
                count.places += 1;
                count.hits += usize::from(is_hit);
                if count.words.len() < Standing::WORDS {
                    let slice = &document.clean.text[from + candidate.range.start..from + candidate.range.end];
                    count.words.insert(slice.to_lowercase());
                }
            }
        }
    }

    fn expect(&self, bytes: usize) {
        if let Some(automaton) = &self.automaton {
            automaton.expect(bytes);
        }
    }

    /// Tags paragraphs one by one.
    pub(super) fn by_paragraph(&self) -> ByParagraph<'_> {
        ByParagraph { matcher: self, search: Search::default() }
    }

    /// Whether the hit `outer` makes `inner` none, a hit of another topic.
    pub(super) fn covers(&self, outer: &Hit, inner: &Hit) -> bool {
        let candidate = |hit: &Hit| Candidate { range: hit.range(), term: hit.term };
        self.rules.covers(&candidate(outer), &candidate(inner))
    }

    fn tag_where(&self, clean: &Clean, is_tagged: impl Fn(&Paragraph) -> bool) -> Tags {
        let mut hits = Vec::new();
        let mut search = Search::default();
        self.expect(clean.text.len());
        for (para, paragraph) in clean.paragraphs.iter().enumerate().filter(|(_, p)| is_tagged(p)) {
            self.search(clean, paragraph, &mut search, None);
            self.take(para, paragraph, &search.found, &mut hits);
        }
        Tags { hits }
    }

    fn take(&self, para: usize, paragraph: &Paragraph, found: &Found, hits: &mut Vec<Hit>) {
        hits.extend(found.candidates.iter().map(|candidate| Hit {
            start: paragraph.start + candidate.range.start as u32,
            end: paragraph.start + candidate.range.end as u32,
            para: para as u32,
            topic: self.rules.topic(candidate.term),
            term: candidate.term,
        }));
    }

    /// Leaves the hits of a paragraph in `search.found.candidates`.
    fn search(&self, clean: &Clean, paragraph: &Paragraph, search: &mut Search, log: Log<'_>) {
        search.found.clear();
        let text = &clean.text[paragraph.range()];
        let doubtful = hyphens_in(clean, paragraph);
        if doubtful.is_empty() {
            self.candidates(text, &[], search);
        } else {
            for readings in readings(doubtful.len()) {
                let doubts: Vec<_> = doubtful.iter().zip(readings).map(|(h, r)| doubt(h, paragraph, r)).collect();
                self.candidates(text, &doubts, search);
            }
            search.found.others.sort_by_key(|(group, term, range)| (*group, *term, range.start, range.end));
            search.found.others.dedup();
        }
        self.rules.resolve(text, &mut search.found, log);
    }

    /// Everything that stands in one reading of a paragraph.
    fn candidates(&self, text: &str, doubts: &[Doubt], search: &mut Search) {
        let Search { folded, found } = search;
        if let Some(automaton) = &self.automaton {
            folded.fold(text, Form::Key, doubts);
            for needle in automaton.get().find_overlapping_iter(&folded.text) {
                for pattern in &self.needles[needle.pattern().as_usize()] {
                    let (pattern, uses) = &self.patterns[*pattern];
                    let Some(range) = pattern.stands(folded, text, needle.range()) else { continue };
                    let range = folded.source(range);
                    for usage in uses {
                        found.put(*usage, range.clone());
                    }
                }
            }
        }
        if !self.regexes.is_empty() {
            folded.fold(text, Form::Plain, doubts);
            for (regex, term) in &self.regexes {
                for range in regex.find_iter(&folded.text).filter(|range| !range.is_empty()) {
                    found.put(Use::Term(*term), folded.source(range.range()));
                }
            }
        }
    }
}

impl Found {
    fn put(&mut self, usage: Use, range: std::ops::Range<usize>) {
        match usage {
            Use::Term(term) => self.candidates.push(Candidate { range, term }),
            Use::Other { group, term } => self.others.push((group, term, range)),
        }
    }
}

/// How often a term stands in the documents looked at.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    pub places: usize,
    pub hits: usize,
    /// What it matched, in small letters, the first few.
    pub words: std::collections::BTreeSet<String>,
}

impl Standing {
    /// Different matches that are remembered.
    pub const WORDS: usize = 64;
}

/// Tags single paragraphs of documents.
pub(super) struct ByParagraph<'a> {
    matcher: &'a Ready,
    search: Search,
}

impl ByParagraph<'_> {
    /// Appends the hits of paragraph `para`.
    pub fn tag(&mut self, clean: &Clean, para: usize, hits: &mut Vec<Hit>) {
        let paragraph = &clean.paragraphs[para];
        self.matcher.search(clean, paragraph, &mut self.search, None);
        self.matcher.take(para, paragraph, &self.search.found, hits);
    }
}

/// Memory of a search, kept from paragraph to paragraph.
#[derive(Default)]
struct Search {
    folded: Folded,
    found: Found,
}

/// Gathers patterns, each once with all its uses.
#[derive(Default)]
struct Builder {
    patterns: Vec<(Pattern, Vec<Use>)>,
    known: HashMap<Pattern, usize>,
}

impl Builder {
    fn add(&mut self, term: &str, case: Case, usage: Use) {
        // A term of a dictionary has been checked when it was read.
        for pattern in phrase::compile(term, case).unwrap_or_default() {
            let index = *self.known.entry(pattern).or_insert_with_key(|pattern| {
                self.patterns.push((pattern.clone(), Vec::new()));
                self.patterns.len() - 1
            });
            self.patterns[index].1.push(usage);
        }
    }

    /// All patterns, without the room that was left for more: they stay as long as the dictionary does.
    fn finish(self) -> Vec<(Pattern, Vec<Use>)> {
        let mut patterns = self.patterns;
        patterns.iter_mut().for_each(|(_, uses)| uses.shrink_to_fit());
        patterns.shrink_to_fit();
        patterns
    }
}

/// What finds the needles of patterns, and for each needle its patterns.
fn automaton(patterns: &[(Pattern, Vec<Use>)]) -> (Option<Automaton>, Vec<Vec<usize>>) {
    let mut numbers = HashMap::new();
    let mut texts: Vec<String> = Vec::new();
    let mut needles: Vec<Vec<usize>> = Vec::new();
    for (index, (pattern, _)) in patterns.iter().enumerate() {
        let number = *numbers.entry(pattern.needle()).or_insert_with(|| {
            texts.push(pattern.needle().to_owned());
            needles.push(Vec::new());
            texts.len() - 1
        });
        needles[number].push(index);
    }
    drop(numbers);
    needles.iter_mut().for_each(Vec::shrink_to_fit);
    if texts.is_empty() {
        return (None, needles);
    }
    (Automaton::new(texts), needles)
}

/// A regular expression of a topic; its capitals count unless case is ignored.
fn expression(written: &str, case: Case) -> Option<Regex> {
    RegexBuilder::new(written).case_insensitive(case == Case::Ignore).size_limit(REGEX_LIMIT).build().ok()
}

/// The ways in which `count` doubtful hyphens are read: one all ways, and of more any two neighbours
/// all four ways. No term is so long that it holds three.
fn readings(count: usize) -> impl Iterator<Item = impl Iterator<Item = Reading>> {
    let ways = if count == 1 { 2 } else { 4 };
    (0..ways).map(|way| {
        (0..).map(move |index| {
            let apart = if index % 2 == 0 { way & 1 } else { way >> 1 & 1 };
            if apart == 1 { Reading::Apart } else { Reading::Joined }
        })
    })
}

/// The doubtful hyphens of a paragraph.
pub(super) fn hyphens_in<'a>(clean: &'a Clean, paragraph: &Paragraph) -> &'a [Hyphen] {
    let first = clean.hyphens.partition_point(|hyphen| hyphen.at < paragraph.start);
    let last = clean.hyphens.partition_point(|hyphen| hyphen.at < paragraph.end);
    &clean.hyphens[first..last]
}

fn doubt(hyphen: &Hyphen, paragraph: &Paragraph, reading: Reading) -> Doubt {
    Doubt { at: (hyphen.at - paragraph.start) as usize, stands: hyphen.kept, reading }
}
