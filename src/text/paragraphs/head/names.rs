//! Names of persons, told by their form and by words that no list has.

use super::publishers::is_publisher;
use crate::text::paragraphs::look;
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
pub(super) fn is_name(text: &str) -> bool {
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
pub(super) fn are_names(text: &str) -> bool {
    let all = names(text);
    !all.is_empty()
        && all
            .iter()
            .all(|name| has_name_form(name) || name.split(' ').count() == 1 && name.starts_with(char::is_uppercase))
}

/// The names in "A, B and C".
pub(super) fn names(text: &str) -> Vec<String> {
    text.split(" and ")
        .flat_map(|part| part.split(" & "))
        .flat_map(|part| part.split(", "))
        .map(|name| name.trim().trim_end_matches(',').to_owned())
        .filter(|name| !name.is_empty())
        .collect()
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
