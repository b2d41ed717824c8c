//! The file's own lines of a paragraph, as they were before cleaning.

use super::{Extent, Kind, Role, Row, Sheet, Span};

/// `lines` with the number of the first, from 1.
pub fn of(path: &str, first: usize, lines: &[String]) -> Sheet {
    let width = (first + lines.len()).to_string().len();
    let rows = lines.iter().enumerate().map(|(at, line)| Row {
        spans: vec![
            Span::new(Role::Dim, format!("{:>width$}  ", first + at)),
            Span::new(Role::Plain, line.replace('\t', "        ")),
        ],
        ..Row::default()
    });
    let mut sheet = Sheet::new(Kind::Source, format!("Source  {path}"), rows.collect(), Extent::Across);
    sheet.empty = "nothing of the file stands behind this paragraph".into();
    sheet
}
