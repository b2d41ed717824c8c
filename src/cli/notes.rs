//! `postil notes`: notes without a screen.

mod add;
mod check;
mod gather;
mod import;

use std::path::PathBuf;

use jiff::Timestamp;

use crate::config::Config;
use crate::diag::{Diagnostic, Severity};
use crate::export::notes as export;
use crate::notes::{Author, Book, Ids, Pen, Record, Saved, Store, StoreError};

use super::args::notes::{By, ExportArgs, ExportFormat, ListArgs, ListFormat, NotesArgs, NotesCommand};
use super::open::{self, Opened};
use super::output::{Out, say};
use super::{Exit, Fault, Global, Outcome};

pub fn run(args: &NotesArgs, global: &Global, out: &mut Out) -> Outcome {
    match &args.command {
        NotesCommand::List(args) => list(args, global, out),
        NotesCommand::Export(args) => export(args, global, out),
        NotesCommand::Import(args) => import::run(args, global, out),
        NotesCommand::Check(args) => check::run(args, global, out),
        NotesCommand::Add(args) => add::run(args, global, out),
    }
}

fn list(args: &ListArgs, global: &Global, out: &mut Out) -> Outcome {
    let desk = Desk::open(args.library.path.as_ref(), global)?;
    let entries = gather::entries(&desk, &args.which)?;
    match args.format {
        ListFormat::Table => out.text(&export::table(&entries))?,
        ListFormat::Jsonl => out.text(&export::listed(&entries))?,
    }
    Ok(if entries.is_empty() { Exit::Nothing } else { Exit::Done })
}

fn export(args: &ExportArgs, global: &Global, out: &mut Out) -> Outcome {
    let desk = Desk::open(args.library.path.as_ref(), global)?;
    let entries = gather::entries(&desk, &args.which)?;
    let group = match args.by {
        By::Document => export::Group::Document,
        By::Topic => export::Group::Topic,
        By::Date => export::Group::Date,
    };
    out.text(&match args.format {
        ExportFormat::Markdown => export::markdown(&entries, group),
        ExportFormat::Json => export::json(&entries),
        ExportFormat::Csv => export::csv(&entries),
        ExportFormat::Jsonld => export::jsonld(&entries),
    })?;
    Ok(if entries.is_empty() { Exit::Nothing } else { Exit::Done })
}

/// A library with its notes.
struct Desk {
    config: Config,
    opened: Opened,
    store: Store,
    book: Book,
    author: Author,
    ids: Ids,
}

impl Desk {
    /// Opens it, and says what is wrong with the notes.
    fn open(path: Option<&PathBuf>, global: &Global) -> Result<Self, Fault> {
        let (desk, diagnostics) = Self::quiet(path, global)?;
        diagnostics.iter().filter(|d| d.severity > Severity::Note).for_each(say);
        Ok(desk)
    }

    /// Opens it, and answers what is wrong with the notes.
    fn quiet(path: Option<&PathBuf>, global: &Global) -> Result<(Self, Vec<Diagnostic>), Fault> {
        let paths: Vec<PathBuf> = path.into_iter().cloned().collect();
        let config = open::settings(&paths, global)?;
        let opened = open::library(&config)?;
        let loaded = Store::open(&opened.library.root);
        let (store, records) = loaded.value;
        let mut book = Book::new();
        book.extend(records);
        let name = config.settings.notes.author.clone().unwrap_or_default();
        let author = Author { writer: store.writer().to_owned(), name };
        Ok((Self { config, opened, store, book, author, ids: Ids::random() }, loaded.diagnostics))
    }

    /// Makes a record.
    fn record(&mut self, make: impl FnOnce(&Book, &mut Pen<'_>) -> Record) -> Record {
        make(&self.book, &mut Pen { author: &self.author, now: Timestamp::now(), ids: &mut self.ids })
    }
}

/// Says what there is to say of a record that is on disk, or why it is not.
fn told(saved: Result<Saved, StoreError>) -> Result<(), Fault> {
    match saved {
        Ok(saved) => {
            saved.note.iter().for_each(say);
            Ok(())
        }
        Err(error) => Err(Fault::Usage(error.diagnostic())),
    }
}
