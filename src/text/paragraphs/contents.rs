//! Tables of contents: a title, a row of dots that leads the eye, a page number.
//!
//! ```text
//! 1. The treaty . . . . . . . . . 4       dots lead to the number
//! 1.1 Its drafts ................         the number was extracted elsewhere
//! 2 The ports 17                          no dots, among others that have them
//! 17                                      the number alone, beside others
//! ```
//!
//! Rows stay rows, since nothing in one goes on in the next, and are no headings: those are where the numbers lead.
//! Numbers that lost their rows say nothing and are folded away.

use std::collections::HashMap;

use super::compose::Block;
use super::flow::Flow;
use super::lines::marks::{self, is_pointed};
use crate::text::Kind;

/// Dots that lead to a number; fewer may be an ellipsis behind a full stop.
const LEADER: usize = 5;

/// Rows so near to each other are of one table.
const NEAR: usize = 3;

/// Letters of the longest page number.
const LONGEST: usize = 5;

/// What a line is to a table of contents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Row {
    #[default]
    Other,
    /// A row, or its last line.
    Whole,
    /// The last line of a row that begins above.
    End,
}

/// For each line of `flow` what it is; empty where nothing is of contents.
pub fn rows(flow: &Flow) -> Vec<Row> {
    let mut rows = Vec::new();
    let strong = (0..flow.lines.len()).filter(|&i| is_row(flow.lines[i].text));
    for i in strong {
        rows.resize(flow.lines.len(), Row::Other);
        rows[i] = if i > 0 && goes_on(flow, i) { Row::End } else { Row::Whole };
    }
    // What alone would be prose is a row beside one, and the next beside that.
    let is_beside = |rows: &[Row], i: usize| {
        let from = i.saturating_sub(NEAR);
        rows[from..(i + NEAR + 1).min(rows.len())].iter().any(|row| *row != Row::Other)
    };
    for i in (0..rows.len()).chain((0..rows.len()).rev()) {
        if rows[i] == Row::Other && is_weak(flow.lines[i].text) && is_beside(&rows, i) {
            rows[i] = Row::Whole;
        }
    }
    rows
}

/// Whether a line is a row by itself, its dots lead to a number.
pub fn is_row(text: &str) -> bool {
    dots(text) >= LEADER
}

/// Whether the row that ends with line `i` begins with the one above.
fn goes_on(flow: &Flow, i: usize) -> bool {
    let (above, here) = (flow.lines[i - 1].text, flow.lines[i].text);
    let is_open = dots(above) < 2 && !is_number(above) && !flow.gap(i);
    is_open && (here.starts_with(char::is_lowercase) || begins_numbered(above) && !begins_numbered(here))
}

/// What stands above a table of contents, in small letters.
const HEADS: [&str; 10] = [
    "contents",
    "table of contents",
    "in this article",
    "on this page",
    "inhalt",
    "inhaltsverzeichnis",
    "sommaire",
    "índice",
    "目次",
    "目录",
];

/// Longest title of a part, in bytes.
const TITLE: usize = 100;

/// Folds a table away that has no page numbers: titles, each of which stands again further down.
fn fold_titles(blocks: &mut [Block]) {
    fn text<'a>(block: &Block<'a>) -> Option<&'a str> {
        match &block.lines[..] {
            [line] if line.text.len() <= TITLE => Some(line.text),
            _ => None,
        }
    }
    let is_head = |block: &Block| {
        text(block).is_some_and(|text| {
            let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            HEADS.contains(&bare.as_str()) || HEADS.contains(&bare.trim_end_matches(" [hide").trim_end_matches("[hide"))
        })
    };
    let Some(head) = blocks.iter().position(is_head) else { return };
    let bare = |text: &str| {
        let text = text.split('[').next().unwrap_or("");
        let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')' | '•' | '*' | '-');
        text.trim_start_matches(number).trim().to_lowercase()
    };
    let mut last: HashMap<String, usize> = HashMap::new();
    for (at, block) in blocks.iter().enumerate().skip(head + 1) {
        text(block).map(|text| last.insert(bare(text), at));
    }
    let comes_again = |at: usize| {
        let title = text(&blocks[at]).map(bare).filter(|title| !title.is_empty());
        title.is_some_and(|title| last.get(&title).is_some_and(|last| *last > at))
    };
    let rows = (head + 1..blocks.len()).take_while(|at| comes_again(*at)).count();
    if rows >= 2 {
        blocks[head..=head + rows].iter_mut().for_each(|block| block.kind = Kind::Boilerplate);
    }
}

/// Folds numbers away that lost their rows, and takes rows for no headings.
pub fn settle(blocks: &mut [Block]) {
    fold_titles(blocks);
    let has_row = |block: &Block| block.lines.iter().any(|line| is_row(line.text));
    for at in 0..blocks.len() {
        let is_number = |text: &str| is_number(text) || is_pointed(text);
        if blocks[at].lines.iter().all(|line| line.text.split(' ').all(is_number)) {
            let near = &blocks[at.saturating_sub(NEAR)..(at + NEAR + 1).min(blocks.len())];
            if near.iter().any(has_row) {
                blocks[at].kind = Kind::Boilerplate;
            }
        } else if matches!(blocks[at].kind, Kind::Heading | Kind::Quote | Kind::List | Kind::Footnote)
            && has_row(&blocks[at])
        {
            blocks[at].kind = Kind::Body;
        }
    }
}

/// "3.1 Drafts .. 7" and "2 The ports 17"
fn is_weak(text: &str) -> bool {
    let Some((title, number)) = text.rsplit_once(' ') else { return is_number(text) };
    is_number(number) && (begins_numbered(title) || dots(text) >= 2) || text.split(' ').all(is_number)
}

/// Whether a line is a row whose number was set apart from it, or that has none.
pub fn is_bare_row(text: &str) -> bool {
    is_row(text) && !begins_numbered(text)
}

/// "4", "4.2 Ports", "IV. Ports", "A.1 Ports", "Chapter 4"
fn begins_numbered(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or("");
    let number = first.trim_end_matches(['.', ')']);
    let is_short = number.len() <= 8 && !number.is_empty();
    let is_section =
        |part: &str| is_number(&part.to_lowercase()) || part.len() == 1 && part.starts_with(char::is_uppercase);
    is_short && number.split('.').all(is_section)
}

/// A page number.
fn is_number(text: &str) -> bool {
    let is_roman = || text.bytes().all(|byte| byte.is_ascii_lowercase()) && marks::roman(text).is_some();
    !text.is_empty() && text.len() <= LONGEST && (text.bytes().all(|byte| byte.is_ascii_digit()) || is_roman())
}

/// How many dots lead to the end of a line, or to the number there, behind a title or alone.
fn dots(text: &str) -> usize {
    let rest = text.trim_end();
    // Most lines end with another letter.
    if rest.ends_with(|c: char| {
        c.is_ascii() && !c.is_ascii_digit() && !matches!(c, 'i' | 'v' | 'x' | 'l' | 'c' | '.' | '_')
    }) {
        return 0;
    }
    let at_number = rest
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| rest[at..].chars().next().map_or(0, |c| at + c.len_utf8()));
    let rest = if is_number(&rest[at_number..]) { &rest[..at_number] } else { rest };
    let mut dots = 0;
    for c in rest.chars().rev() {
        match c {
            '.' | '·' | '・' | '．' | '․' | '_' => dots += 1,
            '…' => dots += 3,
            '‥' => dots += 2,
            ' ' => {}
            _ => break,
        }
    }
    dots
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Row> {
        super::rows(&Flow::of(text))
    }

    #[test]
    fn dots_lead_to_the_number_of_a_row() {
        use Row::{End, Other, Whole};
        let text = "1. The treaty . . . . . . . . 4\n1.1 Its drafts .....................\n1.2 A chapter with a long name that\n\
                    does not fit . . . . . 7\n2 The ports 17\nAppendix .. xii\nThe treaty was signed in May.\n";
        assert_eq!(rows(text), [Whole, Whole, Other, End, Whole, Whole, Other]);
    }

    #[test]
    fn an_ellipsis_leads_to_nothing() {
        let text =
            "He said that it was over . . . .\nIn 1952 and then again in . . . 1960\nThe 3 ports of 1951 and 12\n";
        assert_eq!(rows(text), []);
    }
}
