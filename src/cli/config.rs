//! `postil config`: the settings in force, as TOML keys, and with `--show-origin` where each is from.

use super::args::ConfigArgs;
use super::output::Out;
use super::{Exit, Global, Outcome, open};

pub fn run(args: &ConfigArgs, global: &Global, out: &mut Out) -> Outcome {
    open::all_there(&args.paths.paths)?;
    let config = open::settings(&args.paths.paths, global)?;
    let topics = format!("topics ({} of them)", open::dictionary(&config)?.topics.len());
    let written = |key: &str, value: &str| if value.is_empty() { key.to_owned() } else { format!("{key} = {value}") };
    let mut rows: Vec<_> =
        config.origins.iter().map(|o| (written(&o.key, &o.value), o.layer, o.path.display().to_string())).collect();
    rows.push((topics, config.topics.layer, config.topics.path.display().to_string()));
    let width = rows.iter().map(|(row, ..)| row.chars().count()).max().unwrap_or(0);
    for (row, layer, path) in rows {
        if args.show_origin {
            out.line(&format!("{row:width$}  {layer}: {path}"))?;
        } else {
            out.line(&row)?;
        }
    }
    Ok(Exit::Done)
}
