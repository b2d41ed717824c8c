//! Whatever is drawn, in whatever order, with true and false hints: the terminal shows the buffer.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::emulator::{Emulator, Shown};
use crate::text::width::parts;
use crate::tui::colour::Depth;
use crate::tui::screen::{Capabilities, Screen, Scroll};

/// Numbers from a seed (xorshift), so that a failure can be had again.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % n
    }

    pub fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    pub fn u16(&mut self, below: u16) -> u16 {
        u16::try_from(self.below(below.max(1).into())).unwrap()
    }
}

const WORDS: [&str; 26] = [
    "the",
    "alliance",
    "of",
    "a",
    "trade",
    " ",
    "  ",
    "          ",
    "日本",
    "の",
    "“quoted”",
    "…",
    "│",
    "●",
    "é",
    "e\u{301}",
    "▎",
    "한국",
    "Ａ",
    "👍",
    "❤\u{fe0f}",
    "👩\u{200d}👧",
    "กำ",
    "x",
    "हिन्दी",
    "ക്ഷി",
];

/// Those on whose width every terminal agrees.
const SURE_WORDS: usize = 17;

fn style(dice: &mut Dice) -> Style {
    let mut style = Style::new();
    if dice.one_in(2) {
        style = style.fg(dice.pick(&[
            Color::Cyan,
            Color::Red,
            Color::DarkGray,
            Color::White,
            Color::Indexed(200),
            Color::Rgb(1, 2, 3),
        ]));
    }
    if dice.one_in(5) {
        style = style.bg(dice.pick(&[Color::Yellow, Color::LightBlue, Color::Indexed(99)]));
    }
    for modifier in [Modifier::BOLD, Modifier::DIM, Modifier::ITALIC, Modifier::UNDERLINED, Modifier::REVERSED] {
        if dice.one_in(6) {
            style = style.add_modifier(modifier);
        }
    }
    if dice.one_in(8) {
        style = style.underline_color(dice.pick(&[Color::Green, Color::Rgb(9, 8, 7)]));
    }
    style
}

/// A line of words in styles, written over a stretch of the frame.
fn scribble(frame: &mut Buffer, dice: &mut Dice, words: &[&str]) {
    let area = frame.area;
    let (mut x, y) = (dice.u16(area.width), dice.u16(area.height));
    let mut now = Style::new();
    for _ in 0..dice.below(8) {
        if dice.one_in(3) {
            now = if dice.one_in(2) { Style::new() } else { style(dice) };
        }
        let word = dice.pick(words);
        let room = area.width.saturating_sub(x);
        frame.set_stringn(x, y, word, room.into(), now);
        x += u16::try_from(crate::text::width::cells(word)).unwrap();
        if x >= area.width {
            break;
        }
    }
}

/// Moves the lines of a rectangle of the frame itself, as a reader's text does.
fn shift(frame: &mut Buffer, scroll: &Scroll) {
    let area = scroll.area.intersection(frame.area);
    let old = frame.clone();
    for y in area.top()..area.bottom() {
        let from = i32::from(y) + i32::from(scroll.by);
        for x in area.left()..area.right() {
            frame[(x, y)] = match u16::try_from(from) {
                Ok(from) if (area.top()..area.bottom()).contains(&from) => old[(x, from)].clone(),
                _ => Cell::EMPTY,
            };
        }
    }
}

fn step(frame: &mut Buffer, dice: &mut Dice, words: &[&str]) -> Vec<Scroll> {
    let mut scrolls = Vec::new();
    let area = frame.area;
    match dice.below(10) {
        0 => {}
        1 => frame.reset(),
        2..=5 => {
            let mut corner = |size: u16| (dice.u16(size), dice.u16(size + 2));
            let ((left, width), (top, height)) = (corner(area.width), corner(area.height));
            let rect = if dice.one_in(3) {
                Rect::new(0, top, area.width, height)
            } else {
                Rect::new(left, top, width, height)
            };
            let by = i16::try_from(dice.below(9)).unwrap() - 4;
            let scroll = Scroll { area: rect, by };
            // Now and then the hint is a lie.
            if !dice.one_in(6) {
                shift(frame, &scroll);
            }
            scrolls.push(scroll);
            for _ in 0..dice.below(3) {
                scribble(frame, dice, words);
            }
        }
        _ => {
            for _ in 0..dice.below(6) {
                scribble(frame, dice, words);
            }
        }
    }
    scrolls
}

/// The frame as a terminal shows it: text and SGR numbers, of a space only what is seen.
fn wanted(frame: &Buffer, capabilities: Capabilities) -> Vec<Vec<Shown>> {
    let mut rows = Vec::new();
    for y in 0..frame.area.height {
        let mut row: Vec<Shown> = Vec::new();
        for x in 0..frame.area.width {
            if row.len() > usize::from(x) {
                continue;
            }
            let cell = &frame[(x, y)];
            let style = codes(cell, capabilities);
            let parts = parts(cell.symbol());
            if parts.is_empty() {
                row.push((" ".into(), style.clone()));
            }
            for (part, width) in parts {
                if width == 2 && row.len() + 1 < usize::from(frame.area.width) {
                    row.push((part.into(), style.clone()));
                    row.push((String::new(), style.clone()));
                } else {
                    row.push((if width == 1 { part } else { " " }.into(), style.clone()));
                }
            }
        }
        row.truncate(frame.area.width.into());
        rows.push(row.into_iter().map(seen).collect());
    }
    rows
}

/// What is seen of a cell: the colour of a blank's letters is not.
pub fn seen((text, style): Shown) -> Shown {
    let shows = style.iter().any(|code| matches!(code.as_str(), "4" | "7" | "9"));
    let ground = |code: &String| code.starts_with('4') && code.len() > 1 || code.starts_with("10");
    let style = if text == " " && !shows { style.into_iter().filter(ground).collect() } else { style };
    (text, style)
}

fn codes(cell: &Cell, capabilities: Capabilities) -> Vec<String> {
    let mut codes = Vec::new();
    for (modifier, code) in [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ] {
        if cell.modifier.contains(modifier) {
            codes.push(code.to_owned());
        }
    }
    let number = |colour: Color| match colour {
        Color::Red => 1u16,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Cyan => 6,
        Color::DarkGray => 8,
        Color::LightGreen => 10,
        Color::LightBlue => 12,
        Color::White => 15,
        other => panic!("{other:?}"),
    };
    for (colour, base) in [(cell.fg, 30), (cell.bg, 40)] {
        match colour {
            Color::Reset => {}
            Color::Indexed(n @ 0..=7) => codes.push(format!("{}", base + u16::from(n))),
            Color::Indexed(n) => codes.push(format!("{};5;{n}", base + 8)),
            Color::Rgb(r, g, b) => codes.push(format!("{};2;{r};{g};{b}", base + 8)),
            named => codes.push(match number(named) {
                n @ 0..=7 => format!("{}", base + n),
                n => format!("{}", base + 52 + n),
            }),
        }
    }
    if capabilities.underline_colour && cell.modifier.contains(Modifier::UNDERLINED) {
        match cell.underline_color {
            Color::Reset => {}
            Color::Rgb(r, g, b) => codes.push(format!("58:2::{r}:{g}:{b}")),
            named => codes.push(format!("58:5:{}", number(named))),
        }
    }
    codes.sort();
    codes
}

fn all_capabilities() -> Capabilities {
    Capabilities {
        depth: Depth::True,
        margins: true,
        synchronised: true,
        acknowledges: true,
        narrow_ambiguous: true,
        underline_colour: true,
        tabs: 40,
    }
}

pub fn assert_shows(emulator: &Emulator, frame: &Buffer, capabilities: Capabilities, bytes: &[u8], what: &str) {
    let wanted = wanted(frame, capabilities);
    for (y, row) in wanted.iter().enumerate() {
        let shown: Vec<Shown> = emulator.cells[y].iter().cloned().map(seen).collect();
        for x in 0..row.len() {
            assert_eq!(shown[x], row[x], "at {x},{y} {what}, after {:?}", String::from_utf8_lossy(bytes));
        }
    }
}

/// Rectangles to write one after the other, some of them across each other.
fn areas(dice: &mut Dice, (width, height): (u16, u16)) -> Vec<Rect> {
    let area =
        |dice: &mut Dice| Rect::new(dice.u16(width), dice.u16(height), dice.u16(width + 2), dice.u16(height + 2));
    (0..dice.below(5)).map(|_| area(dice)).collect()
}

/// Draws `steps` frames on a terminal and compares each.
fn run(seed: u64, steps: usize, capabilities: Capabilities, plain: bool, change: impl Fn(&mut Emulator)) {
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let mut size = (2 + dice.u16(40), 2 + dice.u16(12));
    let mut emulator = Emulator::new(size.0, size.1);
    emulator.has_sides = capabilities.margins;
    change(&mut emulator);
    let mut screen = if plain { Screen::plain(size, capabilities) } else { Screen::new(size, capabilities) };
    let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
    for at in 0..steps {
        if dice.one_in(60) {
            size = (1 + dice.u16(60), 1 + dice.u16(16));
            emulator.resize(size.0, size.1);
            screen.resize(size);
            frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        } else if dice.one_in(60) {
            screen.invalidate();
        }
        if dice.one_in(15) {
            screen.divide(&areas(&mut dice, size));
        }
        // Where a width is doubtful parts are of no use.
        let words = if seed.is_multiple_of(2) { &WORDS[..SURE_WORDS] } else { &WORDS };
        let scrolls = step(&mut frame, &mut dice, words);
        let cursor = dice.one_in(2).then(|| (dice.u16(size.0), dice.u16(size.1)));
        let bytes = screen.draw(&frame, cursor, &scrolls).to_vec();
        emulator.feed(&bytes);
        let what = format!("(seed {seed}, step {at}, {size:?})");
        assert_shows(&emulator, &frame, capabilities, &bytes, &what);
        assert!(!emulator.synchronised);
        assert_eq!(emulator.cursor_shown, cursor.is_some(), "{what}");
        if let Some((x, y)) = cursor {
            assert_eq!((emulator.x, emulator.y), (x.into(), y.into()), "{what}");
        }
        assert_eq!(screen.draw(&frame, cursor, &[]), b"", "nothing changed {what}");
    }
}

#[test]
fn with_margins_the_terminal_shows_the_frame() {
    for seed in 0..12 {
        run(seed, 150, all_capabilities(), false, |_| {});
    }
}

#[test]
fn without_margins_the_terminal_shows_the_frame() {
    for seed in 100..112 {
        let tabs = if seed % 3 == 0 { 0 } else { 24 };
        let capabilities = Capabilities { depth: Depth::True, tabs, ..Capabilities::default() };
        run(seed, 150, capabilities, false, |emulator| emulator.erases_coloured = seed % 2 == 0);
    }
}

#[test]
fn what_is_erased_by_halves_takes_nothing_with_it() {
    for seed in 400..412 {
        let capabilities = Capabilities { depth: Depth::True, tabs: 24, ..Capabilities::default() };
        run(seed, 150, capabilities, false, |emulator| emulator.leaves_halves = true);
    }
}

#[test]
fn the_plain_way_shows_the_frame() {
    for seed in 200..206 {
        run(seed, 150, all_capabilities(), true, |_| {});
    }
}

/// Where a terminal thinks otherwise of a width, the characters it agrees on are still where they should be.
#[test]
fn doubtful_widths_move_nothing_else() {
    for seed in 300..306u64 {
        for plain in [false, true] {
            let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
            let capabilities = Capabilities { margins: seed % 2 == 0, narrow_ambiguous: false, ..all_capabilities() };
            let size = (30, 6);
            let mut emulator = Emulator::new(size.0, size.1);
            emulator.is_contrary = true;
            emulator.has_sides = capabilities.margins;
            let mut screen = if plain { Screen::plain(size, capabilities) } else { Screen::new(size, capabilities) };
            let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
            for at in 0..100 {
                let scrolls = step(&mut frame, &mut dice, &WORDS);
                let bytes = screen.draw(&frame, None, &scrolls).to_vec();
                emulator.feed(&bytes);
                for (y, row) in wanted(&frame, capabilities).iter().enumerate() {
                    for (x, (text, style)) in row.iter().enumerate() {
                        if text.is_ascii() && text != " " && !text.is_empty() {
                            assert_eq!(
                                emulator.cells[y][x],
                                (text.clone(), style.clone()),
                                "at {x},{y} (seed {seed}, step {at}) after {:?}",
                                String::from_utf8_lossy(&bytes)
                            );
                        }
                    }
                }
            }
        }
    }
}

/// An emulator that somebody else wrote is of the same opinion, as far as it goes.
#[test]
fn vt100_shows_the_frame_too() {
    for seed in 400..406u64 {
        let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        let capabilities =
            Capabilities { depth: Depth::True, narrow_ambiguous: true, tabs: 80, ..Capabilities::default() };
        let size = (8 + dice.u16(40), 3 + dice.u16(12));
        let mut parser = vt100::Parser::new(size.1.try_into().unwrap(), size.0.try_into().unwrap(), 0);
        let mut screen = Screen::new(size, capabilities);
        let mut frame = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        for at in 0..150 {
            if dice.one_in(15) {
                screen.divide(&areas(&mut dice, size));
            }
            let scrolls = step(&mut frame, &mut dice, &WORDS[..SURE_WORDS]);
            let bytes = screen.draw(&frame, None, &scrolls).to_vec();
            parser.process(&bytes);
            for (y, row) in wanted(&frame, capabilities).iter().enumerate() {
                for (x, wanted) in row.iter().enumerate().filter(|(_, (text, _))| !text.is_empty()) {
                    let cell = parser.screen().cell(y.try_into().unwrap(), x.try_into().unwrap()).unwrap();
                    // To vt100 bold and dim are one thing.
                    let mut wanted = wanted.clone();
                    let is_both = wanted.1.iter().filter(|code| matches!(code.as_str(), "1" | "2")).count() == 2;
                    let mut shown = as_shown(cell);
                    for codes in [&mut wanted.1, &mut shown.1] {
                        codes.retain(|code| !(is_both && matches!(code.as_str(), "1" | "2")));
                    }
                    assert_eq!(
                        seen(shown),
                        wanted,
                        "at {x},{y} (seed {seed}, step {at}) after {:?}",
                        String::from_utf8_lossy(&bytes)
                    );
                }
            }
        }
    }
}

fn as_shown(cell: &vt100::Cell) -> Shown {
    let mut codes = Vec::new();
    for (is_on, code) in
        [(cell.bold(), "1"), (cell.dim(), "2"), (cell.italic(), "3"), (cell.underline(), "4"), (cell.inverse(), "7")]
    {
        if is_on {
            codes.push(code.to_owned());
        }
    }
    for (colour, base) in [(cell.fgcolor(), 30u16), (cell.bgcolor(), 40)] {
        match colour {
            vt100::Color::Default => {}
            vt100::Color::Idx(n @ 0..=7) => codes.push(format!("{}", base + u16::from(n))),
            vt100::Color::Idx(n @ 8..=15) => codes.push(format!("{}", base + 52 + u16::from(n))),
            vt100::Color::Idx(n) => codes.push(format!("{};5;{n}", base + 8)),
            vt100::Color::Rgb(r, g, b) => codes.push(format!("{};2;{r};{g};{b}", base + 8)),
        }
    }
    codes.sort();
    let text = match cell.contents() {
        _ if cell.is_wide_continuation() => "",
        "" => " ",
        text => text,
    };
    (text.to_owned(), codes)
}

#[test]
fn a_control_in_a_cell_does_not_reach_the_terminal() {
    let mut frame = Buffer::empty(Rect::new(0, 0, 10, 1));
    frame[(1, 0)].set_symbol("\u{1b}");
    frame[(2, 0)].set_symbol("a\u{9b}2J");
    frame[(4, 0)].set_symbol("\u{301}");
    for mut screen in [Screen::new((10, 1), all_capabilities()), Screen::plain((10, 1), all_capabilities())] {
        let bytes = String::from_utf8(screen.draw(&frame, None, &[]).to_vec()).unwrap();
        assert!(!bytes.contains('\u{9b}') && bytes.matches('\u{fffd}').count() == 2, "{bytes:?}");
        let escapes = bytes.matches('\u{1b}').count();
        assert_eq!(escapes, bytes.matches("\u{1b}[").count(), "each begins a sequence of ours");
    }
}

/// The widget of the note editor gives some syllables fewer cells than terminals do.
#[test]
fn what_a_widget_wrote_behind_a_narrow_syllable_is_shown() {
    for plain in [false, true] {
        let mut frame = Buffer::empty(Rect::new(0, 0, 12, 1));
        frame.set_string(0, 0, "மாxந y", Style::new());
        let mut screen =
            if plain { Screen::plain((12, 1), all_capabilities()) } else { Screen::new((12, 1), all_capabilities()) };
        let bytes = String::from_utf8(screen.draw(&frame, None, &[]).to_vec()).unwrap();
        for letter in ["மா", "x", "ந", "y"] {
            assert!(bytes.contains(letter), "{letter} in {bytes:?}");
        }
    }
}
