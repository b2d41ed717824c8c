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
