//! Marks of lists, sections and notes at the start of a line.

/// The mark of a list item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    pub style: Style,
    /// Its number, from 1; 0 for bullets.
    pub number: u32,
    /// Bytes of the mark and the blanks behind it.
    pub length: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Bullet(char),
    /// "1."
    Point,
    /// "1)"
    Close,
    /// "(1)"
    Parens,
    /// "[1]"
    Bracket,
    /// "a." "a)" "(a)": the number is the letter's place, or the value of a Roman numeral in small letters.
    Letter(Punctuation),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Punctuation {
    Point,
    Close,
    Parens,
}

impl Mark {
    /// The bullet that it is, if it is one.
    pub fn bullet(&self) -> Option<char> {
        match self.style {
            Style::Bullet(bullet) => Some(bullet),
            _ => None,
        }
    }

    /// Whether `self` may stand next below `above` in the same list.
    pub fn follows(&self, above: &Mark) -> bool {
        self.style == above.style && (self.number == 0 || self.number == above.number + 1 || self.is_roman_after(above))
    }

    /// "(h)", "(i)", "(j)": letters; "(i)", "(ii)": numerals. Both readings are tried.
    fn is_roman_after(&self, above: &Mark) -> bool {
        matches!(self.style, Style::Letter(_)) && (self.number, above.number) == (2, 9)
    }
}

/// The list mark at the start of `text`, with text behind it.
pub fn find(text: &str) -> Option<Mark> {
    let first = text.chars().next()?;
    if first == '（' {
        return ideographic(text);
    }
    let (style, number, length) = match first {
        '•' | '●' | '▪' | '‣' | '◦' | '·' | '■' | '□' | '○' | '–' | '*' | '-' | '+' | '►' | '✓' => {
            (Style::Bullet(first), 0, first.len_utf8())
        }
        'o' if text.starts_with("o ") => (Style::Bullet('o'), 0, 1),
        '(' | '[' | '0'..='9' | 'a'..='z' | 'A'..='H' => enumerated(text)?,
        _ => return None,
    };
    let rest = &text[length..];
    let blanks = rest.len() - rest.trim_start().len();
    if blanks == 0 || rest.len() == blanks {
        return None;
    }
    Some(Mark { style, number, length: length + blanks })
}

/// Numbers up to ten in Chinese characters.
const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// "（二）公开租约": no blank stands behind such a mark.
fn ideographic(text: &str) -> Option<Mark> {
    let (number, rest) = text.strip_prefix('（')?.split_once('）')?;
    let mut digits = number.chars();
    let (digit, None) = (digits.next()?, digits.next()) else { return None };
    let number = NUMERALS.iter().position(|numeral| *numeral == digit)? as u32 + 1;
    (!rest.trim().is_empty()).then_some(Mark { style: Style::Parens, number, length: text.len() - rest.len() })
}

/// Bytes of the number of a section in Chinese characters: "二、".
pub fn ideographic_section(text: &str) -> usize {
    let mut chars = text.chars();
    let numbered = chars.next().is_some_and(|c| NUMERALS.contains(&c)) && chars.next() == Some('、');
    if numbered { 6 } else { 0 }
}

/// Whether a character marks a note behind a title or a name; digits apart. LaTeX sets the operator for the star.
pub fn is_note_mark(c: char) -> bool {
    matches!(c, '*' | '∗' | '†' | '‡' | '§' | '¶' | '‖' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// The list mark that is all of `text`: "(a)", "3.", "•".
pub fn lone(text: &str) -> Option<Mark> {
    let first = text.chars().next()?;
    let (style, number, length) = match first {
        '•' | '●' | '▪' | '‣' | '◦' | '■' | '□' | '►' => (Style::Bullet(first), 0, first.len_utf8()),
        '(' | '0'..='9' | 'a'..='z' => enumerated(text)?,
        _ => return None,
    };
    (length == text.len()).then_some(Mark { style, number, length: length + 1 })
}

/// "1." "1)" "(1)" "[1]" "a." "a)" "(a)" "(ii)": style, number and bytes.
fn enumerated(text: &str) -> Option<(Style, u32, usize)> {
    let bytes = text.as_bytes();
    let open = usize::from(matches!(bytes[0], b'(' | b'['));
    let inner = bytes[open..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
    if inner == 0 || inner > 4 {
        return None;
    }
    let body = &text[open..open + inner];
    let close = *bytes.get(open + inner)?;
    let digits = body.bytes().all(|b| b.is_ascii_digit());
    let number = match digits {
        true if inner <= 3 => body.parse().ok()?,
        false => letter_number(body)?,
        true => return None,
    };
    let style = match (open.checked_sub(1).map(|_| bytes[0]), close, digits) {
        (None, b'.', true) => Style::Point,
        (None, b')', true) => Style::Close,
        (Some(b'('), b')', true) => Style::Parens,
        (Some(b'['), b']', true) => Style::Bracket,
        // A capital and a point is an initial, a section or a list; lists of it are rare.
        (None, b'.', false) if body.starts_with(|c: char| c.is_ascii_lowercase()) => Style::Letter(Punctuation::Point),
        (None, b')', false) => Style::Letter(Punctuation::Close),
        (Some(b'('), b')', false) => Style::Letter(Punctuation::Parens),
        _ => return None,
    };
    Some((style, number, open + inner + 1))
}

/// "c" is 3, "iv" is 4.
fn letter_number(body: &str) -> Option<u32> {
    let mut bytes = body.bytes();
    match (bytes.next(), bytes.next()) {
        (Some(b), None) if b.is_ascii_alphabetic() => Some(u32::from(b.to_ascii_lowercase() - b'a') + 1),
        _ if body.bytes().all(|b| b.is_ascii_lowercase()) => roman(body),
        _ => None,
    }
}

/// The value of a Roman numeral up to 89, in either case but not both.
pub fn roman(text: &str) -> Option<u32> {
    let value = |b: u8| match b.to_ascii_lowercase() {
        b'i' => Some(1),
        b'v' => Some(5),
        b'x' => Some(10),
        b'l' => Some(50),
        _ => None,
    };
    if text.is_empty() || text.len() > 7 {
        return None;
    }
    if text.bytes().any(|b| b.is_ascii_lowercase()) && text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let (mut total, mut last) = (0i32, 0);
    for b in text.bytes().rev() {
        let v = value(b)?;
        if v < last {
            total -= v;
        } else {
            total += v;
            last = v;
        }
    }
    let total = u32::try_from(total).ok()?;
    (write_roman(total).eq_ignore_ascii_case(text)).then_some(total)
}

fn write_roman(mut n: u32) -> String {
    const PARTS: [(u32, &str); 7] = [(50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")];
    let mut out = String::new();
    for (value, letters) in PARTS {
        while n >= value && out.len() < 8 {
            out.push_str(letters);
            n -= value;
        }
    }
    out
}

/// Words before a section's number.
const SECTIONS: [&str; 18] = [
    "Chapter ",
    "Section ",
    "Part ",
    "Article ",
    "CHAPTER ",
    "SECTION ",
    "PART ",
    "ARTICLE ",
    "Appendix ",
    "Annex ",
    "Chapitre ",
    "CHAPITRE ",
    "Kapitel ",
    "KAPITEL ",
    "Capítulo ",
    "CAPÍTULO ",
    "Capitolo ",
    "CAPITOLO ",
];

/// Whether `word` names a part of a text: "Chapter".
pub fn is_section_word(word: &str) -> bool {
    SECTIONS.iter().any(|name| name.trim_end() == word)
}

/// Whether `word` names a part of a book: "Chapitre".
pub fn is_chapter_word(word: &str) -> bool {
    const CHAPTERS: [&str; 11] = [
        "Chapter",
        "CHAPTER",
        "Chapitre",
        "CHAPITRE",
        "Kapitel",
        "KAPITEL",
        "Capítulo",
        "CAPÍTULO",
        "Capitolo",
        "CAPITOLO",
        "Глава",
    ];
    CHAPTERS.contains(&word)
}

/// Whether `text` is nothing but the number of a chapter: "Chapitre 2", "CHAPTER IV.", "Chapitre premier".
pub fn is_chapter(text: &str) -> bool {
    const FIRST: [&str; 7] = ["premier", "PREMIER", "primero", "PRIMERO", "primeiro", "primo", "первая"];
    let Some((word, number)) = text.trim_end_matches('.').split_once(' ') else { return false };
    let number = number.trim_start();
    is_chapter_word(word) && (is_digits(number) || roman(number).is_some() || FIRST.contains(&number))
}

/// The number of a section with points: "2.1", "A.3.2".
pub fn is_pointed(text: &str) -> bool {
    let text = text.strip_suffix('.').unwrap_or(text);
    if text.len() > 12 {
        return false;
    }
    let mut parts = text.split('.');
    let is_number = |part: &str| matches!(part.len(), 1 | 2) && is_digits(part);
    let first = parts.next().unwrap_or("");
    let opens = is_number(first) || first.len() == 1 && first.starts_with(|c: char| c.is_ascii_uppercase());
    opens && parts.clone().count() > 0 && parts.all(is_number)
}

/// Bytes of a section number at the start of `text` ("2. ", "II. ", "3.1 ", "A. ", "Chapter 4: "), text behind it.
pub fn section_number(text: &str) -> Option<usize> {
    let named = SECTIONS.iter().find(|name| text.starts_with(**name)).map_or(0, |name| name.len());
    let body = &text[named..];
    let length = body.bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'.').count();
    let number = body[..length].trim_end_matches('.');
    let pointed = number.len() < length;
    let decimal =
        number.contains('.') && number.split('.').all(|part| !part.is_empty() && part.len() <= 2 && is_digits(part));
    let valid = match () {
        () if decimal => true,
        () if is_digits(number) => number.len() <= 3 && (pointed || named > 0 || number.len() <= 2),
        () if number.bytes().all(|b| b.is_ascii_uppercase()) => {
            (pointed || named > 0) && (number.len() == 1 || roman(number).is_some())
        }
        () => false,
    };
    let after = body[length..].trim_start_matches([':', ' ', '—', '–']);
    let end = text.len() - after.len();
    // A number without a point needs a capital behind it: "3 Findings", not "3 findings were".
    let capital = after.starts_with(|c: char| c.is_uppercase());
    (valid && !number.is_empty() && end > named + length && !after.is_empty() && (pointed || capital)).then_some(end)
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn list_marks_are_seen() {
        let number = |text: &str| find(text).map(|m| (m.number, m.length));
        assert_eq!(number("• First"), Some((0, 4)));
        assert_eq!(number("1. First"), Some((1, 3)));
        assert_eq!(number("(b)  Second"), Some((2, 5)));
        assert_eq!(number("iv) fourth"), Some((4, 4)));
        assert_eq!(number("[12] Author"), Some((12, 5)));
        for text in ["1998. It", "3.5 percent", "-5 degrees", "and) so", "A. Person", "o'clock", "•"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn letters_and_numerals_follow_each_other() {
        let follows = |a: &str, b: &str| find(b).unwrap().follows(&find(a).unwrap());
        assert!(follows("(a) x", "(b) y") && follows("(h) x", "(i) y") && follows("(i) x", "(ii) y"));
        assert!(!follows("(a) x", "(c) y") && !follows("1. x", "2) y"));
    }

    #[test]
    fn section_numbers_are_seen() {
        for text in ["1. Background", "II. The War", "3.1 Findings", "A. Scope", "Chapter 4: Home", "3 Findings"] {
            assert!(section_number(text).is_some(), "{text}");
        }
        for text in ["In 1998", "3 findings were", "I think so", "Background", "1998. It"] {
            assert!(section_number(text).is_none(), "{text}");
        }
    }
}
