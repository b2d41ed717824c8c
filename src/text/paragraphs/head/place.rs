//! What lines of a head are for where they stand: a title alone above the text, the name of a paper above its date, the name of a
//! site above its parts, an author below a subtitle.

use std::ops::Range;

use super::bylines::{SEGMENTS, Said, is_explicit, parse};
use super::kickers::is_kicker;
use super::names::{
    ARTICLES, is_given, is_ideographic_name, is_name, is_name_in_capitals, may_be_name, name_with_role, names,
};
use super::publishers::{
    copyright_holder, has_kind, is_collection, is_employer, is_institution, is_paper, is_publisher,
};
use super::roles::is_role;
use super::serials::{is_number, is_symbol, opens_volume};
use super::titles::{has_byline_below, is_above_head, is_above_titled, is_like_title, is_title};
use super::{FRONT, TITLE, text_of};
use crate::text::Kind;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::dates;
use crate::text::paragraphs::kinds::site;
use crate::text::paragraphs::lines::letters;
use crate::text::paragraphs::lines::look::{self, Ends};
use crate::text::paragraphs::lines::{self, GAP, Line};
use crate::text::paragraphs::page::numbers::page_number;

/// Longest title that stands alone above the text, in bytes, and the words it has at least.
const ALONE: usize = 72;
const FEWEST_ALONE: usize = 2;

/// Whether a line in small letters is a title for standing alone above the text: nothing but lines of the head are above, and
/// whole sentences below. What begins a text in the middle has more lines, or a mark at its end.
pub(super) fn is_title_alone(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    let block = &blocks[i];
    let words = text.split(' ').count();
    let sentence = |at: usize| {
        blocks.get(at).is_some_and(|below| {
            let (first, last) = (below.lines[0].text, below.lines[below.lines.len() - 1].text);
            below.kind == Kind::Body
                && below.lines[0].blanks > 0
                && !first.starts_with(char::is_lowercase)
                && look::ends(last) == Ends::Stop
                && (below.lines.len() > 1 || first.split(' ').count() >= 5)
        })
    };
    // On a page of its own what it heads is no matter.
    let cover = || {
        let below = blocks.get(i + 1).map(|below| &below.lines[0]);
        below.is_some_and(|below| below.page > block.lines[0].page && !below.text.starts_with(char::is_lowercase))
    };
    matches!(block.kind, Kind::Body | Kind::Heading)
        && block.lines.len() == 1
        && (sentence(i + 1) && (i + 1 >= limit || sentence(i + 2)) || cover())
        && text.len() <= ALONE
        && words >= FEWEST_ALONE
        && blocks[..i].iter().all(|above| above.kind.is_folded() || is_kicker(&text_of(above)))
        && is_like_title(block, text)
        && !text.contains(['@', '=', ':', ','])
        && !letters::greets(text)
        && text.ends_with(|c: char| c.is_alphabetic() || matches!(c, '?' | '!' | '”' | '»'))
}

/// Whether paragraph `i` is the title of a paper of an assembly, set in below the lines of its head, its symbol among them.
pub(super) fn is_title_set_in(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    let symbol = |line: &Line| line.text.split(GAP).any(|part| is_symbol(part.trim()));
    i < limit
        && matches!(blocks[i].kind, Kind::Body | Kind::Quote | Kind::Heading)
        && blocks[i].lines[0].blanks > 0
        && blocks[..i].iter().filter(|above| above.kind == Kind::Meta).count() >= 3
        && blocks[..i].iter().all(|above| above.kind.is_folded())
        && blocks[..i].iter().flat_map(|above| &above.lines).any(symbol)
        && is_like_title(&blocks[i], text)
}

/// Whether `blocks` begin as the papers of a court do, where parties stand above and below "v." and name no title.
pub(super) fn is_case(blocks: &[Block]) -> bool {
    let lines = || blocks.iter().take(FRONT).flat_map(|block| &block.lines);
    let versus = |text: &str| {
        let bare = text.trim_matches(|c: char| matches!(c, ')' | '(' | ' ' | '-' | '–'));
        matches!(bare, "v." | "vs." | "v") || bare.starts_with("v. ") || text == "- and -"
    };
    let court = |text: &str| text.split([' ', ',']).any(|word| word == "COURT");
    lines().take(6).any(|line| court(line.text)) && lines().any(|line| versus(line.text) || line.text.contains(" v. "))
}

/// Whether paragraph `i` is a list of the parts of a site, each on its line, below what is surely of the site.
pub(super) fn is_stack(blocks: &[Block], i: usize) -> bool {
    i > 0
        && blocks[i - 1].kind == Kind::Boilerplate
        && blocks[i].lines.len() >= 3
        && blocks[i].lines.iter().all(|line| {
            let words = line.text.split(' ').count();
            words <= 2
                && line.text.len() <= 20
                && line.text.starts_with(char::is_uppercase)
                && look::ends(line.text) == Ends::Open
        })
}

/// Whether paragraph `i` is a number that counts what readers did, above what they are called to do: "12", "Share".
pub(super) fn is_count(blocks: &[Block], i: usize) -> bool {
    let is_number = |text: &str| text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    let number = |at: usize| blocks.get(at).is_some_and(|block| block.lines.iter().all(|line| is_number(line.text)));
    let calls = |at: usize| blocks.get(at).is_some_and(|block| site::is_part_of_site(block.lines[0].text));
    number(i) && (calls(i + 1) || number(i + 1) && calls(i + 2))
}

/// The paragraphs that name a site: its parts stand below them, and then a title that is right above its byline.
pub(super) fn name_of_site(blocks: &[Block], limit: usize) -> Range<usize> {
    let of_site = |block: &Block| {
        let text = text_of(block);
        (site::are_crumbs(block.lines[0].text) || site::is_page_line(&text) || site::is_part_of_site(&text))
            && parse(&text).is_none()
    };
    let Some(first) = (0..limit).find(|&at| !of_site(&blocks[at])) else { return 0..0 };
    let Some(parts) = (first + 1..limit.min(first + 4)).find(|&at| of_site(&blocks[at])) else { return 0..0 };
    let named = |at: usize| {
        let name = blocks.get(at + 1).map(text_of).unwrap_or_default();
        is_name(&name) && is_above_head(blocks, at + 1, limit)
    };
    let titled = (parts + 1..limit.min(parts + 4))
        .any(|at| is_like_title(&blocks[at], &text_of(&blocks[at])) && (has_byline_below(blocks, at) || named(at)));
    if titled { first..parts } else { 0..0 }
}

/// Whether paragraph `i` is a running head: the name of a publisher parts it from a title that is right above its byline.
pub(super) fn is_above_publisher(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    let Some(publisher) = blocks.get(i + 1).filter(|_| i + 2 < limit).map(text_of) else { return false };
    blocks[i].lines.len() == 1
        && is_title(&blocks[i], text)
        && !is_publisher(text)
        && (is_publisher(&publisher) || is_paper(&publisher))
        && is_above_titled(blocks, i + 1, limit)
}

/// Whether paragraph `i` is the name of a paper by its words, and a title that is right above its byline stands next below.
pub(super) fn is_paper_above(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    let subtitle =
        |text: &str| text.starts_with("A ") || text.starts_with("An ") || text.starts_with(char::is_lowercase);
    let rights = holds_rights(blocks, text);
    let titled = |at: usize| {
        let text = text_of(&blocks[at]);
        blocks[at].lines[0].blanks > 0 && is_title(&blocks[at], &text) && parse(&text).is_none() && !is_name(&text)
    };
    (is_paper(text) || rights)
        && blocks[i].lines.len() == 1
        && (is_above_titled(blocks, i, limit) || rights && i + 1 < limit && titled(i + 1))
        && blocks.get(i + 1).is_some_and(|below| !subtitle(&text_of(below)))
}

/// Whether the last paragraphs say that `name` holds the rights: "© 2014 The Salt Road".
fn holds_rights(blocks: &[Block], name: &str) -> bool {
    blocks[blocks.len().saturating_sub(LAST)..]
        .iter()
        .any(|block| copyright_holder(&text_of(block)).is_some_and(|holder| holder == name))
}

/// Paragraphs at the end among which the lives of authors stand.
const LAST: usize = 8;

/// Whether one of the last paragraphs tells who `name` is: "Ann Lee teaches …".
pub(super) fn has_bio(blocks: &[Block], name: &str) -> bool {
    const TELLS: [&str; 12] =
        ["is", "was", "teaches", "has", "writes", "works", "served", "serves", "est", "ist", "es", "è"];
    let lower = name.to_lowercase();
    let unnamed = |text: &str| {
        ["The writer is ", "The author is ", "The writer was "].iter().any(|start| text.starts_with(start))
    };
    blocks[blocks.len().saturating_sub(LAST)..].iter().any(|block| {
        let text = text_of(block);
        let rest = text.get(..name.len()).filter(|start| start.to_lowercase() == lower).map(|_| &text[name.len()..]);
        let tells = rest.and_then(|rest| rest.trim_start_matches(',').trim_start().split(' ').next());
        unnamed(&text) || tells.is_some_and(|word| TELLS.contains(&word))
    })
}

/// Whether `text`, right below the title, names its author since the end of the text tells of them.
pub(super) fn is_name_with_bio(blocks: &[Block], text: &str) -> bool {
    (may_be_name(text) || is_name_in_capitals(text)) && has_bio(blocks, text)
}

/// Whether paragraph `i` names a series, and a title that blank lines part from it stands below.
pub(super) fn is_series_above(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    is_collection(text)
        && blocks[i].lines.len() == 1
        && blocks.get(i + 1).filter(|_| i + 1 < limit).is_some_and(|below| {
            let text = text_of(below);
            below.lines[0].blanks > 0 && is_title(below, &text) && parse(&text).is_none() && !is_name(&text)
        })
}

/// Whether pages of the text have numbers: then its first line may be their running head.
pub(super) fn has_pages(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| block.kind == Kind::Boilerplate && page_number(block.lines[0].text).is_some())
}

/// Most bytes of a page.
const PAGE: usize = 8000;

/// Whether all of the text is one page that has a number, prose below its first line: nothing tells that line from a running head.
pub(super) fn is_single_page(blocks: &[Block]) -> bool {
    let number = |block: &&Block| block.kind == Kind::Boilerplate && page_number(block.lines[0].text).is_some();
    blocks.get(1).is_some_and(|below| below.kind == Kind::Body)
        && blocks.iter().map(Block::length).sum::<usize>() <= PAGE
        && blocks.iter().filter(number).count() == 1
}

/// Whether the last paragraphs are those of a blog: "Posted by Ann Lee at 10:14 PM".
fn is_blog(blocks: &[Block]) -> bool {
    blocks[blocks.len().saturating_sub(LAST)..].iter().any(|block| block.lines[0].text.starts_with("Posted by "))
}

/// How many paragraphs from `i` on are the name of a paper: its date stands right below it, or its number, and then a title that
/// is right above its byline. What kind of paper it is may stand below its name.
pub(super) fn masthead(blocks: &[Block], i: usize, limit: usize) -> Option<usize> {
    let text = text_of(&blocks[i]);
    let of_issue = |at: usize| {
        at < limit
            && (is_issue_row(&blocks[at])
                || blocks[at].kind == Kind::Boilerplate && page_number(blocks[at].lines[0].text).is_some()
                || parse(&text_of(&blocks[at]))
                    .is_some_and(|said| said.iter().all(|said| matches!(said, Said::Date(_) | Said::Nothing))))
    };
    // What the paper is stands right below its name: "A weekly letter on ports".
    let said_below = i + 2 < limit && !of_issue(i + 1) && blocks[i + 1].lines[0].blanks == 0 && of_issue(i + 2);
    let first = i + 1 + usize::from(said_below);
    let end = (first..limit).find(|&at| !of_issue(at)).unwrap_or(limit);
    let close = blocks.get(i + 1).is_some_and(|below| below.lines[0].blanks == 0 || text_of(below).starts_with("No"));
    let titled = |at: usize| {
        let text = text_of(&blocks[at]);
        blocks[at].lines[0].blanks > 0 && is_like_title(&blocks[at], &text) && !is_name(&text) && parse(&text).is_none()
    };
    // "Press Release" tells that a ministry says something, not that a name in capitals is a paper's.
    let says = has_kind(&text) || is_institution(&text);
    let tells_issue = |block: &Block| {
        let text = text_of(block);
        is_issue_row(block) || names_issue(&text) || says && is_kicker(&text)
    };
    let numbered = || {
        !text.ends_with(|c: char| c.is_ascii_digit())
            && blocks[first..end].iter().any(tells_issue)
            && (looks_like_paper(&text) || is_blog(blocks))
    };
    let named = blocks[i].lines.len() == 1
        && text.split(' ').count() <= 6
        && (is_title(&blocks[i], &text) || is_paper(&text) && is_like_title(&blocks[i], &text))
        && !is_name(&text)
        && end > first
        && ((end..limit.min(end + 2)).any(|at| titled(at) && is_above_head(blocks, at, limit)) && close
            || end < limit && numbered() && titled(end));
    named.then_some(first - i)
}

/// "Saturday 19 September 1987", "Issue 88 · 3 October 2022": a line that tells which paper of many, not when a text was written.
fn names_issue(text: &str) -> bool {
    let number = |part: &str| is_number(part.trim()) || opens_volume(part.trim()) && parse(part.trim()).is_some();
    let season = || text.split(' ').next().is_some_and(dates::is_season) && dates::read(text).is_some();
    text.split(SEGMENTS).any(number) || dates::begins_with_weekday(text) || season()
}

/// "Number 17                    Easter 1999": the number of an issue and what else tells it, side by side.
fn is_issue_row(block: &Block) -> bool {
    let [line] = &block.lines[..] else { return false };
    lines::gap(line.text).is_some() && line.text.split(GAP).next().is_some_and(is_number)
}

/// Whether `text` is in capitals, or begins with an article, or has a word for papers.
fn looks_like_paper(text: &str) -> bool {
    !text.chars().any(char::is_lowercase)
        || text.split(' ').next().is_some_and(|word| word == "The" || ARTICLES.contains(&word))
        || is_paper(text)
        || has_kind(text)
        || is_institution(text)
}

/// Who wrote the text, by a line below its title: "Ann Lee, Institute of Trade", or a name that a subtitle alone parts from it.
pub(super) fn author_by_place(
    blocks: &[Block],
    title: usize,
    i: usize,
    text: &str,
    named: &[usize],
    limit: usize,
) -> Option<Vec<String>> {
    let unread: Vec<usize> = (title + 1..i).filter(|between| !named.contains(between)).collect();
    let subtitle = |&at: &usize| at == title + 1 && blocks[at].length() <= TITLE && !is_name(&text_of(&blocks[at]));
    if i >= limit || blocks[i].lines.len() > 1 || unread.len() > 1 || !unread.iter().all(subtitle) {
        return None;
    }
    if let Some(who) = name_with_role(text) {
        return Some(names(who));
    }
    // "Ann Lee (Institute of Trade)"
    if let Some((who, what)) = text.strip_suffix(')').and_then(|text| text.split_once(" ("))
        && (is_name(who) || is_ideographic_name(who))
        && (is_employer(what) || what.ends_with(['学', '院', '所']))
    {
        return Some(names(who));
    }
    let told = || {
        blocks.get(i + 1).filter(|_| i + 1 < limit).is_some_and(|below| {
            let below = text_of(below);
            is_role(&below)
                || has_kind(&below) && !is_name(&below)
                || is_explicit(&below) && parse(&below).is_some()
                || copyright_holder(&below).is_some_and(|holder| holder == text)
        })
    };
    let stack = || blocks.get(i + 1).filter(|_| i + 1 < limit).is_some_and(|below| is_name(&text_of(below)));
    let sure = || is_given(text) || names(text).len() > 1 || told() || stack();
    let named_below = unread.len() == 1 && is_name(text) && sure();
    let capitals = is_name_in_capitals(text) && told();
    (named_below || capitals).then(|| names(text))
}
