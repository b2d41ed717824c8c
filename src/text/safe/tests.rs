use super::*;
use proptest::prelude::*;

fn is_harmless(c: char) -> bool {
    !c.is_control()
        && !DIRECTIONS.iter().any(|(control, _)| *control == c)
        && !('\u{e0000}'..='\u{e007f}').contains(&c)
        && !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}' | '\u{2028}' | '\u{2029}')
}

#[test]
fn every_control_character_is_shown_and_none_acts() {
    for code in (0..0x20).chain([0x7f]).chain(0x80..0xa0) {
        let c = char::from_u32(code).unwrap();
        let text = format!("a{c}b");
        let safe = Safe::new(&text);
        assert!(safe.as_str().chars().all(is_harmless), "{c:?} as {safe}");
        assert!(safe.as_str().starts_with('a') && safe.as_str().ends_with('b'));
        let cells = width::cells(safe.as_str());
        let expected = match code {
            0x9 => 5,
            0x80.. => 6,
            _ => 3,
        };
        assert_eq!(cells, expected, "{c:?} as {safe}");
        assert!(!is_plain(&text));
    }
}

#[test]
fn every_invisible_character_is_named_or_left_out() {
    for c in ('\u{200b}'..='\u{206f}').chain(['\u{61c}', '\u{ad}', '\u{feff}']).chain('\u{e0000}'..='\u{e007f}') {
        let safe = Safe::new(&format!("a{c}b"));
        assert!(safe.as_str().chars().all(is_harmless), "{c:?} as {safe}");
    }
}

#[test]
fn sequences_are_read_not_obeyed() {
    let cases = [
        ("\x1b]52;c;cm0gLXJm\x07", "␛]52;c;cm0gLXJm␇"),
        ("\x1b]0;root@host\x1b\\", "␛]0;root@host␛\\"),
        ("\x1bP+q544e\x1b\\", "␛P+q544e␛\\"),
        ("\x1b[2J\x1b[H", "␛[2J␛[H"),
        ("\u{9b}31mred", "⟨9B⟩31mred"),
        ("\u{9d}2;title\u{9c}", "⟨9D⟩2;title⟨9C⟩"),
        ("\u{90}1$r\u{9c}", "⟨90⟩1$r⟨9C⟩"),
        ("report\r\nrm -rf", "report␍␊rm -rf"),
        ("over\x08\x08\x08\x08", "over␈␈␈␈"),
        ("\x0e\x0f\x1bc", "␎␏␛c"),
        ("a\u{202e}fdp.exe", "a⟨RLO⟩fdp.exe"),
        ("\u{2067}x\u{2069}", "⟨RLI⟩x⟨PDI⟩"),
        ("soft\u{ad}hyphen\u{200b}\u{feff}", "softhyphen"),
        ("hi\u{e0041}\u{e0020}\u{e0042}!", "hi⟨tag:A B⟩!"),
        ("hi\u{e0001}\u{e0041}\u{e007f}", "hi⟨tag:·A·⟩"),
        ("line\u{2028}line\u{2029}", "line␤line␤"),
        ("a\tb\tcdef\tg", "a   b   cdef    g"),
        ("日\tb", "日  b"),
        ("\u{301}a", "◌\u{301}a"),
        ("\u{200b}\u{301}a", "◌\u{301}a"),
        ("lost \u{fffd} byte", "lost \u{fffd} byte"),
        (
            "e\u{301} 한국 👩\u{200d}👧 ❤\u{fe0f} می\u{200c}خواهم",
            "e\u{301} 한국 👩\u{200d}👧 ❤\u{fe0f} می\u{200c}خواهم",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(Safe::new(text).as_str(), expected, "{text:?}");
        assert_eq!(shown(text), expected);
    }
}

#[test]
fn a_base_carries_eight_marks_at_most() {
    let text = format!("a{}b{}", "\u{301}".repeat(50), "\u{301}".repeat(8));
    let expected = format!("a{}b{}", "\u{301}".repeat(8), "\u{301}".repeat(8));
    assert_eq!(Safe::new(&text).as_str(), expected);
    assert!(is_plain(&expected));
}

#[test]
fn what_is_shown_leads_back_to_what_it_shows() {
    let text = "a\x1bb\u{ad}c\u{e0041}\u{e0042}d";
    let (safe, shown) = Safe::mapped(text);
    assert_eq!(safe.as_str(), "a␛bc⟨tag:AB⟩d");
    for c in ['a', 'b', 'c', 'd'] {
        let (here, there) = (safe.as_str().find(c).unwrap(), text.find(c).unwrap());
        assert_eq!((shown.to_source(here), shown.to_shown(there)), (there, here), "{c}");
    }
    let escape = safe.as_str().find('␛').unwrap();
    assert_eq!(shown.to_source(escape), 1);
    assert_eq!(shown.to_source(escape + 1), 1);
    assert_eq!(shown.to_shown_range(1..2), escape..escape + 3);
    assert_eq!(&safe.as_str()[shown.to_shown_range(0..text.len())], safe.as_str());
    assert!(Safe::mapped("plain").1.is_identity());
}

const ANY: &str = "(\\PC|[\\x00-\\x1f\\x7f-\u{9f}]|[a \u{301}\u{ad}\u{200b}-\u{206f}\u{61c}\u{feff}]|[\u{e0000}-\u{e007f}]|[あ🌞]){0,40}";

proptest! {
    #[test]
    fn nothing_that_acts_is_left(text in ANY) {
        let safe = Safe::new(&text);
        prop_assert!(safe.as_str().chars().all(is_harmless));
        let (again, map) = Safe::mapped(safe.as_str());
        prop_assert_eq!(&again, &safe);
        prop_assert!(map.is_identity());
        prop_assert!(is_plain(safe.as_str()));
        prop_assert_eq!(is_plain(&text), safe.as_str() == text);
    }

    #[test]
    fn offsets_go_there_and_back(text in ANY) {
        let (safe, shown) = Safe::mapped(&text);
        let (mut last, mut last_back) = (0, 0);
        for (at, c) in text.char_indices() {
            let there = shown.to_shown(at);
            prop_assert!(there >= last && safe.as_str().is_char_boundary(there));
            last = there;
            let range = shown.to_shown_range(at..at + c.len_utf8());
            prop_assert!(range.start == there && range.end <= safe.as_str().len());
            if matches!(fate(c), Fate::Kept) && !is_mark(c) {
                prop_assert_eq!(shown.to_source(there), at);
                prop_assert_eq!(&safe.as_str()[range], c.to_string());
            }
        }
        for (at, _) in safe.as_str().char_indices() {
            let back = shown.to_source(at);
            prop_assert!(back >= last_back && text.is_char_boundary(back));
            last_back = back;
        }
    }
}
