//! `postil stats`: topics counted everywhere, in each document, term by term, or together in paragraphs.

use crate::corpus::Document;
use crate::export::stats::{self, Counts, Row, TermCounts};
use crate::topics::{Dictionary, Matcher, Standing};

use super::args::{StatsArgs, StatsBy, TagFormat};
use super::open::Opened;
use super::output::Out;
use super::{Exit, Fault, Global, Outcome, open};

pub fn run(args: &StatsArgs, global: &Global, out: &mut Out) -> Outcome {
    let config = open::settings(&args.paths.paths, global)?;
    let dictionary = open::dictionary(&config)?;
    let matcher = Matcher::new(&dictionary);
    let opened = open::library(&config)?;
    let rows_of: fn(&Dictionary, &[Counts]) -> Vec<Row> = match args.by {
        StatsBy::Topic => stats::by_topic,
        StatsBy::Document => stats::by_document,
        StatsBy::Place => stats::by_place,
        StatsBy::Together => stats::together,
        StatsBy::Term => {
            let standing = |document: &Document| {
                let mut standing = vec![Standing::default(); dictionary.terms.len()];
                matcher.standing(document, &mut standing);
                TermCounts::of(&standing)
            };
            let (all, exit) = gather(&opened, standing, |counts| counts.hits() > 0)?;
            return print(args.format, &stats::by_term(&dictionary, &all), exit, out);
        }
    };
    let count = |document: &Document| Counts::of(&dictionary, document, matcher.tag(document));
    let (all, exit) = gather(&opened, count, |counts| counts.hits() > 0)?;
    print(args.format, &rows_of(&dictionary, &all), exit, out)
}

/// What `work` makes of each document.
fn gather<T: Send>(
    opened: &Opened,
    work: impl Fn(&Document) -> T + Sync,
    has_any: impl Fn(&T) -> bool,
) -> Result<(Vec<T>, Exit), Fault> {
    let mut all = Vec::new();
    let exit = opened.each(work, |counts| {
        let any = has_any(&counts);
        all.push(counts);
        Ok(any)
    })?;
    Ok((all, exit))
}

fn print(format: TagFormat, rows: &[Row], exit: Exit, out: &mut Out) -> Outcome {
    match format {
        TagFormat::Table => out.text(&stats::table(rows))?,
        TagFormat::Csv => out.text(&stats::csv(rows))?,
        TagFormat::Jsonl => out.text(&stats::jsonl(rows))?,
    }
    Ok(exit)
}
