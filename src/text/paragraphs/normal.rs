//! Characters that stand for others or for nothing: ligatures, soft hyphens, invisible marks, rare line ends.

use std::borrow::Cow;

use crate::text::SourceMap;

/// A soft hyphen at a line end: the typesetter's own word break. Kept there, dropped elsewhere.
pub const SOFT_HYPHEN: char = '\u{ad}';

/// The text with ligatures spelled out and invisible characters gone, and the map back.
///
/// Most texts hold none of them and are used as they stand.
pub struct Normal<'a> {
    pub text: Cow<'a, str>,
    /// `None` where the text is its own.
    pub map: Option<SourceMap>,
}

/// Normalises `text`.
pub fn normalise(text: &str) -> Normal<'_> {
    let Some(first) = next_special(text, 0) else {
        return Normal { text: Cow::Borrowed(text), map: None };
    };
    let mut out = String::with_capacity(text.len());
    let mut map = SourceMap::default();
    let (mut copied, mut special) = (0, Some(first));
    while let Some(at) = special {
        let Some(c) = text[at..].chars().next() else { break };
        let after = at + c.len_utf8();
        copy(&mut out, &mut map, text, copied, at);
        let stands = stands_for(c, &text[after..]);
        map.push(out.len(), stands.len(), at, c.len_utf8());
        out.push_str(stands);
        copied = after;
        special = next_special(text, after);
    }
    copy(&mut out, &mut map, text, copied, text.len());
    Normal { text: Cow::Owned(out), map: Some(map) }
}

fn copy(out: &mut String, map: &mut SourceMap, text: &str, from: usize, to: usize) {
    if from < to {
        map.push(out.len(), to - from, from, to - from);
        out.push_str(&text[from..to]);
    }
}

/// Bytes that are looked at together.
const AHEAD: usize = 32;

/// The first byte at or after `from` of a character that [`stands_for`] something else.
fn next_special(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let second = |at: usize| bytes.get(at + 1).copied().unwrap_or(0);
    let third = |at: usize| bytes.get(at + 2).copied().unwrap_or(0);
    let mut at = from;
    while at < bytes.len() {
        // Nearly all text is plain for many bytes on end.
        while let Some(ahead) = bytes.get(at..at + AHEAD)
            && !ahead.iter().fold(false, |found, b| found | (*b >= 0x80) | (*b == 0x02) | (*b == 0x0b))
        {
            at += AHEAD;
        }
        if at == bytes.len() {
            break;
        }
        // Nearly every byte is ASCII and none of these.
        let special = match bytes[at] {
            0x02 | 0x0b => true,
            0xc2 => matches!(second(at), 0x85 | 0xad),
            0xe2 => match second(at) {
                0x80 => matches!(third(at), 0x8b | 0xa8 | 0xa9),
                0x81 => third(at) == 0xa0,
                _ => false,
            },
            0xef => match second(at) {
                0xac => (0x80..=0x86).contains(&third(at)),
                0xbb => third(at) == 0xbf,
                _ => false,
            },
            _ => false,
        };
        if special {
            return Some(at);
        }
        at += 1;
    }
    None
}

/// What `c` is read as. `after` is the text behind it.
fn stands_for(c: char, after: &str) -> &'static str {
    match c {
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        'ﬅ' | 'ﬆ' => "st",
        '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{b}' => "\n",
        // PDF libraries give a line-end hyphen as U+0002.
        SOFT_HYPHEN | '\u{2}' if ends_line(after) => "\u{ad}",
        _ => "",
    }
}

/// Whether nothing but blanks stands before the next line end, or before the next column.
fn ends_line(after: &str) -> bool {
    if after.starts_with("  ") {
        return true;
    }
    after.bytes().find(|b| !matches!(b, b' ' | b'\t')).is_none_or(|b| matches!(b, b'\n' | b'\r' | 0x0c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ligatures_and_soft_hyphens_are_resolved() {
        let normal = normalise("o\u{fb03}ce co\u{ad}operate, co\u{ad} \noperate\u{200b}");
        assert_eq!(normal.text, "office cooperate, co\u{ad} \noperate");
        assert!(matches!(normalise("plain “text” — as it is").text, Cow::Borrowed(_)));
    }

    #[test]
    fn the_map_leads_back() {
        let map = normalise("a\u{fb01}b").map.unwrap();
        assert_eq!(map.to_source_range(1..3), 1..4);
        assert_eq!(map.to_source_range(3..4), 4..5);
    }
}
