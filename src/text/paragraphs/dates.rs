//! Dates as documents write them, to `2014-08-01`, `2014-08` or `2014`.

/// Months in English, German, French, Spanish, Italian, Dutch, Portuguese, Russian, Ukrainian, Polish, Swedish, Hebrew, Arabic, and
/// their short forms.
#[rustfmt::skip]
const MONTHS: [&[&str]; 12] = [
    &["january", "jan", "januar", "janvier", "janv", "enero", "gennaio", "januari", "janeiro", "января", "січня", "stycznia", "ינואר", "בינואר", "يناير"],
    &["february", "feb", "februar", "février", "févr", "febrero", "febbraio", "februari", "fevereiro", "февраля", "лютого", "lutego", "פברואר", "בפברואר", "فبراير", "شباط"],
    &["march", "mar", "märz", "mars", "marzo", "maart", "março", "марта", "березня", "marca", "מרץ", "במרץ", "מרס", "במרס", "مارس", "آذار"],
    &["april", "apr", "avril", "abril", "aprile", "апреля", "квітня", "kwietnia", "אפריל", "באפריל", "أبريل", "إبريل", "نيسان"],
    &["may", "mai", "mayo", "maggio", "mei", "maio", "мая", "травня", "maja", "maj", "מאי", "במאי", "مايو", "أيار"],
    &["june", "jun", "juni", "juin", "junio", "giugno", "junho", "июня", "червня", "czerwca", "יוני", "ביוני", "يونيو", "حزيران"],
    &["july", "jul", "juli", "juillet", "julio", "luglio", "julho", "июля", "липня", "lipca", "יולי", "ביולי", "يوليو", "تموز"],
    &["august", "aug", "août", "agosto", "augustus", "августа", "серпня", "sierpnia", "augusti", "אוגוסט", "באוגוסט", "أغسطس", "آب"],
    &["september", "sept", "sep", "septembre", "septiembre", "settembre", "setembro", "сентября", "вересня", "września", "ספטמבר", "בספטמבר", "سبتمبر", "أيلول"],
    &["october", "oct", "oktober", "okt", "octobre", "octubre", "ottobre", "outubro", "октября", "жовтня", "października", "אוקטובר", "באוקטובר", "أكتوبر"],
    &["november", "nov", "novembre", "noviembre", "novembro", "ноября", "листопада", "listopada", "נובמבר", "בנובמבר", "نوفمبر"],
    &["december", "dec", "dezember", "dez", "décembre", "déc", "diciembre", "dicembre", "dezembro", "декабря", "грудня", "grudnia", "דצמבר", "בדצמבר", "ديسمبر"],
];

/// Days of the week; of the English, three letters and more are enough.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const WEEKDAYS_ABROAD: [&str; 38] = [
    "montag",
    "dienstag",
    "mittwoch",
    "donnerstag",
    "freitag",
    "samstag",
    "sonnabend",
    "sonntag",
    "lundi",
    "mardi",
    "mercredi",
    "jeudi",
    "vendredi",
    "samedi",
    "dimanche",
    "lunes",
    "martes",
    "miércoles",
    "jueves",
    "viernes",
    "sábado",
    "domingo",
    "lunedì",
    "martedì",
    "mercoledì",
    "giovedì",
    "venerdì",
    "sabato",
    "domenica",
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
    "segunda-feira",
    "terça-feira",
];
const SEASONS: [&str; 19] = [
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "printemps",
    "été",
    "automne",
    "hiver",
    "frühjahr",
    "frühling",
    "sommer",
    "herbst",
    "primavera",
    "verano",
    "otoño",
    "invierno",
    "autunno",
    "inverno",
];

/// Words beside a date that say nothing of it: "le 3 mai", "of", and what belongs to the time of day.
const BESIDE: [&str; 11] = ["de", "of", "the", "le", "den", "am", "el", "il", "op", "г", "года"];
const ZONES: [&str; 22] = [
    "am", "pm", "a.m", "p.m", "a.m.", "p.m.", "gmt", "utc", "est", "edt", "cst", "cdt", "pst", "pdt", "et", "bst",
    "cet", "cest", "ist", "jst", "uhr", "at",
];

/// Longest date, in bytes: "Wednesday, September 14, 2011 at 10:32 a.m. EDT".
const LONGEST: usize = 56;

/// Whether there may be a date in `text`: most lines have no number, and few one of four digits or of parts.
pub fn may_hold(text: &str) -> bool {
    if !text.is_ascii() {
        return text.bytes().any(|b| b.is_ascii_digit()) || text.contains('年');
    }
    let mut digits = 0;
    text.bytes().any(|b| {
        digits = if b.is_ascii_digit() { digits + 1 } else { 0 };
        digits == 4 || b == b'/'
    })
}

/// The date that `text` is, where it is nothing else but perhaps a time of day.
pub fn read(text: &str) -> Option<String> {
    // The mark of a note may stand behind it.
    let text = text.trim().trim_end_matches(['.', ',', '*', '∗', '†', '‡', '¡']);
    let text = bracketed(text).unwrap_or(text);
    if !text.is_ascii()
        && let Some(plain) = plain_digits(text)
    {
        return read(&plain);
    }
    if text.len() > LONGEST || !may_hold(text) {
        return None;
    }
    if text.contains(['\u{2010}', '\u{2011}']) {
        return read(&text.replace(['\u{2010}', '\u{2011}'], "-"));
    }
    // "2014-08-01T10:30:00Z"
    let text = match text.split_once('T') {
        Some((date, time)) if date.len() == 10 && is_time(time.get(..5).unwrap_or("")) => date,
        _ => text,
    };
    // "2018年11月20日 05時00分"
    let text = match text.split_once('日') {
        Some((day, time)) if !time.is_empty() && time.chars().all(|c| c.is_ascii_digit() || " :時分秒".contains(c)) => {
            &text[..day.len() + '日'.len_utf8()]
        }
        _ => text,
    };
    if let Some(date) = numeric(text).or_else(|| ideographic(text)) {
        return Some(date);
    }
    let lower = text.to_lowercase();
    let mut words: Vec<&str> = lower.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    if words.first().is_some_and(|w| is_weekday(w)) {
        words.remove(0);
    }
    // "Thu Oct 24 09:37:29 2019 +0300"
    if let [first @ .., _] = &words[..]
        && let Some(at) = first.iter().position(|w| w.contains(':') && is_time(w))
    {
        words.remove(at);
    }
    let before = words.len();
    while words.len() > 1
        && words
            .last()
            .is_some_and(|w| is_time(w) || is_zone(w) || matches!(*w, "-" | "–" | "à" | "às" | "alle" | "um" | "kl"))
    {
        words.pop();
    }
    // "3/14/2011 10:32 AM"
    if words.len() < before
        && let Some(date) = (words.len() == 1).then(|| numeric(words[0])).flatten()
    {
        return Some(date);
    }
    if words.len() > 2 {
        words.retain(|w| !BESIDE.contains(w));
    }
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
        // "1-Aug-2014"
        [one] => {
            let mut parts = one.split('-');
            let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
            parts.next().is_none().then(|| full(y, month(m)?, d)).flatten()
        }
        _ => None,
    }
}

/// Whether `word`, in small letters, is a day of the week.
fn is_weekday(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    WEEKDAYS.iter().any(|day| word == *day || word.len() >= 3 && word.len() <= 4 && day.starts_with(word))
        || WEEKDAYS_ABROAD.contains(&word)
}

/// Whether `text` is a date behind a day of the week: "Monday, 4 May 2015".
pub fn begins_with_weekday(text: &str) -> bool {
    text.split([' ', ',']).next().is_some_and(|word| is_weekday(&word.to_lowercase())) && read(text).is_some()
}

/// Whether `text` is some days of a month: "14-16 May 2009", "May 14–16, 2009".
pub fn is_span(text: &str) -> bool {
    let days = |word: &&str| {
        word.split_once(['-', '–']).is_some_and(|(first, last)| day(first).is_some() && day(last).is_some())
    };
    let mut words = text.split([' ', ',']).filter(|word| !word.is_empty());
    match [words.next(), words.next(), words.next(), words.next()] {
        [Some(a), Some(b), Some(c), None] => {
            year(c).is_some()
                && (days(&a) && month(&b.to_lowercase()).is_some() || days(&b) && month(&a.to_lowercase()).is_some())
        }
        _ => false,
    }
}

/// Whether `word` is a season: "Spring", "Winter".
pub fn is_season(word: &str) -> bool {
    SEASONS.contains(&word.to_lowercase().as_str())
}

/// What stands in brackets around all of `text`.
fn bracketed(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
    let round = |open, close| text.strip_prefix(open).and_then(|t| t.strip_suffix(close));
    inner.or_else(|| round('(', ')')).or_else(|| round('（', '）'))
}

/// `text` with the digits of other scripts as those of ASCII: "١٤", "１４".
fn plain_digits(text: &str) -> Option<String> {
    let plain = |c: char| {
        let zero = [0x0660, 0x06f0, 0xff10].into_iter().find(|zero| (*zero..*zero + 10).contains(&u32::from(c)))?;
        char::from_digit(u32::from(c) - zero, 10)
    };
    text.chars().any(|c| plain(c).is_some()).then(|| text.chars().map(|c| plain(c).unwrap_or(c)).collect())
}

/// "10:32", "10.32", "10h32", "10:32:05"; also with "am" glued to it.
fn is_time(word: &str) -> bool {
    let word = word.trim_end_matches(['a', 'p', 'm', '.', 'z']);
    let mut parts = word.split([':', 'h', '.']);
    let pair = |part: Option<&str>| part.is_some_and(|p| p.len() <= 2 && p.bytes().all(|b| b.is_ascii_digit()));
    let hour = parts.next();
    hour.is_some_and(|h| !h.is_empty()) && pair(hour) && pair(parts.next()) && parts.all(|part| pair(Some(part)))
}

/// "am", "GMT", "+0100".
fn is_zone(word: &str) -> bool {
    let offset = word.strip_prefix(['+', '-']).is_some_and(|n| n.len() == 4 && n.bytes().all(|b| b.is_ascii_digit()));
    offset || ZONES.contains(&bracketed(word).unwrap_or(word))
}

fn month(word: &str) -> Option<u32> {
    let word = word.trim_end_matches('.');
    MONTHS.iter().position(|names| names.contains(&word)).map(|at| at as u32 + 1)
}

/// "Summer", "March".
pub fn is_season_or_month(word: &str) -> bool {
    let lower = word.to_lowercase();
    SEASONS.contains(&lower.as_str()) || month(&lower).is_some()
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
    if text.contains('년') {
        return ideographic(&text.replace('년', "年").replace('월', "月").replace('일', "日"));
    }
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
            ("le 14 mars 2011", "2011-03-14"),
            ("14 de março de 2011", "2011-03-14"),
            ("Montag, 14. März 2011", "2011-03-14"),
            ("14 марта 2011 г.", "2011-03-14"),
            ("2011년 3월 14일", "2011-03-14"),
            ("14-Mar-2011", "2011-03-14"),
            ("14 במרץ 2011", "2011-03-14"),
            ("14 مارس 2011", "2011-03-14"),
            ("١٤ مارس ٢٠١١", "2011-03-14"),
            ("14 marca 2011", "2011-03-14"),
            ("（2011年３月）", "2011-03"),
            ("[March 14, 2011]", "2011-03-14"),
            ("Mon, 14 Mar 2011 10:32:00 +0100", "2011-03-14"),
            ("March 14, 2011 at 10:32 a.m. EDT", "2011-03-14"),
            ("3/14/2011 10:32 AM", "2011-03-14"),
            ("Thu Mar 14 09:37:29 2019 +0300", "2019-03-14"),
            ("2011-03-14T10:32:00Z", "2011-03-14"),
        ] {
            assert_eq!(read(text).as_deref(), Some(date), "{text}");
        }
        for text in [
            "August",
            "2014",
            "3/11",
            "1998-2001",
            "No. 201",
            "in May 2014",
            "8 March",
            "March 10:32",
            "May 3 at 2011 sites",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
