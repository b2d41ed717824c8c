use proptest::prelude::*;

use super::*;
use crate::text::Kind;

/// A text with these paragraphs.
fn clean(paragraphs: &[&str]) -> Clean {
    let mut clean = Clean::default();
    for text in paragraphs {
        if !clean.text.is_empty() {
            clean.text.push_str("\n\n");
        }
        let start = clean.text.len() as u32;
        clean.text.push_str(text);
        clean.paragraphs.push(Paragraph { kind: Kind::Body, start, end: clean.text.len() as u32, close: false });
    }
    clean
}

/// What `query` finds in `text`, joined by ` | `.
fn found(query: &str, text: &str) -> String {
    let clean = clean(&text.split("\n\n").collect::<Vec<_>>());
    let hits = Query::parse(query).unwrap().find(&clean);
    hits.into_iter().map(|hit| clean.text[hit].to_owned()).collect::<Vec<_>>().join(" | ")
}

#[test]
fn what_is_written_is_required_and_what_is_left_out_is_free() {
    for (query, text, want) in [
        ("trade", "Trade, TRADE and trade", "Trade | TRADE | trade"),
        ("Trade", "Trade, TRADE and trade", "Trade | TRADE"),
        ("US", "us and US", "US"),
        ("erdogan", "Erdoğan, Erdogan", "Erdoğan | Erdogan"),
        ("erdogan", "Erdog\u{306}an", "Erdog\u{306}an"),
        ("são", "São sa\u{303}o Sao", "São | sa\u{303}o"),
        (
            "self defense",
            "self-defense self‑defense self defense selfdefense",
            "self-defense | self‑defense | self defense",
        ),
        ("asia-pacific", "Asia Pacific", "Asia Pacific"),
        ("people's", "People’s people's", "People’s | people's"),
        ("tpp", "ＴＰＰ交渉", "ＴＰＰ"),
        ("同盟", "日米同盟は", "同盟"),
        ("a.b", "a.b axb", "a.b"),
        ("two words", "two\n\nwords", ""),
        (r"\<art\>", "Art is no part of an artist's art", "Art | art"),
        (r"\<japan\>", "Japan’s Japanese in Japan", "Japan | Japan"),
        (r"\<sea lane\>", "a sea-lane, sea lanes", "sea-lane"),
        (r"\<", r"a \< b", r"\<"),
    ] {
        assert_eq!(found(query, text), want, "{query:?} in {text:?}");
    }
}

#[test]
fn an_expression_stands_between_slashes() {
    assert_eq!(found(r"/art(icle)?s?\b/", "Articles of art"), "Articles | art");
    assert_eq!(found(r"/\bUS\b/", "us and US"), "US");
    assert_eq!(found(r"/\W+/", "a, b"), ", ");
    assert_eq!(found("/a*/", "bab"), "a", "an empty hit is none");
}

#[test]
fn a_faulty_query_says_where() {
    let said = |query: &str| Query::parse(query).unwrap_err().to_string();
    assert_eq!(said("/ab(c/"), "column 4: unclosed group; leave the slashes away to search for the words");
    assert_eq!(said("  "), "nothing to search for; write words, or /a regular expression/");
}

#[test]
fn a_doubtful_hyphen_is_read_in_both_ways() {
    let mut kept = clean(&["the decision-making of the day"]);
    kept.hyphens = vec![Hyphen { at: 12, kept: true }];
    let mut joined = clean(&["first", "the decisionmaking of the day"]);
    joined.hyphens = vec![Hyphen { at: 19, kept: false }];
    for query in ["decisionmaking", "decision-making", "decision making"] {
        let query = Query::parse(query).unwrap();
        assert_eq!(query.find(&kept), [Range { start: 4, end: 19 }], "{}", query.written());
        assert_eq!(query.find(&joined), [Range { start: 11, end: 25 }], "{}", query.written());
    }
    assert_eq!(Query::parse("day").unwrap().find(&kept).len(), 1, "found once");
}

#[test]
fn folded_paragraphs_and_other_ranges_are_left_out() {
    let mut clean = clean(&["menu of trade", "trade and trade"]);
    clean.paragraphs[0].kind = Kind::Boilerplate;
    let query = Query::parse("trade").unwrap();
    assert_eq!(query.find(&clean).len(), 2);
    assert_eq!(query.find_in(&clean, 16..clean.text.len()).len(), 1);
    assert_eq!(query.folded_too(true).find(&clean).len(), 3);
}

#[test]
fn context_is_cut_at_words_and_at_the_paragraph() {
    let clean = clean(&["before", "one two three four five six"]);
    let hit = clean.text.find("four").unwrap();
    let context = in_context(&clean, hit..hit + 4, 7);
    assert_eq!((context.before, context.hit, context.after), ("three ", "four", " five"));
    assert!(context.cut_before && context.cut_after);
    let all = in_context(&clean, hit..hit + 4, 100);
    assert_eq!((all.before, all.after, all.cut_before), ("one two three ", " five six", false));
}

proptest! {
    #[test]
    fn words_are_found_where_they_were_taken_from(text in "[a-zA-ZéÜ' -]{1,40}", at in 0usize..40, len in 1usize..10) {
        let chars: Vec<char> = text.chars().collect();
        let at = at % chars.len();
        let query: String = chars[at..(at + len).min(chars.len())].iter().collect();
        prop_assume!(!query.trim().is_empty());
        let clean = clean(&[&text]);
        let hits = Query::parse(&query).unwrap().find(&clean);
        prop_assert!(!hits.is_empty());
        prop_assert!(hits.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn any_query_is_answered_or_refused(query in "\\PC{0,12}", text in "\\PC{0,40}") {
        let clean = clean(&[&text]);
        if let Ok(query) = Query::parse(&query) {
            for hit in query.find(&clean) {
                prop_assert!(clean.text.get(hit).is_some());
            }
        }
    }

    #[test]
    fn a_context_puts_the_paragraph_together(text in "[a-z日 ]{1,40}", at in 0usize..40, width in 0usize..20) {
        let clean = clean(&[&text]);
        let at = text.char_indices().nth(at % text.chars().count()).unwrap().0;
        let hit = at..at + text[at..].chars().next().unwrap().len_utf8();
        let context = in_context(&clean, hit.clone(), width);
        prop_assert!(text[..hit.start].ends_with(context.before) && text[hit.end..].starts_with(context.after));
        prop_assert!(context.before.chars().count() <= width && context.after.chars().count() <= width);
    }
}
