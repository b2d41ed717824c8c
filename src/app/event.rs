//! What happens, and what is to be done about it.
//!
//! Events come from the terminal and from finished jobs; [`super::update`] answers each with effects.
//! Effects are data: the program runs them on worker threads, `postil screen` and the tests at once.

use std::path::PathBuf;
use std::sync::Arc;

use crate::corpus::turnover::Turnover;
use crate::corpus::{DocId, Document, Library};
use crate::diag::{Diagnostic, Loaded};
use crate::keys::Key;
use crate::search::Query;
use crate::topics::{Dictionary, Matcher, Tags, TopicId};

use crate::notes::{Anchor, DocRef, Draft, EventId, Mark, Note, NoteId, Record, Target};

use super::force::Match;
use super::layout::Size;
use super::margins::{Change, Moved, Placed};
use super::session::Session;
use super::sheets;
use super::shelf::Summary;

/// Something that happened.
#[derive(Debug)]
pub enum Event {
    Key(Key),
    /// Text pasted as a whole.
    Paste(String),
    Mouse(Mouse),
    Resize(Size),
    /// The terminal's window was turned to (true) or from.
    Focus(bool),
    /// The terminal told whether it can move the rows of some columns alone, or only whole lines.
    Terminal {
        moves_columns: bool,
    },
    /// A second has passed; sent only while [`super::Model::wants_ticks`].
    Tick,
    /// The mouse is still held at the page's edge; sent now and then, only while [`super::Model::is_held_at_edge`].
    Held,
    /// Another editor ended: the text it left, or why there is none.
    Edited(Result<String, String>),
    /// The program must end: drafts are to be kept, nothing is to be asked.
    Leave,
    Done(Box<Answer>),
}

/// What the mouse did, at a cell counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub column: u16,
    pub row: u16,
    pub what: MouseWhat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseWhat {
    Press,
    Drag,
    Release,
    WheelUp,
    WheelDown,
}

/// The result of a job.
#[derive(Debug)]
pub enum Answer {
    /// What the last session left; comes before the library.
    Restored(Box<Session>),
    /// The library's files, not read yet.
    Listed(Loaded<Library>),
    /// A document that was asked for. `partial`: only its start, or without topics; all of it follows.
    Opened { doc: DocId, partial: bool, result: Result<Read, Diagnostic> },
    /// Documents the background reader has been through.
    Indexed(Vec<(DocId, Result<Read, Diagnostic>)>),
    /// The background reader is through.
    IndexDone,
    /// What search number `search` found in these documents.
    Found { search: u64, hits: Vec<(DocId, Vec<Match>)> },
    /// It has been through all. `near`: where nothing was found, a word that may have been meant.
    FoundAll { search: u64, near: Option<String> },
    /// Rows for the sheet that gathers under this number.
    Gathered { gathering: u64, rows: Vec<sheets::Row>, done: bool },
    /// The file's own lines of a paragraph, the first one's number from 1.
    Source { path: String, first: usize, lines: Vec<String> },
    /// The dictionary was read again.
    Dictionary(Box<Loaded<Dictionary>>, Arc<Matcher>),
    /// The notes of the library, and who writes here.
    NotesOpened { writer: String, left_over: Vec<Draft>, records: Loaded<Vec<Record>> },
    /// A change is on disk, or is not. The record is the change; none where there was nothing to do.
    Wrote { ticket: u64, result: Result<(Option<Record>, Option<Diagnostic>), Diagnostic> },
    /// Records that others wrote.
    NotesChanged(Loaded<Vec<Record>>),
    /// A draft is on disk under this id, or is not.
    DraftKept { editor: u64, kept: Result<EventId, Diagnostic> },
    /// Where the notes of a document stand.
    Placed { doc: DocId, placed: Vec<Placed> },
    /// Where the passage stands on which an editor writes; `None`: nowhere.
    Passage { editor: u64, range: Option<std::ops::Range<usize>> },
    /// Where documents went that are no more at the path of their notes.
    Moved(Vec<(String, Moved)>),
    /// What giving a term to a topic would change.
    Previewed { wording: Wording, result: Result<Previewed, Diagnostic> },
    /// Folders of the library are others than when they were listed.
    Stirred,
    /// The library was listed again. `asked`: the reader wants to know, and all of it read again.
    TurnedOver { turnover: Box<Turnover>, faults: Vec<Diagnostic>, asked: bool },
    /// The file of an open document is another than the one that was read.
    Changed(DocId),
    /// What was done, in words that may be wanted later too.
    Told(String),
    /// Something to tell the reader.
    Said(Diagnostic),
}

/// A document that was read, and what was found in it.
#[derive(Clone, Debug)]
pub struct Read {
    pub document: Arc<Document>,
    pub summary: Summary,
    pub tags: Tags,
    /// Worth knowing, say that its encoding is a guess.
    pub remark: Option<Diagnostic>,
    /// Whether it is no more than the start of the document.
    pub is_start: bool,
}

impl Read {
    /// Sums a document up and finds the topics in it.
    pub fn of(document: Arc<Document>, matcher: &Matcher) -> Self {
        Self::untagged(document).tagged(matcher)
    }

    /// The same with the topics.
    #[must_use]
    pub fn tagged(self, matcher: &Matcher) -> Self {
        Self { tags: matcher.tag(&self.document), ..self }
    }

    /// The same without topics, which are still to be found.
    pub fn untagged(document: Arc<Document>) -> Self {
        Self { summary: Summary::of(&document), tags: Tags::default(), remark: None, is_start: false, document }
    }
}

/// What tags a library.
#[derive(Clone, Debug)]
pub struct Tagger {
    pub matcher: Arc<Matcher>,
    /// The dictionary that was in use until now, and the one of `matcher`.
    pub changed: Option<(Arc<Dictionary>, Arc<Dictionary>)>,
}

/// Something to be done.
#[derive(Debug)]
pub enum Effect {
    Job(Job),
    /// Put this text where the reader can paste it; `what` names it: "the passage".
    Copy {
        text: String,
        what: &'static str,
    },
    /// Stop, as on Ctrl-Z.
    Suspend,
    /// Draw every cell again.
    Redraw,
    /// Let $VISUAL or $EDITOR go on with this text; the answer is [`Event::Edited`].
    Edit {
        text: String,
    },
    Quit,
}

/// Work for another thread.
#[derive(Debug)]
pub enum Job {
    /// List the library.
    List,
    /// List it again and tell what is another now; where the reader asked for it, also that nothing is.
    ListAgain { asked: bool },
    /// Read a document now: somebody waits for it. A search in force is told what it finds in it, where it
    /// was searched as another.
    Open { doc: DocId, matcher: Arc<Matcher>, search: Option<(u64, Query)> },
    /// Read all documents one after another, and tag them. A new one replaces the one under way.
    /// `open` ones are not read again; those with tags under the dictionary before this one are tagged
    /// only where the two differ.
    Index { topics: Tagger, open: Vec<(DocId, Arc<Document>, Option<Tags>)>, opening: Option<DocId> },
    /// Read these documents and tag them, and tell the search in force what it finds in them.
    Take { docs: Vec<DocId>, matcher: Arc<Matcher>, search: Option<(u64, Query)> },
    /// Search all documents, `order` first to last. The newest replaces the one under way. `open` ones
    /// are not read again.
    Search { search: u64, query: Query, order: Vec<DocId>, open: Vec<(DocId, Arc<Document>)> },
    /// Make rows of every hit of what is in force, document by document. The newest replaces the one
    /// under way.
    Gather { gathering: u64, what: Gather, order: Vec<DocId>, open: Vec<(DocId, Arc<Document>)> },
    /// Read the file's own lines of a range of its bytes.
    Source { doc: DocId, range: std::ops::Range<usize> },
    /// Find what giving a term to a topic would change.
    Preview { wording: Wording, open: Vec<(DocId, Arc<Document>)> },
    /// Write the dictionary's file, and take it up.
    SaveTopics(Saving),
    /// Open the notes of the library at this folder.
    OpenNotes { root: PathBuf },
    /// Write a change; the draft it came from goes once it is on disk.
    Write { ticket: u64, change: Box<Change>, document: Option<Arc<Document>>, draft: Option<EventId>, elsewhere: bool },
    /// Keep a text that is being written. `draft`: in place of that one.
    KeepDraft { draft: Option<EventId>, text: Box<Unsent> },
    /// The reader throws the draft away.
    DropDraft(EventId),
    /// Keep what this session leaves to the next one.
    KeepSession { root: PathBuf, session: Box<Session> },
    /// Put a text that no clipboard took into a file; say what it is and why.
    KeepCopy { text: String, what: String, why: String },
    /// See when the file of a document is another than the one that was read.
    LookAfter(DocId),
    /// Look for records of others, and for files that changed.
    Poll,
    /// Find documents whose notes are at a path that is no more: as they were, and words of them. `among`:
    /// only these are looked at.
    FindMoved { lost: Vec<(DocRef, String)>, among: Option<Vec<DocId>> },
    /// Find where notes stand in a document that changed since.
    Place { doc: DocId, document: Arc<Document>, notes: Vec<Note> },
    /// Find where the passage stands on which an editor writes, in a document that changed since.
    FindPassage { editor: u64, document: Arc<Document>, of: DocRef, anchor: Box<Anchor> },
}

/// A term and the topic it is given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    pub term: String,
    pub topic: TopicName,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TopicName {
    /// The id of one that is there.
    Id(String),
    /// The label of a new one.
    New(String),
}

/// What a changed dictionary would change.
#[derive(Clone, Debug)]
pub struct Previewed {
    /// Paragraphs that would carry the topic.
    pub added: usize,
    /// Paragraphs that would carry it no more.
    pub lost: usize,
    pub rows: Vec<sheets::Row>,
    pub saving: Saving,
}

/// The dictionary's file with a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saving {
    pub path: PathBuf,
    /// What the file has to be still; `None`: not there.
    pub before: Option<String>,
    pub after: String,
}

/// Whose hits are gathered.
#[derive(Clone, Debug)]
pub enum Gather {
    Query(Query),
    /// Hits of these topics.
    Topics {
        matcher: Arc<Matcher>,
        topics: Vec<TopicId>,
    },
}

/// A note that is being written, before it has an id.
#[derive(Clone, Debug)]
pub struct Unsent {
    /// Which editor it is written in; they are counted.
    pub editor: u64,
    /// Changes made in it so far: of two the later one counts.
    pub changes: u64,
    pub note: Option<NoteId>,
    pub target: Target,
    pub body: String,
    pub tags: Vec<String>,
    pub mark: Option<Mark>,
}
