//! Keys while a line is typed: editing, earlier lines, and what the line does at the end.

use crate::app::event::{Effect, Job, TopicName};
use crate::app::force::{Force, Found, Seek};
use crate::app::history::History;
use crate::app::prompt::{Asks, Choice, Prompt};
use crate::app::sheets::{self, Kind};
use crate::app::{Model, Target};
use crate::keys::actions::Action;
use crate::keys::{Code, Key};
use crate::search::Query;
use crate::topics::expression::Expression;

impl Model {
    pub(super) fn ask(&mut self, asks: Asks) {
        let from = self.page.place();
        let mut prompt = Prompt::new(asks, from);
        if asks == Asks::Search {
            let earlier = self.input.keymap.keys(Action::PromptUp).first().map(|key| key.trim_matches(['<', '>']));
            prompt.note = format!("words, or /regex/; {} earlier ones", earlier.unwrap_or_default());
            prompt.before = self.force.clone();
        }
        if asks == Asks::Filter && self.sheet.as_ref().is_some_and(|sheet| sheet.kind == Kind::Notes) {
            prompt.note = format!("words, and {}", sheets::notes::names());
        }
        self.prompt = Some(prompt);
        self.propose();
    }

    pub(super) fn prompt_key(&mut self, key: Key, fx: &mut Vec<Effect>) {
        let Some(prompt) = &mut self.prompt else { return };
        let line = &mut prompt.line;
        let before = line.text.clone();
        match (key.code, key.mods.ctrl) {
            (Code::Char(c), false) if !key.mods.alt => line.insert(c.encode_utf8(&mut [0; 4])),
            (Code::Char('w'), true) => line.delete_word(),
            (Code::Char('u'), true) => line.delete_to_start(),
            (Code::Char('k'), true) => line.delete_to_end(),
            (Code::Char('a'), true) | (Code::Home, _) => line.home(),
            (Code::Char('e'), true) | (Code::End, _) => line.end(),
            (Code::Char('h'), true) | (Code::Backspace, _) if line.text.is_empty() => return self.cancel(fx),
            (Code::Char('h'), true) | (Code::Backspace, _) => line.backspace(),
            (Code::Char('d'), true) | (Code::Delete, _) => line.delete(),
            (Code::Char('b'), true) | (Code::Left, _) => line.left(),
            (Code::Char('f'), true) | (Code::Right, _) => line.right(),
            _ => return,
        }
        if line.text != before {
            self.typed(fx);
        }
    }

    pub(super) fn prompt_paste(&mut self, text: &str, fx: &mut Vec<Effect>) {
        if let Some(prompt) = &mut self.prompt {
            let one_line: Vec<&str> = text.split_whitespace().collect();
            prompt.line.insert(&one_line.join(" "));
            self.typed(fx);
        }
    }

    /// The line changed.
    fn typed(&mut self, fx: &mut Vec<Effect>) {
        let Some(prompt) = &mut self.prompt else { return };
        prompt.picked = false;
        (prompt.typed, prompt.recalled) = (None, None);
        prompt.note.clear();
        let (asks, text) = (prompt.asks, prompt.line.text.clone());
        match asks {
            Asks::Search => self.search_while_typing(&text, fx),
            Asks::Filter => {
                let mut fault = None;
                if let Some(sheet) = &mut self.sheet {
                    sheet.set_filter(&text);
                    fault = (sheet.kind == Kind::Notes).then(|| sheets::notes::fault(&text)).flatten();
                }
                if let Some(prompt) = &mut self.prompt {
                    prompt.note = fault.unwrap_or_default();
                }
                self.follow(fx);
            }
            Asks::Expression => {
                let fault = Expression::parse(&text, &self.topics.dictionary).err();
                if let Some(prompt) = &mut self.prompt {
                    prompt.note = fault.filter(|_| !text.is_empty()).map(|fault| fault.to_string()).unwrap_or_default();
                }
            }
            _ => self.propose(),
        }
    }

    fn search_while_typing(&mut self, text: &str, fx: &mut Vec<Effect>) {
        match Query::parse(text) {
            Ok(query) => self.search(query, true, fx),
            Err(fault) => {
                self.force = None;
                if let Some(prompt) = &mut self.prompt
                    && !text.trim().is_empty()
                {
                    prompt.note = fault.message;
                }
            }
        }
    }

    /// Puts a search in force and begins it, from this document on or back.
    pub(super) fn search(&mut self, query: Query, forward: bool, fx: &mut Vec<Effect>) {
        self.searches += 1;
        let here = self.doc().map_or(0, |doc| self.shelf.position(doc));
        let mut order = self.shelf.order.clone();
        let turn = here.min(order.len());
        order.rotate_left(turn);
        if let (false, [_, others @ ..]) = (forward, &mut order[..]) {
            others.reverse();
        }
        let hits = Default::default();
        let found = Found { id: self.searches, query: query.clone(), hits, revision: 0, done: false, near: None };
        self.enforce(Some(Force::Search(found)));
        fx.push(Effect::Job(Job::Search { search: self.searches, query, order, open: self.shelf.open_documents() }));
    }

    pub(super) fn prompt_action(&mut self, action: Action, fx: &mut Vec<Effect>) {
        match action {
            Action::PromptAccept => self.accept(fx),
            Action::PromptCancel => self.cancel(fx),
            Action::PromptDown => self.pick(1, fx),
            Action::PromptUp => self.pick(-1, fx),
            Action::PromptKeys => self.tell_keys(),
            Action::PromptSuspend => fx.push(Effect::Suspend),
            _ => self.not_here(action),
        }
    }

    /// The keys of the line, beside it: a sheet would hide what it is about.
    fn tell_keys(&mut self) {
        let of = |action, word| {
            let key = self.input.keymap.keys(action).first()?;
            Some(format!("{} {word}", key.trim_matches(['<', '>'])))
        };
        let keys = [
            of(Action::PromptAccept, "do it"),
            of(Action::PromptCancel, "leave it"),
            of(Action::PromptDown, "next"),
            of(Action::PromptUp, "before"),
            Some("C-w C-u delete".to_owned()),
        ];
        let note = keys.into_iter().flatten().collect::<Vec<_>>().join("  ");
        if let Some(prompt) = &mut self.prompt {
            prompt.note = note;
        }
    }

    /// Goes up or down: through the lines typed earlier, or through what is proposed.
    fn pick(&mut self, by: isize, fx: &mut Vec<Effect>) {
        let Some(prompt) = &self.prompt else { return };
        let goes_back = match prompt.asks {
            Asks::Search => true,
            Asks::Command => prompt.recalled.is_some() || (by < 0 && !prompt.picked),
            _ => false,
        };
        if !(goes_back && self.recall(by, fx)) {
            self.pick_proposal(by);
        }
    }

    /// Puts an earlier line that begins with what was typed in its place, or a later one, or what was typed. Answers
    /// whether there are any.
    fn recall(&mut self, by: isize, fx: &mut Vec<Effect>) -> bool {
        let Some(prompt) = &mut self.prompt else { return false };
        let typed = prompt.typed.clone().unwrap_or_else(|| prompt.line.text.clone());
        let lines = if prompt.asks == Asks::Search { &self.history.searches } else { &self.history.commands };
        let lines: Vec<&String> = lines.iter().filter(|line| line.starts_with(&typed) && **line != typed).collect();
        if lines.is_empty() {
            return false;
        }
        let here = prompt.recalled.unwrap_or(lines.len());
        let there = here.saturating_add_signed(by).min(lines.len());
        prompt.line.set(lines.get(there).map_or(&typed, |line| line));
        self.typed(fx);
        if let Some(prompt) = &mut self.prompt {
            (prompt.typed, prompt.recalled) = (Some(typed), Some(there));
        }
        true
    }

    /// Goes to the next proposal or the one before; an action's name is completed by it. Before the first one is
    /// what was typed.
    pub(super) fn pick_proposal(&mut self, by: isize) {
        let Some(prompt) = &mut self.prompt else { return };
        let len = prompt.proposals.len();
        if len == 0 {
            return;
        }
        match (prompt.picked, by < 0) {
            _ if prompt.takes_best() => prompt.list.step(by, len),
            (false, false) => {}
            (false, true) => prompt.list.choose(len - 1, len),
            (true, true) if prompt.list.chosen == 0 => {
                prompt.picked = false;
                let typed = prompt.typed.take().unwrap_or_default();
                return prompt.line.set(&typed);
            }
            (true, _) => prompt.list.step(by, len),
        }
        prompt.picked = true;
        if prompt.asks == Asks::Command {
            prompt.typed.get_or_insert_with(|| prompt.line.text.clone());
            prompt.line.set(&prompt.proposals[prompt.list.chosen].label);
        }
    }

    fn cancel(&mut self, fx: &mut Vec<Effect>) {
        let Some(prompt) = self.prompt.take() else { return };
        match prompt.asks {
            Asks::Search => match prompt.before {
                // It has been searched no further meanwhile.
                Some(Force::Search(found)) if !found.done => self.search(found.query, true, fx),
                before => self.enforce(before),
            },
            Asks::Filter => {
                if let Some(sheet) = &mut self.sheet {
                    sheet.set_filter("");
                }
                return;
            }
            _ => {}
        }
        if let Some(from) = prompt.from
            && self.page.place() != Some(from)
        {
            self.go(from, false, fx);
        }
    }

    pub(super) fn accept(&mut self, fx: &mut Vec<Effect>) {
        let Some(prompt) = self.prompt.take() else { return };
        let text = prompt.line.text.trim().to_owned();
        match (prompt.choice().cloned(), prompt.asks) {
            (Some(Choice::Topic(topic)), Asks::Term) => {
                let id = self.topics.dictionary.topic(topic).id.clone();
                self.preview_term(TopicName::Id(id), fx);
            }
            (Some(Choice::NewTopic(label)), _) => self.preview_term(TopicName::New(label), fx),
            (Some(Choice::Topic(topic)), Asks::Give) => self.hand_topic(topic, true, fx),
            (Some(Choice::Topic(topic)), Asks::Refuse) => self.hand_topic(topic, false, fx),
            (Some(Choice::Topic(topic)), _) => self.enforce_topic(topic, fx),
            (Some(Choice::Document(doc)), _) => {
                self.leave();
                self.open(doc, Target::Kept, fx);
            }
            (Some(Choice::Action(action)), _) => self.command(action.row().name, fx),
            (Some(Choice::Line(line)), _) => self.command(&line, fx),
            (_, Asks::Search) => self.accept_search(&text, fx),
            (_, Asks::Command) if text.is_empty() => {}
            (_, Asks::Command) => self.command(&text, fx),
            (_, Asks::Filter) => {}
            (_, _) if text.is_empty() => {}
            // Whoever writes an expression where a topic is asked for means just that.
            (_, Asks::Topic) if Expression::parse(&text, &self.topics.dictionary).is_ok() => {
                self.enforce_expression(&text, fx);
            }
            (_, Asks::Topic | Asks::Give | Asks::Refuse | Asks::Term) => {
                self.status.refuse(format!("no topic is called {text:?}"))
            }
            (_, Asks::Document) => self.status.refuse(format!("no document is called {text:?}")),
            (_, Asks::Expression) => self.enforce_expression(&text, fx),
        }
    }

    fn accept_search(&mut self, text: &str, fx: &mut Vec<Effect>) {
        if text.is_empty() {
            return self.search_again(fx);
        }
        History::keep(&mut self.history.searches, text);
        self.unkept = Some(0);
        match (Query::parse(text), &self.force) {
            (Ok(query), Some(Force::Search(found))) if found.query.written() == query.written() => {
                self.seeks = Some(Seek::NEXT);
                self.search_moved_on(fx);
            }
            (Ok(query), _) => {
                self.seeks = Some(Seek::NEXT);
                self.search(query, true, fx);
            }
            (Err(fault), _) => self.status.refuse(fault.to_string()),
        }
    }

    /// The last search once more, to the next hit where it is in force still.
    fn search_again(&mut self, fx: &mut Vec<Effect>) {
        let Some(last) = self.history.searches.last().cloned() else {
            return self.status.refuse("nothing was searched yet");
        };
        match &self.force {
            Some(Force::Search(found)) if found.query.written() == last => self.step_stops(true, 1, fx),
            _ => self.accept_search(&last, fx),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::sheets::Row;
    use crate::app::trial::{BOATS, Trial};
    use crate::corpus::DocId;
    use crate::diag::Diagnostic;
    use crate::text::width;

    #[test]
    fn enter_on_an_empty_search_goes_on_with_the_last_one() {
        let mut reader = Trial::of_boats();
        assert_eq!(reader.keys("/<CR>").said(), "nothing was searched yet");
        reader.keys("/boat<CR>").keys("<Esc>/<CR>");
        assert_eq!(reader.model.force_name(), "/boat");
    }

    #[test]
    fn a_line_is_typed_as_in_a_shell() {
        let mut reader = Trial::of_boats();
        reader.keys("/one two<C-b><C-b><C-k>ree<C-a><C-d>s<C-e>!<C-a><C-f>x");
        assert_eq!(reader.model.prompt.as_ref().unwrap().line.text, "sxne tree!");
    }

    #[test]
    fn earlier_lines_are_those_that_begin_with_what_is_typed_which_comes_back_behind_them() {
        let mut reader = Trial::of_boats();
        reader.model.history.searches = ["boat", "sea", "boats"].map(str::to_owned).to_vec();
        reader.model.history.commands = ["5", "next 3", "note"].map(str::to_owned).to_vec();
        let line = |reader: &mut Trial, keys: &str| {
            reader.keys(keys);
            reader.model.prompt.as_ref().unwrap().line.text.clone()
        };
        for (keys, text) in [
            ("/<Up>", "boats"),
            ("<Up><Up>", "boat"),
            ("<Up>", "boat"),
            ("<Down><Down><Down>", ""),
            ("bo<Up>", "boats"),
            ("<Up>", "boat"),
            ("<Down><Down><Down>", "bo"),
            ("<C-u>x<Up>", "x"),
            ("<Esc>:ne<Up>", "next 3"),
            ("<Down>", "ne"),
            ("<C-u><Up>", "note"),
        ] {
            assert_eq!(line(&mut reader, keys), text, "{keys}");
        }
    }

    #[test]
    fn a_name_is_completed_and_what_it_asks_for_follows() {
        let mut reader = Trial::of_boats();
        let line = |reader: &Trial| reader.model.prompt.as_ref().unwrap().line.text.clone();
        assert_eq!(line(reader.keys(":widr<Tab>")), "wider");
        let proposed = |reader: &Trial| reader.model.prompt.as_ref().unwrap().proposals.len();
        let all = proposed(&reader);
        assert_eq!(line(reader.keys("<Tab>")), "wider-pane");
        assert_eq!((line(reader.keys("<S-Tab>")), proposed(&reader)), ("wider".to_owned(), all));
        assert_eq!(line(reader.keys("<S-Tab>")), "widr");
        assert_eq!(line(reader.keys("<Tab> 2")), "wider 2");
        assert!(proposed(&reader) > 0);
        assert!(reader.keys("<CR>").said().starts_with("a column of 68"), "{}", reader.said());
        assert_eq!(line(reader.keys(":<Up>")), "wider 2");
        reader.keys("<Esc>:contents<Tab><CR>");
        assert!(reader.model.sheet.is_some());
        assert_eq!(line(reader.keys("<Esc>:cont<Up>")), "contents");
    }

    #[test]
    fn documents_are_found_by_title_author_year_and_path_whatever_the_case() {
        let text = "THE HARBOURS OF THE NORTH\n\nby Ann Miller\n\n3 May 2022\n\nBoats lie in the harbour.\n";
        for letters in ["Harbours", "harbours", "HARBNORTH", "miller", "Miller 2022", "b.txt"] {
            let mut reader = Trial::of(&[("a.txt", "Other words."), ("b.txt", text)], 80, 24);
            reader.keys("]d[dgd").keys(letters).keys("<CR>");
            assert_eq!(reader.model.doc().map(DocId::index), Some(1), "{letters}");
        }
    }

    #[test]
    fn esc_in_a_search_gives_back_what_was_in_force() {
        let mut reader = Trial::of_boats();
        reader.keys("/boat<CR>/sea<Esc>");
        assert_eq!(reader.model.force_name(), "/boat");
        reader.keys("<Esc>/sea<Esc>");
        assert_eq!(reader.model.force_name(), "");
    }

    #[test]
    fn a_message_is_whole_however_narrow_the_screen_is() {
        let mut reader = Trial::of(&[("a.txt", BOATS)], 30, 20);
        let long = "what is wrong, and where, and what its reader can do about it".to_owned();
        reader.model.messages.push(Diagnostic::warning(long.clone()));
        reader.keys("gm");
        let rows = &reader.model.sheet.as_ref().unwrap().rows;
        let cells = |row: &Row| row.spans.iter().map(|span| width::cells(&span.text)).sum::<usize>();
        assert!(rows.iter().all(|row| cells(row) <= 25), "{rows:?}");
        let shown: Vec<&str> = rows.iter().map(|row| row.spans[1].text.as_str()).collect();
        assert_eq!(shown.join(" "), long);
    }

    #[test]
    fn of_several_faults_the_worst_is_said_and_where_the_others_are() {
        let mut reader = Trial::of_boats();
        reader.model.report(vec![Diagnostic::warning("a slip")]);
        assert_eq!(reader.said(), "a slip");
        reader.model.report(vec![
            Diagnostic::warning("a slip"),
            Diagnostic::error("a fault"),
            Diagnostic::error("more"),
        ]);
        assert_eq!(reader.said(), "gm lists 3 faults: a fault");
    }

    #[test]
    fn the_mark_of_the_last_jump_is_there_and_back() {
        let mut reader = Trial::of_boats();
        assert_eq!(reader.keys("''").said(), "no jump to go back from");
        let start = reader.model.page.place();
        reader.keys("G");
        let end = reader.model.page.place();
        reader.keys("''");
        assert_eq!(reader.model.page.place(), start);
        reader.keys("``");
        assert_eq!(reader.model.page.place(), end);
    }
}
