//! How long a line is: in cells, as an editor counts, and in ems, as a typesetter does.
//!
//! Whether a word would still have fitted on a line is the best single sign of where paragraphs end. In a text
//! wrapped by an editor that is a matter of characters; in one taken from a PDF, of the width of the letters: a line
//! of `i` and `l` holds half as many again as one of `m` and `w`.

/// Widths of the printable ASCII characters, in hundredths of an em: those of a Roman book face, rounded.
const WIDTHS: [u8; 95] = [
    25, 33, 41, 50, 50, 83, 78, 25, 33, 33, 50, 56, 25, 33, 25, 28, // space to /
    50, 50, 50, 50, 50, 50, 50, 50, 50, 50, 28, 28, 56, 56, 56, 44, // 0 to ?
    92, 72, 67, 67, 72, 61, 56, 72, 72, 33, 39, 72, 61, 89, 72, 72, // @ to O
    56, 72, 67, 56, 61, 72, 72, 94, 72, 72, 61, 33, 28, 33, 47, 50, // P to _
    33, 44, 50, 44, 50, 44, 33, 50, 50, 28, 28, 50, 28, 78, 50, 50, // ` to o
    50, 50, 33, 39, 28, 50, 50, 72, 50, 50, 44, 48, 20, 48, 54, // p to ~
];

/// Width of what no face is asked for, in thousandths of an em.
const OTHER: u32 = 480;

/// Widths of all ASCII characters, in thousandths of an em.
const ASCII: [u16; 128] = {
    let mut widths = [OTHER as u16; 128];
    let mut at = 0;
    while at < WIDTHS.len() {
        widths[at + 32] = WIDTHS[at] as u16 * 10;
        at += 1;
    }
    widths
};

/// Cells and thousandths of an em of `text`.
pub fn measure(text: &str) -> (u32, u32) {
    if text.is_ascii() {
        let ems: u64 = text.bytes().map(|byte| u64::from(ASCII[usize::from(byte & 0x7f)])).sum();
        return (text.len() as u32, ems.min(u64::from(u32::MAX)) as u32);
    }
    let (mut cells, mut ems) = (0u32, 0u32);
    for c in text.chars() {
        let (wide, width) = glyph(c);
        cells += wide;
        ems = ems.saturating_add(width);
    }
    (cells, ems)
}

/// Cells of one character.
pub fn cells(c: char) -> u32 {
    glyph(c).0
}

/// Cells and thousandths of an em of one character.
fn glyph(c: char) -> (u32, u32) {
    match c {
        '\0'..='\x7f' => (1, u32::from(ASCII[c as usize])),
        '‘' | '’' => (1, 330),
        '“' | '”' => (1, 440),
        '–' => (1, 500),
        '—' | '…' => (1, 1000),
        _ if is_wide(c) => (2, 1000),
        '\u{300}'..='\u{36f}' | '\u{200c}'..='\u{200f}' => (0, 0),
        _ => (1, OTHER),
    }
}

/// Whether `c` is as wide as it is high: Chinese, Japanese and Korean characters.
pub fn is_wide(c: char) -> bool {
    matches!(u32::from(c),
        0x1100..=0x115f | 0x2e80..=0x303e | 0x3041..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x20000..=0x3fffd)
}

/// Whether `c` belongs to a script that has spaces between phrases but not between words: Thai, Lao, Burmese, Khmer. Lines of it
/// are broken between words, and join without one.
pub fn is_phrased(c: char) -> bool {
    matches!(u32::from(c), 0x0e01..=0x0e5b | 0x0e81..=0x0edf | 0x1000..=0x109f | 0x1780..=0x17e9)
}

/// Whether words are written without spaces around `c`, so that lines join without one.
pub fn is_spaceless(c: char) -> bool {
    is_wide(c) && !matches!(u32::from(c), 0x1100..=0x115f | 0xac00..=0xd7a3)
}
