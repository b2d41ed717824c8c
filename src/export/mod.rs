//! What leaves the program: documents, hits, search results and counts as JSON, CSV, tables, text.
//!
//! *Invariants.* The same input and settings give the same bytes. A name once given to a field is
//! kept; fields are only added (docs/schema has them). Offsets are bytes of the file that was read;
//! `start_byte` is the first, `end_byte` one past the last.

pub mod cite;
pub mod dump;
pub mod found;
pub mod hits;
pub mod notes;
pub mod records;
pub mod stats;
pub mod trail;

use serde::Serialize;

/// One line of JSON. What is written here always can be.
fn json_line(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// One line of CSV (RFC 4180): fields with a comma, a quote or a line end are quoted.
fn csv_line(fields: &[&str]) -> String {
    let quoted: Vec<String> = fields
        .iter()
        .map(|field| match field.contains([',', '"', '\n', '\r']) {
            true => format!("\"{}\"", field.replace('"', "\"\"")),
            false => (*field).to_owned(),
        })
        .collect();
    quoted.join(",")
}

/// The number that a paragraph has on the screen, for people: `¶12`, `¶–` for one that is folded away.
fn numbered(number: Option<usize>) -> String {
    number.map_or_else(|| "¶–".to_owned(), |number| format!("¶{number}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_would_split() {
        assert_eq!(csv_line(&["a", "b,c", "d\"e", "f\ng", ""]), "a,\"b,c\",\"d\"\"e\",\"f\ng\",");
    }
}
