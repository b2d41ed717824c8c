//! Keys of sheets.

use crate::app::event::Effect;
use crate::app::prompt::Asks;
use crate::app::sheets::{self, Extent, Goal, Sheet};
use crate::app::{Model, Target};
use crate::keys::actions::Action;

impl Model {
    /// Lays a sheet over the text, in place of one that is open.
    pub(super) fn show_sheet(&mut self, mut sheet: Sheet) {
        sheet.from = self.sheet.take().map_or_else(|| self.page.place(), |old| old.from);
        self.sheet = Some(sheet);
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
            Action::SheetStart => sheet.list.choose(count.map_or(0, |n| n - 1), len),
            Action::SheetEnd => sheet.list.choose(count.map_or(len, |n| n - 1), len),
            Action::SheetOpen => return self.take_goal(fx),
            Action::SheetFilter => return self.ask(Asks::Filter),
            Action::SheetClose => return self.close_sheet(fx),
            _ => return self.not_here(action),
        }
        self.follow(fx);
    }

    /// The text behind moves along to the chosen row.
    pub(super) fn follow(&mut self, fx: &mut Vec<Effect>) {
        let Some(sheet) = &self.sheet else { return };
        if sheet.extent != Extent::Below {
            return;
        }
        match sheet.chosen().and_then(|row| row.goal) {
            Some(Goal::Place(place)) => self.go(place, false, fx),
            Some(Goal::Paragraph(doc, para)) => self.open(doc, Target::Paragraph(para), fx),
            _ => {}
        }
    }

    /// Goes where the chosen row leads and closes the sheet.
    fn take_goal(&mut self, fx: &mut Vec<Effect>) {
        let Some(sheet) = self.sheet.take() else { return };
        let Some(goal) = sheet.chosen().and_then(|row| row.goal) else { return };
        if let Some(from) = sheet.from {
            self.jumps.leave(from);
        }
        match goal {
            Goal::Place(place) => self.go(place, false, fx),
            Goal::Paragraph(doc, para) => self.open(doc, Target::Paragraph(para), fx),
            Goal::Document(doc) => self.open(doc, Target::Start, fx),
            Goal::Topic(topic) => self.enforce_topic(topic, fx),
            Goal::Action(action) => self.act(action, None, fx),
        }
    }

    fn close_sheet(&mut self, fx: &mut Vec<Effect>) {
        let Some(sheet) = self.sheet.take() else { return };
        if let Some(from) = sheet.from
            && self.page.place() != Some(from)
        {
            self.go(from, false, fx);
        }
    }
}
