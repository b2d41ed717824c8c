//! `update`: from an event to a changed model and the effects to run. A file for each place keys
//! are pressed in, and one for what finished jobs answer.

mod ahead;
mod command;
mod copy;
mod everywhere;
mod go;
mod library;
mod margins;
mod mouse;
mod notes;
mod panes;
mod passage;
mod prompt;
mod proposals;
mod search_here;
mod seek;
mod select;
mod session;
mod sheet;
mod text;
mod trail;
mod turnover;
mod wording;

use crate::keys::actions::{Action, Scope};
use crate::keys::{Code, Key};

use super::Model;
use super::event::{Effect, Event, Job};
use super::flow::Source;
use super::input::Meaning;

pub use ahead::Ahead;
pub use mouse::Pointer;

/// What to do first, before there is a model.
pub fn start() -> Vec<Effect> {
    vec![Effect::Job(Job::List)]
}

/// Takes an event; the model is settled afterwards.
pub fn update(model: &mut Model, event: Event) -> Vec<Effect> {
    let mut fx = Vec::new();
    match event {
        Event::Key(key) => model.key(key, &mut fx),
        Event::Paste(text) => model.paste(&text, &mut fx),
        Event::Mouse(mouse) => model.mouse(mouse, &mut fx),
        Event::Resize(size) => {
            model.size = size;
            model.refresh_sheet();
        }
        Event::Focus(true) => fx.push(Effect::Job(Job::Poll)),
        Event::Focus(false) => model.pointer = Pointer::default(),
        Event::Terminal { moves_columns } => model.moves_whole_lines = !moves_columns,
        Event::Tick => {
            model.input.tick();
            model.keep_draft(&mut fx);
            model.keep_session_in_time(&mut fx);
        }
        Event::Held => model.drag_on(&mut fx),
        Event::Edited(result) => model.edited(result, &mut fx),
        Event::Leave => {
            model.keep_draft(&mut fx);
            model.keep_session(&mut fx);
            fx.push(Effect::Quit);
        }
        Event::Done(answer) => model.answer(*answer, &mut fx),
    }
    model.catch_up(&mut fx);
    model.settle(&mut fx);
    model.look_at_lesson();
    fx
}

impl Model {
    fn key(&mut self, key: Key, fx: &mut Vec<Effect>) {
        if self.is_typed_ahead(key) {
            return;
        }
        self.status.next_key();
        self.pointer = Pointer::default();
        let scope = self.scope();
        match self.input.take(key, scope) {
            Meaning::Action(action, count) => self.act(action, count, fx),
            Meaning::Letter(action, letter) => self.letter(action, letter, fx),
            Meaning::Waiting => {}
            Meaning::Unbound if scope.is_typed() => self.text_key(key, scope, fx),
            Meaning::Unbound if key.code == Code::Esc => {}
            Meaning::Unbound => self.unbound(&key.to_string()),
            // The first one is text for certain; those behind it may begin something else.
            Meaning::Astray(keys) if scope.is_typed() => {
                self.text_key(keys[0], scope, fx);
                keys[1..].iter().for_each(|key| self.key(*key, fx));
            }
            Meaning::Astray(keys) => self.unbound(&keys.iter().map(ToString::to_string).collect::<String>()),
        }
    }

    /// A key where text is typed.
    fn text_key(&mut self, key: Key, scope: Scope, fx: &mut Vec<Effect>) {
        match scope {
            Scope::Prompt => self.prompt_key(key, fx),
            _ => self.editor_key(key, fx),
        }
    }

    /// Does what an action says, wherever it was named.
    pub(super) fn act(&mut self, action: Action, count: Option<usize>, fx: &mut Vec<Effect>) {
        if self.waits(action, count) {
            return;
        }
        if let Some(lesson) = &mut self.lesson {
            lesson.does(action);
        }
        match action.row().scope {
            Scope::Text => self.text_action(action, count, fx),
            Scope::Documents => self.documents_action(action, count, fx),
            Scope::Topics => self.topics_action(action, count, fx),
            Scope::Everywhere => self.everywhere_action(action, count, fx),
            Scope::Sheet => self.sheet_action(action, count, fx),
            Scope::Prompt => self.prompt_action(action, fx),
            Scope::Editor => self.editor_action(action, fx),
            Scope::Select => self.select_action(action, count, fx),
        }
    }

    /// The first key of an action as it is written; the action's name where it has none.
    pub fn key_of(&self, action: Action) -> String {
        self.input.keymap.keys(action).first().cloned().unwrap_or_else(|| format!(":{action}"))
    }

    fn unbound(&mut self, key: &str) {
        let help = self.key_of(Action::Help);
        self.status.refuse(format!("{key} does nothing here; {help} shows the keys"));
    }

    pub(super) fn not_here(&mut self, action: Action) {
        self.status.refuse(format!("{action} does not work here"));
    }

    fn paste(&mut self, text: &str, fx: &mut Vec<Effect>) {
        if self.is_pasted_ahead(text) {
            return;
        }
        if self.prompt.is_some() {
            self.prompt_paste(text, fx);
        } else if let (Some(editor), None) = (&mut self.editor, &self.sheet) {
            editor.paste(text);
            self.keep_draft(fx);
        }
    }

    /// Makes everything fit the size and what changed.
    fn settle(&mut self, fx: &mut Vec<Effect>) {
        self.let_go(fx);
        self.ask_again();
        if self.selection.is_some() && !self.is_selection_whole() {
            self.selection = None;
        }
        let layout = self.layout();
        if layout.text.is_some() {
            let typeset = self.typeset(&layout);
            self.page.stride = self.stride(&layout);
            self.page.fit(usize::from(layout.page.height), typeset, &self.shelf);
            self.page.settle(&self.shelf);
            self.note_place();
        }
        let rows = layout.list_rows();
        self.list.settle(self.shelf.order.len(), self.list_height(&layout));
        self.sidebar.list.settle(self.sidebar.rows.len(), rows);
        if let Some(sheet) = &mut self.sheet {
            let height = super::sheets::rows_of(sheet, &layout);
            sheet.list.settle(sheet.shown.len(), height);
        }
        self.open_within_reach(fx);
        let read = self.doc().filter(|doc| self.shelf.document(*doc).is_some());
        if read.is_some() && read != self.looked_after {
            fx.extend(read.map(|doc| Effect::Job(Job::LookAfter(doc))));
            self.looked_after = read;
        }
        self.count_force(&layout);
    }

    /// Brings what is counted of what is in force up to date.
    fn count_force(&mut self, layout: &super::Layout) {
        self.tally.count(self.force.as_ref(), &self.shelf, &self.topics.index);
        if let (Some(area), Source::Document(doc)) = (layout.strip, &self.page.flow.source)
            && let (Some(force), Some(document)) = (&self.force, self.shelf.document(*doc))
        {
            self.tally.scale(force, *doc, &document.clean, &self.topics.index, usize::from(area.height));
        }
    }

    /// Documents that fit in the list.
    pub(super) fn list_height(&self, layout: &super::Layout) -> usize {
        layout.list_rows() / self.list_row_height(layout)
    }

    /// Rows of a document in the list: one where it is narrow, else three with its byline and a blank.
    pub fn list_row_height(&self, layout: &super::Layout) -> usize {
        let wide = layout.documents.is_some_and(|area| area.width >= 24) && layout.size.rows >= 20;
        if wide && self.shelf.len() <= 200 { 3 } else { 1 }
    }
}
