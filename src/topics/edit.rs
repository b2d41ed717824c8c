//! The dictionary changed while reading: one term or topic in, one term out, everything else of the file
//! as it was, comments and order too.
//!
//! These take the text of a config.toml and answer the new one; the caller writes it, after showing
//! what would change ([`difference`]).

use toml_edit::{Array, DocumentMut, Item, TableLike, Value};

use crate::corpus::DocId;
use crate::diag::Diagnostic;

use super::phrase::{self, Case};
use super::{Index, TopicId};

/// Adds a term to the end of a topic's list.
///
/// # Errors
/// When the term is none, the topic has it already or is not there, or the file is not TOML.
pub fn add_term(source: &str, topic: &str, term: &str) -> Result<String, Diagnostic> {
    let term = term.trim();
    phrase::compile(term, Case::Smart).map_err(|fault| Diagnostic::error(format!("{} in {term:?}", fault.message)))?;
    let mut document = parse(source)?;
    let table = find(&mut document, topic)?;
    let terms = table.entry("terms").or_insert(Item::Value(Value::Array(Array::new())));
    let Some(terms) = terms.as_array_mut() else {
        return Err(Diagnostic::error(format!("terms of {topic:?} is no list")).help("mend it in the file first"));
    };
    if terms.iter().any(|known| written(known) == Some(term)) {
        return Err(Diagnostic::error(format!("{term:?} is a term of {topic:?} already")));
    }
    push(terms, term);
    Ok(document.to_string())
}

/// Takes a term, or a regular expression, out of a topic.
///
/// # Errors
/// When the topic has no such term, or the file is not TOML.
pub fn remove_term(source: &str, topic: &str, term: &str) -> Result<String, Diagnostic> {
    let mut document = parse(source)?;
    let table = find(&mut document, topic)?;
    let has = |list: &Array| list.iter().position(|known| written(known) == Some(term));
    let found = ["terms", "regex"].into_iter().find_map(|key| {
        let list = table.get(key).and_then(Item::as_array)?;
        Some((key, has(list)?))
    });
    if let Some((key, at)) = found {
        if let Some(list) = table.get_mut(key).and_then(Item::as_array_mut) {
            remove(list, at);
        }
        return Ok(document.to_string());
    }
    Err(Diagnostic::error(format!("{term:?} is no term of {topic:?}")))
}

/// Adds a topic at the end of the file, or below `parent`, with its first terms; answers the new text
/// and the topic's id.
///
/// # Errors
/// When there is one already, a term is none, or the file is not TOML.
pub fn add_topic(
    source: &str,
    parent: Option<&str>,
    label: &str,
    terms: &[&str],
) -> Result<(String, String), Diagnostic> {
    let key = key_of(label);
    if key.is_empty() {
        return Err(Diagnostic::error("a topic needs a name"));
    }
    for term in terms {
        let said = |fault: phrase::Fault| Diagnostic::error(format!("{} in {term:?}", fault.message));
        phrase::compile(term, Case::Smart).map_err(said)?;
    }
    let mut document = parse(source)?;
    if let Some(parent) = parent {
        find(&mut document, parent)?;
    }
    let id = parent.map_or(key.clone(), |parent| format!("{parent}.{key}"));
    if find(&mut document, &id).is_ok() {
        return Err(Diagnostic::error(format!("there is a topic {id:?} already")));
    }
    let header: Vec<String> = id.split('.').map(bare_or_quoted).collect();
    let terms: Vec<String> = terms.iter().map(|term| Value::from(*term).to_string()).collect();
    let blank = if source.is_empty() || source.ends_with("\n\n") {
        ""
    } else if source.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    let (label, header, terms) = (Value::from(label.trim()).to_string(), header.join("."), terms.join(", "));
    let new = format!("{source}{blank}[topics.{header}]\nlabel = {label}\nterms = [{terms}]\n");
    parse(&new)?;
    Ok((new, id))
}

/// What a change of the dictionary does to a topic in one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Paragraphs that carry it now and did not.
    pub gained: Vec<u32>,
    /// Paragraphs that carried it and do no longer.
    pub lost: Vec<u32>,
}

/// The difference between two indexes for a topic, which may have another number in each and be missing in
/// one.
pub fn difference(
    (before, old): (&Index, Option<TopicId>),
    (after, new): (&Index, Option<TopicId>),
    doc: DocId,
) -> Difference {
    let old = old.map_or(&[][..], |topic| before.paragraphs(doc, topic));
    let new = new.map_or(&[][..], |topic| after.paragraphs(doc, topic));
    let only = |these: &[u32], those: &[u32]| {
        these.iter().copied().filter(|para| those.binary_search(para).is_err()).collect()
    };
    Difference { gained: only(new, old), lost: only(old, new) }
}

fn parse(source: &str) -> Result<DocumentMut, Diagnostic> {
    source.parse().map_err(|error: toml_edit::TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        let line = source.get(..at).unwrap_or(source).matches('\n').count() + 1;
        Diagnostic::error(format!("the file is not TOML (line {line}): {}", error.message()))
    })
}

/// The table of a topic.
fn find<'a>(document: &'a mut DocumentMut, id: &str) -> Result<&'a mut dyn TableLike, Diagnostic> {
    let mut item = document.as_table_mut().get_mut("topics");
    for part in id.split('.') {
        item = match item {
            Some(item) => match item.as_table_like_mut() {
                Some(table) => table.get_mut(part),
                None => None,
            },
            None => None,
        };
    }
    item.and_then(Item::as_table_like_mut).ok_or_else(|| Diagnostic::error(format!("no topic {id:?} in the file")))
}

/// The term of an element of a list.
fn written(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.as_inline_table()?.get("term")?.as_str())
}

/// Appends a term as its neighbour is written: on a line of its own, or beside it.
fn push(terms: &mut Array, term: &str) {
    let text = |raw: Option<&toml_edit::RawString>| raw.and_then(|raw| raw.as_str()).unwrap_or_default().to_owned();
    let Some(last) = terms.len().checked_sub(1).and_then(|at| terms.get_mut(at)) else {
        terms.push(term);
        return;
    };
    let prefix = text(last.decor().prefix());
    let mut beside = match prefix.rfind('\n') {
        Some(at) => prefix[at..].to_owned(),
        None => " ".to_owned(),
    };
    let suffix = text(last.decor().suffix());
    last.decor_mut().set_suffix("");
    let trailing = terms.trailing().as_str().unwrap_or_default().to_owned();
    // A remark behind the last term stays there.
    if trailing.contains('#') {
        let indent = if beside.contains('\n') { beside.trim_start_matches('\n') } else { "    " };
        beside = format!("{}\n{indent}", trailing.trim_end());
        terms.set_trailing("\n");
    }
    let mut value = Value::from(term);
    value.decor_mut().set_prefix(beside);
    value.decor_mut().set_suffix(suffix);
    terms.push_formatted(value);
}

fn remove(list: &mut Array, at: usize) {
    let removed = list.remove(at);
    let decor = removed.decor();
    if at == 0
        && let Some(first) = list.get_mut(0)
        && let Some(prefix) = decor.prefix()
    {
        first.decor_mut().set_prefix(prefix.clone());
    }
    if at == list.len()
        && let Some(last) = at.checked_sub(1).and_then(|at| list.get_mut(at))
        && let Some(suffix) = decor.suffix()
    {
        last.decor_mut().set_suffix(suffix.clone());
    }
}

/// The key of a topic called `label`: small letters and digits, joined by hyphens.
fn key_of(label: &str) -> String {
    let lower = label.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

fn bare_or_quoted(key: &str) -> String {
    let is_bare = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if is_bare { key.to_owned() } else { Value::from(key).to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# mine\nlibrary = \"x\" # here\n\n[topics.trade] # all of it\nlabel = \"Trade\"\nterms = [\n    \"tariff*\", # the old one\n    \"trade\",\n    { term = \"bank\", near = [\"loan\"] }, # last\n]\n\n[topics.trade.tpp]\nterms = [\"TPP\", \"CPTPP\"]\n";

    #[test]
    fn a_term_goes_in_where_its_neighbours_stand() {
        let new = add_term(FILE, "trade", "customs union{,s}").unwrap();
        assert_eq!(new, FILE.replace("# last\n]", "# last\n    \"customs union{,s}\",\n]"));
        let new = add_term(FILE, "trade.tpp", "TPP-11").unwrap();
        assert_eq!(new, FILE.replace("\"CPTPP\"]", "\"CPTPP\", \"TPP-11\"]"));
        let new = add_term("[topics.a]\nlabel = \"A\"\n", "a", "x").unwrap();
        assert_eq!(new, "[topics.a]\nlabel = \"A\"\nterms = [\"x\"]\n");
        let new = add_term("[topics.a]\nterms = [\n  \"x\"\n]\n", "a", "y").unwrap();
        assert_eq!(new, "[topics.a]\nterms = [\n  \"x\",\n  \"y\"\n]\n");
    }

    #[test]
    fn a_term_comes_out_and_nothing_else() {
        assert_eq!(remove_term(FILE, "trade.tpp", "TPP").unwrap(), FILE.replace("\"TPP\", ", ""));
        assert_eq!(remove_term(FILE, "trade.tpp", "CPTPP").unwrap(), FILE.replace(", \"CPTPP\"", ""));
        let new = remove_term(FILE, "trade", "bank").unwrap();
        assert!(!new.contains("bank") && new.contains("# the old one") && new.contains("\"trade\","), "{new}");
        let back = remove_term(&add_term(FILE, "trade.tpp", "x").unwrap(), "trade.tpp", "x").unwrap();
        assert_eq!(back, FILE);
    }

    #[test]
    fn a_topic_goes_to_the_end() {
        let (new, id) = add_topic(FILE, None, "Deep Seas", &["seabed"]).unwrap();
        assert_eq!(id, "deep-seas");
        assert_eq!(new, format!("{FILE}\n[topics.deep-seas]\nlabel = \"Deep Seas\"\nterms = [\"seabed\"]\n"));
        let (new, id) = add_topic(FILE, Some("trade"), "農業", &[]).unwrap();
        assert_eq!(id, "trade.農業");
        assert!(new.ends_with("[topics.trade.\"農業\"]\nlabel = \"農業\"\nterms = []\n"), "{new}");
    }

    #[test]
    fn what_cannot_be_done_says_why() {
        let says = |result: Result<String, Diagnostic>| result.unwrap_err().message;
        assert!(says(add_term(FILE, "trade", "a{b")).contains("not closed"));
        assert!(says(add_term(FILE, "trade", "bank")).contains("already"));
        assert!(says(add_term(FILE, "trad", "x")).contains("no topic \"trad\""));
        assert!(says(remove_term(FILE, "trade", "x")).contains("is no term"));
        assert!(says(add_term("a = \n", "trade", "x")).contains("line 1"));
        assert!(add_topic(FILE, Some("trade"), "TPP", &[]).is_err());
    }

    #[test]
    fn what_would_change_is_known_before() {
        let path = std::path::Path::new("c");
        let read = |source: &str| super::super::Dictionary::parse(source, path).value;
        let (old, new) = (read("[topics.a]\nterms = [\"x\"]\n"), read("[topics.a]\nterms = [\"y\"]\n"));
        let mut document = crate::corpus::Document::default();
        for (start, text) in [(0, "x"), (3, "y"), (6, "x y")] {
            document.clean.text += if start == 0 { text.into() } else { format!("\n\n{text}") }.as_str();
            let end = document.clean.text.len() as u32;
            document.clean.paragraphs.push(crate::text::Paragraph {
                kind: crate::text::Kind::Body,
                start,
                end,
                close: false,
            });
        }
        let index = |dictionary: &super::super::Dictionary| {
            let mut index = Index::default();
            index.set(dictionary, DocId(0), super::super::Matcher::new(dictionary).tag(&document));
            index
        };
        let topic = Some(TopicId(0));
        let change = difference((&index(&old), topic), (&index(&new), topic), DocId(0));
        assert_eq!(change, Difference { gained: vec![1], lost: vec![0] });
    }
}
