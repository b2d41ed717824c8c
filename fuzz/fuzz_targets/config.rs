//! Any text is taken for settings.

#![no_main]

#[allow(dead_code)]
#[path = "../../tests/suite/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|source: &str| bodies::settings(source));
