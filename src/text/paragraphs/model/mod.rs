//! Where paragraphs begin and what they are: the best reading of all lines together.
//!
//! Every line is labelled as the start of a paragraph of some kind, or as more of the one above. The score of a
//! label is the sum of the weights of what can be seen there ([`cues`](cues), [`weights`](weights)),
//! that of a reading the sum over its lines; the best reading is found by dynamic programming (Viterbi), so that a
//! cue further down can decide a doubt further up: a short line is a heading if what follows reads as a text under it.

pub mod cues;
pub mod entries;
pub mod markdown;
pub mod shape;
pub mod shreds;
pub mod sight;
pub mod tables;
pub mod verse;
pub mod weights;

use crate::text::Kind;
use cues::{Cue, CueSet};
use weights::{AFTER, WEIGHTS};

/// The kinds that lines are labelled with; the others are found by place and wording.
pub const KINDS: [Kind; 6] = [Kind::Body, Kind::Heading, Kind::List, Kind::Quote, Kind::Caption, Kind::Separator];
/// Labels: 2 × kind for a start, and one more for what goes on. Separators never go on.
pub const LABELS: usize = 2 * KINDS.len() - 1;
/// The labels of the start of a quotation, and of an ornament.
const QUOTE: usize = 6;
const ORNAMENT: usize = LABELS - 1;
const IMPOSSIBLE: i32 = i32::MIN / 4;

/// Starts that one of these cues has to speak for: no weight of others makes an item without a mark.
const NEEDS: [(usize, &[Cue]); 3] = [
    (4, &[Cue::Marked]),
    (6, &[Cue::Inset, Cue::InsetLone, Cue::Quoting, Cue::Quoted, Cue::NarrowBelow]),
    (8, &[Cue::Captioned, Cue::Credited, Cue::CreditBelow]),
];
/// The score of one without.
const UNFOUNDED: i32 = -30_000;

/// Weights of every cue for every label, in hundredths, and of every kind after every kind.
#[derive(Clone, Debug)]
pub struct Model {
    pub cues: Vec<[i16; LABELS]>,
    pub after: [[i16; KINDS.len()]; KINDS.len()],
}

impl Default for Model {
    fn default() -> Self {
        Self { cues: WEIGHTS.to_vec(), after: AFTER }
    }
}

/// Whether `label` starts a paragraph.
pub fn starts(label: usize) -> bool {
    label.is_multiple_of(2)
}

/// The kind that `label` gives.
pub fn kind(label: usize) -> Kind {
    KINDS[label / 2]
}

impl Model {
    /// The best label of every line.
    pub fn read(&self, cues: &[CueSet]) -> Vec<u8> {
        self.read_with(cues, |_, _| 0)
    }

    /// The same, with `adjust` added to the score of a label at a line: how the fit holds a text to its known reading.
    pub fn read_with(&self, cues: &[CueSet], adjust: impl Fn(usize, usize) -> i32) -> Vec<u8> {
        let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(cues.len());
        let mut best = [IMPOSSIBLE; LABELS];
        for (i, set) in cues.iter().enumerate() {
            let mut here = self.emissions(*set);
            for (label, score) in here.iter_mut().enumerate() {
                *score += adjust(i, label);
            }
            let mut next = [IMPOSSIBLE; LABELS];
            let mut from = [0u8; LABELS];
            // The best way to end a paragraph of each kind.
            let mut ended = [(IMPOSSIBLE, 0u8); KINDS.len()];
            for (label, score) in best.iter().enumerate() {
                if *score > ended[label / 2].0 {
                    ended[label / 2] = (*score, label as u8);
                }
            }
            for to in 0..KINDS.len() {
                let (mut top, mut source) = if i == 0 { (0, 0) } else { (IMPOSSIBLE, 0) };
                if i > 0 {
                    for (last, (score, label)) in ended.iter().enumerate() {
                        let score = score + i32::from(self.after[last][to]);
                        if score > top {
                            (top, source) = (score, *label);
                        }
                    }
                }
                next[2 * to] = top + here[2 * to];
                from[2 * to] = source;
                if 2 * to + 1 < LABELS && i > 0 {
                    let (score, label) = ended[to];
                    next[2 * to + 1] = score + here[2 * to + 1];
                    from[2 * to + 1] = label;
                }
            }
            // Scores stay small however long the text.
            let top = next.iter().copied().max().unwrap_or(0);
            for score in &mut next {
                *score = (*score - top).max(IMPOSSIBLE);
            }
            best = next;
            back.push(from);
        }
        let mut label = (0..LABELS).max_by_key(|&label| best[label]).unwrap_or(0) as u8;
        let mut labels = vec![0; cues.len()];
        for (i, from) in back.iter().enumerate().rev() {
            labels[i] = label;
            label = from[label as usize];
        }
        labels
    }

    /// The score of every label by the cues alone.
    fn emissions(&self, set: CueSet) -> [i32; LABELS] {
        let mut here = [0i32; LABELS];
        set.iter().for_each(|cue| {
            for (sum, weight) in here.iter_mut().zip(&self.cues[cue]) {
                *sum += i32::from(*weight);
            }
        });
        let any = |cues: &[Cue]| cues.iter().any(|cue| set.has(*cue));
        let ornament = set.has(Cue::Ornament);
        for (label, score) in here.iter_mut().enumerate() {
            if (label == ORNAMENT) != ornament {
                *score = IMPOSSIBLE / 2;
            }
        }
        // A word that is cut in two goes on.
        let cut = set.has(Cue::HyphenAbove) && (set.has(Cue::OpenLower) || set.has(Cue::OpenOther))
            || set.has(Cue::DashAbove) && set.has(Cue::OpenOther);
        if cut && set.has(Cue::Together) && !set.has(Cue::Marked) && !ornament {
            for label in (0..ORNAMENT).step_by(2) {
                here[label] = here[label].min(UNFOUNDED);
            }
        }
        // No quotation begins within a sentence, unless it is set in further or verse.
        let within = set.has(Cue::OpenLower) && set.has(Cue::Together) && !set.has(Cue::Step) && !set.has(Cue::Deep);
        if within && !set.has(Cue::Quoting) && !set.has(Cue::Verse) && !set.has(Cue::VerseInset) {
            here[QUOTE] = here[QUOTE].min(UNFOUNDED);
        }
        // A byline or a date that fills its line stands by itself, and nothing goes on behind a gap that parts two paragraphs.
        let below = set.has(Cue::BylineAbove) && !set.has(Cue::Together) || set.has(Cue::SaidAbove);
        if (set.has(Cue::Byline) || below) && !set.has(Cue::CommaAbove) || set.has(Cue::Apart) || set.has(Cue::Stamped)
        {
            for label in (1..ORNAMENT).step_by(2) {
                here[label] = here[label].min(UNFOUNDED);
            }
        }
        for (label, needs) in NEEDS {
            if !any(needs) {
                here[label] = here[label].min(UNFOUNDED);
            }
        }
        here
    }
}
