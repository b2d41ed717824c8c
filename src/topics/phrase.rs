//! The language of terms: words, a space that is also a hyphen, `*` for the rest of a word (alone, for
//! any word), `?` for one letter, `{a,b}` for alternatives.
//!
//! Alternatives are expanded when the dictionary is read, so a [`Pattern`] is a plain row of parts
//! without choices. Its longest literal part is the *needle*: what the automaton looks for. Where a
//! needle stands, [`Pattern::stands`] looks at the rest.

use std::ops::Range;

use super::fold::{Folded, Form, Written, is_capital, is_mark};
use super::scripts::{is_edge, is_joined, is_separator, is_word};

/// How letters of a term stand for letters of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Case {
    /// A capital is required, a small letter is free.
    #[default]
    Smart,
    Exact,
    Ignore,
}

/// What is wrong with a term, and at which of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub at: usize,
    pub message: String,
}

fn fault<T>(at: usize, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { at, message: message.into() })
}

/// Forms that one term may stand for; more are a slip of the pen.
const MAX_FORMS: usize = 1000;

/// Parts of a pattern; a term has hardly ever more than three.
const MAX_PARTS: usize = 16;

/// The patterns of a term, each once.
///
/// # Errors
/// When the term is no term of the language; says what and where.
pub fn compile(written: &str, case: Case) -> Result<Vec<Pattern>, Fault> {
    let mut patterns = Vec::new();
    for form in forms(written)? {
        let pattern = Pattern::new(&form, case)?;
        if is_acronym(&form) {
            patterns.push(Pattern::dotted(&form, case));
        }
        patterns.push(pattern);
    }
    Ok(patterns)
}

/// Whether `written` is a term, without the patterns.
///
/// # Errors
/// As [`compile`].
pub fn check(written: &str, case: Case) -> Result<(), Fault> {
    if is_plain(written) { Ok(()) } else { compile(written, case).map(drop) }
}

/// Whether a term of plain letters is well made; most are, and then no form of it has to be written out.
/// One that is not plain may be well made too.
fn is_plain(written: &str) -> bool {
    let mut outline = Outline { written: written.as_bytes(), at: 0, stars: 0 };
    let forms = outline.sequence(0);
    forms.is_some_and(|forms| forms.have_letters && forms.count <= MAX_FORMS) && 2 * outline.stars < MAX_PARTS
}

/// Reads a term as [`Expander`] does, and counts forms in place of writing them out.
struct Outline<'a> {
    written: &'a [u8],
    at: usize,
    stars: usize,
}

/// How many forms there are, and whether each has a letter.
struct Forms {
    count: usize,
    have_letters: bool,
}

impl Outline<'_> {
    fn sequence(&mut self, depth: usize) -> Option<Forms> {
        let mut forms = Forms { count: 1, have_letters: false };
        while let Some(byte) = self.written.get(self.at) {
            match byte {
                b'{' if depth < 4 => {
                    let alternatives = self.alternatives(depth)?;
                    forms.count = forms.count.saturating_mul(alternatives.count);
                    forms.have_letters |= alternatives.have_letters;
                    continue;
                }
                b'}' | b',' if depth > 0 => return Some(forms),
                b' ' | b'-' | b',' | b'\'' | b'.' => {}
                b'*' if self.ends_words() => self.stars += 1,
                byte if byte.is_ascii_alphanumeric() => forms.have_letters = true,
                _ => {
                    self.at += self.eastern()?;
                    forms.have_letters = true;
                    continue;
                }
            }
            self.at += 1;
        }
        (depth == 0).then_some(forms)
    }

    /// Bytes of the letter that stands here, where it is one of Japanese or Chinese.
    fn eastern(&self) -> Option<usize> {
        let letter = self.written[self.at..].utf8_chunks().next()?.valid().chars().next()?;
        matches!(letter, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{4e00}'..='\u{9fff}')
            .then_some(letter.len_utf8())
    }

    fn alternatives(&mut self, depth: usize) -> Option<Forms> {
        let mut all = Forms { count: 0, have_letters: true };
        loop {
            self.at += 1;
            let forms = self.sequence(depth + 1)?;
            all.count = all.count.saturating_add(forms.count);
            all.have_letters &= forms.have_letters;
            if self.written[self.at] == b'}' {
                self.at += 1;
                return Some(all);
            }
        }
    }

    /// Whether the star here stands behind a letter, and at the end of a word in every form.
    fn ends_words(&self) -> bool {
        let before = self.at.checked_sub(1).map(|at| self.written[at]);
        let (mut at, mut open) = (self.at + 1, 0_usize);
        // What is not ASCII was a letter, or it would not have been passed.
        before.is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
            && loop {
                match self.written.get(at) {
                    None | Some(b' ') if open == 0 => break true,
                    None => break false,
                    Some(b'}') => open = open.saturating_sub(1),
                    // The other alternatives are passed over.
                    Some(b',') if open == 0 => open = 1,
                    Some(b'{') if open > 0 => open += 1,
                    Some(_) if open > 0 => {}
                    Some(_) => break false,
                }
                at += 1;
            }
    }
}

/// The forms of a term: its alternatives written out, each once, words one blank apart.
///
/// # Errors
/// When braces do not match, or nothing is left to look for.
pub fn forms(written: &str) -> Result<Vec<String>, Fault> {
    let mut expander = Expander { written, at: 0 };
    let expanded = expander.sequence(None)?;
    let mut forms: Vec<String> = Vec::new();
    for form in expanded {
        let form = form.split(is_separator).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
        if !form.chars().any(|c| !matches!(c, '*' | '?' | ' ')) {
            let what = if written.contains('{') {
                "an alternative leaves no letter to look for"
            } else {
                "a term needs a letter to look for"
            };
            return fault(0, what);
        }
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    Ok(forms)
}

/// Writes out alternatives.
struct Expander<'a> {
    written: &'a str,
    at: usize,
}

impl Expander<'_> {
    /// A row of text and alternatives, up to the end, or to a comma or brace where one is open.
    fn sequence(&mut self, open: Option<usize>) -> Result<Vec<String>, Fault> {
        let mut forms = vec![String::new()];
        while let Some(c) = self.written[self.at..].chars().next() {
            match c {
                '{' => {
                    let alternatives = self.alternatives()?;
                    if forms.len() * alternatives.len() > MAX_FORMS {
                        return fault(0, format!("a term of more than {MAX_FORMS} forms"));
                    }
                    forms = forms.iter().flat_map(|form| alternatives.iter().map(move |a| form.clone() + a)).collect();
                }
                '}' | ',' if open.is_some() => return Ok(forms),
                '}' => return fault(self.at, "a } that closes nothing"),
                c => {
                    let rest = &self.written[self.at..];
                    // A comma alone is text.
                    let first = c.len_utf8();
                    let end = rest[first..].find(['{', '}', ',']).map_or(rest.len(), |end| first + end);
                    forms.iter_mut().for_each(|form| form.push_str(&rest[..end]));
                    self.at += end;
                }
            }
        }
        match open {
            Some(at) => fault(at, "a { that is not closed"),
            None => Ok(forms),
        }
    }

    fn alternatives(&mut self) -> Result<Vec<String>, Fault> {
        let open = self.at;
        let mut all = Vec::new();
        loop {
            self.at += 1;
            all.append(&mut self.sequence(Some(open))?);
            if all.len() > MAX_FORMS {
                return fault(0, format!("a term of more than {MAX_FORMS} forms"));
            }
            if self.written[self.at..].starts_with('}') {
                self.at += 1;
                return Ok(all);
            }
        }
    }
}

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// Stands in the key as it is.
    Text(String),
    /// The rest of a word, which may be nothing.
    Rest,
    /// One letter or digit.
    Letter,
}

/// What is asked of a letter beyond its key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Want {
    Capital,
    Small,
    Accents(String),
}

/// A letter of which something is asked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Ask {
    part: usize,
    byte: usize,
    want: Want,
}

/// One form of a term, ready to be looked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pattern {
    parts: Vec<Part>,
    needle: usize,
    asks: Vec<Ask>,
    is_dotted: bool,
    /// Ends in a letter and a full stop: `U.S.` must not be the start of `U.S.A.`
    ends_in_initial: bool,
}

impl Pattern {
    fn new(form: &str, case: Case) -> Result<Self, Fault> {
        let mut pattern = Self {
            parts: Vec::new(),
            needle: 0,
            asks: Vec::new(),
            is_dotted: false,
            ends_in_initial: ends_in_initial(form),
        };
        for (index, word) in form.split(' ').enumerate() {
            if index > 0 {
                pattern.text(" ", case);
            }
            pattern.word(word, case)?;
        }
        if pattern.parts.len() > MAX_PARTS {
            return fault(0, "too many * and ? in one term");
        }
        pattern.needle = longest(&pattern.parts);
        Ok(pattern)
    }

    fn word(&mut self, word: &str, case: Case) -> Result<(), Fault> {
        let inner = word.strip_prefix('*').unwrap_or(word);
        let inner = inner.strip_suffix('*').unwrap_or(inner);
        if inner.is_empty() {
            self.parts.extend([Part::Letter, Part::Rest]);
            return Ok(());
        }
        if inner.contains('*') {
            return fault(0, "a * stands at the start or the end of a word");
        }
        if word.starts_with('*') {
            self.parts.push(Part::Rest);
        }
        for (index, text) in inner.split('?').enumerate() {
            if index > 0 {
                self.parts.push(Part::Letter);
            }
            if !text.is_empty() {
                self.text(text, case);
            }
        }
        if word.ends_with('*') {
            self.parts.push(Part::Rest);
        }
        Ok(())
    }

    /// Appends text, and what it asks beyond its key.
    fn text(&mut self, text: &str, case: Case) {
        if !matches!(self.parts.last(), Some(Part::Text(_))) {
            self.parts.push(Part::Text(String::new()));
        }
        let part = self.parts.len() - 1;
        let Some(Part::Text(key)) = self.parts.last_mut() else { return };
        let from = key.len();
        if text == " " || text.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            key.push_str(&text.to_ascii_lowercase());
            let asks = text.bytes().zip(from..).filter_map(|(letter, byte)| {
                let want = plain_want(letter, case)?;
                Some(Ask { part, byte, want })
            });
            return self.asks.extend(asks);
        }
        let mut folded = Folded::default();
        folded.fold(text, Form::Key, &[]);
        key.push_str(&folded.text);
        let mut last = usize::MAX;
        for (byte, _) in folded.text.char_indices() {
            let source = folded.start(byte);
            if source == last {
                continue;
            }
            last = source;
            let written = Written::at(text, source);
            let is_letter = text[source..].chars().next().is_some_and(char::is_alphabetic);
            let wants_case = match case {
                Case::Ignore => None,
                _ if written.is_capital => Some(Want::Capital),
                Case::Exact if is_letter => Some(Want::Small),
                _ => None,
            };
            let accents = Some(written.accents).filter(|accents| !accents.is_empty()).map(Want::Accents);
            let asks = wants_case.into_iter().chain(accents);
            self.asks.extend(asks.map(|want| Ask { part, byte: from + byte, want }));
        }
    }

    /// The form with full stops: `U.S` for `US`; whether one follows is looked up.
    fn dotted(form: &str, case: Case) -> Self {
        let with_stops: Vec<String> = form.chars().map(String::from).collect();
        let mut pattern =
            Self { parts: Vec::new(), needle: 0, asks: Vec::new(), is_dotted: true, ends_in_initial: false };
        pattern.text(&with_stops.join("."), case);
        pattern
    }

    /// What the automaton looks for: letters of the key.
    pub fn needle(&self) -> &str {
        match &self.parts[self.needle] {
            Part::Text(text) => text,
            Part::Rest | Part::Letter => "",
        }
    }

    /// Whether it has a `*` or a `?`.
    pub fn is_open(&self) -> bool {
        self.parts.len() > 1
    }

    /// Where the pattern stands, as bytes of the key, given that its needle stands at `needle`.
    pub fn stands(&self, folded: &Folded, clean: &str, needle: Range<usize>) -> Option<Range<usize>> {
        let key = folded.text.as_str();
        let mut starts = [needle.start; MAX_PARTS];
        let (mut start, mut end) = (needle.start, needle.end);
        if self.parts.len() > 1 {
            start = self.back(self.needle, key, start, &mut starts)?;
            end = self.forth(self.needle + 1, key, end, &mut starts)?;
        }
        if !ends_well(folded, start, end) {
            return None;
        }
        if self.is_dotted {
            end = self.dots(key, start, end)?;
        } else if self.ends_in_initial && key[end..].chars().next().is_some_and(is_word) {
            return None;
        }
        let given = |ask: &Ask| ask.want.is_given(clean, folded.start(starts[ask.part] + ask.byte));
        self.asks.iter().all(given).then_some(start..end)
    }

    /// Where the parts before `index` begin if they end at byte `at`.
    fn back(&self, index: usize, key: &str, at: usize, starts: &mut [usize; MAX_PARTS]) -> Option<usize> {
        let Some(index) = index.checked_sub(1) else { return Some(at) };
        match &self.parts[index] {
            // How much of a word is the rest of it, the part before decides.
            Part::Rest if index > 0 => {
                let inner = key[at..].chars().next()?;
                let run: Vec<usize> = Some(at).into_iter().chain(joined_before(key, at, inner)).collect();
                run.into_iter().rev().find_map(|start| self.back(index, key, start, starts))
            }
            part => {
                starts[index] = before(part, key, at)?;
                self.back(index, key, starts[index], starts)
            }
        }
    }

    /// Where the parts from `index` on end if they begin at byte `at`.
    fn forth(&self, index: usize, key: &str, at: usize, starts: &mut [usize; MAX_PARTS]) -> Option<usize> {
        let Some(part) = self.parts.get(index) else { return Some(at) };
        starts[index] = at;
        if *part == Part::Rest && index + 1 < self.parts.len() {
            let inner = key[..at].chars().next_back()?;
            let run: Vec<usize> = Some(at).into_iter().chain(joined_after(key, at, inner)).collect();
            return run.into_iter().rev().find_map(|end| self.forth(index + 1, key, end, starts));
        }
        self.forth(index + 1, key, after(part, key, at)?, starts)
    }

    /// The end of a dotted acronym with its last full stop, unless it is part of a longer one.
    fn dots(&self, key: &str, start: usize, end: usize) -> Option<usize> {
        let mut before = key[..start].chars().rev();
        if before.next() == Some('.') && before.next().is_some_and(is_word) && !before.next().is_some_and(is_word) {
            return None;
        }
        let mut after = key[end..].chars();
        if after.next() != Some('.') {
            return Some(end);
        }
        if after.next().is_some_and(is_word) { None } else { Some(end + 1) }
    }
}

impl Want {
    fn is_given(&self, clean: &str, at: usize) -> bool {
        let byte = clean.as_bytes().get(at).copied().unwrap_or_default();
        match self {
            Want::Capital if byte.is_ascii() => byte.is_ascii_uppercase(),
            Want::Small if byte.is_ascii() => !byte.is_ascii_uppercase(),
            Want::Capital => Written::at(clean, at).is_capital,
            Want::Small => !Written::at(clean, at).is_capital,
            Want::Accents(accents) => Written::at(clean, at).has_accents(accents),
        }
    }
}

/// What is asked of a plain letter, as [`Pattern::text`] asks it of any.
fn plain_want(letter: u8, case: Case) -> Option<Want> {
    match case {
        Case::Ignore => None,
        _ if letter.is_ascii_uppercase() => Some(Want::Capital),
        Case::Exact if letter.is_ascii_lowercase() => Some(Want::Small),
        _ => None,
    }
}

/// Whether words may begin at `start` and end at `end`.
fn ends_well(folded: &Folded, start: usize, end: usize) -> bool {
    let key = folded.text.as_str();
    let bytes = key.as_bytes();
    // Most needles are found inside words of plain letters.
    let inside = |a: Option<&u8>, b: Option<&u8>| {
        a.is_some_and(u8::is_ascii_alphanumeric) && b.is_some_and(u8::is_ascii_alphanumeric)
    };
    let previous = start.checked_sub(1).and_then(|at| bytes.get(at));
    if inside(previous, bytes.get(start)) || inside(bytes.get(end), end.checked_sub(1).and_then(|at| bytes.get(at))) {
        return false;
    }
    let Some(first) = key[start..end].chars().next() else { return false };
    let Some(last) = key[start..end].chars().next_back() else { return false };
    is_edge(key[..start].chars().next_back(), first, true)
        && is_edge(key[end..].chars().next(), last, false)
        && !(start > 0 && folded.is_glued(start - 1))
        && !folded.is_glued(end)
}

/// Where `part` begins if it ends at byte `at`.
fn before(part: &Part, key: &str, at: usize) -> Option<usize> {
    match part {
        Part::Text(text) => key[..at].ends_with(text.as_str()).then(|| at - text.len()),
        Part::Letter => {
            let mut chars = key[..at].char_indices().rev().skip_while(|(_, c)| is_mark(*c));
            chars.next().filter(|(_, c)| is_word(*c)).map(|(start, _)| start)
        }
        Part::Rest => {
            let inner = key[at..].chars().next()?;
            Some(joined_before(key, at, inner).last().unwrap_or(at))
        }
    }
}

/// Where `part` ends if it begins at byte `at`.
fn after(part: &Part, key: &str, at: usize) -> Option<usize> {
    match part {
        Part::Text(text) => key[at..].starts_with(text.as_str()).then(|| at + text.len()),
        Part::Letter => {
            let mut chars = key[at..].char_indices();
            chars.next().filter(|(_, c)| is_word(*c))?;
            Some(chars.find(|(_, c)| !is_mark(*c)).map_or(key.len(), |(end, _)| at + end))
        }
        Part::Rest => {
            let inner = key[..at].chars().next_back()?;
            Some(joined_after(key, at, inner).last().unwrap_or(at))
        }
    }
}

/// The starts of the letters of the same word that stand before byte `at`, the nearest first.
fn joined_before(key: &str, at: usize, mut inner: char) -> impl Iterator<Item = usize> + '_ {
    let mut chars = key[..at].char_indices().rev();
    std::iter::from_fn(move || {
        let (start, c) = chars.next().filter(|(_, c)| is_word(*c) && (is_joined(inner, *c) || inner == ' '))?;
        inner = c;
        Some(start)
    })
}

/// The ends of the letters of the same word that stand from byte `at` on.
fn joined_after(key: &str, at: usize, mut inner: char) -> impl Iterator<Item = usize> + '_ {
    let mut chars = key[at..].char_indices();
    std::iter::from_fn(move || {
        let (start, c) = chars.next().filter(|(_, c)| is_joined(inner, *c))?;
        inner = c;
        Some(at + start + c.len_utf8())
    })
}

/// The part with the longest text.
fn longest(parts: &[Part]) -> usize {
    let length = |part: &Part| match part {
        Part::Text(text) => text.trim().len(),
        Part::Rest | Part::Letter => 0,
    };
    (0..parts.len()).rev().max_by_key(|index| length(&parts[*index])).unwrap_or(0)
}

/// Whether a term is all capitals, and may be written with full stops too.
fn is_acronym(form: &str) -> bool {
    form.chars().count() > 1 && form.chars().all(|c| c.is_alphabetic() && is_capital(c))
}

fn ends_in_initial(form: &str) -> bool {
    let mut back = form.chars().rev();
    back.next() == Some('.') && back.next().is_some_and(is_word) && !back.next().is_some_and(is_word)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The slices of `text` where `term` stands.
    fn found<'a>(term: &str, text: &'a str) -> Vec<&'a str> {
        let mut folded = Folded::default();
        folded.fold(text, Form::Key, &[]);
        let mut found = Vec::new();
        for pattern in compile(term, Case::Smart).unwrap() {
            for (at, needle) in folded.text.match_indices(pattern.needle()) {
                if let Some(range) = pattern.stands(&folded, text, at..at + needle.len()) {
                    found.push(&text[folded.source(range)]);
                }
            }
        }
        found
    }

    #[test]
    fn a_plain_term_is_a_term() {
        for term in [
            "tariff*",
            "free trad* area*",
            "{US,U.S.} {all{y,ies},base{,s}}",
            "{deploy*,stay*} there",
            "G-20, x",
            "同盟*",
            "{テロ,9条} 法*",
        ] {
            assert!(is_plain(term) && compile(term, Case::Smart).is_ok(), "{term}");
        }
        for term in [
            "",
            "*",
            "a *",
            "{,a}",
            "co*ur",
            "a?",
            "é",
            "{a*,b}c",
            "{a",
            "a}",
            "{{{{{a}}}}}",
            "a*{,s}",
            "- -",
            "\u{3000}",
            "、",
            "同*盟",
        ] {
            assert!(!is_plain(term), "{term}");
        }
    }

    proptest::proptest! {
        /// No slip is passed over, whatever a term is made of.
        #[test]
        fn what_is_plain_can_be_compiled(term in "[ab安ア {},*.-]{0,14}", exact in proptest::bool::ANY) {
            let case = if exact { Case::Exact } else { Case::Smart };
            if is_plain(&term) {
                proptest::prop_assert!(compile(&term, case).is_ok(), "{term}");
            }
        }
    }

    #[test]
    fn plain_letters_ask_what_all_letters_ask() {
        for case in [Case::Smart, Case::Exact, Case::Ignore] {
            for word in ["trade", "USA", "McDonald", "G20", "42"] {
                let plain = Pattern::new(word, case).unwrap();
                // The same between letters that are not plain, which takes the general way.
                let general = Pattern::new(&format!("ø{word}ø"), case).unwrap();
                let (Part::Text(key), Part::Text(around)) = (&plain.parts[0], &general.parts[0]) else { panic!() };
                let before = around.find(key.as_str()).unwrap();
                let inner = before..before + key.len();
                let asks = general
                    .asks
                    .iter()
                    .filter(|ask| inner.contains(&ask.byte) && !matches!(ask.want, Want::Accents(_)));
                let asks: Vec<_> = asks.map(|ask| Ask { byte: ask.byte - before, ..ask.clone() }).collect();
                assert_eq!(plain.asks, asks, "{word} {case:?}");
            }
        }
    }

    #[test]
    fn alternatives_are_written_out() {
        assert_eq!(forms("{South,East} China Sea{,s}").unwrap().len(), 4);
        assert_eq!(forms("a{b{c,d},e}").unwrap(), ["abc", "abd", "ae"]);
        assert_eq!(forms("trade-bloc{ , }s, x").unwrap(), ["trade bloc s, x"]);
        assert_eq!(forms("  Asia–Pacific ").unwrap(), ["Asia Pacific"]);
    }

    #[test]
    fn a_bad_term_says_what_and_where() {
        for (term, at, part) in [
            ("a{b", 1, "not closed"),
            ("ab}c", 2, "closes nothing"),
            ("", 0, "needs a letter"),
            ("?? *", 0, "needs a letter"),
            ("{,a}", 0, "leaves no letter"),
            ("co*ur", 0, "start or the end"),
            ("{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}", 0, "1000 forms"),
        ] {
            let fault = compile(term, Case::Smart).unwrap_err();
            assert!(fault.at == at && fault.message.contains(part), "{term}: {fault:?}");
        }
    }

    #[test]
    fn stars_take_the_rest_of_a_word_and_no_more() {
        assert_eq!(found("tax*", "tax, Taxes, syntax"), ["tax", "Taxes"]);
        assert_eq!(found("*lateral", "multilateral unilateralism lateral"), ["multilateral", "lateral"]);
        assert_eq!(found("free trad* area*", "Free-trading areas"), ["Free-trading areas"]);
        assert_eq!(found("loan* agreement", "loan agreement, loans agreement"), ["loan agreement", "loans agreement"]);
        assert_eq!(found("Japan*", "Japan’s Japanese"), ["Japan", "Japanese"]);
        assert_eq!(found("organi?ation", "organisation organization organiation"), ["organisation", "organization"]);
        assert_eq!(found("bank * loan", "bank loan, bank on loan, bank-a-loan"), ["bank on loan", "bank-a-loan"]);
        assert_eq!(found("Sino-*", "Sino-Japanese ties, Sino"), ["Sino-Japanese"]);
        assert_eq!(found("* Strait", "the Taiwan Strait"), ["Taiwan Strait"]);
        assert_eq!(found("日本*", "日本国は日本"), ["日本", "日本"]);
    }

    #[test]
    fn dotted_acronyms_are_the_longest_or_none() {
        assert_eq!(found("US", "U.S. and U.S; U.S.A. and the U.S.-Japan"), ["U.S.", "U.S", "U.S."]);
        assert_eq!(found("US", "U.S.S.R., A.U.S., policy.U.S. u.s."), ["U.S."]);
        assert_eq!(found("USA", "U.S.A. U.S."), ["U.S.A."]);
        assert_eq!(found("U.S.", "U.S. U.S.A. US"), ["U.S."]);
        assert!(found("Us", "U.s.").is_empty());
    }

    #[test]
    fn what_is_written_is_required() {
        assert_eq!(found("São Paulo", "Sao Paulo São Paulo SÃO PAULO são paulo"), ["São Paulo", "SÃO PAULO"]);
        assert_eq!(found("erdogan", "Erdoğan Erdogan"), ["Erdoğan", "Erdogan"]);
        assert_eq!(found("China", "CHINA China china"), ["CHINA", "China"]);
        assert_eq!(found("fiscal Policy", "ﬁscal Policy"), ["ﬁscal Policy"]);
    }
}
