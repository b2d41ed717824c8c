//! Paragraphs that begin for their form alone, whatever else is seen: no weighing of cues joins what these lines part.
//!
//! ```text
//! Keywords: locks, barges          what a paper says of itself
//! Article 12                       the number of a part, alone on its line
//! Recalling the treaty of 1968,    clauses that each name what the parties do
//! ```
//!
//! And where each line of a text is a paragraph, a short line goes on in none.

use super::flow::Flow;
use super::lines::look::{Begins, Ends};
use super::lines::openers::Openers;
use crate::text::Kind;

/// Shortest line, in cells, that may have been wrapped where most of a text was not.
const WRAPPED: u32 = 56;

/// Begins paragraphs in `starts`, and gives the kind of those that are the number of a part.
pub fn part(flow: &Flow, starts: &mut [bool], kinds: &mut [Kind]) {
    let clauses = Clauses::of(flow);
    let long = is_unwrapped(flow);
    for i in 1..flow.lines.len() {
        let (above, here) = (&flow.looks[i - 1], &flow.looks[i]);
        if here.goes_on || above.marks_below || above.numbers_below || matches!(above.ends, Ends::Hyphen) {
            continue;
        }
        let text = flow.lines[i].text;
        let ended = matches!(above.ends, Ends::Stop | Ends::Colon) || flow.gap(i);
        if is_part(text) && ended {
            (starts[i], kinds[i]) = (true, Kind::Heading);
        } else if (ended || SAYS.open(flow.lines[i - 1].text)) && SAYS.open(text) || clauses.begins(flow, i) {
            (starts[i], kinds[i]) = (true, Kind::Body);
        } else if SAYS.open(flow.lines[i - 1].text) && above.ends == Ends::Open && heads(flow, i) {
            (starts[i], kinds[i]) = (true, Kind::Heading);
        } else if !starts[i] {
            let short = || long && flow.lines[i - 1].cells < WRAPPED && !goes_on(flow, i);
            let numbers = || flow.gap(i) && is_numeral(text) && is_numeral(flow.lines[i - 1].text);
            starts[i] = short() || numbers();
        }
    }
}

/// Wider lines, in cells, were not wrapped; so many tell that none was.
const WIDE: u32 = 160;
const WIDES: usize = 3;

/// Whether nothing was wrapped, though much of the text is short: links, items and titles beside its paragraphs.
fn is_unwrapped(flow: &Flow) -> bool {
    let wide = flow.lines.iter().filter(|line| line.cells > WIDE).count();
    let wrapped = |i: &usize| {
        let above = &flow.looks[*i - 1];
        let broken = above.ends == Ends::Hyphen
            || matches!(above.ends, Ends::Open | Ends::Comma) && flow.looks[*i].begins == Begins::Lower;
        broken && !flow.gap(*i) && !flow.lines[*i - 1].text.ends_with(';')
    };
    wide >= WIDES && (1..flow.lines.len()).filter(wrapped).count() * 8 <= wide
}

/// "II", "A": the number of a part and that of a part of it.
fn is_numeral(text: &str) -> bool {
    text.len() <= 4 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// Whether line `i` is set in further than the one above or less, or goes on where that ends no clause.
fn goes_on(flow: &Flow, i: usize) -> bool {
    let above = &flow.looks[i - 1];
    let item = flow.lines[i - 1].text.ends_with([';', ':']);
    let set_in = flow.lines[i].indent != flow.lines[i - 1].indent;
    let lower = flow.looks[i].begins == Begins::Lower && above.ends != Ends::Stop;
    set_in || above.dangling || !item && (lower || above.ends == Ends::Comma)
}

/// Longest heading, in cells, below what a paper says of itself.
const HEADING: u32 = 60;

/// What a paper says of itself above its text.
static SAYS: Openers<22> = Openers::new(&[
    "JEL classification",
    "JEL Classification",
    "JEL codes",
    "JEL Codes",
    "Keywords:",
    "Keywords—",
    "Keywords –",
    "Key words:",
    "Key words and phrases",
    "KEYWORDS:",
    "KEYWORDS—",
    "Index Terms—",
    "Mots-clés",
    "Mots clés",
    "Schlüsselwörter:",
    "Schlagwörter:",
    "Stichworte:",
    "Palabras clave",
    "Palavras-chave",
    "Parole chiave",
    "キーワード",
    "关键词",
]);

/// Whether line `i` is like the heading of what stands below, with nothing between.
fn heads(flow: &Flow, i: usize) -> bool {
    let titled = flow.looks[i].heading.as_ref().is_some_and(|heading| heading.titled || heading.numbered);
    let text_below = flow.looks.get(i + 1).is_some_and(|below| below.begins == Begins::Upper);
    titled && text_below && flow.lines[i].cells <= HEADING
}

/// Whether `text` is nothing but the number of a part of an act: "Article 12", "ARTICLE IV", "§ 3".
fn is_part(text: &str) -> bool {
    const PARTS: [&str; 16] = [
        "Article",
        "ARTICLE",
        "Section",
        "SECTION",
        "Artikel",
        "Artículo",
        "Artigo",
        "Articolo",
        "Annex",
        "ANNEX",
        "Rule",
        "Schedule",
        "SCHEDULE",
        "§",
        "Art.",
        "Part",
    ];
    if text.len() > 20 {
        return false;
    }
    let Some((word, number)) = text.split_once(' ') else { return false };
    let number = number.trim_end_matches('.');
    let digits = number.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let numeral = || number.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'L'));
    PARTS.contains(&word)
        && !number.is_empty()
        && (digits.len() + 1 >= number.len() && !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())
            || numeral())
}

/// Clauses of a preamble: "Recalling …,", "Having regard to …,", and what is done: "HAVE AGREED as follows:".
struct Clauses {
    are: bool,
}

/// Fewest such clauses of a text.
const CLAUSES: usize = 2;

impl Clauses {
    fn of(flow: &Flow) -> Self {
        let are = (1..flow.lines.len()).filter(|i| names_act(flow, *i)).nth(CLAUSES - 1).is_some();
        Self { are }
    }

    fn begins(&self, flow: &Flow, i: usize) -> bool {
        self.are && (names_act(flow, i) || does(flow, i))
    }
}

/// Whether line `i` begins with what a party does in a preamble, behind the end of a clause.
fn names_act(flow: &Flow, i: usize) -> bool {
    const ACTS: [&str; 14] = [
        "Having regard to",
        "Having ",
        "Recalling ",
        "Recognizing ",
        "Recognising ",
        "Reaffirming ",
        "Noting ",
        "Considering ",
        "Bearing in mind",
        "Desiring ",
        "Desirous ",
        "Acknowledging ",
        "Emphasizing ",
        "Whereas",
    ];
    let text = flow.lines[i].text;
    text.as_bytes().first().is_some_and(|b| b"HRNCBDAEW".contains(b))
        && matches!(flow.looks[i - 1].ends, Ends::Comma | Ends::Stop)
        && ACTS.iter().any(|act| text.starts_with(act))
}

/// Whether line `i` is in capitals and tells who acts or what they do: "HAS ADOPTED THIS DECISION:".
fn does(flow: &Flow, i: usize) -> bool {
    let text = flow.lines[i].text;
    let words = text.split(' ').take_while(|word| word.chars().all(|c| !c.is_lowercase()) && word.len() > 1).count();
    words >= 2 && words == text.split(' ').count() && matches!(flow.looks[i].ends, Ends::Comma | Ends::Colon)
}
