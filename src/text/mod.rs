//! From the bytes of a file to clean paragraphs, and from there to cells on a screen.
//!
//! ```text
//! bytes ── decode ──▶ text ── paragraphs ──▶ Clean ── wrap ──▶ rows
//!                                             │
//!                                             └─ map: every byte of the clean text back to the file
//! ```
//!
//! *Invariants.* Every character of the file that is not white space, a mark of a healed line-end
//! hyphen or invisible stands in [`Clean::text`] exactly once, in some paragraph. Paragraphs are in
//! reading order, do not overlap, and are separated by one blank line (`"\n\n"`). Offsets are bytes
//! of [`Clean::text`] and lie on character boundaries.

pub mod decode;
pub mod map;
pub mod numbering;
pub mod paragraphs;
pub mod safe;
pub mod segment;
pub mod width;
mod words;
pub mod wrap;

use std::ops::Range;

pub use map::SourceMap;
pub use numbering::Numbering;
pub use safe::Safe;

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Heading,
    Body,
    /// One item of a list.
    List,
    /// A block quotation.
    Quote,
    Caption,
    Footnote,
    /// An ornament between sections.
    Separator,
    /// Title, byline and date lines at the top; kept, not shown as prose.
    Meta,
    /// Navigation, running heads, page numbers, sharing, licences; kept, folded away, not tagged.
    Boilerplate,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Heading,
        Kind::Body,
        Kind::List,
        Kind::Quote,
        Kind::Caption,
        Kind::Footnote,
        Kind::Separator,
        Kind::Meta,
        Kind::Boilerplate,
    ];

    /// The name used in every format.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Heading => "heading",
            Kind::Body => "body",
            Kind::List => "list",
            Kind::Quote => "quote",
            Kind::Caption => "caption",
            Kind::Footnote => "footnote",
            Kind::Separator => "separator",
            Kind::Meta => "meta",
            Kind::Boilerplate => "boilerplate",
        }
    }

    /// Whether it is folded away unless asked for.
    pub fn is_folded(self) -> bool {
        matches!(self, Kind::Meta | Kind::Boilerplate)
    }
}

/// A paragraph: what it is and where it stands in [`Clean::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    pub kind: Kind,
    /// Bytes of [`Clean::text`].
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// A line of verse or of a table: it stands close below the paragraph above.
    pub close: bool,
}

impl Paragraph {
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// What the text says of itself; `None` or empty where it says nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub title: Option<String>,
    pub authors: Vec<String>,
    /// `2014-08-01`, `2014-08` or `2014`.
    pub date: Option<String>,
    /// Where it was published.
    pub source: Option<String>,
}

/// A line-end hyphen whose reading stayed doubtful: search and topics match both readings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hyphen {
    /// Byte of [`Clean::text`]: of the hyphen where it was kept, else where it was removed.
    pub at: u32,
    pub kept: bool,
}

/// A footnote and its mark in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// Bytes of [`Clean::text`].
    pub mark: Range<u32>,
    /// The note: an index of [`Clean::paragraphs`].
    pub paragraph: u32,
}

/// A text as it is read: clean paragraphs with the way back to the file.
#[derive(Clone, Debug, Default)]
pub struct Clean {
    pub text: String,
    pub paragraphs: Vec<Paragraph>,
    pub head: Head,
    /// From bytes of `text` to bytes of the file.
    pub map: SourceMap,
    /// Doubtful line-end hyphens, by offset.
    pub hyphens: Vec<Hyphen>,
    /// Footnotes whose mark was found, by its offset.
    pub footnotes: Vec<Footnote>,
    /// The encoding's name, as the WHATWG gives it.
    pub encoding: &'static str,
    /// Whether the encoding was guessed rather than stated or certain.
    pub encoding_guessed: bool,
}

impl Clean {
    /// The text of paragraph `index`.
    pub fn paragraph(&self, index: usize) -> &str {
        &self.text[self.paragraphs[index].range()]
    }

    /// The numbers of the paragraphs that are read, folded ones left out.
    pub fn unfolded(&self) -> Vec<u32> {
        let numbered = self.paragraphs.iter().zip(0..);
        numbered.filter(|(paragraph, _)| !paragraph.kind.is_folded()).map(|(_, para)| para).collect()
    }

    /// The passage of a range as it is read: paragraphs apart from one another, without those that are folded away
    /// unless `folded_too`.
    pub fn passage(&self, range: &Range<usize>, folded_too: bool) -> String {
        let first = self.paragraphs.partition_point(|p| (p.end as usize) <= range.start);
        let inside = self.paragraphs[first..].iter().take_while(|p| (p.start as usize) < range.end);
        let shown = inside.filter(|p| folded_too || !p.kind.is_folded());
        let parts = shown.filter_map(|p| {
            let part = p.range().start.max(range.start)..p.range().end.min(range.end);
            self.text.get(part).map(str::trim)
        });
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    /// The paragraph at byte `at`, or the nearest before it; 0 where there is none.
    pub fn paragraph_at(&self, at: usize) -> usize {
        self.paragraphs.partition_point(|p| p.start as usize <= at).saturating_sub(1)
    }
}

/// How to read a file.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Read as this encoding instead of guessing (a WHATWG label).
    pub encoding: Option<String>,
    /// Words of the texts beside this one, for hyphens that its own do not decide.
    pub beside: Option<std::sync::Arc<paragraphs::Gathered>>,
}

/// Reads the bytes of a plain-text file. Never fails: what cannot be decoded is shown as U+FFFD.
pub fn read(bytes: &[u8], options: &Options) -> Clean {
    read_decoded(&decode::decode(bytes, options.encoding.as_deref()), options)
}

/// The same of a file that is decoded already, whose bytes need not be kept meanwhile.
pub fn read_decoded(decoded: &decode::Decoded, options: &Options) -> Clean {
    paragraphs::clean(decoded, options.beside.as_deref())
}
