//! `postil`: the reader on the terminal.

use std::env;
use std::sync::Arc;

use crate::app::lesson::Lesson;
use crate::app::{Model, Size};
use crate::config::Layer;
use crate::diag::Diagnostic;
use crate::topics::Matcher;
use crate::tui::colour::Wish;
use crate::tui::environment::Environment;
use crate::tui::reader::{self, Begun, Options};

use super::args::{ReadArgs, Render, When};
use super::{Exit, Fault, Global, Outcome, open};

/// `lesson`: the tutor's steps, to be walked on the way.
pub fn run(args: &ReadArgs, lesson: Option<Lesson>, global: &Global) -> Outcome {
    let wish = match global.color {
        When::Auto => Wish::Auto,
        When::Always => Wish::Always,
        When::Never => Wish::Never,
    };
    let environment = Environment::read(wish, &|name| env::var(name).ok());
    if let Some(why) = environment.refusal() {
        return Err(Diagnostic::error(why).into());
    }
    let paths = &args.paths.paths;
    let no_terminal = |error| Fault::Usage(Diagnostic::error(format!("no terminal to read on: {error}")));
    // What was asked for is listed while the settings are read, and what it holds first while the topics are.
    let mut begun = Begun::new(paths).map_err(no_terminal)?;
    // What is wrong with the settings is said on the screen, and the rest counts.
    let (mut config, mut diagnostics) = open::lenient(paths, global)?;
    begun.settle(&config, open::options(&config));
    let are_built_in = config.topics.layer == Layer::BuiltIn;
    let coloured = environment.depth != crate::tui::colour::Depth::None;
    let options = Options { environment, plain: args.render == Render::Plain, coloured };
    let model = || {
        let dictionary = config.take_dictionary();
        diagnostics.extend(dictionary.diagnostics);
        let dictionary = Arc::new(dictionary.value);
        let matcher = Arc::new(Matcher::later(Arc::clone(&dictionary)));
        let mut model = Model::new(Size::default(), Arc::new(config.settings), dictionary, matcher);
        model.topics.are_built_in = are_built_in;
        model.lesson = lesson;
        // What is wrong with the keys the model has found itself.
        diagnostics.append(&mut model.messages);
        model.report(diagnostics);
        model
    };
    reader::run(model, begun, &options).map_err(no_terminal)?;
    Ok(Exit::Done)
}
