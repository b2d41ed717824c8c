//! Dates as documents write them, to `2014-08-01`, `2014-08` or `2014`.

/// Months: English, German, French, Spanish. Three letters are enough for the English.
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janvier", "enero"],
    &["february", "feb", "februar", "février", "febrero"],
    &["march", "mar", "märz", "mars", "marzo"],
    &["april", "apr", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "jun", "juni", "juin", "junio"],
    &["july", "jul", "juli", "juillet", "julio"],
    &["august", "aug", "août", "agosto"],
    &["september", "sept", "sep", "septembre", "septiembre"],
    &["october", "oct", "oktober", "octobre", "octubre"],
    &["november", "nov", "novembre", "noviembre"],
    &["december", "dec", "dezember", "décembre", "diciembre"],
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const SEASONS: [&str; 5] = ["spring", "summer", "autumn", "fall", "winter"];

/// The date that `text` is, where it is nothing else.
pub fn read(text: &str) -> Option<String> {
    let text = text.trim().trim_end_matches(['.', ',']);
    if text.len() > 40 || !text.contains('年') && !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    if text.contains(['\u{2010}', '\u{2011}']) {
        return read(&text.replace(['\u{2010}', '\u{2011}'], "-"));
    }
    if let Some(date) = numeric(text).or_else(|| ideographic(text)) {
        return Some(date);
    }
    let lower = text.to_lowercase();
    let mut words: Vec<&str> = lower.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    if words.first().is_some_and(|w| WEEKDAYS.iter().any(|day| *w == *day || w.len() == 3 && day.starts_with(w))) {
        words.remove(0);
    }
    words.retain(|w| !matches!(*w, "de" | "of" | "the"));
    match words[..] {
        [a, b, c] => match (month(a), month(b)) {
            // "August 1, 2014" and "1 August 2014"
            (Some(m), _) => full(c, m, b),
            (_, Some(m)) => full(c, m, a),
            _ => None,
        },
        [a, b] => match month(a) {
            Some(m) => Some(format!("{:04}-{m:02}", year(b)?)),
            None if SEASONS.contains(&a) => Some(format!("{:04}", year(b)?)),
            None => None,
        },
        _ => None,
    }
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    MONTHS.iter().position(|names| names.contains(&word)).map(|at| at as u32 + 1)
}

/// A year of four digits.
pub fn year(word: &str) -> Option<u32> {
    let valid = word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|year| valid && (1500..2100).contains(year))
}

fn day(word: &str) -> Option<u32> {
    let word = ["st", "nd", "rd", "th", "."].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
    word.parse().ok().filter(|day| word.len() <= 2 && (1..=31).contains(day))
}

fn full(y: &str, month: u32, d: &str) -> Option<String> {
    Some(format!("{:04}-{month:02}-{:02}", year(y)?, day(d)?))
}

/// "2014-08-01", "08/4/15" (month first unless over 12), "1.8.2014" (day first).
fn numeric(text: &str) -> Option<String> {
    let mark = text.chars().find(|c| matches!(c, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(mark).collect();
    let [a, b, c] = parts[..] else { return None };
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 2);
    if let Some(y) = year(a) {
        return date(y, number(b)?, number(c)?);
    }
    let (first, second) = (number(a)?, number(b)?);
    let y = match year(c) {
        Some(y) => y,
        None if mark == '/' && c.len() == 2 => number(c).map(|y| if y < 50 { 2000 + y } else { 1900 + y })?,
        None => return None,
    };
    let (m, d) = if mark == '.' || first > 12 { (second, first) } else { (first, second) };
    date(y, m, d)
}

/// "2014年8月1日", "二〇一四年八月一日"
fn ideographic(text: &str) -> Option<String> {
    if !text.contains('年') {
        return None;
    }
    let text: String = text.split_inclusive(['年', '月', '日']).map(arabic).collect();
    let (y, rest) = text.split_once('年')?;
    let (m, rest) = rest.split_once('月')?;
    let (y, m) = (year(y.trim())?, m.trim().parse().ok()?);
    match rest.trim().strip_suffix('日') {
        Some(d) => date(y, m, d.trim().parse().ok()?),
        None if rest.trim().is_empty() && (1..=12).contains(&m) => Some(format!("{y:04}-{m:02}")),
        None => None,
    }
}

/// A number in Chinese digits, written in Arabic ones: "十二月" is "12月".
fn arabic(part: &str) -> String {
    const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    let digit = |c: char| DIGITS.iter().position(|d| *d == c).map(|d| d.to_string());
    let Some((tens, units)) = part.split_once('十') else {
        return part.chars().map(|c| digit(c).unwrap_or_else(|| c.to_string())).collect();
    };
    let tens = if tens.is_empty() { "1".to_owned() } else { arabic(tens) };
    let units = arabic(units);
    let gap = if units.starts_with(|c: char| c.is_ascii_digit()) { "" } else { "0" };
    tens + gap + &units
}

fn date(year: u32, month: u32, day: u32) -> Option<String> {
    ((1..=12).contains(&month) && (1..=31).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_all_forms() {
        for (text, date) in [
            ("1 August 2014", "2014-08-01"),
            ("August 1, 2014", "2014-08-01"),
            ("Aug. 1st, 2014", "2014-08-01"),
            ("Monday, 4 May 2015", "2015-05-04"),
            ("08/4/15", "2015-08-04"),
            ("22/03/2021", "2021-03-22"),
            ("2014-08-01", "2014-08-01"),
            ("1.8.2014", "2014-08-01"),
            ("October 1999", "1999-10"),
            ("2014年8月1日", "2014-08-01"),
            ("Spring 2019", "2019"),
            ("二〇二二年五月三日", "2022-05-03"),
            ("二〇一九年十二月二十日", "2019-12-20"),
            ("3. März 2001", "2001-03-03"),
        ] {
            assert_eq!(read(text).as_deref(), Some(date), "{text}");
        }
        for text in ["August", "2014", "3/11", "1998-2001", "No. 201", "in May 2014", "8 March"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
