//! `postil tutor`: the first walk, on a small library of its own that may be scribbled in.

use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::app::lesson::Lesson;
use crate::diag::{Diagnostic, Location};

use super::args::{Paths, ReadArgs, Render};
use super::{Fault, Global, Outcome, read};

/// The documents of the tutor, the first of which teaches, and topics for them: those of the reader's own
/// settings may be about other things.
const FILES: [(&str, &str); 4] = [
    ("config.toml", include_str!("tutor.toml")),
    ("1-a-first-walk.txt", include_str!("tutor.txt")),
    ("2-a-seat-nobody-took.txt", include_str!("../../seeds/a-seat-nobody-took.txt")),
    ("3-the-quiet-sea-lanes.txt", include_str!("../../seeds/the-quiet-sea-lanes.txt")),
];

pub fn run(global: &Global) -> Outcome {
    let folder = folder()?;
    lay_out(&folder)?;
    let args = ReadArgs { paths: Paths { paths: vec![folder] }, render: Render::Short };
    read::run(&args, Some(Lesson::default()), global)
}

/// Where the tutor's library is: beside the user's other data, so that notes made there stay.
fn folder() -> Result<PathBuf, Fault> {
    let base = etcetera::choose_base_strategy()
        .map_err(|error| Diagnostic::error(format!("no home folder for the tutor: {error}")).help("set HOME"))?;
    Ok(base.data_dir().join("postil/tutor"))
}

/// Puts the files there; those that are there already are left as they are.
fn lay_out(folder: &Path) -> Result<(), Fault> {
    let fault = |error: std::io::Error| {
        let said = format!("the tutor's documents cannot be written: {error}");
        Fault::from(Diagnostic::error(said).at(Location::file(folder)).help("see that the folder can be written to"))
    };
    fs::create_dir_all(folder).map_err(fault)?;
    for (name, text) in FILES {
        let path = folder.join(name);
        if fs::read_to_string(&path).ok().as_deref() != Some(text) {
            fs::write(&path, text).map_err(fault)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::load::from_bytes;
    use crate::keys::actions::TABLE;
    use crate::text::Options;
    use crate::topics::{Dictionary, Matcher};

    #[test]
    fn the_documents_are_there_and_the_first_one_teaches() {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path()).unwrap();
        let read = fs::read_to_string(folder.path().join(FILES[1].0)).unwrap();
        assert!(read.starts_with("A First Walk Through Postil"));
    }

    #[test]
    fn its_topics_are_without_fault_and_in_all_documents() {
        let loaded = Dictionary::parse(FILES[0].1, Path::new(FILES[0].0));
        assert!(loaded.diagnostics.is_empty(), "{:?}", loaded.diagnostics);
        let trade = loaded.value.find("trade").unwrap();
        let matcher = Matcher::new(&loaded.value);
        for (name, text) in &FILES[1..] {
            let document = from_bytes(name, text.as_bytes(), &Options::default()).unwrap();
            let tags = matcher.tag(&document);
            assert!(tags.hits.iter().any(|hit| hit.topic == trade), "{name}");
        }
    }

    /// What it tells to press is bound by default.
    #[test]
    fn the_keys_it_teaches_are_keys() {
        let taught =
            ["j", "k", "<Space>", "b", "}", "{", "gg", "G", "<C-o>", "]d", "[d", "<Tab>", "t", "n", "N", "<Esc>", "K"];
        let more = [
            "gt", "gc", "m", "'", "/", "g/", "a", "<C-s>", "<Enter>", "E", "w", "v", "e", "y", "Y", "H", "u", "<C-r>",
            "gn",
        ];
        for key in taught.into_iter().chain(more).chain(["?", ":", "q"]) {
            assert!(TABLE.iter().any(|row| row.keys.contains(&key)), "{key}");
        }
    }
}
