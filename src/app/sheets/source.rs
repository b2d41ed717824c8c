//! The file's own lines of a paragraph, as they were before cleaning.

use super::{Extent, Kind, Role, Sheet, Span};

/// `lines` with the number of the first, from 1, in rows of `room` cells.
pub fn of(path: &str, first: usize, lines: &[String], room: usize) -> Sheet {
    let width = (first + lines.len()).to_string().len();
    let rows = lines.iter().enumerate().flat_map(|(at, line)| {
        let number = Span::new(Role::Dim, format!("{:>width$}  ", first + at));
        super::wrapped(Some(number), Role::Plain, &line.replace('\t', "        "), room)
    });
    let mut sheet = Sheet::new(Kind::Source, format!("Source  {path}"), rows.collect(), Extent::Across);
    sheet.empty = "nothing of the file stands behind this paragraph".into();
    sheet
}
