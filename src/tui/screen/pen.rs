//! Styles as SGR sequences: the shortest way from one to another.

use ratatui::style::Modifier;

use super::cells::{Colour, Style};

/// An attribute, the number that switches it on, and the one that switches it off (with others).
const ATTRIBUTES: [(Modifier, u8, u8); 9] = [
    (Modifier::BOLD, 1, 22),
    (Modifier::DIM, 2, 22),
    (Modifier::ITALIC, 3, 23),
    (Modifier::UNDERLINED, 4, 24),
    (Modifier::SLOW_BLINK, 5, 25),
    (Modifier::RAPID_BLINK, 6, 25),
    (Modifier::REVERSED, 7, 27),
    (Modifier::HIDDEN, 8, 28),
    (Modifier::CROSSED_OUT, 9, 29),
];

/// Where sequences go: to the terminal, or to be counted.
trait Out {
    fn text(&mut self, text: &[u8]);
    /// A number and `;`.
    fn number(&mut self, n: u16);
    /// The last `;` becomes the end of the sequence.
    fn close(&mut self);
}

impl Out for Vec<u8> {
    fn text(&mut self, text: &[u8]) {
        self.extend_from_slice(text);
    }

    fn number(&mut self, n: u16) {
        super::moves::decimal(n, self);
        self.push(b';');
    }

    fn close(&mut self) {
        if self.last() == Some(&b';') {
            self.pop();
        }
        self.push(b'm');
    }
}

/// Bytes without the bytes.
#[derive(Default)]
struct Count {
    bytes: usize,
    is_open: bool,
}

impl Out for Count {
    fn text(&mut self, text: &[u8]) {
        self.bytes += text.len();
        self.is_open = text.last() == Some(&b';');
    }

    fn number(&mut self, n: u16) {
        self.bytes += super::moves::digits(n) + 1;
        self.is_open = true;
    }

    fn close(&mut self) {
        self.bytes += usize::from(!self.is_open);
    }
}

/// Adds the shortest sequence from one style to another. `from` is `None` when it is not known.
pub fn change(from: Option<Style>, to: Style, out: &mut Vec<u8>) {
    match from {
        Some(from) if from == to => {}
        Some(from) if counted(|out| partly(from, to, out)) < counted(|out| afresh(to, out)) => partly(from, to, out),
        _ => afresh(to, out),
    }
}

/// Bytes that [`change`] would add.
pub fn cost(from: Option<Style>, to: Style) -> usize {
    match from {
        Some(from) if from == to => 0,
        Some(from) => counted(|out| partly(from, to, out)).min(counted(|out| afresh(to, out))),
        None => counted(|out| afresh(to, out)),
    }
}

fn counted(write: impl Fn(&mut Count)) -> usize {
    let mut count = Count::default();
    write(&mut count);
    count.bytes
}

/// From nothing: an empty number is 0, and a 0 on its own may be left out.
fn afresh(to: Style, out: &mut impl Out) {
    out.text(b"\x1b[");
    if to != Style::default() {
        out.text(b";");
        switch_on(Style::default(), to, out);
    }
    out.close();
}

/// Of the style there is what can stay.
fn partly(from: Style, to: Style, out: &mut impl Out) {
    out.text(b"\x1b[");
    let kept = switch_off(from, to, out);
    switch_on(kept, to, out);
    out.close();
}

/// Adds the numbers for what `from` has and `to` has not, and answers what is left.
fn switch_off(from: Style, to: Style, out: &mut impl Out) -> Style {
    let mut kept = from;
    for (attribute, _, off) in ATTRIBUTES {
        if kept.attributes.contains(attribute) && !to.attributes.contains(attribute) {
            out.number(u16::from(off));
            for (other, _, same) in ATTRIBUTES {
                if same == off {
                    kept.attributes.remove(other);
                }
            }
        }
    }
    for (colour, wanted, off) in
        [(&mut kept.fg, to.fg, 39), (&mut kept.bg, to.bg, 49), (&mut kept.underline, to.underline, 59)]
    {
        if wanted == Colour::Own && *colour != Colour::Own {
            out.number(off);
            *colour = Colour::Own;
        }
    }
    kept
}

/// Adds the numbers for what `to` has and `from` has not.
fn switch_on(from: Style, to: Style, out: &mut impl Out) {
    for (attribute, on, _) in ATTRIBUTES {
        if to.attributes.contains(attribute) && !from.attributes.contains(attribute) {
            out.number(u16::from(on));
        }
    }
    if to.fg != from.fg {
        colour(to.fg, 30, out);
    }
    if to.bg != from.bg {
        colour(to.bg, 40, out);
    }
    if to.underline != from.underline {
        underline(to.underline, out);
    }
}

/// A colour of letters (`base` 30) or of the ground (40).
fn colour(colour: Colour, base: u16, out: &mut impl Out) {
    match colour {
        Colour::Own => out.number(base + 9),
        Colour::Numbered(n @ 0..=7) => out.number(base + u16::from(n)),
        Colour::Numbered(n @ 8..=15) => out.number(base + 52 + u16::from(n)),
        Colour::Numbered(n) => [base + 8, 5, n.into()].into_iter().for_each(|n| out.number(n)),
        Colour::Rgb(r, g, b) => {
            [base + 8, 2, r.into(), g.into(), b.into()].into_iter().for_each(|n| out.number(n));
        }
    }
}

/// With colons: who does not know 58 skips it whole, where `58;5;n` would be read as blinking.
fn underline(colour: Colour, out: &mut impl Out) {
    match colour {
        Colour::Own => out.number(59),
        Colour::Numbered(n) => {
            out.text(b"58:5:");
            out.number(n.into());
        }
        Colour::Rgb(r, g, b) => {
            out.text(b"58:2::");
            out.text(format!("{r}:{g}:").as_bytes());
            out.number(b.into());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(from: Style, to: Style) -> String {
        let mut out = Vec::new();
        change(Some(from), to, &mut out);
        assert_eq!(out.len(), cost(Some(from), to));
        String::from_utf8(out).unwrap().replace('\u{1b}', "")
    }

    fn style(fg: Colour, attributes: Modifier) -> Style {
        Style { fg, attributes, ..Style::default() }
    }

    #[test]
    fn the_shorter_of_two_ways_is_taken() {
        let plain = Style::default();
        let cyan = style(Colour::Numbered(6), Modifier::empty());
        let bold = style(Colour::Own, Modifier::BOLD);
        let bold_cyan = style(Colour::Numbered(6), Modifier::BOLD);
        assert_eq!(changed(plain, plain), "");
        assert_eq!(changed(plain, cyan), "[36m");
        assert_eq!(changed(cyan, plain), "[m");
        assert_eq!(changed(cyan, bold_cyan), "[1m");
        assert_eq!(changed(bold_cyan, cyan), "[22m");
        assert_eq!(changed(bold, cyan), "[;36m");
        assert_eq!(changed(bold, style(Colour::Own, Modifier::DIM)), "[;2m");
        assert_eq!(changed(plain, style(Colour::Numbered(12), Modifier::empty())), "[94m");
        assert_eq!(changed(plain, style(Colour::Numbered(200), Modifier::empty())), "[38;5;200m");
        assert_eq!(changed(plain, style(Colour::Rgb(1, 2, 3), Modifier::UNDERLINED)), "[4;38;2;1;2;3m");
    }

    #[test]
    fn dim_and_bold_go_off_together() {
        let both = style(Colour::Rgb(10, 20, 30), Modifier::BOLD | Modifier::DIM);
        assert_eq!(changed(both, style(Colour::Rgb(10, 20, 30), Modifier::DIM)), "[22;2m");
    }

    #[test]
    fn a_line_of_another_colour_is_said_with_colons() {
        let lined = Style { underline: Colour::Numbered(3), attributes: Modifier::UNDERLINED, ..Style::default() };
        assert_eq!(changed(Style::default(), lined), "[4;58:5:3m");
        let plainly = style(Colour::Own, Modifier::UNDERLINED);
        assert_eq!(changed(lined, plainly), "[;4m");
        let lined = Style { fg: Colour::Numbered(1), ..lined };
        assert_eq!(changed(lined, Style { fg: Colour::Numbered(1), ..plainly }), "[59m");
    }
}
