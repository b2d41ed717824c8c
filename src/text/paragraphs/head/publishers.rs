//! Names of those who publish, and of the series that they publish in.

use super::dates;
use super::kickers;
use super::names::is_name;
use super::roles::{is_office, is_role};
use super::serials::serial;
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

/// Words that end the names of papers, and of texts too: "The Tideway Papers". Only a title that is right above its byline,
/// right below such a name, makes it one.
const PAPERS: [&str; 34] = [
    "Almanac",
    "Anzeiger",
    "Blätter",
    "Briefing",
    "Daily",
    "Digest",
    "Dispatch",
    "Echo",
    "Examiner",
    "Globe",
    "Guardian",
    "Independent",
    "Intelligencer",
    "Lectures",
    "Letter",
    "Mail",
    "Mirror",
    "News",
    "Newsletter",
    "Papers",
    "Record",
    "Recorder",
    "Register",
    "Reporter",
    "Sentinel",
    "Spectator",
    "Standard",
    "Star",
    "Studies",
    "Sun",
    "Telegraph",
    "Tracts",
    "Yearbook",
    "Zeitung",
];

/// Words that begin such names: "Revue des ports", "The Annals of Shipping".
const JOURNALS: [&str; 16] = [
    "Almanac",
    "Annales",
    "Annals",
    "Archives",
    "Boletín",
    "Cahiers",
    "Cuadernos",
    "Diario",
    "Jahrbuch",
    "Proceedings",
    "Quaderni",
    "Revista",
    "Revue",
    "Rivista",
    "Transactions",
    "Zeitschrift",
];

/// Whether `text` may be the name of a paper, where it stands above a title.
pub(super) fn is_paper(text: &str) -> bool {
    let known = |table: &[&str], word: &str| {
        table.contains(&word)
            || word.len() > 2
                && !word.chars().any(char::is_lowercase)
                && table.iter().any(|known| known.to_uppercase() == word)
    };
    let mut words = text.split(' ');
    let first = words.next().filter(|word| !matches!(*word, "The" | "THE")).or_else(|| words.next());
    let last = text.rsplit([' ', '-']).next();
    // "Deichzeitung"
    let compound = ["zeitung", "anzeiger", "nachrichten", "rundschau", "kurier"].iter().any(|end| text.ends_with(end));
    text.len() <= 72
        && (text.split([' ', '-']).count() >= 2 || compound && looks_titled(text))
        && !text.contains([':', '?', ','])
        && (compound
            || looks_titled(text) && last.is_some_and(|word| known(&PAPERS, word))
            || first.is_some_and(|word| known(&JOURNALS, word)))
}

/// "Proceedings of the Fourth Conference on Ports", "In: Proceedings of …, pp. 77-91": where a paper was printed.
pub(super) fn proceedings(text: &str) -> Option<&str> {
    let name = text.strip_prefix("In: ").unwrap_or(text);
    let begins = ["Proceedings of ", "PROCEEDINGS OF ", "Proc. ", "Transactions of ", "TRANSACTIONS OF "];
    let end =
        [", pp. ", ", p. ", ", Vol", ", vol"].iter().filter_map(|mark| name.find(mark)).min().unwrap_or(name.len());
    (begins.iter().any(|start| name.starts_with(start)) && text.len() <= 160 && !text.ends_with('.'))
        .then(|| &name[..end])
}

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

/// Whether `text` begins with whom people work for, as "Embassy of the Isles" and "Central Bank of the Isles" do.
pub(super) fn is_institution(text: &str) -> bool {
    const BODIES: [&str; 8] = ["Embassy", "Chamber", "Bank", "Board", "Office", "Court", "Authority", "Fund"];
    let mut words = text.split(' ');
    let body = words.clone().take(3).position(|word| BODIES.contains(&word));
    body.is_some_and(|at| words.nth(at + 1).is_some_and(|word| matches!(word, "of" | "for"))) && looks_titled(text)
}

/// Whether `text` names those whom people work for.
pub(super) fn is_employer(text: &str) -> bool {
    has_kind(text) || text.rsplit(' ').next().is_some_and(|word| EMPLOYERS.contains(&word))
}

/// Words that names of publishers do not have, and titles have: "The Committee That Met Once".
const TOLD: [&str; 20] = [
    "That", "Who", "Which", "When", "Why", "How", "What", "Is", "Are", "Was", "Were", "Did", "Does", "Has", "Have",
    "Can", "Must", "Should", "Never", "Not",
];

/// Whether `text` names one who publishes.
pub fn is_publisher(text: &str) -> bool {
    text.len() <= 90
        // "113th Congress"
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && !text.split(' ').any(|word| TOLD.contains(&word))
        && !kickers::is_kicker(text)
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
    // "The Authors" hold it, whoever they are.
    // "Ann Lee, who wrote it": the sentence goes on.
    let sentence = holder.split_once(", ").is_some_and(|(_, rest)| rest.starts_with(char::is_lowercase));
    let unnamed = sentence || ["The Author", "the author", "Author"].iter().any(|start| holder.starts_with(start));
    (!unnamed && holder.len() > 2 && holder.len() <= 90 && holder.starts_with(char::is_uppercase))
        .then(|| holder.to_owned())
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

/// Whether `text` names the series of the title below it: "Cambridge Tracts on Tidal Law", "Studies in Shipping 12".
pub(super) fn is_collection(text: &str) -> bool {
    const COLLECTIONS: [&str; 12] = [
        "Studies",
        "Essays",
        "Papers",
        "Tracts",
        "Lectures",
        "Contributions",
        "Monographs",
        "Notes",
        "Pamphlets",
        "Cahiers",
        "Beiträge",
        "Schriften",
    ];
    // "Harbour Lives, part 3 of 5"
    if let Some((_, part)) = text.rsplit_once(", ") {
        return part.len() <= 16 && kickers::is_part(&part.replace("part", "Part"));
    }
    // "ABC WORKING PAPER SERIES"
    if ["working paper series", "discussion paper series", "working papers", "discussion papers", "paper series"]
        .iter()
        .any(|end| text.to_lowercase().ends_with(end))
    {
        return text.len() <= 72;
    }
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ');
    // "THE RATHBONE LECTURE 1931"
    if bare.len() < text.len() && ["Lecture", "LECTURE", "Lectures", "LECTURES"].iter().any(|end| bare.ends_with(end)) {
        return bare.contains(' ');
    }
    let mut words = bare.split(' ').skip_while(|word| !COLLECTIONS.contains(word));
    if words.next().is_none() {
        return false;
    }
    let begins = text.split(' ').next().is_some_and(|word| COLLECTIONS.contains(&word));
    let what = words.next();
    text.len() <= 72
        && looks_titled(bare)
        && !text.contains([':', ','])
        && (what.is_none() && bare.len() < text.len() && bare.contains(' ')
            || what.is_some_and(|word| matches!(word, "in" | "on" | "zur" | "zum"))
                && (!begins || bare.len() < text.len()))
}

/// Whether `text` names a series rather than a text or a publisher.
pub fn is_series(text: &str) -> bool {
    let mut words = text.split(' ');
    text.len() <= 50
        && words.next().is_some_and(|word| SERIES.contains(&word))
        && words.next().is_some_and(|word| PIECES.contains(&word.trim_end_matches(',')))
        && (words.clone().next().is_none()
            || words.next().is_some_and(|word| matches!(word, "of" | "on" | "No." | "No" | "Series")))
}

#[cfg(test)]
mod tests {
    use super::*;

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
