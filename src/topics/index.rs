//! What was found: which paragraphs of which documents are on which topic, by machine and by hand.
//!
//! A topic has the hits of the topics below it, each span once. A paragraph carries a topic that has
//! as many hits there as its `min` asks, or that stands above one it carries. What the reader gave or
//! refused by hand comes before both. Everything is counted when a document is taken up, so that asking
//! costs nothing.
//!
//! A library may be larger than memory: of documents that are not open the hits can be put down
//! ([`Index::put_down`]), and what was counted stays.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use crate::corpus::DocId;

use super::{Dictionary, Hit, Tags, TopicId};

/// What the reader decided about a topic of a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    Given,
    Refused,
}

/// Who says that a paragraph is on a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Machine,
    Hand,
}

/// The tags of all documents read so far.
#[derive(Clone, Debug, Default)]
pub struct Index {
    docs: Vec<Counted>,
    hands: HashMap<DocId, BTreeMap<(u32, TopicId), Hand>>,
    totals: Vec<Total>,
    /// Of each topic its parent and its `min`.
    shape: Vec<(Option<TopicId>, usize)>,
    revision: u64,
}

/// A topic everywhere.
#[derive(Clone, Copy, Debug, Default)]
struct Total {
    paragraphs: usize,
    hits: usize,
}

/// A document's tags, counted.
#[derive(Clone, Debug, Default)]
struct Counted {
    tags: Tags,
    /// The tags were put down: there were some, and only what was counted is left.
    is_put_down: bool,
    /// The paragraphs of all topics, those of a topic together and ascending.
    paragraphs: Box<[u32]>,
    /// For each topic where its paragraphs end, and its hits, a span once.
    topics: Box<[(u32, u32)]>,
}

impl Counted {
    fn paragraphs(&self, topic: TopicId) -> &[u32] {
        let Some((end, _)) = self.topics.get(topic.index()) else { return &[] };
        let start = topic.index().checked_sub(1).map_or(0, |before| self.topics[before].0);
        &self.paragraphs[start as usize..*end as usize]
    }

    fn hits(&self, topic: TopicId) -> usize {
        self.topics.get(topic.index()).map_or(0, |(_, hits)| *hits as usize)
    }
}

impl Index {
    /// Takes up a document's tags, in place of those it had. All documents have to be tagged with the
    /// same dictionary; for another one, begin a new index.
    pub fn set(&mut self, dictionary: &Dictionary, doc: DocId, tags: Tags) {
        if self.shape.len() != dictionary.topics.len() {
            self.shape = dictionary.topics.iter().map(|topic| (topic.parent, topic.min.max(1))).collect();
            self.totals.resize(self.shape.len(), Total::default());
        }
        if self.docs.len() <= doc.index() {
            self.docs.resize(doc.index() + 1, Counted::default());
        }
        self.put(doc, tags);
    }

    /// Gives a paragraph a topic, or refuses it, by hand.
    pub fn set_hand(&mut self, doc: DocId, para: u32, topic: TopicId, hand: Hand) {
        self.hands.entry(doc).or_default().insert((para, topic), hand);
        self.recount(doc);
    }

    /// Paragraphs and topics of a document that were decided by hand.
    pub fn hands(&self, doc: DocId) -> Vec<(u32, TopicId)> {
        self.hands.get(&doc).map(|hands| hands.keys().copied().collect()).unwrap_or_default()
    }

    /// Leaves a topic of a paragraph to the machine again.
    pub fn clear_hand(&mut self, doc: DocId, para: u32, topic: TopicId) {
        if let Some(hands) = self.hands.get_mut(&doc) {
            hands.remove(&(para, topic));
        }
        self.recount(doc);
    }

    /// What the reader decided about a topic of a paragraph, if anything.
    pub fn hand(&self, doc: DocId, para: u32, topic: TopicId) -> Option<Hand> {
        self.hands.get(&doc)?.get(&(para, topic)).copied()
    }

    /// The document's own hits of all topics, sorted by start.
    pub fn hits(&self, doc: DocId) -> &[Hit] {
        self.docs.get(doc.index()).map_or(&[], |counted| &counted.tags.hits)
    }

    /// Takes out the hits of a document; `None` where it has not been tagged, or they were put down.
    pub fn take_tags(&mut self, doc: DocId) -> Option<Tags> {
        let counted = self.docs.get_mut(doc.index())?;
        let is_tagged = !counted.topics.is_empty() && !counted.is_put_down;
        is_tagged.then(|| std::mem::take(counted).tags)
    }

    /// Paragraphs of the document that carry the topic or a topic below it, ascending.
    pub fn paragraphs(&self, doc: DocId, topic: TopicId) -> &[u32] {
        self.docs.get(doc.index()).map_or(&[], |counted| counted.paragraphs(topic))
    }

    /// How many paragraphs carry the topic in all documents.
    pub fn total(&self, topic: TopicId) -> usize {
        self.totals.get(topic.index()).map_or(0, |total| total.paragraphs)
    }

    /// Hits of the topic and those below it in the document, a span once.
    pub fn hit_count(&self, doc: DocId, topic: TopicId) -> usize {
        self.docs.get(doc.index()).map_or(0, |counted| counted.hits(topic))
    }

    /// Hits of the topic and those below it in all documents.
    pub fn total_hits(&self, topic: TopicId) -> usize {
        self.totals.get(topic.index()).map_or(0, |total| total.hits)
    }

    /// The documents that have the topic, with the number of paragraphs that carry it.
    pub fn documents(&self, topic: TopicId) -> Vec<(DocId, usize)> {
        let counts = (0..self.docs.len() as u32).map(DocId).map(|doc| (doc, self.paragraphs(doc, topic).len()));
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// The topics a paragraph carries, in the order of the dictionary.
    pub fn topics_of(&self, doc: DocId, para: u32) -> Vec<TopicId> {
        let Some(counted) = self.docs.get(doc.index()) else { return Vec::new() };
        let topics = (0..counted.topics.len()).map(|topic| TopicId(topic as u16));
        topics.filter(|topic| counted.paragraphs(*topic).binary_search(&para).is_ok()).collect()
    }

    /// The topic a paragraph carries with the most hits of its own, the first of these in the dictionary.
    pub fn main_topic(&self, doc: DocId, para: u32) -> Option<TopicId> {
        self.main_of(doc, para, &self.topics_of(doc, para))
    }

    /// The topics a paragraph carries, the main one first, the others in the order of the dictionary.
    pub fn topics_main_first(&self, doc: DocId, para: u32) -> Vec<TopicId> {
        let mut topics = self.topics_of(doc, para);
        let main = self.main_of(doc, para, &topics);
        topics.sort_by_key(|topic| Some(*topic) != main);
        topics
    }

    fn main_of(&self, doc: DocId, para: u32, topics: &[TopicId]) -> Option<TopicId> {
        let hits = self.docs.get(doc.index()).map_or(&[][..], |counted| counted.tags.in_paragraph(para));
        let count = |topic: &TopicId| hits.iter().filter(|hit| hit.topic == *topic).count();
        topics.iter().copied().max_by_key(|topic| (count(topic), Reverse(topic.index())))
    }

    /// Who says that a paragraph is on a topic; `None` where it is not.
    pub fn tag_of(&self, doc: DocId, para: u32, topic: TopicId) -> Option<Origin> {
        self.paragraphs(doc, topic).binary_search(&para).ok()?;
        let hands = self.hands.get(&doc);
        let given = |topic| hands.is_some_and(|hands| hands.get(&(para, topic)) == Some(&Hand::Given));
        if given(topic) {
            return Some(Origin::Hand);
        }
        // A topic above one that was given by hand is the machine's where it has hits of its own.
        let by_machine = self.docs.get(doc.index()).is_some_and(|counted| {
            let hits = counted.tags.in_paragraph(para).iter();
            let refused = |topic| self.hand(doc, para, topic) == Some(Hand::Refused);
            hits.filter(|hit| !refused(hit.topic)).any(|hit| self.line(hit.topic).any(|above| above == topic))
        });
        Some(if by_machine { Origin::Machine } else { Origin::Hand })
    }

    /// Another number whenever what was counted is another.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Bytes of memory held.
    pub fn memory(&self) -> usize {
        let counted = |doc: &Counted| {
            doc.tags.hits.capacity() * size_of::<Hit>() + size_of_val(&*doc.paragraphs) + size_of_val(&*doc.topics)
        };
        self.docs.iter().map(counted).sum()
    }

    /// Puts down the hits of a document; what was counted stays. Where the reader decided something by
    /// hand they are kept, to count with.
    pub fn put_down(&mut self, doc: DocId) {
        if self.hands.get(&doc).is_none_or(BTreeMap::is_empty)
            && let Some(counted) = self.docs.get_mut(doc.index())
        {
            counted.is_put_down |= !counted.tags.hits.is_empty();
            counted.tags = Tags::default();
        }
    }

    /// Takes out a document that is no more.
    pub fn forget(&mut self, doc: DocId) {
        self.hands.remove(&doc);
        if doc.index() < self.docs.len() {
            self.put(doc, Tags::default());
        }
    }

    /// Whether the hits were put down. What is decided by hand then counts once the document's tags
    /// are taken up again.
    pub fn is_put_down(&self, doc: DocId) -> bool {
        self.docs.get(doc.index()).is_some_and(|counted| counted.is_put_down)
    }

    fn recount(&mut self, doc: DocId) {
        if let Some(counted) = self.docs.get_mut(doc.index()).filter(|counted| !counted.is_put_down) {
            let tags = std::mem::take(&mut counted.tags);
            self.put(doc, tags);
        }
    }

    fn put(&mut self, doc: DocId, tags: Tags) {
        let counted = self.count(doc, tags);
        let before = std::mem::replace(&mut self.docs[doc.index()], counted);
        let after = &self.docs[doc.index()];
        if before.paragraphs != after.paragraphs || before.topics != after.topics {
            self.revision += 1;
        }
        for (topic, total) in self.totals.iter_mut().enumerate() {
            let topic = TopicId(topic as u16);
            let counts = |counted: &Counted| (counted.paragraphs(topic).len(), counted.hits(topic));
            let ((old_paragraphs, old_hits), (paragraphs, hits)) = (counts(&before), counts(after));
            total.paragraphs = total.paragraphs - old_paragraphs + paragraphs;
            total.hits = total.hits - old_hits + hits;
        }
    }

    fn count(&self, doc: DocId, tags: Tags) -> Counted {
        let topics = self.shape.len();
        let (mut paragraphs, mut counts) = (vec![Vec::new(); topics], vec![0; topics]);
        let no_hands = BTreeMap::new();
        let hands = self.hands.get(&doc).unwrap_or(&no_hands);
        let mut hits = tags.hits.as_slice();
        let mut by_hand = hands.iter().peekable();
        loop {
            let next_hit = hits.first().map(|hit| hit.para);
            let next_hand = by_hand.peek().map(|((para, _), _)| *para);
            let Some(para) = next_hit.into_iter().chain(next_hand).min() else { break };
            let (here, rest) = hits.split_at(hits.partition_point(|hit| hit.para <= para));
            hits = rest;
            let mut decided = Vec::new();
            while let Some(((_, topic), hand)) = by_hand.next_if(|((at, _), _)| *at == para) {
                decided.push((*topic, *hand));
            }
            self.count_paragraph(para, here, &decided, &mut paragraphs, &mut counts);
        }
        let ends = paragraphs.iter().scan(0, |end, paragraphs| {
            *end += paragraphs.len() as u32;
            Some(*end)
        });
        let topics = ends.zip(counts).collect();
        Counted { tags, is_put_down: false, paragraphs: paragraphs.concat().into(), topics }
    }

    fn count_paragraph(
        &self,
        para: u32,
        hits: &[Hit],
        decided: &[(TopicId, Hand)],
        paragraphs: &mut [Vec<u32>],
        totals: &mut [u32],
    ) {
        let hand = |topic: TopicId| decided.iter().find(|(decided, _)| *decided == topic).map(|(_, hand)| *hand);
        // Of each topic met: its hits, and where the last one stands, so that a span counts once.
        let mut met: Vec<(TopicId, u32, (u32, u32))> = Vec::new();
        for hit in hits.iter().filter(|hit| hand(hit.topic) != Some(Hand::Refused)) {
            for topic in self.line(hit.topic) {
                let span = (hit.start, hit.end);
                match met.iter_mut().find(|(known, ..)| *known == topic) {
                    Some((.., last)) if *last == span => {}
                    Some((_, count, last)) => (*count, *last) = (*count + 1, span),
                    None => met.push((topic, 1, span)),
                }
            }
        }
        let mut carried: Vec<TopicId> = Vec::new();
        for (topic, count, _) in met {
            totals[topic.index()] += count;
            if count as usize >= self.shape[topic.index()].1 {
                carried.push(topic);
            }
        }
        carried.retain(|topic| hand(*topic) != Some(Hand::Refused));
        let known = |topic: &TopicId| topic.index() < self.shape.len();
        carried.extend(decided.iter().filter(|(_, hand)| *hand == Hand::Given).map(|(topic, _)| *topic).filter(known));
        let mut all: Vec<TopicId> = carried
            .into_iter()
            .flat_map(|topic| self.line(topic).take_while(|topic| hand(*topic) != Some(Hand::Refused)))
            .collect();
        all.sort_unstable();
        all.dedup();
        all.iter().for_each(|topic| paragraphs[topic.index()].push(para));
    }

    /// A topic and those above it.
    fn line(&self, topic: TopicId) -> impl Iterator<Item = TopicId> + '_ {
        let parent = |topic: &TopicId| self.shape.get(topic.index()).and_then(|(parent, _)| *parent);
        std::iter::successors(Some(topic), parent).filter(|topic| topic.index() < self.shape.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::{TermId, Topic};

    const TRADE: TopicId = TopicId(0);
    const TPP: TopicId = TopicId(1);
    const CHINA: TopicId = TopicId(2);

    fn dictionary(min_of_trade: usize) -> Dictionary {
        let topic = |id: &str, parent, min| Topic { id: id.into(), parent, min, ..Topic::default() };
        let topics =
            vec![topic("trade", None, min_of_trade), topic("trade.tpp", Some(TRADE), 1), topic("china", None, 2)];
        Dictionary { topics, ..Dictionary::default() }
    }

    fn tags(hits: &[(u32, u32, TopicId)]) -> Tags {
        let hit = |(start, para, topic): &(u32, u32, TopicId)| Hit {
            start: *start,
            end: start + 3,
            para: *para,
            topic: *topic,
            term: TermId(0),
        };
        Tags { hits: hits.iter().map(hit).collect() }
    }

    fn index(min_of_trade: usize) -> Index {
        let mut index = Index::default();
        let hits = [(0, 0, TRADE), (0, 0, TPP), (9, 2, TPP), (12, 2, CHINA), (20, 3, CHINA), (30, 3, CHINA)];
        index.set(&dictionary(min_of_trade), DocId(1), tags(&hits));
        index
    }

    #[test]
    fn a_topic_has_the_hits_below_it_each_span_once() {
        let index = index(1);
        assert_eq!(index.paragraphs(DocId(1), TRADE), [0, 2]);
        assert_eq!((index.hit_count(DocId(1), TRADE), index.hit_count(DocId(1), TPP)), (2, 2));
        assert_eq!(index.paragraphs(DocId(1), CHINA), [3], "two hits are asked for");
        assert_eq!((index.total(CHINA), index.total_hits(CHINA)), (1, 3));
        assert_eq!(index.topics_of(DocId(1), 2), [TRADE, TPP]);
        let main = [0, 1, 2, 3].map(|para| index.main_topic(DocId(1), para));
        let first = [0, 1, 2, 3].map(|para| index.topics_main_first(DocId(1), para).first().copied());
        assert_eq!(first, main);
        assert_eq!(index.topics_main_first(DocId(1), 2).len(), 2);
        assert_eq!(main, [Some(TRADE), None, Some(TPP), Some(CHINA)], "one hit of each: the first in the dictionary");
        assert_eq!(index.documents(TRADE), [(DocId(1), 2)]);
        assert!(index.paragraphs(DocId(0), TRADE).is_empty() && index.hits(DocId(9)).is_empty());
    }

    #[test]
    fn a_topic_above_one_that_is_carried_is_carried() {
        assert_eq!(index(9).paragraphs(DocId(1), TRADE), [0, 2]);
    }

    #[test]
    fn a_document_read_again_is_counted_once() {
        let mut index = index(1);
        index.set(&dictionary(1), DocId(1), tags(&[(0, 5, TPP)]));
        assert_eq!((index.total(TRADE), index.total_hits(TPP), index.total(CHINA)), (1, 1, 0));
    }

    #[test]
    fn counts_outlive_the_hits_they_were_counted_from() {
        let mut index = index(1);
        let counts = |index: &Index| {
            let doc = DocId(1);
            let of = |topic| (index.paragraphs(doc, topic).to_vec(), index.hit_count(doc, topic), index.total(topic));
            [TRADE, TPP, CHINA].map(of)
        };
        let before = counts(&index);
        index.put_down(DocId(1));
        assert!(index.hits(DocId(1)).is_empty() && index.is_put_down(DocId(1)) && !index.is_put_down(DocId(0)));
        assert_eq!(counts(&index), before);
        // What is decided now counts when the tags come back, and keeps them.
        index.set_hand(DocId(1), 2, TPP, Hand::Refused);
        assert_eq!(counts(&index), before);
        index.set(&dictionary(1), DocId(1), tags(&[(0, 0, TPP), (9, 2, TPP)]));
        assert_eq!(index.paragraphs(DocId(1), TPP), [0]);
        index.put_down(DocId(1));
        assert_eq!(index.hits(DocId(1)).len(), 2);
    }

    #[test]
    fn the_hand_comes_before_the_machine() {
        let mut index = index(1);
        index.set_hand(DocId(1), 2, TPP, Hand::Refused);
        assert_eq!((index.paragraphs(DocId(1), TRADE), index.total(TPP)), (&[0][..], 1));
        index.set_hand(DocId(1), 7, TPP, Hand::Given);
        assert_eq!(index.paragraphs(DocId(1), TRADE), [0, 7]);
        let origins = [0, 2, 7].map(|para| index.tag_of(DocId(1), para, TPP));
        assert_eq!(origins, [Some(Origin::Machine), None, Some(Origin::Hand)]);
        assert_eq!(index.tag_of(DocId(1), 7, TRADE), Some(Origin::Hand));
        index.clear_hand(DocId(1), 2, TPP);
        index.clear_hand(DocId(1), 7, TPP);
        assert_eq!((index.paragraphs(DocId(1), TPP), index.total(TPP)), (&[0, 2][..], 2));
        index.set_hand(DocId(1), 2, CHINA, Hand::Given);
        assert_eq!(index.topics_of(DocId(1), 2), [TRADE, TPP, CHINA]);
    }
}
