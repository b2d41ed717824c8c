//! Writes safe text into cells, clipped to its area.

use ratatui::buffer::Buffer;
use ratatui::style::Style;

use crate::app::Area;
use crate::app::sheets::Span;
use crate::text::{Safe, safe, width};
use crate::topics::Dictionary;

use super::Glyphs;
use super::theme::Theme;

pub struct Painter<'a> {
    buffer: &'a mut Buffer,
    pub theme: &'a Theme,
    glyphs: Glyphs,
}

/// Characters beyond ASCII and what stands for them where there is only ASCII.
const PLAIN: [(&str, &str); 22] = [
    ("│", "|"),
    ("─", "-"),
    ("┌", "+"),
    ("┐", "+"),
    ("└", "+"),
    ("┘", "+"),
    ("▸", ">"),
    ("▾", "v"),
    ("●", "*"),
    ("◉", "@"),
    ("○", "o"),
    ("▌", "|"),
    ("┃", "|"),
    ("✎", "n"),
    ("…", "..."),
    ("·", "-"),
    ("–", "-"),
    ("¶", "p."),
    ("█", "#"),
    ("▲", "^"),
    ("■", "#"),
    ("◆", "+"),
];

impl<'a> Painter<'a> {
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme, glyphs: Glyphs) -> Self {
        Self { buffer, theme, glyphs }
    }

    /// A sign of the interface, in what the terminal can show.
    pub fn sign(&self, sign: &'static str) -> &'static str {
        if self.glyphs.unicode {
            return sign;
        }
        match PLAIN.iter().find(|(fancy, _)| *fancy == sign) {
            Some((_, plain)) => plain,
            None if sign.is_ascii() => sign,
            None => "*",
        }
    }

    /// Writes text from a cell on, at most `room` cells; answers the cells it took.
    pub fn text(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() || room == 0 {
            return 0;
        }
        let safe = safe::shown(text);
        let shown = if self.glyphs.unicode { safe } else { to_ascii(&safe).into() };
        let first = self.buffer.index_of(x, y);
        let row = &mut self.buffer.content[first..first + usize::from(room.min(area.right() - x))];
        if width::is_printable_ascii(&shown) {
            let cells = row.iter_mut().zip(0..shown.len());
            return cells.map(|(cell, at)| cell.set_symbol(&shown[at..=at]).set_style(style)).count() as u16;
        }
        let mut at = 0;
        for cluster in width::clusters(&shown).filter(|cluster| cluster.cells > 0) {
            let Some(cells) = row.get_mut(at..at + cluster.cells) else { break };
            cells[0].set_symbol(cluster.text).set_style(style);
            // The cells it covers.
            cells[1..].iter_mut().for_each(ratatui::buffer::Cell::reset);
            at += cluster.cells;
        }
        at as u16
    }

    /// Writes spans from left to right; answers the cells they took.
    pub fn spans(&mut self, x: u16, y: u16, room: u16, spans: &[Span], dictionary: Option<&Dictionary>) -> u16 {
        let mut used = 0;
        for span in spans {
            let style = self.theme.role(span.role, dictionary);
            used += self.text(x + used, y, room.saturating_sub(used), &span.text, style);
        }
        used
    }

    /// Writes text that ends at column `end` (exclusive).
    pub fn right(&mut self, end: u16, y: u16, text: &str, style: Style) {
        let cells = width::cells(text) as u16;
        if let Some(x) = end.checked_sub(cells) {
            self.text(x, y, cells, text, style);
        }
    }

    /// `text` cut at a word to `room` cells.
    pub fn shorten(&self, text: &str, room: u16) -> String {
        width::shorten(text, usize::from(room), self.sign("…"))
    }

    /// Lays a style over cells that are there.
    pub fn restyle(&mut self, x: u16, y: u16, cells: u16, style: Style) {
        let area = ratatui::layout::Rect::new(x, y, cells, 1).intersection(self.buffer.area);
        self.buffer.set_style(area, style);
    }

    pub fn clear(&mut self, area: Area) {
        let area = ratatui::layout::Rect::new(area.x, area.y, area.width, area.height).intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                self.buffer[(x, y)].reset();
            }
        }
    }

    /// For widgets that draw themselves; [`Painter::make_safe`] is to follow.
    pub fn buffer(&mut self) -> &mut Buffer {
        self.buffer
    }

    /// Makes safe what another hand has drawn, cell by cell, and shows no cursor of its own.
    pub fn make_safe(&mut self, area: Area) {
        let area = ratatui::layout::Rect::new(area.x, area.y, area.width, area.height).intersection(self.buffer.area);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                let cell = &mut self.buffer[(x, y)];
                let safe = Safe::new(cell.symbol());
                if safe.as_str() != cell.symbol() {
                    cell.set_symbol(safe.as_str());
                }
                cell.modifier.remove(ratatui::style::Modifier::REVERSED);
            }
        }
    }

    /// The rule between two panes.
    pub fn rule(&mut self, x: u16, rows: u16) {
        let (sign, style) = (self.sign("│"), self.theme.rule);
        for y in 0..rows {
            self.text(x, y, 1, sign, style);
        }
    }
}

/// The same with ASCII only: quotes and dashes as they are typed, anything else as a question mark.
fn to_ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c.is_ascii() => out.push(c),
            '\u{2018}' | '\u{2019}' => out.push('\''),
            '\u{201c}' | '\u{201d}' => out.push('"'),
            '\u{2010}'..='\u{2013}' | '\u{2212}' => out.push('-'),
            '\u{2014}' => out.push_str("--"),
            '\u{2026}' => out.push_str("..."),
            '\u{a0}' => out.push(' '),
            c => match PLAIN.iter().find(|(fancy, _)| fancy.chars().eq([c])) {
                Some((_, plain)) => out.push_str(plain),
                None => plain_letter(c, &mut out),
            },
        }
    }
    out
}

/// `é` as `e`; what has no letter below its marks as `?`.
fn plain_letter(c: char, out: &mut String) {
    use unicode_normalization::UnicodeNormalization;
    match c.nfkd().find(char::is_ascii) {
        Some(base) => out.push(base),
        None => out.push('?'),
    }
}
