//! X-ray: where in each document what is in force stands, a row a document, to scale.

use crate::app::Model;
use crate::app::force::Force;
use crate::corpus::DocId;
use crate::text::width;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span, room_in};

const BLOCKS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];
/// Cells for titles where there is room.
const TITLE: usize = 24;
/// A pane narrower than this leaves too little to a plot.
const PANE_LEAST: u16 = 60;

/// Cells of a row's title and plot.
#[derive(Clone, Copy)]
struct Columns {
    title: usize,
    plot: usize,
}

pub fn open(model: &Model) -> Option<Sheet> {
    let force = model.force.as_ref()?;
    let layout = model.layout();
    let extent = if layout.text.is_none_or(|text| text.width < PANE_LEAST) { Extent::Across } else { Extent::Text };
    let mut sheet = Sheet::new(Kind::Xray, format!("X-ray  {}", model.force_name()), Vec::new(), extent);
    let room = room_in(&sheet, &layout);
    let most = model.shelf.order.iter().map(|doc| force.count(*doc, &model.topics.index)).max().unwrap_or(0);
    let title = TITLE.min(room / 2);
    let columns = Columns { title, plot: room.saturating_sub(title + 2 + 1 + most.to_string().len()).max(1) };
    sheet.extend(model.shelf.order.iter().filter_map(|doc| row(model, force, *doc, columns)).collect());
    sheet.empty = "not in any document".into();
    let here = model.doc();
    sheet.choose_last(|row| matches!((row.goal, here), (Some(Goal::Stop(doc)), Some(here)) if doc == here));
    Some(sheet)
}

fn row(model: &Model, force: &Force, doc: DocId, columns: Columns) -> Option<Row> {
    let Columns { title: title_cells, plot: cells } = columns;
    let index = &model.topics.index;
    let count = force.count(doc, index);
    let length = model.shelf.summary(doc).map_or(1, |summary| summary.paragraphs).max(1);
    if count == 0 {
        return None;
    }
    let mut density = vec![0usize; cells];
    for at in 0..count {
        let Some(stop) = force.stop(doc, at, index) else { continue };
        let para = stop.para() as usize;
        // A paragraph fills the cells it has in the scale.
        let from = para * cells / length;
        let to = ((para + 1) * cells).div_ceil(length).clamp(from + 1, cells);
        for cell in density.get_mut(from..to).into_iter().flatten() {
            *cell += 1;
        }
    }
    let most = density.iter().copied().max().unwrap_or(1).max(1);
    let plot: String = density
        .iter()
        .map(|count| match count {
            0 => "·",
            count => BLOCKS[(count * BLOCKS.len()).div_ceil(most).clamp(1, BLOCKS.len()) - 1],
        })
        .collect();
    let role = match force {
        Force::Topic(topic) => Role::Topic(*topic),
        _ => Role::Accent,
    };
    let title = width::pad_right(&width::shorten(model.shelf.title(doc), title_cells, "…"), title_cells);
    Some(Row {
        spans: vec![Span::new(Role::Plain, format!("{title}  ")), Span::new(role, plot)],
        right: vec![Span::new(Role::Plain, count.to_string())],
        goal: Some(Goal::Stop(doc)),
        ..Row::default()
    })
}
