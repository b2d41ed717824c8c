//! What a text says of itself at its top: title, authors, date, source. Nothing is invented: a text that begins with prose
//! has none of them.
//!
//! Lines that stand together are parted in [`parts`]; records, as mails have them, are read in [`record`]. Below, paragraph after
//! paragraph is shown to the [`shapes`] that lines of a head have, and [`reading`] keeps what they find. What a line says for
//! itself is read in [`bylines`] with the words of [`labels`], who it names in [`names`] and [`publishers`]; which are titles, in
//! [`titles`], and what else a line is for its place, in [`place`].

mod bylines;
mod fields;
mod foot;
mod front;
mod given;
mod kickers;
mod labels;
mod names;
mod parts;
mod place;
mod publishers;
mod reading;
mod record;
mod roles;
mod serials;
mod shapes;
mod stacks;
mod titles;

use bylines::Said;
pub use bylines::{is_byline, is_cut_byline, is_explicit_byline, parse};
pub use foot::{leave_text, read_foot, read_signature};
pub use names::name_at_start;
use names::names;
use parts::cut;
pub use parts::is_bare_by;
pub use publishers::{is_publisher, is_series};
use reading::read_front;
use record::Record;
use serials::is_symbol;
use titles::looks_titled;

use super::compose::Block;
use super::dates;
use super::kinds;
use super::kinds::site;
use super::lines::look::{self, Ends};
use super::lines::{self, GAP, Line};
use crate::text::Head;

/// Paragraphs from the top among which the head is looked for.
const FRONT: usize = 16;

/// A line of so few bytes is no first line of a title that was wrapped.
const NAME: usize = 26;

/// Longest title, in bytes.
const TITLE: usize = 220;

/// Reads the head of `blocks`, and marks the paragraphs that it is made of as such.
pub fn read(blocks: &mut Vec<Block>) -> Head {
    parts::part_sections(blocks);
    parts::part_names(blocks);
    parts::mend_bylines(blocks);
    parts::part_lines(blocks);
    parts::name_bylines(blocks);
    parts::join_titles(blocks);
    let mut head = Head::default();
    // The lines above an e-book name its title and author.
    let book = blocks.iter().take(60).position(|block| {
        block
            .lines
            .first()
            .is_some_and(|line| line.text.starts_with("*** START OF") || line.text.starts_with("***START OF"))
    });
    if let Some(start) = book {
        read_book(&mut head, &blocks[..start]);
    }
    let skipped = book.map_or(0, |start| start + 1);
    let known = head.clone();
    let record = if book.is_none() { record::read(&mut head, blocks) } else { Record::default() };
    read_front(&mut head, &mut blocks[skipped..], &record);
    if book.is_some() {
        // What is said there counts more than what is seen below.
        head.title = known.title.or(head.title);
        if !known.authors.is_empty() {
            head.authors = known.authors;
        }
    }
    head
}

/// "Title: …" and "Author: …", each perhaps over two lines.
fn read_book(head: &mut Head, blocks: &[Block]) {
    for block in blocks {
        let text = text_of(block);
        if let Some(title) = text.strip_prefix("Title: ") {
            head.title = Some(title.trim().to_owned());
        } else if let Some(author) = text.strip_prefix("Author: ") {
            head.authors = names(author.trim());
        }
    }
}

/// What a line says whose parts stand side by side: "FOR IMMEDIATE RELEASE        Contact: Ann Lee".
fn parse_row(line: &Line) -> Option<Vec<Said>> {
    lines::gap(line.text)?;
    let parts: Vec<&str> = line.text.split(GAP).map(str::trim).filter(|part| !part.is_empty()).collect();
    // "United Nations        A/68/512": whose paper it is.
    if let [who, symbol] = parts[..]
        && is_symbol(symbol)
        && looks_titled(who)
        && !who.bytes().any(|b| b.is_ascii_digit())
    {
        return Some(vec![Said::Source(who.to_owned())]);
    }
    parse(&parts.join(" | "))
}

/// "1 University of Tartu": where the authors with this mark belong.
fn is_affiliation(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || "¹²³⁴⁵⁶⁷⁸⁹*†‡ ".contains(c));
    bare.len() < text.len() && bare.len() + 4 > text.len() && is_publisher(bare)
}

/// Takes what a line says into `head`, where it leaves that open. Gives back a date that another may overrule.
fn take(head: &mut Head, said: Said) -> Option<String> {
    match said {
        Said::Date(date) => {
            head.date.get_or_insert(date);
        }
        Said::Authors(authors) if head.authors.is_empty() => head.authors = authors,
        Said::Source(source) => {
            head.source.get_or_insert(source);
        }
        Said::LesserDate(date) => return Some(date),
        Said::Authors(_) | Said::Nothing => {}
    }
    None
}

/// The lines of a paragraph with blanks between.
pub fn text_of(block: &Block) -> String {
    let mut text = String::new();
    for line in block.lines.iter().take(8) {
        if look::ends(&text) == Ends::Hyphen {
            // "India-/Australia", "coop-/eration"
            if line.text.starts_with(char::is_lowercase) {
                text.pop();
            }
        } else if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(line.text);
    }
    match text.contains("  ") {
        true => text.split_whitespace().collect::<Vec<_>>().join(" "),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::names::is_name;
    use super::*;

    fn said(text: &str) -> String {
        parse(text).map_or("-".to_owned(), |said| format!("{said:?}"))
    }

    #[test]
    fn lines_of_a_head_are_read() {
        assert_eq!(
            said("By Hitoshi Tanaka | Via East Asia Forum"),
            r#"[Authors(["Hitoshi Tanaka"]), Source("East Asia Forum")]"#
        );
        assert_eq!(said("Keiko Iizuka 1 August 2014"), r#"[Authors(["Keiko Iizuka"]), Date("2014-08-01")]"#);
        assert_eq!(said("Posted on 08/4/15"), r#"[Date("2015-08-04")]"#);
        assert_eq!(said("No.201"), "[Nothing]");
        assert_eq!(said("By Anna Berg and Otto Lind"), r#"[Authors(["Anna Berg", "Otto Lind"])]"#);
        assert!(is_name("Una O’Hara") && is_name("Grace McCoy") && !is_name("Grace and Order"));
        for text in ["By the end of the war", "China Policy", "By Sea and Land", "The war of 1 August 2014"] {
            assert!(parse(text).is_none() || text == "By Sea and Land", "{text}");
        }
    }
}
