//! Authors who stand one below the other, with what they are and where they belong between.
//!
//! One of them has to be a name for itself. What stands close to it on a line of its own may then be made of words that
//! any title has too.

use super::kickers::is_kicker;
use super::names::{is_like_name, is_name, may_be_place, undecorated};
use super::publishers::{has_kind, is_employer, is_paper};
use super::roles::{is_office, is_role};
use super::titles::{is_above_head, names_part};
use super::{is_affiliation, parse, text_of};
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::lines::wording;

/// Words of the longest name in a stack.
const WORDS: usize = 4;

/// Whether `text` has the form of one name, and no word that tells something else.
pub(super) fn could_name(text: &str) -> bool {
    let name = undecorated(text);
    is_like_name(name)
        && name.chars().any(char::is_lowercase)
        && (2..=WORDS).contains(&name.split(' ').count())
        && !is_paper(name)
        && !is_kicker(name)
        && !is_role(name)
        && !names_part(name)
        && !may_be_place(name)
}

/// Whether paragraph `i`, right below an author, names another: a line of its own as close as that, with a line of the head or
/// a blank line below it.
pub(super) fn is_stacked(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    let ends = || match blocks.get(i + 1).filter(|_| i + 1 < limit) {
        Some(below) => {
            below.lines[0].blanks > 0
                || is_above_head(blocks, i, limit)
                || could_name(&text_of(below)) && below.lines.len() == 1
        }
        None => blocks
            .get(i + 1)
            .is_some_and(|below| below.lines[0].blanks > 0 || below.lines[0].page > blocks[i].lines[0].page),
    };
    blocks[i].lines.len() == 1 && blocks[i].lines[0].blanks == 0 && could_name(text) && ends()
}

/// Whether paragraph `i` opens a stack of names, the next of which is surely one.
pub(super) fn opens_stack(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    let Some(below) = blocks.get(i + 1).filter(|below| i + 1 < limit && below.lines[0].blanks == 0) else {
        return false;
    };
    let next = text_of(below);
    blocks[i].lines.len() == 1 && could_name(text) && is_name(&next) && is_stacked(blocks, i + 1, &next, limit)
}

/// Whether a line between the names of a stack says what someone is, or where they belong.
pub(super) fn tells_of_author(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    let joins = matches!(text, "and" | "und" | "et" | "y" | "e" | "with" | "&");
    let others = wording::behind(text, &["et al", "and others", "u. a.", "et al."]).is_some_and(|rest| rest.len() <= 4);
    let name_below = || {
        blocks.get(i + 1).filter(|_| i + 1 < limit).is_some_and(|below| {
            let name = text_of(below);
            is_name(&name) && !has_kind(&name)
        })
    };
    joins && name_below()
        || others
        || is_affiliation(text)
        || (is_role(text) || is_office(text))
        || (is_employer(text) || text.split(", ").any(is_employer)) && name_below() && parse(text).is_none()
}
