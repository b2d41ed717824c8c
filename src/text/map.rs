//! The way back: from bytes of a derived text to bytes of the text it was made from.
//!
//! A map is a list of runs, each a stretch that was copied as it stands (`abc` → `abc`) or replaced
//! as a whole (`ﬁ` → `fi`). What was inserted (the blank between two joined lines) lies between
//! runs and maps to the end of the run before it.
//!
//! *Invariant.* Runs are in the order of the derived text and do not overlap there. In the source
//! they may go back: a footnote was moved, a column read after another.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Run {
    derived: u32,
    derived_len: u32,
    source: u32,
    source_len: u32,
}

impl Run {
    fn is_copy(&self) -> bool {
        self.derived_len == self.source_len
    }
}

/// From bytes of a derived text to bytes of its source. Texts up to 4 GiB.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    runs: Vec<Run>,
}

impl SourceMap {
    /// The map of a text of `len` bytes that is its own source.
    pub fn identity(len: usize) -> Self {
        let mut map = Self::default();
        map.push(0, len, 0, len);
        map
    }

    /// Appends a run: `derived_len` bytes at `derived` come from `source_len` bytes at `source`.
    /// Equal lengths mean a byte-for-byte copy.
    pub fn push(&mut self, derived: usize, derived_len: usize, source: usize, source_len: usize) {
        let run = Run {
            derived: derived as u32,
            derived_len: derived_len as u32,
            source: source as u32,
            source_len: source_len as u32,
        };
        if let Some(last) = self.runs.last_mut()
            && last.is_copy()
            && run.is_copy()
            && last.derived + last.derived_len == run.derived
            && last.source + last.source_len == run.source
        {
            last.derived_len += run.derived_len;
            last.source_len += run.source_len;
            return;
        }
        self.runs.push(run);
    }

    /// The source byte of derived byte `at`.
    pub fn to_source(&self, at: usize) -> usize {
        let index = self.runs.partition_point(|run| run.derived as usize <= at);
        let Some(run) = index.checked_sub(1).map(|i| self.runs[i]) else {
            return self.runs.first().map_or(0, |run| run.source as usize);
        };
        let into = at - run.derived as usize;
        let into = if run.is_copy() {
            into.min(run.source_len as usize)
        } else if into == 0 {
            0
        } else {
            run.source_len as usize
        };
        run.source as usize + into
    }

    /// The source bytes that a range of the derived text covers, from its first to its last.
    pub fn to_source_range(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            let at = self.to_source(range.start);
            return at..at;
        }
        let first = self.runs.partition_point(|run| (run.derived + run.derived_len) as usize <= range.start);
        let (mut low, mut high) = (usize::MAX, 0);
        for run in &self.runs[first..] {
            if run.derived as usize >= range.end {
                break;
            }
            let (mut start, mut end) = (run.source as usize, (run.source + run.source_len) as usize);
            if run.is_copy() {
                start += range.start.saturating_sub(run.derived as usize);
                end -= ((run.derived + run.derived_len) as usize).saturating_sub(range.end);
            }
            low = low.min(start);
            high = high.max(end);
        }
        if low > high {
            let at = self.to_source(range.start);
            return at..at;
        }
        low..high
    }

    /// `self` after `inner`: from this map's derived text to the source of `inner`.
    #[must_use]
    pub fn through(&self, inner: &SourceMap) -> SourceMap {
        let mut out = SourceMap::default();
        for run in &self.runs {
            if !run.is_copy() {
                let source = inner.to_source_range(run.source as usize..(run.source + run.source_len) as usize);
                out.push(run.derived as usize, run.derived_len as usize, source.start, source.len());
                continue;
            }
            let (mut at, end) = (run.source as usize, (run.source + run.source_len) as usize);
            let mut index = inner.runs.partition_point(|r| (r.derived + r.derived_len) as usize <= at);
            while at < end && index < inner.runs.len() {
                let part = inner.runs[index];
                let start = at.max(part.derived as usize);
                let stop = end.min((part.derived + part.derived_len) as usize);
                if start >= end {
                    break;
                }
                let derived = run.derived as usize + (start - run.source as usize);
                if part.is_copy() {
                    out.push(
                        derived,
                        stop - start,
                        part.source as usize + (start - part.derived as usize),
                        stop - start,
                    );
                } else {
                    out.push(derived, stop - start, part.source as usize, part.source_len as usize);
                }
                at = stop;
                index += 1;
            }
        }
        out
    }

    /// Bytes of memory the map holds.
    pub fn memory(&self) -> usize {
        self.runs.capacity() * size_of::<Run>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_lines_lead_back_to_their_bytes() {
        // "ab-\ncd ef" was read as "abcd ef"
        let mut map = SourceMap::default();
        map.push(0, 2, 0, 2);
        map.push(2, 5, 4, 5);
        assert_eq!(map.to_source(0), 0);
        assert_eq!(map.to_source(2), 4);
        assert_eq!(map.to_source_range(0..4), 0..6);
        assert_eq!(map.to_source_range(5..7), 7..9);
    }

    #[test]
    fn a_replaced_stretch_maps_as_a_whole() {
        let mut map = SourceMap::default();
        map.push(0, 2, 0, 3); // ﬁ
        map.push(2, 3, 3, 3);
        assert_eq!(map.to_source_range(0..1), 0..3);
        assert_eq!(map.to_source_range(1..3), 0..4);
    }

    #[test]
    fn maps_compose() {
        // bytes: two NULs, "abc", three NULs, "de"; decoded: "abcde"; clean: "bcde"
        let mut inner = SourceMap::default();
        inner.push(0, 3, 2, 3);
        inner.push(3, 2, 8, 2);
        let mut outer = SourceMap::default();
        outer.push(0, 4, 1, 4);
        let through = outer.through(&inner);
        assert_eq!(through.to_source(0), 3);
        assert_eq!(through.to_source(2), 8);
        assert_eq!(through.to_source_range(0..4), 3..10);
    }
}
