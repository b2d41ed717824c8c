//! Keys while a passage is being selected, and what is done with it.

use std::ops::Range;

use crate::app::Model;
use crate::app::event::Effect;
use crate::app::flow::Unit;
use crate::app::force::Seek;
use crate::app::motion::Motion;
use crate::app::page::{Page, Reveal};
use crate::app::selection::{By, Selection};
use crate::app::shelf::Shelf;
use crate::corpus::Place;
use crate::keys::actions::Action;
use crate::notes::Subject;
use crate::text::{Kind, segment};

impl Model {
    /// Begins to select at the cursor.
    pub(super) fn begin_selection(&mut self, by: By) {
        let Some((place, _)) = self.page.place().zip(self.open_document()) else { return };
        self.page.fine = true;
        self.selection = Some(Selection { doc: place.doc, anchor: place.at, by });
    }

    /// The passage selected, as bytes of the clean text.
    pub fn selected(&self) -> Option<Range<usize>> {
        let selection = self.selection?;
        let clean = &self.shelf.document(selection.doc)?.clean;
        Some(selection.range(clean, self.page.cursor.at))
    }

    pub(super) fn select_action(&mut self, action: Action, count: Option<usize>, fx: &mut Vec<Effect>) {
        if self.selection.is_none() {
            let key = self.key_of(Action::SelectCharacters);
            return self.status.refuse(format!("nothing is selected; {key} begins"));
        }
        let n = count.unwrap_or(1);
        let rows = n.min(1_000_000) as isize;
        let page = self.page.stretch();
        match action {
            Action::SelectRight => self.extend(Motion::Right, n),
            Action::SelectLeft => self.extend(Motion::Left, n),
            Action::SelectWordForward => self.extend(Motion::Word, n),
            Action::SelectWordEnd => self.extend(Motion::WordEnd, n),
            Action::SelectWordBack => self.extend(Motion::WordBack, n),
            Action::SelectSentenceForward => self.extend(Motion::Sentence, n),
            Action::SelectSentenceBack => self.extend(Motion::SentenceBack, n),
            Action::SelectLineStart => self.extend(Motion::RowStart, n),
            Action::SelectLineEnd => self.extend(Motion::RowEnd, n),
            Action::SelectDown => self.extend_by(Some(true), |page, shelf| page.move_rows(rows, shelf)),
            Action::SelectUp => self.extend_by(Some(false), |page, shelf| page.move_rows(-rows, shelf)),
            Action::SelectPageDown => {
                self.extend_by(Some(true), |p, shelf| p.move_rows(rows.saturating_mul(page), shelf))
            }
            Action::SelectPageUp => {
                self.extend_by(Some(false), |p, shelf| p.move_rows(-rows.saturating_mul(page), shelf))
            }
            Action::SelectParagraphForward => self.extend_to_paragraph_end(rows),
            Action::SelectParagraphBack => self.extend_to_paragraph_start(rows),
            Action::SelectHeadingForward => self.extend_to_heading(rows),
            Action::SelectHeadingBack => self.extend_to_heading(-rows),
            Action::SelectStart | Action::SelectEnd if count.is_some() => self.extend_to_number(n),
            Action::SelectToMark => self.input.letter_for = Some(action),
            Action::SelectStart => self.extend_by(Some(false), |page, shelf| page.move_to_end(false, shelf)),
            Action::SelectEnd => self.extend_by(Some(true), |page, shelf| page.move_to_end(true, shelf)),
            Action::ObjectWord => self.select_objects(n, segment::word_at),
            Action::ObjectSentence => self.select_objects(n, segment::sentence_at),
            Action::ObjectParagraph => self.select_paragraphs(n),
            Action::OtherEnd => self.other_end(),
            Action::SelectCharactersMode => self.select_by(By::Character),
            Action::SelectParagraphsMode => self.select_by(By::Paragraph),
            Action::StopSelecting => self.selection = None,
            Action::AnnotateSelection => {
                if let Some((range, subject)) = self.take_selection() {
                    self.annotate(range, subject);
                }
            }
            Action::HighlightSelection => {
                if let Some((range, subject)) = self.take_selection() {
                    self.highlight(range, subject, fx);
                }
            }
            Action::CopySelection => self.copy_selection(false, fx),
            Action::CopySelectionCited => self.copy_selection(true, fx),
            Action::SearchSelection => self.search_selection(Seek { forward: true, count: n }, fx),
            Action::SearchSelectionBack => self.search_selection(Seek { forward: false, count: n }, fx),
            Action::TermFromSelection => self.term_from_selection(),
            _ => self.not_here(action),
        }
    }

    fn extend(&mut self, motion: Motion, count: usize) {
        // The end of a line is no end of the document.
        let edge = (!motion.is_in_row()).then(|| motion.is_forward());
        self.extend_by(edge, |page, shelf| {
            page.step(motion, count, shelf);
        });
    }

    /// Moves the cursor to the end of its paragraph, from there to that of the next: characters are selected to the
    /// end of a paragraph, without the first of the one behind it. By paragraphs the next one is added.
    fn extend_to_paragraph_end(&mut self, count: isize) {
        let last = |page: &Page, shelf: &Shelf| {
            let clean = &shelf.document(page.place()?.doc)?.clean;
            let paragraph = clean.paragraphs.get(page.para()? as usize)?.range();
            Some(segment::previous_grapheme(&clean.text, paragraph.end).max(paragraph.start))
        };
        let by_paragraph = self.selection.is_some_and(|selection| selection.by == By::Paragraph);
        let is_inside = last(&self.page, &self.shelf).is_some_and(|last| self.page.cursor.at < last);
        let further = if is_inside && !by_paragraph { count - 1 } else { count };
        self.extend_by(Some(true), |page, shelf| {
            if further > 0 {
                page.move_paragraphs(further, shelf);
            }
            if let Some((place, at)) = page.place().zip(last(page, shelf)) {
                page.go(Place { at, ..place }, shelf, Reveal::Least);
            }
        });
    }

    /// Moves the cursor to the start of its paragraph, from there to that of the one before. By paragraphs the one
    /// before is added.
    fn extend_to_paragraph_start(&mut self, count: isize) {
        let by_paragraph = self.selection.is_some_and(|selection| selection.by == By::Paragraph);
        self.extend_by(Some(false), |page, shelf| {
            let further = if !by_paragraph && page.go_to_own_start(shelf) { count - 1 } else { count };
            if further > 0 {
                page.move_paragraphs(-further, shelf);
            }
        });
    }

    fn extend_to_heading(&mut self, by: isize) {
        self.extend_by(Some(by > 0), |page, shelf| {
            page.move_units(by, shelf, |unit| kind_of(unit, shelf) == Some(Kind::Heading));
        });
    }

    /// Moves the cursor to the paragraph of this number on the screen.
    fn extend_to_number(&mut self, number: usize) {
        let Some(doc) = self.doc() else { return };
        let para = self.shelf.numbering(doc).and_then(|numbering| numbering.paragraph(number));
        let start = |shelf: &Shelf| Some(shelf.document(doc)?.clean.paragraphs.get(para? as usize)?.start as usize);
        match start(&self.shelf) {
            Some(at) => self.extend_by(None, |page, shelf| page.go(Place { doc, at }, shelf, Reveal::Least)),
            None => self.extend_by(Some(true), |page, shelf| page.move_to_end(true, shelf)),
        }
    }

    /// Moves the cursor to a mark of the document.
    pub(super) fn select_to_mark(&mut self, letter: char) {
        match self.jumps.mark(letter, self.doc()).map(|mark| mark.place) {
            None => self.status.refuse(format!("no mark {letter}")),
            Some(place) if Some(place.doc) != self.doc() => self.status.refuse("a passage stays in its document"),
            Some(place) => self.extend_by(None, |page, shelf| page.go(place, shelf, Reveal::Least)),
        }
    }

    /// Moves the cursor; it goes back where the selection cannot follow. `edge`: which end of the document it has
    /// come to if it does not move.
    fn extend_by(&mut self, edge: Option<bool>, motion: impl FnOnce(&mut Page, &Shelf)) {
        let before = (self.page.cursor, self.page.top);
        motion(&mut self.page, &self.shelf);
        self.page.fine = true;
        if !self.is_selection_whole() {
            (self.page.cursor, self.page.top) = before;
            self.status.refuse(match self.page.is_trail() {
                true => "in a trail a passage stays in its paragraph",
                false => "a passage stays in its document",
            });
        } else if self.page.cursor == before.0
            && let Some(forward) = edge
        {
            self.say_end(forward);
        }
    }

    /// Whether all between anchor and cursor is part of what is read.
    pub(super) fn is_selection_whole(&self) -> bool {
        let (Some(selection), Some(place)) = (self.selection, self.page.place()) else { return false };
        let Some(document) = self.shelf.document(selection.doc) else { return false };
        let anchor = document.clean.paragraph_at(selection.anchor) as u32;
        place.doc == selection.doc && (!self.page.is_trail() || self.page.para() == Some(anchor))
    }

    /// Selects the object at the cursor, or goes on with those after it where something is selected already, or
    /// before it where the cursor is the first end; `count` of them, over the ends of paragraphs.
    pub(super) fn select_objects(&mut self, count: usize, object_at: fn(&str, usize) -> Range<usize>) {
        let Some(mut selection) = self.selection else { return };
        let mut left = count.min(10_000);
        let begins = selection.anchor == self.page.cursor.at;
        let back = self.page.cursor.at < selection.anchor;
        if begins && let Some(object) = self.object_here(object_at) {
            selection = Selection { anchor: object.start, by: By::Character, ..selection };
            self.selection = Some(selection);
            self.put_cursor_at_end(&object);
            left -= 1;
        }
        self.selection = Some(Selection { by: By::Character, ..selection });
        for _ in 0..left {
            let before = self.page.cursor;
            self.extend_by(Some(!back), |page, shelf| page.go_beyond_blanks(back, shelf));
            let Some(object) = self.object_here(object_at).filter(|_| self.page.cursor != before) else { break };
            match back {
                true => self.put_cursor(Place { doc: selection.doc, at: object.start }),
                false => self.put_cursor_at_end(&object),
            }
        }
    }

    /// The object at the cursor, as bytes of the clean text.
    pub(super) fn object_here(&self, object_at: fn(&str, usize) -> Range<usize>) -> Option<Range<usize>> {
        let paragraph = self.paragraph_range()?;
        let text = self.shelf.document(self.doc()?)?.clean.text.get(paragraph.clone())?;
        let at = self.page.cursor.at.clamp(paragraph.start, paragraph.end) - paragraph.start;
        let object = object_at(text, at);
        Some(paragraph.start + object.start..paragraph.start + object.end)
    }

    pub(super) fn put_cursor_at_end(&mut self, passage: &Range<usize>) {
        let Some(doc) = self.doc() else { return };
        let Some(document) = self.shelf.document(doc) else { return };
        let at = segment::previous_grapheme(&document.clean.text, passage.end).max(passage.start);
        self.put_cursor(Place { doc, at });
    }

    /// Selects the paragraph, or goes on with those after it where paragraphs are selected already, or before it
    /// where the cursor is the first end; `count` of them.
    fn select_paragraphs(&mut self, count: usize) {
        let Some((selection, paragraph)) = self.selection.zip(self.paragraph_range()) else { return };
        let back = self.page.cursor.at < selection.anchor;
        let goes_on = selection.by == By::Paragraph && selection.anchor != self.page.cursor.at;
        let further = (if goes_on { count } else { count - 1 }).min(1_000_000) as isize;
        let anchor = if selection.anchor == self.page.cursor.at { paragraph.start } else { selection.anchor };
        self.selection = Some(Selection { anchor, by: By::Paragraph, ..selection });
        if back {
            self.extend_by(None, |page, shelf| _ = page.go_to_own_start(shelf));
        }
        match further {
            0 if back => {}
            0 => self.put_cursor_at_end(&paragraph),
            further if back => self.extend_by(Some(false), |page, shelf| page.move_paragraphs(-further, shelf)),
            further => self.extend_to_paragraph_end(further),
        }
    }

    /// Selects in this way, or stops where that is the way already.
    fn select_by(&mut self, by: By) {
        let other = self.selection.filter(|selection| selection.by != by);
        self.selection = other.map(|selection| Selection { by, ..selection });
    }

    fn other_end(&mut self) {
        let Some((selection, place)) = self.selection.zip(self.page.place()) else { return };
        self.put_cursor(Place { at: selection.anchor, ..place });
        self.selection = Some(Selection { anchor: place.at, ..selection });
    }

    /// Puts the cursor on a place of what is read, and shows its cell.
    pub(super) fn put_cursor(&mut self, place: Place) {
        self.page.go(place, &self.shelf, Reveal::Least);
        self.page.fine = true;
    }

    /// Ends selecting; the passage, and what a note on it is about.
    pub(super) fn take_selection(&mut self) -> Option<(Range<usize>, Subject)> {
        let range = self.selected().filter(|range| !range.is_empty());
        let by = self.selection.take()?.by;
        let single = self.paragraph_range() == range;
        let subject = if by == By::Paragraph && single { Subject::Paragraph } else { Subject::Passage };
        range.map(|range| (range, subject))
    }

    fn copy_selection(&mut self, cited: bool, fx: &mut Vec<Effect>) {
        let Some(doc) = self.selection.map(|selection| selection.doc) else { return };
        if let Some((range, _)) = self.take_selection() {
            self.put_cursor(Place { doc, at: range.start });
            self.copy(range, "the passage", cited, fx);
        }
    }
}

/// The kind of a paragraph, where it begins with this unit.
fn kind_of(unit: Unit, shelf: &Shelf) -> Option<Kind> {
    let Unit::Text { doc, para, start, .. } = unit else { return None };
    let paragraph = shelf.document(doc)?.clean.paragraphs.get(para as usize)?;
    (paragraph.start == start).then_some(paragraph.kind)
}

#[cfg(test)]
mod tests {
    use crate::app::Effect;
    use crate::app::trial::Trial;
    use crate::keys::actions::Scope;

    const TEXT: &str = "The first sentence has words. The second one, too, is here. And a third.\n\n\
                        Another paragraph starts; it goes on and says that trade is good. It ends.\n\n\
                        The last one says nothing more of trade, as Trade is a name.";

    fn trial() -> Trial {
        Trial::of(&[("a.txt", TEXT), ("b.txt", "The other text says little.")], 120, 30)
    }

    /// What `keys` copy, put between bars.
    fn copied(keys: &str) -> String {
        let mut trial = trial();
        trial.keys(keys);
        let text = trial.effects.iter().rev().find_map(|effect| match effect {
            Effect::Copy { text, .. } => Some(text.clone()),
            _ => None,
        });
        text.unwrap_or_else(|| format!("nothing; {}", trial.said()))
    }

    #[test]
    fn a_passage_is_selected_with_the_keys_of_vim_and_copied() {
        let expected = [
            ("vey", "The"),
            ("wv2ey", "first sentence"),
            ("wviwy", "first"),
            ("wv2iwy", "first sentence"),
            ("wviwiwy", "first sentence"),
            ("2wviwoiwy", "first sentence"),
            ("4wvbiwy", "sentence has w"),
            (
                "5wvisisisy",
                "The second one, too, is here. And a third.\n\nAnother paragraph starts; it goes on and says that trade is good.",
            ),
            ("}visoisy", "And a third.\n\nAnother paragraph starts; it goes on and says that trade is good."),
            ("2}vipy", "The last one says nothing more of trade, as Trade is a name."),
            ("2}Vipy", "The last one says nothing more of trade, as Trade is a name."),
            ("v2)v", "nothing; "),
            ("5wvisy", "The second one, too, is here."),
            ("visisy", "The first sentence has words. The second one, too, is here."),
            ("2wvboly", "first se"),
            ("v)hhy", "The first sentence has words."),
            ("3wv}y", "has words. The second one, too, is here. And a third."),
            ("}v}y", "Another paragraph starts; it goes on and says that trade is good. It ends."),
            ("}v2{v{v}y", "The first sentence has words. The second one, too, is here. And a third."),
            ("2}v5}y", "The last one says nothing more of trade, as Trade is a name."),
            ("}vipy", "Another paragraph starts; it goes on and says that trade is good. It ends."),
            ("}Vy", "Another paragraph starts; it goes on and says that trade is good. It ends."),
            ("}Vjjky", "Another paragraph starts; it goes on and says that trade is good. It ends."),
        ];
        for (keys, text) in expected {
            assert_eq!(copied(keys), text, "after {keys}");
        }
        let both =
            ["v2}y", "v}}y", "vip}y", "v2ipy", "vipipy", "Vipipy", "}vipoipy", "}V{y", "}v1ip{y", "3wmavj'ao2Gipy"];
        for keys in both {
            assert!(
                copied(keys).ends_with(
                    "And a third.\n\nAnother paragraph starts; it goes on and says that trade is good. It ends."
                ),
                "after {keys}"
            );
        }
        assert!(copied("VGy").ends_with("It ends.\n\nThe last one says nothing more of trade, as Trade is a name."));
        assert!(copied("}V{y").starts_with("The first sentence has words."));
    }

    #[test]
    fn selecting_has_its_own_keys_until_it_stops() {
        let mut trial = trial();
        for (keys, scope) in [
            ("v", Scope::Select),
            ("v", Scope::Text),
            ("V", Scope::Select),
            ("v", Scope::Select),
            ("V", Scope::Select),
            ("V", Scope::Text),
            ("v<Esc>", Scope::Text),
            ("vq", Scope::Text),
            ("vy", Scope::Text),
            ("v]d", Scope::Text),
        ] {
            trial.keys(keys);
            assert_eq!(trial.model.scope(), scope, "after {keys}");
        }
    }

    #[test]
    fn actions_of_selecting_are_called_while_something_is_selected() {
        let mut trial = trial();
        assert_eq!(trial.keys(":select-next-word<CR>").said(), "nothing is selected; v begins");
        let proposed = |trial: &Trial| {
            let prompt = trial.model.prompt.as_ref().unwrap();
            prompt.proposals.iter().any(|proposal| proposal.label.starts_with("select-next"))
        };
        assert!(!proposed(trial.keys(":select-n")));
        assert!(proposed(trial.keys("<Esc>v:select-n")));
        trial.keys("ext-word<CR>");
        assert_eq!(trial.model.selected(), Some(0..5));
    }

    #[test]
    fn the_ends_change_places_and_the_passage_stays() {
        let mut trial = trial();
        trial.keys("2wv4e");
        let before = trial.model.selected().unwrap();
        trial.keys("o");
        assert_eq!((trial.model.selected().unwrap(), trial.model.page.cursor.at), (before.clone(), before.start));
        trial.keys("b");
        assert_eq!(trial.model.selected().unwrap(), 4..before.end);
    }

    #[test]
    fn a_passage_goes_to_a_numbered_paragraph_and_to_a_mark() {
        let first = "The first sentence has words. The second one, too, is here. And a third.";
        assert_eq!(copied("v2Gy"), format!("{first}\n\nA"));
        assert_eq!(copied("}v1ggy"), format!("{first}\n\nA"));
        assert!(copied("v99Gy").ends_with("It ends.\n\nT"));
        assert_eq!(copied("2wmaggv'ay"), "The first s");
        let mut trial = trial();
        assert_eq!(trial.keys("v'x").said(), "no mark x");
        assert_eq!(trial.keys("<Esc>mX]dv'X").said(), "a passage stays in its document");
        assert_eq!(trial.keys("zt").said(), "", "the page may be scrolled meanwhile");
    }

    #[test]
    fn a_passage_goes_to_the_next_heading_and_to_the_one_before() {
        let text = include_str!("../../../seeds/a-seat-nobody-took.txt");
        let mut trial = Trial::of(&[("a.txt", text)], 120, 30);
        let here = |trial: &Trial| trial.model.page.para();
        let second = here(trial.keys("2]]"));
        assert_eq!(here(trial.keys("ggv2]]")), second);
        let first = here(trial.keys("<Esc>gg]]"));
        assert_eq!(here(trial.keys("Gv9[[")), first);
        assert_eq!(trial.keys("<Esc>Gv]]").said(), "the end of the document");
    }

    #[test]
    fn what_was_copied_has_the_cursor_at_its_start() {
        for (keys, start) in
            [("wv2ey", "first se"), ("4wv2by", "sentence"), ("}wV}y", "Another "), ("2wviwY", "sentence")]
        {
            assert_eq!(trial().keys(keys).at_cursor(), start, "after {keys}");
        }
        let long = "One of these sentences stands here. ".repeat(200);
        let mut trial = Trial::of(&[("a.txt", &long)], 80, 24);
        trial.keys("2wv5<C-f>y");
        assert_eq!(trial.at_cursor(), "these se");
        assert!(trial.model.page.shows(trial.model.doc().unwrap(), trial.model.page.cursor.at));
        assert_eq!(trial.keys("<C-o>").said(), "no jump to go back from", "it is none, as in vim");
    }

    #[test]
    fn a_note_on_a_selection_is_on_the_passage() {
        let mut trial = trial();
        trial.keys("wv2ea");
        let editor = trial.model.editor.as_ref().unwrap();
        assert_eq!(editor.subject, crate::notes::Subject::Passage);
        assert_eq!(editor.anchor.as_ref().unwrap().exact, "first sentence");
        assert!(trial.model.selection.is_none());
    }

    #[test]
    fn a_citation_says_what_is_known_and_the_number_on_the_screen() {
        assert_eq!(
            copied("}Y"),
            "“Another paragraph starts; it goes on and says that trade is good. It ends.” (The first sentence has words. The second one, too, is here.…, ¶2)"
        );
        assert!(copied("VjjjjjjjjjjY").ends_with(", ¶1–3)"));
    }
}
