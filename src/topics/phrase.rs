//! The language of terms: words, a space that is also a hyphen, `*` for the rest of a word (alone, for
//! any word), `?` for one letter, `{a,b}` for alternatives.
//!
//! Alternatives are expanded when the dictionary is read, so a [`Pattern`] is a plain row of parts
//! without choices. Its longest literal part is the *needle*: what the automaton looks for. Where a
//! needle stands, [`Pattern::stands`] looks at the rest.

mod forms;

use std::ops::Range;

use super::fold::{Folded, Form, Written, is_capital, is_mark};
use super::scripts::{is_edge, is_joined, is_word};
pub use forms::forms;
use forms::is_plain;

/// How letters of a term stand for letters of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Case {
    /// A capital is required, a small letter is free.
    #[default]
    Smart,
    Exact,
    Ignore,
}

/// What is wrong with a term, and at which of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub message: String,
}

fn fault<T>(at: usize, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { at, message: message.into() })
}

/// Parts of a pattern; a term has hardly ever more than three.
const MAX_PARTS: usize = 16;

/// The patterns of a term, each once.
///
/// # Errors
/// When the term is no term of the language; says what and where.
pub fn compile(written: &str, case: Case) -> Result<Vec<Pattern>, Fault> {
    let mut patterns = Vec::new();
    for form in forms(written)? {
        let pattern = Pattern::new(&form, case)?;
        if is_acronym(&form) {
            patterns.push(Pattern::dotted(&form, case));
        }
        patterns.push(pattern);
    }
    Ok(patterns)
}

/// Whether `written` is a term, without the patterns.
///
/// # Errors
/// As [`compile`].
pub fn check(written: &str, case: Case) -> Result<(), Fault> {
    if is_plain(written) { Ok(()) } else { compile(written, case).map(drop) }
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// Stands in the key as it is.
    Text(String),
    /// The rest of a word, which may be nothing.
    Rest,
    /// One letter or digit.
    Letter,
}

/// What is asked of a letter beyond its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Want {
    Capital,
    Small,
    Accents(String),
}

/// A letter of which something is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Ask {
    part: usize,
    byte: usize,
    want: Want,
}

/// One form of a term, ready to be looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    parts: Vec<Part>,
    needle: usize,
    asks: Vec<Ask>,
    is_dotted: bool,
    /// Ends in a letter and a full stop: `U.S.` must not be the start of `U.S.A.`
    ends_in_initial: bool,
}

impl Pattern {
    fn new(form: &str, case: Case) -> Result<Self, Fault> {
        let mut pattern = Self {
            parts: Vec::new(),
            needle: 0,
            asks: Vec::new(),
            is_dotted: false,
            ends_in_initial: ends_in_initial(form),
        };
        for (index, word) in form.split(' ').enumerate() {
            if index > 0 {
                pattern.text(" ", case);
            }
            pattern.word(word, case)?;
        }
        if pattern.parts.len() > MAX_PARTS {
            return fault(0, "too many * and ? in one term");
        }
        pattern.needle = longest(&pattern.parts);
        Ok(pattern)
    }

    fn word(&mut self, word: &str, case: Case) -> Result<(), Fault> {
        let inner = word.strip_prefix('*').unwrap_or(word);
        let inner = inner.strip_suffix('*').unwrap_or(inner);
        if inner.is_empty() {
            self.parts.extend([Part::Letter, Part::Rest]);
            return Ok(());
        }
        if inner.contains('*') {
            return fault(0, "a * stands at the start or the end of a word");
        }
        if word.starts_with('*') {
            self.parts.push(Part::Rest);
        }
        for (index, text) in inner.split('?').enumerate() {
            if index > 0 {
                self.parts.push(Part::Letter);
            }
            if !text.is_empty() {
                self.text(text, case);
            }
        }
        if word.ends_with('*') {
            self.parts.push(Part::Rest);
        }
        Ok(())
    }

    /// Appends text, and what it asks beyond its key.
    fn text(&mut self, text: &str, case: Case) {
        if !matches!(self.parts.last(), Some(Part::Text(_))) {
            self.parts.push(Part::Text(String::new()));
        }
        let part = self.parts.len() - 1;
        let Some(Part::Text(key)) = self.parts.last_mut() else { return };
        let from = key.len();
        if text == " " || text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            key.push_str(&text.to_ascii_lowercase());
            let asks = text.bytes().zip(from..).filter_map(|(letter, byte)| {
                let want = plain_want(letter, case)?;
                Some(Ask { part, byte, want })
            });
            return self.asks.extend(asks);
        }
        let mut folded = Folded::default();
        folded.fold(text, Form::Key, &[]);
        key.push_str(&folded.text);
        let mut last = usize::MAX;
        for (byte, _) in folded.text.char_indices() {
            let source = folded.start(byte);
            if source == last {
                continue;
            }
            last = source;
            let written = Written::at(text, source);
            let is_letter = text[source..].chars().next().is_some_and(char::is_alphabetic);
            let wants_case = match case {
                Case::Ignore => None,
                _ if written.is_capital => Some(Want::Capital),
                Case::Exact if is_letter => Some(Want::Small),
                _ => None,
            };
            let accents = Some(written.accents).filter(|accents| !accents.is_empty()).map(Want::Accents);
            let asks = wants_case.into_iter().chain(accents);
            self.asks.extend(asks.map(|want| Ask { part, byte: from + byte, want }));
        }
    }

    /// The form with full stops: `U.S` for `US`; whether one follows is looked up.
    fn dotted(form: &str, case: Case) -> Self {
        let with_stops: Vec<String> = form.chars().map(String::from).collect();
        let mut pattern =
            Self { parts: Vec::new(), needle: 0, asks: Vec::new(), is_dotted: true, ends_in_initial: false };
        pattern.text(&with_stops.join("."), case);
        pattern
    }

    /// What the automaton looks for: letters of the key.
    pub fn needle(&self) -> &str {
        match &self.parts[self.needle] {
            Part::Text(text) => text,
            Part::Rest | Part::Letter => "",
        }
    }

    /// Whether it has a `*` or a `?`.
    pub fn is_open(&self) -> bool {
        self.parts.len() > 1
    }

    /// Where the pattern stands, as bytes of the key, given that its needle stands at `needle`.
    pub fn stands(&self, folded: &Folded, clean: &str, needle: Range<usize>) -> Option<Range<usize>> {
        let key = folded.text.as_str();
        let mut starts = [needle.start; MAX_PARTS];
        let (mut start, mut end) = (needle.start, needle.end);
        if self.parts.len() > 1 {
            start = self.back(self.needle, key, start, &mut starts)?;
            end = self.forth(self.needle + 1, key, end, &mut starts)?;
        }
        if !ends_well(folded, start, end) {
            return None;
        }
        if self.is_dotted {
            end = self.dots(key, start, end)?;
        } else if self.ends_in_initial && key[end..].chars().next().is_some_and(is_word) {
            return None;
        }
        let given = |ask: &Ask| ask.want.is_given(clean, folded.start(starts[ask.part] + ask.byte));
        self.asks.iter().all(given).then_some(start..end)
    }

    /// Where the parts before `index` begin if they end at byte `at`.
    fn back(&self, index: usize, key: &str, at: usize, starts: &mut [usize; MAX_PARTS]) -> Option<usize> {
        let Some(index) = index.checked_sub(1) else { return Some(at) };
        match &self.parts[index] {
            // How much of a word is the rest of it, the part before decides.
            Part::Rest if index > 0 => {
                let inner = key[at..].chars().next()?;
                let run: Vec<usize> = Some(at).into_iter().chain(joined_before(key, at, inner)).collect();
                run.into_iter().rev().find_map(|start| self.back(index, key, start, starts))
            }
            part => {
                starts[index] = before(part, key, at)?;
                self.back(index, key, starts[index], starts)
            }
        }
    }

    /// Where the parts from `index` on end if they begin at byte `at`.
    fn forth(&self, index: usize, key: &str, at: usize, starts: &mut [usize; MAX_PARTS]) -> Option<usize> {
        let Some(part) = self.parts.get(index) else { return Some(at) };
        starts[index] = at;
        if *part == Part::Rest && index + 1 < self.parts.len() {
            let inner = key[..at].chars().next_back()?;
            let run: Vec<usize> = Some(at).into_iter().chain(joined_after(key, at, inner)).collect();
            return run.into_iter().rev().find_map(|end| self.forth(index + 1, key, end, starts));
        }
        self.forth(index + 1, key, after(part, key, at)?, starts)
    }

    /// The end of a dotted acronym with its last full stop, unless it is part of a longer one.
    fn dots(&self, key: &str, start: usize, end: usize) -> Option<usize> {
        let mut before = key[..start].chars().rev();
        if before.next() == Some('.') && before.next().is_some_and(is_word) && !before.next().is_some_and(is_word) {
            return None;
        }
        let mut after = key[end..].chars();
        if after.next() != Some('.') {
            return Some(end);
        }
        if after.next().is_some_and(is_word) { None } else { Some(end + 1) }
    }
}

impl Want {
    fn is_given(&self, clean: &str, at: usize) -> bool {
        let byte = clean.as_bytes().get(at).copied().unwrap_or_default();
        match self {
            Want::Capital if byte.is_ascii() => byte.is_ascii_uppercase(),
            Want::Small if byte.is_ascii() => !byte.is_ascii_uppercase(),
            Want::Capital => Written::at(clean, at).is_capital,
            Want::Small => !Written::at(clean, at).is_capital,
            Want::Accents(accents) => Written::at(clean, at).has_accents(accents),
        }
    }
}

/// What is asked of a plain letter, as [`Pattern::text`] asks it of any.
fn plain_want(letter: u8, case: Case) -> Option<Want> {
    match case {
        Case::Ignore => None,
        _ if letter.is_ascii_uppercase() => Some(Want::Capital),
        Case::Exact if letter.is_ascii_lowercase() => Some(Want::Small),
        _ => None,
    }
}

/// Whether words may begin at `start` and end at `end`.
fn ends_well(folded: &Folded, start: usize, end: usize) -> bool {
    let key = folded.text.as_str();
    let bytes = key.as_bytes();
    // Most needles are found inside words of plain letters.
    let inside = |a: Option<&u8>, b: Option<&u8>| {
        a.is_some_and(u8::is_ascii_alphanumeric) && b.is_some_and(u8::is_ascii_alphanumeric)
    };
    let previous = start.checked_sub(1).and_then(|at| bytes.get(at));
    if inside(previous, bytes.get(start)) || inside(bytes.get(end), end.checked_sub(1).and_then(|at| bytes.get(at))) {
        return false;
    }
    let Some(first) = key[start..end].chars().next() else { return false };
    let Some(last) = key[start..end].chars().next_back() else { return false };
    is_edge(key[..start].chars().next_back(), first, true)
        && is_edge(key[end..].chars().next(), last, false)
        && !(start > 0 && folded.is_glued(start - 1))
        && !folded.is_glued(end)
}

/// Where `part` begins if it ends at byte `at`.
fn before(part: &Part, key: &str, at: usize) -> Option<usize> {
    match part {
        Part::Text(text) => key[..at].ends_with(text.as_str()).then(|| at - text.len()),
        Part::Letter => {
            let mut chars = key[..at].char_indices().rev().skip_while(|(_, c)| is_mark(*c));
            chars.next().filter(|(_, c)| is_word(*c)).map(|(start, _)| start)
        }
        Part::Rest => {
            let inner = key[at..].chars().next()?;
            Some(joined_before(key, at, inner).last().unwrap_or(at))
        }
    }
}

/// Where `part` ends if it begins at byte `at`.
fn after(part: &Part, key: &str, at: usize) -> Option<usize> {
    match part {
        Part::Text(text) => key[at..].starts_with(text.as_str()).then(|| at + text.len()),
        Part::Letter => {
            let mut chars = key[at..].char_indices();
            chars.next().filter(|(_, c)| is_word(*c))?;
            Some(chars.find(|(_, c)| !is_mark(*c)).map_or(key.len(), |(end, _)| at + end))
        }
        Part::Rest => {
            let inner = key[..at].chars().next_back()?;
            Some(joined_after(key, at, inner).last().unwrap_or(at))
        }
    }
}

/// The starts of the letters of the same word that stand before byte `at`, the nearest first.
fn joined_before(key: &str, at: usize, mut inner: char) -> impl Iterator<Item = usize> + '_ {
    let mut chars = key[..at].char_indices().rev();
    std::iter::from_fn(move || {
        let (start, c) = chars.next().filter(|(_, c)| is_word(*c) && (is_joined(inner, *c) || inner == ' '))?;
        inner = c;
        Some(start)
    })
}

/// The ends of the letters of the same word that stand from byte `at` on.
fn joined_after(key: &str, at: usize, mut inner: char) -> impl Iterator<Item = usize> + '_ {
    let mut chars = key[at..].char_indices();
    std::iter::from_fn(move || {
        let (start, c) = chars.next().filter(|(_, c)| is_joined(inner, *c))?;
        inner = c;
        Some(at + start + c.len_utf8())
    })
}

/// The part with the longest text.
fn longest(parts: &[Part]) -> usize {
    let length = |part: &Part| match part {
        Part::Text(text) => text.trim().len(),
        Part::Rest | Part::Letter => 0,
    };
    (0..parts.len()).rev().max_by_key(|index| length(&parts[*index])).unwrap_or(0)
}

/// Whether a term is all capitals, and may be written with full stops too.
fn is_acronym(form: &str) -> bool {
    form.chars().count() > 1 && form.chars().all(|c| c.is_alphabetic() && is_capital(c))
}

fn ends_in_initial(form: &str) -> bool {
    let mut back = form.chars().rev();
    back.next() == Some('.') && back.next().is_some_and(is_word) && !back.next().is_some_and(is_word)
}

#[cfg(test)]
mod tests;
