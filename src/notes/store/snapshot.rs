//! Texts that have notes, kept as they were: what a passage is looked for with when it has changed.

use std::io;

use crate::corpus::Document;

use super::super::DocRef;
use super::super::disk;
use super::{Store, StoreError};

impl Store {
    /// Keeps the clean text of a document, unless it is there or longer than `limit` bytes. Answers
    /// whether it was written.
    ///
    /// # Errors
    /// When it is not on disk; the notes are none the worse.
    pub fn keep_text(&self, document: &Document, limit: usize) -> Result<bool, StoreError> {
        let text = document.clean.text.as_bytes();
        let Some(name) = file_name(&DocRef::named(document.raw)).filter(|_| text.len() <= limit) else {
            return Ok(false);
        };
        let home = if self.in_overlay { &self.places.overlay } else { &self.places.home };
        let folder = home.join("snap");
        let path = folder.join(name);
        let disk = &*self.disk;
        if self.newer.is_some() || disk.look(&path).is_ok() {
            return Ok(false);
        }
        let written =
            disk::make_folders(disk, &folder, self.in_overlay).and_then(|()| disk::replace(disk, &path, text));
        written.map(|()| true).map_err(|error| StoreError::of(&error, path))
    }

    /// The text of a document as it was when `doc` was noted, if it was kept.
    pub fn text_of(&self, doc: &DocRef) -> Option<String> {
        let name = file_name(&doc.raw)?;
        self.homes().into_iter().find_map(|home| {
            let bytes: io::Result<Vec<u8>> = disk::read(&*self.disk, &home.join("snap").join(&name));
            String::from_utf8(bytes.ok()?).ok()
        })
    }
}

/// `9f1c….txt` for `b3:9f1c…`; nothing for what is no hash, which might lead elsewhere.
fn file_name(raw: &str) -> Option<String> {
    let hash = raw.strip_prefix("b3:")?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then(|| format!("{hash}.txt"))
}
