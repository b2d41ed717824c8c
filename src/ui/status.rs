//! The status line: where one is; what is in force; what just happened, or what one can do next.

use ratatui::style::Modifier;

use crate::app::force::Force;
use crate::app::selection::amount;
use crate::app::sheets::Kind;
use crate::app::shelf::Progress;
use crate::app::status::Tone;
use crate::app::{Area, Model};
use crate::keys::actions::{Action, Scope};
use crate::text::width::cells;

use super::hints::plain;
use super::paint::Painter;
use super::{documents, topics};

/// Cells between what stands beside each other.
const GAP: u16 = 3;

/// Between two hints.
const BETWEEN: &str = "   ";

pub fn draw(model: &Model, area: Area, painter: &mut Painter<'_>) {
    let mut x = area.x + 1;
    let end = area.right().saturating_sub(1);
    let put = |painter: &mut Painter<'_>, x: &mut u16, text: &str, style| {
        if !text.is_empty() {
            let room = end.saturating_sub(*x);
            let text = painter.shorten(text, room);
            let used = painter.text(*x, area.y, room, &text, style);
            *x += used + GAP;
        }
    };
    let dim = painter.theme.dim;
    let text = painter.theme.text;
    let accent = painter.theme.accent.add_modifier(Modifier::BOLD);
    let standing = standing(model, area.width >= 60, end.saturating_sub(x), painter);
    for (part, style) in standing.iter().zip([dim, accent, text]) {
        put(painter, &mut x, part, style);
    }
    if let Some((tone, said)) = &model.status.said {
        let style = match tone {
            Tone::Plain | Tone::Refused => text,
            Tone::Danger => painter.theme.danger,
        };
        let said = painter.shorten(said, end.saturating_sub(x));
        put(painter, &mut x, &said, style);
        return;
    }
    let waiting = waiting(model);
    if !waiting.is_empty() {
        let room = end.saturating_sub(x);
        let waiting = painter.shorten(&waiting, room);
        painter.right(end, area.y, &waiting, text);
        return;
    }
    let room = end.saturating_sub(x);
    let chosen = chosen(model, painter);
    let wanted = chosen.map_or(0, |chosen| cells(chosen) as u16 + GAP);
    let all = hints(model);
    // A name that a narrow pane cuts is seen here, and all hints but the last wait for it.
    let least = all.last().map_or(0, |last| cells(last) as u16);
    let hints = fitting(all, room.saturating_sub(wanted).max(least.min(room)));
    let hint_cells = cells(&hints) as u16;
    let about = chosen.map_or_else(|| topics_here(model), str::to_owned);
    if room > hint_cells + 12 {
        let about = painter.shorten(&about, room - hint_cells - GAP);
        put(painter, &mut x, &about, text);
    }
    painter.right(end, area.y, &hints, dim);
}

/// Where one is, what is in force and what is selected. What just happened is not cut for their sake, nor
/// what can be done with a selection: the rest gives way to it, what can wait first.
fn standing(model: &Model, wide: bool, room: u16, painter: &Painter<'_>) -> [String; 3] {
    let all = [place(model, wide, painter), in_force(model), selected(model)];
    let [_, force, selected] = all.clone();
    let short = [place(model, false, painter), force, selected.clone()];
    let (wanted, ways, least) = match &model.status.said {
        Some((_, said)) => {
            let shortest = [short[0].clone(), String::new(), selected];
            (cells(said), vec![all, short, shortest], <[String; 3]>::default())
        }
        None if !selected.is_empty() => (cells(&hints(model).join(BETWEEN)), vec![all], short),
        None => return all,
    };
    let taken = |parts: &[String; 3]| -> usize {
        parts.iter().filter(|part| !part.is_empty()).map(|part| cells(part) + usize::from(GAP)).sum()
    };
    ways.into_iter().find(|parts| taken(parts) + wanted <= usize::from(room)).unwrap_or(least)
}

/// As many hints as there are cells for, in one line. The last, which leads away from here or to all keys, goes last.
fn fitting(mut hints: Vec<String>, room: u16) -> String {
    loop {
        let line = hints.join(BETWEEN);
        if cells(&line) <= usize::from(room) {
            return line;
        }
        hints.remove(hints.len().saturating_sub(2));
    }
}

/// `12 words selected`.
fn selected(model: &Model) -> String {
    let document = model.selection.and_then(|selection| model.shelf.document(selection.doc));
    match document.zip(model.selected()) {
        Some((document, range)) => format!("{} selected", amount(&document.clean, &range)),
        None => String::new(),
    }
}

/// `¶ 12/17  62%  4 min left`, on a trail the percent of the trail, or how far the reading of the library has come.
fn place(model: &Model, wide: bool, painter: &Painter<'_>) -> String {
    if model.shelf.progress == Progress::Listing {
        return "listing documents".into();
    }
    let mut parts = Vec::new();
    if let (Some(doc), Some(para)) = (model.doc(), model.page.para()) {
        let (at, of) = model.shelf.paragraph_number(doc, para);
        parts.push(format!("{} {at}/{of}", painter.sign("¶")));
        match (model.along(), model.progress()) {
            _ if !wide => {}
            (Some((at, of)), _) => parts.push(format!("{}%", at * 100 / of)),
            (None, Some((percent, minutes))) => {
                parts.push(format!("{percent}%"));
                parts.extend((minutes > 0).then(|| format!("{} left", duration(minutes))));
            }
            (None, None) => {}
        }
    }
    if let Progress::Reading(done) = model.shelf.progress
        && done < model.shelf.len()
    {
        parts.push(format!("reading {} of {}", grouped(done), grouped(model.shelf.len())));
    }
    parts.join("  ")
}

/// `45 min`, `3 h`: how long a text takes to read.
pub fn duration(minutes: usize) -> String {
    if minutes < 120 { format!("{minutes} min") } else { format!("{} h", grouped((minutes + 30) / 60)) }
}

/// `Trade 3 of 31`.
fn in_force(model: &Model) -> String {
    let Some(force) = &model.force else { return String::new() };
    let name = model.force_name();
    let (Some(place), Some(para)) = (model.page.place(), model.page.para()) else { return name };
    // A trail goes by dates and the list by names. Of a search hits are counted, not paragraphs.
    let is_its_trail = model.page.flow.trail().is_some_and(|trail| trail.title == name);
    if let Some((at, of)) = model.along().filter(|_| is_its_trail && !matches!(force, Force::Search(_))) {
        return format!("{name} {} of {}", grouped(at), grouped(of));
    }
    let standing = force.standing(&model.tally, &model.shelf, &model.topics.index, place.doc, para, place.at);
    if standing.of == 0 {
        // While documents are still searched nobody knows.
        let is_known = !matches!(force, Force::Search(found) if !found.done);
        return if is_known { format!("{name} none") } else { name };
    }
    let at = if standing.on { grouped(standing.at) } else { "–".into() };
    format!("{name} {at} of {}", grouped(standing.of))
}

/// What is chosen in the pane in use, by its whole name, where the pane cuts it.
fn chosen<'a>(model: &'a Model, painter: &Painter<'_>) -> Option<&'a str> {
    let layout = model.layout();
    match model.scope() {
        Scope::Documents => documents::cut(model, layout.documents?, painter),
        Scope::Topics => topics::cut(model, layout.topics?),
        _ => None,
    }
}

/// The topics of this paragraph, the main one first: the stripe has its colour.
fn topics_here(model: &Model) -> String {
    if model.selection.is_some() {
        return String::new();
    }
    let (Some(doc), Some(para)) = (model.doc(), model.page.para()) else { return String::new() };
    let topics = model.topics.index.topics_main_first(doc, para);
    let labels: Vec<&str> = topics.iter().map(|topic| model.topics.dictionary.topic(*topic).label.as_str()).collect();
    labels.join(" · ")
}

/// Keys pressed that wait for more, and what may follow.
fn waiting(model: &Model) -> String {
    let input = &model.input;
    if !input.is_waiting() {
        return String::new();
    }
    let count = input.count.map(|count| count.to_string()).unwrap_or_default();
    if let Some(action) = input.letter_for {
        return format!("{}: a letter, small: here, capital: everywhere", action.row().name);
    }
    let pressed: String = input.pending.iter().map(ToString::to_string).collect();
    let mut follows = Vec::new();
    if !input.pending.is_empty() {
        for (key, action) in input.keymap.after(model.scope(), &input.pending) {
            follows.push(format!("{} {action}", plain(&key)));
        }
    }
    format!("{count}{pressed}  {}", follows.join("  "))
}

/// The keys that matter most here.
fn hints(model: &Model) -> Vec<String> {
    let is_sheet = |kinds: &[Kind]| model.sheet.as_ref().is_some_and(|sheet| kinds.contains(&sheet.kind));
    let actions: &[(Action, &str)] = match model.scope() {
        Scope::Documents => &[(Action::DocumentsOpen, "read"), (Action::DocumentsSort, "sort"), (Action::Help, "keys")],
        Scope::Topics => &[(Action::TopicsEnforce, "in force"), (Action::TopicsFold, "fold"), (Action::Help, "keys")],
        Scope::Editor => {
            // Saving last: it is what is left where there is hardly room.
            &[
                (Action::EditorKeys, "keys"),
                (Action::EditorCancel, "close"),
                (Action::EditorExternal, "$EDITOR"),
                (Action::EditorSave, "save"),
            ]
        }
        Scope::Prompt => &[(Action::PromptAccept, "do it"), (Action::PromptCancel, "leave it")],
        Scope::Sheet if model.sheet.as_ref().is_some_and(|sheet| sheet.rows.is_empty()) => {
            &[(Action::SheetClose, "close")]
        }
        Scope::Sheet if is_sheet(&[Kind::Notes]) => &[
            (Action::SheetOpen, "go"),
            (Action::SheetEdit, "edit"),
            (Action::SheetDelete, "delete"),
            (Action::SheetAccept, "accept"),
            (Action::SheetClose, "close"),
        ],
        Scope::Sheet if is_sheet(&[Kind::Keys]) => {
            &[(Action::SheetOpen, "do it"), (Action::SheetFilter, "filter"), (Action::SheetClose, "close")]
        }
        // Their rows lead nowhere.
        Scope::Sheet if is_sheet(&[Kind::Messages, Kind::Source]) => {
            &[(Action::SheetFilter, "filter"), (Action::SheetClose, "close")]
        }
        Scope::Sheet => &[(Action::SheetOpen, "stay"), (Action::SheetFilter, "filter"), (Action::SheetClose, "close")],
        Scope::Select => &[
            (Action::CopySelection, "copy"),
            (Action::AnnotateSelection, "note"),
            (Action::HighlightSelection, "highlight"),
            (Action::StopSelecting, "stop"),
        ],
        Scope::Text if model.force.is_some() => {
            &[(Action::Next, "next"), (Action::Annotate, "note"), (Action::Topic, "topic"), (Action::Help, "keys")]
        }
        _ => {
            &[(Action::Topic, "topic"), (Action::Search, "search"), (Action::Annotate, "note"), (Action::Help, "keys")]
        }
    };
    let hint = |(action, word): &(Action, &str)| {
        model.input.keymap.keys(*action).first().map(|key| format!("{} {word}", key.trim_matches(['<', '>'])))
    };
    actions.iter().filter_map(hint).collect()
}

/// `12,345`.
pub fn grouped(number: usize) -> String {
    crate::text::width::group_thousands(number as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::trial::Trial;

    #[test]
    fn a_search_has_none_only_once_all_is_searched() {
        let mut trial = Trial::of_boats();
        trial.keys("/ship<CR>");
        assert_eq!(in_force(&trial.model), "/ship");
        trial.find(Vec::new(), None);
        assert_eq!(in_force(&trial.model), "/ship none");
    }

    #[test]
    fn hints_that_have_no_room_are_left_out_before_the_last() {
        let hints = || ["Enter go", "a edit", "x delete", "Esc close"].map(str::to_owned).to_vec();
        for (room, line) in [
            (42, "Enter go   a edit   x delete   Esc close"),
            (39, "Enter go   a edit   Esc close"),
            (20, "Enter go   Esc close"),
            (16, "Esc close"),
            (8, ""),
        ] {
            assert_eq!(fitting(hints(), room), line);
        }
    }
}
