use super::*;
use proptest::prelude::*;

fn shown(text: &str, measure: usize) -> Vec<&str> {
    rows(text, measure).into_iter().map(|row| &text[row]).collect()
}

/// The rows as they are drawn.
fn drawn(text: &str, layout: &Layout) -> Vec<String> {
    lay_out(text, layout).iter().map(|row| draw(text, row)).collect()
}

fn draw(text: &str, row: &Row) -> String {
    let mut line = String::new();
    for run in row.runs(text) {
        let blanks = run.cell - width::cells(&line);
        line.extend(std::iter::repeat_n(' ', blanks));
        line.push_str(&text[run.range]);
    }
    if row.hyphen {
        line.push('-');
    }
    line
}

#[test]
fn rows_end_where_a_reader_expects() {
    let cases: &[(&str, usize, &[&str])] = &[
        ("the quick brown fox", 10, &["the quick", "brown fox"]),
        ("the quick brown fox", 9, &["the quick", "brown fox"]),
        ("the quick brown fox ", 4, &["the", "quic", "k", "brow", "n", "fox"]),
        ("a🌞b", 2, &["a", "🌞", "b"]),
        ("a🌞b", 1, &["a", "🌞", "b"]),
        ("a  b", 1, &["a", "b"]),
        ("", 5, &[""]),
        ("   ", 5, &[""]),
        ("  indented text", 8, &["indented", "text"]),
        ("trailing   ", 20, &["trailing"]),
        ("one\ntwo\n\nthree", 20, &["one", "two", "three"]),
        ("well-known", 6, &["well-", "known"]),
        ("the -x flag", 6, &["the -x", "flag"]),
        ("the --all flag", 6, &["the", "--all", "flag"]),
        ("word—word", 6, &["word—", "word"]),
        ("a word – dash", 7, &["a word", "– dash"]),
        ("2014-15 season", 9, &["2014-15", "season"]),
        ("say (twice) it", 5, &["say", "(twic", "e) it"]),
        ("„Wort“ hier", 6, &["„Wort“", "hier"]),
        ("https://example.org/path/to", 12, &["https://", "example.org/", "path/to"]),
        ("ten\u{a0}km off", 6, &["ten\u{a0}km", "off"]),
        // Japanese: no row starts with a full stop or a closing bracket, none ends with an opening one.
        ("日本の方針を発表した。", 20, &["日本の方針を発表し", "た。"]),
        ("彼は「はい」と言う", 8, &["彼は「は", "い」と言", "う"]),
        ("这是一个测试。", 6, &["这是一", "个测", "试。"]),
        ("한국어 문장", 6, &["한국어", "문장"]),
        // Thai: between words, without a space in sight.
        ("ประเทศไทยตั้งอยู่", 9, &["ประเทศไทย", "ตั้งอยู่"]),
        ("e\u{301}e\u{301}e\u{301}", 2, &["e\u{301}e\u{301}", "e\u{301}"]),
        ("👩\u{200d}👩\u{200d}👧👩\u{200d}👩\u{200d}👧", 3, &["👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"]),
        ("🇯🇵🇺🇸", 2, &["🇯🇵", "🇺🇸"]),
    ];
    for (text, measure, expected) in cases {
        assert_eq!(shown(text, *measure), *expected, "{text:?} at {measure}");
    }
}

const PROSE: &str = "The administration's extraordinary deliberations about international telecommunications \
                     regulation notwithstanding, representatives of neighbouring governments demonstrated \
                     considerable understanding of the responsibilities that such an undertaking involves.";

#[test]
fn words_are_broken_where_a_row_would_end_far_too_early() {
    let layout = Layout { measure: 30, hyphenate: true, lang: Some(Language::English), ..Layout::default() };
    let expected = [
        "The administration's extraor-",
        "dinary deliberations about in-",
        "ternational telecommunications",
        "regulation notwithstanding,",
        "representatives of neighbour-",
        "ing governments demonstrated",
        "considerable understanding of",
        "the responsibilities that such",
        "an undertaking involves.",
    ];
    assert_eq!(drawn(PROSE, &layout), expected);
    let unknown = Layout { lang: None, ..layout };
    assert!(lay_out(PROSE, &unknown).iter().all(|row| !row.hyphen));
}

#[test]
fn names_addresses_and_abbreviations_stay_whole() {
    let layout = Layout { hyphenate: true, lang: Some(Language::English), ..Layout::default() };
    let hyphenator = Hyphenator::of(&layout).unwrap();
    for word in
        ["UNESCO", "McDonaldson", "example.organization", "covid19vaccine", "internal/external", "a@association.org"]
    {
        assert!(hyphenator.points(word, 0..word.len()).is_empty(), "{word}");
    }
    let word = "“administration,”";
    let points = hyphenator.points(word, 0..word.len());
    assert!(!points.is_empty());
    assert!(points.iter().all(|at| word.is_char_boundary(*at)));
    let french = Layout { lang: Some(Language::French), ..layout };
    let word = "l’administration";
    assert!(!Hyphenator::of(&french).unwrap().points(word, 0..word.len()).is_empty());
}

#[test]
fn justified_rows_are_full_but_the_last() {
    for lang in [None, Some(Language::English)] {
        let layout = Layout { measure: 44, justify: true, hyphenate: true, lang, ..Layout::default() };
        let rows = lay_out(PROSE, &layout);
        let (last, others) = rows.split_last().unwrap();
        assert!(last.gaps.is_none() && !last.hyphen);
        let full = others.iter().filter(|row| row.cells(PROSE) == 44).count();
        assert!(others.iter().all(|row| row.cells(PROSE) == 44 || row.gaps.is_none()));
        assert!(lang.is_none() || full == others.len(), "{:#?}", drawn(PROSE, &layout));
    }
}

#[test]
fn japanese_is_justified_between_characters() {
    let text = "日本政府は昨日、新しい「同盟」の方針を発表した。首相は「重要だ」と述べた。";
    let layout = Layout { measure: 17, justify: true, ..Layout::default() };
    let rows = lay_out(text, &layout);
    let (_, others) = rows.split_last().unwrap();
    assert!(others.iter().all(|row| row.cells(text) == 17), "{:#?}", drawn(text, &layout));
}

#[test]
fn indents_are_kept_free() {
    let layout = Layout { measure: 12, indent_first: 4, indent_rest: 2, ..Layout::default() };
    assert_eq!(drawn("one two three four five", &layout), ["    one two", "  three four", "  five"]);
    let hanging = Layout { indent_first: 0, ..layout };
    assert_eq!(drawn("1. one two three", &hanging), ["1. one two", "  three"]);
    let absurd = Layout { measure: 3, indent_first: 9, indent_rest: 9, ..Layout::default() };
    assert_eq!(drawn("ab", &absurd), ["  a", "  b"]);
}

#[test]
fn cells_lead_to_bytes_and_back() {
    let text = "日本 and the 🌞 rise over it";
    let layout = Layout { measure: 14, justify: true, indent_first: 2, ..Layout::default() };
    let rows = lay_out(text, &layout);
    assert_eq!(drawn(text, &layout), ["  日本 and the", "🌞  rise  over", "it"]);
    assert_eq!(place_of(text, &rows, 0), (0, 2));
    assert_eq!(place_of(text, &rows, 3), (0, 4));
    assert_eq!(place_of(text, &rows, text.find("rise").unwrap()), (1, 4));
    assert_eq!(byte_at(text, &rows, 0, 0), 0);
    assert_eq!(byte_at(text, &rows, 0, 5), 3);
    assert_eq!(byte_at(text, &rows, 1, 1), text.find('🌞').unwrap());
    assert_eq!(byte_at(text, &rows, 1, 3), text.find(" rise").unwrap());
    assert_eq!(byte_at(text, &rows, 1, 99), text.find("r it").unwrap());
    assert_eq!(byte_at(text, &rows, 99, 0), text.find("it").unwrap());
}

#[test]
fn a_line_without_end_comes_in_pieces() {
    let cases = [
        "word ".repeat(20_000),
        "x".repeat(100_000),
        "日本語".repeat(20_000),
        format!("a{}", "\u{301}".repeat(50_000)),
        "👩\u{200d}👧 ".repeat(5_000),
        " \u{301}".repeat(20_000),
    ];
    for text in &cases {
        let mut end = 0;
        for piece in pieces(text) {
            assert_eq!(piece.start, end);
            assert!(piece.len() <= PIECE && !piece.is_empty());
            end = piece.end;
        }
        assert_eq!(end, text.len());
    }
    assert!(pieces(&cases[0]).all(|piece| cases[0][..piece.end].ends_with(' ')));
    let layout = Layout { measure: 60, indent_first: 3, ..Layout::default() };
    let one_by_one: Vec<Row> = pieces(&cases[0]).flat_map(|piece| lay_out_piece(&cases[0], piece, &layout)).collect();
    assert_eq!(one_by_one, lay_out(&cases[0], &layout));
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z ]{0,80}",
        "([A-Za-z]{1,12}[ ,.]?[ \\-]?){0,20}",
        "([a-zäé]{1,14}[ ’,.—-]?){0,20}",
        "[ぁ-んァ-ヶ一-龠、。「」（）ー a-z]{0,60}",
        "[ก-ฮะาิีเแ่้ ]{0,60}",
        "(\\PC|[a \u{301}\u{a0}\u{3000}👩\u{200d}🇯가\n-]){0,60}",
    ]
}

fn any_layout() -> impl Strategy<Value = Layout> {
    let lang = prop::sample::select(vec![None, Some(Language::English), Some(Language::German)]);
    (0_usize..40, any::<bool>(), any::<bool>(), 0_usize..6, 0_usize..6, lang).prop_map(
        |(measure, justify, hyphenate, indent_first, indent_rest, lang)| Layout {
            measure,
            justify,
            hyphenate,
            indent_first,
            indent_rest,
            lang,
        },
    )
}

#[test]
fn blanks_before_what_takes_no_cell_are_not_drawn_past_the_edge() {
    for justify in [false, true] {
        let layout = Layout { measure: 2, justify, ..Layout::default() };
        let text = "ab  \u{d7cb} cd";
        for row in lay_out(text, &layout) {
            assert!(row.cells(text) <= 2, "{row:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1024))]

    #[test]
    fn rows_hold_the_whole_text_within_the_measure(text in any_text(), layout in any_layout()) {
        let rows = lay_out(&text, &layout);
        let boundaries: Vec<usize> = width::clusters(&text).map(|c| c.at).chain([text.len()]).collect();
        prop_assert!(!rows.is_empty());
        let mut end = 0;
        for row in &rows {
            prop_assert!(row.range.start >= end);
            prop_assert!(text[end..row.range.start].chars().all(char::is_whitespace), "lost {:?}", &text[end..row.range.start]);
            end = row.range.end;
            for at in [row.range.start, row.range.end] {
                prop_assert!(boundaries.contains(&at), "{} cuts a grapheme", at);
            }
            let clusters = width::clusters(&text[row.range.clone()]).filter(|c| c.cells > 0).count();
            prop_assert!(row.cells(&text) <= layout.measure.max(1) || clusters == 1, "{row:?} is too wide");
            prop_assert!(!row.range.is_empty() || rows.len() == 1);
            let last = width::clusters(&text[row.range.clone()]).last();
            prop_assert!(last.is_none_or(|last| !breaks::is_blank(&last)), "{row:?} ends blank");
            let drawn: usize = draw(&text, row).chars().filter(|c| !c.is_control()).count();
            prop_assert!(drawn >= row.range.len() / 4);
            prop_assert_eq!(width::cells(&draw(&text, row)), row.cells(&text));
        }
        prop_assert!(text[end..].chars().all(char::is_whitespace));
    }

    #[test]
    fn every_grapheme_is_found_where_it_is_drawn(text in any_text(), layout in any_layout()) {
        let rows = lay_out(&text, &layout);
        for (index, row) in rows.iter().enumerate() {
            for cluster in width::clusters(&text[row.range.clone()]).filter(|c| c.cells > 0) {
                let at = row.range.start + cluster.at;
                let place = place_of(&text, &rows, at);
                prop_assert_eq!(place.0, index);
                for cell in place.1..place.1 + cluster.cells {
                    prop_assert_eq!(byte_at(&text, &rows, index, cell), at);
                }
            }
        }
    }

    #[test]
    fn justified_rows_are_full_or_ragged_and_never_torn(text in any_text(), layout in any_layout()) {
        let layout = Layout { justify: true, ..layout };
        for (index, row) in lay_out(&text, &layout).iter().enumerate() {
            if !row.gaps.is_none() {
                prop_assert_eq!(row.cells(&text), layout.indent(index) + layout.room(index));
                let gaps: Vec<usize> = row.clusters(&text).map(|(_, extra)| extra).filter(|extra| *extra > 0).collect();
                prop_assert_eq!(gaps.iter().sum::<usize>(), row.gaps.extra());
                prop_assert!(gaps.iter().all(|&extra| extra <= 2));
            }
        }
    }
}

/// The cell of a byte, counted from the start of the row, whatever stands in it.
#[test]
fn a_cell_is_told_without_counting_where_a_row_is_plain() {
    let text = "plain words here, caf\u{e9} at last, e\u{301}te\u{301} too, 日本語 and\r\nmore of it";
    for justify in [false, true] {
        for row in lay_out(text, &Layout { measure: 21, indent_rest: 2, justify, ..Layout::default() }) {
            for at in (row.range.start..row.range.end).filter(|at| text.is_char_boundary(*at)) {
                let before = row.clusters(text).take_while(|(cluster, _)| cluster.end() <= at);
                let cell = before.fold(row.indent, |cell, (cluster, extra)| cell + cluster.cells + extra);
                assert_eq!(row.cell_of(text, at), cell, "{at} of {:?}", &text[row.range.clone()]);
            }
        }
    }
}
