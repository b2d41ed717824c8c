//! The title: by its label, by its form, or by its place.

use crate::text::Kind;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::head::fields::is_subject;
use crate::text::paragraphs::head::names::{is_name, names};
use crate::text::paragraphs::head::place::{is_name_with_bio, is_title_alone, is_title_set_in};
use crate::text::paragraphs::head::reading::Reading;
use crate::text::paragraphs::head::stacks::opens_stack;
use crate::text::paragraphs::head::titles::{
    is_above_byline, is_above_head, is_title, is_title_by_place, title_and_author, title_of,
};
use crate::text::paragraphs::kinds;
use crate::text::paragraphs::lines::{letters, wording};

/// The second column was read before the title, or its end: a byline tells the title right above.
pub(super) fn above_byline(reading: &mut Reading, i: usize, text: &str) -> bool {
    i < reading.front.explicit
        && reading.title.is_none()
        && reading.named.is_empty()
        && is_above_byline(reading.blocks, i, text)
        && reading.entitle(i, kinds::bare(text).to_owned())
}

/// "Harbour Manual          Ann Lee", where no other line says who wrote it.
pub(super) fn beside_author(reading: &mut Reading, i: usize, _: &str) -> bool {
    let [line] = &reading.blocks[i].lines[..] else { return false };
    if reading.byline.is_some() || !reading.head.authors.is_empty() || reading.case {
        return false;
    }
    let Some((title, who)) = title_and_author(line.text) else { return false };
    let title = title_of(title);
    reading.head.authors = names(who);
    reading.author = Some(i);
    reading.entitle(i, title)
}

/// "Dear friends" opens a text, and is no title.
pub(super) fn greeting(reading: &mut Reading, i: usize, text: &str) -> bool {
    letters::greets(text) && (i < reading.letter || !is_above_head(reading.blocks, i, reading.front.limit))
}

/// The first part of a manual's page: what it has for a title stands in it.
pub(super) fn manual(reading: &mut Reading, _: usize, text: &str) -> bool {
    let manual = text == "NAME";
    if manual {
        reading.end = 0;
    }
    manual
}

/// "Subject: Marks in the channel"
pub(super) fn subject(reading: &mut Reading, i: usize, text: &str) -> bool {
    is_subject(text) && reading.entitle(i, title_of(text))
}

/// What has neither the form of a title, nor that of a name below one, nor stands where a title would.
pub(super) fn formless(reading: &mut Reading, i: usize, text: &str) -> bool {
    let (blocks, limit) = (&*reading.blocks, reading.front.limit);
    let named_like = || {
        blocks[i].kind != Kind::List
            && (is_name(text) || is_name_with_bio(blocks, text) || opens_stack(blocks, i, text, limit))
            && !text.ends_with(',')
    };
    let by_place = || {
        is_title_by_place(blocks, i, text, limit)
            || i >= reading.letter && is_title_alone(blocks, i, text, limit)
            || is_title_set_in(blocks, i, text, limit)
    };
    if reading.title.is_none() && hangs(blocks, i) {
        return true;
    }
    !is_title(&blocks[i], text) && !if reading.title.is_some() { named_like() } else { by_place() }
}

/// Whether paragraph `i` hangs below a line that is none of the head: it is the end of that, not a title.
fn hangs(blocks: &[Block], i: usize) -> bool {
    let Some(above) = i.checked_sub(1).map(|above| &blocks[above]) else { return false };
    matches!(above.kind, Kind::Body | Kind::Quote | Kind::List)
        && blocks[i].lines[0].blanks == 0
        && blocks[i].lines[0].indent > above.lines[0].indent
        && blocks[i].lines[0].page == above.lines[0].page
}

/// The first of several entries: nothing below it names the text.
pub(super) fn entry(reading: &mut Reading, i: usize, text: &str) -> bool {
    let entry = text.bytes().any(|b| b.is_ascii_digit())
        && is_title(&reading.blocks[i], text)
        && is_entry(reading.blocks, i, text)
        && !is_above_head(reading.blocks, i, reading.front.limit);
    if entry {
        reading.end = 0;
    }
    entry
}

/// Whether other headings are the same but for their numbers: "Version 0.9.21", "Version 0.9.20". Each is an entry of a list.
fn is_entry(blocks: &[Block], i: usize, text: &str) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    let alike = |other: &str| {
        other != text
            && other.split(digit).filter(|part| !part.is_empty()).eq(text.split(digit).filter(|part| !part.is_empty()))
    };
    blocks[i + 1..]
        .iter()
        .any(|below| below.kind == Kind::Heading && below.lines.len() == 1 && alike(below.lines[0].text))
}

/// The first line that has the form of a title.
pub(super) fn title(reading: &mut Reading, i: usize, text: &str) -> bool {
    reading.entitle(i, title_of(text))
}

/// "The Next Step for", and below it "Greco-Turkish Relations"
pub(super) fn goes_on(reading: &mut Reading, i: usize, text: &str) -> bool {
    let last = reading.head.title.as_ref().and_then(|title| title.rsplit(' ').next());
    if reading.title != i.checked_sub(1) || !last.is_some_and(wording::is_function_word) {
        return false;
    }
    let above = reading.head.title.take().unwrap_or_default();
    reading.entitle(i, format!("{above} {}", title_of(text)))
}
