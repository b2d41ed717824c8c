use super::*;

/// The slices of `text` where `term` stands.
fn found<'a>(term: &str, text: &'a str) -> Vec<&'a str> {
    let mut folded = Folded::default();
    folded.fold(text, Form::Key, &[]);
    let mut found = Vec::new();
    for pattern in compile(term, Case::Smart).unwrap() {
        for (at, needle) in folded.text.match_indices(pattern.needle()) {
            if let Some(range) = pattern.stands(&folded, text, at..at + needle.len()) {
                found.push(&text[folded.source(range)]);
            }
        }
    }
    found
}

#[test]
fn a_plain_term_is_a_term() {
    for term in [
        "tariff*",
        "free trad* area*",
        "{US,U.S.} {all{y,ies},base{,s}}",
        "{deploy*,stay*} there",
        "G-20, x",
        "同盟*",
        "{テロ,9条} 法*",
    ] {
        assert!(is_plain(term) && compile(term, Case::Smart).is_ok(), "{term}");
    }
    for term in [
        "",
        "*",
        "a *",
        "{,a}",
        "co*ur",
        "a?",
        "é",
        "{a*,b}c",
        "{a",
        "a}",
        "{{{{{a}}}}}",
        "a*{,s}",
        "- -",
        "\u{3000}",
        "、",
        "同*盟",
    ] {
        assert!(!is_plain(term), "{term}");
    }
}

proptest::proptest! {
    /// No slip is passed over, whatever a term is made of.
    #[test]
    fn what_is_plain_can_be_compiled(term in "[ab安ア {},*.-]{0,14}", exact in proptest::bool::ANY) {
        let case = if exact { Case::Exact } else { Case::Smart };
        if is_plain(&term) {
            proptest::prop_assert!(compile(&term, case).is_ok(), "{term}");
        }
    }
}

#[test]
fn plain_letters_ask_what_all_letters_ask() {
    for case in [Case::Smart, Case::Exact, Case::Ignore] {
        for word in ["trade", "USA", "McDonald", "G20", "42"] {
            let plain = Pattern::new(word, case).unwrap();
            // The same between letters that are not plain, which takes the general way.
            let general = Pattern::new(&format!("ø{word}ø"), case).unwrap();
            let (Part::Text(key), Part::Text(around)) = (&plain.parts[0], &general.parts[0]) else { panic!() };
            let before = around.find(key.as_str()).unwrap();
            let inner = before..before + key.len();
            let asks =
                general.asks.iter().filter(|ask| inner.contains(&ask.byte) && !matches!(ask.want, Want::Accents(_)));
            let asks: Vec<_> = asks.map(|ask| Ask { byte: ask.byte - before, ..ask.clone() }).collect();
            assert_eq!(plain.asks, asks, "{word} {case:?}");
        }
    }
}

#[test]
fn alternatives_are_written_out() {
    assert_eq!(forms("{South,East} China Sea{,s}").unwrap().len(), 4);
    assert_eq!(forms("a{b{c,d},e}").unwrap(), ["abc", "abd", "ae"]);
    assert_eq!(forms("trade-bloc{ , }s, x").unwrap(), ["trade bloc s, x"]);
    assert_eq!(forms("  Asia–Pacific ").unwrap(), ["Asia Pacific"]);
}

#[test]
fn a_bad_term_says_what_and_where() {
    for (term, at, part) in [
        ("a{b", 1, "not closed"),
        ("ab}c", 2, "closes nothing"),
        ("", 0, "needs a letter"),
        ("?? *", 0, "needs a letter"),
        ("{,a}", 0, "leaves no letter"),
        ("co*ur", 0, "start or the end"),
        ("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", 0, "1000 forms"),
    ] {
        let fault = compile(term, Case::Smart).unwrap_err();
        assert!(fault.at == at && fault.message.contains(part), "{term}: {fault:?}");
    }
}

#[test]
fn stars_take_the_rest_of_a_word_and_no_more() {
    assert_eq!(found("tax*", "tax, Taxes, syntax"), ["tax", "Taxes"]);
    assert_eq!(found("*lateral", "multilateral unilateralism lateral"), ["multilateral", "lateral"]);
    assert_eq!(found("free trad* area*", "Free-trading areas"), ["Free-trading areas"]);
    assert_eq!(found("loan* agreement", "loan agreement, loans agreement"), ["loan agreement", "loans agreement"]);
    assert_eq!(found("Japan*", "Japan’s Japanese"), ["Japan", "Japanese"]);
    assert_eq!(found("organi?ation", "organisation organization organiation"), ["organisation", "organization"]);
    assert_eq!(found("bank * loan", "bank loan, bank on loan, bank-a-loan"), ["bank on loan", "bank-a-loan"]);
    assert_eq!(found("Sino-*", "Sino-Japanese ties, Sino"), ["Sino-Japanese"]);
    assert_eq!(found("* Strait", "the Taiwan Strait"), ["Taiwan Strait"]);
    assert_eq!(found("日本*", "日本国は日本"), ["日本", "日本"]);
}

#[test]
fn dotted_acronyms_are_the_longest_or_none() {
    assert_eq!(found("US", "U.S. and U.S; U.S.A. and the U.S.-Japan"), ["U.S.", "U.S", "U.S."]);
    assert_eq!(found("US", "U.S.S.R., A.U.S., policy.U.S. u.s."), ["U.S."]);
    assert_eq!(found("USA", "U.S.A. U.S."), ["U.S.A."]);
    assert_eq!(found("U.S.", "U.S. U.S.A. US"), ["U.S."]);
    assert!(found("Us", "U.s.").is_empty());
}

#[test]
fn what_is_written_is_required() {
    assert_eq!(found("São Paulo", "Sao Paulo São Paulo SÃO PAULO são paulo"), ["São Paulo", "SÃO PAULO"]);
    assert_eq!(found("erdogan", "Erdoğan Erdogan"), ["Erdoğan", "Erdogan"]);
    assert_eq!(found("China", "CHINA China china"), ["CHINA", "China"]);
    assert_eq!(found("fiscal Policy", "ﬁscal Policy"), ["ﬁscal Policy"]);
}
