//! The one integration-test binary: it links once, a module per subject.

mod commands;
mod licences;
mod paragraphs;
mod readme;
mod schema;
mod tidy;
