//! What just happened, in one line; it stays until the next key.

/// How a message is to be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Done as asked.
    #[default]
    Plain,
    /// Not done, and nothing is lost by it.
    Refused,
    /// Something is lost or about to be; stays until it is settled.
    Danger,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Status {
    pub said: Option<(Tone, String)>,
}

impl Status {
    pub fn say(&mut self, text: impl Into<String>) {
        self.said = Some((Tone::Plain, text.into()));
    }

    /// Says what was not done and what to do next.
    pub fn refuse(&mut self, text: impl Into<String>) {
        self.said = Some((Tone::Refused, text.into()));
    }

    pub fn danger(&mut self, text: impl Into<String>) {
        self.said = Some((Tone::Danger, text.into()));
    }

    /// Whether what was asked for was not done.
    pub fn is_refusal(&self) -> bool {
        matches!(self.said, Some((Tone::Refused, _)))
    }

    /// Makes room at the next key; what is in danger stays.
    pub fn next_key(&mut self) {
        if !matches!(self.said, Some((Tone::Danger, _))) {
            self.said = None;
        }
    }
}
