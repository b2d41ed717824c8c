//! Keys as vim writes them: `gg`, `]t`, `<C-d>`, `<S-Tab>`, `<lt>`; but `<Enter>`, which says what the key says,
//! where vim writes `<CR>`. That is read as well.
//!
//! *Invariant:* what is written reads back as the same key.

use std::fmt;

use super::{Code, Key, Mods};

/// Names of keys that are no character; the first of a key's names is the one written.
const NAMES: &[(&str, Code)] = &[
    ("Enter", Code::Enter),
    ("CR", Code::Enter),
    ("Return", Code::Enter),
    ("Esc", Code::Esc),
    ("Tab", Code::Tab),
    ("BS", Code::Backspace),
    ("Backspace", Code::Backspace),
    ("Del", Code::Delete),
    ("Delete", Code::Delete),
    ("Insert", Code::Insert),
    ("Left", Code::Left),
    ("Right", Code::Right),
    ("Up", Code::Up),
    ("Down", Code::Down),
    ("Home", Code::Home),
    ("End", Code::End),
    ("PageUp", Code::PageUp),
    ("PageDown", Code::PageDown),
    ("Space", Code::Char(' ')),
    ("lt", Code::Char('<')),
];

/// What is wrong with a key's notation.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("<{0}> is no key; write keys as in gg, <C-d>, <Enter>, <Esc>, <Space>, <S-Tab>, <lt>")]
pub struct BadKey(pub String);

/// Reads a sequence of keys.
///
/// # Errors
/// When something in angle brackets is no key. A `<` that opens no bracket is the character.
pub fn parse(text: &str) -> Result<Vec<Key>, BadKey> {
    let mut keys = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let bracket = rest.strip_prefix('<').and_then(|inner| {
            let end = inner.find('>').filter(|end| *end > 0)?;
            Some((&inner[..end], &inner[end + 1..]))
        });
        match bracket {
            Some((name, after)) if !name.contains([' ', '<']) => {
                keys.push(named(name).ok_or_else(|| BadKey(name.to_owned()))?);
                rest = after;
            }
            _ => {
                keys.push(Key::char(first));
                rest = &rest[first.len_utf8()..];
            }
        }
    }
    Ok(keys)
}

/// The key inside angle brackets.
fn named(name: &str) -> Option<Key> {
    let mut mods = Mods::NONE;
    let mut rest = name;
    while let Some((letter, after)) =
        rest.split_once('-').filter(|(letter, after)| letter.len() == 1 && !after.is_empty())
    {
        match letter {
            "C" | "c" => mods.ctrl = true,
            "A" | "a" | "M" | "m" => mods.alt = true,
            "S" | "s" => mods.shift = true,
            _ => return None,
        }
        rest = after;
    }
    let code = base(rest)?;
    Some(normal(Key { code, mods }))
}

fn base(name: &str) -> Option<Code> {
    if let Some((_, code)) = NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
        return Some(*code);
    }
    if let Some(number) = name.strip_prefix(['F', 'f']).and_then(|n| n.parse().ok()).filter(|n| (1..=24).contains(n)) {
        return Some(Code::F(number));
    }
    let mut chars = name.chars();
    let c = chars.next()?;
    chars.next().is_none().then_some(Code::Char(c))
}

/// One form for keys that can be said in two ways.
fn normal(mut key: Key) -> Key {
    match key.code {
        Code::Tab if key.mods.shift => {
            key.code = Code::BackTab;
            key.mods.shift = false;
        }
        Code::Char(c) if key.mods.ctrl => key.code = Code::Char(c.to_ascii_lowercase()),
        Code::Char(c) if key.mods.shift => {
            key.code = Code::Char(c.to_ascii_uppercase());
            key.mods.shift = false;
        }
        _ => {}
    }
    key
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut mods = self.mods;
        let code = if self.code == Code::BackTab {
            mods.shift = true;
            Code::Tab
        } else {
            self.code
        };
        let prefix: String =
            [(mods.ctrl, "C-"), (mods.alt, "A-"), (mods.shift, "S-")].iter().filter(|m| m.0).map(|m| m.1).collect();
        match (code, NAMES.iter().find(|(_, known)| *known == code)) {
            (_, Some((name, _))) => write!(f, "<{prefix}{name}>"),
            (Code::F(number), _) => write!(f, "<{prefix}F{number}>"),
            (Code::Char(c), _) if prefix.is_empty() => write!(f, "{c}"),
            (Code::Char(c), _) => write!(f, "<{prefix}{c}>"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_keys_read_back() {
        for text in
            ["gg", "]t", "<C-d>", "<Enter>", "<Esc>", "<Space>", "<S-Tab>", "<lt>", "<A-x>", "<F12>", "<S-Left>", "あ"]
        {
            let keys = parse(text).unwrap();
            let written: String = keys.iter().map(ToString::to_string).collect();
            assert_eq!(written, text);
        }
    }

    #[test]
    fn other_ways_to_write_a_key() {
        assert_eq!(parse("<Enter>"), parse("<CR>"));
        assert_eq!(parse("<c-D>"), parse("<C-d>"));
        assert_eq!(parse("a<b").unwrap(), [Key::char('a'), Key::char('<'), Key::char('b')]);
        assert_eq!(parse("<Nope>"), Err(BadKey("Nope".to_owned())));
    }
}
