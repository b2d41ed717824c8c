//! Words that open a line, found by their first byte.
//!
//! Tables of such words are long, and most lines open with none of them: only those that begin as the line does are compared.

/// No word of a table.
const NONE: u8 = u8::MAX;

/// A table of words, in the order in which they are tried.
pub struct Openers<const N: usize> {
    words: &'static [&'static str; N],
    /// For each byte, the first word that begins with it.
    first: [u8; 256],
    /// For each word, the next that begins with the same byte.
    next: [u8; N],
}

impl<const N: usize> Openers<N> {
    pub const fn new(words: &'static [&'static str; N]) -> Self {
        assert!(N < NONE as usize, "words are numbered by a byte");
        let (mut first, mut next) = ([NONE; 256], [NONE; N]);
        let mut at = N;
        while at > 0 {
            at -= 1;
            let byte = words[at].as_bytes()[0] as usize;
            next[at] = first[byte];
            first[byte] = at as u8;
        }
        Self { words, first, next }
    }

    /// What stands behind each of the words that open `text`, in their order.
    pub fn each_behind<'t>(&self, text: &'t str) -> impl Iterator<Item = &'t str> {
        let first = text.as_bytes().first().map_or(NONE, |byte| self.first[usize::from(*byte)]);
        let number = |at: u8| (at != NONE).then_some(at);
        let alike = std::iter::successors(number(first), move |at| number(self.next[usize::from(*at)]));
        alike.filter_map(move |at| text.strip_prefix(self.words[usize::from(at)]))
    }

    /// What stands behind the first of the words that opens `text`.
    pub fn behind<'t>(&self, text: &'t str) -> Option<&'t str> {
        self.each_behind(text).next()
    }

    /// Whether one of the words opens `text`.
    pub fn open(&self, text: &str) -> bool {
        self.behind(text).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_tried_in_their_order() {
        static WORDS: Openers<4> = Openers::new(&["By ", "Posted by ", "By: ", "Posted "]);
        let behind = |text| WORDS.behind(text);
        assert_eq!([behind("By: Ann"), behind("By Ann"), behind("Posted by Ann")], [Some("Ann"); 3]);
        assert_eq!(
            [behind("Posted 3 May"), behind("posted"), behind("Bylaw"), behind("")],
            [Some("3 May"), None, None, None]
        );
    }
}
