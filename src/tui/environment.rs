//! What the environment says of the terminal, read once.

use std::time::Duration;

use super::colour::{Depth, Wish};

/// What a program is told of its terminal before the terminal itself is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// `TERM`.
    pub term: String,
    /// The locale's encoding is UTF-8; where it is not, borders and quotes are ASCII.
    pub utf8: bool,
    /// Reached over ssh.
    pub ssh: bool,
    /// Inside tmux that can be spoken to.
    pub tmux: bool,
    /// Inside GNU screen.
    pub screen: bool,
    pub depth: Depth,
}

impl Environment {
    /// Reads it from variables, say `&|name| std::env::var(name).ok()`.
    pub fn read(wish: Wish, get: &dyn Fn(&str) -> Option<String>) -> Self {
        let value = |name: &str| get(name).filter(|value| !value.is_empty());
        let locale = value("LC_ALL").or_else(|| value("LC_CTYPE")).or_else(|| value("LANG")).unwrap_or_default();
        let locale = locale.to_ascii_lowercase();
        let term = value("TERM").unwrap_or_default();
        let tmux = value("TMUX").is_some();
        Self {
            utf8: locale.contains("utf-8") || locale.contains("utf8"),
            ssh: value("SSH_CONNECTION").or_else(|| value("SSH_TTY")).is_some(),
            screen: !tmux && (value("STY").is_some() || term.starts_with("screen")),
            tmux,
            depth: Depth::of(wish, get),
            term,
        }
    }

    /// Why no screen can be drawn here, and what to use in its place.
    pub fn refusal(&self) -> Option<String> {
        let what = match self.term.as_str() {
            "" => "TERM is not set, so nothing is known of this terminal",
            "dumb" => "this terminal cannot move its cursor (TERM=dumb)",
            _ => return None,
        };
        Some(format!(
            "{what}; `postil dump`, `postil tag`, `postil search` and `postil notes list` work without a screen"
        ))
    }

    /// How long a lone ESC waits for the rest of a key that the line cut in two.
    pub fn patience(&self) -> Duration {
        Duration::from_millis(if self.ssh { 100 } else { 30 })
    }

    /// The kernel's own console, which prints the queries it does not know.
    pub fn is_console(&self) -> bool {
        self.term.starts_with("linux")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(env: &[(&str, &str)]) -> Environment {
        Environment::read(Wish::Auto, &|name| env.iter().find(|(n, _)| *n == name).map(|(_, v)| (*v).to_owned()))
    }

    #[test]
    fn the_locale_is_the_first_of_three_that_is_set() {
        assert!(read(&[("LANG", "en_GB.UTF-8")]).utf8);
        assert!(read(&[("LANG", "C"), ("LC_CTYPE", "C.utf8")]).utf8);
        assert!(!read(&[("LANG", "en_GB.UTF-8"), ("LC_ALL", "C")]).utf8);
        assert!(read(&[("LANG", "de_DE.UTF-8"), ("LC_ALL", "")]).utf8);
        assert!(!read(&[]).utf8);
    }

    #[test]
    fn tmux_comes_before_screen_whose_name_it_bears() {
        let inside = read(&[("TERM", "screen-256color"), ("TMUX", "/tmp/tmux-1/default,1,0")]);
        assert!(inside.tmux && !inside.screen);
        let inside = read(&[("TERM", "screen"), ("STY", "1.pts")]);
        assert!(!inside.tmux && inside.screen);
    }

    #[test]
    fn a_dumb_terminal_is_refused_with_what_works_there() {
        assert!(read(&[("TERM", "dumb")]).refusal().is_some_and(|why| why.contains("postil dump")));
        assert!(read(&[]).refusal().is_some());
        assert_eq!(read(&[("TERM", "something-new")]).refusal(), None);
    }

    #[test]
    fn a_key_may_be_cut_for_longer_over_ssh() {
        assert_eq!(read(&[]).patience().as_millis(), 30);
        assert_eq!(read(&[("SSH_CONNECTION", "1.2.3.4 5 6.7.8.9 22")]).patience().as_millis(), 100);
    }
}
