//! Where each stretch of seven characters stands in a skeleton.
//!
//! Places are grouped by hash, in order, in one array: nothing is allocated for a gram.

use std::ops::Range;

/// Characters of a gram: few enough to survive between misprints, enough to be rare.
pub const GRAM: usize = 7;

/// The places of all grams of a skeleton.
#[derive(Clone, Debug, Default)]
pub struct Grams {
    /// Where the places of each hash start; one more than there are hashes.
    starts: Vec<u32>,
    places: Vec<u32>,
    shift: u32,
}

impl Grams {
    pub fn of(chars: &[char]) -> Self {
        let count = (chars.len() + 1).saturating_sub(GRAM);
        let bits = usize::BITS - count.max(1 << 8).leading_zeros();
        let mut grams = Self { starts: vec![0; (1 << bits) + 1], places: vec![0; count], shift: 64 - bits };
        let hashes: Vec<u32> = rolling(chars).map(|hash| (hash >> grams.shift) as u32).collect();
        for &hash in &hashes {
            grams.starts[hash as usize + 1] += 1;
        }
        for index in 1..grams.starts.len() {
            grams.starts[index] += grams.starts[index - 1];
        }
        let mut next = grams.starts.clone();
        for (place, &hash) in hashes.iter().enumerate() {
            let slot = &mut next[hash as usize];
            grams.places[*slot as usize] = place as u32;
            *slot += 1;
        }
        grams
    }

    /// Places that may hold each gram of `pattern`, by its place in it. Hashes collide: compare.
    pub fn look_up<'a>(&'a self, pattern: &[char]) -> impl Iterator<Item = (usize, &'a [u32])> {
        rolling(pattern).map(|hash| &self.places[self.slots(hash)]).enumerate()
    }

    fn slots(&self, hash: u64) -> Range<usize> {
        let index = (hash >> self.shift) as usize;
        self.starts[index] as usize..self.starts[index + 1] as usize
    }
}

/// A hash of each gram of `chars`, good in its upper bits.
fn rolling(chars: &[char]) -> impl Iterator<Item = u64> {
    hashes(chars, GRAM)
}

/// A hash of each stretch of `len` characters, good in its upper bits.
pub fn hashes(chars: &[char], len: usize) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x0100_0000_01b3;
    const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
    let power = (0..len).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let mut sum = chars.iter().take(len - 1).fold(0u64, |sum, &c| sum.wrapping_mul(BASE).wrapping_add(c as u64));
    (len..=chars.len()).map(move |end| {
        sum = sum.wrapping_mul(BASE).wrapping_add(chars[end - 1] as u64);
        if end > len {
            sum = sum.wrapping_sub(power.wrapping_mul(chars[end - 1 - len] as u64));
        }
        let mixed = (sum ^ sum >> 29).wrapping_mul(MIX);
        mixed ^ mixed >> 32 << 32 >> 32
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gram_is_found_where_it_stands() {
        let text: Vec<char> = "the alliance and the alliance and its allies".chars().collect();
        let grams = Grams::of(&text);
        let pattern: Vec<char> = "the alliance".chars().collect();
        for (index, places) in grams.look_up(&pattern) {
            let found: Vec<usize> = places
                .iter()
                .map(|place| *place as usize)
                .filter(|place| text[*place..*place + GRAM] == pattern[index..index + GRAM])
                .collect();
            assert_eq!(found, [index, index + 17]);
        }
        assert_eq!(Grams::of(&text[..3]).look_up(&text[..3]).count(), 0);
    }
}
