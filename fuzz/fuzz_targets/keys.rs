//! Keys that can be read are written as the same keys.

#![no_main]

#[allow(dead_code)]
#[path = "../../tests/suite/bodies.rs"]
mod bodies;

libfuzzer_sys::fuzz_target!(|written: &str| bodies::keys(written));
