//! What each role looks like. The default theme uses the terminal's own sixteen colours and its own
//! foreground and background; the none theme only weights, underlines and reverse video.

use ratatui::style::{Color, Modifier, Style};

use crate::app::sheets::Role;
use crate::config::settings::{self, ANSI};
use crate::notes::Mark;
use crate::topics::{Dictionary, TopicId};

/// Eight colours that colour-blind eyes tell apart (after Okabe and Ito 2008, in the sixteen of a
/// terminal), and a sign for each where there are none.
const TOPIC_COLOURS: [(Color, &str); 8] = [
    (Color::Blue, "●"),
    (Color::Yellow, "▲"),
    (Color::Cyan, "■"),
    (Color::Magenta, "◆"),
    (Color::Green, "▼"),
    (Color::Red, "★"),
    (Color::LightBlue, "○"),
    (Color::LightMagenta, "◇"),
];

/// Of the sixteen colours those that many terminals show too light for white, and ones that are read there;
/// where there are no more than sixteen, the nearest of them.
const ON_LIGHT: [(Color, Color); 5] = [
    (Color::Yellow, Color::Indexed(130)),
    (Color::Cyan, Color::Indexed(30)),
    (Color::LightCyan, Color::Indexed(23)),
    (Color::Green, Color::Indexed(28)),
    (Color::LightMagenta, Color::Indexed(163)),
];

/// Grounds behind black letters on which these are not read in the colours that light terminals start with, and ones that all
/// terminals have alike.
const BEHIND_ON_LIGHT: [(Color, Color); 3] = [
    (Color::Yellow, Color::Indexed(222)),
    (Color::LightYellow, Color::Indexed(214)),
    (Color::Cyan, Color::Indexed(116)),
];

/// Styles by role.
#[derive(Clone, Debug)]
pub struct Theme {
    pub text: Style,
    pub dim: Style,
    pub accent: Style,
    pub rule: Style,
    pub heading: Style,
    /// A hit of a search.
    pub search: Style,
    /// The hit the cursor stands on.
    pub current: Style,
    pub selection: Style,
    pub note: Style,
    pub danger: Style,
    /// Whether there are colours at all.
    pub coloured: bool,
    /// Whether they are read on a light ground.
    is_on_light: bool,
}

impl Theme {
    /// The theme the settings name, with their own colours laid over it.
    pub fn new(settings: &settings::Theme, coloured: bool) -> Self {
        let mut theme = match settings.name.as_str() {
            _ if !coloured => Self::none(),
            "none" => Self::none(),
            "dark" => Self::dark(),
            "light" => Self::light(),
            "contrast" => Self::contrast(),
            _ => Self::terminal(),
        };
        if theme.coloured {
            for (role, colour) in &settings.colours {
                theme.set(role, parse(colour));
            }
        }
        theme
    }

    /// The terminal's background is known. A theme for the other kind would not be read on it: its counterpart takes
    /// its place, with the reader's own colours laid over it, and is named.
    pub fn suit_ground(&mut self, settings: &settings::Theme, is_light: bool) -> Option<&'static str> {
        let other = match (settings.name.as_str(), is_light) {
            ("dark", true) => Some("light"),
            ("light", false) => Some("dark"),
            _ => None,
        };
        let other = other.filter(|_| self.coloured);
        if let Some(other) = other {
            *self = Self::new(&settings::Theme { name: other.into(), ..settings.clone() }, true);
        }
        if is_light {
            self.suit_light_ground();
        }
        other
    }

    /// The terminal's background is light: what of the sixteen colours cannot be read there is replaced.
    fn suit_light_ground(&mut self) {
        self.is_on_light = true;
        self.accent.fg = self.accent.fg.map(|colour| self.on_ground(colour));
        [self.search, self.current] = [self.search, self.current].map(|style| self.behind_letters(style));
    }

    /// Black letters on a colour, or on what lets them be read in its place.
    fn behind_letters(&self, style: Style) -> Style {
        match BEHIND_ON_LIGHT.iter().find(|(dark, _)| self.is_on_light && style.bg == Some(*dark)) {
            Some((_, light)) => style.fg(Color::Indexed(16)).bg(*light),
            None => style,
        }
    }

    /// A colour, or what is read in its place on the ground there is.
    fn on_ground(&self, colour: Color) -> Color {
        let darker = ON_LIGHT.iter().find(|(light, _)| self.is_on_light && *light == colour);
        darker.map_or(colour, |(_, dark)| *dark)
    }

    /// The terminal's own colours.
    fn terminal() -> Self {
        let fg = |colour| Style::new().fg(colour);
        Self {
            text: Style::new(),
            dim: fg(Color::DarkGray),
            accent: fg(Color::Cyan),
            rule: fg(Color::DarkGray),
            heading: Style::new().add_modifier(Modifier::BOLD),
            search: Style::new().fg(Color::Black).bg(Color::Yellow),
            current: Style::new().fg(Color::Black).bg(Color::LightYellow).add_modifier(Modifier::BOLD),
            selection: Style::new().add_modifier(Modifier::REVERSED),
            note: Style::new().add_modifier(Modifier::UNDERLINED),
            danger: fg(Color::Red).add_modifier(Modifier::BOLD),
            coloured: true,
            is_on_light: false,
        }
    }

    fn dark() -> Self {
        let rgb = |r, g, b| Style::new().fg(Color::Rgb(r, g, b));
        let on = |r, g, b| Style::new().fg(Color::Rgb(20, 20, 20)).bg(Color::Rgb(r, g, b));
        Self {
            text: rgb(220, 216, 208),
            dim: rgb(122, 122, 118),
            accent: rgb(111, 186, 196),
            rule: rgb(72, 72, 72),
            heading: rgb(240, 236, 226).add_modifier(Modifier::BOLD),
            search: on(214, 178, 92),
            current: on(250, 220, 130).add_modifier(Modifier::BOLD),
            note: Style::new().bg(Color::Rgb(58, 54, 40)),
            ..Self::terminal()
        }
    }

    fn light() -> Self {
        let rgb = |r, g, b| Style::new().fg(Color::Rgb(r, g, b));
        let on = |r, g, b| Style::new().fg(Color::Rgb(20, 20, 20)).bg(Color::Rgb(r, g, b));
        Self {
            text: rgb(36, 34, 30),
            dim: rgb(128, 126, 120),
            accent: rgb(0, 110, 130),
            rule: rgb(200, 198, 190),
            heading: rgb(10, 10, 10).add_modifier(Modifier::BOLD),
            search: on(250, 222, 130),
            current: on(250, 196, 60).add_modifier(Modifier::BOLD),
            note: Style::new().bg(Color::Rgb(252, 244, 204)),
            // Also where the terminal does not tell its ground.
            is_on_light: true,
            ..Self::terminal()
        }
    }

    /// Text that steps back behind other text, in every theme.
    pub fn faint(&self) -> Style {
        if self.dim == Style::new() { Style::new().add_modifier(Modifier::DIM) } else { self.dim }
    }

    fn contrast() -> Self {
        let bold = Style::new().add_modifier(Modifier::BOLD);
        Self {
            dim: Style::new(),
            accent: bold.fg(Color::LightCyan),
            rule: Style::new(),
            heading: bold.add_modifier(Modifier::UNDERLINED),
            ..Self::terminal()
        }
    }

    fn none() -> Self {
        let with = |modifier| Style::new().add_modifier(modifier);
        Self {
            text: Style::new(),
            dim: with(Modifier::DIM),
            accent: with(Modifier::BOLD),
            rule: with(Modifier::DIM),
            heading: with(Modifier::BOLD),
            search: with(Modifier::UNDERLINED | Modifier::BOLD),
            current: with(Modifier::UNDERLINED | Modifier::BOLD | Modifier::ITALIC),
            selection: with(Modifier::REVERSED),
            note: with(Modifier::UNDERLINED),
            danger: with(Modifier::BOLD | Modifier::REVERSED),
            coloured: false,
            is_on_light: false,
        }
    }

    fn set(&mut self, role: &str, colour: Option<Color>) {
        let Some(colour) = colour else { return };
        match role {
            "text" => self.text = self.text.fg(colour),
            "dim" => self.dim = self.dim.fg(colour),
            "accent" => self.accent = self.accent.fg(colour),
            "rule" => self.rule = self.rule.fg(colour),
            "heading" => self.heading = self.heading.fg(colour),
            "search" => self.search = self.search.bg(colour),
            "current" => self.current = self.current.bg(colour),
            "selection" => self.selection = Style::new().bg(colour),
            "note" => self.note = self.note.bg(colour),
            "danger" => self.danger = self.danger.fg(colour),
            _ => {}
        }
    }

    /// A topic's colour: the dictionary's, else that of the topmost topic above it.
    pub fn topic(&self, dictionary: &Dictionary, topic: TopicId) -> Style {
        if !self.coloured {
            return Style::new();
        }
        let given = dictionary.line(topic).find_map(|t| dictionary.topic(t).colour.as_deref());
        let colour = given.and_then(parse).unwrap_or_else(|| self.on_ground(TOPIC_COLOURS[place(dictionary, topic)].0));
        Style::new().fg(colour)
    }

    /// A topic's sign, for where there is no colour.
    pub fn sign(&self, dictionary: &Dictionary, topic: TopicId) -> &'static str {
        if self.coloured { "●" } else { TOPIC_COLOURS[place(dictionary, topic)].1 }
    }

    /// A passage with a note: the theme's way, or its highlight's colour behind it.
    pub fn note(&self, mark: Option<Mark>) -> Style {
        match mark {
            Some(mark) if self.coloured => self.note.underline_color(self.on_ground(colour_of(mark))),
            _ => self.note,
        }
    }

    /// How much there is of something, from 1 to 4: behind the number, or by weight.
    fn shade(&self, level: u8) -> Style {
        match (self.coloured, level) {
            (true, 1) => self.text,
            (true, 2) => self.accent,
            (true, 3) => self.accent.add_modifier(Modifier::BOLD),
            (true, _) => self.behind_letters(Style::new().fg(Color::Black).bg(Color::Cyan)),
            (false, 1 | 2) => self.text,
            (false, 3) => self.text.add_modifier(Modifier::BOLD),
            (false, _) => self.text.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
        }
    }

    /// The sign of a note in the gutter.
    pub fn mark(&self, mark: Option<Mark>) -> Style {
        match mark {
            Some(mark) if self.coloured => Style::new().fg(self.on_ground(colour_of(mark))),
            _ => self.accent,
        }
    }

    pub fn role(&self, role: Role, dictionary: Option<&Dictionary>) -> Style {
        match role {
            Role::Plain => self.text,
            Role::Bold => self.text.add_modifier(Modifier::BOLD),
            Role::Dim => self.dim,
            Role::Accent => self.accent,
            Role::Topic(topic) => dictionary.map_or(self.text, |dictionary| self.topic(dictionary, topic)),
            Role::Match => self.search,
            Role::Heading => self.heading,
            Role::Danger => self.danger,
            Role::Mark(mark) => self.mark(Some(mark)),
            Role::Shade(level) => self.shade(level),
        }
    }
}

fn colour_of(mark: Mark) -> Color {
    match mark {
        Mark::Yellow => Color::Yellow,
        Mark::Green => Color::Green,
        Mark::Blue => Color::Blue,
        Mark::Pink => Color::LightMagenta,
        Mark::Orange => Color::LightRed,
        Mark::Violet => Color::Magenta,
    }
}

/// The place of a topic's topmost ancestor among the topics without parent, modulo the colours.
fn place(dictionary: &Dictionary, topic: TopicId) -> usize {
    let top = dictionary.line(topic).last().unwrap_or(topic);
    let before = dictionary.ids().take_while(|id| *id != top).filter(|id| dictionary.topic(*id).parent.is_none());
    before.count() % TOPIC_COLOURS.len()
}

/// An ANSI name or `#rrggbb`.
fn parse(colour: &str) -> Option<Color> {
    if let Some(index) = ANSI.iter().position(|name| *name == colour) {
        const COLOURS: [Color; 16] = [
            Color::Black,
            Color::Red,
            Color::Green,
            Color::Yellow,
            Color::Blue,
            Color::Magenta,
            Color::Cyan,
            Color::Gray,
            Color::DarkGray,
            Color::LightRed,
            Color::LightGreen,
            Color::LightYellow,
            Color::LightBlue,
            Color::LightMagenta,
            Color::LightCyan,
            Color::White,
        ];
        return COLOURS.get(index).copied();
    }
    let number = u32::from_str_radix(colour.strip_prefix('#')?, 16).ok()?;
    let [_, r, g, b] = number.to_be_bytes();
    Some(Color::Rgb(r, g, b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(name: &str) -> Theme {
        Theme::new(&settings::Theme { name: name.into(), ..settings::Theme::default() }, true)
    }

    /// The eight topics' colours, the accent, and the colours of highlights.
    fn colours(theme: &Theme) -> Vec<Color> {
        let text: String = (0..8).map(|n| format!("[topics.t{n}]\nterms = [\"word{n}\"]\n")).collect();
        let dictionary = Dictionary::parse(&text, std::path::Path::new("x")).value;
        let topics = dictionary.ids().map(|topic| theme.topic(&dictionary, topic));
        let marks = Mark::ALL.into_iter().map(|mark| theme.mark(Some(mark)));
        topics.chain(marks).chain([theme.accent]).filter_map(|style| style.fg).collect()
    }

    /// A theme on a ground, and what took its place.
    fn on(name: &str, is_light: bool) -> (Theme, Option<&'static str>) {
        let settings = settings::Theme { name: name.into(), colours: vec![("accent", "#010203".into())] };
        let mut theme = Theme::new(&settings, true);
        let other = theme.suit_ground(&settings, is_light);
        (theme, other)
    }

    /// Letters that are nearly white are not read on white.
    #[test]
    fn a_theme_for_the_other_ground_gives_way_to_its_counterpart() {
        for (name, is_light, other) in [
            ("dark", true, Some("light")),
            ("light", false, Some("dark")),
            ("dark", false, None),
            ("light", true, None),
            ("default", true, None),
            ("contrast", true, None),
            ("contrast", false, None),
            ("none", true, None),
        ] {
            let (theme, instead) = on(name, is_light);
            assert_eq!(instead, other, "{name}");
            assert_eq!(theme.text, named(other.unwrap_or(name)).text, "{name}");
            let own = Color::Rgb(1, 2, 3);
            assert!(name == "none" || theme.accent.fg == Some(own), "the reader's own colours stay");
        }
        let mut none = Theme::new(&settings::Theme { name: "dark".into(), ..Default::default() }, false);
        assert_eq!(none.suit_ground(&settings::Theme { name: "dark".into(), ..Default::default() }, true), None);
        assert_eq!(none.text, Style::new());
    }

    /// Cyan, green and yellow of the sixteen are hardly seen on white in the colours that terminals start with.
    #[test]
    fn on_light_ground_nothing_is_too_light() {
        let on_light = |name: &str| on(name, true).0;
        // The light theme is for light ground also where the terminal does not tell it.
        for theme in [on_light("default"), on_light("contrast"), named("light")] {
            let faint = colours(&theme).into_iter().find(|colour| ON_LIGHT.iter().any(|(light, _)| light == colour));
            assert_eq!(faint, None);
            let grounds = [theme.search, theme.current, theme.shade(4)].map(|style| style.bg.unwrap());
            assert!(grounds.iter().all(|ground| BEHIND_ON_LIGHT.iter().all(|(dark, _)| dark != ground)), "{grounds:?}");
        }
        assert_eq!(named("default").search.bg, Some(Color::Yellow));
        assert!(colours(&named("default")).contains(&Color::Cyan));
    }
}
