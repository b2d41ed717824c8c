//! What a text says of itself at its top: title, authors, date, source. Nothing is invented: a text that begins with prose
//! has none of them. What single lines say is read in [`bylines`], who they name in [`names`] and [`publishers`].

mod bylines;
mod names;
mod publishers;

use bylines::{Said, is_explicit, is_number};
pub use bylines::{is_byline, is_cut_byline, is_explicit_byline, parse};
pub use names::name_at_start;
use names::{is_ideographic_name, is_name, names};
pub use publishers::is_series;
use publishers::{breaks_off, copyright_holder, is_publisher, publisher};

use super::compose::Block;
use super::dates;
use super::kinds;
use super::look::{self, Ends};
use crate::text::{Head, Kind};

/// Paragraphs from the top among which the head is looked for.
const FRONT: usize = 16;

/// A line of so few bytes is no first line of a title that was wrapped.
const NAME: usize = 26;

/// Longest title, in bytes.
const TITLE: usize = 220;

/// Headings that open a text's first part and never name the text.
const PARTS: [&str; 14] = [
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
];

/// Reads the head of `blocks`, and marks the paragraphs that it is made of as [`Kind::Meta`].
pub fn read(blocks: &mut Vec<Block>) -> Head {
    part_names(blocks);
    mend_bylines(blocks);
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
    read_front(&mut head, &mut blocks[skipped..]);
    if book.is_some() {
        // What is said there counts more than what is seen below.
        head.title = known.title.or(head.title);
        if !known.authors.is_empty() {
            head.authors = known.authors;
        }
    }
    head
}

/// Parts the name of the one who publishes, or of a series, from the title that stands right below it.
fn part_names(blocks: &mut Vec<Block>) {
    let mut i = 0;
    while i < blocks.len().min(4) {
        let lines = &blocks[i].lines;
        let named = lines.len() >= 2
            && lines.len() <= 4
            && matches!(blocks[i].kind, Kind::Heading | Kind::Body | Kind::Meta)
            && (is_series(lines[0].text) || is_publisher(lines[0].text) && !breaks_off(lines[0].text))
            && (is_number(lines[1].text)
                || looks_titled(lines[1].text)
                    && (lines[0].text.len() <= lines[1].text.len().max(NAME)
                        || opens(lines[1].text)
                        || lines[1].text.contains(": "))
                || is_series(lines[0].text) && is_publisher(lines[1].text));
        let row = lines.len() >= 2 && lines[0].text.contains('|') && kinds::is_part_of_site(lines[0].text);
        if named || row {
            let below = Block { kind: blocks[i].kind, lines: blocks[i].lines.split_off(1), mark: None };
            blocks.insert(i + 1, below);
        }
        i += 1;
    }
}

/// Puts a byline that was wrapped within its date together again.
fn mend_bylines(blocks: &mut Vec<Block>) {
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

/// Whether `text` begins as titles do and second lines do not.
fn opens(text: &str) -> bool {
    ["The ", "A ", "An ", "Why ", "How ", "What ", "When ", "Where ", "Who "].iter().any(|word| text.starts_with(word))
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

/// What the paragraphs at the top say.
fn read_front(head: &mut Head, blocks: &mut [Block]) {
    let front = front(blocks);
    let mut title: Option<usize> = None;
    let mut named = Vec::new();
    for i in 0..blocks.len().min(FRONT) {
        if blocks[i].kind == Kind::Boilerplate || blocks[i].kind == Kind::Separator {
            continue;
        }
        let text = text_of(&blocks[i]);
        if i < front.limit && (kinds::is_page_line(&text) || kinds::is_part_of_site(&text)) {
            blocks[i].kind = Kind::Boilerplate;
            continue;
        }
        if text.len() > TITLE {
            continue;
        }
        if is_series(&text) {
            blocks[i].kind = Kind::Meta;
            named.push(i);
            continue;
        }
        if let Some(said) = parse(&text) {
            let explicit = is_explicit(&text);
            if i < front.limit || explicit && i < front.explicit {
                for said in said {
                    take(head, said);
                }
                blocks[i].kind = Kind::Meta;
                named.push(i);
            }
            continue;
        }
        if i >= front.limit {
            // The second column was read before the title, or its end: a byline tells the title right above.
            if i < front.explicit && title.is_none() && named.is_empty() && is_above_byline(blocks, i, &text) {
                title = Some(i);
                head.title = Some(kinds::bare(&text).to_owned());
                blocks[i].kind = Kind::Meta;
            }
            continue;
        }
        if title.is_none() && is_set_apart(blocks, i, &text) {
            blocks[i].kind = Kind::Boilerplate;
            continue;
        }
        // "To the Friends of the Library": what stands between two lines of the head is of it.
        let between = named.contains(&i.wrapping_sub(1))
            && title.is_some()
            && blocks.get(i + 1).is_some_and(|below| parse(&text_of(below)).is_some())
            && text.starts_with(|c: char| c.is_uppercase())
            && (text.starts_with("To the ") || looks_titled(&text) && !is_name(&text) && !is_publisher(&text));
        if between {
            blocks[i].kind = Kind::Meta;
            named.push(i);
            continue;
        }
        if is_title(&blocks[i], &text) {
            if head.source.is_none() && title.is_none() && is_publisher(&text) && titled_below(blocks, i, front.limit) {
                head.source = Some(publisher(&text));
                blocks[i].kind = Kind::Meta;
            } else if title.is_none() {
                title = Some(i);
                head.title = Some(kinds::bare(&text).to_owned());
                blocks[i].kind = Kind::Meta;
            } else if head.authors.is_empty()
                && (is_name(&text) || is_ideographic_name(&text))
                && (follows(&named, title, i) || is_name(&text) && below_standfirst(blocks, title, i))
            {
                head.authors = names(&text);
                blocks[i].kind = Kind::Meta;
                named.push(i);
            } else if head.source.is_none() && is_publisher(&text) && follows(&named, title, i) {
                head.source = Some(publisher(&text));
                blocks[i].kind = Kind::Meta;
            }
        }
    }
}

/// Fills what the head left open from the foot: a line that says when or where the text was published.
pub fn read_foot(head: &mut Head, blocks: &[Block]) {
    if head.title.is_none() && head.authors.is_empty() {
        return;
    }
    let foot = blocks.len().saturating_sub(12);
    for block in &blocks[foot..] {
        if block.kind != Kind::Boilerplate {
            continue;
        }
        let text = text_of(block);
        if head.source.is_none()
            && let Some(holder) = copyright_holder(&text)
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

/// How far the head reaches.
struct Front {
    /// Paragraphs before the first prose.
    limit: usize,
    /// Paragraphs among which a byline or date still belongs to it.
    explicit: usize,
}

fn front(blocks: &[Block]) -> Front {
    let prose = |block: &Block, opening: bool| {
        let length: usize = block.lines.iter().map(|line| line.text.len()).sum();
        let last = block.lines.last().map_or("", |line| line.text);
        match block.kind {
            Kind::Body => {
                let stops = look::ends(last) == Ends::Stop;
                length > 130 || stops && (length > 40 && block.lines.len() > 1 || length > 80 && opening)
            }
            Kind::List => length > 130 && opening,
            _ => false,
        }
    };
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

/// Whether paragraph `i` stands next below the title, with nothing but lines of the head between.
fn follows(named: &[usize], title: Option<usize>, i: usize) -> bool {
    title.is_some_and(|title| (title + 1..i).all(|between| named.contains(&between)))
}

/// Whether one sentence alone parts paragraph `i` from the title, and a date or a publisher follows.
fn below_standfirst(blocks: &[Block], title: Option<usize>, i: usize) -> bool {
    let sentence = |block: &Block| look::ends(&text_of(block)) == Ends::Stop;
    title.is_some_and(|title| title + 2 == i && sentence(&blocks[title + 1]))
        && blocks.get(i + 1).is_some_and(|below| {
            let text = text_of(below);
            is_publisher(&text) || parse(&text).is_some()
        })
}

/// Whether paragraph `i` could be a title and a byline or a date that says so stands right below.
fn is_above_byline(blocks: &[Block], i: usize, text: &str) -> bool {
    blocks[i].kind == Kind::Heading
        && is_title(&blocks[i], text)
        && blocks.get(i + 1).is_some_and(|below| is_explicit_byline(&text_of(below)))
}

/// Whether paragraph `i` is a running head above the title: blank lines part it from one, which is nearer to its byline.
fn is_set_apart(blocks: &[Block], i: usize, text: &str) -> bool {
    let blanks = |block: &Block| block.lines[0].blanks;
    let (Some(title), Some(byline)) = (blocks.get(i + 1), blocks.get(i + 2)) else { return false };
    let below = text_of(title);
    blocks[i].lines.len() == 1
        && is_title(&blocks[i], text)
        && !is_publisher(text)
        && blanks(title) > blanks(byline)
        && is_no_name(&below)
        && is_title(title, &below)
        && !is_publisher(&below)
        && parse(&below).is_none()
        && parse(&text_of(byline)).is_some()
}

/// Whether `text` is too long for a name, or has a word that none has: a title may be made of two words like any name.
fn is_no_name(text: &str) -> bool {
    !is_name(text)
        && (text.split(' ').count() >= 5 || text.contains('?') || text.split(' ').any(look::is_function_word))
}

/// Whether another title-like paragraph stands below `i`.
fn titled_below(blocks: &[Block], i: usize, limit: usize) -> bool {
    blocks[i + 1..limit.max(i + 1)].iter().take(4).any(|block| {
        let text = text_of(block);
        is_title(block, &text) && parse(&text).is_none() && !is_name(&text)
    })
}

fn is_title(block: &Block, text: &str) -> bool {
    let mark = super::marks::section_number(text).is_some()
        && !text.starts_with(|c: char| c.is_ascii_digit() && text.len() > 40);
    matches!(block.kind, Kind::Heading | Kind::Body | Kind::Meta)
        && text.len() <= TITLE
        && block.lines.len() <= 4
        && !mark
        && !matches!(look::ends(text), Ends::Colon | Ends::Comma | Ends::Hyphen)
        && (look::ends(text) == Ends::Open || text.ends_with(['?', '!']))
        && matches!(look::begins(text), look::Begins::Upper | look::Begins::Digit | look::Begins::Caseless)
        && !PARTS.contains(&text.to_lowercase().as_str())
        && (block.kind != Kind::Body || text.len() <= 110 && looks_titled(text))
}

fn looks_titled(text: &str) -> bool {
    let mut matter = text.split(' ').filter(|word| !look::is_function_word(word)).peekable();
    matter.peek().is_some() && matter.all(|word| !word.starts_with(char::is_lowercase))
}

fn take(head: &mut Head, said: Said) {
    match said {
        Said::Date(date) => {
            head.date.get_or_insert(date);
        }
        Said::Authors(authors) if head.authors.is_empty() => head.authors = authors,
        Said::Source(source) => {
            head.source.get_or_insert(source);
        }
        Said::Authors(_) | Said::Nothing => {}
    }
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

    #[test]
    fn holders_of_copyright() {
        assert_eq!(
            copyright_holder("© 2014 Eastbridge Institute. All rights reserved.").as_deref(),
            Some("Eastbridge Institute")
        );
        assert_eq!(
            copyright_holder("Copyright 2017 The Strait Times Review").as_deref(),
            Some("The Strait Times Review")
        );
        assert_eq!(copyright_holder("(c) While it lasted"), Some("While it lasted".to_owned()));
    }
}
