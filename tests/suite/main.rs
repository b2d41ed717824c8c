//! The one integration-test binary: it links once, a module per subject.

// Helpers of tests fail as tests do.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod anchors;
mod bodies;
mod commands;
mod licences;
mod notes;
mod paragraphs;
mod properties;
mod readme;
mod schema;
mod screens;
mod terminal;
mod tidy;
mod topics;
