//! Keys that work in every pane.

use crate::app::event::Effect;
use crate::app::flow::Flow;
use crate::app::margins::Change;
use crate::app::prompt::Asks;
use crate::app::{Model, Pane, sheets};
use crate::keys::actions::Action;

/// Panes from left to right.
const PANES: [Pane; 3] = [Pane::Documents, Pane::Text, Pane::Topics];

impl Model {
    pub(super) fn everywhere_action(&mut self, action: Action, count: Option<usize>, fx: &mut Vec<Effect>) {
        match action {
            Action::Next => self.step_stops(true, count.unwrap_or(1), fx),
            Action::Previous => self.step_stops(false, count.unwrap_or(1), fx),
            Action::Topic => match count {
                Some(number) => self.topic_by_number(number, fx),
                None => self.ask(Asks::Topic),
            },
            Action::Search => self.ask(Asks::Search),
            Action::Command => self.ask(Asks::Command),
            Action::DocumentPicker => self.ask(Asks::Document),
            Action::Clear => self.enforce(None),
            Action::NextDocument => self.step_documents(count.unwrap_or(1) as isize, fx),
            Action::PreviousDocument => self.step_documents(-(count.unwrap_or(1) as isize), fx),
            Action::FocusNext => self.step_focus(1, true),
            Action::FocusPrevious => self.step_focus(-1, true),
            Action::FocusLeft => self.step_focus(-1, false),
            Action::FocusRight => self.step_focus(1, false),
            Action::Back => self.travel(true, fx),
            Action::Forward => self.travel(false, fx),
            Action::Contents => {
                if let Some(sheet) = sheets::contents::open(self) {
                    self.show_sheet(sheet);
                }
            }
            Action::Messages => self.show_sheet(sheets::messages::open(self)),
            Action::Help => self.show_sheet(sheets::keys::open(self)),
            Action::TextOnly => self.text_only = !self.text_only,
            Action::ShowFolded => self.show_folded(),
            Action::Redraw => fx.push(Effect::Redraw),
            Action::Suspend => fx.push(Effect::Suspend),
            Action::Undo => self.write(Change::Undo, None, None, fx),
            Action::Redo => self.write(Change::Redo, None, None, fx),
            Action::SaveAgain => self.save_again(false, fx),
            Action::SaveElsewhere => self.save_again(true, fx),
            Action::Quit => self.quit(fx),
            _ => self.not_here(action),
        }
    }

    /// What is not on disk is told before it is left behind; a second time leaves.
    fn quit(&mut self, fx: &mut Vec<Effect>) {
        if self.margins.has_unsaved() && !self.quit_was_refused {
            self.quit_was_refused = true;
            let key = self.input.keymap.keys(Action::SaveAgain).first().cloned().unwrap_or_default();
            return self
                .status
                .danger(format!("NOT SAVED: {key} tries again; quitting again prints the text and leaves"));
        }
        fx.push(Effect::Quit);
    }

    fn topic_by_number(&mut self, number: usize, fx: &mut Vec<Effect>) {
        match self.topics.dictionary.ids().nth(number.saturating_sub(1)) {
            Some(topic) => self.enforce_topic(topic, fx),
            None => self.status.refuse(format!("no topic {number}: there are {}", self.topics.dictionary.topics.len())),
        }
    }

    fn step_focus(&mut self, by: isize, around: bool) {
        let here = PANES.iter().position(|pane| *pane == self.focus).unwrap_or(1) as isize;
        let there = if around { (here + by).rem_euclid(3) } else { (here + by).clamp(0, 2) };
        self.focus = PANES[there as usize];
    }

    fn show_folded(&mut self) {
        self.folded_too = !self.folded_too;
        if let Some((doc, document)) = self.doc().and_then(|doc| Some((doc, self.shelf.document(doc)?.clone())))
            && !self.page.is_trail()
        {
            self.page.replace(Flow::of_document(doc, &document, self.folded_too), &self.shelf);
        }
        self.status.say(if self.folded_too { "folded lines are shown" } else { "folded lines are folded away" });
    }
}
