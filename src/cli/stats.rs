//! `postil stats`: topics counted everywhere, in each document, or together in paragraphs.

use crate::export::stats::{self, Counts, Row};
use crate::topics::Matcher;

use super::args::{StatsArgs, StatsBy, TagFormat};
use super::output::Out;
use super::{Global, Outcome, open};

pub fn run(args: &StatsArgs, global: &Global, out: &mut Out) -> Outcome {
    let config = open::settings(&args.paths.paths, global)?;
    let dictionary = open::dictionary(&config)?;
    let matcher = Matcher::new(&dictionary);
    let opened = open::library(&config)?;
    let mut all = Vec::new();
    let exit = opened.each(
        |document| Counts::of(&dictionary, document, matcher.tag(document)),
        |counts| {
            let any = counts.hits() > 0;
            all.push(counts);
            Ok(any)
        },
    )?;
    let rows: Vec<Row> = match args.by {
        StatsBy::Topic => stats::by_topic(&dictionary, &all),
        StatsBy::Document => stats::by_document(&dictionary, &all),
        StatsBy::Together => stats::together(&dictionary, &all),
    };
    match args.format {
        TagFormat::Table => out.text(&stats::table(&rows))?,
        TagFormat::Csv => out.text(&stats::csv(&rows))?,
        TagFormat::Jsonl => out.text(&stats::jsonl(&rows))?,
    }
    Ok(exit)
}
