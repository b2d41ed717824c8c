//! Keys: every action with its keys, those of this place first.

use crate::app::Model;
use crate::keys::actions::{Scope, TABLE};

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span};

/// Cells for the keys of an action.
const KEYS: usize = 18;

pub fn open(model: &Model) -> Sheet {
    let here = model.scope();
    let mut scopes = vec![here];
    if here.falls_back() {
        scopes.push(Scope::Everywhere);
    }
    scopes.extend(
        Scope::ALL.into_iter().filter(|scope| *scope != here && !(here.falls_back() && *scope == Scope::Everywhere)),
    );
    let mut rows = Vec::new();
    for scope in scopes {
        if !rows.is_empty() {
            rows.push(Row::default());
        }
        rows.push(Row { spans: vec![Span::new(Role::Heading, scope.name())], ..Row::default() });
        for row in TABLE.iter().filter(|row| row.scope == scope) {
            let keys = model.input.keymap.keys(row.action).join("  ");
            rows.push(Row {
                spans: vec![Span::new(Role::Accent, format!("  {keys:KEYS$} ")), Span::new(Role::Plain, row.line)],
                right: vec![Span::new(Role::Dim, row.name)],
                goal: Some(Goal::Action(row.action)),
                ..Row::default()
            });
        }
    }
    Sheet::new(Kind::Keys, "Keys", rows, Extent::Whole)
}
