//! Names of those who publish, and of the series that they publish in.

use super::bylines::serial;
use super::dates;
use super::names::is_name;
use super::roles::{is_office, is_role};
use super::titles::looks_titled;

/// Words of the names of those who publish.
const PUBLISHERS: [&str; 59] = [
    "Monthly",
    "Weekly",
    "Mercury",
    "Courier",
    "Syndicate",
    "Inspectorate",
    "Institut",
    "Universität",
    "Université",
    "Universidad",
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
    "Senate",
    "Parliament",
    "Congress",
    "Assembly",
    "Subcommittee",
];

/// How no name of a publisher begins.
const NO_NAME: [&str; 18] = [
    "To ",
    "For ",
    "From ",
    "At ",
    "In ",
    "On ",
    "Testimony ",
    "Remarks ",
    "Speech ",
    "Statement ",
    "Address ",
    "Lecture ",
    "Report ",
    "Letter ",
    "Minutes ",
    "IN ",
    "Before ",
    "BEFORE ",
];

/// Whether `word` says what kind of publisher a name names, in capitals too.
fn is_kind(word: &str) -> bool {
    PUBLISHERS.contains(&word)
        || word.len() > 4
            && word.bytes().all(|b| b.is_ascii_uppercase())
            && PUBLISHERS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// Whether a title's first line goes on below: a whole name ends with the word for what it is, or with one of its kind.
pub(super) fn breaks_off(text: &str) -> bool {
    let whole = |word: Option<&str>| word.is_some_and(|word| PUBLISHERS.contains(&word));
    !(whole(text.rsplit(' ').next()) || whole(text.split(' ').next()) && text.split(' ').count() >= 3)
}

/// Whether a name ends with the word for what it is: "Meridian Quarterly".
pub(super) fn ends_in_its_kind(text: &str) -> bool {
    text.rsplit(' ').next().is_some_and(|word| PUBLISHERS.contains(&word))
}

/// Whether a word of `text` says what kind of publisher it names.
pub(super) fn has_kind(text: &str) -> bool {
    text.split([' ', ',']).filter(|word| word.starts_with(|c: char| c.is_ascii_uppercase())).any(is_kind)
}

/// Words that end the names of those whom people work for, and of no person.
const EMPLOYERS: [&str; 17] = [
    "Office",
    "Board",
    "Authority",
    "Company",
    "Service",
    "Division",
    "Unit",
    "Programme",
    "Program",
    "Survey",
    "Laboratory",
    "Hospital",
    "Museum",
    "Corporation",
    "Bank",
    "Fund",
    "Court",
];

/// Whether `text` names those whom people work for.
pub(super) fn is_employer(text: &str) -> bool {
    has_kind(text) || text.rsplit(' ').next().is_some_and(|word| EMPLOYERS.contains(&word))
}

/// Whether `text` names one who publishes.
pub(super) fn is_publisher(text: &str) -> bool {
    text.len() <= 90
        && !NO_NAME.iter().any(|word| text.starts_with(word))
        && (has_kind(text) || is_office(text))
        && looks_titled(text)
        && !(text.contains(',') && is_role(text))
        // "Ann Lee, Institute of Trade": who wrote it, and where they belong.
        && !text.split_once(", ").is_some_and(|(name, _)| is_name(name))
        && !text.contains(':')
        && text.split(' ').count() <= 10
        && text.split(' ').count() >= 2
}

/// The name without a number behind it.
pub(super) fn publisher(text: &str) -> String {
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
    // "© Shoreline Press 2013"
    let bare = rest[..end].trim_end_matches(['.', ' ']);
    let end = match bare.rsplit_once([' ', ',']) {
        Some((name, year)) if dates::year(year).is_some() => name.trim_end_matches([',', ' ']).len(),
        _ => end,
    };
    let holder = rest[..end].trim().trim_end_matches(['.', ',', '|']).trim();
    (holder.len() > 2 && holder.len() <= 90 && holder.starts_with(char::is_uppercase)).then(|| holder.to_owned())
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
