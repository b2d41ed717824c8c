//! Any bytes are read, and what is shown of them does not act.

#![no_main]

#[allow(dead_code)]
#[path = "../../tests/suite/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    bodies::decode(bytes);
    bodies::safe(&String::from_utf8_lossy(bytes));
});
