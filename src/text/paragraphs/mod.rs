//! Messy text to clean paragraphs.

use super::decode::Decoded;
use super::{Clean, Head, Kind, Paragraph, SourceMap};

/// Words and how often they stand in mid-line, for line-end hyphens.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {}

impl Vocabulary {
    /// Counts the words of a clean text.
    pub fn add(&mut self, _clean: &Clean) {}
}

/// Cleans a decoded text. `vocabulary` holds the words of the other documents of the library.
pub fn clean(decoded: &Decoded, _vocabulary: Option<&Vocabulary>) -> Clean {
    let mut out = Clean { encoding: decoded.encoding, encoding_guessed: decoded.guessed, ..Clean::default() };
    let mut map = SourceMap::default();
    let mut at = 0;
    let mut open = false;
    for line in decoded.text.split_inclusive('\n') {
        let text = line.trim();
        if text.is_empty() {
            open = false;
        } else {
            if open {
                out.text.push(' ');
            } else {
                if !out.paragraphs.is_empty() {
                    out.text.push_str("\n\n");
                }
                let start = out.text.len() as u32;
                out.paragraphs.push(Paragraph { kind: Kind::Body, start, end: start });
            }
            let source = at + (line.len() - line.trim_start().len());
            map.push(out.text.len(), text.len(), source, text.len());
            out.text.push_str(text);
            if let Some(last) = out.paragraphs.last_mut() {
                last.end = out.text.len() as u32;
            }
            open = true;
        }
        at += line.len();
    }
    out.map = map.through(&decoded.map);
    out.head = Head::default();
    out
}
