//! How fast topics are found, in clean text alone: `cargo bench --bench topics -- FOLDER CONFIG`.
//!
//! Prints, for a folder of texts and a dictionary: megabytes of clean text a second of processor time,
//! the time to tag them again after one term came in, and the size of the index. With `--count` only the
//! number of hits, so that `tag_peers.py --cmd` can run it. docs/topics.md has figures.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a tool that says what it finds")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use postil::corpus::load::from_bytes;
use postil::corpus::{DocId, Document};
use postil::text::Options;
use postil::topics::{Change, Dictionary, Index, Matcher, Tags};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--bench")).collect();
    let [folder, config, ..] = arguments.as_slice() else {
        // `cargo bench` without arguments has nothing to measure.
        return println!("usage: cargo bench --bench topics -- FOLDER CONFIG [COPIES]");
    };
    let copies: usize = arguments.get(2).and_then(|copies| copies.parse().ok()).unwrap_or(1);
    let source = fs::read_to_string(config).unwrap();
    let documents = documents(Path::new(folder));
    let bytes: usize = documents.iter().map(|document| document.clean.text.len()).sum::<usize>() * copies;
    let dictionary = Dictionary::parse(&source, Path::new(config)).value;

    let start = Instant::now();
    let matcher = Matcher::new(&dictionary);
    println!("{} terms, automaton built in {:.1} ms", dictionary.terms.len(), start.elapsed().as_secs_f64() * 1e3);

    let cpu = cpu_seconds();
    let mut tags: Vec<Tags> = Vec::new();
    for _ in 0..copies {
        tags = documents.iter().map(|document| matcher.tag(document)).collect();
    }
    let cpu = cpu_seconds() - cpu;
    let hits: usize = tags.iter().map(|tags| tags.hits.len()).sum();
    println!(
        "{:.1} MB in {cpu:.3} s of processor time: {:.1} MB a second",
        bytes as f64 / 1e6,
        bytes as f64 / 1e6 / cpu
    );

    let mut index = Index::default();
    for (doc, tags) in tags.iter().enumerate() {
        index.set(&dictionary, DocId(doc as u32), tags.clone());
    }
    let share = index.memory() as f64 * 100.0 / (bytes / copies) as f64;
    println!("index {:.1} MB, {share:.0} % of the text", index.memory() as f64 / 1e6);

    for term in ["confidence building", "policy", "zzyzx"] {
        again(&source, term, &dictionary, &documents, &tags, copies, bytes);
    }
    println!("hits {hits}");
}

/// Tags again after `term` came in.
fn again(
    source: &str,
    term: &str,
    old: &Dictionary,
    documents: &[Document],
    tags: &[Tags],
    copies: usize,
    bytes: usize,
) {
    let source = format!("{source}\n[topics.new]\nterms = [{term:?}]\n");
    let (wall, cpu) = (Instant::now(), cpu_seconds());
    let new = Dictionary::parse(&source, Path::new("new")).value;
    let change = Change::between(old, &new, Arc::new(Matcher::new(&new)));
    let ready = cpu_seconds() - cpu;
    let mut hits = 0;
    for _ in 0..copies {
        hits = documents.iter().zip(tags).map(|(d, t)| change.retag(d, t).hits.len()).sum();
    }
    println!(
        "{term:?} came in: {:.0} ms of processor time for {:.1} MB ({:.0} ms of them to read and build), {:.0} ms by the clock, {hits} hits",
        (cpu_seconds() - cpu) * 1e3,
        bytes as f64 / 1e6,
        ready * 1e3,
        wall.elapsed().as_secs_f64() * 1e3,
    );
}

fn documents(folder: &Path) -> Vec<Document> {
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let texts = paths.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    texts
        .filter_map(|path| from_bytes(&path.to_string_lossy(), fs::read(path).unwrap(), &Options::default()).ok())
        .collect()
}

/// Processor time of this thread so far.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}
