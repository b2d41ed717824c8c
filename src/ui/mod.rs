//! From a model to cells. A file for each pane and overlay; colours come from the theme alone.
//!
//! *Invariants.* [`view`] reads the model and writes cells, nothing else. All text passes
//! [`Safe`](crate::text::Safe) before it stands in a cell. Nothing is drawn outside its area.

mod documents;
mod editor;
mod empty;
mod hints;
mod lesson;
mod paint;
pub mod picture;
mod prompt;
mod reading;
mod sheet;
mod status;
mod strip;
pub mod theme;
mod topics;

use ratatui::buffer::Buffer;

use crate::app::page::Spot;
use crate::app::{Area, Layout, Model};

use paint::Painter;
use theme::Theme;

/// What the terminal can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Glyphs {
    /// Whether there is more than ASCII.
    pub unicode: bool,
    /// Whether its font has more signs than lines for frames: that of the Linux console has not.
    pub signs: bool,
}

impl Glyphs {
    pub const ALL: Glyphs = Glyphs { unicode: true, signs: true };
}

/// What a frame shows beyond its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frame {
    /// Where the terminal's cursor is shown: column and row.
    pub cursor: Option<(u16, u16)>,
    /// The rows of the page as they stand on the screen, to see by how much they moved.
    pub page: Option<PageRows>,
    /// What stands in columns of its own, and is best written on its own.
    pub columns: Vec<Area>,
}

/// Which rows of a flow stand where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRows {
    pub area: Area,
    pub rows: Vec<Spot>,
}

/// Draws the whole screen.
pub fn view(model: &Model, theme: &Theme, glyphs: Glyphs, buffer: &mut Buffer) -> Frame {
    let layout = model.layout();
    let mut painter = Painter::new(buffer, theme, glyphs);
    let mut frame = Frame { columns: columns(model, &layout), ..Frame::default() };
    for column in layout.rules.into_iter().flatten() {
        painter.rule(column, layout.status.map_or(layout.size.rows, |status| status.y));
    }
    if let Some(area) = layout.documents {
        documents::draw(model, &layout, area, &mut painter);
    }
    if let Some(area) = layout.topics {
        topics::draw(model, &layout, area, &mut painter);
    }
    if layout.text.is_some() {
        frame.cursor = reading::draw(model, &layout, &mut painter);
        strip::draw(model, &layout, &mut painter);
        if model.sheet.is_none() && model.prompt.is_none() && !model.input.is_pondered() {
            frame.page = layout.text.map(|text| PageRows {
                // The strip beside the text stays where it is.
                area: Area {
                    x: text.x,
                    width: layout.strip.map_or(text.right(), |strip| strip.x).saturating_sub(text.x),
                    ..layout.page
                },
                rows: model.page.rows.iter().map(|row| row.spot).collect(),
            });
        }
    }
    if let Some(editor) = &model.editor {
        frame.cursor = editor::draw(editor, &model.input.keymap, &layout, &mut painter);
        frame.page = None;
    }
    // The keys are laid over the editor too.
    if let Some(sheet) = &model.sheet {
        sheet::draw(sheet, &model.topics.dictionary, &layout, &mut painter);
        frame.cursor = None;
    }
    if let Some(area) = layout.status {
        status::draw(model, area, &mut painter);
    }
    hints::draw(model, &layout, &mut painter);
    if let Some(prompt) = &model.prompt {
        frame.cursor = Some(prompt::draw(prompt, &layout, &mut painter));
    }
    lesson::draw(model, &layout, &mut painter);
    frame
}

/// Text, stripes and strip, and the columns of the panes beside them.
fn columns(model: &Model, layout: &Layout) -> Vec<Area> {
    let mut page = layout.page;
    if let Some(strip) = layout.strip {
        page.width = page.width.min(strip.x.saturating_sub(page.x));
    }
    let mut columns = vec![page];
    columns.extend(layout.gutter.into_iter().chain(layout.strip));
    columns.extend(layout.documents.into_iter().flat_map(documents::columns));
    columns.extend(layout.topics.into_iter().flat_map(|area| topics::columns(model, area)));
    columns
}
