//! How the page and its cursor move: by rows, units and places, and what is scrolled for it.

use crate::corpus::{DocId, Place};
use crate::text::segment;

use super::{Cursor, Page, Reveal, Row, Spot};
use crate::app::flow::{Line, TextLine, Unit};
use crate::app::shelf::Shelf;

impl Page {
    /// Scrolls by rows, down if positive. The cursor stays on its passage while that is seen, and
    /// goes on by rows where the page cannot. Answers whether anything moved.
    pub fn scroll(&mut self, by: isize, shelf: &Shelf) -> bool {
        let before = (self.top, self.cursor);
        let wanted = match by >= 0 {
            true => self.on(self.top, by.unsigned_abs(), shelf).min(self.last_top(shelf)),
            false => self.back(self.top, by.unsigned_abs(), shelf),
        };
        if wanted == self.top {
            self.move_rows(by, shelf);
        } else {
            self.top = wanted;
            self.settle(shelf);
            self.pull_cursor(by > 0);
        }
        self.fine = false;
        before != (self.top, self.cursor)
    }

    /// Goes on by so many lines as if by one after the other: the page scrolls, and where it cannot the cursor goes
    /// on by rows. Answers whether anything moved.
    pub fn scroll_lines(&mut self, by: isize, shelf: &Shelf) -> bool {
        let before = (self.top, self.cursor);
        self.scroll(by, shelf);
        let left = by.unsigned_abs() - self.rows_between(before.0, self.top, by.unsigned_abs(), shelf);
        if before.0 != self.top && left > 0 {
            self.move_rows(left as isize * by.signum(), shelf);
            self.fine = false;
        }
        before != (self.top, self.cursor)
    }

    /// Rows from one spot to another, either way; at most so many.
    fn rows_between(&mut self, a: Spot, b: Spot, most: usize, shelf: &Shelf) -> usize {
        let (mut spot, last) = (a.min(b), a.max(b));
        let mut rows = 0;
        while spot.unit < last.unit && rows < most {
            rows += self.lines(spot.unit, shelf).len() - spot.line;
            spot = Spot { unit: spot.unit + 1, line: 0 };
        }
        (rows + last.line - spot.line.min(last.line)).min(most)
    }

    /// To the start of the cursor's paragraph; answers whether it was elsewhere in it. Who walks by paragraphs and
    /// sees its start is there already.
    pub fn go_to_own_start(&mut self, shelf: &Shelf) -> bool {
        let Some((place, para)) = self.place().zip(self.para()) else { return false };
        let paragraph = shelf.document(place.doc).and_then(|d| d.clean.paragraphs.get(para as usize));
        let Some(start) = paragraph.map(|paragraph| paragraph.start as usize) else { return false };
        let is_there = start == place.at || (!self.fine && self.shows(place.doc, start));
        if !is_there {
            self.go(Place { at: start, ..place }, shelf, Reveal::Jump);
        }
        !is_there
    }

    /// Puts the cursor somewhere else.
    pub(in crate::app) fn put(&mut self, cursor: Cursor) {
        self.cursor = cursor;
        self.column = None;
    }

    /// Moving by rows goes to the ends of rows from now on.
    pub(in crate::app) fn keep_to_row_ends(&mut self) {
        self.column = Some(u16::MAX);
    }

    /// Moves the cursor by rows of text, scrolling as needed; to the cell it stands at where that is
    /// shown, else to the start of the row.
    pub fn move_rows(&mut self, by: isize, shelf: &Shelf) {
        let mut spot = self.cursor_spot(shelf);
        for _ in 0..by.unsigned_abs() {
            let from = spot;
            let mut next = spot;
            loop {
                let step = if by > 0 { self.on(next, 1, shelf) } else { self.back(next, 1, shelf) };
                if step == next {
                    next = spot;
                    break;
                }
                next = step;
                if self.text_at(next, shelf).is_some() {
                    break;
                }
            }
            spot = next;
            if spot == from {
                break;
            }
        }
        let Some(line) = self.text_at(spot, shelf) else { return };
        let column = self.column.or_else(|| self.column_here(shelf)).filter(|_| self.fine);
        let clean = shelf.document(line.doc).map(|document| document.clean.text.as_str());
        let at = match (column, clean) {
            (Some(column), Some(clean)) => line.byte_at(clean, column),
            _ => line.range.start,
        };
        self.cursor = Cursor { unit: spot.unit, at };
        self.column = column;
        self.reveal(shelf, Reveal::Follow);
    }

    fn column_here(&mut self, shelf: &Shelf) -> Option<u16> {
        let Cursor { unit, at } = self.cursor;
        let line = self.row_of(unit, at, shelf)?;
        Some(line.cell_of(&shelf.document(line.doc)?.clean.text, at))
    }

    /// Moves the cursor by paragraphs, to their starts; past the last one to its end.
    pub fn move_paragraphs(&mut self, by: isize, shelf: &Shelf) {
        let starts = |unit: Unit| {
            let Unit::Text { doc, para, start, .. } = unit else { return false };
            shelf.document(doc).and_then(|d| d.clean.paragraphs.get(para as usize)).is_some_and(|p| p.start == start)
        };
        if !self.move_units(by, shelf, starts) {
            self.move_to_end(by > 0, shelf);
        }
    }

    /// Moves the cursor to the first or the last character of the paragraphs that are read.
    pub fn move_to_end(&mut self, end: bool, shelf: &Shelf) {
        let unit = if end { self.flow.units.len().saturating_sub(1) } else { 0 };
        let Some(unit) = self.flow.text_unit(unit) else { return };
        let Unit::Text { doc, start, end: stop, .. } = self.flow.units[unit] else { return };
        let last = shelf.document(doc).map(|d| segment::previous_grapheme(&d.clean.text, stop as usize));
        let at = if end { last.unwrap_or(start as usize).max(start as usize) } else { start as usize };
        self.put(Cursor { unit, at });
        self.reveal(shelf, Reveal::Least);
    }

    /// Moves the cursor by paragraphs; answers whether it moved.
    pub fn move_units(&mut self, by: isize, shelf: &Shelf, wanted: impl Fn(Unit) -> bool) -> bool {
        let mut unit = self.cursor.unit;
        for _ in 0..by.unsigned_abs() {
            let fits = |index: &usize| {
                let unit = self.flow.units[*index];
                matches!(unit, Unit::Text { .. }) && wanted(unit)
            };
            let found = match by > 0 {
                true => (unit + 1..self.flow.units.len()).find(fits),
                false => (0..unit).rev().find(fits),
            };
            let Some(found) = found else { break };
            unit = found;
        }
        let moved = unit != self.cursor.unit;
        if let Some(Unit::Text { start, .. }) = self.flow.units.get(unit).copied() {
            self.put(Cursor { unit, at: start as usize });
            self.fine = false;
            self.reveal(shelf, Reveal::Jump);
        }
        moved
    }

    /// Puts the cursor on a place of this flow.
    pub fn go(&mut self, place: Place, shelf: &Shelf, reveal: Reveal) {
        let unit = self.flow.unit_of(place.doc, place.at, shelf);
        let Some(unit) = self.flow.text_unit(unit) else { return };
        if let Unit::Text { start, end, .. } = self.flow.units[unit] {
            self.put(Cursor { unit, at: place.at.clamp(start as usize, end as usize) });
            self.fine = false;
            self.reveal(shelf, reveal);
        }
    }

    /// Goes where the page was left: the cursor on a place, so many rows above it.
    pub fn go_back_to(&mut self, place: Place, above: usize, shelf: &Shelf) {
        self.go(place, shelf, Reveal::Top);
        self.top = self.back(self.top, above.min(self.height.saturating_sub(1)), shelf);
        self.settle(shelf);
    }

    /// Rows of the screen above the cursor's.
    pub fn rows_above_cursor(&self) -> usize {
        let holds = |row: &Row| matches!(&row.line, Line::Text(line) if self.holds(row, line));
        self.rows.iter().position(holds).unwrap_or(0)
    }

    /// Whether the last row of what is read is on the screen.
    pub fn is_at_end(&self) -> bool {
        let Some(last) = self.rows.last().map(|row| row.spot) else { return true };
        let rows = self.laid.get(&last.unit).map_or(0, |lines| lines.len());
        last.unit + 1 == self.flow.units.len() && last.line + 1 >= rows
    }

    /// Scrolls so that the cursor's row is seen.
    pub fn reveal(&mut self, shelf: &Shelf, how: Reveal) {
        if self.flow.units.is_empty() || self.height == 0 {
            return;
        }
        let spot = self.cursor_spot(shelf);
        let stride = if how == Reveal::Follow { self.stride.clamp(1, self.height) } else { 1 };
        let bottom = self.on(self.top, self.height - 1, shelf);
        let seen = self.top <= spot && spot <= bottom;
        self.top = match how {
            Reveal::Top => spot,
            _ if seen => self.top,
            Reveal::Jump => self.back(spot, self.height / 3, shelf),
            Reveal::Least | Reveal::Follow if spot < self.top => self.back(spot, stride - 1, shelf),
            Reveal::Least | Reveal::Follow => self.back(spot, self.height - stride, shelf),
        };
        // Near the start the head is shown as well.
        if self.top.unit <= 1
            && self.back(self.top, 4, shelf) == Spot::default()
            && matches!(how, Reveal::Top | Reveal::Jump)
        {
            self.top = Spot::default();
        }
        self.fill_page(shelf);
    }

    /// Scrolls so that the cursor's row has so many hundredths of the page above it.
    pub fn hold_cursor_at(&mut self, percent: usize, shelf: &Shelf) {
        if !self.flow.units.is_empty() {
            let above = self.height.saturating_sub(1) * percent / 100;
            let spot = self.cursor_spot(shelf);
            self.top = self.back(spot, above, shelf).min(self.last_top(shelf));
            self.settle(shelf);
        }
    }

    /// Whether a byte of a document's text is on the screen.
    pub fn shows(&self, doc: DocId, at: usize) -> bool {
        self.rows.iter().any(|row| match &row.line {
            Line::Text(line) => line.doc == doc && (line.range.contains(&at) || line.range.end == at),
            _ => false,
        })
    }

    /// Scrolls so that the last row of the cursor's unit is seen, notes opened under it included.
    pub fn reveal_end(&mut self, shelf: &Shelf) {
        let unit = self.cursor.unit;
        let last = Spot { unit, line: self.lines(unit, shelf).len().saturating_sub(1) };
        if self.height > 0 && self.on(self.top, self.height - 1, shelf) < last {
            self.top = self.back(last, self.height - 1, shelf);
            self.settle(shelf);
            self.pull_cursor(true);
        }
    }

    /// To the first or the last row.
    pub fn go_to_end(&mut self, end: bool, shelf: &Shelf) {
        let unit = if end { self.flow.units.len().saturating_sub(1) } else { 0 };
        if let Some(unit) = self.flow.text_unit(unit)
            && let Unit::Text { start, .. } = self.flow.units[unit]
        {
            self.put(Cursor { unit, at: start as usize });
        }
        self.fine = false;
        self.top = if end { self.last_top(shelf) } else { Spot::default() };
        self.settle(shelf);
        self.pull_cursor(!end);
    }

    /// Puts the cursor on a row that is seen: the nearest to where it was.
    pub(super) fn pull_cursor(&mut self, to_first: bool) {
        if self.sees_cursor() {
            return;
        }
        let text = |row: &Row| match &row.line {
            Line::Text(line) => Some(Cursor { unit: row.spot.unit, at: line.range.start }),
            _ => None,
        };
        let found = if to_first { self.rows.iter().find_map(text) } else { self.rows.iter().rev().find_map(text) };
        if let Some(cursor) = found {
            self.put(cursor);
        }
    }

    /// Whether the cursor's row is on the screen.
    pub(super) fn sees_cursor(&self) -> bool {
        self.rows.iter().any(|row| matches!(&row.line, Line::Text(line) if self.holds(row, line)))
    }

    fn holds(&self, row: &Row, line: &TextLine) -> bool {
        row.spot.unit == self.cursor.unit
            && line.range.start <= self.cursor.at
            && (self.cursor.at < line.range.end || line.range.is_empty() || self.cursor.at == line.range.end)
    }
}
