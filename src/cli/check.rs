//! `postil check`: everything wrong with settings and topics, each with line and column.

use crate::config::{self, Request, Surroundings};
use crate::diag::Severity;

use super::args::CheckArgs;
use super::output::Out;
use super::{Exit, Global, Outcome};

pub fn run(args: &CheckArgs, global: &Global, out: &mut Out) -> Outcome {
    let request = Request { config: global.config.clone(), paths: args.paths.paths.clone() };
    let loaded = config::load(&request, &Surroundings::of_process());
    let dictionary = loaded.value.dictionary();
    let mut found = loaded.diagnostics;
    found.extend(dictionary.diagnostics);
    found.retain(|diagnostic| diagnostic.severity > Severity::Note);
    for diagnostic in &found {
        out.line(&diagnostic.to_string())?;
    }
    if !found.is_empty() {
        return Ok(Exit::Nothing);
    }
    let topics = dictionary.value.topics.len();
    let terms = dictionary.value.terms.len();
    out.line(&format!("{}: {topics} topics, {terms} terms, nothing to mend", loaded.value.topics.path.display()))?;
    Ok(Exit::Done)
}
