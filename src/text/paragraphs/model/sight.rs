//! Looks at each line among the others, and says which [cues](super::cues) hold there.

use super::cues::{Cue, CueSet};
use super::markdown;
use super::shape::Shape;
use super::shreds;
use super::tables;
use super::verse;
use crate::text::paragraphs::contents;
use crate::text::paragraphs::flow::Flow;
use crate::text::paragraphs::head;
use crate::text::paragraphs::kinds::site;
use crate::text::paragraphs::lines::Line;
use crate::text::paragraphs::lines::look::{Begins, Ends};
use crate::text::paragraphs::lines::marks::{Mark, Style};

/// Lines at the top among which a head is looked for.
const TOP: usize = 14;

/// How far up the last list mark may stand.
const LIST_REACH: usize = 60;

/// The cues at every line of `flow`.
pub fn gather(flow: &Flow, shape: &Shape) -> Vec<CueSet> {
    let mut last_mark: Option<(usize, Mark)> = None;
    let goes_on = lists_that_go_on(flow);
    // The line that the present list item began with, while no gap follows.
    let mut item: Option<usize> = None;
    let mut byline_above = false;
    // Whether a byline begins on this line and ends on the next.
    let mut cut = false;
    let shredded = shreds::are_in(flow, shape);
    let parts = markdown::parts(flow);
    let is_part = |i: usize, part: markdown::Part| parts.get(i) == Some(&part);
    let is_log = flow.lines.iter().filter(|line| is_stamped(line.text)).nth(STAMPED - 1).is_some();
    let (rows, verse) = (tables::rows(flow), verse::lines(flow));
    let contents = contents::rows(flow);
    let of_contents = |i: usize| contents.get(i).copied().unwrap_or_default();
    let is_lined = |i: usize| is_part(i, markdown::Part::Line) || rows.get(i) == Some(&true);
    (0..flow.lines.len())
        .map(|i| {
            let mut set = CueSet::default();
            set.add(Cue::Always, true);
            let first = i == 0 || flow.looks[i - 1].ornament;
            set.add(Cue::First, first);
            set.add(Cue::Ornament, flow.looks[i].ornament);
            gap(&mut set, flow, shape, i);
            if !first {
                junction(&mut set, flow, shape, i);
            }
            indents(&mut set, flow, shape, i);
            list(&mut set, flow, i, last_mark.filter(|(at, _)| i - at <= LIST_REACH));
            heading(&mut set, flow, shape, i);
            if !first {
                apart(&mut set, flow, shape, i);
            }
            rest(&mut set, flow, shape, i);
            // What is said in a subtitle stands below its times.
            let times_above = i > 0 && flow.lines[i - 1].text.contains(" --> ");
            set.add(Cue::Stamped, is_log && (times_above || is_stamped(flow.lines[i].text)));
            set.add(Cue::Hashed, is_part(i, markdown::Part::Heading));
            set.add(Cue::HashedAbove, i > 0 && is_part(i - 1, markdown::Part::Heading));
            set.add(Cue::Lined, is_lined(i) || of_contents(i) == contents::Row::Whole);
            set.add(Cue::LinedAbove, i > 0 && (is_lined(i - 1) || of_contents(i - 1) != contents::Row::Other));
            let line = verse.get(i).copied().unwrap_or_default();
            set.add(Cue::Verse, line == verse::Line::More);
            set.add(Cue::VerseInset, line != verse::Line::Prose && !set.has(Cue::AtMargin));
            set.add(Cue::Shred, shredded && shreds::is_one(flow, shape, i));
            item = match flow.looks[i].mark {
                Some(_) => Some(i),
                None => item.filter(|_| !flow.gap(i)),
            };
            set.add(Cue::InItem, item.is_some_and(|item| item < i));
            set.add(Cue::ListGoesOn, goes_on[i]);
            if i < TOP {
                set.add(Cue::Top, true);
                let text = flow.lines[i].text;
                let cut_above = std::mem::replace(
                    &mut cut,
                    i + 1 < flow.lines.len() && head::is_cut_byline(text, flow.lines[i + 1].text),
                );
                let byline = head::is_byline(text)
                    || cut
                    || cut_above
                    || text.starts_with(char::is_uppercase) && site::is_part_of_site(text)
                    || site::is_page_line(text);
                set.add(Cue::Byline, byline);
                set.add(Cue::BylineAbove, byline_above);
                // What says so outright is a byline.
                let may_say = byline_above && !cut_above && flow.looks[i].begins == Begins::Upper;
                set.add(Cue::SaidAbove, may_say && says_outright(flow, i - 1));
                set.add(Cue::TopTitled, set.has(Cue::TitledAbove));
                byline_above = byline;
            }
            if let Some(mark) = flow.looks[i].mark {
                last_mark = Some((i, mark));
            }
            set
        })
        .collect()
}

/// Lines of a log, each with its time: so many make one.
const STAMPED: usize = 3;

/// "[2020-04-03 10:02] …", "10:02:31 …": whether a line begins with a time, in brackets or with seconds.
fn is_stamped(text: &str) -> bool {
    // Most lines begin with a letter.
    if !matches!(text.as_bytes()[0], b'[' | b'(' | b'0'..=b'9') {
        return false;
    }
    let bare = text.trim_start_matches(['[', '(']);
    let stamp =
        bare.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'-' | b'/' | b'.' | b' ' | b',')).count();
    let stamp = &bare[..stamp];
    let timed = stamp.matches(':').count();
    let dressed = bare.len() < text.len() || timed >= 2;
    dressed && timed >= 1 && stamp.len() >= 5 && bare.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a line at which these cues are belongs close below the one above, though it is a paragraph of its own.
pub fn is_close(cues: CueSet, line: &Line) -> bool {
    cues.has(Cue::Verse) || cues.has(Cue::Lined) && cues.has(Cue::LinedAbove) && line.blanks == 0
}

/// Whether line `i` of the top is nothing but a byline or a date that says so, or a line of the page. One that was wrapped
/// reads as a byline with the line below too.
fn says_outright(flow: &Flow, i: usize) -> bool {
    let text = flow.lines[i].text;
    let wrapped = || head::is_explicit_byline(&format!("{text} {}", flow.lines[i + 1].text));
    head::is_explicit_byline(text) && !wrapped()
        || text.starts_with(char::is_uppercase) && (site::is_part_of_site(text) || site::is_page_line(text))
}

/// Whether the next mark below each marked line follows it.
fn lists_that_go_on(flow: &Flow) -> Vec<bool> {
    let mut goes_on = vec![false; flow.lines.len()];
    let mut below: Option<(usize, Mark)> = None;
    for i in (0..flow.lines.len()).rev() {
        if let Some(mark) = flow.looks[i].mark {
            goes_on[i] = below.is_some_and(|(at, next)| at - i <= LIST_REACH && next.follows(&mark));
            below = Some((i, mark));
        }
    }
    goes_on
}

/// What stands between line `i` and the one above.
fn gap(set: &mut CueSet, flow: &Flow, shape: &Shape, i: usize) {
    let blanks = if i == 0 { 0 } else { flow.lines[i].blanks };
    let together = i > 0 && !flow.gap(i);
    set.add(Cue::Blank, blanks == 1);
    set.add(Cue::Blanks, blanks > 1);
    set.add(Cue::Page, flow.turns(i));
    set.add(Cue::Together, together);
    set.add(Cue::TogetherParted, together && shape.parted);
    set.add(Cue::BlankUnparted, blanks > 0 && !shape.parted);
}

/// How line `i` goes on from the one above.
fn junction(set: &mut CueSet, flow: &Flow, shape: &Shape, i: usize) {
    let (above, look) = (&flow.looks[i - 1], &flow.looks[i]);
    let gap = flow.gap(i);
    let stop = above.ends == Ends::Stop;
    let open = above.ends.is_unfinished();
    let lower = look.begins == Begins::Lower;
    let upper = matches!(look.begins, Begins::Upper | Begins::Caseless);
    set.add(Cue::StopUpper, stop && upper);
    set.add(Cue::StopLower, stop && lower);
    set.add(Cue::StopOther, stop && !upper && !lower);
    set.add(Cue::OpenLower, open && lower);
    set.add(Cue::OpenUpper, open && upper);
    set.add(Cue::OpenOther, open && !upper && !lower);
    set.add(Cue::CommaAbove, above.ends == Ends::Comma);
    set.add(Cue::ColonAbove, above.ends == Ends::Colon);
    set.add(Cue::HyphenAbove, above.ends == Ends::Hyphen);
    set.add(Cue::DashAbove, above.dash);
    set.add(Cue::DanglingAbove, above.dangling && above.ends == Ends::Open);
    let room = shape.measure.room(&flow.lines[i - 1], look.first);
    let share = shape.measure.share(&flow.lines[i - 1]);
    let known = shape.measure.width > 0 && !shape.long;
    set.add(Cue::Overlong, known && share > 1200);
    set.add(Cue::GapLower, gap && open && lower);
    set.add(Cue::GapHyphen, gap && above.ends == Ends::Hyphen);
    set.add(Cue::GapOpenFull, gap && open && known && room < 60);
    set.add(Cue::GapOpenRoom, gap && open && known && room >= 60);
    let turns = flow.turns(i);
    set.add(Cue::PageStopFull, turns && stop && known && room < 40);
    set.add(Cue::PageStopRoom, turns && stop && known && room >= 40);
    set.add(Cue::PageStopParted, turns && stop && known && room < 40 && shape.parted && flow.lines[i].blanks < 2);
    set.add(Cue::Noted, above.noted);
    let both = share + shape.measure.share(&flow.lines[i]);
    set.add(Cue::NotedHalf, above.noted && !gap && known && (850..1010).contains(&both));
    if turns && stop && known {
        set.add(Cue::PageStopOver, room < 0);
        set.add(Cue::PageStopVast, room >= 150);
        let near = room - shape.measure.spare(&flow.lines[nearby(flow, i)]);
        set.add(Cue::PageStopNear, near >= 25);
    }
    if gap || !known || share > 1200 {
        return;
    }
    let [vast, ample, fits, tight] =
        [room >= 330, (100..330).contains(&room), (30..100).contains(&room), (0..30).contains(&room)];
    let full = room < 0;
    set.add(Cue::StopVast, stop && vast);
    set.add(Cue::StopAmple, stop && ample);
    set.add(Cue::StopRoom, stop && fits);
    set.add(Cue::StopTight, stop && tight);
    set.add(Cue::StopFull, stop && full);
    set.add(Cue::OpenVast, !stop && vast);
    set.add(Cue::OpenAmple, !stop && ample);
    set.add(Cue::OpenRoom, !stop && fits);
    set.add(Cue::OpenTight, !stop && tight);
    set.add(Cue::OpenFull, !stop && full);
    set.add(Cue::RoomParted, stop && room >= 30 && shape.parted);
    let near = room - shape.measure.spare(&flow.lines[nearby(flow, i)]);
    set.add(Cue::StopNear, stop && near >= 25);
    set.add(Cue::StopNearFull, stop && near < 0);
    set.add(Cue::OpenNear, !stop && near >= 25);
    if !stop && room >= 40 && i + 1 < flow.lines.len() && !flow.gap(i + 1) {
        let below = shape.measure.room(&flow.lines[i], flow.looks[i + 1].first);
        set.add(Cue::Narrow, look.ends != Ends::Stop && below >= 40);
        set.add(Cue::NarrowFull, below < 20);
    }
}

/// Lines around a boundary that may be set to one width of their own, as quotations and list items are.
fn nearby(flow: &Flow, i: usize) -> std::ops::Range<usize> {
    let mut start = i - 1;
    while start > 0 && i - start < 4 && !flow.gap(start) {
        start -= 1;
    }
    let mut end = i + 1;
    while end < flow.lines.len() && end - i < 3 && !flow.gap(end) {
        end += 1;
    }
    start..end
}

/// Where line `i` begins.
fn indents(set: &mut CueSet, flow: &Flow, shape: &Shape, i: usize) {
    let line = &flow.lines[i];
    let off = line.indent.saturating_sub(shape.margin);
    let is_off = off >= 2;
    let near = |other: usize| flow.lines.get(other).is_some_and(|o| o.indent.abs_diff(line.indent) <= 1);
    let inset = is_off && (i > 0 && near(i - 1) || near(i + 1));
    set.add(Cue::Inset, inset);
    set.add(Cue::InsetLone, is_off && !inset);
    set.add(Cue::AtMargin, !is_off);
    if !shape.measure.ems && shape.measure.width > 0 && off >= 4 {
        let right = (shape.measure.width + shape.margin).saturating_sub(line.right());
        set.add(Cue::Centred, right.abs_diff(off) <= 2 + off / 8);
    }
    if i == 0 {
        return;
    }
    let above = &flow.lines[i - 1];
    let more = line.indent.saturating_sub(above.indent);
    let step = (2..=8).contains(&more);
    let stop = matches!(flow.looks[i - 1].ends, Ends::Stop | Ends::Colon);
    set.add(Cue::Step, step);
    set.add(Cue::StepIndented, step && shape.indented);
    set.add(Cue::NoStep, more < 2 && stop && shape.indented && !flow.gap(i));
    set.add(Cue::Deep, more > 8);
    set.add(Cue::Back, above.indent >= line.indent + 2);
    set.add(Cue::SameIndent, above.indent.abs_diff(line.indent) <= 1 && is_off);
}

/// What list marks say at line `i`. `last` is the last marked line above.
fn list(set: &mut CueSet, flow: &Flow, i: usize, last: Option<(usize, Mark)>) {
    let look = &flow.looks[i];
    let above = i.checked_sub(1).map(|above| &flow.looks[above]);
    let under = |line: usize| {
        last.is_some_and(|(at, mark)| {
            let text_column = flow.lines[at].indent + mark.length as u32;
            let indent = flow.lines[line].indent;
            at < line && indent > flow.lines[at].indent && indent <= text_column + 2
        })
    };
    let Some(mark) = look.mark else {
        set.add(Cue::Hanging, under(i));
        set.add(Cue::HangingBack, i > 0 && under(i - 1) && !under(i));
        return;
    };
    let open = above.is_some_and(|a| a.ends.is_unfinished());
    set.add(Cue::Marked, true);
    set.add(Cue::MarkNext, last.is_some_and(|(_, last)| mark.follows(&last)));
    set.add(Cue::MarkFirst, mark.number <= 1);
    set.add(Cue::MarkAfterColon, above.is_some_and(|a| a.ends == Ends::Colon));
    set.add(Cue::MarkAfterStop, above.is_some_and(|a| a.ends == Ends::Stop));
    set.add(Cue::MarkAfterOpen, open && !flow.gap(i));
    set.add(Cue::MarkTitled, look.heading.as_ref().is_some_and(|h| h.titled && h.words <= 12));
    set.add(Cue::MarkDash, open && matches!(mark.style, Style::Bullet('-' | '–' | '+' | 'o') | Style::Point));
}

/// What speaks for and against a heading at line `i`.
fn heading(set: &mut CueSet, flow: &Flow, shape: &Shape, i: usize) {
    let look = &flow.looks[i];
    let share =
        if shape.long { u32::from(flow.lines[i].cells > 80) * 800 } else { shape.measure.share(&flow.lines[i]) };
    set.add(Cue::Short, share < 450);
    set.add(Cue::Middling, (450..750).contains(&share));
    set.add(Cue::Longish, share >= 750);
    let below = flow.looks.get(i + 1);
    let apart = i + 1 >= flow.lines.len() || flow.gap(i + 1);
    set.add(Cue::ApartBelow, apart);
    let Some(heading) = &look.heading else {
        set.add(Cue::NoHeading, true);
        return;
    };
    let like = heading.titled || heading.all_caps;
    set.add(Cue::Titled, heading.titled);
    set.add(Cue::AllCaps, heading.all_caps);
    set.add(Cue::Numbered, heading.numbered);
    set.add(Cue::Untitled, !like);
    set.add(Cue::OneWord, heading.words == 1);
    set.add(Cue::HeadLast, below.is_none());
    if let Some(below) = below.filter(|_| !apart) {
        let next_like = below.heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
        let upper = matches!(below.begins, Begins::Upper | Begins::Digit | Begins::Caseless);
        set.add(Cue::GluedHeading, next_like);
        set.add(Cue::GluedUpper, upper && !next_like);
        set.add(Cue::GluedLower, below.begins == Begins::Lower);
    }
    if i == 0 {
        return;
    }
    let above = &flow.looks[i - 1];
    let above_like = above.heading.as_ref().is_some_and(|h| h.titled || h.all_caps);
    if flow.gap(i) {
        set.add(Cue::HeadGapAbove, like);
        // A short line of a script without capitals looks like a heading for nothing.
        let split = like
            && above_like
            && flow.lines[i].blanks == 1
            && !flow.turns(i)
            && (look.begins != Begins::Caseless || above.begins != Begins::Caseless);
        set.add(Cue::TitledGap, split);
        set.add(Cue::TitledGapTop, split && i < TOP);
        set.add(Cue::TitledGapOpen, split && above.dangling && above.ends == Ends::Open);
        return;
    }
    set.add(Cue::TitledAbove, like && above_like);
    set.add(Cue::TitledAboveShort, like && above_like && !shape.long && shape.measure.share(&flow.lines[i - 1]) < 450);
    set.add(Cue::HeadAfterStop, like && above.ends == Ends::Stop);
    set.add(Cue::HeadAfterOpen, like && !above_like && above.ends.is_unfinished());
}

/// Whether a blank line above line `i` parts what nothing speaks for putting together.
fn apart(set: &mut CueSet, flow: &Flow, shape: &Shape, i: usize) {
    let above = &flow.looks[i - 1];
    // "(thunder)" is no line of a sentence.
    let text = flow.lines[i].text;
    let lower = flow.looks[i].begins == Begins::Lower && !(text.starts_with('(') && text.ends_with(')'));
    let caps = above.heading.as_ref().is_some_and(|heading| heading.all_caps);
    let set_in = caps && flow.lines[i].indent >= flow.lines[i - 1].indent + 3;
    if flow.lines[i].blanks == 0 || flow.turns(i) || lower && !set_in || set.has(Cue::TitledGap) {
        return;
    }
    let vast = || shape.measure.width > 0 && shape.measure.share(&flow.lines[i - 1]) < 667;
    // The number of a section may stand apart from its heading.
    let numbered = flow.lines[i - 1].text.len() <= 8 && !flow.lines[i - 1].text.contains(char::is_alphabetic);
    let open = above.ends == Ends::Open && !above.dangling && !above.dash && !numbered;
    // An address is no line of a sentence, and words quoted behind a colon are their own paragraph.
    let address = || !flow.lines[i - 1].text.contains(' ') && flow.lines[i - 1].text.contains("://");
    let said = above.ends == Ends::Colon && flow.looks[i].quoted;
    set.add(Cue::Apart, above.ends == Ends::Stop || said || set_in || open && (vast() || address()));
}

fn rest(set: &mut CueSet, flow: &Flow, shape: &Shape, i: usize) {
    let look = &flow.looks[i];
    set.add(Cue::Captioned, look.caption);
    set.add(Cue::Credited, look.credited);
    set.add(Cue::CaptionAbove, i > 0 && (flow.looks[i - 1].caption || flow.looks[i - 1].credited));
    let below = i + 1..(i + 3).min(flow.lines.len());
    let credited = below.clone().find(|&j| flow.gap(j) || flow.looks[j].credited);
    set.add(Cue::CreditBelow, credited.is_some_and(|j| !flow.gap(j)));
    set.add(Cue::Speaker, look.speaker);
    if let Some(next) = below.clone().next().filter(|&next| !flow.gap(next) && !shape.long && shape.measure.width > 0) {
        let open = !matches!(look.ends, Ends::Stop | Ends::Colon);
        let room = shape.measure.room(&flow.lines[i], flow.looks[next].first);
        set.add(Cue::NarrowBelow, open && (25..330).contains(&room));
    }
    set.add(Cue::Quoted, look.quoted);
    set.add(Cue::Long, shape.long);
    let long = |line: usize| flow.lines[line].cells > 160;
    set.add(Cue::LongLine, !shape.long && (long(i) || i > 0 && long(i - 1)));
    let quoting = |line: usize| flow.lines[line].text.starts_with('>');
    let deeper = i > 0 && quoting(i) && quoting(i - 1) && flow.lines[i].quoting() != flow.lines[i - 1].quoting();
    set.add(Cue::QuotingOther, deeper);
    let addressed = i > 0 && flow.looks[i - 1].address;
    set.add(Cue::AddressAbove, addressed);
    set.add(Cue::AddressParted, addressed && flow.lines[i].blanks > 0);
    set.add(Cue::Quoting, quoting(i));
    set.add(Cue::QuotingAbove, i > 0 && quoting(i - 1) && !quoting(i));
    set.add(Cue::Starred, look.starred);
    set.add(Cue::MarkAbove, i > 0 && flow.looks[i - 1].marks_below);
    set.add(Cue::StarredAbove, i > 0 && flow.looks[i - 1].starred);
}
