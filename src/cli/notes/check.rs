//! `postil notes check`: what is damaged, has lost its place or waits to be settled.

use crate::diag::{Diagnostic, Location, Severity};
use crate::export::notes::Entry;
use crate::notes::{Drafts, State};

use super::super::args::notes::{CheckNotesArgs, Which};
use super::super::output::Out;
use super::super::{Exit, Global, Outcome};
use super::{Desk, gather};

pub fn run(args: &CheckNotesArgs, global: &Global, out: &mut Out) -> Outcome {
    let (desk, mut found) = Desk::quiet(args.library.path.as_ref(), global)?;
    let entries = gather::entries(&desk, &Which::default())?;
    found.extend(entries.iter().filter_map(told));
    found.extend(desk.book.headless().iter().map(|id| {
        Diagnostic::warning(format!("changes of note {id} are there, but not its beginning"))
            .help("the log that holds it is damaged, or has not arrived yet")
    }));
    let drafts = Drafts::new(desk.store.places()).left_over();
    found.extend(drafts.diagnostics);
    found.extend(drafts.value.iter().map(|draft| {
        Diagnostic::new(Severity::Warning, format!("an unsent note on {} waits", draft.target.doc.path))
            .help("open the library to go on with it")
    }));
    for diagnostic in &found {
        out.line(&diagnostic.to_string())?;
    }
    if found.iter().any(|diagnostic| diagnostic.severity > Severity::Note) {
        return Ok(Exit::Nothing);
    }
    let places = entries.iter().map(|entry| &entry.about.path).collect::<std::collections::BTreeSet<_>>();
    let [notes, documents] = [(entries.len(), "note"), (places.len(), "document")].map(counted);
    out.line(&format!("{notes} in {documents}, nothing to mend"))?;
    Ok(Exit::Done)
}

/// `1 note`, `3 notes`.
fn counted((count, what): (usize, &str)) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What a reader has to look at.
fn told(entry: &Entry) -> Option<Diagnostic> {
    let note = &entry.note;
    let said = match entry.state {
        State::Orphan if note.quote().is_empty() => "the document of this note is gone".to_owned(),
        State::Orphan => format!("the passage of this note is gone: {:?}", short(note.quote())),
        State::Unsure => format!("the passage of this note may have moved: {:?}", short(note.quote())),
        State::Sure if note.is_conflict() => "this note has several texts".to_owned(),
        State::Sure => return None,
    };
    let help = format!("note {}: {:?}", note.id, short(note.body()));
    Some(Diagnostic::warning(said).at(Location::file(&entry.about.path)).help(help))
}

fn short(text: &str) -> String {
    crate::text::width::shorten(&text.split_whitespace().collect::<Vec<_>>().join(" "), 40, "…")
}
