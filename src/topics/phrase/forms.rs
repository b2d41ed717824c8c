//! What a term may stand for: its alternatives written out, or only counted.

use crate::topics::scripts::is_separator;

use super::{Fault, MAX_PARTS, fault};

/// Forms that one term may stand for; more are a slip of the pen.
const MAX_FORMS: usize = 1000;

/// Whether a term of plain letters is well made; most are, and then no form of it has to be written out.
/// One that is not plain may be well made too.
pub(super) fn is_plain(written: &str) -> bool {
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
