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
}

/// A passage that is held down.
#[derive(Clone, Copy, Debug)]
struct Held {
    doc: DocId,
    /// Its first grapheme, and its last one: the same for a single press, a word for two.
    first: usize,
    last: usize,
    by_word: bool,
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
            MouseWhat::Release => self.pointer.held = None,
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
        self.pointer.held = Some(Held { doc: place.doc, first, last, by_word: word.is_some() });
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
    fn a_drag_that_began_with_two_presses_goes_by_words_and_the_wheel_takes_it_along() {
        let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
        let [(x, y), later, earlier] = ["entence", "econd", "irst"].map(|word| cell(&trial, word));
        let twice = |trial: &mut Trial| {
            trial.keys("<Esc>");
            for what in [MouseWhat::Press, MouseWhat::Release, MouseWhat::Press] {
                trial.mouse(what, x, y);
            }
        };
        twice(&mut trial);
        trial.mouse(MouseWhat::Drag, later.0, later.1);
        assert_eq!(selected(&trial), "sentence has words. The second");
        trial.mouse(MouseWhat::Drag, earlier.0, earlier.1);
        assert_eq!(selected(&trial), "first sentence");
        trial.mouse(MouseWhat::Drag, later.0, later.1);
        assert_eq!(selected(&trial), "sentence has words. The second");

        let long = TEXT.repeat(20).replace("ends.The", "ends.\n\nThe");
        let mut trial = Trial::of(&[("a.txt", &long)], 120, 12);
        let (x, y) = (trial.model.layout().page.x, trial.model.layout().page.y + 5);
        trial.mouse(MouseWhat::Press, x, y).mouse(MouseWhat::Drag, x + 1, y);
        let before = selected(&trial).len();
        trial.mouse(MouseWhat::WheelDown, x + 1, y);
        assert!(selected(&trial).len() > before + 40, "{:?}", selected(&trial));
    }

    #[test]
    fn the_wheel_scrolls_a_list_at_once_and_a_press_takes_what_is_proposed() {
        let names: Vec<String> = (10..90).map(|n| format!("{n}.txt")).collect();
        let texts: Vec<_> = names.iter().map(|name| (name.as_str(), "A text.")).collect();
        let mut trial = Trial::of(&texts, 120, 24);
        trial.mouse(MouseWhat::WheelDown, 4, 6);
        assert_eq!(trial.model.list.top, 3);
        trial.keys("gd");
        trial.mouse(MouseWhat::WheelDown, 4, 6).mouse(MouseWhat::WheelDown, 4, 6).mouse(MouseWhat::WheelUp, 4, 6);
        assert_eq!(trial.model.prompt.as_ref().unwrap().list.chosen, 1);
        trial.mouse(MouseWhat::Press, 4, 5);
        assert!(trial.model.prompt.is_some(), "nothing stands there");
        // Ten rows of them above the last one.
        trial.mouse(MouseWhat::Press, 4, 13 + 4);
        assert_eq!(trial.model.doc().unwrap().index(), 4);
        trial.keys("?");
        trial.mouse(MouseWhat::WheelDown, 4, 6).keys("/");
        trial.mouse(MouseWhat::WheelDown, 4, 6);
        assert_eq!(trial.model.sheet.as_ref().unwrap().list.top, 6);
        trial.keys("<Esc><Esc>:contents");
        let (_, rows) = trial.model.prompt.as_ref().unwrap().window(23);
        trial.mouse(MouseWhat::Press, 4, 23 - rows);
        assert!(trial.model.sheet.is_some(), "what is proposed is done");
    }

    #[test]
    fn a_press_on_the_sign_of_a_topic_folds_what_is_below_it() {
        let file = "[topics.asia]\nlabel = \"Asia\"\nterms = [\"asia\"]\n\n\
                    [topics.asia.japan]\nlabel = \"Japan\"\nterms = [\"japan\"]\n";
        let mut trial = Trial::on_topics(file, &[("a.txt", TEXT)], 120, 30);
        let area = trial.model.layout().topics.unwrap();
        let sign = super::Sidebar::sign_column(&trial.model.topics.dictionary, trial.model.sidebar.rows[0], area);
        trial.mouse(MouseWhat::Press, sign, 2);
        assert_eq!((trial.model.sidebar.rows.len(), trial.model.force.is_none()), (1, true));
        trial.mouse(MouseWhat::Press, sign, 2);
        assert_eq!(trial.model.sidebar.rows.len(), 2);
        trial.mouse(MouseWhat::Press, sign + 2, 2);
        assert!(trial.model.force.is_some());
    }

    #[test]
    fn a_press_on_a_document_opens_it() {
        let mut trial = Trial::of(&[("a.txt", TEXT), ("b.txt", "Other text is here.")], 120, 30);
        let each = trial.model.list_row_height(&trial.model.layout()) as u16;
        trial.mouse(MouseWhat::Press, 4, 2 + each);
        assert_eq!((trial.model.doc().unwrap().index(), trial.model.focus), (1, Pane::Text));
    }

    const KEYS: [&str; 20] = [
        "v", "V", "ip", "gd", ":", "?", "gn", "o", "g/", "/e", "<CR>", "<Esc>", "<Tab>", "a", "x", "gt", "G", "zz",
        "0", "$",
    ];

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

        /// Wherever the mouse goes, and whatever is pressed meanwhile: what is selected is text, and a list's choice is
        /// one of its rows.
        #[test]
        fn no_way_of_the_mouse_leads_out_of_what_is_there(
            size in proptest::sample::select(&[(120u16, 30u16), (80, 24), (40, 9), (3, 2)][..]),
            steps in proptest::collection::vec((0usize..9, 0u16..125, 0u16..32), 1..60),
        ) {
            use MouseWhat::{Drag, Press, Release, WheelDown, WheelUp};
            let long = TEXT.repeat(9).replace("ends.The", "ends.\n\nT\u{301}he 日本 👩‍👩‍👧");
            let texts = [("a.txt", long.as_str()), ("b.txt", ""), ("c.txt", TEXT)];
            let mut trial = Trial::of(&texts, size.0, size.1);
            for (what, x, y) in steps {
                match what {
                    8 => _ = trial.keys(KEYS[usize::from(x) % KEYS.len()]),
                    // Two presses on one cell.
                    7 => _ = trial.mouse(Press, x, y).mouse(Release, x, y).mouse(Press, x, y),
                    what => _ = trial.mouse([Press, Drag, Drag, Release, WheelDown, WheelUp, Press][what], x, y),
                }
                let model = &trial.model;
                if let Some(range) = model.selected() {
                    proptest::prop_assert!(trial.text().get(range.clone()).is_some(), "{range:?}");
                }
                proptest::prop_assert!(model.list.chosen < model.shelf.order.len());
                if let Some(sheet) = &model.sheet {
                    proptest::prop_assert!(sheet.list.chosen < sheet.shown.len().max(1));
                }
            }
        }
    }
}
