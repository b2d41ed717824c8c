//! What came, went and was renamed between two listings of a library.
//!
//! A file that is listed is the document that was at its path. At a path where none was it is the one
//! with the same bytes that is at its own path no more, else the one that was there before, else a new one.
//!
//! *Invariant.* Each listed file is one document, and each document at most one file; numbers are never
//! given to another document.

use std::collections::HashMap;
use std::path::Path;

use super::{DocId, Entry, order};

/// What is known of a document before the library is listed again.
#[derive(Clone, Debug)]
pub struct Known {
    pub entry: Entry,
    /// Whether its file was gone already.
    pub is_gone: bool,
    /// The hash of its bytes when it was last read, if it was.
    pub raw: Option<[u8; 32]>,
}

/// The difference of two listings.
#[derive(Clone, Debug, Default)]
pub struct Turnover {
    /// New documents; their numbers follow those that are known.
    pub came: Vec<Entry>,
    /// Those whose file is there again.
    pub back: Vec<DocId>,
    /// Those whose file has another name now; it may have been gone for a while.
    pub moved: Vec<(DocId, Entry)>,
    pub gone: Vec<DocId>,
    /// All that are there, in the order of their paths.
    pub order: Vec<DocId>,
}

impl Turnover {
    /// Compares what is known with what is listed now. `may_be`: whether a file that is not listed may be
    /// there all the same. `raw` reads a file and hashes it, which is asked only where that can tell something.
    pub fn between(
        known: &[Known],
        listed: Vec<Entry>,
        may_be: impl Fn(&Path) -> bool,
        raw: impl Fn(&Entry) -> Option<[u8; 32]>,
    ) -> Self {
        let present = known.iter().enumerate().filter(|(_, known)| !known.is_gone);
        let at: HashMap<&Path, usize> = present.map(|(id, known)| (known.entry.file.as_path(), id)).collect();
        let mut is_listed = vec![false; known.len()];
        listed.iter().filter_map(|entry| at.get(entry.file.as_path())).for_each(|id| is_listed[*id] = true);
        let unsure = |id: usize| !known[id].is_gone && may_be(&known[id].entry.file);
        // Those that have no file yet: the ones that had one until now first.
        let mut free: Vec<usize> = (0..known.len()).filter(|id| !is_listed[*id] && !unsure(*id)).collect();
        free.sort_by_key(|id| known[*id].is_gone);
        let mut turnover = Self::default();
        for entry in listed {
            let id = match at.get(entry.file.as_path()) {
                Some(id) => {
                    // Names that are no UTF-8 are numbered, and the numbers move up.
                    if known[*id].entry.path != entry.path {
                        turnover.moved.push((DocId(*id as u32), entry));
                    }
                    *id
                }
                None => turnover.place(known, entry, &mut free, &raw),
            };
            turnover.order.push(DocId(id as u32));
        }
        for id in (0..known.len()).filter(|id| !is_listed[*id] && unsure(*id)) {
            let came = &turnover.came;
            let path = |doc: DocId| {
                let renamed = turnover.moved.iter().find(|(moved, _)| *moved == doc).map(|(_, entry)| entry);
                let entry = known.get(doc.index()).map(|known| &known.entry);
                renamed.or(entry).unwrap_or_else(|| &came[doc.index() - known.len()]).path.as_str()
            };
            order::insert(&mut turnover.order, DocId(id as u32), path);
        }
        turnover.gone = free.into_iter().filter(|id| !known[*id].is_gone).map(|id| DocId(id as u32)).collect();
        turnover.gone.sort_unstable();
        turnover
    }

    /// Which document a file is where none was.
    fn place(
        &mut self,
        known: &[Known],
        entry: Entry,
        free: &mut Vec<usize>,
        raw: impl Fn(&Entry) -> Option<[u8; 32]>,
    ) -> usize {
        let was_here = |id: usize| known[id].entry.file == entry.file;
        let can_tell = free.iter().any(|id| known[*id].raw.is_some());
        let raw = if can_tell { raw(&entry) } else { None };
        let same = |id: usize| raw.is_some() && known[id].raw == raw;
        let found = free
            .iter()
            .position(|id| same(*id) && was_here(*id))
            .or_else(|| free.iter().position(|id| same(*id)))
            .or_else(|| free.iter().position(|id| was_here(*id)));
        let Some(found) = found else {
            self.came.push(entry);
            return known.len() + self.came.len() - 1;
        };
        let id = free.remove(found);
        match was_here(id) && known[id].entry.path == entry.path {
            true => self.back.push(DocId(id as u32)),
            false => self.moved.push((DocId(id as u32), entry)),
        }
        id
    }

    /// Whether the listings are the same.
    pub fn is_nothing(&self) -> bool {
        self.came.is_empty() && self.back.is_empty() && self.moved.is_empty() && self.gone.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use proptest::prelude::*;

    use super::super::State;
    use super::*;

    fn entry(name: &str) -> Entry {
        Entry { path: name.into(), file: name.into(), state: State::Listed }
    }

    fn known(name: &str, is_gone: bool, raw: u8) -> Known {
        Known { entry: entry(name), is_gone, raw: (raw > 0).then_some([raw; 32]) }
    }

    /// The difference in a line: `order | +came ~moved <back -gone`.
    fn told(known: &[Known], listed: &[(&str, u8)]) -> String {
        let raw = |entry: &Entry| listed.iter().find(|(name, _)| *name == entry.path).map(|(_, raw)| [*raw; 32]);
        let entries = listed.iter().map(|(name, _)| entry(name)).collect();
        let turnover = Turnover::between(known, entries, |_| false, raw);
        let ids = |ids: &[DocId]| ids.iter().map(|id| id.0.to_string()).collect::<Vec<_>>().join(",");
        let mut out = ids(&turnover.order);
        out.extend(turnover.came.iter().map(|entry| format!(" +{}", entry.path)));
        out.extend(turnover.moved.iter().map(|(id, entry)| format!(" ~{}={}", id.0, entry.path)));
        out.extend(turnover.back.iter().map(|id| format!(" <{}", id.0)));
        out.extend(turnover.gone.iter().map(|id| format!(" -{}", id.0)));
        out
    }

    #[test]
    fn files_come_go_and_are_renamed() {
        let two = [known("a", false, 1), known("c", false, 2)];
        assert_eq!(told(&two, &[("a", 1), ("c", 2)]), "0,1");
        assert_eq!(told(&two, &[("a", 1), ("b", 3), ("c", 2)]), "0,2,1 +b");
        assert_eq!(told(&two, &[("c", 2)]), "1 -0");
        assert_eq!(told(&two, &[("c", 2), ("d", 1)]), "1,0 ~0=d");
        assert_eq!(told(&two, &[("a", 1), ("b", 1), ("c", 2)]), "0,2,1 +b", "a copy is another document");
        assert_eq!(told(&two, &[("c", 2), ("d", 1), ("e", 1)]), "1,0,2 +e ~0=d", "one of two copies");
        assert_eq!(told(&[known("a", false, 0)], &[("b", 1)]), "1 +b -0", "never read");
    }

    #[test]
    fn what_was_gone_is_the_same_when_it_comes_back() {
        let gone = [known("a", true, 1), known("c", false, 2)];
        assert_eq!(told(&gone, &[("c", 2)]), "1");
        assert_eq!(told(&gone, &[("a", 1), ("c", 2)]), "0,1 <0");
        assert_eq!(told(&gone, &[("a", 9), ("c", 2)]), "0,1 <0", "with another text");
        assert_eq!(told(&gone, &[("b", 1), ("c", 2)]), "0,1 ~0=b", "under another name");
        assert_eq!(told(&gone, &[("a", 2)]), "1 ~1=a", "another document took its name");
    }

    #[test]
    fn what_cannot_be_looked_into_stays() {
        let all = [known("a", false, 1), known("sub/b", false, 2), known("sub/c", true, 3)];
        let turnover = Turnover::between(&all, vec![entry("a")], |file| file.starts_with("sub"), |_| None);
        assert!(turnover.is_nothing());
        assert_eq!(turnover.order, [DocId(0), DocId(1)]);
    }

    proptest! {
        #[test]
        fn each_file_is_one_document(
            known in prop::collection::vec((0..6_u8, any::<bool>(), 0..4_u8), 0..6),
            listed in prop::collection::btree_map(0..6_u8, 1..4_u8, 0..6),
        ) {
            // Two that are there are never at one path.
            let mut taken = HashSet::new();
            let known: Vec<Known> = known
                .into_iter()
                .map(|(name, is_gone, raw)| super::tests::known(&name.to_string(), is_gone || !taken.insert(name), raw))
                .collect();
            let listed: Vec<(String, u8)> = listed.into_iter().map(|(name, raw)| (name.to_string(), raw)).collect();
            let raw = |entry: &Entry| listed.iter().find(|(name, _)| *name == entry.path).map(|(_, raw)| [*raw; 32]);
            let entries: Vec<Entry> = listed.iter().map(|(name, _)| entry(name)).collect();
            let turnover = Turnover::between(&known, entries, |_| false, raw);
            let ids: HashSet<DocId> = turnover.order.iter().copied().collect();
            prop_assert_eq!(ids.len(), listed.len());
            prop_assert_eq!(turnover.order.len(), listed.len());
            let mut paths: Vec<&str> = known.iter().map(|known| known.entry.path.as_str()).collect();
            paths.extend(turnover.came.iter().map(|entry| entry.path.as_str()));
            turnover.moved.iter().for_each(|(id, entry)| paths[id.index()] = &entry.path);
            for (id, (name, _)) in turnover.order.iter().zip(&listed) {
                prop_assert_eq!(paths[id.index()], name);
            }
            for (at, known) in known.iter().enumerate() {
                let id = DocId(at as u32);
                prop_assert_eq!(turnover.gone.contains(&id), !known.is_gone && !ids.contains(&id));
                let came_back = turnover.back.contains(&id) || turnover.moved.iter().any(|(moved, _)| *moved == id);
                prop_assert!(!known.is_gone || ids.contains(&id) == came_back);
            }
        }
    }
}
