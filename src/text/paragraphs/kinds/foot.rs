//! What a page has below its text under words that no list knows: titles of other texts, each perhaps with its first words, and the
//! lines that call for them.
//!
//! A heading with no text under it heads nothing, and words that break off in "…" under one invite to read elsewhere. Both are
//! known only from the foot of the page upwards, where a line that is surely of the page stands.

use super::{links, site};
use crate::text::Kind;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::head;
use crate::text::paragraphs::lines::look::{self, Ends};

/// Longest first words of another text, and longest line that calls for something, in bytes.
const TEASER: usize = 240;
const CALL: usize = 40;

/// Makes boilerplate of what stands at the foot of a page and heads nothing.
pub fn fold(blocks: &mut [Block]) {
    let Some(last) = blocks.iter().rposition(|block| !matches!(block.kind, Kind::Separator | Kind::Footnote)) else {
        return;
    };
    if blocks[last].kind != Kind::Boilerplate {
        return;
    }
    let mut i = last;
    while i > 0 {
        match blocks[i].kind {
            Kind::Boilerplate | Kind::Separator | Kind::Footnote => {}
            Kind::Heading | Kind::Body | Kind::List if let Some(first) = links::labelled(blocks, i) => {
                blocks[first..=i].iter_mut().for_each(|block| block.kind = Kind::Boilerplate);
                i = first;
            }
            Kind::Heading if heads_nothing(blocks, i) => blocks[i].kind = Kind::Boilerplate,
            Kind::Body if is_teaser(blocks, i) || calls(blocks, i) => blocks[i].kind = Kind::Boilerplate,
            _ => return,
        }
        i = i.saturating_sub(1);
    }
}

/// Whether heading `i` stands right above what is of the page, not of the page's furniture.
fn heads_nothing(blocks: &[Block], i: usize) -> bool {
    blocks[i].lines.len() <= 2 && blocks.get(i + 1).is_some_and(|below| below.kind == Kind::Boilerplate)
}

/// Whether paragraph `i` breaks off under a heading.
fn is_teaser(blocks: &[Block], i: usize) -> bool {
    let length = blocks[i].length();
    let last = blocks[i].lines.last().map_or("", |line| line.text);
    length <= TEASER
        && last.ends_with(['…', '.'])
        && (last.ends_with('…') || last.ends_with("..."))
        && blocks[i - 1].kind == Kind::Heading
}

/// Whether paragraph `i` is a few words above a title, or above what one is called to do: "Keep reading".
fn calls(blocks: &[Block], i: usize) -> bool {
    let [line] = &blocks[i].lines[..] else { return false };
    let text = line.text;
    let below = blocks.get(i + 1).map(head::text_of).unwrap_or_default();
    text.len() <= CALL
        && line.blanks > 0
        && text.starts_with(char::is_uppercase)
        && look::ends(text) == Ends::Open
        && text.split(' ').skip(1).any(|word| word.starts_with(char::is_lowercase))
        && !text.contains(',')
        && !site::is_copyright(&below)
        && !below.starts_with('©')
}
