//! Messy text to clean paragraphs.
//!
//! ```text
//! normal ─▶ lines ─▶ page ─▶ order ─▶ model ─▶ head, kinds ─▶ hyphens, compose
//! ```
//!
//! Characters are [normalised](normal) and cut into [`lines`]. What is of the [`page`] and not of the text (running heads, numbers) is
//! taken out; what was read out of its turn, columns and footnotes, is put into [`order`]. Then the text's own habits are
//! measured, everything that can be seen at each line is gathered, and weighed for all lines together ([`model`]). The
//! [`head`] is read, paragraphs get the [`kinds`] that only place and wording give, and [`compose`] writes the clean text, [`hyphens`]
//! healed, with the way back. The lines lie in a [`flow`] all the while. Time is proportional to the size.

mod compose;
mod contents;
mod dates;
mod flow;
mod head;
mod hyphens;
mod kinds;
mod lines;
mod model;
mod normal;
mod order;
mod page;
mod settled;
#[cfg(test)]
mod tests;

use flow::Flow;
use lines::look::Look;
use model::shape::Shape;
use model::{Model, entries, sight};
use order::{columns, footnotes, margins, sections, strays};
use page::margin;

pub use hyphens::vocabulary::{Gathered, Vocabulary};

use super::decode::Decoded;
use super::{Clean, Kind};

/// For `tests/tools`, which fit the model and measure the rules.
#[doc(hidden)]
pub mod lab {
    pub use super::model::cues::{Cue, CueSet};
    pub use super::model::{KINDS, LABELS, Model, kind, starts};
    use super::{Decoded, prepare, sight};
    pub use super::{Rules, clean_with};

    /// What stands at each line-end hyphen of `text` and on the next line, and whether the hyphen stays.
    pub fn hyphens<'t>(text: &'t str, rules: &Rules) -> Vec<(&'t str, &'t str, bool)> {
        let flow = super::Flow::new(super::lines::split(text).0);
        let evidence = super::hyphens::Evidence::gather(&flow, None, rules);
        let pairs = flow.lines.windows(2).map(|pair| (pair[0].text, pair[1].text));
        let read = |(above, below)| {
            let stays = evidence.decide(above, below)?.reading != super::hyphens::Reading::Join;
            Some((above, below, stays))
        };
        pairs.filter_map(read).collect()
    }

    /// The lines that the model labels, and what can be seen at each.
    pub fn lines(decoded: &Decoded, rules: &Rules) -> Vec<(String, CueSet)> {
        let normal = super::normal::normalise(&decoded.text);
        let (flow, shape) = prepare(&normal.text, rules);
        let seen = sight::gather(&flow, &shape);
        flow.lines.iter().map(|line| line.text.to_owned()).zip(seen).collect()
    }
}

/// Which rules are in force: all of them, but where their worth is measured.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Rules {
    /// Take out running heads and page numbers.
    pub furniture: bool,
    /// Read columns one after the other.
    pub columns: bool,
    /// Follow footnotes by number.
    pub footnotes: bool,
    /// Put back what was read before its turn.
    pub strays: bool,
    /// Weigh all lines together, rather than part paragraphs at blank lines and indents alone.
    pub model: bool,
    /// Read title, author, date and source.
    pub head: bool,
    /// Measure lines as typeset, not in characters alone.
    pub ems: bool,
    /// Words of this text decide hyphens.
    pub document_words: bool,
    /// Words of the library do.
    pub library_words: bool,
    /// The word list does.
    pub word_list: bool,
    /// Prefixes, numbers and acronyms do.
    pub affixes: bool,
    /// Where another mark breaks words, "-" does not.
    pub own_mark: bool,
    /// Kinds from place and wording.
    pub kinds: bool,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            furniture: true,
            columns: true,
            footnotes: true,
            strays: true,
            ems: true,
            model: true,
            head: true,
            document_words: true,
            library_words: true,
            word_list: true,
            affixes: true,
            own_mark: true,
            kinds: true,
        }
    }
}

impl Rules {
    /// Every rule by its name.
    pub fn switches(&mut self) -> Vec<(&'static str, &mut bool)> {
        vec![
            ("furniture", &mut self.furniture),
            ("columns", &mut self.columns),
            ("footnotes", &mut self.footnotes),
            ("strays", &mut self.strays),
            ("ems", &mut self.ems),
            ("model", &mut self.model),
            ("head", &mut self.head),
            ("document-words", &mut self.document_words),
            ("library-words", &mut self.library_words),
            ("word-list", &mut self.word_list),
            ("affixes", &mut self.affixes),
            ("own-mark", &mut self.own_mark),
            ("kinds", &mut self.kinds),
        ]
    }
}

/// Cleans a decoded text. `beside` are the words of the texts that lie beside it.
pub fn clean(decoded: &Decoded, beside: Option<&Gathered>) -> Clean {
    clean_with(decoded, beside, &Rules::default(), &Model::default())
}

/// [`clean`] with some rules off and other weights.
#[doc(hidden)]
pub fn clean_with(decoded: &Decoded, beside: Option<&Gathered>, rules: &Rules, model: &Model) -> Clean {
    let normal = normal::normalise(&decoded.text);
    let (mut flow, shape) = prepare(&normal.text, rules);
    let cues = sight::gather(&flow, &shape);
    std::iter::zip(&mut flow.lines, &cues).for_each(|(line, cues)| line.close = sight::is_close(*cues, line));
    let labels = model.read(&cues);
    let mut of: Vec<_> = labels.iter().map(|&label| model::kind(label as usize)).collect();
    let starts: Vec<bool> = match flow.lines.len() <= SNIPPET && flow.lines.iter().all(|line| line.cells <= 160) {
        true => std::iter::zip(&flow.lines, &of).map(|(line, kind)| starts_in_snippet(line, *kind)).collect(),
        false if !rules.model => (0..flow.lines.len()).map(|i| starts_plainly(&flow, i)).collect(),
        false => labels.iter().map(|&label| model::starts(label as usize)).collect(),
    };
    let goes_on = |(start, look): (bool, &Look)| start && !look.goes_on;
    let mut starts: Vec<bool> = std::iter::zip(starts, &flow.looks).map(goes_on).collect();
    if rules.model && flow.lines.len() > SNIPPET {
        settled::part(&flow, &mut starts, &mut of);
    }
    if let Some(below) = page::cover::below_cover(&flow) {
        starts[below] = true;
    }
    let mut blocks = compose::blocks(&mut flow, &starts, &of);
    if rules.kinds {
        kinds::links::fold(&mut blocks);
    }
    let mut head = if rules.head { head::read(&mut blocks) } else { super::Head::default() };
    if rules.kinds {
        kinds::settle(&mut blocks, &head);
    }
    head::read_signature(&mut head, &blocks);
    head::read_foot(&mut head, &mut blocks);
    head::leave_text(&mut head, &mut blocks);
    let evidence = hyphens::Evidence::gather(&flow, beside, rules);
    let (mut out, map) = compose::Writer::new(&evidence, normal.text.len()).write(&blocks, &flow);
    let map = match &normal.map {
        Some(inner) => map.through(inner),
        None => map,
    };
    out.map = map.through(&decoded.map);
    out.head = head;
    out.encoding = decoded.encoding;
    out.encoding_guessed = decoded.guessed;
    out
}

/// Where paragraphs begin by blank lines and indents alone.
fn starts_plainly(flow: &Flow, i: usize) -> bool {
    i == 0 || flow.lines[i].blanks > 0 || flow.lines[i].indent >= flow.lines[i - 1].indent + 2
}

/// Lines of a text that is too short to have habits.
const SNIPPET: usize = 3;

/// In so short a text only what is beyond doubt starts a paragraph.
fn starts_in_snippet(line: &lines::Line, kind: Kind) -> bool {
    line.blanks > 0 || matches!(kind, Kind::List | Kind::Separator)
}

/// The lines in reading order, what interrupts them taken out, and the habits of the text.
fn prepare<'a>(text: &'a str, rules: &Rules) -> (Flow<'a>, Shape) {
    let (lines, feeds) = lines::split(text);
    let mut flow = Flow::new(lines);
    if rules.furniture {
        margin::take_out(&mut flow);
    }
    sections::mark(&mut flow, feeds);
    if rules.furniture {
        page::take_out(&mut flow, feeds);
    }
    let unfolded = rules.columns && columns::unfold(&mut flow);
    if feeds && !unfolded {
        margins::align(&mut flow);
    }
    if rules.footnotes {
        footnotes::take_out(&mut flow);
    }
    if rules.strays {
        strays::put_back(&mut flow);
    }
    flow.close_up();
    flow.part_outdented();
    flow.hand_down_marks();
    flow.close_rows();
    entries::go_on(&mut flow);
    flow.join_titles();
    sections::hand_down(&mut flow);
    let shape = Shape::of(&flow, rules.ems);
    (flow, shape)
}
