//! Keys: what can be pressed, how it is written, and what it does.

pub mod actions;
pub mod keymap;
pub mod notation;

/// A key without its modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Code {
    /// As typed: shift is in the character.
    Char(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Backspace,
    Delete,
    Insert,
    Left,
    Right,
    Up,
    Down,
    Home,
    End,
    PageUp,
    PageDown,
    /// F1 is `F(1)`.
    F(u8),
}

/// Modifiers held down.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Mods {
    pub ctrl: bool,
    pub alt: bool,
    /// Only with keys whose character does not tell it, say `<S-Left>`.
    pub shift: bool,
}

impl Mods {
    pub const NONE: Mods = Mods { ctrl: false, alt: false, shift: false };
    pub const CTRL: Mods = Mods { ctrl: true, alt: false, shift: false };

    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

/// A key as it is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key {
    pub code: Code,
    pub mods: Mods,
}

impl Key {
    pub fn new(code: Code) -> Self {
        Self { code, mods: Mods::NONE }
    }

    pub fn char(c: char) -> Self {
        Self::new(Code::Char(c))
    }

    pub fn ctrl(c: char) -> Self {
        Self { code: Code::Char(c), mods: Mods::CTRL }
    }
}
