//! What holds for every dictionary and text: the properties that `topics` promises.

use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::corpus::Document;
use crate::text::{Kind, Paragraph};

/// Words that hit one another in part.
const WORDS: [&str; 16] = [
    "China", "china", "South", "Sea", "US", "U.S.", "Japan", "alliance", "trade", "pact", "São", "Paulo", "tax",
    "taxes", "policy", "日本",
];

const TERMS: [&str; 14] = [
    "China",
    "South China Sea",
    "China Sea",
    "US",
    "US-Japan",
    "Japan alliance",
    "trade*",
    "trade pact",
    "São Paulo",
    "Paulo policy",
    "tax{,es}",
    "*ax",
    "日本",
    "p?ct policy",
];

fn document(text: &str) -> Document {
    let mut document = Document::default();
    document.clean.text = text.to_owned();
    document.clean.paragraphs.push(Paragraph { kind: Kind::Body, start: 0, end: text.len() as u32, close: false });
    document
}

/// A dictionary of terms, each with its topic; topics in the order given.
fn dictionary(terms: &[(usize, usize)], topics: &[&str]) -> Dictionary {
    let mut source = String::new();
    for topic in topics {
        let number = ["a", "a.b", "c"].iter().position(|name| name == topic).unwrap();
        let list: Vec<String> =
            terms.iter().filter(|(_, of)| *of == number).map(|(term, _)| format!("{:?}", TERMS[*term])).collect();
        source += &format!("[topics.{topic}]\nterms = [{}]\n", list.join(", "));
    }
    let read = Dictionary::parse(&source, Path::new("c"));
    assert_eq!(read.diagnostics, []);
    read.value
}

/// Hits without numbers: where, of which topic, by which term.
fn hits(dictionary: &Dictionary, text: &str) -> Vec<(usize, usize, String, String)> {
    let tags = Matcher::new(dictionary).tag(&document(text));
    let mut hits: Vec<_> = tags
        .hits
        .iter()
        .map(|hit| {
            let (topic, term) = (dictionary.topic(hit.topic).id.clone(), dictionary.term(hit.term).text.clone());
            (hit.start as usize, hit.end as usize, topic, term)
        })
        .collect();
    hits.sort();
    hits
}

fn chosen() -> impl Strategy<Value = Vec<(usize, usize)>> {
    prop::collection::vec((0..TERMS.len(), 0..3_usize), 1..10)
}

fn words() -> impl Strategy<Value = Vec<(&'static str, &'static str)>> {
    let between = prop::sample::select(vec![" ", " ", " ", "-", ", ", "’s ", ""]);
    prop::collection::vec((prop::sample::select(WORDS.to_vec()), between), 1..16)
}

fn text(words: &[(&str, &str)]) -> String {
    words.iter().map(|(word, between)| format!("{word}{between}")).collect()
}

proptest! {
    #[test]
    fn the_slice_of_a_hit_is_a_hit_of_its_term(terms in chosen(), words in words()) {
        let (dictionary, text) = (dictionary(&terms, &["a", "a.b", "c"]), text(&words));
        for (start, end, topic, term) in hits(&dictionary, &text) {
            let slice = &text[start..end];
            let alone = hits(&dictionary, slice);
            prop_assert!(alone.contains(&(0, slice.len(), topic, term)), "{slice:?} in {text:?}: {alone:?}");
        }
    }

    #[test]
    fn wrapped_and_unwrapped_have_the_same_hits(terms in chosen(), words in words(), breaks in any::<u16>()) {
        let dictionary = dictionary(&terms, &["a", "a.b", "c"]);
        let wrapped: Vec<(&str, String)> = words
            .iter()
            .enumerate()
            .map(|(at, (word, between))| (*word, if breaks >> at & 1 == 1 { between.replace(' ', "\n") } else { (*between).into() }))
            .collect();
        let wrapped: String = wrapped.iter().map(|(word, between)| format!("{word}{between}")).collect();
        prop_assert_eq!(hits(&dictionary, &wrapped), hits(&dictionary, &text(&words)));
    }

    #[test]
    fn the_order_of_topics_and_terms_does_not_matter(terms in chosen(), words in words(), turn in 0..10_usize) {
        let text = text(&words);
        let mut turned = terms.clone();
        turned.reverse();
        turned.rotate_left(turn % terms.len());
        let (one, other) = (dictionary(&terms, &["a", "a.b", "c"]), dictionary(&turned, &["c", "a", "a.b"]));
        prop_assert_eq!(hits(&one, &text), hits(&other, &text));
    }

    #[test]
    fn what_is_explained_is_what_is_tagged(terms in chosen(), words in words()) {
        let (dictionary, document) = (dictionary(&terms, &["a", "a.b", "c"]), document(&text(&words)));
        let matcher = Matcher::new(&dictionary);
        let explained = matcher.explain(&document, 0);
        let hits = explained.iter().filter(|e| e.dropped.is_none()).map(|e| (e.range.clone(), e.topic, e.term));
        let tagged = matcher.tag(&document).hits;
        prop_assert_eq!(hits.collect::<Vec<_>>(), tagged.iter().map(|h| (h.range(), h.topic, h.term)).collect::<Vec<_>>());
    }
}

#[test]
fn what_was_dropped_says_why() {
    let source = "[topics.china]\nterms = [\"China\", \"Chin*\", { term = \"bank\", near = [\"loan*\"], within = 5 }]\n\
                  not = [\"Republic of China\"]\n[topics.seas]\nterms = [\"South China Sea\"]\n";
    let dictionary = Dictionary::parse(source, Path::new("c")).value;
    let text = "The Republic of China, a bank, http://China.org and China in the South China Sea.";
    let explained = Matcher::new(&dictionary).explain(&document(text), 0);
    let said: Vec<String> = explained
        .iter()
        .map(|e| {
            let why = e.dropped.as_ref().map_or("a hit".into(), Reason::to_string);
            format!("{} {}: {why}", dictionary.term(e.term).text, e.range.start)
        })
        .collect();
    assert_eq!(
        said,
        [
            "China 16: masked by not: Republic of China",
            "Chin* 16: masked by not: Republic of China",
            "bank 25: no loan* within 5 words",
            "China 38: inside an address",
            "Chin* 38: inside an address",
            "China 52: a hit",
            "Chin* 52: counted once, as another term of the topic",
            "South China Sea 65: a hit",
            "China 71: inside South China Sea",
            "Chin* 71: counted once, as another term of the topic",
        ]
    );
}
