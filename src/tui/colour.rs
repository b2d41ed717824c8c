//! How many colours the terminal has, and any colour mapped to the nearest of them.
//!
//! *Invariant:* attributes (bold, reverse, underline) are never touched here, so that a selection can
//! be seen where there are no colours.

use ratatui::style::Color;

/// Colours a terminal can show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None, or none wanted: `NO_COLOR`.
    None,
    /// The 16 named ones.
    #[default]
    Ansi,
    /// 256 by number.
    Indexed,
    /// Any.
    True,
}

/// What `--color` asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wish {
    #[default]
    Auto,
    Always,
    Never,
}

impl Depth {
    /// The depth that the flag, then `NO_COLOR`, `CLICOLOR_FORCE`, `CLICOLOR`, `COLORTERM` and `TERM` tell.
    pub fn of(wish: Wish, get: &dyn Fn(&str) -> Option<String>) -> Depth {
        let value = |name: &str| get(name).filter(|value| !value.is_empty());
        let forced = wish == Wish::Always || (value("NO_COLOR").is_none() && value("CLICOLOR_FORCE").is_some());
        let refused = match wish {
            Wish::Never => true,
            Wish::Always => false,
            Wish::Auto => value("NO_COLOR").is_some() || (!forced && get("CLICOLOR").as_deref() == Some("0")),
        };
        if refused {
            return Depth::None;
        }
        let seen = Self::of_terminal(&value("TERM").unwrap_or_default(), value("COLORTERM").as_deref());
        if forced { seen.max(Depth::Ansi) } else { seen }
    }

    fn of_terminal(term: &str, colorterm: Option<&str>) -> Depth {
        if matches!(colorterm, Some("truecolor" | "24bit")) || term.ends_with("-direct") {
            return Depth::True;
        }
        // Terminals whose own name stands for 256 colours; COLORTERM is often lost over ssh.
        const NAMES: [&str; 6] = ["alacritty", "foot", "ghostty", "kitty", "wezterm", "contour"];
        if term.contains("256color") || NAMES.iter().any(|name| term.contains(name)) {
            return Depth::Indexed;
        }
        if term.starts_with("vt1") || term.starts_with("vt2") || term.starts_with("vt3") || term.ends_with("-m") {
            return Depth::None;
        }
        Depth::Ansi
    }

    /// The nearest colour of this depth.
    pub fn nearest(self, colour: Color) -> Color {
        match (self, colour) {
            (_, Color::Reset) | (Depth::True, _) => colour,
            (Depth::None, _) => Color::Reset,
            (Depth::Indexed, Color::Rgb(r, g, b)) => Color::Indexed(nearest_indexed([r, g, b])),
            (Depth::Ansi, Color::Rgb(r, g, b)) => Color::Indexed(nearest_ansi([r, g, b])),
            (Depth::Ansi, Color::Indexed(index @ 16..)) => Color::Indexed(nearest_ansi(rgb_of(index))),
            _ => colour,
        }
    }
}

/// The 16 colours as most terminals show them by default; only their likeness is asked for.
const ANSI: [[u8; 3]; 16] = [
    [0, 0, 0],
    [205, 0, 0],
    [0, 205, 0],
    [205, 205, 0],
    [0, 0, 238],
    [205, 0, 205],
    [0, 205, 205],
    [229, 229, 229],
    [127, 127, 127],
    [255, 0, 0],
    [0, 255, 0],
    [255, 255, 0],
    [92, 92, 255],
    [255, 0, 255],
    [0, 255, 255],
    [255, 255, 255],
];

/// Levels of each part in the cube of 6 × 6 × 6 colours.
const LEVELS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// What a numbered colour looks like.
pub fn rgb_of(index: u8) -> [u8; 3] {
    match index {
        0..=15 => ANSI[usize::from(index)],
        16..=231 => {
            let n = usize::from(index - 16);
            [LEVELS[n / 36], LEVELS[n / 6 % 6], LEVELS[n % 6]]
        }
        232.. => [8 + 10 * (index - 232); 3],
    }
}

fn nearest_indexed(rgb: [u8; 3]) -> u8 {
    // The first 16 differ from terminal to terminal; the cube and the greys do not.
    closest(16..=255, rgb)
}

fn nearest_ansi(rgb: [u8; 3]) -> u8 {
    closest(0..=15, rgb)
}

fn closest(indices: std::ops::RangeInclusive<u8>, rgb: [u8; 3]) -> u8 {
    indices.min_by_key(|index| distance(rgb_of(*index), rgb)).unwrap_or(7)
}

/// How unlike two colours are, by the usual cheap weighting of the eye's sensitivity to red.
fn distance(one: [u8; 3], other: [u8; 3]) -> i32 {
    let [r, g, b] = [0, 1, 2].map(|i| i32::from(one[i]) - i32::from(other[i]));
    let red = i32::midpoint(one[0].into(), other[0].into());
    (((512 + red) * r * r) >> 8) + 4 * g * g + (((767 - red) * b * b) >> 8)
}

/// Whether a background as the terminal tells it is light, by its luma.
pub fn is_light(rgb: [u8; 3]) -> bool {
    let [r, g, b] = rgb.map(u32::from);
    299 * r + 587 * g + 114 * b > 127_500
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(wish: Wish, env: &[(&str, &str)]) -> Depth {
        Depth::of(wish, &|name| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn truecolour_only_where_colorterm_says_so() {
        assert_eq!(depth(Wish::Auto, &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]), Depth::True);
        assert_eq!(depth(Wish::Auto, &[("TERM", "xterm-256color")]), Depth::Indexed);
        assert_eq!(depth(Wish::Auto, &[("TERM", "xterm-kitty")]), Depth::Indexed);
        assert_eq!(depth(Wish::Auto, &[("TERM", "xterm")]), Depth::Ansi);
        assert_eq!(depth(Wish::Auto, &[("TERM", "linux")]), Depth::Ansi);
        assert_eq!(depth(Wish::Auto, &[("TERM", "vt220")]), Depth::None);
    }

    #[test]
    fn the_flag_comes_first_then_no_color_then_clicolor() {
        let term = ("TERM", "xterm-256color");
        assert_eq!(depth(Wish::Auto, &[term, ("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]), Depth::None);
        assert_eq!(depth(Wish::Auto, &[term, ("NO_COLOR", "")]), Depth::Indexed, "empty is not set");
        assert_eq!(depth(Wish::Always, &[term, ("NO_COLOR", "1")]), Depth::Indexed);
        assert_eq!(depth(Wish::Never, &[term]), Depth::None);
        assert_eq!(depth(Wish::Auto, &[term, ("CLICOLOR", "0")]), Depth::None);
        assert_eq!(depth(Wish::Auto, &[term, ("CLICOLOR", "0"), ("CLICOLOR_FORCE", "1")]), Depth::Indexed);
        assert_eq!(depth(Wish::Always, &[("TERM", "vt100")]), Depth::Ansi);
    }

    #[test]
    fn colours_come_down_to_the_nearest() {
        assert_eq!(Depth::Indexed.nearest(Color::Rgb(255, 0, 0)), Color::Indexed(196));
        assert_eq!(Depth::Indexed.nearest(Color::Rgb(128, 128, 128)), Color::Indexed(244));
        assert_eq!(Depth::Ansi.nearest(Color::Rgb(250, 10, 10)), Color::Indexed(9));
        assert_eq!(Depth::Ansi.nearest(Color::Indexed(21)), Color::Indexed(4));
        assert_eq!(Depth::Ansi.nearest(Color::Cyan), Color::Cyan);
        assert_eq!(Depth::None.nearest(Color::Cyan), Color::Reset);
        assert_eq!(Depth::None.nearest(Color::Reset), Color::Reset);
        assert_eq!(Depth::True.nearest(Color::Rgb(1, 2, 3)), Color::Rgb(1, 2, 3));
        for index in 16..=255 {
            let [r, g, b] = rgb_of(index);
            let Color::Indexed(near) = Depth::Indexed.nearest(Color::Rgb(r, g, b)) else { panic!() };
            assert_eq!(rgb_of(near), rgb_of(index), "a colour of the table is its own nearest");
        }
    }

    #[test]
    fn light_and_dark_grounds_are_told_apart() {
        assert!(is_light([255, 255, 255]) && is_light([253, 246, 227]));
        assert!(!is_light([0, 0, 0]) && !is_light([0, 43, 54]) && !is_light([16, 16, 16]));
    }
}
