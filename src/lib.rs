//! Postil reads a folder of documents by topic in a terminal, and lets its reader write in the
//! margins. This is the map of the house; a module uses only those above it.
//!
//! | module | who lives there |
//! | --- | --- |
//! | [`diag`] | what went wrong, where, and what to do next |
//! | [`text`] | bytes to clean paragraphs; width, wrapping, sanitising |
//! | [`keys`] | key notation, the one table of actions, keymap |
//! | [`corpus`] | documents, places, loading a library |
//! | [`topics`] | dictionary, matcher, index |
//! | [`search`] | a query to the places where it stands |
//! | [`notes`] | notes in the margins, and how they are kept |
//! | [`config`] | config.toml files to settings |
//! | [`export`] | documents, hits and counts as JSON, CSV and tables |
//! | [`app`] | the program without a terminal: a model, and what events make of it |
//! | [`ui`] | from a model to cells |
//! | [`tui`] | the terminal: keys in, frames out, threads that do the work |

pub mod app;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod diag;
pub mod export;
pub mod keys;
pub mod notes;
pub mod search;
pub mod text;
pub mod topics;
pub mod tui;
pub mod ui;
