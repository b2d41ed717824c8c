//! The arguments of every command; `--help`, completions and the man page are made of them.

pub mod notes;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::config::settings::is_encoding;
use crate::diag::nearest;

/// Help in the terminal's own colours, as the rest of the program.
const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Cyan.on_default().bold())
    .usage(AnsiColor::Cyan.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Yellow.on_default());

/// Read a folder of documents by topic in a terminal, and write in the margins
#[derive(Debug, Parser)]
#[command(
    name = "postil",
    version,
    styles = STYLES,
    max_term_width = 100,
    override_usage = "postil [OPTIONS] [PATH]...\n       postil [OPTIONS] <COMMAND>",
    subcommand_help_heading = "Without a screen",
    after_help = "Example: postil ~/essays          read them; ? shows the keys, q quits\n\
                  Exit codes: 0 done, 1 nothing found, 2 usage or config, 3 some documents unreadable"
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub read: ReadArgs,
    #[command(flatten)]
    pub global: Global,
}

/// The arguments of the reader alone.
#[derive(Parser)]
#[command(disable_help_flag = true)]
struct Reader {
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    global: Global,
}

impl Cli {
    /// Reads a command line, the program's name before it.
    ///
    /// To describe every command costs time and pages before the first page of text. It is done only
    /// where one is named, or where what is there is not the reader's: an error then names them all.
    ///
    /// # Errors
    /// When it is no command line of ours, or asks for help.
    pub fn read(arguments: &[OsString]) -> Result<Self, clap::Error> {
        if let Ok(Reader { read, global }) = Reader::try_parse_from(arguments) {
            let is_command = |path: &str| path == "help" || Command::has_subcommand(path);
            if !read.paths.paths.iter().filter_map(|path| path.to_str()).any(is_command) {
                return Ok(Self { command: None, read, global });
            }
        }
        Self::whole(arguments)
    }

    /// What holds everywhere may stand before a command as well as behind it; what is the reader's may not.
    fn whole(arguments: &[OsString]) -> Result<Self, clap::Error> {
        let cli = Self::try_parse_from(arguments)?;
        if cli.command.is_some() && (!cli.read.paths.paths.is_empty() || cli.read.render != Render::Short) {
            let why = "before a command only --config, --color and --encoding may stand";
            return Err(Self::command().error(clap::error::ErrorKind::ArgumentConflict, why));
        }
        Ok(cli)
    }

    /// The command that was most likely meant, where the first path is not there but nearly a command.
    pub fn meant_command(&self) -> Option<String> {
        let first = self.read.paths.paths.first().filter(|path| !path.exists())?.to_str()?;
        let arguments = <Self as clap::CommandFactory>::command();
        nearest(first, arguments.get_subcommands().map(clap::Command::get_name)).map(str::to_owned)
    }
}

/// What every command takes.
#[derive(Args, Clone, Debug)]
pub struct Global {
    /// Read settings and topics from this file first
    #[arg(long, global = true, value_name = "FILE", help_heading = "Everywhere")]
    pub config: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto", help_heading = "Everywhere")]
    pub color: When,
    /// What the files are in, say shift_jis, instead of a guess
    #[arg(long, global = true, value_name = "LABEL", value_parser = encoding, help_heading = "Everywhere")]
    pub encoding: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

/// What to open.
#[derive(Args, Clone, Debug)]
pub struct Paths {
    /// Folders or files, or - for standard input; absent: the library of config.toml, else this folder
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
}

/// The reader on the screen.
#[derive(Args, Clone, Debug)]
pub struct ReadArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// short: send as few bytes as will do; plain: draw in the simplest way, to compare
    #[arg(long, value_name = "HOW", default_value = "short")]
    pub render: Render,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Render {
    Short,
    Plain,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Dump(DumpArgs),
    Tag(TagArgs),
    Search(SearchArgs),
    Stats(StatsArgs),
    Check(CheckArgs),
    Notes(notes::NotesArgs),
    Screen(ScreenArgs),
    Anchor(AnchorArgs),
    Config(ConfigArgs),
    Completions(CompletionsArgs),
    /// Learn the first steps by doing, on a small library of its own
    #[command(after_help = "Example: postil tutor")]
    Tutor,
    /// Print the manual page
    #[command(after_help = "Example: postil man > ~/.local/share/man/man1/postil.1")]
    Man,
}

/// Print the clean paragraphs of documents
#[derive(Args, Clone, Debug)]
#[command(
    about = "Print the clean paragraphs of documents",
    after_help = "Example: postil dump essays --format json | jq -r '.title'"
)]
pub struct DumpArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// json: one object a document a line; text: the paragraphs as they are read
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DumpFormat,
    /// In json also offsets in the clean text, the encoding, and line-end hyphens that stayed doubtful
    #[arg(long)]
    pub raw: bool,
    /// In text also metadata and boilerplate
    #[arg(long)]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DumpFormat {
    Text,
    Json,
}

/// Print where the topics of the dictionary stand
#[derive(Args, Clone, Debug)]
#[command(
    about = "Print where the topics of the dictionary stand",
    after_help = "Example: postil tag essays --format csv > hits.csv\n\
                  With -, text or jsonl (one {\"id\", \"text\"} a line) comes in and hits go out."
)]
pub struct TagArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// jsonl: an object a line; csv: with a header; table: for people
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: TagFormat,
    /// Only paragraphs on this, as `T` takes it on the screen: trade, 'trade & china - russia',
    /// 'after:2014'; of topics it names, only their hits
    #[arg(long, value_name = "EXPRESSION")]
    pub topic: Option<String>,
    /// What stands around each hit, so many characters on either side; as a table, a concordance
    #[arg(long, value_name = "N", num_args = 0..=1, default_missing_value = "40", require_equals = true)]
    pub context: Option<usize>,
    /// Places too where a term stands and does not count, and why
    #[arg(long)]
    pub why: bool,
    /// Whole paragraphs with the topics they carry, the oldest document first: the trail
    #[arg(long, conflicts_with_all = ["context", "why", "all"])]
    pub paragraphs: bool,
    /// Print the number of hits only
    #[arg(long)]
    pub count: bool,
    /// Tag metadata and boilerplate too
    #[arg(long)]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TagFormat {
    Jsonl,
    Csv,
    Table,
}

/// Search as `/` does on the screen
#[derive(Args, Clone, Debug)]
#[command(
    about = "Search documents, as / does on the screen",
    after_help = "Examples: postil search 'trade bloc' essays\n          \
                  postil search '/US-(led|backed)/' essays --format jsonl\n\
                  Small letters and plain ones find all, capitals and accents only themselves."
)]
pub struct SearchArgs {
    /// Words, or /a regular expression/
    #[arg(value_name = "QUERY")]
    pub query: String,
    #[command(flatten)]
    pub paths: Paths,
    /// text: a line a hit, for people; jsonl: an object a line; csv: with a header
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: SearchFormat,
    /// Characters of context on either side
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub context: usize,
    /// Print the number of hits only
    #[arg(long)]
    pub count: bool,
    /// Search metadata and boilerplate too
    #[arg(long)]
    pub all: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    Text,
    Jsonl,
    Csv,
}

/// Count topics in documents
#[derive(Args, Clone, Debug)]
#[command(
    about = "Count topics: everywhere, in each document, term by term, or together",
    after_help = "Example: postil stats essays --by document --format csv"
)]
pub struct StatsArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// What a row is: a topic, a document with its topics, where in it they stand, a term, or two
    /// topics that share paragraphs
    #[arg(long, value_name = "WHAT", default_value = "topic")]
    pub by: StatsBy,
    /// table: for people; jsonl: an object a line; csv: with a header
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: TagFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StatsBy {
    Topic,
    Document,
    Place,
    Term,
    Together,
}

/// Find mistakes in settings and topics
#[derive(Args, Clone, Debug)]
#[command(
    about = "Find mistakes in config.toml, each with line and column",
    after_help = "Example: postil check essays    exits with 1 when something was found"
)]
pub struct CheckArgs {
    #[command(flatten)]
    pub paths: Paths,
}

/// Print the screen after some keys
#[derive(Args, Clone, Debug)]
#[command(
    about = "Print the screen as it is after some keys, for tests and bug reports",
    after_help = "Example: postil screen --size 80x24 --keys 'gg]t' essays"
)]
pub struct ScreenArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// Columns and rows
    #[arg(long, value_name = "COLSxROWS", default_value = "80x24", value_parser = size)]
    pub size: (u16, u16),
    /// Keys to press first, in key notation: 'jj<C-d>n'
    #[arg(long, value_name = "KEYS", default_value = "", allow_hyphen_values = true)]
    pub keys: String,
    /// Also the style of every cell, as letters with a legend
    #[arg(long, visible_alias = "styles")]
    pub colour: bool,
}

/// Find passages again after an edit
#[derive(Args, Clone, Debug)]
#[command(
    about = "Find passages again in a text that was edited",
    after_help = "Example: postil anchor --cases < cases.jsonl\n\
                  In: {id, text, exact, prefix, suffix, hint, before, after, old} a line, all but id, text and exact\n\
                  optional; out: {id, span, score, tier}, in code points of the text."
)]
pub struct AnchorArgs {
    /// Answer the cases on standard input, one a line
    #[arg(long, required = true)]
    pub cases: bool,
}

/// Show the settings in force
#[derive(Args, Clone, Debug)]
#[command(about = "Show the settings in force", after_help = "Example: postil config --show-origin essays")]
pub struct ConfigArgs {
    #[command(flatten)]
    pub paths: Paths,
    /// Also which file each comes from
    #[arg(long)]
    pub show_origin: bool,
}

/// Print a completion script
#[derive(Args, Clone, Debug)]
#[command(
    about = "Print a completion script for a shell",
    after_help = "Example: postil completions bash > ~/.local/share/bash-completion/completions/postil"
)]
pub struct CompletionsArgs {
    /// The shell that is to complete
    pub shell: clap_complete::Shell,
}

/// The label of an encoding.
fn encoding(label: &str) -> Result<String, String> {
    if is_encoding(label) {
        Ok(label.to_owned())
    } else {
        Err("write a label of the WHATWG, say utf-8, shift_jis or windows-1252".into())
    }
}

/// `120x40` as columns and rows, each from 1 to 2000.
fn size(written: &str) -> Result<(u16, u16), String> {
    let (columns, rows) = written.split_once('x').ok_or("write columns x rows, say 80x24")?;
    let number = |text: &str| {
        text.parse().ok().filter(|n| (1..=2000).contains(n)).ok_or(format!("{text:?} is no number from 1 to 2000"))
    };
    Ok((number(columns)?, number(rows)?))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_are_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_readers_arguments_are_read_as_with_all_commands() {
        let lines = [
            "",
            "essays",
            "essays notes.txt",
            "--config a essays",
            "essays --config a",
            "--color never a",
            "--render plain a",
            "--encoding sjis a",
            "--encoding no a",
            "--color",
            "--colour a",
            "-",
            "-- --help",
            "-- dump",
            "dump",
            "dump a",
            "dump --format json a",
            "--config a dump b",
            "a dump",
            "a dump --format json",
            "--render plain dump",
            "help",
            "help dump",
            "a help",
            "--help",
            "a --help",
            "-h",
            "-V",
            "-x",
            "--format json a",
            "notes",
            "notes list a",
            "tutor",
            "tutor a",
            "dum",
            "nots",
            "--config a -- check",
            "screen --size 9x9 a",
        ];
        for line in lines {
            let line: Vec<OsString> = ["postil"].into_iter().chain(line.split_whitespace()).map(Into::into).collect();
            let told = |result: Result<Cli, clap::Error>| match result {
                Ok(cli) => format!("{cli:?}"),
                Err(error) => error.to_string(),
            };
            assert_eq!(told(Cli::read(&line)), told(Cli::whole(&line)), "{line:?}");
        }
    }

    #[test]
    fn what_holds_everywhere_may_stand_before_a_command() {
        let read = |line: &str| Cli::read(&line.split_whitespace().map(OsString::from).collect::<Vec<_>>());
        for line in ["postil --config a.toml tag --count b", "postil tag --config a.toml --count b"] {
            let cli = read(line).unwrap();
            assert!(matches!(cli.command, Some(Command::Tag(_))), "{line}");
            assert_eq!(cli.global.config, Some("a.toml".into()), "{line}");
        }
        let refused = read("postil --render plain dump a").unwrap_err().to_string();
        assert!(refused.contains("before a command only"), "{refused}");
    }

    #[test]
    fn every_command_has_an_example() {
        for command in Cli::command().get_subcommands().filter(|c| c.get_name() != "notes") {
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(after.contains("Example"), "{}", command.get_name());
        }
    }

    #[test]
    fn a_size_is_two_numbers() {
        assert_eq!(size("120x40"), Ok((120, 40)));
        assert!(size("120").is_err() && size("0x9").is_err() && size("axb").is_err());
    }
}
