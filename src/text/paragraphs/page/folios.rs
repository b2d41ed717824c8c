//! Running heads and feet that change from page to page: "124   THE FORUM", "THE FERRY   125", "Introduction | 3". What they
//! say differs, but the number in them counts the pages. And lines that come again word for word but for their numbers, with no
//! page number near: the address and date of a printed page, the stamp of an archive.

use std::collections::HashMap;
use std::ops::Range;

use super::numbers::{edge_number, page_number};
use super::{PAGE, WIDEST, folded_parts, parts};
use crate::text::Kind;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines;
use crate::text::paragraphs::lines::look::{Begins, Ends};

/// Lines from the edge of a page among which its number stands.
const EDGE: usize = 2;

/// The lines at the edges of `pages` whose numbers count them.
pub fn at_edges(flow: &Flow, pages: &[Range<usize>]) -> Vec<usize> {
    // How far the number is from the page's own: which lines have it, on which pages.
    let mut apart: HashMap<i64, Vec<(usize, usize)>> = HashMap::new();
    for (own, page) in pages.iter().enumerate() {
        let top = page.start..page.end.min(page.start + EDGE);
        let foot = page.end.saturating_sub(EDGE).max(top.end)..page.end;
        for i in top.chain(foot) {
            let text = flow.lines[i].text;
            let number = if is_numbered(flow, i) { edge_number(text) } else { page_number(text).map(|n| n.value) };
            if let Some(number) = number {
                apart.entry(i64::from(number) - own as i64).or_default().push((own, i));
            }
        }
    }
    let count = |lines: &Vec<(usize, usize)>| {
        let mut own: Vec<usize> = lines.iter().map(|(own, _)| *own).collect();
        own.dedup();
        own.len()
    };
    let Some(lines) = apart.values().max_by_key(|lines| (count(lines), std::cmp::Reverse(lines[0]))) else {
        return Vec::new();
    };
    let enough = count(lines) >= 2 && count(lines) * 2 >= pages.len();
    let sure = count(lines) >= 3 || lines.iter().all(|(_, i)| is_parted(flow.lines[*i].text));
    if enough && sure { lines.iter().map(|(_, i)| *i).collect() } else { Vec::new() }
}

/// Bare numbers within `pages` that count those which have none at their edges: at the foot of the first of two columns.
pub fn within(flow: &Flow, pages: &[Range<usize>]) -> Vec<usize> {
    let number = |i: usize| page_number(flow.lines[i].text).map(|number| i64::from(number.value));
    let at_edge = |page: &Range<usize>| {
        let last = page.end.checked_sub(1).filter(|last| *last > page.start);
        number(page.start).or_else(|| number(last?))
    };
    let numbers: Vec<Option<i64>> = pages.iter().map(at_edge).collect();
    let mut times: HashMap<i64, usize> = HashMap::new();
    for (own, number) in numbers.iter().enumerate() {
        number.iter().for_each(|number| *times.entry(number - own as i64).or_default() += 1);
    }
    let Some((apart, times)) = times.into_iter().max_by_key(|(apart, times)| (*times, -apart)) else {
        return Vec::new();
    };
    if times * 2 < pages.len() {
        return Vec::new();
    }
    let unnumbered = pages.iter().enumerate().filter(|(own, _)| numbers[*own].is_none());
    let counts = |own: usize, i: usize| number(i) == Some(own as i64 + apart) && flow.gap(i);
    let mut within = Vec::new();
    for (own, page) in unnumbered {
        let cut = |i: &usize| counts(own, *i) && cuts_sentence(flow, *i);
        let foot = |i: &usize| counts(own, *i) && cuts_with_head(flow, *i);
        within.extend(page.clone().find(cut).filter(|_| times >= RUN));
        within.extend(page.clone().find(foot).into_iter().flat_map(|i| [i, i + 1]));
    }
    within
}

/// Whether line `i` stands where a sentence has not ended.
fn cuts_sentence(flow: &Flow, i: usize) -> bool {
    flow.looks.get(i + 1).is_some_and(|below| below.begins == Begins::Lower)
        || i > 0 && flow.looks[i - 1].ends.is_unfinished()
}

/// Whether number `i` and the head below it, each set apart, part the two halves of a sentence.
fn cuts_with_head(flow: &Flow, i: usize) -> bool {
    let caps = flow.looks.get(i + 1).and_then(|look| look.heading.as_ref()).is_some_and(|h| h.all_caps && h.words > 1);
    caps && i > 0
        && flow.looks[i - 1].ends.is_unfinished()
        && flow.lines[i + 1].blanks > 0
        && flow.lines.get(i + 2).is_some_and(|below| below.blanks > 0 && flow.looks[i + 2].begins == Begins::Lower)
}

/// Whether line `i` has words and a number, and may be a running head.
fn is_numbered(flow: &Flow, i: usize) -> bool {
    let look = &flow.looks[i];
    flow.lines[i].cells <= WIDEST
        && (!matches!(look.ends, Ends::Comma | Ends::Hyphen | Ends::Stop) || is_parted(flow.lines[i].text))
        && look.mark.is_none()
        && !look.caption
}

/// Whether something parts words and number.
pub fn is_parted(text: &str) -> bool {
    lines::gap(text).is_some() || text.contains('|') || !text.is_ascii() && text.contains(['•', '·'])
}

/// Fewest lines of a last page.
const LEAST: usize = 3;
/// Fewest pages that such numbers count where nothing marks the pages.
const RUN: usize = 3;

/// Where nothing marks the pages: lines of words and number, parted, that rise by one, with bare numbers among them.
pub fn that_rise(flow: &Flow, notes: &[usize], found: &mut [Option<Kind>]) {
    let numbers: Vec<(usize, u32, bool)> = (0..flow.lines.len())
        .filter(|&i| is_apart(flow, found, i))
        .filter_map(|i| {
            let text = flow.lines[i].text;
            if is_parted(text) && is_numbered(flow, i) {
                return Some((i, edge_number(text)?, true));
            }
            (notes.binary_search(&i).is_err()).then_some((i, page_number(text)?.value, false))
        })
        .collect();
    // The longest run that ends at each of them, and where it came from.
    let mut runs: Vec<(usize, Option<usize>)> = Vec::with_capacity(numbers.len());
    let mut ends: HashMap<u32, usize> = HashMap::new();
    for (k, (line, number, _)) in numbers.iter().enumerate() {
        let above = number.checked_sub(1).and_then(|n| ends.get(&n)).copied();
        // The number of the first page may stand at its foot, those of the others in their heads.
        let foot = |j: usize| runs[j].0 == 1 && !numbers[j].2;
        let above = above.filter(|&j| line - numbers[j].0 >= PAGE / 2 || foot(j));
        runs.push((above.map_or(1, |j| runs[j].0 + 1), above));
        ends.insert(*number, k);
    }
    let Some(best) = (0..runs.len()).max_by_key(|&k| runs[k].0) else { return };
    if runs[best].0 < RUN {
        // Of two pages, where both heads are words in capitals and cut sentences in two.
        let pair = runs[best].1.map(|above| [numbers[above].0, numbers[best].0]);
        for i in pair.into_iter().flatten().filter(|_| pair.is_some_and(|pair| pair.iter().all(|&i| is_head(flow, i))))
        {
            found[i] = Some(Kind::Boilerplate);
        }
        return;
    }
    let run: Vec<usize> = std::iter::successors(Some(best), |&k| runs[k].1).collect();
    if run.iter().filter(|&&k| numbers[k].2).count() >= 2 {
        run.iter().for_each(|&k| found[numbers[k].0] = Some(Kind::Boilerplate));
    }
}

/// Whether line `i` is words in capitals and a number, parted, where a sentence goes on.
fn is_head(flow: &Flow, i: usize) -> bool {
    let text = flow.lines[i].text;
    is_parted(text)
        && text.chars().filter(|c| c.is_uppercase()).count() >= 6
        && !text.chars().any(char::is_lowercase)
        && i > 0
        && flow.looks[i - 1].ends.is_unfinished()
}

/// Whether line `i` stands apart from the text: a gap or what is of the page is above or below it.
fn is_apart(flow: &Flow, found: &[Option<Kind>], i: usize) -> bool {
    let last = i + 1 == flow.lines.len();
    flow.gap(i) || last || flow.gap(i + 1) || found[i - 1].is_some() || found[i + 1].is_some()
}

/// Lines that come again far apart, but for their numbers, and stand apart from the text wherever they do.
pub fn that_repeat(flow: &Flow, found: &mut [Option<Kind>]) {
    let mut times: HashMap<String, Vec<usize>> = HashMap::new();
    for (i, line) in flow.lines.iter().enumerate() {
        let numbered = || line.text.bytes().any(|b| b.is_ascii_digit()) || is_site(line.text);
        if found[i].is_none() && line.cells <= WIDEST + 40 && is_apart(flow, found, i) && numbered() {
            let look = &flow.looks[i];
            let prose = matches!(look.ends, Ends::Comma | Ends::Hyphen | Ends::Colon)
                || look.ends == Ends::Stop && !is_site(line.text);
            if !prose && look.mark.is_none() && !look.caption {
                times.entry(folded_parts(line.text)).or_default().push(i);
            }
        }
    }
    for lines in times.into_values() {
        let text = flow.lines[lines[0]].text;
        // The last page may be short.
        let far = lines.windows(2).rev().skip(1).all(|pair| pair[1] - pair[0] >= PAGE)
            && lines
                .windows(2)
                .last()
                .is_some_and(|pair| pair[1] - pair[0] >= if lines.len() > 2 { LEAST } else { PAGE });
        let same = lines.iter().all(|i| flow.lines[*i].text == text);
        let words = text.split_whitespace().count();
        // "Chapter 3" heads text, "HRB-004101" does not.
        let stamp = words == 1 && text.bytes().filter(u8::is_ascii_digit).count() >= 4;
        let counts = same || count_by_one(flow, &lines);
        let enough = match lines.len() {
            0 | 1 => false,
            2 => is_site(text) && words <= 12 && counts,
            _ => stamp || counts && (same || is_site(text) || is_parted(text) || words >= 5),
        };
        if far && enough {
            lines.iter().for_each(|i| found[*i] = Some(Kind::Boilerplate));
        }
    }
}

/// Whether one of the numbers in `lines` rises by one from each to the next.
fn count_by_one(flow: &Flow, lines: &[usize]) -> bool {
    let numbers = |i: usize| -> Vec<u32> {
        let text = parts(flow.lines[i].text).join(" ");
        let parts = text.split(|c: char| !c.is_ascii_digit());
        parts.filter(|part| !part.is_empty()).map(|part| part.parse().unwrap_or(0)).collect()
    };
    let all: Vec<Vec<u32>> = lines.iter().map(|i| numbers(*i)).collect();
    (0..all[0].len()).any(|n| {
        all.windows(2).all(|pair| pair[0].get(n).and_then(|above| above.checked_add(1)) == pair[1].get(n).copied())
    })
}

/// Whether an address or a mark of copyright stands in `text`.
fn is_site(text: &str) -> bool {
    let has = |byte: u8| memchr::memchr(byte, text.as_bytes()).is_some();
    has(b'/') && text.contains("://") || has(b'w') && text.contains("www.") || !text.is_ascii() && text.contains('©')
}
