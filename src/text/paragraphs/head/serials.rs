//! Journals and papers with their numbers: "Harbor & Strait, Vol. 11, No. 2".

use super::dates;
use super::publishers::{is_paper, is_publisher};
use super::titles::looks_titled;
use crate::text::paragraphs::lines::glyphs::is_spaceless;
use crate::text::paragraphs::lines::marks;
use crate::text::paragraphs::lines::wording::behind;
use crate::text::words;

/// "No. 201", "Vol. 10 No. 2", "Issue 14", "9 min read".
pub(super) fn is_number(text: &str) -> bool {
    let words = text.split([' ', ',']).filter(|w| !w.is_empty());
    let mut digits = false;
    text.len() <= 40
        && words.clone().count() <= 6
        && words.into_iter().all(|word| {
            // "Web2" is a name: letters right before a number are those of a mark.
            let letters = word.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            let mark = letters.len() < word.len()
                && (letters.len() < 3
                    || !letters.contains(char::is_lowercase)
                    || word[letters.len()..].starts_with('.'));
            let number = mark && word.bytes().any(|b| b.is_ascii_digit());
            digits |= number;
            number && word.len() <= 8
                || matches!(
                    word,
                    "No." | "No" | "Vol." | "Vol" | "Volume" | "Issue" | "Number" | "Nr." | "Version" | "version"
                )
        })
        && digits
        && !text.starts_with(|c: char| c.is_ascii_digit())
}

/// "Harbor & Strait, Vol. 11, No. 2", "Harbor & Strait 12 (2011) 123–145": a journal with its number.
pub(super) fn serial(text: &str) -> Option<String> {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let marks = [
        ", No", ", Vol", ", Issue", ", Nr", ", N.", ", n.º", ", nº", ", n°", ", vol. ", ", no. ", ", n. ", ", anno ",
        ", Jg. ", ", Heft ", ", tome ", ", t. ", ", Bd. ", ", Band ", " Vol. ", " Volume ", " [Vol. ",
    ];
    // "Journal of Shores, 41. Jahrgang (2006)"
    let year_of = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.contains('(');
    let is_mark = |at: &usize| {
        let rest = &text[*at..];
        marks.iter().any(|mark| rest.starts_with(mark)) || rest.strip_prefix(", ").is_some_and(year_of)
    };
    let named = |at: usize| {
        let (name, number) = text.split_at(at);
        let number = number.trim_matches([',', ' ', '[', ']']);
        let named = name.starts_with(char::is_uppercase) && name.len() <= 80;
        (named && !name.contains(|c: char| c.is_ascii_digit()) && (is_number(number) || is_volume(number)))
            .then(|| name.to_owned())
    };
    let mut cuts = memchr::memchr2_iter(b',', b' ', text.as_bytes()).filter(is_mark).peekable();
    if cuts.peek().is_some() {
        return cuts.find_map(named);
    }
    // "Seeblatt Nr. 7": no word that is of the language, or a name with a word for papers.
    if let Some((name, number)) = [" Nr. ", " No. ", " N° ", " n° "].iter().find_map(|mark| text.split_once(mark))
        && number.len() <= 6
        && number.bytes().all(|b| b.is_ascii_digit())
        && (is_paper(name) || is_publisher(name) || !name.contains(' ') && !words::contains(&name.to_lowercase()))
    {
        return Some(name.to_owned());
    }
    let at = text.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 4)?;
    let (name, number) =
        (text[..at].trim_end_matches([' ', '(']), &text[text[..at].trim_end_matches([' ', '(']).len()..]);
    // "Port Studies 45 (2016) 88–104": a volume, its year and pages have no other meaning.
    let paged = || looks_titled(name) && number.matches(['–', '-']).count() == 1 && name.split(' ').count() <= 8;
    ((is_publisher(name) || paged()) && number.contains('(') && is_volume(number)).then(|| name.to_owned())
}

/// "A/68/512–S/2014/188", "E/CN.9/2006/L.14": what a paper of an assembly is known by.
pub(super) fn is_symbol(text: &str) -> bool {
    let part = |part: &str| {
        part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || matches!(b, b'.' | b'(' | b')'))
            && !part.is_empty()
    };
    text.len() <= 40
        && text.starts_with(|c: char| c.is_ascii_uppercase())
        && text.matches('/').count() >= 2
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.split(['/', '–', '-']).all(part)
}

/// "Agenda item 41", "Item 3 (a) of the provisional agenda": what a paper of an assembly is for.
pub(super) fn is_agenda(text: &str) -> bool {
    let numbered = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit());
    behind(text, &["Agenda item ", "Agenda items "]).is_some_and(numbered)
        || behind(text, &["Item ", "Items "]).is_some_and(numbered) && text.ends_with(" agenda")
}

/// Words before the number of a volume, or of an issue.
const VOLUMES: [&str; 22] = [
    "Vol.", "Vol", "Volume", "vol.", "No.", "No", "no.", "Nr.", "N.", "n.", "n.º", "nº", "n°", "Heft", "Jg.", "tome",
    "t.", "Bd.", "Band", "Núm.", "N°", "Nº",
];

/// "Vol. 12, No. 3 (Summer 2011), pp. 123–145": which number of a journal, and which of its pages.
pub(super) fn is_volume(text: &str) -> bool {
    let mut digits = 0;
    text.len() <= 64
        && text.split([' ', ',', '(', ')', ':', ';']).filter(|word| !word.is_empty()).all(|word| {
            let number = word.starts_with(|c: char| c.is_ascii_digit());
            digits += u32::from(number);
            number && word.chars().count() <= 9
                || VOLUMES.contains(&word)
                || word.len() > 1 && marks::roman(word).is_some()
                || matches!(word, "Number" | "Issue" | "anno" | "Jahrgang" | "Seiten" | "S." | "pp." | "pp" | "p.")
                || word.split('-').all(dates::is_season_or_month)
                || matches!(word, "–" | "-" | "/")
        })
        && digits > 0
}

/// Whether a line begins as the number of a journal does.
pub(super) fn opens_volume(text: &str) -> bool {
    let first = text.split([' ', ',']).next().unwrap_or("");
    VOLUMES.contains(&first) || matches!(first, "Issue" | "anno" | "Jahrgang")
}

/// "『潮目季報』第四十二号": a journal in brackets with its number, or with its date, "『潮目季報』（2009年7月）". "沿岸評論 第二十三号":
/// the same without.
pub(super) fn quoted_serial(text: &str) -> Option<(String, Option<String>)> {
    if let Some((name, number)) = text.split_once([' ', '\u{3000}'])
        && number.starts_with('第')
        && number.ends_with(['号', '號', '期', '巻'])
        && number.chars().count() <= 12
        && name.chars().all(is_spaceless)
    {
        return Some((name.to_owned(), None));
    }
    let (name, number) = text.strip_prefix('『')?.split_once('』')?;
    let number = number.trim();
    let date = dates::read(number.trim_end_matches('号'));
    let told = number.is_empty() || date.is_some() || number.starts_with('第') && number.chars().count() <= 12;
    told.then(|| (name.to_owned(), date))
}

/// "湖沼研究　第8巻第2号　2010年": a journal, its number and perhaps its year.
pub(super) fn numbered_row(text: &str) -> Option<String> {
    let mut parts = text.split('\u{3000}').map(str::trim).filter(|part| !part.is_empty());
    let (name, number) = (parts.next()?, parts.next()?);
    let year = |part: &str| part.strip_suffix('年').and_then(dates::year).is_some();
    let named = name.chars().all(is_spaceless) && name.chars().count() <= 16;
    let numbered = number.starts_with('第') || number.contains('年');
    (named && numbered && number.ends_with(['号', '號', '期', '巻']) && parts.all(year)).then(|| name.to_owned())
}
