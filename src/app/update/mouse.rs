//! The mouse: the wheel scrolls what is under it, a press goes there, a drag selects.
//!
//! Two presses on one cell are a double click where no key and no movement came between them; that
//! needs no clock.

use crate::app::event::{Effect, Mouse, MouseWhat};
use crate::app::flow::{Line, Source, TextLine};
use crate::app::page::Cursor;
use crate::app::selection::{By, Selection};
use crate::app::{Layout, Model, Pane, sheets};
use crate::corpus::Place;
use crate::keys::actions::Action;
use crate::text::segment;

/// Rows a turn of the wheel scrolls.
const WHEEL: isize = 3;

/// What the presses so far say about the next one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pointer {
    /// The cell of the last press, and how many there were on it.
    last: Option<(u16, u16, u8)>,
    /// The place in the text that was pressed, while the button is down.
    held: Option<Place>,
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
        if self.prompt.is_some() || self.editor.is_some() {
            return;
        }
        let layout = self.layout();
        match mouse.what {
            MouseWhat::WheelDown => self.wheel(WHEEL, mouse, &layout, fx),
            MouseWhat::WheelUp => self.wheel(-WHEEL, mouse, &layout, fx),
            MouseWhat::Press => self.press(mouse, &layout, fx),
            MouseWhat::Drag => self.drag(mouse, &layout),
            MouseWhat::Release => self.pointer.held = None,
        }
    }

    fn wheel(&mut self, by: isize, mouse: Mouse, layout: &Layout, fx: &mut Vec<Effect>) {
        self.pointer = Pointer::default();
        if let Some(sheet) = &mut self.sheet {
            let len = sheet.shown.len();
            sheet.list.step(by, len);
            return self.follow(fx);
        }
        match layout.pane_at(mouse.column, mouse.row) {
            Some(Pane::Text) => {
                let fine = self.page.fine && self.selection.is_some();
                self.page.scroll(by, &self.shelf);
                self.page.fine |= fine;
                self.note_reading();
            }
            Some(Pane::Documents) => self.list.step(by, self.shelf.order.len()),
            Some(Pane::Topics) => self.sidebar.list.step(by, self.sidebar.rows.len()),
            None => {}
        }
    }

    fn press(&mut self, mouse: Mouse, layout: &Layout, fx: &mut Vec<Effect>) {
        self.status.next_key();
        let presses = self.pointer.press(mouse.column, mouse.row);
        self.pointer.held = None;
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
        } else if self.sidebar.list.top + row < self.sidebar.rows.len() {
            self.sidebar.list.choose(self.sidebar.list.top + row, self.sidebar.rows.len());
            self.act(Action::TopicsEnforce, None, fx);
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
        self.pointer.held = self.page.place();
        match presses {
            2 => {
                self.begin_selection(By::Character);
                self.select_objects(1, segment::word_at);
            }
            3 => self.begin_selection(By::Paragraph),
            _ => {}
        }
    }

    /// Selects from where the button went down to here; past the page's edge it scrolls.
    fn drag(&mut self, mouse: Mouse, layout: &Layout) {
        let Some(held) = self.pointer.held else { return };
        if self.pointer.last.is_some_and(|(column, row, _)| (column, row) == (mouse.column, mouse.row)) {
            return;
        }
        self.pointer.last = None;
        let before = (self.page.cursor, self.page.top, self.selection);
        if mouse.row < layout.page.y + 1 {
            self.page.scroll(-1, &self.shelf);
        } else if mouse.row + 1 >= layout.page.bottom() {
            self.page.scroll(1, &self.shelf);
        }
        if let Some((cursor, _)) = self.text_under(mouse, layout) {
            self.page.put(cursor);
        }
        self.page.fine = true;
        if self.selection.is_none() {
            self.selection = Some(Selection { doc: held.doc, anchor: held.at, by: By::Character });
        }
        if !self.is_selection_whole() {
            (self.page.cursor, self.page.top, self.selection) = before;
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
mod tests {
    use crate::app::trial::Trial;
    use crate::app::{MouseWhat, Pane};

    const TEXT: &str = "The first sentence has words. The second one, too, is here. And a third.\n\n\
                        Another paragraph starts; it goes on and says that trade is good. It ends.";

    /// The cell of a word of the first rows.
    fn cell(trial: &Trial, word: &str) -> (u16, u16) {
        let (layout, text) = (trial.model.layout(), trial.text());
        let at = text.find(word).unwrap();
        let rows = trial.model.page.rows.iter().zip(layout.page.y..);
        let found = rows.filter_map(|(row, y)| match &row.line {
            crate::app::flow::Line::Text(line) if line.range.contains(&at) => Some((line.cell_of(&text, at), y)),
            _ => None,
        });
        let (x, y) = found.last().unwrap();
        (layout.page.x + x, y)
    }

    fn selected(trial: &Trial) -> String {
        trial.model.selected().map(|range| trial.text()[range].to_owned()).unwrap_or_default()
    }

    #[test]
    fn a_press_puts_the_cursor_and_a_drag_selects() {
        let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
        let (from, to) = (cell(&trial, "second"), cell(&trial, "trade"));
        trial.mouse(MouseWhat::Press, from.0, from.1);
        assert_eq!(trial.at_cursor(), "second o");
        assert!(trial.model.selection.is_none());
        trial.mouse(MouseWhat::Drag, from.0, from.1);
        assert!(trial.model.selection.is_none(), "the hand only shook");
        trial.mouse(MouseWhat::Drag, to.0, to.1).mouse(MouseWhat::Release, to.0, to.1);
        assert!(selected(&trial).starts_with("second one") && selected(&trial).ends_with("that t"));
        trial.mouse(MouseWhat::Press, from.0, from.1).mouse(MouseWhat::Release, from.0, from.1);
        assert!(trial.model.selection.is_none());
    }

    #[test]
    fn a_double_press_selects_the_word_a_triple_one_the_paragraph() {
        let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
        let (x, y) = cell(&trial, "entence");
        let press = |trial: &mut Trial| {
            trial.mouse(MouseWhat::Press, x, y).mouse(MouseWhat::Release, x, y);
        };
        press(&mut trial);
        press(&mut trial);
        assert_eq!(selected(&trial), "sentence");
        press(&mut trial);
        assert!(selected(&trial).starts_with("The first") && selected(&trial).ends_with("third."));
        trial.keys("<Esc>");
        press(&mut trial);
        assert_eq!(selected(&trial), "", "a key came between");
    }

    #[test]
    fn a_press_on_a_document_opens_it() {
        let mut trial = Trial::of(&[("a.txt", TEXT), ("b.txt", "Other text is here.")], 120, 30);
        let each = trial.model.list_row_height(&trial.model.layout()) as u16;
        trial.mouse(MouseWhat::Press, 4, 2 + each);
        assert_eq!((trial.model.doc().unwrap().index(), trial.model.focus), (1, Pane::Text));
    }
}
