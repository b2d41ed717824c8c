//! Rows of tables: cells that stand under each other, with blanks between them.
//!
//! A row has wide gaps, and a number in one of its cells or in one of the row above or below; its cells begin or end in the
//! columns of a neighbour's. Two rows make a table, and contents with page numbers are one.

use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines;

/// Letters of the longest cell but the first.
const LONGEST: usize = 24;

/// A cell: its first column and the one behind its last, from the edge of the page, and whether it is a number.
#[derive(Clone, Copy, Debug)]
struct Place {
    from: usize,
    to: usize,
    is_number: bool,
}

/// For each line of `flow`, whether it is the row of a table; empty where none is.
pub fn rows(flow: &Flow) -> Vec<bool> {
    let mut rows = Vec::new();
    let mut from = 0;
    while from < flow.lines.len() {
        let Some(first) = cells(flow, from) else {
            from += 1;
            continue;
        };
        let (mut last, mut to, mut numbers) = (first, from + 1, 0);
        numbers += usize::from(has_number(&last));
        while let Some(next) = (to < flow.lines.len() && !flow.gap(to)).then(|| cells(flow, to)).flatten() {
            if !are_aligned(&last, &next) {
                break;
            }
            numbers += usize::from(has_number(&next));
            (last, to) = (next, to + 1);
        }
        if to - from >= 2 && 2 * numbers >= to - from {
            rows.resize(flow.lines.len(), false);
            rows[from..to].fill(true);
        }
        from = to;
    }
    rows
}

/// The cells of a line that has several.
fn cells(flow: &Flow, i: usize) -> Option<Vec<Place>> {
    let line = &flow.lines[i];
    line.gap()?;
    let mut cells = Vec::new();
    let (mut at, mut column) = (0, line.indent as usize);
    while at < line.text.len() {
        let rest = &line.text[at..];
        let end = lines::gap(rest).unwrap_or(rest.len());
        let width = rest[..end].chars().count();
        if cells.len() > 1 && width > LONGEST {
            return None;
        }
        cells.push(Place { from: column, to: column + width, is_number: is_number(&rest[..end]) });
        let blanks = rest[end..].len() - rest[end..].trim_start_matches(' ').len();
        (at, column) = (at + end + blanks, column + width + blanks);
    }
    (cells.len() > 1).then_some(cells)
}

/// "1,204", "12.5 %", "xii", "-"
fn is_number(cell: &str) -> bool {
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let roman = !cell.is_empty() && cell.len() <= 6 && cell.chars().all(|c| matches!(c, 'i' | 'v' | 'x' | 'l' | 'c'));
    digits * 2 > cell.chars().filter(|c| !c.is_whitespace()).count() || roman
}

/// Whether a row has a number where tables have one. Gaps that are all alike may be those of justified prose.
fn has_number(row: &[Place]) -> bool {
    let gaps = || row.windows(2).map(|cells| cells[1].from - cells[0].to);
    let is_even = row.len() > 3 && gaps().max() <= gaps().min().map(|least| least + 1);
    let numbers = row[1..].iter().filter(|cell| cell.is_number).count();
    if is_even { 2 * numbers >= row.len() } else { numbers > 0 }
}

/// Whether a cell behind the first begins or ends in the column of one in the other row.
fn are_aligned(above: &[Place], below: &[Place]) -> bool {
    above[1..].iter().any(|a| below[1..].iter().any(|b| a.from.abs_diff(b.from) <= 1 || a.to.abs_diff(b.to) <= 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<bool> {
        super::rows(&Flow::of(text))
    }

    #[test]
    fn cells_under_each_other_are_rows() {
        let text = "Port           2001     2002\nNortham         410      388\nEasthaven     1,204    1,180\n\nAs it shows, landings fell.\n";
        assert_eq!(rows(text), [true, true, true, false]);
        let contents = "CHAPTER                  PAGE\n   I. THE LIGHT             1\n  II. THE KEEPER           19\n";
        assert_eq!(rows(contents), [true; 3]);
    }

    #[test]
    fn prose_with_gaps_is_none() {
        assert_eq!(rows("The   harbour   was empty,\nand the boats   were gone.\n"), [false; 0]);
        assert_eq!(
            rows("THE HISTORY OF THE TOWN               47\nIn the year 1612 the town was burnt.\n"),
            [false; 0]
        );
    }
}
