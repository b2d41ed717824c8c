//! What is read already, and what is of the page: no line of a head.

use crate::text::Kind;
use crate::text::paragraphs::head::TITLE;
use crate::text::paragraphs::head::bylines::{Said, parse};
use crate::text::paragraphs::head::place::{is_above_publisher, is_count, is_stack};
use crate::text::paragraphs::head::reading::Reading;
use crate::text::paragraphs::head::titles::is_set_apart;
use crate::text::paragraphs::kinds::site;

/// A line of the record, or one that was taken together with another.
pub(super) fn read_already(reading: &mut Reading, i: usize, _: &str) -> bool {
    let known = reading.record.lines.contains(&i) || reading.named.contains(&i);
    if known {
        reading.named.push(i);
    }
    known
}

/// What is of the page already, and ornaments.
pub(super) fn folded(reading: &mut Reading, i: usize, _: &str) -> bool {
    let folded = matches!(reading.blocks[i].kind, Kind::Boilerplate | Kind::Separator);
    if folded {
        reading.named.push(i);
    }
    folded
}

/// Paths on a site, its parts, what counts its readers: "Home > Essays".
pub(super) fn of_site(reading: &mut Reading, i: usize, text: &str) -> bool {
    let lines = &reading.blocks[i].lines;
    let of_page = site::is_page_line(text)
        || site::is_part_of_site(text)
        || site::are_crumbs(lines[0].text) && lines.len() == 1
        || match reading.title {
            None => is_stack(reading.blocks, i),
            Some(_) => is_count(reading.blocks, i),
        };
    of_page && !says_who_or_when(text) && reading.boilerplate(i)
}

/// Whether a line names an author or a day: it is of the head, whatever else stands in it.
fn says_who_or_when(text: &str) -> bool {
    let tells = |said: &Said| matches!(said, Said::Authors(_) | Said::Date(_) | Said::LesserDate(_));
    text.len() <= 160 && parse(text).is_some_and(|said| said.iter().any(tells))
}

pub(super) fn too_long(_: &mut Reading, _: usize, text: &str) -> bool {
    text.len() > TITLE
}

/// The title of a cover comes again above the text.
pub(super) fn title_again(reading: &mut Reading, i: usize, text: &str) -> bool {
    reading.head.title.as_deref() == Some(text) && reading.meta(i)
}

/// A running head above the title.
pub(super) fn running_head(reading: &mut Reading, i: usize, text: &str) -> bool {
    let blocks = &*reading.blocks;
    let above = is_set_apart(blocks, i, text) || is_above_publisher(blocks, i, text, reading.front.limit);
    above && reading.boilerplate(i)
}
