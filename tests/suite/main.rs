//! The one integration-test binary: it links once, a module per subject.

mod bodies;
mod commands;
mod licences;
mod paragraphs;
mod properties;
mod readme;
mod schema;
mod tidy;
