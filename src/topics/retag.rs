//! One term changed: only the paragraphs where it stands are tagged again.
//!
//! The hits of a paragraph depend on the terms that stand in it and on nothing else. A paragraph where a
//! term may stand that *went* is tagged again as a whole, since others may have given way to it. One where
//! a term stands that *came* gets the new hits beside the old ones, and is tagged again only where the
//! two overlap: what was dropped lies inside a hit or overlaps one of its own topic, so that whatever
//! overlaps no hit meets nothing else. All other paragraphs keep their hits, with the terms' new numbers.
//!
//! Before it is folded, a paragraph is asked for the longest run of letters of each term, in any case; one
//! whose letters fold to others (accents, full width) is folded first.
//!
//! *Invariant.* The answer is that of tagging everything again.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use memchr::memchr2_iter;

use crate::corpus::Document;
use crate::text::{Clean, Hyphen};

use super::dictionary::Term;
use super::fold::{Folded, Form, is_itself};
use super::matcher::{ByParagraph, Matcher, Ready};
use super::phrase;
use super::{Dictionary, Hit, Tags, TermId, TopicId};

/// What changed from one dictionary to another, and the way to the tags of the other one.
#[derive(Debug)]
pub struct Change {
    after: Arc<Matcher>,
    /// For each old term its new number; `None` for one that went.
    terms: Vec<Option<TermId>>,
    topics: Vec<Option<TopicId>>,
    /// Whether old topics keep their order, and so the hits theirs.
    keeps_order: bool,
    went: Sieve,
    came: Sieve,
    /// Finds the terms that came, as if there were no others.
    newcomers: Ready,
    /// Whether everything has to be tagged again: a topic has another above it.
    everything: bool,
}

impl Change {
    /// `after` finds the terms of `new`.
    pub fn between(old: &Dictionary, new: &Dictionary, after: Arc<Matcher>) -> Self {
        let mut left: HashMap<Key<'_>, Vec<TermId>> = HashMap::new();
        for id in new.term_ids().rev() {
            left.entry(key(new, id)).or_default().push(id);
        }
        let terms: Vec<_> = old.term_ids().map(|id| left.get_mut(&key(old, id)).and_then(Vec::pop)).collect();
        let went = old.term_ids().zip(&terms).filter(|(_, kept)| kept.is_none()).map(|(id, _)| old.term(id));
        let mut came: Vec<TermId> = left.into_values().flatten().collect();
        came.sort_unstable();
        let topics: Vec<_> = old.topics.iter().map(|topic| new.find(&topic.id)).collect();
        let above = |dictionary: &Dictionary, id: TopicId| {
            dictionary.topic(id).parent.map(|parent| dictionary.topic(parent).id.clone())
        };
        let moved = |(id, now): (TopicId, &Option<TopicId>)| now.is_some_and(|now| above(old, id) != above(new, now));
        Self {
            keeps_order: topics.iter().flatten().is_sorted(),
            everything: old.ids().zip(&topics).any(moved),
            went: Sieve::new(went),
            came: Sieve::new(came.iter().map(|id| new.term(*id))),
            newcomers: Ready::of(new, came.into_iter()),
            after,
            terms,
            topics,
        }
    }

    /// Tags a document again, given its hits under the old dictionary.
    pub fn retag(&self, document: &Document, before: &Tags) -> Tags {
        if self.everything {
            return self.after.tag(document);
        }
        let clean = &document.clean;
        let mut work =
            Work { whole: self.after.by_paragraph(), newcomers: self.newcomers.by_paragraph(), fresh: Vec::new() };
        let mut old = before.hits.as_slice();
        let mut hits = Vec::with_capacity(before.hits.len() + 16);
        let mut hyphens = clean.hyphens.as_slice();
        let mut folded = Folded::default();
        // Hits up to here are in `hits`; those of paragraphs without a change are taken many at a time.
        for (para, paragraph) in clean.paragraphs.iter().enumerate() {
            let doubtful;
            (doubtful, hyphens) = split(hyphens, |hyphen| hyphen.at < paragraph.end);
            if paragraph.kind.is_folded() {
                continue;
            }
            let text = &clean.text[paragraph.range()];
            let (start, folded) = (paragraph.start, &mut folded);
            let mut letters = Letters { text, start, doubtful, plain: None, is_folded: false, folded };
            let (went, came) = (self.went.may_stand(&mut letters), self.came.may_stand(&mut letters));
            if went || came {
                let (unchanged, rest) = split(old, |hit| (hit.para as usize) < para);
                let here;
                (here, old) = split(rest, |hit| hit.para as usize == para);
                hits.extend(unchanged.iter().filter_map(|hit| self.renumbered(hit)));
                if went {
                    work.whole.tag(clean, para, &mut hits);
                } else {
                    self.join(clean, para, here, &mut work, &mut hits);
                }
            }
        }
        hits.extend(old.iter().filter_map(|hit| self.renumbered(hit)));
        if !self.keeps_order {
            hits.sort_by_key(order);
        }
        Tags { hits }
    }

    /// Puts the hits of newcomers in a paragraph beside those it has.
    fn join(&self, clean: &Clean, para: usize, here: &[Hit], work: &mut Work<'_>, hits: &mut Vec<Hit>) {
        work.fresh.clear();
        work.newcomers.tag(clean, para, &mut work.fresh);
        let overlaps = |fresh: &Hit| here.iter().any(|hit| hit.start < fresh.end && fresh.start < hit.end);
        if work.fresh.iter().any(overlaps) {
            return work.whole.tag(clean, para, hits);
        }
        let from = hits.len();
        hits.extend(here.iter().filter_map(|hit| self.renumbered(hit)));
        if !work.fresh.is_empty() {
            hits.append(&mut work.fresh);
            hits[from..].sort_by_key(order);
        }
    }

    fn renumbered(&self, hit: &Hit) -> Option<Hit> {
        let term = self.terms.get(hit.term.0 as usize).copied().flatten()?;
        let topic = self.topics.get(hit.topic.index()).copied().flatten()?;
        Some(Hit { term, topic, ..*hit })
    }
}

/// What is used from paragraph to paragraph.
struct Work<'a> {
    whole: ByParagraph<'a>,
    newcomers: ByParagraph<'a>,
    fresh: Vec<Hit>,
}

/// The order of the hits of a document.
fn order(hit: &Hit) -> (u32, Reverse<u32>, TopicId) {
    (hit.start, Reverse(hit.end), hit.topic)
}

/// The first of `all` for which something holds, and the rest; only the first can hold it.
fn split<T>(all: &[T], holds: impl Fn(&T) -> bool) -> (&[T], &[T]) {
    all.split_at(all.iter().take_while(|one| holds(one)).count())
}

/// Where terms may stand, told from letters alone.
#[derive(Debug, Default)]
struct Sieve {
    /// The longest run of letters of each, as it stands in a plain text.
    runs: Vec<Run>,
    /// Their needles, for folded paragraphs.
    needles: Vec<String>,
    /// Whether one of them is a regular expression, which may stand anywhere.
    lets_all_through: bool,
}

impl Sieve {
    fn new<'a>(terms: impl Iterator<Item = &'a Term>) -> Self {
        let mut sieve = Self::default();
        for term in terms {
            sieve.lets_all_through |= term.is_regex;
            for pattern in phrase::compile(&term.text, term.case).unwrap_or_default() {
                let run = longest_run(pattern.needle()).map(Run::new);
                sieve.runs.extend(run.filter(|run| !sieve.runs.contains(run)));
                sieve.needles.push(pattern.needle().to_owned());
            }
        }
        sieve
    }

    fn may_stand(&self, letters: &mut Letters<'_>) -> bool {
        if self.lets_all_through || self.needles.is_empty() {
            return self.lets_all_through;
        }
        let has_run = |text: &str| self.runs.iter().any(|run| run.is_in(text.as_bytes()));
        if !letters.doubtful.is_empty() {
            // A run has no hyphen inside, so it stands in the text as if none had been there.
            return !letters.is_plain() || has_run(&letters.joined());
        }
        if has_run(letters.text) {
            return true;
        }
        if letters.is_plain() {
            return false;
        }
        let folded = letters.folded();
        self.needles.iter().any(|needle| folded.contains(needle.as_str()))
    }
}

/// The letters of a paragraph that begins at byte `start` of its text.
struct Letters<'a> {
    text: &'a str,
    start: u32,
    doubtful: &'a [Hyphen],
    plain: Option<bool>,
    /// Whether `folded` has this paragraph.
    is_folded: bool,
    folded: &'a mut Folded,
}

impl Letters<'_> {
    fn is_plain(&mut self) -> bool {
        *self.plain.get_or_insert_with(|| is_plain(self.text.as_bytes()))
    }

    fn folded(&mut self) -> &str {
        if !std::mem::replace(&mut self.is_folded, true) {
            self.folded.fold(self.text, Form::Key, &[]);
        }
        &self.folded.text
    }

    /// The text without the doubtful hyphens that stand in it.
    fn joined(&self) -> String {
        let mut joined = String::with_capacity(self.text.len());
        let mut at = 0;
        for hyphen in self.doubtful.iter().filter(|hyphen| hyphen.kept) {
            let stands = (hyphen.at - self.start) as usize;
            joined.push_str(&self.text[at..stands]);
            at = stands + self.text[stands..].chars().next().map_or(0, char::len_utf8);
        }
        joined + &self.text[at..]
    }
}

/// Letters to look for in any case, by the rarest of them.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    letters: Vec<u8>,
    rarest: usize,
}

impl Run {
    fn new(letters: &str) -> Self {
        /// The letters of English, the most frequent first.
        const FREQUENT: &[u8] = b"etaoinsrhldcumfpgwybvkxjqz";
        let letters = letters.as_bytes().to_ascii_lowercase();
        let rank = |at: &usize| FREQUENT.iter().position(|letter| *letter == letters[*at]).unwrap_or(FREQUENT.len());
        let rarest = (0..letters.len()).max_by_key(rank).unwrap_or(0);
        Self { letters, rarest }
    }

    /// Whether it stands in `text`.
    fn is_in(&self, text: &[u8]) -> bool {
        let Some(rarest) = self.letters.get(self.rarest) else { return true };
        memchr2_iter(*rarest, rarest.to_ascii_uppercase(), text).any(|at| {
            let start = at.checked_sub(self.rarest);
            let here = start.and_then(|start| text.get(start..start + self.letters.len()));
            here.is_some_and(|here| here.eq_ignore_ascii_case(&self.letters))
        })
    }
}

type Key<'a> = (&'a str, &'a str, bool, phrase::Case, bool, &'a [String], usize, &'a [String]);

/// What makes a term the same in another dictionary.
fn key(dictionary: &Dictionary, id: TermId) -> Key<'_> {
    let term = dictionary.term(id);
    let topic = dictionary.topic(term.topic);
    (&topic.id, &term.text, term.is_regex, term.case, term.nested, &term.near, term.within, &term.not)
}

/// The longest run of letters that stand in a plain text as in its key, but for case.
fn longest_run(needle: &str) -> Option<&str> {
    let stays = |c: char| c.is_ascii_alphanumeric() || c > '\u{3000}' && is_itself(c);
    needle.split(|c| !stays(c)).max_by_key(|run| run.len()).filter(|run| !run.is_empty())
}

/// Whether the letters of a text stand in its key as they are, but for case: ASCII, quotes, dashes, Han,
/// kana and Hangul that do not combine.
fn is_plain(mut bytes: &[u8]) -> bool {
    loop {
        // Whole blocks of ASCII are told at once.
        while let Some((block, rest)) = bytes.split_first_chunk::<32>()
            && block.is_ascii()
        {
            bytes = rest;
        }
        let ascii = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(bytes.len());
        bytes = match &bytes[ascii..] {
            [] => return true,
            // U+2010 to U+2027: hyphens, dashes, quotes, the ellipsis.
            [0xe2, 0x80, 0x90..=0xa7, rest @ ..] => rest,
            [first @ 0xe3..=0xed, second, third, rest @ ..] => {
                let code = u32::from(first & 0x0f) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
                if !char::from_u32(code).is_some_and(is_itself) {
                    return false;
                }
                rest
            }
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Kind, Paragraph};

    const TEXTS: [&str; 10] = [
        "South China Sea lanes are policy.",
        "The US alliance policy of the loan bank; a South China policy loan.",
        "China and the South China Sea.",
        "The US–Japan alliance’s São Paulo office in ＣＨＩＮＡ.",
        "A bank gave a loan. The U.S. left.",
        "日本は中国と、ﬁscal policy.",
        "Erdoğan met China.",
        "CHINA chinaware south  china   sea",
        "in Chi-na policy",
        "Nothing of the sort.",
    ];

    fn document() -> Document {
        let mut document = Document::default();
        let clean = &mut document.clean;
        for text in TEXTS {
            if !clean.text.is_empty() {
                clean.text.push_str("\n\n");
            }
            let start = clean.text.len() as u32;
            clean.text.push_str(text);
            clean.paragraphs.push(Paragraph { kind: Kind::Body, start, end: clean.text.len() as u32 });
        }
        let at = clean.text.find("Chi-na").map_or(0, |at| at + 3) as u32;
        clean.hyphens.push(Hyphen { at, kept: true });
        document
    }

    const TERMS: [&str; 17] = [
        "\"China Sea\"",
        "\"Sea lanes\"",
        "\"alliance policy of\"",
        "{ regex = \"S[a-z]+ C\" }",
        "{ term = \"policy loan\", nested = true }",
        "\"China\"",
        "\"South China Sea\"",
        "\"US\"",
        "\"alliance*\"",
        "{ term = \"bank\", near = [\"loan\"] }",
        "\"中国\"",
        "\"erdogan\"",
        "\"São Paulo\"",
        "\"fiscal policy\"",
        "{ term = \"China\", not = [\"South China\"] }",
        "\"policy\"",
        "\"{a,the} {loan,sort}\"",
    ];

    fn dictionary(chosen: &[(usize, usize)]) -> Dictionary {
        let mut source = String::new();
        for (topic, name) in ["a", "b", "b.c"].into_iter().enumerate() {
            let terms: Vec<&str> = chosen.iter().filter(|(_, of)| *of == topic).map(|(term, _)| TERMS[*term]).collect();
            source += &format!("[topics.{name}]\nterms = [{}]\n", terms.join(", "));
        }
        Dictionary::parse(&source, Path::new("c")).value
    }

    proptest! {
        #[test]
        fn the_answer_is_that_of_tagging_everything_again(
            old in prop::collection::vec((0..TERMS.len(), 0..3_usize), 0..8),
            new in prop::collection::vec((0..TERMS.len(), 0..3_usize), 0..3),
            kept in 0..8_usize,
        ) {
            let after: Vec<_> = old.iter().take(kept).chain(&new).copied().collect();
            let (old, new) = (dictionary(&old), dictionary(&after));
            let document = document();
            let before = Matcher::new(&old).tag(&document);
            let matcher = Arc::new(Matcher::new(&new));
            let want = matcher.tag(&document);
            prop_assert_eq!(Change::between(&old, &new, matcher).retag(&document, &before), want);
        }
    }
}
