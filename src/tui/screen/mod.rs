//! A screen between widgets and a terminal, for lines where bytes are dear.
//!
//! Widgets draw a frame into a ratatui buffer; [`Screen::draw`] answers the bytes that bring the
//! terminal from the last frame to this one, to be written at once. They are few because
//! - moves, styles and blanks are put in the shortest of several ways ([`encode`]), and long frames in
//!   the order of the shortest moves ([`pieces`]), part by part ([`parts`], [`Screen::divide`]),
//! - what the caller says has moved is moved by the terminal ([`Scroll`]): with left and right
//!   margins where it has them, else by whole lines with the sides drawn again, and only where that
//!   is shorter than drawing it all,
//! - margins, pen and cursor are left as the frame needed them, and known at the next,
//! - nothing is sent where nothing changed.
//!
//! [`Screen::is_clear`] paces frames by the terminal's own answers ([`pacing`]).
//! [`Screen::plain`] draws in the simplest way, to compare with.
//!
//! The module needs nothing but ratatui's buffer and two small neighbours (widths and colours). It
//! does no input or output, and has no clock of its own.
//!
//! *Invariant:* after the bytes of a frame have been read, a terminal shows the buffer, cell by cell;
//! what was there before makes no difference.
//!
//! ```
//! use postil::tui::screen::{Capabilities, Screen};
//! use ratatui::{buffer::Buffer, layout::Rect, style::Style};
//!
//! let mut screen = Screen::new((20, 2), Capabilities::default());
//! let mut frame = Buffer::empty(Rect::new(0, 0, 20, 2));
//! frame.set_string(0, 0, "page 1", Style::new());
//! screen.draw(&frame, None, &[]);
//! frame.set_string(0, 0, "page 2", Style::new());
//! assert_eq!(screen.draw(&frame, None, &[]), b"\x082");
//! assert_eq!(screen.draw(&frame, None, &[]), b"");
//! ```

mod cells;
mod encode;
mod moves;
mod pacing;
mod parts;
mod pen;
mod pieces;
mod plain;
#[cfg(test)]
mod tests;

use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use self::cells::{Cell, Grid, Store};
use self::encode::{Encoder, State};
use self::moves::{At, Region};
use self::pacing::Pacing;
use self::parts::Part;
use super::colour::Depth;

pub use self::moves::STOP;

/// What the terminal can do, as far as is known; nothing is assumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities {
    pub depth: Depth,
    /// Left and right margins (DECLRMM) work and the mode is on.
    pub margins: bool,
    /// A frame can be shown as one (mode 2026).
    pub synchronised: bool,
    /// It answers `CSI 5n`.
    pub acknowledges: bool,
    /// Characters of ambiguous width take one cell.
    pub narrow_ambiguous: bool,
    /// Lines under letters can have a colour of their own.
    pub underline_colour: bool,
    /// Left of this column there is a tab stop in each eighth column, and no other.
    pub tabs: u16,
}

/// The lines of a rectangle have moved: up by `by`, or down where that is negative.
///
/// A hint: the frame is right without it, and with a wrong one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scroll {
    pub area: Rect,
    pub by: i16,
}

/// What a terminal shows, and how to change it.
#[derive(Clone, Debug)]
pub struct Screen {
    capabilities: Capabilities,
    store: Store,
    /// What the terminal shows.
    shown: Grid,
    /// What it should show.
    next: Grid,
    /// A guess at what it shows after scrolling.
    moved: Grid,
    /// What is written one after the other, and all of it as one.
    parts: Vec<Part>,
    whole: Part,
    state: State,
    /// Nothing is known of what it shows.
    is_stale: bool,
    is_plain: bool,
    plain_cursor: Option<(u16, u16)>,
    pacing: Pacing,
    now: Option<Instant>,
    /// The bytes of the frame.
    out: Vec<u8>,
}

/// A frame is wrapped as one where it is longer than this. Shorter ones come in one piece anyway: a pseudo-terminal
/// hands on some 4 KB at once, and so does ssh. On a slow line the first rows of a page are read while the rest comes.
const WRAPPED: usize = 4000;

impl Screen {
    /// A screen of so many columns and rows, of which nothing is known.
    pub fn new((width, height): (u16, u16), capabilities: Capabilities) -> Self {
        Self {
            capabilities,
            store: Store::new(capabilities.depth),
            shown: Grid::filled(width, height, Cell::UNKNOWN),
            next: Grid::filled(width, height, Cell::BLANK),
            moved: Grid::default(),
            parts: Vec::new(),
            whole: Part::whole((width, height)),
            state: State { at: At::Unknown, pen: None, cursor_shown: None, region: Region::whole(width, height) },
            is_stale: true,
            is_plain: false,
            plain_cursor: None,
            pacing: Pacing::default(),
            now: None,
            out: Vec::new(),
        }
    }

    /// One that draws in the simplest way and is not paced.
    pub fn plain(size: (u16, u16), capabilities: Capabilities) -> Self {
        Self { is_plain: true, ..Self::new(size, capabilities) }
    }

    pub fn size(&self) -> (u16, u16) {
        (self.next.width, self.next.height)
    }

    pub fn capabilities(&self) -> Capabilities {
        self.capabilities
    }

    /// What was learned of the terminal since. Frames are paced from when it is known to answer.
    pub fn set_capabilities(&mut self, capabilities: Capabilities) {
        if capabilities.depth != self.store.depth() {
            self.store = Store::new(capabilities.depth);
            self.is_stale = true;
        }
        if capabilities.underline_colour != self.capabilities.underline_colour {
            let store = &self.store;
            self.shown.forget(|cell| store.has_underline_colour(cell));
        }
        if capabilities.acknowledges && !self.capabilities.acknowledges {
            self.pacing.start();
        }
        self.capabilities = capabilities;
    }

    /// Another size; the next frame is drawn whole.
    pub fn resize(&mut self, (width, height): (u16, u16)) {
        self.shown = Grid::filled(width, height, Cell::UNKNOWN);
        self.next = Grid::filled(width, height, Cell::BLANK);
        self.parts = Vec::new();
        self.whole = Part::whole((width, height));
        self.invalidate();
    }

    /// Which rectangles of the screen belong together, until the next resize: a hint, as to what may be
    /// written one after the other.
    pub fn divide(&mut self, areas: &[Rect]) {
        self.parts = parts::divide(self.size(), areas);
    }

    /// Nothing is known of what the terminal shows; the next frame is drawn whole.
    pub fn invalidate(&mut self) {
        self.is_stale = true;
        self.state.at = At::Unknown;
        self.state.cursor_shown = None;
        self.pacing.forget();
    }

    /// Whether a frame may go out now, or the line is still busy. To be asked before each
    /// [`Screen::draw`], which goes by this time.
    pub fn is_clear(&mut self, now: Instant) -> bool {
        self.now = Some(now);
        self.is_plain || self.pacing.is_clear(now)
    }

    /// When [`Screen::is_clear`] will be true at the latest.
    pub fn deadline(&self) -> Option<Instant> {
        self.pacing.deadline()
    }

    /// The terminal answered `CSI 0n`.
    pub fn acknowledge(&mut self, now: Instant) {
        self.pacing.hears(now);
    }

    /// Whether the terminal has still to answer; the shell would take that for something typed.
    pub fn is_answer_due(&self) -> bool {
        self.pacing.is_answer_due()
    }

    /// The bytes that make the terminal show `next`, with its cursor there or hidden. They are to be
    /// written before the next call, all of them, in one write.
    pub fn draw(&mut self, next: &Buffer, cursor: Option<(u16, u16)>, scrolls: &[Scroll]) -> &[u8] {
        self.begin(next);
        let _ = self.finish(cursor, scrolls, None);
        &self.out
    }

    /// The same where the line is known to take it in so much time.
    ///
    /// # Errors
    /// How long it would take in place of that. Nothing is drawn then.
    pub fn draw_within(
        &mut self,
        time: Duration,
        next: &Buffer,
        cursor: Option<(u16, u16)>,
        scrolls: &[Scroll],
    ) -> Result<&[u8], Duration> {
        self.begin(next);
        self.finish(cursor, scrolls, Some(time))?;
        Ok(&self.out)
    }

    /// As [`Screen::draw`], but of `next` only what lies within `area`; the rest stays as it is.
    pub fn draw_only(&mut self, area: Rect, next: &Buffer, cursor: Option<(u16, u16)>) -> &[u8] {
        self.begin(next);
        if !self.is_stale {
            self.next.keep_around(area, &self.shown);
        }
        let _ = self.finish(cursor, &[], None);
        &self.out
    }

    /// Reads a frame.
    fn begin(&mut self, next: &Buffer) {
        if self.store.is_full() {
            self.store = Store::new(self.capabilities.depth);
            self.is_stale = true;
        }
        self.store.read(next, &mut self.next);
    }

    /// Makes its bytes, and takes it as shown.
    fn finish(
        &mut self,
        cursor: Option<(u16, u16)>,
        scrolls: &[Scroll],
        most: Option<Duration>,
    ) -> Result<(), Duration> {
        self.out.clear();
        if self.next.width == 0 || self.next.height == 0 {
            return Ok(());
        }
        if self.is_plain {
            self.draw_plain(cursor);
        } else {
            let state = self.state;
            self.draw_shortest(cursor, scrolls);
            let time = self.pacing.time_of(self.out.len());
            if most.is_some_and(|most| time > most) && !self.is_stale {
                self.out.clear();
                self.state = state;
                return Err(time);
            }
            self.wrap();
        }
        std::mem::swap(&mut self.shown, &mut self.next);
        self.is_stale = false;
        Ok(())
    }

    fn draw_plain(&mut self, cursor: Option<(u16, u16)>) {
        if self.is_stale || cursor != self.plain_cursor || !self.next.is_same(&self.shown) {
            let old = (!self.is_stale).then_some(&self.shown);
            plain::draw(old, &self.next, cursor, &self.store, self.capabilities, &mut self.out);
            self.plain_cursor = cursor;
        }
    }

    /// Tries the ways there are to draw this frame and keeps the shortest.
    fn draw_shortest(&mut self, cursor: Option<(u16, u16)>, scrolls: &[Scroll]) {
        let size = self.size();
        if self.is_stale {
            let mut encoder = self.encoder();
            encoder.clear();
            let blank = Grid::filled(size.0, size.1, Cell::BLANK);
            encoder.rows(&blank, &self.next, &self.whole);
            encoder.cursor(cursor);
            (self.out, self.state) = (encoder.out, encoder.state);
            return;
        }
        if self.next.is_same(&self.shown) {
            let mut encoder = self.encoder();
            encoder.cursor(cursor);
            (self.out, self.state) = (encoder.out, encoder.state);
            return;
        }
        let mut best: Option<(Way, Vec<u8>, State)> = None;
        let mut likely = Vec::new();
        for way in Way::ALL {
            if self.attempt(way, Order::Rows, cursor, scrolls, &mut best) {
                likely.push(way);
            }
        }
        let Some((way, out, _)) = &best else { return };
        // A few bytes are in order as they are.
        if out.len() > ORDERED {
            self.attempt(*way, Order::Nearest, cursor, scrolls, &mut best);
            for way in likely {
                self.attempt(way, Order::Parts, cursor, scrolls, &mut best);
                if way == Way::Sides {
                    self.attempt(Way::Inner, Order::Parts, cursor, scrolls, &mut best);
                }
            }
        }
        if let Some((_, out, state)) = best {
            self.out = out;
            self.state = state;
        }
    }

    /// Draws the frame in one way, where that way is there, and keeps it where it is shorter. Answers
    /// whether it is not much longer, so that another order may make it the shortest.
    fn attempt(
        &mut self,
        way: Way,
        order: Order,
        cursor: Option<(u16, u16)>,
        scrolls: &[Scroll],
        best: &mut Option<(Way, Vec<u8>, State)>,
    ) -> bool {
        let size = self.size();
        let whole = Region::whole(size.0, size.1);
        let has_margins = self.capabilities.margins;
        let is_there = match way {
            Way::Still => true,
            Way::Unbound => self.state.region != whole,
            Way::Rows => !has_margins,
            Way::Sides | Way::SidesOnce => has_margins,
            Way::Inner => has_margins,
        } && !(matches!(order, Order::Parts) && self.parts.is_empty());
        let regions: Vec<(Region, i16)> = match way {
            Way::Still | Way::Unbound => Vec::new(),
            Way::Inner => {
                let inner = scrolls.iter().filter_map(|scroll| self.inner(scroll));
                inner.filter_map(|scroll| region(&scroll, size, has_margins)).collect()
            }
            _ => scrolls.iter().filter_map(|scroll| region(scroll, size, has_margins)).collect(),
        };
        if !is_there || (way.moves() && regions.is_empty()) {
            return false;
        }
        let mut moved = std::mem::take(&mut self.moved);
        let mut encoder = self.encoder();
        if let Some((_, shortest, _)) = &*best {
            let rows = matches!(order, Order::Rows);
            encoder.set_limit(if rows { shortest.len() + shortest.len() / 2 } else { shortest.len() });
        }
        let old = if regions.is_empty() {
            &self.shown
        } else {
            moved.copy_from(&self.shown);
            for (region, by) in regions {
                moved.scroll(region.left, region.right + 1, region.top, region.bottom + 1, by);
                encoder.scroll(region, by);
            }
            &moved
        };
        if matches!(way, Way::Unbound | Way::SidesOnce) {
            encoder.set_region(whole, false);
        }
        let is_drawn = match order {
            Order::Rows => encoder.rows(old, &self.next, &self.whole),
            Order::Nearest => encoder.nearest(old, &self.next, &self.whole),
            Order::Parts => encoder.parts(old, &self.next, &self.parts),
        };
        encoder.cursor(cursor);
        let (out, state) = (encoder.out, encoder.state);
        self.moved = moved;
        if is_drawn && best.as_ref().is_none_or(|(_, shortest, _)| out.len() < shortest.len()) {
            *best = Some((way, out, state));
        }
        is_drawn
    }

    /// Of a hint, the part that holds most of it.
    fn inner(&self, scroll: &Scroll) -> Option<Scroll> {
        let within = self.parts.iter().filter_map(|part| Some(part.area?.intersection(scroll.area)));
        let area = within.max_by_key(|area| area.area()).filter(|area| *area != scroll.area)?;
        Some(Scroll { area, ..*scroll })
    }

    fn encoder(&self) -> Encoder<'_> {
        Encoder::new(self.state, &self.store, self.capabilities, self.size())
    }

    /// Makes a long frame one, and asks the terminal to say when it was read.
    fn wrap(&mut self) {
        if self.out.is_empty() {
            return;
        }
        if self.capabilities.synchronised && self.out.len() > WRAPPED {
            self.out.splice(0..0, *b"\x1b[?2026h");
            self.out.extend_from_slice(b"\x1b[?2026l");
        }
        let Some(now) = self.now else { return };
        let mut rest = self.out.len();
        if let Some(least) = self.pacing.asks_before_end(rest)
            && let Some(after) = self.out[rest - least..].iter().position(|byte| *byte == ESC)
            && let at = rest - least + after
            && self.pacing.sends(at, now)
        {
            // No sequence is cut before the beginning of another.
            self.out.splice(at..at, pacing::QUESTION.iter().copied());
            rest -= at;
        }
        if self.pacing.sends(rest, now) {
            self.out.extend_from_slice(pacing::QUESTION);
        }
    }
}

/// The ways to draw a frame.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Within the margins that are set.
    Still,
    /// Without margins.
    Unbound,
    /// Whole lines moved.
    Rows,
    /// Rectangles moved; the margins stay for the next time.
    Sides,
    /// Rectangles moved, the rest drawn without margins, where all moves can be made.
    SidesOnce,
    /// Of each rectangle only what lies in one part.
    Inner,
}

/// In which order changes are written.
#[derive(Clone, Copy)]
enum Order {
    /// Row by row.
    Rows,
    /// What is nearest next.
    Nearest,
    /// Part by part.
    Parts,
}

/// What sequences begin with.
const ESC: u8 = 0x1b;

/// Longer frames are tried in another order as well.
const ORDERED: usize = 200;

impl Way {
    /// Those likely to be short come first: the others are given up when they are longer.
    const ALL: [Way; 5] = [Way::Sides, Way::Rows, Way::SidesOnce, Way::Still, Way::Unbound];

    fn moves(self) -> bool {
        matches!(self, Way::Rows | Way::Sides | Way::SidesOnce | Way::Inner)
    }
}

/// The margins for a hint; none where there is nothing to gain.
fn region(scroll: &Scroll, (width, height): (u16, u16), sides: bool) -> Option<(Region, i16)> {
    let area = scroll.area.intersection(Rect::new(0, 0, width, height));
    let is_possible = area.height > 1 && area.width > 1 && scroll.by != 0 && scroll.by.unsigned_abs() < area.height;
    let whole = Region::whole(width, height);
    let rows = Region { top: area.y, bottom: area.bottom().saturating_sub(1), ..whole };
    let region = if sides { Region { left: area.x, right: area.right().saturating_sub(1), ..rows } } else { rows };
    is_possible.then_some((region, scroll.by))
}
