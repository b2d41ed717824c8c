//! Text or not: what a file is by its name and by its first bytes.
//!
//! Names decide while a folder is listed, so that ten thousand files cost no read; bytes decide when
//! a file is opened.

use crate::text::decode;

/// Extensions (lower case) of plain text.
pub const TEXT_EXTENSIONS: [&str; 4] = ["txt", "text", "md", "markdown"];

/// How many bytes from a file's start are looked at.
pub const SNIFFED: usize = 8192;

/// First bytes of common files that are no text, what they are, and a command that gets text out.
const MAGIC: [(&[u8], &str, Option<&str>); 15] = [
    (b"%PDF-", "a PDF", Some("pdftotext")),
    (b"PK\x03\x04", "a zip archive, as docx, odt and epub are", Some("pandoc -t plain")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", Some("catdoc")),
    (b"\x1f\x8b", "compressed by gzip", Some("gunzip")),
    (b"\xfd7zXZ\0", "compressed by xz", Some("unxz")),
    (b"\x28\xb5\x2f\xfd", "compressed by zstd", Some("unzstd")),
    (b"BZh", "compressed by bzip2", Some("bunzip2")),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", None),
    (b"Rar!\x1a\x07", "a RAR archive", None),
    (b"SQLite format 3\0", "an SQLite database", None),
    (b"\x7fELF", "a program", None),
    (b"\x89PNG\r\n", "a PNG picture", None),
    (b"\xff\xd8\xff", "a JPEG picture", None),
    (b"GIF8", "a GIF picture", None),
    (b"RIFF", "sound or film", None),
];

/// Bytes that are looked at together.
const MANY: usize = 255;

/// What a file's first bytes say it is, when that is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Binary {
    /// `a PDF`; `None` where only its bytes look wrong.
    pub what: Option<&'static str>,
    /// A command that makes text of it.
    pub tool: Option<&'static str>,
}

/// Whether bytes that start like `head` are no text. UTF-16 and UTF-32, with or without a mark at
/// the start, are text.
pub fn binary(head: &[u8]) -> Option<Binary> {
    let head = &head[..head.len().min(SNIFFED)];
    if let Some((_, what, tool)) = MAGIC.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Some(Binary { what: Some(what), tool: *tool });
    }
    if looks_wide(head) {
        return None;
    }
    // So many bytes at a time that a byte counts them.
    let control: usize =
        head.chunks(MANY).map(|bytes| usize::from(bytes.iter().map(|b| u8::from(is_control(*b))).sum::<u8>())).sum();
    let nuls = memchr::memchr_iter(0, head).count();
    let odd = nuls > 0 && !are_stray(nuls, control, head) || control * 10 > head.len();
    odd.then_some(Binary { what: None, tool: None })
}

/// Whether `b` is a control character that no text has.
fn is_control(b: u8) -> bool {
    (b < 32) & (b != 0) & !(7..=13).contains(&b) & (b != 27)
}

/// Whether the few NULs of `head` were lost among the words of a text, which has no other control.
fn are_stray(nuls: usize, control: usize, head: &[u8]) -> bool {
    let words = match std::str::from_utf8(head) {
        Ok(_) => true,
        // The last character may be cut.
        Err(error) => error.valid_up_to() + 4 > head.len(),
    };
    control == 0 && words && (nuls <= 2 && head.len() > 16 * nuls || nuls * 100 <= head.len())
}

/// UTF-16, or UTF-32 behind its mark.
fn looks_wide(head: &[u8]) -> bool {
    let marked = [&b"\xff\xfe"[..], b"\xfe\xff", b"\0\0\xfe\xff"].iter().any(|mark| head.starts_with(mark));
    marked || decode::unmarked_utf16(head).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    #[test]
    fn text_in_any_encoding_is_text() {
        assert_eq!(binary(b""), None);
        assert_eq!(binary("Über die Allianz\n".as_bytes()), None);
        assert_eq!(binary(b"\x93quoted\x94 in windows-1252"), None);
        assert_eq!(binary(b"page one\x0cpage two\x1b[0m"), None);
        assert_eq!(binary(&utf16("The alliance after the summit")), None);
        assert_eq!(binary(&utf16("\u{feff}日本の同盟")), None);
        assert_eq!(binary(&utf16("Весной река выходит из берегов.\nТеперь ждут с тревогой.\n")), None);
        assert_eq!(binary(b"words among which a\0 NUL was lost, and nothing else"), None);
    }

    #[test]
    fn controls_are_those_of_no_text() {
        let controls: Vec<u8> = (0..=u8::MAX).filter(|b| is_control(*b)).collect();
        assert_eq!(controls, (1..=6).chain(14..=26).chain(28..=31).collect::<Vec<u8>>());
    }

    #[test]
    fn what_is_no_text_is_named() {
        assert_eq!(binary(b"%PDF-1.7 ...").and_then(|b| b.tool), Some("pdftotext"));
        assert_eq!(binary(b"\x89PNG\r\n\x1a\n").and_then(|b| b.what), Some("a PNG picture"));
        assert_eq!(binary(b"a\0b\0\0c\0\0\0\x05\x06\x07"), Some(Binary { what: None, tool: None }));
        assert_eq!(binary(&[7, 1, 2, b'a', 3, 4]), Some(Binary { what: None, tool: None }));
    }
}
