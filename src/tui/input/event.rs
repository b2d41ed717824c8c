//! What a terminal says: keys, pastes, the mouse, and answers to what it was asked.

use crate::keys::{Key, Mods};

/// One thing that the terminal said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    Key(Key),
    /// Pasted text, as one, with line ends as `\n`; never to be taken for keys.
    Paste(String),
    Mouse(Mouse),
    /// The window came to the front, or left it.
    Focus(bool),
    Reply(Reply),
    /// The line was dropped; nothing more will come.
    HungUp,
}

/// Something done with the mouse, at a cell counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub what: MouseAct,
    pub column: u16,
    pub row: u16,
    pub mods: Mods,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseAct {
    Press(Button),
    Drag(Button),
    Release,
    Move,
    WheelUp,
    WheelDown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Button {
    Left,
    Middle,
    Right,
}

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// To `CSI 5n`: all written before it has been read.
    Status,
    /// To `CSI 6n`: where the cursor stands, counted from 1.
    Cursor { row: u16, column: u16 },
    /// To DECRQM: 0 not known, 1 set, 2 reset, 3 always set, 4 never.
    Mode { mode: u16, state: u8 },
    /// To `CSI ?u`: the keyboard flags in force.
    Keyboard(u8),
    /// To `CSI c`.
    Attributes,
    /// To OSC 10 (foreground) and 11 (background).
    Colour { which: u8, rgb: [u8; 3] },
    /// To `CSI >q`: name and version.
    Version(String),
}
