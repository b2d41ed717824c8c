//! Where everything stands on a screen of a given size. Arithmetic only: update and view both ask.
//!
//! ```text
//!  0          rule          rule
//!  DOCUMENTS   │  text       │  TOPICS         from 80 columns on all three;
//!              │             │                 from 60 the text and the pane in use;
//!  status ─────┴─────────────┴───────────      below the pane in use alone
//! ```

/// Columns and rows of the terminal, in cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    pub columns: u16,
    pub rows: u16,
}

/// A rectangle of cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Area {
    pub x: u16,
    pub y: u16,
    pub width: u16,
    pub height: u16,
}

impl Area {
    pub fn contains(self, column: u16, row: u16) -> bool {
        (self.x..self.x + self.width).contains(&column) && (self.y..self.y + self.height).contains(&row)
    }

    pub fn bottom(self) -> u16 {
        self.y + self.height
    }

    pub fn right(self) -> u16 {
        self.x + self.width
    }
}

/// The three panes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pane {
    Documents,
    #[default]
    Text,
    Topics,
}

/// Sizes the reader chose by key, in cells; the settings' own where there are none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sizes {
    pub measure: Option<usize>,
    pub documents: Option<usize>,
    pub topics: Option<usize>,
}

/// How much of the screen the reader wants to see; kept for the next session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The reading pane alone, while it has the focus.
    pub text_only: bool,
    /// Only the paragraph at the cursor is bright.
    pub one_bright: bool,
    /// While nothing is in force, hits of all topics are marked, or of the main one of each paragraph; the
    /// settings' own where the reader did not say.
    pub all_hits: Option<bool>,
}

/// What the reader wants of the layout.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Prefs {
    pub focus: Pane,
    pub text_only: bool,
    /// Cells of a full line.
    pub measure: u16,
    /// Widths asked for, in cells.
    pub documents: Option<u16>,
    pub topics: Option<u16>,
}

/// The places of everything; panes that are folded away have none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub size: Size,
    pub documents: Option<Area>,
    pub text: Option<Area>,
    pub topics: Option<Area>,
    /// Columns of the rules between panes.
    pub rules: [Option<u16>; 2],
    /// The last row, where there are at least two.
    pub status: Option<Area>,
    /// Inside the text pane: where the rows of the text stand.
    pub page: Area,
    /// Inside the text pane: the title of what is being read.
    pub running_head: Option<Area>,
    /// Left of the page: the cursor's and topics' stripes, notes' marks.
    pub gutter: Option<Area>,
    /// Right of the page: where the topic in force stands in the document.
    pub strip: Option<Area>,
}

/// From this many columns on all panes stand side by side.
pub const THREE_FROM: u16 = 80;
/// From this many columns on two do.
pub const TWO_FROM: u16 = 60;
/// Cells of the gutter: the cursor, the topic, a note, a blank.
pub const GUTTER: u16 = 4;
/// The text never stands narrower than this while a side pane is wider than its least.
const TEXT_LEAST: u16 = 30;

impl Layout {
    pub fn of(size: Size, prefs: Prefs) -> Self {
        let mut layout = Self { size, ..Self::default() };
        let height = if size.rows >= 2 { size.rows - 1 } else { size.rows };
        if size.rows >= 2 {
            layout.status = Some(Area { x: 0, y: height, width: size.columns, height: 1 });
        }
        let (left, right) = side_widths(size.columns, prefs);
        let area = |x: u16, width: u16| Area { x, y: 0, width, height };
        let mut x = 0;
        let mut text_width = size.columns;
        if let Some(width) = left {
            layout.documents = Some(area(0, width));
            if width < size.columns {
                layout.rules[0] = Some(width);
                x = width + 1;
                text_width -= width + 1;
            } else {
                text_width = 0;
            }
        }
        if let Some(width) = right {
            let start = size.columns - width;
            layout.topics = Some(area(start, width));
            if width < size.columns {
                layout.rules[1] = Some(start - 1);
                text_width -= width + 1;
            } else {
                text_width = 0;
            }
        }
        if text_width > 0 {
            layout.text = Some(area(x, text_width));
            layout.page_in(area(x, text_width), prefs);
        }
        layout
    }

    /// Places the page, its gutter and its strip inside the text pane.
    fn page_in(&mut self, text: Area, prefs: Prefs) {
        let has_head = text.height >= 8;
        let top = if has_head { 2 } else { 0 };
        let (gutter, strip) = if text.width >= 24 { (GUTTER, 2) } else { (0, 0) };
        let room = text.width - gutter - strip;
        let width = room.min(prefs.measure.max(1));
        let x = text.x + (room - width) / 2 + gutter;
        self.page = Area { x, y: text.y + top, width, height: text.height - top };
        if has_head {
            self.running_head = Some(Area { x, y: text.y, width: text.right() - x, height: 1 });
        }
        if gutter > 0 {
            self.gutter = Some(Area { x: x - gutter, width: gutter, ..self.page });
            self.strip = Some(Area { x: text.right() - 1, width: 1, ..self.page });
        }
    }

    /// The pane at a cell.
    pub fn pane_at(&self, column: u16, row: u16) -> Option<Pane> {
        [(Pane::Documents, self.documents), (Pane::Text, self.text), (Pane::Topics, self.topics)]
            .into_iter()
            .find(|(_, area)| area.is_some_and(|area| area.contains(column, row)))
            .map(|(pane, _)| pane)
    }

    pub fn shows(&self, pane: Pane) -> bool {
        match pane {
            Pane::Documents => self.documents.is_some(),
            Pane::Text => self.text.is_some(),
            Pane::Topics => self.topics.is_some(),
        }
    }

    /// Rows for a side pane's list: below its heading and a blank.
    pub fn list_rows(&self) -> usize {
        let height = if self.size.rows >= 2 { self.size.rows - 1 } else { self.size.rows };
        usize::from(if height >= 8 { height - 2 } else { height })
    }
}

/// Widths of the documents and topics panes in a window of `columns`.
fn side_widths(columns: u16, prefs: Prefs) -> (Option<u16>, Option<u16>) {
    if prefs.text_only && prefs.focus == Pane::Text {
        return (None, None);
    }
    let documents = prefs.documents.unwrap_or((columns * 11 / 50).clamp(16, 40));
    let topics = prefs.topics.unwrap_or((columns * 23 / 100).clamp(17, 40));
    if columns >= THREE_FROM {
        let room = columns - TEXT_LEAST - 2;
        let documents = documents.min(room / 2);
        return (Some(documents), Some(topics.min(room - documents)));
    }
    let beside = |wanted: u16| {
        if columns >= TWO_FROM { wanted.min(columns - TEXT_LEAST - 1) } else { columns }
    };
    match prefs.focus {
        Pane::Documents => (Some(beside(documents.max(20))), None),
        Pane::Topics => (None, Some(beside(topics.max(20)))),
        Pane::Text => (None, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(columns: u16, rows: u16, focus: Pane) -> Layout {
        Layout::of(Size { columns, rows }, Prefs { focus, measure: 72, ..Prefs::default() })
    }

    #[test]
    fn panes_fold_as_the_window_narrows() {
        let panes = |columns, focus| {
            let layout = of(columns, 24, focus);
            (layout.documents.is_some(), layout.text.is_some(), layout.topics.is_some())
        };
        assert_eq!(panes(120, Pane::Text), (true, true, true));
        assert_eq!(panes(80, Pane::Text), (true, true, true));
        assert_eq!(panes(60, Pane::Topics), (false, true, true));
        assert_eq!(panes(40, Pane::Text), (false, true, false));
        assert_eq!(panes(40, Pane::Documents), (true, false, false));
    }

    #[test]
    fn nothing_leaves_the_screen_at_any_size() {
        for columns in 1..=220 {
            for rows in [1, 2, 3, 5, 8, 24, 50] {
                for focus in [Pane::Documents, Pane::Text, Pane::Topics] {
                    let layout = of(columns, rows, focus);
                    let areas =
                        [layout.documents, layout.text, layout.topics, layout.status, layout.gutter, layout.strip];
                    for area in areas.into_iter().flatten().chain([layout.page]) {
                        assert!(area.right() <= columns && area.bottom() <= rows, "{area:?} at {columns}x{rows}");
                    }
                }
            }
        }
    }
}
