//! Nothing hostile reaches the terminal: the one type that widgets, titles, errors and prompts take.
//!
//! A document, a file name, a note or a setting can hold anything: sequences that set the window's
//! title or the clipboard, marks that turn the direction of what follows, invisible letters. [`Safe`]
//! shows what would act and leaves out what could not be seen anyway:
//!
//! | in the text | on the screen |
//! | --- | --- |
//! | C0 and DEL | their pictures, `␛` `␇` `␡` |
//! | TAB | blanks to the next stop, every [`TAB_STOP`] cells |
//! | C1, which some terminals obey | `⟨9B⟩` |
//! | line and paragraph separators | `␤` |
//! | direction controls | `⟨RLO⟩` |
//! | a run of tag characters | what it spells, `⟨tag:hello⟩` |
//! | soft hyphens, zero-width spaces, BOMs and other characters without effect or shape | nothing |
//! | more than [`MARKS`] combining marks on a base | the first [`MARKS`] |
//! | a combining mark without a base | `◌` under it, so that it cannot sit on what stands before |
//!
//! *Invariants.* No character of a [`Safe`] is a control, a direction control or a tag. Making it safe
//! again changes nothing. The order of the text is kept: [`Shown`] leads from its bytes to those of
//! the original and back.

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::width;

/// Cells between two tab stops.
pub const TAB_STOP: usize = 4;

/// Combining marks that a base may carry; no script needs as many.
pub const MARKS: usize = 8;

/// Text that may be sent to a terminal.
///
/// Made only by [`Safe::new`] and its sisters, at the last boundary, after every decoding.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Safe(String);

impl Safe {
    pub fn new(text: &str) -> Self {
        if is_plain(text) { Self(text.to_owned()) } else { Self::mapped(text).0 }
    }

    /// `text` made safe, and the way from its bytes to those of `text` and back.
    pub fn mapped(text: &str) -> (Self, Shown) {
        let mut out = Writer::default();
        for (at, c) in text.char_indices() {
            out.show(at, c);
        }
        out.end_tag(text.len());
        let shown = Shown { edits: out.edits };
        (Self(out.text), shown)
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn into_string(self) -> String {
        self.0
    }
}

impl AsRef<str> for Safe {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Safe {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// `text` itself where nothing needs to be changed, else made safe.
pub fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) { Cow::Borrowed(text) } else { Cow::Owned(Safe::mapped(text).0.0) }
}

/// Whether [`Safe::new`] leaves `text` as it is. Cheap: clean ASCII is only looked at.
pub fn is_plain(text: &str) -> bool {
    let mut marks = MARKS; // a mark at the start has no base
    for c in text.chars() {
        if (' '..='~').contains(&c) {
            marks = 0;
        } else if !matches!(fate(c), Fate::Kept) {
            return false;
        } else if !is_mark(c) {
            marks = 0;
        } else if marks == MARKS {
            return false;
        } else {
            marks += 1;
        }
    }
    true
}

/// From bytes of a safe text to bytes of the text it was made from, and back.
///
/// Both are in the same order, so only the places that differ are kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    edits: Vec<Edit>,
}

/// A stretch that is shown as something else.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Edit {
    shown: Range<usize>,
    source: Range<usize>,
}

impl Shown {
    /// Whether the two texts are the same.
    pub fn is_identity(&self) -> bool {
        self.edits.is_empty()
    }

    /// The byte of the original for byte `at` of the safe text. Inside a token: where its original starts.
    pub fn to_source(&self, at: usize) -> usize {
        let index = self.edits.partition_point(|edit| edit.shown.end <= at);
        match self.edits.get(index) {
            Some(edit) if edit.shown.start <= at => edit.source.start,
            _ => self.edits[..index].last().map_or(at, |edit| edit.source.end + (at - edit.shown.end)),
        }
    }

    /// The byte of the safe text for byte `at` of the original. Inside what is shown as a token, or
    /// hidden: where the token starts, or would stand.
    pub fn to_shown(&self, at: usize) -> usize {
        let index = self.edits.partition_point(|edit| edit.source.end <= at);
        match self.edits.get(index) {
            Some(edit) if edit.source.start <= at => edit.shown.start,
            _ => self.edits[..index].last().map_or(at, |edit| edit.shown.end + (at - edit.source.end)),
        }
    }

    /// The bytes of the safe text that show a range of the original; tokens only as a whole.
    pub fn to_shown_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.to_shown(range.start);
        let index = self.edits.partition_point(|edit| edit.source.end <= range.end);
        let end = match self.edits.get(index) {
            Some(edit) if edit.source.start < range.end => edit.shown.end,
            _ => self.to_shown(range.end),
        };
        start..end.max(start)
    }
}

/// What becomes of a character.
enum Fate {
    Kept,
    Hidden,
    Tab,
    Picture(char),
    /// Written between `⟨` and `⟩`.
    Token(Token),
    Tag,
}

enum Token {
    Name(&'static str),
    C1(u32),
}

/// The direction controls and their names in the standard.
const DIRECTIONS: [(char, &str); 12] = [
    ('\u{61c}', "ALM"),
    ('\u{200e}', "LRM"),
    ('\u{200f}', "RLM"),
    ('\u{202a}', "LRE"),
    ('\u{202b}', "RLE"),
    ('\u{202c}', "PDF"),
    ('\u{202d}', "LRO"),
    ('\u{202e}', "RLO"),
    ('\u{2066}', "LRI"),
    ('\u{2067}', "RLI"),
    ('\u{2068}', "FSI"),
    ('\u{2069}', "PDI"),
];

fn fate(c: char) -> Fate {
    let code = c as u32;
    match c {
        '\t' => Fate::Tab,
        '\0'..='\x1f' => Fate::Picture(char::from_u32(0x2400 + code).unwrap_or('\u{fffd}')),
        '\x7f' => Fate::Picture('\u{2421}'),
        '\u{80}'..='\u{9f}' => Fate::Token(Token::C1(code)),
        '\u{2028}' | '\u{2029}' => Fate::Picture('\u{2424}'),
        // Soft hyphen, Mongolian vowel separator, zero-width space, word joiner and invisible
        // operators, deprecated format characters, BOM, interlinear annotation.
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}' => Fate::Hidden,
        '\u{feff}' | '\u{fff9}'..='\u{fffb}' => Fate::Hidden,
        '\u{e0000}'..='\u{e007f}' => Fate::Tag,
        '\u{61c}' | '\u{200e}'..='\u{2069}' => match DIRECTIONS.iter().find(|(control, _)| *control == c) {
            Some((_, name)) => Fate::Token(Token::Name(name)),
            None => Fate::Kept,
        },
        _ => Fate::Kept,
    }
}

/// Whether `c` is drawn over the character before it.
fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

/// The safe text as it grows.
#[derive(Default)]
struct Writer {
    text: String,
    edits: Vec<Edit>,
    /// Combining marks on the last base.
    marks: usize,
    /// Where the cells of `column` end, in bytes of `text`.
    measured: usize,
    /// Cells of `text[..measured]`, for tabs.
    column: usize,
    in_tag: bool,
}

impl Writer {
    /// Appends the character `c`, which stands at byte `at` of the original.
    fn show(&mut self, at: usize, c: char) {
        let fate = fate(c);
        if !matches!(fate, Fate::Tag) {
            self.end_tag(at);
        }
        let start = self.text.len();
        match fate {
            Fate::Kept => return self.keep(at, c),
            Fate::Hidden => {}
            Fate::Tab => self.tab(),
            Fate::Picture(picture) => self.text.push(picture),
            Fate::Token(Token::Name(name)) => self.token(format_args!("⟨{name}⟩")),
            Fate::Token(Token::C1(code)) => self.token(format_args!("⟨{code:02X}⟩")),
            Fate::Tag => self.tag(c),
        }
        if self.text.len() > start {
            self.marks = 0;
        }
        self.edits.push(Edit { shown: start..self.text.len(), source: at..at + c.len_utf8() });
    }

    fn keep(&mut self, at: usize, c: char) {
        let start = self.text.len();
        if !is_mark(c) {
            self.marks = 0;
        } else if self.marks < MARKS {
            self.marks += 1;
        } else {
            self.edits.push(Edit { shown: start..start, source: at..at + c.len_utf8() });
            return;
        }
        if start == 0 && self.marks > 0 {
            self.text.push('\u{25cc}');
            self.edits.push(Edit { shown: 0..self.text.len(), source: at..at });
        }
        self.text.push(c);
    }

    fn tab(&mut self) {
        self.column += width::cells(&self.text[self.measured..]);
        let blanks = TAB_STOP - self.column % TAB_STOP;
        self.column += blanks;
        self.text.extend(std::iter::repeat_n(' ', blanks));
        self.measured = self.text.len();
    }

    fn token(&mut self, token: fmt::Arguments<'_>) {
        // A String takes whatever is written to it.
        let _ = self.text.write_fmt(token);
    }

    /// The first tag character of a run opens the token, all of them spell what they stand for.
    fn tag(&mut self, c: char) {
        if !self.in_tag {
            self.text.push_str("⟨tag:");
            self.in_tag = true;
        }
        let letter = char::from_u32(c as u32 - 0xe0000).filter(|letter| (' '..='~').contains(letter));
        self.text.push(letter.unwrap_or('·'));
    }

    /// Closes the token of a run of tags that ended before byte `at` of the original.
    fn end_tag(&mut self, at: usize) {
        if self.in_tag {
            self.in_tag = false;
            let start = self.text.len();
            self.text.push('⟩');
            self.edits.push(Edit { shown: start..self.text.len(), source: at..at });
        }
    }
}

#[cfg(test)]
mod tests;
