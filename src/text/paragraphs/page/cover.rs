//! What the first page keeps, though it comes again as a running head on the others: the title, and all of a cover.

use super::numbers::{edge_number, page_number};
use super::{folded, folios};
use crate::text::Kind;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::head;
use crate::text::paragraphs::lines::look::{Begins, Ends};

/// Lines from the top among which the title stands.
pub const TOP: usize = 12;

/// Keeps the title of the first page, and the author's name, though they come again as running heads: a line of the head stands
/// right below, they stand below the first line, where running heads do not, or the first line stands there twice, of which one
/// is the title, and nothing else may be.
pub fn keep_title(flow: &Flow, found: &mut [Option<Kind>]) {
    let top = flow.lines.len().min(TOP);
    let prose = (0..top).find(|&i| flow.looks[i].ends == Ends::Stop && flow.lines[i].cells > 60).unwrap_or(top);
    if let Some(first) = only_titles(flow, found, prose) {
        found[first].iter_mut().for_each(|found| *found = None);
    }
    for i in (0..prose).rev() {
        let text = flow.lines[i].text;
        let titled = flow.looks[i].heading.as_ref().is_some_and(|h| h.words > 1)
            && !folios::is_parted(text)
            && !text.starts_with(|c: char| c.is_ascii_digit());
        // "Studies in Law 1", which is "Studies in Law 2" on the next page.
        let counts = || {
            let others = flow.lines.iter().zip(&*found).filter(|(line, found)| found.is_some() && line.text != text);
            edge_number(text).is_some() && others.into_iter().any(|(line, _)| folded(line.text) == folded(text))
        };
        if found[i].is_none() || !titled || page_number(text).is_some() || head::is_series(text) || counts() {
            continue;
        }
        let below = (i + 1..flow.lines.len()).find(|&below| found[below].is_none());
        let names = |text: &str| head::is_byline(text) || head::is_bare_by(text);
        let named = below.is_some_and(|below| below < prose && names(flow.lines[below].text));
        let inside = i > 0 && (0..i).any(|above| found[above].is_none());
        let twice = || {
            i == 0
                && (1..prose).any(|other| flow.lines[other].text == text)
                && !(1..prose).any(|other| found[other].is_none() && may_be_title(flow, other))
        };
        if named || twice() || inside && flow.gap(i) && head::is_byline(text) {
            found[i] = None;
        }
    }
}

/// The first lines of all, where they come again on other pages and yet are the title: nothing else above the first prose may be,
/// and they stand on a page of their own, or names or a date stand below.
fn only_titles(flow: &Flow, found: &[Option<Kind>], prose: usize) -> Option<std::ops::Range<usize>> {
    let pages = flow.pages();
    let page = pages.first().map_or(0, |page| page.end);
    let end = (0..prose.min(page)).find(|&i| found[i].is_none()).unwrap_or(prose.min(page));
    let words = |i: usize| {
        let text = flow.lines[i].text;
        let numbered = edge_number(text).is_some() || page_number(text).is_some() || folios::is_parted(text);
        text.contains(char::is_alphabetic) && !numbered && !head::is_series(text)
    };
    if end == 0 || !(0..end).all(words) {
        return None;
    }
    let alone = pages.len() > 1 && page <= prose && page <= COVER;
    let of_head = |text: &str| head::is_byline(text) || head::is_bare_by(text);
    let mut below = (end..if alone { page } else { prose }).filter(|&i| found[i].is_none());
    let told = alone || below.clone().any(|i| of_head(flow.lines[i].text));
    let named = |i: usize| may_be_title(flow, i) && !head::is_publisher(flow.lines[i].text);
    (told && !below.any(named)).then_some(0..end)
}

/// The first line below a cover of one line, which no sentence goes on from.
pub fn below_cover(flow: &Flow) -> Option<usize> {
    let below = (flow.lines.len() > 1 && flow.turns(1)).then_some(1)?;
    (flow.looks[0].ends == Ends::Open && flow.looks[below].begins != Begins::Lower).then_some(below)
}

/// Most lines of a page that has nothing but the title.
const COVER: usize = 8;

/// Whether line `i` of the top may be a title rather than a line of the head or the heading of a part.
fn may_be_title(flow: &Flow, i: usize) -> bool {
    let text = flow.lines[i].text;
    flow.looks[i].heading.as_ref().is_some_and(|heading| heading.words > 1 && !heading.numbered)
        && !flow.looks[i - 1].numbers_below
        && !head::is_byline(text)
}
