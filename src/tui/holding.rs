//! Which files the library has, document by document, and whether another listing would be another.
//!
//! Folders are asked for their stamps again and again, one question a folder however many files it has;
//! names are read again only where a stamp is another.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use crate::corpus::load::{self, Stamp};
use crate::corpus::turnover::{Known, Turnover};
use crate::corpus::{DocId, Document, Entry, Library};
use crate::diag::{Diagnostic, Loaded};

/// A stamp that was this young when it was looked at says little: within the tick of a clock, that of a
/// server or of a card say, a folder changes again and keeps it.
const YOUNG: Duration = Duration::from_secs(2);

#[derive(Debug, Default)]
pub struct Holding {
    held: Mutex<Held>,
    /// Asked for their stamps while nothing else is held up: a server may be long in answering.
    folders: Mutex<Folders>,
}

#[derive(Debug, Default)]
struct Held {
    root: PathBuf,
    /// By number.
    entries: Arc<Vec<Entry>>,
    gone: HashSet<DocId>,
    read: HashMap<DocId, AsRead>,
}

#[derive(Debug, Default)]
struct Folders {
    all: Vec<Folder>,
    /// Whether it was said that they are others than when they were listed.
    is_told: bool,
}

/// A file as it was when all of it was read last.
#[derive(Clone, Copy, Debug)]
struct AsRead {
    raw: [u8; 32],
    /// Of before it was read.
    stamp: Option<Stamp>,
}

/// A folder as it was before its names were read.
#[derive(Debug)]
struct Folder {
    path: PathBuf,
    stamp: Option<Stamp>,
    is_young: bool,
}

impl Folder {
    fn all(seen: BTreeMap<PathBuf, Option<Stamp>>) -> Vec<Self> {
        let now = SystemTime::now();
        let is_young = |modified: SystemTime| match now.duration_since(modified) {
            Ok(age) => age < YOUNG,
            // By a clock that goes before this one.
            Err(ahead) => ahead.duration() < YOUNG,
        };
        let folder = |(path, stamp): (PathBuf, Option<Stamp>)| {
            let is_young = stamp.and_then(|stamp| stamp.modified).is_some_and(is_young);
            Self { path, stamp, is_young }
        };
        seen.into_iter().map(folder).collect()
    }

    fn may_be_another(&self) -> bool {
        self.is_young || load::stamp(&self.path).ok() != self.stamp
    }
}

impl Holding {
    fn folders(&self) -> MutexGuard<'_, Folders> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lists the library for the first time.
    pub fn list(&self, paths: &[PathBuf]) -> Loaded<Library> {
        let survey = load::survey(paths, None);
        let library = &survey.listed.value;
        let mut held = self.held();
        held.root.clone_from(&library.root);
        held.entries = Arc::new(library.entries.clone());
        drop(held);
        *self.folders() = Folders { all: Folder::all(survey.folders), is_told: false };
        survey.listed
    }

    /// Whether the library may have other files than when it was listed last; says so once.
    pub fn has_stirred(&self) -> bool {
        let mut folders = self.folders();
        let stirs = !folders.is_told && folders.all.iter().any(Folder::may_be_another);
        folders.is_told |= stirs;
        stirs
    }

    /// Lists it again: what is another now, and what went wrong. `told` hears of it before anybody else
    /// can ask for a document that is new.
    pub fn list_again(&self, paths: &[PathBuf], told: impl FnOnce(Turnover, Vec<Diagnostic>)) {
        let root = self.root();
        let survey = load::survey(paths, Some(&root));
        let known: Vec<Known> = {
            let held = self.held();
            let known = held.entries.iter().zip(0..).map(|(entry, id)| Known {
                entry: entry.clone(),
                is_gone: held.gone.contains(&DocId(id)),
                raw: held.read.get(&DocId(id)).map(|read| read.raw),
            });
            known.collect()
        };
        let listed = survey.listed.value.entries.clone();
        let turnover = Turnover::between(&known, listed, |file| survey.may_be(file), load::hash);
        *self.folders() = Folders { all: Folder::all(survey.folders), is_told: false };
        let mut held = self.held();
        if !turnover.is_nothing() {
            let entries = Arc::make_mut(&mut held.entries);
            entries.extend(turnover.came.iter().cloned());
            turnover.moved.iter().for_each(|(doc, entry)| entries[doc.index()] = entry.clone());
            let back = turnover.back.iter().chain(turnover.moved.iter().map(|(doc, _)| doc));
            back.for_each(|doc| _ = held.gone.remove(doc));
            held.gone.extend(&turnover.gone);
        }
        told(turnover, survey.listed.diagnostics);
    }

    pub fn root(&self) -> PathBuf {
        self.held().root.clone()
    }

    /// All documents by number, those whose file is gone among them.
    pub fn entries(&self) -> Arc<Vec<Entry>> {
        Arc::clone(&self.held().entries)
    }

    pub fn entry(&self, doc: DocId) -> Option<Entry> {
        self.held().entries.get(doc.index()).cloned()
    }

    /// The documents whose file is there.
    pub fn docs(&self) -> Vec<DocId> {
        let held = self.held();
        (0..held.entries.len() as u32).map(DocId).filter(|doc| !held.gone.contains(doc)).collect()
    }

    /// Whether a file that is gone was there.
    #[cfg(test)]
    fn was_at(&self, file: &std::path::Path) -> bool {
        let held = self.held();
        held.gone.iter().any(|doc| held.entries[doc.index()].file == file)
    }

    /// All of a document was read: by these bytes it is known where its file has another name.
    pub fn was_read(&self, doc: DocId, document: &Document, stamp: Option<Stamp>) {
        self.held().read.insert(doc, AsRead { raw: document.raw, stamp });
    }

    /// A document's file, and its stamp when it was last read.
    pub fn as_read(&self, doc: DocId) -> Option<(PathBuf, Stamp)> {
        let held = self.held();
        Some((held.entries.get(doc.index())?.file.clone(), held.read.get(&doc)?.stamp?))
    }
}

#[cfg(test)]
mod tests;
