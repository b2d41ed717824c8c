//! What the foot of a text says of it where its head does not, and what is left of a text that seems all head.

use super::bylines::{SEGMENTS, Said, parse};
use super::names::{is_given, is_like_name, is_name, names};
use super::publishers::copyright_holder;
use super::text_of;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::lines::{GAP, letters};
use crate::text::{Head, Kind};

/// Most paragraphs from the top among which a letter is opened, and from its end among which it is signed.
const OPENED: usize = 16;
const SIGNED: usize = 8;

/// Who signs a letter, right below its one closing line, has written it where nothing else says who did.
pub fn read_signature(head: &mut Head, blocks: &[Block]) {
    let opened = || lines_of(&blocks[..blocks.len().min(OPENED)]).any(letters::is_salutation);
    if !head.authors.is_empty() || !opened() {
        return;
    }
    // Whose name stands above the letter, and last of all.
    if let (Some(first), Some(last)) = (lines_of(blocks).next(), lines_of(blocks).last())
        && first == last
        && is_name(first)
    {
        head.authors = names(first);
        return;
    }
    let end: Vec<&str> = lines_of(&blocks[blocks.len().saturating_sub(SIGNED)..]).collect();
    let mut closings = lines_of(blocks).filter(|text| letters::is_closing(text));
    if let (Some(closing), None) = (closings.next(), closings.next())
        && let Some(at) = end.iter().position(|text| *text == closing)
        && let Some(who) = end.get(at + 1).filter(|who| is_name(who) || is_given(who) && is_like_name(who))
    {
        head.authors = names(who);
    }
}

fn lines_of<'t>(blocks: &'t [Block<'t>]) -> impl Iterator<Item = &'t str> {
    blocks.iter().flat_map(|block| &block.lines).map(|line| line.text)
}

/// Fills what the head left open from the foot: a line that says when or where the text was published.
pub fn read_foot(head: &mut Head, blocks: &mut [Block]) {
    if head.title.is_none() && head.authors.is_empty() {
        return;
    }
    let foot = blocks.len().saturating_sub(12);
    for block in &mut blocks[foot..] {
        // "Posted by Ann Lee at 10:14 PM"
        if head.authors.is_empty() && block.lines[0].text.starts_with("Posted by ") {
            let posted = block.lines[0].text.split(SEGMENTS).next().unwrap_or("").trim_end();
            for said in parse(posted).unwrap_or_default() {
                if let Said::Authors(who) = said {
                    head.authors = who;
                    block.kind = Kind::Meta;
                }
            }
        }
        if block.kind != Kind::Boilerplate {
            continue;
        }
        // A page's number may stand beside it.
        let text = match &block.lines[..] {
            [line] => line.text.split(GAP).next().unwrap_or("").to_owned(),
            _ => text_of(block),
        };
        if head.source.is_none()
            && let Some(holder) = copyright_holder(&text).filter(|holder| !is_name(holder))
        {
            head.source = Some(holder);
        }
    }
}

/// A text is never all head: where nothing would be left to read, what was taken for the head is the text.
pub fn leave_text(head: &mut Head, blocks: &mut [Block]) {
    if blocks.iter().any(|block| !block.kind.is_folded() && block.kind != Kind::Separator) {
        return;
    }
    for block in blocks.iter_mut().filter(|block| block.kind == Kind::Meta) {
        block.kind = Kind::Body;
    }
    if head.authors.is_empty() && head.date.is_none() && head.source.is_none() {
        head.title = None;
    }
}
