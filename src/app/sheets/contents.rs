//! Contents: the headings of the document.

use crate::corpus::Place;
use crate::text::Kind as ParagraphKind;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span};
use crate::app::Model;

pub fn open(model: &Model) -> Option<Sheet> {
    let doc = model.doc()?;
    let document = model.shelf.document(doc)?;
    let clean = &document.clean;
    let rows = clean.paragraphs.iter().enumerate().filter(|(_, p)| p.kind == ParagraphKind::Heading);
    let rows = rows
        .map(|(para, paragraph)| Row {
            spans: vec![Span::new(Role::Plain, &clean.text[paragraph.range()])],
            right: vec![Span::new(Role::Dim, format!("¶{}", model.shelf.paragraph_number(doc, para as u32).0))],
            goal: Some(Goal::Place(Place { doc, at: paragraph.start as usize })),
            ..Row::default()
        })
        .collect();
    let mut sheet = Sheet::new(Kind::Contents, "Contents", rows, Extent::Below);
    sheet.empty = "this document has no headings".into();
    let here = model.page.place();
    sheet.choose_last(|row| match (row.goal, here) {
        (Some(Goal::Place(place)), Some(here)) => place.at <= here.at,
        _ => false,
    });
    Some(sheet)
}
