//! Whether an editor wrapped a text, who breaks lines at the hyphens that stand there and never inside a word.
//!
//! There every hyphen at a line's end is one that stays, and there are few of them; where a typesetter breaks words, one line in ten or
//! so ends in a hyphen, and most are none of the word's own. Each hyphen multiplies the odds by how much oftener one like it stands in a
//! text of the first sort than of the second, each line without one likewise (Bayes' rule). The shares were counted in prose that
//! `tests/tools/breaks.py` set.

/// The score that makes joining e times as likely.
const NATURAL: f64 = 220.0;
/// The share of hyphens that stay where words are broken.
const STAY: f64 = 0.15;
/// The chance of one that stays though nothing speaks for it.
const MISREAD: f64 = 0.01;
/// Hyphens a line where an editor wrapped the text, and where words are broken.
const WRAPPED: f64 = 1.0 / 80.0;
const TYPESET: f64 = 1.0 / 12.0;
/// The odds that an editor wrapped a text, before its hyphens are seen.
const WRAPPED_TEXTS: f64 = 0.5;
/// The logarithm of the odds from which on it is believed where there are hyphens enough, or rarely any. No word is surely broken
/// there, or this would not be asked: that is not counted otherwise.
const LIKELY: f64 = -4.0;
/// Hyphens that are enough, and lines to one where they are rare.
const ENOUGH: usize = 3;
const RARE: usize = 12;

/// The chance that a hyphen with `score` in favour of joining, in hundredths, stays where words are broken.
pub fn chance_to_stay(score: i32) -> f64 {
    1.0 / (1.0 + (f64::from(score) / NATURAL).exp())
}

/// Whether an editor wrapped a text of so many `lines`, by the chance that each hyphen at the end of one stays.
pub fn by_an_editor(chances: &[f64], lines: usize) -> bool {
    let hyphens: f64 = chances.iter().map(|stays| (stays.max(MISREAD) / STAY).ln()).sum();
    let fewer = chances.len() as f64 * (WRAPPED / TYPESET).ln() + lines as f64 * (TYPESET - WRAPPED) / 2.0;
    let odds = hyphens + fewer + WRAPPED_TEXTS.ln();
    let most = chances.len() >= ENOUGH || lines >= RARE * chances.len();
    !chances.is_empty() && odds > if most { LIKELY } else { 0.0 }
}
