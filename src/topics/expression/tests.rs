use std::path::Path;

use super::*;
use crate::topics::{Hit, Tags, TermId, Topic};

fn dictionary() -> Dictionary {
    let topic = |id: &str, label: &str, parent: Option<u16>| Topic {
        id: id.into(),
        label: label.into(),
        parent: parent.map(TopicId),
        min: 1,
        ..Topic::default()
    };
    let topics = vec![
        topic("trade", "Trade", None),
        topic("trade.tpp", "TPP", Some(0)),
        topic("korea", "Korea", None),
        topic("korea.south", "South Korea", Some(2)),
        topic("history", "History issues", None),
        topic("russia", "Russia", None),
    ];
    Dictionary { topics, ..Dictionary::default() }
}

struct Two;

impl Facts for Two {
    fn paragraphs(&self, _: DocId) -> Vec<u32> {
        (0..6).collect()
    }
    fn has_note(&self, _: DocId, para: u32) -> bool {
        para == 3
    }
    fn is_unread(&self, doc: DocId) -> bool {
        doc.0 == 1
    }
    fn author(&self, _: DocId) -> String {
        "Hitoshi Tanaka".into()
    }
    fn date(&self, doc: DocId) -> Option<String> {
        Some(["2014-08-01", "2015"][doc.index()].into())
    }
    fn name(&self, _: DocId) -> String {
        "The Next Step a/next.txt".into()
    }
}

/// Paragraphs of the first and of the second document.
fn holds(written: &str) -> [Vec<u32>; 2] {
    let dictionary = dictionary();
    let mut index = Index::default();
    let hit =
        |(para, topic)| Hit { start: para * 10, end: para * 10 + 3, para, topic: TopicId(topic), term: TermId(0) };
    // 0 trade, 1 tpp, 2 tpp and russia, 3 south korea, 4 history and tpp
    let hits = [(0, 0), (1, 1), (2, 1), (2, 5), (3, 3), (4, 1), (4, 4)];
    index.set(&dictionary, DocId(0), Tags { hits: hits.into_iter().map(hit).collect() });
    index.set(&dictionary, DocId(1), Tags { hits: vec![hit((5, 5))] });
    let expression = Expression::parse(written, &dictionary).unwrap_or_else(|fault| panic!("{written}: {fault}"));
    [0, 1].map(|doc| expression.paragraphs(&index, &Two, DocId(doc)))
}

#[test]
fn an_expression_holds_where_its_parts_say() {
    let cases: [(&str, &[u32], &[u32]); 18] = [
        ("tpp", &[1, 2, 4], &[]),
        ("Trade", &[0, 1, 2, 4], &[]),
        ("tpp & russia", &[2], &[]),
        ("tpp - history", &[1, 2], &[]),
        ("tpp & russia | history", &[2, 4], &[]),
        ("tpp & (russia | history)", &[2, 4], &[]),
        ("tpp russia", &[2], &[]),
        ("south korea", &[3], &[]),
        ("\"South Korea\" | russia", &[2, 3], &[5]),
        ("trade - (tpp - history)", &[0, 4], &[]),
        ("-trade", &[3, 5], &[0, 1, 2, 3, 4, 5]),
        ("note", &[3], &[3]),
        ("unread & russia", &[], &[5]),
        ("doc:next & history", &[4], &[]),
        ("author:tanaka russia - doc:\"other step\"", &[2], &[5]),
        ("russia after:2014", &[], &[5]),
        ("russia before:2015", &[2], &[]),
        ("russia after:2014-07 before:2016", &[2], &[5]),
    ];
    for (written, first, second) in cases {
        assert_eq!(holds(written), [first.to_vec(), second.to_vec()], "{written}");
    }
}

#[test]
fn names_may_be_short() {
    let dictionary = dictionary();
    let id = |name| named(&dictionary, name).map(|topic| dictionary.topic(topic).id.as_str());
    assert_eq!(id("tp"), Ok("trade.tpp"));
    assert_eq!(id("HIST"), Ok("history"));
    assert_eq!(id("kor"), Ok("korea"), "what stands below begins so too");
    assert_eq!(id("t"), Ok("trade"));
    assert_eq!(id("rusia"), Err(Some("did you mean \"russia\"?".into())));
}

/// A name is told as the reader may type it: a label with its capitals, an id as a whole, never a part of either.
#[test]
fn what_may_have_been_meant_is_told_by_its_whole_name() {
    let file = "[topics.asia]\nlabel = \"Asia\"\n[topics.asia.south]\nlabel = \"India and its neighbours\"\n\
                [topics.asia.sea]\nlabel = \"South China Sea\"\n[topics.eu]\nlabel = \"Europe\"\n";
    let dictionary = Dictionary::parse(file, Path::new("config.toml")).value;
    let says = |written| Expression::parse(written, &dictionary).unwrap_err().to_string();
    let none = "topics are asia and eu";
    for (written, help) in [
        ("suoth", "did you mean \"asia.south\"?"),
        ("asia.suoth", "did you mean \"asia.south\"?"),
        ("south chnia sea", "did you mean \"South China Sea\"?"),
        ("asai", "did you mean \"asia\"?"),
        ("Eurpoe", "did you mean \"Europe\"?"),
        ("nosuch", none),
        ("xylophone", none),
        ("uk", none),
    ] {
        assert_eq!(says(written), format!("column 1: no topic {written:?}; {help}"));
    }
}

#[test]
fn a_fault_has_its_column() {
    let dictionary = dictionary();
    let says = |written| Expression::parse(written, &dictionary).unwrap_err().to_string();
    assert_eq!(says("tpp & rusia"), "column 7: no topic \"rusia\"; did you mean \"russia\"?");
    assert!(says("tpp & ").starts_with("column 7: here a topic is missing"));
    assert!(says("(tpp").starts_with("column 1: a ( that is not closed"));
    assert!(says("tpp)").starts_with("column 4: a ) that closes"));
    assert!(says("after:yesterday").starts_with("column 7: \"yesterday\" is no date"));
    assert!(says("\"tpp").starts_with("column 1: a \" that is not"));
    assert!(says("").starts_with("column 1: here a topic"));
}

#[test]
fn what_is_wanted_can_be_marked() {
    let expression = Expression::parse("tpp & russia - history", &dictionary()).unwrap();
    assert_eq!(expression.topics(), [TopicId(1), TopicId(5)]);
}
