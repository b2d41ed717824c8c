//! Names around the title of what a text is from: a paper, a site, a court, an institution.

use crate::text::Kind;
use crate::text::paragraphs::head::place;
use crate::text::paragraphs::head::publishers::{self, is_publisher, publisher};
use crate::text::paragraphs::head::reading::Reading;
use crate::text::paragraphs::head::titles::{names_part, titled_below};

/// Words of a title that may stand above a letter: the lines of a letterhead have fewer.
const TITLED: usize = 4;

/// The parties of a case, and what else stands at the top of a court's papers, which have no title but "A v. B".
pub(super) fn party(reading: &mut Reading, i: usize, text: &str) -> bool {
    reading.case && !text.contains(" v. ") && !names_part(text) && reading.meta(i)
}

/// The name of a site, above its parts.
pub(super) fn site(reading: &mut Reading, i: usize, _: &str) -> bool {
    reading.site.contains(&i) && reading.meta(i)
}

/// The name of a paper above its date or number.
pub(super) fn masthead(reading: &mut Reading, i: usize, text: &str) -> bool {
    if reading.head.source.is_some() {
        return false;
    }
    let Some(lines) = place::masthead(reading.blocks, i, reading.front.limit) else { return false };
    reading.head.source = Some(publisher(text));
    (i..i + lines).all(|i| reading.meta(i))
}

/// The name of a paper, right above a title with its byline. Where pages have numbers it may be their running head.
pub(super) fn paper(reading: &mut Reading, i: usize, text: &str) -> bool {
    if !place::is_paper_above(reading.blocks, i, text, reading.front.limit) {
        return false;
    }
    if reading.head.source.is_none() && !place::has_pages(reading.blocks) {
        reading.head.source = Some(publisher(text));
    }
    reading.meta(i)
}

/// "Proceedings of the Fourth Conference on Ports"
pub(super) fn proceedings(reading: &mut Reading, i: usize, text: &str) -> bool {
    if !titled_below(reading.blocks, i, reading.front.limit) {
        return false;
    }
    let Some(name) = publishers::proceedings(text) else { return false };
    reading.head.source.get_or_insert_with(|| name.to_owned());
    reading.meta(i)
}

/// The sender, the address, the place above a letter: none is its title.
pub(super) fn letterhead(reading: &mut Reading, i: usize, text: &str) -> bool {
    let lines = reading.blocks[i].lines.len();
    let numbered = || text.starts_with(|c: char| c.is_ascii_digit());
    if i >= reading.letter || !(lines > 1 || text.split(' ').count() < TITLED || numbered()) {
        return false;
    }
    if reading.head.source.is_none() && is_publisher(text) && lines == 1 {
        reading.head.source = Some(publisher(text));
        reading.meta(i);
    }
    true
}

/// "Institute of Trade" above a title.
pub(super) fn publisher_above(reading: &mut Reading, i: usize, text: &str) -> bool {
    let above =
        reading.head.source.is_none() && is_publisher(text) && titled_below(reading.blocks, i, reading.front.limit);
    if above {
        reading.head.source = Some(publisher(text));
        reading.blocks[i].kind = Kind::Meta;
    }
    above
}

/// "Institute of Trade" below the title, with nothing but lines of the head between.
pub(super) fn publisher_below(reading: &mut Reading, i: usize, text: &str) -> bool {
    let below = reading.head.source.is_none() && is_publisher(text) && reading.follows_title(i);
    if below {
        reading.head.source = Some(publisher(text));
        reading.blocks[i].kind = Kind::Meta;
    }
    below
}
