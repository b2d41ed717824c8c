//! What is doubtful in a dictionary: terms that can never count, say the same twice, mean something else
//! too, or take in too much. Each with its place; none keeps the dictionary from being used.

use std::path::Path;

use crate::diag::{Diagnostic, Location};

use super::dictionary::Term;
use super::fold::{Folded, Form};
use super::matcher::Standing;
use super::phrase::{self, Case, Pattern};
use super::{Dictionary, TermId};

/// Acronyms and names that are also common words: in small letters a term hits those too.
const COMMON: [&str; 34] = [
    "aids", "am", "apt", "are", "as", "at", "be", "bush", "can", "china", "cook", "do", "go", "has", "he", "in", "is",
    "it", "may", "march", "mark", "me", "no", "on", "or", "pact", "polish", "so", "turkey", "un", "us", "we", "who",
    "will",
];

/// Letters that a `*` needs beside it, so that it stands for forms of one word.
const FEWEST_LETTERS: usize = 3;

/// Different words that one term may well match.
const MANY_WORDS: usize = 40;

/// Looks at a dictionary, read from `source`, the file at `path`. `standing` has, where documents were
/// looked at, how often each term stands in them.
pub fn lint(dictionary: &Dictionary, source: &str, path: &Path, standing: Option<&[Standing]>) -> Vec<Diagnostic> {
    let lines = Lines { source, path };
    let mut found = Vec::new();
    let compiled: Vec<Vec<Pattern>> = dictionary
        .terms
        .iter()
        .map(|term| if term.is_regex { Vec::new() } else { phrase::compile(&term.text, term.case).unwrap_or_default() })
        .collect();
    for id in dictionary.term_ids() {
        let term = dictionary.term(id);
        let twice = double(dictionary, &compiled, id, &lines);
        let covered = || masked(term).or_else(|| shadowed(dictionary, &compiled, id, &lines));
        let said = twice.or_else(covered).or_else(|| risky(term)).or_else(|| runaway(term));
        let counted =
            || standing.and_then(|all| all.get(id.0 as usize)).and_then(|standing| in_documents(term, standing));
        found.extend(said.or_else(counted).map(|fault| fault.at(lines.location(term.at))));
    }
    found
}

struct Lines<'a> {
    source: &'a str,
    path: &'a Path,
}

impl Lines<'_> {
    fn location(&self, at: usize) -> Location {
        Location::in_source(self.path, self.source, at)
    }

    fn line(&self, at: usize) -> usize {
        self.location(at).line_column.map_or(0, |(line, _)| line)
    }
}

/// A term that says what an earlier one of its topic says.
fn double(dictionary: &Dictionary, compiled: &[Vec<Pattern>], id: TermId, lines: &Lines<'_>) -> Option<Diagnostic> {
    let term = dictionary.term(id);
    let same = |other: &&(TermId, &Term)| {
        other.1.topic == term.topic
            && other.1.is_regex == term.is_regex
            && if term.is_regex {
                other.1.text == term.text
            } else {
                let (these, those) = (&compiled[id.0 as usize], &compiled[other.0.0 as usize]);
                these.len() == those.len() && these.iter().all(|pattern| those.contains(pattern))
            }
            && (&other.1.near, &other.1.not) == (&term.near, &term.not)
    };
    let earlier: Vec<(TermId, &Term)> =
        dictionary.term_ids().take(id.0 as usize).map(|id| (id, dictionary.term(id))).collect();
    let (_, earlier) = earlier.iter().find(same)?;
    let message =
        format!("duplicate: {:?} says the same as {:?} in line {}", term.text, earlier.text, lines.line(earlier.at));
    Some(Diagnostic::warning(message).help("leave one of them"))
}

/// A term that its own `not` masks wherever it stands.
fn masked(term: &Term) -> Option<Diagnostic> {
    let forms = forms(term);
    let by = term.not.iter().find(|not| !forms.is_empty() && forms.iter().all(|form| hits_in(not, term.case, form)))?;
    Some(Diagnostic::warning(format!("dead: {:?} is always masked by not: {by:?}", term.text)))
}

/// A term whose words another term of its topic always matches too.
fn shadowed(dictionary: &Dictionary, compiled: &[Vec<Pattern>], id: TermId, lines: &Lines<'_>) -> Option<Diagnostic> {
    let term = dictionary.term(id);
    if term.is_regex || compiled[id.0 as usize].iter().any(Pattern::is_open) {
        return None;
    }
    let forms = forms(term);
    let covers = |other: &Term, patterns: &[Pattern]| {
        other.topic == term.topic
            && other.near.is_empty()
            && other.not.iter().all(|not| term.not.contains(not))
            && forms.iter().all(|form| covers_whole(patterns, form))
    };
    let others = dictionary.term_ids().filter(|other| *other != id && !dictionary.term(*other).is_regex);
    let other =
        others.map(|other| (dictionary.term(other), &compiled[other.0 as usize])).find(|(o, p)| covers(o, p))?.0;
    let message =
        format!("shadowed: all that {:?} hits, {:?} in line {} hits too", term.text, other.text, lines.line(other.at));
    Some(Diagnostic::warning(message).help("it can go"))
}

fn risky(term: &Term) -> Option<Diagnostic> {
    let word = term.text.to_lowercase();
    if term.is_regex || !COMMON.contains(&word.as_str()) {
        return None;
    }
    let is_free = term.case == Case::Ignore || term.case == Case::Smart && term.text == word;
    if !is_free || !term.near.is_empty() {
        return None;
    }
    let message = format!("risky: {:?} is also a common word, and is found in small letters too", term.text);
    Some(
        Diagnostic::warning(message)
            .help("write its capitals, with case = \"smart\" or \"exact\", or ask for a term near it"),
    )
}

/// A `*` with too few letters beside it.
fn runaway(term: &Term) -> Option<Diagnostic> {
    if term.is_regex {
        return None;
    }
    let forms = phrase::forms(&term.text).unwrap_or_default();
    let letters = |word: &str| word.chars().filter(|c| c.is_alphanumeric()).count();
    let runs = |form: &String| {
        let mut words = form.split(' ');
        let is_loose = words.any(|word| word.contains('*') && letters(word) > 0 && letters(word) < FEWEST_LETTERS);
        is_loose && form.is_ascii() && letters(form) < 2 * FEWEST_LETTERS
    };
    let form = forms.into_iter().find(runs)?;
    let help = "write more of the word, or its endings as {,s,ed}";
    Some(Diagnostic::warning(format!("runaway: {form:?} takes in very many words")).help(help))
}

/// What the documents say of a term.
fn in_documents(term: &Term, standing: &Standing) -> Option<Diagnostic> {
    if standing.places == 0 {
        return Some(Diagnostic::warning(format!("dead: {:?} stands in none of the documents", term.text)));
    }
    if standing.hits == 0 {
        let message = format!("shadowed: {:?} stands {} times and never counts", term.text, standing.places);
        return Some(Diagnostic::warning(message).help("longer hits, not or near are in its way"));
    }
    if term.text.contains('*') && standing.words.len() > MANY_WORDS {
        let some: Vec<&str> = standing.words.iter().take(4).map(String::as_str).collect();
        let message =
            format!("runaway: {:?} hits more than {MANY_WORDS} different words: {}, …", term.text, some.join(", "));
        return Some(Diagnostic::warning(message));
    }
    None
}

/// The forms of a term without open ends, as texts that it hits.
fn forms(term: &Term) -> Vec<String> {
    let forms = if term.is_regex { Vec::new() } else { phrase::forms(&term.text).unwrap_or_default() };
    if forms.iter().any(|form| form.contains(['*', '?'])) { Vec::new() } else { forms }
}

fn hits_in(not: &str, case: Case, form: &str) -> bool {
    stand(&phrase::compile(not, case).unwrap_or_default(), form).next().is_some()
}

/// Whether one of the patterns matches the whole of `form`, in every way it may be written.
fn covers_whole(patterns: &[Pattern], form: &str) -> bool {
    stand(patterns, form).any(|range| range == (0..form.len()))
}

/// Where patterns stand in a form of a term.
fn stand(patterns: &[Pattern], form: &str) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut folded = Folded::default();
    folded.fold(form, Form::Key, &[]);
    let mut found = Vec::new();
    for pattern in patterns {
        for (at, needle) in folded.text.match_indices(pattern.needle()) {
            let range = pattern.stands(&folded, form, at..at + needle.len());
            found.extend(range.map(|range| folded.source(range)));
        }
    }
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(source: &str, text: Option<&str>) -> String {
        let path = Path::new("c.toml");
        let dictionary = Dictionary::parse(source, path).value;
        let standing = text.map(|text| {
            let mut document = crate::corpus::Document::default();
            document.clean.text = text.to_owned();
            let end = text.len() as u32;
            document.clean.paragraphs.push(crate::text::Paragraph {
                kind: crate::text::Kind::Body,
                start: 0,
                end,
                close: false,
            });
            let mut counts = vec![Standing::default(); dictionary.terms.len()];
            super::super::Matcher::new(&dictionary).standing(&document, &mut counts);
            counts
        });
        lint(&dictionary, source, path, standing.as_deref()).iter().map(|fault| format!("{fault}\n")).collect()
    }

    #[test]
    fn each_lint_has_its_place() {
        let source = "[topics.a]\nterms = [\"tax\", \"taxes\", \"tax*\",\n \"trade-bloc\", \"trade bloc\"]\n\
                      [topics.b]\nterms = [\"us\", \"US\", \"a*\", \"Republic of China\"]\nnot = [\"China\"]\n\
                      [topics.c]\nterms = [\"IT\", \"tax\"]\ncase = \"ignore\"\n";
        let said = says(source, None);
        let want = [
            "c.toml:2:10: shadowed: all that \"tax\" hits, \"tax*\" in line 2 hits too; it can go",
            "c.toml:2:17: shadowed: all that \"taxes\" hits",
            "c.toml:3:16: duplicate: \"trade bloc\" says the same as \"trade-bloc\" in line 3",
            "c.toml:5:10: risky: \"us\"",
            "c.toml:5:22: runaway: \"a*\"",
            "c.toml:5:28: dead: \"Republic of China\" is always masked by not: \"China\"",
            "c.toml:8:10: risky: \"IT\"",
        ];
        for want in want {
            assert!(said.contains(want), "{want}\nin\n{said}");
        }
        assert!(!said.contains("\"tax\" in line 8"), "{said}");
    }

    #[test]
    fn a_smart_term_does_not_cover_what_asks_less() {
        assert_eq!(says("[topics.a]\nterms = [\"China\", \"Trade*\", \"trade bloc\"]\n", None), "");
    }

    #[test]
    fn documents_tell_what_is_dead_and_what_never_counts() {
        let source = "[topics.a]\nterms = [\"China\", \"Japan\"]\n[topics.b]\nterms = [\"South China Sea\"]\n";
        let said = says(source, Some("In the South China Sea."));
        assert_eq!(
            said,
            "c.toml:2:10: shadowed: \"China\" stands 1 times and never counts; longer hits, not or near are in its way\n\
             c.toml:2:19: dead: \"Japan\" stands in none of the documents\n"
        );
    }
}
