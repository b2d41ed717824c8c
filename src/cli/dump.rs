//! `postil dump`: the clean model of documents.

use crate::export::dump;

use super::args::{DumpArgs, DumpFormat, Paths};
use super::output::Out;
use super::{Global, Outcome, open};

pub fn run(args: &DumpArgs, global: &Global, out: &mut Out) -> Outcome {
    let config = open::settings(&args.paths.paths, global)?;
    let opened = open::library(&config)?;
    let several = opened.library.entries.len() > 1;
    opened.each(
        |document| match args.format {
            DumpFormat::Json => dump::json(document, args.raw),
            DumpFormat::Text => dump::text(document, args.all),
        },
        |text| {
            out.text(&text)?;
            if several && args.format == DumpFormat::Text {
                out.line("\u{c}")?;
            }
            Ok(true)
        },
    )
}

/// What `postil PATH` prints where there is no screen to read on.
pub fn plain(paths: &Paths, global: &Global, out: &mut Out) -> Outcome {
    run(&DumpArgs { paths: paths.clone(), format: DumpFormat::Text, raw: false, all: false }, global, out)
}
