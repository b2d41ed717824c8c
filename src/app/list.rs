//! A list of rows with one chosen and a window on it; used by panes and sheets.

/// The chosen row and the first one shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct List {
    pub chosen: usize,
    pub top: usize,
}

impl List {
    /// Moves the choice among `len` rows.
    pub fn step(&mut self, by: isize, len: usize) {
        self.choose(self.chosen.saturating_add_signed(by), len);
    }

    pub fn choose(&mut self, row: usize, len: usize) {
        self.chosen = row.min(len.saturating_sub(1));
    }

    /// Scrolls so that the chosen row stands among the `height` rows shown, with a row of context.
    pub fn settle(&mut self, len: usize, height: usize) {
        self.chosen = self.chosen.min(len.saturating_sub(1));
        let context = usize::from(height > 4);
        if self.chosen < self.top + context {
            self.top = self.chosen.saturating_sub(context);
        }
        if self.chosen + context >= self.top + height {
            self.top = (self.chosen + context + 1).saturating_sub(height);
        }
        self.top = self.top.min(len.saturating_sub(height));
    }
}
