//! How letters open and close, in the languages that letters come in most.

/// Longest such line, in bytes.
const LONGEST: usize = 64;

/// Beginnings of the line that greets, each with the most words of it; it ends with a comma, a colon or an exclamation mark.
const SALUTATIONS: [(&str, usize); 26] = [
    ("Sir", 3),
    ("Madam", 3),
    ("Dear ", 7),
    ("My dear ", 7),
    ("To Whom", 6),
    ("Gentlemen", 1),
    ("Hi ", 3),
    ("Hello ", 3),
    ("Liebe ", 6),
    ("Lieber ", 6),
    ("Sehr geehrte", 8),
    ("Hallo ", 3),
    ("Guten Tag", 5),
    ("Cher ", 5),
    ("Chère ", 5),
    ("Chers ", 5),
    ("Chères ", 5),
    ("Bonjour ", 3),
    ("Madame", 6),
    ("Monsieur", 6),
    ("Estimad", 5),
    ("Querid", 4),
    ("Caro ", 3),
    ("Cara ", 3),
    ("Gentile ", 4),
    ("Geachte ", 5),
];

/// Beginnings of the line that takes leave; it ends with a comma.
const CLOSINGS: [&str; 21] = [
    "Your affectionate",
    "Your loving",
    "Your obedient",
    "Your humble",
    "Ever your",
    "Affectionately",
    "Your sincere",
    "I have the honour to be",
    "Yours",
    "Sincerely",
    "Best regards",
    "Kind regards",
    "With kind regards",
    "Regards",
    "Respectfully",
    "Cordially",
    "Faithfully",
    "With best wishes",
    "Best wishes",
    "With warm regards",
    "Love",
];

/// The same where no comma need follow; nothing else stands in the line.
const CLOSINGS_BARE: [&str; 19] = [
    "Best",
    "All the best",
    "Cheers",
    "Thanks",
    "Many thanks",
    "Mit freundlichen Grüßen",
    "Mit freundlichem Gruß",
    "Viele Grüße",
    "Herzliche Grüße",
    "Liebe Grüße",
    "Beste Grüße",
    "Hochachtungsvoll",
    "Cordialement",
    "Bien à vous",
    "Amicalement",
    "Atentamente",
    "Un cordial saludo",
    "Cordiali saluti",
    "Met vriendelijke groet",
];

/// "Dear Members,", "Yours faithfully,"
pub fn is_address(text: &str) -> bool {
    is_salutation(text) || is_closing(text)
}

/// "Dear Members,"
pub fn is_salutation(text: &str) -> bool {
    let opened = || SALUTATIONS.iter().any(|greeting| opens(text, *greeting));
    text.len() <= LONGEST && text.ends_with([',', ':', '!']) && opened()
}

/// "Dear Members", whatever it ends with.
pub fn greets(text: &str) -> bool {
    SALUTATIONS.iter().any(|greeting| opens(text, *greeting))
}

/// "Yours faithfully,"
pub fn is_closing(text: &str) -> bool {
    text.len() <= LONGEST
        && (text.ends_with(',') && CLOSINGS.iter().any(|word| text.starts_with(word))
            || CLOSINGS_BARE.contains(&text.trim_end_matches([',', '.', '!'])))
}

fn opens(text: &str, (greeting, most): (&str, usize)) -> bool {
    let inner = text.trim_end_matches([',', ':', '!']);
    text.starts_with(greeting) && text.split(' ').count() <= most && !inner.contains(['!', '?', ';', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_open_and_close_in_several_languages() {
        for line in
            ["Dear all,", "Sehr geehrte Damen und Herren,", "Liebe Anna!", "Chère Madame,", "To Whom It May Concern:"]
        {
            assert!(is_address(line), "{line}");
        }
        for line in ["Yours faithfully,", "Mit freundlichen Grüßen", "Cordialement,", "Best wishes,"] {
            assert!(is_closing(line) && is_address(line), "{line}");
        }
        for line in [
            "Dear me; what a day,",
            "Liebe ist ein Wort",
            "Hello world",
            "Viele Grüße aus dem Norden",
            "Yours is the better",
        ] {
            assert!(!is_address(line), "{line}");
        }
    }
}
