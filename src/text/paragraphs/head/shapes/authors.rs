//! Names that are authors for where they stand.

use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::head::bylines::parse;
use crate::text::paragraphs::head::names::{
    is_given, is_ideographic_name, is_name, may_be_name, name_with_role, names,
};
use crate::text::paragraphs::head::place::{author_by_place, is_name_with_bio};
use crate::text::paragraphs::head::publishers::is_publisher;
use crate::text::paragraphs::head::reading::Reading;
use crate::text::paragraphs::head::stacks::{is_stacked, opens_stack, tells_of_author};
use crate::text::paragraphs::head::text_of;
use crate::text::paragraphs::head::titles::{is_above_book, is_above_head, is_above_titled};
use crate::text::paragraphs::lines::letters;
use crate::text::paragraphs::lines::look::{self, Ends};

/// Right below an author another one, or what the author is and where they belong.
pub(super) fn another(reading: &mut Reading, i: usize, text: &str) -> bool {
    if reading.author.is_none() || reading.author != i.checked_sub(1) || letters::is_salutation(text) {
        return false;
    }
    let (blocks, limit) = (&*reading.blocks, reading.front.limit);
    let who = name_with_role(text).unwrap_or(text);
    // Below "By Ann Lee" a name by its form alone may be whom she writes for.
    let doubtful = reading.byline == Some(i - 1) && !is_given(who);
    let named = !doubtful
        && (is_name(who)
            || may_be_name(text) && is_above_head(blocks, i, limit)
            || reading.byline.is_none() && is_stacked(blocks, i, text, limit));
    if !named && !tells_of_author(blocks, i, text, limit) {
        return false;
    }
    if named {
        reading.head.authors.extend(names(who));
    }
    reading.author = Some(i);
    reading.meta(i)
}

/// "Ann Lee, Institute of Trade" below the title, or a name that a subtitle alone parts from it.
pub(super) fn by_place(reading: &mut Reading, i: usize, text: &str) -> bool {
    if !reading.head.authors.is_empty() || !reading.is_unsaid(i) {
        return false;
    }
    let Some(who) = reading
        .title
        .and_then(|title| author_by_place(reading.blocks, title, i, text, &reading.named, reading.front.limit))
    else {
        return false;
    };
    sign(reading, i, who)
}

/// A name above the title.
pub(super) fn above_title(reading: &mut Reading, i: usize, text: &str) -> bool {
    let (blocks, limit) = (&*reading.blocks, reading.front.limit);
    let named = reading.is_unsaid(i)
        && (is_given(text) && is_above_titled(blocks, i, limit) || is_name(text) && is_above_book(blocks, i, limit));
    named && sign(reading, i, names(text))
}

/// A name below the title, with nothing but lines of the head between.
pub(super) fn below_title(reading: &mut Reading, i: usize, text: &str) -> bool {
    let (blocks, limit) = (&*reading.blocks, reading.front.limit);
    let named = reading.head.authors.is_empty()
        && reading.is_unsaid(i)
        && (is_name(text)
            || is_ideographic_name(text)
            || may_be_name(text) && is_above_head(blocks, i, limit)
            || is_name_with_bio(blocks, text)
            || opens_stack(blocks, i, text, limit))
        && (reading.follows_title(i) || below_standfirst(blocks, reading.title, i));
    named && sign(reading, i, names(text))
}

/// Paragraph `i` says `who` wrote the text.
fn sign(reading: &mut Reading, i: usize, who: Vec<String>) -> bool {
    reading.head.authors = who;
    reading.author = Some(i);
    reading.meta(i)
}

/// Whether one sentence alone parts paragraph `i` from the title, and a date or a publisher follows.
fn below_standfirst(blocks: &[Block], title: Option<usize>, i: usize) -> bool {
    let sentence = |block: &Block| look::ends(&text_of(block)) == Ends::Stop;
    title.is_some_and(|title| title + 2 == i && sentence(&blocks[title + 1]))
        && blocks.get(i + 1).is_some_and(|below| {
            let text = text_of(below);
            is_publisher(&text) || parse(&text).is_some()
        })
}
