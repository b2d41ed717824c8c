use std::cmp::Ordering;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::corpus::Library;
use crate::corpus::order::natural_key;
use crate::diag::Loaded;

/// A folder with these files; a path that ends in `/` is a folder.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn names(listed: &Loaded<Library>) -> Vec<&str> {
    listed.value.entries.iter().map(|entry| entry.path.as_str()).collect()
}

fn said(listed: &Loaded<Library>) -> String {
    listed.diagnostics.iter().map(|d| format!("{d}\n")).collect()
}

fn list_one(path: impl Into<PathBuf>) -> Loaded<Library> {
    list(&[path.into()])
}

#[test]
fn a_folder_lists_its_texts_as_people_count() {
    let folder = folder(&[("a10.txt", b"x"), ("a2.txt", b"x"), ("B.md", b"x"), ("sub/c.TXT", b"xyz"), ("a.txt", b"x")]);
    let listed = list_one(folder.path());
    assert_eq!(names(&listed), ["a.txt", "a2.txt", "a10.txt", "B.md", "sub/c.TXT"]);
    assert_eq!(said(&listed), "");
    assert_eq!(listed.value.root, folder.path());
    assert_eq!(size(&listed.value.entries[4]), 3);
}

#[test]
fn hidden_ignored_and_foreign_files_are_passed_over() {
    let folder = folder(&[
        ("a.txt", b"x"),
        (".hidden.txt", b"x"),
        (".postil/log/me.txt", b"x"),
        (".git/HEAD", b"x"),
        (".gitignore", b"drafts/\n"),
        ("drafts/b.txt", b"x"),
        ("config.toml", b"x"),
        ("c.pdf", b"%PDF-"),
        ("LETTER", b"Dear colleague"),
        ("program", b"\x7fELF"),
    ]);
    let listed = list_one(folder.path());
    assert_eq!(names(&listed), ["a.txt", "LETTER"]);
    assert!(said(&listed).contains("passed over what is no plain text: "), "{}", said(&listed));
}

#[test]
fn links_are_not_followed_and_those_out_of_the_library_are_named() {
    let outside = folder(&[("secret.txt", b"x")]);
    let inside = folder(&[("a.txt", b"x")]);
    symlink(outside.path().join("secret.txt"), inside.path().join("out.txt")).unwrap();
    symlink(inside.path().join("a.txt"), inside.path().join("again.txt")).unwrap();
    symlink(inside.path(), inside.path().join("loop")).unwrap();
    let listed = list_one(inside.path());
    assert_eq!(names(&listed), ["a.txt"]);
    assert!(said(&listed).contains("out.txt: a link out of the library, not followed"), "{}", said(&listed));
}

#[test]
fn folders_and_files_share_a_root() {
    let folder = folder(&[("x/a.txt", b"x"), ("y/b.txt", b"x"), ("y/odd.name", b"x")]);
    let at = |path: &str| folder.path().join(path);
    let listed = list(&[at("x"), at("y/b.txt"), at("y/odd.name"), at("y/b.txt"), PathBuf::from("-")]);
    assert_eq!(names(&listed), ["stdin", "x/a.txt", "y/b.txt", "y/odd.name"]);
    assert_eq!(listed.value.root, fs::canonicalize(folder.path()).unwrap());
    assert_eq!(list_one(at("y/b.txt")).value.root, at("y"));
}

#[test]
fn what_is_not_there_says_so_and_the_rest_is_listed() {
    let folder = folder(&[("texts/a.txt", b"x")]);
    let listed = list(&[folder.path().join("text"), folder.path().join("texts")]);
    assert_eq!(names(&listed).len(), 1);
    let said = said(&listed);
    assert!(said.contains("no such file or folder; did you mean") && said.contains("texts\"?"), "{said}");
}

#[test]
fn an_empty_folder_says_what_is_there_instead() {
    let empty = tempfile::tempdir().unwrap();
    assert!(said(&list_one(empty.path())).contains("no documents here; the folder is empty"));
    let foreign = folder(&[("a.pdf", b"%PDF-"), ("b.pdf", b"%PDF-")]);
    assert!(said(&list_one(foreign.path())).contains("found instead: 2 .pdf"));
    let hidden = folder(&[(".a.txt", b"x")]);
    assert!(said(&list_one(hidden.path())).contains("1 text files are hidden or ignored by git"));
}

#[test]
fn a_file_that_is_no_text_is_refused_by_name() {
    let folder = folder(&[("a.txt", b"%PDF-1.7\n"), ("b.txt", b"plain")]);
    let listed = list_one(folder.path());
    let options = Options::default();
    let fault = read(&listed.value.entries[0], &options).unwrap_err().to_string();
    assert!(fault.ends_with("a.txt: binary file (a PDF), not read; make text of it first, for example with pdftotext"));
    let document = read(&listed.value.entries[1], &options).unwrap();
    assert_eq!((document.path.as_str(), document.bytes), ("b.txt", 5));
}

#[test]
fn unreadable_gone_and_special_files_say_so() {
    let folder = folder(&[("a.txt", b"x"), ("b.txt", b"x")]);
    let mut listed = list_one(folder.path()).value;
    let options = Options::default();
    fs::remove_file(&listed.entries[0].file).unwrap();
    assert!(read(&listed.entries[0], &options).unwrap_err().to_string().contains("the file is gone"));
    fs::set_permissions(&listed.entries[1].file, fs::Permissions::from_mode(0o0)).unwrap();
    if !rustix::process::geteuid().is_root() {
        assert!(read(&listed.entries[1], &options).unwrap_err().to_string().contains("permission denied"));
    }
    listed.entries[0].file = PathBuf::from("/dev/null");
    assert!(read(&listed.entries[0], &options).unwrap_err().to_string().contains("not a regular file"));
}

#[test]
fn a_stamp_tells_a_changed_file() {
    let folder = folder(&[("a.txt", b"one")]);
    let file = folder.path().join("a.txt");
    let before = stamp(&file).unwrap();
    assert_eq!(stamp(&file).unwrap(), before);
    fs::write(&file, b"three").unwrap();
    assert_ne!(stamp(&file).unwrap(), before);
}

#[test]
fn names_that_are_not_utf8_stay_apart() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    for name in [&b"a\xff.txt"[..], b"a\xfe.txt"] {
        fs::write(folder.path().join(std::ffi::OsStr::from_bytes(name)), "x").unwrap();
    }
    let listed = list_one(folder.path());
    let names = names(&listed);
    assert_eq!(names.len(), 2);
    assert_ne!(names[0], names[1]);
}

proptest! {
    /// Keys order names as a comparison from left to right would.
    #[test]
    fn keys_are_the_natural_order(a in "[a-bB/0-2Éé.]{0,6}", b in "[a-bB/0-2Éé.]{0,6}") {
        prop_assert_eq!((natural_key(&a), &a).cmp(&(natural_key(&b), &b)), natural(&a, &b));
    }
}

fn natural(a: &str, b: &str) -> Ordering {
    let key = |c: char| if c == '/' { '\0' } else { c.to_lowercase().next().unwrap_or(c) };
    let (mut left, mut right) = (a.chars().peekable(), b.chars().peekable());
    loop {
        let order = match (left.peek().copied(), right.peek().copied()) {
            (None, None) => return a.cmp(b),
            (None, Some(_)) => Ordering::Less,
            (Some(_), None) => Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                number(&mut left).cmp(&number(&mut right))
            }
            (Some(x), Some(y)) => {
                left.next();
                right.next();
                key(x).cmp(&key(y))
            }
        };
        if order != Ordering::Equal {
            return order;
        }
    }
}

fn number(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) -> (usize, String) {
    let mut digits = String::new();
    while let Some(digit) = chars.next_if(char::is_ascii_digit) {
        if digit != '0' || !digits.is_empty() {
            digits.push(digit);
        }
    }
    (digits.len(), digits)
}

#[test]
fn lines_of_a_file_end_as_its_writer_ended_them() {
    let text = ["One line of it.", "", "Another line.", "The last."];
    for end in ["\n", "\r\n", "\r"] {
        let folder = folder(&[("a.txt", (text.join(end) + end).as_bytes())]);
        let entry = &list_one(folder.path()).value.entries[0];
        let at = text[0].len() + 2 * end.len();
        let (first, lines) = source_lines(entry, at + 1..at + 20, &Options::default()).unwrap();
        assert_eq!((first, lines), (3, vec![text[2].to_owned(), text[3].to_owned()]), "{end:?}");
    }
}
