//! The one table of actions. Keymap, help, hints, command line, README and man page are read from it.
//!
//! A row is an action: its name (for `:` and config.toml), where it works, its default keys, and a
//! line for people. Nothing else in the program knows which key does what.

use std::fmt;

/// Where a key is pressed; a key is looked up here first and then in [`Scope::Everywhere`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// In any pane; not where text is typed.
    Everywhere,
    /// The reading pane.
    Text,
    /// The reading pane while a passage is being selected.
    Select,
    /// The list of documents.
    Documents,
    /// The topic sidebar.
    Topics,
    /// A sheet over the text: results, notes, contents, help.
    Sheet,
    /// The note editor.
    Editor,
    /// A line being typed: search, command, picker.
    Prompt,
}

impl Scope {
    pub const ALL: [Scope; 8] = [
        Scope::Text,
        Scope::Select,
        Scope::Documents,
        Scope::Topics,
        Scope::Everywhere,
        Scope::Sheet,
        Scope::Editor,
        Scope::Prompt,
    ];

    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            Scope::Everywhere => "Everywhere",
            Scope::Text => "Reading",
            Scope::Select => "Selecting",
            Scope::Documents => "Documents",
            Scope::Topics => "Topics",
            Scope::Sheet => "Sheets",
            Scope::Editor => "Writing a note",
            Scope::Prompt => "Typing a line",
        }
    }

    /// Whether keys that are bound to nothing are text.
    pub fn is_typed(self) -> bool {
        matches!(self, Scope::Editor | Scope::Prompt)
    }

    /// Whether keys unbound here are looked up everywhere.
    pub fn falls_back(self) -> bool {
        matches!(self, Scope::Text | Scope::Select | Scope::Documents | Scope::Topics)
    }
}

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    pub action: Action,
    /// For `:` and config.toml.
    pub name: &'static str,
    pub scope: Scope,
    /// Default keys in key notation, the first one shown in hints.
    pub keys: &'static [&'static str],
    /// What it does, in one line for people.
    pub line: &'static str,
}

/// Declares the enum and its table together, so that no action is without a row.
macro_rules! actions {
    ($($scope:ident { $($action:ident $name:literal [$($key:literal)*] $line:literal)* })*) => {
        /// Everything a key or a command can do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $($($action,)*)* }

        /// All actions, in the order the help shows them.
        pub const TABLE: &[Row] = &[$($(Row {
            action: Action::$action,
            name: $name,
            scope: Scope::$scope,
            keys: &[$($key),*],
            line: $line,
        },)*)*];
    };
}

actions! {
    Text {
        LineDown "line-down" ["j" "<Down>" "<C-e>"] "a line down"
        LineUp "line-up" ["k" "<Up>" "<C-y>"] "a line up"
        PageDown "page-down" ["<Space>" "<C-f>" "<PageDown>"] "a page down"
        PageUp "page-up" ["b" "<C-b>" "<PageUp>"] "a page up"
        HalfDown "half-page-down" ["<C-d>"] "half a page down"
        HalfUp "half-page-up" ["<C-u>"] "half a page up"
        Start "start" ["gg" "<Home>"] "to the start, or to paragraph COUNT"
        End "end" ["G" "<End>"] "to the end, or to paragraph COUNT"
        NextParagraph "next-paragraph" ["}"] "to the next paragraph"
        PreviousParagraph "previous-paragraph" ["{"] "to the start of the paragraph, then to the one before"
        NextHeading "next-heading" ["]]"] "to the next heading"
        PreviousHeading "previous-heading" ["[["] "to the heading before"
        NextNote "next-note" ["]n"] "to the next note, through all documents"
        PreviousNote "previous-note" ["[n"] "to the note before"
        WordForward "next-word" ["w"] "to the next word"
        WordEnd "word-end" ["e"] "to the end of the word"
        WordBack "previous-word" ["B"] "to the word before"
        SentenceForward "next-sentence" [")"] "to the next sentence"
        SentenceBack "previous-sentence" ["("] "to the sentence before"
        LineStart "line-start" ["0" "^"] "to the start of the line"
        LineEnd "line-end" ["$"] "to the end of the line"
        OpenNote "open-note" ["<Enter>"] "open or close the notes of the paragraph, or the topic COUNT"
        EditNote "edit-note" ["E"] "edit the paragraph's note"
        Annotate "note" ["a"] "write a note on the paragraph or the selection"
        Highlight "highlight" ["H"] "highlight the paragraph or the selection"
        DocumentNote "document-note" ["A"] "write a note on the document"
        SelectCharacters "select" ["v"] "select from here"
        SelectParagraphs "select-paragraphs" ["V"] "select paragraphs"
        Copy "copy" ["y"] "copy the paragraph or the selection"
        CopyCited "copy-cited" ["Y"] "copy it with its citation"
        GiveTopic "give-topic" ["+"] "give the paragraph a topic by hand"
        RefuseTopic "refuse-topic" ["-"] "refuse the paragraph a topic"
        Why "why" ["K"] "why this paragraph has its topics"
        SearchWord "search-word" ["*"] "search the word under the cursor, to the next hit"
        SearchWordBack "search-word-back" ["#"] "search it, to the hit before"
        Footnote "footnote" ["%"] "to the paragraph's footnote, or from it back to its mark; with COUNT, to that percent"
        SetMark "mark" ["m"] "set a mark: a letter follows, a capital is kept for all documents"
        GoMark "go-to-mark" ["'" "`"] "go to a mark: its letter follows, or the key again for where the last jump began"
    }
    Select {
        SelectWordForward "select-next-word" ["w"] "to the next word"
        SelectWordEnd "select-word-end" ["e"] "to the end of the word"
        SelectWordBack "select-word-back" ["b" "B"] "to the word before"
        SelectSentenceForward "select-next-sentence" [")"] "to the next sentence"
        SelectSentenceBack "select-previous-sentence" ["("] "to the sentence before"
        SelectRight "select-right" ["l" "<Right>" "<Space>"] "a character on"
        SelectLeft "select-left" ["h" "<Left>"] "a character back"
        SelectDown "select-down" ["j" "<Down>"] "a line down"
        SelectUp "select-up" ["k" "<Up>"] "a line up"
        SelectPageDown "select-page-down" ["<C-f>" "<C-d>" "<PageDown>"] "a page down"
        SelectPageUp "select-page-up" ["<C-b>" "<C-u>" "<PageUp>"] "a page up"
        SelectParagraphForward "select-next-paragraph" ["}"] "to the end of the paragraph, then of the next"
        SelectParagraphBack "select-previous-paragraph" ["{"] "to the start of the paragraph, then of the one before"
        SelectHeadingForward "select-next-heading" ["]]"] "to the next heading"
        SelectHeadingBack "select-previous-heading" ["[["] "to the heading before"
        SelectStart "select-start" ["gg" "<Home>"] "to the start, or to paragraph COUNT"
        SelectEnd "select-end" ["G" "<End>"] "to the end, or to paragraph COUNT"
        SelectToMark "select-to-mark" ["'" "`"] "to a mark: its letter follows"
        SelectLineStart "select-line-start" ["0" "^"] "to the start of the line"
        SelectLineEnd "select-line-end" ["$"] "to the end of the line"
        ObjectWord "select-word" ["iw"] "the word, then the next one too"
        ObjectSentence "select-sentence" ["is"] "the sentence, then the next one too"
        ObjectParagraph "select-paragraph" ["ip"] "the paragraph, then the next one too"
        OtherEnd "select-other-end" ["o"] "to the other end of the selection"
        SelectCharactersMode "select-by-character" ["v"] "by character, or stop selecting"
        SelectParagraphsMode "select-by-paragraph" ["V"] "by paragraph, or stop selecting"
        AnnotateSelection "note-selection" ["a"] "write a note on the selection"
        HighlightSelection "highlight-selection" ["H"] "highlight the selection"
        CopySelection "copy-selection" ["y"] "copy the selection"
        CopySelectionCited "copy-selection-cited" ["Y"] "copy it with its citation"
        SearchSelection "search-selection" ["*"] "search the selected words, to the next hit"
        SearchSelectionBack "search-selection-back" ["#"] "search them, to the hit before"
        TermFromSelection "term" ["+"] "give the selected words to a topic of the dictionary"
        StopSelecting "stop-selecting" ["<Esc>" "<C-c>" "q"] "stop selecting"
    }
    Documents {
        DocumentsDown "documents-down" ["j" "<Down>"] "to the next document"
        DocumentsUp "documents-up" ["k" "<Up>"] "to the document before"
        DocumentsStart "documents-start" ["gg" "<Home>"] "to the first document"
        DocumentsEnd "documents-end" ["G" "<End>"] "to the last document"
        DocumentsPageDown "documents-page-down" ["<Space>" "<C-f>" "<PageDown>"] "a page down the list"
        DocumentsPageUp "documents-page-up" ["b" "<C-b>" "<PageUp>"] "a page up the list"
        DocumentsOpen "documents-open" ["<Enter>"] "read it"
        DocumentsSort "documents-sort" ["s"] "sort by name, title, author, date, or topic in force"
        DocumentsOnTopic "documents-on-topic" ["f"] "only the documents on what is in force, or all"
    }
    Topics {
        TopicsDown "topics-down" ["j" "<Down>"] "to the next topic"
        TopicsUp "topics-up" ["k" "<Up>"] "to the topic before"
        TopicsStart "topics-start" ["gg" "<Home>"] "to the first topic"
        TopicsEnd "topics-end" ["G" "<End>"] "to the last topic"
        TopicsFold "topics-fold" ["<Space>" "za"] "fold or unfold the topics below"
        TopicsEnforce "topics-in-force" ["<Enter>"] "put it in force and read"
        TopicsRates "topics-per-1000" ["%"] "counts, or hits for 1,000 words"
    }
    Everywhere {
        Next "next" ["n"] "to the next paragraph on the topic in force, or hit of the search, through all documents"
        Previous "previous" ["N"] "to the one before"
        Topic "topic" ["t"] "put a topic in force by name; with COUNT by number"
        Expression "expression" ["T"] "put an expression in force: tpp & russia - history"
        Search "search" ["/"] "search in all documents"
        Results "results" ["g/"] "what was found, in context"
        Clear "clear" ["<Esc>"] "nothing in force, then back to the text"
        NextDocument "next-document" ["]d"] "to the next document"
        PreviousDocument "previous-document" ["[d"] "to the document before"
        FocusNext "focus-next" ["<Tab>" "<C-w>w"] "to the next pane"
        FocusPrevious "focus-previous" ["<S-Tab>" "<C-w>W"] "to the pane before"
        FocusLeft "focus-left" ["h" "<Left>" "<C-w>h"] "to the pane on the left"
        FocusRight "focus-right" ["l" "<Right>" "<C-w>l"] "to the pane on the right"
        Back "back" ["<C-o>" "[j"] "back to where the last jump began, or COUNT jumps"
        Forward "forward" ["]j"] "forward again"
        Contents "contents" ["o"] "the headings of this document"
        DocumentPicker "documents" ["gd"] "go to a document by a few letters of its title"
        Notes "notes" ["gn"] "the list of notes"
        Concordance "concordance" ["gc"] "every hit of what is in force, in its line"
        Trail "trail" ["gt"] "only the paragraphs on what is in force, as one text"
        Xray "xray" ["gx"] "where the topic stands in each document"
        Together "topics-together" ["gk"] "which topics stand together"
        Card "topic-card" ["gi"] "what the topic in force means, its terms and counts"
        FollowLink "follow-link" ["gf"] "follow a link in the paragraph's notes"
        CopyLink "copy-link" ["gy"] "copy a link to this paragraph, for a note"
        Where "where" ["<C-g>" "="] "the name of the file, and how far one is in it"
        Source "source" ["gs"] "the file's own lines of this paragraph"
        Messages "messages" ["gm"] "what was reported so far"
        CursorTop "cursor-top" ["zt"] "the cursor's line to the top of the page"
        CursorMiddle "cursor-middle" ["z."] "the cursor's line to the middle"
        CursorBottom "cursor-bottom" ["zb"] "the cursor's line to the bottom"
        TextOnly "text-only" ["zz"] "the text alone, or all panes"
        FocusMode "focus-mode" ["zp"] "only the paragraph at the cursor bright, or all"
        AllHits "all-hits" ["zh"] "mark hits of all topics, or of each paragraph's main one"
        ShowFolded "show-folded" ["zf"] "show or fold title lines and crumbs"
        Wider "wider" ["z>"] "a wider column"
        Narrower "narrower" ["z<lt>"] "a narrower column"
        PaneWider "wider-pane" ["z]"] "a wider side pane: the one in use, else the documents"
        PaneNarrower "narrower-pane" ["z["] "a narrower one"
        Undo "undo" ["u"] "undo the last change of a note or tag"
        Redo "redo" ["<C-r>"] "redo it"
        SaveAgain "save-again" ["gS"] "write what could not be saved again"
        SaveElsewhere "save-elsewhere" [] "write it beside your settings instead"
        Command "command" [":"] "an action by name"
        Help "keys" ["?" "<F1>"] "the keys of this place"
        Redraw "redraw" ["<C-l>"] "draw the whole screen again"
        Reload "reload" ["R"] "list the library's files and read them again"
        Suspend "suspend" ["<C-z>"] "to the shell, and back with fg"
        Quit "quit" ["q" "ZZ" "ZQ" "<C-c>"] "quit"
    }
    Sheet {
        SheetDown "sheet-down" ["j" "<Down>" "<C-n>" "n"] "to the next row"
        SheetUp "sheet-up" ["k" "<Up>" "<C-p>" "N"] "to the row before"
        SheetPageDown "sheet-page-down" ["<Space>" "<C-f>" "<C-d>" "<PageDown>"] "a page down"
        SheetPageUp "sheet-page-up" ["b" "<C-b>" "<C-u>" "<PageUp>"] "a page up"
        SheetStart "sheet-start" ["gg" "<Home>"] "to the first row"
        SheetEnd "sheet-end" ["G" "<End>"] "to the last row"
        SheetOpen "sheet-open" ["<Enter>"] "stay there"
        SheetFilter "sheet-filter" ["/"] "only rows with these letters"
        SheetSort "sheet-sort" ["s"] "sort another way"
        SheetEdit "sheet-edit" ["a" "e"] "edit the note"
        SheetAccept "sheet-accept" ["="] "accept where the note stands, or place it at the cursor"
        SheetLink "sheet-link" ["y"] "copy a link to the note"
        SheetDelete "sheet-delete" ["x" "<Del>"] "delete the note (u brings it back)"
        SheetUndo "sheet-undo" ["u"] "undo the last change"
        SheetClose "sheet-close" ["<Esc>" "q" "<C-c>"] "close, and give the place back"
        SheetKeys "sheet-keys" ["?" "<F1>"] "the keys of sheets, and back"
        SheetRedraw "sheet-redraw" ["<C-l>"] "draw the whole screen again"
        SheetSuspend "sheet-suspend" ["<C-z>"] "to the shell, and back with fg"
    }
    Editor {
        EditorSave "editor-save" ["<C-s>" "<Esc>"] "save the note"
        EditorCancel "editor-cancel" ["<C-c>"] "close without saving; the text is kept as a draft"
        EditorExternal "editor-external" ["<C-e>"] "go on in $VISUAL or $EDITOR"
        EditorUndo "editor-undo" ["<C-u>"] "undo typing"
        EditorRedo "editor-redo" ["<C-r>" "<C-y>"] "redo it"
        EditorMark "editor-mark" ["<C-t>"] "the next highlight colour"
        EditorKeys "editor-keys" ["<F1>"] "the keys of this place"
        EditorSuspend "editor-suspend" ["<C-z>"] "to the shell, and back with fg; the text is kept as a draft first"
    }
    Prompt {
        PromptAccept "prompt-accept" ["<Enter>"] "do it"
        PromptCancel "prompt-cancel" ["<Esc>" "<C-c>"] "leave it"
        PromptDown "prompt-down" ["<Down>" "<C-n>" "<Tab>"] "the next proposal or line"
        PromptUp "prompt-up" ["<Up>" "<C-p>" "<S-Tab>"] "the one before"
        PromptKeys "prompt-keys" ["<F1>"] "the keys of this place, beside the line"
        PromptSuspend "prompt-suspend" ["<C-z>"] "to the shell, and back with fg"
    }
}

/// What hands that know vim and less type after `:`.
const ALIASES: &[(Action, &[&str])] = &[
    (Action::Quit, &["q", "qa", "wq", "wqa", "x", "xa", "exit"]),
    (Action::Help, &["h", "help"]),
    (Action::Clear, &["noh", "nohlsearch"]),
    (Action::DocumentPicker, &["e", "b", "ls", "files", "buffers"]),
    (Action::Contents, &["toc"]),
    (Action::SaveAgain, &["w", "write"]),
    (Action::NextDocument, &["n", "bn", "bnext"]),
    (Action::PreviousDocument, &["p", "bp", "prev", "bprevious"]),
    (Action::Where, &["f", "file"]),
    (Action::SetMark, &["k"]),
    (Action::GoMark, &["marks"]),
    (Action::End, &["$"]),
    (Action::Suspend, &["sh", "stop"]),
];

impl Action {
    /// Its row in the table.
    pub fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }

    /// Whether it waits for the letter of a mark.
    pub fn takes_letter(self) -> bool {
        matches!(self, Action::SetMark | Action::GoMark | Action::SelectToMark)
    }

    /// The action of this name.
    pub fn named(name: &str) -> Option<Action> {
        TABLE.iter().find(|row| row.name == name).map(|row| row.action)
    }
}

impl Action {
    /// The action that is meant by this after `:`: by its name, by what other programs call it, or by the first
    /// letters of a name that no other one has. `selecting`: whether actions of selecting are meant too. A `!` adds
    /// nothing.
    ///
    /// # Errors
    /// The names that begin like this, where they are none or several.
    pub fn called(text: &str, selecting: bool) -> Result<Action, Vec<&'static str>> {
        let text = text.strip_suffix('!').unwrap_or(text);
        let alias = || ALIASES.iter().find(|(_, names)| names.contains(&text)).map(|(action, _)| *action);
        if let Some(action) = Action::named(text).or_else(alias) {
            return Ok(action);
        }
        let begun: Vec<_> =
            TABLE.iter().filter(|row| row.can_be_called(selecting) && row.name.starts_with(text)).collect();
        match begun[..] {
            [one] => Ok(one.action),
            _ => Err(begun.iter().map(|row| row.name).collect()),
        }
    }
}

impl Row {
    /// Whether it makes sense to call it by its name, after `:`; `selecting`: while a passage is being selected.
    pub fn can_be_called(&self, selecting: bool) -> bool {
        match self.scope {
            Scope::Prompt | Scope::Editor | Scope::Sheet => false,
            Scope::Select => selecting,
            _ => true,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.row().name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn every_action_stands_at_its_own_row() {
        for (index, row) in TABLE.iter().enumerate() {
            assert_eq!(row.action as usize, index);
            assert_eq!(Action::named(row.name), Some(row.action), "two actions are called {}", row.name);
        }
    }

    #[test]
    fn an_action_is_called_by_its_name_by_an_old_one_or_by_its_first_letters() {
        for (text, action) in [
            ("next", Ok(Action::Next)),
            ("q", Ok(Action::Quit)),
            ("quit!", Ok(Action::Quit)),
            ("conc", Ok(Action::Concordance)),
            ("next-d", Ok(Action::NextDocument)),
            ("line-", Err(&["line-down", "line-up", "line-start", "line-end"][..])),
            ("select-r", Err(&[][..])),
            ("editor-s", Err(&[][..])),
            ("nothing", Err(&[][..])),
        ] {
            assert_eq!(Action::called(text, false), action.map_err(<[_]>::to_vec), "{text}");
        }
        assert_eq!(Action::called("select-r", true), Ok(Action::SelectRight));
        for (_, names) in ALIASES {
            assert!(names.iter().all(|name| Action::named(name).is_none()), "{names:?}");
        }
    }

    #[test]
    fn no_key_does_two_things_in_one_place() {
        let mut seen: HashMap<(Scope, &str), Action> = HashMap::new();
        for row in TABLE {
            for key in row.keys {
                if let Some(other) = seen.insert((row.scope, key), row.action) {
                    panic!("{key} is both {other} and {} in {:?}", row.name, row.scope);
                }
            }
        }
    }
}
