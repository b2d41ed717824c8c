use super::*;
use proptest::prelude::*;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Cells that the screen buffer gives `text`.
fn drawn(text: &str) -> usize {
    let mut buffer = Buffer::empty(Rect::new(0, 0, 2000, 1));
    buffer.set_stringn(0, 0, text, 2000, Style::new()).0 as usize
}

#[test]
fn cells_are_those_of_the_screen_buffer() {
    let cases = [
        ("", 0),
        ("plain text", 10),
        ("日本語", 6),
        ("한국어", 6),
        ("한국", 4),
        ("ᄀ", 2),
        ("ᅡ", 0),
        ("❤\u{fe0f}", 2),
        ("❤", 1),
        ("☎\u{fe0e}", 1),
        ("👩\u{200d}👩\u{200d}👧\u{200d}👦", 2),
        ("🇯🇵🇺🇸", 4),
        ("🇯", 1),
        ("1\u{fe0f}\u{20e3}", 2),
        ("👍🏽", 2),
        ("é", 1),
        ("e\u{301}", 1),
        ("\u{301}", 0),
        (" \u{301}", 1),
        ("§±×°…“”—", 8),
        ("ก็ที่", 2),
        ("क्षि", 3),
        ("a\u{ad}b", 2),
        ("a\u{200b}b", 2),
        ("a\u{200d}b", 2),
        ("\u{feff}a", 1),
        ("a\tb", 2),
        ("a\r\nb", 2),
        ("\u{9b}a", 1),
        ("a🌞b", 4),
        ("عربي", 4),
    ];
    for (text, expected) in cases {
        assert_eq!(drawn(text), cells(text), "{text:?}");
        assert_eq!(cells(text), expected, "{text:?}");
    }
}

#[test]
fn every_character_alone_takes_what_the_screen_buffer_gives_it() {
    for c in (0..=0x10_ffff).filter_map(char::from_u32).filter(|c| (*c as u32) < 0x2_0000 || (*c as u32) > 0xd_ffff) {
        let mut bytes = [0; 4];
        let text: &str = c.encode_utf8(&mut bytes);
        let expected = if c.is_control() {
            0
        } else if is_spacing_mark(c) {
            1
        } else {
            ratatui::buffer::CellWidth::cell_width(text) as usize
        };
        assert_eq!(cells(text), expected, "{c:?}");
    }
}

#[test]
fn half_width_kana_take_a_cell_and_their_sound_marks_another() {
    let cases = [
        ("ﾃ", 1),
        ("ﾃ\u{ff9e}", 2),
        ("ﾊ\u{ff9f}", 2),
        ("\u{ff9e}", 1),
        ("ﾃ\u{ff9e}ﾌﾚ", 4),
        ("ﾊ\u{ff9f}ｰﾄﾅｰｼｯﾌ\u{ff9f}", 10),
    ];
    for (text, expected) in cases {
        assert_eq!(cells(text), expected, "{text:?}");
    }
    assert_eq!(fit("ﾃ\u{ff9e}ﾌﾚ", 1), "");
    assert_eq!(fit("ﾃ\u{ff9e}ﾌﾚ", 2), "ﾃ\u{ff9e}");
}

/// As tmux and C libraries count them; what is given fewer loses its last sign there.
#[test]
fn vowel_signs_beside_their_letter_and_stacked_letters_take_cells() {
    let cases = [
        ("हिन्दी", 5),
        ("മലയാളം", 6),
        ("பாதுகாப்பு", 9),
        ("বাংলা", 5),
        ("ភាសាខ្មែរ", 8),
        ("ಭಾಷೆ", 3),
        ("မြန်မာဘာသာ", 9),
        ("සිංහල", 4),
        ("\u{25cc}\u{bbe}", 2),
        ("\u{bbe}", 1),
        ("ℹ\u{fe0f}", 2),
    ];
    for (text, expected) in cases {
        assert_eq!(cells(text), expected, "{text:?}");
    }
}

#[test]
fn shortening_cuts_at_words_and_never_inside_a_character() {
    let cases = [
        ("Tokyo will welcome US ships", 27, "Tokyo will welcome US ships"),
        ("Tokyo will welcome US ships", 22, "Tokyo will welcome US…"),
        ("Tokyo will welcome US ships", 21, "Tokyo will welcome…"),
        ("Nearly six decades, after", 20, "Nearly six decades…"),
        ("Antidisestablishmentarianism", 10, "Antidises…"),
        ("A disestablishmentarian", 10, "A disesta…"),
        ("Economy · Alliance · Security", 14, "Economy…"),
        ("日本語の文章", 6, "日本…"),
        ("日本語の文章", 7, "日本語…"),
        ("日本", 1, "…"),
        ("日本", 0, ""),
        ("👩\u{200d}👩\u{200d}👧 family", 2, "…"),
        ("👩\u{200d}👩\u{200d}👧 family", 3, "👩\u{200d}👩\u{200d}👧…"),
    ];
    for (text, limit, expected) in cases {
        assert_eq!(shorten(text, limit, "…"), expected, "{text} in {limit}");
    }
    assert_eq!(shorten("a long title", 9, "..."), "a long...");
    assert_eq!(shorten("a long title", 2, "..."), "..");
}

#[test]
fn the_middle_goes_first_where_the_end_matters() {
    assert_eq!(shorten_middle("reports/2014/alliance.txt", 15, "…"), "reports…nce.txt");
    assert_eq!(shorten_middle("short.txt", 15, "…"), "short.txt");
    assert_eq!(shorten_middle("日本語の文章", 6, "…"), "日…章");
    assert_eq!(shorten_middle("日本語の文章", 1, "…"), "…");
}

#[test]
fn columns_are_filled_exactly() {
    assert_eq!(pad_right("日本", 6), "日本  ");
    assert_eq!(pad_right("日本語", 5), "日本…");
    assert_eq!(pad_right("日本語", 4), "日… ");
    assert_eq!(pad_left("71", 4), "  71");
    assert_eq!(pad_left("1234567", 4), "123…");
}

#[test]
fn thousands_are_set_apart() {
    for (number, expected) in
        [(0, "0"), (999, "999"), (1000, "1,000"), (123_456, "123,456"), (18_000_000, "18,000,000")]
    {
        assert_eq!(group_thousands(number), expected);
    }
}

proptest! {
    #[test]
    fn texts_take_what_the_screen_buffer_gives_them(text in "[a-zéя§ \u{300}-\u{303}\u{200d}\u{fe0f}👩🇯ᄀ다ᅣᆨ가あअक\u{94d}षعก\u{e47}\t\r\n]{0,40}") {
        prop_assert_eq!(cells(&text), drawn(&text));
    }

    #[test]
    fn no_text_takes_fewer_cells_than_the_screen_buffer_gives_it(text in "(\\PC|[ कषி்ா្តាনাᄀ👩]){0,40}") {
        // Widgets may see three cells where a sound mark stands by itself.
        prop_assume!(!text.contains(['\u{ff9e}', '\u{ff9f}']));
        prop_assert!(cells(&text) >= drawn(&text));
    }

    #[test]
    fn clusters_are_the_graphemes(text in "(\\PC|[a \u{301}\u{600}\u{200d}👩🇯\r\n]){0,40}") {
        let ours: Vec<&str> = clusters(&text).map(|cluster| cluster.text).collect();
        let theirs: Vec<&str> = text.graphemes(true).collect();
        prop_assert_eq!(ours, theirs);
    }

    #[test]
    fn what_is_cut_fits(text in "(\\PC|[a \u{301}👩あ]){0,30}", limit in 0_usize..20) {
        prop_assert!(cells(fit(&text, limit)) <= limit);
        prop_assert!(cells(fit_end(&text, limit)) <= limit);
        prop_assert!(cells(&shorten(&text, limit, "…")) <= limit);
        prop_assert!(cells(&shorten_middle(&text, limit, "…")) <= limit);
        prop_assert_eq!(cells(&pad_right(&text, limit)), limit);
        prop_assert_eq!(cells(&pad_left(&text, limit)), limit);
    }
}

/// What is taken for a grapheme without asking the tables is one, whatever such characters stand beside it.
#[test]
fn a_character_that_stands_alone_is_a_grapheme_for_the_tables_too() {
    let alone: Vec<char> = ('\0'..='\u{ffff}').filter(|c| is_alone(*c)).collect();
    assert!(alone.len() > 20_000);
    let beside = ['a', '\u{a9}', 'я', '\u{2019}', '\u{2194}', '\u{25b6}', '\u{3000}', '\u{30fc}', '漢', '\u{ff5e}'];
    for c in alone {
        let text: String = beside.iter().flat_map(|other| [c, *other]).chain([c]).collect();
        let graphemes = text.graphemes(true).map(|text| (text, grapheme_cells(text)));
        assert!(clusters(&text).map(|cluster| (cluster.text, cluster.cells)).eq(graphemes), "{c:?}");
    }
}
