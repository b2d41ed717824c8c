//! Unsent text: what is being written is on disk before it is saved as a note.
//!
//! ```text
//! $XDG_STATE_HOME/postil/LIBID/drafts/ID.json   the draft, replaced as a whole each time
//! $XDG_STATE_HOME/postil/LIBID/drafts/ID.lock   locked for as long as its editor is open
//! ```
//!
//! *Invariants.* A draft that a live process writes is offered to nobody else. A draft file is whole:
//! the last state that was kept, or the one before it. It goes only when its note is saved or the
//! reader throws it away.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::diag::{Diagnostic, Loaded, Location};

use super::disk::{self, Disk, DiskFile, Open, Real};
use super::record::{Doc, Place};
use super::{Book, EventId, Mark, Note, NoteId, Places, Subject, Target};

/// A note that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Names its file.
    pub id: EventId,
    /// The note whose text is being changed; `None` for a new one.
    pub note: Option<NoteId>,
    pub target: Target,
    pub body: String,
    pub tags: Vec<String>,
    pub mark: Option<Mark>,
    /// When it was last kept.
    pub at: Timestamp,
}

impl Draft {
    /// Whether a note says all that the draft says: it was saved, and only the draft's end was missed.
    pub fn is_saved(&self, book: &Book) -> bool {
        let says = |note: &Note| {
            note.bodies.iter().any(|version| version.text == self.body)
                && self.tags.iter().all(|tag| note.tags.contains(tag))
                && note.mark == self.mark
        };
        match self.note {
            // A tag that was taken away is a change too.
            Some(id) => book.note(id).is_some_and(|note| says(note) && note.tags.len() == self.tags.len()),
            None => {
                let is_here = |note: &&Note| note.first_anchor == self.target.anchor;
                book.on(&self.target.doc.path).into_iter().filter(is_here).any(says)
            }
        }
    }
}

/// The drafts of a library.
#[derive(Clone)]
pub struct Drafts {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
}

/// A draft whose editor is open. Dropping it leaves the draft to be found.
pub struct OpenDraft {
    disk: Arc<dyn Disk>,
    path: PathBuf,
    /// Holds the lock; `None` where it could not be had, and the draft is kept without it.
    _lock: Option<Box<dyn DiskFile>>,
}

impl Drafts {
    pub fn new(places: &Places) -> Self {
        Self::with(Arc::new(Real), &places.drafts)
    }

    pub fn with(disk: Arc<dyn Disk>, folder: &Path) -> Self {
        Self { disk, folder: folder.to_owned() }
    }

    /// The drafts that no live process writes, the oldest first.
    pub fn left_over(&self) -> Loaded<Vec<Draft>> {
        let mut found = Loaded::default();
        let names = match self.disk.list(&self.folder) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return found,
            Err(error) => {
                let fault = Diagnostic::warning(format!("cannot list unsent notes: {error}"));
                found.diagnostics.push(fault.at(Location::file(&self.folder)));
                return found;
            }
        };
        for name in names.iter().filter(|name| name.ends_with(".json") && !name.starts_with('.')) {
            let path = self.folder.join(name);
            if self.is_live(&path) {
                continue;
            }
            match self.read(&path) {
                Ok(draft) => found.value.push(draft),
                Err(said) => {
                    let fault = Diagnostic::warning(format!("an unsent note cannot be read: {said}"));
                    found.diagnostics.push(fault.at(Location::file(path)).help("the file is kept; look into it"));
                }
            }
        }
        found.value.sort_by_key(|draft| draft.at);
        found
    }

    fn is_live(&self, path: &Path) -> bool {
        let lock = self.disk.open(&path.with_extension("lock"), Open::Read);
        lock.is_ok_and(|mut lock| matches!(lock.try_lock(), Ok(false)))
    }

    fn read(&self, path: &Path) -> Result<Draft, String> {
        let bytes = disk::read(&*self.disk, path).map_err(|error| error.to_string())?;
        let file: File = serde_json::from_slice(&bytes).map_err(|error| error.to_string())?;
        file.draft()
    }

    /// Opens the draft of an editor, new or left over. It is on disk once [`OpenDraft::keep`] says so.
    pub fn open(&self, id: EventId) -> OpenDraft {
        let path = self.folder.join(format!("{id}.json"));
        let lock = disk::make_folders(&*self.disk, &self.folder, true)
            .and_then(|()| self.disk.open(&path.with_extension("lock"), Open::Append))
            .and_then(|mut lock| lock.try_lock().map(|taken| taken.then_some(lock)));
        OpenDraft { disk: Arc::clone(&self.disk), path, _lock: lock.ok().flatten() }
    }
}

impl OpenDraft {
    /// Where it is kept, for a last message.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Puts the draft on disk, in place of what was kept before.
    ///
    /// # Errors
    /// When it is not on disk; what was kept before still is.
    pub fn keep(&self, draft: &Draft) -> io::Result<()> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        disk::make_folders(&*self.disk, folder, true)?;
        let bytes = serde_json::to_vec(&File::of(draft)).map_err(io::Error::other)?;
        disk::replace(&*self.disk, &self.path, &bytes)
    }

    /// Takes the draft away: its note is saved, or nobody wants it.
    ///
    /// # Errors
    /// When it is still there.
    pub fn discard(self) -> io::Result<()> {
        let gone = |path: &Path| match self.disk.remove(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        };
        gone(&self.path)?;
        gone(&self.path.with_extension("lock"))
    }
}

/// [`Draft`] in a file.
#[derive(Deserialize, Serialize)]
struct File {
    v: u32,
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    at: String,
    doc: Doc,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    anchor: Option<Place>,
    on: String,
    body: String,
    tags: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mark: Option<String>,
}

impl File {
    fn of(draft: &Draft) -> Self {
        Self {
            v: 1,
            id: draft.id.to_string(),
            note: draft.note.map(|note| note.to_string()),
            at: format!("{:.3}", draft.at),
            doc: Doc::of(&draft.target.doc),
            anchor: draft.target.anchor.as_ref().map(Place::of),
            on: draft.target.subject.name().to_owned(),
            body: draft.body.clone(),
            tags: draft.tags.clone(),
            mark: draft.mark.map(|mark| mark.name().to_owned()),
        }
    }

    fn draft(self) -> Result<Draft, String> {
        let bad = |_| "a name in it is no id".to_owned();
        let subjects = [Subject::Passage, Subject::Paragraph, Subject::Document];
        Ok(Draft {
            id: self.id.parse().map_err(bad)?,
            note: self.note.map(|note| note.parse().map_err(bad)).transpose()?,
            target: Target {
                doc: *self.doc.boxed(),
                subject: subjects.into_iter().find(|subject| subject.name() == self.on).unwrap_or_default(),
                anchor: self.anchor.map(|place| *place.boxed()),
            },
            body: self.body,
            tags: self.tags,
            mark: self.mark.as_deref().and_then(Mark::find),
            at: self.at.parse().unwrap_or(Timestamp::UNIX_EPOCH),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Author, DocRef, Ids, New, Pen};
    use super::*;

    fn draft(body: &str) -> Draft {
        let now: Timestamp = "2026-11-23T12:00:00.5Z".parse().unwrap();
        let doc = DocRef { path: "a.txt".into(), ..DocRef::default() };
        Draft {
            id: Ids::seeded(1).next(now, None),
            note: None,
            target: Target { doc, subject: Subject::Document, anchor: None },
            body: body.into(),
            tags: vec!["TPP".into()],
            mark: Some(Mark::Blue),
            at: now,
        }
    }

    fn drafts() -> (tempfile::TempDir, Drafts) {
        let folder = tempfile::tempdir().unwrap();
        let drafts = Drafts::with(Arc::new(Real), &folder.path().join("a/drafts"));
        (folder, drafts)
    }

    #[test]
    fn a_draft_is_offered_when_its_editor_is_gone_and_not_before() {
        let (_folder, drafts) = drafts();
        assert!(drafts.left_over().value.is_empty());
        let open = drafts.open(draft("").id);
        open.keep(&draft("half a sen")).unwrap();
        open.keep(&draft("half a sentence\nand more")).unwrap();
        assert!(drafts.left_over().value.is_empty(), "a live editor's draft is its own");
        drop(open);
        assert_eq!(drafts.left_over().value, [draft("half a sentence\nand more")]);
    }

    #[test]
    fn a_draft_goes_when_its_note_is_saved() {
        let (folder, drafts) = drafts();
        drafts.open(draft("").id).keep(&draft("x")).unwrap();
        let again = drafts.open(draft("").id);
        again.discard().unwrap();
        assert!(drafts.left_over().value.is_empty());
        assert_eq!(std::fs::read_dir(folder.path().join("a/drafts")).unwrap().count(), 0);
        drafts.open(draft("").id).discard().unwrap();
    }

    #[test]
    fn a_draft_that_was_saved_but_not_taken_away_is_known() {
        let author = Author { writer: "ann".into(), name: String::new() };
        let draft = draft("x");
        let new = New { target: draft.target.clone(), body: "x".into(), tags: draft.tags.clone(), mark: draft.mark };
        let mut book = Book::new();
        assert!(!draft.is_saved(&book));
        let record = book.add(&mut Pen { author: &author, now: draft.at, ids: &mut Ids::seeded(2) }, new);
        let note = record.note;
        book.apply(record);
        assert!(draft.is_saved(&book));
        let edit = |tags: &[&str], mark| {
            let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
            Draft { note, tags, mark, ..draft.clone() }.is_saved(&book)
        };
        assert!(edit(&["TPP"], Some(Mark::Blue)));
        assert!(!edit(&[], Some(Mark::Blue)), "a tag taken away is not saved yet");
        assert!(!edit(&["TPP"], None), "nor a mark");
        assert!(!Draft { body: "y".into(), ..draft }.is_saved(&book));
    }

    #[test]
    fn a_damaged_draft_is_told_and_does_not_hide_the_others() {
        let (folder, drafts) = drafts();
        drafts.open(draft("").id).keep(&draft("x")).unwrap();
        std::fs::write(folder.path().join("a/drafts/b.json"), "{\"v\":1,").unwrap();
        let found = drafts.left_over();
        assert_eq!((found.value.len(), found.diagnostics.len()), (1, 1));
    }
}
