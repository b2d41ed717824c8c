//! How far the head of a text reaches: to its first prose, or to where a letter is opened.

use super::FRONT;
use crate::text::Kind;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::lines::letters;
use crate::text::paragraphs::lines::look::{self, Ends};
use crate::text::paragraphs::lines::marks;

/// How far the head reaches.
pub(super) struct Front {
    /// Paragraphs before the first prose.
    pub limit: usize,
    /// Paragraphs among which a byline or date still belongs to it.
    pub explicit: usize,
}

/// Whether a paragraph is prose, which ends the head. The first of all is where it is one sentence.
pub(super) fn prose(block: &Block, opening: bool) -> bool {
    let length = block.length();
    let last = block.lines.last().map_or("", |line| line.text);
    match block.kind {
        Kind::Body => {
            let stops = look::ends(last) == Ends::Stop;
            length > 130 || stops && (length > 40 && block.lines.len() > 1 || length > 80 && opening)
        }
        // The first numbered paragraph of a report or a judgment, not an item above a title.
        Kind::List => {
            let numbered = marks::find(block.lines[0].text).is_some_and(|mark| mark.number > 0);
            let whole = numbered && block.lines.len() > 1 && look::ends(last) == Ends::Stop;
            length > 130 && opening || length > 90 && whole
        }
        _ => false,
    }
}

pub(super) fn front(blocks: &[Block]) -> Front {
    // What stands first of all and is a sentence is no line of a head.
    let first = blocks.iter().position(|block| block.kind != Kind::Boilerplate).unwrap_or(0);
    let limit = blocks
        .iter()
        .take(FRONT)
        .enumerate()
        .position(|(i, block)| prose(block, i == first))
        .unwrap_or(blocks.len().min(FRONT));
    let explicit =
        blocks.iter().take(FRONT).enumerate().filter(|(_, block)| prose(block, false)).nth(1).map_or(FRONT, |(i, _)| i);
    Front { limit, explicit }
}

/// Where a letter is opened: what stands above that is no title.
pub(super) fn salutation(blocks: &[Block], limit: usize) -> usize {
    let opens = |block: &Block| block.lines.len() == 1 && letters::is_salutation(block.lines[0].text);
    blocks[..blocks.len().min(limit + 1)].iter().position(opens).unwrap_or(0)
}
