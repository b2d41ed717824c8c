use super::*;
use proptest::prelude::*;

fn cut(text: &str) -> Vec<&str> {
    sentences(text).into_iter().map(|sentence| &text[sentence]).collect()
}

/// A bar stands where a sentence ends; the text is without bars.
#[test]
fn sentences_end_where_a_reader_ends_them() {
    let cases = [
        "One sentence. | Another one! | A third? | Yes.",
        "Mr. Abe met Dr. Rice. | They talked.",
        "The U.S. Navy stayed. | So did the U.K. | The talks went on.",
        "He lives in the U.S. | They do not.",
        "It was made in Washington, D.C. | However, nobody knew.",
        "Signed on Aug. 4, 2014. | In Aug. the talks stopped.",
        "See No. 3 and pp. 12–14. | No. | That is all.",
        "Art. IV and Sec. 2 apply. | Vol. 2 does not.",
        "Some, e.g. China and Japan, i.e. the largest, agreed.",
        "J. Smith and A. B. Jones wrote it. | George W. Bush read it.",
        "It began in World War I. | Germany had lost.",
        "Acme Inc. Chairman Jones resigned from Acme Inc. | The end.",
        "“Stop.” | He stopped. | “Why?” he asked. | “Because!” she said.",
        "(It was late.) | He left. | [Sic.] | Then nothing.",
        "He said “no.” | “Yes,” she said. | 'No.' | \"Yes.\" | Well.",
        "The law of the region.12 | The next one. | It rose in 1998.3 | Then it fell.",
        "They signed it.”3 | Then they left. | They signed it.[14] | Then they left.",
        "They signed it.¹² | Then they left.* | Nobody wept.",
        "It cost 3.5 million. | Version 2.0 came later.",
        "At 5 p.m. Tokyo time it began. | At 6 p.m. | The crowd left.",
        "Wait... what? | Nothing… | Then it came.",
        "1. An item stays with its number.",
        "Am 3. August war es warm. | Z.B. Berlin, d.h. die Stadt. | Es war so.",
        "M. Dupont est venu. | Il a parlé avec Mme. Curie.",
        "El Sr. García llegó. | ¿Quién? | ¡Nadie!",
        "Sales rose by 3.14 In all.",
        "日本は発表した。|首相は「重要だ。」と述べた。|終わり！|本当？",
        "これは（注。）です。|次。",
        "हम आए। | वे गए।",
        "Ten lines of verse\nare one sentence.",
        "No end at all",
    ];
    for case in cases {
        let expected: Vec<&str> = case.split('|').map(str::trim).collect();
        let text = case.replace(" | ", " ").replace('|', "");
        assert_eq!(cut(&text), expected);
    }
}

#[test]
fn the_cursor_goes_from_sentence_to_sentence() {
    let text = "Mr. Abe went. He came back. The end.";
    let (he, end) = (text.find("He").unwrap(), text.find("The").unwrap());
    assert_eq!(next_sentence(text, 0), Some(he));
    assert_eq!(next_sentence(text, he + 3), Some(end));
    assert_eq!(next_sentence(text, end), None);
    assert_eq!(previous_sentence(text, text.len()), Some(end));
    assert_eq!(previous_sentence(text, end + 2), Some(end));
    assert_eq!(previous_sentence(text, end), Some(he));
    assert_eq!(previous_sentence(text, 0), None);
    assert_eq!(&text[sentence_at(text, he + 4)], "He came back.");
    assert_eq!(&text[sentence_at(text, end - 1)], "He came back.");
    assert_eq!(&text[sentence_at(text, text.len())], "The end.");
    assert_eq!(sentence_at("", 0), 0..0);
}

/// Where the words of a text start, by `w` from its start.
fn starts(text: &str) -> Vec<usize> {
    let first = next_word(&format!("\n{text}"), 0).map(|at| at - 1);
    std::iter::successors(first, |&at| next_word(text, at)).collect()
}

#[test]
fn words_are_those_of_a_reader() {
    let cases: &[(&str, &[&str])] = &[
        ("The quick, brown fox.", &["The", "quick", "brown", "fox"]),
        ("don't l’eau 3.14 naïve", &["don't", "l’eau", "3.14", "naïve"]),
        ("US-Japan (alliance) — “now”", &["US", "Japan", "alliance", "now"]),
        ("日本政府は発表した。", &["日本", "政府", "は", "発表", "した"]),
        ("ประเทศไทยตั้งอยู่", &["ประเทศไทย", "ตั้ง", "อยู่"]),
        ("한국어 문장", &["한국어", "문장"]),
        ("e\u{301}te\u{301} 🌞 x", &["e\u{301}te\u{301}", "x"]),
    ];
    for (text, expected) in cases {
        let words: Vec<&str> = starts(text).into_iter().map(|at| &text[word_at(text, at)]).collect();
        assert_eq!(words, *expected, "{text}");
    }
}

#[test]
fn the_cursor_goes_from_word_to_word() {
    let text = "Well, (the) end.";
    assert_eq!(starts(text), [0, 7, 12]);
    assert_eq!(word_end(text, 0), Some(3));
    assert_eq!(word_end(text, 3), Some(9));
    assert_eq!(word_end(text, 14), None);
    assert_eq!(previous_word(text, text.len()), Some(12));
    assert_eq!(previous_word(text, 12), Some(7));
    assert_eq!(previous_word(text, 9), Some(7));
    assert_eq!(previous_word(text, 0), None);
    assert_eq!(word_at(text, 5), 5..6);
    assert_eq!(word_at(text, 4), 4..5);
    assert_eq!(&text[word_at(text, 6)], "(");
    assert_eq!(&text[word_at(text, text.len())], ".");
    assert_eq!(word_at("", 0), 0..0);
}

#[test]
fn the_cursor_never_stands_inside_a_character() {
    let text = "a👩\u{200d}👧e\u{301}🇯🇵🇺🇸";
    let mut at = 0;
    let mut steps = vec![0];
    while at < text.len() {
        at = next_grapheme(text, at);
        steps.push(at);
    }
    assert_eq!(steps.len(), 6);
    let mut back = vec![at];
    while at > 0 {
        at = previous_grapheme(text, at);
        back.push(at);
    }
    back.reverse();
    assert_eq!(back, steps);
}

#[test]
fn the_language_is_told_by_small_words() {
    let cases = [
        ("The alliance is one of the pillars of order, and it will be for a long time.", Some(Language::English)),
        ("Die Lage ist ernst, und sie wird nach der Wahl nicht besser werden.", Some(Language::German)),
        ("Le gouvernement a annoncé que les négociations sont dans une phase difficile.", Some(Language::French)),
        ("El gobierno dijo que las conversaciones no son fáciles y que hay que esperar.", Some(Language::Spanish)),
        ("Il governo ha detto che le trattative non sono facili e che si deve aspettare.", Some(Language::Italian)),
        ("O governo disse que as conversações não são fáceis e que é preciso esperar.", Some(Language::Portuguese)),
        ("De regering zegt dat het overleg niet makkelijk is en dat zij moet wachten.", Some(Language::Dutch)),
        ("日本政府は昨日、新しい同盟の方針を発表した。", None),
        ("Hello world", None),
        ("", None),
    ];
    for (text, expected) in cases {
        assert_eq!(language(text), expected, "{text}");
    }
}

#[test]
fn steps_cross_the_pieces_of_a_long_text() {
    let text = format!("A sentence {}ends. ", "that goes on ".repeat(30)).repeat(130);
    assert!(pieces(&text).count() > 2);
    let starts: Vec<usize> = std::iter::successors(Some(0), |&at| next_sentence(&text, at)).collect();
    // A sentence ends where its piece does.
    assert_eq!(starts.len(), 130 + pieces(&text).count() - 1);
    let back: Vec<usize> =
        std::iter::successors(previous_sentence(&text, text.len()), |&at| previous_sentence(&text, at)).collect();
    assert!(back.iter().rev().eq(starts.iter()));
    for piece in pieces(&text) {
        assert_eq!(piece_at(&text, piece.start), piece);
        assert_eq!(piece_at(&text, piece.end - 1), piece);
    }
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "([A-Za-z]{1,6}[.?!]?[”\")]?[ \n]?){0,30}",
        "([a-zäé0-9]{1,5}[ ’,.—-]{0,2}){0,20}",
        "[ぁ-んァ-ヶ一-龠、。「」（） a]{0,60}",
        "[ก-ฮะาิีเแ่้ ]{0,60}",
        "(\\PC|[a. \u{301}\u{3000}👩\u{200d}🇯가\n-]){0,60}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn sentences_hold_the_whole_text(text in any_text()) {
        let mut end = 0;
        for sentence in sentences(&text) {
            prop_assert!(sentence.start >= end && !sentence.is_empty());
            prop_assert!(text[end..sentence.start].chars().all(char::is_whitespace));
            prop_assert_eq!(text[sentence.clone()].trim_end(), &text[sentence.clone()]);
            prop_assert_eq!(sentence_at(&text, sentence.start), sentence.clone());
            end = sentence.end;
        }
        prop_assert!(text[end..].chars().all(char::is_whitespace));
    }

    #[test]
    fn the_cursor_goes_on_and_stays_on_graphemes(text in any_text()) {
        let graphemes: Vec<usize> = width::clusters(&text).map(|cluster| cluster.at).chain([text.len()]).collect();
        for (index, &at) in graphemes.iter().enumerate() {
            prop_assert_eq!(next_grapheme(&text, at), *graphemes.get(index + 1).unwrap_or(&text.len()));
            prop_assert_eq!(previous_grapheme(&text, at), if index > 0 { graphemes[index - 1] } else { 0 });
            let ahead = [next_word(&text, at), word_end(&text, at), next_sentence(&text, at)];
            for there in ahead.into_iter().flatten() {
                prop_assert!(there > at && graphemes.contains(&there), "{at} to {there}");
            }
            for there in [previous_word(&text, at), previous_sentence(&text, at)].into_iter().flatten() {
                prop_assert!(there < at && graphemes.contains(&there), "{at} to {there}");
            }
            let word = word_at(&text, at);
            prop_assert!(text.is_empty() || word.contains(&at) || at == text.len());
            prop_assert!(graphemes.contains(&word.start) && graphemes.contains(&word.end));
        }
    }

    #[test]
    fn words_are_the_same_there_and_back(text in any_text()) {
        let mut forward: Vec<usize> = starts(&text);
        let back = std::iter::successors(previous_word(&text, text.len()), |&at| previous_word(&text, at));
        let mut back: Vec<usize> = back.collect();
        back.reverse();
        forward.retain(|&at| at < text.len());
        prop_assert_eq!(forward, back);
    }

    #[test]
    fn any_place_may_be_asked_for(text in any_text(), at in 0_usize..200) {
        let at = width::floor_boundary(&text, at);
        let grapheme = grapheme_start(&text, at);
        prop_assert!(grapheme <= at && next_grapheme(&text, at) >= at.min(text.len()));
        prop_assert!(word_at(&text, at).end <= text.len() && sentence_at(&text, at).end <= text.len());
    }
}
