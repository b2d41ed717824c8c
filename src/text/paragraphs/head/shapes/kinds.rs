//! Lines that say what kind of text it is, of which series, to which item of an agenda, for whom.

use crate::text::Kind;
use crate::text::paragraphs::head::bylines::parse;
use crate::text::paragraphs::head::is_affiliation;
use crate::text::paragraphs::head::kickers::{is_draft, is_genre, is_kicker, is_numbered_paper};
use crate::text::paragraphs::head::names::{is_given, is_name};
use crate::text::paragraphs::head::place::is_series_above;
use crate::text::paragraphs::head::publishers::{is_publisher, is_series};
use crate::text::paragraphs::head::reading::Reading;
use crate::text::paragraphs::head::serials::is_agenda;
use crate::text::paragraphs::head::text_of;
use crate::text::paragraphs::head::titles::{looks_titled, titled_below};

/// Words of a title that begins as the name of a series does.
const SERIES: usize = 6;

/// "Working Paper No. 3", "Studies in Shipping 12". "Annual Report on the State of the Channels" names a text that has no other
/// name.
pub(super) fn series(reading: &mut Reading, i: usize, text: &str) -> bool {
    let (blocks, limit) = (&*reading.blocks, reading.front.limit);
    let named = || text.split(' ').count() < SERIES || reading.title.is_some() || titled_below(blocks, i, limit);
    let of_series = is_series(text) && named() || reading.title.is_none() && is_series_above(blocks, i, text, limit);
    of_series && reading.meta(i)
}

/// "OPINION", "Chapter 3", "DRAFT" above a title, or where one would stand.
pub(super) fn kicker(reading: &mut Reading, i: usize, text: &str) -> bool {
    if !is_kicker(text) {
        return false;
    }
    if titled_below(reading.blocks, i, reading.front.limit) || is_draft(&text.to_lowercase()) {
        return reading.meta(i);
    }
    reading.kicker = Some(i);
    true
}

/// "Working Paper 18211" below the authors.
pub(super) fn numbered_paper(reading: &mut Reading, i: usize, text: &str) -> bool {
    is_numbered_paper(text) && is_kicker(text) && reading.meta(i)
}

/// What stands right below "Agenda item 41" is the item.
pub(super) fn item(reading: &mut Reading, i: usize, _: &str) -> bool {
    i > 0 && reading.blocks[i].lines[0].blanks == 0 && is_agenda(&text_of(&reading.blocks[i - 1])) && reading.meta(i)
}

/// "1 University of Tartu"; right below the title, "A Novel".
pub(super) fn affiliation_or_genre(reading: &mut Reading, i: usize, text: &str) -> bool {
    (is_affiliation(text) || reading.title == i.checked_sub(1) && is_genre(text)) && reading.meta(i)
}

/// "To the Friends of the Library": what stands between two lines of the head is of it.
pub(super) fn between(reading: &mut Reading, i: usize, text: &str) -> bool {
    let blocks = &*reading.blocks;
    let named_by = || is_name(text) && (reading.byline != i.checked_sub(1) || is_given(text));
    i > 0
        && blocks[i - 1].kind == Kind::Meta
        && Some(i - 1) != reading.title
        && (reading.title.is_some() || reading.spoken.is_some())
        && blocks.get(i + 1).is_some_and(|below| parse(&text_of(below)).is_some())
        && text.starts_with(|c: char| c.is_uppercase())
        && (text.starts_with("To the ") || looks_titled(text) && !named_by() && !is_publisher(text))
        && reading.meta(i)
}
