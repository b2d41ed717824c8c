//! Topics counted: everywhere, in each document, and together in paragraphs.
//!
//! A topic has the hits and paragraphs of the topics below it, each span and paragraph once.

use serde_json::{Map, Value, json};

use crate::corpus::{DocId, Document};
use crate::topics::{Dictionary, Index, Standing, Tags, TermId, TopicId};

use super::csv_line;

/// The counts of one document.
#[derive(Clone, Debug, Default)]
pub struct Counts {
    doc: String,
    title: String,
    words: usize,
    /// For each topic: its hits, those of topics below it among them.
    hits: Vec<usize>,
    /// For each topic: the paragraphs that carry it or a topic below it, ascending.
    paragraphs: Vec<Vec<u32>>,
    /// How many paragraphs it has.
    length: usize,
}

impl Counts {
    pub fn of(dictionary: &Dictionary, document: &Document, tags: Tags) -> Self {
        const DOC: DocId = DocId(0);
        let mut index = Index::default();
        index.set(dictionary, DOC, tags);
        Self {
            doc: document.path.clone(),
            title: document.title(),
            words: document.words(),
            length: document.clean.paragraphs.len(),
            hits: dictionary.ids().map(|topic| index.hit_count(DOC, topic)).collect(),
            paragraphs: dictionary.ids().map(|topic| index.paragraphs(DOC, topic).to_vec()).collect(),
        }
    }

    /// The hits of all topics, a span of two topics twice.
    pub fn hits(&self) -> usize {
        self.hits.iter().sum()
    }

    /// In how many paragraphs both topics stand.
    fn shared(&self, a: TopicId, b: TopicId) -> usize {
        let with = &self.paragraphs[b.index()];
        self.paragraphs[a.index()].iter().filter(|para| with.binary_search(para).is_ok()).count()
    }
}

/// A row of a table: columns with their values, the same columns in every row.
pub type Row = Vec<(&'static str, Value)>;

/// A row a topic: hits, hits per 1,000 words, paragraphs, documents.
pub fn by_topic(dictionary: &Dictionary, all: &[Counts]) -> Vec<Row> {
    let words: usize = all.iter().map(|counts| counts.words).sum();
    let row = |topic: TopicId| {
        let index = topic.index();
        let hits: usize = all.iter().map(|counts| counts.hits[index]).sum();
        let paragraphs: usize = all.iter().map(|counts| counts.paragraphs[index].len()).sum();
        let documents = all.iter().filter(|counts| !counts.paragraphs[index].is_empty()).count();
        vec![
            ("topic", json!(dictionary.topic(topic).id)),
            ("label", json!(dictionary.topic(topic).label)),
            ("hits", json!(hits)),
            ("per_1000_words", json!(per_thousand(hits, words))),
            ("paragraphs", json!(paragraphs)),
            ("documents", json!(documents)),
        ]
    };
    dictionary.ids().map(row).collect()
}

/// A row for each document and topic that stands in it, in the order of the library.
pub fn by_document(dictionary: &Dictionary, all: &[Counts]) -> Vec<Row> {
    let mut rows = Vec::new();
    for counts in all {
        for topic in dictionary.ids().filter(|topic| counts.hits[topic.index()] > 0) {
            let hits = counts.hits[topic.index()];
            rows.push(vec![
                ("doc", json!(counts.doc)),
                ("title", json!(counts.title)),
                ("topic", json!(dictionary.topic(topic).id)),
                ("hits", json!(hits)),
                ("per_1000_words", json!(per_thousand(hits, counts.words))),
                ("paragraphs", json!(counts.paragraphs[topic.index()].len())),
            ]);
        }
    }
    rows
}

/// A row for each two topics that share paragraphs, neither above the other: how many, the most first.
pub fn together(dictionary: &Dictionary, all: &[Counts]) -> Vec<Row> {
    let mut pairs = Vec::new();
    for (a, b) in dictionary.ids().flat_map(|a| dictionary.ids().map(move |b| (a, b))) {
        if a >= b || dictionary.is_within(b, a) || dictionary.is_within(a, b) {
            continue;
        }
        let paragraphs: usize = all.iter().map(|counts| counts.shared(a, b)).sum();
        if paragraphs > 0 {
            pairs.push((paragraphs, a, b));
        }
    }
    pairs.sort_by_key(|(paragraphs, a, b)| (std::cmp::Reverse(*paragraphs), *a, *b));
    let row = |(paragraphs, a, b): (usize, TopicId, TopicId)| {
        vec![
            ("topic", json!(dictionary.topic(a).id)),
            ("with", json!(dictionary.topic(b).id)),
            ("paragraphs", json!(paragraphs)),
        ]
    };
    pairs.into_iter().map(row).collect()
}

/// Cells of a plot of [`by_place`].
const PLOT: usize = 40;

/// A row for each document and topic that stands in it: its paragraphs, and a plot of them to scale.
pub fn by_place(dictionary: &Dictionary, all: &[Counts]) -> Vec<Row> {
    let mut rows = Vec::new();
    for counts in all {
        for topic in dictionary.ids().filter(|topic| !counts.paragraphs[topic.index()].is_empty()) {
            let paragraphs = &counts.paragraphs[topic.index()];
            let mut plot = vec!['·'; PLOT];
            for para in paragraphs {
                let (from, length) = (*para as usize * PLOT / counts.length, counts.length);
                let to = ((*para as usize + 1) * PLOT).div_ceil(length).clamp(from + 1, PLOT);
                plot[from..to].fill('█');
            }
            rows.push(vec![
                ("doc", json!(counts.doc)),
                ("topic", json!(dictionary.topic(topic).id)),
                ("plot", json!(plot.into_iter().collect::<String>())),
                ("of", json!(counts.length)),
                ("paras", json!(paragraphs)),
            ]);
        }
    }
    rows
}

/// How often each term of a dictionary stands in a document.
#[derive(Clone, Debug, Default)]
pub struct TermCounts {
    /// For each term: where it stands, whether that counts or not; its hits; documents with hits.
    terms: Vec<[usize; 3]>,
}

impl TermCounts {
    /// What was counted in one document.
    pub fn of(standing: &[Standing]) -> Self {
        let count = |standing: &Standing| [standing.places, standing.hits, usize::from(standing.hits > 0)];
        Self { terms: standing.iter().map(count).collect() }
    }

    pub fn hits(&self) -> usize {
        self.terms.iter().map(|[_, hits, _]| hits).sum()
    }
}

/// A row a term: where it stands, its hits, and the documents that have hits.
pub fn by_term(dictionary: &Dictionary, all: &[TermCounts]) -> Vec<Row> {
    let row = |id: TermId| {
        let term = dictionary.term(id);
        let sum = |of: usize| all.iter().map(|counts| counts.terms[id.0 as usize][of]).sum::<usize>();
        vec![
            ("topic", json!(dictionary.topic(term.topic).id)),
            ("term", json!(term.text)),
            ("places", json!(sum(0))),
            ("hits", json!(sum(1))),
            ("documents", json!(sum(2))),
        ]
    };
    dictionary.term_ids().map(row).collect()
}

/// Rounded to two places; 0 where there are no words.
fn per_thousand(hits: usize, words: usize) -> f64 {
    let exact = hits as f64 * 1000.0 / words.max(1) as f64;
    (exact * 100.0).round() / 100.0
}

/// A JSON object a line.
pub fn jsonl(rows: &[Row]) -> String {
    let object = |row: &Row| row.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect::<Map<_, _>>();
    rows.iter().map(|row| format!("{}\n", Value::Object(object(row)))).collect()
}

/// CSV with a header.
pub fn csv(rows: &[Row]) -> String {
    cells(rows).iter().map(|row| csv_line(&row.iter().map(String::as_str).collect::<Vec<_>>()) + "\n").collect()
}

/// Columns side by side, numbers to the right; lists are left to machines.
pub fn table(rows: &[Row]) -> String {
    use crate::text::width;
    const WIDEST: usize = 40;
    let for_people = |row: &Row| row.iter().filter(|(_, value)| !value.is_array()).cloned().collect();
    let rows: Vec<Row> = rows.iter().map(for_people).collect();
    let mut cells = cells(&rows);
    for cell in cells.iter_mut().flatten() {
        *cell = width::shorten(cell, WIDEST, "…");
    }
    let columns = cells.first().map_or(0, Vec::len);
    let widths: Vec<usize> =
        (0..columns).map(|c| cells.iter().map(|row| width::cells(&row[c])).max().unwrap_or(0)).collect();
    let is_number = |column: usize| rows.first().is_some_and(|row| row[column].1.is_number());
    let mut out = String::new();
    for row in &cells {
        let line: Vec<String> = row
            .iter()
            .enumerate()
            .map(|(column, cell)| {
                let blank = " ".repeat(widths[column] - width::cells(cell));
                if is_number(column) { blank + cell } else { cell.clone() + &blank }
            })
            .collect();
        out.push_str(line.join("  ").trim_end());
        out.push('\n');
    }
    out
}

/// The rows as text under a row of their names; nothing where there are no rows.
fn cells(rows: &[Row]) -> Vec<Vec<String>> {
    let header = rows.first().map(|row| row.iter().map(|(name, _)| (*name).to_owned()).collect());
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        // A list in a cell: a blank apart.
        Value::Array(all) => all.iter().map(Value::to_string).collect::<Vec<_>>().join(" "),
        value => value.to_string(),
    };
    let body = rows.iter().map(|row| row.iter().map(|(_, value)| text(value)).collect());
    header.into_iter().chain(body).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::topics::{Hit, TermId, Topic};

    fn topic(id: &str, parent: Option<u16>) -> Topic {
        Topic { id: id.into(), label: id.to_uppercase(), parent: parent.map(TopicId), min: 1, ..Topic::default() }
    }

    fn counted() -> (Dictionary, Vec<Counts>) {
        let dictionary = Dictionary {
            topics: vec![topic("trade", None), topic("trade.tpp", Some(0)), topic("china", None)],
            ..Dictionary::default()
        };
        let hit = |start, para, topic| Hit { start, end: start + 3, para, topic: TopicId(topic), term: TermId(0) };
        let tags = Tags { hits: vec![hit(0, 0, 0), hit(0, 0, 1), hit(9, 1, 1), hit(12, 1, 2)] };
        let document = Document { path: "a.txt".into(), ..Document::default() };
        let counts = Counts::of(&dictionary, &document, tags);
        (dictionary, vec![counts])
    }

    #[test]
    fn a_topic_has_the_hits_below_it_each_span_once() {
        let (dictionary, all) = counted();
        let rows = csv(&by_topic(&dictionary, &all));
        assert_eq!(
            rows,
            "topic,label,hits,per_1000_words,paragraphs,documents\n\
             trade,TRADE,2,2000.0,2,1\ntrade.tpp,TRADE.TPP,2,2000.0,2,1\nchina,CHINA,1,1000.0,1,1\n"
        );
    }

    #[test]
    fn topics_together_share_paragraphs_and_are_not_above_one_another() {
        let (dictionary, all) = counted();
        assert_eq!(
            jsonl(&together(&dictionary, &all)),
            "{\"topic\":\"trade\",\"with\":\"china\",\"paragraphs\":1}\n\
             {\"topic\":\"trade.tpp\",\"with\":\"china\",\"paragraphs\":1}\n"
        );
    }

    #[test]
    fn a_table_has_its_numbers_to_the_right() {
        let (dictionary, all) = counted();
        assert_eq!(
            table(&together(&dictionary, &all)),
            "topic      with   paragraphs\ntrade      china           1\ntrade.tpp  china           1\n"
        );
    }
}
