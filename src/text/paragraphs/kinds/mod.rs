//! Kinds that place and wording give: navigation, what follows the text, disclaimers, the author's life.

pub mod foot;
pub mod links;
pub mod site;

use std::collections::{HashMap, HashSet};

use super::compose::Block;
use super::contents;
use super::head;
use super::lines;
use super::lines::letters;
use super::lines::look::{self, Ends};
use super::lines::marks;
use super::lines::openers::Openers;
use super::lines::wording;
use crate::text::{Head, Kind};

/// What opens the part of a page that is about other things. After it, nothing is text.
static TAIL: Openers<52> = Openers::new(&[
    "Leave a Reply",
    "Leave a Comment",
    "Check Also",
    "Related Posts",
    "Related Articles",
    "Related essays",
    "Related articles",
    "Related Stories",
    "Related posts",
    "Related Content",
    "Related content",
    "Related reading",
    "You may also like",
    "You might also like",
    "More from",
    "Read next",
    "Read Next",
    "Recommended for you",
    "Most read",
    "Most Read",
    "Share this",
    "Comments",
    "Post a comment",
    "Comments (",
    "Post navigation",
    "Further from this site",
    "*** END OF",
    "À lire aussi",
    "Lire aussi",
    "Mehr zum Thema",
    "Lesen Sie auch",
    "Leggi anche",
    "Leia também",
    "Lea también",
    "Le puede interesar",
    "Latest posts",
    "Recent posts",
    "Most popular",
    "関連記事",
    "More on this story",
    "More on this topic",
    "Most viewed",
    "Most Viewed",
    "Explore more on",
    "Recommended reading",
    "Trending now",
    "Editors' picks",
    "Editors’ Picks",
    "Lo más visto",
    "Lo más leído",
    "相关阅读",
    "Most Popular",
]);

/// Longest line of a page, in bytes.
const LINE: usize = 320;

/// Gives boilerplate its kind, and quotations that are one paragraph in quotes.
pub fn settle(blocks: &mut Vec<Block>, head: &Head) {
    set_margin(blocks);
    part_life(blocks, head);
    headings(blocks, head);
    let total: usize = blocks.iter().map(Block::length).sum();
    let mut before = 0;
    let mut tail = false;
    for block in blocks.iter_mut() {
        let length = block.length();
        let first = block.lines.first().map_or("", |line| line.text);
        tail |= before * 10 >= total * 4 && first.len() <= 90 && opens_tail(bare(first)) || is_end(first);
        before += length;
        if matches!(block.kind, Kind::Separator | Kind::Boilerplate | Kind::Footnote | Kind::Meta) && !tail {
            continue;
        }
        let last = block.lines.last().map_or("", |line| line.text);
        let long = block.lines.len() > 1 && look::ends(last) == Ends::Stop && !last.ends_with(['?', '!']);
        if block.kind == Kind::Heading && (long || length > 400) {
            block.kind = Kind::Body;
        }
        let credited = || look::is_credit(&head::text_of(block));
        if block.kind == Kind::Body && block.lines.len() <= 3 && length <= 300 && credited() {
            block.kind = Kind::Caption;
        }
        if block.kind == Kind::Body
            && length <= 600
            && ["FILE PHOTO", "File photo:", "Archive photo:"].iter().any(|mark| first.starts_with(mark))
        {
            block.kind = Kind::Caption;
        }
        if block.kind == Kind::Body && (first.starts_with("^ ") || first.starts_with("↑ ")) {
            block.kind = Kind::List;
        }
        let row = || block.lines.len() == 1 && lines::gap(first).is_some() && site::is_page_line(first);
        if tail || length <= LINE && (site::is_page_line(&head::text_of(block)) || row()) {
            block.kind = Kind::Boilerplate;
        }
    }
    contents::settle(blocks);
    signature(blocks);
    licence(blocks);
    navigation(blocks);
    foot::fold(blocks);
    lives_below(blocks, head);
    life(blocks, head);
}

/// Takes for the text what most of it is: where more stands off the margin than at it, as where each page has a margin of its
/// own, only what is set off further than most of that is quoted.
fn set_margin(blocks: &mut [Block]) {
    let is_inset = |block: &Block| block.kind == Kind::Quote && !block.lines[0].text.starts_with('>');
    let length =
        |wanted: &dyn Fn(&Block) -> bool| blocks.iter().filter(|b| wanted(b)).map(Block::length).sum::<usize>();
    if length(&is_inset) <= length(&|block| block.kind == Kind::Body) {
        return;
    }
    let indent = |block: &Block| block.lines.iter().map(|line| line.indent).min().unwrap_or(0);
    let mut at: HashMap<u32, usize> = HashMap::new();
    blocks
        .iter()
        .filter(|block| is_inset(block))
        .for_each(|block| *at.entry(indent(block)).or_default() += block.length());
    let margin = at.into_iter().max_by_key(|(indent, length)| (*length, *indent)).map_or(0, |(indent, _)| indent);
    let of_text = blocks.iter_mut().filter(|block| is_inset(block) && indent(block) <= margin + 1);
    of_text.for_each(|block| block.kind = Kind::Body);
}

/// `text` without the marks that text browsers put around headings.
pub fn bare(text: &str) -> &str {
    let marked = text.starts_with(['*', '#', '=']);
    if marked { text.trim_matches(|c: char| matches!(c, '*' | '#' | '=' | ' ')) } else { text }
}

/// The line that ends an e-book.
fn is_end(text: &str) -> bool {
    let upper = text.get(..text.len().min(12)).unwrap_or("").to_uppercase();
    upper.starts_with("*** END OF")
        || upper.starts_with("***END OF")
        || text.starts_with("End of the Project Gutenberg")
        || text.starts_with("End of Project Gutenberg")
}

/// Most lines of a mail's signature, and their bytes.
const SIGNED: usize = 8;
const SIGNED_BYTES: usize = 400;

/// What a mail has below the line "--": who sent it, and where they are.
fn signature(blocks: &mut [Block]) {
    let Some(mark) = blocks.iter().rposition(|block| block.kind == Kind::Separator) else { return };
    let below = &mut blocks[mark + 1..];
    let lines: usize = below.iter().map(|block| block.lines.len()).sum();
    let length: usize = below.iter().map(Block::length).sum();
    let close = below.first().is_some_and(|block| block.lines[0].blanks == 0);
    if blocks[mark].lines[0].text == "--" && close && lines <= SIGNED && length <= SIGNED_BYTES {
        blocks[mark + 1..].iter_mut().for_each(|block| block.kind = Kind::Boilerplate);
    }
}

/// What stands above the line that opens an e-book, and its last line.
fn licence(blocks: &mut [Block]) {
    let opens = |block: &Block| {
        let text = block.lines.first().map_or("", |line| line.text);
        text.starts_with("*** START OF") || text.starts_with("***START OF")
    };
    if let Some(start) = blocks.iter().take(60).position(opens) {
        for block in &mut blocks[..=start] {
            block.kind = Kind::Boilerplate;
        }
        if let Some(end) = blocks.iter().rposition(|block| block.lines.first().is_some_and(|line| is_end(line.text)))
            && let Some(last) = blocks[..end].iter_mut().next_back()
            && last.lines.first().is_some_and(|line| line.text.starts_with("End of "))
        {
            last.kind = Kind::Boilerplate;
        }
    }
}

fn opens_tail(text: &str) -> bool {
    // "3 thoughts on …", "12 comments on …"
    let counted = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if counted.len() < text.len()
        && [" thought", " comment", " response", " Comment", " Response", " Thought", " repl", " Repl"]
            .iter()
            .any(|word| counted.starts_with(word))
        && (counted.contains(" on ") || counted.contains(" to ") || counted.split(' ').count() == 2)
    {
        return true;
    }
    TAIL.each_behind(text).any(|rest| rest.len() <= 12)
}

/// Short items of a list before anything else: the links of a page.
fn navigation(blocks: &mut [Block]) {
    let short = |block: &Block| {
        block.lines.len() == 1 && block.lines[0].text.len() <= 40 && look::ends(block.lines[0].text) == Ends::Open
    };
    let items = blocks
        .iter()
        .take_while(|block| block.kind == Kind::List && short(block) || block.kind == Kind::Boilerplate)
        .count();
    let marked = blocks[..items].iter().filter(|block| block.kind == Kind::List).count();
    if marked >= 2 {
        for block in &mut blocks[..items] {
            block.kind = Kind::Boilerplate;
        }
    }
}

/// What follows a name in its owner's life.
static LIFE: Openers<25> = Openers::new(&[
    "is a ",
    "is an ",
    "is the ",
    "is professor",
    "is director",
    "is senior",
    "is associate",
    "is president",
    "is chairman",
    "is visiting",
    "is Professor",
    "is Washington",
    "is Senior",
    "was a ",
    "was the ",
    "teaches ",
    "serves ",
    "served ",
    "works ",
    "writes ",
    "has been ",
    "is professor ",
    "is director ",
    "is currently ",
    "has written ",
]);

/// Parts the author's life from the paragraph above, where it was set without a gap.
fn part_life(blocks: &mut Vec<Block>, head: &Head) {
    let begins_life = |text: &str| {
        head.authors.iter().any(|name| same_name(text, name).is_some_and(|rest| LIFE.open(rest.trim_start())))
            || text.starts_with("The views expressed")
    };
    for i in (blocks.len().saturating_sub(16)..blocks.len()).rev() {
        let lines = &blocks[i].lines;
        let at = (1..lines.len())
            .rev()
            .find(|&at| look::ends(lines[at - 1].text) == Ends::Stop && begins_life(lines[at].text));
        if let Some(at) = at.filter(|_| matches!(blocks[i].kind, Kind::Body | Kind::List | Kind::Quote)) {
            let below = Block { kind: Kind::Body, lines: blocks[i].lines.split_off(at), mark: None };
            blocks.insert(i + 1, below);
        }
    }
}

/// Longest heading in small letters, in bytes.
const HEADING: usize = 64;

/// Short lines alone between paragraphs of whole sentences are headings, though their words have no capitals; questions
/// of a conversation and the signature under a letter are none, though theirs have.
fn headings(blocks: &mut [Block], head: &Head) {
    let long = blocks.iter().filter(|block| block.kind == Kind::Body && block.length() > 120).count();
    let speakers = speakers(blocks);
    for i in 1..blocks.len() {
        let text = blocks[i].lines.first().map_or("", |line| line.text);
        if blocks[i].kind == Kind::Heading {
            let speaks = label(text).is_some_and(|label| speakers.contains(label));
            let said = text.starts_with(['"', '“']) && (text.ends_with(".\"") || text.ends_with(".”"));
            let asked = speaks
                || said
                || ["Q. ", "Q: ", "Source: ", "Sources: ", "Note: "].iter().any(|mark| text.starts_with(mark));
            let signed = i * 2 > blocks.len() && head.authors.iter().any(|name| name == text);
            // Who signs a letter stands below its closing, and what they are below that.
            let closed =
                (1..=3.min(i)).any(|n| blocks[i - n].lines.last().is_some_and(|line| letters::is_closing(line.text)));
            // "tidecalc - compute heights": what a heading that stands out heads.
            let above = &blocks[i - 1];
            let set_in = above.kind == Kind::Heading && blocks[i].lines[0].indent >= above.lines[0].indent + 3;
            let small = set_in && text.starts_with(|c: char| !c.is_uppercase());
            if small
                || asked
                || signed
                || closed
                || blocks[i].lines.first().is_some_and(|line| letters::is_closing(line.text))
            {
                blocks[i].kind = Kind::Body;
            }
            continue;
        }
        let alone = blocks[i].kind == Kind::Body && blocks[i].lines.len() == 1 && blocks[i].lines[0].blanks > 0;
        if blocks[i].kind == Kind::Body && (names_chapter(blocks, i) || is_edited(&blocks[i]) || heads_list(blocks, i))
        {
            blocks[i].kind = Kind::Heading;
            continue;
        }
        let upper = |text: &str| text.trim_start_matches(['\'', '‘', '“', '"', '«']).starts_with(char::is_uppercase);
        if long < 3 || !alone || text.len() > HEADING || !upper(text) {
            continue;
        }
        let words = text.trim_end_matches(['\'', '’', '”', '"', '»']);
        let open = look::ends(text) == Ends::Open && words.ends_with(char::is_alphanumeric) && text.contains(' ');
        let ended = |block: &Block| {
            block.kind == Kind::Separator
                || block.kind != Kind::Meta
                    && block.lines.last().is_some_and(|line| look::ends(line.text) == Ends::Stop)
                || block.lines.first().is_some_and(|line| line.text.starts_with('[') && line.text.ends_with(']'))
        };
        let goes_on = blocks.get(i + 1).is_some_and(|below| {
            let items = below.kind == Kind::List && blocks.get(i + 2).is_some_and(|next| next.kind == Kind::List);
            (below.kind == Kind::Body || items)
                && below.lines[0].blanks > 0
                && below.lines[0].text.starts_with(|c: char| !c.is_lowercase())
                && (items
                    || below.lines.last().is_some_and(|line| matches!(look::ends(line.text), Ends::Stop | Ends::Colon)))
        });
        if open && goes_on && ended(&blocks[i - 1]) && !head.authors.iter().any(|name| name == text) {
            blocks[i].kind = Kind::Heading;
        }
    }
}

/// Whether paragraph `i` stands above the list of works that a paper cites.
fn heads_list(blocks: &[Block], i: usize) -> bool {
    let listed = |block: &Block| matches!(block.kind, Kind::List | Kind::Body | Kind::Footnote);
    let [line] = &blocks[i].lines[..] else { return false };
    wording::heads_references(line.text) && blocks.get(i + 1).is_some_and(listed)
}

/// Whether a paragraph ends with the link by which readers of an encyclopedia change a section: "Background[edit]".
fn is_edited(block: &Block) -> bool {
    const LINKS: [&str; 9] = [
        "[edit]",
        "[edit source]",
        "[edit | edit source]",
        "[Bearbeiten]",
        "[Bearbeiten | Quelltext bearbeiten]",
        "[modifier | modifier le code]",
        "[editar]",
        "[modifica | modifica wikitesto]",
        "[編集]",
    ];
    let [line] = &block.lines[..] else { return false };
    line.text.ends_with(']') && line.text.len() <= 120 && LINKS.iter().any(|link| line.text.ends_with(link))
}

/// Whether paragraph `i` is the number of a chapter, or the title in small letters of one whose number stands right above.
fn names_chapter(blocks: &[Block], i: usize) -> bool {
    let [line] = &blocks[i].lines[..] else { return false };
    let apart = blocks.get(i + 1).is_some_and(|below| below.lines[0].blanks > 0);
    let numbered = || {
        let [above] = &blocks[i - 1].lines[..] else { return false };
        marks::is_chapter(above.text) && line.blanks <= 1
    };
    let titles = || line.text.len() <= HEADING && line.text.starts_with(char::is_uppercase);
    apart && (marks::is_chapter(line.text) || numbered() && titles() && look::ends(line.text) == Ends::Open)
}

/// Words before a colon that open so many paragraphs are who speaks in them: "Host: Yes."
const TURNS: usize = 3;

/// Who speaks in a conversation.
fn speakers<'a>(blocks: &[Block<'a>]) -> HashSet<&'a str> {
    let mut turns: HashMap<&str, usize> = HashMap::new();
    for block in blocks {
        if let Some(label) = block.lines.first().and_then(|line| label(line.text)) {
            *turns.entry(label).or_default() += 1;
        }
    }
    turns.retain(|_, turns| *turns >= TURNS);
    turns.into_keys().collect()
}

/// The few words before a colon at the start of `text`.
fn label(text: &str) -> Option<&str> {
    let head = &text[..text.floor_char_boundary(40)];
    memchr::memchr(b':', head.as_bytes())?;
    let (label, _) = head.split_once(": ")?;
    (label.starts_with(char::is_uppercase) && label.split(' ').count() <= 3).then_some(label)
}

/// The author's life, in the last paragraphs of the text.
fn life(blocks: &mut [Block], head: &Head) {
    let texts: Vec<usize> =
        (0..blocks.len()).filter(|&i| matches!(blocks[i].kind, Kind::Body | Kind::Quote | Kind::List)).collect();
    for (back, &i) in texts.iter().rev().enumerate().take_while(|(back, _)| *back < 4 || back * 2 < texts.len()) {
        // Further up only what is short and tells what the author is, where columns were read in another order.
        if back >= 4 && blocks[i].length() > 200 {
            continue;
        }
        let text = head::text_of(&blocks[i]);
        let by_name = head.authors.iter().any(|name| {
            same_name(&text, name).is_some_and(|rest| {
                let rest = rest.trim_start_matches([',', ' ']);
                if back >= 4 {
                    return LIFE.open(rest);
                }
                rest.starts_with("is ")
                    || rest.starts_with("was ")
                    || LIFE.open(rest)
                    || rest.starts_with("formerly ")
                    || rest.starts_with("currently ")
            })
        });
        // Whose life it is need not be known where nothing but the foot of the page follows.
        let last = || {
            blocks[i + 1..]
                .iter()
                .all(|block| !matches!(block.kind, Kind::Body | Kind::Heading | Kind::List | Kind::Quote))
        };
        let by_form = || text.len() <= 500 && last() && head::name_at_start(&text).is_some_and(|rest| LIFE.open(rest));
        if by_name
            || back < 4 && by_form()
            || text.starts_with("About the author")
            || text.starts_with("About the Author")
        {
            blocks[i].kind = Kind::Boilerplate;
        }
    }
}

/// A heading that says that lives of authors follow, and those that do.
fn lives_below(blocks: &mut [Block], head: &Head) {
    const TELLS: [&str; 8] = [
        "about the author",
        "about the authors",
        "about the writer",
        "über den autor",
        "über die autorin",
        "à propos de l’auteur",
        "sobre el autor",
        "sull’autore",
    ];
    let told = |block: &Block| {
        block.lines.len() == 1 && block.length() <= 28 && {
            let text = block.lines[0].text.trim_end_matches(':').to_lowercase();
            TELLS.contains(&text.as_str())
        }
    };
    let Some(at) = blocks.iter().position(|block| block.kind == Kind::Heading && told(block)) else { return };
    let named = |block: &Block| {
        let text = head::text_of(block);
        block.kind == Kind::Body
            && block.length() <= 1200
            && head.authors.iter().any(|name| same_name(&text, name).is_some_and(|rest| rest.starts_with([' ', ','])))
    };
    let lives = blocks[at + 1..].iter().take_while(|block| named(block)).count();
    if lives > 0 {
        blocks[at..=at + lives].iter_mut().for_each(|block| block.kind = Kind::Boilerplate);
    }
}

/// What follows `name` at the start of `text`, whichever apostrophes are used.
fn same_name<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for c in name.chars() {
        let t = rest.next()?;
        let plain = |c: char| if c == '’' { '\'' } else { c };
        if plain(c) != plain(t) {
            return None;
        }
    }
    Some(rest.as_str())
}
