//! The first line is a query, the rest a document.

#![no_main]

#[allow(dead_code)]
#[path = "../../tests/suite/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (query, document) = text.split_once('\n').unwrap_or((text, text));
    bodies::search(query, document.as_bytes());
});
