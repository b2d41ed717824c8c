//! Keys: every action with its keys, those of this place first.

use crate::app::Model;
use crate::keys::actions::{Scope, TABLE};
use crate::text::width;

use super::{Extent, Goal, Kind, Role, Row, Sheet, Span, room_across};

/// With fewer cells than these names would leave no room for what the actions do.
const NARROW: usize = 60;

/// Stands between two keys of an action.
const BETWEEN: &str = "  ";

pub fn open(model: &Model) -> Sheet {
    let here = model.scope();
    let keys_of = |action| model.input.keymap.keys(action);
    // One column for the keys of all actions; on a narrow screen the lines need the room.
    let widest = TABLE.iter().map(|row| width::cells(&keys_of(row.action).join(BETWEEN))).max().unwrap_or(0);
    let room = room_across(&model.layout());
    let column = widest.min(room * 2 / 7);
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
            let keys = width::pad_right(&within(keys_of(row.action), column), column);
            rows.push(Row {
                spans: vec![Span::new(Role::Accent, format!("  {keys}  ")), Span::new(Role::Plain, row.line)],
                right: if room < NARROW { Vec::new() } else { vec![Span::new(Role::Dim, row.name)] },
                goal: Some(Goal::Action(row.action)),
                ..Row::default()
            });
        }
    }
    Sheet::new(Kind::Keys, "Keys", rows, Extent::Whole)
}

/// The keys that fit in so many cells, each of them whole; `…` for those that do not.
fn within(keys: &[String], column: usize) -> String {
    let all = keys.join(BETWEEN);
    if width::cells(&all) <= column {
        return all;
    }
    let some = (1..keys.len()).rev().map(|count| keys[..count].join(BETWEEN) + " …");
    some.into_iter().find(|some| width::cells(some) <= column).unwrap_or(all)
}

#[cfg(test)]
mod tests {
    use crate::app::trial::Trial;
    use crate::keys::actions::TABLE;
    use crate::text::width;

    #[test]
    fn what_the_keys_do_stands_in_one_column_and_no_key_is_cut() {
        for columns in [40, 80, 100, 120, 200] {
            let mut trial = Trial::of(&[("a.txt", "A text.")], columns, 30);
            trial.keys("?");
            let sheet = trial.model.sheet.as_ref().unwrap();
            let rows = || sheet.rows.iter().filter(|row| row.goal.is_some());
            let column = |row: &super::Row| width::cells(&row.spans[0].text);
            assert!(rows().all(|row| column(row) == column(rows().next().unwrap())), "{columns}");
            let whole = |key: &str| key == "…" || TABLE.iter().any(|row| row.keys.contains(&key));
            let keys = || rows().flat_map(|row| row.spans[0].text.split_whitespace());
            assert!(columns < 80 || keys().all(whole), "{columns}");
            assert_eq!(keys().any(|key| key == "…"), columns < 200);
        }
    }

    #[test]
    fn the_keys_are_shown_over_another_sheet_which_comes_back() {
        let headings =
            "Title\n\nFirst part\n\nWords of it stand here.\n\nSecond part\n\nMore words of it stand here.\n";
        let mut trial = Trial::of(&[("a.txt", headings)], 80, 24);
        let title = |trial: &Trial| trial.model.sheet.as_ref().map(|sheet| sheet.title.clone());
        assert_eq!(title(trial.keys("oG?")).as_deref(), Some("Keys"));
        assert_eq!(trial.model.sheet.as_ref().unwrap().rows[0].text(), "Sheets");
        let chosen = |trial: &Trial| trial.model.sheet.as_ref().map(|sheet| sheet.list.chosen);
        let before = chosen(trial.keys("?"));
        assert_eq!(title(&trial).as_deref(), Some("Contents"));
        assert_eq!(chosen(trial.keys("?j<Esc>")), before);
        assert_eq!(title(trial.keys("?/close, and<CR><CR>")), None, "its rows are done on the sheet under it");
        assert_eq!(title(trial.keys("??")), None);
    }

    #[test]
    fn the_keys_of_the_note_editor_are_shown_over_it_and_it_goes_on() {
        let mut trial = Trial::of(&[("a.txt", "A text.")], 80, 24);
        let text = |trial: &Trial| trial.model.editor.as_ref().map(|editor| editor.text());
        trial.keys("aone?<F1>");
        assert_eq!(trial.model.sheet.as_ref().unwrap().rows[0].text(), "Writing a note");
        trial.keys("jjxy<Esc> two");
        assert_eq!((trial.model.sheet.is_none(), text(&trial).as_deref()), (true, Some("one? two")));
        // Of what is chosen there only what is about the note is done.
        for name in ["quit", "document-note", "line-down", "search", "sheet-down", "prompt-accept", "select-right"] {
            trial.keys(&format!("<F1>/{name}<CR><CR>"));
            let rows = trial.model.sheet.is_some();
            assert_eq!((rows, text(&trial).as_deref()), (false, Some("one? two")), "{name}");
            assert_eq!(trial.said(), "first the note: C-s saves it, C-c closes it", "{name}");
        }
        trial.keys("<F1>/editor-save<CR><CR>");
        assert_eq!((text(&trial), trial.said()), (None, "saving the change"));
    }

    #[test]
    fn the_keys_of_a_line_are_told_beside_it() {
        let mut trial = Trial::of(&[("a.txt", "A text.")], 80, 24);
        trial.keys("/what?<F1>");
        let prompt = trial.model.prompt.as_ref().unwrap();
        assert_eq!(prompt.line.text, "what?");
        assert_eq!(prompt.note, "Enter do it  Esc leave it  Down next  Up before  C-w C-u delete");
        assert_eq!(trial.keys("x").model.prompt.as_ref().unwrap().note, "");
    }
}
