//! The commands: arguments, a file per command, exit codes.
//!
//! Data goes to standard output and talk to standard error. Each command is the twin of something on
//! the screen and uses the same parts.

mod anchor;
pub mod args;
mod check;
mod completions;
mod config;
mod dump;
mod man;
mod notes;
mod open;
mod output;
mod parallel;
mod read;
mod screen;
mod search;
mod stats;
mod tag;
mod tutor;
mod usage;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::diag::Diagnostic;

pub use args::Global;
use args::{Cli, Command};
use output::Out;

/// How a command that ran ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Found, or fine.
    Done,
    /// Nothing found, or `check` found something.
    Nothing,
    /// Some documents could not be read; the others are done.
    Partial,
}

/// Why a command could not run to its end.
#[derive(Debug)]
pub enum Fault {
    /// The reader of the output has gone: no fault of ours.
    Closed,
    /// Usage or config.
    Usage(Diagnostic),
    /// Everything that was wrong has been said.
    Said,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Fault::Closed,
            _ => Fault::Usage(Diagnostic::error(format!("cannot write: {error}"))),
        }
    }
}

impl From<Diagnostic> for Fault {
    fn from(diagnostic: Diagnostic) -> Self {
        Fault::Usage(diagnostic)
    }
}

/// What a command answers.
pub type Outcome = Result<Exit, Fault>;

/// Runs the command line.
pub fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::read(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let asked = matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            if !asked && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
                output::say(&usage::refusal(&error, &arguments));
                return ExitCode::from(2);
            }
            return match error.print().map_err(Fault::from) {
                Err(Fault::Usage(diagnostic)) if asked => {
                    output::say(&diagnostic);
                    ExitCode::from(2)
                }
                _ => ExitCode::from(if asked { 0 } else { 2 }),
            };
        }
    };
    ExitCode::from(match run(&cli) {
        Ok(Exit::Done) | Err(Fault::Closed) => 0,
        Ok(Exit::Nothing) => 1,
        Ok(Exit::Partial) => 3,
        Err(Fault::Said) => 2,
        Err(Fault::Usage(diagnostic)) => {
            output::say(&diagnostic);
            2
        }
    })
}

/// The first word is no path, and nearly a command.
fn not_a_command(cli: &Cli) -> Diagnostic {
    let word = cli.read.paths.paths.first().map(|path| path.display().to_string()).unwrap_or_default();
    let command = cli.meant_command().unwrap_or_default();
    Diagnostic::error(format!("{word:?} is no command, and there is no file or folder of that name"))
        .help(format!("did you mean postil {command}?"))
}

fn run(cli: &Cli) -> Outcome {
    let global = &cli.global;
    let out = &mut Out::new(global);
    let outcome = match &cli.command {
        None if cli.meant_command().is_some() => Err(not_a_command(cli).into()),
        None if !out.is_terminal() => dump::plain(&cli.read.paths, global, out),
        None => read::run(&cli.read, None, global),
        Some(Command::Dump(args)) => dump::run(args, global, out),
        Some(Command::Tag(args)) => tag::run(args, global, out),
        Some(Command::Search(args)) => search::run(args, global, out),
        Some(Command::Stats(args)) => stats::run(args, global, out),
        Some(Command::Check(args)) => check::run(args, global, out),
        Some(Command::Notes(args)) => notes::run(args, global, out),
        Some(Command::Screen(args)) => screen::run(args, global, out),
        Some(Command::Anchor(args)) => anchor::run(args, out),
        Some(Command::Config(args)) => config::run(args, global, out),
        Some(Command::Completions(args)) => completions::run(args.shell, out),
        Some(Command::Tutor) => tutor::run(global),
        Some(Command::Man) => man::run(out),
    };
    out.flush()?;
    outcome
}
