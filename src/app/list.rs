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

    /// Scrolls the window by rows; the choice stays on its row while that is seen, and goes on where the window
    /// cannot.
    pub fn scroll(&mut self, by: isize, len: usize, height: usize) {
        let top = self.top.saturating_add_signed(by).min(len.saturating_sub(height));
        if top == self.top {
            return self.step(by, len);
        }
        self.top = top;
        let context = usize::from(height > 4);
        let first = if top == 0 { 0 } else { top + context };
        let last = if top + height >= len { len.saturating_sub(1) } else { top + height - 1 - context };
        self.chosen = self.chosen.clamp(first.min(last), last);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_that_is_scrolled_keeps_its_choice_while_that_is_seen() {
        let mut list = List { chosen: 5, top: 0 };
        for (by, top, chosen) in
            [(3, 3, 5), (3, 6, 7), (-3, 3, 7), (90, 80, 81), (3, 80, 84), (99, 80, 99), (-90, 0, 18)]
        {
            list.scroll(by, 100, 20);
            assert_eq!((list.top, list.chosen), (top, chosen), "{by}");
            let before = list;
            list.settle(100, 20);
            assert_eq!(list, before, "{by}");
        }
        let mut short = List::default();
        short.scroll(3, 2, 20);
        assert_eq!(short, List { chosen: 1, top: 0 });
        short.scroll(3, 0, 1);
        assert_eq!(short, List::default());
    }
}
