//! Where the reader was: in each document the place read last and how far it was read.
//!
//! A place is kept with a few of its words, so that it is found again when the file has changed.

use std::collections::{HashMap, HashSet};

use crate::corpus::DocId;

/// Bytes of the words that are kept with a place.
const WORDS: usize = 64;

/// A place that outlives its document's next version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Passage {
    /// Byte of the clean text.
    pub at: usize,
    /// What stood there.
    pub words: String,
}

impl Passage {
    pub fn of(text: &str, at: usize) -> Self {
        let rest = text.get(at..).unwrap_or_default();
        let end = (0..=WORDS.min(rest.len())).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or(0);
        Self { at, words: rest[..end].to_owned() }
    }

    /// Where it stands in `text` now: where its words are, nearest to where they were; else at the
    /// same distance from the start, in a text that was `length` bytes long.
    pub fn find(&self, text: &str, length: usize) -> usize {
        if text.get(self.at..).is_some_and(|rest| rest.starts_with(&self.words)) {
            return self.at;
        }
        let near = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        if !self.words.is_empty() {
            let here = near(self.at);
            let after = text[here..].find(&self.words).map(|at| here + at);
            let before = text[..here].rfind(&self.words);
            let found = [after, before].into_iter().flatten().min_by_key(|at| at.abs_diff(self.at));
            if let Some(found) = found {
                return found;
            }
        }
        let scaled = self.at as u128 * text.len() as u128 / length.max(1) as u128;
        near(scaled as usize)
    }
}

/// What is known of the reading of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub passage: Passage,
    /// Rows of the screen above it.
    pub above: usize,
    /// Byte up to which it was read.
    pub furthest: usize,
    /// Bytes of the text all this was noted on; 0 where no more than its start was known yet.
    pub length: usize,
}

#[derive(Debug, Default)]
pub struct Places {
    readings: HashMap<DocId, Reading>,
    /// Readings of an earlier session, not yet held against the text.
    unchecked: HashSet<DocId>,
    /// Those that changed in this session.
    touched: HashSet<DocId>,
}

impl Places {
    /// Takes up a reading of an earlier session.
    pub fn restore(&mut self, doc: DocId, reading: Reading) {
        self.readings.insert(doc, reading);
        self.unchecked.insert(doc);
    }

    /// Takes up a reading of an earlier session for a document that may have been read in this one already.
    pub fn adopt(&mut self, doc: DocId, reading: Reading) {
        match self.readings.get_mut(&doc) {
            None => self.restore(doc, reading),
            Some(now) => now.furthest = now.furthest.max(reading.furthest),
        }
        self.touch(doc);
    }

    /// Holds what was kept against the text as it is now.
    pub fn check(&mut self, doc: DocId, text: &str) {
        let Some(reading) = self.readings.get_mut(&doc) else { return };
        if !self.unchecked.remove(&doc) && reading.length == text.len() {
            return;
        }
        reading.passage = Passage::of(text, reading.passage.find(text, reading.length));
        if reading.length != text.len() {
            if reading.length > 0 {
                let scaled = reading.furthest as u128 * text.len() as u128 / reading.length as u128;
                reading.furthest = scaled as usize;
            }
            reading.length = text.len();
        }
    }

    /// The reader is here now, in the whole text or in the start of one that is still being read. Answers
    /// whether that is news.
    pub fn note(&mut self, doc: DocId, text: &str, is_whole: bool, at: usize, above: usize) -> bool {
        let reading = self.readings.entry(doc).or_default();
        let length = if is_whole { text.len() } else { reading.length };
        if (reading.passage.at, reading.above, reading.length) == (at, above, length) {
            return false;
        }
        reading.passage = Passage::of(text, at);
        (reading.above, reading.length) = (above, length);
        self.touched.insert(doc);
        true
    }

    /// The document was read up to this byte.
    pub fn read_to(&mut self, doc: DocId, at: usize) {
        if let Some(reading) = self.readings.get_mut(&doc)
            && reading.furthest < at
        {
            reading.furthest = at;
            self.touched.insert(doc);
        }
    }

    /// What is known of a document is to be kept for the next session, though nothing changed but its name.
    pub fn touch(&mut self, doc: DocId) {
        if self.readings.contains_key(&doc) {
            self.touched.insert(doc);
        }
    }

    pub fn of(&self, doc: DocId) -> Option<&Reading> {
        self.readings.get(&doc)
    }

    /// How much of a document was read, in eighths; 0 where nothing was, 8 only where all was.
    pub fn eighths(&self, doc: DocId) -> usize {
        let Some(reading) = self.readings.get(&doc).filter(|reading| reading.furthest > 0) else { return 0 };
        (reading.furthest * 8 / reading.length.max(1)).clamp(1, 8)
    }

    /// Whether nothing of a document was read.
    pub fn is_unread(&self, doc: DocId) -> bool {
        self.eighths(doc) == 0
    }

    /// The readings that changed in this session.
    pub fn touched(&self) -> impl Iterator<Item = (DocId, &Reading)> {
        self.touched.iter().filter_map(|doc| Some((*doc, self.readings.get(doc)?)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_by_its_words_nearest_to_where_it_was() {
        let text = "One thing here. Another thing there. One thing here. The end.";
        let passage = Passage { at: 37, words: "One thing here.".into() };
        assert_eq!(passage.find(text, text.len()), 37);
        let longer = format!("A preface of some words. {text}");
        assert_eq!(passage.find(&longer, text.len()), 37 + 25);
        assert_eq!(passage.find("日本の安全保障は続く", 61), 18, "in proportion, and on a character");
        assert_eq!(passage.find("", 61), 0);
    }

    #[test]
    fn what_was_read_is_told_in_eighths_of_the_text_as_it_is() {
        let (doc, text) = (DocId(0), "x".repeat(800));
        let mut places = Places::default();
        places.note(doc, &text, true, 0, 0);
        assert!(places.is_unread(doc));
        places.read_to(doc, 10);
        assert_eq!(places.eighths(doc), 1);
        places.read_to(doc, 799);
        assert_eq!(places.eighths(doc), 7);
        places.read_to(doc, 800);
        assert_eq!(places.eighths(doc), 8);
        places.check(doc, &"x".repeat(1_600));
        assert_eq!((places.eighths(doc), places.of(doc).unwrap().length), (8, 1_600));
    }

    #[test]
    fn a_place_in_the_start_of_a_text_is_one_in_the_whole() {
        let doc = DocId(0);
        let start = "One word after the other. ".repeat(10) + "Here one reads. ";
        let text = format!("A page mark that only the whole tells from the text. {start}{}", "And so on. ".repeat(500));
        let mut places = Places::default();
        assert!(places.note(doc, &start, false, start.len() - 16, 7));
        places.read_to(doc, start.len());
        places.check(doc, &text);
        let reading = places.of(doc).unwrap();
        assert!(text[reading.passage.at..].starts_with("Here one reads."), "{reading:?}");
        assert_eq!((reading.above, reading.furthest, reading.length), (7, start.len(), text.len()));
    }
}
