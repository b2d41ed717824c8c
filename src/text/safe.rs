//! Nothing hostile reaches the terminal: the one type that widgets, titles, errors and prompts take.

use std::fmt;

/// Text that holds no control character, no direction override and no invisible tag.
///
/// Made only by [`Safe::new`], at the last boundary, after every decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Safe(String);

impl Safe {
    /// Shows what would act: C0, DEL and C1 become pictures, direction controls and tags dim tokens.
    pub fn new(text: &str) -> Self {
        Self(text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
