//! Running heads, running feet and page numbers: what stands at the edge of pages and comes again.
//!
//! Where form feeds mark the pages, only lines at their edges are looked at. Where nothing marks them, page numbers
//! that rise through the text do. A line is never furniture for its words alone: it has to come again, or count.

pub mod cover;
pub mod folios;
mod links;
pub mod margin;
pub mod misread;
pub mod numbers;
pub mod rising;
pub mod rows;
mod verbatim;

use std::collections::{HashMap, HashSet};

use super::flow::Flow;
use super::head;
use super::lines::look::{Begins, Ends};
use super::lines::marks;
use super::lines::wording;
use super::lines::{self, GAP, Line};
use super::order::footnotes;
use crate::text::Kind;
use misread::is_misread;
use numbers::{Number, edge_number, head_beside_number, is_dressed, page_number};

/// How many lines from the edge of a page furniture may stand.
const EDGE: usize = 3;
/// Longest line, in cells, that is furniture.
pub(super) const WIDEST: u32 = 120;

/// Takes the furniture out of `flow`.
pub fn take_out(flow: &mut Flow, feeds: bool) {
    let mut found = vec![None; flow.lines.len()];
    for (i, line) in flow.lines.iter().enumerate() {
        let alone = || flow.gap(i) && (i + 1 == flow.lines.len() || flow.gap(i + 1));
        if is_image_mark(line.text)
            || is_barcode(line.text)
            || page_number(line.text).is_some_and(|number| number.named) && alone()
        {
            found[i] = Some(Kind::Boilerplate);
        }
    }
    manual(flow, &mut found);
    links::find(flow, &mut found);
    continuations(flow, &mut found);
    let heads = Heads::of(flow);
    heads.that_come_again(flow, &mut found);
    // What numbers notes numbers no pages.
    let notes = footnotes::lone_numbers(flow, &found);
    if feeds {
        at_edges(flow, &notes, &mut found);
    } else {
        rising::find(flow, &notes, &mut found);
        folios::that_rise(flow, &notes, &mut found);
    }
    folios::that_repeat(flow, &mut found);
    once(flow, feeds, &notes, &mut found);
    named_beside(flow, &mut found);
    below_numbers(flow, &mut found);
    above_sentences(flow, &mut found);
    second_page(flow, &mut found);
    heads.of_series(flow, &mut found);
    if !feeds {
        verbatim::find(flow, &mut found);
    }
    cover::keep_title(flow, &mut found);
    // What numbers sections numbers no pages.
    std::iter::zip(&mut found, &flow.looks).filter(|(_, look)| look.numbers_below).for_each(|(found, _)| *found = None);
    flow.take_out(&found);
}

/// The first and the last line of a page of a manual: "CAL(1)        User Commands        CAL(1)".
fn manual(flow: &Flow, found: &mut [Option<Kind>]) {
    let [first, .., last] = &flow.lines[..] else { return };
    let parts = |line: &Line<'_>| {
        let parts = line.text.split(GAP).map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect::<Vec<String>>()
    };
    let (top, foot) = (parts(first), parts(last));
    let ([name, .., again], true) = (&top[..], top.len() >= 2) else { return };
    if name == again && name.ends_with(')') && name.contains('(') {
        found[0] = Some(Kind::Boilerplate);
        if foot.len() >= 2 && foot.iter().any(|part| part == name) {
            found[flow.lines.len() - 1] = Some(Kind::Boilerplate);
        }
    }
}

/// "(continued on page 64)", and the head of the page that it names: "THE BUOY KEEPERS 64".
fn continuations(flow: &Flow, found: &mut [Option<Kind>]) {
    let named = |i: usize| Some((i, continued_on(flow.lines[i].text)?));
    let continued: Vec<(usize, u32)> = (0..flow.lines.len()).filter_map(named).collect();
    if continued.is_empty() {
        return;
    }
    // The lines that each page may be numbered by.
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    for (at, line) in flow.lines.iter().enumerate() {
        let beside = edge_number(line.text).filter(|_| line.cells <= 60 && may_come_again(flow, at));
        let alone = page_number(line.text).map(|number| number.value);
        for number in beside.into_iter().chain(alone) {
            places.entry(number).or_default().push(at);
        }
    }
    for (i, page) in continued {
        found[i] = Some(Kind::Boilerplate);
        let places = places.get(&page).map_or(&[][..], Vec::as_slice);
        let head = places.get(places.partition_point(|at| *at <= i));
        if let Some(&at) = head.filter(|at| flow.gap(**at) || cuts_a_sentence(flow, **at)) {
            found[at] = Some(Kind::Boilerplate);
        }
    }
}

/// The page that "continued on page 3" names; the one it is on, where it says "continued from".
fn continued_on(text: &str) -> Option<u32> {
    const SAYS: [&str; 7] = [
        "continued on page ",
        "continued on p. ",
        "continued from page ",
        "cont’d on page ",
        "cont'd on page ",
        "please turn to page ",
        "turn to page ",
    ];
    let bare = text.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '.' | '>' | ' ' | '→' | '—'));
    if bare.len() > 28 || !bare.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let lower = bare.to_lowercase();
    SAYS.iter().find_map(|says| lower.strip_prefix(says)).and_then(|page| page.parse().ok())
}

/// Furniture of pages that form feeds mark.
fn at_edges(flow: &Flow, notes: &[usize], found: &mut [Option<Kind>]) {
    let pages = flow.pages();
    let mut times: HashMap<(bool, String), u32> = HashMap::new();
    for page in &pages {
        for (top, i) in edges(page) {
            if may_come_again(flow, i) {
                *times.entry((top, folded_parts(flow.lines[i].text))).or_default() += 1;
            }
        }
    }
    let least = (pages.len() as u32 * 3 / 10).max(2);
    let again = misread_again(flow, &pages, &times);
    let counting: HashSet<usize> = folios::at_edges(flow, &pages).into_iter().collect();
    let digits = counts_in_digits(flow, &pages);
    for page in &pages {
        for top in [true, false] {
            for (_, i) in edges(page).filter(|(t, _)| *t == top) {
                let comes_again = || {
                    let times = times.get(&(top, folded_parts(flow.lines[i].text))).copied().unwrap_or(0);
                    let least = if opens_sentence(flow, i) { least.max(SENTENCES) } else { least };
                    may_come_again(flow, i) && (times >= least || again.contains(&i))
                };
                let numbers = page_number(flow.lines[i].text).is_some() && !(digits && is_numeral(flow.lines[i].text));
                if !numbers && !counting.contains(&i) && !comes_again() {
                    break;
                }
                found[i] = Some(Kind::Boilerplate);
            }
        }
    }
    rows::apart(flow, &pages, notes, found);
    rows::of_known_words(flow, &pages, found);
    rows::of_the_top(flow, &pages, found);
    let within = folios::within(flow, &pages).into_iter().filter(|i| notes.binary_search(i).is_err());
    within.for_each(|i| found[i] = Some(Kind::Boilerplate));
}

/// Whether the first or the last line of a page has its number in digits.
fn counts_in_digits(flow: &Flow, pages: &[std::ops::Range<usize>]) -> bool {
    let is_digits = |i: usize| {
        let line = &flow.lines[i];
        page_number(line.text).is_some() && line.text.bytes().any(|b| b.is_ascii_digit())
            || head_beside_number(line).is_some()
    };
    pages.iter().any(|page| is_digits(page.start) || is_digits(page.end - 1))
}

/// "II": a part, where pages are counted in digits.
fn is_numeral(text: &str) -> bool {
    text.len() <= 6 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// A sentence may stand first on two pages, for a text may say a thing twice; on so many it is a head.
const SENTENCES: u32 = 3;

/// Whether line `i` is prose that goes on right below.
fn opens_sentence(flow: &Flow, i: usize) -> bool {
    let goes_on = || flow.looks.get(i + 1).is_some_and(|below| below.begins == Begins::Lower);
    flow.looks[i].ends == Ends::Open && is_prose(flow.lines[i].text) && goes_on() && !flow.gap(i + 1)
}

/// Most heads that a text has. Each line at an edge is compared with each of them.
const HEADS: usize = 200;
/// Pages whose outermost lines are compared with all others.
const COMPARED: usize = 48;

/// The lines at the edges of `pages` that are heads misread: one that comes again as it is stands at the same edge of others.
/// `times` tells how often each line does.
fn misread_again(
    flow: &Flow,
    pages: &[std::ops::Range<usize>],
    times: &HashMap<(bool, String), u32>,
) -> HashSet<usize> {
    let once = |top: bool, i: usize| times.get(&(top, folded_parts(flow.lines[i].text))).is_some_and(|n| *n == 1);
    let lines = || pages.iter().flat_map(edges).filter(|(_, i)| may_come_again(flow, *i));
    let mut known: Vec<(bool, usize)> = lines().filter(|(top, i)| !once(*top, *i)).collect();
    known.sort_by_key(|(top, i)| (*top, flow.lines[*i].text));
    known.dedup_by_key(|(top, i)| (*top, flow.lines[*i].text));
    if known.len() > HEADS {
        return HashSet::new();
    }
    // Where each was misread in another way, one that was not may stand once.
    let outermost = pages.iter().take(COMPARED).flat_map(|page| [(true, page.start), (false, page.end - 1)]);
    known.extend(outermost.filter(|(top, i)| once(*top, *i) && may_come_again(flow, *i)));
    let mut again = HashSet::new();
    for (top, i) in lines().filter(|(top, i)| once(*top, *i)) {
        let head = known.iter().find(|(at, head)| *at == top && is_misread(flow.lines[i].text, flow.lines[*head].text));
        again.extend(head.map(|(_, head)| [i, *head]).into_iter().flatten());
    }
    again
}

/// What needs no second page: a page's own number, dressed up or beside a running head on one line, or on the next.
fn once(flow: &Flow, feeds: bool, notes: &[usize], found: &mut [Option<Kind>]) {
    let last = flow.lines.len().saturating_sub(1);
    let digits = feeds && counts_in_digits(flow, &flow.pages());
    for (page, lines) in flow.pages().into_iter().enumerate() {
        let is_own = |number: &Number| number.named || feeds && number.value as usize == page + 1;
        for i in lines.clone().filter(|i| feeds && !(digits && is_numeral(flow.lines[*i].text))) {
            let apart = flow.gap(i) && (i == last || flow.gap(i + 1) || !is_dressed(flow.lines[i].text));
            if apart && page_number(flow.lines[i].text).as_ref().is_some_and(is_own) && notes.binary_search(&i).is_err()
            {
                found[i] = Some(Kind::Boilerplate);
            }
        }
        let outermost = [lines.start, lines.end - 1];
        for i in outermost.into_iter().filter(|i| feeds || *i == 0 || *i == last) {
            let beside = head_beside_number(&flow.lines[i]);
            let first = |number: &Number| i == 0 && number.value == 1;
            if found[i].is_none() && beside.is_some_and(|(number, _)| is_own(&number) || first(&number)) {
                found[i] = Some(Kind::Boilerplate);
            }
        }
        // "Policy Paper No. 23", and below it "2"
        let pairs = [(lines.start, lines.start + 1), (lines.end.saturating_sub(2), lines.end - 1)];
        for (name, number) in pairs.into_iter().filter(|_| lines.len() > 1) {
            if (feeds || number == last)
                && head::is_series(flow.lines[name].text)
                && page_number(flow.lines[number].text).is_some()
            {
                found[name] = Some(Kind::Boilerplate);
                found[number] = Some(Kind::Boilerplate);
            }
        }
    }
}

/// What stands beside "Page 3" wherever it stands, in all the text the same words. In a table of contents they differ.
fn named_beside<'a>(flow: &Flow<'a>, found: &mut [Option<Kind>]) {
    let beside = |line: &Line<'a>| head_beside_number(line).filter(|(number, _)| number.named);
    let mut words = flow.lines.iter().filter_map(beside).map(|(_, words)| words);
    let Some(first) = words.next() else { return };
    if words.all(|words| words == first) {
        for (line, found) in flow.lines.iter().zip(found) {
            if beside(line).is_some() {
                *found = Some(Kind::Boilerplate);
            }
        }
    }
}

/// The lines near the top (true) and the bottom of a page, from the edge inwards.
fn edges(page: &std::ops::Range<usize>) -> impl Iterator<Item = (bool, usize)> + use<> {
    let half = page.len().div_ceil(2);
    let (top, bottom) = (EDGE.min(half), EDGE.min(page.len() - half));
    let (start, end) = (page.start, page.end);
    (start..start + top).map(|i| (true, i)).chain((end - bottom..end).rev().map(|i| (false, i)))
}

/// Whether a line could be a running head: short, no list item, no end of a sentence.
pub(super) fn may_come_again(flow: &Flow, i: usize) -> bool {
    let look = &flow.looks[i];
    let asks = flow.lines[i].text.ends_with('?') && look.heading.as_ref().is_some_and(|h| h.words > 1);
    flow.lines[i].cells <= WIDEST
        && (!matches!(look.ends, Ends::Stop | Ends::Comma | Ends::Hyphen) || asks)
        && !look.ornament
        && !(look.begins == Begins::Lower && is_prose(flow.lines[i].text))
}

/// Whether `text` is the middle of a sentence: a paragraph may stand twice in a text, and at the edge of a page both times.
fn is_prose(text: &str) -> bool {
    let is_small = |word: &&str| word.starts_with(char::is_lowercase) && !wording::is_function_word(word);
    wording::words_of(text).filter(is_small).nth(3).is_some() && !text.contains("://")
}

/// Fewest lines between two running heads, and between them on two pages with nothing else to tell them by.
pub(super) const PAGE: usize = 12;
const LONG_PAGE: usize = 24;

/// Lines that could be running heads without a number, and where each stands.
struct Heads<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> Heads<'a> {
    fn of(flow: &Flow<'a>) -> Self {
        let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
        for (i, line) in flow.lines.iter().enumerate() {
            let short = line.cells <= 60 && flow.looks[i].heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
            if short && may_come_again(flow, i) {
                places.entry(line.text).or_default().push(i);
            }
        }
        Self(places)
    }

    /// The same line comes again, and somewhere it cuts a sentence in two, or it is the name of a series, or the first line
    /// of all, or the last.
    fn that_come_again(&self, flow: &Flow, found: &mut [Option<Kind>]) {
        let last = flow.lines.len().saturating_sub(1);
        for (text, lines) in &self.0 {
            let apart = |least: usize| lines.windows(2).all(|pair| pair[1] - pair[0] >= least);
            // The last page may be short.
            let cuts = || lines.iter().any(|&i| cuts_a_sentence(flow, i));
            if lines.len() < 2 || !(apart(PAGE) || apart(PAGE / 2) && cuts()) {
                continue;
            }
            // No text has three headings of the same words with no blank line about any of them.
            let closed = |i: usize| i == 0 || i == last || !flow.gap(i) && !flow.gap(i + 1);
            let thrice = lines.len() >= 3 && text.split(' ').count() >= 3 && lines.iter().all(|i| closed(*i));
            let outermost = lines[0] == 0 || lines[lines.len() - 1] == last;
            if thrice || head::is_series(text) || outermost && apart(LONG_PAGE) || cuts() {
                lines.iter().for_each(|i| found[*i] = Some(Kind::Boilerplate));
            }
        }
    }

    /// Names of series beside a page number, or with one.
    fn of_series(&self, flow: &Flow, found: &mut [Option<Kind>]) {
        let last = flow.lines.len().saturating_sub(1);
        for (text, lines) in &self.0 {
            let name = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '–' | '—' | '|'));
            let numbered = name.len() < text.len() && !name.ends_with('.') && head::is_series(name);
            for &i in lines {
                let beside = i > 0 && found[i - 1].is_some() || i < last && found[i + 1].is_some();
                if numbered || beside && head::is_series(text) && i >= 6 {
                    found[i] = Some(Kind::Boilerplate);
                }
            }
        }
    }
}

/// A line like a heading right below a page's number, where the text goes on below it or far below.
fn below_numbers(flow: &Flow, found: &mut [Option<Kind>]) {
    for i in 1..flow.lines.len().saturating_sub(1) {
        let number = found[i - 1].is_some() && page_number(flow.lines[i - 1].text).is_some();
        let like = || flow.looks[i].heading.as_ref().is_some_and(|h| h.titled || h.all_caps) && may_come_again(flow, i);
        if number && found[i].is_none() && flow.lines[i].blanks == 0 && like() {
            let cut = !flow.gap(i + 1) && cuts_a_sentence(flow, i);
            let far = !flow.turns(i) && flow.lines[i + 1].blanks >= 2 && flow.lines[i].cells <= 60;
            if cut || far || parts_a_sentence(flow, i) {
                found[i] = Some(Kind::Boilerplate);
            }
        }
    }
}

/// A line like a heading at the top of a page that a blank line parts from the rest of a sentence.
fn above_sentences(flow: &Flow, found: &mut [Option<Kind>]) {
    for i in (1..flow.lines.len().saturating_sub(1)).filter(|&i| flow.turns(i)) {
        let titled = flow.looks[i].heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
        if found[i].is_none() && titled && may_come_again(flow, i) && parts_a_sentence(flow, i) {
            found[i] = Some(Kind::Boilerplate);
        }
    }
}

/// Whether a blank line below line `i` parts it from prose that begins in the middle of a sentence.
fn parts_a_sentence(flow: &Flow, i: usize) -> bool {
    let below = &flow.lines[i + 1];
    below.blanks > 0
        && !flow.turns(i + 1)
        && flow.lines[i].cells <= 60
        && flow.looks[i + 1].begins == Begins::Lower
        && flow.looks[i + 1].mark.is_none()
        && (is_prose(below.text) || flow.looks[i + 1].ends == Ends::Stop)
}

/// The head of the second of two pages, which nothing comes again to tell: a list goes on below it, or it is set off from the text
/// as no heading inside of a page is.
fn second_page(flow: &Flow, found: &mut [Option<Kind>]) {
    let pages = flow.pages();
    let [_, second] = &pages[..] else { return };
    let (i, last) = (second.start, flow.lines.len() - 1);
    let numbered =
        flow.lines.iter().zip(&*found).any(|(line, found)| found.is_some() && page_number(line.text).is_some());
    let titled = |i: usize| flow.looks[i].heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
    if !numbered
        || i >= last
        || found[i].is_some()
        || !titled(i)
        || !may_come_again(flow, i)
        || flow.lines[i].cells > 60
    {
        return;
    }
    let mark = |i: usize| flow.looks[i].mark.or_else(|| marks::lone(flow.lines[i].text));
    let goes_on = mark(i + 1).is_some_and(|below| {
        below.number > 1 && (0..i).any(|above| mark(above).is_some_and(|above| below.follows(&above)))
    });
    let is_far = |i: usize| flow.lines[i + 1].blanks >= 2;
    let inside =
        |at: usize| at > cover::TOP && at != i && !flow.turns(at + 1) && found[at].is_none() && found[at + 1].is_none();
    if goes_on || is_far(i) && !(0..last).any(|at| inside(at) && titled(at) && is_far(at)) {
        found[i] = Some(Kind::Boilerplate);
    }
}

/// Whether a sentence goes on behind line `i`, which looks like a heading.
fn cuts_a_sentence(flow: &Flow, i: usize) -> bool {
    let Some(below) = flow.lines.get(i + 1).filter(|_| i > 0) else { return false };
    if flow.looks[i + 1].begins != Begins::Lower {
        return false;
    }
    let above = &flow.looks[i - 1];
    let open = matches!(above.ends, Ends::Open | Ends::Hyphen)
        && above.heading.as_ref().is_none_or(|h| !h.titled)
        && page_number(flow.lines[i - 1].text).is_none();
    // The second line of a heading may begin with a small letter, but then it has few small words.
    let small =
        below.text.split(' ').filter(|word| word.starts_with(char::is_lowercase) && !wording::is_function_word(word));
    open || !flow.looks[i].dangling && small.count() >= 3
}

/// `text` with numbers as "#" and blanks as one.
pub(super) fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = None;
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        let again = last.replace(c) == Some(c);
        match c {
            '#' | ' ' if again => {}
            _ if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            _ => out.extend(c.to_lowercase()),
        }
    }
    out
}

/// The same, and what stands side by side in one order: heads change sides from page to page.
pub(super) fn folded_parts(text: &str) -> String {
    if lines::gap(text).is_none() {
        return folded(text);
    }
    parts(text).into_iter().map(folded).collect::<Vec<_>>().join(GAP)
}

/// What stands side by side in `text`, in an order that is the same on whichever side it stands.
pub(super) fn parts(text: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = text.split(GAP).map(str::trim).filter(|part| !part.is_empty()).collect();
    parts.sort_by_cached_key(|part| folded(part));
    parts
}

/// "*1428113*": what a scanner reads at the foot of a paper.
fn is_barcode(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('*').and_then(|text| text.strip_suffix('*')) else { return false };
    (6..=16).contains(&inner.len()) && inner.bytes().all(|b| b.is_ascii_digit())
}

/// What text browsers leave of an image: "[]", "[x]", "[image]", "[map.png]".
fn is_image_mark(text: &str) -> bool {
    let Some(inner) = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')) else { return false };
    let lower = inner.to_ascii_lowercase();
    matches!(lower.as_str(), "" | "x" | "image" | "img" | "inline" | "logo")
        || [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg"].iter().any(|end| lower.ends_with(end))
            && !inner.contains(' ')
}
