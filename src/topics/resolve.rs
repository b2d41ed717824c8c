//! From the places where patterns stand to the hits that count.
//!
//! ```text
//! candidates ── address ── not ── near ── longest in its topic ── not inside another topic's ──▶ hits
//! ```
//!
//! Each step may drop a candidate and can say why. None looks at the order of topics and terms.

use std::fmt;
use std::ops::Range;

use super::sentences::Sentences;
use super::{Dictionary, TermId, TopicId, addresses};

/// What the steps have to know of each term and topic.
#[derive(Debug)]
pub struct Rules {
    terms: Vec<Rule>,
    parents: Vec<Option<TopicId>>,
    /// The lists of terms that `near` and `not` name, each once.
    pub groups: Vec<Group>,
}

/// A list of terms that another term asks for, or gives way to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Group {
    pub terms: Vec<String>,
    pub case: super::phrase::Case,
}

#[derive(Clone, Debug)]
struct Rule {
    topic: TopicId,
    nested: bool,
    near: Option<usize>,
    within: usize,
    not: Option<usize>,
    /// Of two terms of a topic that match the same, the lower one has the hit.
    rank: usize,
}

/// A place where a term stands, bytes of the paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    pub range: Range<usize>,
    pub term: TermId,
}

/// Everything that was found in a paragraph.
#[derive(Debug, Default)]
pub struct Found {
    pub candidates: Vec<Candidate>,
    /// Where terms of a group stand: the group, which of its terms, and where.
    pub others: Vec<(usize, usize, Range<usize>)>,
}

impl Found {
    pub fn clear(&mut self) {
        self.candidates.clear();
        self.others.clear();
    }
}

/// Why a place where a term stands is no hit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Inside a longer hit, which reads so.
    Inside(String),
    /// Another term of the topic has the same words.
    Counted(TermId),
    /// None of these is near enough.
    NotNear {
        wanted: Vec<String>,
        within: usize,
    },
    /// A term of `not` matches here.
    Masked(String),
    Address,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Inside(outer) => write!(f, "inside {outer}"),
            Reason::Counted(_) => f.write_str("counted once, as another term of the topic"),
            Reason::NotNear { wanted, within } => write!(f, "no {} within {within} words", wanted.join(" or ")),
            Reason::Masked(by) => write!(f, "masked by not: {by}"),
            Reason::Address => f.write_str("inside an address"),
        }
    }
}

/// Takes what was dropped, with the reason; asked for a reason only when somebody listens.
pub type Log<'a> = Option<&'a mut dyn FnMut(&Candidate, Reason)>;

fn tell(log: &mut Log<'_>, candidate: &Candidate, reason: impl FnOnce() -> Reason) {
    if let Some(log) = log {
        log(candidate, reason());
    }
}

impl Rules {
    pub fn new(dictionary: &Dictionary) -> Self {
        let mut order: Vec<usize> = (0..dictionary.terms.len()).collect();
        order.sort_by_cached_key(|index| {
            let term = &dictionary.terms[*index];
            let is_open = term.text.contains(['*', '?', '{']);
            (!term.nested, term.is_regex, is_open, term.near.clone(), term.not.clone(), term.text.clone())
        });
        let mut ranks = vec![0; order.len()];
        order.iter().enumerate().for_each(|(rank, index)| ranks[*index] = rank);

        let mut groups: Vec<Group> = Vec::new();
        let mut group = |terms: &[String], case| {
            if terms.is_empty() {
                return None;
            }
            let group = Group { terms: terms.to_vec(), case };
            Some(groups.iter().position(|known| *known == group).unwrap_or_else(|| {
                groups.push(group);
                groups.len() - 1
            }))
        };
        let rule = |(index, term): (usize, &super::dictionary::Term)| Rule {
            topic: term.topic,
            nested: term.nested,
            near: group(&term.near, term.case),
            within: term.within,
            not: group(&term.not, term.case),
            rank: ranks[index],
        };
        let terms = dictionary.terms.iter().enumerate().map(rule).collect();
        Self { terms, parents: dictionary.topics.iter().map(|topic| topic.parent).collect(), groups }
    }

    pub fn topic(&self, term: TermId) -> TopicId {
        self.rule(term).topic
    }

    /// The groups that a term's `near` and `not` ask for.
    pub fn groups_of(&self, term: TermId) -> impl Iterator<Item = usize> + use<> {
        let rule = self.rule(term);
        rule.near.into_iter().chain(rule.not)
    }

    /// Leaves only hits in `found.candidates`, sorted by start, then longest, then topic.
    pub fn resolve(&self, text: &str, found: &mut Found, mut log: Log<'_>) {
        let Found { candidates, others } = found;
        if candidates.is_empty() {
            return;
        }
        candidates.retain(|candidate| {
            let inside = addresses::touches(text, &candidate.range);
            if inside {
                tell(&mut log, candidate, || Reason::Address);
            }
            !inside
        });
        if !others.is_empty() || candidates.iter().any(|c| self.rule(c.term).near.is_some()) {
            others.retain(|(.., range)| !addresses::touches(text, range));
            self.masked(candidates, others, &mut log);
            self.near(text, candidates, others, &mut log);
        }
        self.longest_in_topic(text, candidates, &mut log);
        self.across_topics(text, candidates, &mut log);
    }

    fn rule(&self, term: TermId) -> &Rule {
        &self.terms[term.0 as usize]
    }

    fn masked(&self, candidates: &mut Vec<Candidate>, others: &[(usize, usize, Range<usize>)], log: &mut Log<'_>) {
        candidates.retain(|candidate| {
            let Some(not) = self.rule(candidate.term).not else { return true };
            let by = others.iter().find(|(group, _, range)| *group == not && overlap(range, &candidate.range));
            if let Some((_, term, _)) = by {
                tell(log, candidate, || Reason::Masked(self.groups[not].terms[*term].clone()));
            }
            by.is_none()
        });
    }

    fn near(
        &self,
        text: &str,
        candidates: &mut Vec<Candidate>,
        others: &[(usize, usize, Range<usize>)],
        log: &mut Log<'_>,
    ) {
        let mut sentences = None;
        candidates.retain(|candidate| {
            let Rule { near: Some(near), within, .. } = self.rule(candidate.term) else { return true };
            let has_one = others.iter().filter(|(group, ..)| group == near).any(|(.., range)| {
                let sentences = sentences.get_or_insert_with(|| Sentences::of(text));
                let distance = sentences.distance(&candidate.range, range);
                !overlap(range, &candidate.range) && distance.is_some_and(|words| words <= *within)
            });
            if !has_one {
                let wanted = || self.groups[*near].terms.clone();
                tell(log, candidate, || Reason::NotNear { wanted: wanted(), within: *within });
            }
            has_one
        });
    }

    /// Of a topic's candidates that overlap, the leftmost stays, of those the longest.
    fn longest_in_topic(&self, text: &str, candidates: &mut Vec<Candidate>, log: &mut Log<'_>) {
        candidates.sort_by_key(|c| {
            let rule = self.rule(c.term);
            (rule.topic, c.range.start, std::cmp::Reverse(c.range.end), rule.rank)
        });
        let mut last: Option<Candidate> = None;
        candidates.retain(|candidate| {
            let taken = last.as_ref().filter(|last| {
                self.topic(last.term) == self.topic(candidate.term) && candidate.range.start < last.range.end
            });
            let Some(taken) = taken else {
                last = Some(candidate.clone());
                return true;
            };
            // The same term may have been found in two readings of a doubtful hyphen.
            if taken.range == candidate.range && taken.term != candidate.term {
                tell(log, candidate, || Reason::Counted(taken.term));
            } else if taken.range != candidate.range {
                tell(log, candidate, || Reason::Inside(text[taken.range.clone()].to_owned()));
            }
            false
        });
    }

    /// Drops what lies wholly inside a longer hit of a topic that is not below its own.
    fn across_topics(&self, text: &str, candidates: &mut Vec<Candidate>, log: &mut Log<'_>) {
        candidates.sort_by_key(|c| (c.range.start, std::cmp::Reverse(c.range.end), self.topic(c.term)));
        // A hit that covers another stands before it in this order, so it is already settled.
        let mut open: Vec<Candidate> = Vec::new();
        candidates.retain(|candidate| {
            open.retain(|outer| outer.range.end > candidate.range.start);
            let outer = open.iter().find(|outer| self.covers(outer, candidate));
            if let Some(outer) = outer {
                tell(log, candidate, || Reason::Inside(text[outer.range.clone()].to_owned()));
                return false;
            }
            open.push(candidate.clone());
            true
        });
    }

    /// Whether a hit makes another none that it touches: the other lies wholly inside it.
    pub fn covers(&self, outer: &Candidate, inner: &Candidate) -> bool {
        let rule = self.rule(inner.term);
        outer.range.start <= inner.range.start
            && outer.range.end >= inner.range.end
            && outer.range.len() > inner.range.len()
            && !rule.nested
            && !self.is_within(self.topic(outer.term), rule.topic)
    }

    fn is_within(&self, topic: TopicId, ancestor: TopicId) -> bool {
        let mut line = std::iter::successors(Some(topic), |topic| self.parents[topic.index()]);
        line.any(|topic| topic == ancestor)
    }
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
