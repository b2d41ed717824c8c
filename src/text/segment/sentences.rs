//! Sentences: those of the Unicode algorithm, corrected where it does not know what people write.
//!
//! The algorithm proposes ends; an end is refused after an abbreviation or an initial, before a word
//! that goes on, and behind a closing quotation in Japanese. It is proposed besides after a footnote's
//! sign that stands on the full stop (`region.12 The`).

use std::ops::Range;

use icu_segmenter::SentenceSegmenter;
use icu_segmenter::options::SentenceBreakInvariantOptions;

use super::{grapheme_start, piece_at, pieces};

/// All sentences of `text`, without the white space between them.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    pieces(text).flat_map(|piece| in_piece(text, piece)).collect()
}

/// The sentence at `at`; white space belongs to the sentence before it. Empty where there is none.
pub fn sentence_at(text: &str, at: usize) -> Range<usize> {
    let piece = piece_at(text, at);
    let sentences = in_piece(text, piece.clone());
    let index = sentences.partition_point(|sentence| sentence.start <= at);
    sentences.get(index.saturating_sub(1)).cloned().unwrap_or(piece.start..piece.start)
}

/// The start of the first sentence that starts after `at`.
pub fn next_sentence(text: &str, at: usize) -> Option<usize> {
    let mut piece = piece_at(text, at);
    loop {
        let start = in_piece(text, piece.clone()).into_iter().map(|sentence| sentence.start).find(|&start| start > at);
        if start.is_some() || piece.end >= text.len() {
            return start;
        }
        piece = piece_at(text, piece.end);
    }
}

/// The start of the last sentence that starts before `at`: of the one at `at`, if the cursor is in it.
pub fn previous_sentence(text: &str, at: usize) -> Option<usize> {
    let mut piece = piece_at(text, at);
    loop {
        let starts = in_piece(text, piece.clone()).into_iter().map(|sentence| sentence.start);
        let start = starts.take_while(|&start| start < at).last();
        if start.is_some() || piece.start == 0 {
            return start;
        }
        piece = piece_at(text, piece.start - 1);
    }
}

fn in_piece(text: &str, piece: Range<usize>) -> Vec<Range<usize>> {
    let part = &text[piece.clone()];
    let mut sentences: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for end in proposed(part).into_iter().chain([part.len()]) {
        let goes_on = end < part.len() && !is_end(&part[start..end], &part[end..]);
        if goes_on || grapheme_start(part, end) != end {
            continue;
        }
        let sentence = &part[start..end];
        let (first, last) = (end - sentence.trim_start().len(), start + sentence.trim_end().len());
        if first < last {
            // A blank that carries a mark is no blank.
            sentences.push(piece.start + grapheme_start(part, first)..piece.start + last);
        }
        start = end;
    }
    sentences
}

/// Where sentences may end: the algorithm's places and those after footnote signs, in order.
fn proposed(text: &str) -> Vec<usize> {
    let segmenter = SentenceSegmenter::new(SentenceBreakInvariantOptions::default());
    let mut ends: Vec<usize> = segmenter.segment_str(text).filter(|&at| at > 0 && at < text.len()).collect();
    ends.extend(text.match_indices(is_stop).filter_map(|(at, stop)| after_note(text, at + stop.len())));
    ends.sort_unstable();
    ends.dedup();
    ends
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '»' | ')' | ']' | '」' | '』' | '）' | '›')
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '„' | '‚' | '¿' | '¡' | '「' | '『' | '（' | '‹')
}

/// Where the next sentence starts, if the sign of a footnote stands at `at`, behind a full stop and
/// what it closes: `12`, `[12]`, `¹²`, `*`, `†`; or if the stop is an ellipsis.
fn after_note(text: &str, at: usize) -> Option<usize> {
    let closed = text[at..].trim_start_matches(|c| is_closing(c) && c != ')' && c != ']');
    let rest = closed.trim_start_matches(is_note);
    let sign = &closed[..closed.len() - rest.len()];
    let digits = sign.chars().filter(|c| c.is_numeric()).count();
    let stopped = sign.is_empty() && !text[..at].ends_with('…');
    let in_number = !sign.is_empty() && !sign.starts_with('[') && ends_with_decimal(&text[..at]);
    if stopped || in_number || digits > 3 || !rest.starts_with(char::is_whitespace) {
        return None;
    }
    Some(text.len() - rest.trim_start().len())
}

fn is_note(c: char) -> bool {
    c.is_numeric() || matches!(c, '[' | ']' | ',' | '*' | '†' | '‡')
}

/// Whether digits and a point end `text` that digits may follow: `3.`, but not the year of `in 1998.`
fn ends_with_decimal(text: &str) -> bool {
    let Some(whole) = text.strip_suffix('.') else { return false };
    let digits = whole.chars().rev().take(5).take_while(char::is_ascii_digit).count();
    digits > 0 && digits != 4
}

/// Whether a sentence ends between `sentence`, white space included, and `after`.
fn is_end(sentence: &str, after: &str) -> bool {
    let before = sentence.trim_end();
    let Some(first) = after.chars().next() else { return true };
    let closed = before.trim_end_matches(is_closing);
    let breaks_line = sentence[before.len()..].contains(['\n', '\u{2028}', '\u{2029}']);
    let marked = strip_note(closed);
    if marked.ends_with(is_stop) {
        if before.len() == sentence.len() || goes_on(after) {
            return false;
        }
        return !marked.ends_with('.') || marked.ends_with("..") || !is_abbreviated(marked, after);
    }
    if breaks_line {
        // A line that ends without a stop goes on, unless an empty one follows.
        return sentence[before.len()..].matches('\n').count() > 1 || marked.ends_with(['。', '！', '？']);
    }
    // 「はい。」と goes on after the quotation.
    !(closed.len() < before.len() && matches!(first, '\u{3041}'..='\u{309f}'))
}

/// `text` without the sign of a footnote at its end and what closes before it.
fn strip_note(text: &str) -> &str {
    let rest = text.trim_end_matches(is_note);
    let rest = rest.trim_end_matches(is_closing);
    if rest.ends_with(is_stop) { rest } else { text }
}

/// Whether `after` is the rest of a sentence: a small letter, or a sign that cannot start one. Names
/// like iPhone start with a small letter too.
fn goes_on(after: &str) -> bool {
    let mut chars = after.trim_start_matches(is_opening).chars();
    let Some(first) = chars.next() else { return false };
    let small = first.is_lowercase() && !chars.next().is_some_and(char::is_uppercase);
    small || matches!(after.chars().next(), Some(',' | ';' | ':' | ')'))
}

/// What may follow an abbreviation in the same sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follows {
    /// Anything: it never ends a sentence.
    Anything,
    /// A number: `No. 3`, `Aug. 4`.
    Number,
    /// Anything but a word that starts sentences: `Acme Inc. The`.
    NoStarter,
}

/// Abbreviations in lower case, without their last full stop, of the languages that are read most.
const ABBREVIATIONS: [(Follows, &str); 3] = [
    (
        Follows::Anything,
        "mr mrs ms messrs mme mlle dr prof hon rev fr sr sra srta sen rep gov gen adm brig maj capt cmdr col lt sgt \
         cpl pvt amb pres insp supt st ste mt ft vs v cf viz e.g i.e eg ie ca approx esp incl \
         z.b d.h u.a s.o s.u bzw vgl evtl ggf sog hr frl p.ex bijv dhr mevr resp sig dott avv ing",
    ),
    (
        Follows::Number,
        "no nos nr núm num nº p pp pg pag pág s vol vols art arts sec secs sect ch chap fig figs tab eq ex abs para \
         para par n nn bd lfd op cit lib ed q jan feb mar apr jun jul aug sep sept oct nov dec okt dez janv févr avr \
         juil déc ene abr ago dic",
    ),
    (
        Follows::NoStarter,
        "inc ltd co corp bros plc llc jr al dept dist univ assn ave blvd rd sq ph.d m.d b.a m.a ll.b a.m p.m \
         ed eds trans rev est cal calif conn colo del fla ill ind kan mass md mich minn miss mo mont neb nev okla \
         ore pa penn tenn tex va vt wash wis wyo",
    ),
];

/// Words that start a sentence far more often than they follow an abbreviation.
const STARTERS: &str = "the this that these those it its he she they we i you his her their our my in on at for from \
     with by to of as if when while although though because since after before during under but and or however yet \
     so thus therefore moreover furthermore nevertheless meanwhile instead indeed there here what who how why where \
     which both all some many most few such no not another one two three first second finally then now today \
     der die das ein eine es er sie wir ihr im am auf aber doch und auch mit nach bei für \
     le la les un une il elle ils elles on ce cet cette ces mais en dans pour nous vous \
     el los las una pero lo gli ma nel nella o os um uma mas het een de maar";

/// Whether the full stop at the end of `before` belongs to an abbreviation that `after` goes on from.
fn is_abbreviated(before: &str, after: &str) -> bool {
    let Some(stem) = before.strip_suffix('.') else { return false };
    let start = stem.rfind(|c: char| c.is_whitespace() || matches!(c, '—' | '–' | '/')).map_or(0, |at| at + 1);
    let start = (start..=stem.len()).find(|&at| stem.is_char_boundary(at)).unwrap_or(stem.len());
    let word = stem[start..].trim_start_matches(is_opening);
    let rest = stem[..start].trim_end();
    let next = after.trim_start_matches(is_opening);
    if word.is_empty() {
        return false;
    }
    if word.chars().all(|c| c.is_ascii_digit()) {
        return is_ordinal(word, rest, next);
    }
    let small = word.to_lowercase();
    let starter = is_starter(next);
    for (follows, list) in ABBREVIATIONS {
        if !list.split_whitespace().any(|abbreviation| abbreviation == small) {
            continue;
        }
        match follows {
            Follows::Anything => return true,
            Follows::Number if starts_with_number(next) => return true,
            Follows::NoStarter if word.starts_with(char::is_uppercase) || word.contains('.') => return !starter,
            Follows::Number | Follows::NoStarter => {}
        }
    }
    // `U.S.`, `D.C.`, `J.R.R.`
    if word.contains('.') && word.split('.').all(|part| (1..=2).contains(&part.chars().count())) {
        return !starter;
    }
    // `J. Smith`, but not `World War I. Germany`
    let mut letters = word.chars();
    let initial = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let numeral = matches!(word, "I" | "V" | "X") && ends_with_name(rest);
    initial && !numeral && !starter
}

/// `1.` before an item of a list, and a day before its month as German writes it.
fn is_ordinal(number: &str, rest: &str, next: &str) -> bool {
    const MONTHS: &str =
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember Jahrhundert";
    let month = first_word(next);
    let dated = number.len() <= 2 && MONTHS.split(' ').any(|name| name == month);
    number.len() <= 3 && rest.is_empty() || dated && rest.ends_with(char::is_lowercase)
}

fn starts_with_number(next: &str) -> bool {
    let word = first_word(next);
    let roman = !word.is_empty() && word.len() < 8 && word.chars().all(|c| "IVXLCM".contains(c));
    roman || next.starts_with(char::is_numeric)
}

fn is_starter(next: &str) -> bool {
    let word = first_word(next).to_lowercase();
    STARTERS.split_whitespace().any(|starter| starter == word)
}

/// Whether the last word of `text` starts with a capital.
fn ends_with_name(text: &str) -> bool {
    text.split_whitespace().next_back().is_some_and(|word| word.starts_with(char::is_uppercase))
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}
