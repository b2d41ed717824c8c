//! `postil completions`: what shells want to know, made of the arguments.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;
use super::output::Out;
use super::{Exit, Outcome};

/// Prints the completion script of a shell.
pub fn run(shell: Shell, out: &mut Out) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "postil", &mut script);
    out.text(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
