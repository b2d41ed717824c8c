//! Files that come and go while the reader is open.

use std::fs;
use std::sync::Arc;

use super::open;
use super::pty::Setup;

#[test]
fn files_that_come_go_and_are_renamed_are_told_and_listed() {
    let setup = Setup::default();
    let library = Arc::clone(&setup.home);
    let library = library.path().join("library");
    let mut session = open(setup);
    fs::write(library.join("a-first.txt"), "A File That Came\n\nIt says a word or two.\n").unwrap();
    session.shows("a new document: a-first.txt");
    session.shows("A File That Came");
    fs::rename(library.join("a-first.txt"), library.join("a-second.txt")).unwrap();
    session.shows("renamed: a-first.txt is a-second.txt now");
    fs::remove_file(library.join("a-second.txt")).unwrap();
    session.shows("gone: a-second.txt");
    session.until("not in the list", |screen| !screen.contents().contains("A File That Came"));
    session.press("R");
    session.shows("no file came or went; all are read again");
}
