//! A session of the program in a pseudo-terminal, and how to wait for it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::{Termios, tcgetattr};

/// How long anything is waited for before a test fails; no measure of speed.
const LIMIT: Duration = Duration::from_secs(60);

/// How the terminal answers what it is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answers {
    Silent,
    /// Positions and status, as a terminal without left and right margins.
    Plain,
    /// The same with such margins.
    Margins,
    /// The same again, and it has keyboard flags and draws what is marked as one frame in one.
    Kitty,
}

/// How a session is to be started.
#[derive(Clone)]
pub struct Setup {
    pub size: (u16, u16),
    pub answers: Answers,
    /// The colour of the background, where the terminal tells it.
    pub ground: Option<&'static str>,
    /// Columns from one tab stop to the next.
    pub stop: u16,
    pub arguments: Vec<String>,
    pub env: Vec<(&'static str, String)>,
    /// Run by `sh` in place of the program, which it calls `"$@"`.
    pub script: Option<&'static str>,
    /// Where HOME and the library are; a new folder if not given.
    pub home: Arc<tempfile::TempDir>,
}

impl Default for Setup {
    fn default() -> Self {
        let home = tempfile::tempdir().unwrap();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds"), &home.path().join("library"));
        Self {
            size: (120, 40),
            answers: Answers::Plain,
            ground: None,
            stop: 8,
            arguments: vec!["library".into()],
            env: Vec::new(),
            script: None,
            home: Arc::new(home),
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for file in fs::read_dir(from).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            fs::copy(file.path(), to.join(file.file_name())).unwrap();
        }
    }
}

impl Setup {
    pub fn size(self, columns: u16, rows: u16) -> Self {
        Self { size: (columns, rows), ..self }
    }

    pub fn answers(self, answers: Answers) -> Self {
        Self { answers, ..self }
    }

    pub fn env(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.env.push((name, value.into()));
        self
    }

    pub fn arguments(self, arguments: &[&str]) -> Self {
        Self { arguments: arguments.iter().map(|&argument| argument.into()).collect(), ..self }
    }

    pub fn script(self, script: &'static str) -> Self {
        Self { script: Some(script), ..self }
    }

    pub fn start(self) -> Session {
        Session::start(self)
    }
}

/// A running session.
pub struct Session {
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    /// The inner end, to see its settings and to write marks behind the program's output.
    inner: File,
    output: Receiver<Vec<u8>>,
    is_closing: Arc<AtomicBool>,
    ended: Receiver<ExitStatus>,
    pid: Pid,
    marks: usize,
    answers: Answers,
    ground: Option<&'static str>,
    /// The column to which the tabs lead that are asked about.
    tabbed: u16,
    pub screen: vt100::Parser,
    /// All that was sent, without marks.
    pub raw: Vec<u8>,
    /// Bytes of `raw` in which questions have been looked for.
    looked_at: usize,
    reports: usize,
    pub home: Arc<tempfile::TempDir>,
    /// The settings of the line before the program.
    found: Termios,
}

impl Session {
    fn start(setup: Setup) -> Self {
        let (cols, rows) = setup.size;
        let pair = native_pty_system().openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).unwrap();
        let path = pair.master.tty_name().unwrap();
        let no_control = rustix::fs::OFlags::NOCTTY.bits().cast_signed();
        let inner = File::options().read(true).write(true).custom_flags(no_control).open(path).unwrap();
        let found = tcgetattr(&inner).unwrap();
        let program = env!("CARGO_BIN_EXE_postil");
        let mut command = match setup.script {
            None => CommandBuilder::new(program),
            Some(script) => {
                let mut shell = CommandBuilder::new("/bin/sh");
                shell.args(["-c", script, "sh", program]);
                shell
            }
        };
        let home = setup.home.path();
        command.args(["--config", concat!(env!("CARGO_MANIFEST_DIR"), "/config.toml")]);
        command.args(&setup.arguments);
        command.cwd(home);
        command.env_clear();
        command.env("HOME", home);
        command.env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"] {
            command.env(variable, home.join(variable));
        }
        for (name, value) in &setup.env {
            command.env(name, value);
        }
        let mut child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let pid = Pid::from_raw(child.process_id().unwrap().cast_signed()).unwrap();
        let (send, ended) = mpsc::channel();
        thread::spawn(move || send.send(child.wait().unwrap()));
        let is_closing = Arc::new(AtomicBool::new(false));
        let output = read_on(pair.master.try_clone_reader().unwrap(), Arc::clone(&is_closing));
        Self {
            writer: Some(pair.master.take_writer().unwrap()),
            master: Some(pair.master),
            inner,
            output,
            is_closing,
            ended,
            pid,
            marks: 0,
            answers: setup.answers,
            ground: setup.ground,
            tabbed: (setup.size.0.saturating_sub(1) / 8 * setup.stop).min(setup.size.0.saturating_sub(1)) + 1,
            screen: vt100::Parser::new(cells(rows), cells(cols), 0),
            raw: Vec::new(),
            looked_at: 0,
            reports: 0,
            home: setup.home,
            found,
        }
    }

    /// Presses keys as bytes.
    pub fn press(&mut self, keys: &str) {
        self.write(keys.as_bytes());
    }

    fn write(&mut self, bytes: &[u8]) {
        // A program that has ended takes no answers.
        let _ = self.writer.as_mut().unwrap().write_all(bytes);
    }

    /// Presses a key, waits until it has done what it does, and answers the bytes that were sent for it.
    pub fn key(&mut self, key: &str) -> usize {
        let before = (self.woken(), self.raw.len());
        self.press(key);
        let until = Instant::now() + LIMIT;
        while self.woken() <= before.0 {
            self.more(Duration::from_millis(1));
            assert!(Instant::now() < until, "{key:?} was never read");
        }
        self.rest();
        self.raw.len() - before.1
    }

    /// Waits until every thread sleeps and all that was sent has come.
    pub fn rest(&mut self) {
        let until = Instant::now() + LIMIT;
        let mut last = None;
        loop {
            let count = self.raw.len();
            self.sync();
            let now = self.activity();
            if now.is_some() && now == last && count == self.raw.len() {
                return;
            }
            last = now;
            assert!(Instant::now() < until, "never at rest:\n{}", self.text());
            self.more(Duration::from_millis(2));
        }
    }

    /// Waits until the screen shows this.
    pub fn shows(&mut self, text: &str) {
        self.until(text, |screen| screen.contents().contains(text));
    }

    pub fn until(&mut self, what: &str, is_so: impl Fn(&vt100::Screen) -> bool) {
        let until = Instant::now() + LIMIT;
        while !is_so(self.screen.screen()) {
            assert!(Instant::now() < until, "never shown: {what}\n{}", self.text());
            self.more(Duration::from_secs(1));
        }
    }

    /// All that was sent up to now has been taken once this returns.
    pub fn sync(&mut self) {
        self.marks += 1;
        let mark = format!("\x1b]9001;{}\x07", self.marks);
        self.inner.write_all(mark.as_bytes()).unwrap();
        let until = Instant::now() + LIMIT;
        while !self.take_mark(mark.as_bytes()) {
            assert!(Instant::now() < until, "the terminal's output does not end");
            self.receive(Duration::from_secs(1));
        }
        self.show();
    }

    fn take_mark(&mut self, mark: &[u8]) -> bool {
        let from = self.looked_at;
        let Some(at) = self.raw[from..].windows(mark.len()).position(|bytes| bytes == mark) else { return false };
        self.raw.drain(from + at..from + at + mark.len());
        true
    }

    fn more(&mut self, patience: Duration) {
        self.receive(patience);
        self.show();
    }

    fn receive(&mut self, patience: Duration) {
        match self.output.recv_timeout(patience) {
            Ok(bytes) => self.raw.extend_from_slice(&bytes),
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {}
        }
    }

    /// Puts on the screen what has come, and answers what was asked in it.
    fn show(&mut self) {
        let new = self.raw[self.looked_at..].to_vec();
        self.screen.process(&new);
        // A question cut in two is found when its end has come.
        let tail = self.looked_at.saturating_sub(3);
        let seen = self.looked_at - tail;
        let bytes = self.raw[tail..].to_vec();
        self.looked_at = self.raw.len();
        if self.answers == Answers::Silent {
            return;
        }
        const GROUND: &[u8] = b"\x1b]11;?\x1b\\";
        if let Some(ground) = self.ground
            && new.windows(GROUND.len()).any(|bytes| bytes == GROUND)
        {
            self.write(format!("\x1b]11;rgb:{ground}\x1b\\").as_bytes());
        }
        if self.answers == Answers::Kitty {
            for (question, answer) in [("\x1b[?2026$p", "\x1b[?2026;2$y"), ("\x1b[?u", "\x1b[?0u")] {
                if new.windows(question.len()).any(|bytes| bytes == question.as_bytes()) {
                    self.write(answer.as_bytes());
                }
            }
        }
        for (_, question) in bytes.windows(4).enumerate().filter(|(at, _)| at + 4 > seen) {
            let answer = match question {
                b"\x1b[5n" => "\x1b[0n".into(),
                b"\x1b[6n" => {
                    self.reports += 1;
                    match (self.reports, self.answers) {
                        (1, Answers::Margins | Answers::Kitty) => "\x1b[1;1R".into(),
                        (1, _) => "\x1b[2;2R".into(),
                        (2, _) => "\x1b[1;2R".into(),
                        _ => format!("\x1b[1;{}R", self.tabbed),
                    }
                }
                _ => continue,
            };
            self.write(answer.as_bytes());
        }
    }

    /// The rows of the screen, without the blanks at their ends.
    pub fn text(&self) -> String {
        let contents = self.screen.screen().contents();
        contents.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
    }

    /// The screen with all its attributes, and where the cursor is seen; a blank is a blank, however it
    /// was made.
    pub fn picture(&self) -> String {
        let screen = self.screen.screen();
        let (rows, columns) = screen.size();
        let mut picture = String::new();
        for row in 0..rows.get() {
            for column in 0..columns.get() {
                let Some(cell) = screen.cell(row, column).filter(|cell| !cell.is_wide_continuation()) else { continue };
                let ground = (cell.bgcolor(), cell.underline(), cell.inverse());
                if cell.contents().trim().is_empty() {
                    picture += &format!(" {ground:?}");
                } else {
                    let letter = (cell.fgcolor(), cell.bold(), cell.dim(), cell.italic());
                    picture += &format!("{}{ground:?}{letter:?}", cell.contents());
                }
            }
            picture.push('\n');
        }
        if !screen.hide_cursor() {
            picture += &format!("{:?}", screen.cursor_position());
        }
        picture
    }

    pub fn resize(&mut self, columns: u16, rows: u16) {
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().unwrap().resize(size).unwrap();
    }

    pub fn signal(&self, signal: Signal) {
        kill_process(self.pid, signal).unwrap();
    }

    /// The same to the program that a script runs.
    pub fn signal_child(&self, signal: Signal) {
        let shell = self.pid.as_raw_nonzero();
        let children = fs::read_to_string(format!("/proc/{shell}/task/{shell}/children")).unwrap();
        let child = children.split_whitespace().next().unwrap().parse().unwrap();
        kill_process(Pid::from_raw(child).unwrap(), signal).unwrap();
    }

    /// Closes the terminal's outer end, as a dropped line does.
    pub fn drop_line(&mut self) {
        self.is_closing.store(true, Ordering::SeqCst);
        self.inner.write_all(b"\0").unwrap();
        while !matches!(self.output.recv_timeout(LIMIT), Err(RecvTimeoutError::Disconnected)) {}
        self.writer = None;
        self.master = None;
    }

    /// Waits for the end and answers the exit status.
    pub fn ended(&mut self) -> u32 {
        let status = self.ended.recv_timeout(LIMIT);
        let status = status.unwrap_or_else(|_| panic!("it does not end:\n{}", self.text()));
        if self.master.is_some() {
            self.sync();
        }
        status.exit_code()
    }

    /// Whether the terminal is as it was found.
    pub fn assert_restored(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen is left on");
        assert!(!screen.hide_cursor(), "the cursor is left hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is left on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
        for (on, off) in [("?69h", "?69l"), ("?7l", "?7h"), ("?1004h", "?1004l"), ("?2026h", "?2026l")] {
            let last = |mode: &str| {
                let mode = format!("\x1b[{mode}");
                self.raw.windows(mode.len()).rposition(|bytes| bytes == mode.as_bytes())
            };
            assert!(last(on) <= last(off), "{on} is left on");
        }
        assert_eq!(
            self.sent("\x1b[>1u"),
            self.sent("\x1b[<u"),
            "keyboard flags pushed and not popped, or the other way"
        );
        let now = tcgetattr(&self.inner).unwrap();
        assert_eq!(format!("{now:?}"), format!("{:?}", self.found), "the line is set otherwise");
    }

    /// How often this was sent.
    pub fn sent(&self, bytes: &str) -> usize {
        self.raw.windows(bytes.len()).filter(|sent| *sent == bytes.as_bytes()).count()
    }

    pub fn is_alive(&self) -> bool {
        self.ended.try_recv().is_err()
    }

    /// Files below HOME whose path contains this.
    pub fn files(&self, part: &str) -> Vec<PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![self.home.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.to_string_lossy().contains(part) {
                    found.push(path);
                }
            }
        }
        found
    }

    /// How often the main thread has gone to sleep.
    fn woken(&self) -> u64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.pid.as_raw_nonzero())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("voluntary_ctxt_switches:"));
        line.map_or(u64::MAX, |count| count.trim().parse().unwrap())
    }

    /// How often each thread was switched, if all of them sleep and nothing is left to read. The one
    /// that looks after notes is left out: it wakes now and then to look for those of others.
    fn activity(&self) -> Option<Vec<String>> {
        let mut switches = Vec::new();
        let tasks = fs::read_dir(format!("/proc/{}/task", self.pid.as_raw_nonzero())).ok()?;
        for task in tasks.flatten() {
            let status = fs::read_to_string(task.path().join("status")).ok()?;
            let field = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            let has_note = field("Name:").trim() == "notes";
            if !field("State:").trim().starts_with('S') {
                return None;
            }
            if !has_note {
                switches.push(format!("{}{}", field("Pid:"), field("voluntary_ctxt_switches:")));
            }
        }
        Some(switches)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        // Nothing that a failed test started stays behind.
        if self.ended.try_recv().is_err_and(|why| why == mpsc::TryRecvError::Empty) {
            let _ = kill_process(self.pid, Signal::KILL);
        }
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}

fn read_on(mut reader: Box<dyn Read + Send>, is_closing: Arc<AtomicBool>) -> Receiver<Vec<u8>> {
    let (send, output) = mpsc::channel();
    thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = reader.read(&mut buffer) {
            if is_closing.load(Ordering::SeqCst) || send.send(buffer[..count].to_vec()).is_err() {
                return;
            }
        }
    });
    output
}
