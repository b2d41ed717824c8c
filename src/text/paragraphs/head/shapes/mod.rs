//! The shapes that lines of a head have, in the order in which a paragraph is shown to them. A shape that takes a paragraph has
//! noted what it says, and no other is asked; what none takes is no line of the head.
//!
//! What is beyond doubt comes first: what is of the page, then lines that say what they are, then those whose place tells it,
//! and last those that have nothing but the form of a title or of a name.

mod authors;
mod kinds;
mod page;
mod said;
mod sources;
mod title;

use super::reading::Reading;

/// A shape of a line, or of a few, in a head.
pub(super) struct Shape {
    pub place: Place,
    /// Takes paragraph `i`, whose text is given, or leaves it to the next shape.
    pub takes: fn(&mut Reading, usize, &str) -> bool,
}

/// Where a shape stands.
pub(super) enum Place {
    /// In the head, or a little behind it.
    Anywhere,
    /// Behind the head: the first prose is above, or begins there.
    Behind,
    /// In the head.
    Inside,
    /// In the head, no title above it.
    AboveTitle,
    /// In the head, its title above.
    BelowTitle,
}

impl Place {
    /// Whether paragraph `i` is such a place.
    pub(super) fn holds(&self, reading: &Reading, i: usize) -> bool {
        let inside = reading.is_inside(i);
        match self {
            Self::Anywhere => true,
            Self::Behind => !inside,
            Self::Inside => inside,
            Self::AboveTitle => inside && reading.title.is_none(),
            Self::BelowTitle => inside && reading.title.is_some(),
        }
    }
}

/// Every shape, the first to be asked first.
pub(super) static SHAPES: [Shape; 36] = {
    use Place::{AboveTitle, Anywhere, Behind, BelowTitle, Inside};
    const fn at(place: Place, takes: fn(&mut Reading, usize, &str) -> bool) -> Shape {
        Shape { place, takes }
    }
    [
        // What is read already, or no line of a head.
        at(Anywhere, page::read_already),
        at(Anywhere, page::folded),
        at(Inside, page::of_site),
        at(Behind, said::version),
        at(Anywhere, page::too_long),
        at(BelowTitle, page::title_again),
        // What kind of text it is, and of which series.
        at(Anywhere, kinds::series),
        at(AboveTitle, kinds::kicker),
        at(BelowTitle, kinds::numbered_paper),
        // Lines that say what they are.
        at(AboveTitle, title::beside_author),
        at(Inside, said::interview),
        at(Anywhere, said::said),
        at(Behind, title::above_byline),
        // What stands around the title.
        at(AboveTitle, page::running_head),
        at(Inside, authors::another),
        at(BelowTitle, authors::by_place),
        at(AboveTitle, sources::party),
        at(AboveTitle, sources::site),
        at(AboveTitle, sources::masthead),
        at(AboveTitle, sources::paper),
        at(AboveTitle, sources::proceedings),
        at(AboveTitle, title::greeting),
        at(AboveTitle, title::manual),
        at(AboveTitle, kinds::item),
        at(AboveTitle, title::subject),
        at(BelowTitle, kinds::affiliation_or_genre),
        at(Inside, kinds::between),
        // What has the form of a title or of a name.
        at(AboveTitle, title::entry),
        at(Inside, title::formless),
        at(Inside, sources::letterhead),
        at(AboveTitle, sources::publisher_above),
        at(AboveTitle, authors::above_title),
        at(AboveTitle, title::title),
        at(BelowTitle, title::goes_on),
        at(BelowTitle, authors::below_title),
        at(BelowTitle, sources::publisher_below),
    ]
};
