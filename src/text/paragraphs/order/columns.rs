//! Columns set side by side, as a page is printed: read down the left one, then down the right.
//!
//! A page has two columns where a strip of two cells or more stays empty on nearly all of its lines, with prose on both sides
//! of it. Lines that cross the strip are set over both columns: they end one band of the page and begin the next. What stands
//! left and right of the strip in a band becomes a page each, so that a paragraph may go on from one to the other.

use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::Line;
use crate::text::paragraphs::lines::glyphs;
use crate::text::paragraphs::lines::look::Look;

/// Fewest lines of a band.
const FEWEST: usize = 5;
/// Shortest usual line of a column, in cells; cells of tables are shorter.
const NARROWEST: u32 = 18;
/// How far a line may stray from the strip, in cells.
const STRAY: u32 = 2;
/// Wider pages are none.
const WIDEST: usize = 400;

/// Puts the lines of `flow` in reading order. Whether any page has columns.
pub fn unfold(flow: &mut Flow) -> bool {
    let pages: Vec<_> = flow.pages().into_iter().map(|page| (edge(&flow.lines[page.clone()]), page)).collect();
    if pages.iter().all(|(edge, _)| edge.is_none()) {
        return false;
    }
    let lines = std::mem::take(&mut flow.lines);
    // Where each old line's last part went.
    let mut places = Vec::with_capacity(lines.len());
    let mut out: Vec<Line> = Vec::with_capacity(lines.len() * 2);
    let mut number = 0;
    for (edge, page) in pages {
        let first = out.len();
        match edge {
            Some(edge) => {
                let mut place = vec![first; page.len()];
                for part in split(&lines[page], edge) {
                    number += u32::from(part.new_page);
                    place[part.row] = out.len();
                    out.push(Line { page: number, ..part.line });
                }
                places.extend(place);
            }
            None => {
                for line in &lines[page] {
                    places.push(out.len());
                    out.push(Line { page: number, ..line.clone() });
                }
            }
        }
        number += 1;
    }
    flow.looks = out.iter().map(Look::of).collect();
    flow.lines = out;
    for aside in &mut flow.asides {
        aside.after = aside.after.and_then(|line| places.get(line).copied());
    }
    true
}

/// Whether many lines have a hole inside or start far to the right.
fn may_have_columns(lines: &[Line]) -> bool {
    let holes = lines.iter().filter(|line| is_holed(line)).count();
    lines.len() >= FEWEST && holes >= FEWEST && holes * 10 >= lines.len() * 3
}

fn is_holed(line: &Line) -> bool {
    line.indent > 25 || line.holed
}

/// The cell where the right column of a page begins, if it has two.
fn edge(lines: &[Line]) -> Option<u32> {
    if let Some(edge) = may_have_columns(lines).then(|| gutter(lines)).flatten() {
        return Some(edge);
    }
    // On the last page the right column is often the shorter one, and below it nothing reaches across.
    let end = lines.iter().rposition(is_holed)? + 1;
    let end = if end == lines.len() { lines[..end - 1].iter().rposition(is_holed)? + 1 } else { end };
    let (top, below) = lines.split_at(end);
    let edge = (top.len() > FEWEST && may_have_columns(top)).then(|| gutter(top)).flatten()?;
    let across = below.iter().filter(|line| matches!(side(line, edge), Side::Across(_))).count();
    (across * 20 <= below.len()).then_some(edge)
}

/// A line of one column.
struct Part<'a> {
    line: Line<'a>,
    /// The line of the page it is part of.
    row: usize,
    new_page: bool,
}

/// What of a line stands where.
enum Side<'a> {
    Both(Line<'a>, Line<'a>),
    Left(Line<'a>),
    Right(Line<'a>),
    Across(Line<'a>),
}

/// The lines of a page in reading order, its right column beginning at cell `edge`.
fn split<'a>(lines: &[Line<'a>], edge: u32) -> Vec<Part<'a>> {
    let mut out = Vec::with_capacity(lines.len() * 2);
    let mut band: Vec<(u32, usize, Option<Line>, Option<Line>)> = Vec::new();
    // Rows count blank lines too.
    let mut height = 0;
    for (row, line) in lines.iter().enumerate() {
        height += 1 + if row == 0 { 0 } else { line.blanks };
        match side(line, edge) {
            Side::Both(left, right) => band.push((height, row, Some(left), Some(right))),
            Side::Left(left) => band.push((height, row, Some(left), None)),
            Side::Right(right) => band.push((height, row, None, Some(right))),
            Side::Across(line) => {
                flush(&mut band, &mut out);
                let new_page = out.last().is_some_and(|last: &Part| last.line.indent > 0 && last.row + 1 == row);
                out.push(Part { line, row, new_page });
            }
        }
    }
    flush(&mut band, &mut out);
    out
}

/// Puts a band's left column, then its right one, at the end of `out`.
fn flush<'a>(band: &mut Vec<(u32, usize, Option<Line<'a>>, Option<Line<'a>>)>, out: &mut Vec<Part<'a>>) {
    let rows = std::mem::take(band);
    let sides = |row: usize| (rows[row].2.is_some(), rows[row].3.is_some());
    let has = |height: u32, right: bool| {
        rows.binary_search_by_key(&height, |row| row.0).is_ok_and(|row| if right { sides(row).1 } else { sides(row).0 })
    };
    for right in [false, true] {
        let mut last: Option<u32> = None;
        let column =
            rows.iter().filter_map(|(height, row, l, r)| Some((*height, *row, if right { r } else { l }.clone()?)));
        let column: Vec<_> = column.collect();
        let margin = margin(&column);
        for (height, row, line) in column {
            let blanks = match last {
                None => line.blanks,
                Some(last) => {
                    let gap = height - last - 1;
                    // Columns out of step: each stands in the gaps of the other.
                    let skewed = gap % 2 == 1 && has(last + 1, !right) && !has(last, !right) && !has(height, !right);
                    if skewed { (gap - 1) / 2 } else { gap }
                }
            };
            let new_page = last.is_none() && right;
            last = Some(height);
            out.push(Part { line: Line { indent: line.indent.saturating_sub(margin), blanks, ..line }, row, new_page });
        }
    }
}

/// The smallest indent that a good part of a column's lines have.
fn margin(column: &[(u32, usize, Line)]) -> u32 {
    let mut indents: Vec<u32> = column.iter().map(|(.., line)| line.indent).collect();
    indents.sort_unstable();
    let least = indents.len() / 6;
    let close = |at: usize| indents.iter().filter(|i| i.abs_diff(indents[at]) <= 1).count() > least;
    (0..indents.len()).find(|&at| close(at)).map_or(0, |at| indents[at])
}

/// The cell where the right column of a page begins.
fn gutter(lines: &[Line]) -> Option<u32> {
    let width = lines.iter().map(|line| line.right() as usize).max()?.min(WIDEST);
    let mut taken = vec![0u32; width + 2];
    // How many lines begin, and end, at each cell or before.
    let (mut begins, mut ends) = (vec![0u32; width + 2], vec![0u32; width + 2]);
    for line in lines {
        each_word(line, |from, to| {
            for cell in from..to.min(width as u32) {
                taken[cell as usize] += 1;
            }
        });
        begins[(line.indent as usize).min(width)] += 1;
        ends[(line.right() as usize).min(width)] += 1;
    }
    let (begun, ended) = (sums(&begins), sums(&ends));
    let all = lines.len() as u32;
    let some = (all * 3 / 10).max(FEWEST as u32 - 1);
    // Cells that few lines touch, with text of many lines on either side.
    let free = |cell: usize| {
        let right = all - ended[cell];
        let left = begun[cell];
        taken[cell] * 9 <= all.min(left.min(right) * 2) && right >= some && left >= some
    };
    let mut best: Option<(u32, u32)> = None;
    // A line may begin further left than most of its column, where those are set in.
    let leftmost = |from: u32, edge: u32| {
        let starts = lines.iter().flat_map(|line| {
            let mut starts = Vec::new();
            each_word(line, |start, end| starts.extend(((from..edge).contains(&start) && end > edge).then_some(start)));
            starts
        });
        starts.min().unwrap_or(edge)
    };
    let mut cell = 12;
    while cell + 12 < width {
        let start = cell;
        while cell + 12 < width && free(cell) {
            cell += 1;
        }
        if cell - start >= 2 {
            let strip = (cell - start) as u32;
            if best.is_none_or(|(known, _)| strip > known) && is_prose(lines, cell as u32) {
                best = Some((strip, leftmost(start as u32 + 2, cell as u32)));
            }
        }
        cell += 1;
    }
    best.map(|(_, edge)| edge)
}

/// The sums of the numbers up to each.
fn sums(numbers: &[u32]) -> Vec<u32> {
    let add = |sum: &mut u32, number: &u32| {
        *sum += number;
        Some(*sum)
    };
    numbers.iter().scan(0, add).collect()
}

/// Whether usual lines on both sides of `edge` are as long as lines of prose.
fn is_prose(lines: &[Line], edge: u32) -> bool {
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for line in lines {
        match side(line, edge) {
            Side::Both(l, r) => {
                left.push(l.cells);
                right.push(r.cells);
            }
            Side::Left(l) => left.push(l.cells),
            Side::Right(r) => right.push(r.cells),
            Side::Across(_) => {}
        }
    }
    let usual = |mut lengths: Vec<u32>| {
        lengths.sort_unstable();
        lengths.get(lengths.len() / 2).copied().unwrap_or(0)
    };
    left.len() >= FEWEST && right.len() >= FEWEST && usual(left) >= NARROWEST && usual(right) >= NARROWEST
}

/// What of `line` stands on which side of the column that begins at cell `edge`.
fn side<'a>(line: &Line<'a>, edge: u32) -> Side<'a> {
    if line.indent + STRAY >= edge {
        return Side::Right(line.clone());
    }
    if line.right() < edge {
        return Side::Left(line.clone());
    }
    for stray in [0i64, -1, 1, -2, 2] {
        let at = (i64::from(edge) + stray).max(2) as u32;
        if let Some((left, right)) = cut(line, at) {
            return Side::Both(left, right);
        }
    }
    if line.right() <= edge + STRAY {
        return Side::Left(line.clone());
    }
    Side::Across(line.clone())
}

/// The two parts of `line`, where at least two cells before cell `at` are blank and text stands on both sides.
fn cut<'a>(line: &Line<'a>, at: u32) -> Option<(Line<'a>, Line<'a>)> {
    let mut cell = line.indent;
    let (mut blank, mut byte) = (0, None);
    for (offset, c) in line.text.char_indices() {
        if cell >= at {
            byte = Some(offset);
            break;
        }
        blank = if c == ' ' || c == '\u{a0}' { blank + 1 } else { 0 };
        cell += glyphs::cells(c);
    }
    let byte = byte.filter(|_| blank >= 2)?;
    let left = Line::new(&line.text[..byte], line.at, line.indent)?;
    let right = Line::new(&line.text[byte..], line.at + byte, cell)?;
    Some((left, Line { blanks: 0, ..right }))
}

/// Calls `found` with the first cell, and one past the last, of each stretch of `line` without two blanks in a row.
fn each_word(line: &Line, mut found: impl FnMut(u32, u32)) {
    let (mut cell, mut start, mut blank) = (line.indent, line.indent, 0);
    for c in line.text.chars() {
        let wide = glyphs::cells(c);
        if c == ' ' {
            blank += 1;
        } else {
            if blank >= 2 {
                found(start, cell - blank);
                start = cell;
            }
            blank = 0;
        }
        cell += wide;
    }
    found(start, cell);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::paragraphs::lines;

    #[test]
    fn columns_are_read_one_after_the_other() {
        let left = [
            "The first column goes on",
            "from line to line until",
            "it ends at the foot of",
            "the page, and then the",
            "reader goes back up to",
            "the top and to the very",
            "beginning, that is to",
            "the line at the right of",
        ];
        let right = [
            "the head of the second.",
            "Here it goes on to its",
            "end, which is the end of",
            "the page and also of the",
            "whole text, such as it is",
            "and has been, and as it",
            "will be for as long as",
            "texts are set like this.",
        ];
        let mut text = String::from("A line that is set over both of the columns of this page\n");
        for (l, r) in left.iter().zip(right) {
            text += &format!("{l:28}{r}\n");
        }
        let mut flow = Flow::new(lines::split(&text).0);
        unfold(&mut flow);
        let read: Vec<_> = flow.lines.iter().map(|line| line.text).collect();
        let want: Vec<_> =
            ["A line that is set over both of the columns of this page"].into_iter().chain(left).chain(right).collect();
        assert_eq!(read, want);
        assert!(flow.turns(9) && !flow.turns(8));
    }

    #[test]
    fn a_short_right_column_is_one_too() {
        let mut text = String::new();
        for row in 0..7 {
            text += &format!("{:34}and row {row} of the right one\n", format!("row {row} of the left column"));
        }
        text += &"more rows of the left column\n".repeat(30);
        let mut flow = Flow::new(lines::split(&text).0);
        unfold(&mut flow);
        assert_eq!(flow.lines[6].text, "row 6 of the left column");
        assert_eq!(flow.lines[37].text, "and row 0 of the right one");
        let wide =
            text.replace("more rows of the left column", "but below it the text goes from edge to edge of the page");
        let mut flow = Flow::new(lines::split(&wide).0);
        unfold(&mut flow);
        assert_eq!(flow.lines.len(), 37);
    }

    #[test]
    fn prose_and_tables_stay_as_they_are() {
        let prose = "A text of one column has no strip of cells that  stays\nempty, wherever one looks,  since words end where they\n".repeat(6);
        let table = "Japan        120      34.5\nKorea         80      12.1\nChina        640      99.9\n".repeat(5);
        for text in [prose, table] {
            let mut flow = Flow::new(lines::split(&text).0);
            let before = flow.lines.len();
            unfold(&mut flow);
            assert_eq!(flow.lines.len(), before);
        }
    }
}
