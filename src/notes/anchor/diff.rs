//! What of an old text stands where in a new one: their difference, when both are known.
//!
//! ```text
//!   old   ─────A─────  ──B──   ─────C─────
//!              │                    │            blocks: the same characters, in order in both
//!   new   ─────A─────  ───X───  ────C─────       X is free, and B has no place
//! ```
//!
//! Stretches that occur once in both are found first and chained in order so that they cover most
//! (Cohen's patience diff, by weight in place of number); between them the same is done with shorter
//! ones, and what is left is aligned character by character. Blocks that stand alone amid other words
//! are chance and are dropped.
//!
//! *Invariant.* Blocks are in order in both texts and do not overlap.

use std::ops::Range;

use super::align;
use super::pattern::weight;
use super::skeleton::Skeleton;

/// Lengths of the stretches that are looked for, one after the other.
const GRAMS: [usize; 4] = [32, 16, 10, 7];
/// Two pieces are aligned character by character up to so many cells.
const CELLS: usize = 400_000;
/// Characters between two blocks, in either text, that do not part them.
const NEAR: usize = 24;
/// What a row of blocks weighs at least that is no chance.
const LEAST: usize = 20;
/// Characters that must agree in a row where two pieces are aligned.
const RUN: usize = 4;

/// The same characters in both texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    pub old: usize,
    pub new: usize,
    pub len: usize,
}

impl Block {
    fn ends(&self) -> (usize, usize) {
        (self.old + self.len, self.new + self.len)
    }

    fn is_near(&self, next: &Block) -> bool {
        let (old, new) = self.ends();
        next.old - old <= NEAR && next.new - new <= NEAR
    }
}

/// What stayed, in order.
#[derive(Clone, Debug, Default)]
pub struct Diff {
    pub blocks: Vec<Block>,
}

impl Diff {
    pub fn of(old: &Skeleton, new: &Skeleton) -> Self {
        let blocks = settled(old, new, join(in_order(&old.chars, &new.chars)));
        Self { blocks: without_chance(&old.chars, blocks) }
    }

    /// The blocks that lie in `old`, cut to it.
    pub fn within(&self, old: &Range<usize>) -> impl Iterator<Item = Block> {
        let first = self.blocks.partition_point(|block| block.old + block.len <= old.start);
        let range = old.clone();
        self.blocks[first..].iter().take_while(move |block| block.old < range.end).map({
            let range = old.clone();
            move |block| {
                let skip = range.start.saturating_sub(block.old);
                let end = (block.old + block.len).min(range.end);
                Block { old: block.old + skip, new: block.new + skip, len: end - block.old - skip }
            }
        })
    }

    /// Characters of `old` that stayed.
    pub fn kept(&self, old: &Range<usize>) -> usize {
        self.within(old).map(|block| block.len).sum()
    }

    /// Where the new text could hold `old`: between what stayed before it and what stayed after it.
    pub fn room(&self, old: &Range<usize>, all: usize) -> Range<usize> {
        let after = self.blocks.partition_point(|block| block.old < old.end);
        let before = self.blocks.partition_point(|block| block.old + block.len <= old.start);
        let start = match self.blocks.get(before) {
            Some(block) if block.old <= old.start => block.new + (old.start - block.old),
            _ => before.checked_sub(1).map_or(0, |at| self.blocks[at].ends().1),
        };
        let end = match after.checked_sub(1).map(|at| self.blocks[at]) {
            Some(block) if block.old + block.len >= old.end => block.new + (old.end - block.old),
            _ => self.blocks.get(after).map_or(all, |block| block.new),
        };
        start..end.max(start)
    }

    /// Characters of `new` that stand for some of the old text outside `old`.
    pub fn taken(&self, new: &Range<usize>, old: &Range<usize>) -> usize {
        let first = self.blocks.partition_point(|block| block.new + block.len <= new.start).saturating_sub(1);
        let overlap = |start: usize, end: usize| end.min(new.end).saturating_sub(start.max(new.start));
        let mut taken = 0;
        for (at, block) in self.blocks.iter().enumerate().skip(first).take_while(|(_, block)| block.new < new.end) {
            let next = self.blocks.get(at + 1).filter(|next| block.is_near(next));
            let (old_end, new_end) = next.map_or(block.ends(), |next| (next.old, next.new));
            if old_end <= old.start || old.end <= block.old {
                taken += overlap(block.new, new_end);
            }
        }
        taken
    }
}

/// What agrees in order, from the first to the last.
fn in_order(old: &[char], new: &[char]) -> Vec<Block> {
    let mut blocks = Vec::new();
    // Windows still to be compared, the first on top, each with the first length to try.
    let mut waiting = vec![(0..old.len(), 0..new.len(), 0)];
    while let Some((mut olds, mut news, level)) = waiting.pop() {
        trim(old, new, &mut olds, &mut news, &mut blocks);
        if olds.is_empty() || news.is_empty() {
            continue;
        }
        let Some((level, chain)) = (level..GRAMS.len()).find_map(|level| {
            let chain = unique(old, new, &olds, &news, GRAMS[level]);
            (!chain.is_empty()).then_some((level, chain))
        }) else {
            aligned(old, new, &olds, &news, &mut blocks);
            continue;
        };
        let mut from = (olds.start, news.start);
        for block in chain {
            waiting.push((from.0..block.old, from.1..block.new, level));
            from = block.ends();
            blocks.push(block);
        }
        waiting.push((from.0..olds.end, from.1..news.end, level));
    }
    blocks.sort_unstable_by_key(|block| block.old);
    blocks
}

/// Puts what was cut out or put in where paragraphs start, if the texts allow it: of `A B A C` without
/// `A B` no character tells whether it lost `A B` or `B A`.
fn settled(old: &Skeleton, new: &Skeleton, mut blocks: Vec<Block>) -> Vec<Block> {
    for at in 1..blocks.len() {
        let (one, next) = (blocks[at - 1], blocks[at]);
        let (old_end, new_end) = one.ends();
        let (gap, text) = match (next.old - old_end, next.new - new_end) {
            (0, 1..) => (new_end..next.new, new),
            (1.., 0) => (old_end..next.old, old),
            _ => continue,
        };
        let chars = &text.chars;
        let whole = |start: usize| text.breaks_at(start) && text.breaks_at(start + gap.len());
        let back = (1..=one.len).take_while(|step| chars[gap.start - step] == chars[gap.end - step]);
        let on = (1..=next.len).take_while(|step| chars[gap.start + step - 1] == chars[gap.end + step - 1]);
        let shifts = back.map(|step| -(step as isize)).chain(on.map(|step| step as isize));
        if whole(gap.start) {
            continue;
        }
        if let Some(shift) = shifts.into_iter().find(|shift| whole(gap.start.wrapping_add_signed(*shift))) {
            let moved = |place: usize| place.wrapping_add_signed(shift);
            blocks[at - 1].len = moved(one.len);
            blocks[at] =
                Block { old: moved(next.old), new: moved(next.new), len: next.len.wrapping_add_signed(-shift) };
        }
    }
    blocks.retain(|block| block.len > 0);
    blocks
}

/// Takes what agrees at both ends of two windows out of them.
fn trim(old: &[char], new: &[char], olds: &mut Range<usize>, news: &mut Range<usize>, blocks: &mut Vec<Block>) {
    let (a, b) = (&old[olds.clone()], &new[news.clone()]);
    let len = a.iter().zip(b).take_while(|(a, b)| a == b).count();
    if len > 0 {
        blocks.push(Block { old: olds.start, new: news.start, len });
        (olds.start, news.start) = (olds.start + len, news.start + len);
    }
    let (a, b) = (&old[olds.clone()], &new[news.clone()]);
    let len = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    if len > 0 {
        (olds.end, news.end) = (olds.end - len, news.end - len);
        blocks.push(Block { old: olds.end, new: news.end, len });
    }
}

/// The heaviest chain of stretches of `gram` characters or more that occur once in either window.
fn unique(old: &[char], new: &[char], olds: &Range<usize>, news: &Range<usize>, gram: usize) -> Vec<Block> {
    if olds.len().min(news.len()) < gram {
        return Vec::new();
    }
    let (in_old, in_new) = (once(old, olds, gram), once(new, news, gram));
    let mut shared = Vec::new();
    let mut other = in_new.iter().peekable();
    for (hash, at) in in_old {
        while other.next_if(|(key, _)| *key < hash).is_some() {}
        if let Some(&(_, there)) = other.next_if(|(key, _)| *key == hash)
            && old[at..at + gram] == new[there..there + gram]
        {
            shared.push(Block { old: at, new: there, len: gram });
        }
    }
    shared.sort_unstable_by_key(|block| block.old);
    let mut grown: Vec<Block> = Vec::new();
    for block in shared {
        if grown.last().is_some_and(|last| last.old + block.new == last.new + block.old && block.old < last.ends().0) {
            continue;
        }
        grown.push(grow(old, new, olds, news, block));
    }
    heaviest(grown)
}

/// The grams of a window that occur once in it, by their hashes.
fn once(chars: &[char], window: &Range<usize>, gram: usize) -> Vec<(u64, usize)> {
    let mut all: Vec<(u64, usize)> = super::grams::hashes(&chars[window.clone()], gram).zip(window.start..).collect();
    all.sort_unstable();
    let mut once = Vec::with_capacity(all.len());
    let mut at = 0;
    while at < all.len() {
        let same = all[at..].iter().take_while(|(hash, _)| *hash == all[at].0).count();
        if same == 1 {
            once.push(all[at]);
        }
        at += same;
    }
    once
}

/// A block as long as the windows agree.
fn grow(old: &[char], new: &[char], olds: &Range<usize>, news: &Range<usize>, block: Block) -> Block {
    let (old_end, new_end) = block.ends();
    let back = old[olds.start..block.old].iter().rev().zip(new[news.start..block.new].iter().rev());
    let back = back.take_while(|(a, b)| a == b).count();
    let on = old[old_end..olds.end].iter().zip(&new[new_end..news.end]).take_while(|(a, b)| a == b).count();
    Block { old: block.old - back, new: block.new - back, len: back + block.len + on }
}

/// Of blocks in the order of the old text those that are in order in the new one too and cover most.
fn heaviest(blocks: Vec<Block>) -> Vec<Block> {
    let mut news: Vec<usize> = blocks.iter().map(|block| block.new).collect();
    news.sort_unstable();
    // The best chain that ends before each rank, as a tree of prefixes (Fenwick 1994).
    let mut best: Vec<(usize, usize)> = vec![(0, usize::MAX); news.len() + 1];
    let mut before = vec![usize::MAX; blocks.len()];
    for (index, block) in blocks.iter().enumerate() {
        let rank = news.partition_point(|new| *new < block.new);
        let (mut top, mut at) = ((0, usize::MAX), rank);
        while at > 0 {
            top = if best[at].0 > top.0 { best[at] } else { top };
            at &= at - 1;
        }
        before[index] = top.1;
        let (sum, mut at) = (top.0 + block.len, rank + 1);
        while at < best.len() {
            if sum > best[at].0 {
                best[at] = (sum, index);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut at = best.iter().max_by_key(|(sum, _)| *sum).map_or(usize::MAX, |(_, index)| *index);
    let mut chain = Vec::new();
    while let Some(block) = blocks.get(at) {
        chain.push(*block);
        at = before[at];
    }
    chain.reverse();
    without_overlaps(chain)
}

fn without_overlaps(chain: Vec<Block>) -> Vec<Block> {
    let mut clear: Vec<Block> = Vec::with_capacity(chain.len());
    for mut block in chain {
        if let Some((old, new)) = clear.last().map(Block::ends) {
            let overlap = old.saturating_sub(block.old).max(new.saturating_sub(block.new)).min(block.len);
            (block.old, block.new, block.len) = (block.old + overlap, block.new + overlap, block.len - overlap);
        }
        if block.len > 0 {
            clear.push(block);
        }
    }
    clear
}

/// What agrees in two windows that have no stretch of their own in common.
fn aligned(old: &[char], new: &[char], olds: &Range<usize>, news: &Range<usize>, blocks: &mut Vec<Block>) {
    if olds.len().saturating_mul(news.len()) > CELLS {
        return;
    }
    let to = align::between(&old[olds.clone()], &new[news.clone()]);
    let mut row = 0;
    while row < to.len() {
        let same = |step: usize| {
            to.get(row + step).is_some_and(|&at| {
                at != align::NONE
                    && at == to[row].wrapping_add(step as u32)
                    && old[olds.start + row + step] == new[news.start + at as usize]
            })
        };
        let len = (0..).take_while(|step| same(*step)).count();
        if len >= RUN {
            blocks.push(Block { old: olds.start + row, new: news.start + to[row] as usize, len });
        }
        row += len.max(1);
    }
}

/// Blocks that follow one another without a gap, made one.
fn join(blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match joined.last_mut() {
            Some(last) if last.ends() == (block.old, block.new) => last.len += block.len,
            _ => joined.push(block),
        }
    }
    joined
}

/// Drops rows of blocks near one another that together weigh little.
fn without_chance(old: &[char], blocks: Vec<Block>) -> Vec<Block> {
    let weight = |block: &Block| -> usize { old[block.old..block.old + block.len].iter().map(|c| weight(*c)).sum() };
    let rows = blocks.chunk_by(|one, next| one.is_near(next));
    rows.filter(|row| row.iter().map(weight).sum::<usize>() >= LEAST).flatten().copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn diff(old: &str, new: &str) -> Vec<(String, usize, usize)> {
        let (old, new) = (Skeleton::of(old), Skeleton::of(new));
        let words = |block: &Block| old.chars[block.old..block.old + block.len].iter().collect();
        Diff::of(&old, &new).blocks.iter().map(|block| (words(block), block.old, block.new)).collect()
    }

    const ONE: &str = "The order of the region is shared by those who live in it.";
    const TWO: &str = "Nobody else decides what becomes of the sea and its islands.";

    #[test]
    fn what_was_put_in_and_cut_out_parts_blocks() {
        let blocks = diff(&format!("{ONE}\n\n{TWO}"), &format!("{ONE}\n\nSomething new.\n\n{TWO}"));
        assert_eq!(blocks.iter().map(|(_, old, new)| (*old, *new)).collect::<Vec<_>>(), [(0, 0), (46, 59)]);
        assert_eq!(diff(&format!("{ONE}\n\n{TWO}"), TWO).iter().map(|b| (b.1, b.2)).collect::<Vec<_>>(), [(46, 0)]);
        assert!(diff(ONE, "12345 67890").is_empty());
    }

    #[test]
    fn of_like_paragraphs_a_whole_one_is_cut_out() {
        let like =
            ["Remove a package, not its settings.", "Remove a package and all its settings.", "List what there is."];
        let old = like.join("\n\n");
        let blocks = diff(&old, &like[1..].join("\n\n"));
        assert_eq!(blocks.iter().map(|(_, old, new)| (*old, *new)).collect::<Vec<_>>(), [(30, 0)]);
    }

    #[test]
    fn the_room_of_a_passage_is_what_stands_between_its_neighbours() {
        let old = Skeleton::of(&format!("{ONE} {TWO}"));
        let new = Skeleton::of(&format!("{ONE} A stranger. {TWO}"));
        let diff = Diff::of(&old, &new);
        assert_eq!(diff.room(&(0..46), new.len()), 0..46);
        assert_eq!(diff.room(&(46..50), new.len()), 56..60);
        assert_eq!(
            (diff.kept(&(40..60)), diff.taken(&(56..60), &(46..50)), diff.taken(&(56..60), &(0..9))),
            (20, 0, 4)
        );
    }

    proptest::proptest! {
        #[test]
        fn blocks_agree_and_are_in_order(old in "[abc .\n]{0,90}", new in "[abc .\n]{0,90}", twice: bool) {
            let new = if twice { format!("{new}{old}") } else { new };
            let (old, new) = (Skeleton::of(&old), Skeleton::of(&new));
            let mut last = (0, 0);
            for block in Diff::of(&old, &new).blocks {
                proptest::prop_assert!(last.0 <= block.old && last.1 <= block.new && block.len > 0);
                last = block.ends();
                proptest::prop_assert_eq!(&old.chars[block.old..last.0], &new.chars[block.new..last.1]);
            }
        }
    }
}
