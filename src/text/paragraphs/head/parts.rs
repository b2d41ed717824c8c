//! Lines of a head that stand together, parted: the name of a series from the title, bylines from each other; and those that were
//! torn, put together.

use super::bylines::{SEGMENTS, Said, is_byline, is_cut_byline, is_explicit, names_no_whole_source, parse};
use super::front::prose;
use super::labels::BY;
use super::names::{are_names, is_name, is_name_in_capitals, may_be_name, name_with_role};
use super::publishers::{breaks_off, ends_in_its_kind, has_kind, is_collection, is_publisher, is_series, proceedings};
use super::roles::is_role;
use super::serials::is_number;
use super::stacks::could_name;
use super::titles::{looks_titled, names_part, title_and_author};
use super::{FRONT, NAME, is_affiliation, parse_row, text_of};
use crate::text::Kind;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::kinds::site;
use crate::text::paragraphs::lines::Line;
use crate::text::paragraphs::lines::wording;

/// Parts the name of the one who publishes, or of a series, from the title that stands right below it.
pub(super) fn part_names(blocks: &mut Vec<Block>) {
    let mut i = 0;
    while i < blocks.len().min(4) {
        let lines = &blocks[i].lines;
        let named = lines.len() >= 2
            && lines.len() <= 4
            && matches!(blocks[i].kind, Kind::Heading | Kind::Body | Kind::Meta)
            && (is_series(lines[0].text)
                || is_collection(lines[0].text)
                || is_publisher(lines[0].text) && !breaks_off(lines[0].text))
            && (is_number(lines[1].text)
                || looks_titled(lines[1].text)
                    && (lines[0].text.len() <= lines[1].text.len().max(NAME)
                        || opens(lines[1].text)
                        || lines[1].text.contains(": "))
                || is_series(lines[0].text) && is_publisher(lines[1].text));
        let row = lines.len() >= 2 && lines[0].text.contains('|') && site::is_part_of_site(lines[0].text);
        if named || row {
            cut(blocks, i, 1);
        }
        i += 1;
    }
}

/// Puts a byline that was wrapped within its date together again.
pub(super) fn mend_bylines(blocks: &mut Vec<Block>) {
    let cut = (1..blocks.len().min(FRONT)).find(|&i| {
        let (above, below) = (&blocks[i - 1].lines, &blocks[i].lines);
        above.len() == 1 && below.len() == 1 && is_cut_byline(above[0].text, below[0].text)
    });
    if let Some(i) = cut {
        let below = blocks.remove(i);
        blocks[i - 1].lines.extend(below.lines);
        blocks[i - 1].kind = Kind::Body;
    }
}

/// Parts paragraph `i` before its line `at`.
pub(super) fn cut(blocks: &mut Vec<Block>, i: usize, at: usize) {
    let below = Block { kind: blocks[i].kind, lines: blocks[i].lines.split_off(at), mark: None };
    blocks.insert(i + 1, below);
}

/// What stands on a line of its own above a name.
const BARE_BY: [&str; 20] = [
    "by",
    "By",
    "BY",
    "Statement of",
    "Testimony of",
    "Remarks by",
    "STATEMENT OF",
    "TESTIMONY OF",
    "REMARKS OF",
    "REMARKS BY",
    "Written Testimony of",
    "Written Statement of",
    "Prepared Statement of",
    "par",
    "Par",
    "PAR",
    "von",
    "Von",
    "por",
    "di",
];

/// Most lines of a head that stand without a blank line between, and their longest, in bytes.
const GLUED: usize = 10;
const GLUED_BYTES: usize = 480;

/// Parts lines that say what they are from a title, and from each other, where nothing else parts them.
pub(super) fn part_lines(blocks: &mut Vec<Block>) {
    let mut i = 0;
    while i < blocks.len().min(FRONT) {
        let block = &blocks[i];
        let kind = matches!(block.kind, Kind::Heading | Kind::Body | Kind::Meta | Kind::List | Kind::Quote);
        if block.kind == Kind::Body && prose(block, false) {
            return;
        }
        let length = block.length();
        if kind && (2..=GLUED).contains(&block.lines.len()) && length <= GLUED_BYTES {
            let starts = telling(&block.lines);
            for at in starts.into_iter().rev().filter(|at| *at > 0) {
                cut(blocks, i, at);
            }
        }
        i += 1;
    }
}

/// Where lines that say what they are begin among `lines`, and what stands behind them.
fn telling(lines: &[Line]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut i = 0;
    while i < lines.len() {
        let text = lines[i].text;
        let above = i.checked_sub(1).map(|above| lines[above].text);
        let dangles = above.is_some_and(|above| above.rsplit(' ').next().is_some_and(wording::is_function_word));
        let below = lines.get(i + 1).map(|line| line.text);
        let goes_on = below.is_some_and(|below| below.starts_with(char::is_lowercase) && !is_byline(below));
        let both = below.and_then(|below| {
            let row = |text: &str| text.contains(SEGMENTS);
            let open = text.ends_with([',', '|'])
                || names_no_whole_source(text) && !is_explicit(below)
                // "… | Via Council", "on Pacific Relations"; "… | Via Asian Affairs", "Forum"
                || row(text) && (below.starts_with(char::is_lowercase) || below.len() <= NAME && ends_in_its_kind(below))
                || row(below) && (row(text) || BY.open(text))
                || [" and", " by", " of"].iter().any(|word| text.ends_with(word));
            (open || BARE_BY.contains(&text)).then(|| format!("{text} {below}"))
        });
        let wrapped = both.is_some_and(|both| parse(&both).is_some() || is_name(&both))
            || below.is_some_and(|below| is_cut_byline(text, below));
        let belongs = || below.is_some_and(|below| has_kind(below) || is_role(below));
        let beside_name = || could_name(text) && (above.is_some_and(is_name) || below.is_some_and(is_name));
        let named = !dangles
            && !goes_on
            && (is_name(text)
                || i > 0 && beside_name()
                || name_with_role(text).is_some()
                || i == 0 && (is_name_in_capitals(text) || may_be_name(text)) && belongs());
        let small = text.starts_with(char::is_lowercase) && !names_surely(text);
        let role = is_role(text) && (starts.last() == Some(&i) || i == 0 && text.contains(", "));
        if wrapped
            || named
            || is_affiliation(text)
            || BARE_BY.contains(&text)
            || role
            || site::is_part_of_site(text)
            || title_and_author(text).is_some()
            || i > 0 && !dangles && publishes(text, below)
            || i == 0 && proceedings(text).is_some()
            || site::are_crumbs(text)
            || parse_row(&lines[i]).is_some()
            || parse(text).is_some() && !(dangles && goes_on) && !small
        {
            let next = i + 1 + usize::from(wrapped);
            starts.extend([i, next]);
            i = next;
        } else {
            i += 1;
        }
    }
    starts.dedup();
    starts.retain(|start| *start < lines.len());
    starts
}

/// Whether `text` is the whole name of a publisher, with a date or a byline right `below` it.
fn publishes(text: &str, below: Option<&str>) -> bool {
    ends_in_its_kind(text) && is_publisher(text) && below.is_some_and(|below| parse(below).is_some())
}

/// Whether a line names an author who is surely one: a sentence may go on with "by Sea and Land" too.
fn names_surely(text: &str) -> bool {
    parse(text).is_some_and(|said| match &said[..] {
        [Said::Authors(authors), ..] => authors.iter().all(|name| is_name(name)),
        _ => true,
    })
}

/// Parts a heading from the name of a part that most texts have, which is all of a heading: "Contents", below a blank line
/// or above one. The number of a section belongs to it.
pub(super) fn part_sections(blocks: &mut Vec<Block>) {
    for i in (0..blocks.len()).rev() {
        let Block { kind: Kind::Heading, lines, .. } = &blocks[i] else { continue };
        let Some(name) = lines.iter().rposition(|line| names_part(line.text)) else { continue };
        let is_apart = |at: usize| {
            let words = at.checked_sub(1).is_some_and(|above| lines[above].text.contains(char::is_alphabetic));
            words && lines.get(at).is_some_and(|line| line.blanks > 0)
        };
        // What is below first, so that what is above stays where it is.
        let cuts: Vec<usize> = [name + 1, name].into_iter().filter(|at| is_apart(*at)).collect();
        cuts.into_iter().for_each(|at| cut(blocks, i, at));
    }
}

/// Puts a title that ends in a colon together with its second line, which stands right below.
pub(super) fn join_titles(blocks: &mut Vec<Block>) {
    let titled = |block: &Block| block.kind == Kind::Heading && looks_titled(&text_of(block));
    let cut = (1..blocks.len().min(FRONT / 2)).find(|&i| {
        let (above, below) = (&blocks[i - 1], &blocks[i]);
        above.lines.len() == 1
            && above.lines[0].text.ends_with(':')
            && above.lines[0].text.split(' ').count() > 1
            && below.lines[0].blanks == 0
            && titled(above)
            && titled(below)
            && !is_name(&text_of(below))
            && parse(&text_of(below)).is_none()
    });
    if let Some(i) = cut {
        let below = blocks.remove(i);
        blocks[i - 1].lines.extend(below.lines);
    }
}

/// Whether a line says that the name of the author stands below it.
pub fn is_bare_by(text: &str) -> bool {
    BARE_BY.contains(&text)
}

/// Puts "by" together with the name below it.
pub(super) fn name_bylines(blocks: &mut Vec<Block>) {
    let bare = |block: &Block| block.lines.len() == 1 && is_bare_by(block.lines[0].text);
    let cut = (1..blocks.len().min(FRONT)).find(|&i| bare(&blocks[i - 1]) && are_names(&text_of(&blocks[i])));
    if let Some(i) = cut {
        let below = blocks.remove(i);
        blocks[i - 1].lines.extend(below.lines);
        blocks[i - 1].kind = Kind::Body;
    }
}

/// Whether `text` begins as titles do and second lines do not.
fn opens(text: &str) -> bool {
    ["The ", "A ", "An ", "Why ", "How ", "What ", "When ", "Where ", "Who "].iter().any(|word| text.starts_with(word))
}
