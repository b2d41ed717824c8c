//! Keys of sheets.

use crate::app::event::{Effect, Job};
use crate::app::margins::Change;
use crate::app::prompt::Asks;
use crate::app::sheets::{self, Extent, Goal, Kind, Sheet};
use crate::app::{Model, Target};
use crate::keys::actions::{Action, Scope};
use crate::notes::{NoteId, links};

impl Model {
    /// Lays a sheet over the text, in place of one that is open.
    pub(super) fn show_sheet(&mut self, mut sheet: Sheet) {
        sheet.from = self.sheet.take().map_or_else(|| self.page.place(), |old| old.from);
        self.sheet = Some(sheet);
    }

    /// Lays the keys of this place over it.
    pub(super) fn show_keys(&mut self) {
        let keys = sheets::keys::open(self);
        let under = self.sheet.take();
        let from = under.as_ref().map_or_else(|| self.page.place(), |under| under.from);
        self.sheet = Some(Sheet { from, under: under.map(Box::new), ..keys });
    }

    pub(super) fn sheet_action(&mut self, action: Action, count: Option<usize>, fx: &mut Vec<Effect>) {
        let n = count.unwrap_or(1) as isize;
        let layout = self.layout();
        let Some(sheet) = &mut self.sheet else { return };
        let len = sheet.shown.len();
        let page = sheets::rows_of(sheet, &layout).max(2) as isize - 1;
        match action {
            Action::SheetDown => sheet.list.step(n, len),
            Action::SheetUp => sheet.list.step(-n, len),
            Action::SheetPageDown => sheet.list.step(n * page, len),
            Action::SheetPageUp => sheet.list.step(-n * page, len),
            Action::SheetStart => sheet.list.choose(count.map_or(0, |n| n.saturating_sub(1)), len),
            Action::SheetEnd => sheet.list.choose(count.map_or(len, |n| n.saturating_sub(1)), len),
            Action::SheetOpen => return self.take_goal(fx),
            Action::SheetFilter => return self.ask(Asks::Filter),
            Action::SheetSort if matches!(sheet.kind, Kind::Results | Kind::Concordance) => {
                sheet.sort_next();
                self.status.say(format!("sorted {}", sheet.order.name()));
            }
            Action::SheetSort if sheet.kind == Kind::Notes => {
                self.margins.by_time = !self.margins.by_time;
                self.status.say(if self.margins.by_time { "sorted by time" } else { "sorted by place" });
                return self.refresh_notes_sheet();
            }
            Action::SheetAccept => return self.accept_chosen(fx),
            Action::SheetLink => return self.link_chosen(fx),
            Action::SheetEdit => return self.edit_chosen_note(fx),
            Action::SheetDelete => return self.delete_chosen(fx),
            Action::SheetUndo => return self.write(Change::Undo, None, None, fx),
            Action::SheetClose => return self.close_sheet(fx),
            Action::SheetKeys if sheet.kind == Kind::Keys => return self.close_sheet(fx),
            Action::SheetKeys => return self.show_keys(),
            Action::SheetRedraw => return fx.push(Effect::Redraw),
            Action::SheetSuspend => return fx.push(Effect::Suspend),
            _ => return self.not_here(action),
        }
        self.follow(fx);
    }

    /// The text behind moves along to the chosen row.
    pub(super) fn follow(&mut self, fx: &mut Vec<Effect>) {
        let Some(sheet) = &self.sheet else { return };
        if !matches!(sheet.extent, Extent::Below | Extent::Across) {
            return;
        }
        match sheet.chosen().and_then(|row| row.goal) {
            Some(Goal::Place(place)) => self.go(place, false, fx),
            Some(Goal::Paragraph(doc, para)) => self.open(doc, Target::Paragraph(para), fx),
            Some(Goal::Note(note)) => self.go_to_note(note, fx),
            _ => {}
        }
    }

    /// Goes where a note stands; one whose passage is gone leads to its document.
    pub(super) fn go_to_note(&mut self, id: NoteId, fx: &mut Vec<Effect>) {
        let Some(note) = self.margins.book.note(id) else { return };
        let Some(doc) = sheets::notes::doc_of(self, note) else {
            return self.status.refuse(format!("its document is not here: {}", note.doc.path));
        };
        let placed = self.margins.on(doc).iter().find(|placed| placed.note == id);
        let target = match (placed.and_then(|placed| placed.range.as_ref()), &note.anchor) {
            (Some(range), _) => Target::Byte(range.start),
            // Not placed yet: its paragraph is near enough until the document is open.
            (None, Some(anchor)) => Target::Paragraph(anchor.para as u32),
            (None, None) => Target::Start,
        };
        self.open(doc, target, fx);
    }

    fn edit_chosen_note(&mut self, fx: &mut Vec<Effect>) {
        match self.sheet.as_ref().and_then(Sheet::chosen).and_then(|row| row.goal) {
            Some(Goal::Note(note)) => {
                let from = self.sheet.take().and_then(|sheet| sheet.from);
                from.into_iter().for_each(|from| self.leave_from(from));
                self.edit_listed(note, fx);
            }
            Some(Goal::Draft(at)) => {
                self.sheet = None;
                self.resume_draft(at, fx);
            }
            _ => self.not_here(Action::SheetEdit),
        }
    }

    /// Settles where the chosen note stands: accepts a doubtful place, or puts an orphan on the paragraph
    /// the reader came from.
    fn accept_chosen(&mut self, fx: &mut Vec<Effect>) {
        let from = self.sheet.as_ref().and_then(|sheet| sheet.from);
        match self.sheet.as_ref().and_then(Sheet::chosen).and_then(|row| row.goal) {
            Some(Goal::Note(note)) => self.accept_place(note, from, fx),
            _ => self.not_here(Action::SheetAccept),
        }
    }

    fn link_chosen(&mut self, fx: &mut Vec<Effect>) {
        match self.sheet.as_ref().and_then(Sheet::chosen).and_then(|row| row.goal) {
            Some(Goal::Note(note)) => {
                fx.push(Effect::Copy { text: links::write(&links::To::Note(note)), what: "a link to the note" });
            }
            _ => self.not_here(Action::SheetLink),
        }
    }

    fn delete_chosen(&mut self, fx: &mut Vec<Effect>) {
        match self.sheet.as_ref().and_then(Sheet::chosen).and_then(|row| row.goal) {
            Some(Goal::Note(note)) => self.write(Change::Delete(note), None, None, fx),
            Some(Goal::Draft(at)) if at < self.margins.left_over.len() => {
                let draft = self.margins.left_over.remove(at);
                fx.push(Effect::Job(Job::DropDraft(draft.id)));
                self.refresh_notes_sheet();
            }
            _ => self.not_here(Action::SheetDelete),
        }
    }

    /// The list of notes, made anew in place.
    pub(super) fn refresh_notes_sheet(&mut self) {
        if self.sheet.as_ref().is_some_and(|sheet| sheet.kind == Kind::Notes) {
            self.refresh_sheet();
        }
    }

    /// The open sheet and the one under it, made anew in place where they can be: filter and chosen row stay.
    pub(super) fn refresh_sheet(&mut self) {
        let Some(mut old) = self.sheet.take() else { return };
        self.sheet = old.under.take().map(|under| *under);
        self.refresh_sheet();
        let mut sheet = match sheets::open(old.kind, self) {
            Some(mut sheet) => {
                sheet.set_filter(&old.filter);
                sheet.list = old.list;
                sheet.list.choose(old.list.chosen, sheet.shown.len());
                sheet.from = old.from;
                sheet
            }
            None => old,
        };
        sheet.under = self.sheet.take().map(Box::new);
        self.sheet = Some(sheet);
    }

    /// Goes where the chosen row leads and closes the sheet.
    fn take_goal(&mut self, fx: &mut Vec<Effect>) {
        let Some(mut sheet) = self.sheet.take() else { return };
        self.sheet = sheet.under.take().map(|under| *under);
        let Some(goal) = sheet.chosen().and_then(|row| row.goal) else { return };
        if let (Goal::Action(action), true) = (goal, self.sheet.is_some() || self.editor.is_some()) {
            return self.act_here(action, fx);
        }
        if let Some(from) = sheet.from {
            self.leave_from(from);
        }
        match goal {
            Goal::Place(place) => self.go(place, false, fx),
            Goal::Paragraph(doc, para) => self.open(doc, Target::Paragraph(para), fx),
            Goal::Document(doc) => self.open(doc, Target::Kept, fx),
            Goal::Topic(topic) => self.enforce_topic(topic, fx),
            Goal::Action(action) => self.act(action, None, fx),
            Goal::Note(note) => self.go_to_note(note, fx),
            Goal::Draft(at) => self.resume_draft(at, fx),
            Goal::SaveTopics => self.save_topics(fx),
            Goal::Stop(doc) => self.open(doc, Target::Stop { last: false }, fx),
        }
    }

    /// Does what was chosen among the keys of a sheet or of the editor; the note stays where only another place knows
    /// what is meant.
    fn act_here(&mut self, action: Action, fx: &mut Vec<Effect>) {
        if self.sheet.is_none() && action.row().scope != Scope::Editor {
            let [save, close] = [Action::EditorSave, Action::EditorCancel].map(|action| self.key_of(action));
            let [save, close] = [&save, &close].map(|key| key.trim_matches(['<', '>']));
            return self.status.refuse(format!("first the note: {save} saves it, {close} closes it"));
        }
        self.act(action, None, fx);
    }

    fn close_sheet(&mut self, fx: &mut Vec<Effect>) {
        let Some(sheet) = self.sheet.take() else { return };
        if let Some(under) = sheet.under {
            self.sheet = Some(*under);
            return;
        }
        if let Some(from) = sheet.from
            && self.page.place() != Some(from)
        {
            self.go(from, false, fx);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::app::event::Event;
    use crate::app::layout::Size;
    use crate::app::trial::Trial;

    #[test]
    fn a_sheet_is_laid_out_anew_for_another_window() {
        let topics = "[topics.sea]\nlabel = \"The sea and its harbours\"\nterms = [\"sea\"]\n\n\
                      [topics.trade]\nlabel = \"Trade and tariffs\"\nterms = [\"trade\"]\n";
        let text = "Allies\n\nThe alliance keeps the sea.\n\nTrade with China, and the TPP of 2015.\n\n".repeat(3);
        for keys in ["gk", "gk?", "?", "o", "tsea<CR>gx", "tsea<CR>gi"] {
            let mut reader = Trial::on_topics(topics, &[("a.txt", &text)], 60, 20);
            reader.keys(keys).keys("jj/a<CR>j");
            let chosen = reader.model.sheet.as_ref().unwrap().list.chosen;
            reader.happen(Event::Resize(Size { columns: 140, rows: 40 }));
            let sheet = reader.model.sheet.clone().unwrap();
            assert_eq!((sheet.filter.as_str(), sheet.list.chosen), ("a", chosen), "{keys}");
            let mut other = Trial::on_topics(topics, &[("a.txt", &text)], 140, 40);
            other.keys(keys);
            let same = other.model.sheet.clone().unwrap();
            assert_eq!((&sheet.rows, sheet.extent), (&same.rows, same.extent), "{keys}");
            let under = |sheet: crate::app::sheets::Sheet| sheet.under.map(|under| under.rows);
            assert_eq!(under(sheet), under(same), "{keys}");
        }
    }
}
