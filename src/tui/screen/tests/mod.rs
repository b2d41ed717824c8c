//! Frames drawn at random, and what terminals then show; and what frames of a reader cost.

mod bytes;
mod emulator;
mod equality;
mod whole;
