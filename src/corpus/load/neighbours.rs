//! The words of the texts beside a file, for hyphens at line ends that its own words do not decide.
//!
//! Those are the documents of its folder, whatever was asked for: a file is read alike alone and with its folder. They
//! are gathered when a hyphen asks for them, once for a session, so that a file that is read again reads the same.
//!
//! *Invariant.* A folder costs [`MOST`] bytes of reading at most, however large it is.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use crate::corpus::order::natural_key;
use crate::text::decode;
use crate::text::paragraphs::{Gathered, Vocabulary};

use super::list::{is_document, parent};
use super::start_of;

/// Bytes that are read of the texts of a folder, and of each of them.
const MOST: usize = 1 << 20;
const OF_EACH: usize = 64 << 10;

/// The words of each folder that was asked about; what is cloned is the same.
#[derive(Clone, Debug, Default)]
pub struct Neighbours {
    folders: Arc<Mutex<HashMap<PathBuf, Arc<Gathered>>>>,
}

impl Neighbours {
    /// The words of the texts beside `file`, which are read as `encoding` where that is given.
    pub fn of(&self, file: &Path, encoding: Option<&str>) -> Arc<Gathered> {
        let folder = parent(file);
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let gathered = folders.entry(folder.clone()).or_insert_with(|| {
            let encoding = encoding.map(str::to_owned);
            Arc::new(LazyLock::new(Box::new(move || Vocabulary::of(texts(&folder, encoding.as_deref())))))
        });
        Arc::clone(gathered)
    }
}

/// The texts of a folder in the order of their names, until there are enough. What cannot be read is passed over: it is
/// told where it is opened.
fn texts(folder: &Path, encoding: Option<&str>) -> impl Iterator<Item = String> {
    let found = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut names: Vec<_> = found.map(|entry| entry.file_name()).collect();
    names.retain(|name| !name.as_encoded_bytes().starts_with(b"."));
    names.sort_by_cached_key(|name| natural_key(&name.to_string_lossy()));
    let mut left = MOST;
    let files = names.into_iter().map(|name| folder.join(name));
    files.filter_map(move |file| {
        let most = left.min(OF_EACH);
        if most == 0 || !is_document(&file) {
            return None;
        }
        let (bytes, read) = start_of(&file, most).ok()?;
        left -= read;
        Some(decode::decode(&bytes, encoding).text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load::{Options, read};
    use crate::corpus::{Entry, State};

    #[test]
    fn a_file_alone_is_read_with_the_words_of_its_folder() {
        let library = tempfile::tempdir().unwrap();
        let file = library.path().join("a.txt");
        fs::write(&file, "It was a question of Tamaki-\nshima and of nothing else, as all of them had known.\n")
            .unwrap();
        let entry = Entry { path: "a.txt".into(), file, state: State::Listed };
        let is_kept = |options: &Options| read(&entry, options).unwrap().clean.text.contains("Tamaki-shima");
        assert!(!is_kept(&Options::default()), "nothing speaks for the hyphen");

        let early = Options::default();
        assert!(!is_kept(&early));
        fs::write(library.path().join("b.md"), "Tamaki-shima is an island. Who has seen Tamaki-shima?\n").unwrap();
        assert!(is_kept(&Options::default()));
        assert!(!is_kept(&early), "it is read as before while the session lasts");
    }

    #[test]
    fn a_large_folder_costs_no_more_than_a_part_of_it() {
        let library = tempfile::tempdir().unwrap();
        for number in 0..40 {
            fs::write(library.path().join(format!("{number}.txt")), "word ".repeat(20_000)).unwrap();
        }
        fs::create_dir(library.path().join("folder.txt")).unwrap();
        fs::write(library.path().join(".hidden.txt"), "word").unwrap();
        let read: Vec<usize> = texts(library.path(), None).map(|text| text.len()).collect();
        assert_eq!((read.len(), read.iter().sum::<usize>()), (MOST / OF_EACH, MOST));
    }
}
