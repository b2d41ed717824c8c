//! One term changed: only the paragraphs where it stands are tagged again.
//!
//! The hits of a paragraph depend on the terms that stand in it and on nothing else. A paragraph where a
//! term may stand that *went* is tagged again as a whole, since others may have given way to it. One where
//! a term stands that *came* gets the new hits beside the old ones, and is tagged again only where the
//! two may meddle with each other:
//!
//! - What was dropped lies inside a hit or overlaps one of its own topic. So a new hit that overlaps no
//!   old one meets nothing else.
//! - A new hit of a topic that had no terms before meets only hits of other topics, and these only where
//!   one lies wholly inside the other. Inside an old one, it is none.
//!
//! All other paragraphs keep their hits, with the terms' new numbers. Which paragraphs are to be looked at
//! is told from the longest run of letters of each term, in any case, found in the text as it is; a
//! paragraph whose letters fold to others (accents, full width) is folded first.
//!
//! *Invariant.* The answer is that of tagging everything again.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use regex::bytes::{Regex, RegexBuilder};

use crate::corpus::Document;
use crate::text::{Clean, Hyphen, Paragraph};

use super::dictionary::Term;
use super::fold::{Folded, Form, is_itself};
use super::matcher::{Matcher, Ready, hyphens_in};
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
    /// Whether these are all the terms of one topic.
    is_new_topic: bool,
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
        let of: BTreeSet<TopicId> = came.iter().map(|id| new.term(*id).topic).collect();
        let has_kept = |topic: &TopicId| terms.iter().flatten().any(|id| new.term(*id).topic == *topic);
        let topics: Vec<_> = old.topics.iter().map(|topic| new.find(&topic.id)).collect();
        let above = |dictionary: &Dictionary, id: TopicId| {
            dictionary.topic(id).parent.map(|parent| dictionary.topic(parent).id.clone())
        };
        let moved = |(id, now): (TopicId, &Option<TopicId>)| now.is_some_and(|now| above(old, id) != above(new, now));
        Self {
            keeps_order: topics.iter().flatten().is_sorted(),
            is_new_topic: of.len() == 1 && !of.iter().any(has_kept),
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
        let mut whole = self.after.by_paragraph();
        let mut newcomers = self.newcomers.by_paragraph();
        let mut folded = Folded::default();
        let mut fresh = Vec::new();
        let mut old = before.hits.as_slice();
        let mut hits = Vec::with_capacity(old.len() + 16);
        let (with_went, with_came) = (self.went.runs_in(clean), self.came.runs_in(clean));
        for para in to_look_at(clean, &with_went, &with_came) {
            let paragraph = &clean.paragraphs[para];
            if paragraph.kind.is_folded() {
                continue;
            }
            let doubtful = hyphens_in(clean, paragraph);
            let mut letters = Letters::of(&clean.text[paragraph.range()], paragraph, doubtful, &mut folded);
            let went = with_went.contains(&para) || self.went.may_stand(&mut letters);
            if !went && !with_came.contains(&para) && !self.came.may_stand(&mut letters) {
                continue;
            }
            let (unchanged, rest) = old.split_at(old.partition_point(|hit| (hit.para as usize) < para));
            let (here, rest) = rest.split_at(rest.partition_point(|hit| hit.para as usize == para));
            old = rest;
            hits.extend(unchanged.iter().filter_map(|hit| self.renumbered(hit)));
            let from = hits.len();
            if !went {
                fresh.clear();
                newcomers.tag(clean, para, &mut fresh);
                hits.extend(here.iter().filter_map(|hit| self.renumbered(hit)));
            }
            if went || !self.joins(&mut fresh, &hits[from..]) {
                hits.truncate(from);
                whole.tag(clean, para, &mut hits);
            } else if !fresh.is_empty() {
                hits.append(&mut fresh);
                hits[from..].sort_by_key(order);
            }
        }
        hits.extend(old.iter().filter_map(|hit| self.renumbered(hit)));
        if !self.keeps_order {
            hits.sort_by_key(order);
        }
        Tags { hits }
    }

    /// Leaves of the new hits of a paragraph those that stand beside its old ones; false where old and
    /// new meddle with each other.
    fn joins(&self, fresh: &mut Vec<Hit>, here: &[Hit]) -> bool {
        let mut is_sure = true;
        fresh.retain(|new| {
            let mut is_hit = true;
            for hit in here.iter().filter(|hit| hit.start < new.end && new.start < hit.end) {
                is_sure &= self.is_new_topic && !self.after.covers(new, hit);
                is_hit &= !self.after.covers(hit, new);
            }
            is_hit
        });
        is_sure
    }

    fn renumbered(&self, hit: &Hit) -> Option<Hit> {
        let term = self.terms.get(hit.term.0 as usize).copied().flatten()?;
        let topic = self.topics.get(hit.topic.index()).copied().flatten()?;
        Some(Hit { term, topic, ..*hit })
    }
}

/// The order of the hits of a document.
fn order(hit: &Hit) -> (u32, Reverse<u32>, TopicId) {
    (hit.start, Reverse(hit.end), hit.topic)
}

/// The paragraphs that have a run of letters, and those whose letters have to be looked at.
fn to_look_at(clean: &Clean, with_went: &BTreeSet<usize>, with_came: &BTreeSet<usize>) -> BTreeSet<usize> {
    let at = |byte: usize| clean.paragraphs.partition_point(|paragraph| paragraph.end as usize <= byte);
    let mut paras: BTreeSet<usize> = with_went.union(with_came).copied().collect();
    paras.extend(clean.hyphens.iter().map(|hyphen| at(hyphen.at as usize)));
    let mut from = 0;
    while let Some(byte) = odd_letter(clean.text.as_bytes(), from) {
        let para = at(byte);
        paras.insert(para);
        from = clean.paragraphs.get(para).map_or(clean.text.len(), |paragraph| paragraph.end as usize);
    }
    paras.split_off(&clean.paragraphs.len());
    paras
}

/// Where terms may stand, told from letters alone.
#[derive(Debug, Default)]
struct Sieve {
    /// The longest run of letters of each, in any case, as it stands in a plain text.
    runs: Option<Regex>,
    /// Their needles, for folded paragraphs.
    needles: Vec<String>,
    /// Whether one of them is a regular expression, which may stand anywhere.
    lets_all_through: bool,
}

impl Sieve {
    fn new<'a>(terms: impl Iterator<Item = &'a Term>) -> Self {
        let mut sieve = Self::default();
        let mut runs = BTreeSet::new();
        for term in terms {
            sieve.lets_all_through |= term.is_regex;
            for pattern in phrase::compile(&term.text, term.case).unwrap_or_default() {
                runs.extend(longest_run(pattern.needle()).map(regex::escape));
                sieve.needles.push(pattern.needle().to_owned());
            }
        }
        if !runs.is_empty() {
            let runs: Vec<String> = runs.into_iter().collect();
            let any = RegexBuilder::new(&runs.join("|")).unicode(false).case_insensitive(true).build();
            sieve.lets_all_through |= any.is_err();
            sieve.runs = any.ok();
        }
        sieve
    }

    /// The paragraphs whose text has one of the runs.
    fn runs_in(&self, clean: &Clean) -> BTreeSet<usize> {
        if self.lets_all_through {
            return (0..clean.paragraphs.len()).collect();
        }
        let text = clean.text.as_bytes();
        let mut paras = BTreeSet::new();
        let mut from = 0;
        while let Some(found) = self.runs.as_ref().and_then(|runs| runs.find_at(text, from)) {
            let para = clean.paragraphs.partition_point(|paragraph| paragraph.end as usize <= found.start());
            from = clean.paragraphs.get(para).map_or(text.len(), |paragraph| paragraph.end as usize);
            paras.insert(para);
        }
        paras
    }

    /// Whether a term may stand in a paragraph that has none of the runs.
    fn may_stand(&self, letters: &mut Letters<'_>) -> bool {
        if self.needles.is_empty() {
            return false;
        }
        if letters.doubtful.is_empty() {
            return !letters.is_plain() && {
                let folded = letters.folded();
                self.needles.iter().any(|needle| folded.contains(needle.as_str()))
            };
        }
        // A run has no hyphen inside, so it stands in the text as if none had been there.
        let has_run = |text: String| self.runs.as_ref().is_some_and(|runs| runs.is_match(text.as_bytes()));
        !letters.is_plain() || has_run(letters.joined())
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

impl<'a> Letters<'a> {
    fn of(text: &'a str, paragraph: &Paragraph, doubtful: &'a [Hyphen], folded: &'a mut Folded) -> Self {
        Self { text, start: paragraph.start, doubtful, plain: None, is_folded: false, folded }
    }

    fn is_plain(&mut self) -> bool {
        *self.plain.get_or_insert_with(|| odd_letter(self.text.as_bytes(), 0).is_none())
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

/// The first letter from byte `from` on that does not stand in its key as it is, but for case. ASCII does,
/// and quotes, dashes, Han, kana and Hangul that do not combine.
fn odd_letter(text: &[u8], from: usize) -> Option<usize> {
    let mut bytes = text.get(from..)?;
    loop {
        // Whole blocks of ASCII are told at once.
        while let Some((block, rest)) = bytes.split_first_chunk::<32>()
            && block.is_ascii()
        {
            bytes = rest;
        }
        let ascii = bytes.iter().position(|byte| !byte.is_ascii())?;
        bytes = match &bytes[ascii..] {
            // U+2010 to U+2027: hyphens, dashes, quotes, the ellipsis.
            [0xe2, 0x80, 0x90..=0xa7, rest @ ..] => rest,
            [first @ 0xe3..=0xed, second, third, rest @ ..] if is_itself_at([*first, *second, *third]) => rest,
            odd => return Some(text.len() - odd.len()),
        };
    }
}

/// Whether the character of these three bytes of UTF-8 folds to itself.
fn is_itself_at([first, second, third]: [u8; 3]) -> bool {
    let code = u32::from(first & 0x0f) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
    char::from_u32(code).is_some_and(is_itself)
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
            clean.paragraphs.push(Paragraph { kind: Kind::Body, start, end: clean.text.len() as u32, close: false });
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
