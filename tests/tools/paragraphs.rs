//! Fits the weights of `text::paragraphs`, shows what the model sees, and cleans whole corpora with some rules off.
//!
//! ```text
//! cargo run --example paragraphs -- predict DIR OUT [RULE…]   clean DIR/*.txt to OUT/*.json, without the rules named
//! cargo run --example paragraphs -- again N DIR               clean DIR/*.txt N times each, for measuring
//! cargo run --example paragraphs -- show FILE [GOLD]          each line with its label and cues, and the right label
//! cargo run --example paragraphs -- hyphens DIR               how line-end hyphens of what breaks.py made are read
//! cargo run --example paragraphs -- fit DIR…                  fit on DIR/*.txt and DIR/*.json, print weights.rs
//! ```
//!
//! The fit is an averaged perceptron over whole texts: the best reading by the present weights is compared with the best one
//! that agrees with the truth, and the weights of the cues in which they differ are moved a little. The wrong labels get a
//! handicap in their favour, so that right readings win by a margin. It starts from the present weights.

use std::collections::HashMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use postil::corpus::load::Neighbours;
use postil::text::decode::{self, Decoded};
use postil::text::paragraphs::lab::{self, Cue, CueSet, KINDS, LABELS, Model, Rules};
use serde_json::{Value, json};

type Fallible<T> = Result<T, Box<dyn Error>>;

/// How often the fit goes through all texts.
const EPOCHS: usize = 24;
/// By how many hundredths the right reading has to win at each line.
const MARGIN: i32 = 120;
/// What is never right.
const FORBIDDEN: i32 = -1_000_000;

#[expect(clippy::print_stdout, clippy::print_stderr, reason = "a tool for the command line")]
fn main() -> Fallible<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["predict", from, to, ref off @ ..] => predict(Path::new(from), Path::new(to), off)?,
        ["again", times, from] => again(times.parse()?, Path::new(from))?,
        ["show", file] => print!("{}", show(Path::new(file), None)?),
        ["show", file, gold] => print!("{}", show(Path::new(file), Some(Path::new(gold)))?),
        ["hyphens", from] => print!("{}", hyphens(Path::new(from))?),
        ["fit", ref folders @ ..] => {
            let (model, log) = fit(folders)?;
            eprint!("{log}");
            print!("{}", source(&model));
        }
        _ => {
            return Err("usage: paragraphs predict DIR OUT [RULE…] | again N DIR | show FILE [GOLD] | \
                 hyphens DIR | fit DIR…"
                .into());
        }
    }
    Ok(())
}

/// The rules without those named.
fn rules(off: &[&str]) -> Fallible<Rules> {
    let mut rules = Rules::default();
    for name in off {
        let switch = rules.switches().into_iter().find(|(known, _)| known == name).ok_or(format!("no rule {name}"))?;
        *switch.1 = false;
    }
    Ok(rules)
}

fn predict(from: &Path, to: &Path, off: &[&str]) -> Fallible<()> {
    let rules = rules(off)?;
    let model = Model::default();
    let neighbours = Neighbours::default();
    fs::create_dir_all(to)?;
    for path in texts(from)? {
        let beside = neighbours.of(&path, None);
        let clean = lab::clean_with(&read(&path)?, Some(&beside), &rules, &model);
        let paragraphs: Vec<Value> =
            clean.paragraphs.iter().map(|p| json!({ "kind": p.kind.name(), "text": &clean.text[p.range()] })).collect();
        let head = &clean.head;
        let author = (!head.authors.is_empty()).then(|| head.authors.join(", "));
        let out = json!({
            "title": head.title, "author": author, "date": head.date, "source": head.source, "paragraphs": paragraphs,
        });
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        // The real documents are named by number in their truth.
        let name = name.split_once('_').map_or(name.as_str(), |(number, _)| number);
        fs::write(to.join(format!("{name}.json")), serde_json::to_string(&out)?)?;
    }
    Ok(())
}

/// Cleans the texts of `from` so often that nothing else counts beside it: `perf stat -e instructions:u`.
fn again(times: usize, from: &Path) -> Fallible<()> {
    let texts = texts(from)?.iter().map(|path| read(path)).collect::<Fallible<Vec<Decoded>>>()?;
    for _ in 0..times {
        for text in &texts {
            std::hint::black_box(postil::text::paragraphs::clean(text, None));
        }
    }
    Ok(())
}

/// What breaks.py writes at the end of a line where it broke a word that has no hyphen.
const BROKEN: char = '¬';

/// How many of the hyphens at line ends of DIR/*.txt that were none are joined, and how many that were stay; each wrong one in a row.
fn hyphens(from: &Path) -> Fallible<String> {
    let mut out = String::new();
    // By whether it stays: how many, and how many are read so.
    let mut counts = [[0usize; 2]; 2];
    for path in texts(from)? {
        let marked = fs::read_to_string(&path)?;
        let text = marked.replace(BROKEN, "-");
        let mut truths = marked.lines().filter(|line| line.ends_with(['-', BROKEN]));
        for (above, below, stays) in lab::hyphens(&text, &Rules::default()) {
            // The last line of a paragraph may end in a hyphen too: no line follows it at once.
            let truth =
                truths.find(|line| line.replace(BROKEN, "-").trim() == above.trim()).ok_or("no break of ours")?;
            let want = truth.ends_with('-');
            counts[usize::from(want)][0] += 1;
            counts[usize::from(want)][1] += usize::from(stays == want);
            if stays != want {
                let (left, right) = (above.rsplit(' ').next(), below.split(' ').next());
                let [left, right] = [left, right].map(Option::unwrap_or_default);
                writeln!(out, "{}\t{left}/{right}\t{}", path.display(), if want { "stays" } else { "joins" })?;
            }
        }
    }
    let [[broken, joined], [true_ones, kept]] = counts;
    writeln!(out, "joined {joined} of {broken}, kept {kept} of {true_ones}")?;
    Ok(out)
}

fn texts(folder: &Path) -> Fallible<Vec<PathBuf>> {
    let mut texts: Vec<PathBuf> = fs::read_dir(folder)?.filter_map(|e| Some(e.ok()?.path())).collect();
    texts.retain(|path| path.extension().is_some_and(|e| e == "txt"));
    texts.sort();
    Ok(texts)
}

fn read(path: &Path) -> Fallible<Decoded> {
    Ok(decode::decode(&fs::read(path)?, None))
}

/// A text with what is right at each line.
struct Example {
    cues: Vec<CueSet>,
    texts: Vec<String>,
    /// A bit for each label that is right.
    right: Vec<u16>,
}

fn example(text: &Path, gold: &Path) -> Fallible<Example> {
    let lines = lab::lines(&read(text)?, &Rules::default());
    let gold: Value = serde_json::from_str(&fs::read_to_string(gold)?)?;
    let right = truth(&lines, &gold);
    let (texts, cues) = lines.into_iter().unzip();
    Ok(Example { cues, texts, right })
}

/// A paragraph of the truth.
struct Paragraph {
    start: usize,
    kinds: u16,
    free: bool,
    soft: bool,
}

/// Which labels are right at each line: found by its letters in the letters of the truth.
fn truth(lines: &[(String, CueSet)], gold: &Value) -> Vec<u16> {
    let empty = Vec::new();
    let mut stream: Vec<char> = Vec::new();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for p in gold["paragraphs"].as_array().unwrap_or(&empty) {
        let mut kinds = bits(p["kind"].as_str().unwrap_or(""));
        for kind in p["kind_alt"].as_array().unwrap_or(&empty) {
            kinds |= bits(kind.as_str().unwrap_or(""));
        }
        let truthy = |name: &str| p[name].as_bool().unwrap_or(false);
        paragraphs.push(Paragraph { start: stream.len(), kinds, free: truthy("free"), soft: truthy("soft_start") });
        stream.extend(letters(p["text"].as_str().unwrap_or("")));
    }
    // Where each run of letters stands, for lines that are not where they are expected.
    let mut index: HashMap<&[char], Vec<usize>> = HashMap::new();
    const KEY: usize = 12;
    for at in 0..stream.len().saturating_sub(KEY) {
        index.entry(&stream[at..at + KEY]).or_default().push(at);
    }
    let mut expected = 0;
    let mut right = Vec::new();
    for (text, set) in lines {
        let line: Vec<char> = letters(text).collect();
        if set.has(Cue::Ornament) {
            right.push(1 << (LABELS - 1));
            continue;
        }
        let place = (!line.is_empty() && stream[expected..].starts_with(&line)).then_some(expected).or_else(|| {
            let places = index.get(line.get(..KEY)?)?;
            let places = places.iter().filter(|at| stream[**at..].starts_with(&line));
            places.min_by_key(|at| at.abs_diff(expected)).copied()
        });
        let Some(at) = place else {
            right.push(u16::MAX >> 5);
            continue;
        };
        expected = at + line.len();
        let paragraph = &paragraphs[paragraphs.partition_point(|p| p.start <= at) - 1];
        // A list mark that the truth leaves out stands before the start.
        let starts: u16 = 0b0101_0101_0101;
        let position = match () {
            () if paragraph.free => u16::MAX,
            () if at == paragraph.start && paragraph.soft => u16::MAX,
            () if at == paragraph.start => starts,
            () => !starts,
        };
        let kinds = if paragraph.kinds == 0 || paragraph.free { u16::MAX } else { paragraph.kinds };
        right.push(position & kinds & ((1 << (LABELS - 1)) - 1));
    }
    right
}

/// The labels of a kind; none for those that the model does not give.
fn bits(kind: &str) -> u16 {
    KINDS.iter().position(|known| known.name() == kind).map_or(0, |at| 0b11 << (2 * at))
}

/// What texts are compared by: no blanks, no dashes, no case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
        .flat_map(char::to_lowercase)
}

fn fit(folders: &[&str]) -> Fallible<(Model, String)> {
    let mut examples = Vec::new();
    for folder in folders {
        for text in texts(Path::new(folder))? {
            let gold = text.with_extension("json");
            if gold.exists() {
                examples.push(example(&text, &gold)?);
            }
        }
    }
    let start = Model::default();
    let mut weights = Weights::of(&start);
    let mut sum = weights.clone();
    let mut log = String::new();
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut seed = 1u64;
    for epoch in 0..EPOCHS {
        for i in (1..order.len()).rev() {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(i, (seed >> 33) as usize % (i + 1));
        }
        let mut wrong = 0;
        for &e in &order {
            let example = &examples[e];
            let model = weights.model();
            let fits = |i: usize, label: usize| example.right[i] >> label & 1 == 1;
            let best = model.read_with(&example.cues, |i, label| if fits(i, label) { 0 } else { MARGIN });
            let right = model.read_with(&example.cues, |i, label| if fits(i, label) { 0 } else { FORBIDDEN });
            wrong += (0..best.len()).filter(|&i| !fits(i, best[i] as usize)).count();
            let rate = 12.0 / (1.0 + epoch as f64 / 6.0);
            weights.add(&example.cues, &right, rate);
            weights.add(&example.cues, &best, -rate);
            weights.pull(&start, 0.0004);
        }
        sum.mix(&weights, epoch + 1);
        log += &format!("pass {epoch}: {wrong} labels short of the margin\n");
    }
    let model = sum.model();
    let (mut errors, mut lines) = (0, 0);
    for example in &examples {
        let labels = model.read(&example.cues);
        lines += labels.len();
        errors += labels.iter().zip(&example.right).filter(|(label, right)| **right >> **label & 1 == 0).count();
    }
    log += &format!("{} texts, {lines} lines, {errors} labels wrong\n", examples.len());
    Ok((model, log))
}

#[derive(Clone)]
struct Weights {
    cues: Vec<[f64; LABELS]>,
    after: [[f64; KINDS.len()]; KINDS.len()],
}

impl Weights {
    fn of(model: &Model) -> Self {
        Self {
            cues: model.cues.iter().map(|row| row.map(f64::from)).collect(),
            after: model.after.map(|row| row.map(f64::from)),
        }
    }

    fn model(&self) -> Model {
        let round = |w: f64| w.round().clamp(-2000.0, 2000.0) as i16;
        Model {
            cues: self.cues.iter().map(|row| row.map(round)).collect(),
            after: self.after.map(|row| row.map(round)),
        }
    }

    fn add(&mut self, cues: &[CueSet], labels: &[u8], rate: f64) {
        for (i, (set, &label)) in cues.iter().zip(labels).enumerate() {
            for cue in set.iter() {
                self.cues[cue][label as usize] += rate;
            }
            if i > 0 && lab::starts(label as usize) {
                self.after[labels[i - 1] as usize / 2][label as usize / 2] += rate;
            }
        }
    }

    /// Moves back towards the start, so that what the texts say nothing about stays.
    fn pull(&mut self, start: &Model, by: f64) {
        for (row, from) in self.cues.iter_mut().zip(&start.cues) {
            for (weight, from) in row.iter_mut().zip(from) {
                *weight += (f64::from(*from) - *weight) * by;
            }
        }
    }

    /// Keeps the mean of `count` passes.
    fn mix(&mut self, weights: &Self, count: usize) {
        let share = 1.0 / count as f64;
        let mix = |mean: &mut f64, new: f64| *mean += (new - *mean) * share;
        for (row, new) in self.cues.iter_mut().zip(&weights.cues) {
            row.iter_mut().zip(new).for_each(|(mean, new)| mix(mean, *new));
        }
        for (row, new) in self.after.iter_mut().zip(&weights.after) {
            row.iter_mut().zip(new).for_each(|(mean, new)| mix(mean, *new));
        }
    }
}

/// weights.rs
fn source(model: &Model) -> String {
    let mut out = include_str!("../../src/text/paragraphs/model/weights.rs")
        .split("pub const WEIGHTS")
        .next()
        .unwrap_or("")
        .to_owned();
    out += "pub const WEIGHTS: [[i16; LABELS]; Cue::COUNT] = [\n    // body  more  head  more  list  more quote  more  capt  more   orn\n";
    for (row, (name, _)) in model.cues.iter().zip(Cue::TABLE) {
        out += &format!("    [{}], // {name}\n", row.map(|w| format!("{w:5}")).join(","));
    }
    out += "];\n\n/// In favour of a kind (column) behind a kind (row).\n#[rustfmt::skip]\n";
    out += "pub const AFTER: [[i16; KINDS.len()]; KINDS.len()] = [\n    // body  head  list quote  capt   orn\n";
    for (row, kind) in model.after.iter().zip(KINDS) {
        out += &format!("    [{}], // {}\n", row.map(|w| format!("{w:5}")).join(","), kind.name());
    }
    out + "];\n"
}

/// Each line with its label and cues.
fn show(text: &Path, gold: Option<&Path>) -> Fallible<String> {
    let example = match gold {
        Some(gold) => example(text, gold)?,
        None => {
            let (texts, cues): (Vec<_>, Vec<_>) = lab::lines(&read(text)?, &Rules::default()).into_iter().unzip();
            Example { right: vec![u16::MAX; cues.len()], cues, texts }
        }
    };
    let name = |label: usize| format!("{}{}", lab::kind(label).name(), if lab::starts(label) { "" } else { "+" });
    let labels = Model::default().read(&example.cues);
    let mut out = String::new();
    for (i, &label) in labels.iter().enumerate() {
        let label = label as usize;
        let wrong = match example.right[i] >> label & 1 {
            1 => String::new(),
            _ => (0..LABELS).filter(|l| example.right[i] >> l & 1 == 1).map(|l| format!(" ≠{}", name(l))).collect(),
        };
        let cues: Vec<&str> = example.cues[i].iter().skip(1).map(|cue| Cue::TABLE[cue].0).collect();
        out += &format!("{:9}{wrong} {}\n            {}\n", name(label), example.texts[i], cues.join(" "));
    }
    Ok(out)
}
