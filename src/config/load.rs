//! Finds the files of settings and lays them over one another; the only part of `config` that
//! touches the disk.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::corpus::load::STDIN;
use crate::diag::{Diagnostic, Loaded, Location, Severity};

use super::settings::{SETTINGS, Settings, Side};
use super::table::{self, File, Topics};
use super::{Config, Layer, Origin, Source};

/// The repository's own `config.toml`.
const BUILT_IN: &str = include_str!("../../config.toml");
const BUILT_IN_PATH: &str = "built-in config.toml";

/// The setting that is a path, relative to the file that gives it.
const LIBRARY: &str = "library";

/// The names of a library's file, in the order they are looked for in a folder.
const NAMES: [&str; 2] = [".postil/config.toml", "config.toml"];

/// Tell a repository's root: above it no file is looked for.
const REPOSITORIES: [&str; 3] = [".git", ".hg", ".jj"];

/// What was asked for on the command line.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// `--config`.
    pub config: Option<PathBuf>,
    /// The paths to open; empty leaves them to the settings.
    pub paths: Vec<PathBuf>,
    /// Whether the dictionary will be wanted as well: it is then read with the settings, where it stands in a file of them.
    pub topics: bool,
}

/// What of the process decides where files are looked for.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// The current folder.
    pub current: PathBuf,
    /// `$POSTIL_CONFIG`.
    pub variable: Option<PathBuf>,
    /// The user's file, whether it exists or not.
    pub user: Option<PathBuf>,
}

impl Surroundings {
    /// Those of this process.
    pub fn of_process() -> Self {
        let user = etcetera::choose_base_strategy().ok().map(|base| base.config_dir().join("postil/config.toml"));
        Self {
            current: env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            variable: env::var_os("POSTIL_CONFIG").filter(|name| !name.is_empty()).map(PathBuf::from),
            user,
        }
    }
}

/// Reads and lays over one another all files of settings that concern the request.
///
/// Never fails: where a file is missing, broken or wrong, the diagnostics say so, and the others count.
pub fn load(request: &Request, around: &Surroundings) -> Loaded<Config> {
    let mut layers = Layers { around, topics: request.topics, found: Vec::new(), diagnostics: Vec::new() };
    layers.named(request.config.as_deref(), Layer::Flag);
    layers.named(around.variable.as_deref(), Layer::Environment);
    let paths = layers.open(&request.paths);
    layers.built_in();
    layers.finish(paths)
}

/// The files found so far, the strongest first.
struct Layers<'a> {
    around: &'a Surroundings,
    topics: bool,
    found: Vec<(Source, File)>,
    diagnostics: Vec<Diagnostic>,
}

impl Layers<'_> {
    /// A file that was named has to be there.
    fn named(&mut self, path: Option<&Path>, layer: Layer) {
        let Some(path) = path else { return };
        match fs::read_to_string(self.around.current.join(path)) {
            Ok(text) => self.push(layer, path, text),
            Err(error) => {
                let said = match error.kind() {
                    io::ErrorKind::NotFound => "no such config file".into(),
                    io::ErrorKind::InvalidData => "the config file is not UTF-8".into(),
                    _ => format!("cannot read the config file: {error}"),
                };
                let help = format!("named by {layer}");
                self.diagnostics.push(Diagnostic::error(said).at(Location::file(path)).help(help));
            }
        }
    }

    /// Finds the library's file and the user's; answers what to open.
    fn open(&mut self, paths: &[PathBuf]) -> Vec<PathBuf> {
        if let Some(first) = paths.first() {
            let first = if first == Path::new(STDIN) { Path::new(".") } else { first };
            self.library(&self.around.current.join(first));
            self.user();
            return paths.to_vec();
        }
        self.library(&self.around.current);
        self.user();
        let library = self.library_setting().unwrap_or_else(|| PathBuf::from("."));
        self.library(&self.around.current.join(&library));
        vec![library]
    }

    /// The nearest file in `start` or above it, up to a repository's root.
    fn library(&mut self, start: &Path) {
        let Ok(start) = fs::canonicalize(start) else { return };
        for folder in start.ancestors() {
            for name in NAMES {
                let path = folder.join(name);
                if let Ok(text) = fs::read_to_string(&path)
                    && self.take_library(&self.shown(&path), text)
                {
                    return;
                }
            }
            if REPOSITORIES.iter().any(|name| folder.join(name).exists()) {
                return;
            }
        }
    }

    /// Takes a file that was found, unless it is another program's; answers whether it was.
    fn take_library(&mut self, path: &Path, text: String) -> bool {
        if self.found.iter().any(|(source, _)| source.path == path) {
            return true;
        }
        let read = self.read(&text, path, Layer::Library);
        let broken = read.diagnostics.iter().any(|d| d.severity == Severity::Error);
        if !read.value.is_ours && !broken && !text.trim().is_empty() {
            let note = Diagnostic::new(Severity::Note, "passed over: nothing in it is a setting of Postil");
            self.diagnostics.push(note.at(Location::file(path)));
            return false;
        }
        self.diagnostics.extend(read.diagnostics);
        let source = Source { layer: Layer::Library, path: path.to_owned(), text };
        let named = self.found.iter().filter(|(s, _)| matches!(s.layer, Layer::Flag | Layer::Environment)).count();
        self.found.insert(named, (source, read.value));
        true
    }

    fn user(&mut self) {
        if let Some(path) = &self.around.user
            && let Ok(text) = fs::read_to_string(path)
        {
            self.push(Layer::User, path, text);
        }
    }

    /// What the file says; of its topics, unless those of a stronger file count.
    fn read(&self, text: &str, path: &Path, layer: Layer) -> Loaded<File> {
        let are_given = self.found.iter().any(|(source, file)| file.has_topics && source.layer < layer);
        table::parse(text, path, if self.topics && !are_given { Topics::Read } else { Topics::Left })
    }

    /// The built-in file has topics and says nothing else that counts, so it need not be parsed.
    fn built_in(&mut self) {
        let source = Source { layer: Layer::BuiltIn, path: BUILT_IN_PATH.into(), text: BUILT_IN.to_owned() };
        self.found.push((source, File { has_topics: true, is_ours: true, ..File::default() }));
    }

    fn push(&mut self, layer: Layer, path: &Path, text: String) {
        let read = self.read(&text, path, layer);
        self.diagnostics.extend(read.diagnostics);
        self.found.push((Source { layer, path: path.to_owned(), text }, read.value));
    }

    /// `library` of the strongest file, from the folder of that file.
    fn library_setting(&self) -> Option<PathBuf> {
        self.found.iter().find_map(|(source, file)| {
            let mut settings = Settings::default();
            for (row, value, _) in file.values.iter().filter(|(row, ..)| SETTINGS[*row].key == LIBRARY) {
                (SETTINGS[*row].set)(&mut settings, value.clone());
            }
            let folder = source.path.parent().unwrap_or(Path::new(""));
            // A file in .postil/ speaks from the library's own folder.
            let folder = if folder.ends_with(".postil") { folder.parent().unwrap_or(folder) } else { folder };
            settings.library.map(|library| folder.join(library))
        })
    }

    /// A path as people know it: without the current folder before it.
    fn shown(&self, path: &Path) -> PathBuf {
        let current = fs::canonicalize(&self.around.current).unwrap_or_else(|_| self.around.current.clone());
        path.strip_prefix(&current).unwrap_or(path).to_owned()
    }

    fn finish(self, paths: Vec<PathBuf>) -> Loaded<Config> {
        let (settings, origins) = settle(&self.found);
        let mut topics = None;
        let mut sources = Vec::new();
        for (source, file) in self.found {
            if file.has_topics && topics.is_none() {
                topics = Some((source.clone(), file.dictionary));
            }
            sources.push(source);
        }
        let none = || (Source { layer: Layer::BuiltIn, path: BUILT_IN_PATH.into(), text: String::new() }, None);
        let (topics, read) = topics.unwrap_or_else(none);
        Loaded { value: Config { settings, paths, topics, origins, sources, read }, diagnostics: self.diagnostics }
    }
}

/// Each setting from the first file that gives it, and where that was.
fn settle(found: &[(Source, File)]) -> (Settings, Vec<Origin>) {
    let mut settings = Settings::default();
    let mut origins = Vec::new();
    for (row, setting) in SETTINGS.iter().enumerate() {
        let given = ranked(found, setting.side).find_map(|(source, file)| {
            // What the built-in file opens is of the repository, not of wherever Postil runs.
            let skip = setting.key == LIBRARY && source.layer == Layer::BuiltIn;
            let (_, value, written) = file.values.iter().find(|(given, ..)| *given == row && !skip)?;
            Some((value.clone(), written.clone(), source))
        });
        let (value, written, layer, path) = match given {
            Some((value, written, source)) => (Some(value), written, source.layer, source.path.clone()),
            None => {
                let value = table::default_value(setting.kind, setting.default);
                (value, setting.default.to_owned(), Layer::BuiltIn, BUILT_IN_PATH.into())
            }
        };
        if let Some(value) = value {
            (setting.set)(&mut settings, value);
        }
        origins.push(Origin { key: setting.key.to_owned(), value: written, layer, path });
    }
    settle_keys(found, &mut settings, &mut origins);
    (settings, origins)
}

/// Keys are laid over one another action by action.
fn settle_keys(found: &[(Source, File)], settings: &mut Settings, origins: &mut Vec<Origin>) {
    for (source, file) in ranked(found, Side::User) {
        for binding in &file.keys {
            if settings.keys.iter().any(|known| known.action == binding.action) {
                continue;
            }
            origins.push(Origin {
                key: format!("keys.{}", binding.action),
                value: format!("{:?}", binding.keys),
                layer: source.layer,
                path: source.path.clone(),
            });
            settings.keys.push(binding.clone());
        }
    }
}

/// The files in the order in which a setting of `side` asks them.
fn ranked(found: &[(Source, File)], side: Side) -> impl Iterator<Item = &(Source, File)> {
    let mut ranked: Vec<_> = found.iter().collect();
    if side == Side::User {
        ranked.sort_by_key(|(source, _)| match source.layer {
            Layer::Flag => 0,
            Layer::Environment => 1,
            Layer::User => 2,
            Layer::Library => 3,
            Layer::BuiltIn => 4,
        });
    }
    ranked.into_iter()
}

#[cfg(test)]
mod tests;
