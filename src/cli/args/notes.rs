//! The arguments of `postil notes`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use crate::notes::Mark;

/// List, export, import, check and write notes
#[derive(Args, Clone, Debug)]
#[command(
    about = "List, export, import, check and write notes",
    after_help = "Examples: postil notes list essays --tag TPP\n          \
                  postil notes export essays --by topic > notes.md\n          \
                  postil notes add essays --doc a.txt --quote 'regional order' --body 'Whose?'"
)]
pub struct NotesArgs {
    #[command(subcommand)]
    pub command: NotesCommand,
}

#[derive(Clone, Debug, Subcommand)]
pub enum NotesCommand {
    List(ListArgs),
    Export(ExportArgs),
    Import(ImportArgs),
    Check(CheckNotesArgs),
    Add(AddArgs),
}

/// The library whose notes are meant.
#[derive(Args, Clone, Debug)]
pub struct LibraryPath {
    /// The folder of documents; absent: the library of config.toml, else this folder
    #[arg(value_name = "PATH")]
    pub path: Option<PathBuf>,
}

/// Print notes as a table or a line each
#[derive(Args, Clone, Debug)]
#[command(
    about = "Print notes as a table or a line each",
    after_help = "Example: postil notes list essays --state orphan"
)]
pub struct ListArgs {
    #[command(flatten)]
    pub library: LibraryPath,
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: ListFormat,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ListFormat {
    Table,
    Jsonl,
}

/// Print notes for other programs and for people
#[derive(Args, Clone, Debug)]
#[command(
    about = "Print notes for other programs and for people",
    after_help = "Example: postil notes export essays --format jsonld > notes.jsonld\n\
                  json and jsonld can be imported again, without loss and without doubles."
)]
pub struct ExportArgs {
    #[command(flatten)]
    pub library: LibraryPath,
    #[arg(long, value_name = "FORMAT", default_value = "markdown")]
    pub format: ExportFormat,
    /// What notes stand under in markdown
    #[arg(long, value_name = "WHAT", default_value = "document")]
    pub by: By,
    #[command(flatten)]
    pub which: Which,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    Markdown,
    Json,
    Csv,
    Jsonld,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum By {
    Document,
    Topic,
    Date,
}

/// Take up notes that were exported as JSON or JSON-LD
#[derive(Args, Clone, Debug)]
#[command(
    about = "Take up notes that were exported as JSON or JSON-LD",
    after_help = "Example: postil notes import essays notes.jsonld\n\
                  Notes that are here already are not doubled; what was written here since is kept."
)]
pub struct ImportArgs {
    /// The folder of documents
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The file, or - for standard input
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
}

/// Tell what is damaged, lost its place or waits to be settled
#[derive(Args, Clone, Debug)]
#[command(
    about = "Tell what is damaged, lost its place or waits to be settled",
    after_help = "Example: postil notes check essays"
)]
pub struct CheckNotesArgs {
    #[command(flatten)]
    pub library: LibraryPath,
}

/// Write a note
#[derive(Args, Clone, Debug)]
#[command(
    about = "Write a note; prints its id once it is on disk",
    after_help = "Example: postil notes add essays --doc a.txt --quote 'regional order' --body 'Whose?' --tag TPP"
)]
pub struct AddArgs {
    /// The folder of documents
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// The document: its path in the folder, or a part of it that no other has
    #[arg(long, value_name = "FILE")]
    pub doc: String,
    /// The passage; without one the note is on the document
    #[arg(long, value_name = "TEXT")]
    pub quote: Option<String>,
    /// Which one, where the passage stands several times
    #[arg(long, value_name = "N", requires = "quote")]
    pub nth: Option<usize>,
    /// The paragraph by its number on the screen, in place of a passage
    #[arg(long, value_name = "N", conflicts_with = "quote")]
    pub para: Option<usize>,
    /// The text, or - for standard input
    #[arg(long, value_name = "TEXT", default_value = "", allow_hyphen_values = true)]
    pub body: String,
    /// Several may be given
    #[arg(long, value_name = "TAG")]
    pub tag: Vec<String>,
    /// A highlight: yellow, green, blue, pink, orange, violet
    #[arg(long, value_name = "COLOUR", value_parser = mark)]
    pub mark: Option<Mark>,
}

/// Which notes are meant. Several of these leave those that meet all.
#[derive(Args, Clone, Debug, Default)]
pub struct Which {
    /// With these words in the note or its passage
    #[arg(long, value_name = "TEXT", help_heading = "Which notes")]
    pub text: Option<String>,
    #[arg(long, value_name = "TAG", help_heading = "Which notes")]
    pub tag: Option<String>,
    /// Of this colour
    #[arg(long, value_name = "COLOUR", value_parser = mark, help_heading = "Which notes")]
    pub mark: Option<Mark>,
    /// In paragraphs with this topic or one below it
    #[arg(long, value_name = "TOPIC", help_heading = "Which notes")]
    pub topic: Option<String>,
    /// In this document, or those with this in their path
    #[arg(long, value_name = "FILE", help_heading = "Which notes")]
    pub doc: Option<String>,
    /// By this installation or person
    #[arg(long, value_name = "NAME", help_heading = "Which notes")]
    pub writer: Option<String>,
    /// Changed on this day (2026-11-23) or later
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = "Which notes")]
    pub since: Option<String>,
    /// Changed on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = date, help_heading = "Which notes")]
    pub until: Option<String>,
    /// Certain of their place or not, with several texts, or deleted
    #[arg(long, value_name = "STATE", help_heading = "Which notes")]
    pub state: Option<StateArg>,
    /// By place in the documents, or by time of the last change
    #[arg(long, value_name = "ORDER", default_value = "place", help_heading = "Which notes")]
    pub sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StateArg {
    Sure,
    Unsure,
    Orphan,
    Conflict,
    Deleted,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Sort {
    #[default]
    Place,
    Time,
}

fn mark(name: &str) -> Result<Mark, String> {
    let names = Mark::ALL.map(Mark::name).join(", ");
    Mark::find(name).ok_or_else(|| format!("colours are {names}"))
}

/// `2026`, `2026-11` or `2026-11-23`, as it is: days so written sort as they follow one another.
fn date(written: &str) -> Result<String, String> {
    let parts: Vec<&str> = written.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let is_date = matches!(lengths[..], [4] | [4, 2] | [4, 2, 2])
        && parts.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if is_date { Ok(written.to_owned()) } else { Err("write 2026-11-23, 2026-11 or 2026".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_may_be_short() {
        assert!(date("2026").is_ok() && date("2026-11").is_ok() && date("2026-11-23").is_ok());
        assert!(date("23.11.2026").is_err() && date("2026-1").is_err() && date("").is_err());
    }
}
