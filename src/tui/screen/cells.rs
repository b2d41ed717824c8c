//! A frame as plain numbers: each cell is one `u64`, so that rows compare and move as memory does.
//!
//! [`Store`] reads a ratatui buffer into a [`Grid`] and remembers the texts and styles that the
//! numbers stand for. What cannot be seen is made equal on the way: the letters' colour of a blank,
//! colours the terminal has not.

use std::collections::HashMap;

use ratatui::buffer::{Buffer, CellWidth};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthChar;

use crate::text::width::{grapheme_cells, parts};
use crate::tui::colour::Depth;

/// A cell: what stands there (32 bits), its style (16), its width (2) and how sure that is (2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell(u64);

/// Whether terminals agree on the width of what stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trust {
    Sure,
    /// One cell in western terminals, two in some eastern ones.
    Ambiguous,
    /// Emoji and clusters, which each terminal counts in its own way.
    Unsure,
}

/// Texts of more than one character are numbered from here.
const CLUSTERS: u32 = 1 << 31;

impl Cell {
    /// An empty cell in the terminal's own colours.
    pub const BLANK: Cell = Cell::new(' ' as u32, 0, 1, Trust::Sure);
    /// What the terminal shows here is not known; equal to no cell of a frame.
    pub const UNKNOWN: Cell = Cell::new(u32::MAX, 0, 1, Trust::Sure);

    const fn new(glyph: u32, style: u16, width: u8, trust: Trust) -> Self {
        let trust = match trust {
            Trust::Sure => 0,
            Trust::Ambiguous => 1,
            Trust::Unsure => 2,
        };
        Cell((glyph as u64) << 32 | (style as u64) << 16 | (width as u64) << 8 | trust)
    }

    /// The right half of a wide character.
    const fn tail(style: u16) -> Self {
        Cell::new(0, style, 0, Trust::Sure)
    }

    fn glyph(self) -> u32 {
        (self.0 >> 32) as u32
    }

    pub fn style(self) -> u16 {
        (self.0 >> 16) as u16
    }

    /// 0 for the right half of a wide character.
    pub fn width(self) -> u16 {
        (self.0 >> 8 & 3) as u16
    }

    pub fn trust(self) -> Trust {
        match self.0 & 3 {
            0 => Trust::Sure,
            1 => Trust::Ambiguous,
            _ => Trust::Unsure,
        }
    }

    /// Of one byte, of which every terminal thinks the same.
    pub fn is_ascii(self) -> bool {
        self.glyph() < 0x7f
    }

    /// That byte; none for the right half of a wide character.
    pub fn ascii(self) -> Option<u8> {
        (self.is_ascii() && self.width() > 0).then_some(self.glyph() as u8)
    }

    /// A space, whatever its style.
    pub fn is_space(self) -> bool {
        self.glyph() == ' ' as u32
    }
}

/// A colour: 0 is the terminal's own, then the 256 numbered ones, then all others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Colour {
    #[default]
    Own,
    Numbered(u8),
    Rgb(u8, u8, u8),
}

/// How a cell looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Style {
    pub fg: Colour,
    pub bg: Colour,
    pub underline: Colour,
    pub attributes: Modifier,
}

/// Attributes that show on a space.
pub const SEEN_ON_SPACE: Modifier = Modifier::REVERSED.union(Modifier::UNDERLINED).union(Modifier::CROSSED_OUT);

impl Style {
    /// The part of it that a space shows.
    pub fn on_space(self) -> Style {
        if self.attributes.intersects(SEEN_ON_SPACE) { self } else { Style { bg: self.bg, ..Style::default() } }
    }

    /// Whether a space drawn with this looks as one drawn with `wanted`.
    pub fn suits_space(self, wanted: Style) -> bool {
        self.on_space() == wanted
    }
}

/// A screenful of cells.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    pub width: u16,
    pub height: u16,
    cells: Vec<Cell>,
}

impl Grid {
    pub fn filled(width: u16, height: u16, cell: Cell) -> Self {
        Self { width, height, cells: vec![cell; usize::from(width) * usize::from(height)] }
    }

    pub fn row(&self, y: u16) -> &[Cell] {
        let start = usize::from(y) * usize::from(self.width);
        &self.cells[start..start + usize::from(self.width)]
    }

    pub fn row_mut(&mut self, y: u16) -> &mut [Cell] {
        let start = usize::from(y) * usize::from(self.width);
        &mut self.cells[start..start + usize::from(self.width)]
    }

    pub fn copy_from(&mut self, other: &Grid) {
        self.width = other.width;
        self.height = other.height;
        self.cells.resize(other.cells.len(), Cell::BLANK);
        self.cells.copy_from_slice(&other.cells);
    }

    /// Takes what lies outside of `area` from another grid of the same size.
    pub fn keep_around(&mut self, area: Rect, other: &Grid) {
        for y in 0..self.height {
            let (from, to) = (usize::from(area.left().min(self.width)), usize::from(area.right().min(self.width)));
            let row = self.row_mut(y);
            if y < area.top() || y >= area.bottom() {
                row.copy_from_slice(other.row(y));
            } else {
                row[..from].copy_from_slice(&other.row(y)[..from]);
                row[to..].copy_from_slice(&other.row(y)[to..]);
            }
        }
    }

    /// Makes cells unknown, so that they are drawn again.
    pub fn forget(&mut self, is_forgotten: impl Fn(Cell) -> bool) {
        for cell in self.cells.iter_mut().filter(|cell| **cell != Cell::UNKNOWN && is_forgotten(**cell)) {
            *cell = Cell::UNKNOWN;
        }
    }

    /// Makes the cells of a row unknown from a column on, but for blank ones.
    pub fn forget_tail(&mut self, y: u16, from: usize) {
        self.row_mut(y)[from..].iter_mut().filter(|cell| **cell != Cell::BLANK).for_each(|cell| *cell = Cell::UNKNOWN);
    }

    pub fn is_same(&self, other: &Grid) -> bool {
        self.cells == other.cells
    }

    /// Moves the lines of columns `left..right` and rows `top..bottom` up by `by`, or down, as a
    /// terminal does: what comes in is blank, and characters cut in half are not known any more.
    pub fn scroll(&mut self, left: u16, right: u16, top: u16, bottom: u16, by: i16) {
        let width = usize::from(self.width);
        let (l, r) = (usize::from(left), usize::from(right));
        for y in top..bottom {
            let row = self.row_mut(y);
            for edge in [l, r] {
                if edge > 0 && edge < width && row[edge].width() == 0 {
                    row[edge - 1] = Cell::UNKNOWN;
                    row[edge] = Cell::UNKNOWN;
                }
            }
        }
        let by = isize::from(by);
        let (top, bottom) = (usize::from(top), usize::from(bottom));
        let rows: Box<dyn Iterator<Item = usize>> =
            if by > 0 { Box::new(top..bottom) } else { Box::new((top..bottom).rev()) };
        for y in rows {
            let to = y * width + l;
            match y.checked_add_signed(by).filter(|from| (top..bottom).contains(from)) {
                Some(from) => self.cells.copy_within(from * width + l..from * width + r, to),
                None => self.cells[to..to + r - l].fill(Cell::BLANK),
            }
        }
    }
}

/// The texts and styles that cells stand for.
#[derive(Clone, Debug)]
pub struct Store {
    depth: Depth,
    clusters: Vec<Box<str>>,
    cluster_ids: HashMap<Box<str>, u32>,
    styles: Vec<Style>,
    /// The style of a space, by that of a letter.
    on_space: Vec<u16>,
    style_ids: HashMap<Style, u16>,
    seen: HashMap<Look, u16>,
    /// The last of them, each in the place that its number gives it.
    recent: [(Look, u16); RECENT],
}

/// A screen has fewer styles than this, mostly.
const RECENT: usize = 32;

/// A style as a buffer has it, as a number.
type Look = u128;

fn look(cell: &ratatui::buffer::Cell) -> Look {
    let letters = u64::from(colour_number(cell.fg)) << 32 | u64::from(colour_number(cell.bg));
    let rest = u64::from(colour_number(cell.underline_color)) << 32 | u64::from(cell.modifier.bits());
    u128::from(letters) << 64 | u128::from(rest)
}

/// Colours that are drawn alike have the same number, others have not.
fn colour_number(colour: Color) -> u32 {
    match packed(colour) {
        Colour::Own => 0,
        Colour::Numbered(number) => 1 << 24 | u32::from(number),
        Colour::Rgb(r, g, b) => 2 << 24 | u32::from_be_bytes([0, r, g, b]),
    }
}

impl Store {
    pub fn new(depth: Depth) -> Self {
        let mut store = Self {
            depth,
            clusters: Vec::new(),
            cluster_ids: HashMap::new(),
            styles: Vec::new(),
            on_space: Vec::new(),
            style_ids: HashMap::new(),
            seen: HashMap::new(),
            // The default style, below.
            recent: [(0, 0); RECENT],
        };
        // The terminal's own style is number 0.
        store.number(Style::default());
        store
    }

    pub fn depth(&self) -> Depth {
        self.depth
    }

    /// So much is remembered that the numbers will run out: begin anew, with a whole frame.
    pub fn is_full(&self) -> bool {
        self.styles.len() > 60_000 || self.clusters.len() > 100_000
    }

    pub fn style(&self, cell: Cell) -> Style {
        self.numbered(cell.style())
    }

    pub fn numbered(&self, style: u16) -> Style {
        self.styles[usize::from(style)]
    }

    pub fn has_underline_colour(&self, cell: Cell) -> bool {
        self.style(cell).underline != Colour::Own
    }

    /// What a cell shows; empty for the right half of a wide character.
    pub fn text<'a>(&'a self, cell: Cell, scratch: &'a mut [u8; 4]) -> &'a str {
        let glyph = cell.glyph();
        if cell.width() == 0 {
            ""
        } else if glyph >= CLUSTERS {
            self.clusters.get((glyph - CLUSTERS) as usize).map_or(" ", |text| text)
        } else {
            char::from_u32(glyph).unwrap_or(' ').encode_utf8(scratch)
        }
    }

    /// Reads a buffer. What lies outside of it is blank.
    pub fn read(&mut self, buffer: &Buffer, grid: &mut Grid) {
        let width = usize::from(grid.width.min(buffer.area.width));
        let stride = usize::from(buffer.area.width);
        for y in 0..grid.height {
            let row = grid.row_mut(y);
            if y >= buffer.area.height {
                row.fill(Cell::BLANK);
                continue;
            }
            let from = usize::from(y) * stride;
            let cells = &buffer.content[from..from + width];
            let mut x = 0;
            while x < width {
                let (style, symbol) = (self.style_of(&cells[x]), cells[x].symbol());
                // One character takes what it is given.
                if symbol.len() <= 4 {
                    let cell = self.cell(symbol, style, 2);
                    x = self.put(cell, x, row);
                    continue;
                }
                let (wants, given) = (grapheme_cells(symbol), usize::from(symbol.cell_width()));
                // A widget may have given it fewer than terminals do, and written on behind it.
                let behind = cells.get(x + given..).unwrap_or_default().iter();
                let room =
                    given + behind.take(wants - given.min(wants)).take_while(|cell| cell.symbol() == " ").count();
                if wants > 2 && wants <= room {
                    for (part, cells) in parts(symbol) {
                        let cell = self.cell(part, style, cells);
                        x = self.put(cell, x, row);
                    }
                } else {
                    let cell = self.cell(symbol, style, room);
                    x = self.put(cell, x, row);
                }
            }
            let read = x.min(row.len());
            row[read..].fill(Cell::BLANK);
        }
    }

    /// Puts a cell into a row; answers the column after it.
    fn put(&self, cell: Cell, x: usize, row: &mut [Cell]) -> usize {
        let end = x + usize::from(cell.width());
        if let Some(half) = row.get_mut(x) {
            *half = cell;
        }
        match row.get_mut(x + 1) {
            _ if cell.width() < 2 => {}
            Some(half) => *half = Cell::tail(cell.style()),
            // No room for its other half.
            None => {
                if let Some(half) = row.get_mut(x) {
                    *half = Cell::new(' ' as u32, self.on_space[usize::from(cell.style())], 1, Trust::Sure);
                }
            }
        }
        end
    }

    /// A grapheme in one cell or two, one where there is room for no more.
    fn cell(&mut self, symbol: &str, style: u16, room: usize) -> Cell {
        let space = |store: &Self| Cell::new(' ' as u32, store.on_space[usize::from(style)], 1, Trust::Sure);
        match symbol.as_bytes() {
            [b' '] | [] => space(self),
            [byte @ 0x21..=0x7e] => Cell::new(u32::from(*byte), style, 1, Trust::Sure),
            _ => {
                let mut chars = symbol.chars();
                let first = chars.next().unwrap_or(' ');
                if chars.next().is_some() {
                    return self.cluster(symbol, style, room);
                }
                match first.width() {
                    // A control, which must not reach the terminal.
                    None => Cell::new('\u{fffd}' as u32, style, 1, Trust::Ambiguous),
                    // Nothing for it to stand on.
                    Some(0) => space(self),
                    Some(width) => Cell::new(first as u32, style, if width > 1 { 2 } else { 1 }, trust(first)),
                }
            }
        }
    }

    /// A character with marks, or several that are drawn as one.
    fn cluster(&mut self, symbol: &str, style: u16, room: usize) -> Cell {
        let width = match grapheme_cells(symbol) {
            _ if symbol.contains(char::is_control) => 0,
            cells => cells.min(room),
        };
        if width == 0 {
            return Cell::new('\u{fffd}' as u32, style, 1, Trust::Ambiguous);
        }
        let id = match self.cluster_ids.get(symbol) {
            Some(id) => *id,
            None => {
                let id = CLUSTERS + u32::try_from(self.clusters.len()).unwrap_or(0);
                self.clusters.push(symbol.into());
                self.cluster_ids.insert(symbol.into(), id);
                id
            }
        };
        let mut chars = symbol.chars();
        let base = chars.next().map_or(Trust::Unsure, trust);
        // Accents are put on letters everywhere; of the rest each terminal thinks its own.
        let trust = if chars.all(|c| ('\u{300}'..='\u{36f}').contains(&c)) { base } else { Trust::Unsure };
        Cell::new(id, style, if width > 1 { 2 } else { 1 }, trust)
    }

    /// The number of a cell's style.
    fn style_of(&mut self, cell: &ratatui::buffer::Cell) -> u16 {
        let look = look(cell);
        let mixed = (look as u64 ^ (look >> 64) as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let place = (mixed >> 32) as usize % RECENT;
        if self.recent[place].0 != look {
            self.recent[place] = (look, self.number_of(look, cell));
        }
        self.recent[place].1
    }

    fn number_of(&mut self, look: Look, cell: &ratatui::buffer::Cell) -> u16 {
        if let Some(id) = self.seen.get(&look) {
            return *id;
        }
        let [fg, bg, underline] =
            [cell.fg, cell.bg, cell.underline_color].map(|colour| packed(self.depth.nearest(colour)));
        // Without a line its colour is not seen.
        let underline = if cell.modifier.contains(Modifier::UNDERLINED) { underline } else { Colour::Own };
        let id = self.number(Style { fg, bg, underline, attributes: cell.modifier });
        self.seen.insert(look, id);
        id
    }

    fn number(&mut self, style: Style) -> u16 {
        if let Some(id) = self.style_ids.get(&style) {
            return *id;
        }
        let Ok(id) = u16::try_from(self.styles.len()) else { return 0 };
        self.styles.push(style);
        self.style_ids.insert(style, id);
        self.on_space.push(id);
        let on_space = style.on_space();
        if on_space != style {
            let blank = self.number(on_space);
            self.on_space[usize::from(id)] = blank;
        }
        id
    }
}

/// How sure the width of a character is.
fn trust(c: char) -> Trust {
    match c as u32 {
        // Kana, ideographs, Hangul and full-width forms were two cells wide before there was emoji.
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff01..=0xff60
        | 0xffe0..=0xffe6
        | 0x20000..=0x3fffd => Trust::Sure,
        _ => match (c.width(), c.width_cjk()) {
            (Some(1), Some(1)) => Trust::Sure,
            (Some(1), _) => Trust::Ambiguous,
            _ => Trust::Unsure,
        },
    }
}

fn packed(colour: Color) -> Colour {
    match colour {
        Color::Reset => Colour::Own,
        Color::Black => Colour::Numbered(0),
        Color::Red => Colour::Numbered(1),
        Color::Green => Colour::Numbered(2),
        Color::Yellow => Colour::Numbered(3),
        Color::Blue => Colour::Numbered(4),
        Color::Magenta => Colour::Numbered(5),
        Color::Cyan => Colour::Numbered(6),
        Color::Gray => Colour::Numbered(7),
        Color::DarkGray => Colour::Numbered(8),
        Color::LightRed => Colour::Numbered(9),
        Color::LightGreen => Colour::Numbered(10),
        Color::LightYellow => Colour::Numbered(11),
        Color::LightBlue => Colour::Numbered(12),
        Color::LightMagenta => Colour::Numbered(13),
        Color::LightCyan => Colour::Numbered(14),
        Color::White => Colour::Numbered(15),
        Color::Indexed(number) => Colour::Numbered(number),
        Color::Rgb(r, g, b) => Colour::Rgb(r, g, b),
    }
}
