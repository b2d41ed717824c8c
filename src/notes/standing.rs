//! Where notes stand in the documents as they are now.
//!
//! *Invariant.* A note is never put on words that are not its own without saying so: it is sure,
//! unsure, or an orphan that is listed with its quote.

use std::ops::Range;

use crate::corpus::Document;
use crate::text::Clean;

use super::{Anchor, Note};

/// How certain it is that a note stands where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    Sure,
    /// Shown with a sign, to be accepted by the reader.
    Unsure,
    /// Its passage, or its document, is gone.
    Orphan,
}

impl State {
    pub const ALL: [State; 3] = [State::Sure, State::Unsure, State::Orphan];

    /// The name used in every format.
    pub fn name(self) -> &'static str {
        match self {
            State::Sure => "sure",
            State::Unsure => "unsure",
            State::Orphan => "orphan",
        }
    }
}

/// Where a note stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub state: State,
    /// Bytes of the clean text; `None` for an orphan and for a note on the document.
    pub range: Option<Range<usize>>,
}

impl Standing {
    pub const ORPHAN: Self = Self { state: State::Orphan, range: None };

    /// Where `note` stands in its document, if that is there.
    pub fn of(note: &Note, document: Option<&Document>) -> Self {
        match (document, &note.anchor) {
            (None, _) => Self::ORPHAN,
            (Some(_), None) => Self { state: State::Sure, range: None },
            (Some(document), Some(anchor)) => find(anchor, &document.clean),
        }
    }

    /// The index of the paragraph where it starts.
    pub fn para(&self, clean: &Clean) -> Option<usize> {
        self.range.as_ref().map(|range| clean.paragraph_at(range.start))
    }
}

/// The passage where it was, else its one copy.
fn find(anchor: &Anchor, clean: &Clean) -> Standing {
    let text = clean.text.as_str();
    let start = text.char_indices().nth(anchor.pos.start).map_or(text.len(), |(at, _)| at);
    let sure = |at: usize| Standing { state: State::Sure, range: Some(at..at + anchor.exact.len()) };
    if text[start..].starts_with(&anchor.exact) && text[..start].ends_with(&anchor.before) {
        return sure(start);
    }
    let mut copies = text.match_indices(&anchor.exact);
    match (copies.next(), copies.next()) {
        (Some((at, _)), None) if text[..at].ends_with(&anchor.before) => sure(at),
        (Some((at, _)), None) => Standing { state: State::Unsure, ..sure(at) },
        _ => Standing::ORPHAN,
    }
}
