//! Lines of a head that say what they are: bylines, dates, numbers of a series, alone or side by side.

use super::fields::Field;
use super::kickers;
use super::labels::{self, BY, LESS, ON, VIA};
use super::names::{
    are_names, is_degree, is_given, is_ideographic_name, is_like_name, is_name, is_titled_name,
    is_whole_ideographic_name, may_be_name, may_be_place, name_with_role, names, reporter, undecorated,
};
use super::publishers::{ends_in_its_kind, has_kind, is_paper, is_publisher, publisher};
use super::serials::{is_number, is_volume, numbered_row, opens_volume, quoted_serial, serial};
use super::{TITLE, dates, roles, site};
use crate::text::paragraphs::lines::glyphs::is_spaceless;
use crate::text::paragraphs::lines::wording::behind;
use crate::text::words;

/// What a line of a head says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Date(String),
    /// When it was changed, or the year of its volume: its date where it has no other.
    LesserDate(String),
    Authors(Vec<String>),
    Source(String),
    /// A number or place that names nothing: "No. 201".
    Nothing,
}

/// Whether a byline begins on one line and ends on the next: "By Name | Via Council | Dec." and "25, 1998"; "By Given" and
/// "Name | Via Council".
pub fn is_cut_byline(above: &str, below: &str) -> bool {
    if below.len() > 20 && above.len() + below.len() > TITLE || !is_row(above) && !is_row(below) {
        return false;
    }
    let first = below.split(SEGMENTS).next().unwrap_or("").trim();
    let cut_name = || BY.open(above) && parse(first).is_none();
    if !is_row(above)
        && is_row(below)
        && above.len() + below.len() <= TITLE
        && cut_name()
        && parse(&format!("{above} {below}")).is_some()
    {
        return true;
    }
    let Some((rest, last)) = above.rsplit_once(SEGMENTS) else { return false };
    below.len() <= 20
        && last.len() <= 20
        && dates::read(last).is_none()
        && dates::read(&format!("{last} {below}")).is_some()
        && parse(rest).is_some()
}

/// Whether `text` says with a word what it is: "By …", "Posted on …".
pub(super) fn is_explicit(text: &str) -> bool {
    let text = undressed(text);
    BY.open(text)
        || ON.open(text)
        || VIA.open(text)
        || LESS.open(text)
        || text.split(SEGMENTS).any(|s| dates::read(s).is_some())
        || name_and_date(text).is_some()
}

/// Whether a line says with a word who wrote the text: "By …".
pub(super) fn says_by(text: &str) -> bool {
    text.len() <= TITLE
        && text.split(SEGMENTS).any(|part| BY.open(part.trim_start()))
        && parse(text).is_some_and(|said| said.iter().any(|said| matches!(said, Said::Authors(_))))
}

/// Whether a line is a byline or a date that says so, and whole: the name of who publishes may go on below.
pub fn is_explicit_byline(text: &str) -> bool {
    text.len() <= 120 && !names_no_whole_source(text) && is_explicit(text) && parse(text).is_some()
}

/// Whether a line ends in the name of a publisher that goes on below: "By Ann Lee | Via Institute of".
pub(super) fn names_no_whole_source(text: &str) -> bool {
    let last = text.rsplit(SEGMENTS).next().unwrap_or("").trim_start();
    VIA.open(last) && !ends_in_its_kind(last)
}

/// What parts the parts of a line.
pub(super) const SEGMENTS: [char; 4] = ['|', '·', '•', '\u{3000}'];

/// Whether a mark of one byte stands in `text`.
fn holds(text: &str, mark: u8) -> bool {
    memchr::memchr(mark, text.as_bytes()).is_some()
}

/// Whether one of them stands in `text`.
pub(super) fn is_row(text: &str) -> bool {
    holds(text, b'|') || !text.is_ascii() && text.contains(SEGMENTS)
}

/// Whether a line reads as a byline, a date, a number of a series.
pub fn is_byline(text: &str) -> bool {
    text.len() <= 120
        && (is_ideographic_name(undecorated(text))
            || parse(text).is_some()
            || is_name(text)
            || name_with_role(text).is_some())
}

/// `text` without the marks of markup that stand around all of it: "*By Ann Lee*", "**Ann Lee**, 3 May 2010".
pub(super) fn undressed(text: &str) -> &str {
    let marks = text.bytes().take_while(|b| matches!(b, b'*' | b'_')).count();
    if marks == 0 || marks > 3 {
        return text;
    }
    let mark = &text[..marks];
    text[marks..].strip_suffix(mark).unwrap_or(text)
}

/// Whether a sentence goes on behind a name: "by Nietzsche, who asked for readers".
fn goes_on(text: &str) -> bool {
    const RELATIVES: [&str; 6] = ["who ", "whom ", "whose ", "which ", "where ", "when "];
    let opened = |at: usize| text[at..].strip_prefix(", ").is_some_and(|part| behind(part, &RELATIVES).is_some());
    memchr::memchr_iter(b',', text.as_bytes()).any(opened)
}

/// Labels that stand behind others on a line, with a blank before them.
const LABELS_INSIDE: [&str; 5] = [" 作者：", " 来源：", " 來源：", " 文：", " 编辑："];

/// What a line of a head says, where all of it says something.
pub fn parse(text: &str) -> Option<Vec<Said>> {
    if text.len() > TITLE || goes_on(text) {
        return None;
    }
    if holds(text, b'*') && text.contains("**") {
        return parse(&text.replace("**", ""));
    }
    // "(Dated: 22 March 2012)", "[Assented to 12 December 1901]"
    let bare = text.strip_prefix('(').and_then(|text| text.strip_suffix(')'));
    if let Some(inner) = bare.or_else(|| text.strip_prefix('[').and_then(|text| text.strip_suffix(']')))
        && ON.open(inner)
    {
        return parse(inner);
    }
    // "2011-07-04 作者：陈小舟 来源：湖区观察"
    if !text.is_ascii() {
        if let Some(label) = LABELS_INSIDE.iter().find(|label| text.contains(**label)) {
            return parse(&text.replace(label, &format!("|{}", label.trim_start())));
        }
        if let Some(source) = numbered_row(text) {
            return Some(vec![Said::Source(source)]);
        }
    }
    let text = undressed(text);
    if let Some(said) = name_and_date(text) {
        return Some(said);
    }
    // "Received: 3 March 2010 / Published online: 6 May 2011"
    if holds(text, b'/')
        && let Some((first, rest)) = text.split_once(" / ")
    {
        let (mut said, rest) = (parse(first)?, parse(rest)?);
        said.extend(rest);
        return Some(said);
    }
    let segments: Vec<&str> = match is_row(text) {
        true => text.split(SEGMENTS).map(str::trim).filter(|s| !s.is_empty()).collect(),
        false => vec![text.trim()],
    };
    let beside = segments.len() > 1;
    let (mut said, mut topics) = (Vec::new(), false);
    for segment in segments {
        match parse_segment(segment, beside) {
            Some(more) => said.extend(more),
            None if beside && are_topics(segment) => topics = true,
            // "by Ann Lee — 3 March 2010"
            None => {
                let parted = !segment.is_ascii() || segment.contains('-');
                let marks = [" — ", " – ", " - "].into_iter().filter(|_| parted);
                let (first, rest) = marks.filter_map(|mark| segment.split_once(mark)).next()?;
                said.extend(parse_segment(first, false)?);
                said.extend(parse_segment(rest, true)?);
            }
        }
    }
    let all: Vec<String> = said
        .iter()
        .filter_map(|said| if let Said::Authors(who) = said { Some(who) } else { None })
        .flatten()
        .cloned()
        .collect();
    // Several on a line are one list.
    if let Some(first) = said.iter_mut().find_map(|said| if let Said::Authors(who) = said { Some(who) } else { None }) {
        *first = all;
    }
    let tells = |said: &Said| matches!(said, Said::Authors(_));
    (!said.is_empty() && (!topics || said.iter().any(tells))).then_some(said)
}

/// Words of what is no name of a source where a full stop ends it.
const SENTENCE: usize = 8;

fn parse_segment(segment: &str, beside: bool) -> Option<Vec<Said>> {
    if let Some(date) = dates::read(segment) {
        return Some(vec![Said::Date(date)]);
    }
    if let Some(date) = LESS.behind(segment).map(str::trim).and_then(dates::read) {
        return Some(vec![Said::LesserDate(date)]);
    }
    if let Some(rest) = ON.behind(segment).map(str::trim)
        && let Some(said) = posted(rest)
    {
        return Some(said);
    }
    if let Some(rest) = BY.behind(segment).map(str::trim)
        && let Some(said) = by(rest)
    {
        return Some(said);
    }
    if let Some(rest) = VIA.behind(segment).map(str::trim) {
        // "来源：海岸周刊 2018-09-14"
        let (name, date) = match rest.rsplit_once(' ').and_then(|(name, when)| Some((name, dates::read(when)?))) {
            Some((name, date)) => (name.trim_end(), Some(Said::Date(date))),
            None => (rest, None),
        };
        // "via Cape Town and the new ports of the south.": the end of a sentence.
        let sentence = name.ends_with('.') && name.split(' ').count() >= SENTENCE;
        let named = name.starts_with(|c: char| c.is_uppercase() || is_spaceless(c)) && !sentence;
        return named.then(|| [Said::Source(name.to_owned())].into_iter().chain(date).collect());
    }
    if let Some(name) = reporter(segment) {
        return Some(vec![Said::Authors(vec![name.to_owned()])]);
    }
    if let Some(date) = dated_version(segment) {
        return Some(vec![Said::Date(date)]);
    }
    if let Some((source, date)) = quoted_serial(segment) {
        return Some([Said::Source(source)].into_iter().chain(date.map(Said::Date)).collect());
    }
    if opens_volume(segment) && is_volume(segment) {
        let when = segment.rsplit_once(", ").and_then(|(_, when)| dates::read(when));
        return Some(vec![when.map_or(Said::Nothing, Said::Date)]);
    }
    if is_number(segment) || labels::says_nothing(segment) {
        // "Lecture given at the Town Hall, on 14 November 1936": the day it was held, where no other is given.
        let cut = || [", on ", " on ", ", "].iter().find_map(|mark| dates::read(segment.rsplit_once(mark)?.1));
        let when = Some(segment).filter(|segment| segment.len() > 40).and_then(|_| cut());
        return Some(vec![when.map_or(Said::Nothing, Said::LesserDate)]);
    }
    // "Before the Committee on Transport", "Held at the Customs House, 9 March 2004"
    if behind(segment, &["Before the ", "BEFORE THE "]).is_some_and(has_kind) {
        return Some(vec![Said::Nothing]);
    }
    if behind(segment, &["Held at ", "Held in ", "Held on "]).is_some() {
        let when = segment.rsplit_once(", ").and_then(|(_, when)| dates::read(when));
        let when = when.or_else(|| dates::read(segment.strip_prefix("Held on ")?));
        return when.map(|date| vec![Said::Date(date)]);
    }
    // "Il Lago, 3 febbraio 1999, p. 12"
    if let Some((rest, page)) = segment.rsplit_once(", ")
        && ["p. ", "pp. ", "S. ", "page "]
            .iter()
            .any(|word| page.strip_prefix(word).is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit())))
        && dates::may_hold(rest)
        && let Some(said) = parse_segment(rest, beside)
    {
        return Some(said);
    }
    // "Tokyo, 14 October 2010", "Gdynia, 14-16 May 2009"
    if let Some((place, when)) = segment.split_once(", ")
        && place.len() <= 30
        && place.starts_with(char::is_uppercase)
        && place.split(' ').count() <= 2
        && (dates::read(when).is_some() || dates::is_span(when))
    {
        return Some(vec![dates::read(when).map_or(Said::Nothing, Said::Date)]);
    }
    // "Analysis No. 3/2021"
    if let Some((name, number)) = [" No. ", " Nr. ", " n° ", " N° "].iter().find_map(|mark| segment.split_once(mark))
        && name.split(' ').count() <= 2
        && number.contains('/')
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'/')
    {
        return Some(vec![Said::Nothing]);
    }
    // "Studies of the Coast 34–35/2011": a number of a year.
    if let Some((name, number)) = segment.rsplit_once(' ')
        && let Some((first, last)) = number.rsplit_once('/')
        && dates::year(last).is_some()
        && !first.is_empty()
        && first.len() <= 8
        && first.bytes().all(|b| b.is_ascii_digit() || !b.is_ascii())
        && name.starts_with(char::is_uppercase)
        && name.split(' ').count() >= 2
        && !name.ends_with(['.', '°', 'º'])
        && (is_paper(name) || has_kind(name) || name.split(' ').any(|word| !words::contains(&word.to_lowercase())))
        && !kickers::is_kicker(segment)
    {
        return Some(vec![Said::Source(name.to_owned()), Said::LesserDate(last.to_owned())]);
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
    // "Backgrounder #22 | 9 April 2014"
    if beside
        && segment.len() <= 32
        && segment.rsplit_once(" #").is_some_and(|(_, n)| n.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(vec![Said::Nothing]);
    }
    let bare = undecorated(segment);
    (beside && (is_name(segment) || is_ideographic_name(bare) || is_whole_ideographic_name(bare)))
        .then(|| vec![Said::Authors(names(segment))])
        .or_else(|| (beside && is_publisher(segment)).then(|| vec![Said::Source(publisher(segment))]))
}

/// "Version 0.12 September 19, 1999", "2022/02/03 v1.0": which version of a text, and when it was made.
fn dated_version(segment: &str) -> Option<String> {
    let numbered = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let version = |word: &str| word.strip_prefix(['v', 'V']).is_some_and(numbered);
    // "3.00, 2009/06/22"
    if segment.starts_with(|c: char| c.is_ascii_digit())
        && let Some((number, date)) = segment.split_once(", ")
        && number.contains('.')
        && number.len() <= 8
        && number.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    {
        return dates::read(date);
    }
    let (first, rest) = segment.split_once(' ')?;
    if first == "for" {
        return dated_version(rest.strip_prefix("version")?.trim_start());
    }
    if version(first) {
        return dates::read(rest);
    }
    if matches!(first, "Version" | "version" | "Release" | "Edition" | "Revision") {
        let (number, date) = rest.split_once(' ')?;
        return numbered(number).then(|| dates::read(date))?;
    }
    let (date, last) = segment.rsplit_once(' ')?;
    version(last).then(|| dates::read(date))?
}

/// "Trade, Shipping": what a text is filed under, beside its byline.
fn are_topics(segment: &str) -> bool {
    let topic = |part: &str| {
        part.starts_with(char::is_uppercase)
            && part.len() <= 24
            && part.split(' ').count() <= 3
            && !site::is_part_of_site(part)
    };
    segment.split(", ").count() <= 4 && segment.split(", ").all(topic)
}

/// What stands behind "Posted on": a date, and perhaps who posted it.
fn posted(rest: &str) -> Option<Vec<Said>> {
    if let Some(date) = dates::read(rest).or_else(|| dates::read(rest.split(" at ").next()?)) {
        return Some(vec![Said::Date(date)]);
    }
    let (when, who) = [" by ", " par ", " von ", " por ", " da ", " di "].iter().find_map(|by| rest.split_once(by))?;
    let date = dates::read(when)?;
    are_names(who).then(|| vec![Said::Date(date), Said::Authors(names(who))])
}

/// Who signs in place of a name.
const EDITORS: [&str; 6] =
    ["the Editors", "The Editors", "the editors", "the Editorial Board", "The Editorial Board", "Editorial Board"];

/// What stands behind "By": names, and perhaps a role, a place, for whom, and when.
fn by(rest: &str) -> Option<Vec<Said>> {
    if EDITORS.contains(&rest) {
        return Some(vec![Said::Authors(vec![rest.to_owned()])]);
    }
    let mut said = Vec::new();
    let mut who = rest.trim_end_matches([',', '.']);
    for title in
        ["His Excellency ", "Her Excellency ", "H.E. ", "the Hon. ", "The Hon. ", "The Honorable ", "the Honorable "]
    {
        who = who.strip_prefix(title).unwrap_or(who);
    }
    // "the Rev. Name"
    if let Some(person) = who.strip_prefix("the ").filter(|person| is_titled_name(person)) {
        who = person;
    }
    // "Name (historian)"
    if let Some((name, what)) = who.strip_suffix(')').and_then(|who| who.split_once(" ("))
        && what.starts_with(char::is_lowercase)
        && !what.contains('@')
    {
        who = name;
    }
    // "Name, 3 May 2010", "Name on 3 May 2010", "Name, Tokyo, May 3, 2010"
    let cuts = who.match_indices(", ").map(|(at, mark)| (at, at + mark.len()));
    let cuts = cuts.chain(who.match_indices(" on ").map(|(at, mark)| (at, at + mark.len())));
    if let Some((at, after)) = cuts.clone().find(|(_, after)| dates::read(&who[*after..]).is_some()) {
        said.extend(dates::read(&who[after..]).map(Said::Date));
        who = &who[..at];
    }
    // "Name for The Forum"
    if let Some((name, whom)) = who.split_once(" for ").filter(|(name, _)| is_name(name)) {
        let whom = whom.strip_prefix("the ").unwrap_or(whom);
        said.extend(is_publisher(whom).then(|| Said::Source(publisher(whom))));
        who = name;
    }
    for place in [" at the ", " at ", " before the ", " to the ", " in "] {
        if let Some((name, _)) = who.split_once(place).filter(|(name, _)| is_name(name) || is_like_name(name)) {
            who = name.trim_end_matches(',');
        }
    }
    // "Name, Kiel"
    if let Some((name, place)) = who.split_once(", ")
        && is_name(name)
        && name.contains(' ')
        && !place.contains([' ', '.'])
        && !matches!(place, "Jr" | "Sr" | "II" | "III")
        && !is_degree(place)
    {
        who = name;
    }
    // "Name, interpreter (retired)", "Name, Staff Writer", "Name, Office of the Counsel"
    if let Some((name, role)) = who.split_once(", ")
        && (role.starts_with(char::is_lowercase) && !role.starts_with("and ")
            || is_name(name) && (roles::is_role(role) || is_publisher(role) || roles::is_office(role)))
    {
        who = name;
    }
    if who.len() > 90 || !are_names(who) {
        return None;
    }
    said.insert(0, Said::Authors(names(who)));
    Some(said)
}

/// "Keiko Iizuka 1 August 2014": a name, then a date.
fn name_and_date(text: &str) -> Option<Vec<Said>> {
    if !dates::may_hold(text) {
        return None;
    }
    let spaces = text.match_indices(' ').map(|(at, _)| at);
    for at in spaces {
        if let Some(date) = dates::read(&text[at + 1..]) {
            let who = text[..at].trim_end_matches([',', ' ', '-', '–', '—']).trim_end_matches(['*', '_']);
            let by = BY.behind(who);
            // "The Almanac, Spring 2009", "Harbour Mail, March 2010": a number of a paper, not a byline.
            let season = text[at + 1..].split(' ').next().is_some_and(dates::is_season);
            if by.is_none() && (is_paper(who) || season && is_name(who) && !is_given(who)) {
                let source =
                    if is_paper(who) || is_publisher(who) { Said::Source(who.to_owned()) } else { Said::Nothing };
                return (season || date.len() < 10 || !is_given(who)).then(|| vec![source, Said::LesserDate(date)]);
            }
            // "Le Gué, le 14 mars 2011": a letter's place.
            if by.is_none() && ["le ", "den ", "el ", "lì "].iter().any(|word| text[at + 1..].starts_with(word)) {
                return None;
            }
            // "Frank Bishop 2015-10-15": a day right behind what may be a name, and is no place.
            if by.is_none() && date.len() == 10 && may_be_name(who) && !may_be_place(who) {
                return Some(vec![Said::Authors(names(who)), Said::Date(date)]);
            }
            let parted = who.len() < at && !may_be_place(who);
            if by.is_some_and(are_names) || by.is_none() && (is_name(who) || parted && may_be_name(who)) {
                return Some(vec![Said::Authors(names(by.unwrap_or(who))), Said::Date(date)]);
            }
            return None;
        }
    }
    None
}

/// The value of a line with a label, as the head has it: "Author: Ann Lee".
pub(super) fn labelled(field: Field, value: &str) -> Option<Said> {
    match field {
        Field::Author | Field::Sender => {
            let who = undecorated(value);
            let said = by(who).or_else(|| by(who.split_once(',')?.0))?;
            said.into_iter().next()
        }
        Field::Date => dates::read(value).map(Said::Date),
        Field::Updated => dates::read(value).map(Said::LesserDate),
        Field::Source => value.starts_with(char::is_uppercase).then(|| Said::Source(value.to_owned())),
        Field::Title | Field::Nothing => None,
    }
}
