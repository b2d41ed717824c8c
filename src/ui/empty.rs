//! Empty is a page too: what was looked for, and what to do next.

use std::path::Path;

use crate::app::shelf::Progress;
use crate::app::{Area, Model};
use crate::corpus::load::NO_DOCUMENTS;
use crate::keys::actions::Action;
use crate::text::wrap;

use super::paint::Painter;

/// The reading pane where there is nothing to read.
pub fn page(model: &Model, area: Area, painter: &mut Painter<'_>) {
    let mut lines: Vec<String> = Vec::new();
    match (model.shelf.progress, model.doc()) {
        (Progress::Listing, _) => lines.push("listing documents …".into()),
        (_, Some(doc)) if model.shelf.fault(doc).is_some() => {
            let fault = model.shelf.fault(doc);
            lines.extend(fault.map(ToString::to_string));
            lines.extend(others(model));
        }
        (_, Some(doc)) if model.shelf.document(doc).is_some() => {
            lines.push("this document is empty".into());
            lines.extend(others(model));
        }
        (_, Some(doc)) => lines.push(format!("reading {} …", model.shelf.entry(doc).path)),
        (_, None) if model.awaited.is_some() => lines.push("reading …".into()),
        (_, None) => {
            let root = &model.shelf.library.root;
            let root = if root == Path::new(".") { "this folder".into() } else { root.display().to_string() };
            let quit = model.key_of(Action::Quit);
            lines.push("No documents here".into());
            lines.push(format!("Looked for .txt, .text and .md files in {root}"));
            // That there are none is said; what is there instead, or what else is wrong, is not.
            lines.extend(model.messages.iter().map(|message| match &message.help {
                Some(help) if message.message == NO_DOCUMENTS => help.clone(),
                _ => message.to_string(),
            }));
            lines.push("A file that is put there appears here by itself.".into());
            lines.push(format!("{quit} quits; postil FOLDER opens another folder."));
        }
    }
    write(&lines, area, painter);
}

/// How to go on to another document, where there is one.
fn others(model: &Model) -> Option<String> {
    let keys = |action| model.key_of(action);
    let line =
        || format!("{} and {} go to other documents", keys(Action::NextDocument), keys(Action::PreviousDocument));
    (model.shelf.len() > 1).then(line)
}

/// The sidebar where there are no topics of the reader's own, and none that is about anything here.
pub fn no_topics(area: Area, painter: &mut Painter<'_>) {
    let lines = [
        "No topics yet. In a config.toml beside the documents:".to_owned(),
        "[topics.trade]\nlabel = \"Trade\"\nterms = [\"tariff*\"]".to_owned(),
        "is a first one, seen at once.".to_owned(),
    ];
    write(&lines, Area { x: area.x + 2, width: area.width.saturating_sub(3), ..area }, painter);
}

/// Writes paragraphs, whose lines are kept, with a blank row between them.
fn write(paragraphs: &[String], area: Area, painter: &mut Painter<'_>) {
    let mut y = area.y;
    let style = painter.theme.dim;
    for paragraph in paragraphs {
        for line in paragraph.lines() {
            for row in wrap::rows(line, usize::from(area.width).max(1)) {
                if y < area.bottom() {
                    painter.text(area.x, y, area.width, &line[row], style);
                }
                y += 1;
            }
        }
        y += 1;
    }
}
