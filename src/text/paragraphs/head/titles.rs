//! Which lines are titles: by their form, and by what stands above and below them.

use super::bylines::{is_explicit_byline, parse, says_by};
use super::fields::{field, is_field, is_subject};
use super::kickers::{self, is_kicker};
use super::names::{are_names, is_given, is_name, may_be_name};
use super::publishers::is_publisher;
use super::roles::is_role;
use super::{TITLE, kinds, text_of};
use crate::text::Kind;
use crate::text::paragraphs::compose::Block;
use crate::text::paragraphs::kinds::site::is_copyright;
use crate::text::paragraphs::lines::look::{self, Ends};
use crate::text::paragraphs::lines::marks::{self, is_note_mark};
use crate::text::paragraphs::lines::wording;
use crate::text::paragraphs::lines::{self, GAP};

/// Headings that open a text's first part and never name the text.
const PARTS: [&str; 33] = [
    "description",
    "tabla de contenidos",
    "indice",
    "sommario",
    "sumário",
    "содержание",
    "name",
    "synopsis",
    "introduction",
    "abstract",
    "summary",
    "executive summary",
    "background",
    "conclusion",
    "contents",
    "foreword",
    "preface",
    "overview",
    "notes",
    "references",
    "acknowledgements",
    "table of contents",
    "inhalt",
    "inhaltsverzeichnis",
    "einleitung",
    "zusammenfassung",
    "sommaire",
    "table des matières",
    "résumé",
    "índice",
    "resumen",
    "introducción",
    "目次",
];

/// Whether a line is the whole heading of a part that most texts have.
pub(super) fn names_part(text: &str) -> bool {
    text.len() <= 24 && PARTS.contains(&text.trim_end_matches(':').to_lowercase().as_str())
}

/// A title and the names beside it: "Harbour Manual - by Ann Lee", "Harbour Manual          Ann Lee".
pub(super) fn title_and_author(line: &str) -> Option<(&str, &str)> {
    let names_text = |title: &str| {
        title.contains(' ')
            && looks_titled(title)
            && !(is_name(title) || is_role(title) || is_publisher(title) || is_kicker(title) || is_field(title))
            && parse(title).is_none()
    };
    let (title, who) = match lines::gap(line) {
        Some(at) => {
            let (title, who) = (&line[..at], line[at..].trim_start());
            (title, Some(who).filter(|who| lines::gap(who).is_none() && is_name(who) && is_given(who))?)
        }
        None => [" - by ", " – by ", " — by "].iter().find_map(|by| line.split_once(by))?,
    };
    (are_names(who) && names_text(title)).then_some((title, who))
}

/// A title without what marks it, and without the mark of a note.
pub(super) fn title_of(text: &str) -> String {
    let text = field(text).filter(|_| is_subject(text)).map_or(text, |(_, value)| value);
    // "Tides          *tides* *tide-table*": marks of a help text to which others lead.
    let anchors = text.find(['\t', '*']).filter(|at| *at > 0 && text[*at..].trim_start().starts_with('*'));
    let text = anchors.filter(|_| text.ends_with('*')).map_or(text, |at| &text[..at]);
    kinds::bare(text).trim_end_matches(is_note_mark).trim_end().to_owned()
}

/// Whether a line of the head stands below paragraph `i`.
pub(super) fn is_above_head(blocks: &[Block], i: usize, limit: usize) -> bool {
    let Some(below) = blocks.get(i + 1).filter(|_| i + 1 < limit) else { return false };
    let text = text_of(below);
    let holds = text.starts_with(['©', 'C']) && is_copyright(&text) && text.contains(&text_of(&blocks[i]));
    holds || is_name(&text) || is_publisher(&text) || is_role(&text) || !is_kicker(&text) && parse(&text).is_some()
}

/// Whether a line in small letters is a title for standing first, right above a line of the head that says what it is.
pub(super) fn is_title_by_place(blocks: &[Block], i: usize, text: &str, limit: usize) -> bool {
    matches!(blocks[i].kind, Kind::Body | Kind::Quote)
        && text.len() <= 160
        && blocks[..i].iter().all(|above| above.kind.is_folded() || is_kicker(&text_of(above)))
        && is_like_title(&blocks[i], text)
        && ((i..i + 3).any(|i| is_above_head(blocks, i, limit))
            || blocks.get(i + 1).is_some_and(|below| may_be_name(&text_of(below))))
}

/// Whether the next paragraph below `i` is a title with lines of the head below it.
pub(super) fn is_above_titled(blocks: &[Block], i: usize, limit: usize) -> bool {
    // What is of the page may stand between.
    let next = (i + 1..limit.min(blocks.len())).find(|&at| blocks[at].kind != Kind::Boilerplate);
    let Some((i, below)) = next.map(|at| (at - 1, &blocks[at])) else { return false };
    let text = text_of(below);
    is_title(below, &text)
        && parse(&text).is_none()
        && !is_name(&text)
        && !is_publisher(&text)
        && !is_role(&text)
        && is_above_head(blocks, i + 1, limit)
}

/// Whether the next paragraph below `i` is the title of a book, and the one below that says so: "Roman", "A Novel".
pub(super) fn is_above_book(blocks: &[Block], i: usize, limit: usize) -> bool {
    let titled = |below: &Block| {
        let text = text_of(below);
        is_like_title(below, &text) && parse(&text).is_none() && !is_name(&text)
    };
    let genre = |below: &Block| below.lines.len() == 1 && kickers::is_genre(below.lines[0].text);
    i + 2 < limit && titled(&blocks[i + 1]) && genre(&blocks[i + 2])
}

/// Whether paragraph `i` could be a title and a byline or a date that says so stands right below.
pub(super) fn is_above_byline(blocks: &[Block], i: usize, text: &str) -> bool {
    blocks[i].kind == Kind::Heading && is_title(&blocks[i], text) && has_byline_below(blocks, i)
}

/// Whether a byline or a date that says so stands right below paragraph `i`.
pub(super) fn has_byline_below(blocks: &[Block], i: usize) -> bool {
    blocks.get(i + 1).is_some_and(|below| is_explicit_byline(&text_of(below)))
}

/// Whether paragraph `i` is a running head above the title: blank lines part it from one, which is nearer to its byline.
pub(super) fn is_set_apart(blocks: &[Block], i: usize, text: &str) -> bool {
    let blanks = |block: &Block| block.lines[0].blanks;
    let (Some(title), Some(byline)) = (blocks.get(i + 1), blocks.get(i + 2)) else { return false };
    let below = text_of(title);
    blocks[i].lines.len() == 1
        && is_title(&blocks[i], text)
        && !is_publisher(text)
        && blanks(title) > blanks(byline)
        && (is_no_name(&below) || says_by(&text_of(byline)) && !is_given(&below))
        && is_title(title, &below)
        && !is_publisher(&below)
        && parse(&below).is_none()
        && parse(&text_of(byline)).is_some()
}

/// Whether `text` is too long for a name, or has a word that none has: a title may be made of two words like any name.
fn is_no_name(text: &str) -> bool {
    !is_name(text)
        && (text.split(' ').count() >= 5 || text.contains('?') || text.split(' ').any(wording::is_function_word))
}

/// Whether another title-like paragraph stands below `i`.
pub(super) fn titled_below(blocks: &[Block], i: usize, limit: usize) -> bool {
    (i + 1..limit.max(i + 1)).take(4).any(|i| {
        let text = text_of(&blocks[i]);
        let by_place = || matches!(blocks[i].kind, Kind::Body | Kind::Quote) && is_above_head(blocks, i, limit);
        (is_title(&blocks[i], &text) || by_place() && is_like_title(&blocks[i], &text))
            && parse(&text).is_none()
            && !is_name(&text)
    })
}

pub(super) fn is_title(block: &Block, text: &str) -> bool {
    matches!(block.kind, Kind::Heading | Kind::Body | Kind::Meta)
        && is_like_title(block, text)
        && (block.kind != Kind::Body || text.len() <= 110 && looks_titled(kinds::bare(text)))
}

/// Whether `text` begins and ends as titles do, whatever its letters.
pub(super) fn is_like_title(block: &Block, text: &str) -> bool {
    let text = if text.starts_with("# ") { kinds::bare(text) } else { text };
    let long = text.starts_with(|c: char| c.is_ascii_digit()) && text.len() > 40;
    let mark = is_subsection(text) || marks::section_number(text).is_some() && !long;
    text.len() <= TITLE
        && block.lines.len() <= 4
        && !mark
        && !is_field(text)
        && !is_data(text)
        && (!is_of_numbers(text) || names_act(text))
        && !is_row(block)
        && !matches!(look::ends(text), Ends::Colon | Ends::Comma | Ends::Hyphen)
        && !text.contains("://")
        && !text.contains("www.")
        && (look::ends(text) == Ends::Open || text.ends_with(['?', '!', '？', '！']))
        && (matches!(look::begins(text), look::Begins::Upper | look::Begins::Digit | look::Begins::Caseless)
            || text.starts_with(['【', '《', '『'])
            || begins_with_a_sign(text))
        && !names_part(text)
}

/// "4.1.1. The first ferry", "Example 7.2. Fares": the number of a section, whatever its length. "3.11 Remembered" may be a title.
fn is_subsection(text: &str) -> bool {
    text.split(char::is_whitespace).take(2).enumerate().any(|(at, number)| {
        let points = number.bytes().filter(|b| *b == b'.').count();
        // "Harbour 1.7.12 Handbook": a version.
        let ends = at == 0 || number.ends_with('.');
        points >= 2 && ends && number.len() > points && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

/// Whether `text` is a line of data, or no word at all: "\"Ports\": [", "0E0".
fn is_data(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let (first, second) = (letters.next(), letters.next());
    let wordless = second.is_none() && first.is_none_or(|c| c.is_lowercase() || c.is_uppercase());
    wordless || text.ends_with(['{', '[', '(', '\\']) || text.contains("\": ")
}

/// "eHarbour Handbook", "x86 Ports": a name that is written with a small letter, a capital or a digit in it.
fn begins_with_a_sign(text: &str) -> bool {
    let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
    first.starts_with(|c: char| c.is_ascii_lowercase())
        && first.bytes().all(|b| b.is_ascii_alphanumeric())
        && first.bytes().any(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && looks_titled(rest)
}

/// "Resolution 1838 (2008)", "Directive 2004/49/EC": what is known by its number.
fn names_act(text: &str) -> bool {
    const ACTS: [&str; 10] = [
        "Resolution",
        "Decision",
        "Regulation",
        "Directive",
        "Protocol",
        "Decree",
        "Ordinance",
        "RESOLUTION",
        "DECISION",
        "DIRECTIVE",
    ];
    text.split(' ').next().is_some_and(|word| ACTS.contains(&word))
}

/// Whether `block` is a row of a table: three cells and more.
fn is_row(block: &Block) -> bool {
    let [line] = &block.lines[..] else { return false };
    lines::gap(line.text).is_some() && line.text.split(GAP).filter(|cell| !cell.trim().is_empty()).count() >= 3
}

/// The number of a page, or the row of a table.
fn is_of_numbers(text: &str) -> bool {
    let words = text.split_whitespace();
    let numbers = words.clone().filter(|word| !word.contains(char::is_alphabetic)).count();
    2 * numbers > words.count()
}

pub(super) fn looks_titled(text: &str) -> bool {
    let small = |word: &&str| !wording::is_function_word(word) && *word != "v.";
    let mut matter = text.split(' ').filter(small).peekable();
    matter.peek().is_some() && matter.all(|word| !word.starts_with(char::is_lowercase))
}
