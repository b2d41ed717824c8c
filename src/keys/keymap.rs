//! Which keys do what here: the table's defaults, and what config.toml puts in their place.

use super::actions::{Action, Row, Scope, TABLE};
use super::{Code, Key, notation};

/// What a sequence of keys means in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lookup {
    Action(Action),
    /// More keys are awaited.
    Prefix,
    Unbound,
}

/// Bindings of key sequences, by scope.
#[derive(Clone, Debug)]
pub struct Keymap {
    /// Each sequence once in a scope. There are a few hundred, and one is looked up for a key that is pressed.
    bindings: Vec<(Scope, Vec<Key>, Action)>,
    /// Keys of each action, in the order of [`TABLE`], those of the file first.
    keys: Vec<Vec<String>>,
}

impl Default for Keymap {
    fn default() -> Self {
        let sequences = |row: &'static Row| row.keys.iter().filter_map(|key| notation::parse(key).ok());
        let bindings = TABLE.iter().flat_map(|row| sequences(row).map(|keys| (row.scope, keys, row.action)));
        let keys = TABLE.iter().map(|row| row.keys.iter().map(|key| (*key).to_owned()).collect());
        Self { bindings: bindings.collect(), keys: keys.collect() }
    }
}

impl Keymap {
    /// Takes all its keys from an action.
    pub fn unbind(&mut self, action: Action) {
        self.bindings.retain(|(.., bound)| *bound != action);
        self.keys[action as usize].clear();
    }

    /// Binds an action to these keys alone. Answers the actions that lost a key by it.
    ///
    /// # Errors
    /// When a key is not written right; nothing is changed then.
    pub fn bind(&mut self, action: Action, keys: &[String]) -> Result<Vec<(String, Action)>, notation::BadKey> {
        let sequences = keys.iter().map(|key| notation::parse(key)).collect::<Result<Vec<_>, _>>()?;
        let scope = action.row().scope;
        self.unbind(action);
        let mut lost = Vec::new();
        for (sequence, key) in sequences.into_iter().zip(keys) {
            match self.bindings.iter_mut().find(|(at, known, _)| *at == scope && *known == sequence) {
                None => self.bindings.push((scope, sequence, action)),
                Some((.., bound)) => {
                    let other = std::mem::replace(bound, action);
                    lost.push((key.clone(), other));
                    self.keys[other as usize].retain(|k| k != key);
                }
            }
        }
        self.keys[action as usize] = keys.to_vec();
        Ok(lost)
    }

    pub fn look_up(&self, scope: Scope, sequence: &[Key]) -> Lookup {
        let scopes: &[Scope] = if scope.falls_back() { &[scope, Scope::Everywhere] } else { &[scope] };
        for scope in scopes {
            if let Some((.., action)) = self.bindings.iter().find(|(at, keys, _)| at == scope && keys == sequence) {
                return Lookup::Action(*action);
            }
        }
        let is_prefix = |(at, keys, _): &(Scope, Vec<Key>, Action)| {
            scopes.contains(at) && keys.len() > sequence.len() && keys.starts_with(sequence)
        };
        if self.bindings.iter().any(is_prefix) { Lookup::Prefix } else { Lookup::Unbound }
    }

    /// What stands between an action and a key of its own, in a line each: another meaning where it is pressed, a
    /// shorter sequence that is done first, a terminal that does not send it. And what is not reached any more for
    /// its sake.
    pub fn clashes(&self, action: Action, key: &str) -> Vec<String> {
        let Ok(sequence) = notation::parse(key) else { return Vec::new() };
        let scope = action.row().scope;
        let meets = |other: Scope| match scope {
            Scope::Everywhere => other == scope || other.falls_back(),
            _ => other == scope || (scope.falls_back() && other == Scope::Everywhere),
        };
        let (mut said, mut theirs, mut before, mut hidden) = (Vec::new(), Vec::new(), None, Vec::new());
        for (at, keys, other) in self.bindings.iter().filter(|(at, _, other)| *other != action && meets(*at)) {
            if *keys == sequence && *at == Scope::Everywhere {
                said.push(format!("{key} is {action} in {}, and {other} elsewhere", scope.name()));
            } else if *keys == sequence {
                theirs.push(format!("{other} in {}", at.name()));
            } else if sequence.starts_with(keys) {
                before = before.or(Some((keys, other)));
            } else if keys.starts_with(&sequence) {
                hidden.push(*other);
            }
        }
        said.extend(never_sent(key, &sequence, action));
        if !theirs.is_empty() {
            said.push(format!("{key} is {}, and {action} elsewhere", theirs.join(", ")));
        }
        if let Some((keys, other)) = before {
            let first: String = keys.iter().map(ToString::to_string).collect();
            said.push(format!("{key} never comes to {action}: {first} is {other}"));
        }
        hidden.sort_by_key(|other| *other as usize);
        hidden.dedup();
        if let Some(first) = hidden.first() {
            let more = if hidden.len() > 1 { format!(" and {} more", hidden.len() - 1) } else { String::new() };
            said.push(format!("{key} is {action} at once: longer keys no longer come to {first}{more}"));
        }
        said
    }

    /// The keys of an action as they are written, the one for hints first.
    pub fn keys(&self, action: Action) -> &[String] {
        &self.keys[action as usize]
    }

    /// What may follow a prefix here: the rest of the keys and the action, in the table's order.
    pub fn after(&self, scope: Scope, prefix: &[Key]) -> Vec<(String, Action)> {
        let mut found: Vec<(String, Action)> = self
            .bindings
            .iter()
            .filter(|(at, keys, _)| {
                (*at == scope || (scope.falls_back() && *at == Scope::Everywhere))
                    && keys.len() > prefix.len()
                    && keys.starts_with(prefix)
            })
            .map(|(_, keys, action)| (keys[prefix.len()..].iter().map(ToString::to_string).collect(), *action))
            .collect();
        found.sort_by(|a, b| (a.1 as usize).cmp(&(b.1 as usize)).then_with(|| a.0.cmp(&b.0)));
        found
    }
}

/// Keys that have one code on the line, unless a terminal tells them apart.
const TWINS: [(char, Code); 5] =
    [('i', Code::Tab), ('m', Code::Enter), ('j', Code::Enter), ('h', Code::Backspace), ('[', Code::Esc)];

/// Why a sequence may never come to an action, or text no more to where it is typed.
fn never_sent(key: &str, sequence: &[Key], action: Action) -> Option<String> {
    let is_typed = action.row().scope.is_typed();
    let plain = |key: &Key| matches!(key.code, Code::Char(_)) && key.mods.is_empty();
    let twin = |key: &Key| TWINS.iter().find(|(c, _)| *key == Key::ctrl(*c)).map(|(_, code)| (*key, Key::new(*code)));
    match (sequence.first()?, sequence.iter().find_map(twin)) {
        (_, Some((sent, twin))) => {
            Some(format!("most terminals send {twin} for {sent}: {key} may never come to {action}"))
        }
        (first, _) if is_typed && sequence.len() == 1 && plain(first) => {
            Some(format!("{key} can no longer be typed: it is {action}"))
        }
        (Key { code: Code::Char('1'..='9'), mods }, _) if !is_typed && mods.is_empty() => {
            Some(format!("{key} never comes to {action}: it begins with a count"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look_up(scope: Scope, keys: &str) -> Lookup {
        Keymap::default().look_up(scope, &notation::parse(keys).unwrap())
    }

    #[test]
    fn a_place_knows_its_own_keys_before_those_of_everywhere() {
        assert_eq!(look_up(Scope::Text, "j"), Lookup::Action(Action::LineDown));
        assert_eq!(look_up(Scope::Documents, "j"), Lookup::Action(Action::DocumentsDown));
        assert_eq!(look_up(Scope::Text, "n"), Lookup::Action(Action::Next));
        assert_eq!(look_up(Scope::Text, "g"), Lookup::Prefix);
        assert_eq!(look_up(Scope::Select, "o"), Lookup::Action(Action::OtherEnd));
        assert_eq!(look_up(Scope::Select, "n"), Lookup::Action(Action::Next));
        assert_eq!(look_up(Scope::Sheet, "t"), Lookup::Unbound);
    }

    #[test]
    fn binding_a_key_takes_it_from_another_and_says_so() {
        let mut keymap = Keymap::default();
        let lost = keymap.bind(Action::Quit, &["n".to_owned()]).unwrap();
        assert_eq!(lost, [("n".to_owned(), Action::Next)]);
        assert_eq!(keymap.look_up(Scope::Text, &notation::parse("q").unwrap()), Lookup::Unbound);
        assert!(keymap.keys(Action::Next).is_empty());
    }

    #[test]
    fn a_key_that_does_not_come_to_its_action_is_told() {
        let mut keymap = Keymap::default();
        let mut clashes = |action, key: &str| {
            keymap.bind(action, &[key.to_owned()]).unwrap();
            keymap.clashes(action, key)
        };
        assert_eq!(clashes(Action::Redraw, "<F5>"), [""; 0]);
        assert_eq!(
            clashes(Action::Suspend, "j"),
            ["j is line-down in Reading, select-down in Selecting, documents-down in Documents, topics-down in \
              Topics, and suspend elsewhere"]
        );
        assert_eq!(clashes(Action::LineUp, "n"), ["n is line-up in Reading, and next elsewhere"]);
        assert_eq!(clashes(Action::Redraw, "TT"), ["TT never comes to redraw: T is expression"]);
        assert_eq!(clashes(Action::HalfUp, "5u"), ["5u never comes to half-page-up: it begins with a count"]);
        assert_eq!(clashes(Action::EditorSave, "x"), ["x can no longer be typed: it is editor-save"]);
        assert_eq!(clashes(Action::EditorSave, "jj"), [""; 0], "what does not go on with it is text");
        assert_eq!(
            clashes(Action::Forward, "<C-i>"),
            ["most terminals send <Tab> for <C-i>: <C-i> may never come to forward"]
        );
        let longer = clashes(Action::Copy, "z");
        assert_eq!(longer, ["z is copy at once: longer keys no longer come to cursor-top and 10 more"]);
    }

    #[test]
    fn every_default_key_is_written_right() {
        for row in TABLE {
            for key in row.keys {
                assert!(notation::parse(key).is_ok_and(|keys| !keys.is_empty()), "{key} of {}", row.name);
            }
        }
    }
}
