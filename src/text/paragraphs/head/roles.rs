//! Roles and offices of those who write: what stands below a name, or behind it.

use crate::text::paragraphs::lines::wording;

/// Roles of those who write, as they begin a line below a name.
const ROLES: [&str; 47] = [
    "Professor",
    "Assistant",
    "Associate",
    "Adjunct",
    "Emeritus",
    "Visiting",
    "Senior",
    "Junior",
    "Fellow",
    "Staff",
    "Director",
    "Deputy",
    "Executive",
    "Managing",
    "President",
    "Vice",
    "Chair",
    "Chairman",
    "Chairwoman",
    "Chief",
    "Head",
    "Editor",
    "Correspondent",
    "Reporter",
    "Columnist",
    "Minister",
    "Secretary",
    "Governor",
    "Ambassador",
    "Member",
    "Lecturer",
    "Attorney",
    "Counsel",
    "Economist",
    "Founder",
    "Contributing",
    "Analyst",
    "Researcher",
    "Scholar",
    "Specialist",
    "Adviser",
    "Advisor",
    "Historian",
    "Journalist",
    "Doctoral",
    "Postdoctoral",
    "Ingénieur",
];

/// "Staff Writer", "Senior Fellow, The Forum".
pub(super) fn is_role(text: &str) -> bool {
    text.len() <= 90
        && text.split([' ', ',']).next().is_some_and(|word| {
            // "Research Fellow", not "Research Notes"
            let word = if matches!(word, "Research" | "Policy" | "Program") {
                text.split([' ', ',']).nth(1).unwrap_or("")
            } else {
                word
            };
            ROLES.contains(&word)
                || word.len() > 3
                    && word.bytes().all(|b| b.is_ascii_uppercase())
                    && ROLES.iter().any(|role| role.eq_ignore_ascii_case(word))
        })
        && !text.ends_with(['.', '?', '!'])
}

/// "Office of the Counsel", "Department of Trade".
pub(super) fn is_office(text: &str) -> bool {
    const OFFICES: [&str; 6] =
        ["Office of ", "OFFICE OF ", "Department of ", "Ministry of ", "Bureau of ", "Division of "];
    wording::behind(text, &OFFICES).is_some()
}

/// "Political Editor", "Our Shipping Correspondent", "environment reporter": what stands behind a name.
pub(super) fn ends_in_role(text: &str) -> bool {
    const SMALL: [&str; 9] =
        ["correspondent", "reporter", "editor", "columnist", "writer", "commentator", "critic", "analyst", "economist"];
    if text.split(' ').count() <= 4
        && text.len() <= 48
        && text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '&' | '’' | '\''))
        && text.rsplit(' ').next().is_some_and(|word| SMALL.contains(&word))
    {
        return true;
    }
    text.split(' ').count() <= 4
        && text.split(' ').all(|word| word.starts_with(char::is_uppercase))
        && text.rsplit(' ').next().is_some_and(|word| {
            ROLES.contains(&word) || matches!(word, "Writer" | "Officer" | "Fellow" | "Professor" | "Assistant")
        })
}
