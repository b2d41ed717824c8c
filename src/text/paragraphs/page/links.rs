//! Links that a text browser writes out: those of a page's own head, and rows or lists that lead to the page before and the next.
//!
//! No word tells them, for they are in every language: what leads on stands above the text and below it.

use std::ops::Range;

use crate::text::Kind;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::lines::look::Ends;
use crate::text::paragraphs::lines::{self, GAP};

/// Lines from the top among which links stand, and from the end.
const TOP: usize = 14;
const FOOT: usize = 12;
/// Longest link, in cells.
const LINK: u32 = 72;
/// Longest in a row of them, in bytes.
const IN_ROW: usize = 30;
/// Most links of a row or a list.
const LINKS: usize = 5;

/// Marks links above and below the text.
pub(super) fn find(flow: &Flow, found: &mut [Option<Kind>]) {
    if flow.lines.len() < TOP {
        return;
    }
    let mut mark = |lines: Range<usize>| found[lines].iter_mut().for_each(|found| *found = Some(Kind::Boilerplate));
    let own = own_links(flow);
    mark(0..own);
    if let Some((top, foot)) = rows(flow) {
        mark(top..top + 1);
        mark(foot..flow.lines.len());
    } else if let Some((top, foot)) = lists(flow, own) {
        mark(own..top.end);
        mark(foot);
    }
}

/// How many lines at the top are the links that a page has for programs: "#Harbour Handbook Chapter 2. Fares". Such a browser
/// sets in what it shows.
fn own_links(flow: &Flow) -> usize {
    let first = &flow.lines[0];
    let marked = first.text.strip_prefix('#').is_some_and(|link| link.starts_with(char::is_alphabetic));
    if !marked || first.indent == 0 || first.text.split(' ').count() < 3 {
        return 0;
    }
    let end = (1..TOP).find(|i| flow.gap(*i)).unwrap_or(0);
    if flow.looks[..end].iter().any(|look| look.ends == Ends::Stop) { 0 } else { end }
}

/// The row of links above the text and the same below it, where nothing stands behind it but names of what it leads to.
fn rows(flow: &Flow) -> Option<(usize, usize)> {
    let from = flow.lines.len().saturating_sub(FOOT);
    let row = |i: usize| {
        let text = Some(&flow.lines[i]).filter(|line| line.holed).map(|line| line.text)?;
        lines::gap(text)?;
        let links: Vec<&str> = text.split(GAP).map(str::trim).filter(|link| !link.is_empty()).collect();
        let short = |link: &&str| link.len() <= IN_ROW && !link.bytes().any(|b| b.is_ascii_digit());
        ((2..=LINKS).contains(&links.len()) && links.iter().all(short)).then_some(links)
    };
    (0..TOP).find_map(|top| {
        let links = row(top)?;
        let foot = (from.max(top + 1)..flow.lines.len()).find(|foot| row(*foot).is_some_and(|below| below == links))?;
        let names = |i: usize| flow.looks[i].ends == Ends::Open && !flow.gap(i);
        (flow.gap(foot) && (foot + 1..flow.lines.len()).all(names)).then_some((top, foot))
    })
}

/// The list of links above the text and the one that ends it, whose first and last links begin with those above: "* Back" and
/// "* Back2. Fares". What stands above the first list is of the page too.
fn lists(flow: &Flow, from: usize) -> Option<(Range<usize>, Range<usize>)> {
    let link = |i: usize| {
        let line = &flow.lines[i];
        let at = flow.looks[i].mark.as_ref().filter(|_| line.cells <= LINK)?.length;
        line.text.get(at..).map(str::trim).filter(|link| !link.is_empty())
    };
    let end = flow.lines.len();
    let foot = (end.saturating_sub(LINKS).max(TOP)..end).find(|i| (*i..end).all(|i| link(i).is_some()))?;
    let top = (from..TOP).find(|i| link(*i).is_some())?;
    let after = (top..TOP).find(|i| link(*i).is_none())?;
    let begins = |below: usize, above: usize| link(below).zip(link(above)).is_some_and(|(a, b)| a.starts_with(b));
    let above = |i: usize| flow.lines[i].cells <= LINK && flow.looks[i].ends == Ends::Open;
    let leads = (2..=LINKS).contains(&(after - top))
        && end - foot >= 2
        && begins(foot, top)
        && begins(end - 1, after - 1)
        && link(top) != link(after - 1)
        && (from..top).all(above);
    leads.then_some((top..after, foot..end))
}
