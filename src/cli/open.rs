//! What most commands start with: settings, the library, the dictionary, and documents one by one.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::config::{self, Config, Request, Surroundings};
use crate::corpus::load::{self, NO_DOCUMENTS, STDIN};
use crate::corpus::{Document, Library};
use crate::diag::{Diagnostic, Loaded, Severity};
use crate::topics::Dictionary;

use super::output::say;
use super::{Exit, Fault, Global, Outcome, parallel};

/// Reads the settings; what is wrong with them is said, and an error ends the command.
pub fn settings(paths: &[PathBuf], global: &Global) -> Result<Config, Fault> {
    let Loaded { value: config, diagnostics } = read_settings(paths, global, false);
    report(&diagnostics)?;
    Ok(config)
}

/// Says which of the paths are not there, for commands that may do without documents.
///
/// # Errors
/// When there is one.
pub fn all_there(paths: &[PathBuf]) -> Result<(), Fault> {
    report(&load::absent(paths))
}

/// The settings of all files, with what the command line says laid over them.
fn read_settings(paths: &[PathBuf], global: &Global, topics: bool) -> Loaded<Config> {
    let request = Request { config: global.config.clone(), paths: paths.to_vec(), topics };
    let mut loaded = config::load(&request, &Surroundings::of_process());
    if global.encoding.is_some() {
        loaded.value.settings.reading.encoding.clone_from(&global.encoding);
    }
    loaded
}

/// Reads the settings for the screen, and the topics where they stand beside them, where faults are messages and the rest counts. A file that was
/// named and is not there, or nothing to open, still ends the command.
pub fn lenient(paths: &[PathBuf], global: &Global) -> Result<(Config, Vec<Diagnostic>), Fault> {
    if global.config.as_ref().is_some_and(|file| !file.exists()) {
        settings(paths, global)?;
    }
    let Loaded { value: config, diagnostics } = read_settings(paths, global, true);
    if !config.paths.iter().any(is_given) {
        library(&config)?;
    }
    Ok((config, diagnostics))
}

/// Reads the dictionary of `config`.
pub fn dictionary(config: &Config) -> Result<Dictionary, Fault> {
    let loaded = config.dictionary();
    report(&loaded.diagnostics)?;
    Ok(loaded.value)
}

/// How the settings want files to be read.
pub fn options(config: &Config) -> load::Options {
    load::Options { encoding: config.settings.reading.encoding.clone(), ..load::Options::default() }
}

/// The documents of a library, listed, with what was wrong said.
pub struct Opened {
    pub library: Library,
    pub options: load::Options,
    /// Whether a path that was asked for is not there or not readable.
    incomplete: bool,
    /// Whether that is all there is: nothing could be looked at, which is not to say that it holds nothing.
    unreadable: bool,
}

/// Lists what `config` says is to be opened.
///
/// # Errors
/// When no path that was asked for is there.
pub fn library(config: &Config) -> Result<Opened, Fault> {
    let listed = load::list(&config.paths);
    for diagnostic in listed.diagnostics.iter().filter(|d| d.severity > Severity::Note) {
        say(diagnostic);
    }
    let incomplete = listed.diagnostics.iter().any(|d| d.severity == Severity::Error);
    if listed.value.entries.is_empty() && !config.paths.iter().any(is_given) {
        return Err(Fault::Said);
    }
    let unreadable = listed.value.entries.is_empty()
        && listed.diagnostics.iter().any(|d| d.severity == Severity::Error && d.message != NO_DOCUMENTS);
    Ok(Opened { library: listed.value, options: options(config), incomplete, unreadable })
}

fn is_given(path: &PathBuf) -> bool {
    path == std::path::Path::new(STDIN) || path.exists()
}

impl Opened {
    /// Reads every document, works on it on all cores, and takes up the results in the order of the
    /// library. A document that cannot be read is said; the others go on.
    pub fn each<T: Send>(
        &self,
        work: impl Fn(&Document) -> T + Sync,
        mut take: impl FnMut(T) -> Result<bool, Fault>,
    ) -> Outcome {
        let failed = AtomicBool::new(false);
        let mut found = false;
        parallel::in_order(
            &self.library.entries,
            |entry| {
                let read = load::read(entry, &self.options);
                let remark = read.as_ref().ok().and_then(|document| load::remarks(entry, document));
                (read.map(|document| work(&document)), remark)
            },
            |(result, remark)| {
                remark.iter().for_each(say);
                match result {
                    Ok(value) => found |= take(value)?,
                    Err(diagnostic) => {
                        failed.store(true, Ordering::Relaxed);
                        say(&diagnostic);
                    }
                }
                Ok::<(), Fault>(())
            },
        )?;
        let unread = failed.into_inner() || self.unreadable || self.incomplete && !self.library.entries.is_empty();
        Ok(match (unread, found) {
            (true, _) => Exit::Partial,
            (false, true) => Exit::Done,
            (false, false) => Exit::Nothing,
        })
    }
}

/// Says diagnostics that are more than notes; an error among them ends the command.
fn report(diagnostics: &[Diagnostic]) -> Result<(), Fault> {
    diagnostics.iter().filter(|d| d.severity > Severity::Note).for_each(say);
    let broken = diagnostics.iter().any(|d| d.severity == Severity::Error);
    if broken { Err(Fault::Said) } else { Ok(()) }
}
