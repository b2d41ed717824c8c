//! Keeping the session: the place is noted after every event, and written when the reader pauses.

use crate::app::event::{Effect, Job};
use crate::app::flow::Source;
use crate::app::layout::{Pane, Sizes};
use crate::app::{Model, Target};

/// Seconds without an event after which it is written, and seconds after which it is in any case.
const PAUSE: u8 = 2;

impl Model {
    /// Notes where the reader is.
    pub(super) fn note_place(&mut self) {
        let Source::Document(doc) = self.page.flow.source else { return };
        if self.awaited.is_some() || self.page.rows.is_empty() {
            return;
        }
        let Some(document) = self.shelf.document(doc) else { return };
        let cursor = self.page.cursor;
        let above = self.page.rows_above_cursor();
        let is_whole = self.shelf.partial != Some(doc);
        if self.places.note(doc, &document.clean.text, is_whole, cursor.at, above) {
            self.unkept = Some(0);
        }
    }

    /// The reader went on by reading, not by a jump: what is on the screen counts as read.
    pub(super) fn note_reading(&mut self) {
        self.page.settle(&self.shelf);
        self.note_place();
        let Some(doc) = self.doc() else { return };
        if let Some(at) = self.page.last_shown(doc) {
            let last = self.page.is_at_end();
            let length = self.shelf.document(doc).map_or(at, |document| document.clean.text.len());
            self.places.read_to(doc, if last { length } else { at });
        }
    }

    /// Where a document is gone to when it is opened.
    pub(super) fn go_to_kept(&mut self, doc: crate::corpus::DocId) {
        match self.places.of(doc).map(|reading| (reading.passage.at, reading.above)) {
            Some((at, above)) => self.page.go_back_to(crate::corpus::Place { doc, at }, above, &self.shelf),
            None => self.page.go_to_end(false, &self.shelf),
        }
    }

    pub(super) fn set_mark(&mut self, letter: char) {
        let Some(place) = self.page.place() else { return };
        self.jumps.set_mark(letter, self.kept(place));
        self.unkept = Some(0);
        self.status.say(format!("mark {letter} is here"));
    }

    pub(super) fn go_to_mark(&mut self, letter: char, fx: &mut Vec<Effect>) {
        let Some(mark) = self.jumps.mark(letter, self.doc()) else {
            if matches!(letter, '\'' | '`') {
                return self.go_to_last_jump(fx);
            }
            return self.status.refuse(format!("no mark {letter}"));
        };
        let place = mark.place;
        if mark.is_checked {
            return self.go(place, true, fx);
        }
        self.leave();
        self.open(place.doc, Target::Mark(letter), fx);
    }

    /// To where the last jump began; once more is there and back.
    fn go_to_last_jump(&mut self, fx: &mut Vec<Effect>) {
        let here = self.page.place();
        match self.jumps.last(|place| Some(*place) != here && self.shelf.holds(place.doc)) {
            Some(place) => self.go(place, true, fx),
            None => self.status.refuse("no jump to go back from"),
        }
    }

    pub(super) fn keep_session_in_time(&mut self, fx: &mut Vec<Effect>) {
        match &mut self.unkept {
            Some(seconds) if *seconds >= PAUSE => self.keep_session(fx),
            Some(seconds) => *seconds += 1,
            None => {}
        }
    }

    pub(super) fn keep_session(&mut self, fx: &mut Vec<Effect>) {
        if self.unkept.take().is_some() && !self.shelf.is_empty() {
            let root = self.shelf.library.root.clone();
            fx.push(Effect::Job(Job::KeepSession { root, session: Box::new(self.session()) }));
        }
    }

    /// A wider or a narrower column.
    pub(super) fn resize_measure(&mut self, by: isize) {
        let measure = self.measure().saturating_add_signed(by).clamp(20, 200);
        self.sizes.measure = Some(measure);
        self.unkept = Some(0);
        let room = usize::from(self.layout().page.width);
        self.status.say(match room < measure {
            true => format!("a column of {measure}; the pane has room for {room}"),
            false => format!("a column of {measure}"),
        });
    }

    /// The pane in use wider or narrower; the documents' while reading.
    pub(super) fn resize_pane(&mut self, by: isize) {
        let layout = self.layout();
        let topics = self.focus == Pane::Topics;
        let area = if topics { layout.topics } else { layout.documents };
        let Some(area) = area else { return self.status.refuse("that pane is folded away") };
        let width = usize::from(area.width).saturating_add_signed(by);
        let width = Some(width.clamp(10, usize::from(layout.size.columns / 2).max(10)));
        self.sizes = match topics {
            true => Sizes { topics: width, ..self.sizes },
            false => Sizes { documents: width, ..self.sizes },
        };
        self.unkept = Some(0);
    }
}
