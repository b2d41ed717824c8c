//! `postil completions` and `postil man`: what shells and manuals want to know, made of the arguments.

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Cli;
use super::output::Out;
use super::{Exit, Fault, Outcome};

/// Prints the completion script of a shell.
pub fn completions(shell: Shell, out: &mut Out) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "postil", &mut script);
    out.text(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}

/// Prints the man page, in troff.
pub fn man(out: &mut Out) -> Outcome {
    let mut page = Vec::new();
    clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(Fault::from)?;
    out.text(&String::from_utf8_lossy(&page))?;
    Ok(Exit::Done)
}
