//! The screen in parts, each written on its own: a gutter, a page, a pane.
//!
//! Who draws knows which columns belong together. Within one part the ways are short, a pen serves
//! for many rows, and where the terminal has left and right margins they are put around it, so that a
//! carriage return and a line feed lead from the end of one row to the start of the next.

use ratatui::layout::Rect;

use super::cells::Grid;

/// Columns of a row, its ends included and excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub y: u16,
    pub from: u16,
    pub to: u16,
}

/// A part of the screen, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub spans: Vec<Span>,
    /// The rectangle it is, if it is one.
    pub area: Option<Rect>,
}

/// The screen as the parts that are asked for, in this order, and the rest of it.
pub fn divide((width, height): (u16, u16), areas: &[Rect]) -> Vec<Part> {
    let screen = Rect::new(0, 0, width, height);
    let mut taken: Vec<Rect> = Vec::new();
    let mut parts = Vec::new();
    for area in areas.iter().map(|area| area.intersection(screen)) {
        // Each cell belongs to one part.
        if area.is_empty() || taken.iter().any(|other| other.intersects(area)) {
            continue;
        }
        taken.push(area);
        let spans = (area.top()..area.bottom()).map(|y| Span { y, from: area.left(), to: area.right() });
        parts.push(Part { spans: spans.collect(), area: Some(area) });
    }
    let mut rest = Vec::new();
    for y in 0..height {
        let mut within: Vec<_> = taken.iter().filter(|area| (area.top()..area.bottom()).contains(&y)).collect();
        within.sort_by_key(|area| area.x);
        let mut from = 0;
        for area in within {
            if area.left() > from {
                rest.push(Span { y, from, to: area.left() });
            }
            from = area.right();
        }
        if from < width {
            rest.push(Span { y, from, to: width });
        }
    }
    if !rest.is_empty() {
        parts.push(Part { spans: rest, area: None });
    }
    parts
}

impl Part {
    /// The part that is everything.
    pub fn whole((width, height): (u16, u16)) -> Self {
        let spans = (0..height).map(|y| Span { y, from: 0, to: width });
        Self { spans: spans.collect(), area: None }
    }

    /// Rows that are to change.
    pub fn changed(&self, old: &Grid, new: &Grid) -> usize {
        let is_changed = |span: &&Span| {
            let (from, to) = (usize::from(span.from), usize::from(span.to));
            old.row(span.y)[from..to] != new.row(span.y)[from..to]
        };
        self.spans.iter().filter(is_changed).count()
    }

    /// Whether a wide character stands half in this part, before or after.
    pub fn cuts(&self, old: &Grid, new: &Grid) -> bool {
        self.spans.iter().any(|span| {
            [old, new].iter().any(|grid| {
                let row = grid.row(span.y);
                [span.from, span.to].iter().any(|at| row.get(usize::from(*at)).is_some_and(|cell| cell.width() == 0))
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_in_one_part() {
        let areas = [Rect::new(2, 1, 3, 2), Rect::new(4, 0, 3, 3), Rect::new(5, 1, 9, 9)];
        let parts = divide((10, 4), &areas);
        let mut seen = vec![0; 40];
        for span in parts.iter().flat_map(|part| &part.spans) {
            for x in span.from..span.to {
                seen[usize::from(span.y * 10 + x)] += 1;
            }
        }
        assert_eq!(seen, vec![1; 40]);
        // Where two would overlap the first has it all.
        let kept: Vec<_> = parts.iter().filter_map(|part| part.area).collect();
        assert_eq!(kept, [Rect::new(2, 1, 3, 2), Rect::new(5, 1, 5, 3)]);
    }
}
