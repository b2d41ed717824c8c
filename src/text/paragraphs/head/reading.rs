//! The head as it is read: paragraph after paragraph from the top, each shown to the [`shapes`] in their order until one of them
//! takes it. What they have found so far is kept here.
//!
//! A paragraph of the head is marked as such once, and nothing that is taken is asked again.

use std::ops::Range;

use super::bylines::{says_by, undressed};
use super::front::{Front, front, salutation};
use super::kickers::{is_kicker, is_part};
use super::place::{is_case, is_single_page, name_of_site};
use super::record::Record;
use super::shapes::SHAPES;
use super::titles::title_of;
use super::{FRONT, text_of};
use crate::text::paragraphs::compose::Block;
use crate::text::{Head, Kind};

/// What is known of the head so far, and of the paragraphs that it stands in.
pub(super) struct Reading<'r, 't> {
    pub head: &'r mut Head,
    pub blocks: &'r mut [Block<'t>],
    pub record: &'r Record,
    /// How far the head reaches.
    pub front: Front,
    /// Where a letter is opened.
    pub letter: usize,
    /// The paragraphs that name a site.
    pub site: Range<usize>,
    /// Whether this is a paper of a court.
    pub case: bool,
    /// Where a line says who wrote the text: what only looks like a name above it is none.
    pub byline: Option<usize>,
    /// The paragraph that ended the title.
    pub title: Option<usize>,
    /// The last paragraph that named an author, or told of one.
    pub author: Option<usize>,
    /// What kind of text it is: its title where it has no other.
    pub kicker: Option<usize>,
    /// What was spoken, and where: its title where it has no other.
    pub spoken: Option<String>,
    /// Who asked the questions: the author where no other is named.
    pub interviewer: Vec<String>,
    /// A date that any other overrules.
    pub lesser: Option<String>,
    /// Paragraphs that may stand between two that belong together.
    pub named: Vec<usize>,
    /// Paragraphs that are looked at.
    pub end: usize,
}

/// What the paragraphs at the top say, behind the record.
pub(super) fn read_front(head: &mut Head, blocks: &mut [Block], record: &Record) {
    // Subtitles have times where a head would stand.
    if blocks.iter().take(4).flat_map(|block| &block.lines).any(|line| line.text.contains(" --> ")) {
        return;
    }
    let mut reading = Reading::new(head, blocks, record);
    let mut i = 0;
    while i < reading.end {
        let text = text_of(&reading.blocks[i]);
        reading.show(i, undressed(&text));
        i += 1;
    }
    reading.settle();
}

impl<'r, 't> Reading<'r, 't> {
    fn new(head: &'r mut Head, blocks: &'r mut [Block<'t>], record: &'r Record) -> Self {
        let front = front(blocks);
        Self {
            letter: salutation(blocks, front.limit),
            site: name_of_site(blocks, front.limit),
            case: is_case(blocks),
            byline: (0..front.limit).find(|&i| says_by(&text_of(&blocks[i]))),
            title: record.title,
            author: None,
            kicker: None,
            spoken: None,
            interviewer: Vec::new(),
            lesser: None,
            named: Vec::new(),
            end: blocks.len().min(FRONT),
            head,
            blocks,
            record,
            front,
        }
    }

    /// Shows paragraph `i` to one shape after the other, until one takes it.
    fn show(&mut self, i: usize, text: &str) {
        let _ = SHAPES.iter().any(|shape| shape.place.holds(self, i) && (shape.takes)(self, i, text));
    }

    /// Whether paragraph `i` is in the head, and not behind it.
    pub fn is_inside(&self, i: usize) -> bool {
        i < self.front.limit
    }

    /// Whether no line below paragraph `i` says who wrote the text.
    pub fn is_unsaid(&self, i: usize) -> bool {
        self.byline.is_none_or(|at| i > at)
    }

    /// Paragraph `i` is a line of the head.
    pub fn meta(&mut self, i: usize) -> bool {
        self.blocks[i].kind = Kind::Meta;
        self.named.push(i);
        true
    }

    /// Paragraph `i` is of the page.
    pub fn boilerplate(&mut self, i: usize) -> bool {
        self.blocks[i].kind = Kind::Boilerplate;
        true
    }

    /// Paragraph `i` is the title.
    pub fn entitle(&mut self, i: usize, title: String) -> bool {
        // Above the links of its page it may stand once more.
        let again = |above: &&mut Block| above.kind != Kind::Boilerplate && text_of(above) == title;
        self.blocks[..i].iter_mut().filter(again).for_each(|above| above.kind = Kind::Meta);
        self.title = Some(i);
        self.head.title = Some(title);
        self.blocks[i].kind = Kind::Meta;
        true
    }

    /// Whether paragraph `i` stands next below the title, with nothing but lines of the head between.
    pub fn follows_title(&self, i: usize) -> bool {
        self.title.is_some_and(|title| (title + 1..i).all(|between| self.named.contains(&between)))
    }

    /// What can only be known when all is read.
    fn settle(mut self) {
        self.head.date = self.head.date.take().or(self.lesser.take());
        if self.head.authors.is_empty() {
            self.head.authors = std::mem::take(&mut self.interviewer);
        }
        let told = !self.head.authors.is_empty() || self.head.date.is_some() || self.head.source.is_some();
        let first = self.title == Some(0) && self.record.title.is_none();
        if first && !told && is_single_page(self.blocks) {
            self.head.title = None;
        }
        match (self.kicker, self.title) {
            (None, None) => self.head.title = self.spoken,
            (Some(kicker), Some(title)) if kicker < title => {
                let kickers = self.blocks[kicker..title].iter_mut().filter(|block| is_kicker(&text_of(block)));
                kickers.for_each(|block| block.kind = Kind::Meta);
            }
            // "Chapter 3" names a text that has no other name; "DRAFT" does not.
            (Some(kicker), None) => {
                let text = text_of(&self.blocks[kicker]);
                if is_part(&text) || text.ends_with(|c: char| c.is_ascii_digit()) {
                    self.head.title = Some(title_of(&text));
                    self.blocks[kicker].kind = Kind::Meta;
                }
            }
            _ => {}
        }
    }
}
