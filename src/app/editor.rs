//! The note editor: a text being written, on a passage, under the page.
//!
//! The editing itself is ratatui-textarea's: wrapping, undo, paste, wide characters.

use std::ops::Range;
use std::sync::Arc;

use ratatui_textarea::{CursorMove, Input, Key as AreaKey, TextArea, WrapMode};

use crate::corpus::{Document, Place};
use crate::keys::{Code, Key};
use crate::notes::{Anchor, DocRef, EventId, Mark, NoteId, Subject, Target};
use crate::text::width;

use super::event::Unsent;
use super::layout::{Area, Layout};

/// What is being written.
#[derive(Debug)]
pub struct Editor {
    /// Counts the editors opened so far, so that drafts of one are told from those of another.
    pub number: u64,
    /// The note whose text is being changed; `None` for a new one.
    pub note: Option<NoteId>,
    pub document: DocRef,
    pub subject: Subject,
    pub anchor: Option<Anchor>,
    pub mark: Option<Mark>,
    pub tags: Vec<String>,
    pub area: TextArea<'static>,
    /// The text the editor was opened with.
    before: String,
    /// The draft on disk that this text goes on with.
    pub draft: Option<EventId>,
    /// Keys since the draft was last kept.
    pub keys_since_kept: usize,
    /// Changes so far, so that of two drafts the later one is known.
    changes: u64,
    /// Where the passage begins.
    pub place: Place,
    /// The bytes of the clean text that the note is on: they stay lit while it is written.
    pub passage: Option<Range<usize>>,
    /// Whether the page has still to go there.
    pub is_away: bool,
    /// The text of which the anchor speaks, where it is at hand: it is kept beside the note, whatever the
    /// document has become by then.
    pub written_on: Option<Arc<Document>>,
}

/// Keys after which a draft is kept at once.
const KEEP_EVERY: usize = 20;

impl Editor {
    pub fn new(document: DocRef, subject: Subject, anchor: Option<Anchor>, place: Place, text: &str) -> Self {
        Self {
            number: 0,
            note: None,
            document,
            subject,
            anchor,
            mark: None,
            tags: Vec::new(),
            area: area(text),
            before: text.to_owned(),
            draft: None,
            keys_since_kept: 0,
            changes: 0,
            place,
            passage: None,
            is_away: false,
            written_on: None,
        }
    }

    /// Where it stands: the lower part of the text pane, as high as the text and a line more.
    pub fn place_on(&self, layout: &Layout) -> Area {
        let whole = Area { x: 0, y: 0, width: layout.size.columns, height: layout.size.rows.saturating_sub(1) };
        let pane = layout.text.unwrap_or(whole);
        let width = usize::from(pane.width.saturating_sub(2)).max(1);
        let rows: usize = self.area.lines().iter().map(|line| width::cells(line) / width + 1).sum();
        let most = (pane.height * 3 / 5).max(4).min(pane.height);
        let height = (rows as u16 + 2).clamp(6.min(most), most);
        Area { y: pane.bottom() - height, height, ..pane }
    }

    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether there is anything that closing would lose.
    pub fn is_changed(&self) -> bool {
        self.text() != self.before
    }

    /// Replaces the text, as another editor left it.
    pub fn set_text(&mut self, text: &str) {
        self.area = area(text);
        self.touch(1);
    }

    /// Takes a key that is text; whether the draft is to be kept now.
    pub fn type_key(&mut self, key: Key) -> bool {
        self.area.input(input(key));
        self.touch(1);
        self.keys_since_kept >= KEEP_EVERY
    }

    pub fn paste(&mut self, text: &str) {
        self.area.insert_str(text.replace("\r\n", "\n").replace('\r', "\n"));
        self.touch(KEEP_EVERY);
    }

    /// Something changed, worth so many keys.
    pub fn touch(&mut self, keys: usize) {
        self.keys_since_kept += keys;
        self.changes += 1;
    }

    pub fn unsent(&self) -> Unsent {
        Unsent {
            changes: self.changes,
            editor: self.number,
            note: self.note,
            target: Target { doc: self.document.clone(), subject: self.subject, anchor: self.anchor.clone() },
            body: self.text(),
            tags: self.tags.clone(),
            mark: self.mark,
        }
    }

    /// The next highlight colour, and none after the last.
    pub fn next_mark(&mut self) {
        self.mark = match self.mark {
            None => Mark::ALL.first().copied(),
            Some(mark) => Mark::ALL.iter().skip_while(|other| **other != mark).nth(1).copied(),
        };
    }
}

fn area(text: &str) -> TextArea<'static> {
    let mut area = TextArea::new(text.split('\n').map(str::to_owned).collect());
    area.set_wrap_mode(WrapMode::WordOrGlyph);
    area.set_cursor_line_style(Default::default());
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

fn input(key: Key) -> Input {
    let code = match key.code {
        Code::Char(c) => AreaKey::Char(c),
        Code::Enter => AreaKey::Enter,
        Code::Esc => AreaKey::Esc,
        Code::Tab | Code::BackTab => AreaKey::Tab,
        Code::Backspace => AreaKey::Backspace,
        Code::Delete => AreaKey::Delete,
        Code::Left => AreaKey::Left,
        Code::Right => AreaKey::Right,
        Code::Up => AreaKey::Up,
        Code::Down => AreaKey::Down,
        Code::Home => AreaKey::Home,
        Code::End => AreaKey::End,
        Code::PageUp => AreaKey::PageUp,
        Code::PageDown => AreaKey::PageDown,
        Code::F(number) => AreaKey::F(number),
        Code::Insert => AreaKey::Null,
    };
    Input { key: code, ctrl: key.mods.ctrl, alt: key.mods.alt, shift: key.mods.shift }
}
