//! Undo and redo: records like any other, so that they work after a restart.

use super::super::{EventId, Op, Record};
use super::{Book, Pen};

/// What a writer can undo and redo, the next at the end.
#[derive(Default)]
struct Stacks {
    /// Changes that stand.
    done: Vec<EventId>,
    /// Undoings that stand since the last change, each with what it undid.
    undone: Vec<(EventId, EventId)>,
}

impl Book {
    /// Takes back the writer's last change; `None` where there is none.
    pub fn undo(&self, pen: &mut Pen<'_>) -> Option<Record> {
        let last = *self.stacks(&pen.author.writer).done.last()?;
        Some(self.undo_of(pen, last))
    }

    /// Takes back the writer's last undoing; `None` where there is none.
    pub fn redo(&self, pen: &mut Pen<'_>) -> Option<Record> {
        let (last, _) = *self.stacks(&pen.author.writer).undone.last()?;
        Some(self.undo_of(pen, last))
    }

    /// The change that [`Book::undo`] would take back.
    pub fn undoes(&self, writer: &str) -> Option<&Record> {
        self.record(*self.stacks(writer).done.last()?)
    }

    fn undo_of(&self, pen: &mut Pen<'_>, ev: EventId) -> Record {
        let note = self.record(ev).and_then(|record| record.note);
        self.write(pen, note, Op::Undo(ev))
    }

    /// Goes through what the writer did, in the order it did it.
    fn stacks(&self, writer: &str) -> Stacks {
        let mut stacks = Stacks::default();
        let events = self.writers.get(writer).into_iter().flatten();
        for record in events.filter_map(|ev| self.record(*ev)) {
            match record.op {
                Op::Unknown => {}
                Op::Undo(of) => stacks.take_undo(record.ev, of),
                _ => {
                    stacks.done.push(record.ev);
                    stacks.undone.clear();
                }
            }
        }
        stacks
    }
}

impl Stacks {
    fn take_undo(&mut self, ev: EventId, of: EventId) {
        if let Some(at) = self.done.iter().rposition(|done| *done == of) {
            self.done.remove(at);
            self.undone.push((ev, of));
        } else if let Some(at) = self.undone.iter().rposition(|(undo, _)| *undo == of) {
            let (_, change) = self.undone.remove(at);
            self.done.push(change);
        }
    }
}
