//! Which document a note is in: its path, and what finds it again when that changed.

use crate::corpus::Document;

use super::anchor;

/// A document as it was when something was written about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocRef {
    /// Relative to the library.
    pub path: String,
    /// `b3:` and the hash of the file's bytes.
    pub raw: String,
    /// `b3:` and the hash of the text's skeleton: the same after wrapping anew.
    pub txt: String,
    /// Code points of the clean text.
    pub chars: usize,
    /// Empty where the text states none.
    pub title: String,
}

impl DocRef {
    pub fn of(document: &Document) -> Self {
        let text = &document.clean.text;
        Self {
            path: document.path.clone(),
            raw: named(blake3::Hash::from_bytes(document.raw)),
            txt: named(blake3::hash(anchor::skeleton_text(text).as_bytes())),
            chars: text.chars().count(),
            title: document.clean.head.title.clone().unwrap_or_default(),
        }
    }
}

fn named(hash: blake3::Hash) -> String {
    format!("b3:{hash}")
}
