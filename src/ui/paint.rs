//! Writes safe text into cells, clipped to its area.

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Style};
use unicode_normalization::UnicodeNormalization;

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
        // What every font with lines has.
        let is_common = matches!(sign, "│" | "─" | "┌" | "┐" | "└" | "┘" | "·" | "¶");
        if self.glyphs.unicode && (self.glyphs.signs || is_common) {
            return sign;
        }
        match PLAIN.iter().find(|(fancy, _)| *fancy == sign) {
            Some((_, plain)) => plain,
            None if sign.is_ascii() => sign,
            None => "*",
        }
    }

    /// Writes text from a cell on, at most `room` cells, styled so whatever stood there; answers the cells it took.
    pub fn text(&mut self, x: u16, y: u16, room: u16, text: &str, style: Style) -> u16 {
        let area = self.buffer.area;
        if y >= area.bottom() || x >= area.right() || room == 0 {
            return 0;
        }
        let safe = safe::shown(text);
        let style = Style::reset().patch(style);
        let first = self.buffer.index_of(x, y);
        let row = &mut self.buffer.content[first..first + usize::from(room.min(area.right() - x))];
        if width::is_printable_ascii(&safe) {
            let cells = row.iter_mut().zip(0..safe.len());
            return cells.map(|(cell, at)| cell.set_symbol(&safe[at..=at]).set_style(style)).count() as u16;
        }
        let mut at = 0;
        for cluster in width::clusters(&safe).filter(|cluster| cluster.cells > 0) {
            let Some(cells) = row.get_mut(at..at + cluster.cells) else { break };
            at += cluster.cells;
            if self.glyphs.unicode {
                cells[0].set_symbol(cluster.text).set_style(style);
                // The cells it covers.
                cells[1..].iter_mut().for_each(ratatui::buffer::Cell::reset);
            } else {
                let plain = to_ascii(cluster.text);
                cells.iter_mut().for_each(|cell| {
                    cell.set_char(plain).set_style(style);
                });
            }
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

    /// Lays the selection over cells. A ground that some have already, turned over, would look like none.
    pub fn select(&mut self, x: u16, y: u16, cells: u16) {
        let area = ratatui::layout::Rect::new(x, y, cells, 1).intersection(self.buffer.area);
        for at in area.positions() {
            let cell = &mut self.buffer[at];
            if cell.bg != Color::Reset {
                cell.bg = Color::Reset;
                cell.fg = self.theme.text.fg.unwrap_or(Color::Reset);
            }
            cell.set_style(self.theme.selection);
        }
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

/// What stands for a character where there is only ASCII, in each of its cells: the text was laid out in
/// cells before, and nothing may move or be cut off.
fn to_ascii(cluster: &str) -> char {
    const TYPED: [(&str, char); 12] = [
        ("\u{2018}\u{2019}\u{201a}\u{2039}\u{203a}", '\''),
        ("\u{201c}\u{201d}\u{201e}«»", '"'),
        ("\u{2010}\u{2011}\u{2012}\u{2013}\u{2014}\u{2015}\u{2212}", '-'),
        ("…", '.'),
        ("\u{a0}\u{2002}\u{2003}\u{2009}\u{202f}\u{3000}", ' '),
        ("•◦‣", '*'),
        ("ß", 's'),
        ("æ", 'a'),
        ("øœ", 'o'),
        ("ł", 'l'),
        ("đð", 'd'),
        ("ı", 'i'),
    ];
    let Some(first) = cluster.chars().next() else { return ' ' };
    let typed = |c: char| TYPED.iter().find(|(fancy, _)| fancy.contains(c)).map(|(_, plain)| *plain);
    let small = || typed(first.to_lowercase().next()?).map(|plain| plain.to_ascii_uppercase());
    let sign = || PLAIN.iter().find(|(fancy, _)| fancy.chars().eq([first]))?.1.chars().next();
    // `é` as `e`.
    let letter = || first.nfkd().find(char::is_ascii);
    typed(first).or_else(small).or_else(sign).or_else(letter).unwrap_or('?')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The row that `text` is drawn as.
    fn drawn(text: &str, unicode: bool) -> (u16, String) {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 40, 1));
        let theme = Theme::new(&crate::config::settings::Theme::default(), true);
        let cells =
            Painter::new(&mut buffer, &theme, Glyphs { unicode, signs: true }).text(0, 0, 40, text, Style::new());
        (cells, buffer.content.iter().map(ratatui::buffer::Cell::symbol).collect())
    }

    #[test]
    fn what_is_not_ascii_has_a_likeness_of_the_same_width() {
        let cases = [
            ("An em—dash “so”… he’d", "An em-dash \"so\". he'd"),
            ("Café Ørsted, Łódź, straße", "Cafe Orsted, Lodz, strase"),
            ("日本 AIIB", "???? AIIB"),
            ("e\u{301}a \u{1f469}\u{200d}\u{1f467} b", "ea ?? b"),
            ("▸ ● ¶ 3", "> * p 3"),
        ];
        for (text, plain) in cases {
            assert_eq!(drawn(text, false).1.trim_end(), plain);
        }
    }

    proptest! {
        #[test]
        fn without_utf8_all_stands_in_the_cells_where_it_would_stand_with_it(text in "\\PC{0,30}") {
            let (fancy, plain) = (drawn(&text, true), drawn(&text, false));
            prop_assert_eq!(fancy.0, plain.0);
            prop_assert!(plain.1.is_ascii() && plain.1.len() == 40);
        }
    }
}
