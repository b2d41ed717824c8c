//! Motions of the cursor inside the text: by grapheme, word and sentence, over the ends of paragraphs,
//! and inside a row.
//!
//! A step looks at the unit the cursor stands in and at most a few after it, so that it costs the same
//! in a document of any size.

use crate::text::segment;

use super::flow::Unit;
use super::page::{Cursor, Page, Reveal};
use super::shelf::Shelf;

/// Counts stop here: a held key never means more.
const MOST: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Motion {
    Right,
    Left,
    Word,
    WordEnd,
    WordBack,
    Sentence,
    SentenceBack,
    RowStart,
    RowEnd,
}

impl Motion {
    pub fn is_forward(self) -> bool {
        !matches!(self, Motion::Left | Motion::WordBack | Motion::SentenceBack | Motion::RowStart)
    }

    /// Whether it stays in its row.
    pub fn is_in_row(self) -> bool {
        matches!(self, Motion::RowStart | Motion::RowEnd)
    }

    /// Where it leads from byte `at` of a unit's text; `None` where it leaves the unit.
    fn within(self, text: &str, at: usize) -> Option<usize> {
        match self {
            Motion::Right => Some(segment::next_grapheme(text, at)).filter(|next| *next < text.len()),
            Motion::Left => (at > 0).then(|| segment::previous_grapheme(text, at)),
            Motion::Word => segment::next_word(text, at),
            Motion::WordEnd => segment::word_end(text, at),
            Motion::WordBack => segment::previous_word(text, at),
            Motion::Sentence => segment::next_sentence(text, at),
            Motion::SentenceBack => segment::previous_sentence(text, at),
            Motion::RowStart | Motion::RowEnd => None,
        }
    }

    /// Where it stops in a unit it comes into; `None` where there is nothing to stop at.
    fn entering(self, text: &str) -> Option<usize> {
        match self {
            Motion::Right => (!text.is_empty()).then_some(0),
            Motion::Left => (!text.is_empty()).then(|| segment::previous_grapheme(text, text.len())),
            Motion::Word => first_word(text),
            Motion::WordEnd => {
                let word = segment::word_at(text, first_word(text)?);
                Some(segment::previous_grapheme(text, word.end))
            }
            Motion::WordBack => segment::previous_word(text, text.len()),
            // Stars between two parts of a text are no sentence.
            Motion::Sentence | Motion::SentenceBack if !text.contains(char::is_alphanumeric) => None,
            Motion::Sentence => Some(segment::sentence_at(text, 0)).filter(|s| !s.is_empty()).map(|s| s.start),
            Motion::SentenceBack => segment::previous_sentence(text, text.len()),
            Motion::RowStart | Motion::RowEnd => None,
        }
    }
}

fn first_word(text: &str) -> Option<usize> {
    let at_start = segment::previous_word(text, text.chars().next()?.len_utf8());
    at_start.or_else(|| segment::next_word(text, 0))
}

impl Page {
    /// Moves the cursor and shows its cell; answers whether it moved.
    pub fn step(&mut self, motion: Motion, count: usize, shelf: &Shelf) -> bool {
        let before = self.cursor;
        let mut cursor = before;
        if motion.is_in_row() {
            let is_end = motion == Motion::RowEnd;
            if is_end && count > 1 {
                self.move_rows(count.min(MOST) as isize - 1, shelf);
            }
            cursor = self.in_row(is_end, shelf).unwrap_or(before);
        } else {
            for _ in 0..count.min(MOST) {
                let Some(next) = self.after(cursor, motion, shelf) else { break };
                cursor = next;
            }
        }
        self.put(cursor);
        if motion == Motion::RowEnd {
            self.keep_to_row_ends();
        }
        self.fine = true;
        self.reveal(shelf, Reveal::Follow);
        self.cursor != before
    }

    /// Moves the cursor on, or back, to the next character that is no blank, over the ends of paragraphs; it stays
    /// where there is none.
    pub fn go_beyond_blanks(&mut self, back: bool, shelf: &Shelf) {
        let motion = if back { Motion::Left } else { Motion::Right };
        let is_blank = |page: &Page, at: Cursor| {
            let (text, start) = page.unit_text(at.unit, shelf)?;
            text.get(at.at.saturating_sub(start)..)?.chars().next().map(char::is_whitespace)
        };
        let mut cursor = self.cursor;
        for _ in 0..MOST {
            let Some(next) = self.after(cursor, motion, shelf) else { return };
            cursor = next;
            if is_blank(self, cursor) == Some(false) {
                self.put(cursor);
                return self.reveal(shelf, Reveal::Least);
            }
        }
    }

    fn after(&self, from: Cursor, motion: Motion, shelf: &Shelf) -> Option<Cursor> {
        let (text, start) = self.unit_text(from.unit, shelf)?;
        if let Some(found) = motion.within(text, from.at.saturating_sub(start).min(text.len())) {
            return Some(Cursor { unit: from.unit, at: start + found });
        }
        let mut unit = from.unit;
        loop {
            unit = self.neighbour(unit, motion.is_forward())?;
            let (text, start) = self.unit_text(unit, shelf)?;
            if let Some(found) = motion.entering(text) {
                return Some(Cursor { unit, at: start + found });
            }
        }
    }

    /// The next unit of running text, or the one before.
    fn neighbour(&self, unit: usize, forward: bool) -> Option<usize> {
        let units = &self.flow.units;
        let is_text = |at: &usize| matches!(units.get(*at), Some(Unit::Text { .. }));
        if forward { (unit + 1..units.len()).find(is_text) } else { (0..unit).rev().find(is_text) }
    }

    /// The text of a unit, and the byte of the clean text where it starts.
    fn unit_text<'a>(&self, unit: usize, shelf: &'a Shelf) -> Option<(&'a str, usize)> {
        match *self.flow.units.get(unit)? {
            Unit::Text { doc, start, end, .. } => {
                let (start, end) = (start as usize, end as usize);
                Some((shelf.document(doc)?.clean.text.get(start..end)?, start))
            }
            Unit::Head(_) | Unit::Folded { .. } | Unit::Away { .. } => None,
        }
    }

    /// The first or the last grapheme of the cursor's row.
    fn in_row(&mut self, end: bool, shelf: &Shelf) -> Option<Cursor> {
        let Cursor { unit, at } = self.cursor;
        let line = self.row_of(unit, at, shelf)?;
        let text = &shelf.document(line.doc)?.clean.text;
        let at = if end { segment::previous_grapheme(text, line.range.end) } else { line.range.start };
        Some(Cursor { unit, at: at.max(line.range.start) })
    }
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;

    const TEXT: &str = "The first sentence has words. The second one, too, is here.\n\n\
                        A new paragraph starts; it goes on.\n\n* * *\n\nAnd the last one says nothing more.";

    #[test]
    fn words_and_sentences_go_over_the_ends_of_paragraphs() {
        let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
        let expected = [
            ("w", "first se"),
            ("2w", "has word"),
            (")", "The seco"),
            (")", "A new pa"),
            (")", "And the "),
            ("(", "A new pa"),
            ("B", "here.\n\nA"),
            ("e", "e.\n\nA new"),
            ("e", "A new pa"),
            ("e", "w paragr"),
            ("6w", "And the "),
            ("B", "on.\n\n* *"),
            ("100B", "The firs"),
        ];
        for (keys, at) in expected {
            let at = at.replace('\n', "");
            trial.keys(keys);
            let here = trial.at_cursor().replace('\n', "");
            assert!(here.starts_with(&at) || at.starts_with(&here), "{keys} leads to {here:?}, not {at:?}");
        }
    }

    #[test]
    fn the_ends_of_a_line_are_gone_to_and_kept_to() {
        let text = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen \
                    seventeen eighteen nineteen";
        let mut trial = Trial::of(&[("a.txt", text)], 60, 30);
        let rows: Vec<_> = trial.lines().iter().map(|line| text[line.range.clone()].trim_end().to_owned()).collect();
        assert!(rows.len() > 2, "{rows:?}");
        let last = |row: &String| row.chars().last().unwrap();
        let here = |trial: &Trial| trial.at_cursor().chars().next().unwrap();
        assert_eq!(here(trial.keys("$")), last(&rows[0]));
        assert_eq!(here(trial.keys("0")), 'o');
        assert_eq!(here(trial.keys("3$")), last(&rows[2]));
        assert_eq!(trial.keys("$").said(), "", "the end of a line is no end of the document");
        assert_eq!(trial.keys("^").at_cursor()[..3], rows[2][..3]);
        trial.keys("ggv$jj");
        assert_eq!(here(&trial), last(&rows[2]), "rows are of different lengths");
    }

    #[test]
    fn a_motion_that_leads_nowhere_says_so() {
        let mut trial = Trial::of(&[("a.txt", "Only this here.")], 120, 30);
        trial.keys("100w");
        assert_eq!(trial.at_cursor(), "here.");
        trial.keys("w");
        assert_eq!(trial.said(), "the end of the document");
        trial.keys("100BB");
        assert_eq!(trial.said(), "the start of the document");
    }

    #[test]
    fn steps_go_through_the_pieces_of_an_endless_paragraph() {
        let text = "one two three four five six seven eight nine ten ".repeat(2_000);
        let mut trial = Trial::of(&[("a.txt", &text)], 120, 30);
        assert!(trial.model.page.flow.units.len() > 3);
        trial.keys("5000w");
        let first = trial.model.page.cursor.at;
        assert_eq!(first, 500 * "one two three four five six seven eight nine ten ".len());
        trial.keys("5000B");
        assert_eq!(trial.model.page.cursor.at, 0);
    }
}
