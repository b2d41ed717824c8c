//! Looks after files that others may change: open documents and the dictionary. Folders are looked after by
//! [`super::holding`].
//!
//! Their stamps are asked for again and again, which works on network file systems too; nothing is read
//! unless a stamp is another.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::app::event::Answer;
use crate::config::{Layer, Source};
use crate::corpus::DocId;
use crate::corpus::load::{self, Stamp};
use crate::corpus::turnover::Turnover;
use crate::diag::{Diagnostic, Severity};
use crate::topics::{Dictionary, Matcher};

use super::desk::Send;

/// Documents that are looked after; those opened longest ago are forgotten.
const MOST: usize = 50;

#[derive(Debug)]
pub struct Watch {
    documents: Mutex<Vec<(DocId, PathBuf, Stamp)>>,
    /// The file of the dictionary, where it is a file, as it was when it was last read.
    topics: Mutex<(Option<PathBuf>, Option<Stamp>)>,
    /// A file that gives the topics once it has any, while they are those built in; as it was when it had none.
    coming: Mutex<Option<(PathBuf, Option<Stamp>)>>,
}

impl Watch {
    /// `paths`: what is read.
    pub fn new(topics: &Source, paths: &[PathBuf]) -> Self {
        let is_built_in = topics.layer == Layer::BuiltIn;
        let coming = match paths {
            [library] if is_built_in => Some((library.join("config.toml"), None)),
            _ => None,
        };
        let topics = (!is_built_in).then(|| topics.path.clone());
        let stamp = topics.as_deref().and_then(|path| load::stamp(path).ok());
        Self { documents: Mutex::default(), topics: Mutex::new((topics, stamp)), coming: Mutex::new(coming) }
    }

    /// Looks after a document; the stamp is of before it was read.
    pub fn document(&self, doc: DocId, file: &Path, stamp: Stamp) {
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.retain(|(known, ..)| *known != doc);
        if documents.len() >= MOST {
            documents.remove(0);
        }
        documents.push((doc, file.to_owned(), stamp));
    }

    /// Takes up that files have other names, or are gone.
    pub fn follow(&self, turnover: &Turnover) {
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        documents.retain(|(doc, ..)| !turnover.gone.contains(doc));
        for (doc, entry) in &turnover.moved {
            if let Some((_, file, _)) = documents.iter_mut().find(|(known, ..)| known == doc) {
                file.clone_from(&entry.file);
            }
        }
    }

    /// Tells of what has changed since.
    pub fn look(&self, send: &mut Send<'_>) {
        let mut documents = self.documents.lock().unwrap_or_else(PoisonError::into_inner);
        for (doc, file, stamp) in documents.iter_mut() {
            if let Ok(now) = load::stamp(file)
                && now != *stamp
            {
                *stamp = now;
                send(Answer::Changed(*doc));
            }
        }
        drop(documents);
        self.look_at_topics(send);
    }

    /// The file of the dictionary; `None` while it is the one built in.
    pub fn topics(&self) -> Option<PathBuf> {
        self.topics.lock().unwrap_or_else(PoisonError::into_inner).0.clone()
    }

    /// Looks after another file, which is taken up at the next look.
    pub fn set_topics(&self, path: &Path) {
        *self.topics.lock().unwrap_or_else(PoisonError::into_inner) = (Some(path.to_owned()), None);
    }

    /// Whether the library has a file with topics of its own by now; that is looked after from then on.
    fn look_for_topics(&self) {
        let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        let Some((path, seen)) = &mut *coming else { return };
        let Ok(now) = load::stamp(path) else { return };
        if *seen == Some(now) {
            return;
        }
        *seen = Some(now);
        let has_topics = |text: &str| !Dictionary::parse(text, path).value.topics.is_empty();
        if std::fs::read_to_string(&*path).is_ok_and(|text| has_topics(&text)) {
            self.set_topics(path);
            *coming = None;
        }
    }

    fn look_at_topics(&self, send: &mut Send<'_>) {
        if self.topics().is_none() {
            self.look_for_topics();
        }
        let mut topics = self.topics.lock().unwrap_or_else(PoisonError::into_inner);
        let (Some(path), stamp) = &mut *topics else { return };
        let Ok(now) = load::stamp(path) else { return };
        if *stamp == Some(now) {
            return;
        }
        *stamp = Some(now);
        let path: &Path = path;
        match std::fs::read_to_string(path) {
            Ok(source) => {
                let loaded = Dictionary::parse(&source, path);
                let broken = loaded.diagnostics.iter().find(|d| d.severity == Severity::Error);
                match broken {
                    Some(fault) => {
                        let mut fault = fault.clone();
                        fault.message.push_str("; the topics in use stay as they were");
                        send(Answer::Said(fault));
                    }
                    None => {
                        let matcher = Arc::new(Matcher::new(&loaded.value));
                        send(Answer::Dictionary(Box::new(loaded), matcher));
                    }
                }
            }
            Err(error) => {
                send(Answer::Said(Diagnostic::error(format!("cannot read the topics again: {error}"))));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_topics_that_comes_takes_the_place_of_those_built_in() {
        let library = tempfile::tempdir().unwrap();
        let file = library.path().join("config.toml");
        let built_in = Source { layer: Layer::BuiltIn, path: "built in".into(), text: String::new() };
        let watch = Watch::new(&built_in, &[library.path().to_owned()]);
        let taken = || {
            let mut labels = Vec::new();
            watch.look(&mut |answer| {
                if let Answer::Dictionary(loaded, _) = answer {
                    labels.extend(loaded.value.topics.into_iter().map(|topic| topic.label));
                }
                true
            });
            labels
        };
        assert!(taken().is_empty());
        std::fs::write(&file, "[reading]\nmeasure = 60\n").unwrap();
        assert!(taken().is_empty());
        assert_eq!(watch.topics(), None);
        std::fs::write(&file, "[reading]\nmeasure = 60\n[topics.boats]\nlabel = \"Boats\"\nterms = [\"boat*\"]\n")
            .unwrap();
        assert_eq!(taken(), ["Boats"]);
        assert_eq!(watch.topics(), Some(file));
        assert!(taken().is_empty());
    }
}
