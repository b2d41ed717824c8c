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
            raw: Self::named(document.raw),
            txt: Self::named(anchor::txt_hash(text)),
            chars: text.chars().count(),
            title: document.clean.head.title.clone().unwrap_or_default(),
        }
    }

    /// A hash as it is written.
    pub fn named(hash: [u8; 32]) -> String {
        format!("b3:{}", blake3::Hash::from_bytes(hash))
    }

    /// The hash that is written so; `None` for what is none.
    pub fn hash(named: &str) -> Option<[u8; 32]> {
        Some(*blake3::Hash::from_hex(named.strip_prefix("b3:")?).ok()?.as_bytes())
    }
}
