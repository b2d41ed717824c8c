//! Sheets over the text: a name, rows, one of them chosen. All are moved through alike, all jump on
//! Enter and give the place back on Esc.
//!
//! A sheet is data. Its builder (a file for each kind) makes rows of spans, each span with the
//! [`Role`] it plays; what a role looks like is the theme's business.

pub mod card;
pub mod contents;
pub mod keys;
pub mod lines;
pub mod messages;
pub mod notes;
pub mod source;
pub mod together;
pub mod why;
pub mod wording;
pub mod xray;

use crate::corpus::{DocId, Place};
use crate::keys::actions::Action;
use crate::notes::{Mark, NoteId};
use crate::text::{width, wrap};
use crate::topics::TopicId;

use super::Model;
use super::layout::{Area, Layout};
use super::list::List;

/// What a sheet shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Keys,
    Contents,
    Messages,
    /// What a search found.
    Results,
    /// Every hit of a topic.
    Concordance,
    Notes,
    /// The file's own lines.
    Source,
    /// Why a paragraph has its topics.
    Why,
    Xray,
    Together,
    Card,
    /// What giving a term to a topic would change.
    Wording,
}

/// How a stretch of text is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    Plain,
    Bold,
    Dim,
    Accent,
    /// A topic's own colour.
    Topic(TopicId),
    /// What was searched for.
    Match,
    Heading,
    Danger,
    /// A highlight's colour.
    Mark(Mark),
    /// How much there is of something, from 1 to 4.
    Shade(u8),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub role: Role,
    pub text: String,
}

impl Span {
    pub fn new(role: Role, text: impl Into<String>) -> Self {
        Self { role, text: text.into() }
    }
}

/// Where a row leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    Place(Place),
    Paragraph(DocId, u32),
    Document(DocId),
    Topic(TopicId),
    Action(Action),
    Note(NoteId),
    /// The unsent note of this number.
    Draft(usize),
    /// The first paragraph of the document on what is in force.
    Stop(DocId),
    /// Writes the dictionary as it was looked at.
    SaveTopics,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// From left to right.
    pub spans: Vec<Span>,
    /// Stands at the right edge.
    pub right: Vec<Span>,
    pub goal: Option<Goal>,
    /// Whether it is more of what the row above has no room for.
    pub goes_on: bool,
    /// The span that stands at the middle of every row, so that hits are under one another.
    pub aligned: Option<usize>,
    /// What can be asked of it by name, as `tag:trade`.
    pub facets: Vec<(notes::Facet, String)>,
}

impl Row {
    pub fn text(&self) -> String {
        self.spans.iter().chain(&self.right).map(|span| span.text.as_str()).collect()
    }
}

/// How much of the screen a sheet wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The lower half of the text pane, so that the text is seen moving along.
    Below,
    /// The lower half of the screen, for long lines.
    Across,
    /// The whole text pane.
    Text,
    /// The whole screen but the status line.
    Whole,
}

#[derive(Clone, Debug)]
pub struct Sheet {
    pub kind: Kind,
    pub title: String,
    pub rows: Vec<Row>,
    /// Rows that pass the filter, in order.
    pub shown: Vec<usize>,
    pub filter: String,
    pub list: List,
    pub extent: Extent,
    /// Said where there are no rows.
    pub empty: String,
    /// Where the reader was.
    pub from: Option<Place>,
    /// The sheet that is under it, and comes back when it is closed: the keys are asked for anywhere.
    pub under: Option<Box<Sheet>>,
    /// How rows of hits are sorted.
    pub order: lines::Order,
    /// Tells rows that are still coming apart from those of another sheet.
    pub gathering: Option<u64>,
}

impl Sheet {
    pub fn new(kind: Kind, title: impl Into<String>, rows: Vec<Row>, extent: Extent) -> Self {
        let shown = (0..rows.len()).collect();
        Self {
            kind,
            title: title.into(),
            rows,
            shown,
            filter: String::new(),
            list: List::default(),
            extent,
            empty: "nothing here".into(),
            from: None,
            under: None,
            order: lines::Order::default(),
            gathering: None,
        }
    }

    /// Takes up more rows at the end; the chosen one stays.
    pub fn extend(&mut self, rows: Vec<Row>) {
        let filter = self.filter.clone();
        let first = self.rows.len();
        self.rows.extend(rows);
        if filter.is_empty() && self.order == lines::Order::Place {
            self.shown.extend(first..self.rows.len());
        } else {
            let list = self.list;
            self.set_filter(&filter);
            self.list = list;
        }
    }

    /// Sorts rows of hits in the next way.
    pub fn sort_next(&mut self) {
        self.order = self.order.next();
        lines::sort(&self.rows, &mut self.shown, self.order);
        self.list = List::default();
    }

    /// Which of how many is chosen, of those that are shown, from 1: what takes several rows is one.
    pub fn standing(&self) -> (usize, usize) {
        let until = |end: usize| self.shown[..end].iter().filter(|row| !self.rows[**row].goes_on).count();
        (until((self.list.chosen + 1).min(self.shown.len())), until(self.shown.len()))
    }

    pub fn chosen(&self) -> Option<&Row> {
        self.shown.get(self.list.chosen).map(|row| &self.rows[*row])
    }

    /// Shows only rows with all words of the filter, whatever their case, and whole what takes several rows; in the
    /// list of notes `tag:trade` asks for a tag, and so on ([`notes::Facet`]).
    pub fn set_filter(&mut self, filter: &str) {
        filter.clone_into(&mut self.filter);
        let asks = self.kind == Kind::Notes;
        let wanted: Vec<(Option<notes::Facet>, String)> = filter
            .split_whitespace()
            .map(|word| match notes::Facet::asked(word).filter(|_| asks) {
                Some((facet, value)) => (Some(facet), value.to_lowercase()),
                None => (None, word.to_lowercase()),
            })
            .collect();
        let fits = |rows: &[Row]| {
            let text = rows.iter().map(|row| row.text().to_lowercase()).collect::<Vec<_>>().join(" ");
            wanted.iter().all(|(facet, value)| match facet {
                Some(facet) => facet.fits(value, &rows[0].facets),
                None => text.contains(value),
            })
        };
        let mut first = 0;
        self.shown.clear();
        for rows in self.rows.chunk_by(|_, next| next.goes_on) {
            let end = first + rows.len();
            if fits(rows) {
                self.shown.extend(first..end);
            }
            first = end;
        }
        lines::sort(&self.rows, &mut self.shown, self.order);
        self.list = List::default();
    }

    /// Chooses the first row that `passes`.
    pub fn choose_first(&mut self, passes: impl Fn(&Row) -> bool) {
        if let Some(at) = self.shown.iter().position(|row| passes(&self.rows[*row])) {
            self.list.chosen = at;
        }
    }

    /// Chooses the last row that `passes`.
    pub fn choose_last(&mut self, passes: impl Fn(&Row) -> bool) {
        if let Some(at) = self.shown.iter().rposition(|row| passes(&self.rows[*row])) {
            self.list.chosen = at;
        }
    }
}

/// A sheet of this kind as things stand; none of what was asked for once, and of what is nowhere now.
pub fn open(kind: Kind, model: &Model) -> Option<Sheet> {
    match kind {
        Kind::Keys => Some(keys::open(model)),
        Kind::Contents => contents::open(model),
        Kind::Messages => Some(messages::open(model)),
        Kind::Notes => Some(notes::open(model)),
        Kind::Why => why::open(model),
        Kind::Xray => xray::open(model),
        Kind::Together => Some(together::open(model)),
        Kind::Card => card::open(model),
        Kind::Results | Kind::Concordance | Kind::Source | Kind::Wording => None,
    }
}

/// Where a sheet stands on a screen.
pub fn area_of(sheet: &Sheet, layout: &Layout) -> Area {
    let whole = Area { x: 0, y: 0, width: layout.size.columns, height: layout.size.rows.saturating_sub(1).max(1) };
    let text = layout.text.unwrap_or(whole);
    match sheet.extent {
        Extent::Whole => whole,
        Extent::Text => text,
        Extent::Below | Extent::Across => {
            let wanted = (sheet.rows.len() as u16).saturating_add(2).max(4);
            let height = wanted.min((text.height * 3 / 5).max(4)).min(text.height);
            let wide = if sheet.extent == Extent::Across { whole } else { text };
            Area { x: wide.x, width: wide.width, y: text.bottom() - height, height }
        }
    }
}

/// Cells of a row in a sheet: without its frame, the mark of what is chosen, and a blank.
pub fn room_in(sheet: &Sheet, layout: &Layout) -> usize {
    usize::from(area_of(sheet, layout).width.saturating_sub(2 + 3)).max(1)
}

/// Cells of a row in a sheet across the whole screen.
pub fn room_across(layout: &Layout) -> usize {
    usize::from(layout.size.columns.saturating_sub(2 + 3)).max(1)
}

/// A text that may be longer than a row, in as many as it takes; `lead` stands before the first, without one they are
/// more of what is above them.
pub fn wrapped(lead: Option<Span>, role: Role, text: &str, room: usize) -> Vec<Row> {
    let indent = lead.as_ref().map_or(0, |lead| width::cells(&lead.text));
    let mut lead = lead;
    let row = |range: std::ops::Range<usize>| {
        let goes_on = lead.is_none();
        let before = lead.take().unwrap_or_else(|| Span::new(Role::Plain, " ".repeat(indent)));
        Row { spans: vec![before, Span::new(role, &text[range])], goes_on, ..Row::default() }
    };
    wrap::rows(text, room.saturating_sub(indent).max(1)).into_iter().map(row).collect()
}

/// Rows of a sheet that are seen at once, its frame left out.
pub fn rows_of(sheet: &Sheet, layout: &Layout) -> usize {
    usize::from(area_of(sheet, layout).height.saturating_sub(2)).max(1)
}
