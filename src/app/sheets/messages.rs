//! Messages: what was reported so far, the newest last.

use crate::app::Model;
use crate::diag::Severity;

use super::{Extent, Kind, Role, Row, Sheet, Span};

pub fn open(model: &Model) -> Sheet {
    let rows = model.messages.iter().map(|message| {
        let role = match message.severity {
            Severity::Note => Role::Dim,
            Severity::Warning => Role::Plain,
            Severity::Error => Role::Danger,
        };
        Row { spans: vec![Span::new(role, message.to_string())], ..Row::default() }
    });
    let mut sheet = Sheet::new(Kind::Messages, "Messages", rows.collect(), Extent::Text);
    sheet.empty = "nothing was reported".into();
    sheet.choose_last(|_| true);
    sheet
}
