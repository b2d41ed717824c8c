//! Rows of links, as a page copied whole has them: short lines right below each other, none of which is a sentence.
//!
//! Several that are parts of a site tell that all are, and at the foot a label with a row below it is of the page where what stands
//! below that is.

use super::site;
use crate::text::Kind;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::lines::letters;
use crate::text::paragraphs::lines::look::{self, Ends};

/// Longest part of a site that stands in a row with others, and longest link at the foot of a page, in bytes.
const PART: usize = 32;
const LINK: usize = 100;
/// Fewest links in a row, and how many of them have to be known.
const ROW: usize = 3;
const KNOWN: usize = 2;
/// Longest part whose name is not known, in bytes.
const SHORT: usize = 20;

/// Makes boilerplate of rows of links.
pub fn fold(blocks: &mut [Block]) {
    let mut at = 0;
    while at < blocks.len() {
        let more = blocks[at + 1..].iter().take_while(|block| is_close(block) && is_link(block, PART)).count();
        let row = at..at + 1 + more;
        at = row.end;
        if !is_link(&blocks[row.start], PART) || row.len() < ROW {
            continue;
        }
        let row = row.start..row.start + known_part(&blocks[row]);
        if row.len() >= ROW {
            blocks[row].iter_mut().for_each(|block| block.kind = Kind::Boilerplate);
        }
    }
}

/// How many of the first lines of a row are parts of a site: those that are known, with one other at most between two of them,
/// and all of the row where what follows is several as short. A title may stand right below.
fn known_part(row: &[Block]) -> usize {
    let known = |block: &Block| {
        let text = block.lines[0].text;
        site::is_part_of_site(text) || site::is_page_line(text) || site::is_place(text)
    };
    let short = |block: &Block| {
        let text = block.lines[0].text;
        text.len() <= SHORT && text.split(' ').count() <= 2
    };
    let (mut end, mut times) = (0, 0);
    for (at, block) in row.iter().enumerate() {
        if known(block) {
            (end, times) = (at + 1, times + 1);
        } else if at > end {
            break;
        }
    }
    match &row[end..] {
        _ if times < KNOWN => 0,
        [_, _, ..] if row[end..].iter().all(short) => row.len(),
        _ => end,
    }
}

/// The first paragraph of the row of links that ends with paragraph `last`, or of the label above it; none where there is no row, or
/// nothing says what it is.
pub fn labelled(blocks: &[Block], last: usize) -> Option<usize> {
    let mut first = last;
    while first > 0 && is_link(&blocks[first], LINK) && is_close(&blocks[first]) {
        first -= 1;
    }
    let names = |at: usize| {
        is_link(&blocks[at], PART) && blocks[at].lines[0].blanks > 0 && !blocks[at].lines[0].text.contains(',')
    };
    if first == last || !is_link(&blocks[first], LINK) {
        return None;
    }
    // The label stands right above the links, or a blank line further up.
    let above = first.checked_sub(1).filter(|above| names(*above));
    above.or_else(|| (last - first >= KNOWN && names(first)).then_some(first))
}

/// Whether nothing stands between a paragraph and the one above.
fn is_close(block: &Block) -> bool {
    block.lines[0].blanks == 0
}

/// Whether a paragraph is one short line that is no sentence.
fn is_link(block: &Block, longest: usize) -> bool {
    let [line] = &block.lines[..] else { return false };
    matches!(block.kind, Kind::Body | Kind::Heading | Kind::List | Kind::Boilerplate | Kind::Caption)
        && line.text.len() <= longest
        && (look::ends(line.text) == Ends::Open || line.text.ends_with('?'))
        && !letters::is_address(line.text)
}
