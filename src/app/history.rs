//! Lines that were typed, the oldest first.

/// Lines that are kept of each kind.
const KEPT: usize = 100;

#[derive(Clone, Debug, Default)]
pub struct History {
    pub searches: Vec<String>,
    pub commands: Vec<String>,
}

impl History {
    /// Remembers a line; the same line is not kept twice.
    pub fn keep(lines: &mut Vec<String>, line: &str) {
        if line.is_empty() {
            return;
        }
        lines.retain(|kept| kept != line);
        lines.push(line.to_owned());
        if lines.len() > KEPT {
            lines.remove(0);
        }
    }
}
