//! The file's own lines of a paragraph, as they were before cleaning.

use super::{Extent, Kind, Role, Sheet, Span};
use crate::text::width::group_thousands;

/// Bytes of a line that are shown: more is no line anybody reads, and would take its time to wrap.
const MOST: usize = 32 * 1024;

/// `lines` with the number of the first, from 1, in rows of `room` cells.
pub fn of(path: &str, first: usize, lines: &[String], room: usize) -> Sheet {
    let width = (first + lines.len()).to_string().len();
    let rows = lines.iter().enumerate().flat_map(|(at, line)| {
        let number = Span::new(Role::Dim, format!("{:>width$}  ", first + at));
        let shown = &line[..line.floor_char_boundary(MOST)];
        let mut rows = super::wrapped(Some(number), Role::Plain, &shown.replace('\t', "        "), room);
        if let left @ 1.. = line.len() - shown.len() {
            let rest = format!("and {} bytes more of this line", group_thousands(left as u64));
            rows.extend(super::wrapped(None, Role::Dim, &rest, room));
        }
        rows
    });
    let mut sheet = Sheet::new(Kind::Source, format!("Source  {path}"), rows.collect(), Extent::Across);
    sheet.empty = "nothing of the file stands behind this paragraph".into();
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_endless_line_the_beginning_is_shown() {
        let sheet = of("a.txt", 7, &["é".repeat(100_000)], 80);
        let text: Vec<String> = sheet.rows.iter().map(|row| row.text()).collect();
        assert!(text.len() < 500, "{} rows", text.len());
        assert!(text.last().is_some_and(|last| last.contains("and 167,232 bytes more")), "{:?}", text.last());
    }
}
