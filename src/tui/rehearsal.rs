//! A panic on request, so that what comes after one can be tried with the program itself: nothing that a
//! reader can do is known to cause any.
//!
//! In builds with debug assertions alone, which are those of tests: where `POSTIL_PANIC` names a folder,
//! a file in it that is called like a thread makes that thread panic before the next thing it does, and
//! say what stands in the file. A release build asks nothing and holds nothing of this.

/// Where the thread called so may be made to panic.
#[cfg(debug_assertions)]
#[expect(clippy::panic, reason = "it is what was asked for")]
pub fn point(thread: &str) {
    let asked = std::env::var_os("POSTIL_PANIC").map(|folder| std::path::Path::new(&folder).join(thread));
    if let Some(said) = asked.and_then(|file| std::fs::read_to_string(file).ok()) {
        panic!("{said}");
    }
}

#[cfg(not(debug_assertions))]
pub fn point(_: &str) {}
