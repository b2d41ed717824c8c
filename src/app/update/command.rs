//! What is typed after `:`: an action by its name, with what it asks for or a count, or a place by its number.

use crate::app::Model;
use crate::app::event::Effect;
use crate::app::history::History;
use crate::app::input::MOST;
use crate::app::prompt::Line;
use crate::keys::actions::{Action, TABLE};

/// Actions that are named where a name may be several.
const NAMED: usize = 3;

impl Model {
    /// Runs what was typed after `:`: an action's name with what it asks for or a count, a paragraph's number, so
    /// many paragraphs on (`+3`) or back, or a percentage.
    pub(super) fn command(&mut self, text: &str, fx: &mut Vec<Effect>) {
        History::keep(&mut self.history.commands, text);
        self.unkept = Some(0);
        let way = text.chars().next().unwrap_or_default();
        if let Ok(number) = text.trim_start_matches(['+', '-']).parse::<usize>() {
            let action = match way {
                '+' => Action::NextParagraph,
                '-' => Action::PreviousParagraph,
                _ => Action::Start,
            };
            return self.act(action, Some(number.clamp(1, MOST)), fx);
        }
        if let Some(percent) = text.strip_suffix('%').and_then(|percent| percent.trim().parse().ok()) {
            return self.act(Action::Footnote, Some(percent), fx);
        }
        let mut mark = text.strip_prefix(['\'', '`']).unwrap_or_default().chars();
        if let (Some(letter), None) = (mark.next(), mark.next()) {
            return self.act_with(Action::GoMark, &letter.to_string(), fx);
        }
        let selecting = self.selection.is_some();
        let (name, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
        match (Action::called(name, selecting), rest.trim()) {
            (Ok(action), "") => self.act(action, None, fx),
            (Ok(action), rest) => self.act_with(action, rest, fx),
            (Err(several), _) if several.len() > 1 => {
                let (shown, more) = several.split_at(several.len().min(NAMED));
                let more = if more.is_empty() { String::new() } else { format!(" or {} more", more.len()) };
                self.status.refuse(format!("{name} may be {}{more}", shown.join(", ")));
            }
            (Err(_), _) => {
                let near = crate::diag::nearest(name, TABLE.iter().map(|row| row.name));
                self.status.refuse(match near {
                    Some(near) => format!("no action is called {name:?}; did you mean {near}?"),
                    None => format!("no action is called {name:?}; {} lists them", self.key_of(Action::Help)),
                });
            }
        }
    }

    /// Runs an action as if `rest` were typed where it asks for something; for another one it is a count.
    fn act_with(&mut self, action: Action, rest: &str, fx: &mut Vec<Effect>) {
        let count = rest.parse().ok().map(|count: usize| count.clamp(1, MOST));
        let asks = match action {
            Action::Search | Action::Expression | Action::DocumentPicker => true,
            Action::Topic | Action::GiveTopic | Action::RefuseTopic => count.is_none(),
            _ => false,
        };
        let mut letters = rest.chars();
        if let (true, Some(letter), None) = (action.takes_letter(), letters.next(), letters.next()) {
            self.act(action, None, fx);
            if self.input.letter_for.take().is_some() {
                self.letter(action, letter, fx);
            }
            return;
        }
        if !asks && count.is_none() {
            return self.status.refuse(format!("{action} takes a count and no words"));
        }
        self.act(action, count.filter(|_| !asks), fx);
        if asks && let Some(prompt) = &mut self.prompt {
            prompt.line = Line { text: rest.to_owned(), at: rest.len() };
            self.propose();
            self.accept(fx);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::event::Effect;
    use crate::app::trial::{BOATS, Trial};

    #[test]
    fn commands_of_vim_and_first_letters_are_understood() {
        let mut reader = Trial::of_boats();
        reader.keys(":conten<CR>");
        assert!(reader.model.sheet.is_some());
        reader.keys("<Esc>:$<CR>");
        assert_eq!(reader.at_cursor(), "The boat");
        reader.keys(":0%<CR>");
        assert_eq!(reader.at_cursor(), "Boats li");
        reader.keys(":q<CR>");
        assert!(reader.effects.iter().any(|effect| matches!(effect, Effect::Quit)));
    }

    #[test]
    fn what_an_action_asks_for_may_follow_its_name() {
        let mut reader = Trial::of_boats();
        reader.keys(":search boat<CR>");
        assert_eq!(reader.model.force_name(), "/boat");
        reader.keys("<Esc>:search 1960<CR>");
        assert_eq!(reader.model.force_name(), "/1960");
        assert_eq!(reader.keys(":contents now<CR>").said(), "contents takes a count and no words");
        assert_eq!(reader.keys(":e nowhere at all<CR>").said(), "no document is called \"nowhere at all\"");
        reader.keys("<Esc>gg:next-word 2<CR>");
        let place = reader.model.page.place();
        reader.keys("gg2w");
        assert_eq!(reader.model.page.place(), place);
        assert!(reader.keys(":nothing at all<CR>").said().starts_with("no action is called \"nothing\""));
    }

    #[test]
    fn no_count_is_too_small_or_too_large() {
        for count in ["0", "1", "1000001", "9223372036854775807", "18446744073709551615"] {
            for row in crate::keys::actions::TABLE.iter().filter(|row| row.can_be_called(true)) {
                let mut reader = Trial::of_boats();
                reader.keys(&format!(":{} {count}<CR>", row.name));
                reader.keys(&format!("<Esc><Esc>v:{} {count}<CR>", row.name));
            }
            Trial::of_boats().keys(&format!(":{count}<CR>:{count}%<CR>"));
        }
    }

    #[test]
    fn a_name_that_may_be_several_is_told_with_them() {
        let mut reader = Trial::of_boats();
        assert_eq!(reader.keys(":next-<CR>").said(), "next- may be next-paragraph, next-heading, next-note or 3 more");
        assert_eq!(reader.keys(":wide 3<CR>").said(), "wide may be wider, wider-pane");
        assert!(reader.keys(":contnets<CR>").said().ends_with("did you mean contents?"));
        assert!(reader.keys(":s/a/b/<CR>").said().ends_with("; ? lists them"));
    }

    #[test]
    fn marks_paragraphs_and_documents_are_reached_as_in_vim() {
        let mut reader = Trial::of(&[("a.txt", BOATS), ("b.txt", BOATS)], 80, 24);
        let here = |reader: &Trial| (reader.model.doc().map(|doc| doc.index()), reader.model.page.para());
        reader.keys("gg");
        let first = here(&reader).1.unwrap();
        assert_eq!(here(reader.keys(":+2<CR>")), (Some(0), Some(first + 2)));
        assert_eq!(here(reader.keys(":mark a<CR>:-1<CR>")), (Some(0), Some(first + 1)));
        assert_eq!(here(reader.keys(":go-to-mark a<CR>")), (Some(0), Some(first + 2)));
        reader.keys("gg");
        assert_eq!(here(reader.keys(":'a<CR>")), (Some(0), Some(first + 2)));
        assert_eq!(reader.keys(":'b<CR>").said(), "no mark b");
        assert_eq!(here(reader.keys("gg:marks<CR>a")), (Some(0), Some(first + 2)), "they are listed, and wait for one");
        assert_eq!(here(reader.keys(":n<CR>")).0, Some(1));
        assert_eq!(here(reader.keys(":p<CR>")), (Some(0), Some(first + 2)));
    }
}
