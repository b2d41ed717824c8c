//! The terminal: what it can do, what it says, and what is written to it; and the threads that work.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`reader`] | the reader on a terminal: events in, frames out |
//! | [`desk`] | does jobs: lists, reads, tags, searches, writes notes |
//! | [`workers`] | gives each kind of job a thread |
//! | [`environment`] | what the environment says of the terminal: locale, colours, ssh, tmux, screen |
//! | [`terminal`] | the terminal taken over, asked what it can, and given back as it was |
//! | [`input`] | bytes read from it, as keys, pastes, the mouse and answers |
//! | [`screen`] | a frame of cells written with the fewest bytes |
//! | [`colour`] | colours mapped to those the terminal has |
//! | [`last_words`] | what is done when the program is killed or panics |
//! | [`rehearsal`] | a panic on request, in builds for tests |
//! | [`signals`] | TERM, HUP, TSTP, CONT and WINCH as events, with the last words of a killed program |
//! | [`clipboard`] | text copied through tmux, screen or the terminal |
//!
//! *Invariant:* whichever way the program ends, the terminal is left as it was found.

pub mod clipboard;
pub mod colour;
pub mod desk;
pub mod environment;
mod external;
mod holding;
pub mod input;
mod last_words;
pub mod reader;
mod rehearsal;
pub mod screen;
mod scribe;
mod sessions;
pub mod signals;
pub mod terminal;
mod watch;
mod wording;
pub mod workers;
