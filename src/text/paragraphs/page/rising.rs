//! Running heads and page numbers where nothing marks the pages: numbers that rise by one through the text, and what comes again
//! beside them, or counts as they do.

use std::collections::HashMap;

use super::misread::is_misread;
use super::numbers::{Number, edge_number, is_dressed, longest_run, page_number};
use super::{PAGE, folded, may_come_again};
use crate::text::Kind;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::Ends;
use crate::text::paragraphs::lines::marks;

/// Furniture of pages that nothing marks: page numbers that rise by one, and what comes again beside them.
/// `notes` are lines of numbers that number notes.
pub fn find(flow: &Flow, notes: &[usize], found: &mut [Option<Kind>]) {
    let numbers: Vec<(usize, Number)> = flow
        .lines
        .iter()
        .enumerate()
        .filter_map(|(i, line)| Some((i, page_number(line.text)?)))
        .filter(|(i, number)| number.named || notes.binary_search(i).is_err())
        .collect();
    // Where some are dressed up, those that are not are none.
    let dressed: Vec<(usize, Number)> =
        numbers.iter().filter(|(i, _)| is_dressed(flow.lines[*i].text)).copied().collect();
    let mut numbered = longest_run(&dressed);
    if numbered.len() < 2 {
        numbered = longest_run(&numbers);
    }
    // Alone they count where they are named, dressed up in the middle of a line, or the last thing of all.
    let certain = |i: usize| {
        let line = &flow.lines[i];
        line.indent >= 20 && (!line.text.starts_with(|c: char| c.is_alphanumeric()) || is_small_roman(line.text))
            || i + 1 == flow.lines.len() && i > 0 && (flow.gap(i) || flow.looks[i - 1].ends == Ends::Stop)
    };
    // The only number of all, between two paragraphs: a first one would be a part's, and so may one with others.
    if let [(i, number)] = numbers[..]
        && number.value > 1
        && i > 0
        && i + 1 < flow.lines.len()
        && flow.gap(i)
        && flow.gap(i + 1)
        && flow.looks[i - 1].ends == Ends::Stop
        && flow.lines[i].text.bytes().all(|b| b.is_ascii_digit())
    {
        numbered.push(i);
    }
    numbered.extend(numbers.iter().filter(|(i, number)| number.named || certain(*i)).map(|(i, _)| *i));
    // Those of another count, as of a preface, stand where those that rise do.
    let beside_them = |i: usize| {
        let indent = flow.lines[i].indent;
        indent >= 20 && flow.gap(i) && numbered.iter().any(|j| flow.lines[*j].indent.abs_diff(indent) <= 2)
    };
    let others: Vec<usize> =
        numbers.iter().map(|(i, _)| *i).filter(|i| !numbered.contains(i) && beside_them(*i)).collect();
    numbered.extend(others);
    for &i in &numbered {
        found[i] = Some(Kind::Boilerplate);
    }
    beside(flow, found, &numbered);
    spread(flow, found);
}

/// "ii": parts are numbered in capitals.
fn is_small_roman(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_lowercase()) && marks::roman(text).is_some()
}

/// Lines next to a page number that come again.
fn beside(flow: &Flow, found: &mut [Option<Kind>], numbered: &[usize]) {
    let mut times: HashMap<String, Vec<usize>> = HashMap::new();
    for &number in numbered {
        let near = number.saturating_sub(2)..(number + 3).min(flow.lines.len());
        for i in near {
            if found[i].is_none() && may_come_again(flow, i) && page_number(flow.lines[i].text).is_none() {
                times.entry(folded(flow.lines[i].text)).or_default().push(i);
            }
        }
    }
    // The head of the first page stands near no number, nor may the foot of the last.
    let last = flow.lines.len().saturating_sub(2);
    for (i, line) in flow.lines.iter().enumerate().filter(|(i, _)| *i < 3 || *i >= last) {
        if found[i].is_none()
            && let Some(lines) = times.get_mut(&folded(line.text))
        {
            lines.push(i);
        }
    }
    let mut alone = Vec::new();
    let mut heads = Vec::new();
    for mut lines in times.into_values() {
        lines.sort_unstable();
        lines.dedup();
        if lines.len() >= 2 {
            heads.push(flow.lines[lines[0]].text);
            for i in lines {
                found[i] = Some(Kind::Boilerplate);
            }
        } else {
            alone.extend(lines);
        }
    }
    for i in alone {
        if heads.iter().any(|head| is_misread(flow.lines[i].text, head)) {
            found[i] = Some(Kind::Boilerplate);
        }
    }
}

/// Lines that come again far apart and carry a number of their own: "44 Harbour & Strait", "The Sea Lanes 45".
fn spread(flow: &Flow, found: &mut [Option<Kind>]) {
    let mut times: HashMap<String, Vec<(usize, u32)>> = HashMap::new();
    for (i, line) in flow.lines.iter().enumerate() {
        if found[i].is_none()
            && line.cells <= 80
            && let Some(number) = edge_number(line.text)
            && may_come_again(flow, i)
        {
            times.entry(folded(line.text)).or_default().push((i, number));
        }
    }
    for lines in times.values() {
        let rises = lines
            .windows(2)
            .all(|pair| pair[1].1 > pair[0].1 && pair[1].1 - pair[0].1 <= 4 && pair[1].0 - pair[0].0 >= 12);
        if lines.len() >= 2 && rises {
            for (i, _) in lines {
                found[*i] = Some(Kind::Boilerplate);
            }
            between(flow, lines, found);
        }
    }
}

/// Heads of the pages between those of `lines`, which count every other page: "The Survey 29" between "28 THE FERRY" and
/// "30 THE FERRY".
fn between(flow: &Flow, lines: &[(usize, u32)], found: &mut [Option<Kind>]) {
    let counts = |i: usize, number: u32| {
        let line = &flow.lines[i];
        // "Windfalls 31" too: "Chapter 31" hardly stands between the heads of pages 30 and 32.
        let mut ends = line.text.split(' ').next().into_iter().chain(line.text.rsplit(' ').next());
        ends.any(|word| word.parse() == Ok(number))
            && line.cells <= 80
            && may_come_again(flow, i)
            && !flow.looks[i].caption
    };
    let far = |a: usize, b: usize| a.abs_diff(b) >= PAGE;
    let mut mark = |mut places: std::ops::Range<usize>, number: u32, at: usize| {
        if let Some(i) = places.find(|&i| counts(i, number) && far(i, at)) {
            found[i] = Some(Kind::Boilerplate);
        }
    };
    for pair in lines.windows(2).filter(|pair| pair[1].1 == pair[0].1 + 2) {
        let page = (pair[1].0 - pair[0].0) / 2;
        // Pages are about as long as each other.
        mark(pair[0].0 + page / 2..pair[1].0 - page / 2, pair[0].1 + 1, pair[0].0);
    }
    let [first, .., end] = lines else { return };
    let page = (end.0 - first.0) / (end.1 - first.1) as usize;
    let last = flow.lines.len();
    mark((end.0 + page / 2).min(last)..(end.0 + page * 3 / 2).min(last), end.1 + 1, end.0);
    if let Some(number) = first.1.checked_sub(1) {
        mark(first.0.saturating_sub(page * 3 / 2)..first.0.saturating_sub(page / 2), number, first.0);
    }
}
