//! Line by line where moving the page is dear.
//!
//! A terminal that moves whole lines of its screen only moves the panes beside the text with them, and
//! has to be sent these again. There the page does not move for every line: the cursor walks on by rows
//! of text, and once it has come a stride further the page goes as far at once. Over many lines both go
//! the same way, and the cursor stays on the row it is on.
//!
//! *Invariants.* With a stride of 1 lines scroll as everywhere. Nothing that a line leads over is left
//! out: each row was on the screen before the page went past it.

use super::Model;
use super::layout::Layout;
use super::page::{Cursor, Page, Spot};
use super::shelf::Shelf;

/// The cursor on its way down or up the page, valid while nothing else moves either.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Walk {
    top: Spot,
    cursor: Cursor,
    /// The row of the screen where it began, and where the page brings it back to.
    home: usize,
}

/// The page moves by this part of its height. A line costs 340 bytes on the average where it moves by 6 rows of 37,
/// 250 with 10 and 210 with 12; the more, the harder for the eye to find its line again.
const PART: u16 = 4;

impl Model {
    /// Rows the page moves at once where it follows the cursor.
    pub(super) fn stride(&self, layout: &Layout) -> usize {
        let height = layout.page.height;
        let is_dear = self.moves_whole_lines && layout.rules.iter().any(Option::is_some);
        let asked = self.settings.reading.scroll_jump.map(|rows| rows.min(usize::from(height / 2)));
        asked.unwrap_or(if is_dear { usize::from(height.div_ceil(PART)) } else { 1 }).max(1)
    }
}

impl Page {
    /// Goes on by lines; answers whether anything moved.
    pub fn go_lines(&mut self, by: isize, shelf: &Shelf) -> bool {
        if self.stride <= 1 {
            return self.scroll_lines(by, shelf);
        }
        let (top, cursor) = (self.top, self.cursor);
        let walk = self.walk.filter(|walk| (walk.top, walk.cursor) == (top, cursor));
        let home = walk.map_or_else(|| self.rows_above_cursor(), |walk| walk.home);
        self.fine = true;
        self.move_rows(by, shelf);
        // Heads, and notes that are opened, are nothing to walk on.
        if self.cursor == cursor || (by.unsigned_abs() == 1 && self.has_skipped(top, shelf)) {
            (self.top, self.cursor) = (top, cursor);
            return self.scroll(by.signum() * self.stride as isize, shelf);
        }
        let spot = self.cursor_spot(shelf);
        if self.top == top && self.is_stride(spot, home, by > 0, shelf) {
            self.top = self.back(spot, home, shelf).min(self.last_top(shelf));
            self.begin_walk(spot, shelf);
        } else if self.top != top {
            self.begin_walk(spot, shelf);
        } else {
            self.walk = Some(Walk { top, cursor: self.cursor, home });
        }
        true
    }

    /// Whether the row is a stride or more from where the walk began.
    fn is_stride(&mut self, spot: Spot, home: usize, is_down: bool, shelf: &Shelf) -> bool {
        match is_down {
            true => self.on(self.top, home + self.stride, shelf) <= spot,
            false => home >= self.stride && spot <= self.on(self.top, home - self.stride, shelf),
        }
    }

    fn begin_walk(&mut self, spot: Spot, shelf: &Shelf) {
        let mut home = 0;
        while home < self.height() && self.on(self.top, home, shelf) < spot {
            home += 1;
        }
        self.walk = Some(Walk { top: self.top, cursor: self.cursor, home });
    }

    /// Whether rows between the page that began at `before` and this one were never on the screen.
    fn has_skipped(&mut self, before: Spot, shelf: &Shelf) -> bool {
        let (first, second) = (self.top.min(before), self.top.max(before));
        self.on(first, self.height(), shelf) < second
    }
}

#[cfg(test)]
mod tests {
    use crate::app::event::Event;
    use crate::app::flow::Line;
    use crate::app::page::{Opened, Spot};
    use crate::app::trial::Trial;

    /// Paragraphs of some rows each.
    fn text() -> String {
        let paragraph =
            |n: usize| format!("Paragraph {n} {}", "says that the ships came back. ".repeat(2 + n * 7 % 11));
        (0..120).map(|n| paragraph(n) + "\n\n").collect()
    }

    fn reader(columns: u16, moves_columns: Option<bool>, jump: Option<usize>) -> Trial {
        let mut trial = Trial::set(&[("a.txt", &text())], columns, 40, |settings| settings.reading.scroll_jump = jump);
        if let Some(moves_columns) = moves_columns {
            trial.happen(Event::Terminal { moves_columns });
        }
        trial
    }

    fn dear() -> Trial {
        reader(120, Some(false), None)
    }

    /// The row of the screen that the cursor is on.
    fn row(trial: &Trial) -> usize {
        trial.model.page.rows_above_cursor()
    }

    /// By how many rows each key moved the page.
    fn moves(trial: &mut Trial, keys: &[&str]) -> Vec<usize> {
        let mut moves = Vec::new();
        for key in keys {
            let before: Vec<Spot> = trial.model.page.rows.iter().map(|row| row.spot).collect();
            trial.keys(key);
            let after: Vec<Spot> = trial.model.page.rows.iter().map(|row| row.spot).collect();
            let down = before.iter().position(|spot| *spot == after[0]);
            let up = after.iter().position(|spot| *spot == before[0]);
            moves.push(down.or(up).expect("rows in common"));
        }
        moves
    }

    #[test]
    fn the_page_follows_by_strides_and_the_cursor_stays_on_its_row() {
        let mut trial = dear();
        let home = row(&trial);
        let mut seen = 0;
        for _ in 0..200 {
            let at = trial.model.page.cursor;
            trial.keys("j");
            assert!(trial.model.page.cursor.at > at.at && trial.model.page.fine);
            assert!((home..home + 10).contains(&row(&trial)), "on row {}", row(&trial));
            // No row is gone past.
            let rows = &trial.model.page.rows;
            let lines: Vec<_> = trial.lines().iter().map(|line| line.range.clone()).collect();
            assert!(lines[0].start <= seen && rows.len() == 37);
            seen = lines[lines.len() - 1].end;
        }
        // Blank rows are none to walk on, so that it is more than a row for a line.
        let moved = moves(&mut trial, &["j"; 90]);
        assert!(moved.iter().filter(|rows| **rows > 0).all(|rows| (10..=11).contains(rows)), "{moved:?}");
        assert!((85..=125).contains(&moved.iter().sum::<usize>()), "{moved:?}");
        let moved = moves(&mut trial, &["k"; 90]);
        assert!(moved.iter().filter(|rows| **rows > 0).all(|rows| (10..=11).contains(rows)), "{moved:?}");
        assert!((75..=125).contains(&moved.iter().sum::<usize>()), "{moved:?}");
    }

    #[test]
    fn turning_back_moves_nothing() {
        let mut trial = dear();
        trial.keys(&"j".repeat(30));
        let moved = moves(&mut trial, &["k", "j", "j", "k", "k", "k", "j", "k"]);
        assert!(moved.iter().filter(|rows| **rows > 0).count() <= 1, "{moved:?}");
        // Nor where the page had to follow at its edge.
        trial.keys(&"k".repeat(200)).keys("10j");
        let moved = moves(&mut trial, &["k", "j", "k", "j", "k", "j"]);
        assert!(moved.iter().filter(|rows| **rows > 0).count() <= 1, "{moved:?}");
    }

    #[test]
    fn lines_scroll_one_by_one_where_that_is_cheap_or_asked_for() {
        for (columns, moves_columns, jump) in [
            // Nothing is known yet; margins; one pane alone; the reader wants it so.
            (120, None, None),
            (120, Some(true), None),
            (50, Some(false), None),
            (120, Some(false), Some(1)),
        ] {
            let mut trial = reader(columns, moves_columns, jump);
            assert_eq!(moves(&mut trial, &["j", "j", "j", "k", "j"]), [1; 5], "{columns} {moves_columns:?} {jump:?}");
        }
        let mut trial = dear();
        trial.keys("zz");
        assert_eq!(moves(&mut trial, &["j", "j"]), [1, 1]);
    }

    #[test]
    fn a_number_of_rows_holds_everywhere_but_half_the_page_stays() {
        let mut trial = reader(50, None, Some(5));
        assert_eq!(moves(&mut trial, &["j"; 5]).iter().sum::<usize>(), 5);
        let mut trial = reader(120, Some(true), Some(100));
        let moved = moves(&mut trial, &["j"; 60]);
        assert!(moved.iter().any(|rows| *rows > 0) && moved.iter().all(|rows| *rows <= 20), "{moved:?}");
    }

    #[test]
    fn pages_and_selections_go_their_way() {
        let mut trial = dear();
        assert_eq!(moves(&mut trial, &["<Space>", "b", "<C-d>", "<C-u>"]), [35, 35, 18, 18]);
        // A selection walks to the edge of the page, which follows it there.
        trial.keys("v");
        let moved = moves(&mut trial, &["j"; 80]);
        assert!(moved.iter().any(|rows| *rows > 0) && moved.iter().all(|rows| *rows == 0 || *rows >= 10), "{moved:?}");
    }

    #[test]
    fn two_rows_stay_from_page_to_page_and_one_on_a_low_one() {
        for (rows, stay) in [(40, 2), (12, 2), (8, 1), (5, 1)] {
            let mut trial = Trial::of(&[("a.txt", &text())], 50, rows);
            trial.keys("<Space><Space>");
            let height = trial.model.page.height();
            assert_eq!(moves(&mut trial, &["<Space>", "b"]), [height - stay; 2], "{rows} rows, {height} of text");
        }
    }

    #[test]
    fn the_ends_are_reached_and_told() {
        let mut trial = dear();
        trial.keys("G");
        let last = trial.text().len() - 1;
        trial.keys(&"j".repeat(60));
        assert!(trial.lines().last().is_some_and(|line| line.range.end >= last), "the last row is not seen");
        assert_eq!(trial.said(), "the end of the document");
        trial.keys(&"k".repeat(2500));
        assert_eq!(trial.model.page.top, Spot::default(), "the head is not seen");
        trial.keys("k");
        assert_eq!(trial.said(), "the start of the document");
        trial.keys("5000j");
        assert!(trial.lines().last().is_some_and(|line| line.range.end >= last));
    }

    #[test]
    fn a_note_longer_than_the_page_is_gone_through() {
        let mut trial = dear();
        let body: String = (0..120).map(|n| format!("line {n}\n")).collect();
        let place = (trial.model.doc().unwrap(), 1);
        let opened = Opened { head: "somebody".into(), body, mark: None };
        trial.model.page.set_asides([(place, vec![opened])].into());
        for key in ["j", "k"] {
            let mut seen = std::collections::BTreeSet::new();
            for _ in 0..150 {
                trial.keys(key);
                seen.extend(trial.model.page.rows.iter().filter_map(|row| match &row.line {
                    Line::Aside(aside) if !aside.is_head => Some(aside.text.clone()),
                    _ => None,
                }));
            }
            assert_eq!(seen.len(), 120);
        }
    }
}
