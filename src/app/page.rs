//! The page: which rows of a flow are on the screen, and where the cursor stands in them.
//!
//! ```text
//! units   ┌ head ┬ ¶1 ┬ ¶2 ┬ ¶3 ─────┬ …        laid out on demand, a few around the page
//! top            ▲ unit 1, line 2               first row shown
//! cursor              ▲ unit 2, byte 812        where notes, selections and jumps begin
//! ```
//!
//! *Invariants.* After [`Page::settle`], `rows` are the rows shown, at most `height`; the cursor's
//! row is one of them unless the flow has no text. Only units near the page are ever laid out.

mod moves;

use std::collections::HashMap;
use std::sync::Arc;

use crate::corpus::{DocId, Place};

use super::flow::{self, Aside, Flow, Line, Source, TextLine, Trail, Typeset, Unit};
use super::shelf::Shelf;
use super::stride::Walk;
use crate::notes::Mark;
use crate::text::wrap;

/// Laid out units that are kept; more are forgotten together.
const KEPT_UNITS: usize = 400;

/// Rows of the last page that stay on the next one, as in vim: the eye finds there where it was.
const CONTEXT: usize = 2;

/// A row of the flow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    pub unit: usize,
    /// Counts the unit's rows, blank ones above it included.
    pub line: usize,
}

/// Where the cursor stands: a byte of a unit's clean text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    pub unit: usize,
    pub at: usize,
}

/// A row on the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub spot: Spot,
    pub line: Line,
}

/// Where a jump puts its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reveal {
    /// Scroll as little as shows it.
    Least,
    /// The same, or by a stride where the page moves in strides.
    Follow,
    /// Leave the page where it is if it is seen, else put it in the upper third.
    Jump,
    /// At the top.
    Top,
}

/// A note to be shown under its paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// Who wrote it, when, its tags.
    pub head: String,
    pub body: String,
    pub mark: Option<Mark>,
}

#[derive(Debug)]
pub struct Page {
    pub flow: Flow,
    pub top: Spot,
    pub cursor: Cursor,
    /// Whether the cursor was last moved by words: then its cell is shown.
    pub fine: bool,
    pub rows: Vec<Row>,
    /// The cell that moving by rows keeps to, over rows that are shorter.
    column: Option<u16>,
    height: usize,
    /// Rows the page moves at once where it follows the cursor.
    pub(super) stride: usize,
    pub(super) walk: Option<Walk>,
    typeset: Typeset,
    laid: HashMap<usize, Arc<[Line]>>,
    /// Notes opened under their paragraphs, as texts to lay out.
    asides: HashMap<(DocId, u32), Vec<Opened>>,
}

impl Default for Page {
    fn default() -> Self {
        let flow = Flow { source: Source::Trail(Trail::default()), units: Vec::new() };
        Self {
            flow,
            top: Spot::default(),
            cursor: Cursor::default(),
            fine: false,
            rows: Vec::new(),
            column: None,
            height: 0,
            stride: 1,
            walk: None,
            typeset: Typeset::default(),
            laid: HashMap::new(),
            asides: HashMap::new(),
        }
    }
}

impl Page {
    /// Shows another flow from its start.
    pub fn show(&mut self, flow: Flow) {
        self.flow = flow;
        self.laid.clear();
        self.top = Spot::default();
        self.fine = false;
        self.column = None;
        self.cursor = match self.flow.text_unit(0).map(|unit| (unit, self.flow.units[unit])) {
            Some((unit, Unit::Text { start, .. })) => Cursor { unit, at: start as usize },
            _ => Cursor::default(),
        };
    }

    /// Takes the same flow with other units (folded lines shown, more documents open), keeping the place.
    pub fn replace(&mut self, flow: Flow, shelf: &Shelf) {
        match self.place() {
            Some(place) => self.follow(flow, place, shelf),
            None => {
                self.flow = flow;
                self.laid.clear();
            }
        }
    }

    /// Takes the flow of a text that was edited, with the cursor at a place of it, in the row where it was.
    pub fn follow(&mut self, flow: Flow, place: Place, shelf: &Shelf) {
        let (above, fine) = (self.rows_above_cursor(), self.fine);
        self.flow = flow;
        self.laid.clear();
        self.go_back_to(place, above, shelf);
        self.fine = fine;
    }

    /// Takes what is there of a document of a trail now. The passage at the cursor stays in its row or, where that
    /// is not seen, the first row of the page.
    pub fn refill(&mut self, doc: DocId, shelf: &Shelf) {
        let units = &self.flow.units;
        let cursor = units.get(self.cursor.unit).copied();
        let at_cursor = cursor.filter(|_| self.sees_cursor()).map(|_| (self.rows_above_cursor(), self.cursor));
        let top = units.get(self.top.unit).copied();
        self.flow.refill(doc, shelf);
        self.laid.clear();
        self.cursor.unit = cursor.map_or(0, |unit| self.unit_like(unit));
        match (at_cursor, top) {
            (Some((above, Cursor { at, .. })), _) => {
                self.cursor.at = at;
                let spot = self.cursor_spot(shelf);
                self.top = self.back(spot, above, shelf);
                // Several may be refilled one after the other: the next one asks for the rows.
                self.settle(shelf);
            }
            (None, Some(top)) => {
                let unit = self.unit_like(top);
                let line = self.top.line.min(self.lines(unit, shelf).len().saturating_sub(1));
                self.top = Spot { unit, line };
                self.settle(shelf);
                self.pull_cursor(true);
            }
            (None, None) => {}
        }
    }

    /// The place of a unit, or of what stands in its place: the first of its document behind the head.
    fn unit_like(&self, unit: Unit) -> usize {
        let here = self.flow.units_of(unit.doc());
        let same = self.flow.units[here.clone()].iter().position(|other| *other == unit);
        here.start + same.unwrap_or(usize::from(here.len() > 1))
    }

    /// The documents of a trail that are on the screen, and the next one on either side.
    pub fn within_reach(&self) -> Vec<DocId> {
        let first = self.rows.first().map_or(self.top.unit, |row| row.spot.unit);
        let last = self.rows.last().map_or(self.top.unit, |row| row.spot.unit);
        if self.is_trail() { self.flow.within_reach(first..last + 1) } else { Vec::new() }
    }

    /// The document under the cursor.
    pub fn doc(&self) -> Option<DocId> {
        match &self.flow.source {
            Source::Document(doc) => Some(*doc),
            Source::Trail(_) => self.flow.units.get(self.cursor.unit).map(|unit| unit.doc()),
        }
    }

    /// The paragraph under the cursor.
    pub fn para(&self) -> Option<u32> {
        self.flow.units.get(self.cursor.unit)?.para()
    }

    /// Where the cursor stands in the library.
    pub fn place(&self) -> Option<Place> {
        let unit = self.flow.units.get(self.cursor.unit)?;
        Some(Place { doc: unit.doc(), at: self.cursor.at })
    }

    /// The end of the last row of `doc` on the screen, in bytes of its text.
    pub fn last_shown(&self, doc: DocId) -> Option<usize> {
        self.rows.iter().rev().find_map(|row| match &row.line {
            Line::Text(line) if line.doc == doc => Some(line.range.end),
            _ => None,
        })
    }

    pub fn height(&self) -> usize {
        self.height
    }

    /// Rows a page down moves by: [`CONTEXT`] of those that were read stay above what is new, fewer on a low page.
    pub fn stretch(&self) -> isize {
        self.height.saturating_sub(CONTEXT.min(self.height / 8 + 1)).max(1) as isize
    }

    pub fn is_trail(&self) -> bool {
        self.flow.trail().is_some()
    }

    /// Fits the page to a new size, keeping the passage at its top and the cursor.
    pub fn fit(&mut self, height: usize, typeset: Typeset, shelf: &Shelf) {
        if (height, typeset) == (self.height, self.typeset) {
            return;
        }
        let at_start = self.top == Spot::default();
        let first = self.rows.iter().find_map(|row| match &row.line {
            Line::Text(line) => Some((row.spot.unit, line.range.start)),
            _ => None,
        });
        self.height = height;
        self.typeset = typeset;
        self.laid.clear();
        if let Some((unit, at)) = first.filter(|_| !at_start) {
            self.top = Spot { unit, line: self.line_of(unit, at, shelf) };
        }
        self.fill_page(shelf);
        self.reveal(shelf, Reveal::Least);
    }

    /// Computes the rows shown.
    pub fn settle(&mut self, shelf: &Shelf) {
        self.fill_page(shelf);
        let mut rows = Vec::with_capacity(self.height);
        let mut spot = self.top;
        while rows.len() < self.height && spot.unit < self.flow.units.len() {
            let lines = self.lines(spot.unit, shelf);
            let rest = self.height - rows.len();
            rows.extend(
                lines
                    .iter()
                    .enumerate()
                    .skip(spot.line)
                    .take(rest)
                    .map(|(line, what)| Row { spot: Spot { unit: spot.unit, line }, line: what.clone() }),
            );
            spot = Spot { unit: spot.unit + 1, line: 0 };
        }
        self.rows = rows;
        if self.laid.len() > KEPT_UNITS {
            self.laid.clear();
        }
    }

    /// The row the cursor stands in.
    pub(super) fn cursor_spot(&mut self, shelf: &Shelf) -> Spot {
        let Cursor { unit, at } = self.cursor;
        Spot { unit, line: self.line_of(unit, at, shelf) }
    }

    /// The row of `unit` that holds byte `at`.
    pub fn line_of(&mut self, unit: usize, at: usize, shelf: &Shelf) -> usize {
        let lines = self.lines(unit, shelf);
        let start = |line: &Line| if let Line::Text(text) = line { Some(text.range.start) } else { None };
        let holding = lines.iter().rposition(|line| start(line).is_some_and(|start| start <= at));
        holding.or_else(|| lines.iter().position(|line| start(line).is_some())).unwrap_or(0)
    }

    /// The row of running text that holds byte `at` of `unit`.
    pub(super) fn row_of(&mut self, unit: usize, at: usize, shelf: &Shelf) -> Option<TextLine> {
        let line = self.line_of(unit, at, shelf);
        self.text_at(Spot { unit, line }, shelf)
    }

    /// The row of running text at a spot.
    pub fn text_at(&mut self, spot: Spot, shelf: &Shelf) -> Option<TextLine> {
        match self.lines(spot.unit, shelf).get(spot.line) {
            Some(Line::Text(line)) => Some(line.clone()),
            _ => None,
        }
    }

    /// Lets the page begin no later than where it is full. At the start of a document that needs no look at its end.
    pub(super) fn fill_page(&mut self, shelf: &Shelf) {
        if self.top != Spot::default() {
            self.top = self.top.min(self.last_top(shelf));
        }
    }

    /// The last spot the page can begin with.
    pub(super) fn last_top(&mut self, shelf: &Shelf) -> Spot {
        let Some(unit) = self.flow.units.len().checked_sub(1) else { return Spot::default() };
        let line = self.lines(unit, shelf).len().saturating_sub(1);
        self.back(Spot { unit, line }, self.height.saturating_sub(1), shelf)
    }

    /// `rows` rows further on; stops at the last row.
    pub(super) fn on(&mut self, mut spot: Spot, mut rows: usize, shelf: &Shelf) -> Spot {
        while rows > 0 {
            let rest = self.lines(spot.unit, shelf).len().saturating_sub(spot.line + 1);
            if rows <= rest {
                spot.line += rows;
                return spot;
            }
            if spot.unit + 1 >= self.flow.units.len() {
                spot.line += rest;
                return spot;
            }
            rows -= rest + 1;
            spot = Spot { unit: spot.unit + 1, line: 0 };
        }
        spot
    }

    /// `rows` rows back; stops at the first row.
    pub(super) fn back(&mut self, mut spot: Spot, mut rows: usize, shelf: &Shelf) -> Spot {
        while rows > 0 {
            if rows <= spot.line {
                spot.line -= rows;
                return spot;
            }
            if spot.unit == 0 {
                return Spot::default();
            }
            rows -= spot.line + 1;
            let unit = spot.unit - 1;
            spot = Spot { unit, line: self.lines(unit, shelf).len().saturating_sub(1) };
        }
        spot
    }

    pub(super) fn lines(&mut self, unit: usize, shelf: &Shelf) -> Arc<[Line]> {
        let Some(what) = self.flow.units.get(unit).copied() else { return Arc::from([]) };
        if let Some(lines) = self.laid.get(&unit) {
            return Arc::clone(lines);
        }
        let mut lines = flow::lay_out(what, unit == 0, shelf, self.typeset);
        lines.extend(self.asides_of(what, shelf));
        let lines: Arc<[Line]> = lines.into();
        self.laid.insert(unit, Arc::clone(&lines));
        lines
    }

    /// The rows of notes that are opened under the paragraph that ends with this unit.
    fn asides_of(&self, unit: Unit, shelf: &Shelf) -> Vec<Line> {
        let Unit::Text { doc, para, end, .. } = unit else { return Vec::new() };
        let Some(notes) = self.asides.get(&(doc, para)) else { return Vec::new() };
        let ends =
            shelf.document(doc).and_then(|d| d.clean.paragraphs.get(para as usize)).is_some_and(|p| p.end == end);
        if !ends {
            return Vec::new();
        }
        let measure = self.typeset.measure.saturating_sub(4).max(1);
        let rows = |text: &str, is_head: bool, mark| -> Vec<Line> {
            let lines = text.lines().flat_map(|line| wrap::rows(line, measure).into_iter().map(move |row| &line[row]));
            lines.map(|row| Line::Aside(Aside { text: row.to_owned(), is_head, mark })).collect()
        };
        notes
            .iter()
            .flat_map(|note| [rows(&note.head, true, note.mark), rows(&note.body, false, note.mark)])
            .flatten()
            .collect()
    }

    /// Opens these notes under their paragraphs, in place of those that were open.
    pub fn set_asides(&mut self, asides: HashMap<(DocId, u32), Vec<Opened>>) {
        if asides != self.asides {
            self.asides = asides;
            self.laid.clear();
        }
    }

    /// What was laid out is laid out anew: a summary or a note changed.
    pub fn forget_layout(&mut self) {
        self.laid.clear();
    }
}
