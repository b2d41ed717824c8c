//! Reads `[match]` and `[topics.…]`: TOML to a checked dictionary, each fault with its place.
//!
//! A key of a topic is one of [`KEYS`] or, if its value is a table, a topic below it; so a misspelt
//! key cannot pass for anything else.

use std::path::Path;
use std::sync::Arc;

use regex::RegexBuilder;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diag::{Diagnostic, Loaded, Location, nearest};

use super::dictionary::{Dictionary, Term, Topic};
use super::phrase::{self, Case};
use super::{TermId, TopicId};

/// What may stand in a topic.
pub const KEYS: [&str; 11] =
    ["label", "description", "colour", "terms", "regex", "not", "near", "within", "case", "nested", "min"];

/// What may stand in `[match]`.
const MATCH_KEYS: [&str; 3] = ["case", "nested", "min"];

/// What may stand in a term that is a table.
const TERM_KEYS: [&str; 6] = ["term", "near", "within", "not", "case", "nested"];

const WITHIN: usize = 10;

/// Bytes that a compiled regular expression may take.
pub const REGEX_LIMIT: usize = 1 << 20;

const ANSI: [&str; 8] = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

type Table<'a> = DeTable<'a>;
type Value<'a> = Spanned<DeValue<'a>>;

/// Reads a dictionary; what is wrong is reported and left out.
pub fn dictionary(source: &str, path: &Path) -> Loaded<Dictionary> {
    let (table, errors) = DeTable::parse_recoverable(source);
    let faults = errors.iter().map(|error| {
        let at = error.span().map_or(source.len(), |span| span.start);
        Diagnostic::error(format!("not TOML: {}", error.message())).at(Location::in_source(path, source, at))
    });
    let faults: Vec<Diagnostic> = faults.collect();
    let mut read = of_table(table.get_ref(), source, path);
    read.diagnostics.extend(faults);
    read.diagnostics.sort_by_key(|d| d.location.as_ref().and_then(|l| l.line_column));
    read
}

/// Reads the dictionary of a file that is parsed already, whose `source` is needed for the places of faults.
pub fn of_table(table: &DeTable<'_>, source: &str, path: &Path) -> Loaded<Dictionary> {
    let mut reader = Reader { source, path, dictionary: Dictionary::default(), diagnostics: Vec::new() };
    let mut rules = Rules { within: WITHIN, min: 1, ..Rules::default() };
    for (key, value) in in_order(table) {
        match (key.get_ref().as_ref(), value.get_ref()) {
            ("match", DeValue::Table(table)) => reader.defaults(table, &mut rules),
            ("match" | "topics", value) if !matches!(value, DeValue::Table(_)) => {
                reader.warn(key.span().start, format!("{} takes a table", key.get_ref()), None);
            }
            _ => {}
        }
    }
    if let Some(DeValue::Table(topics)) = table.get("topics").map(Spanned::get_ref) {
        for (key, value) in in_order(topics) {
            match value.get_ref() {
                DeValue::Table(table) => reader.topic(key, table, None, &rules),
                _ => {
                    let help = format!("a topic is a table: [topics.{}]", key.get_ref());
                    reader.warn(
                        key.span().start,
                        format!("unknown key {:?} under [topics]", key.get_ref()),
                        Some(help),
                    );
                }
            }
        }
    }
    reader.diagnostics.sort_by_key(|d| d.location.as_ref().and_then(|l| l.line_column));
    Loaded { value: reader.dictionary, diagnostics: reader.diagnostics }
}

/// The rules for terms: those of `[match]`, then a topic's, then a term's own.
#[derive(Clone, Debug, Default)]
struct Rules {
    case: Case,
    nested: bool,
    min: usize,
    near: Arc<[String]>,
    within: usize,
    not: Arc<[String]>,
}

struct Reader<'a> {
    source: &'a str,
    path: &'a Path,
    dictionary: Dictionary,
    diagnostics: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn defaults(&mut self, table: &Table<'_>, rules: &mut Rules) {
        for (key, value) in in_order(table) {
            if MATCH_KEYS.contains(&key.get_ref().as_ref()) {
                self.rule(key.get_ref(), value, rules);
            } else {
                self.unknown(key, "[match]", &MATCH_KEYS);
            }
        }
    }

    fn topic(&mut self, key: &Spanned<impl AsRef<str>>, table: &Table<'_>, parent: Option<TopicId>, defaults: &Rules) {
        let name = key.get_ref().as_ref();
        let id = parent.map_or(name.to_owned(), |parent| format!("{}.{name}", self.dictionary.topic(parent).id));
        let Ok(number) = u16::try_from(self.dictionary.topics.len()) else {
            return self.warn(key.span().start, "more than 65,536 topics".into(), None);
        };
        let topic = TopicId(number);
        let depth = parent.map_or(0, |parent| self.dictionary.topic(parent).depth + 1);
        let at = key.span().start;
        self.dictionary.topics.push(Topic { label: name.to_owned(), id, parent, depth, at, ..Topic::default() });

        let mut rules = Rules { near: Arc::default(), within: WITHIN, not: Arc::default(), ..defaults.clone() };
        for (key, value) in in_order(table) {
            self.topic_key(topic, key, value, &mut rules);
        }
        self.dictionary.topics[topic.index()].min = rules.min;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "terms" => self.terms(topic, value, &rules),
                "regex" => self.expressions(topic, value, &rules),
                _ => {}
            }
        }
        for (key, value) in in_order(table) {
            if let DeValue::Table(table) = value.get_ref()
                && !KEYS.contains(&key.get_ref().as_ref())
            {
                self.topic(key, table, Some(topic), defaults);
            }
        }
    }

    /// A key of a topic that is no term.
    fn topic_key(&mut self, topic: TopicId, key: &Spanned<impl AsRef<str>>, value: &Value<'_>, rules: &mut Rules) {
        let name = key.get_ref().as_ref();
        match name {
            "terms" | "regex" => {}
            "label" | "description" | "colour" => {
                let Some(text) = value.get_ref().as_str() else { return self.wants(name, value, "a text") };
                let text = text.to_owned();
                if name == "colour" && !is_colour(&text) {
                    return self.wants(name, value, "a colour: \"#rrggbb\" or an ANSI name, say \"bright-blue\"");
                }
                let topic = &mut self.dictionary.topics[topic.index()];
                match name {
                    "label" => topic.label = text,
                    "description" => topic.description = text,
                    _ => topic.colour = Some(text),
                }
            }
            name if KEYS.contains(&name) => self.rule(name, value, rules),
            _ if matches!(value.get_ref(), DeValue::Table(_)) => {}
            _ => {
                let under = format!("[topics.{}]", self.dictionary.topic(topic).id);
                self.unknown(key, &under, &KEYS);
            }
        }
    }

    /// One of the rules that hold for terms.
    fn rule(&mut self, name: &str, value: &Value<'_>, rules: &mut Rules) {
        match name {
            "case" => match value.get_ref().as_str() {
                Some("smart") => rules.case = Case::Smart,
                Some("exact") => rules.case = Case::Exact,
                Some("ignore") => rules.case = Case::Ignore,
                _ => self.wants(name, value, "\"smart\", \"exact\" or \"ignore\""),
            },
            "nested" => match value.get_ref() {
                DeValue::Boolean(nested) => rules.nested = *nested,
                _ => self.wants(name, value, "true or false"),
            },
            "min" | "within" => match number(value.get_ref()) {
                Some(number) if name == "min" => rules.min = number,
                Some(number) => rules.within = number,
                None => self.wants(name, value, "a number from 1 on"),
            },
            "near" => rules.near = self.phrases(name, value, rules.case).into(),
            "not" => {
                let more = self.phrases(name, value, rules.case);
                rules.not = rules.not.iter().cloned().chain(more).collect();
            }
            _ => {}
        }
    }

    /// A list of terms in the language of terms; a bad one is left out.
    fn phrases(&mut self, name: &str, value: &Value<'_>, case: Case) -> Vec<String> {
        let mut phrases = Vec::new();
        for value in self.list(name, value, "a list of terms") {
            match value.get_ref().as_str() {
                Some(written) if self.is_term(written, value, case) => phrases.push(written.to_owned()),
                Some(_) => {}
                None => self.wants(name, value, "a list of terms"),
            }
        }
        phrases
    }

    fn terms(&mut self, topic: TopicId, value: &Value<'_>, rules: &Rules) {
        for value in self.list("terms", value, "a list of terms") {
            match value.get_ref() {
                DeValue::String(written) => self.term(topic, written, value, rules),
                DeValue::Table(table) => self.term_table(topic, table, value, rules),
                _ => self.wants(
                    "terms",
                    value,
                    "terms: a text, or a table such as { term = \"bank\", near = [\"loan*\"] }",
                ),
            }
        }
    }

    fn term_table(&mut self, topic: TopicId, table: &Table<'_>, whole: &Value<'_>, rules: &Rules) {
        let mut rules = rules.clone();
        let mut term = None;
        for (key, value) in in_order(table) {
            match key.get_ref().as_ref() {
                "term" => term = Some(value),
                name if TERM_KEYS.contains(&name) => self.rule(name, value, &mut rules),
                _ => self.unknown(key, "a term", &TERM_KEYS),
            }
        }
        match term.map(|term| (term, term.get_ref().as_str())) {
            Some((value, Some(written))) => self.term(topic, written, value, &rules),
            Some((value, None)) => self.wants("term", value, "a text"),
            None => self.warn(whole.span().start, "a term without \"term\"".into(), None),
        }
    }

    fn term(&mut self, topic: TopicId, written: &str, value: &Value<'_>, rules: &Rules) {
        if self.is_term(written, value, rules.case) {
            self.push(topic, written, false, value.span().start, rules);
        }
    }

    fn expressions(&mut self, topic: TopicId, value: &Value<'_>, rules: &Rules) {
        const WANTS: &str = "a list of regular expressions";
        for value in self.list("regex", value, WANTS) {
            let Some(written) = value.get_ref().as_str() else {
                self.wants("regex", value, WANTS);
                continue;
            };
            if let Err(error) = regex_syntax::parse(written) {
                let (at, what) = regex_fault(&error);
                self.warn(self.inside(value, written, at), format!("not a regular expression: {what}"), None);
            } else if RegexBuilder::new(written).size_limit(REGEX_LIMIT).build().is_err() {
                self.warn(value.span().start, "the regular expression is too large".into(), None);
            } else {
                self.push(topic, written, true, value.span().start, rules);
            }
        }
    }

    fn push(&mut self, topic: TopicId, written: &str, is_regex: bool, at: usize, rules: &Rules) {
        let Rules { case, nested, near, within, not, .. } = rules.clone();
        self.dictionary.terms.push(Term {
            topic,
            text: written.to_owned(),
            is_regex,
            case,
            nested,
            near,
            within,
            not,
            at,
        });
    }

    /// Whether `written` is a term; if not, it is reported.
    fn is_term(&mut self, written: &str, value: &Value<'_>, case: Case) -> bool {
        match phrase::check(written, case) {
            Ok(()) => true,
            Err(fault) => {
                self.warn(self.inside(value, written, fault.at), format!("{} in {written:?}", fault.message), None);
                false
            }
        }
    }

    /// The values of a list; a single text is reported.
    fn list<'v, 'i>(&mut self, name: &str, value: &'v Value<'i>, wants: &str) -> Vec<&'v Value<'i>> {
        match value.get_ref() {
            DeValue::Array(values) => values.iter().collect(),
            DeValue::String(text) => {
                let help = format!("write {name} = [{text:?}]");
                self.warn(value.span().start, format!("{name} takes {wants}"), Some(help));
                Vec::new()
            }
            _ => {
                self.wants(name, value, wants);
                Vec::new()
            }
        }
    }

    /// The byte of the file where byte `at` of a text stands, if it is written without escapes.
    fn inside(&self, value: &Value<'_>, written: &str, at: usize) -> usize {
        let span = value.span();
        let raw = self.source.get(span.clone()).unwrap_or_default();
        let quotes = raw.find(written).filter(|quotes| *quotes <= 3);
        quotes.map_or(span.start, |quotes| span.start + quotes + at)
    }

    fn unknown(&mut self, key: &Spanned<impl AsRef<str>>, under: &str, known: &[&str]) {
        let name = key.get_ref().as_ref();
        let help = match nearest(name, known.iter().copied()) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("known here: {}", known.join(", ")),
        };
        self.warn(key.span().start, format!("unknown key {name:?} under {under}"), Some(help));
    }

    fn wants(&mut self, name: &str, value: &Value<'_>, wants: &str) {
        self.warn(value.span().start, format!("{name} takes {wants}"), None);
    }

    /// Something was left out, the rest stands.
    fn warn(&mut self, at: usize, message: String, help: Option<String>) {
        let mut fault = Diagnostic::warning(message).at(self.location(at));
        fault.help = help;
        self.diagnostics.push(fault);
    }

    fn location(&self, at: usize) -> Location {
        Location::in_source(self.path, self.source, at)
    }
}

/// The entries of a table in the order of the file.
fn in_order<'t, 'i>(table: &'t Table<'i>) -> Vec<(&'t Spanned<toml::de::DeString<'i>>, &'t Value<'i>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn number(value: &DeValue<'_>) -> Option<usize> {
    let DeValue::Integer(number) = value else { return None };
    let number = i64::from_str_radix(number.as_str(), number.radix()).ok()?;
    usize::try_from(number).ok().filter(|number| *number > 0)
}

/// Where the fault of an expression is, and what it is.
fn regex_fault(error: &regex_syntax::Error) -> (usize, String) {
    match error {
        regex_syntax::Error::Parse(error) => (error.span().start.offset, error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (error.span().start.offset, error.kind().to_string()),
        other => (0, other.to_string()),
    }
}

/// Whether `colour` is `#rrggbb` or an ANSI name, `bright-` before it or not.
fn is_colour(colour: &str) -> bool {
    let hex = |digits: &str| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    colour.strip_prefix('#').is_some_and(hex) || ANSI.contains(&colour.strip_prefix("bright-").unwrap_or(colour))
}

impl Dictionary {
    /// The ids of all terms.
    pub fn term_ids(&self) -> impl DoubleEndedIterator<Item = TermId> + use<> {
        (0..self.terms.len() as u32).map(TermId)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Loaded<Dictionary> {
        dictionary(source, Path::new("config.toml"))
    }

    fn said(source: &str) -> String {
        read(source).diagnostics.iter().map(|d| format!("{d}\n")).collect()
    }

    #[test]
    fn topics_keep_the_order_of_the_file_with_children_after_parents() {
        let dictionary = read(
            "[topics.trade]\nlabel = \"Trade\"\ndescription = \"d\"\ncolour = \"green\"\nterms = [\"tariff*\"]\n\
             [topics.trade.tpp]\nterms = [\"TPP\"]\n[topics.china]\nterms = [\"China\"]\nmin = 2\n\
             [topics.trade.aiib]\n",
        );
        assert_eq!(dictionary.diagnostics, []);
        let ids: Vec<_> = dictionary.value.topics.iter().map(|t| (t.id.as_str(), t.depth, t.min)).collect();
        assert_eq!(ids, [("trade", 0, 1), ("trade.tpp", 1, 1), ("trade.aiib", 1, 1), ("china", 0, 2)]);
        assert_eq!(dictionary.value.topics[0].label, "Trade");
        assert_eq!(dictionary.value.topics[1].label, "tpp");
    }

    #[test]
    fn rules_come_from_the_term_its_topic_or_the_defaults() {
        let dictionary = read(
            "[topics.bank]\nterms = [\"bank\", { term = \"aid\", near = [\"food\"], within = 3, not = [\"first aid\"], case = \"exact\" }]\n\
             near = [\"loan*\"]\nnot = [\"river bank\"]\nregex = ['US\\$ ?\\d+']\n[topics.bank.x]\nterms = [\"x\"]\n\
             [match]\ncase = \"ignore\"\nnested = true\nmin = 3\n",
        );
        assert_eq!(dictionary.diagnostics, []);
        let terms = &dictionary.value.terms;
        let rules = |t: &Term| (t.case, t.near.to_vec(), t.within, t.not.to_vec(), t.is_regex, t.nested);
        let list = |terms: &[&str]| terms.iter().map(|t| (*t).to_owned()).collect::<Vec<_>>();
        assert_eq!(rules(&terms[0]), (Case::Ignore, list(&["loan*"]), 10, list(&["river bank"]), false, true));
        assert_eq!(
            rules(&terms[1]),
            (Case::Exact, list(&["food"]), 3, list(&["river bank", "first aid"]), false, true)
        );
        assert_eq!(rules(&terms[2]), (Case::Ignore, list(&["loan*"]), 10, list(&["river bank"]), true, true));
        assert_eq!(rules(&terms[3]), (Case::Ignore, vec![], 10, vec![], false, true));
        assert_eq!(dictionary.value.topics[1].min, 3);
    }

    #[test]
    fn a_slip_is_told_at_its_place_and_the_rest_is_read() {
        let source = "[topics.trade]\ntems = [\"a\"]\nterms = [\"tariff\", \"a{b\", 7, { trem = \"x\" }]\n\
                      case = \"smrt\"\nregex = ['a(b', 'c']\nmin = 0\ncolour = \"mauve\"\nnear = \"x\"\n\
                      [match]\nmn = 1\n[topics]\nlabel = \"x\"\n";
        let source = source.replace("[topics]\nlabel", "[other]\nlabel");
        assert_eq!(
            said(&source),
            "config.toml:2:1: unknown key \"tems\" under [topics.trade]; did you mean \"terms\"?\n\
             config.toml:3:22: a { that is not closed in \"a{b\"\n\
             config.toml:3:27: terms takes terms: a text, or a table such as { term = \"bank\", near = [\"loan*\"] }\n\
             config.toml:3:30: a term without \"term\"\n\
             config.toml:3:32: unknown key \"trem\" under a term; did you mean \"term\"?\n\
             config.toml:4:8: case takes \"smart\", \"exact\" or \"ignore\"\n\
             config.toml:5:12: not a regular expression: unclosed group\n\
             config.toml:6:7: min takes a number from 1 on\n\
             config.toml:7:10: colour takes a colour: \"#rrggbb\" or an ANSI name, say \"bright-blue\"\n\
             config.toml:8:8: near takes a list of terms; write near = [\"x\"]\n\
             config.toml:10:1: unknown key \"mn\" under [match]; did you mean \"min\"?\n"
        );
        let terms: Vec<_> = read(&source).value.terms.into_iter().map(|t| t.text).collect();
        assert_eq!(terms, ["tariff", "c"]);
    }

    #[test]
    fn toml_that_is_broken_says_where() {
        assert!(said("[topics.a\nterms = [\"x\"]\n").starts_with("config.toml:1:"));
        assert!(said("[topics]\nlabel = \"x\"\n").contains("a topic is a table: [topics.label]"));
    }
}
