//! The habits of a text: how wide its lines are set, where its margin is, what stands between its paragraphs.

use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::{Begins, Ends};

/// Longer lines, in cells, are whole paragraphs.
const LONG: u32 = 160;

/// The habits of a text.
#[derive(Clone, Debug)]
pub struct Shape {
    /// A line is a paragraph: nothing was wrapped.
    pub long: bool,
    /// The indent of common lines.
    pub margin: u32,
    /// Paragraphs stand apart by blank lines.
    pub parted: bool,
    /// Paragraphs begin with an indent.
    pub indented: bool,
    /// Width of a full line.
    pub measure: Measure,
}

/// How wide lines are set.
#[derive(Clone, Copy, Debug)]
pub struct Measure {
    /// In thousandths of an em, as typeset, rather than in cells, as wrapped by an editor.
    pub ems: bool,
    pub width: u32,
    /// A blank between words, in the same unit.
    blank: u32,
    /// An indent of one cell.
    cell: u32,
}

impl Shape {
    /// The habits of `flow`. With `ems` false, widths are counted in cells whatever the text.
    pub fn of(flow: &Flow, ems: bool) -> Self {
        let (all, long) = flow.lines.iter().fold((0u64, 0u64), |(all, long), line| {
            let cells = u64::from(line.cells);
            (all + cells, long + if line.cells > LONG { cells } else { 0 })
        });
        let margin = margin(flow);
        let measure = Measure::of(flow, margin, ems);
        let long = long * 2 > all || all > 0 && measure.width == 0;
        let (mut blanks, mut steps, mut plain) = (0u32, 0u32, 0u32);
        for i in 1..flow.lines.len() {
            if flow.looks[i - 1].ends != Ends::Stop || !matches!(flow.looks[i].begins, Begins::Upper | Begins::Caseless)
            {
                continue;
            }
            let (above, line) = (&flow.lines[i - 1], &flow.lines[i]);
            let step = line.indent.saturating_sub(above.indent);
            if flow.gap(i) {
                blanks += u32::from(line.blanks > 0);
            } else if (2..=8).contains(&step) && above.indent <= margin + 1 {
                steps += 1;
            } else if measure.room(above, flow.looks[i].first) > 120 {
                plain += 1;
            }
        }
        Self { long, margin, parted: blanks >= 2 && blanks > 2 * (plain + steps), indented: steps >= 3, measure }
    }
}

impl Measure {
    /// What is left of a full line behind `above`, were a word of width `first` put there, in thousandths of the line.
    pub fn room(&self, above: &crate::text::paragraphs::lines::Line, first: (u32, u32)) -> i32 {
        if self.width == 0 {
            return 0;
        }
        let (length, word) = if self.ems { (above.ems, first.1) } else { (above.cells, first.0) };
        let used = i64::from(length) + i64::from(above.indent * self.cell) + i64::from(self.blank) + i64::from(word);
        let left = i64::from(self.width) - used;
        (left * 1000 / i64::from(self.width)).clamp(-9999, 9999) as i32
    }

    /// The length of `line` in thousandths of a full line.
    pub fn share(&self, line: &crate::text::paragraphs::lines::Line) -> u32 {
        let length = if self.ems { line.ems } else { line.cells };
        (u64::from(length) * 1000 / u64::from(self.width.max(1))).min(9999) as u32
    }

    /// The length of `lines` put side by side, in thousandths of a full line.
    pub fn fill(&self, lines: &[crate::text::paragraphs::lines::Line]) -> u32 {
        let length =
            |line: &crate::text::paragraphs::lines::Line| u64::from(if self.ems { line.ems } else { line.cells });
        let sum: u64 = lines.iter().map(|line| length(line) + u64::from(self.blank)).sum();
        (sum.saturating_sub(u64::from(self.blank)) * 1000 / u64::from(self.width.max(1))).min(9999) as u32
    }

    /// What the widest of `lines` leaves of a full line, in thousandths of it.
    pub fn spare(&self, lines: &[crate::text::paragraphs::lines::Line]) -> i32 {
        let reach = |line: &crate::text::paragraphs::lines::Line| {
            let length = if self.ems { line.ems } else { line.cells };
            i64::from(length) + i64::from(line.indent * self.cell)
        };
        let widest = lines.iter().map(reach).max().unwrap_or(0);
        let width = i64::from(self.width.max(1));
        ((width - widest) * 1000 / width).clamp(0, 9999) as i32
    }

    /// Full lines are those whose sentence goes on, in small letters, on the next: their widths are alike, in cells
    /// where an editor wrapped them, in ems where a typesetter did.
    fn of(flow: &Flow, margin: u32, ems: bool) -> Self {
        let mut full: Vec<(u32, u32)> = Vec::new();
        for i in 1..flow.lines.len() {
            let (above, look) = (&flow.lines[i - 1], &flow.looks[i - 1]);
            let goes_on = match flow.looks[i].begins {
                // "(b)" begins an item.
                Begins::Lower => flow.looks[i].mark.is_none(),
                Begins::Caseless => !matches!(look.ends, Ends::Stop | Ends::Colon),
                _ => false,
            };
            if goes_on && !flow.gap(i) && above.cells <= LONG && above.cells > 3 {
                let indent = above.indent;
                full.push((above.cells + indent, above.ems + indent * 480));
            }
        }
        let (cells, cell_spread) = width(full.iter().map(|f| f.0).collect());
        let (thousandths, em_spread) = width(full.iter().map(|f| f.1).collect());
        match ems && margin == 0 && full.len() >= 4 && em_spread < cell_spread {
            true => Self { ems: true, width: thousandths, blank: 250, cell: 480 },
            false => Self { ems: false, width: cells, blank: 1, cell: 1 },
        }
    }
}

/// The width that nearly all of `widths` keep to, and their spread around it in thousandths.
fn width(mut widths: Vec<u32>) -> (u32, u32) {
    if widths.is_empty() {
        return (0, 1000);
    }
    widths.sort_unstable();
    // A reader that joins words at a line end leaves lines of twice the width.
    let middle = widths[widths.len() / 2];
    let common = widths.partition_point(|w| *w <= middle + middle * 3 / 10);
    let widths = &widths[..common];
    let at = |percent: usize| widths[(widths.len() - 1) * percent / 100];
    let width = at(96);
    (width, (at(90) - at(25)) * 1000 / width.max(1))
}

/// The smallest indent that at least half as many lines have as the most common one, of those with another right above or below:
/// headings and a little code may stand out of the text. One blank is none: it marks a page's start.
fn margin(flow: &Flow) -> u32 {
    let is_alone = |i: usize| flow.gap(i) && (i + 1 == flow.lines.len() || flow.gap(i + 1));
    let all_alone = (0..flow.lines.len()).all(is_alone);
    let mut counts = [0u32; 64];
    for (_, line) in flow.lines.iter().enumerate().filter(|(i, _)| all_alone || !is_alone(*i)) {
        counts[line.indent.min(63) as usize] += 1;
    }
    let least = counts.iter().max().map_or(0, |most| most / 2);
    (0..64).find(|&indent| counts[indent as usize] > least).filter(|&indent| indent > 1).unwrap_or(0)
}
