//! Keys that work in every pane.

use crate::app::event::{Effect, Gather, Job};
use crate::app::flow::Flow;
use crate::app::force::Force;
use crate::app::margins::Change;
use crate::app::prompt::Asks;
use crate::app::sheets::{Extent, Kind};
use crate::app::{Model, Pane, sheets};
use crate::keys::actions::Action;
use crate::text::width::group_thousands;
use crate::topics::TopicId;

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
            Action::Expression => self.ask(Asks::Expression),
            Action::Search => self.ask(Asks::Search),
            Action::Command => self.ask(Asks::Command),
            Action::DocumentPicker => self.ask(Asks::Document),
            Action::Clear if self.force.is_none() => self.focus = Pane::Text,
            Action::Clear => self.enforce(None),
            Action::NextDocument => self.step_documents(count.unwrap_or(1) as isize, fx),
            Action::PreviousDocument => self.step_documents(-(count.unwrap_or(1) as isize), fx),
            Action::FocusNext => self.step_focus(count.unwrap_or(1) as isize, true),
            Action::FocusPrevious => self.step_focus(-(count.unwrap_or(1) as isize), true),
            Action::FocusLeft => self.step_focus(-(count.unwrap_or(1) as isize), false),
            Action::FocusRight => self.step_focus(count.unwrap_or(1) as isize, false),
            Action::Back => self.travel(true, count.unwrap_or(1), fx),
            Action::Forward => self.travel(false, count.unwrap_or(1), fx),
            Action::CursorTop => self.page.hold_cursor_at(0, &self.shelf),
            Action::CursorMiddle => self.page.hold_cursor_at(50, &self.shelf),
            Action::CursorBottom => self.page.hold_cursor_at(100, &self.shelf),
            Action::Contents => {
                if let Some(sheet) = sheets::contents::open(self) {
                    self.show_sheet(sheet);
                }
            }
            Action::Results => self.show_lines(Kind::Results, fx),
            Action::Concordance => self.show_lines(Kind::Concordance, fx),
            Action::Notes => self.show_sheet(sheets::notes::open(self)),
            Action::FollowLink => self.follow_link(fx),
            Action::CopyLink => self.copy_link(fx),
            Action::Where => self.say_where(),
            Action::Source => self.show_source(fx),
            Action::Why => self.show_some(sheets::why::open(self), "no paragraph here"),
            Action::Xray => {
                let sheet = sheets::xray::open(self);
                self.show_some(sheet, "nothing is in force: choose a topic or search first");
            }
            Action::Together => self.show_sheet(sheets::together::open(self)),
            Action::Card => self.show_some(sheets::card::open(self), "no topic is in force or chosen"),
            Action::Trail => self.show_trail(fx),
            Action::GiveTopic => self.ask(Asks::Give),
            Action::RefuseTopic => self.ask(Asks::Refuse),
            Action::Messages => self.show_sheet(sheets::messages::open(self)),
            Action::Help => self.show_keys(),
            Action::Wider => self.resize_measure(4 * count.unwrap_or(1) as isize),
            Action::Narrower => self.resize_measure(-4 * count.unwrap_or(1) as isize),
            Action::PaneWider => self.resize_pane(2 * count.unwrap_or(1) as isize),
            Action::PaneNarrower => self.resize_pane(-2 * count.unwrap_or(1) as isize),
            Action::TextOnly => self.view.text_only = !self.view.text_only,
            Action::FocusMode => self.view.one_bright = !self.view.one_bright,
            Action::AllHits => self.mark_all_hits(),
            Action::ShowFolded => self.show_folded(),
            Action::Reload => fx.push(Effect::Job(Job::ListAgain { asked: true })),
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

    fn show_some(&mut self, sheet: Option<sheets::Sheet>, refusal: &str) {
        match sheet {
            Some(sheet) => self.show_sheet(sheet),
            None => self.status.refuse(refusal),
        }
    }

    /// Every hit of what is in force, in its line; the rows come as they are found.
    fn show_lines(&mut self, kind: Kind, fx: &mut Vec<Effect>) {
        let what = match &self.force {
            None => return self.status.refuse("nothing is in force: choose a topic or search first"),
            Some(Force::Search(found)) => Gather::Query(found.query.clone()),
            Some(force) => {
                let dictionary = &self.topics.dictionary;
                let wanted = force.topics();
                let is_wanted = |id: &TopicId| wanted.iter().any(|topic| dictionary.is_within(*id, *topic));
                let topics = dictionary.ids().filter(is_wanted).collect();
                Gather::Topics { matcher: self.topics.matcher.clone(), topics }
            }
        };
        let name = if kind == Kind::Results { "Results" } else { "Concordance" };
        self.searches += 1;
        let mut sheet = sheets::Sheet::new(kind, format!("{name}  {}", self.force_name()), Vec::new(), Extent::Across);
        sheet.empty = "looking …".into();
        sheet.gathering = Some(self.searches);
        let (order, open) = (self.shelf.order.clone(), self.shelf.open_documents());
        fx.push(Effect::Job(Job::Gather { gathering: self.searches, what, order, open }));
        self.show_sheet(sheet);
    }

    /// Rows for a sheet that is still open.
    pub(super) fn gathered(&mut self, gathering: u64, rows: Vec<sheets::Row>, done: bool, fx: &mut Vec<Effect>) {
        let here = self.page.place();
        let Some(sheet) = self.sheet.as_mut().filter(|sheet| sheet.gathering == Some(gathering)) else { return };
        let first = sheet.rows.is_empty();
        sheet.extend(rows);
        if done {
            sheet.gathering = None;
            sheet.empty = "not in any document".into();
        }
        if first && !sheet.rows.is_empty() {
            sheet.choose_first(|row| match (row.goal, here) {
                (Some(sheets::Goal::Place(place)), Some(here)) => place.doc == here.doc && place.at >= here.at,
                _ => false,
            });
            self.follow(fx);
        }
    }

    /// The file that is read, else the one that is chosen in the list, and how far one is.
    fn say_where(&mut self) {
        let chosen = self.shelf.order.get(self.list.chosen).copied().filter(|_| self.focus == Pane::Documents);
        let Some(doc) = chosen.or(self.doc()) else { return self.status.refuse("no document here") };
        let mut parts = vec![self.shelf.entry(doc).path.clone()];
        if let (true, Some(para)) = (self.doc() == Some(doc), self.page.para()) {
            let (at, of) = self.shelf.paragraph_number(doc, para);
            parts.push(format!("¶ {at} of {of}"));
            parts.extend(self.progress().map(|(percent, _)| format!("{percent}%")));
        }
        if let Some(summary) = self.shelf.summary(doc) {
            parts.push(format!("{} words", group_thousands(summary.words as u64)));
        }
        self.status.say(parts.join(", "));
    }

    fn show_source(&mut self, fx: &mut Vec<Effect>) {
        let Some((doc, range)) = self.page.place().map(|place| place.doc).zip(self.paragraph_range()) else {
            return self.status.refuse("no paragraph here");
        };
        if let Some(document) = self.shelf.document(doc) {
            let range = document.clean.map.to_source_range(range);
            fx.push(Effect::Job(Job::Source { doc, range }));
        }
    }

    /// What is not on disk is told before it is left behind; a second time leaves.
    fn quit(&mut self, fx: &mut Vec<Effect>) {
        if self.margins.has_unsaved() && !self.quit_was_refused {
            self.quit_was_refused = true;
            let key = self.key_of(Action::SaveAgain);
            return self
                .status
                .danger(format!("NOT SAVED: {key} tries again; quitting again prints the text and leaves"));
        }
        self.unkept = Some(0);
        self.keep_session(fx);
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

    fn mark_all_hits(&mut self) {
        let all = !self.marks_all_hits();
        self.view.all_hits = Some(all);
        let which =
            if all { "hits of all topics are marked" } else { "hits of each paragraph's main topic are marked" };
        self.status.say(match self.force {
            Some(_) => format!("{which} once nothing is in force"),
            None => which.to_owned(),
        });
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
