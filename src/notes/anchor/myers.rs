//! Where a short pattern stands in a text with the fewest errors: Myers' bit vectors (1999).
//!
//! A column of the edit matrix is two words of a bit each for "one more" and "one less", so a
//! character of the text costs a dozen instructions whatever it holds.

/// Characters a pattern may have.
pub const WORD: usize = 64;

/// A pattern made ready: for each character the places where it stands.
struct Pattern {
    ascii: [u64; 128],
    other: Vec<(char, u64)>,
    len: usize,
}

impl Pattern {
    fn new(chars: &[char]) -> Self {
        let mut pattern = Self { ascii: [0; 128], other: Vec::new(), len: chars.len() };
        for (index, &c) in chars.iter().enumerate() {
            if let Some(bits) = pattern.ascii.get_mut(c as usize) {
                *bits |= 1 << index;
            } else {
                match pattern.other.iter_mut().find(|(other, _)| *other == c) {
                    Some((_, bits)) => *bits |= 1 << index,
                    None => pattern.other.push((c, 1 << index)),
                }
            }
        }
        pattern
    }

    fn places(&self, c: char) -> u64 {
        match self.ascii.get(c as usize) {
            Some(bits) => *bits,
            None => self.other.iter().find(|(other, _)| *other == c).map_or(0, |(_, bits)| *bits),
        }
    }
}

/// The ends of the `most` best stretches of `text` that are `pattern` with at most `limit` errors,
/// as (errors, end), best first; of neighbouring ends only the best. The pattern has 1 to [`WORD`]
/// characters.
pub fn search(pattern: &[char], text: &[char], limit: usize, most: usize) -> Vec<(usize, usize)> {
    debug_assert!((1..=WORD).contains(&pattern.len()));
    let pattern = Pattern::new(pattern);
    let last = 1u64 << (pattern.len - 1);
    let (mut more, mut less) = (!0u64, 0u64);
    let mut errors = pattern.len;
    let mut best: Vec<(usize, usize)> = Vec::new();
    // The best end of the stretch of ends we are in.
    let mut local: Option<(usize, usize)> = None;
    let mut worst = limit;
    for (at, &c) in text.iter().enumerate() {
        let equal = pattern.places(c);
        let vertical = equal | less;
        let horizontal = ((equal & more).wrapping_add(more) ^ more) | equal;
        let up = less | !(horizontal | more);
        let down = more & horizontal;
        errors = errors + usize::from(up & last != 0) - usize::from(down & last != 0);
        let (up, down) = (up << 1, down << 1);
        more = down | !(vertical | up);
        less = up & vertical;
        if errors <= worst && local.is_none_or(|(fewest, _)| errors < fewest) {
            local = Some((errors, at + 1));
        } else if let Some((_, end)) = local
            && at + 1 > end + pattern.len / 2
        {
            keep(&mut best, local.take(), most);
            if best.len() == most {
                worst = limit.min(best[most - 1].0);
            }
        }
    }
    keep(&mut best, local, most);
    best
}

fn keep(best: &mut Vec<(usize, usize)>, found: Option<(usize, usize)>, most: usize) {
    let Some(found) = found else { return };
    let at = best.partition_point(|(errors, _)| *errors <= found.0);
    if at < most {
        best.insert(at, found);
        best.truncate(most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chars(text: &str) -> Vec<char> {
        text.chars().collect()
    }

    /// The plain matrix.
    fn plain(pattern: &[char], text: &[char]) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        text.iter()
            .map(|c| {
                let mut diagonal = 0;
                for row in 1..=pattern.len() {
                    let cost = (diagonal + usize::from(pattern[row - 1] != *c)).min(column[row - 1] + 1);
                    diagonal = column[row];
                    column[row] = cost.min(column[row] + 1);
                }
                column[pattern.len()]
            })
            .collect()
    }

    #[test]
    fn finds_the_best_places_first() {
        let text = chars("the treaty of nara, the treety of nora, a tre of nara");
        let found = search(&chars("treaty of nara"), &text, 7, 3);
        assert_eq!(found[0], (0, 18));
        assert_eq!(found[1], (2, 38));
        assert!(search(&chars("zzzz"), &text, 1, 3).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn agrees_with_the_plain_matrix(pattern in "[abえ]{1,64}", text in "[abcえ]{0,120}") {
            let (pattern, text) = (chars(&pattern), chars(&text));
            let fewest = plain(&pattern, &text).into_iter().min();
            let found = search(&pattern, &text, pattern.len(), 1);
            proptest::prop_assert_eq!(found.first().map(|(errors, _)| *errors), fewest);
            if let Some(&(errors, end)) = found.first() {
                proptest::prop_assert_eq!(plain(&pattern, &text)[end - 1], errors);
            }
        }
    }
}
