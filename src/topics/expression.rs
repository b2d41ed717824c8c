//! Expressions: which paragraphs are wanted, say `tpp & russia - history`.
//!
//! ```text
//! a & b, a b    both               note        paragraphs with a note
//! a | b         either             unread      documents not opened yet
//! a - b         a and not b        doc:NAME    title or path has NAME       after:2014-06
//! -a, ( )                          author:NAME                              before:2016
//! ```
//!
//! A topic is named by its id, the last part of it, its label, or the start of any of them if no other
//! topic begins so; capitals do not matter. `|` binds least. A hyphen is "not" after a blank.

use crate::corpus::DocId;
use crate::diag::{Diagnostic, nearest};

use super::{Dictionary, Index, TopicId};

/// Topics that are named where none is like the one that was asked for.
const NAMED: usize = 5;

/// What an expression may ask of documents and paragraphs beside their topics.
pub trait Facts {
    /// The paragraphs of a document that are read, ascending.
    fn paragraphs(&self, doc: DocId) -> Vec<u32>;
    fn has_note(&self, doc: DocId, para: u32) -> bool;
    fn is_unread(&self, doc: DocId) -> bool;
    /// Its authors, in one text.
    fn author(&self, doc: DocId) -> String;
    /// `2014-08-01`, `2014-08` or `2014`.
    fn date(&self, doc: DocId) -> Option<String>;
    /// Its title and path, in one text.
    fn name(&self, doc: DocId) -> String;
}

/// A condition on paragraphs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expression {
    written: String,
    root: Node,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Node {
    Topic(TopicId),
    Note,
    Unread,
    /// In small letters.
    Doc(String),
    Author(String),
    After(String),
    Before(String),
    Not(Box<Node>),
    And(Box<Node>, Box<Node>),
    Or(Box<Node>, Box<Node>),
}

impl Expression {
    /// Reads an expression.
    ///
    /// # Errors
    /// When it is faulty or names no topic; the message has the column, and what may have been meant.
    pub fn parse(written: &str, dictionary: &Dictionary) -> Result<Self, Diagnostic> {
        let tokens = tokens(written)?;
        let mut parser = Parser { written, dictionary, tokens: &tokens };
        let root = parser.either()?;
        match parser.tokens.first() {
            None => Ok(Self { written: written.trim().to_owned(), root }),
            Some(token) => Err(fault(written, token.at, "a ) that closes nothing")),
        }
    }

    /// The expression as it was written.
    pub fn written(&self) -> &str {
        &self.written
    }

    /// The topics that are wanted (not those after a `-`), each once.
    pub fn topics(&self) -> Vec<TopicId> {
        let mut topics = Vec::new();
        self.root.wanted(&mut topics);
        topics.sort_unstable();
        topics.dedup();
        topics
    }

    /// Whether it asks what only a reader has: notes, or what was read.
    pub fn asks_the_reader(&self) -> bool {
        self.root.any(&|node| matches!(node, Node::Note | Node::Unread))
    }

    /// The paragraphs of a document for which it holds, ascending.
    pub fn paragraphs(&self, index: &Index, facts: &impl Facts, doc: DocId) -> Vec<u32> {
        self.root.paragraphs(index, facts, doc)
    }
}

impl Node {
    fn any(&self, holds: &impl Fn(&Node) -> bool) -> bool {
        holds(self)
            || match self {
                Node::Not(node) => node.any(holds),
                Node::And(a, b) | Node::Or(a, b) => a.any(holds) || b.any(holds),
                _ => false,
            }
    }

    fn wanted(&self, topics: &mut Vec<TopicId>) {
        match self {
            Node::Topic(topic) => topics.push(*topic),
            Node::And(a, b) | Node::Or(a, b) => [a, b].into_iter().for_each(|node| node.wanted(topics)),
            _ => {}
        }
    }

    fn paragraphs(&self, index: &Index, facts: &impl Facts, doc: DocId) -> Vec<u32> {
        let all_if = |holds: bool| if holds { facts.paragraphs(doc) } else { Vec::new() };
        let is_in = |part: &str, whole: String| whole.to_lowercase().contains(part);
        match self {
            Node::Topic(topic) => index.paragraphs(doc, *topic).to_vec(),
            Node::Note => {
                let mut all = facts.paragraphs(doc);
                all.retain(|para| facts.has_note(doc, *para));
                all
            }
            Node::Unread => all_if(facts.is_unread(doc)),
            Node::Doc(name) => all_if(is_in(name, facts.name(doc))),
            Node::Author(name) => all_if(is_in(name, facts.author(doc))),
            Node::After(date) => all_if(facts.date(doc).is_some_and(|of| is_later(&of, date))),
            Node::Before(date) => all_if(facts.date(doc).is_some_and(|of| is_later(date, &of))),
            Node::Not(node) => {
                let without = node.paragraphs(index, facts, doc);
                let mut all = facts.paragraphs(doc);
                all.retain(|para| without.binary_search(para).is_err());
                all
            }
            Node::And(a, b) => {
                let mut both = a.paragraphs(index, facts, doc);
                if !both.is_empty() {
                    let other = b.paragraphs(index, facts, doc);
                    both.retain(|para| other.binary_search(para).is_ok());
                }
                both
            }
            Node::Or(a, b) => {
                let mut either = a.paragraphs(index, facts, doc);
                either.extend(b.paragraphs(index, facts, doc));
                either.sort_unstable();
                either.dedup();
                either
            }
        }
    }
}

/// Whether one date is later than another as far as both are known: 2015 is later than 2014-08, and
/// 2014 is not.
fn is_later(date: &str, than: &str) -> bool {
    let known = date.len().min(than.len());
    date.get(..known) > than.get(..known)
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    And,
    Or,
    Not,
    Open,
    Close,
    Word(String),
    /// Between quotes: a name, whatever stands in it.
    Quoted(String),
}

#[derive(Clone, Debug)]
struct Token {
    at: usize,
    kind: Kind,
}

fn tokens(written: &str) -> Result<Vec<Token>, Diagnostic> {
    let mut tokens = Vec::new();
    let mut chars = written.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let kind = match c {
            c if c.is_whitespace() => continue,
            '&' => Kind::And,
            '|' => Kind::Or,
            '(' => Kind::Open,
            ')' => Kind::Close,
            '-' | '!' => Kind::Not,
            '"' => Kind::Quoted(quoted(written, at, &mut chars)?),
            c => {
                let mut word = String::from(c);
                while let Some((_, c)) = chars.next_if(|(_, c)| !c.is_whitespace() && !"&|()\"".contains(*c)) {
                    word.push(c);
                }
                // doc:"two words"
                if word.ends_with(':')
                    && let Some((at, _)) = chars.next_if(|(_, c)| *c == '"')
                {
                    word += &quoted(written, at, &mut chars)?;
                }
                Kind::Word(word)
            }
        };
        tokens.push(Token { at, kind });
    }
    Ok(tokens)
}

/// What stands between the quote at `at` and the next one.
fn quoted(written: &str, at: usize, chars: &mut impl Iterator<Item = (usize, char)>) -> Result<String, Diagnostic> {
    let mut text = String::new();
    for (_, c) in chars {
        if c == '"' {
            return Ok(text);
        }
        text.push(c);
    }
    Err(fault(written, at, "a \" that is not closed"))
}

struct Parser<'a> {
    written: &'a str,
    dictionary: &'a Dictionary,
    tokens: &'a [Token],
}

impl Parser<'_> {
    fn either(&mut self) -> Result<Node, Diagnostic> {
        let mut node = self.both()?;
        while self.take(&Kind::Or) {
            node = Node::Or(Box::new(node), Box::new(self.both()?));
        }
        Ok(node)
    }

    fn both(&mut self) -> Result<Node, Diagnostic> {
        let mut node = self.one()?;
        loop {
            match self.tokens.first().map(|token| &token.kind) {
                None | Some(Kind::Or | Kind::Close) => return Ok(node),
                Some(Kind::And) => self.tokens = &self.tokens[1..],
                Some(_) => {}
            }
            node = Node::And(Box::new(node), Box::new(self.one()?));
        }
    }

    fn one(&mut self) -> Result<Node, Diagnostic> {
        let end = Token { at: self.written.len(), kind: Kind::Close };
        let token = self.tokens.first().unwrap_or(&end);
        match &token.kind {
            Kind::Not => {
                self.tokens = &self.tokens[1..];
                Ok(Node::Not(Box::new(self.one()?)))
            }
            Kind::Open => {
                self.tokens = &self.tokens[1..];
                let node = self.either()?;
                if self.take(&Kind::Close) { Ok(node) } else { Err(self.fault(token.at, "a ( that is not closed")) }
            }
            Kind::Quoted(name) => {
                self.tokens = &self.tokens[1..];
                self.topic(token.at, name)
            }
            Kind::Word(word) => self.word(token.at, word),
            Kind::And | Kind::Or | Kind::Close => Err(self
                .fault(token.at, "here a topic is missing")
                .help("write topics with & | - and ( ), or note, unread, doc:, author:, after:, before:")),
        }
    }

    fn word(&mut self, at: usize, word: &str) -> Result<Node, Diagnostic> {
        let condition = match word.split_once(':') {
            Some((key @ ("doc" | "author" | "after" | "before" | "topic"), value)) => Some((key, value)),
            _ => None,
        };
        let Some((key, value)) = condition else {
            return match word {
                "note" => self.done(Node::Note),
                "unread" => self.done(Node::Unread),
                _ => self.name(at),
            };
        };
        let (name, at) = (value.to_lowercase(), at + key.len() + 1);
        if value.is_empty() {
            return Err(self.fault(at, format!("{key}: of what?")));
        }
        match key {
            "doc" => self.done(Node::Doc(name)),
            "author" => self.done(Node::Author(name)),
            "topic" => {
                self.tokens = &self.tokens[1..];
                self.topic(at, value)
            }
            _ if !is_date(value) => {
                Err(self.fault(at, format!("{value:?} is no date")).help("write 2014, 2014-08 or 2014-08-01"))
            }
            "after" => self.done(Node::After(name)),
            _ => self.done(Node::Before(name)),
        }
    }

    /// A topic named by as many of the next words as name one.
    fn name(&mut self, at: usize) -> Result<Node, Diagnostic> {
        let words: Vec<&str> = self
            .tokens
            .iter()
            .map_while(|token| if let Kind::Word(word) = &token.kind { Some(word.as_str()) } else { None })
            .collect();
        for count in (2..=words.len()).rev() {
            if let Ok(topic) = named(self.dictionary, &words[..count].join(" ")) {
                self.tokens = &self.tokens[count..];
                return Ok(Node::Topic(topic));
            }
        }
        self.tokens = &self.tokens[1..];
        let first = words.first().copied().unwrap_or_default();
        // Of a name that is several words one alone is like many others.
        let whole = words.join(" ");
        let is_near = words.len() > 1 && near(self.dictionary, &whole).is_some();
        self.topic(at, if is_near { &whole } else { first })
    }

    fn topic(&self, at: usize, name: &str) -> Result<Node, Diagnostic> {
        topic_named(self.dictionary, name).map(Node::Topic).map_err(|fault| {
            let placed = self.fault(at, fault.message);
            Diagnostic { help: fault.help, ..placed }
        })
    }

    fn done(&mut self, node: Node) -> Result<Node, Diagnostic> {
        self.tokens = &self.tokens[1..];
        Ok(node)
    }

    fn take(&mut self, kind: &Kind) -> bool {
        let is_next = self.tokens.first().is_some_and(|token| token.kind == *kind);
        if is_next {
            self.tokens = &self.tokens[1..];
        }
        is_next
    }

    fn fault(&self, at: usize, message: impl std::fmt::Display) -> Diagnostic {
        fault(self.written, at, message)
    }
}

fn fault(written: &str, at: usize, message: impl std::fmt::Display) -> Diagnostic {
    let column = written.get(..at).unwrap_or(written).chars().count() + 1;
    Diagnostic::error(format!("column {column}: {message}"))
}

/// The topic that `name` names.
///
/// # Errors
/// When there is none, or several; it is told what may have been meant, or which topics there are.
pub fn topic_named(dictionary: &Dictionary, name: &str) -> Result<TopicId, Diagnostic> {
    named(dictionary, name).map_err(|help| {
        let fault = Diagnostic::error(format!("no topic {name:?}"));
        match help.or_else(|| topics(dictionary)) {
            Some(help) => fault.help(help),
            None => fault,
        }
    })
}

/// The same; the error is what may have been meant, where anything may.
fn named(dictionary: &Dictionary, name: &str) -> Result<TopicId, Option<String>> {
    let name = name.to_lowercase();
    let last = |id: &str| id.rsplit('.').next().unwrap_or(id).to_owned();
    let names = |topic: TopicId| {
        let topic = dictionary.topic(topic);
        [topic.id.to_lowercase(), topic.label.to_lowercase(), last(&topic.id).to_lowercase()]
    };
    if let Some(topic) = dictionary.ids().find(|topic| names(*topic)[0] == name) {
        return Ok(topic);
    }
    let exact: Vec<TopicId> = dictionary.ids().filter(|topic| names(*topic).contains(&name)).collect();
    let begin =
        || dictionary.ids().filter(|topic| names(*topic).iter().any(|known| known.starts_with(&name))).collect();
    let meant: Vec<TopicId> = if exact.is_empty() { begin() } else { exact };
    match meant[..] {
        [topic] => Ok(topic),
        [] => Err(near(dictionary, &name).map(|near| format!("did you mean {near:?}?"))),
        // A topic and those below it begin alike: the one above is meant.
        [first, ..] if meant.iter().all(|topic| dictionary.is_within(*topic, first)) => Ok(first),
        _ => {
            let ids: Vec<&str> = meant.iter().map(|topic| dictionary.topic(*topic).id.as_str()).collect();
            Err(Some(format!("it may be {}", ids.join(" or "))))
        }
    }
}

/// The name of the topic that may have been meant: its label, or its id where the end of that is like it too.
fn near<'a>(dictionary: &'a Dictionary, name: &str) -> Option<&'a str> {
    let topics = dictionary.topics.iter();
    let names: Vec<(&str, &str)> = topics
        .flat_map(|topic| {
            let last = topic.id.rsplit('.').next().unwrap_or(&topic.id);
            [(topic.id.as_str(), topic.id.as_str()), (&topic.label, &topic.label), (last, &topic.id)]
        })
        .collect();
    let near = nearest(name, names.iter().map(|(like, _)| *like))?;
    names.iter().find(|(like, _)| *like == near).map(|(_, whole)| *whole)
}

/// The topics there are, a few of them by name.
fn topics(dictionary: &Dictionary) -> Option<String> {
    let top: Vec<&str> = dictionary.topics.iter().filter(|topic| topic.depth == 0).map(|t| t.id.as_str()).collect();
    let (shown, more) = top.split_at(top.len().min(NAMED));
    match (shown, more.len()) {
        ([], _) => None,
        ([one], 0) => Some(format!("the topic is {one}")),
        ([others @ .., last], 0) => Some(format!("topics are {} and {last}", others.join(", "))),
        (shown, more) => Some(format!("topics are {} and {more} more", shown.join(", "))),
    }
}

/// Whether `text` is `2014`, `2014-08` or `2014-08-01`.
fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |part: &&str, digits: usize| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit());
    parts.len() <= 3 && number(&parts[0], 4) && parts[1..].iter().all(|part| number(part, 2))
}

#[cfg(test)]
mod tests;
