//! Links in the text of a note: to another note, or to a paragraph.
//!
//! ```text
//! As in [[0193d7c1-ecd7-7000-8000-000000000001]] and [[essays/a.txt ¶12]].
//! ```
//!
//! A link is text like any other, so it goes through every export and every editor.

use std::ops::Range;

use super::NoteId;

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum To {
    Note(NoteId),
    /// A paragraph of the document at this path, by its number on the screen; `None` for the document.
    Paragraph(String, Option<usize>),
}

/// A link and the bytes of the text it stands in, brackets included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub range: Range<usize>,
    pub to: To,
}

/// The links of a text, in order.
pub fn of(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("[[").map(|found| at + found) {
        let inside = open + 2;
        let Some(close) = text[inside..].find("]]").map(|found| inside + found) else { break };
        // Of brackets in brackets the inner ones count.
        let inside = text[inside..close].rfind("[[").map_or(inside, |found| inside + found + 2);
        if let Some(to) = target(&text[inside..close]) {
            links.push(Link { range: inside - 2..close + 2, to });
        }
        at = close + 2;
    }
    links
}

/// A link as it is written.
pub fn write(to: &To) -> String {
    match to {
        To::Note(id) => format!("[[{id}]]"),
        To::Paragraph(path, Some(para)) => format!("[[{path} ¶{para}]]"),
        To::Paragraph(path, None) => format!("[[{path}]]"),
    }
}

fn target(inside: &str) -> Option<To> {
    let inside = inside.trim();
    if inside.is_empty() || inside.contains('\n') {
        return None;
    }
    if let Ok(id) = inside.parse() {
        return Some(To::Note(id));
    }
    let Some((path, para)) = inside.rsplit_once('¶') else { return Some(To::Paragraph(inside.to_owned(), None)) };
    let para = para.trim().parse().ok().filter(|para| *para > 0)?;
    let path = path.trim_end();
    (!path.is_empty()).then(|| To::Paragraph(path.to_owned(), Some(para)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_notes_and_paragraphs() {
        let id: NoteId = "0193d7c1-ecd7-7000-8000-000000000001".parse().unwrap();
        let all = [To::Note(id), To::Paragraph("a b/c.txt".into(), Some(11)), To::Paragraph("c.txt".into(), None)];
        for to in all {
            let text = format!("siehe {} und é", write(&to));
            let links = of(&text);
            assert_eq!(links.len(), 1, "{text}");
            assert_eq!((&links[0].to, &text[links[0].range.clone()]), (&to, write(&to).as_str()));
        }
    }

    #[test]
    fn what_is_no_link_is_text() {
        for text in ["[[]]", "[[ ]", "[[a ¶0]]", "[[a ¶x]]", "[[¶3]]", "[[a\nb]]", "]] [[", "[a]"] {
            assert!(of(text).is_empty(), "{text}");
        }
        assert_eq!(of("[[x [[a ¶2]]").len(), 1);
        assert_eq!(of("[[a]][[b]]").len(), 2);
    }
}
