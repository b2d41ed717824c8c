//! One file of settings: TOML to checked values, each with the place where it is written.

use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::diag::{Diagnostic, Loaded, Location, nearest};
use crate::keys::actions::{Action, TABLE};
use crate::keys::notation;

use crate::topics::Dictionary;

use super::settings::{Binding, Kind, SETTINGS, Value, is_colour, is_encoding};

/// Tables that are read elsewhere: the dictionary's.
const TOPIC_TABLES: [&str; 2] = ["match", "topics"];
const KEYS_TABLE: &str = "keys";

/// What one file says.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// The row of [`SETTINGS`], the value, and the value as it is written.
    pub values: Vec<(usize, Value, String)>,
    pub keys: Vec<Binding>,
    /// Whether it has a `[topics]` table.
    pub has_topics: bool,
    /// What that says, where it was asked for.
    pub dictionary: Option<Loaded<Dictionary>>,
    /// Whether any of its tables is one of Postil's: a `config.toml` may belong to another program.
    pub is_ours: bool,
}

/// What is done with the topics of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topics {
    Read,
    Left,
}

/// Reads the settings of a file; what is unknown or wrong is reported and left out.
pub fn parse(source: &str, path: &Path, topics: Topics) -> Loaded<File> {
    let (table, errors) = DeTable::parse_recoverable(source);
    let mut reader = Reader { source, path, file: File::default(), diagnostics: Vec::new() };
    for error in &errors {
        let at = error.span().map_or(source.len(), |span| span.start);
        reader.report(at, Diagnostic::error(format!("not TOML: {}", error.message())));
    }
    reader.top(table.get_ref());
    reader.diagnostics.sort_by_key(|d| d.location.as_ref().and_then(|l| l.line_column));
    if topics == Topics::Read && reader.file.has_topics {
        reader.file.dictionary = Some(Dictionary::of_table(table.get_ref(), source, path));
    }
    Loaded { value: reader.file, diagnostics: reader.diagnostics }
}

/// The value a setting has where no file gives it.
pub fn default_value(kind: Kind, default: &str) -> Option<Value> {
    DeValue::parse(default).ok().and_then(|value| value_of(kind, value.get_ref()))
}

struct Reader<'a> {
    source: &'a str,
    path: &'a Path,
    file: File,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn top(&mut self, table: &DeTable<'_>) {
        for (name, value) in table {
            let (key, at) = (name.get_ref().as_ref(), name.span().start);
            let inner = value.get_ref().as_table();
            if TOPIC_TABLES.contains(&key) {
                self.file.is_ours = true;
                self.file.has_topics |= key == "topics" && inner.is_some_and(|topics| !topics.is_empty());
            } else if key == KEYS_TABLE {
                self.file.is_ours = true;
                self.keys(at, inner);
            } else if let Some(inner) = inner.filter(|_| is_section(key)) {
                self.file.is_ours = true;
                for (name, value) in inner {
                    self.setting(Some(key), name.get_ref(), name.span().start, value);
                }
            } else {
                self.setting(None, key, at, value);
            }
        }
    }

    fn setting(&mut self, section: Option<&str>, name: &str, at: usize, value: &toml::Spanned<DeValue<'_>>) {
        let key = section.map_or(name.to_owned(), |section| format!("{section}.{name}"));
        let Some(row) = SETTINGS.iter().position(|setting| setting.key == key) else {
            return self.unknown(section, name, at);
        };
        self.file.is_ours = true;
        match value_of(SETTINGS[row].kind, value.get_ref()) {
            Some(value_read) => {
                let written = self.source.get(value.span()).unwrap_or_default().to_owned();
                self.file.values.push((row, value_read, written));
            }
            None => {
                let wants = SETTINGS[row].kind.wants();
                self.report(value.span().start, Diagnostic::error(format!("{key} takes {wants}")));
            }
        }
    }

    fn unknown(&mut self, section: Option<&str>, name: &str, at: usize) {
        let under = section.map_or(String::new(), |section| format!(" under [{section}]"));
        let fault = Diagnostic::warning(format!("unknown key {name:?}{under}"));
        let known = known_names(section);
        let fault = match nearest(name, known.iter().copied()) {
            Some(near) => fault.help(format!("did you mean {near:?}?")),
            None => fault.help(format!("known here: {}", known.join(", "))),
        };
        self.report(at, fault);
    }

    fn keys(&mut self, at: usize, table: Option<&DeTable<'_>>) {
        let Some(table) = table else {
            return self.report(at, Diagnostic::error("keys takes a table of actions and their keys"));
        };
        let mut bindings = Vec::new();
        for (action, value) in table {
            let (name, at) = (action.get_ref().as_ref(), action.span().start);
            let bad = |fault: Diagnostic| (value.span().start, fault);
            let keys = match (Action::named(name), key_list(value.get_ref())) {
                (None, _) => Err((at, unknown_action(name))),
                (_, None) => {
                    Err(bad(Diagnostic::error("an action takes its keys").help(r#"write them as ["<C-d>", "gg"]"#)))
                }
                (_, Some(keys)) if keys.iter().any(String::is_empty) => {
                    Err(bad(Diagnostic::error("\"\" is no key").help("an empty list, [], takes an action its keys")))
                }
                (_, Some(keys)) => match keys.iter().find_map(|key| notation::parse(key).err()) {
                    Some(fault) => Err(bad(Diagnostic::error(fault.to_string()))),
                    None => Ok(keys),
                },
            };
            match keys {
                Ok(keys) => {
                    let location = Location::in_source(self.path, self.source, at);
                    bindings.push((at, Binding { action: name.to_owned(), keys, location }));
                }
                Err((at, fault)) => self.report(at, fault),
            }
        }
        bindings.sort_by_key(|(at, _)| *at);
        let bindings: Vec<Binding> = bindings.into_iter().map(|(_, binding)| binding).collect();
        self.diagnostics.extend(bound_twice(&bindings));
        self.file.keys.extend(bindings);
    }

    fn report(&mut self, at: usize, fault: Diagnostic) {
        self.diagnostics.push(fault.at(Location::in_source(self.path, self.source, at)));
    }
}

/// Like [`Reader::unknown`]: a warning, since another version may know the action.
fn unknown_action(name: &str) -> Diagnostic {
    let fault = Diagnostic::warning(format!("no action is called {name:?}"));
    match nearest(name, TABLE.iter().map(|row| row.name)) {
        Some(near) => fault.help(format!("did you mean {near:?}?")),
        None => fault.help("postil man names them all"),
    }
}

/// Keys that the file gives to two actions of one place; only the later one would have them.
fn bound_twice(bindings: &[Binding]) -> Vec<Diagnostic> {
    let place = |binding: &Binding| Action::named(&binding.action).map(|action| action.row().scope);
    let mut found = Vec::new();
    for (index, later) in bindings.iter().enumerate() {
        for earlier in bindings[..index].iter().filter(|earlier| place(earlier) == place(later)) {
            for key in later.keys.iter().filter(|key| earlier.keys.contains(key)) {
                let fault = Diagnostic::warning(format!("{key} is bound to {} already", earlier.action));
                found.push(fault.at(later.location.clone()).help(format!("{} has it now", later.action)));
            }
        }
    }
    found
}

/// Whether settings stand under `[name]`.
fn is_section(name: &str) -> bool {
    SETTINGS.iter().any(|setting| setting.key.split_once('.').is_some_and(|(section, _)| section == name))
}

/// The names that may stand under `[section]`, or at the top.
fn known_names(section: Option<&str>) -> Vec<&'static str> {
    let mut names: Vec<&str> = match section {
        Some(section) => SETTINGS
            .iter()
            .filter_map(|setting| setting.key.split_once('.'))
            .filter(|(table, _)| *table == section)
            .map(|(_, name)| name)
            .collect(),
        None => SETTINGS
            .iter()
            .map(|setting| setting.key.split('.').next().unwrap_or_default())
            .chain([KEYS_TABLE])
            .chain(TOPIC_TABLES)
            .collect(),
    };
    names.dedup();
    names
}

/// One key or a list of them.
fn key_list(value: &DeValue<'_>) -> Option<Vec<String>> {
    match value {
        DeValue::String(key) => Some(vec![key.to_string()]),
        DeValue::Array(keys) => keys.iter().map(|key| key.get_ref().as_str().map(str::to_owned)).collect(),
        _ => None,
    }
}

fn value_of(kind: Kind, value: &DeValue<'_>) -> Option<Value> {
    match (kind, value) {
        (Kind::Flag, DeValue::Boolean(flag)) => Some(Value::Flag(*flag)),
        (Kind::AutoOr(..), DeValue::String(text)) if text == "auto" => Some(Value::Text(text.to_string())),
        (Kind::Number(low, high) | Kind::AutoOr(low, high), DeValue::Integer(number)) => {
            let number = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
            (low..=high).contains(&number).then_some(Value::Number(number as usize))
        }
        (Kind::Choice(names), DeValue::String(name)) => {
            names.contains(&name.as_ref()).then(|| Value::Text(name.to_string()))
        }
        (Kind::Text, DeValue::String(text)) => Some(Value::Text(text.to_string())),
        (Kind::Colour, DeValue::String(colour)) => {
            (colour.is_empty() || is_colour(colour)).then(|| Value::Text(colour.to_string()))
        }
        (Kind::Encoding, DeValue::String(label)) => {
            (label.is_empty() || is_encoding(label)).then(|| Value::Text(label.to_string()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(source: &str) -> String {
        parse(source, Path::new("config.toml"), Topics::Left).diagnostics.iter().map(|d| format!("{d}\n")).collect()
    }

    #[test]
    fn every_default_is_of_its_kind() {
        for setting in SETTINGS {
            assert!(default_value(setting.kind, setting.default).is_some(), "{}", setting.key);
        }
    }

    #[test]
    fn an_unknown_key_has_its_place_and_the_nearest_right_one() {
        assert_eq!(
            said("[reading]\nmeasure = 60\n  mesure = 61\n"),
            "config.toml:3:3: unknown key \"mesure\" under [reading]; did you mean \"measure\"?\n"
        );
        assert_eq!(
            said("[raeding]\nmeasure = 60\n"),
            "config.toml:1:2: unknown key \"raeding\"; did you mean \"reading\"?\n"
        );
        assert_eq!(
            said("[panes]\nxxxxxxxxx = 1\n"),
            "config.toml:2:1: unknown key \"xxxxxxxxx\" under [panes]; known here: documents, topics\n"
        );
    }

    #[test]
    fn a_wrong_value_says_what_is_wanted_and_the_rest_stands() {
        let source = "mouse = \"on\"\n[reading]\nmeasure = 7\njustify = \"yes\"\n[theme]\naccent = \"mauve\"\n";
        assert_eq!(
            said(source),
            "config.toml:3:11: reading.measure takes a number from 20 to 200\n\
             config.toml:4:11: reading.justify takes true or false\n\
             config.toml:6:10: theme.accent takes a colour: \"#rrggbb\" or an ANSI name, say \"bright-blue\"\n"
        );
        assert_eq!(parse(source, Path::new("config.toml"), Topics::Left).value.values.len(), 1);
    }

    #[test]
    fn a_slip_in_the_toml_is_told_at_its_place_and_the_rest_is_read() {
        let source = "[reading]\nmeasure = \njustify = true\n";
        let read = parse(source, Path::new("config.toml"), Topics::Left);
        assert!(said(source).starts_with("config.toml:2:"), "{}", said(source));
        assert!(read.value.values.iter().any(|(row, ..)| SETTINGS[*row].key == "reading.justify"));
    }

    #[test]
    fn keys_keep_the_order_of_the_file() {
        let read = parse("[keys]\nquit = \"Q\"\nback = [\"<C-o>\", \"<BS>\"]\n", Path::new("c"), Topics::Left).value;
        let keys: Vec<_> = read.keys.iter().map(|b| (b.action.as_str(), b.keys.join(" "))).collect();
        assert_eq!(keys, [("quit", "Q".to_owned()), ("back", "<C-o> <BS>".to_owned())]);
        assert!(read.is_ours);
    }

    #[test]
    fn keys_are_checked_against_the_table_of_actions() {
        assert_eq!(
            said("[keys]\nqiut = \"Q\"\nback = [\"<Nope>\"]\nquit = \"x\"\nhelp = 3\nforward = \"x\"\nkeys = 3\n"),
            "c.toml:2:1: no action is called \"qiut\"; did you mean \"quit\"?\n\
             c.toml:3:8: <Nope> is no key; write keys as in gg, <C-d>, <Enter>, <Esc>, <Space>, <S-Tab>, <lt>\n\
             c.toml:5:1: no action is called \"help\"; postil man names them all\n\
             c.toml:6:1: x is bound to quit already; forward has it now\n\
             c.toml:7:8: an action takes its keys; write them as [\"<C-d>\", \"gg\"]\n"
                .replace("c.toml", "config.toml")
        );
    }

    #[test]
    fn another_programs_file_is_not_ours() {
        assert!(!parse("[server]\nport = 1\n", Path::new("c"), Topics::Left).value.is_ours);
        assert!(parse("[topics.a]\nterms = [\"x\"]\n", Path::new("c"), Topics::Left).value.has_topics);
    }
}
