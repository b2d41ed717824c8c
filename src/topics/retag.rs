//! One term changed: only the paragraphs where it may stand are tagged again.
//!
//! The hits of a paragraph depend on the terms that stand in it and on nothing else. So a change of the
//! dictionary touches only paragraphs where a term that came or went may stand; all others keep their
//! hits, with the terms' new numbers. A paragraph is asked for the longest run of letters of the term,
//! in any case, before it is folded; one whose letters fold to others (accents, full width) is folded
//! first.
//!
//! *Invariant.* The answer is that of tagging everything again.

use memchr::memchr2_iter;

use crate::corpus::Document;
use crate::text::Hyphen;

use super::dictionary::Term;
use super::fold::{Folded, Form, is_itself};
use super::phrase;
use super::{Dictionary, Hit, Tags, TermId, TopicId};

/// What changed from one dictionary to another.
#[derive(Debug)]
pub struct Change {
    /// For each old term its new number; `None` for one that went.
    terms: Vec<Option<TermId>>,
    topics: Vec<Option<TopicId>>,
    /// Runs of letters of terms that came or went.
    runs: Vec<Run>,
    /// Their needles, for folded paragraphs.
    needles: Vec<String>,
    /// Whether everything has to be tagged again: a regular expression changed.
    everything: bool,
}

impl Change {
    pub fn between(old: &Dictionary, new: &Dictionary) -> Self {
        let mut left: std::collections::HashMap<Key<'_>, Vec<TermId>> = std::collections::HashMap::new();
        for id in new.term_ids().rev() {
            left.entry(key(new, id)).or_default().push(id);
        }
        let mut changed: Vec<&Term> = Vec::new();
        let mut terms = Vec::new();
        for id in old.term_ids() {
            let kept = left.get_mut(&key(old, id)).and_then(Vec::pop);
            if kept.is_none() {
                changed.push(old.term(id));
            }
            terms.push(kept);
        }
        changed.extend(left.into_values().flatten().map(|id| new.term(id)));
        let topics = old.topics.iter().map(|topic| new.find(&topic.id)).collect();
        let mut change = Self { terms, topics, runs: Vec::new(), needles: Vec::new(), everything: false };
        for term in changed {
            change.everything |= term.is_regex;
            for pattern in phrase::compile(&term.text, term.case).unwrap_or_default() {
                let run = longest_run(pattern.needle()).map(Run::new);
                change.runs.extend(run.filter(|run| !change.runs.contains(run)));
                change.needles.push(pattern.needle().to_owned());
            }
        }
        change
    }

    /// Tags a document again, given its hits under the old dictionary.
    pub fn retag(&self, matcher: &super::Matcher, document: &Document, before: &Tags) -> Tags {
        if self.everything {
            return matcher.tag(document);
        }
        let mut tags = Tags { hits: Vec::with_capacity(before.hits.len() + 16) };
        let mut old = before.hits.as_slice();
        let mut again = matcher.again();
        let mut folded = Folded::default();
        let clean = &document.clean;
        for (para, paragraph) in clean.paragraphs.iter().enumerate() {
            let (here, rest) = old.split_at(old.iter().take_while(|hit| hit.para as usize <= para).count());
            old = rest;
            if paragraph.kind.is_folded() {
                continue;
            }
            let text = &clean.text[paragraph.range()];
            let first = clean.hyphens.partition_point(|hyphen| hyphen.at < paragraph.start);
            let last = first + clean.hyphens[first..].partition_point(|hyphen| hyphen.at < paragraph.end);
            let doubtful = &clean.hyphens[first..last];
            let may_stand = match doubtful {
                [] => self.may_stand(text, &mut folded),
                _ if !is_plain(text.as_bytes()) => true,
                // A run has no hyphen inside, so it stands in the text as if none had been there.
                _ => self.has_run(&joined(text, paragraph.start, doubtful)),
            };
            if may_stand {
                again.tag(clean, para, &mut tags.hits);
            } else {
                tags.hits.extend(here.iter().filter_map(|hit| self.renumbered(hit)));
            }
        }
        if self.topics.iter().enumerate().any(|(old, new)| *new != Some(TopicId(old as u16))) {
            tags.hits.sort_by_key(|hit| (hit.start, std::cmp::Reverse(hit.end), hit.topic));
        }
        tags
    }

    fn renumbered(&self, hit: &Hit) -> Option<Hit> {
        let term = self.terms.get(hit.term.0 as usize).copied().flatten()?;
        let topic = self.topics.get(hit.topic.index()).copied().flatten()?;
        Some(Hit { term, topic, ..*hit })
    }

    fn has_run(&self, text: &str) -> bool {
        self.runs.iter().any(|run| run.is_in(text.as_bytes()))
    }

    /// Whether a changed term may stand in `text`.
    fn may_stand(&self, text: &str, folded: &mut Folded) -> bool {
        if is_plain(text.as_bytes()) {
            return self.has_run(text);
        }
        folded.fold(text, Form::Key, &[]);
        self.needles.iter().any(|needle| folded.text.contains(needle.as_str()))
    }
}

/// A paragraph that begins at byte `start` of its text, without the doubtful hyphens that stand in it.
fn joined(text: &str, start: u32, doubtful: &[Hyphen]) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut at = 0;
    for hyphen in doubtful.iter().filter(|hyphen| hyphen.kept) {
        let stands = (hyphen.at - start) as usize;
        joined.push_str(&text[at..stands]);
        at = stands + text[stands..].chars().next().map_or(0, char::len_utf8);
    }
    joined + &text[at..]
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
fn is_plain(bytes: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let mut at = 0;
    while at < bytes.len() {
        if let Some(eight) = bytes.get(at..at + 8).and_then(|eight| eight.try_into().ok())
            && u64::from_ne_bytes(eight) & HIGH == 0
        {
            at += 8;
            continue;
        }
        match bytes[at..] {
            [0..=0x7f, ..] => at += 1,
            // U+2010 to U+2027: hyphens, dashes, quotes, the ellipsis.
            [0xe2, 0x80, 0x90..=0xa7, ..] => at += 3,
            [0xe3..=0xed, second, third, ..] => {
                let code = u32::from(bytes[at] & 0x0f) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
                if !char::from_u32(code).is_some_and(is_itself) {
                    return false;
                }
                at += 3;
            }
            _ => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;
    use crate::text::{Kind, Paragraph};
    use crate::topics::Matcher;

    const TEXTS: [&str; 8] = [
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

    const TERMS: [&str; 12] = [
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
            let matcher = Matcher::new(&new);
            prop_assert_eq!(Change::between(&old, &new).retag(&matcher, &document, &before), matcher.tag(&document));
        }
    }
}
