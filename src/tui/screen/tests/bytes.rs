//! What frames of a reader cost: three panes of 120 × 40, made up, with what changes on a real one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};

use super::emulator::Emulator;
use crate::tui::colour::Depth;
use crate::tui::screen::{Capabilities, Screen, Scroll};

const WIDTH: u16 = 120;
const HEIGHT: u16 = 40;
/// Columns of the text between its gutter and the strip.
const TEXT: Rect = Rect::new(28, 3, 76, 35);

/// A reader's screen at a line of a long text.
#[derive(Clone)]
struct Reader {
    line: usize,
    documents: usize,
    topics: usize,
    focus: usize,
    has_panes: bool,
    /// Hits, stripes and the strip.
    has_topic: bool,
}

impl Reader {
    fn at(line: usize) -> Self {
        Self { line, documents: 4, topics: 12, focus: 1, has_panes: true, has_topic: true }
    }

    fn draw(&self) -> Buffer {
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        let dim = Style::new().add_modifier(Modifier::DIM);
        let bold = Style::new().add_modifier(Modifier::BOLD);
        if self.has_panes {
            self.side_panes(&mut frame);
        }
        frame.set_string(31, 0, "The Next Step for an Alliance of Two Seas", bold);
        frame.set_string(31, 1, "Somebody Somewhere  ·  A Review  ·  4 August 2015", dim);
        for row in 0..TEXT.height {
            let (text, is_first) = line(self.line + usize::from(row));
            let y = TEXT.y + row;
            if text.is_empty() {
                continue;
            }
            frame.set_string(32, y, &text, Style::new());
            // Hits of a topic, underlined in its colour, and the stripe of its paragraph.
            if let Some(at) = text.find("institution").filter(|_| self.has_topic) {
                let x = 32 + u16::try_from(text[..at].chars().count()).unwrap();
                frame.set_style(
                    Rect::new(x, y, 11, 1),
                    Style::new().fg(Color::Green).add_modifier(Modifier::UNDERLINED),
                );
            }
            if self.has_topic && paragraph(self.line + usize::from(row)).is_multiple_of(3) {
                frame.set_string(29, y, "┃", Style::new().fg(Color::Green));
            }
            if is_first && self.line + usize::from(row) == self.line + 7 {
                frame.set_string(28, y, "▌", Style::new().fg(Color::Cyan));
            }
        }
        if self.has_topic {
            self.strip(&mut frame);
        }
        self.status(&mut frame);
        frame
    }

    fn side_panes(&self, frame: &mut Buffer) {
        let dim = Style::new().add_modifier(Modifier::DIM);
        let name = |pane: usize| if pane == self.focus { Style::new().add_modifier(Modifier::BOLD) } else { dim };
        let marker = |pane: usize| if pane == self.focus { "▸" } else { " " };
        frame.set_string(1, 0, marker(0), Style::new().fg(Color::Cyan));
        frame.set_string(2, 0, "DOCUMENTS", name(0));
        frame.set_string(106, 0, marker(2), Style::new().fg(Color::Cyan));
        frame.set_string(107, 0, "TOPICS", name(2));
        for y in 0..HEIGHT - 1 {
            frame.set_string(26, y, "│", dim);
            frame.set_string(105, y, "│", dim);
        }
        for document in 0..self.documents.min(12) {
            let y = 2 + 3 * u16::try_from(document).unwrap();
            let title = [
                "Tokyo will welcome US…",
                "Nearly six decades aft…",
                "What the US Now Craves…",
                "The Next Step for the…",
            ];
            frame.set_string(
                2,
                y,
                title[document % 4],
                if document == 3 { Style::new().add_modifier(Modifier::BOLD) } else { Style::new() },
            );
            frame.set_string(2, y + 1, format!("Author {}", 2010 + document), dim);
            frame.set_string(19, y + 1, "▂", Style::new().fg(Color::Green));
        }
        for topic in 0..self.topics {
            let y = 2 + u16::try_from(topic).unwrap();
            let names = [
                "Alliance",
                "Security",
                "Defence",
                "US forces",
                "China",
                "Trade",
                "Russia",
                "Korea",
                "Energy",
                "Governance",
            ];
            let colour = Color::Indexed(u8::try_from(1 + topic % 6).unwrap());
            frame.set_string(107, y, "●", Style::new().fg(colour));
            frame.set_string(109, y, names[topic % 10], Style::new());
            frame.set_string(116, y, format!("{:>3}", 9 + 7 * topic % 90), dim);
        }
    }

    /// The strip shows where the topic stands; the part on screen is brighter.
    fn strip(&self, frame: &mut Buffer) {
        for y in 0..36u16 {
            let is_here = usize::from(y) * 20 / 36 == self.line / 40;
            let style = if is_here { Style::new().fg(Color::LightGreen) } else { Style::new().fg(Color::Green) };
            let block = [" ", " ", "▏", "▊", " ", " ", " ", "▎", "▎", " ", " ", " ", " "][usize::from(y % 13)];
            frame.set_string(104, 2 + y, block, style);
        }
    }

    fn status(&self, frame: &mut Buffer) {
        let y = HEIGHT - 1;
        let dim = Style::new().add_modifier(Modifier::DIM);
        let percent = self.line / 8;
        frame.set_string(1, y, format!("¶ {}/170  {percent}%", paragraph(self.line + 7)), Style::new());
        frame.set_string(24, y, "Trade 3 of 31   China · Trade", Style::new().fg(Color::Cyan));
        frame.set_string(84, y, "n next   a note   t topic   ? keys", dim);
    }
}

/// Paragraphs of six lines and a blank one.
fn paragraph(line: usize) -> usize {
    line / 7
}

/// A line of text of up to 72 cells, and whether it begins a paragraph.
fn line(number: usize) -> (String, bool) {
    const WORDS: [&str; 16] = [
        "the",
        "institution",
        "of",
        "maritime",
        "partners",
        "would",
        "not",
        "be",
        "a",
        "substitute",
        "for",
        "confidence",
        "in",
        "“order”",
        "and",
        "its",
    ];
    let within = number % 7;
    if within == 6 {
        return (String::new(), false);
    }
    let limit = if within == 5 { 30 } else { 70 };
    let mut text = String::new();
    let mut seed = number * 7919 + 17;
    loop {
        seed = seed * 1_103_515_245 % 2_147_483_648 + 12_345;
        let word = WORDS[seed / 65_536 % WORDS.len()];
        if text.chars().count() + 1 + word.chars().count() > limit {
            return (text, within == 0);
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(word);
    }
}

fn bare() -> Capabilities {
    Capabilities { depth: Depth::Indexed, narrow_ambiguous: true, tabs: WIDTH, ..Capabilities::default() }
}

fn margins() -> Capabilities {
    Capabilities { margins: true, ..bare() }
}

/// Bytes of each frame of a series, each also read by a terminal and compared.
fn costs(capabilities: Capabilities, series: &[(Reader, i16)]) -> Vec<usize> {
    let mut screen = Screen::new((WIDTH, HEIGHT), capabilities);
    let mut emulator = Emulator::new(WIDTH, HEIGHT);
    emulator.has_sides = capabilities.margins;
    let mut costs = Vec::new();
    for (reader, by) in series {
        let frame = reader.draw();
        let area = if reader.has_panes { TEXT } else { Rect { x: 0, width: 104, ..TEXT } };
        let bytes = screen.draw(&frame, None, &[Scroll { area, by: *by }]).to_vec();
        emulator.feed(&bytes);
        super::equality::assert_shows(&emulator, &frame, capabilities, &bytes, "in a reader");
        costs.push(bytes.len());
    }
    // The first frame is the whole screen.
    costs.remove(0);
    costs
}

fn lines_down(change: impl Fn(&mut Reader)) -> Vec<(Reader, i16)> {
    (100..116)
        .map(|line| {
            let mut reader = Reader::at(line);
            change(&mut reader);
            (reader, 1)
        })
        .collect()
}

fn median(mut costs: Vec<usize>) -> usize {
    costs.sort_unstable();
    costs[costs.len() / 2]
}

#[test]
fn a_line_down_costs_little_more_than_its_text() {
    let four = lines_down(|_| {});
    let sparse = lines_down(|reader| (reader.topics, reader.has_topic) = (0, false));
    let many = lines_down(|reader| (reader.documents, reader.topics) = (1000, 36));
    let many_sparse = lines_down(|reader| (reader.documents, reader.topics, reader.has_topic) = (1000, 4, false));
    let alone = lines_down(|reader| (reader.has_panes, reader.has_topic) = (false, false));
    // Without side margins what stands beside the text is paid for as well: the fuller, the dearer.
    let figures = [
        ("margins, 4 documents", median(costs(margins(), &four)), 90),
        ("margins, 1,000 documents", median(costs(margins(), &many)), 90),
        ("lines, 4 documents, 12 topics", median(costs(bare(), &four)), 850),
        ("lines, 4 documents, no topics", median(costs(bare(), &sparse)), 450),
        ("lines, 1,000 documents, 36 topics", median(costs(bare(), &many)), 2150),
        ("lines, 1,000 documents, 4 topics", median(costs(bare(), &many_sparse)), 1000),
        ("one pane", median(costs(bare(), &alone)), 120),
    ];
    for (what, cost, most) in figures {
        assert!(cost <= most, "a line down ({what}) costs {cost} bytes, more than {most}");
    }
}

#[test]
fn a_page_down_costs_its_text_and_little_for_each_row() {
    for capabilities in [margins(), bare()] {
        for has_topic in [false, true] {
            let at = |page: usize| (Reader { has_topic, ..Reader::at(100 + 33 * page) }, 33);
            let pages: Vec<(Reader, i16)> = (0..6).map(at).collect();
            let costs = costs(capabilities, &pages);
            for (cost, (reader, _)) in costs.into_iter().zip(&pages[1..]) {
                let rows = usize::from(TEXT.height);
                let text: usize = (0..rows).map(|row| line(reader.line + row).0.len()).sum();
                // A topic in force adds a change of colour and back where it hits, a stripe and a strip.
                let marks = if has_topic { rows * 8 } else { 0 };
                assert!(cost * 10 <= text * 11 + (rows * 7 + marks) * 10, "a page of {text} bytes costs {cost}");
            }
        }
    }
}

#[test]
fn a_page_of_which_nothing_stays_is_moved_out_and_not_blanked_row_by_row() {
    let page = |length: usize| {
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for y in 0..HEIGHT {
            frame.set_string(110, y, "a topic", Style::new());
        }
        for row in 0..TEXT.height {
            let text = line(100 + length + usize::from(row)).0;
            frame.set_string(TEXT.x, TEXT.y + row, text.get(..length).unwrap_or(&text), Style::new());
        }
        frame
    };
    let (old, new) = (page(60), page(20));
    let mut screen = Screen::new((WIDTH, HEIGHT), margins());
    let mut terminal = Emulator::new(WIDTH, HEIGHT);
    terminal.has_sides = true;
    screen.divide(&[TEXT]);
    terminal.feed(screen.draw(&old, None, &[]));
    let bytes = screen.draw(&new, None, &[]);
    terminal.feed(bytes);
    super::equality::assert_shows(&terminal, &new, margins(), bytes, "a page moved out");
    let bytes = String::from_utf8_lossy(bytes);
    assert!(bytes.contains("\x1b[35S") && !bytes.contains('X') && !bytes.contains('K'), "{bytes:?}");
}

#[test]
fn stripes_beside_other_text_are_moved_to_where_they_fit() {
    let gutter = Rect { x: TEXT.x - 3, width: 3, ..TEXT };
    // Paragraphs of other lengths in other colours, but the stripes of one page are those of the other further up.
    let page = |stripes: usize, text: usize| {
        let mut frame = Buffer::empty(Rect::new(0, 0, WIDTH, HEIGHT));
        for row in 0..TEXT.height {
            let colours = [Some(Color::Cyan), Some(Color::Green), None, Some(Color::Red), Some(Color::Cyan), None];
            let at = usize::from(row) + stripes;
            if let Some(colour) = colours[(at * at / 90) % 6] {
                frame.set_string(gutter.x + 1, TEXT.y + row, "┃", Style::new().fg(colour));
            }
            frame.set_string(TEXT.x, TEXT.y + row, line(text + usize::from(row)).0, Style::new());
        }
        frame
    };
    let (old, new) = (page(0, 100), page(9, 400));
    let mut screen = Screen::new((WIDTH, HEIGHT), margins());
    let mut terminal = Emulator::new(WIDTH, HEIGHT);
    terminal.has_sides = true;
    screen.divide(&[gutter, TEXT]);
    terminal.feed(screen.draw(&old, None, &[]));
    let bytes = screen.draw(&new, None, &[]);
    terminal.feed(bytes);
    super::equality::assert_shows(&terminal, &new, margins(), bytes, "stripes moved");
    let bytes = String::from_utf8_lossy(bytes);
    assert!(bytes.contains("\x1b[9S") && bytes.matches('┃').count() <= 9, "{bytes:?}");
}

#[test]
fn another_pane_costs_no_more_than_its_marker() {
    for capabilities in [margins(), bare()] {
        let panes: Vec<(Reader, i16)> = (0..6).map(|at| (Reader { focus: at % 3, ..Reader::at(100) }, 0)).collect();
        for cost in costs(capabilities, &panes) {
            assert!(cost <= 50, "a pane switch costs {cost} bytes");
        }
    }
}

#[test]
fn a_frame_like_the_last_costs_nothing() {
    let same: Vec<(Reader, i16)> = vec![(Reader::at(100), 1); 3];
    assert_eq!(costs(margins(), &same), [0, 0]);
}
