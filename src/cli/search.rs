//! `postil search`: as `/` on the screen, every hit in its line.

use crate::export::found;
use crate::search::Query;

use super::args::{SearchArgs, SearchFormat};
use super::output::Out;
use super::{Global, Outcome, open};

pub fn run(args: &SearchArgs, global: &Global, out: &mut Out) -> Outcome {
    let query = Query::parse(&args.query)?.folded_too(args.all);
    let config = open::settings(&args.paths.paths, global)?;
    let opened = open::library(&config)?;
    let mut count = 0;
    if args.format == SearchFormat::Csv && !args.count {
        out.line(found::CSV_HEADER)?;
    }
    let exit = opened.each(
        |document| found::of(document, &query.find(&document.clean), args.context),
        |hits| {
            count += hits.len();
            for hit in hits.iter().filter(|_| !args.count) {
                match args.format {
                    SearchFormat::Text => {
                        let (before, after) = hit.line();
                        out.marked(&before, &hit.text, &after)?;
                    }
                    SearchFormat::Jsonl => out.line(&hit.json())?,
                    SearchFormat::Csv => out.line(&hit.csv())?,
                }
            }
            Ok(!hits.is_empty())
        },
    )?;
    if args.count {
        out.line(&count.to_string())?;
    }
    Ok(exit)
}
