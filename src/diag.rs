//! What went wrong, where, and what to do next.
//!
//! Everything that reads input from outside (documents, config, notes) answers with a value *and*
//! what it could not use: one bad file, term or line never loses the rest.

use std::fmt;
use std::path::{Path, PathBuf};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing; nothing was left out.
    Note,
    /// Something was left out or guessed; the rest stands.
    Warning,
    /// The thing asked for could not be done.
    Error,
}

/// A place in a file. Lines and columns count from 1; columns count code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    pub path: PathBuf,
    /// `None`: the file as a whole.
    pub line_column: Option<(usize, usize)>,
}

impl Location {
    /// The file as a whole.
    pub fn file(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), line_column: None }
    }

    /// The place of byte `offset` of `source`, the text of the file at `path`.
    pub fn in_source(path: &Path, source: &str, offset: usize) -> Self {
        let before = &source[..floor_char_boundary(source, offset)];
        let line = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before[start..].chars().count() + 1;
        Self { path: path.to_owned(), line_column: Some((line, column)) }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path.display())?;
        if let Some((line, column)) = self.line_column {
            write!(f, ":{line}:{column}")?;
        }
        Ok(())
    }
}

/// One thing that went wrong: what, where, and what to do next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub location: Option<Location>,
    /// What is wrong, in lower case, without a full stop.
    pub message: String,
    /// What to do next.
    pub help: Option<String>,
}

impl Diagnostic {
    pub fn new(severity: Severity, message: impl Into<String>) -> Self {
        Self { severity, location: None, message: message.into(), help: None }
    }

    pub fn error(message: impl Into<String>) -> Self {
        Self::new(Severity::Error, message)
    }

    pub fn warning(message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, message)
    }

    #[must_use]
    pub fn at(mut self, location: Location) -> Self {
        self.location = Some(location);
        self
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Diagnostic {
    /// One line: `path:line:column: message; help`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(location) = &self.location {
            write!(f, "{location}: ")?;
        }
        write!(f, "{}", self.message)?;
        if let Some(help) = &self.help {
            write!(f, "; {help}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}

/// A value and what was left out on the way to it.
#[derive(Clone, Debug, Default)]
pub struct Loaded<T> {
    pub value: T,
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Loaded<T> {
    pub fn clean(value: T) -> Self {
        Self { value, diagnostics: Vec::new() }
    }

    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Loaded<U> {
        Loaded { value: f(self.value), diagnostics: self.diagnostics }
    }
}

/// The candidate nearest to `word` by edit distance, if one is near enough to be what was meant: of the letters of the
/// longer one at most a third are others.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let length = word.chars().count();
    let candidates = candidates.into_iter().filter(|candidate| {
        let longer = candidate.chars().count().max(length);
        edit_distance(word, candidate) * 3 <= longer
    });
    nearest_within(word, candidates, usize::MAX)
}

/// The first of the nearest candidates that are at most `limit` changes of a letter away.
pub fn nearest_within<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>, limit: usize) -> Option<&'a str> {
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(word, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// How many letters are put in, left out, replaced or changed places with the next one, ignoring case (Damerau 1964;
/// Wagner and Fischer 1974, three rows).
fn edit_distance(a: &str, b: &str) -> usize {
    let [a, b] = [a, b].map(|text| text.to_lowercase().chars().collect::<Vec<char>>());
    let (mut above, mut row): (Vec<usize>, Vec<usize>) = (Vec::new(), (0..=b.len()).collect());
    for i in 1..=a.len() {
        let mut next = vec![i];
        for j in 1..=b.len() {
            let replaced = row[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(row[j] + 1).min(next[j - 1] + 1);
            if i > 1 && j > 1 && (a[i - 1], a[i - 2]) == (b[j - 2], b[j - 1]) {
                least = least.min(above[j - 2] + 1);
            }
            next.push(least);
        }
        above = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

fn floor_char_boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_says_where_what_and_what_next() {
        let source = "a = 1\n  pattrn = 2\n";
        let diagnostic = Diagnostic::error("unknown key \"pattrn\"")
            .at(Location::in_source(Path::new("config.toml"), source, 8))
            .help("did you mean \"pattern\"?");
        assert_eq!(diagnostic.to_string(), "config.toml:2:3: unknown key \"pattrn\"; did you mean \"pattern\"?");
    }

    #[test]
    fn the_nearest_word_is_near() {
        assert_eq!(nearest("pattrn", ["label", "pattern", "terms"]), Some("pattern"));
        assert_eq!(nearest("zebra", ["label", "pattern"]), None);
        for (word, candidate) in [
            ("nosuch", "south"),
            ("trade", "china"),
            ("ls", "tag"),
            ("x", "y"),
            ("sea", "asia"),
            ("ports", "notes"),
            ("", "a"),
        ] {
            assert_eq!(nearest(word, [candidate]), None, "{word}");
        }
        for (word, candidate) in [
            ("tga", "tag"),
            ("qiut", "quit"),
            ("Essays", "essays"),
            ("esay", "essays"),
            ("no", "NO"),
            ("chian", "china"),
        ] {
            assert_eq!(nearest(word, [candidate]), Some(candidate), "{word}");
        }
    }
}
