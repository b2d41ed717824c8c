//! What the parser of the command line refuses, said as everything else is: what, where, and what to do next, on one
//! line.

use std::error::Error as _;
use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::diag::Diagnostic;

use super::args::Cli;

/// The refusal of a command line, the program's name before it.
pub fn refusal(error: &clap::Error, arguments: &[OsString]) -> Diagnostic {
    let arg = || named(error, ContextKind::InvalidArg);
    let value = || text(error, ContextKind::InvalidValue).filter(|value| !value.is_empty());
    let values = texts(error, ContextKind::ValidValue);
    let takes = if values.is_empty() { String::new() } else { either(&values) };
    let what = match (error.kind(), arg(), value()) {
        (ErrorKind::InvalidValue, Some(arg), Some(value)) => format!("{arg} takes {takes}, not {value:?}"),
        (ErrorKind::InvalidValue, Some(arg), None) if takes.is_empty() => format!("{arg} takes a value, and has none"),
        (ErrorKind::InvalidValue, Some(arg), None) => format!("{arg} takes {takes}, and has no value"),
        (ErrorKind::ValueValidation, Some(arg), Some(value)) => format!("{arg} takes no {value:?}"),
        (ErrorKind::TooManyValues, Some(arg), _) => format!("{arg} takes no value"),
        (ErrorKind::UnknownArgument, Some(arg), _) if arg.starts_with('-') => format!("no option is called {arg}"),
        (ErrorKind::UnknownArgument, Some(arg), _) => format!("{arg:?} is one argument too many"),
        (ErrorKind::InvalidSubcommand, ..) => {
            let name = text(error, ContextKind::InvalidSubcommand).unwrap_or_default();
            format!("no command is called {name:?}")
        }
        (ErrorKind::MissingRequiredArgument, ..) => {
            let missing = texts(error, ContextKind::InvalidArg);
            format!(
                "{} missing: {}",
                if missing.len() == 1 { "an argument is" } else { "arguments are" },
                missing.join(", ")
            )
        }
        (ErrorKind::ArgumentConflict, Some(arg), _) => match named(error, ContextKind::PriorArg) {
            Some(prior) if prior == arg => format!("{arg} may be given once"),
            Some(prior) => format!("{arg} and {prior} do not go together"),
            None => first_line(error),
        },
        _ => first_line(error),
    };
    Diagnostic::error(what).help(next(error, arguments))
}

/// What to do next: what was most likely meant, what is wrong with the value, else where more is told.
fn next(error: &clap::Error, arguments: &[OsString]) -> String {
    let meant = [ContextKind::SuggestedValue, ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand];
    if let Some(meant) = meant.iter().find_map(|kind| texts(error, *kind).into_iter().next()) {
        return format!("did you mean {meant}?");
    }
    match error.source() {
        Some(source) => source.to_string(),
        None => format!("{} --help tells more", command(arguments)),
    }
}

/// The command that was called: `postil notes add`.
fn command(arguments: &[OsString]) -> String {
    let mut command = Cli::command();
    let mut names = vec![command.get_name().to_owned()];
    for word in arguments.iter().skip(1).filter_map(|word| word.to_str()) {
        if let Some(below) = command.find_subcommand(word).cloned() {
            names.push(word.to_owned());
            command = below;
        }
    }
    names.join(" ")
}

/// What the parser itself says, without what it adds on further lines.
fn first_line(error: &clap::Error) -> String {
    let said = error.render().to_string();
    let first = said.lines().next().unwrap_or_default();
    first.strip_prefix("error: ").unwrap_or(first).to_owned()
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    texts(error, kind).into_iter().next()
}

/// An option's name without its value's: `--format` of `--format <FORMAT>`.
fn named(error: &clap::Error, kind: ContextKind) -> Option<String> {
    let name = text(error, kind)?;
    Some(name.split_once(" <").map_or(name.as_str(), |(name, _)| name).to_owned())
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        _ => Vec::new(),
    }
}

/// `a, b or c`.
fn either(values: &[String]) -> String {
    match values {
        [before @ .., last] if !before.is_empty() => format!("{} or {last}", before.join(", ")),
        values => values.join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_parser_refuses_is_said_as_all_else_is() {
        for (line, said) in [
            ("dump --format yaml x", "--format takes text or json, not \"yaml\"; postil dump --help tells more"),
            ("completions fsh", "<SHELL> takes bash, elvish, fish, powershell or zsh, not \"fsh\"; did you mean fish?"),
            ("--render fast", "--render takes short or plain, not \"fast\"; postil --help tells more"),
            ("tag --topic", "--topic takes a value, and has none; postil tag --help tells more"),
            ("dump . --format", "--format takes text or json, and has no value; postil dump --help tells more"),
            ("screen --size 80by24 x", "--size takes no \"80by24\"; write columns x rows, say 80x24"),
            ("dump --formt json x", "no option is called --formt; did you mean --format?"),
            ("dump --nosuch x", "no option is called --nosuch; postil dump --help tells more"),
            ("-q", "no option is called -q; postil --help tells more"),
            ("notes lst", "no command is called \"lst\"; did you mean list?"),
            ("help nosuch", "no command is called \"nosuch\"; postil --help tells more"),
            ("notes add x", "an argument is missing: --doc <FILE>; postil notes add --help tells more"),
            ("search", "an argument is missing: <QUERY>; postil search --help tells more"),
            ("dump --format text --format json x", "--format may be given once; postil dump --help tells more"),
            (
                "notes add . --doc a --quote b --para 3 --body x",
                "--quote and --para do not go together; postil notes add --help tells more",
            ),
            ("tag --count=3 x", "--count takes no value; postil tag --help tells more"),
            ("completions bash zsh", "\"zsh\" is one argument too many; postil completions --help tells more"),
            (
                "--render plain dump .",
                "before a command only --config, --color and --encoding may stand; postil dump --help tells more",
            ),
        ] {
            let arguments: Vec<OsString> = ["postil"].into_iter().chain(line.split(' ')).map(OsString::from).collect();
            let error = Cli::read(&arguments).unwrap_err();
            assert_eq!(refusal(&error, &arguments).to_string(), said, "postil {line}");
        }
    }
}
