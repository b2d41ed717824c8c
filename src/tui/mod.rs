//! The terminal: taking it, keys in, frames out, and the threads that do the work.

pub mod desk;
