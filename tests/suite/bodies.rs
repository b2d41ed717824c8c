//! What must hold for any input, as functions that fail when it does not.
//!
//! The properties beside this file call them with inputs of proptest; the targets of `fuzz/` include the
//! file and call them with inputs of a fuzzer. So it uses nothing but Postil itself.

use std::path::Path;

use postil::config;
use postil::keys::notation;
use postil::search::Query;
use postil::text::{self, Clean, Options, Safe};
use postil::topics::Dictionary;

/// Any bytes are read, and what comes out is whole.
pub fn decode(bytes: &[u8]) {
    let clean = text::read(bytes, &Options::default());
    paragraphs_are_whole(&clean, bytes.len());
    assert_eq!(clean.text, text::read(bytes, &Options::default()).text, "the same bytes give the same text");
}

fn paragraphs_are_whole(clean: &Clean, source: usize) {
    let mut end = 0;
    for (index, paragraph) in clean.paragraphs.iter().enumerate() {
        let range = paragraph.range();
        assert!(range.start < range.end, "paragraph {index} is empty");
        let gap = clean.text.get(end..range.start);
        assert_eq!(gap, Some(if index == 0 { "" } else { "\n\n" }), "before paragraph {index}");
        let text = clean.text.get(range.clone());
        assert!(text.is_some_and(|text| text.trim() == text), "paragraph {index} has blank ends: {text:?}");
        for (at, c) in text.unwrap_or_default().char_indices() {
            let start = range.start + at;
            let from = clean.map.to_source_range(start..start + c.len_utf8());
            assert!(from.start <= from.end && from.end <= source, "{c:?} at {start} comes from {from:?} of {source}");
        }
        end = range.end;
    }
    assert_eq!(end, clean.text.len(), "text after the last paragraph");
    for hyphen in &clean.hyphens {
        assert!(clean.text.is_char_boundary(hyphen.at as usize), "a hyphen at {}", hyphen.at);
    }
}

/// Any text is taken for settings and for a dictionary; each fault has a place in it.
pub fn settings(source: &str) {
    let path = Path::new("config.toml");
    let lines = source.matches('\n').count() + 1;
    for fault in config::faults(source, path).into_iter().chain(Dictionary::parse(source, path).diagnostics) {
        let place = fault.location.as_ref().and_then(|location| location.line_column);
        let (line, column) = place.unwrap_or_else(|| panic!("{fault} has no place"));
        assert!((1..=lines).contains(&line) && column >= 1, "{fault} is outside {lines} lines");
        assert!(!fault.message.is_empty());
    }
}

/// Keys that can be read are written as the same keys.
pub fn keys(written: &str) {
    if let Ok(keys) = notation::parse(written) {
        let again: String = keys.iter().map(ToString::to_string).collect();
        assert_eq!(notation::parse(&again).as_ref(), Ok(&keys), "{written:?} was written as {again:?}");
    }
}

/// Any query finds nothing, or hits that stand in one paragraph each, in order, apart.
pub fn search(query: &str, bytes: &[u8]) {
    let Ok(query) = Query::parse(query) else { return };
    let clean = text::read(bytes, &Options::default());
    let mut end = 0;
    for hit in query.folded_too(true).find(&clean) {
        assert!(hit.start < hit.end && hit.start >= end, "{hit:?} after {end}");
        assert!(clean.text.get(hit.clone()).is_some(), "{hit:?} cuts a character");
        let paragraph = &clean.paragraphs[clean.paragraph_at(hit.start)];
        assert!(hit.end <= paragraph.end as usize, "{hit:?} leaves its paragraph");
        end = hit.end;
    }
}

/// Nothing that acts reaches a terminal, and making safe twice is making safe once.
pub fn safe(text: &str) {
    let safe = Safe::new(text);
    let acts = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{e0000}'..='\u{e007f}')
    };
    assert!(!safe.as_str().contains(acts), "{safe:?}");
    assert_eq!(Safe::new(safe.as_str()), safe);
}
