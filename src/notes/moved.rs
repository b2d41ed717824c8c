//! Finds the document a note is in when it is no longer at its path.
//!
//! By path, then by the bytes, then by the text whatever its wrapping, then by what the two have in
//! common, which is a guess and is shown as one.

use std::collections::HashSet;

use super::{DocRef, anchor};

/// How a document was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum How {
    /// It is where it was.
    Path,
    /// The same bytes under another name.
    Bytes,
    /// The same text, wrapped or encoded another way.
    Text,
    /// So much of the old text stands in it, from 0 to 1.
    Overlap(f32),
}

impl How {
    /// Whether it is no guess.
    pub fn is_certain(self) -> bool {
        !matches!(self, How::Overlap(_))
    }
}

/// The least overlap that is worth asking about.
const LEAST: f32 = 0.5;

/// The document among `all` that `doc` is now: its index, and how it was found.
///
/// `old` is the old text, or what is known of it: the passages of its notes with what was around
/// them. `text` gives the clean text of a document; it is asked only where nothing else helped.
pub fn find<T: AsRef<str>>(
    doc: &DocRef,
    all: &[DocRef],
    old: &str,
    text: impl Fn(usize) -> Option<T>,
) -> Option<(usize, How)> {
    let by = |is_it: &dyn Fn(&DocRef) -> bool| all.iter().position(is_it);
    if let Some(index) = by(&|other| other.path == doc.path) {
        return Some((index, How::Path));
    }
    if let Some(index) = by(&|other| !doc.raw.is_empty() && other.raw == doc.raw) {
        return Some((index, How::Bytes));
    }
    if let Some(index) = by(&|other| !doc.txt.is_empty() && other.txt == doc.txt) {
        return Some((index, How::Text));
    }
    let shingles = Shingles::of(old);
    let overlap = |index: usize| text(index).map_or(0.0, |text| shingles.within(text.as_ref()));
    let best = (0..all.len()).map(|index| (index, overlap(index))).max_by(|a, b| a.1.total_cmp(&b.1))?;
    (best.1 >= LEAST).then_some((best.0, How::Overlap(best.1)))
}

/// Every stretch of [`Shingles::LONG`] characters of a text's skeleton (Broder 1997), as hashes.
struct Shingles(HashSet<u64>);

impl Shingles {
    const LONG: usize = 24;

    fn of(text: &str) -> Self {
        Self(hashes(text).collect())
    }

    /// The share of these that stand in `text`.
    fn within(&self, text: &str) -> f32 {
        if self.0.is_empty() {
            return 0.0;
        }
        let there: HashSet<u64> = hashes(text).filter(|hash| self.0.contains(hash)).collect();
        there.len() as f32 / self.0.len() as f32
    }
}

/// A rolling hash (Karp and Rabin 1987) of each stretch.
fn hashes(text: &str) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x0100_0000_01b3;
    let chars: Vec<u64> = anchor::skeleton_text(text).chars().map(|c| u64::from(u32::from(c)) + 1).collect();
    let leaving = (1..Shingles::LONG).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0u64;
    (0..chars.len()).filter_map(move |index| {
        if index >= Shingles::LONG {
            hash = hash.wrapping_sub(chars[index - Shingles::LONG].wrapping_mul(leaving));
        }
        hash = hash.wrapping_mul(BASE).wrapping_add(chars[index]);
        // The last bits of a product are weak.
        (index + 1 >= Shingles::LONG).then_some(hash ^ (hash >> 29))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doc(path: &str, raw: &str, txt: &str) -> DocRef {
        DocRef { path: path.into(), raw: raw.into(), txt: txt.into(), ..DocRef::default() }
    }

    const OLD: &str = "The evolving regional order has to be shared by those who live in it, and nobody else decides.";

    #[test]
    fn a_document_is_found_by_path_bytes_text_and_overlap() {
        let all = [doc("a.txt", "1", "x"), doc("b.txt", "2", "y"), doc("c.txt", "3", "z")];
        let texts = ["Something else altogether, of another length and kind, on energy and the sea.", "Short.", ""];
        let edited = OLD.replace("regional order", "regional\norder of our days");
        let found = |doc: DocRef| find(&doc, &all, OLD, |index| Some(if index == 2 { &edited } else { texts[index] }));
        assert_eq!(found(doc("b.txt", "1", "z")), Some((1, How::Path)));
        assert_eq!(found(doc("old.txt", "3", "x")), Some((2, How::Bytes)));
        assert_eq!(found(doc("old.txt", "9", "y")), Some((1, How::Text)));
        let Some((2, How::Overlap(share))) = found(doc("old.txt", "9", "w")) else { panic!() };
        assert!((0.5..1.0).contains(&share), "{share}");
    }

    #[test]
    fn nothing_is_found_where_nothing_is_alike() {
        let all = [doc("a.txt", "", "")];
        assert_eq!(find(&doc("b.txt", "", ""), &all, OLD, |_| Some("Of ships and winds that nobody counted.")), None);
        assert_eq!(find(&doc("b.txt", "", ""), &all, "", |_| Some("")), None);
    }

    #[test]
    fn a_rolled_hash_depends_on_its_stretch_only() {
        let a: Vec<u64> = hashes(OLD).collect();
        let b: Vec<u64> = hashes(&format!("xyz{OLD}")).collect();
        assert_eq!(a[..], b[3..]);
    }
}
