//! A frame as text: its rows, then the same rows in style letters with a legend. For golden screens
//! and bug reports, legible in a diff.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use crate::app::Model;
use crate::text::width::grapheme_cells;

use super::Glyphs;
use super::theme::Theme;

/// A frame as text.
pub struct Picture {
    /// Its rows, blanks at their ends left out.
    pub text: String,
    /// A letter for each cell's style (`.` for none), and what the letters mean.
    pub styles: String,
}

/// The frame that a model shows in a terminal of its size, with colours and UTF-8.
pub fn of(model: &Model) -> Picture {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.columns, model.size.rows));
    let theme = Theme::new(&model.settings.theme, true);
    super::view(model, &theme, Glyphs::ALL, &mut buffer);
    Picture { text: text(&buffer), styles: styles(&buffer) }
}

fn text(buffer: &Buffer) -> String {
    rows(buffer, ' ', |cell, _| cell.symbol().to_owned())
}

fn styles(buffer: &Buffer) -> String {
    let mut legend: Vec<String> = Vec::new();
    let rows = rows(buffer, '.', |cell, cells| {
        let style = describe(cell);
        let letter = match legend.iter().position(|known| *known == style) {
            _ if style.is_empty() => '.',
            Some(at) => letter(at),
            None => {
                legend.push(style);
                letter(legend.len() - 1)
            }
        };
        letter.to_string().repeat(cells)
    });
    let lines: String = legend.iter().enumerate().map(|(at, style)| format!("{} = {style}\n", letter(at))).collect();
    format!("{rows}---\n{lines}")
}

fn letter(at: usize) -> char {
    const LETTERS: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    LETTERS.get(at).map_or('?', |letter| *letter as char)
}

/// The rows of what `show` makes of the cells, `blank` left out at their ends.
fn rows(buffer: &Buffer, blank: char, mut show: impl FnMut(&Cell, usize) -> String) -> String {
    let area = buffer.area;
    let mut out = String::new();
    for y in area.top()..area.bottom() {
        let mut row = String::new();
        let mut x = area.left();
        while x < area.right() {
            let cell = &buffer[(x, y)];
            let cells = grapheme_cells(cell.symbol()).max(1);
            row.push_str(&show(cell, cells));
            x += cells as u16;
        }
        out.push_str(row.trim_end_matches(blank));
        out.push('\n');
    }
    out
}

/// `yellow, on black, bold`; empty for the terminal's own.
fn describe(cell: &Cell) -> String {
    let mut parts = Vec::new();
    if cell.fg != Color::Reset {
        parts.push(cell.fg.to_string().to_lowercase());
    }
    if cell.bg != Color::Reset {
        parts.push(format!("on {}", cell.bg.to_string().to_lowercase()));
    }
    const NAMES: [(Modifier, &str); 6] = [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::UNDERLINED, "underlined"),
        (Modifier::REVERSED, "reversed"),
        (Modifier::CROSSED_OUT, "crossed out"),
    ];
    for (modifier, name) in NAMES {
        if cell.modifier.contains(modifier) {
            parts.push(name.to_owned());
        }
    }
    if cell.underline_color != Color::Reset {
        parts.push(format!("underlined in {}", cell.underline_color.to_string().to_lowercase()));
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn only_what_is_blank_is_left_out_at_the_end_of_a_row() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 8, 2));
        buffer.set_string(0, 0, "The end.", Style::new());
        buffer.set_string(0, 1, "a .", Style::new().fg(Color::Red));
        assert_eq!(text(&buffer), "The end.\na .\n");
        assert_eq!(styles(&buffer), "\naaa\n---\na = red\n");
    }
}
