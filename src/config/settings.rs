//! The settings as the program uses them, and the one table of their names.
//!
//! A row of [`SETTINGS`] is a setting: its key, what it takes, its default, and a line for people.
//! Reading, checking, `postil config` and the documentation all follow the table.

use std::path::PathBuf;

use crate::diag::Location;

/// What the files say, each value checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// The folder to open when no other is asked for, relative to the file that says it.
    pub library: Option<PathBuf>,
    pub reading: Reading,
    pub theme: Theme,
    pub panes: Panes,
    pub notes: Notes,
    pub mouse: Mouse,
    /// Actions bound anew, in the order of the file.
    pub keys: Vec<Binding>,
}

/// How the text stands in its pane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Cells of a full line.
    pub measure: usize,
    pub justify: bool,
    pub hyphenate: bool,
    /// Whether hits of all topics are marked while none is in force, and not only those of a paragraph's main one.
    pub all_hits: bool,
    /// Rows the page moves at once when it follows the cursor; `None` leaves it to the terminal.
    pub scroll_jump: Option<usize>,
    /// A WHATWG label, where files are not to be guessed.
    pub encoding: Option<String>,
}

/// A named theme, and what is changed of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Theme {
    pub name: String,
    /// A role of [`ROLES`] and its colour, an ANSI name or `#rrggbb`.
    pub colours: Vec<(&'static str, String)>,
}

/// Widths of the side panes in cells; `None` leaves them to the window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Panes {
    pub documents: Option<usize>,
    pub topics: Option<usize>,
}

/// How notes are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// The writer's name in exports and beside the notes.
    pub author: Option<String>,
    /// Texts up to so many bytes are kept beside the notes on them; 0 keeps none.
    pub snapshot_limit: usize,
}

/// Whether the mouse is listened to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mouse {
    /// On, but not over ssh.
    #[default]
    Auto,
    On,
    Off,
}

/// The keys that run an action, in place of its default ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binding {
    /// The action's name.
    pub action: String,
    /// In key notation, say `<C-d>`; none takes the action its keys.
    pub keys: Vec<String>,
    /// Where it is written.
    pub location: Location,
}

/// The colours a theme consists of.
pub const ROLES: [&str; 10] =
    ["text", "dim", "accent", "rule", "heading", "search", "current", "selection", "note", "danger"];

/// The names of the themes.
pub const THEMES: [&str; 5] = ["default", "dark", "light", "contrast", "none"];

/// The ANSI colours by name.
pub const ANSI: [&str; 16] = [
    "black",
    "red",
    "green",
    "yellow",
    "blue",
    "magenta",
    "cyan",
    "white",
    "bright-black",
    "bright-red",
    "bright-green",
    "bright-yellow",
    "bright-blue",
    "bright-magenta",
    "bright-cyan",
    "bright-white",
];

/// What a setting takes.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    Flag,
    /// From the first to the second.
    Number(i64, i64),
    /// The same, or `"auto"`.
    AutoOr(i64, i64),
    Choice(&'static [&'static str]),
    /// Empty leaves it unset.
    Text,
    /// An ANSI name or `#rrggbb`; empty leaves it to the theme.
    Colour,
    /// A WHATWG label; empty leaves it to a guess.
    Encoding,
}

/// Which of the library's and the user's file is asked first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Library,
    User,
}

/// A value of the right kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Flag(bool),
    Number(usize),
    Text(String),
}

/// A row of the table.
pub struct Setting {
    /// Its tables and name, joined by dots.
    pub key: &'static str,
    pub kind: Kind,
    pub side: Side,
    /// As TOML.
    pub default: &'static str,
    /// One line for people.
    pub about: &'static str,
    pub(super) set: fn(&mut Settings, Value),
}

const fn row(
    key: &'static str,
    kind: Kind,
    side: Side,
    default: &'static str,
    about: &'static str,
    set: fn(&mut Settings, Value),
) -> Setting {
    Setting { key, kind, side, default, about, set }
}

/// A row for each role of [`ROLES`].
macro_rules! colour {
    ($role:literal, $about:literal) => {
        row(concat!("theme.", $role), Kind::Colour, Side::User, "\"\"", $about, |s, v| {
            if let Some(colour) = v.some_text() {
                s.theme.colours.push(($role, colour));
            }
        })
    };
}

/// Every setting but `[keys]`, `[match]` and `[topics]`.
pub const SETTINGS: &[Setting] = &[
    row("library", Kind::Text, Side::Library, "\".\"", "the folder to open when none is asked for", |s, v| {
        s.library = v.some_text().map(PathBuf::from);
    }),
    row("mouse", Kind::Choice(&["auto", "on", "off"]), Side::User, "\"auto\"", "auto: not over ssh", |s, v| {
        s.mouse = match v.text().as_str() {
            "on" => Mouse::On,
            "off" => Mouse::Off,
            _ => Mouse::Auto,
        };
    }),
    row("reading.measure", Kind::Number(20, 200), Side::Library, "72", "cells of a full line", |s, v| {
        s.reading.measure = v.number();
    }),
    row("reading.justify", Kind::Flag, Side::Library, "false", "fill lines to the measure", |s, v| {
        s.reading.justify = v.flag();
    }),
    row("reading.hyphenate", Kind::Flag, Side::Library, "false", "break words at the end of a line", |s, v| {
        s.reading.hyphenate = v.flag();
    }),
    row(
        "reading.hits",
        Kind::Choice(&["main", "all"]),
        Side::User,
        "\"main\"",
        "what is marked while no topic is in force: a paragraph's main topic, or all",
        |s, v| {
            s.reading.all_hits = v.text() == "all";
        },
    ),
    row(
        "reading.scroll_jump",
        Kind::AutoOr(1, 100),
        Side::User,
        "\"auto\"",
        "rows the page moves at once with the cursor; auto: by the terminal",
        |s, v| {
            s.reading.scroll_jump = Some(v.number()).filter(|rows| *rows > 0);
        },
    ),
    row(
        "reading.encoding",
        Kind::Encoding,
        Side::Library,
        "\"\"",
        "what files are in, say shift_jis, not a guess",
        |s, v| {
            s.reading.encoding = v.some_text();
        },
    ),
    row(
        "theme.name",
        Kind::Choice(&THEMES),
        Side::User,
        "\"default\"",
        "default: the terminal's own colours",
        |s, v| {
            s.theme.name = v.text();
        },
    ),
    colour!("text", "running text"),
    colour!("dim", "what waits: bylines, hints, folded text"),
    colour!("accent", "the cursor, the focus, what is in force"),
    colour!("rule", "lines between the panes"),
    colour!("heading", "headings in the text"),
    colour!("search", "behind what was searched for"),
    colour!("current", "behind the current one of these"),
    colour!("selection", "behind the selection"),
    colour!("note", "behind passages with a note"),
    colour!("danger", "what is lost or about to be"),
    row(
        "panes.documents",
        Kind::Number(0, 120),
        Side::User,
        "0",
        "cells of the documents pane; 0: by the window",
        |s, v| {
            s.panes.documents = Some(v.number()).filter(|cells| *cells > 0);
        },
    ),
    row("panes.topics", Kind::Number(0, 120), Side::User, "0", "cells of the topics pane; 0: by the window", |s, v| {
        s.panes.topics = Some(v.number()).filter(|cells| *cells > 0);
    }),
    row("notes.author", Kind::Text, Side::User, "\"\"", "your name beside your notes and in exports", |s, v| {
        s.notes.author = v.some_text();
    }),
    row(
        "notes.snapshot_limit",
        Kind::Number(0, 1 << 30),
        Side::User,
        "1048576",
        "bytes of a text kept beside its notes; 0: none",
        |s, v| {
            s.notes.snapshot_limit = v.number();
        },
    ),
];

impl Value {
    fn flag(&self) -> bool {
        matches!(self, Value::Flag(true))
    }

    fn number(&self) -> usize {
        if let Value::Number(number) = self { *number } else { 0 }
    }

    fn text(self) -> String {
        if let Value::Text(text) = self { text } else { String::new() }
    }

    fn some_text(self) -> Option<String> {
        Some(self.text()).filter(|text| !text.is_empty())
    }
}

impl Kind {
    /// What is wanted, in words.
    pub fn wants(self) -> String {
        match self {
            Kind::Flag => "true or false".into(),
            Kind::Number(low, high) => format!("a number from {low} to {high}"),
            Kind::AutoOr(low, high) => format!("\"auto\" or a number from {low} to {high}"),
            Kind::Choice(names) => format!("one of {}", names.join(", ")),
            Kind::Text => "a text in quotes".into(),
            Kind::Colour => "a colour: \"#rrggbb\" or an ANSI name, say \"bright-blue\"".into(),
            Kind::Encoding => "the name of an encoding, say \"windows-1252\"".into(),
        }
    }
}

/// Whether `colour` is an ANSI name or `#rrggbb`.
pub fn is_colour(colour: &str) -> bool {
    let hex = |digits: &str| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit());
    ANSI.contains(&colour) || colour.strip_prefix('#').is_some_and(hex)
}

/// Whether `label` names an encoding, as the WHATWG lists them.
pub fn is_encoding(label: &str) -> bool {
    encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_of_a_theme_can_be_set() {
        let rows: Vec<_> = SETTINGS.iter().filter(|s| matches!(s.kind, Kind::Colour)).map(|s| s.key).collect();
        assert_eq!(rows, ROLES.map(|role| format!("theme.{role}")));
    }

    #[test]
    fn colours_are_names_or_six_digits() {
        assert!(is_colour("cyan") && is_colour("bright-red") && is_colour("#a0B1c2"));
        assert!(!is_colour("mauve") && !is_colour("#fff") && !is_colour("#gggggg"));
    }

    #[test]
    fn encodings_are_known_by_their_labels() {
        assert!(is_encoding("shift_jis") && is_encoding("Latin1") && is_encoding("utf-8"));
        assert!(!is_encoding("klingon") && !is_encoding(""));
    }
}
