//! Documents that come in as lines of JSON: `{"id": …, "text": …}`, or as `postil dump` writes them.

use serde::Deserialize;

use crate::corpus::Document;
use crate::corpus::load;
use crate::text::{self, Kind, SourceMap};

#[derive(Deserialize)]
struct Record {
    path: Option<String>,
    doc: Option<String>,
    id: Option<serde_json::Value>,
    text: Option<String>,
    #[serde(default)]
    paragraphs: Vec<Paragraph>,
}

impl Record {
    /// What its hits call it: its path, else its id.
    fn name(&self) -> String {
        let id = self.id.as_ref().map(|id| id.as_str().map_or_else(|| id.to_string(), str::to_owned));
        self.path.clone().or(self.doc.clone()).or(id).unwrap_or_else(|| "stdin".into())
    }
}

#[derive(Deserialize)]
struct Paragraph {
    #[serde(default)]
    kind: String,
    text: String,
}

/// The document of one line; `None` for a blank one. Its offsets are bytes of `text`, or of the
/// paragraphs' texts joined by blank lines.
///
/// # Errors
/// When the line is no JSON object, or has neither `text` nor `paragraphs`; says what and where.
pub fn document(line: &[u8], options: &text::Options) -> Result<Option<Document>, String> {
    if line.trim_ascii().is_empty() {
        return Ok(None);
    }
    let record: Record = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    let name = record.name();
    match record.text {
        Some(text) => load::from_bytes(&name, text.as_bytes(), options).map(Some).map_err(|fault| fault.message),
        None if record.paragraphs.is_empty() => Err("neither text nor paragraphs".into()),
        None => Ok(Some(of_paragraphs(name, &record.paragraphs))),
    }
}

fn of_paragraphs(path: String, paragraphs: &[Paragraph]) -> Document {
    let mut document = Document { path, ..Document::default() };
    let clean = &mut document.clean;
    for paragraph in paragraphs {
        if !clean.text.is_empty() {
            clean.text.push_str("\n\n");
        }
        let start = clean.text.len() as u32;
        clean.text.push_str(&paragraph.text);
        let kind = Kind::ALL.into_iter().find(|kind| kind.name() == paragraph.kind).unwrap_or(Kind::Body);
        clean.paragraphs.push(text::Paragraph { kind, start, end: clean.text.len() as u32, close: false });
    }
    clean.map = SourceMap::identity(clean.text.len());
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<Option<Document>, String> {
        document(line.as_bytes(), &text::Options::default())
    }

    #[test]
    fn a_line_is_a_text_with_a_name() {
        let document = read("{\"id\": 7, \"text\": \"On trade.\"}").unwrap().unwrap();
        assert_eq!((document.path.as_str(), document.clean.text.as_str()), ("7", "On trade."));
        assert!(read(" \n").unwrap().is_none());
    }

    #[test]
    fn what_was_dumped_comes_back_with_its_kinds() {
        let line = r#"{"id":"b3:0","path":"a.txt","paragraphs":[{"kind":"heading","text":"One"},{"kind":"body","text":"Two"}]}"#;
        let document = read(line).unwrap().unwrap();
        assert_eq!(document.path, "a.txt");
        assert_eq!(document.clean.text, "One\n\nTwo");
        assert_eq!(document.clean.paragraphs[0].kind, Kind::Heading);
    }

    #[test]
    fn a_line_that_is_no_document_says_why() {
        assert_eq!(read("{}").unwrap_err(), "neither text nor paragraphs");
        assert!(read("{\"text\": 1").unwrap_err().contains("column"));
    }
}
