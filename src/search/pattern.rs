//! Words to a regular expression in which what was left out is free.

use std::fmt::Write;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// May stand after any letter without being written: marks, and characters that are not seen.
const FREE: &str = r"[\p{M}\u{ad}\u{200b}\u{200d}\u{feff}]*";

/// Spaces and hyphens, however wide.
const SEPARATOR: &str = r"[-\s\u{2010}-\u{2013}\u{2212}]+";

/// Where letters with accents, and wide and narrow forms, stand in Unicode.
const VARIANTS: [std::ops::RangeInclusive<char>; 5] = [
    '\u{c0}'..='\u{24f}',
    '\u{386}'..='\u{3ce}',
    '\u{400}'..='\u{4ff}',
    '\u{1e00}'..='\u{1fff}',
    '\u{ff01}'..='\u{ff9f}',
];

/// The expression that finds `words`.
pub fn of_words(words: &str) -> String {
    let composed: String = words.nfc().collect();
    let mut pattern = String::new();
    let mut chars = composed.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if is_separator(c) => {
                while chars.next_if(|next| is_separator(*next)).is_some() {}
                pattern.push_str(SEPARATOR);
            }
            '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' => pattern.push_str(r"['\u{2018}\u{2019}\u{2bc}]"),
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' => pattern.push_str("[\"\u{201c}\u{201d}\u{201e}\u{ab}\u{bb}]"),
            '\u{2014}' => pattern.push_str(r"(?:\u{2014}|--)"),
            c if c.is_alphabetic() => letter(c, &mut pattern),
            c => pattern.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    pattern
}

/// Whether an expression holds a capital that stands for itself (`\W` does not): then case counts.
pub fn has_capital(expression: &str) -> bool {
    let mut escaped = false;
    expression.chars().any(|c| {
        let literal = !escaped;
        escaped = literal && c == '\\';
        literal && c.is_uppercase()
    })
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}' | '\u{2212}')
}

/// A letter: itself, the forms that add something to it, and marks after it.
fn letter(c: char, pattern: &mut String) {
    let mut forms = vec![c];
    forms.extend(VARIANTS.into_iter().flatten().filter(|variant| adds_to(*variant, c)));
    pattern.push_str("(?:[");
    for form in forms {
        // Writing to a string cannot fail.
        let _ = write!(pattern, "\\u{{{:x}}}", u32::from(form));
        if c.is_lowercase() {
            let _ = form.to_uppercase().try_for_each(|capital| write!(pattern, "\\u{{{:x}}}", u32::from(capital)));
        }
    }
    pattern.push(']');
    let mut decomposed = c.nfd();
    let base = decomposed.next().unwrap_or(c);
    let marks: String = decomposed.collect();
    if !marks.is_empty() {
        let capital = base.to_uppercase().next().filter(|_| c.is_lowercase()).unwrap_or(base);
        let _ = write!(pattern, "|[{base}{capital}]{marks}");
    }
    pattern.push(')');
    pattern.push_str(FREE);
}

/// Whether `variant` is `c` in another width or with more accents.
fn adds_to(variant: char, c: char) -> bool {
    let mut wide = variant.nfkc();
    let plain = match (wide.next(), wide.next()) {
        (Some(one), None) => one,
        _ => return false,
    };
    if plain == c {
        return true;
    }
    let mut parts = plain.nfd();
    parts.next() == Some(c) && parts.all(is_combining_mark)
}
