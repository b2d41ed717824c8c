//! Properties that hold of every text.

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::text::decode::decode;
use crate::text::{Kind, Options, read};

/// Texts of lines as they come: words, marks, hyphens, gaps, page ends, columns, other scripts.
fn messy() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        8 => "[a-z]{1,9}",
        2 => "[A-Z][a-z]{1,8}",
        1 => "[a-z]{2,6}-[a-z]{2,6}",
        1 => Just("ﬁnal".to_owned()),
        1 => "[0-9]{1,4}",
        1 => "[a-z]{3,6}[.,]?[1-3]",
        1 => "[“(][a-z]{2,5}[”)]",
        1 => "[日本語の外交、。]{1,6}",
        1 => "[א-ת]{2,6}",
        1 => Just("—".to_owned()),
        1 => Just("\u{0}".to_owned()),
    ];
    let start = prop_oneof![
        10 => Just(""), 2 => Just("   "), 1 => Just("\t"), 1 => Just("• "), 1 => Just("1. "), 1 => Just("(a) "), 1 => Just("1 "), 1 => Just("> "),
        1 => Just("                                        "),
    ];
    let end = prop_oneof![
        8 => Just("\n"), 3 => Just(".\n"), 2 => Just("-\n"), 1 => Just("\u{ad}\n"), 1 => Just("\u{2010}\n"), 2 => Just(".\n\n"), 1 => Just("\r\n"),
        1 => Just("\r"), 1 => Just("\u{c}"), 1 => Just(":\n"), 1 => Just("      "), 1 => Just("\n\n\n"), 1 => Just(" -\n"),
    ];
    let line = (start, proptest::collection::vec(word, 0..9), end)
        .prop_map(|(start, words, end)| format!("{start}{}{end}", words.join(" ")));
    proptest::collection::vec(line, 0..40).prop_map(|lines| lines.concat())
}

/// What has to come through: everything but white space, hyphens, marks of quoting, and what is invisible or spelled out.
fn kept(text: &str) -> Vec<char> {
    let mut kept: Vec<char> = text
        .replace('ﬁ', "fi")
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{2010}' | '\u{ad}' | '>'))
        .collect();
    kept.sort_unstable();
    kept
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn every_character_stands_exactly_once(text in messy()) {
        let clean = clean(&decode(text.as_bytes(), Some("utf-8")), None);
        prop_assert_eq!(kept(&clean.text), kept(&text));
        // Hyphens only ever go at line ends: never more of them than there were.
        let hyphens = |text: &str| text.matches(['-', '\u{2010}']).count();
        prop_assert!(hyphens(&clean.text) <= hyphens(&text));
    }

    #[test]
    fn paragraphs_cover_the_text_and_lie_apart(text in messy()) {
        let clean = clean(&decode(text.as_bytes(), Some("utf-8")), None);
        let mut end = 0;
        for (i, paragraph) in clean.paragraphs.iter().enumerate() {
            let range = paragraph.range();
            prop_assert_eq!(&clean.text[end..range.start], if i == 0 { "" } else { "\n\n" });
            let inside = &clean.text[range.clone()];
            prop_assert!(!inside.is_empty() && inside.trim() == inside && !inside.contains('\n'));
            end = range.end;
        }
        prop_assert_eq!(end, clean.text.len());
        for hyphen in &clean.hyphens {
            let at = hyphen.at as usize;
            prop_assert!(clean.text.is_char_boundary(at));
            let stands = clean.text[at..].starts_with(['-', '\u{2010}', '\u{ad}']);
            prop_assert!(stands || !hyphen.kept);
        }
        for note in &clean.footnotes {
            prop_assert!(clean.text.get(note.mark.start as usize..note.mark.end as usize).is_some());
            prop_assert_eq!(clean.paragraphs[note.paragraph as usize].kind, Kind::Footnote);
        }
    }

    #[test]
    fn every_character_leads_back_to_its_bytes(text in messy()) {
        let clean = clean(&decode(text.as_bytes(), Some("utf-8")), None);
        for (at, c) in clean.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let source = clean.map.to_source_range(at..at + c.len_utf8());
            let there = &text[source];
            prop_assert!(there.starts_with(c) || there == "ﬁ", "{:?} {:?}", c, there);
        }
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let clean = read(&bytes, &Options::default());
        prop_assert!(clean.paragraphs.iter().all(|p| clean.text.get(p.range()).is_some()));
    }
}

/// Quadratic work on any of these would take hours.
#[test]
fn odd_sizes_are_read() {
    for text in [
        "a".repeat(1_000_000),
        "word ".repeat(60_000),
        "\n".repeat(1_000_000),
        "1\n".repeat(20_000),
        "- \n".repeat(20_000),
        "A Heading\n".repeat(8_000),
        "text with a mark.1\n1 Note\n".repeat(4_000),
        "left of the page    right of the page\n".repeat(4_000),
        "\u{c}".repeat(100_000),
        "\0".repeat(100_000),
    ] {
        let clean = clean(&decode(text.as_bytes(), Some("utf-8")), None);
        assert_eq!(kept(&clean.text).len(), kept(&text).len());
    }
}

#[test]
fn the_texts_beside_it_decide_what_a_text_cannot() {
    let broken = "It was a question of Tamaki-\nshima and of nothing else, as all of them had known.\n";
    let is_kept = |text: &str, beside: &'static str| {
        let words: Gathered = LazyLock::new(Box::new(move || Vocabulary::of([beside])));
        clean(&decode(text.as_bytes(), None), Some(&words)).text.contains("of Tamaki-shima")
    };
    assert!(!is_kept(broken, ""));
    assert!(is_kept(broken, "Tamaki-shima is an island. Nobody who has seen Tamaki-shima forgets it."));
    assert!(!is_kept(broken, "Tamaki-shima is named once here."), "once says nothing");
    assert!(!is_kept(broken, "Tamaki-shima, Tamaki-shima, Tamakishima, Tamakishima"), "they do not agree");
    let own = format!("{broken}They write Tamakishima.\n");
    assert!(!is_kept(&own, "Tamaki-shima and again Tamaki-shima"), "the text's own words come first");
}

fn paragraphs(text: &str) -> Vec<String> {
    let clean = read(text.as_bytes(), &Options::default());
    (0..clean.paragraphs.len()).map(|index| clean.paragraph(index).to_owned()).collect()
}

#[test]
fn a_snippet_breaks_where_a_line_is_blank() {
    assert_eq!(paragraphs("north of the East\nGate and the East  Gate"), ["north of the East Gate and the East Gate"]);
    assert_eq!(paragraphs("north of the East\n\nGate keepers sleep"), ["north of the East", "Gate keepers sleep"]);
}

#[test]
fn a_line_alone_is_a_text_and_no_title() {
    let clean = read(b"On Trade and Treaties", &Options::default());
    assert_eq!(clean.head.title, None);
    assert!(!clean.paragraphs[0].kind.is_folded());
}

#[test]
fn white_space_of_any_kind_behind_a_quoting_mark_goes_with_it() {
    let clean = clean(&decode(b">       \ta\n", Some("utf-8")), None);
    assert_eq!(clean.text, "a");
    assert_eq!(super::clean(&decode(b">\t> \n", Some("utf-8")), None).text, "");
}
