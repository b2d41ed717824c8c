//! `postil check`: everything wrong or doubtful with settings and topics, each with line and column.

use crate::app::input::Input;
use crate::config::{self, Config, Layer, Request, Surroundings};
use crate::diag::{Diagnostic, Severity};
use crate::topics::{Dictionary, Matcher, Standing, lint};

use super::args::CheckArgs;
use super::output::Out;
use super::{Exit, Fault, Global, Outcome, open};

pub fn run(args: &CheckArgs, global: &Global, out: &mut Out) -> Outcome {
    open::all_there(&args.paths.paths)?;
    let request = Request { config: global.config.clone(), paths: args.paths.paths.clone(), topics: false };
    let loaded = config::load(&request, &Surroundings::of_process());
    let config = loaded.value;
    let dictionary = config.dictionary();
    let mut found = loaded.diagnostics;
    found.extend(Input::new(&config.settings).faults);
    found.extend(dictionary.diagnostics);
    let standing = match looks_at_documents(args, &config) {
        true => Some(standing(&config, &dictionary.value)?),
        false => None,
    };
    found.extend(lint::lint(&dictionary.value, &config.topics.text, &config.topics.path, standing.as_deref()));
    found.retain(|diagnostic| diagnostic.severity > Severity::Note);
    // Settings and topics are read apart, and both find what is no TOML.
    let mut said: Vec<Diagnostic> = Vec::new();
    for diagnostic in found {
        if !said.contains(&diagnostic) {
            out.line(&diagnostic.to_string())?;
            said.push(diagnostic);
        }
    }
    if !said.is_empty() {
        return Ok(Exit::Nothing);
    }
    let topics = dictionary.value.topics.len();
    let terms = dictionary.value.terms.len();
    out.line(&format!("{}: {topics} topics, {terms} terms, nothing to mend", config.topics.path.display()))?;
    Ok(Exit::Done)
}

/// Whether terms are looked for in documents: where some were named, and the dictionary is theirs. The
/// built-in one is for all libraries, so in one of them most of its terms may well be dead.
fn looks_at_documents(args: &CheckArgs, config: &Config) -> bool {
    !args.paths.paths.is_empty() && config.topics.layer != Layer::BuiltIn
}

/// How often each term stands in the documents.
fn standing(config: &Config, dictionary: &Dictionary) -> Result<Vec<Standing>, Fault> {
    let matcher = Matcher::new(dictionary);
    let nothing = || vec![Standing::default(); dictionary.terms.len()];
    let mut all = nothing();
    open::library(config)?.each(
        |document| {
            let mut counts = nothing();
            matcher.standing(document, &mut counts);
            counts
        },
        |counts| {
            for (sum, count) in all.iter_mut().zip(counts) {
                sum.places += count.places;
                sum.hits += count.hits;
                sum.words.extend(count.words);
            }
            Ok(true)
        },
    )?;
    Ok(all)
}
