//! What can be said of a line by itself: how it begins and ends, whether it looks like a heading, a list item, a
//! caption, an ornament.

use super::Line;
use super::glyphs;
use super::letters;
use super::marks::{self, Mark};
use super::openers::Openers;
use super::wording;

/// Longest heading line, in cells.
const HEADING_CELLS: u32 = 110;
/// Most marks of an ornament.
const ORNAMENT: usize = 13;

/// How a line ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// With a sentence.
    Stop,
    Colon,
    /// With a comma or semicolon.
    Comma,
    /// With a hyphen behind a letter or digit.
    Hyphen,
    /// In any other way: the sentence goes on, or it is a heading.
    Open,
}

impl Ends {
    /// Whether the sentence goes on behind the line, or the line is a heading.
    pub fn is_unfinished(self) -> bool {
        matches!(self, Ends::Open | Ends::Comma | Ends::Hyphen)
    }
}

/// How a line begins, behind opening quotes and brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    Lower,
    Upper,
    Digit,
    /// With a letter of a script without case.
    Caseless,
    Other,
}

/// What a line looks like.
#[derive(Clone, Debug)]
pub struct Look {
    pub ends: Ends,
    pub begins: Begins,
    /// Opens with a quotation mark.
    pub quoted: bool,
    /// Width of its first word: cells, and thousandths of an em.
    pub first: (u32, u32),
    pub mark: Option<Mark>,
    /// Nothing but the mark stands here, the item below.
    pub marks_below: bool,
    /// Nothing but the number of a section stands here, its heading below.
    pub numbers_below: bool,
    pub heading: Option<Heading>,
    /// A caption begins: "Figure 3. …".
    pub caption: bool,
    /// A picture is credited: "(Photo by …)".
    pub credited: bool,
    /// The name of who speaks stands first: "Q.", "MR. SMITH:".
    pub speaker: bool,
    /// Set between rows of marks, as text browsers set headings: "**** Title ****".
    pub starred: bool,
    /// Opens or closes a letter: "Dear Members,", "Yours faithfully,".
    pub address: bool,
    /// Ends with a sentence and the mark of a note.
    pub noted: bool,
    /// Ends in a dash.
    pub dash: bool,
    /// No letter or digit, and few marks.
    pub ornament: bool,
    /// Goes on from the line above whatever it looks like: closes a row of marks, or is the heading of a number there.
    pub goes_on: bool,
    /// Its last word is one that no heading or sentence ends with: "of", "and", "the".
    pub dangling: bool,
}

/// What speaks for a heading. Only of lines that are short, begin with a capital or a number and end in no
/// mark that a heading does not end in.
#[derive(Clone, Debug)]
pub struct Heading {
    /// Nearly all words that matter have capitals.
    pub titled: bool,
    pub all_caps: bool,
    pub numbered: bool,
    pub words: u32,
}

impl Look {
    pub fn of(line: &Line) -> Self {
        let text = line.text;
        let mark = marks::find(text);
        let first = text.split_whitespace().next().unwrap_or("");
        let first = match first.chars().next().is_some_and(glyphs::is_spaceless) {
            true => (2, 1000),
            false => glyphs::measure(first),
        };
        let ornament = text.len() <= 4 * 2 * ORNAMENT && is_ornament(text) || is_rule(text);
        let unmarked = without_note_mark(text);
        let (begins, ends) = (begins(text), ends_of(text, unmarked));
        let may_head = !ornament && line.cells <= HEADING_CELLS && begins != Begins::Lower;
        Self {
            ends,
            begins,
            quoted: text.starts_with(['“', '"', '‘', '«', '„', '「']),
            first,
            mark,
            marks_below: false,
            numbers_below: false,
            heading: if may_head { heading_of(text, ends) } else { None },
            caption: is_caption(text),
            credited: is_credit(text),
            speaker: is_speaker(text),
            starred: is_starred(text),
            address: letters::is_address(text),
            noted: unmarked.len() < text.len(),
            dash: text.ends_with(['—', '–']),
            ornament,
            goes_on: false,
            dangling: wording::dangles(wording::last_word(text)),
        }
    }
}

/// Whether the name of who speaks opens `text`: "Q. And then?", "THE PRESIDENT: No.", "Ms. Tan: Yes."
fn is_speaker(text: &str) -> bool {
    let bytes = text.as_bytes();
    if matches!(bytes, [b'Q' | b'A', b'.' | b':', b' ', ..]) {
        return true;
    }
    let Some(colon) = memchr::memchr(b':', &bytes[..bytes.len().min(40)]) else { return false };
    let name = &text[..colon];
    bytes.get(colon + 1) == Some(&b' ')
        && name.split(' ').count() <= 4
        && name.split(' ').all(|word| {
            word.starts_with(char::is_uppercase)
                && word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
        })
        && (name.contains(' ') || !name.chars().any(char::is_lowercase))
}

/// "**** Title ****"
fn is_starred(text: &str) -> bool {
    let stars = text.bytes().take_while(|b| *b == b'*').count();
    (2..=6).contains(&stars)
        && text.len() > 2 * stars + 2
        && text[stars..].starts_with(' ')
        && text.bytes().rev().take_while(|b| *b == b'*').count() == stars
        && text[..text.len() - stars].ends_with(' ')
}

/// No letter or digit, and few marks.
fn is_ornament(text: &str) -> bool {
    !text.chars().any(char::is_alphanumeric)
        && text.chars().filter(|c| !c.is_whitespace()).count() <= ORNAMENT
            // A rule of dashes, as mails and forms have it, may be longer.
        || text.len() >= 3 && text.bytes().all(|b| matches!(b, b'-' | b'=' | b'_' | b'*' | b' '))
}

/// A rule across the page, drawn with one mark: "━━━━━━".
fn is_rule(text: &str) -> bool {
    let mut marks = text.chars();
    let drawn =
        |c: char| matches!(c, '─'..='╿' | '▀'..='▟' | '—' | '–' | '―' | '_' | '=' | '~' | '•' | '·' | '◆' | '∗');
    marks.next().is_some_and(|first| drawn(first) && text.len() > 3 * first.len_utf8() && marks.all(|c| c == first))
}

/// Abbreviations whose point does not end a sentence.
const ABBREVIATIONS: [&str; 24] = [
    "Mr.", "Mrs.", "Ms.", "Dr.", "Prof.", "St.", "Gen.", "Sen.", "Rep.", "Gov.", "Lt.", "Col.", "vs.", "No.", "Fig.",
    "cf.", "e.g.", "i.e.", "p.", "pp.", "Vol.", "Art.", "ed.", "v.",
];

/// How `text`, not blank and trimmed, ends.
pub fn ends(text: &str) -> Ends {
    ends_of(text, without_note_mark(text))
}

/// How `text` ends, which is `unmarked` without the mark of a note.
fn ends_of(text: &str, unmarked: &str) -> Ends {
    let closed = unmarked.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', '*']);
    let Some(last) = closed.chars().next_back() else { return Ends::Open };
    match last {
        '.' => {
            let word = closed.rsplit([' ', '(', '“']).next().unwrap_or("");
            let initial = word.len() == 2 && word.starts_with(|c: char| c.is_ascii_uppercase() && c != 'I');
            match initial || ABBREVIATIONS.contains(&word) {
                true => Ends::Open,
                false => Ends::Stop,
            }
        }
        '!' | '?' | '…' | '。' | '！' | '？' | '」' | '』' | '؟' | '۔' => Ends::Stop,
        ':' | '：' => Ends::Colon,
        ',' | ';' | '、' | '，' | '；' | '|' => Ends::Comma,
        '-' | '\u{2010}' | '\u{ad}' if text.ends_with(last) => {
            // "- 3 -" ends in no word.
            let bare = closed.trim_end_matches(last);
            let word = bare.trim_end_matches(' ');
            let part = |c: char| c.is_alphabetic() || c.is_alphanumeric() && word.len() == bare.len();
            match word.ends_with(part) {
                true => Ends::Hyphen,
                false => Ends::Open,
            }
        }
        _ => Ends::Open,
    }
}

/// `text` without the mark of a note behind its last sentence: "services.1" → "services.".
fn without_note_mark(text: &str) -> &str {
    let is_mark = |c: char| c.is_ascii_digit() || marks::is_note_mark(c);
    let bare = text.trim_end_matches(is_mark);
    if text.len() > bare.len() && text.len() - bare.len() <= 6 {
        let bare = bare.strip_suffix('[').unwrap_or(bare);
        let before = bare.trim_end_matches(['"', '”', '’', ')']);
        let sentence = before.ends_with(['.', '!', '?', ','])
            && before[..before.len() - 1].ends_with(|c: char| c.is_alphabetic() || c == ')' || c == '”' || c == '’');
        if sentence {
            return bare;
        }
    }
    // "services.[1]"
    if let Some(open) = text.strip_suffix(']').and_then(|inner| inner.rfind('['))
        && text.len() - open <= 5
        && text[open + 1..text.len() - 1].bytes().all(|b| b.is_ascii_digit())
    {
        return text[..open].trim_end();
    }
    text
}

/// How `text` begins.
pub fn begins(text: &str) -> Begins {
    let inner = text.trim_start_matches(['"', '\'', '“', '‘', '«', '„', '(', '[', '¿', '¡', '…', ' ', '—', '*', '_']);
    match inner.chars().next() {
        Some(c) if c.is_lowercase() => Begins::Lower,
        Some(c) if c.is_uppercase() => Begins::Upper,
        Some(c) if c.is_numeric() => Begins::Digit,
        Some(c) if c.is_alphabetic() => Begins::Caseless,
        _ => Begins::Other,
    }
}

/// What stands at the start of a figure's or picture's caption.
static CAPTIONED: Openers<24> = Openers::new(&[
    "Image credit",
    "Photo credit",
    "Figure ",
    "Fig. ",
    "Table ",
    "Chart ",
    "Map ",
    "Photo: ",
    "Photo by ",
    "Image: ",
    "Credit: ",
    "Box ",
    "Plate ",
    "Exhibit ",
    "TABLE ",
    "FIGURE ",
    "FIG. ",
    "Abbildung ",
    "Tabelle ",
    "Tableau ",
    "Graphique ",
    "Figura ",
    "Tabla ",
    "Cuadro ",
]);

/// What stands inside one; each begins with "(" or "C".
const CREDITED: [&str; 9] = [
    "(Photo by",
    "(Photo:",
    "(Image:",
    "(Photo credit",
    "(Credit:",
    "Creative Commons",
    "(Source: Flickr",
    "(photo by",
    "(Photograph",
];

/// Whether a caption starts here: "Figure 3. Trade, 1990–2010", "… (Photo by …)".
pub fn is_caption(text: &str) -> bool {
    is_spaceless_caption(text)
        || CAPTIONED.behind(text).is_some_and(|rest| {
            let label = &text[..text.len() - rest.len()];
            label.trim_end().ends_with([':', 'y', 't']) || is_numbered_label(rest)
        })
}

/// "図1 輸出の推移": prose that names a figure has no blank there.
fn is_spaceless_caption(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(['図', '表', '图', '圖']) else { return false };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '０'..='９' | '-' | '－' | '.'));
    after.len() < rest.len() && (after.is_empty() || after.starts_with([' ', '\u{3000}', ':', '：', '．']))
}

/// Whether a picture is credited in `text`: "… (Photo by …)".
pub fn is_credit(text: &str) -> bool {
    text.len() <= 600
        && memchr::memchr2_iter(b'(', b'C', text.as_bytes())
            .any(|at| CREDITED.iter().any(|credit| text[at..].starts_with(credit)))
        || ends_in_credit(text)
}

/// "The ferry at her berth. Photograph: Tom Rusk/PA"
fn ends_in_credit(text: &str) -> bool {
    const NAMES: usize = 48;
    let Some(colon) = memchr::memrchr(b':', text.as_bytes()).filter(|colon| colon + NAMES > text.len()) else {
        return false;
    };
    let label = text[..colon].trim_end().rsplit(". ").next().unwrap_or("");
    label.len() < colon
        && matches!(
            label,
            "Photograph" | "Photo" | "Picture" | "Photos" | "Foto" | "Image" | "Illustration" | "Fotografía"
        )
        && text[colon + 1..].trim_start().starts_with(char::is_uppercase)
}

/// A number, then a colon, a point, a dash or the end: "3.", "2:", "A1 –"; not "3 shows".
fn is_numbered_label(rest: &str) -> bool {
    let number = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
    let (number, after) = rest.split_at(number);
    let digits =
        number.bytes().any(|b| b.is_ascii_digit()) || number.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'.'));
    !number.is_empty()
        && number.len() <= 6
        && digits
        && (number.ends_with('.')
            || after.is_empty()
            || after.starts_with([':', '—', '–', '|'])
            || after.starts_with(" –")
            || after.starts_with(" —"))
}

/// What speaks for `text` as a heading, if it may be one.
pub fn heading(text: &str) -> Option<Heading> {
    heading_of(text, ends(text))
}

/// The same, where `ends` says how it ends.
fn heading_of(text: &str, ends: Ends) -> Option<Heading> {
    let numeral = text.trim_end_matches('.');
    let named = || numeral.rsplit_once(' ').filter(|(word, _)| marks::is_section_word(word));
    let last = || named().map_or(numeral, |(_, last)| last);
    let numbered = || marks::roman(last()).is_some() || last().bytes().all(|b| b.is_ascii_digit());
    if numeral.len() < text.len() && numeral.starts_with(char::is_uppercase) && numbered() {
        return Some(Heading { titled: true, all_caps: true, numbered: true, words: 1 });
    }
    if text.ends_with(['.', ',', ';', ':', '—', '–', '\u{ad}', '…', '\u{2010}', '|', '(', '“'])
        && !text.ends_with("...")
    {
        return None;
    }
    // "[Laughter]": said of the text, not by it.
    if text.starts_with('[') || ends == Ends::Stop && !text.ends_with(['?', '!', '…', '”', '"', '’']) {
        return None;
    }
    let (rest, numbered) = match marks::section_number(text) {
        Some(length) => (&text[length..], true),
        None => (text, false),
    };
    if !matches!(begins(rest), Begins::Upper | Begins::Digit | Begins::Caseless) {
        return None;
    }
    let rest = if rest.is_ascii() { rest } else { &rest[marks::ideographic_section(rest)..] };
    if begins(rest) == Begins::Caseless && (rest.chars().count() > 32 || rest.contains(['。', '、', '，'])) {
        return None;
    }
    let (mut words, mut matter, mut capital, mut caps, mut lower) = (0u32, 0u32, 0u32, 0u32, 0u32);
    for word in wording::words_of(rest) {
        // Most words have no mark about them.
        let ends = [word.as_bytes().first(), word.as_bytes().last()];
        let bare = match ends.iter().all(|end| end.is_some_and(u8::is_ascii_alphanumeric)) {
            true => word,
            false => word.trim_matches(|c: char| !c.is_alphanumeric()),
        };
        if bare.is_empty() {
            continue;
        }
        words += 1;
        // "The Road. It was": a sentence ends inside.
        if word.ends_with('.') && bare.len() > 3 && !bare.contains('.') && !rest.ends_with(word) {
            return None;
        }
        let first = bare.chars().next().unwrap_or(' ');
        if !first.is_uppercase() && wording::is_function_word(bare) {
            continue;
        }
        matter += 1;
        capital += u32::from(first.is_uppercase() || first.is_numeric());
        lower += u32::from(first.is_lowercase());
        caps += u32::from(bare.len() > 1 && !bare.chars().any(char::is_lowercase));
    }
    if words == 0 {
        return None;
    }
    Some(Heading {
        titled: capital > 0 && lower * 100 <= 15 * matter,
        all_caps: caps > 0 && caps * 10 >= matter * 8 && lower == 0,
        numbered,
        words,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_they_end() {
        for text in
            ["It did.", "He said “yes.”", "services.1", "(so it was.)", "Why?", "終わった。", "lost learning.[12]"]
        {
            assert_eq!(ends(text), Ends::Stop, "{text}");
        }
        for text in ["asked Mr.", "of J.", "the end", "in 1998", "of —"] {
            assert_eq!(ends(text), Ends::Open, "{text}");
        }
        assert_eq!(ends("institu -"), Ends::Hyphen);
        assert_eq!(ends("re-"), Ends::Hyphen);
        assert_eq!(ends("so -- -"), Ends::Open);
        assert_eq!(ends("as follows:"), Ends::Colon);
        assert_eq!(ends("governments,2"), Ends::Comma);
    }

    #[test]
    fn captions_are_numbered_or_credited() {
        for text in ["Figure 3. Trade", "Table 2: Growth", "Map 1", "Chart A1 – Output"] {
            assert!(is_caption(text), "{text}");
        }
        for text in ["Figure 3 shows that", "Table manners matter", "Map reading is", "Box office"] {
            assert!(!is_caption(text), "{text}");
        }
    }

    #[test]
    fn headings_have_capitals_and_no_stop() {
        let titled = |text: &str| heading(text).is_some_and(|h| h.titled);
        assert!(titled("The View from the Provinces"));
        assert!(titled("2. Second Thoughts on"));
        assert!(heading("1. Ports and Pipelines").is_some_and(|h| h.numbered));
        assert!(heading("CONCLUSION").is_some_and(|h| h.all_caps));
        assert!(!titled("The benefits of scientific and economic advances"));
        assert!(heading("and so on").is_none());
        assert!(heading("It was done.").is_none());
    }
}
