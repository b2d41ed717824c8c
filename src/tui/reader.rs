//! The reader on a terminal: events in, frames out, until it quits.
//!
//! ```text
//! wait ─▶ keys, signals, answers ─▶ update ─▶ effects ─▶ workers
//!   ▲                                 │
//!   └──── nothing left to take ◀── draw, when the line is clear
//! ```
//!
//! All that has come is taken before a frame is drawn, so that on a slow line the screen is behind by
//! one frame and never by many. Where the line is known to be slow, long frames are put off while keys
//! keep coming, which would have overtaken them; the status line goes on telling where one is. Where
//! nothing happens nothing runs.

use std::io;
use std::os::fd::AsFd;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::shelf::Progress;
use crate::app::{self, Effect, Event, Model, MouseWhat, Size};
use crate::config::{Config, Mouse};
use crate::corpus::load;
use crate::ui::{self, Frame, Glyphs, theme::Theme};

use super::clipboard;
use super::colour::is_light;
use super::desk::Desk;
use super::environment::Environment;
use super::external;
use super::input::{self, Button, Input, MouseAct, Woken};
use super::last_words::{LastWords, Unsent, not_saved, tell};
use super::rehearsal;
use super::screen::{Screen, Scroll};
use super::signals::{Signal, Signals};
use super::terminal::{Probe, Terminal};
use super::workers::{Panic, Workers};

/// How long a frame waits for the list, and then for the first text, so that none is drawn without it just before.
const FIRST: Duration = Duration::from_millis(15);
/// How long an answer may be under way at the end.
const PARTING: Duration = Duration::from_millis(300);
/// Ticks, while the model wants them.
const TICK: Duration = Duration::from_secs(1);
/// Between two rows of a drag that is held at the page's edge.
const PULL: Duration = Duration::from_millis(60);

/// Keys that come faster than this come without end, for all one knows.
const PAUSE: Duration = Duration::from_millis(120);
/// Frames that take no longer than this are never put off.
const BRIEF: Duration = Duration::from_millis(500);

/// How the reader is to be drawn.
#[derive(Clone, Debug)]
pub struct Options {
    pub environment: Environment,
    /// Whether the plain renderer draws.
    pub plain: bool,
    pub coloured: bool,
}

/// The threads that are at work before there is a screen.
pub struct Begun {
    desk: Arc<Desk>,
    workers: Workers,
    has_started: bool,
}

impl Begun {
    /// Begins to list these paths; without any, what the settings say once they are known.
    ///
    /// # Errors
    /// When no socket can be had.
    pub fn new(paths: &[PathBuf]) -> io::Result<Self> {
        let desk = Arc::new(Desk::begin(paths));
        desk.hold();
        let workers = Workers::new(&desk)?;
        let mut begun = Self { desk, workers, has_started: false };
        if !paths.is_empty() {
            begun.start();
        }
        Ok(begun)
    }

    /// The settings are known.
    pub fn settle(&mut self, config: &Config, options: load::Options) {
        self.desk.settle(config, options);
        if !self.has_started {
            self.start();
        }
    }

    fn start(&mut self) {
        self.has_started = true;
        for effect in app::start() {
            if let Effect::Job(job) = effect {
                self.workers.give(job);
            }
        }
    }
}

/// Runs the reader until it is left; `model` is made while the first document is read.
///
/// # Errors
/// When there is no terminal, or it cannot be written to.
pub fn run(model: impl FnOnce() -> Model, begun: Begun, options: &Options) -> io::Result<()> {
    let mut terminal = Terminal::open()?;
    let input = terminal.input(&options.environment)?;
    let Begun { desk, workers, .. } = begun;
    let mut model = model();
    let unsent = Unsent::default();
    let last_words = LastWords { desk: Arc::clone(&desk), unsent: Arc::clone(&unsent), restorer: terminal.restorer() };
    last_words.on_panic();
    let killed = last_words.clone();
    let signals = Signals::listen(move |_| killed.say())?;
    let wants_mouse = match model.settings.mouse {
        Mouse::On => true,
        Mouse::Off => false,
        Mouse::Auto => !options.environment.ssh,
    };
    terminal.set_mouse(wants_mouse)?;
    terminal.set_focus_reports(true)?;
    terminal.enter()?;
    let (columns, rows) = terminal.size();
    model.size = Size { columns, rows };
    let probe = Probe::new(&options.environment, (columns, rows));
    let screen = match options.plain {
        true => Screen::plain((columns, rows), probe.capabilities()),
        false => Screen::new((columns, rows), probe.capabilities()),
    };
    let theme = Theme::new(&model.settings.theme, options.coloured);
    let mut reader = Reader {
        buffer: Buffer::empty(Rect::new(0, 0, columns, rows)),
        glyphs: Glyphs { unicode: options.environment.utf8, signs: !options.environment.is_console() },
        environment: options.environment.clone(),
        last: Frame::default(),
        put_off: None,
        keys: [None; 2],
        is_dirty: true,
        is_over: false,
        next_pull: None,
        panic: None,
        unsent,
        model,
        desk,
        terminal,
        input,
        signals,
        workers,
        probe,
        screen,
        theme,
    };
    let outcome = reader.run();
    if outcome.is_err() {
        // The line was dropped while a frame was written: what is being written is kept all the same.
        for effect in app::update(&mut reader.model, Event::Leave) {
            if let Effect::Job(job) = effect {
                reader.workers.give(job);
            }
        }
    }
    let Reader { terminal, mut input, screen, workers, mut model, panic, .. } = reader;
    if panic.is_some() {
        last_words.tell_draft();
    }
    for answer in workers.finish() {
        app::update(&mut model, Event::Done(Box::new(answer)));
    }
    terminal.close(&mut input, screen.is_answer_due(), PARTING);
    say_unsaved(&model);
    if let Some(panic) = panic {
        resume_unwind(panic);
    }
    outcome
}

/// Texts that are nowhere on disk are printed, the last way out.
fn say_unsaved(model: &Model) {
    for pending in &model.margins.pending {
        if let Some(text) = pending.change.text() {
            tell(&not_saved(pending.fault.as_deref().unwrap_or("unfinished"), text));
        }
    }
}

struct Reader {
    model: Model,
    desk: Arc<Desk>,
    terminal: Terminal,
    input: Input,
    signals: Signals,
    workers: Workers,
    environment: Environment,
    probe: Probe,
    screen: Screen,
    theme: Theme,
    glyphs: Glyphs,
    buffer: Buffer,
    unsent: Unsent,
    /// What the last frame showed.
    last: Frame,
    /// Since when the page has been put off.
    put_off: Option<Instant>,
    /// When the last key came, and the one before it.
    keys: [Option<Instant>; 2],
    is_dirty: bool,
    is_over: bool,
    /// When a drag that is held at the page's edge goes on.
    next_pull: Option<Instant>,
    /// That of a thread that worked, after which nothing goes on.
    panic: Option<Panic>,
}

impl Reader {
    fn run(&mut self) -> io::Result<()> {
        let question = self.probe.question(&mut self.input).to_vec();
        self.terminal.write(&question)?;
        // Since when the library is being listed, or the first text read.
        let (mut since, mut was_listing) = (Instant::now(), true);
        let mut next_tick = Instant::now() + TICK;
        while !self.is_over {
            let now = Instant::now();
            let is_listing = self.model.shelf.progress == Progress::Listing;
            if was_listing && !is_listing {
                (since, was_listing) = (now, false);
            }
            // A text that is about to come is worth more than a frame without it.
            let first = match self.model.is_starting() {
                true => FIRST.saturating_sub(now.duration_since(since)),
                false => Duration::ZERO,
            };
            if self.is_dirty && first.is_zero() && self.screen.is_clear(now) {
                self.draw(now)?;
            }
            let mut timeout = (!first.is_zero()).then_some(first);
            if self.is_dirty && first.is_zero() {
                timeout = self.screen.deadline().map(|deadline| deadline.saturating_duration_since(now));
            } else if self.put_off.is_some() {
                // The page, once no more keys come.
                let pause = self.keys[0].map_or(now, |key| key + PAUSE);
                timeout = Some(pause.saturating_duration_since(now));
                self.is_dirty = now >= pause;
            }
            if self.model.wants_ticks() {
                let left = next_tick.saturating_duration_since(now);
                timeout = Some(timeout.map_or(left, |timeout: Duration| timeout.min(left)));
            }
            // Never ahead of what is seen.
            self.next_pull = match self.model.is_held_at_edge() && !self.is_dirty {
                true => Some(self.next_pull.unwrap_or(now + PULL)),
                false => None,
            };
            if let Some(next) = self.next_pull {
                let left = next.saturating_duration_since(now);
                timeout = Some(timeout.map_or(left, |timeout: Duration| timeout.min(left)));
            }
            let woken = self.input.wait(&[self.signals.as_fd(), self.workers.as_fd()], timeout)?;
            self.take_all(woken)?;
            if self.next_pull.is_some_and(|next| Instant::now() >= next) {
                self.next_pull = None;
                self.happen(Event::Held)?;
            }
            if Instant::now() >= next_tick {
                next_tick = Instant::now() + TICK;
                if self.model.wants_ticks() {
                    self.happen(Event::Tick)?;
                }
            }
        }
        Ok(())
    }

    /// Takes whatever has come, in order.
    fn take_all(&mut self, woken: Woken) -> io::Result<()> {
        while let Some(event) = self.input.take() {
            self.hear(event)?;
            if self.is_over {
                return Ok(());
            }
        }
        // Asking either takes a system call.
        if !woken.others {
            return Ok(());
        }
        while let Some(signal) = self.signals.take() {
            self.signal(signal)?;
        }
        while let Some(answer) = self.workers.take() {
            self.happen(Event::Done(Box::new(answer)))?;
        }
        self.panic = self.workers.panicked();
        self.is_over |= self.panic.is_some();
        Ok(())
    }

    fn hear(&mut self, event: input::Event) -> io::Result<()> {
        match event {
            input::Event::Key(key) => {
                rehearsal::point("main");
                self.keys = [Some(Instant::now()), self.keys[0]];
                self.happen(Event::Key(key))
            }
            input::Event::Paste(text) => self.happen(Event::Paste(text)),
            input::Event::Focus(on) => self.happen(Event::Focus(on)),
            input::Event::Mouse(mouse) => match mouse_event(mouse) {
                Some(mouse) => self.happen(Event::Mouse(mouse)),
                None => Ok(()),
            },
            input::Event::Reply(reply) => self.reply(&reply),
            input::Event::HungUp => {
                self.happen(Event::Leave)?;
                self.is_over = true;
                Ok(())
            }
        }
    }

    fn reply(&mut self, reply: &input::Reply) -> io::Result<()> {
        if *reply == input::Reply::Status && self.probe.is_over() {
            self.screen.acknowledge(Instant::now());
        }
        if self.probe.hear(reply) {
            if let input::Reply::Colour { which: 11, rgb } = reply {
                self.suit_ground(is_light(*rgb))?;
            }
            self.terminal.adopt(&self.probe, &mut self.input)?;
            self.screen.set_capabilities(self.probe.capabilities());
            if let Some(moves_columns) = self.probe.has_margins() {
                self.happen(Event::Terminal { moves_columns })?;
            }
        }
        Ok(())
    }

    /// The terminal told whether its ground is light.
    fn suit_ground(&mut self, is_light: bool) -> io::Result<()> {
        let settings = Arc::clone(&self.model.settings);
        let name = &settings.theme.name;
        self.is_dirty = true;
        if let Some(other) = self.theme.suit_ground(&settings.theme, is_light) {
            let ground = if is_light { "light" } else { "dark" };
            let told = format!("this ground is {ground}: theme {other:?} in place of {name:?}; \"default\" suits both");
            self.happen(Event::Done(Box::new(app::Answer::Told(told))))?;
        }
        Ok(())
    }

    fn signal(&mut self, signal: Signal) -> io::Result<()> {
        match signal {
            Signal::Resize => self.resize(),
            Signal::Stop => self.suspend(),
            Signal::Continue => {
                self.terminal.reenter()?;
                self.screen.invalidate();
                self.resize()
            }
            Signal::Interrupt => self.happen(Event::Leave),
        }
    }

    fn resize(&mut self) -> io::Result<()> {
        let (columns, rows) = self.terminal.size();
        self.screen.resize((columns, rows));
        self.buffer.resize(Rect::new(0, 0, columns, rows));
        self.last = Frame::default();
        self.happen(Event::Resize(Size { columns, rows }))
    }

    /// Puts what is being written on disk, before another has the terminal: it may not come back.
    fn keep_draft(&mut self) -> io::Result<()> {
        let Some((draft, text)) = self.model.unsent() else { return Ok(()) };
        let editor = text.editor;
        let Some(kept) = self.desk.keep_last(draft, text) else { return Ok(()) };
        let kept = kept.map(|(draft, _)| draft);
        self.happen(Event::Done(Box::new(app::Answer::DraftKept { editor, kept })))
    }

    fn suspend(&mut self) -> io::Result<()> {
        self.keep_draft()?;
        if !self.terminal.suspend()? {
            self.model.status.refuse("there is no shell to go to");
        }
        self.screen.invalidate();
        self.resize()
    }

    fn happen(&mut self, event: Event) -> io::Result<()> {
        self.is_dirty = true;
        let effects = app::update(&mut self.model, event);
        if let Ok(mut unsent) = self.unsent.lock() {
            *unsent = self.model.unsent();
        }
        self.perform(effects)
    }

    fn perform(&mut self, effects: Vec<Effect>) -> io::Result<()> {
        for effect in effects {
            match effect {
                Effect::Job(job) => self.workers.give(job),
                Effect::Copy { text, what } => self.copy(&text, what)?,
                Effect::Suspend => self.suspend()?,
                Effect::Redraw => self.screen.invalidate(),
                Effect::Edit { text } => self.edit(&text)?,
                Effect::Quit => self.is_over = true,
            }
        }
        Ok(())
    }

    fn copy(&mut self, text: &str, what: &str) -> io::Result<()> {
        let terminal = &self.terminal;
        let sent = clipboard::copy(text, &self.environment, &mut |bytes| terminal.write(bytes));
        match sent.refusal() {
            None => self.model.status.say(sent.told(what)),
            Some(why) => {
                self.workers.give(app::Job::KeepCopy { text: text.to_owned(), what: what.to_owned(), why });
            }
        }
        Ok(())
    }

    /// Gives the terminal to the reader's own editor for a while.
    fn edit(&mut self, text: &str) -> io::Result<()> {
        self.keep_draft()?;
        self.terminal.leave();
        let result = external::edit(text);
        self.terminal.enter()?;
        self.screen.invalidate();
        self.resize()?;
        self.happen(Event::Edited(result))
    }

    fn draw(&mut self, now: Instant) -> io::Result<()> {
        self.is_dirty = false;
        self.buffer.reset();
        let frame = ui::view(&self.model, &self.theme, self.glyphs, &mut self.buffer);
        let scrolls: Vec<Scroll> = scroll(&self.last, &frame).into_iter().collect();
        if frame.columns != self.last.columns {
            let area = |area: &app::Area| Rect::new(area.x, area.y, area.width, area.height);
            self.screen.divide(&frame.columns.iter().map(area).collect::<Vec<_>>());
        }
        let bytes = if self.is_pressed(now) {
            match self.screen.draw_within(BRIEF, &self.buffer, frame.cursor, &scrolls) {
                // A key held for long is shown a page now and then.
                Err(time) if self.put_off.is_none_or(|since| now < since + time * 2) => return self.put_off(now),
                Err(_) => self.screen.draw(&self.buffer, frame.cursor, &scrolls),
                Ok(bytes) => bytes,
            }
        } else {
            self.screen.draw(&self.buffer, frame.cursor, &scrolls)
        };
        if !bytes.is_empty() {
            self.terminal.write(bytes)?;
        }
        self.last = frame;
        self.put_off = None;
        if !self.model.is_starting() {
            self.desk.go_on();
        }
        Ok(())
    }

    /// Whether keys come one after the other, as from one that is held.
    fn is_pressed(&self, now: Instant) -> bool {
        let [Some(last), Some(before)] = self.keys else { return false };
        now < last + PAUSE && last < before + PAUSE
    }

    /// Draws the status line alone.
    fn put_off(&mut self, now: Instant) -> io::Result<()> {
        self.put_off = self.put_off.or(Some(now));
        let Some(status) = self.model.layout().status else { return Ok(()) };
        let area = Rect::new(status.x, status.y, status.width, status.height);
        let bytes = self.screen.draw_only(area, &self.buffer, self.last.cursor);
        if !bytes.is_empty() {
            self.terminal.write(bytes)?;
        }
        Ok(())
    }
}

fn mouse_event(mouse: input::Mouse) -> Option<app::Mouse> {
    let what = match mouse.what {
        MouseAct::Press(Button::Left) => MouseWhat::Press,
        MouseAct::Drag(Button::Left) => MouseWhat::Drag,
        MouseAct::Release => MouseWhat::Release,
        MouseAct::WheelUp => MouseWhat::WheelUp,
        MouseAct::WheelDown => MouseWhat::WheelDown,
        MouseAct::Press(_) | MouseAct::Drag(_) | MouseAct::Move => return None,
    };
    Some(app::Mouse { column: mouse.column, row: mouse.row, what })
}

/// By how many rows the page moved from one frame to the next, where it shows rows of both.
pub(super) fn scroll(last: &Frame, next: &Frame) -> Option<Scroll> {
    let (last, next) = (last.page.as_ref()?, next.page.as_ref()?);
    if last.area != next.area || last.rows == next.rows {
        return None;
    }
    let first = next.rows.first()?;
    let by = match last.rows.iter().position(|row| row == first) {
        Some(at) => at as i16,
        None => -(next.rows.iter().position(|row| Some(row) == last.rows.first())? as i16),
    };
    let area = Rect::new(next.area.x, next.area.y, next.area.width, next.area.height);
    (by != 0).then_some(Scroll { area, by })
}
