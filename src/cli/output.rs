//! Where commands write: data on standard output, talk on standard error.
//!
//! *Invariants.* What goes to a terminal has been made safe; what goes anywhere else is as it is and
//! has no escapes. A reader that closes the pipe early ends the program quietly.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

use crate::diag::{Diagnostic, Severity};
use crate::text::Safe;

use super::args::When;
use super::{Fault, Global};

/// Standard output.
pub struct Out {
    to: BufWriter<io::Stdout>,
    is_terminal: bool,
    colour: bool,
}

impl Out {
    pub fn new(global: &Global) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let colour = wants_colour(global.color, is_terminal, |name| env::var_os(name).is_some_and(|v| !v.is_empty()));
        Self { to: BufWriter::with_capacity(1 << 16, io::stdout()), is_terminal, colour }
    }

    /// Writes one line of data; `line` has no line end.
    pub fn line(&mut self, line: &str) -> Result<(), Fault> {
        if self.is_terminal {
            self.to.write_all(Safe::new(line).as_str().as_bytes())?;
        } else {
            self.to.write_all(line.as_bytes())?;
        }
        self.to.write_all(b"\n")?;
        Ok(())
    }

    /// Writes one line with a stretch of it standing out, where colour is wanted.
    pub fn marked(&mut self, before: &str, hit: &str, after: &str) -> Result<(), Fault> {
        if !self.colour {
            return self.line(&format!("{before}{hit}{after}"));
        }
        let [before, hit, after] = [before, hit, after].map(Safe::new);
        writeln!(self.to, "{before}\x1b[1;33m{hit}\x1b[0m{after}")?;
        Ok(())
    }

    /// Writes text that may have many lines, as it stands.
    pub fn text(&mut self, text: &str) -> Result<(), Fault> {
        text.lines().try_for_each(|line| self.line(line))
    }

    /// Whether a person reads along.
    pub fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    pub fn flush(&mut self) -> Result<(), Fault> {
        self.to.flush()?;
        Ok(())
    }
}

/// Colour as `--color` says, then NO_COLOR, then CLICOLOR_FORCE, then whether it is a terminal.
fn wants_colour(when: When, is_terminal: bool, is_set: impl Fn(&str) -> bool) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto if is_set("NO_COLOR") => false,
        When::Auto => is_set("CLICOLOR_FORCE") || is_terminal,
    }
}

/// Says what went wrong on standard error; what cannot be said there is lost.
pub fn say(diagnostic: &Diagnostic) {
    let level = match diagnostic.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    tell(&format!("{level}: {diagnostic}"));
}

/// Says a line on standard error.
pub fn tell(line: &str) {
    let safe = Safe::new(line);
    let _ = writeln!(io::stderr().lock(), "postil: {safe}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_flag_comes_before_the_environment_and_that_before_the_terminal() {
        let none = |_: &str| false;
        assert!(wants_colour(When::Auto, true, none));
        assert!(!wants_colour(When::Auto, false, none));
        assert!(wants_colour(When::Auto, false, |name| name == "CLICOLOR_FORCE"));
        assert!(!wants_colour(When::Auto, true, |_| true), "NO_COLOR comes before CLICOLOR_FORCE");
        assert!(wants_colour(When::Always, false, |_| true));
        assert!(!wants_colour(When::Never, true, none));
    }
}
