//! The words of a line: where they part, which are too small to mean much, and which open it.

/// What stands between the blanks of `text`, as `split(' ')` has it: words are too short to be looked through many bytes at a time.
pub fn words_of(text: &str) -> impl Iterator<Item = &str> + Clone {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let blank = text.bytes().position(|b| b == b' ');
        rest = blank.map(|at| &text[at + 1..]);
        Some(&text[..blank.unwrap_or(text.len())])
    })
}

/// What stands behind the last blank of `text`.
pub fn last_word(text: &str) -> &str {
    let blank = text.bytes().rposition(|b| b == b' ');
    &text[blank.map_or(0, |at| at + 1)..]
}

/// Those with a capital that end no title.
const DANGLING: [&str; 11] = ["The", "A", "An", "Of", "And", "Or", "Their", "Its", "Our", "With", "From"];

/// Whether nothing ends with `word`.
pub fn dangles(word: &str) -> bool {
    is_function_word(word)
        || DANGLING.contains(&word)
        || word.len() > 1 && !word.chars().any(char::is_lowercase) && is_function_word(&word.to_ascii_lowercase())
}

/// Whether `word` stands in small letters inside a title.
pub fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "a" | "an"
            | "the"
            | "of"
            | "and"
            | "or"
            | "in"
            | "on"
            | "to"
            | "for"
            | "from"
            | "by"
            | "with"
            | "at"
            | "as"
            | "is"
            | "are"
            | "but"
            | "nor"
            | "vs"
            | "via"
            | "into"
            | "its"
            | "their"
            | "that"
            | "about"
            | "after"
            | "before"
            | "between"
            | "over"
            | "under"
            | "it"
            | "de"
            | "la"
            | "le"
            | "les"
            | "des"
            | "du"
            | "et"
            | "der"
            | "die"
            | "das"
            | "und"
            | "den"
            | "dem"
            | "von"
            | "zu"
            | "im"
            | "el"
            | "los"
            | "las"
            | "y"
            | "en"
            | "del"
            | "un"
            | "una"
            | "für"
            | "mit"
            | "per"
            | "than"
            | "toward"
            | "towards"
            | "against"
            | "without"
            | "within"
            | "through"
            | "across"
            | "among"
            | "beyond"
    )
}

/// What stands behind the first of `words` that opens `text`.
pub fn behind<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    // Most differ in the first byte already.
    let first = text.as_bytes().first()?;
    words.iter().filter(|word| word.as_bytes().first() == Some(first)).find_map(|word| text.strip_prefix(word))
}

/// Whether `text` is what stands above the list of works that a paper cites.
pub fn heads_references(text: &str) -> bool {
    const HEADS: [&str; 15] = [
        "references",
        "references cited",
        "bibliography",
        "works cited",
        "literature cited",
        "literature",
        "literatur",
        "literaturverzeichnis",
        "références",
        "bibliographie",
        "referencias",
        "bibliografía",
        "referências",
        "参考文献",
        "引用文献",
    ];
    const LONGEST: usize = 28;
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ':' | '#' | '*');
    text.len() <= LONGEST && HEADS.contains(&text.trim_matches(number).to_lowercase().as_str())
}
