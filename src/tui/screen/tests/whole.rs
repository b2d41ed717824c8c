//! The whole reader under random keys and resizes: every frame of it, drawn by the encoder with and
//! without left and right margins and in the plain way, is the same on the terminal.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::emulator::Emulator;
use super::equality::{Dice, seen};
use crate::app::{self, Effect, Event, Model, Size};
use crate::config::{self, Request, Surroundings};
use crate::corpus::load::Options;
use crate::keys::notation;
use crate::topics::Matcher;
use crate::tui::colour::Depth;
use crate::tui::desk::Desk;
use crate::tui::reader::scroll;
use crate::tui::screen::{Capabilities, Screen};
use crate::ui::{self, Frame, Glyphs, theme::Theme};

/// Wide characters, marks, emoji, scripts from right to left, and what looks wide and is not.
const MIXED: &str = "Every Width There Is\n\n\
    日本の外交は、米国との同盟を基軸とする。ﾃﾞﾌﾚ脱却とﾊﾟｰﾄﾅｰｼｯﾌﾟを論じた。\n\n\
    한국과 일본의 안보 협력은 지역의 평화에 중요하다. Cafe\u{301} and naïve, \u{5e9}\u{5dc}\u{5d5}\u{5dd} and عربي within a line.\n\n\
    Some send 👍🏽 or ❤\u{fe0f}, families 👩\u{200d}👩\u{200d}👧, flags 🇯🇵🇺🇸, and Ｆｕｌｌ　Ｗｉｄｔｈ signs about the TPP and China.\n\n\
    क्षि ก็ที่ นายกรัฐมนตรีญี่ปุ่นกล่าวว่า “…”—±×° of Japan and the United States, ①②③ and ●▲■.\n";

const KEYS: &[&str] = &[
    "j", "j", "j", "k", "k", "<Space>", "b", "d", "u", "]d", "[d", "<Tab>", "<S-Tab>", "gg", "G", "}", "{", "t", "n",
    "N", "<CR>", "<CR>", "?", "<Esc>", "<Esc>", "<C-c>", "/", "s", "e", "a", "o", "v", "w", "V", "gn", "gc", "zz", "z",
    "5", "Q", "H", "1", "3", "*", "%", "m", "'", "<C-o>", "<Down>", "<Up>", "x", "日", ":", "f", "y", "+", "-", "=",
    "]", "i", "p",
];

/// Mostly small ones, in which the same happens in less time.
const SIZES: &[(u16, u16)] = &[
    (80, 24),
    (80, 12),
    (82, 9),
    (60, 20),
    (61, 7),
    (40, 12),
    (40, 12),
    (20, 5),
    (1, 1),
    (2, 40),
    (90, 16),
    (120, 40),
    (132, 8),
];

/// A reader without a terminal: effects are run at once.
struct Reader {
    model: Model,
    desk: Desk,
}

impl Reader {
    fn of(library: &Path) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        // Whoever tried the reader has notes there.
        let seeds = fs::read_dir(root.join("seeds")).unwrap().flatten();
        for file in seeds.filter(|file| file.path().is_file()) {
            let bytes = fs::read(file.path()).unwrap();
            fs::write(library.join(file.file_name()), &bytes[..bytes.len().min(6000)]).unwrap_or_default();
        }
        fs::write(library.join("every-width.txt"), MIXED.repeat(3)).unwrap();
        // Topics are changed by keys as well.
        fs::copy(root.join("config.toml"), library.join("config.toml")).unwrap();
        let request = Request { config: Some(library.join("config.toml")), paths: vec![library.into()], topics: false };
        let surroundings = Surroundings { current: library.into(), ..Surroundings::default() };
        let config = config::load(&request, &surroundings).value;
        let dictionary = config.dictionary().value;
        let matcher = Arc::new(Matcher::new(&dictionary));
        let desk = Desk::new(&config, Options::default()).without_sessions();
        let size = Size { columns: 80, rows: 24 };
        let model = Model::new(size, Arc::new(config.settings), Arc::new(dictionary), matcher);
        let mut reader = Self { model, desk };
        let effects = app::start();
        reader.run(effects);
        reader
    }

    fn happen(&mut self, event: Event) {
        let effects = app::update(&mut self.model, event);
        self.run(effects);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        self.desk.run(effects, |event| app::update(&mut self.model, event));
    }
}

/// A way of drawing, and the terminal it draws on.
struct Drawn {
    screen: Screen,
    terminal: Emulator,
}

impl Drawn {
    fn new((columns, rows): (u16, u16), capabilities: Capabilities, plain: bool) -> Self {
        let size = (columns, rows);
        let screen = if plain { Screen::plain(size, capabilities) } else { Screen::new(size, capabilities) };
        let mut terminal = Emulator::new(columns, rows);
        terminal.has_sides = capabilities.margins;
        Self { screen, terminal }
    }
}

fn compare(seed: u64, keys: usize) {
    let library = tempfile::tempdir().unwrap();
    let mut reader = Reader::of(library.path());
    let mut dice = Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    if seed % 4 < 2 {
        // The page follows the cursor by many rows at once.
        reader.happen(Event::Terminal { moves_columns: false });
    }
    let mut size = (80, 24);
    let capabilities = |margins| Capabilities {
        depth: Depth::True,
        margins,
        narrow_ambiguous: true,
        underline_colour: seed.is_multiple_of(2),
        ..Capabilities::default()
    };
    let mut plain = Drawn::new(size, capabilities(false), true);
    let mut drawn = [Drawn::new(size, capabilities(false), false), Drawn::new(size, capabilities(true), false)];
    let theme = Theme::new(&reader.model.settings.theme, true);
    let mut last = Frame::default();
    let mut pressed = Vec::new();
    for at in 0..keys {
        let key = dice.pick(KEYS);
        pressed.push(key.to_owned());
        for key in notation::parse(key).unwrap() {
            reader.happen(Event::Key(key));
        }
        if dice.one_in(25) {
            size = dice.pick(SIZES);
            pressed.push(format!("{size:?}"));
            for drawn in drawn.iter_mut().chain([&mut plain]) {
                drawn.terminal.resize(size.0, size.1);
                drawn.screen.resize(size);
            }
            last = Frame::default();
            reader.happen(Event::Resize(Size { columns: size.0, rows: size.1 }));
        }
        let mut buffer = Buffer::empty(Rect::new(0, 0, size.0, size.1));
        let frame = ui::view(&reader.model, &theme, Glyphs::ALL, &mut buffer);
        let scrolls: Vec<_> = scroll(&last, &frame).into_iter().collect();
        let bytes = plain.screen.draw(&buffer, frame.cursor, &[]);
        plain.terminal.feed(bytes);
        for Drawn { screen, terminal } in &mut drawn {
            if frame.columns != last.columns {
                let area = |area: &app::Area| Rect::new(area.x, area.y, area.width, area.height);
                screen.divide(&frame.columns.iter().map(area).collect::<Vec<_>>());
            }
            let bytes = screen.draw(&buffer, frame.cursor, &scrolls);
            terminal.feed(bytes);
            let bytes = String::from_utf8_lossy(bytes);
            assert_eq!(terminal.cursor_shown, plain.terminal.cursor_shown);
            let recent = pressed[pressed.len().saturating_sub(12)..].join(" ");
            for (y, (row, wanted)) in terminal.cells.iter().zip(&plain.terminal.cells).enumerate() {
                for (x, (cell, wanted)) in row.iter().zip(wanted).enumerate() {
                    let is_same = cell == wanted || seen(cell.clone()) == seen(wanted.clone());
                    assert!(
                        is_same,
                        "{x},{y} is {cell:?} and not {wanted:?} (seed {seed}, key {at}: {recent}), after {bytes:?}"
                    );
                }
            }
        }
        last = frame;
    }
}

#[test]
fn both_ways_show_the_same_with_the_whole_reader_one() {
    (0..4).for_each(|seed| compare(seed, 1250));
}

#[test]
fn both_ways_show_the_same_with_the_whole_reader_two() {
    (100..104).for_each(|seed| compare(seed, 1250));
}

/// A terminal tells its ground after the first frame: of that, only what was yellow is written again.
#[test]
fn a_light_ground_has_only_its_colours_drawn_again() {
    let library = tempfile::tempdir().unwrap();
    let reader = Reader::of(library.path());
    let mut theme = Theme::new(&reader.model.settings.theme, true);
    let mut screen = Screen::new((80, 24), Capabilities::default());
    let mut drawn = |theme: &Theme| {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 80, 24));
        let frame = ui::view(&reader.model, theme, Glyphs::ALL, &mut buffer);
        screen.draw(&buffer, frame.cursor, &[]).len()
    };
    let whole = drawn(&theme);
    theme.suit_ground(&reader.model.settings.theme, true);
    let again = drawn(&theme);
    assert!(whole > 1000 && again > 0 && again < 300, "{whole} and {again}");
}
