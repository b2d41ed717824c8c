//! Keys on their way to an action: a count, a prefix, and the keymap.

use crate::config::Settings;
use crate::config::settings::Binding;
use crate::diag::Diagnostic;
use crate::keys::actions::{Action, Scope};
use crate::keys::keymap::{Keymap, Lookup};
use crate::keys::{Code, Key};

/// Counts stop here; nobody means more.
pub const MOST: usize = 1_000_000;

#[derive(Debug, Default)]
pub struct Input {
    pub keymap: Keymap,
    /// Keys pressed so far of a sequence.
    pub pending: Vec<Key>,
    pub count: Option<usize>,
    /// What an action waits for: the letter of a mark.
    pub letter_for: Option<Action>,
    /// Seconds that have begun since the last key.
    seconds: u8,
    /// Keys of config.toml that could not be bound.
    pub faults: Vec<Diagnostic>,
}

/// What a key led to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    Action(Action, Option<usize>),
    /// The letter an action waited for.
    Letter(Action, char),
    /// More keys are awaited.
    Waiting,
    /// No action; the key may be text.
    Unbound,
    /// Keys that begin a sequence, and one that does not go on with it. Where text is typed they are text.
    Astray(Vec<Key>),
}

impl Input {
    /// The default keys, with those of the settings in their place.
    pub fn new(settings: &Settings) -> Self {
        let mut input = Self::default();
        let keymap = &mut input.keymap;
        let named = |binding: &Binding| Action::named(&binding.action);
        let bindings: Vec<(Action, &Binding)> =
            settings.keys.iter().filter_map(|binding| Some((named(binding)?, binding))).collect();
        // Who gives up a key does not lose it to another.
        bindings.iter().for_each(|(action, _)| keymap.unbind(*action));
        let mut said = Vec::new();
        for (action, binding) in &bindings {
            // Keys that are none were told where they were read.
            let lost = keymap.bind(*action, &binding.keys).unwrap_or_default();
            let lost = lost.iter().filter(|(_, other)| other != action);
            said.extend(lost.map(|(key, other)| (binding, format!("{key} was {other} and is now {action}"))));
        }
        for (action, binding) in &bindings {
            let new = binding.keys.iter().filter(|key| !action.row().keys.contains(&key.as_str()));
            said.extend(new.flat_map(|key| keymap.clashes(*action, key)).map(|clash| (binding, clash)));
        }
        let told = said.into_iter().map(|(binding, said)| Diagnostic::warning(said).at(binding.location.clone()));
        input.faults = told.collect();
        input
    }

    /// Takes a key in its place.
    pub fn take(&mut self, key: Key, scope: Scope) -> Meaning {
        self.seconds = 0;
        if let Some(action) = self.letter_for.take() {
            return match key.code {
                Code::Char(letter) if key.mods.is_empty() => Meaning::Letter(action, letter),
                _ => Meaning::Waiting,
            };
        }
        if self.takes_digit(key, scope) {
            return Meaning::Waiting;
        }
        self.pending.push(key);
        match self.keymap.look_up(scope, &self.pending) {
            Lookup::Action(action) => {
                self.pending.clear();
                Meaning::Action(action, self.count.take())
            }
            Lookup::Prefix => Meaning::Waiting,
            Lookup::Unbound => {
                let alone = self.pending.len() == 1;
                let begun = std::mem::take(&mut self.pending);
                self.clear();
                match alone {
                    true => Meaning::Unbound,
                    false if key.code == Code::Esc && !scope.is_typed() => Meaning::Waiting,
                    false => Meaning::Astray(begun),
                }
            }
        }
    }

    fn takes_digit(&mut self, key: Key, scope: Scope) -> bool {
        let Code::Char(digit @ '0'..='9') = key.code else { return false };
        if scope.is_typed()
            || !key.mods.is_empty()
            || !self.pending.is_empty()
            || (digit == '0' && self.count.is_none())
        {
            return false;
        }
        let value = digit as usize - '0' as usize;
        self.count = Some((self.count.unwrap_or(0) * 10 + value).min(MOST));
        true
    }

    /// Forgets a count and a prefix.
    pub fn clear(&mut self) {
        self.pending.clear();
        self.count = None;
        self.letter_for = None;
    }

    /// Another second has begun.
    pub fn tick(&mut self) {
        self.seconds = self.seconds.saturating_add(1);
    }

    /// Whether keys wait for more, and the reader pauses over them: a whole second.
    pub fn is_pondered(&self) -> bool {
        self.seconds >= 2 && (!self.pending.is_empty() || self.letter_for.is_some())
    }

    /// Whether the reader may be told more of them a little later.
    pub fn wants_ticks(&self) -> bool {
        self.seconds < 2 && (!self.pending.is_empty() || self.letter_for.is_some())
    }

    /// Whether keys were pressed that wait for more.
    pub fn is_waiting(&self) -> bool {
        !self.pending.is_empty() || self.count.is_some() || self.letter_for.is_some()
    }
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;
    use crate::config::settings::Binding;
    use crate::diag::Location;

    #[test]
    fn keys_that_go_astray_where_text_is_typed_are_text() {
        let mut trial = Trial::set(&[("a.txt", "A text of a few words.")], 80, 24, |settings| {
            let keys = |action: &str, key: &str| Binding {
                action: action.into(),
                keys: vec![key.into()],
                location: Location::file("config.toml"),
            };
            settings.keys = vec![keys("editor-save", "jj"), keys("prompt-cancel", "jkl")];
        });
        trial.keys("aj jam, jj");
        assert!(trial.model.editor.is_none(), "jj saves");
        trial.keys("ajam, jeep j<C-c>").keys("/jk jklx");
        assert!(trial.model.prompt.is_none());
        trial.keys("<Esc>/jkjk");
        assert_eq!(trial.model.prompt.as_ref().unwrap().line.text, "jk");
        trial.keys("o<BS>");
        assert_eq!(trial.model.prompt.as_ref().unwrap().line.text, "jkjk");
    }
}
