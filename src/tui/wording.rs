//! A term given to a topic: what it would change, and the dictionary's file with it, written when asked.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::event::{Previewed, Saving, TopicName, Wording};
use crate::app::sheets::lines;
use crate::corpus::{DocId, Document};
use crate::diag::{Diagnostic, Location, Severity};
use crate::topics::edit::{self, difference};
use crate::topics::{Change, Dictionary, Index, Matcher};

/// The file that gives the topics, as it is now.
#[derive(Clone, Debug)]
pub struct File {
    /// Where a change is written.
    pub path: PathBuf,
    pub text: String,
    /// Whether the file is there; else it is made with what is built in.
    pub exists: bool,
}

impl File {
    /// The file at `path`, else the topics that are built in, to be written below the library's root.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(path: Option<&Path>, built_in: &str, root: &Path) -> Result<Self, Diagnostic> {
        let Some(path) = path else {
            let path = root.join(".postil/config.toml");
            return Ok(Self { path, text: only_topics(built_in).to_owned(), exists: false });
        };
        let text = fs::read_to_string(path)
            .map_err(|error| Diagnostic::error(format!("cannot read the topics: {error}")).at(Location::file(path)))?;
        Ok(Self { path: path.to_owned(), text, exists: true })
    }
}

/// What of a settings file is about topics: the rest of it belongs to another library.
fn only_topics(text: &str) -> &str {
    let starts = |line: &str| line.starts_with("[match") || line.starts_with("[topics");
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if starts(line) {
            return &text[at..];
        }
        at += line.len();
    }
    ""
}

/// What giving a term to a topic would change, in the documents that `each` gives.
///
/// # Errors
/// When the term is none, or the topic has it already.
pub fn preview(
    file: File,
    wording: &Wording,
    each: impl FnOnce(&mut dyn FnMut(DocId, &Document)),
) -> Result<Previewed, Diagnostic> {
    let (text, id) = match &wording.topic {
        TopicName::Id(id) => (edit::add_term(&file.text, id, &wording.term)?, id.clone()),
        TopicName::New(label) => edit::add_topic(&file.text, None, label, &[&wording.term])?,
    };
    let parsed = |text: &str| Dictionary::parse(text, &file.path);
    let (old, new) = (parsed(&file.text).value, parsed(&text));
    if let Some(fault) = new.diagnostics.iter().find(|fault| fault.severity == Severity::Error) {
        return Err(fault.clone());
    }
    let new = new.value;
    let matcher = Matcher::new(&old);
    let change = Change::between(&old, &new, Arc::new(Matcher::new(&new)));
    let (old_topic, new_topic) = (old.find(&id), new.find(&id));
    let mut previewed = Previewed {
        added: 0,
        lost: 0,
        rows: Vec::new(),
        saving: Saving { path: file.path.clone(), before: file.exists.then_some(file.text), after: text },
    };
    each(&mut |doc, document| {
        let (mut before, mut after) = (Index::default(), Index::default());
        let tags = matcher.tag(document);
        after.set(&new, DocId(0), change.retag(document, &tags));
        before.set(&old, DocId(0), tags);
        let differs = difference((&before, old_topic), (&after, new_topic), DocId(0));
        previewed.added += differs.gained.len();
        previewed.lost += differs.lost.len();
        previewed.rows.extend(differs.gained.iter().map(|para| lines::of_change(doc, document, *para, true)));
        previewed.rows.extend(differs.lost.iter().map(|para| lines::of_change(doc, document, *para, false)));
    });
    Ok(previewed)
}

/// Writes the dictionary's file, in place of what was there, as a whole.
///
/// # Errors
/// When the file changed since, or cannot be written; then it is as it was.
pub fn save(saving: &Saving) -> Result<(), Diagnostic> {
    let fault = |error: io::Error| {
        Diagnostic::error(format!("the topics are not saved: {error}")).at(Location::file(&saving.path))
    };
    let now = fs::read_to_string(&saving.path).ok();
    if now != saving.before {
        return Err(Diagnostic::error("the topics are not saved: the file was changed meanwhile")
            .at(Location::file(&saving.path))
            .help("give the term again"));
    }
    let folder = saving.path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(fault)?;
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fault)?;
    file.write_all(saving.after.as_bytes()).map_err(fault)?;
    if let Ok(metadata) = fs::metadata(&saving.path) {
        file.as_file().set_permissions(metadata.permissions()).map_err(fault)?;
    }
    file.as_file().sync_all().map_err(fault)?;
    file.persist(&saving.path).map_err(|error| fault(error.error))?;
    // The name is on disk when the folder is.
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(fault)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_library_takes_the_topics_of_another_file_and_not_its_settings() {
        assert_eq!(only_topics("library = \"x\"\n\n[topics.a]\nterms = [\"y\"]\n"), "[topics.a]\nterms = [\"y\"]\n");
        assert_eq!(only_topics("library = \"x\"\n"), "");
    }

    #[test]
    fn a_file_that_was_changed_meanwhile_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let saving = Saving { path: path.clone(), before: None, after: "[topics.a]\n".into() };
        save(&saving).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "[topics.a]\n");
        assert!(save(&saving).is_err());
        fs::write(&path, "mine").unwrap();
        assert!(save(&Saving { before: Some("theirs".into()), ..saving }).is_err());
        assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    }
}
