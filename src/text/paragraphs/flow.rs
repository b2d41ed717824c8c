//! The lines of a text in reading order, and what was taken out of their way.

use std::ops::Range;

use super::lines::Line;
use super::lines::look::{self, Begins, Ends, Heading, Look};
use super::lines::marks;
use crate::text::Kind;

/// Lines among which a title is looked for.
const TOP: usize = 8;

/// The lines that are read one after another.
#[derive(Debug, Default)]
pub struct Flow<'a> {
    pub lines: Vec<Line<'a>>,
    /// What each line looks like.
    pub looks: Vec<Look>,
    /// Paragraphs that stood between the lines but are not of them: running heads, page numbers, footnotes.
    pub asides: Vec<Aside<'a>>,
}

/// A paragraph taken out of the flow.
#[derive(Debug)]
pub struct Aside<'a> {
    pub kind: Kind,
    pub lines: Vec<Line<'a>>,
    /// It is put behind the paragraph that this line of the flow is in; `None` is the very start.
    pub after: Option<usize>,
    /// Where its mark stands: a line of the flow and a range of its text.
    pub mark: Option<(usize, Range<usize>)>,
}

impl<'a> Flow<'a> {
    pub fn new(lines: Vec<Line<'a>>) -> Self {
        let looks = lines.iter().map(Look::of).collect();
        Self { lines, looks, asides: Vec::new() }
    }

    /// The lines of a text, for tests.
    #[cfg(test)]
    pub fn of(text: &'a str) -> Self {
        Self::new(super::lines::split(text).0)
    }

    /// Whether a blank line or a cut page stands above line `index`.
    pub fn gap(&self, index: usize) -> bool {
        index == 0 || self.lines[index].blanks > 0 || self.turns(index)
    }

    /// The lines of each page.
    pub fn pages(&self) -> Vec<Range<usize>> {
        self.parted(|index| self.turns(index))
    }

    /// The lines between gaps.
    pub fn runs(&self) -> Vec<Range<usize>> {
        self.parted(|index| self.gap(index))
    }

    /// The lines, parted above those for which `begins` holds.
    fn parted(&self, begins: impl Fn(usize) -> bool) -> Vec<Range<usize>> {
        let mut parts = Vec::new();
        let mut start = 0;
        for index in 1..=self.lines.len() {
            if index == self.lines.len() || begins(index) {
                parts.push(start..index);
                start = index;
            }
        }
        parts
    }

    /// Whether a page ends above line `index`.
    pub fn turns(&self, index: usize) -> bool {
        index > 0 && self.lines[index].page != self.lines[index - 1].page
    }

    /// In a text set with a blank line between every two lines, takes one away everywhere.
    pub fn close_up(&mut self) {
        let lines = self.lines.len();
        if lines < 8 {
            return;
        }
        let apart = self.lines[1..].iter().filter(|line| line.blanks > 0).count();
        let single = self.lines[1..].iter().filter(|line| line.blanks == 1).count();
        let lower = (1..lines).filter(|&i| self.lines[i].blanks == 1 && self.looks[i].begins == Begins::Lower).count();
        if apart * 10 >= lines * 9 && single * 10 >= lines * 6 && lower * 5 >= single {
            for line in &mut self.lines {
                line.blanks = line.blanks.saturating_sub(1);
            }
        }
    }

    /// Sets apart the headings that stand out of a text which is set in below them, as in manuals: nothing else parts the two.
    pub fn part_outdented(&mut self) {
        const INSET: u32 = 3;
        let lines = self.lines.len();
        let inset = self.lines.iter().filter(|line| line.indent >= INSET).count();
        if inset * 2 < lines {
            return;
        }
        let heads = |i: usize| {
            let titled = self.looks[i].heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
            titled && self.gap(i) && self.lines[i].cells <= 40
        };
        let outer: Vec<usize> = (0..lines).filter(|&i| self.lines[i].indent < INSET).collect();
        let glued = |i: usize| i + 1 < lines && self.lines[i + 1].indent >= INSET && !self.gap(i + 1);
        let parted: Vec<usize> = outer.iter().copied().filter(|&i| heads(i) && glued(i)).collect();
        if parted.len() >= 2 && outer.iter().filter(|&&i| heads(i)).count() * 5 >= outer.len() * 4 {
            parted.into_iter().for_each(|i| self.lines[i + 1].blanks = 1);
        }
    }

    /// Takes no ornament for one that closes a row wrapped in marks: "*** START OF …", and "***" on the next line.
    pub fn close_rows(&mut self) {
        for i in 1..self.lines.len() {
            let (row, mark) = (self.lines[i - 1].text, self.lines[i].text);
            let closes = self.looks[i].ornament
                && mark.len() >= 3
                && mark.bytes().all(|b| b == b'*')
                && !self.gap(i)
                && row.strip_prefix(mark).is_some_and(|rest| rest.starts_with(' '))
                && !row.ends_with(mark);
            if closes {
                self.looks[i].ornament = false;
                self.looks[i].goes_on = true;
            }
        }
    }

    /// Takes a line near the top that ends in a colon for the first half of a title, where the second stands below.
    pub fn join_titles(&mut self) {
        for i in 0..self.lines.len().saturating_sub(1).min(TOP) {
            let titled = |heading: &Option<Heading>| heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
            if self.looks[i].ends != Ends::Colon || self.gap(i + 1) || !titled(&self.looks[i + 1].heading) {
                continue;
            }
            let heading = look::heading(self.lines[i].text.trim_end_matches(':'));
            if titled(&heading) && heading.as_ref().is_some_and(|h| h.words > 1) {
                self.looks[i].heading = heading;
            }
        }
    }

    /// Gives a list mark that stands on a line of its own to the line below it: "(a)", "3.", and "•" where others begin lines.
    pub fn hand_down_marks(&mut self) {
        let bullets: Vec<char> = self.looks.iter().filter_map(|look| look.mark?.bullet()).collect();
        for i in 0..self.lines.len().saturating_sub(1) {
            let Some(mark) = marks::lone(self.lines[i].text) else { continue };
            let near = i.saturating_sub(10)..(i + 11).min(self.lines.len());
            let again = near.filter(|&j| j != i && self.lines[j].text == self.lines[i].text).count() > 0;
            let known =
                mark.bullet().is_none_or(|bullet| bullets.contains(&bullet) || again && self.lines[i].indent <= 12);
            let below = &self.looks[i + 1];
            let text = !below.ornament && below.mark.is_none() && marks::lone(self.lines[i + 1].text).is_none();
            if known && text && self.lines[i + 1].blanks <= 1 && !self.turns(i + 1) {
                self.looks[i].mark = Some(mark);
                self.looks[i].ornament = false;
                self.looks[i].heading = None;
                self.looks[i].marks_below = true;
                self.lines[i + 1].blanks = 0;
            }
        }
    }

    /// Takes out the lines for which `aside` names a kind. Each becomes a paragraph of its own, and cuts the page.
    pub fn take_out(&mut self, aside: &[Option<Kind>]) {
        if aside.iter().all(Option::is_none) {
            return;
        }
        let lines = std::mem::take(&mut self.lines);
        let looks = std::mem::take(&mut self.looks);
        self.lines.reserve_exact(lines.len());
        self.looks.reserve_exact(looks.len());
        for before in &mut self.asides {
            let stays = |after: usize| aside[..=after].iter().filter(|kind| kind.is_none()).count();
            before.after = before.after.and_then(|after| stays(after).checked_sub(1));
        }
        // Pages are numbered anew, so that a cut stands where furniture was.
        let (mut page, mut last_page, mut blanks) = (0, lines.first().map_or(0, |line| line.page), 0);
        for ((mut line, look), kind) in lines.into_iter().zip(looks).zip(aside) {
            if line.page != last_page {
                last_page = line.page;
                page += 1;
            }
            match kind {
                Some(kind) => {
                    page += 1;
                    blanks = line.blanks.max(blanks);
                    let after = self.lines.len().checked_sub(1);
                    self.asides.push(Aside { kind: *kind, lines: vec![line], after, mark: None });
                }
                None => {
                    line.page = page;
                    line.blanks = line.blanks.max(blanks);
                    blanks = 0;
                    self.lines.push(line);
                    self.looks.push(look);
                }
            }
        }
    }
}
