//! Breaks a paragraph into rows of at most so many cells, keeping the way back to its bytes.
//!
//! ```text
//! text ── breaks ──▶ chances ── row by row, or all at once when justified ──▶ rows ── gaps ──▶ cells
//!                       ▲
//!                    hyphen
//! ```
//!
//! A *chance* is a place where a row may end: those of the Unicode line breaking algorithm (spaces,
//! hyphens, between Chinese and Japanese characters, between Thai words), and on demand the syllables
//! of a word. A word longer than the measure is cut between graphemes.
//!
//! A text longer than [`PIECE`] bytes is laid out in pieces, so that its middle can be shown without its
//! start; whoever lays out piece by piece gets the rows of the whole.
//!
//! *Invariants.* Rows are in order and do not overlap. They leave out only the white space they were
//! broken at, and that at the end. They start and end on grapheme boundaries. None is wider than its
//! measure, unless a single grapheme is; none is empty, unless the text has nothing to show, which
//! makes one empty row.
//!
//! *Units.* Ranges and `at` are bytes of the text, `measure`, `indent` and `cell` are cells. The text
//! is taken as it is drawn: a control character counts as no cell ([`super::safe`] comes first).

mod breaks;
mod hyphen;
mod justify;

use std::ops::Range;

use super::segment::Language;
pub use super::segment::{PIECE, piece_at, pieces};
use super::width;
use breaks::Breaks;
use hyphen::Hyphenator;
pub use justify::Gaps;

/// How a paragraph is laid out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Layout {
    /// Cells of a full row, the indent included.
    pub measure: usize,
    /// Fill rows to the measure.
    pub justify: bool,
    /// Break words at their syllables where a row would end far too early.
    pub hyphenate: bool,
    /// Cells left free before the first row.
    pub indent_first: usize,
    /// Cells left free before the others.
    pub indent_rest: usize,
    /// Whose rules of hyphenation hold; none where it is not known.
    pub lang: Option<Language>,
}

impl Default for Layout {
    fn default() -> Self {
        Self { measure: 72, justify: false, hyphenate: false, indent_first: 0, indent_rest: 0, lang: None }
    }
}

impl Layout {
    /// Cells free before row `index`; at least one cell is left for the text.
    fn indent(&self, index: usize) -> usize {
        let indent = if index == 0 { self.indent_first } else { self.indent_rest };
        indent.min(self.measure.saturating_sub(1))
    }

    /// Cells for the text of row `index`.
    fn room(&self, index: usize) -> usize {
        (self.measure - self.indent(index).min(self.measure)).max(1)
    }
}

/// One row of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Whether a hyphen is drawn after its last character.
    pub hyphen: bool,
    /// Cells free before it.
    pub indent: usize,
    /// The cells that justification adds.
    pub gaps: Gaps,
}

/// A stretch of a row that is drawn without a gap in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The cell of the row where it starts, the indent counted.
    pub cell: usize,
    /// Bytes of the text.
    pub range: Range<usize>,
}

impl Row {
    /// The stretches to draw, in order. A row that is not stretched has one.
    pub fn runs(&self, text: &str) -> Vec<Run> {
        let mut run = Run { cell: self.indent, range: self.range.start..self.range.start };
        if self.gaps.is_none() {
            run.range.end = self.range.end;
            return vec![run];
        }
        let mut runs = Vec::new();
        let mut cell = self.indent;
        for (cluster, extra) in self.clusters(text) {
            cell += cluster.cells;
            run.range.end = cluster.end();
            if extra > 0 {
                cell += extra;
                runs.push(run);
                run = Run { cell, range: cluster.end()..cluster.end() };
            }
        }
        runs.push(run);
        runs
    }

    /// Cells of the row: indent, text, what justification adds and the hyphen.
    pub fn cells(&self, text: &str) -> usize {
        self.end_cell(text) + usize::from(self.hyphen)
    }

    /// The cell after the last character, where the hyphen stands if there is one.
    pub fn end_cell(&self, text: &str) -> usize {
        self.indent + width::cells(&text[self.range.clone()]) + self.gaps.extra()
    }

    /// The cell where byte `at` of the text is drawn. What stands before the row is at its start,
    /// the white space after it at its end.
    pub fn cell_of(&self, text: &str, at: usize) -> usize {
        if at >= self.range.end {
            return self.end_cell(text);
        }
        let before = text.as_bytes().get(self.range.start..at).unwrap_or_default();
        let is_even = |bytes: &[u8]| bytes.iter().all(|byte| (b' '..=b'~').contains(byte));
        if self.gaps.is_none() && is_even(before) && text.as_bytes().get(at).is_some_and(u8::is_ascii) {
            return self.indent + before.len();
        }
        let mut cell = self.indent;
        for (cluster, extra) in self.clusters(text) {
            if at < cluster.end() {
                break;
            }
            cell += cluster.cells + extra;
        }
        cell
    }

    /// The byte of the grapheme drawn at `cell`; a gap belongs to the grapheme before it. Left of the
    /// row the first, right of it the last, so that the answer always stands in the row.
    pub fn byte_at(&self, text: &str, cell: usize) -> usize {
        let mut end = self.indent;
        let mut last = self.range.start;
        for (cluster, extra) in self.clusters(text) {
            let cells = cluster.cells + extra;
            if cells == 0 {
                continue;
            }
            last = cluster.at;
            end += cells;
            if cell < end {
                break;
            }
        }
        last
    }

    /// The graphemes of the row, placed in the text, each with the cells added after it.
    fn clusters<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (width::Cluster<'a>, usize)> {
        let mut gaps = self.gaps.spread();
        let mut clusters = width::clusters(&text[self.range.clone()]).peekable();
        std::iter::from_fn(move || {
            let mut cluster = clusters.next()?;
            let extra = clusters.peek().map_or(0, |next| gaps.after(&cluster, next));
            cluster.at += self.range.start;
            Some((cluster, extra))
        })
    }
}

/// The row that shows byte `at`: the last that starts at or before it.
pub fn row_of(rows: &[Row], at: usize) -> usize {
    rows.partition_point(|row| row.range.start <= at).saturating_sub(1)
}

/// The row and the cell where byte `at` is drawn.
pub fn place_of(text: &str, rows: &[Row], at: usize) -> (usize, usize) {
    let index = row_of(rows, at);
    (index, rows.get(index).map_or(0, |row| row.cell_of(text, at)))
}

/// The byte drawn at a cell of row `index`, or the nearest to it in that row.
pub fn byte_at(text: &str, rows: &[Row], index: usize, cell: usize) -> usize {
    rows.get(index.min(rows.len().saturating_sub(1))).map_or(0, |row| row.byte_at(text, cell))
}

/// The byte ranges of `text` that stand on each row of at most `measure` cells (at least 1).
pub fn rows(text: &str, measure: usize) -> Vec<Range<usize>> {
    let layout = Layout { measure, ..Layout::default() };
    lay_out(text, &layout).into_iter().map(|row| row.range).collect()
}

/// The rows of `text`: at least one.
pub fn lay_out(text: &str, layout: &Layout) -> Vec<Row> {
    let mut rows = Vec::new();
    for piece in pieces(text) {
        rows.append(&mut lay_out_piece(text, piece, layout));
    }
    if rows.is_empty() {
        rows.push(Row { indent: layout.indent(0), ..Row::default() });
    }
    rows
}

/// The rows of one piece of `text`, as [`lay_out`] gives them: ranges are bytes of `text`. None where
/// the piece has nothing to show.
pub fn lay_out_piece(text: &str, piece: Range<usize>, layout: &Layout) -> Vec<Row> {
    let goes_on = Layout { indent_first: layout.indent_rest, ..layout.clone() };
    let layout = if piece.start == 0 { layout } else { &goes_on };
    let text = &text[piece.clone()];
    let mut rows = if layout.justify { justify::rows(text, layout) } else { row_by_row(text, layout) };
    for row in &mut rows {
        row.range = row.range.start + piece.start..row.range.end + piece.start;
    }
    rows
}

/// Fills each row with as much as it takes.
fn row_by_row(text: &str, layout: &Layout) -> Vec<Row> {
    let breaks = Breaks::of(text);
    let hyphenator = Hyphenator::of(layout);
    let mut rows: Vec<Row> = Vec::new();
    let (mut start, mut hyphens) = (0, 0);
    while start < text.len() {
        let index = rows.len();
        let room = layout.room(index);
        let (mut end, mut next) = breaks.row(start, room);
        let mut hyphen = false;
        if let Some(hyphenator) = &hyphenator
            && hyphens < hyphen::MOST_IN_A_ROW
            && let Some(cut) = hyphenator.cut(text, start..end, next, room)
        {
            (end, next, hyphen) = (cut, cut, true);
        }
        hyphens = if hyphen { hyphens + 1 } else { 0 };
        if start < end {
            rows.push(Row { range: start..end, hyphen, indent: layout.indent(index), gaps: Gaps::default() });
        }
        start = next;
    }
    rows
}

#[cfg(test)]
mod tests;
