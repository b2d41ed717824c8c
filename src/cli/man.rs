//! `postil man`: the manual page, in troff, made of the tables the program itself follows.
//!
//! Commands and options are the arguments', keys the table of actions', settings the table of settings';
//! only files, environment and exit codes are written here.

use std::io;

use clap::{Arg, Command, CommandFactory};
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

use crate::config::settings::SETTINGS;
use crate::keys::actions::{Scope, TABLE};

use super::args::Cli;
use super::output::Out;
use super::{Exit, Outcome};

/// What Postil reads and writes.
const FILES: &[(&str, &str)] = &[
    (
        "config.toml, .postil/config.toml",
        "Settings and topics of a library: in its folder or above it, up to a repository's root.",
    ),
    (
        "$XDG_CONFIG_HOME/postil/config.toml",
        "Your own; its keys, theme and panes come before the library's. ~/.config where the variable is not set.",
    ),
    (
        ".postil/log/WRITER.jsonl",
        "Notes on the library's documents: one event a line, only ever added to, a file for each machine that writes.",
    ),
    (".postil/snap/", "The texts that have notes, as they were, so that notes find their words after an edit."),
    (
        "$XDG_DATA_HOME/postil/",
        "Notes on libraries that may not be written to. ~/.local/share where the variable is not set.",
    ),
    (
        "$XDG_STATE_HOME/postil/",
        "Of each library places, marks, searches and commands, and drafts of notes that were not saved. ~/.local/state \
         where the variable is not set.",
    ),
];

const ENVIRONMENT: &[(&str, &str)] = &[
    ("POSTIL_CONFIG", "A file of settings, after --config and before all others."),
    ("VISUAL, EDITOR", "The editor for long notes, and its arguments."),
    ("NO_COLOR", "Not empty: no colour, unless --color asks for it."),
    ("CLICOLOR_FORCE", "Not empty: colour also where the output is no terminal."),
    ("XDG_CONFIG_HOME, XDG_DATA_HOME, XDG_STATE_HOME", "Where the files above are."),
];

const EXIT_STATUS: &[(&str, &str)] = &[
    ("0", "Found, or fine."),
    ("1", "Nothing found, or check found something."),
    ("2", "The command or the settings were wrong."),
    ("3", "Some documents could not be read; the others are done."),
    ("130, 143", "Ended by the signals INT and TERM."),
];

/// Prints the page.
pub fn run(out: &mut Out) -> Outcome {
    out.text(&page()?)?;
    Ok(Exit::Done)
}

fn page() -> io::Result<String> {
    let mut command = Cli::command();
    command.build();
    let mut bytes = Vec::new();
    let man = Man::new(command.clone()).manual("Postil");
    man.render_title(&mut bytes)?;
    man.render_name_section(&mut bytes)?;
    synopsis().to_writer(&mut bytes)?;
    for section in [description(), options(&command), commands(&command), keys(), settings()] {
        section.to_writer(&mut bytes)?;
    }
    for (title, rows) in [("FILES", FILES), ("ENVIRONMENT", ENVIRONMENT), ("EXIT STATUS", EXIT_STATUS)] {
        let mut section = titled(title);
        for (name, what) in rows {
            entry(&mut section, vec![bold(*name)], what);
        }
        section.to_writer(&mut bytes)?;
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn titled(title: &str) -> Roff {
    let mut section = Roff::new();
    section.control("SH", [title]);
    section
}

/// A term with what it means below it.
fn entry(section: &mut Roff, term: Vec<Inline>, what: &str) {
    section.control("TP", []).text(term).text([roman(what)]);
}

fn synopsis() -> Roff {
    let mut section = titled("SYNOPSIS");
    section.text([bold("postil"), roman(" ["), italic("PATH"), roman("]...")]);
    section.control("br", []);
    section.text([bold("postil "), italic("COMMAND"), roman(" [...]")]);
    section
}

fn description() -> Roff {
    let mut section = titled("DESCRIPTION");
    section.text([roman(
        "Shows a folder of plain-text documents in three panes: the documents, the text as clean paragraphs, and the \
         topics of a dictionary with their counts. A topic in force is followed from paragraph to paragraph through \
         all documents. Notes are written in the margins and kept beside the documents as lines of text.",
    )]);
    section.control("PP", []);
    section.text([roman("Where the output is no terminal, the clean text is printed.")]);
    section
}

/// What the reader takes, and every command with it.
fn options(command: &Command) -> Roff {
    let mut section = titled("OPTIONS");
    for argument in command.get_arguments() {
        entry(&mut section, vec![bold(argument.to_string())], &meaning(argument));
    }
    section
}

/// Each command with its own arguments; those that every command takes stand above.
fn commands(command: &Command) -> Roff {
    let mut section = titled("COMMANDS");
    section.text([roman("Each does without a screen what the reader does on it.")]);
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        subcommand(&mut section, "postil", command);
    }
    section
}

fn subcommand(section: &mut Roff, parent: &str, command: &Command) {
    let name = format!("{parent} {}", command.get_name());
    section.control("SS", [name.as_str()]);
    section.text([roman(command.get_about().map(ToString::to_string).unwrap_or_default() + ".")]);
    for argument in command.get_arguments().filter(|argument| !argument.is_global_set() && !is_help(argument)) {
        entry(section, vec![bold(argument.to_string())], &meaning(argument));
    }
    if let Some(example) = command.get_after_help() {
        section.control("PP", []);
        for line in example.to_string().lines() {
            section.text([roman(line.trim())]).control("br", []);
        }
    }
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        subcommand(section, &name, inner);
    }
}

fn is_help(argument: &Arg) -> bool {
    ["help", "version"].contains(&argument.get_id().as_str())
}

/// What an argument is for, what it takes, and what it is when it is left out.
fn meaning(argument: &Arg) -> String {
    let mut said: Vec<String> = argument.get_help().map(|help| format!("{help}.")).into_iter().collect();
    let takes_value = argument.get_num_args().is_none_or(|number| number.takes_values());
    let values: Vec<String> = argument.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if takes_value && !values.is_empty() {
        said.push(format!("One of {}.", values.join(", ")));
    }
    let defaults: Vec<String> =
        argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
    if takes_value && !defaults.concat().is_empty() {
        said.push(format!("Left out: {}.", defaults.join(" ")));
    }
    said.join(" ")
}

fn keys() -> Roff {
    let mut section = titled("KEYS");
    section.text([roman(
        "As in less and vim. A number typed first is a count, where one makes sense. Each action can be run by its \
         name after : and bound to other keys in [keys] of config.toml.",
    )]);
    for scope in Scope::ALL {
        section.control("SS", [scope.name()]);
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let mut term: Vec<Inline> = row.keys.iter().flat_map(|key| [bold(*key), roman("  ")]).collect();
            term.push(italic(row.name));
            entry(&mut section, term, row.line);
        }
    }
    section
}

fn settings() -> Roff {
    let mut section = titled("SETTINGS");
    section.text([roman(
        "In config.toml; a dot stands for a table. Each comes from the first file that gives it: --config, \
         $POSTIL_CONFIG, the library's, yours, the built-in one; for keys, theme, panes, notes and mouse yours comes \
         before the library's. postil config --show-origin tells which it was.",
    )]);
    for setting in SETTINGS {
        let what = format!("{}. Takes {}.", setting.about, setting.kind.wants());
        entry(&mut section, vec![bold(setting.key), roman(" = "), roman(setting.default)], &what);
    }
    entry(&mut section, vec![bold("[keys]")], "An action's name and its keys, in place of the default ones.");
    entry(&mut section, vec![bold("[match]"), roman(", "), bold("[topics.ID]")], "The dictionary; see the README.");
    section
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The page without the marks of troff.
    fn plain() -> String {
        page().unwrap().replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
    }

    #[test]
    fn the_page_names_every_action_setting_and_command() {
        let page = plain();
        let absent: Vec<&str> = TABLE
            .iter()
            .map(|row| row.name)
            .chain(SETTINGS.iter().map(|setting| setting.key))
            .filter(|name| !page.contains(name))
            .collect();
        assert_eq!(absent, [] as [&str; 0]);
        for command in Cli::command().get_subcommands() {
            assert!(page.contains(&format!("postil {}", command.get_name())), "{}", command.get_name());
        }
    }

    #[test]
    fn no_line_of_text_is_taken_for_a_request() {
        const KNOWN: [&str; 10] = ["ie", "el", "TH", "SH", "SS", "TP", "PP", "br", "RS", "RE"];
        for line in page().unwrap().lines().filter(|line| line.starts_with(['.', '\''])) {
            let request = line[1..].split(' ').next().unwrap_or_default();
            assert!(KNOWN.contains(&request) || request == "IP", "{line}");
        }
    }
}
