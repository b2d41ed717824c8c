//! The steps of `postil tutor`: what to do next, in a row of its own below the status line, and whether it
//! was done.
//!
//! *Invariants.* A step is done by doing it, by whatever keys. What else the reader does meanwhile neither
//! helps nor harms, and every step can be done from wherever that has led.

use crate::keys::actions::Action;

use super::Model;
use super::force::Force;
use super::sheets::Kind;

/// How far the reader has come, and what was done since the step began.
#[derive(Clone, Debug, Default)]
pub struct Lesson {
    step: usize,
    /// What is being done; it counts if it is not refused.
    doing: Option<Action>,
    did: Vec<Action>,
    saw: Vec<Kind>,
    /// Notes there were when the step began.
    notes: usize,
}

/// `says`: names of actions in braces stand for their keys.
struct Step {
    says: &'static str,
    is_done: fn(&Lesson, &Model) -> bool,
}

const STEPS: [Step; 19] = [
    Step {
        says: "{line-down} goes a line down, {line-up} up again: press both",
        is_done: |lesson, _| lesson.did_all(&[Action::LineDown, Action::LineUp]),
    },
    Step {
        says: "{page-down} turns the page, {page-up} turns it back",
        is_done: |lesson, _| lesson.did_all(&[Action::PageDown, Action::PageUp]),
    },
    Step {
        says: "{next-paragraph} goes to the next paragraph, {previous-paragraph} to the one before",
        is_done: |lesson, _| lesson.did_all(&[Action::NextParagraph, Action::PreviousParagraph]),
    },
    Step {
        says: "{end} goes to the end, {back} back to where you were",
        is_done: |lesson, _| lesson.did_all(&[Action::End, Action::Back]),
    },
    Step {
        says: "{topic}, then trade, then {prompt-accept}: follow the topic Trade",
        is_done: |_, model| matches!(model.force, Some(Force::Topic(_))),
    },
    Step {
        says: "{next} goes to the next paragraph on it, in whatever document",
        is_done: |lesson, _| lesson.did_all(&[Action::Next]),
    },
    Step { says: "{previous} goes to the one before", is_done: |lesson, _| lesson.did_all(&[Action::Previous]) },
    Step {
        says: "{why} tells why this paragraph has its topics; {sheet-close} closes that",
        is_done: |lesson, model| lesson.has_closed(Kind::Why, model),
    },
    Step {
        says: "{trail} reads all that is on the topic as one text; {back} goes back",
        is_done: |lesson, model| lesson.did_all(&[Action::Trail, Action::Back]) && !model.page.is_trail(),
    },
    Step { says: "{clear} ends it: nothing is in force again", is_done: |_, model| model.force.is_none() },
    Step {
        says: "{search}, then alliance, then {prompt-accept}: search all documents",
        is_done: |_, model| matches!(model.force, Some(Force::Search(_))) && model.prompt.is_none(),
    },
    Step {
        says: "{results} lists what was found: walk with {sheet-down} and {sheet-up}, {sheet-open} stays",
        is_done: |lesson, model| lesson.has_closed(Kind::Results, model),
    },
    Step {
        says: "{next-word} goes to a word, {select} selects from there, {select-word-end} to a word's end",
        is_done: |lesson, model| lesson.did_all(&[Action::SelectWordEnd]) && model.selection.is_some(),
    },
    Step {
        says: "{copy-selection} copies it; the line above says where it was sent",
        is_done: |lesson, _| {
            [Action::CopySelection, Action::CopySelectionCited, Action::Copy, Action::CopyCited]
                .iter()
                .any(|action| lesson.did.contains(action))
        },
    },
    Step {
        says: "{note}, then a few words, then {editor-save}: a note on this paragraph",
        is_done: |lesson, model| notes(model) > lesson.notes,
    },
    Step {
        says: "{open-note} opens the note under its paragraph",
        is_done: |lesson, _| lesson.did_all(&[Action::OpenNote]),
    },
    Step {
        says: "{undo} takes the last change back, {redo} does it again",
        is_done: |lesson, _| lesson.did_all(&[Action::Undo, Action::Redo]),
    },
    Step {
        says: "{notes} lists all notes; {sheet-close} closes the list",
        is_done: |lesson, model| lesson.has_closed(Kind::Notes, model),
    },
    Step {
        says: "{keys} shows the keys of the place you are in; {sheet-close} closes them",
        is_done: |lesson, model| lesson.has_closed(Kind::Keys, model),
    },
];

const END: &str = "That was all. {quit} leaves; postil FOLDER opens your own documents.";

impl Lesson {
    fn did_all(&self, actions: &[Action]) -> bool {
        actions.iter().all(|action| self.did.contains(action))
    }

    fn has_closed(&self, kind: Kind, model: &Model) -> bool {
        self.saw.contains(&kind) && model.sheet.is_none()
    }

    /// An action is about to be done.
    pub fn does(&mut self, action: Action) {
        self.doing = Some(action);
    }
}

impl Model {
    /// Looks whether the step is done, after anything that happened.
    pub(super) fn look_at_lesson(&mut self) {
        let Some(mut lesson) = self.lesson.take() else { return };
        let doing = lesson.doing.take().filter(|_| !self.status.is_refusal());
        lesson.did.extend(doing);
        lesson.saw.extend(self.sheet.as_ref().map(|sheet| sheet.kind));
        if STEPS.get(lesson.step).is_some_and(|step| (step.is_done)(&lesson, self)) {
            lesson = Lesson { step: lesson.step + 1, notes: notes(self), ..Lesson::default() };
        }
        self.lesson = Some(lesson);
    }

    /// The number of the step, of how many, and what it asks for; past the last one only what remains to be said.
    pub fn lesson_says(&self) -> Option<(String, String)> {
        let lesson = self.lesson.as_ref()?;
        let of = STEPS.len();
        Some(match STEPS.get(lesson.step) {
            Some(step) => (format!("{} of {of}", lesson.step + 1), self.with_keys(step.says)),
            None => (String::new(), self.with_keys(END)),
        })
    }

    /// The first key of each action that is named in braces.
    fn with_keys(&self, says: &str) -> String {
        let mut parts = says.split(['{', '}']);
        let mut out = parts.next().unwrap_or_default().to_owned();
        while let Some(name) = parts.next() {
            let keys = Action::named(name).and_then(|action| self.input.keymap.keys(action).first());
            out += &keys.map_or_else(|| format!(":{name}"), |key| spoken(key));
            out += parts.next().unwrap_or_default();
        }
        out
    }
}

fn notes(model: &Model) -> usize {
    model.margins.book.notes().count()
}

/// A key as people speak of it: `Ctrl-O` for `<C-o>`.
fn spoken(key: &str) -> String {
    let name = key.strip_prefix('<').and_then(|key| key.strip_suffix('>')).unwrap_or(key);
    match name.strip_prefix("C-") {
        Some(letter) if key.len() > name.len() => format!("Ctrl-{}", letter.to_uppercase()),
        _ if name == "lt" => "<".into(),
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::trial::Trial;
    use crate::text::width::cells;

    #[test]
    fn all_that_is_said_fits_beside_its_number_in_80_columns_and_names_keys() {
        let mut trial = Trial::of(&[("a.txt", "Title\n\nA text.\n")], 80, 24);
        for step in 0..=STEPS.len() {
            trial.model.lesson = Some(Lesson { step, ..Lesson::default() });
            let (number, says) = trial.model.lesson_says().unwrap();
            assert!(cells(&number) + 3 + cells(&says) <= 78, "{number}   {says}");
        }
        for says in STEPS.iter().map(|step| step.says).chain([END]) {
            for name in says.split(['{', '}']).skip(1).step_by(2) {
                assert!(Action::named(name).is_some_and(|action| !action.row().keys.is_empty()), "{name} in {says}");
            }
        }
    }

    #[test]
    fn a_step_is_done_by_doing_it_and_by_nothing_else() {
        let text = "Title\n\nOne.\n\nTwo.\n\nThree.\n";
        let mut trial = Trial::of(&[("a.txt", text)], 80, 24);
        trial.model.lesson = Some(Lesson::default());
        let step = |trial: &Trial| trial.model.lesson.as_ref().map(|lesson| lesson.step);
        trial.keys("j<Space>}bxQ");
        assert_eq!(step(&trial), Some(0));
        trial.keys("jk");
        assert_eq!(step(&trial), Some(1));
        trial.keys("<Space>b");
        assert_eq!(step(&trial), Some(2));
    }

    #[test]
    fn the_row_is_not_taken_from_a_small_screen() {
        let mut trial = Trial::of(&[("a.txt", "Title\n\nA text.\n")], 80, 24);
        let bottom = |trial: &Trial| trial.model.layout().status.unwrap().bottom();
        assert_eq!(bottom(&trial), 24);
        trial.model.lesson = Some(Lesson::default());
        assert_eq!(bottom(&trial), 23);
        trial.model.size.rows = 9;
        assert_eq!(bottom(&trial), 9);
    }
}
