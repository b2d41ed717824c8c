//! Transcripts of the commands: each file of `tests/commands/` is a page that was typed and answered.
//!
//! ```text
//! # A remark, where no answer is open.
//! $ postil search trade essays | head -1
//! essays/a.txt:¶1: On trade
//! stderr> postil: warning: …
//! exit 1
//! ```
//!
//! A line after `$` is run by `sh` in a folder made new for each file: a copy of `fixtures/`, with the
//! sample library as `seeds/`. The answer is standard output, then standard error behind `stderr> `,
//! then `exit N` where N is not 0. A line `…` stands for any lines, `[..]` for anything in a line, and a
//! backslash at the start of a line for what follows it, so that `\` alone is an empty line at the end.
//!
//! `POSTIL_BLESS=1 cargo test commands` writes what was answered over what was expected.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Mutex;
use std::thread;

use regex::Regex;

/// A page that needs this in its first line is passed over for the superuser, who may read everything.
const NOT_ROOT: &str = "# needs: a user who is not root";

/// A command with its answer, or a stretch of remarks.
enum Block {
    Remark(String),
    Run { command: String, answer: Vec<String> },
}

#[test]
fn commands_answer_as_their_transcripts_say() {
    let mut pages: Vec<PathBuf> = fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    pages.sort();
    assert!(pages.len() > 5, "the transcripts are gone");
    let faults = Mutex::new(Vec::new());
    let next = Mutex::new(pages.iter());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let Some(page) = next.lock().unwrap().next() else { return };
                    let found = play(page);
                    faults.lock().unwrap().extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().unwrap();
    assert!(
        faults.is_empty(),
        "\n{}\nWhere the new answers are right: POSTIL_BLESS=1 cargo test commands, and read the difference.\n",
        faults.join("\n")
    );
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands")
}

/// Runs a page; answers what was not as it says.
fn play(page: &Path) -> Vec<String> {
    let name = page.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = fs::read_to_string(page).unwrap();
    if text.starts_with(NOT_ROOT) && rustix::process::getuid().is_root() {
        return Vec::new();
    }
    let desk = Desk::new();
    let mut blocks = parse(&text);
    let mut faults = Vec::new();
    for block in &mut blocks {
        let Block::Run { command, answer } = block else { continue };
        let got = desk.run(command);
        if !matches(answer, &got) {
            faults.push(format!("{name}: $ {command}\n{}", difference(answer, &got)));
            *answer = got;
        }
    }
    if !faults.is_empty() && env::var_os("POSTIL_BLESS").is_some() {
        fs::write(page, write(&blocks)).unwrap();
        return Vec::new();
    }
    faults
}

/// Where a page is played: a folder of its own, with nothing of the machine's settings.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        copy(&folder().join("fixtures"), &desk.room()).unwrap();
        let seeds = desk.room().join("seeds");
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"), &seeds).unwrap();
        // Whoever tried the reader has notes there.
        let _ = fs::remove_dir_all(seeds.join(".postil"));
        // A repository's root: no settings above it are looked for.
        fs::create_dir(desk.room().join(".git")).unwrap();
        desk
    }

    fn room(&self) -> PathBuf {
        self.folder.path().join("room")
    }

    fn run(&self, command: &str) -> Vec<String> {
        let programs = Path::new(env!("CARGO_BIN_EXE_postil")).parent().unwrap();
        let path = format!("{}:{}", programs.display(), env::var("PATH").unwrap_or_default());
        let home = self.folder.path().join("home");
        let output = Command::new("sh")
            .args(["-c", command])
            .current_dir(self.room())
            .env_clear()
            .env("PATH", path)
            .env("HOME", &home)
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .stdin(std::process::Stdio::null())
            .output()
            .unwrap();
        answer_of(&output, &self.folder.path().display().to_string())
    }
}

fn copy(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// What was answered, as it stands on a page; the desk's own folder is called `DESK`.
fn answer_of(output: &Output, desk: &str) -> Vec<String> {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(desk, "DESK");
    let escaped = |line: &str| {
        let looks_special = ["$ ", "# ", "stderr> ", "exit ", "\\"].iter().any(|start| line.starts_with(start));
        if looks_special || line == "…" { format!("\\{line}") } else { line.to_owned() }
    };
    let mut answer: Vec<String> = text(&output.stdout).lines().map(escaped).collect();
    if let Some(last) = answer.last_mut().filter(|last| last.is_empty()) {
        last.push('\\');
    }
    answer.extend(text(&output.stderr).lines().map(|line| format!("stderr> {line}").trim_end().to_owned()));
    match output.status.code() {
        Some(0) => {}
        Some(code) => answer.push(format!("exit {code}")),
        None => answer.push("exit by signal".into()),
    }
    answer
}

fn parse(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    for line in text.lines() {
        if let Some(command) = line.strip_prefix("$ ") {
            blocks.push(Block::Run { command: command.to_owned(), answer: Vec::new() });
        } else if line.starts_with("# ") {
            match blocks.last_mut() {
                Some(Block::Remark(remark)) => *remark += &format!("\n{line}"),
                _ => blocks.push(Block::Remark(line.to_owned())),
            }
        } else if let Some(Block::Run { answer, .. }) = blocks.last_mut() {
            answer.push(line.to_owned());
        }
    }
    for block in &mut blocks {
        if let Block::Run { answer, .. } = block {
            while answer.last().is_some_and(String::is_empty) {
                answer.pop();
            }
        }
    }
    blocks
}

fn write(blocks: &[Block]) -> String {
    let mut text = String::new();
    for block in blocks {
        match block {
            Block::Remark(remark) => text += &format!("{remark}\n"),
            Block::Run { command, answer } => {
                let answer: String = answer.iter().map(|line| format!("{line}\n")).collect();
                text += &format!("$ {command}\n{answer}\n");
            }
        }
    }
    text.trim_end().to_owned() + "\n"
}

/// Whether an answer is what was expected, `…` and `[..]` taken as they are meant.
fn matches(expected: &[String], got: &[String]) -> bool {
    let pattern: String = expected
        .iter()
        .map(|line| match line.as_str() {
            "…" => "(?:.*\n)*?".to_owned(),
            line => regex::escape(line).replace(r"\[\.\.\]", ".*") + "\n",
        })
        .collect();
    let got: String = got.iter().map(|line| format!("{line}\n")).collect();
    Regex::new(&format!("^{pattern}$")).unwrap().is_match(&got)
}

/// What was expected and what was answered, without the lines that are alike at both ends.
fn difference(expected: &[String], got: &[String]) -> String {
    let alike = |a: &mut dyn Iterator<Item = &String>, b: &mut dyn Iterator<Item = &String>| {
        a.zip(b).take_while(|(a, b)| a == b).count()
    };
    let start = alike(&mut expected.iter(), &mut got.iter());
    let most = expected.len().min(got.len()) - start;
    let end = alike(&mut expected.iter().rev(), &mut got.iter().rev()).min(most);
    let lines = |lines: &[String], sign: &str| -> String {
        lines[start..lines.len() - end].iter().map(|line| format!("  {sign} {line}\n")).collect()
    };
    lines(expected, "-") + &lines(got, "+")
}

#[test]
fn an_answer_that_differs_is_told() {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<_>>();
    assert!(matches(&lines("a\n…\nb [..] c"), &lines("a\nx\ny\nb 12 c")));
    assert!(matches(&lines("a\n…"), &lines("a")));
    assert!(!matches(&lines("a"), &lines("a\nb")));
    assert!(!matches(&lines("a.c"), &lines("abc")));
    assert_eq!(difference(&lines("a\nb\nc"), &lines("a\nx\nc")), "  - b\n  + x\n");
    assert_eq!(difference(&lines("a\na"), &lines("a")), "  - a\n");
}
