//! Heads whose parts an extractor set one below the other, each between blank lines: "412", "THE LAW REVIEW", "[Vol. 44:411"; and
//! heads that change sides or say in part what others say: "L 125/13 EN", "26.4.2014 EN".

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::numbers::page_number;
use super::{cover, folded, is_prose, may_come_again};
use crate::text::Kind;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::GAP;
use crate::text::paragraphs::lines::look::Begins;
use crate::text::paragraphs::lines::marks;

/// Most parts of a head.
const PARTS: usize = 3;
/// Longest part, in cells.
const WIDEST: u32 = 60;

/// The lines of a page that stand alone at its top, from the edge inwards, and at its foot.
struct Edge {
    own: usize,
    lines: Vec<usize>,
}

/// Marks what stands beside the numbers that count `pages`, where one head is further out than its number, as no heading is.
pub fn apart(flow: &Flow, pages: &[Range<usize>], notes: &[usize], found: &mut [Option<Kind>]) {
    let alone =
        |i: &usize| flow.gap(*i) && (*i + 1 == flow.lines.len() || flow.gap(*i + 1)) && flow.lines[*i].cells <= WIDEST;
    let mut edges = Vec::new();
    // The first page has its title at its top.
    for (own, page) in pages.iter().enumerate().skip(1) {
        let top: Vec<usize> = page.clone().take_while(alone).take(PARTS).collect();
        let foot = page.clone().rev().take_while(|i| !top.contains(i)).take_while(alone).take(PARTS).collect();
        edges.extend([top, foot].map(|lines| Edge { own, lines }));
    }
    let number = |i: usize| {
        let number = page_number(flow.lines[i].text).filter(|_| notes.binary_search(&i).is_err())?;
        Some(i64::from(number.value))
    };
    let mut times: HashMap<i64, HashSet<usize>> = HashMap::new();
    for edge in &edges {
        for value in edge.lines.iter().filter_map(|i| number(*i)) {
            times.entry(value - edge.own as i64).or_default().insert(edge.own);
        }
    }
    let Some((apart, on)) = times.iter().max_by_key(|(apart, on)| (on.len(), -**apart)) else { return };
    if on.len() < 2 || (on.len() + 1) * 2 < pages.len() {
        return;
    }
    let numbered: Vec<(&Edge, usize)> = edges
        .iter()
        .filter_map(|edge| {
            let at = edge.lines.iter().position(|i| number(*i) == Some(edge.own as i64 + apart))?;
            Some((edge, at))
        })
        .collect();
    let is_head = |i: usize| may_come_again(flow, i) && (titled(flow, i) || is_fragment(flow.lines[i].text));
    let outside = numbered.iter().any(|(edge, at)| edge.lines[..*at].iter().any(|i| is_head(*i)));
    if !outside {
        return;
    }
    for (edge, at) in numbered {
        found[edge.lines[at]] = Some(Kind::Boilerplate);
        let (outer, inner) = (&edge.lines[..at], &edge.lines[at + 1..]);
        let beside = outer.iter().chain(inner.iter().take_while(|i| is_head(**i)));
        beside.filter(|i| is_head(**i)).for_each(|i| found[*i] = Some(Kind::Boilerplate));
    }
}

fn titled(flow: &Flow, i: usize) -> bool {
    let titled = flow.looks[i].heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
    titled && flow.looks[i].mark.is_none() && flow.lines[i].text.contains(char::is_alphabetic)
}

/// "[Vol. 44:411" and "2009]": one bracket, and the other at the other end of the head or nowhere.
fn is_fragment(text: &str) -> bool {
    let digits = || text.bytes().any(|b| b.is_ascii_digit());
    (text.starts_with('[') && !text.contains(']') || text.ends_with(']') && !text.contains('[')) && digits()
}

/// Marks lines at the edges of `pages` all of whose words stand in what is known to be of other pages at that edge, and of which one
/// has a number that counts the pages as one there does: a chapter's own title has its words alone.
pub fn of_known_words(flow: &Flow, pages: &[Range<usize>], found: &mut [Option<Kind>]) {
    for top in [true, false] {
        let edge = |page: &Range<usize>| -> Vec<usize> {
            if top { page.clone().take(PARTS).collect() } else { page.clone().rev().take(PARTS).collect() }
        };
        let of_page = |page| edge(page).into_iter().take_while(|i| found[*i].is_some()).collect::<Vec<usize>>();
        let heads: Vec<Vec<usize>> = pages.iter().map(of_page).collect();
        let numbered = |i: &usize| {
            let text = flow.lines[*i].text;
            let numbered = text.bytes().any(|b| b.is_ascii_digit()) && text.contains(char::is_alphabetic);
            let section = || flow.looks[*i].heading.as_ref().is_some_and(|heading| heading.numbered);
            numbered
                && may_come_again(flow, *i)
                && !marks::is_chapter(text)
                && !section()
                && flow.looks[*i].mark.is_none()
        };
        let last = |i: &usize| {
            let text = flow.lines[*i].text;
            numbers(text).last().filter(|_| text.ends_with(|c: char| c.is_ascii_digit()))
        };
        // On how many pages a head has each word, and a number so far from the page's own.
        let (mut words, mut counts): (HashMap<String, usize>, HashMap<i64, usize>) = Default::default();
        let said = |own: usize| heads[own].iter().flat_map(|i| bag(flow.lines[*i].text)).collect::<HashSet<String>>();
        let counted =
            |own: usize| heads[own].iter().filter_map(last).map(|number| number - own as i64).collect::<HashSet<i64>>();
        for own in 0..pages.len() {
            said(own).into_iter().for_each(|word| *words.entry(word).or_default() += 1);
            counted(own).into_iter().for_each(|apart| *counts.entry(apart).or_default() += 1);
        }
        for (own, page) in pages.iter().enumerate() {
            let lines: Vec<usize> = edge(page).into_iter().skip(heads[own].len()).take_while(numbered).collect();
            if lines.is_empty() {
                continue;
            }
            let (own_words, own_counts) = (said(own), counted(own));
            let elsewhere = |times: Option<&usize>, here: bool| times.is_some_and(|times| *times > usize::from(here));
            let is_known = |word: String| elsewhere(words.get(&word), own_words.contains(&word));
            let known = lines.iter().take_while(|i| bag(flow.lines[**i].text).all(is_known)).count();
            let mut numbers = lines[..known].iter().flat_map(|i| numbers(flow.lines[*i].text));
            if numbers.any(|number| {
                let apart = number - own as i64;
                elsewhere(counts.get(&apart), own_counts.contains(&apart))
            }) {
                lines[..known].iter().for_each(|i| found[*i] = Some(Kind::Boilerplate));
            }
        }
    }
}

/// The numbers in `text`.
fn numbers(text: &str) -> impl Iterator<Item = i64> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|part| !part.is_empty() && part.len() <= 4)
        .filter_map(|part| part.parse().ok())
}

/// The words of `text`, with "#" for each number.
fn bag(text: &str) -> impl Iterator<Item = String> {
    folded(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>().into_iter()
}

/// Fewest lines in which sentences go on, on a first page that is no cover.
const PROSE: usize = 5;

/// Marks lines at the edges of `pages` that say again what the first page says at its top, or what stands in a head of many parts:
/// the title, the name of the series, the publisher.
pub fn of_the_top(flow: &Flow, pages: &[Range<usize>], found: &mut [Option<Kind>]) {
    let [first, _, ..] = pages else { return };
    let goes_on = |i: &usize| flow.looks[*i].begins == Begins::Lower && !flow.gap(*i);
    if first.clone().filter(goes_on).nth(PROSE - 1).is_none() {
        return;
    }
    let head = first.start..first.end.min(first.start + cover::TOP);
    let parts = (0..found.len()).filter(|i| found[*i].is_some()).flat_map(|i| {
        let text = flow.lines[i].text;
        let parts = text.split(['|', '•', '·']).flat_map(|part| part.split(GAP)).map(str::trim);
        parts.filter(move |part| part.len() < text.len()).map(folded)
    });
    let parts: HashSet<String> = parts.collect();
    let says_again = |i: usize| {
        // "Study 17", where the top says "Study".
        let said = folded(flow.lines[i].text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' '));
        head.clone().any(|j| j != i && folded(flow.lines[j].text) == said) || parts.contains(&said)
    };
    for page in pages {
        for top in [true, false] {
            let mut edge: Box<dyn Iterator<Item = usize>> =
                if top { Box::new(page.clone()) } else { Box::new(page.clone().rev()) };
            let mut beside = false;
            let i = edge.by_ref().take(PARTS).find(|i| {
                beside |= found[*i].is_some();
                found[*i].is_none()
            });
            let Some(i) = i else { continue };
            let words = flow.lines[i].text.split(' ').count();
            let set_off =
                if top { i + 1 < flow.lines.len() && flow.lines[i + 1].blanks > 0 } else { flow.lines[i].blanks > 0 };
            if words > 1
                && (titled(flow, i) || beside && may_come_again(flow, i) && !is_prose(flow.lines[i].text))
                && flow.lines[i].cells <= WIDEST
                && (beside || set_off)
                && says_again(i)
            {
                found[i] = Some(Kind::Boilerplate);
            }
        }
    }
}
