//! What a text says of itself at its top: title, authors, date, source. Nothing is invented: a text that begins with prose
//! has none of them.

use super::compose::Block;
use super::dates;
use super::kinds;
use super::look::{self, Ends};
use crate::text::{Head, Kind, words};

/// Paragraphs from the top among which the head is looked for.
const FRONT: usize = 16;
/// Longest title, in bytes.
const TITLE: usize = 220;

/// What a line of a head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Date(String),
    Authors(Vec<String>),
    Source(String),
    /// A number or place that names nothing: "No. 201".
    Nothing,
}

/// Words of the names of those who publish.
const PUBLISHERS: [&str; 44] = [
    "Institute",
    "Institution",
    "Forum",
    "Council",
    "Review",
    "Center",
    "Centre",
    "University",
    "Journal",
    "Times",
    "Post",
    "Foundation",
    "Association",
    "Society",
    "Quarterly",
    "Magazine",
    "Commission",
    "Agency",
    "Organization",
    "Organisation",
    "Gazette",
    "Herald",
    "Tribune",
    "Press",
    "Network",
    "Observatory",
    "Academy",
    "College",
    "Affairs",
    "Bulletin",
    "Monitor",
    "Observer",
    "Chronicle",
    "Bureau",
    "Ministry",
    "Department",
    "Committee",
    "Correspondent",
    "Library",
    "School",
    "Group",
    "Trust",
    "Initiative",
    "Project",
];

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
                || looks_titled(lines[1].text) && (lines[0].text.len() <= lines[1].text.len() || opens(lines[1].text))
                || is_series(lines[0].text) && is_publisher(lines[1].text));
        if named {
            let below = Block { kind: blocks[i].kind, lines: blocks[i].lines.split_off(1), mark: None };
            blocks.insert(i + 1, below);
        }
        i += 1;
    }
}

/// Whether a title's first line goes on below: a whole name ends with the word for what it is, or with one of its kind.
fn breaks_off(text: &str) -> bool {
    let whole = |word: Option<&str>| word.is_some_and(|word| PUBLISHERS.contains(&word));
    !(whole(text.rsplit(' ').next()) || whole(text.split(' ').next()) && text.split(' ').count() >= 3)
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
    let limit = blocks
        .iter()
        .take(FRONT)
        .enumerate()
        .position(|(i, block)| prose(block, i == 0))
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

/// Words before an author, a date, a source.
const BY: [&str; 7] = ["By ", "by ", "BY ", "Author: ", "Authors: ", "Written by ", "Von "];
const ON: [&str; 12] = [
    "Posted on ",
    "Posted: ",
    "Posted ",
    "Published on ",
    "Published: ",
    "Published ",
    "Date: ",
    "Updated: ",
    "Last updated: ",
    "First published: ",
    "Updated on ",
    "Dated ",
];
const VIA: [&str; 6] = ["Via ", "via ", "Source: ", "Published by ", "Publisher: ", "From: "];

/// Whether `text` says with a word what it is: "By …", "Posted on …".
fn is_explicit(text: &str) -> bool {
    BY.iter().chain(&ON).chain(&VIA).any(|word| text.starts_with(word))
        || text.split(SEGMENTS).any(|s| dates::read(s).is_some())
        || name_and_date(text).is_some()
}

const SEGMENTS: [char; 3] = ['|', '·', '•'];

/// Whether a line reads as a byline, a date, a number of a series.
pub fn is_byline(text: &str) -> bool {
    text.len() <= 120 && (is_ideographic_name(text) || parse(text).is_some() || is_name(text))
}

/// What a line of a head says, where all of it says something.
pub fn parse(text: &str) -> Option<Vec<Said>> {
    if text.len() > TITLE {
        return None;
    }
    if let Some(said) = name_and_date(text) {
        return Some(said);
    }
    let mut said = Vec::new();
    for segment in text.split(SEGMENTS).map(str::trim).filter(|s| !s.is_empty()) {
        said.extend(parse_segment(segment, !said.is_empty())?);
    }
    (!said.is_empty()).then_some(said)
}

fn parse_segment(segment: &str, beside: bool) -> Option<Vec<Said>> {
    let after = |words: &[&str]| words.iter().find_map(|word| segment.strip_prefix(word)).map(str::trim);
    if let Some(date) = dates::read(segment) {
        return Some(vec![Said::Date(date)]);
    }
    if let Some(rest) = after(&ON) {
        return Some(vec![Said::Date(dates::read(rest).or_else(|| dates::read(rest.split(" at ").next()?))?)]);
    }
    if let Some(rest) = after(&BY) {
        // "By Name, 3 May 2010"
        let (who, when) = match rest.split_once(", ").and_then(|(who, when)| Some((who, dates::read(when)?))) {
            Some((who, date)) => (who, Some(date)),
            None => (rest, None),
        };
        // "By Name, interpreter (retired)"
        let who = match who.split_once(", ") {
            Some((name, role)) if role.starts_with(char::is_lowercase) && !role.starts_with("and ") => name,
            _ => who.trim_end_matches(','),
        };
        if who.len() > 90 || !are_names(who) {
            return None;
        }
        return Some([Said::Authors(names(who))].into_iter().chain(when.map(Said::Date)).collect());
    }
    if let Some(rest) = after(&VIA) {
        return rest.starts_with(char::is_uppercase).then(|| vec![Said::Source(rest.to_owned())]);
    }
    if let Some(source) = quoted_serial(segment) {
        return Some(vec![Said::Source(source)]);
    }
    if is_number(segment) {
        return Some(vec![Said::Nothing]);
    }
    // "Tokyo, 14 October 2010"
    if let Some((place, when)) = segment.split_once(", ")
        && place.len() <= 30
        && place.starts_with(char::is_uppercase)
        && place.split(' ').count() <= 2
        && let Some(date) = dates::read(when)
    {
        return Some(vec![Said::Date(date)]);
    }
    // "The Ledger, No. 31, February 2025", "from The Ledger, No. 31"
    if let Some((rest, when)) = segment.rsplit_once(", ")
        && let Some(date) = dates::read(when)
        && let Some(source) = serial(rest.strip_prefix("from ").unwrap_or(rest))
    {
        return Some(vec![Said::Source(source), Said::Date(date)]);
    }
    if let Some(source) = serial(segment.strip_prefix("from ").unwrap_or(segment)) {
        return Some(vec![Said::Source(source)]);
    }
    (beside && is_name(segment))
        .then(|| vec![Said::Authors(names(segment))])
        .or_else(|| (beside && is_publisher(segment)).then(|| vec![Said::Source(publisher(segment))]))
}

/// "Keiko Iizuka 1 August 2014": a name, then a date.
fn name_and_date(text: &str) -> Option<Vec<Said>> {
    let spaces = text.match_indices(' ').map(|(at, _)| at);
    for at in spaces {
        if let Some(date) = dates::read(&text[at + 1..]) {
            let who = text[..at].trim_end_matches([',', ' ', '-', '–', '—']);
            let by = BY.iter().find_map(|word| who.strip_prefix(word));
            if by.is_some_and(are_names) || by.is_none() && is_name(who) {
                return Some(vec![Said::Authors(names(by.unwrap_or(who))), Said::Date(date)]);
            }
            return None;
        }
    }
    None
}

/// "No. 201", "Vol. 10 No. 2", "Issue 14", "9 min read".
fn is_number(text: &str) -> bool {
    let words = text.split([' ', ',']).filter(|w| !w.is_empty());
    let mut digits = false;
    text.len() <= 40
        && words.clone().count() <= 6
        && words.into_iter().all(|word| {
            let number = word.bytes().any(|b| b.is_ascii_digit());
            digits |= number;
            number && word.len() <= 8
                || matches!(word, "No." | "No" | "Vol." | "Vol" | "Volume" | "Issue" | "Number" | "Nr.")
        })
        && digits
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// "Harbor & Strait, Vol. 11, No. 2": a journal with its number.
fn serial(text: &str) -> Option<String> {
    let at = [", No", ", Vol", ", Issue", ", Nr"].iter().filter_map(|mark| text.find(mark)).min()?;
    let (name, number) = text.split_at(at);
    (is_number(number.trim_start_matches(", ")) && name.starts_with(char::is_uppercase)).then(|| name.to_owned())
}

/// "『潮目季報』第四十二号": a journal in brackets with its number.
fn quoted_serial(text: &str) -> Option<String> {
    let (name, number) = text.strip_prefix('『')?.split_once('』')?;
    let number = number.trim();
    (number.is_empty() || number.starts_with('第') && number.chars().count() <= 12).then(|| name.to_owned())
}

/// "水城 澄人": two or three characters, a blank, one to three.
fn is_ideographic_name(text: &str) -> bool {
    let mut parts = text.split([' ', '\u{3000}']);
    let name = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=4).contains(&part.chars().count()) && part.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '々'))
        })
    };
    name(parts.next()) && name(parts.next()) && parts.next().is_none()
}

/// Titles before and behind names.
const HONORIFICS: [&str; 10] =
    ["Dr.", "Prof.", "Professor", "Mr.", "Ms.", "Mrs.", "Sir", "Dr", "Ambassador", "Senator"];
const PARTICLES: [&str; 16] =
    ["de", "van", "von", "der", "den", "del", "della", "di", "da", "bin", "al", "la", "le", "ibn", "dos", "ten"];

/// Whether `text` has the form of a person's name: two to four words with capitals.
fn has_name_form(text: &str) -> bool {
    let words = text.split(' ').filter(|word| !HONORIFICS.contains(word));
    let mut capitals = 0;
    let fits = words.clone().all(|word| {
        let bare = word.trim_end_matches(',');
        let letters =
            bare.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}' | '\'' | '’'));
        let capital = bare.starts_with(char::is_uppercase);
        capitals += u32::from(capital);
        letters
            && !bare.is_empty()
            && (capital
                || PARTICLES.contains(&bare)
                || bare.starts_with("al-")
                || bare.starts_with("d’")
                || bare.starts_with("d'"))
    });
    fits && (2..=5).contains(&capitals) && text.len() <= 60 && !text.ends_with(['.', ','])
        || fits && text.ends_with("Jr.")
}

/// Whether `text` is most likely a name: one of its words is none of the language, or an initial.
fn is_name(text: &str) -> bool {
    let each = |name: &str| {
        has_name_form(name)
            && !is_publisher(name)
            && (name.split(' ').any(is_surname)
                || name.split([' ', '-', '\'', '’']).any(|word| {
                    let initial = word.len() == 2 && word.ends_with('.');
                    let lower = word.trim_end_matches(['.', ',']).to_lowercase();
                    initial
                        || !words::contains(&lower) && lower.chars().count() > 1 && !PARTICLES.contains(&lower.as_str())
                }))
            && !name.split(' ').any(look::is_function_word)
    };
    let all = names(text);
    !all.is_empty() && all.len() <= 5 && all.iter().all(|name| each(name))
}

/// "O'Neill", "McKay", "D’Arcy".
fn is_surname(word: &str) -> bool {
    ["O'", "O’", "D'", "D’", "Mc", "Mac"]
        .iter()
        .any(|start| word.strip_prefix(start).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
}

/// Whether `text` can be the names behind "By".
fn are_names(text: &str) -> bool {
    let all = names(text);
    !all.is_empty()
        && all
            .iter()
            .all(|name| has_name_form(name) || name.split(' ').count() == 1 && name.starts_with(char::is_uppercase))
}

/// The names in "A, B and C".
fn names(text: &str) -> Vec<String> {
    text.split(" and ")
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(", "))
        .map(|name| name.trim().trim_end_matches(',').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
}

/// Whether `text` names one who publishes.
fn is_publisher(text: &str) -> bool {
    text.len() <= 90
        && !["To ", "For ", "From ", "At ", "In ", "On "].iter().any(|word| text.starts_with(word))
        && text.split([' ', ',']).any(|word| PUBLISHERS.contains(&word))
        && looks_titled(text)
        && !text.contains(':')
        && text.split(' ').count() <= 10
        && text.split(' ').count() >= 2
}

/// The name without a number behind it.
fn publisher(text: &str) -> String {
    serial(text).unwrap_or_else(|| text.to_owned())
}

/// The holder in "© 2014 Eastbridge Institute. All rights reserved."
pub fn copyright_holder(text: &str) -> Option<String> {
    let rest = ["©", "(c)", "(C)", "Copyright"].iter().find_map(|mark| text.strip_prefix(mark))?.trim_start();
    let rest = rest
        .strip_prefix("Copyright")
        .or_else(|| rest.strip_prefix("©"))
        .or_else(|| rest.strip_prefix("(c)"))
        .unwrap_or(rest);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '-' | '–'));
    let rest = rest.strip_prefix("by ").unwrap_or(rest);
    let end = [". All", ", All", " All right", " All Right", ". Some"]
        .iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .unwrap_or(rest.len());
    let holder = rest[..end].trim().trim_end_matches(['.', ',', '|']).trim();
    (holder.len() > 2 && holder.len() <= 90 && holder.starts_with(char::is_uppercase)).then(|| holder.to_owned())
}

/// What follows a person's name at the start of `text`.
pub fn name_at_start(text: &str) -> Option<&str> {
    let end = text
        .match_indices(' ')
        .map(|(at, _)| at)
        .take(6)
        .filter(|&at| is_name(text[..at].trim_end_matches(',')))
        .last()?;
    Some(text[end..].trim_start_matches([',', ' ']))
}

/// Words that begin, and words that end, the name of a series: "Working Notes", "Annual Review of Shipping".
const SERIES: [&str; 14] = [
    "Annual",
    "Quarterly",
    "Monthly",
    "Weekly",
    "Working",
    "Policy",
    "Discussion",
    "Occasional",
    "Briefing",
    "Research",
    "Technical",
    "Staff",
    "Issue",
    "Conference",
];
const PIECES: [&str; 12] = [
    "Review",
    "Bulletin",
    "Notes",
    "Paper",
    "Papers",
    "Brief",
    "Briefs",
    "Report",
    "Reports",
    "Memo",
    "Memorandum",
    "Series",
];

/// Whether `text` names a series rather than a text or a publisher.
pub fn is_series(text: &str) -> bool {
    let mut words = text.split(' ');
    text.len() <= 50
        && words.next().is_some_and(|word| SERIES.contains(&word))
        && words.next().is_some_and(|word| PIECES.contains(&word.trim_end_matches(',')))
        && (words.clone().next().is_none()
            || words.next().is_some_and(|word| matches!(word, "of" | "on" | "No." | "No" | "Series")))
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
