//! What Markdown sets apart in a plain text: headings behind number signs, lines between fences, rows of tables.
//!
//! A number sign may as well begin a comment, a number or a prompt. It is a heading's only where a blank follows, nothing
//! stands right above, and the line does not go on below.

use crate::text::paragraphs::flow::Flow;

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Part {
    #[default]
    Text,
    /// "## Title"
    Heading,
    /// A line by itself: between two fences, a fence, a row of a table.
    Line,
}

/// Longest heading, in cells.
const LONGEST: u32 = 120;

/// What each line of `flow` is; empty where all are text.
pub fn parts(flow: &Flow) -> Vec<Part> {
    if !flow.lines.iter().any(|line| line.text.starts_with(['#', '`', '~', '|'])) {
        return Vec::new();
    }
    let mut parts = vec![Part::Text; flow.lines.len()];
    let mut from = 0;
    while let Some((open, close)) = next_fenced(flow, from) {
        parts[open..=close].fill(Part::Line);
        from = close + 1;
    }
    for (i, part) in parts.iter_mut().enumerate().filter(|(_, part)| **part == Part::Text) {
        *part = match () {
            () if is_heading(flow, i) => Part::Heading,
            () if is_row(flow.lines[i].text) => Part::Line,
            () => Part::Text,
        };
    }
    parts
}

/// The next two fences from line `from` on; an open one without an end is none.
fn next_fenced(flow: &Flow, from: usize) -> Option<(usize, usize)> {
    let fence = |i: usize| ["```", "~~~"].into_iter().find(|fence| flow.lines[i].text.starts_with(fence));
    let open = (from..flow.lines.len()).find(|&i| fence(i).is_some())?;
    let closes = |i: usize| fence(i) == fence(open) && flow.lines[i].text.trim_end_matches(['`', '~']).is_empty();
    (open + 1..flow.lines.len()).find(|&i| closes(i)).map(|close| (open, close))
}

fn is_heading(flow: &Flow, i: usize) -> bool {
    let line = &flow.lines[i];
    // A comment of several lines, or a sentence.
    let goes_on = flow.lines.get(i + 1).is_some_and(|below| {
        !flow.gap(i + 1) && (below.text.starts_with('#') || below.text.starts_with(char::is_lowercase))
    });
    (i == 0 || flow.gap(i)) && !goes_on && line.cells <= LONGEST && title(line.text).is_some()
}

/// "| cell | cell |"
fn is_row(text: &str) -> bool {
    text.starts_with('|') && text.ends_with('|') && text.matches('|').count() >= 3
}

/// "## Title ##" → "Title"
pub fn title(text: &str) -> Option<&str> {
    let signs = text.bytes().take_while(|b| *b == b'#').count();
    let title = text[signs..].strip_prefix(' ')?.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&signs) && title.contains(char::is_alphanumeric)).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts_of(text: &str) -> Vec<Part> {
        parts(&Flow::of(text))
    }

    #[test]
    fn number_signs_are_headings_where_they_stand_alone() {
        use Part::{Heading, Text};
        assert_eq!(parts_of("# Title\n\ntext\n\n## Part\nMore\n"), [Heading, Text, Heading, Text]);
        assert_eq!(parts_of("# a comment\n# of two lines\nmake all\n"), [Text, Text, Text]);
        assert_eq!(parts_of("text goes on\n# 3 of them\n\n#3 is no heading\n"), [Text, Text, Text]);
        assert_eq!(parts_of("no sign at all\n"), []);
    }

    #[test]
    fn fences_hold_what_is_between_them() {
        use Part::{Heading, Line, Text};
        let text = "# Title\n\n```sh\n# comment\nmake\n```\n\nmore\n\n``` is no fence without an end\n";
        assert_eq!(parts_of(text), [Heading, Line, Line, Line, Line, Text, Text]);
    }

    #[test]
    fn rows_of_tables_are_lines() {
        use Part::{Line, Text};
        assert_eq!(
            parts_of("text\n\n| a | b |\n| - | - |\n| 1 | 2 |\n|x| is a norm\n"),
            [Text, Line, Line, Line, Text]
        );
    }

    #[test]
    fn a_title_is_without_its_signs() {
        assert_eq!(title("## On reading ##"), Some("On reading"));
        assert_eq!([title("#hash"), title("####### seven"), title("# --"), title("text")], [None; 4]);
    }
}
