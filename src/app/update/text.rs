//! The reading pane's keys.

use crate::app::event::Effect;
use crate::app::flow::Unit;
use crate::app::force::Seek;
use crate::app::motion::Motion;
use crate::app::selection::By;
use crate::app::{Model, Target};
use crate::corpus::Place;
use crate::keys::actions::Action;
use crate::notes::Subject;
use crate::text::Kind;

/// What is about the paragraph or the word under the cursor.
const ON_PARAGRAPH: [Action; 7] = [
    Action::Annotate,
    Action::Highlight,
    Action::SelectCharacters,
    Action::SelectParagraphs,
    Action::SearchWord,
    Action::SearchWordBack,
    Action::SetMark,
];

impl Model {
    pub(super) fn text_action(&mut self, action: Action, count: Option<usize>, fx: &mut Vec<Effect>) {
        if ON_PARAGRAPH.contains(&action) && self.paragraph_range().is_none() {
            return self.status.refuse("no paragraph here");
        }
        self.wait_no_longer();
        let n = count.unwrap_or(1) as isize;
        let page = self.page.height().max(2) as isize;
        match action {
            Action::LineDown => self.go_lines(n),
            Action::LineUp => self.go_lines(-n),
            Action::PageDown => self.scroll(n.saturating_mul(self.page.stretch())),
            Action::PageUp => self.scroll(-n.saturating_mul(self.page.stretch())),
            Action::HalfDown => self.scroll(n * (page / 2)),
            Action::HalfUp => self.scroll(-n * (page / 2)),
            Action::Start | Action::End if count.is_some() => self.go_to_number(count.unwrap_or_default(), fx),
            Action::Start => {
                self.leave();
                match self.page.is_trail() {
                    true => self.go_to_end_of_trail(false, fx),
                    false => self.page.go_to_end(false, &self.shelf),
                }
            }
            Action::End => self.go_ahead(Target::End, fx),
            Action::NextParagraph => self.step_units(n, |_| true, "paragraph", fx),
            Action::PreviousParagraph => match self.page.go_to_own_start(&self.shelf) {
                true if n == 1 => {}
                begun => self.step_units(isize::from(begun) - n, |_| true, "paragraph", fx),
            },
            Action::NextHeading => self.step_units(n, |kind| kind == Kind::Heading, "heading", fx),
            Action::PreviousHeading => self.step_units(-n, |kind| kind == Kind::Heading, "heading", fx),
            Action::WordForward => self.step(Motion::Word, count),
            Action::WordEnd => self.step(Motion::WordEnd, count),
            Action::WordBack => self.step(Motion::WordBack, count),
            Action::SentenceForward => self.step(Motion::Sentence, count),
            Action::SentenceBack => self.step(Motion::SentenceBack, count),
            Action::LineStart => self.step(Motion::RowStart, count),
            Action::LineEnd => self.step(Motion::RowEnd, count),
            Action::SelectCharacters => self.begin_selection(By::Character),
            Action::SelectParagraphs => self.begin_selection(By::Paragraph),
            Action::Copy => self.copy_paragraph(false, fx),
            Action::CopyCited => self.copy_paragraph(true, fx),
            Action::SearchWord => self.search_word(Seek { forward: true, count: count.unwrap_or(1) }, fx),
            Action::SearchWordBack => self.search_word(Seek { forward: false, count: count.unwrap_or(1) }, fx),
            Action::Annotate => {
                if let Some(range) = self.paragraph_range() {
                    self.annotate(range, Subject::Paragraph);
                }
            }
            Action::Highlight => {
                if let Some(range) = self.paragraph_range() {
                    self.highlight(range, Subject::Paragraph, fx);
                }
            }
            Action::DocumentNote => self.annotate_document(),
            Action::OpenNote if count.is_some() => self.everywhere_action(Action::Topic, count, fx),
            Action::OpenNote => self.open_notes(),
            Action::EditNote => self.edit_here(),
            Action::NextNote => self.step_notes(true, count.unwrap_or(1).max(1), fx),
            Action::PreviousNote => self.step_notes(false, count.unwrap_or(1).max(1), fx),
            Action::Footnote => match count {
                None => self.go_to_footnote(fx),
                Some(percent) => match self.page.flow.trail().map(|trail| trail.len()) {
                    Some(length) => self.go_to_position(length.saturating_mul(percent) / 100, fx),
                    None => self.go_ahead(Target::Percent(percent), fx),
                },
            },
            Action::SetMark | Action::GoMark => self.input.letter_for = Some(action),
            _ => self.everywhere_action(action, count, fx),
        }
    }

    fn go_lines(&mut self, by: isize) {
        if !self.page.go_lines(by, &self.shelf) {
            self.say_end(by > 0);
        }
        self.note_reading();
    }

    fn scroll(&mut self, by: isize) {
        if !self.page.scroll(by, &self.shelf) {
            self.say_end(by > 0);
        }
        self.note_reading();
    }

    fn step(&mut self, motion: Motion, count: Option<usize>) {
        if !self.page.step(motion, count.unwrap_or(1), &self.shelf) && !motion.is_in_row() {
            self.say_end(motion.is_forward());
        }
    }

    /// Nothing moved.
    pub(super) fn say_end(&mut self, forward: bool) {
        let text = if self.page.is_trail() { "trail" } else { "document" };
        self.status.refuse(format!("the {} of the {text}", if forward { "end" } else { "start" }));
    }

    /// To paragraph number `number` as counted on the screen, or of the trail.
    fn go_to_number(&mut self, number: usize, fx: &mut Vec<Effect>) {
        if self.page.is_trail() {
            return self.go_to_position(number.saturating_sub(1), fx);
        }
        let Some(doc) = self.doc() else { return };
        match self.shelf.paragraph_number(doc, 0) {
            (_, known) if number > known => self.go_ahead(Target::Numbered(number), fx),
            _ => {
                self.leave();
                self.reach(doc, Target::Numbered(number), fx);
            }
        }
    }

    /// From a paragraph to the footnote of its mark at or after the cursor, and from a footnote back to its mark.
    fn go_to_footnote(&mut self, fx: &mut Vec<Effect>) {
        let (Some(here), Some(para)) = (self.page.place(), self.page.para()) else { return };
        let Some(document) = self.shelf.document(here.doc) else { return };
        let (footnotes, paragraphs) = (&document.clean.footnotes, &document.clean.paragraphs);
        let paragraph = &paragraphs[para as usize];
        if paragraph.kind == Kind::Footnote {
            return match footnotes.iter().find(|footnote| footnote.paragraph == para) {
                Some(footnote) => {
                    let at = footnote.mark.start as usize;
                    self.go(Place { doc: here.doc, at }, true, fx);
                    self.page.fine = true;
                }
                None => self.status.refuse("the mark of this footnote was not found in the text"),
            };
        }
        let inside = |mark: u32| paragraph.range().contains(&(mark as usize));
        let mut marks = footnotes.iter().filter(|footnote| inside(footnote.mark.start));
        let first = marks.clone().next();
        match marks.find(|footnote| footnote.mark.end as usize > here.at).or(first) {
            Some(footnote) => {
                let at = paragraphs[footnote.paragraph as usize].start as usize;
                self.go(Place { doc: here.doc, at }, true, fx);
            }
            None => self.status.refuse("no footnote in this paragraph"),
        }
    }

    fn step_units(&mut self, by: isize, wanted: impl Fn(Kind) -> bool, what: &str, fx: &mut Vec<Effect>) {
        let shelf = &self.shelf;
        let fits = |unit: Unit| {
            let Unit::Text { doc, para, start, .. } = unit else { return false };
            let paragraph = shelf.document(doc).and_then(|d| d.clean.paragraphs.get(para as usize));
            paragraph.is_some_and(|p| p.start == start && wanted(p.kind))
        };
        if what == "heading" {
            let here = self.page.place();
            if self.page.move_units(by, shelf, fits)
                && let Some(here) = here
            {
                self.leave_from(here);
                return;
            }
        } else if self.page.move_units(by, shelf, fits) || self.step_over(by > 0, fx) {
            return;
        }
        self.status.refuse(format!("no {what} {}", if by > 0 { "further down" } else { "further up" }));
    }

    /// The letter of a mark.
    pub(super) fn letter(&mut self, action: Action, letter: char, fx: &mut Vec<Effect>) {
        match action {
            Action::SetMark if letter.is_alphabetic() => self.set_mark(letter),
            Action::SetMark => self.status.refuse("a mark is a letter: small for this document, capital for all"),
            Action::GoMark => self.go_to_mark(letter, fx),
            Action::SelectToMark => self.select_to_mark(letter),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;
    use crate::corpus::DocId;

    #[test]
    fn a_key_goes_from_a_mark_to_its_footnote_and_back() {
        let text = include_str!("../../../seeds/the-quiet-sea-lanes.txt");
        let mut trial = Trial::of(&[("a.txt", text)], 120, 30);
        assert!(trial.keys("3}%").at_cursor().starts_with("1 United"));
        assert!(trial.keys("%").at_cursor().starts_with("1 The li"));
        assert!(trial.keys("<C-o>").at_cursor().starts_with("1 United"));
        assert!(trial.keys("<C-o>").at_cursor().starts_with("Note wha"));
        trial.keys("gg%");
        assert_eq!(trial.said(), "no footnote in this paragraph");
    }

    #[test]
    fn a_count_goes_to_that_percent_of_the_document() {
        let text = "Each of these sentences is as long as the others are. ".repeat(201).replace(". E", ".\n\nE");
        let mut trial = Trial::of(&[("a.txt", &text)], 120, 30);
        let number = |trial: &Trial| trial.model.page.para().unwrap();
        assert_eq!(number(trial.keys("50%")), 100);
        assert_eq!(number(trial.keys("1%")), 2);
        assert_eq!(number(trial.keys("400%")), 200);
        assert_eq!(number(trial.keys("<C-o>")), 2);
    }

    #[test]
    fn the_end_of_what_is_read_is_all_of_it() {
        let text = include_str!("../../../seeds/a-seat-nobody-took.txt");
        let mut trial = Trial::of(&[("a.txt", text)], 120, 30);
        trial.keys("G");
        assert_eq!(trial.model.progress(), Some((100, 0)));
    }

    #[test]
    fn the_row_of_the_cursor_is_put_at_the_top_the_middle_and_the_bottom() {
        let text = "Each of these sentences is as long as the others are. ".repeat(201).replace(". E", ".\n\nE");
        let mut trial = Trial::of(&[("a.txt", &text)], 120, 31);
        trial.keys("50%");
        let cursor = trial.model.page.cursor;
        for (keys, above) in [("zt", 0), ("zb", 27), ("z.", 13)] {
            assert_eq!(trial.keys(keys).model.page.rows_above_cursor(), above, "{keys}");
            assert_eq!(trial.model.page.cursor, cursor);
        }
    }

    #[test]
    fn a_paragraph_begun_is_gone_to_the_start_of_before_the_one_above_it() {
        let text = "Each of these sentences is as long as the others are. ".repeat(61).replace(". E", ".\n\nE");
        let long = format!("{text}\n\n{}", "And this one has no end in sight. ".repeat(99));
        let mut trial = Trial::of(&[("a.txt", &long)], 80, 24);
        let number = |trial: &Trial| trial.model.page.para().unwrap();
        assert_eq!(number(trial.keys("9G2w{")), 8, "to its own start");
        assert_eq!(number(trial.keys("{")), 7);
        assert_eq!(number(trial.keys("2w3{")), 5, "which is one of three");
        trial.keys("62G9<C-d>");
        assert_eq!(number(&trial), 61);
        assert_eq!((number(trial.keys("{")), trial.at_cursor().as_str()), (61, "And this"), "its start was not seen");
        assert_eq!(number(trial.keys("{")), 60);
        trial.keys("9Gv2w{");
        assert_eq!(trial.model.selected().map(|range| range.len()), Some(1));
    }

    #[test]
    fn a_count_of_lines_is_as_many_lines() {
        let text =
            "Each of these sentences is as long as the others are, or nearly so. ".repeat(40).replace(". E", ".\n\nE");
        for (count, key) in [(1, "j"), (7, "j"), (60, "j"), (150, "j"), (400, "j"), (9, "k"), (90, "k"), (400, "k")] {
            let start = if key == "k" { "G" } else { "gg" };
            let [mut one, mut many] = [(); 2].map(|()| Trial::of(&[("a.txt", &text)], 80, 24));
            one.keys(start).keys(&format!("{count}{key}"));
            many.keys(start).keys(&key.repeat(count));
            let seen = |trial: &Trial| (trial.model.page.top, trial.model.page.cursor);
            assert_eq!(seen(&one), seen(&many), "{count}{key}");
        }
    }

    #[test]
    fn where_no_paragraph_is_nothing_is_begun_on_one() {
        let mut trial = Trial::of(&[("a.txt", "")], 80, 24);
        for keys in ["a", "H", "v", "V", "*", "#", "m"] {
            assert_eq!(trial.keys(keys).said(), "no paragraph here", "{keys}");
        }
    }

    #[test]
    fn what_leads_nowhere_says_so() {
        let mut trial = Trial::of(&[("a.txt", "Boats\n\nOne boat is at sea.\n\nNobody knows where.\n")], 80, 24);
        assert_eq!(trial.keys("gq").said(), "gq does nothing here; ? shows the keys");
        assert_eq!(trial.keys("g<Esc>").said(), "");
        assert_eq!(trial.keys("}v00").said(), "");
    }

    #[test]
    fn a_place_in_a_document_that_is_being_read_is_kept() {
        let text = (1..=40).map(|n| format!("Paragraph {n} of it.\n\n")).collect::<String>();
        let mut trial = Trial::of(&[("a.txt", &text)], 80, 24);
        trial.model.shelf.partial = Some(DocId(0));
        trial.keys("}}}");
        let reading = trial.model.places.of(DocId(0)).unwrap();
        assert!(reading.passage.words.starts_with("Paragraph 4 of it."), "{reading:?}");
    }

    /// Of a large document the start is shown before the rest is there.
    #[test]
    fn the_end_of_a_document_that_is_being_read_is_gone_to_once_it_is_there() {
        let numbered = |count: usize| (1..=count).map(|n| format!("Paragraph {n} of it.\n\n")).collect::<String>();
        let cases = [
            ("G", true, 200),
            ("50%", true, 103),
            ("150G", true, 150),
            ("900G", true, 200),
            ("30G", false, 30),
            ("Gj", false, 2),
            ("G}", false, 2),
        ];
        for (keys, waits, paragraph) in cases {
            let mut trial = Trial::of(&[("a.txt", &numbered(40))], 80, 24);
            trial.model.shelf.partial = Some(DocId(0));
            trial.keys(keys);
            assert_eq!(trial.said().starts_with("the rest is being read"), waits, "{keys}");
            trial.rewrite(DocId(0), &numbered(200));
            assert_eq!(trial.model.page.para(), Some(paragraph - 1), "{keys}");
        }
    }

    #[test]
    fn an_edit_elsewhere_leaves_the_reader_on_the_words_and_the_row() {
        let text: String = (1..=60).map(|n| format!("Paragraph {n} says that {n} is its number.\n\n")).collect();
        let above = format!("Before all else.\n\nAnd then another.\n\n{text}");
        for keys in ["30G", "30G2w", "30G2wve"] {
            let mut trial = Trial::of(&[("a.txt", &text)], 80, 24);
            trial.keys(keys);
            let seen = |trial: &Trial| {
                let selected = trial.model.selected().map(|range| trial.text()[range].to_owned());
                (trial.at_cursor(), trial.model.page.rows_above_cursor(), selected, trial.model.page.fine)
            };
            let before = seen(&trial);
            for edited in [&above, &text] {
                trial.rewrite(DocId(0), edited);
                assert_eq!(seen(&trial), before, "{keys}");
            }
        }
    }
}
