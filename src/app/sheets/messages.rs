//! Messages: what was reported so far, the newest last.

use crate::app::{Model, sheets};
use crate::diag::Severity;

use super::{Extent, Kind, Role, Sheet, Span};

pub fn open(model: &Model) -> Sheet {
    let room = sheets::room_across(&model.layout());
    let rows = model.messages.iter().flat_map(|message| {
        let role = match message.severity {
            Severity::Note => Role::Dim,
            Severity::Warning => Role::Plain,
            Severity::Error => Role::Danger,
        };
        sheets::wrapped(Some(Span::new(Role::Dim, "· ")), role, &message.to_string(), room)
    });
    let mut sheet = Sheet::new(Kind::Messages, "Messages", rows.collect(), Extent::Across);
    sheet.empty = "nothing was reported".into();
    sheet.choose_last(|_| true);
    sheet
}

#[cfg(test)]
mod tests {
    use crate::app::trial::{BOATS, Trial};
    use crate::diag::Diagnostic;

    /// Which of how many is chosen, and the rows that are shown.
    fn standing(trial: &Trial) -> ((usize, usize), usize) {
        let sheet = trial.model.sheet.as_ref().unwrap();
        (sheet.standing(), sheet.shown.len())
    }

    #[test]
    fn messages_are_counted_and_filtered_whole_not_by_their_rows() {
        let mut trial = Trial::of(&[("a.txt", BOATS)], 30, 20);
        let long = "a long message about a file, which is wrapped into several rows here";
        trial.model.messages = vec![Diagnostic::warning(long), Diagnostic::warning("short"), Diagnostic::warning(long)];
        trial.keys("gm");
        let ((at, of), rows) = standing(&trial);
        assert_eq!((at, of), (3, 3));
        assert!(rows > 6, "{rows}");
        assert_eq!(standing(trial.keys("gg")).0, (1, 3));
        assert_eq!(standing(trial.keys("j")).0, (1, 3), "its second row is the same message");
        trial.keys("/long rows<CR>");
        assert_eq!(standing(&trial), ((1, 2), rows - 1), "words of one message in different rows");
    }
}
