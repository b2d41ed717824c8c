//! Names of persons, told by their form and by words that no list has.

use super::given::{GIVEN, GIVEN_WORDS};
use super::publishers::{is_employer, is_publisher};
use super::roles::{ends_in_role, is_office, is_role};
use crate::text::paragraphs::dates;
use crate::text::paragraphs::lines::glyphs::is_spaceless;
use crate::text::paragraphs::lines::{marks, wording};
use crate::text::words;

/// "水城 澄人": two or three characters, a blank, one to three.
pub(super) fn is_ideographic_name(text: &str) -> bool {
    let mut parts = text.split([' ', '\u{3000}']);
    let name = |part: Option<&str>| {
        part.is_some_and(|part| {
            (1..=4).contains(&part.chars().count()) && part.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '々'))
        })
    };
    name(parts.next()) && name(parts.next()) && parts.next().is_none()
}

/// "林海生": two to four characters and nothing else, which only a label or a date beside makes a name.
pub(super) fn is_whole_ideographic_name(text: &str) -> bool {
    (2..=4).contains(&text.chars().count()) && text.chars().all(|c| matches!(c, '\u{4e00}'..='\u{9fff}' | '々'))
}

/// Titles before and behind names.
const HONORIFICS: [&str; 24] = [
    "Dr.",
    "Prof.",
    "Professor",
    "Mr.",
    "Ms.",
    "Mrs.",
    "Sir",
    "Dr",
    "Ambassador",
    "Senator",
    "Rev.",
    "Hon.",
    "Dame",
    "Lord",
    "Lady",
    "Capt.",
    "Justice",
    "Judge",
    "HON.",
    "MR.",
    "MS.",
    "DR.",
    "REV.",
    "PROF.",
];
const PARTICLES: [&str; 16] =
    ["de", "van", "von", "der", "den", "del", "della", "di", "da", "bin", "al", "la", "le", "ibn", "dos", "ten"];

/// Titles and degrees behind names.
const DEGREES: [&str; 22] = [
    "Ph.D.", "Ph.D", "PhD", "PhD.", "M.D.", "MD", "M.A.", "MA", "J.D.", "JD", "LL.M.", "Esq.", "Esq", "MP", "QC", "KC",
    "MBA", "MSc", "M.P.", "D.Phil.", "DPhil", "RN",
];

/// "Rev. Ann Lee": a name behind a title.
pub(super) fn is_titled_name(text: &str) -> bool {
    text.split(' ').next().is_some_and(|word| HONORIFICS.contains(&word)) && has_name_form(text)
}

/// Whether `c` is an accent that stands behind its letter.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Whether `text` has the form of a person's name: two to four words with capitals.
fn has_name_form(text: &str) -> bool {
    let words = wording::words_of(text).filter(|word| !HONORIFICS.contains(word));
    let mut capitals = 0;
    let mut words = words;
    let fits = words.all(|word| {
        let bare = word.trim_end_matches(',');
        let letters = bare.chars().all(|c| {
            c.is_alphabetic() || matches!(c, '.' | '-' | '\u{2010}' | '\u{2011}' | '\'' | '’') || is_accent(c)
        });
        // "Noor el-Sayed", "Ana d’Arc"
        let glued = ["al-", "el-", "ul-", "ud-", "as-", "ar-", "d’", "d'"]
            .iter()
            .any(|glued| bare.strip_prefix(glued).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
        let capital = bare.starts_with(char::is_uppercase) || glued;
        capitals += u32::from(capital);
        // "The Harbour’s Dues"
        let owned = bare.ends_with("’s") || bare.ends_with("'s");
        letters && !owned && !bare.is_empty() && (capital || PARTICLES.contains(&bare))
    });
    fits && (2..=5).contains(&capitals) && text.len() <= 60 && !text.ends_with(['.', ','])
        || fits && text.ends_with("Jr.")
}

/// Whether `text` is most likely a name, or names: one of the words of one is none of the language, or an initial, or the
/// first is a given name.
pub(super) fn is_name(text: &str) -> bool {
    are_persons(text).is_some_and(|sure| sure)
}

/// Whether `text` is a name, or names, where a line of names is looked for: a given name may be a word too.
pub(super) fn may_be_name(text: &str) -> bool {
    are_persons(text).is_some()
}

/// Whether `text` is one name behind "By", where a word that only may be of a name is no hindrance.
pub(super) fn is_like_name(text: &str) -> bool {
    has_name_form(text) && !is_employer(text) && !is_publisher(text) && !has_small_word(text)
}

/// Whether one of the names in `text` is surely that of a person, where the others may be.
fn are_persons(text: &str) -> Option<bool> {
    if is_prose(text) {
        return None;
    }
    let all = names(text);
    let may_be = |name: &String| {
        has_name_form(name)
            && !is_publisher(name)
            && !is_employer(name)
            && !has_small_word(name)
            && (is_sure(name) || name.split(' ').next().is_some_and(|word| given(word, &GIVEN_WORDS)))
    };
    (!all.is_empty() && all.len() <= 6 && all.iter().all(may_be)).then(|| all.iter().any(|name| is_sure(name)))
}

/// Whether a word in small letters stands in `text` that no name has and no list of names: most lines begin with a few such.
/// What stands in brackets may be left out of a name, and proves nothing.
fn is_prose(text: &str) -> bool {
    let of_names = |word: &str| {
        PARTICLES.contains(&word)
            || matches!(word, "and" | "und" | "et")
            || word.len() < 2
            || !word.bytes().all(|b| b.is_ascii_lowercase())
    };
    !wording::words_of(text).all(of_names) && !text.contains(['(', '<', '[', '（'])
}

/// The name in "Ann Lee, Institute of Trade" and "Ann Lee, Senior Fellow".
pub(super) fn name_with_role(text: &str) -> Option<&str> {
    let (who, what) = text.split_once(", ")?;
    (is_name(who)
        && (is_role(what) || ends_in_role(what) || is_employer(what) || is_office(what))
        && !text.ends_with('.'))
    .then_some(who)
}

/// Words that end the names of places, and of hardly any person.
const PLACES: [&str; 18] = [
    "Falls", "City", "Beach", "Bay", "Island", "Islands", "Harbor", "Harbour", "House", "Palace", "Hotel", "Square",
    "Avenue", "County", "Province", "Valley", "River", "Station",
];

/// Words that begin the names of places: "Port Arthur", "San Remo".
const PLACES_BEGIN: [&str; 20] = [
    "Port", "Porto", "Puerto", "Fort", "Mount", "Cape", "Lake", "Saint", "San", "Santa", "São", "New", "North",
    "South", "East", "West", "Upper", "Lower", "Rio", "Bad",
];

/// Whether a name that only may be one stands for a place, or a day: "Victoria Falls", "May Day".
pub(super) fn may_be_place(name: &str) -> bool {
    let first = name.split(' ').next().unwrap_or("");
    dates::is_season_or_month(first)
        || PLACES_BEGIN.contains(&first)
        || name.rsplit(' ').next().is_some_and(|word| PLACES.contains(&word))
}

/// Words with a capital that no name has.
const SMALL: [&str; 16] =
    ["The", "Of", "And", "Or", "In", "On", "To", "For", "From", "With", "At", "Our", "Its", "How", "By", "Via"];

/// Articles that begin names of papers, and of hardly any person.
pub(super) const ARTICLES: [&str; 14] =
    ["La", "Il", "El", "Der", "Die", "Das", "Les", "Los", "Las", "Lo", "Gli", "Un", "Une", "Ein"];

/// Words that begin headings and names of bodies in German, and of no person: "Erster Abschnitt", "Deutscher Küstentag".
#[rustfmt::skip]
const ADJECTIVES: [&str; 24] = [
    "Erster", "Erste", "Erstes", "Zweiter", "Zweite", "Zweites", "Dritter", "Dritte", "Drittes", "Vierter", "Vierte",
    "Allgemeine", "Besondere", "Gemeinsame", "Deutscher", "Deutsche", "Deutsches", "Europäische", "Europäischer",
    "Internationale", "Internationaler", "Nationale", "Evangelische", "Katholische",
];

/// Whether `name` has a word that no name has: "the", "of".
fn has_small_word(name: &str) -> bool {
    name.split(' ').any(|word| {
        wording::is_function_word(word) && !PARTICLES.contains(&word)
            || SMALL.iter().any(|small| small == &word || word.len() > 1 && small.to_uppercase() == word)
    })
}

/// "OLE TRANBERG": what a name in capitals looks like, where a line that says what its owner is stands below.
pub(super) fn is_name_in_capitals(text: &str) -> bool {
    let parts = || text.split(' ');
    !text.chars().any(char::is_lowercase)
        && has_name_form(text)
        && (2..=4).contains(&parts().count())
        && !is_publisher(text)
        && !has_small_word(text)
        && !parts().any(|word| matches!(word, "THE" | "OF" | "AND" | "FOR" | "ON" | "IN" | "TO"))
        && parts().any(|word| !words::contains(&word.to_lowercase()))
}

fn is_sure(name: &str) -> bool {
    // Of capitals alone a heading in another language may be made.
    let capitals = !name.chars().any(char::is_lowercase);
    // "La Voz del Puerto", "Port Arthur"
    let article = |word: &str| ARTICLES.iter().any(|known| *known == word || capitals && known.to_uppercase() == word);
    if name.split(' ').next().is_some_and(|word| article(word) || PLACES_BEGIN.contains(&word)) {
        return false;
    }
    if name.split(' ').next().is_some_and(|word| word.ends_with(['r', 'e', 's']) && ADJECTIVES.contains(&word)) {
        return false;
    }
    // "I. INTRODUCTION"
    let part = capitals && name.split_once(". ").is_some_and(|(number, _)| marks::roman(number).is_some());
    has_name_form(name)
        && (!capitals || is_given(name) && !part)
        && (name.split(' ').any(is_surname)
            || name.split(' ').find(|word| !HONORIFICS.contains(word)).is_some_and(|word| given(word, &GIVEN))
            || name.split([' ', '-', '\'', '’']).any(|word| {
                let initial = word.len() == 2 && word.ends_with('.');
                let lower = word.trim_end_matches(['.', ',']).to_lowercase();
                initial || !words::contains(&lower) && lower.chars().count() > 1 && !PARTICLES.contains(&lower.as_str())
            }))
}

/// Whether the first word of `name` is a given name, or one of its words an initial.
pub(super) fn is_given(name: &str) -> bool {
    let mut words = name.split(' ').filter(|word| !HONORIFICS.contains(word));
    let initial =
        words.clone().any(|word| word.len() == 2 && word.ends_with('.') && word.starts_with(char::is_uppercase));
    initial || words.next().is_some_and(|word| given(word, &GIVEN))
}

/// Whether `word` is in `table`, in capitals or not.
fn given(word: &str, table: &[&str]) -> bool {
    let known = |word: &str| table.binary_search(&word).is_ok();
    if word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase()) {
        return known(&format!("{}{}", &word[..1], word[1..].to_ascii_lowercase()));
    }
    known(word)
}

/// "O'Neill", "McKay", "D’Arcy".
fn is_surname(word: &str) -> bool {
    ["O'", "O’", "D'", "D’", "Mc", "Mac"]
        .iter()
        .any(|start| word.strip_prefix(start).is_some_and(|rest| rest.starts_with(char::is_uppercase)))
}

/// Whether `word` is a degree.
pub(super) fn is_degree(word: &str) -> bool {
    DEGREES.contains(&word)
}

/// Whether `text` can be the names behind "By".
pub(super) fn are_names(text: &str) -> bool {
    let all = names(text);
    !all.is_empty()
        && all.iter().all(|name| {
            has_name_form(name)
                || name.split(' ').count() == 1 && name.starts_with(char::is_uppercase)
                || is_whole_ideographic_name(name)
                || is_ideographic_name(name)
                || is_caseless_name(name)
        })
}

/// "سلمى الحداد": words of a script without capitals that has blanks between them. Only a label makes them a name.
fn is_caseless_name(name: &str) -> bool {
    let caseless = |c: char| c.is_alphabetic() && !c.is_uppercase() && !c.is_lowercase() && !is_spaceless(c);
    name.split(' ').count() <= 4
        && name.chars().count() <= 40
        && name.chars().all(|c| caseless(c) || matches!(c, ' ' | '-' | '\'' | '"' | '״' | '׳' | '.'))
}

/// Whether `text` is "한도윤 기자": a Korean name, and what its owner is.
pub(super) fn reporter(text: &str) -> Option<&str> {
    let name = [" 기자", " 특파원", " 논설위원"].iter().find_map(|role| text.strip_suffix(role))?;
    let name = name.rsplit_once('=').map_or(name, |(_, name)| name);
    ((2..=4).contains(&name.chars().count()) && name.chars().all(|c| matches!(c, '가'..='힣'))).then_some(name)
}

/// Marks of notes between names.
const NOTES: [char; 6] = ['∗', '†', '‡', '§', '¶', '‖'];

/// The names in "A, B and C", without what is no part of them: degrees, addresses, marks of notes.
pub(super) fn names(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    let listed = text.bytes().any(|b| matches!(b, b',' | b';')) || !text.is_ascii() && text.contains(NOTES);
    if !listed && !wording::words_of(text).any(|word| matches!(word, "and" | "&" | "und" | "et")) {
        let name = undecorated(text.trim());
        match two_names(name) {
            Some(two) => all.extend(two.map(str::to_owned)),
            None => all.extend((!name.is_empty() && !DEGREES.contains(&name)).then(|| name.to_owned())),
        }
        return all;
    }
    let parts = text
        .split(" and ")
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(" und "))
        .flat_map(|part| part.split(" et "))
        .flat_map(|part| part.split([',', ';']))
        .flat_map(|part| part.split(NOTES));
    for part in parts {
        let name = undecorated(part.trim().trim_start_matches("and "));
        match all.last_mut() {
            Some(last) if matches!(name, "Jr." | "Sr." | "Jr" | "Sr" | "II" | "III") => *last += &format!(", {name}"),
            _ if name.is_empty() || DEGREES.contains(&name) => {}
            _ => all.push(name.to_owned()),
        }
    }
    all
}

/// "John Baker Alice Lee": two names whose gap was lost, each of a given name and another.
fn two_names(text: &str) -> Option<[&str; 2]> {
    let (at, _) = text.match_indices(' ').nth(1)?;
    let (first, second) = (&text[..at], &text[at + 1..]);
    let opens = |name: &str| name.split(' ').next().is_some_and(|word| given(word, &GIVEN));
    let whole = |name: &str| name.split(' ').count() == 2 && name.chars().any(char::is_lowercase);
    // "Ann Mary John Baker" may be one.
    let last =
        |name: &str| name.rsplit(' ').next().is_some_and(|word| given(word, &GIVEN) || PARTICLES.contains(&word));
    (whole(first) && whole(second) && opens(first) && opens(second) && !last(first)).then_some([first, second])
}

/// `name` without an address in brackets, the mark of a note, a degree behind it.
pub(super) fn undecorated(name: &str) -> &str {
    let mut name = name;
    // "佐伯 明子（東湾大学）"
    if let Some((before, _)) = name.strip_suffix('）').and_then(|name| name.split_once('（')) {
        name = before.trim_end();
    }
    for (open, close) in [('(', ')'), ('<', '>'), ('[', ']')] {
        if let Some((before, inside)) = name.strip_suffix(close).and_then(|name| name.split_once(open))
            && (inside.contains('@') || open == '[' && inside.len() <= 2)
        {
            name = before.trim_end();
        }
    }
    name = name.trim_end_matches(|c: char| marks::is_note_mark(c) || c == ' ').trim_end_matches(',').trim_matches('"');
    // "Ann Lee1", not "Route 66"
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    if name.len() - bare.len() <= 2 && (bare.ends_with(char::is_lowercase) || bare.is_empty()) {
        name = bare;
    }
    match name.rsplit_once(' ') {
        // "Ann Lee a": the letter of a note.
        Some((before, last))
            if last.len() == 1 && last.starts_with(|c: char| matches!(c, 'a'..='d')) && before.contains(' ') =>
        {
            before
        }
        Some((before, last)) if DEGREES.contains(&last) && before.contains(' ') => before.trim_end_matches(','),
        _ => name,
    }
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
