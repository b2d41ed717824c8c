//! The mouse: the wheel scrolls what is under it, a press goes there, a drag selects: by words where it began with
//! two presses, by paragraphs after three. The wheel turned meanwhile takes the selection along.
//!
//! Two presses on one cell are a double click where no key and no movement came between them; that
//! needs no clock.

use crate::app::event::{Effect, Mouse, MouseWhat};
use crate::app::flow::{Line, Source, TextLine};
use crate::app::page::Cursor;
use crate::app::prompt::Asks;
use crate::app::selection::{By, Selection};
use crate::app::sidebar::Sidebar;
use crate::app::{Layout, Model, Pane, sheets};
use crate::corpus::{DocId, Place};
use crate::keys::actions::Action;
use crate::text::segment;

/// Rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

/// What the presses so far say about the next one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pointer {
    /// The cell of the last press, and how many there were on it.
    last: Option<(u16, u16, u8)>,
    /// What was pressed in the text, while the button is down.
    held: Option<Held>,
    /// The last drag, where that scrolled at the page's edge: it goes on for as long as the button is down there.
    edge: Option<Mouse>,
}

/// A passage that is held down.
#[derive(Clone, Copy, Debug)]
struct Held {
    doc: DocId,
    /// Its first grapheme, and its last one: the same for a single press, a word for two.
    first: usize,
    last: usize,
    by_word: bool,
    /// The row it stands in, until the mouse leaves that: who selects along the first row wants no other.
    row: Option<u16>,
}

impl Pointer {
    /// How many presses on this cell this one makes.
    fn press(&mut self, column: u16, row: u16) -> u8 {
        let presses = match self.last {
            Some((c, r, presses)) if (c, r) == (column, row) => presses % 3 + 1,
            _ => 1,
        };
        self.last = Some((column, row, presses));
        presses
    }
}

impl Model {
    pub(super) fn mouse(&mut self, mouse: Mouse, fx: &mut Vec<Effect>) {
        let layout = self.layout();
        if self.editor.is_some() && self.prompt.is_none() && self.sheet.is_none() {
            return match mouse.what {
                MouseWhat::WheelDown => _ = self.page.scroll(WHEEL, &self.shelf),
                MouseWhat::WheelUp => _ = self.page.scroll(-WHEEL, &self.shelf),
                _ => {}
            };
        }
        if self.prompt.is_some() {
            return self.mouse_on_prompt(mouse, &layout, fx);
        }
        match mouse.what {
            MouseWhat::WheelDown => self.wheel(WHEEL, mouse, &layout, fx),
            MouseWhat::WheelUp => self.wheel(-WHEEL, mouse, &layout, fx),
            MouseWhat::Press => self.press(mouse, &layout, fx),
            MouseWhat::Drag => self.drag(mouse, &layout),
            MouseWhat::Release => (self.pointer.held, self.pointer.edge) = (None, None),
        }
    }

    /// Whether a drag is held at the page's edge and has more to scroll.
    pub fn is_held_at_edge(&self) -> bool {
        self.pointer.edge.is_some()
    }

    /// The drag that is held at the page's edge goes on by a row.
    pub(super) fn drag_on(&mut self, fx: &mut Vec<Effect>) {
        if let Some(edge) = self.pointer.edge.take() {
            self.mouse(edge, fx);
        }
    }

    fn wheel(&mut self, by: isize, mouse: Mouse, layout: &Layout, fx: &mut Vec<Effect>) {
        let held = self.pointer.held;
        self.pointer = Pointer::default();
        if self.sheet.is_some() {
            return self.wheel_sheet(by, layout, fx);
        }
        match layout.pane_at(mouse.column, mouse.row) {
            Some(Pane::Text) => {
                let fine = self.page.fine && self.selection.is_some();
                self.page.scroll(by, &self.shelf);
                self.page.settle(&self.shelf);
                self.page.fine |= fine;
                if held.is_some() {
                    self.pointer.held = held;
                    self.drag(mouse, layout);
                }
                self.note_reading();
            }
            Some(Pane::Documents) => {
                let (len, rows) = (self.shelf.order.len(), self.list_height(layout));
                // A list that is seen as a whole has nothing to scroll.
                if len > rows {
                    self.list.scroll(by, len, rows);
                }
            }
            Some(Pane::Topics) => {
                let (len, rows) = (self.sidebar.rows.len(), layout.list_rows());
                if len > rows {
                    self.sidebar.list.scroll(by, len, rows);
                }
            }
            None => {}
        }
    }

    fn wheel_sheet(&mut self, by: isize, layout: &Layout, fx: &mut Vec<Effect>) {
        let Some(sheet) = &mut self.sheet else { return };
        let (len, rows) = (sheet.shown.len(), sheets::rows_of(sheet, layout));
        sheet.list.scroll(by, len, rows);
        self.follow(fx);
    }

    /// While a line is typed: what is proposed is gone through and taken, the sheet that is filtered scrolls.
    fn mouse_on_prompt(&mut self, mouse: Mouse, layout: &Layout, fx: &mut Vec<Effect>) {
        let by = match mouse.what {
            MouseWhat::WheelDown => 1,
            MouseWhat::WheelUp => -1,
            MouseWhat::Press => return self.press_proposal(mouse, layout, fx),
            _ => return,
        };
        if self.prompt.as_ref().is_some_and(|prompt| prompt.asks == Asks::Filter) {
            return self.wheel_sheet(by * WHEEL, layout, fx);
        }
        self.pick_proposal(by);
    }

    fn press_proposal(&mut self, mouse: Mouse, layout: &Layout, fx: &mut Vec<Effect>) {
        let Some(prompt) = &mut self.prompt else { return };
        let bottom = layout.size.rows.saturating_sub(1);
        let (top, rows) = prompt.window(bottom);
        if let Some(at) = (mouse.row + rows).checked_sub(bottom).filter(|at| *at < rows) {
            prompt.list.choose(top + usize::from(at), prompt.proposals.len());
            prompt.picked = true;
            self.accept(fx);
        }
    }

    fn press(&mut self, mouse: Mouse, layout: &Layout, fx: &mut Vec<Effect>) {
        self.status.next_key();
        let presses = self.pointer.press(mouse.column, mouse.row);
        (self.pointer.held, self.pointer.edge) = (None, None);
        if self.sheet.is_some() {
            return self.press_sheet(mouse, presses, layout, fx);
        }
        let Some(pane) = layout.pane_at(mouse.column, mouse.row) else { return };
        self.focus = pane;
        if pane == Pane::Text {
            return self.press_text(mouse, presses, layout, fx);
        }
        let top = layout.size.rows.saturating_sub(1).min(layout.list_rows() as u16);
        let above = layout.size.rows.saturating_sub(1) - top;
        let Some(row) = mouse.row.checked_sub(above).map(usize::from) else { return };
        if pane == Pane::Documents {
            let at = self.list.top + row / self.list_row_height(layout);
            if at < self.shelf.order.len() {
                self.list.choose(at, self.shelf.order.len());
                self.act(Action::DocumentsOpen, None, fx);
            }
        } else if let Some(topic) = self.sidebar.rows.get(self.sidebar.list.top + row).copied() {
            self.sidebar.list.choose(self.sidebar.list.top + row, self.sidebar.rows.len());
            let dictionary = &self.topics.dictionary;
            let sign = layout.topics.map(|area| Sidebar::sign_column(dictionary, topic, area));
            let folds = sign == Some(mouse.column) && Sidebar::has_children(dictionary, topic);
            self.act(if folds { Action::TopicsFold } else { Action::TopicsEnforce }, None, fx);
        }
    }

    /// A press chooses a row of the sheet, a second one stays there; one outside closes the sheet.
    fn press_sheet(&mut self, mouse: Mouse, presses: u8, layout: &Layout, fx: &mut Vec<Effect>) {
        let Some(sheet) = &mut self.sheet else { return };
        let area = sheets::area_of(sheet, layout);
        if !area.contains(mouse.column, mouse.row) {
            return self.act(Action::SheetClose, None, fx);
        }
        let Some(row) = mouse.row.checked_sub(area.y + 1) else { return };
        let at = sheet.list.top + usize::from(row);
        if at < sheet.shown.len() && mouse.row + 1 < area.bottom() {
            sheet.list.choose(at, sheet.shown.len());
            match presses {
                1 => self.follow(fx),
                _ => self.act(Action::SheetOpen, None, fx),
            }
        }
    }

    fn press_text(&mut self, mouse: Mouse, presses: u8, layout: &Layout, fx: &mut Vec<Effect>) {
        self.selection = None;
        if let Some(strip) = layout.strip.filter(|strip| strip.contains(mouse.column, mouse.row)) {
            return self.go_to_part(mouse.row - strip.y, strip.height);
        }
        let at = usize::from(mouse.row.saturating_sub(layout.page.y));
        if mouse.row >= layout.page.y && matches!(self.page.rows.get(at).map(|row| &row.line), Some(Line::Folded(_))) {
            return self.act(Action::ShowFolded, None, fx);
        }
        let Some((cursor, line)) = self.text_under(mouse, layout).filter(|_| mouse.row >= layout.page.y) else {
            return;
        };
        self.page.put(cursor);
        self.page.fine = true;
        let in_gutter = layout.gutter.is_some_and(|gutter| gutter.contains(mouse.column, mouse.row));
        if in_gutter && self.margins.touching(line.doc, &line.range).next().is_some() {
            return self.act(Action::OpenNote, None, fx);
        }
        let Some(place) = self.page.place() else { return };
        match presses {
            2 => {
                self.begin_selection(By::Character);
                self.select_objects(1, segment::word_at);
            }
            3 => self.begin_selection(By::Paragraph),
            _ => {}
        }
        let word = self.selection.filter(|_| presses == 2).map(|selection| (selection.anchor, self.page.cursor.at));
        let (first, last) = word.unwrap_or((place.at, place.at));
        self.pointer.held = Some(Held { doc: place.doc, first, last, by_word: word.is_some(), row: Some(mouse.row) });
    }

    /// Selects from where the button went down to here; past the page's edge it scrolls.
    fn drag(&mut self, mouse: Mouse, layout: &Layout) {
        self.pointer.edge = None;
        let Some(held) = &mut self.pointer.held else { return };
        held.row = held.row.filter(|row| *row == mouse.row);
        let held = *held;
        if self.pointer.last.is_some_and(|(column, row, _)| (column, row) == (mouse.column, mouse.row)) {
            return;
        }
        self.pointer.last = None;
        let before = (self.page.cursor, self.page.top, self.selection);
        let by = match mouse.row {
            row if held.row == Some(row) => 0,
            row if row <= layout.page.y => -1,
            row if row + 1 >= layout.page.bottom() => 1,
            _ => 0,
        };
        let scrolls = by != 0 && self.page.scroll(by, &self.shelf) && self.page.top != before.1;
        self.pointer.edge = scrolls.then_some(mouse);
        if let Some((cursor, _)) = self.text_under(mouse, layout) {
            self.page.put(cursor);
        }
        self.page.fine = true;
        let by = self.selection.map_or(By::Character, |selection| selection.by);
        let at = self.page.cursor.at;
        let anchor = if at < held.first { held.last } else { held.first };
        self.selection = Some(Selection { doc: held.doc, anchor, by });
        if held.by_word
            && let Some(word) = self.object_here(segment::word_at)
        {
            match at < held.first {
                true => self.put_cursor(Place { doc: held.doc, at: word.start }),
                false => self.put_cursor_at_end(&word),
            }
        }
        if !self.is_selection_whole() {
            (self.page.cursor, self.page.top, self.selection) = before;
            self.pointer.edge = None;
        }
    }

    /// What stands at a cell of the page, or nearest to it on the row of text at or above it.
    fn text_under(&self, mouse: Mouse, layout: &Layout) -> Option<(Cursor, TextLine)> {
        let rows = &self.page.rows;
        let at = usize::from(mouse.row.saturating_sub(layout.page.y)).min(rows.len().checked_sub(1)?);
        let text = |row: &crate::app::page::Row| match &row.line {
            Line::Text(line) => Some((row.spot.unit, line.clone())),
            _ => None,
        };
        let above = rows[..=at].iter().rev().find_map(text);
        let (unit, line) = above.or_else(|| rows[at..].iter().find_map(text))?;
        let clean = &self.shelf.document(line.doc)?.clean.text;
        let at = line.byte_at(clean, mouse.column.saturating_sub(layout.page.x));
        Some((Cursor { unit, at }, line))
    }

    /// To the part of the document that stands at a row of the strip.
    fn go_to_part(&mut self, row: u16, rows: u16) {
        let Source::Document(doc) = self.page.flow.source else { return };
        let Some(document) = self.shelf.document(doc) else { return };
        let byte = document.clean.text.len() * usize::from(row) / usize::from(rows.max(1));
        let para = document.clean.paragraph_at(byte) as u32;
        self.leave();
        self.go_to_paragraph(doc, para);
    }
}

#[cfg(test)]
mod tests;
