//! `postil screen`: the frame after some keys, as text and, if wanted, as styles with a legend. What
//! it shows is what the reader draws: the same model, the same view, jobs done one by one.

use std::sync::Arc;

use crate::app::{self, Effect, Event, Model, Size};
use crate::config::Layer;
use crate::keys::{Key, notation};
use crate::topics::Matcher;
use crate::tui::desk::Desk;
use crate::ui;

use super::args::ScreenArgs;
use super::output::Out;
use super::{Exit, Fault, Global, Outcome, open};

pub fn run(args: &ScreenArgs, global: &Global, out: &mut Out) -> Outcome {
    let config = open::settings(&args.paths.paths, global)?;
    let dictionary = open::dictionary(&config)?;
    let keys =
        notation::parse(&args.keys).map_err(|fault| Fault::from(crate::diag::Diagnostic::error(fault.to_string())))?;
    let matcher = Arc::new(Matcher::new(&dictionary));
    // A picture leaves no trace in the library and in the reader's own state.
    let mut desk = Desk::new(&config, open::options(&config)).without_a_trace();
    // As reproducible builds do: a time that stands gives the same screen every day.
    if let Some(seconds) = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.parse().ok()) {
        desk = desk.at(seconds);
    }
    let are_built_in = config.topics.layer == Layer::BuiltIn;
    let size = Size { columns: args.size.0, rows: args.size.1 };
    let mut model = Model::new(size, Arc::new(config.settings), Arc::new(dictionary), matcher);
    model.topics.are_built_in = are_built_in;
    let mut session = Session { model, desk };
    session.start();
    for key in keys {
        session.press(key);
    }
    let picture = ui::picture::of(&session.model);
    out.text(&picture.text)?;
    if args.colour {
        out.text(&picture.styles)?;
    }
    Ok(Exit::Done)
}

/// A reader without a terminal: effects are run at once.
struct Session {
    model: Model,
    desk: Desk,
}

impl Session {
    fn start(&mut self) {
        self.run(app::start());
    }

    fn press(&mut self, key: Key) {
        let effects = app::update(&mut self.model, Event::Key(key));
        self.run(effects);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        self.desk.run(effects, |event| app::update(&mut self.model, event));
    }
}
