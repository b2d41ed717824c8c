//! Verse, and other lines that end where their author ended them.
//!
//! Wrapped prose begins one line in seven with a capital, and never leaves room for the next word. Where all lines of
//! a block begin with one, several had room for more or are indented otherwise, and several end in a mark, nobody wrapped it.

use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::{Begins, Ends};

/// Fewest lines of a block.
const FEWEST: usize = 3;
/// Longest line, in cells.
const LONGEST: u32 = 100;

/// What a line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Line {
    #[default]
    Prose,
    /// The first of a stanza.
    First,
    More,
}

/// What each line of `flow` is; empty where all are prose.
pub fn lines(flow: &Flow) -> Vec<Line> {
    let mut verse = Vec::new();
    let mut from = 0;
    for to in 1..=flow.lines.len() {
        if to == flow.lines.len() || flow.gap(to) {
            if is_verse(flow, from, to) {
                verse.resize(flow.lines.len(), Line::Prose);
                verse[from] = Line::First;
                verse[from + 1..to].fill(Line::More);
            }
            from = to;
        }
    }
    verse
}

fn is_verse(flow: &Flow, from: usize, to: usize) -> bool {
    let (lines, looks) = (&flow.lines[from..to], &flow.looks[from..to]);
    if lines.len() < FEWEST || looks.iter().any(|look| look.begins != Begins::Upper || look.mark.is_some()) {
        return false;
    }
    let widest = lines.iter().map(|line| line.right()).max().unwrap_or(0);
    let is_broken = |at: &usize| {
        let (above, below) = (&lines[*at], &lines[at + 1]);
        above.right() + 1 + looks[at + 1].first.0 <= widest || above.indent.abs_diff(below.indent) >= 2
    };
    let marked = looks.iter().filter(|look| !matches!(look.ends, Ends::Open | Ends::Hyphen)).count();
    widest <= LONGEST && marked >= 2 && (0..lines.len() - 1).filter(is_broken).count() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verse(text: &str) -> Vec<Line> {
        super::lines(&Flow::of(text))
    }

    #[test]
    fn a_stanza_is_verse() {
        let text = "I took the oar my father had,\n    The rope my father tied,\nAnd rowed the drowned and rowed the sad\n    Across the tide.\n";
        assert_eq!(verse(text), [Line::First, Line::More, Line::More, Line::More]);
    }

    #[test]
    fn prose_and_titles_are_none() {
        let prose = "The boats came in at six, and the harbour was\nEasthaven by then, as it was named when\nKing Anders reigned, and the Weir flowed\n";
        assert_eq!(verse(prose), [Line::Prose; 0]);
        assert_eq!(verse("The Harbour of\nEasthaven and Its\nMany Boats at the End of Summer\n"), [Line::Prose; 0]);
    }
}
