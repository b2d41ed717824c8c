//! Lists a library's files: names only, so that ten thousand documents are on the screen before the first one
//! is read. A folder is walked as git would walk it: what is hidden or ignored is passed over, links are not
//! followed.
//!
//! *Invariant.* Paths of entries are unique, relative to the library's root, and sorted as people count (`a2`
//! before `a10`).

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Component, Path, PathBuf};

use ignore::{DirEntry, WalkBuilder};

use crate::corpus::order::natural_key;
use crate::corpus::sniff::{self, SNIFFED, TEXT_EXTENSIONS};
use crate::corpus::{Entry, Library, State};
use crate::diag::{Diagnostic, Loaded, Location, Severity, nearest};

use super::{NO_DOCUMENTS, STDIN, Stamp, cannot_read, stamp};

/// Lists the documents at `paths` (folders, files, or `-` for standard input) without reading them.
///
/// In a folder, documents are regular files named `.txt`, `.text` or `.md`, and those without
/// extension that start like text; a file that is named itself is taken whatever its name. Where
/// nothing was found at a path, an error among the diagnostics says why.
pub fn list(paths: &[PathBuf]) -> Loaded<Library> {
    survey(paths, None).listed
}

/// A listing, and what tells whether another one would be the same.
#[derive(Debug)]
pub struct Survey {
    pub listed: Loaded<Library>,
    /// The folders that were looked into, and those of files that were named, as they were before that.
    pub folders: BTreeMap<PathBuf, Option<Stamp>>,
    /// What could not be looked at: nobody knows which files are there now.
    unseen: Vec<Unseen>,
}

impl Survey {
    /// Whether a file that is not listed may be there all the same.
    pub fn may_be(&self, file: &Path) -> bool {
        self.unseen.iter().any(|unseen| file.starts_with(&unseen.path) && !(unseen.is_missing && file == unseen.path))
    }
}

/// A path that could not be looked at. A file that is missing is gone; what a missing folder had may be
/// there again in a moment, say when a disk is plugged in.
#[derive(Debug)]
struct Unseen {
    path: PathBuf,
    is_missing: bool,
}

/// Lists the documents at `paths`, as seen from `root` where the library has one already.
pub fn survey(paths: &[PathBuf], root: Option<&Path>) -> Survey {
    let is_again = root.is_some();
    let root = root.map_or_else(|| root_of(paths), Path::to_owned);
    let mut listing = Listing { root, is_again, ..Listing::default() };
    for path in paths {
        listing.add(path);
    }
    let folders = std::mem::take(&mut listing.folders);
    let unseen = std::mem::take(&mut listing.unseen);
    Survey { listed: listing.finish(), folders, unseen }
}

/// A listing under way.
#[derive(Default)]
struct Listing {
    root: PathBuf,
    /// Whether the library was listed before.
    is_again: bool,
    entries: Vec<Entry>,
    diagnostics: Vec<Diagnostic>,
    /// Files of folders that are no plain text, by extension.
    others: BTreeMap<String, usize>,
    folders: BTreeMap<PathBuf, Option<Stamp>>,
    unseen: Vec<Unseen>,
}

impl Listing {
    fn add(&mut self, path: &Path) {
        if path == Path::new(STDIN) {
            self.entries.push(Entry { path: "stdin".into(), file: path.into(), state: State::Listed });
            return;
        }
        match fs::metadata(path) {
            Err(error) => {
                let is_missing = error.kind() == io::ErrorKind::NotFound;
                self.diagnostics.push(match is_missing && self.is_again {
                    true => Diagnostic::error("not there any more")
                        .at(Location::file(path))
                        .help("what a folder had stays listed, in case it comes back"),
                    false => missing(path, &error),
                });
                self.unseen.push(Unseen { path: path.to_owned(), is_missing });
            }
            Ok(metadata) if metadata.is_dir() => return self.walk(path),
            Ok(_) => self.push(path.to_owned()),
        }
        self.note_folder(&parent(path));
    }

    fn note_folder(&mut self, folder: &Path) {
        if !self.folders.contains_key(folder) {
            self.folders.insert(folder.to_owned(), stamp(folder).ok());
        }
    }

    fn walk(&mut self, folder: &Path) {
        let before = self.entries.len();
        let faults = self.diagnostics.len();
        for found in WalkBuilder::new(folder).git_global(has_global_ignores()).build() {
            match found {
                Ok(found) => self.visit(folder, found),
                Err(error) => {
                    let path = walk_error(&error).0.unwrap_or(folder).to_owned();
                    self.unseen.push(Unseen { path, is_missing: false });
                    self.diagnostics.push(walk_fault(&error));
                }
            }
        }
        if self.entries.len() == before && self.diagnostics.len() == faults {
            self.diagnostics.push(self.empty(folder));
        }
    }

    fn visit(&mut self, folder: &Path, found: DirEntry) {
        let Some(kind) = found.file_type() else { return };
        let path = found.path();
        if kind.is_symlink() {
            self.visit_link(folder, path);
        } else if kind.is_dir() {
            // Its names are read after this.
            self.note_folder(path);
        } else if kind.is_file() {
            match is_document(path) {
                true => self.push(found.into_path()),
                // The library's own settings are nothing that was passed over.
                false if path.file_name().is_some_and(|name| name == "config.toml") => {}
                false => *self.others.entry(extension(path)).or_default() += 1,
            }
        }
    }

    /// A link is never followed: what it leads to inside the library is listed by its own name, and
    /// what is outside was not asked for.
    fn visit_link(&mut self, folder: &Path, link: &Path) {
        let inside = fs::canonicalize(folder)
            .and_then(|folder| fs::canonicalize(link).map(|target| target.starts_with(folder)))
            .unwrap_or(false);
        if !inside && has_text_extension(link) {
            self.diagnostics.push(
                Diagnostic::new(Severity::Note, "a link out of the library, not followed")
                    .at(Location::file(link))
                    .help("give the file it leads to by name to read it"),
            );
        }
    }

    fn push(&mut self, file: PathBuf) {
        let path = relative(&self.root, &file);
        self.entries.push(Entry { path, file, state: State::Listed });
    }

    fn sort(&mut self) {
        let entries = &self.entries;
        let mut order: Vec<_> = entries.iter().map(|entry| natural_key(&entry.path)).zip(0..).collect();
        order.sort_unstable_by(|(key, a), (other, b): &(_, usize)| {
            let (a, b) = (&entries[*a], &entries[*b]);
            key.cmp(other).then_with(|| a.path.cmp(&b.path)).then_with(|| a.file.cmp(&b.file))
        });
        let mut taken: Vec<_> = std::mem::take(&mut self.entries).into_iter().map(Some).collect();
        self.entries = order.into_iter().filter_map(|(_, at)| taken[at].take()).collect();
    }

    fn empty(&self, folder: &Path) -> Diagnostic {
        let fault = Diagnostic::error(NO_DOCUMENTS).at(Location::file(folder));
        let unseen = WalkBuilder::new(folder)
            .standard_filters(false)
            .build()
            .flatten()
            .filter(|found| found.file_type().is_some_and(|kind| kind.is_file()) && has_text_extension(found.path()))
            .count();
        if unseen > 0 {
            return fault.help(format!("{unseen} text files are hidden or ignored by git; name one to read it"));
        }
        match self.others_said() {
            Some(others) => fault.help(format!("Postil reads .txt, .text and .md; found instead: {others}")),
            None => fault.help("the folder is empty: put .txt, .text or .md files there, or name another folder"),
        }
    }

    /// `3 .pdf, 1 .docx`, the most frequent first.
    fn others_said(&self) -> Option<String> {
        let mut others: Vec<_> = self.others.iter().collect();
        others.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let said: Vec<_> = others.iter().take(4).map(|(name, count)| format!("{count} {name}")).collect();
        (!said.is_empty()).then(|| said.join(", "))
    }

    fn finish(mut self) -> Loaded<Library> {
        self.sort();
        self.entries.dedup_by(|a, b| a.path == b.path && same_file(&a.file, &b.file));
        make_unique(&mut self.entries);
        if !self.entries.is_empty()
            && let Some(others) = self.others_said()
        {
            let note = format!("passed over what is no plain text: {others}");
            self.diagnostics.push(Diagnostic::new(Severity::Note, note).at(Location::file(&self.root)));
        }
        let library = Library { root: self.root, entries: self.entries };
        Loaded { value: library, diagnostics: self.diagnostics }
    }
}

/// Whether the reader has told git what to ignore everywhere. To look is much cheaper than to have it
/// read, and most have not.
fn has_global_ignores() -> bool {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let Some(home) = variable("HOME") else { return true };
    let folder = variable("XDG_CONFIG_HOME").unwrap_or_else(|| home.join(".config")).join("git");
    let named = ["GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"].into_iter().filter_map(variable);
    let usual = [home.join(".gitconfig"), folder.join("config"), PathBuf::from("/etc/gitconfig")];
    folder.join("ignore").exists()
        || named
            .chain(usual)
            .filter_map(|file| fs::read(file).ok())
            .any(|text| text.to_ascii_lowercase().windows(b"excludesfile".len()).any(|part| part == b"excludesfile"))
}

/// Whether a file found in a folder is a document; looks into those without extension only.
pub(super) fn is_document(path: &Path) -> bool {
    if path.extension().is_some() {
        return has_text_extension(path);
    }
    let mut head = Vec::new();
    File::open(path).is_ok_and(|file| file.take(SNIFFED as u64).read_to_end(&mut head).is_ok())
        && !head.is_empty()
        && sniff::binary(&head).is_none()
}

fn has_text_extension(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| TEXT_EXTENSIONS.iter().any(|text| text.eq_ignore_ascii_case(extension)))
}

/// `.pdf`, or `without extension`.
fn extension(path: &Path) -> String {
    match path.extension() {
        Some(extension) => format!(".{}", extension.to_string_lossy().to_lowercase()),
        None => "without extension".into(),
    }
}

/// The folder that holds all `paths`: a single folder as it was given, else their common ancestor.
fn root_of(paths: &[PathBuf]) -> PathBuf {
    let folders: Vec<PathBuf> = paths
        .iter()
        .filter(|path| path.as_path() != Path::new(STDIN))
        .map(|path| if path.is_dir() { path.clone() } else { parent(path) })
        .collect();
    match folders.as_slice() {
        [] => PathBuf::from("."),
        [one] => one.clone(),
        several => common(several),
    }
}

pub(super) fn parent(path: &Path) -> PathBuf {
    match path.parent() {
        Some(parent) if parent != Path::new("") => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn common(folders: &[PathBuf]) -> PathBuf {
    if folders.iter().all(|folder| *folder == folders[0]) {
        return folders[0].clone();
    }
    let absolute = |folder: &PathBuf| fs::canonicalize(folder).unwrap_or_else(|_| folder.clone());
    let mut root = absolute(&folders[0]);
    for folder in &folders[1..] {
        let folder = absolute(folder);
        while !folder.starts_with(&root) {
            if !root.pop() {
                break;
            }
        }
    }
    root
}

/// `file` as seen from `root`, parts separated by `/`.
fn relative(root: &Path, file: &Path) -> String {
    // Most files were found under the root, and all of what follows it is their name.
    let below = file.to_str().zip(root.to_str()).and_then(|(file, root)| file.strip_prefix(root)?.strip_prefix('/'));
    let is_plain = |part: &str| !matches!(part, "" | "." | "..");
    if let Some(below) = below.filter(|below| below.split('/').all(is_plain)) {
        return below.to_owned();
    }
    let inside = file.strip_prefix(root).map(Path::to_owned).or_else(|_| {
        let absolute = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        absolute.strip_prefix(root).map(Path::to_owned)
    });
    let inside = inside.unwrap_or_else(|_| file.file_name().map(PathBuf::from).unwrap_or_default());
    let parts = inside.components().filter_map(|part| match part {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Two files can be called alike when their names are not UTF-8: the later ones are numbered.
fn make_unique(entries: &mut [Entry]) {
    for alike in entries.chunk_by_mut(|a, b| a.path == b.path) {
        for (index, entry) in alike.iter_mut().enumerate().skip(1) {
            entry.path = format!("{}~{}", entry.path, index + 1);
        }
    }
}

fn same_file(a: &Path, b: &Path) -> bool {
    a == b || matches!((fs::metadata(a), fs::metadata(b)), (Ok(a), Ok(b)) if a.ino() == b.ino() && a.dev() == b.dev())
}

/// Which of these are not there, each with the nearest name.
pub fn absent(paths: &[PathBuf]) -> Vec<Diagnostic> {
    let named = paths.iter().filter(|path| path.as_path() != Path::new(STDIN));
    named.filter_map(|path| Some(missing(path, &fs::metadata(path).err()?))).collect()
}

fn missing(path: &Path, error: &io::Error) -> Diagnostic {
    let at = Location::file(path);
    if error.kind() != io::ErrorKind::NotFound {
        return cannot_read(error).at(at);
    }
    let fault = Diagnostic::error("no such file or folder").at(at);
    let siblings: Vec<String> = fs::read_dir(parent(path))
        .map(|found| found.flatten().map(|e| e.file_name().to_string_lossy().into_owned()).collect())
        .unwrap_or_default();
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match nearest(&name, siblings.iter().map(String::as_str)) {
        Some(near) => fault.help(format!("did you mean {:?}?", path.with_file_name(near))),
        None => fault.help("give a folder of .txt or .md files, or the files themselves"),
    }
}

/// What a walk could not look at, where that is told, and why.
fn walk_error(error: &ignore::Error) -> (Option<&Path>, &ignore::Error) {
    match error {
        ignore::Error::WithPath { path, err } => (Some(path), err),
        ignore::Error::WithDepth { err, .. } => walk_error(err),
        other => (None, other),
    }
}

fn walk_fault(error: &ignore::Error) -> Diagnostic {
    let (path, why) = walk_error(error);
    let fault = match why.io_error() {
        Some(io) => cannot_read(io),
        None => Diagnostic::warning(why.to_string()),
    };
    match path {
        Some(path) => fault.at(Location::file(path)),
        None => fault,
    }
}
