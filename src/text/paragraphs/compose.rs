//! Paragraphs of lines to the clean text: lines joined, words healed, blanks single, every byte mapped.

use super::flow::Flow;
use super::hyphens::{Evidence, Reading};
use super::lines::Line;
use super::lines::glyphs;
use crate::text::{Clean, Footnote, Hyphen, Kind, Paragraph, SourceMap};

/// A paragraph before its lines are joined.
#[derive(Debug)]
pub struct Block<'a> {
    pub kind: Kind,
    pub lines: Vec<Line<'a>>,
    /// Of a footnote: where its mark stands in the flow.
    pub mark: Option<(usize, std::ops::Range<usize>)>,
}

impl Block<'_> {
    /// Bytes of its lines.
    pub fn length(&self) -> usize {
        self.lines.iter().map(|line| line.text.len()).sum()
    }
}

/// What the lines of a paragraph become.
pub struct Writer<'e> {
    pub out: Clean,
    map: SourceMap,
    evidence: &'e Evidence<'e>,
}

impl<'e> Writer<'e> {
    pub fn new(evidence: &'e Evidence<'e>, capacity: usize) -> Self {
        let out = Clean { text: String::with_capacity(capacity), ..Clean::default() };
        Self { out, map: SourceMap::default(), evidence }
    }

    /// Writes `blocks` in order, and links footnotes with their marks.
    pub fn write(mut self, blocks: &[Block], flow: &Flow) -> (Clean, SourceMap) {
        // Of the lines that have a mark: where they stand in the clean text.
        let mut wanted: Vec<(usize, std::ops::Range<usize>, usize)> = Vec::new();
        for (index, block) in blocks.iter().enumerate() {
            if let Some((line, range)) = &block.mark {
                let at = flow.lines[*line].at;
                wanted.push((at + range.start, at + range.start..at + range.end, index));
            }
        }
        wanted.sort_unstable_by_key(|(at, ..)| *at);
        for block in blocks {
            self.paragraph(block, &wanted);
        }
        self.out.footnotes.sort_unstable_by_key(|note| note.mark.start);
        (self.out, self.map)
    }

    fn paragraph(&mut self, block: &Block, marks: &[(usize, std::ops::Range<usize>, usize)]) {
        if !self.out.paragraphs.is_empty() {
            self.out.text.push_str("\n\n");
        }
        let start = self.out.text.len();
        // The marks of a mail's quotation are its kind, not its text.
        let quoting = block.kind == Kind::Quote && block.lines.first().is_some_and(|line| line.text.starts_with('>'));
        let bare: Vec<Line>;
        let lines = if quoting {
            bare = block.lines.iter().map(Line::without_quoting).collect();
            &bare
        } else {
            &block.lines
        };
        for (i, line) in lines.iter().enumerate() {
            let written = self.out.text.len();
            match lines.get(i + 1) {
                Some(next) => self.join(line, next),
                None => self.copy(line.text.trim_end_matches('\u{ad}').trim_end(), line.at),
            }
            let from = marks.partition_point(|(at, ..)| *at < line.at);
            for (_, range, note) in marks[from..].iter().take_while(|(at, ..)| *at < line.end()) {
                self.link(written, line, range, *note);
            }
        }
        let end = self.out.text.len();
        let close = block.lines.first().is_some_and(|line| line.close);
        self.out.paragraphs.push(Paragraph { kind: block.kind, start: start as u32, end: end as u32, close });
    }

    /// Links the mark at `range` of the normal text with paragraph `note`. `written` is where `line` was put.
    fn link(&mut self, written: usize, line: &Line, range: &std::ops::Range<usize>, note: usize) {
        let mark = &line.text[range.start - line.at..range.end - line.at];
        // Blanks before it may have been narrowed: the mark is the same text at or before the same distance.
        let limit = (written + (range.end - line.at)).min(self.out.text.len());
        let mut limit = limit;
        while !self.out.text.is_char_boundary(limit) {
            limit -= 1;
        }
        let Some(at) = self.out.text[written..limit].rfind(mark).map(|at| written + at) else { return };
        let mark = at as u32..(at + mark.len()) as u32;
        self.out.footnotes.push(Footnote { mark, paragraph: note as u32 });
    }

    /// Writes `line` and what stands between it and `next`.
    fn join(&mut self, line: &Line, next: &Line) {
        if let Some(decision) = self.evidence.decide(line.text, next.text) {
            let bare = line.text.trim_end_matches(['-', '\u{2010}', '\u{ad}']).trim_end();
            // Of "--" at a line end only the last is a line-end hyphen: such a mark is a dash and is kept.
            let hyphens = line.text[bare.len()..].trim_start();
            let join = decision.reading == Reading::Join && hyphens.chars().count() == 1;
            if join {
                self.copy(bare, line.at);
            } else if decision.reading == Reading::KeepApart {
                self.copy(line.text, line.at);
            } else {
                self.copy(bare, line.at);
                self.copy(hyphens, line.at + line.text.len() - hyphens.len());
            }
            if decision.doubtful {
                let at = self.out.text.len() - if join { 0 } else { hyphens.len() };
                self.out.hyphens.push(Hyphen { at: at as u32, kept: !join });
            }
            if decision.reading == Reading::KeepApart && !join {
                self.out.text.push(' ');
            }
            return;
        }
        self.copy(line.text, line.at);
        if needs_blank(line.text, next.text) {
            self.out.text.push(' ');
        }
    }

    /// Copies `text`, blanks narrowed to one. `at` is where it stands in the normal text.
    fn copy(&mut self, text: &str, at: usize) {
        let mut rest = 0;
        while rest < text.len() {
            let run = next_wide(&text[rest..]).unwrap_or(text.len() - rest);
            self.map.push(self.out.text.len(), run, at + rest, run);
            self.out.text.push_str(&text[rest..rest + run]);
            rest += run;
            let white = text[rest..].len() - text[rest..].trim_start().len();
            if white > 0 {
                self.map.push(self.out.text.len(), 1, at + rest, white);
                self.out.text.push(' ');
                rest += white;
            }
        }
    }
}

/// Bytes that are looked at together.
const AHEAD: usize = 16;

/// The byte of the next white space in `text` that is not a single blank.
fn next_wide(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Nearly all text is plain for many bytes on end.
    let may_be = |ahead: &[u8]| {
        let (here, next) = (&ahead[..AHEAD], &ahead[1..]);
        std::iter::zip(here, next).fold(false, |found, (b, next)| {
            found | (*b == b'\t') | (*b >= 0xc2) | (*b == b' ') & ((*next <= b' ') | (*next >= 0xc2))
        })
    };
    let mut plain = 0;
    while bytes.get(plain..=plain + AHEAD).is_some_and(|ahead| !may_be(ahead)) {
        plain += AHEAD;
    }
    (plain..bytes.len()).find(|&i| match bytes[i] {
        b' ' => bytes.get(i + 1).is_some_and(|next| {
            *next == b' ' || *next == b'\t' || *next >= 0xc2 && text[i + 1..].starts_with(char::is_whitespace)
        }),
        b'\t' => true,
        0xc2 | 0xe1 | 0xe2 | 0xe3 => text[i..].starts_with(char::is_whitespace),
        _ => false,
    })
}

/// Whether a blank stands between two joined lines.
fn needs_blank(above: &str, below: &str) -> bool {
    let (Some(last), Some(first)) = (above.chars().next_back(), below.chars().next()) else { return false };
    let is_between_words = glyphs::is_phrased(last) && glyphs::is_phrased(first);
    if glyphs::is_spaceless(last) || glyphs::is_spaceless(first) || is_between_words {
        return false;
    }
    let mut before = above.chars().rev().skip(1);
    let mut after = below.chars().skip(1);
    match (last, first) {
        ('—', _) => before.next() == Some(' '),
        ('–', c) => before.next() == Some(' ') || !c.is_numeric(),
        ('/', _) => before.next().is_none_or(|c| c == ' '),
        (_, '—') => after.next() == Some(' '),
        _ => true,
    }
}

/// The paragraphs that `labels` make of the flow, with what was taken out put behind them.
pub fn blocks<'a>(flow: &mut Flow<'a>, starts: &[bool], kinds: &[Kind]) -> Vec<Block<'a>> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut asides = std::mem::take(&mut flow.asides);
    asides.sort_by_key(|aside| (aside.after, aside.lines.first().map_or(0, |line| line.at)));
    let mut asides = asides.into_iter().peekable();
    let mut put = |blocks: &mut Vec<Block<'a>>, before: usize| {
        while let Some(aside) = asides.next_if(|aside| aside.after.is_none_or(|after| after < before)) {
            blocks.push(Block { kind: aside.kind, lines: aside.lines, mark: aside.mark });
        }
    };
    let mut start = 0;
    while start < flow.lines.len() {
        let end = (start + 1..flow.lines.len()).find(|&i| starts[i]).unwrap_or(flow.lines.len());
        put(&mut blocks, start);
        blocks.push(Block { kind: kinds[start], lines: flow.lines[start..end].to_vec(), mark: None });
        start = end;
    }
    put(&mut blocks, usize::MAX);
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_between_lines() {
        assert!(needs_blank("one", "two") && needs_blank("so —", "yes") && needs_blank("so", "— yes"));
        assert!(!needs_blank("so—", "yes") && !needs_blank("日本の", "外交") && !needs_blank("2001–", "2009"));
        assert!(needs_blank("대한", "민국"));
    }
}
