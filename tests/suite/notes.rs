//! Notes written by real processes: many at once, killed in the middle, merged by git, short of space.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;

use crate::schema;

/// A library with one document, and a user of its own.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(desk.library()).unwrap();
        // A repository's root: no settings above it are looked for.
        fs::create_dir(desk.library().join(".git")).unwrap();
        fs::write(desk.library().join("a.txt"), "The regional order is shared by those who live in it.\n").unwrap();
        desk
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library")
    }

    fn postil(&self, arguments: &[&str]) -> Command {
        postil(&self.library(), &self.folder.path().join("home"), arguments)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.postil(arguments).output().unwrap()
    }

    /// The notes that are there, by id.
    fn notes(&self) -> BTreeSet<String> {
        let output = self.run(&["list", "--format", "jsonl"]);
        assert_eq!(text(&output.stderr), "");
        let id = |line: &str| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned();
        text(&output.stdout).lines().map(id).collect()
    }
}

/// `postil notes COMMAND LIBRARY …` with the settings of nobody.
fn postil(library: &Path, home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
    command.arg("notes").arg(arguments[0]).arg(library).args(&arguments[1..]);
    command.env_clear().env("HOME", home).env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.stdin(Stdio::null());
    command
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The id that `notes add` prints.
fn saved(line: &str) -> String {
    line.strip_prefix("saved ").unwrap_or_else(|| panic!("not saved: {line:?}")).trim().to_owned()
}

const ADD: &[&str] = &["add", "--doc", "a.txt", "--quote", "regional order", "--body"];

fn add(body: &str) -> Vec<&str> {
    ADD.iter().copied().chain([body]).collect()
}

#[test]
fn sixteen_processes_write_into_one_log_and_lose_nothing() {
    let desk = Desk::new();
    for together in [2, 16] {
        let processes: Vec<Child> = (0..together)
            .map(|n| desk.postil(&add(&format!("note {n} of {together}"))).stdout(Stdio::piped()).spawn().unwrap())
            .collect();
        let ids: Vec<String> =
            processes.into_iter().map(|child| saved(&text(&child.wait_with_output().unwrap().stdout))).collect();
        let there = desk.notes();
        assert!(ids.iter().all(|id| there.contains(id)), "{together}: {ids:?} in {there:?}");
    }
    assert_eq!(desk.notes().len(), 18);
    let logs = fs::read_dir(desk.library().join(".postil/log")).unwrap().count();
    assert_eq!(logs, 1, "one installation, one log");
}

/// Whatever moment the process is killed at, each id it printed is there afterwards.
#[test]
fn a_killed_process_loses_no_note_it_called_saved() {
    let desk = Desk::new();
    let program = env!("CARGO_BIN_EXE_postil");
    let mut printed = BTreeSet::new();
    for round in 1..=6 {
        // A shell that adds notes without end, in a group of its own with what it starts.
        let script = format!(
            "while :; do \"{program}\" notes add \"{}\" --doc a.txt --quote 'regional order' --body \"{}\"; done",
            desk.library().display(),
            "a body of some length ".repeat(50)
        );
        let mut command = Command::new("sh");
        command.args(["-c", &script]).env_clear().env("HOME", desk.folder.path().join("home"));
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut shell = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(shell.stdout.take().unwrap()).lines();
        // Killed after a number of notes, which is at another moment of the next one each time.
        for line in lines.by_ref().take(2 + round) {
            printed.insert(saved(&line.unwrap()));
        }
        let group = rustix::process::Pid::from_raw(shell.id().cast_signed()).unwrap();
        rustix::process::kill_process_group(group, rustix::process::Signal::KILL).unwrap();
        shell.wait().unwrap();
        // What was printed before the end came counts too; a half line is no promise.
        printed.extend(lines.map_while(Result::ok).filter(|line| line.len() == "saved ".len() + 36).map(|l| saved(&l)));
        let output = desk.run(&["list", "--format", "jsonl"]);
        let there = text(&output.stdout);
        let lost: Vec<&String> = printed.iter().filter(|id| !there.contains(*id)).collect();
        assert!(lost.is_empty(), "round {round}: lost {lost:?}; {}", text(&output.stderr));
    }
    assert!(printed.len() >= 30, "{}", printed.len());
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_SYSTEM", "/dev/null")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn git_merges_the_notes_of_two_without_conflict() {
    let desk = Desk::new();
    fs::remove_dir(desk.library().join(".git")).unwrap();
    git(&desk.library(), &["init", "-q"]);
    let mut ids = BTreeSet::from([saved(&text(&desk.run(&add("first")).stdout))]);
    git(&desk.library(), &["add", "-A"]);
    git(&desk.library(), &["commit", "-qm", "one"]);
    let other = desk.folder.path().join("other");
    git(desk.folder.path(), &["clone", "-q", "library", "other"]);
    // Another user has a name of their own; so would another machine.
    let theirs = postil(&other, &desk.folder.path().join("home2"), &add("theirs")).output().unwrap();
    ids.insert(saved(&text(&theirs.stdout)));
    git(&other, &["add", "-A"]);
    git(&other, &["commit", "-qm", "theirs"]);
    ids.insert(saved(&text(&desk.run(&add("mine")).stdout)));
    git(&desk.library(), &["add", "-A"]);
    git(&desk.library(), &["commit", "-qm", "mine"]);
    git(&desk.library(), &["pull", "-q", "--no-rebase", "--no-edit", "../other", "main"]);
    assert_eq!(desk.notes(), ids);
    assert_eq!(fs::read_dir(desk.library().join(".postil/log")).unwrap().count(), 2);
}

#[test]
fn a_file_that_may_not_grow_is_told_and_nothing_is_half_written() {
    let desk = Desk::new();
    saved(&text(&desk.run(&add("first")).stdout));
    let folder = desk.library().join(".postil/log");
    let log = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let before = fs::read(&log).unwrap();
    // The shell allows files of 1 block of 1,024 bytes at most, and lets the program be told by an error.
    let script = format!(
        "trap '' XFSZ; ulimit -f 1; exec \"{}\" notes add \"{}\" --doc a.txt --body \"{}\"",
        env!("CARGO_BIN_EXE_postil"),
        desk.library().display(),
        "x".repeat(2000)
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .env_clear()
        .env("HOME", desk.folder.path().join("home"))
        .output()
        .unwrap();
    let said = text(&output.stderr);
    assert!(said.contains("not saved: disk full") && said.contains("free some space"), "{said}");
    assert_eq!((text(&output.stdout).as_str(), output.status.code()), ("", Some(2)));
    assert_eq!(fs::read(&log).unwrap(), before);
    saved(&text(&desk.run(&add("second")).stdout));
    assert_eq!(desk.notes().len(), 2);
}

#[test]
fn a_renamed_document_keeps_its_notes() {
    let desk = Desk::new();
    let id = saved(&text(&desk.run(&add("follows")).stdout));
    fs::create_dir(desk.library().join("sub")).unwrap();
    let moved = desk.library().join("sub/b.txt");
    fs::rename(desk.library().join("a.txt"), &moved).unwrap();
    fs::write(desk.library().join("c.txt"), "Something else.\n").unwrap();
    let listed = || {
        let output = desk.run(&["list", "--format", "jsonl"]);
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let note = listed();
    assert_eq!((note["doc"].as_str(), note["state"].as_str()), (Some("sub/b.txt"), Some("sure")));
    assert_eq!(note["id"], id.as_str());
    // Wrapped anew and renamed: found by what stays the same.
    fs::write(&moved, "The regional\norder is shared by\nthose who live in it.\n").unwrap();
    assert_eq!(listed()["doc"], "sub/b.txt");
    fs::remove_file(&moved).unwrap();
    let note = listed();
    assert_eq!((note["doc"].as_str(), note["state"].as_str()), (Some("a.txt"), Some("orphan")));
    assert_eq!(note["quote"], "regional order");
}

#[test]
fn notes_are_as_their_schemas_say() {
    let desk = Desk::new();
    desk.run(&[&add("with everything")[..], &["--tag", "order", "--mark", "green"]].concat());
    desk.run(&["add", "--doc", "a.txt", "--body", "on the document"]);
    desk.run(&["add", "--doc", "a.txt", "--para", "1"]);
    for command in [["list", "--format", "jsonl"], ["export", "--format", "json"]] {
        let output = text(&desk.run(&command).stdout);
        assert_eq!(output.lines().count(), 3);
        schema::assert_lines("note", &output);
    }
    let folder = desk.library().join(".postil/log");
    let log = fs::read_to_string(fs::read_dir(folder).unwrap().next().unwrap().unwrap().path()).unwrap();
    assert_eq!(log.lines().count(), 3);
    schema::assert_lines("record", &log);
}
