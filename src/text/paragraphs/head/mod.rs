//! What a text says of itself at its top: title, authors, date, source. Nothing is invented: a text that begins with prose
//! has none of them. Lines that stand together are parted in [`parts`]; records, as mails have them, are read in [`record`]. What
//! single lines say is read in [`bylines`] with the words of [`labels`], who they name in [`names`] and [`publishers`]; which are titles, in
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
mod record;
mod roles;
mod serials;
mod stacks;
mod titles;

use bylines::{Said, is_explicit, says_by};
pub use bylines::{is_byline, is_cut_byline, is_explicit_byline, parse};
use fields::is_subject;
pub use foot::{leave_text, read_foot, read_signature};
use front::{front, prose, salutation};
use kickers::{is_draft, is_genre, is_kicker, is_numbered_paper, is_part};
use labels::is_spoken;
pub use names::name_at_start;
use names::{is_given, is_ideographic_name, is_name, may_be_name, name_with_role, names};
use parts::cut;
pub use parts::is_bare_by;
use place::{
    author_by_place, has_pages, is_above_publisher, is_case, is_count, is_name_with_bio, is_paper_above,
    is_series_above, is_single_page, is_stack, is_title_alone, is_title_set_in, masthead, name_of_site,
};
pub use publishers::{is_publisher, is_series};
use publishers::{proceedings, publisher};
use record::Record;
use serials::{is_agenda, is_symbol};
use stacks::{is_stacked, opens_stack, tells_of_author};
use titles::{
    is_above_book, is_above_byline, is_above_head, is_above_titled, is_set_apart, is_title, is_title_by_place,
    looks_titled, names_part, title_of, titled_below,
};

use super::compose::Block;
use super::dates;
use super::kinds;
use super::kinds::site;
use super::lines::letters;
use super::lines::look::{self, Ends};
use super::lines::wording;
use super::lines::{self, GAP, Line};
use crate::text::{Head, Kind};

/// Paragraphs from the top among which the head is looked for.
const FRONT: usize = 16;

/// A line of so few bytes is no first line of a title that was wrapped.
const NAME: usize = 26;

/// Words of a title that may stand above a letter: the lines of a letterhead have fewer.
const TITLED: usize = 4;

/// Words of a title that begins as the name of a series does.
const SERIES: usize = 6;

/// Longest title, in bytes.
const TITLE: usize = 220;

/// Reads the head of `blocks`, and marks the paragraphs that it is made of as [`Kind::Meta`].
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

/// What the paragraphs at the top say, behind the record.
fn read_front(head: &mut Head, blocks: &mut [Block], record: &Record) {
    // Subtitles have times where a head would stand.
    if blocks.iter().take(4).flat_map(|block| &block.lines).any(|line| line.text.contains(" --> ")) {
        return;
    }
    let front = front(blocks);
    let mut title = record.title;
    let letter = salutation(blocks, front.limit);
    let mut named = Vec::new();
    let mut author = None;
    let mut kicker = None;
    let mut lesser = None;
    let mut spoken = None;
    let site = name_of_site(blocks, front.limit);
    let case = is_case(blocks);
    // Where a line says who wrote the text, what only looks like a name above it is none.
    let byline = (0..front.limit).find(|&i| says_by(&text_of(&blocks[i])));
    for i in 0..blocks.len().min(FRONT) {
        if record.lines.contains(&i) || named.contains(&i) {
            named.push(i);
            continue;
        }
        if blocks[i].kind == Kind::Boilerplate || blocks[i].kind == Kind::Separator {
            named.push(i);
            continue;
        }
        let text = text_of(&blocks[i]);
        let text = bylines::undressed(&text).to_owned();
        let of_page = i < front.limit
            && (site::is_page_line(&text)
                || site::is_part_of_site(&text)
                || site::are_crumbs(blocks[i].lines[0].text) && blocks[i].lines.len() == 1
                || title.is_none() && is_stack(blocks, i)
                || title.is_some() && is_count(blocks, i));
        if of_page && !says_who_or_when(&text) {
            blocks[i].kind = Kind::Boilerplate;
            continue;
        }
        if text.len() > TITLE {
            continue;
        }
        // The title of a cover comes again above the text.
        if title.is_some() && i < front.limit && head.title.as_deref() == Some(text.as_str()) {
            meta(blocks, i, &mut named);
            continue;
        }
        // "Annual Report on the State of the Channels" names a text that has no other name.
        if is_series(&text)
            && (text.split(' ').count() < SERIES || title.is_some() || titled_below(blocks, i, front.limit))
            || title.is_none() && is_series_above(blocks, i, &text, front.limit)
        {
            meta(blocks, i, &mut named);
            continue;
        }
        if is_kicker(&text) {
            let draft = || is_draft(&text.to_lowercase());
            if title.is_none() && i < front.limit && (titled_below(blocks, i, front.limit) || draft()) {
                meta(blocks, i, &mut named);
                continue;
            }
            // "Chapter 3" names a text that has no other name; "DRAFT" does not.
            if title.is_none() && i < front.limit {
                kicker = Some(i);
                continue;
            }
            // "Working Paper 18211" below the authors.
            if i < front.limit && is_numbered_paper(&text) {
                meta(blocks, i, &mut named);
                continue;
            }
        } else if let Some(said) =
            parse(&text).or_else(|| parse_row(blocks[i].lines.first().filter(|_| blocks[i].lines.len() == 1)?))
        {
            let explicit = is_explicit(&text);
            if i < front.limit || explicit && i < front.explicit && !is_spoken(&text) {
                let before = head.authors.is_empty();
                if title.is_none() && spoken.is_none() && is_spoken(&text) {
                    spoken = Some(text.clone());
                }
                // "JOHN HARROW        Claimant": a party. "Source: …" below prose is that of a table.
                let told = |said: &Said| match said {
                    Said::Authors(_) => !case || explicit,
                    Said::Source(_) => i < front.limit || !is_source_alone(&text),
                    _ => true,
                };
                let said: Vec<Said> = said.into_iter().filter(told).collect();
                if said.is_empty() && i >= front.limit {
                    continue;
                }
                for said in said {
                    lesser = lesser.or(take(head, said));
                }
                author = if before && !head.authors.is_empty() { Some(i) } else { author };
                meta(blocks, i, &mut named);
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
        if title.is_none() && (is_set_apart(blocks, i, &text) || is_above_publisher(blocks, i, &text, front.limit)) {
            blocks[i].kind = Kind::Boilerplate;
            continue;
        }
        // Another author, what they are, and where they belong.
        if author.is_some() && author == i.checked_sub(1) && !letters::is_salutation(&text) {
            let who = name_with_role(&text).unwrap_or(&text);
            // Below "By Ann Lee" a name by its form alone may be whom she writes for.
            let said = byline == Some(i - 1) && !is_given(who);
            if !said
                && (is_name(who)
                    || may_be_name(&text) && is_above_head(blocks, i, front.limit)
                    || byline.is_none() && is_stacked(blocks, i, &text, front.limit))
            {
                head.authors.extend(names(who));
                author = Some(i);
                meta(blocks, i, &mut named);
                continue;
            }
            if tells_of_author(blocks, i, &text, front.limit) {
                author = Some(i);
                meta(blocks, i, &mut named);
                continue;
            }
        }
        let unsaid = byline.is_none_or(|at| i > at);
        if head.authors.is_empty()
            && unsaid
            && let Some(who) = title.and_then(|title| author_by_place(blocks, title, i, &text, &named, front.limit))
        {
            head.authors = who;
            author = Some(i);
            meta(blocks, i, &mut named);
            continue;
        }
        if title.is_none() && case && !text.contains(" v. ") && !names_part(&text) {
            meta(blocks, i, &mut named);
            continue;
        }
        if title.is_none() && site.contains(&i) {
            meta(blocks, i, &mut named);
            continue;
        }
        if title.is_none()
            && head.source.is_none()
            && let Some(lines) = masthead(blocks, i, front.limit)
        {
            head.source = Some(publisher(&text));
            (i..i + lines).for_each(|i| meta(blocks, i, &mut named));
            continue;
        }
        if title.is_none() && is_paper_above(blocks, i, &text, front.limit) {
            if head.source.is_none() && !has_pages(blocks) {
                head.source = Some(publisher(&text));
            }
            meta(blocks, i, &mut named);
            continue;
        }
        if title.is_none()
            && titled_below(blocks, i, front.limit)
            && let Some(name) = proceedings(&text)
        {
            head.source.get_or_insert_with(|| name.to_owned());
            meta(blocks, i, &mut named);
            continue;
        }
        if title.is_none() && letters::greets(&text) && (i < letter || !is_above_head(blocks, i, front.limit)) {
            continue;
        }
        // The first part of a manual's page: what it has for a title stands in it.
        if title.is_none() && text == "NAME" {
            break;
        }
        // What stands right below "Agenda item 41" is the item.
        if title.is_none() && i > 0 && blocks[i].lines[0].blanks == 0 && is_agenda(&text_of(&blocks[i - 1])) {
            meta(blocks, i, &mut named);
            continue;
        }
        if title.is_none() && is_subject(&text) {
            title = Some(i);
            head.title = Some(title_of(&text));
            blocks[i].kind = Kind::Meta;
            continue;
        }
        if title.is_some() && (is_affiliation(&text) || title == i.checked_sub(1) && is_genre(&text)) {
            meta(blocks, i, &mut named);
            continue;
        }
        // "To the Friends of the Library": what stands between two lines of the head is of it.
        let between = i > 0
            && blocks[i - 1].kind == Kind::Meta
            && Some(i - 1) != title
            && (title.is_some() || spoken.is_some())
            && blocks.get(i + 1).is_some_and(|below| parse(&text_of(below)).is_some())
            && text.starts_with(|c: char| c.is_uppercase())
            && (text.starts_with("To the ")
                || looks_titled(&text)
                    && (!is_name(&text) || byline == i.checked_sub(1) && !is_given(&text))
                    && !is_publisher(&text));
        if between {
            meta(blocks, i, &mut named);
            continue;
        }
        let named_like = blocks[i].kind != Kind::List
            && title.is_some()
            && (is_name(&text) || is_name_with_bio(blocks, &text) || opens_stack(blocks, i, &text, front.limit))
            && !text.ends_with(',');
        let by_place = || {
            title.is_none()
                && (is_title_by_place(blocks, i, &text, front.limit)
                    || i >= letter && is_title_alone(blocks, i, &text, front.limit)
                    || is_title_set_in(blocks, i, &text, front.limit))
        };
        if is_title(&blocks[i], &text) || named_like || by_place() {
            let address = || {
                let numbered = text.starts_with(|c: char| c.is_ascii_digit());
                blocks[i].lines.len() > 1 || text.split(' ').count() < TITLED || numbered
            };
            if i < letter && address() {
                if head.source.is_none() && is_publisher(&text) && blocks[i].lines.len() == 1 {
                    head.source = Some(publisher(&text));
                    meta(blocks, i, &mut named);
                }
            } else if head.source.is_none()
                && title.is_none()
                && is_publisher(&text)
                && titled_below(blocks, i, front.limit)
            {
                head.source = Some(publisher(&text));
                blocks[i].kind = Kind::Meta;
            } else if title.is_none()
                && unsaid
                && (is_given(&text) && is_above_titled(blocks, i, front.limit)
                    || is_name(&text) && is_above_book(blocks, i, front.limit))
            {
                head.authors = names(&text);
                author = Some(i);
                meta(blocks, i, &mut named);
            } else if title.is_none() {
                title = Some(i);
                head.title = Some(title_of(&text));
                blocks[i].kind = Kind::Meta;
            } else if title == i.checked_sub(1) && title.is_some() && breaks_within(head) {
                // "The Next Step for", and below it "Greco-Turkish Relations"
                head.title = head.title.take().map(|above| format!("{above} {}", title_of(&text)));
                title = Some(i);
                blocks[i].kind = Kind::Meta;
            } else if head.authors.is_empty()
                && unsaid
                && (is_name(&text)
                    || is_ideographic_name(&text)
                    || may_be_name(&text) && is_above_head(blocks, i, front.limit)
                    || is_name_with_bio(blocks, &text)
                    || opens_stack(blocks, i, &text, front.limit))
                && (follows(&named, title, i) || below_standfirst(blocks, title, i))
            {
                head.authors = names(&text);
                author = Some(i);
                meta(blocks, i, &mut named);
            } else if head.source.is_none() && is_publisher(&text) && follows(&named, title, i) {
                head.source = Some(publisher(&text));
                blocks[i].kind = Kind::Meta;
            }
        }
    }
    head.date = head.date.take().or(lesser);
    let told = !head.authors.is_empty() || head.date.is_some() || head.source.is_some();
    if record.title.is_none() && !told && title.is_some_and(|title| title == 0) && is_single_page(blocks) {
        head.title = None;
    }
    if title.is_none() && kicker.is_none() {
        head.title = spoken;
    }
    if let Some((kicker, title)) = kicker.zip(title).filter(|(kicker, title)| kicker < title) {
        let kickers = blocks[kicker..title].iter_mut().filter(|block| is_kicker(&text_of(block)));
        kickers.for_each(|block| block.kind = Kind::Meta);
    }
    if let Some(i) = kicker.filter(|_| title.is_none()) {
        let text = text_of(&blocks[i]);
        if is_part(&text) || text.ends_with(|c: char| c.is_ascii_digit()) {
            head.title = Some(title_of(&text));
            blocks[i].kind = Kind::Meta;
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

/// Whether a line names an author or a day: it is of the head, whatever else stands in it.
fn says_who_or_when(text: &str) -> bool {
    let tells = |said: &Said| matches!(said, Said::Authors(_) | Said::Date(_) | Said::LesserDate(_));
    text.len() <= 160 && parse(text).is_some_and(|said| said.iter().any(tells))
}

/// "Source: Harbour Authority": where figures are from, or a text, and nothing else.
fn is_source_alone(text: &str) -> bool {
    text.starts_with("Source: ") || text.starts_with("Source : ")
}

/// Paragraph `i` is a line of the head.
fn meta(blocks: &mut [Block], i: usize, named: &mut Vec<usize>) {
    blocks[i].kind = Kind::Meta;
    named.push(i);
}

/// Whether the title so far ends with a word that no title ends with.
fn breaks_within(head: &Head) -> bool {
    head.title.as_ref().and_then(|title| title.rsplit(' ').next()).is_some_and(wording::is_function_word)
}

/// "1 University of Tartu": where the authors with this mark belong.
fn is_affiliation(text: &str) -> bool {
    let bare = text.trim_start_matches(|c: char| c.is_ascii_digit() || "¹²³⁴⁵⁶⁷⁸⁹*†‡ ".contains(c));
    bare.len() < text.len() && bare.len() + 4 > text.len() && is_publisher(bare)
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
