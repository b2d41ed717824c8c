//! From `config.toml` files to settings and the text of the dictionary.
//!
//! ```text
//!                     --config   $POSTIL_CONFIG   the library's   the user's   built in
//! topics, reading        1             2               3              4           5
//! keys, theme, …         1             2               4              3           5
//! ```
//!
//! Each setting comes from the first file in its row that gives it, so a library says how it is read
//! and its reader how their screen looks. The topics come whole from the first file that has any. A
//! setting that is unknown or wrong is a diagnostic with line and column, and the rest stands.

pub mod load;
pub mod settings;
mod table;

use std::fmt;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Loaded};
use crate::topics::Dictionary;

pub use load::{Request, Surroundings, load};
pub use settings::{Mouse, Settings};
use table::Topics;

/// Where a file of settings was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Named by `--config`.
    Flag,
    /// Named by `$POSTIL_CONFIG`.
    Environment,
    /// In the library or a folder above it.
    Library,
    /// In the user's XDG folder.
    User,
    /// The `config.toml` that was built in.
    BuiltIn,
}

impl fmt::Display for Layer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Layer::Flag => "--config",
            Layer::Environment => "$POSTIL_CONFIG",
            Layer::Library => "library",
            Layer::User => "user",
            Layer::BuiltIn => "built in",
        })
    }
}

/// A file of settings that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub layer: Layer,
    /// As it is shown: relative where it is below the current folder.
    pub path: PathBuf,
    pub text: String,
}

/// Which file a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// `reading.measure`.
    pub key: String,
    /// The value as it is written there.
    pub value: String,
    pub layer: Layer,
    pub path: PathBuf,
}

/// Everything the files say, and which file says it.
#[derive(Clone, Debug)]
pub struct Config {
    pub settings: Settings,
    /// What to open: the paths asked for, else the `library` of a file, else the current folder.
    pub paths: Vec<PathBuf>,
    /// The file that gives the topics.
    pub topics: Source,
    /// One for each setting, in the order of the documentation, then the keys.
    pub origins: Vec<Origin>,
    /// The files that were read, the strongest first; the built-in one is the last.
    pub sources: Vec<Source>,
    /// The dictionary, where it was asked for with the settings and stands in the same file.
    read: Option<Loaded<Dictionary>>,
}

impl Config {
    /// The dictionary in the file that gives the topics.
    pub fn dictionary(&self) -> Loaded<Dictionary> {
        Dictionary::parse(&self.topics.text, &self.topics.path)
    }

    /// The same, where it was read with the settings without parsing the file once more, whose faults as TOML are
    /// then told with theirs.
    pub fn take_dictionary(&mut self) -> Loaded<Dictionary> {
        self.read.take().unwrap_or_else(|| self.dictionary())
    }
}

/// Everything wrong with the settings in the text of a file; the dictionary has its own.
pub fn faults(source: &str, path: &Path) -> Vec<Diagnostic> {
    table::parse(source, path, Topics::Left).diagnostics
}
