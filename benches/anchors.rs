//! How long it takes to find many notes again in a long document: `cargo bench --bench anchors`.
//!
//! Makes a text of one million characters with 200 passages noted, changes it at a hundred places as an
//! editor would and wraps it anew, and prints the shortest time to find all passages: with the old text kept and
//! without it. The words are drawn from a list with a seed, so that every run measures the same text.
//! docs/anchors.md has figures.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a tool that says what it finds")]

use std::fs;
use std::time::Instant;

use postil::notes::anchor::{Anchor, Old, Prepared, Tier, resolve, skeleton_text};
use postil::text::Clean;

const CHARS: usize = 1_000_000;
const NOTES: usize = 200;
const CHANGES: usize = 100;
const RUNS: usize = 5;

fn main() {
    let mut dice = Dice(0x5eed);
    let paragraphs = paragraphs(&mut dice);
    let old = paragraphs.join("\n\n");
    let new = wrapped(&changed(&paragraphs, &mut dice), 72);
    let clean = Clean { text: old.clone(), ..Clean::default() };
    let anchors: Vec<Anchor> = (0..NOTES).map(|_| Anchor::of(&clean, passage(&old, &mut dice))).collect();
    for (name, kept) in [("with the old text", Some(old.as_str())), ("without it", None)] {
        let (mut best, mut least) = (f64::MAX, f64::MAX);
        let mut there = 0;
        for _ in 0..RUNS {
            let (start, cpu) = (Instant::now(), cpu_seconds());
            let prepared = Prepared::new(&new);
            let old = kept.map(|old| Old::new(old, &prepared));
            let found: Vec<_> = anchors.iter().map(|anchor| resolve(anchor, &prepared, old.as_ref())).collect();
            best = best.min(start.elapsed().as_secs_f64());
            least = least.min(cpu_seconds() - cpu);
            let is_same = |(anchor, resolved): &(&Anchor, &postil::notes::anchor::Resolved)| {
                let span = resolved.span.clone().filter(|_| resolved.tier != Tier::Orphan);
                span.is_some_and(|span| skeleton_text(&new[span]) == skeleton_text(&anchor.exact))
            };
            there = anchors.iter().zip(&found).filter(is_same).count();
        }
        let size = new.len() / 1000;
        let (best, least) = (best * 1e3, least * 1e3);
        println!(
            "{NOTES} notes in {size} kB, {name}: {best:.0} ms, {least:.0} ms of processor time; {there} with every letter"
        );
    }
}

/// Processor time of this thread, which a busy machine does not lengthen.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).unwrap_or(0.0) / 1e9
}

/// Numbers that look random and are the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        ((mixed ^ mixed >> 27) >> 16) as usize % end
    }

    /// A word: some are frequent, as in any language.
    fn word(&mut self) -> String {
        let rank = self.below(60).min(self.below(4000)) + self.below(8) * self.below(500);
        let mut letters = Dice(rank as u64);
        let syllables = 1 + letters.below(3);
        (0..syllables)
            .map(|_| ["ka", "ter", "mi", "on", "sel", "pra", "du", "hin", "lo", "est", "ry", "vo"][letters.below(12)])
            .collect()
    }
}

fn paragraphs(dice: &mut Dice) -> Vec<String> {
    let mut all = Vec::new();
    let mut chars = 0;
    while chars < CHARS {
        let sentences = 2 + dice.below(5);
        let words: Vec<String> = (0..sentences).map(|_| sentence(dice)).collect();
        all.push(words.join(" "));
        chars += all.last().map_or(0, String::len) + 2;
    }
    all
}

fn sentence(dice: &mut Dice) -> String {
    let count = 8 + dice.below(18);
    let words: Vec<String> = (0..count).map(|_| dice.word()).collect();
    words.join(" ") + "."
}

/// Paragraphs put in, cut out and edited.
fn changed(paragraphs: &[String], dice: &mut Dice) -> Vec<String> {
    let mut changed = paragraphs.to_vec();
    for _ in 0..CHANGES {
        let at = dice.below(changed.len());
        match dice.below(3) {
            0 => changed.insert(at, sentence(dice)),
            1 => {
                changed.remove(at);
            }
            _ => {
                let words = changed[at].replacen(' ', &format!(" {} ", dice.word()), 3);
                changed[at] = words;
            }
        }
    }
    changed
}

fn wrapped(paragraphs: &[String], width: usize) -> String {
    let mut text = String::new();
    for paragraph in paragraphs {
        let mut line = 0;
        for word in paragraph.split(' ') {
            text.push_str(if line == 0 {
                ""
            } else if line + word.len() > width {
                "\n"
            } else {
                " "
            });
            line = if line + word.len() > width { word.len() } else { line + word.len() + 1 };
            text.push_str(word);
        }
        text.push_str("\n\n");
    }
    text
}

/// One to forty words.
fn passage(text: &str, dice: &mut Dice) -> std::ops::Range<usize> {
    let start = dice.below(text.len() - 1000);
    let start = start + text[start..].find(' ').unwrap_or(0) + 1;
    let end = text[start..].match_indices(' ').nth(dice.below(40)).map_or(text.len(), |(at, _)| start + at);
    start..end
}
