//! The clean model of a document, as one line of JSON or as plain text.

use serde::Serialize;

use crate::corpus::Document;
use crate::text::Kind;

use super::json_line;

/// docs/schema/document.json
#[derive(Serialize)]
struct Dump<'a> {
    id: String,
    path: &'a str,
    title: Option<&'a str>,
    author: Option<String>,
    date: Option<&'a str>,
    source: Option<&'a str>,
    paragraphs: Vec<Paragraph<'a>>,
    #[serde(flatten)]
    raw: Option<Raw<'a>>,
}

#[derive(Serialize)]
struct Paragraph<'a> {
    kind: &'static str,
    text: &'a str,
    source: [usize; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    clean: Option<[usize; 2]>,
}

#[derive(Serialize)]
struct Raw<'a> {
    encoding: &'a str,
    encoding_guessed: bool,
    bytes: usize,
    hyphens: Vec<Hyphen>,
}

#[derive(Serialize)]
struct Hyphen {
    clean_byte: u32,
    kept: bool,
}

/// One line of JSON. With `raw` also where paragraphs stand in the clean text, the encoding, and the
/// line-end hyphens that stayed doubtful.
pub fn json(document: &Document, raw: bool) -> String {
    let clean = &document.clean;
    let head = &clean.head;
    let paragraphs = clean.paragraphs.iter().map(|paragraph| {
        let source = clean.map.to_source_range(paragraph.range());
        Paragraph {
            kind: paragraph.kind.name(),
            text: &clean.text[paragraph.range()],
            source: [source.start, source.end],
            clean: raw.then_some([paragraph.start as usize, paragraph.end as usize]),
        }
    });
    json_line(&Dump {
        id: format!("b3:{}", blake3::Hash::from_bytes(document.raw)),
        path: &document.path,
        title: head.title.as_deref(),
        author: (!head.authors.is_empty()).then(|| head.authors.join(", ")),
        date: head.date.as_deref(),
        source: head.source.as_deref(),
        paragraphs: paragraphs.collect(),
        raw: raw.then(|| Raw {
            encoding: clean.encoding,
            encoding_guessed: clean.encoding_guessed,
            bytes: document.bytes,
            hyphens: clean.hyphens.iter().map(|h| Hyphen { clean_byte: h.at, kept: h.kept }).collect(),
        }),
    })
}

/// Plain text: title and byline where the text states them, then a paragraph a line with a blank line
/// between, but for lines of verse and of tables. Folded paragraphs (metadata, boilerplate) only with `all`.
pub fn text(document: &Document, all: bool) -> String {
    let clean = &document.clean;
    let head = &clean.head;
    let mut blocks = Vec::new();
    let byline: Vec<String> =
        [(!head.authors.is_empty()).then(|| head.authors.join(", ")), head.source.clone(), head.date.clone()]
            .into_iter()
            .flatten()
            .collect();
    let above: Vec<String> =
        head.title.clone().into_iter().chain((!byline.is_empty()).then(|| byline.join(" · "))).collect();
    if !above.is_empty() {
        blocks.push(above.join("\n"));
    }
    for paragraph in clean.paragraphs.iter().filter(|paragraph| all || !paragraph.kind.is_folded()) {
        let text = &clean.text[paragraph.range()];
        let text = match paragraph.kind {
            Kind::Quote => format!("    {text}"),
            Kind::Heading => format!("\n{text}"),
            _ => text.to_owned(),
        };
        match blocks.last_mut().filter(|_| paragraph.close) {
            Some(above) => *above += &format!("\n{text}"),
            None => blocks.push(text),
        }
    }
    blocks.join("\n\n") + "\n"
}
