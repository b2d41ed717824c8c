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
}

impl Watch {
    pub fn new(topics: &Source) -> Self {
        let topics = (topics.layer != Layer::BuiltIn).then(|| topics.path.clone());
        let stamp = topics.as_deref().and_then(|path| load::stamp(path).ok());
        Self { documents: Mutex::default(), topics: Mutex::new((topics, stamp)) }
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

    fn look_at_topics(&self, send: &mut Send<'_>) {
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
