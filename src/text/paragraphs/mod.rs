//! Messy text to clean paragraphs.
//!
//! ```text
//! normal ─▶ lines ─▶ columns ─▶ furniture, footnotes out ─▶ shape ─▶ cues ─▶ model ─▶ kinds, head ─▶ compose
//! ```
//!
//! Characters are [normalised](normal), cut into [`lines`], put into reading order. What interrupts the text (page numbers,
//! running heads, footnotes) is taken out. Then the text's own habits are measured ([`shape`]), everything that can be seen at each line is
//! [gathered](cues), and [weighed](model) for all lines together. Paragraphs get the kinds that only place and wording give, the
//! [`head`] is read, and [`compose`] writes the clean text with the way back. Time is proportional to the size.

mod compose;
mod cues;
mod dates;
mod flow;
mod footnotes;
mod furniture;
mod glyphs;
mod head;
mod hyphens;
mod kinds;
mod lines;
mod look;
mod marks;
mod model;
mod normal;
mod shape;
mod vocabulary;
mod weights;

use flow::Flow;
use model::Model;
use shape::Shape;

pub use vocabulary::Vocabulary;

use super::Clean;
use super::decode::Decoded;

/// Which rules are in force: all of them, but where their worth is measured.
#[doc(hidden)]
#[derive(Clone, Debug)]
pub struct Rules {
    /// Take out running heads and page numbers.
    pub furniture: bool,
    /// Follow footnotes by number.
    pub footnotes: bool,
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
            footnotes: true,
            ems: true,
            document_words: true,
            library_words: true,
            word_list: true,
            affixes: true,
            own_mark: true,
            kinds: true,
        }
    }
}

/// Cleans a decoded text. `vocabulary` holds the words of the other documents of the library.
pub fn clean(decoded: &Decoded, vocabulary: Option<&Vocabulary>) -> Clean {
    clean_with(decoded, vocabulary, &Rules::default(), &Model::default())
}

/// [`clean`] with some rules off and other weights.
#[doc(hidden)]
pub fn clean_with(decoded: &Decoded, vocabulary: Option<&Vocabulary>, rules: &Rules, model: &Model) -> Clean {
    let normal = normal::normalise(&decoded.text);
    let (lines, feeds) = lines::split(&normal.text);
    let mut flow = Flow::new(lines);
    if rules.furniture {
        furniture::take_out(&mut flow, feeds);
    }
    if rules.footnotes {
        footnotes::take_out(&mut flow);
    }
    let shape = Shape::of(&flow, rules.ems);
    let cues = cues::gather(&flow, &shape);
    let labels = model.read(&cues);
    let starts: Vec<bool> = labels.iter().map(|&label| model::starts(label as usize)).collect();
    let of: Vec<_> = labels.iter().map(|&label| model::kind(label as usize)).collect();
    let mut blocks = compose::blocks(&mut flow, &starts, &of);
    let mut head = head::read(&mut blocks);
    if rules.kinds {
        kinds::settle(&mut blocks, &head);
    }
    head::read_foot(&mut head, &blocks);
    let evidence = hyphens::Evidence::gather(&flow, vocabulary, rules);
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
