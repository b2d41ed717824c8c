//! Web and mail addresses, which are never searched: `http://china.org/China` is not about China.
//!
//! A hit asks whether it touches one, so that texts without addresses cost nothing.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::scripts::is_spaceless;

/// A scheme, a host with a well-known ending and what may follow, or a mail address.
static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const HOST: &str = r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+";
    const ENDING: &str = r"(?:com|org|net|edu|gov|mil|int|info|io|eu|(?:ac|co|go|gov|ne|or|org|com|edu)\.[a-z]{2})";
    Regex::new(&format!(
        r"(?:\b[A-Za-z][A-Za-z0-9+.-]*://|\bwww\.|\bmailto:)\S+|[\w.%+-]+@(?:[\w-]+\.)+[\w-]+|{HOST}{ENDING}\b(?:[:/?#]\S*)?|{HOST}[a-z]{{2}}/\S*"
    ))
    .ok()
});

/// Whether `range` of `text` touches an address.
pub fn touches(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].char_indices().rev().take_while(|(_, c)| may_stand(*c));
    let start = before.last().map_or(range.start, |(at, _)| at);
    let after = text[range.end..].char_indices().find(|(_, c)| !may_stand(*c));
    let end = after.map_or(text.len(), |(at, _)| range.end + at);
    let token = &text[start..end];
    if !is_suspect(token.as_bytes()) {
        return false;
    }
    let (from, to) = (range.start - start, range.end - start);
    let Some(address) = ADDRESS.as_ref() else { return false };
    address.find_iter(token).any(|found| found.start() < to && from < found.end())
}

/// Whether `c` may be part of an address.
fn may_stand(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>')
    } else {
        c.is_alphanumeric() && c < '\u{1100}' && !is_spaceless(c)
    }
}

/// Whether it is worth a closer look: a colon with a slash, an at, or a full stop before a letter.
fn is_suspect(token: &[u8]) -> bool {
    token.windows(2).any(|pair| match pair[0] {
        b':' => pair[1] == b'/' || pair[1].is_ascii_alphanumeric(),
        b'.' => pair[1].is_ascii_alphanumeric(),
        b'@' => true,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_sentences() {
        for (text, want) in [
            ("see http://China.org/China and", true),
            ("(https://x.org/China)", true),
            ("www.China.cn is", true),
            ("write to China@example.org.", true),
            ("at China.org.uk, and", true),
            ("China.com", true),
            ("x.jp/China", true),
            ("the U.S.-China talks", false),
            ("in China.But then", false),
            ("China: a view", false),
            ("China/Japan", false),
            ("https://x.jp/をChina", false),
            ("@China", false),
        ] {
            let at = text.rfind("China").unwrap();
            assert_eq!(touches(text, &(at..at + 5)), want, "{text}");
        }
    }
}
