//! A terminal as strict as the standards: it knows what the screen sends, and fails on all else.
//!
//! vt100 has no left and right margins, and forgives; this one has them, keeps the state after the
//! last column, and can be of another mind about doubtful widths.

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

use crate::text::width::{grapheme_cells, parts};

/// What a cell shows: text (empty for a right half) and its style as sorted SGR numbers.
pub type Shown = (String, Vec<String>);

pub struct Emulator {
    pub width: usize,
    pub height: usize,
    pub cells: Vec<Vec<Shown>>,
    pub x: usize,
    pub y: usize,
    waits: bool,
    pen: Vec<String>,
    top: usize,
    bottom: usize,
    left: usize,
    right: usize,
    /// Mode 69.
    pub has_sides: bool,
    /// Erasing takes the pen's ground.
    pub erases_coloured: bool,
    /// Erasing half of a wide character leaves the other, as in tmux; writing over that takes away what stands before it.
    pub leaves_halves: bool,
    /// Characters of ambiguous width take two cells, emoji one.
    pub is_contrary: bool,
    pub cursor_shown: bool,
    pub questions: usize,
    pub synchronised: bool,
}

impl Emulator {
    pub fn new(width: u16, height: u16) -> Self {
        let (width, height) = (usize::from(width), usize::from(height));
        Self {
            width,
            height,
            cells: vec![vec![("x".into(), vec!["31".into()]); width]; height],
            x: width / 2,
            y: height / 2,
            waits: false,
            pen: vec!["1".into()],
            top: 0,
            bottom: height - 1,
            left: 0,
            right: width - 1,
            has_sides: false,
            erases_coloured: true,
            leaves_halves: false,
            is_contrary: false,
            cursor_shown: true,
            questions: 0,
            synchronised: false,
        }
    }

    /// As xterm does: what is cut is lost, what is new is blank, margins go.
    pub fn resize(&mut self, width: u16, height: u16) {
        (self.width, self.height) = (usize::from(width), usize::from(height));
        self.cells.resize(self.height, Vec::new());
        for row in &mut self.cells {
            row.resize(self.width, (" ".into(), Vec::new()));
        }
        (self.x, self.y) = (self.x.min(self.width - 1), self.y.min(self.height - 1));
        (self.top, self.bottom, self.left, self.right) = (0, self.height - 1, 0, self.width - 1);
        self.waits = false;
    }

    pub fn feed(&mut self, bytes: &[u8]) {
        let text = std::str::from_utf8(bytes).expect("the screen writes UTF-8");
        let mut rest = text;
        while !rest.is_empty() {
            let end = rest.find(|c: char| c.is_control()).unwrap_or(rest.len());
            // Letters and vowel signs of a long syllable have cells of their own.
            for grapheme in rest[..end].graphemes(true) {
                parts(grapheme).into_iter().for_each(|(part, _)| self.put(part));
            }
            rest = &rest[end..];
            let mut chars = rest.chars();
            match chars.next() {
                None => break,
                Some('\r') => {
                    self.x = if self.x >= self.left { self.left } else { 0 };
                    self.waits = false;
                }
                Some('\n') => {
                    self.index();
                }
                Some('\u{8}') => {
                    assert!(!self.waits, "a backspace after the last column");
                    assert!(self.x > 0 && self.x != self.left, "a backspace at the edge");
                    self.x -= 1;
                }
                Some('\t') => {
                    assert!(!self.waits, "a tab after the last column");
                    let stop = self.x / 8 * 8 + 8;
                    let limit = if self.x <= self.right { self.right } else { self.width - 1 };
                    assert!(stop <= limit && !(self.x < self.left && stop >= self.left), "a tab across a margin");
                    self.x = stop;
                }
                Some('\u{1b}') => match chars.next() {
                    Some('[') => {
                        let body = chars.as_str();
                        let end = body.find(|c| ('@'..='~').contains(&c)).expect("a whole sequence");
                        let last = body[end..].chars().next().unwrap();
                        self.csi(&body[..end], last);
                        rest = &body[end + 1..];
                        continue;
                    }
                    Some('M') => self.reverse_index(),
                    other => panic!("ESC {other:?}"),
                },
                Some(other) => panic!("control {other:?}"),
            }
            rest = chars.as_str();
        }
    }

    fn width_of(&self, grapheme: &str) -> usize {
        let c = grapheme.chars().next().unwrap();
        let several = grapheme.chars().count() > 1;
        let plain = grapheme_cells(grapheme);
        if !self.is_contrary {
            return plain;
        }
        if c.width() != c.width_cjk() {
            2
        } else if several && !grapheme.chars().skip(1).all(|c| ('\u{300}'..='\u{36f}').contains(&c))
            || c as u32 > 0x1f000 && (c as u32) < 0x20000
        {
            3 - plain
        } else {
            plain
        }
    }

    fn put(&mut self, grapheme: &str) {
        let width = self.width_of(grapheme);
        assert!(width > 0, "{grapheme:?} has no width");
        let limit = if self.x <= self.right { self.right } else { self.width - 1 };
        assert!(!self.waits, "{grapheme:?} after the last column");
        if self.x + width > limit + 1 {
            assert!(self.is_contrary, "{grapheme:?} has no room at {},{}", self.x, self.y);
            self.x = limit;
            self.waits = true;
            return;
        }
        self.cut(self.x);
        // A letter and a sign beside it are two characters to it.
        let are_two = width == 2 && grapheme.chars().next().and_then(UnicodeWidthChar::width) == Some(1);
        if !(self.leaves_halves && are_two && self.cells[self.y][self.x + 1].0 == " ") {
            self.cut(self.x + width);
        }
        let pen = self.pen.clone();
        self.cells[self.y][self.x] = (grapheme.into(), pen.clone());
        if width == 2 {
            self.cells[self.y][self.x + 1] = (String::new(), pen);
        }
        self.x += width;
        if self.x > limit {
            self.x = limit;
            self.waits = true;
        }
    }

    /// A wide character that is cut at this column is gone.
    fn cut(&mut self, x: usize) {
        let row = &mut self.cells[self.y];
        if x > 0 && x < row.len() && row[x].0.is_empty() {
            row[x - 1].0 = " ".into();
            row[x].0 = " ".into();
        }
    }

    fn index(&mut self) {
        self.waits = false;
        if self.y == self.bottom {
            assert!((self.left..=self.right).contains(&self.x), "a line feed beside the margins");
            self.scroll(self.top, 1);
        } else if self.y + 1 < self.height {
            self.y += 1;
        } else {
            panic!("a line feed in the last row, below the margins");
        }
    }

    fn reverse_index(&mut self) {
        self.waits = false;
        if self.y == self.top {
            self.scroll(self.top, -1);
        } else {
            self.y = self.y.checked_sub(1).expect("a reverse line feed in the first row");
        }
    }

    fn blank(&self) -> Shown {
        let ground = |code: &String| code.starts_with('4') && code.len() > 1 || code.starts_with("10");
        let style = if self.erases_coloured {
            self.pen.iter().filter(|code| ground(code)).cloned().collect()
        } else {
            Vec::new()
        };
        (" ".into(), style)
    }

    fn scroll(&mut self, top: usize, by: isize) {
        let blank = self.blank();
        // Characters cut by the sides are gone, wherever they go.
        for y in top..=self.bottom {
            let row = &mut self.cells[y];
            for edge in [self.left, self.right + 1] {
                if edge > 0 && edge < self.width && row[edge].0.is_empty() {
                    row[edge - 1].0 = "?".into();
                    row[edge].0 = "?".into();
                }
            }
        }
        let rows: Vec<usize> = if by > 0 { (top..=self.bottom).collect() } else { (top..=self.bottom).rev().collect() };
        for y in rows {
            let from = y.checked_add_signed(by).filter(|from| (top..=self.bottom).contains(from));
            let columns = self.left..=self.right;
            let mut moved = from.map(|from| std::mem::take(&mut self.cells[from]));
            match &mut moved {
                Some(row) => self.cells[y][columns.clone()].swap_with_slice(&mut row[columns]),
                None => self.cells[y][columns].fill(blank.clone()),
            }
            if let (Some(from), Some(row)) = (from, moved) {
                self.cells[from] = row;
            }
        }
    }

    fn csi(&mut self, body: &str, last: char) {
        let numbers: Vec<usize> = body.split(';').map(|n| n.parse().unwrap_or(0)).collect();
        let first = numbers[0].max(1);
        match (body, last) {
            ("?25", 'h') => self.cursor_shown = true,
            ("?25", 'l') => self.cursor_shown = false,
            ("?2026", 'h' | 'l') => self.synchronised = last == 'h',
            ("5", 'n') => self.questions += 1,
            (_, 'm') => self.style(body),
            (_, 'H') => self.place(numbers.get(1).copied().unwrap_or(0).max(1) - 1, first - 1),
            (_, 'd') => self.place(self.x, first - 1),
            (_, 'G') => self.place(first - 1, self.y),
            (_, 'A') => {
                let to = self.y.checked_sub(first).expect("up and out");
                assert!(!(self.y >= self.top && to < self.top), "up across a margin");
                self.place(self.x, to);
            }
            (_, 'B') => {
                let to = self.y + first;
                assert!(!(self.y <= self.bottom && to > self.bottom), "down across a margin");
                self.place(self.x, to);
            }
            (_, 'C') => {
                assert!(!self.waits, "forward after the last column");
                let to = self.x + first;
                assert!(!(self.x <= self.right && to > self.right), "forward across a margin");
                self.place(to, self.y);
            }
            (_, 'D') => {
                assert!(!self.waits, "backward after the last column");
                let to = self.x.checked_sub(first).expect("backward and out");
                assert!(!(self.x >= self.left && to < self.left), "backward across a margin");
                self.place(to, self.y);
            }
            ("", 'K') => {
                assert!(!self.waits, "erasing after the last column");
                self.erase(self.y, self.x, self.width);
            }
            ("", 'J') => {
                self.erase(self.y, self.x, self.width);
                for y in self.y + 1..self.height {
                    self.erase(y, 0, self.width);
                }
            }
            ("2", 'J') => (0..self.height).for_each(|y| self.erase(y, 0, self.width)),
            (_, 'X') => {
                assert!(!self.waits, "erasing after the last column");
                self.erase(self.y, self.x, (self.x + first).min(self.width));
            }
            (_, 'L' | 'M') => {
                assert!((self.top..=self.bottom).contains(&self.y));
                let by = isize::try_from(first).unwrap();
                self.scroll(self.y, if last == 'M' { by } else { -by });
                self.x = 0;
                self.waits = false;
            }
            (_, 'S') => self.scroll(self.top, isize::try_from(first).unwrap()),
            (_, 'T') => self.scroll(self.top, -isize::try_from(first).unwrap()),
            ("", 'r') => (self.top, self.bottom) = (0, self.height - 1),
            (_, 'r') => (self.top, self.bottom) = (first - 1, numbers[1] - 1),
            ("", 's') if self.has_sides => (self.left, self.right) = (0, self.width - 1),
            (_, 's') if self.has_sides => (self.left, self.right) = (first - 1, numbers[1] - 1),
            _ => panic!("CSI {body} {last}"),
        }
        if matches!(last, 'r' | 's') {
            assert!(self.top < self.bottom || self.height == 1, "margins {} {}", self.top, self.bottom);
            assert!(self.left < self.right || self.width == 1);
            assert!(self.bottom < self.height && self.right < self.width);
            self.place(0, 0);
        }
    }

    fn place(&mut self, x: usize, y: usize) {
        assert!(x < self.width && y < self.height, "a move out of the screen: {x},{y}");
        (self.x, self.y, self.waits) = (x, y, false);
    }

    fn erase(&mut self, y: usize, from: usize, to: usize) {
        if !self.leaves_halves {
            let at = self.y;
            self.y = y;
            self.cut(from);
            self.cut(to);
            self.y = at;
        }
        let blank = self.blank();
        self.cells[y][from..to].fill(blank);
    }

    fn style(&mut self, body: &str) {
        const OFF: [(&str, &[&str]); 6] =
            [("22", &["1", "2"]), ("23", &["3"]), ("24", &["4"]), ("25", &["5", "6"]), ("27", &["7"]), ("28", &["8"])];
        let codes: Vec<&str> = body.split(';').collect();
        let mut i = 0;
        while i < codes.len() {
            let code = codes[i];
            let is_long = matches!(code, "38" | "48");
            let length = match (is_long, codes.get(i + 1)) {
                (true, Some(&"5")) => 3,
                (true, _) => 5,
                _ => 1,
            };
            let whole = codes[i..i + length].join(";");
            i += length;
            let family = |of: &str| match of.split([';', ':']).next().and_then(|n| n.parse::<u16>().ok()) {
                Some(30..=39 | 90..=97) => 'f',
                Some(40..=49 | 100..=107) => 'b',
                Some(58 | 59) => 'u',
                _ => ' ',
            };
            match code {
                "" | "0" => self.pen.clear(),
                _ if family(code) != ' ' => {
                    self.pen.retain(|have| family(have) != family(code));
                    if !matches!(code, "39" | "49" | "59") {
                        self.pen.push(whole);
                    }
                }
                "29" => self.pen.retain(|have| have != "9"),
                _ => match OFF.iter().find(|(off, _)| *off == code) {
                    Some((_, gone)) => self.pen.retain(|have| !gone.contains(&have.as_str())),
                    None => {
                        assert!(matches!(code, "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9"), "SGR {code}");
                        if !self.pen.iter().any(|have| have == code) {
                            self.pen.push(whole);
                        }
                    }
                },
            }
        }
        self.pen.sort();
    }
}
