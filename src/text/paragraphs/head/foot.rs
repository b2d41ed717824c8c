//! What the foot of a text says of it where its head does not, and what is left of a text that seems all head.

use super::bylines::{SEGMENTS, Said, parse};
use super::names::is_name;
use super::publishers::copyright_holder;
use super::text_of;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::lines::GAP;
use crate::text::{Head, Kind};

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
