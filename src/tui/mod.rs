//! The terminal: taking it, keys in, frames out, and the threads that do the work.
//!
//! | module | what it does |
//! | --- | --- |
//! | [`desk`] | does jobs: lists, reads, tags, searches |
//! | [`environment`] | what the environment says of the terminal: locale, colours, ssh, tmux, screen |
//! | [`terminal`] | the terminal taken over, asked what it can, and given back as it was |
//! | [`input`] | bytes read from it, as keys, pastes, the mouse and answers |
//! | [`screen`] | a frame of cells written with the fewest bytes |
//! | [`colour`] | colours mapped to those the terminal has |
//! | [`signals`] | TERM, HUP, TSTP, CONT and WINCH as events, with the last words of a killed program |
//! | [`clipboard`] | text copied through tmux, screen or the terminal |
//!
//! *Invariant:* whichever way the program ends, the terminal is left as it was found.

pub mod clipboard;
pub mod colour;
pub mod desk;
pub mod environment;
pub mod input;
pub mod screen;
pub mod signals;
pub mod terminal;
