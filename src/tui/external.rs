//! The reader's own editor, run on a text: $VISUAL, else $EDITOR, else vi.

use std::env;
use std::io::Write;
use std::process::Command;

/// Lets the editor go on with `text` and answers what it left, or why there is nothing.
///
/// The command is split at blanks and run without a shell.
///
/// # Errors
/// When it cannot be run, or says that it failed; then the text is as it was.
pub fn edit(text: &str) -> Result<String, String> {
    let command = ["VISUAL", "EDITOR"].iter().find_map(|name| env::var(name).ok().filter(|v| !v.trim().is_empty()));
    let command = command.unwrap_or_else(|| "vi".to_owned());
    let mut words = command.split_whitespace();
    let program = words.next().unwrap_or("vi");
    let mut file = tempfile::Builder::new()
        .prefix("postil-note-")
        .suffix(".md")
        .tempfile()
        .map_err(|error| format!("no place for the editor's file: {error}"))?;
    file.write_all(text.as_bytes()).and_then(|()| file.flush()).map_err(|error| format!("cannot write: {error}"))?;
    let status = Command::new(program).args(words).arg(file.path()).status();
    match status {
        Ok(status) if status.success() => {
            std::fs::read_to_string(file.path()).map_err(|error| format!("cannot read what {program} left: {error}"))
        }
        Ok(status) => Err(format!("{program} ended with {status}; the note is as it was")),
        Err(error) => Err(format!("cannot run {program}: {error}; set $VISUAL or $EDITOR")),
    }
}
