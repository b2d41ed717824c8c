//! `postil anchor --cases`: where passages stand after an edit, a case a line.

use std::io::{self, BufRead};

use serde::{Deserialize, Serialize};

use crate::diag::Diagnostic;
use crate::notes::Anchor;
use crate::notes::anchor::{Old, Prepared, Resolved, resolve};

use super::args::AnchorArgs;
use super::output::{Out, say};
use super::{Exit, Fault, Outcome};

/// A case: a text, and a passage of an earlier state of it.
#[derive(Deserialize)]
struct Case {
    id: serde_json::Value,
    text: String,
    exact: String,
    #[serde(default)]
    prefix: String,
    #[serde(default)]
    suffix: String,
    /// As `prefix` and `suffix`, and longer; these count where they are there.
    before: Option<String>,
    after: Option<String>,
    /// The code point where the passage was.
    #[serde(default)]
    hint: usize,
    /// The whole text as it was.
    old: Option<String>,
}

/// Where the passage stands, in code points of the case's text; no span where it is gone.
#[derive(Serialize)]
struct Answer<'a> {
    id: &'a serde_json::Value,
    span: Option<[usize; 2]>,
    score: f32,
    tier: &'static str,
}

pub fn run(_args: &AnchorArgs, out: &mut Out) -> Outcome {
    let unreadable = |error: io::Error| Fault::Usage(Diagnostic::error(format!("cannot read standard input: {error}")));
    let mut input = io::stdin().lock();
    let mut line = Vec::new();
    let (mut number, mut exit) = (0, Exit::Done);
    // Many cases of one text come one after another: it is made ready once.
    let mut ready = Ready::default();
    while input.read_until(b'\n', &mut line).map_err(unreadable)? > 0 {
        number += 1;
        match serde_json::from_slice::<Case>(&line) {
            Ok(case) => answer(case, &mut ready, out)?,
            Err(_) if line.trim_ascii().is_empty() => {}
            Err(error) => {
                exit = Exit::Partial;
                say(&Diagnostic::warning(format!("stdin, line {number}: {error}; the case was left out")));
            }
        }
        line.clear();
    }
    Ok(exit)
}

/// The texts of the last case, made ready.
#[derive(Default)]
struct Ready {
    text: String,
    prepared: Prepared,
    old_text: Option<String>,
    old: Option<Old>,
}

impl Ready {
    fn take(&mut self, text: &str, old: Option<String>) {
        let is_same = self.text == text;
        if !is_same {
            (self.text, self.prepared) = (text.to_owned(), Prepared::new(text));
        }
        if !is_same || self.old_text != old {
            self.old = old.as_deref().map(|old| Old::new(old, &self.prepared));
            self.old_text = old;
        }
    }
}

fn answer(case: Case, ready: &mut Ready, out: &mut Out) -> Result<(), Fault> {
    ready.take(&case.text, case.old);
    let anchor = Anchor {
        pos: case.hint..case.hint + case.exact.chars().count(),
        exact: case.exact,
        before: case.before.unwrap_or(case.prefix),
        after: case.after.unwrap_or(case.suffix),
        ..Anchor::default()
    };
    let Resolved { span, tier, score } = resolve(&anchor, &ready.prepared, ready.old.as_ref());
    let points = |byte: usize| case.text[..byte].chars().count();
    let span = span.map(|span| [points(span.start), points(span.end)]);
    let answer = Answer { id: &case.id, span, score, tier: tier.name() };
    let printed = serde_json::to_string(&answer).map_err(|error| Diagnostic::error(error.to_string()))?;
    out.line(&printed)
}
