//! Searching what stands here: the word under the cursor, or the passage that is selected.

use std::ops::Range;

use crate::app::Model;
use crate::app::event::Effect;
use crate::app::force::Seek;
use crate::corpus::Place;
use crate::keys::actions::Action;
use crate::search::Query;
use crate::text::segment;
use crate::topics::scripts::has_bounds;

/// A query is not made of more characters.
const QUERY: usize = 200;

impl Model {
    /// Searches what is selected, up to the end of its first paragraph.
    pub(super) fn search_selection(&mut self, seek: Seek, fx: &mut Vec<Effect>) {
        let Some(selection) = self.selection else { return };
        let Some(document) = self.shelf.document(selection.doc).cloned() else { return };
        let Some((range, _)) = self.take_selection() else { return };
        let words = document.clean.passage(&range, true);
        let first = words.split("\n\n").next().unwrap_or_default();
        let words: String = first.chars().take(QUERY).collect();
        self.put_cursor(Place { doc: selection.doc, at: range.start });
        self.search_words(&words, seek, fx);
    }

    /// Searches the word under the cursor.
    pub(super) fn search_word(&mut self, seek: Seek, fx: &mut Vec<Effect>) {
        let Some((place, paragraph)) = self.page.place().zip(self.paragraph_range()) else { return };
        let Some(document) = self.shelf.document(place.doc).cloned() else { return };
        let text = &document.clean.text[paragraph.clone()];
        let word = segment::word_at(text, place.at.saturating_sub(paragraph.start));
        if !text[word.clone()].contains(char::is_alphanumeric) {
            let key = self.key_of(Action::WordForward);
            return self.status.refuse(format!("no word under the cursor; {key} goes to the next"));
        }
        // A capital is asked for where it is written; a sentence gives one to any word.
        let starts_sentence = segment::sentence_at(text, word.start).start == word.start;
        let small_rest = text[word.clone()].chars().skip(1).all(char::is_lowercase);
        let written = &text[word.clone()];
        let written = if starts_sentence && small_rest { written.to_lowercase() } else { written.to_owned() };
        self.put_cursor(Place { doc: place.doc, at: paragraph.start + word.start });
        self.search_words(&alone(text, &word, &written), seek, fx);
    }

    /// Puts words in force as a search and goes to where they stand next, or stood before.
    fn search_words(&mut self, words: &str, seek: Seek, fx: &mut Vec<Effect>) {
        // A blank before them keeps slashes from making an expression of them.
        let written = if words.starts_with('/') { format!(" {words}") } else { words.to_owned() };
        match Query::parse(&written) {
            Ok(query) => {
                self.seeks = Some(seek);
                self.search(query, seek.forward, fx);
            }
            Err(fault) => self.status.refuse(fault.to_string()),
        }
    }
}

/// A query for a word of a text: the word alone, without what makes a possessive of it; as it stands where its
/// script has no blanks between words, or there are none here.
fn alone(text: &str, word: &Range<usize>, written: &str) -> String {
    let written = ["'s", "’s"].iter().find_map(|end| written.strip_suffix(end)).unwrap_or(written);
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let stands_alone =
        !is_letter(text[..word.start].chars().next_back()) && !is_letter(text[word.end..].chars().next());
    let is_bounded = |c: Option<char>| c.is_some_and(has_bounds);
    match stands_alone && is_bounded(written.chars().next()) && is_bounded(written.chars().next_back()) {
        true => format!(r"\<{written}\>"),
        false => written.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use crate::app::Force;
    use crate::app::trial::Trial;

    const TEXT: &str = "The first sentence has words. The second one, too, is here. And a third.\n\n\
                        Another paragraph starts; it goes on and says that trade is good. It ends.\n\n\
                        The last one says nothing more of trade, as Trade is a name.";

    #[test]
    fn a_word_is_searched_as_it_is_written() {
        let query = |keys: &str| {
            let mut trial = Trial::of(&[("a.txt", TEXT)], 120, 30);
            trial.keys(keys);
            match &trial.model.force {
                Some(Force::Search(found)) => found.query.written().to_owned(),
                _ => trial.said().to_owned(),
            }
        };
        assert_eq!(query("*"), r"\<the\>", "a sentence gives a capital to any word");
        assert_eq!(query("2}9w*"), r"\<Trade\>");
        assert_eq!(query("wv2e*"), "first sentence");
    }

    #[test]
    fn a_word_is_searched_alone_without_its_possessive_and_where_it_has_no_blanks_as_it_is() {
        for (text, searched) in [
            ("japan's sea", r"\<japan\>"),
            ("japan’s sea", r"\<japan\>"),
            ("l'accord de paix", r"\<l'accord\>"),
            ("sea-lanes are", r"\<sea\>"),
            ("安全保障の話", "安全"),
            ("トランプ、", "トランプ"),
            ("TPP交渉は", "TPP"),
            ("e\u{301}tat de droit", "\\<e\u{301}tat\\>"),
        ] {
            let mut trial = Trial::of(&[("a.txt", text)], 120, 30);
            trial.keys("*");
            match &trial.model.force {
                Some(Force::Search(found)) => assert_eq!(found.query.written(), searched, "{text}"),
                _ => panic!("{text}: {}", trial.said()),
            }
        }
    }
}
