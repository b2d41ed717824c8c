//! Bytes to text: which encoding, and where each character came from.
//!
//! What is certain comes first: the reader's word, a byte order mark, the NUL pattern of UTF-16, text that is
//! valid UTF-8, the escapes of ISO-2022-JP. Only then is the encoding guessed (chardetng, as browsers do), and
//! the guess is flagged. Bytes are decoded by encoding_rs, a character at a time outside ASCII, so that the
//! map is exact. Time is proportional to the size.

use encoding_rs::{DecoderResult, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::SourceMap;

/// Bytes looked at to recognise UTF-16 without a byte order mark.
const PROBE: usize = 4096;
/// Bytes shown to the guesser.
const GUESS: usize = 1 << 20;

/// A decoded file.
#[derive(Clone, Debug)]
pub struct Decoded {
    pub text: String,
    /// From bytes of `text` to bytes of the file.
    pub map: SourceMap,
    /// The encoding's WHATWG name.
    pub encoding: &'static str,
    /// Guessed rather than stated or certain.
    pub guessed: bool,
}

/// Decodes `bytes`, as `label` says or as they look. What cannot be decoded becomes U+FFFD.
///
/// An unknown label counts as none.
pub fn decode(bytes: &[u8], label: Option<&str>) -> Decoded {
    if label.is_none()
        && let Some(big_endian) = utf32_mark(bytes)
    {
        return utf32(bytes, big_endian);
    }
    let (encoding, guessed) = match label.and_then(|label| Encoding::for_label(label.as_bytes())) {
        Some(encoding) => (encoding, false),
        None => recognise(bytes),
    };
    let mark = match Encoding::for_bom(bytes) {
        Some((marked, length)) if marked == encoding => length,
        _ => 0,
    };
    let (text, map) = if encoding == UTF_8 {
        utf8(bytes, mark)
    } else if encoding == UTF_16LE || encoding == UTF_16BE {
        utf16(bytes, mark, encoding == UTF_16BE)
    } else {
        legacy(bytes, encoding)
    };
    Decoded { text, map, encoding: encoding.name(), guessed }
}

/// The encoding of `bytes`, and whether it is a guess.
fn recognise(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, false);
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return (encoding, true);
    }
    if memchr::memmem::find(bytes, b"\x1b$B").is_some() && bytes.is_ascii() {
        return (ISO_2022_JP, true);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, false);
    }
    if mostly_utf8(bytes) {
        return (UTF_8, true);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(first_non_ascii(bytes), true);
    (detector.guess(None, chardetng::Utf8Detection::Deny), true)
}

/// A stretch of at most [`GUESS`] bytes, from shortly before the first byte beyond ASCII.
fn first_non_ascii(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|b| !b.is_ascii()).unwrap_or(0);
    let start = first.saturating_sub(PROBE);
    &bytes[start..bytes.len().min(start + GUESS)]
}

/// Text in Latin letters, written in UTF-16, has a NUL at every other byte.
fn utf16_pattern(probe: &[u8]) -> Option<&'static Encoding> {
    let pairs = probe.len() / 2;
    let nuls = |offset: usize| probe.iter().skip(offset).step_by(2).filter(|&&b| b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    // A few NULs in a short text are just that.
    let many = |n: usize| n >= 4 && n * 10 >= pairs * 4;
    match () {
        () if many(odd) && even * 20 < odd => Some(UTF_16LE),
        () if many(even) && odd * 20 < even => Some(UTF_16BE),
        () => None,
    }
}

/// Whether `bytes` are UTF-16 without a byte order mark, by where their NULs are.
pub fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let probe = &bytes[..bytes.len().min(PROBE)];
    utf16_pattern(probe).or_else(|| utf16_of_letters(probe))
}

/// Text in other letters has NULs beside its blanks and line ends, and few others; read in the right order, it is letters.
fn utf16_of_letters(probe: &[u8]) -> Option<&'static Encoding> {
    // Letters of ASCII, two by two, are Chinese.
    let control = |b: &u8| *b < 32 && !matches!(*b, 0 | b'\t' | b'\n' | b'\r' | 0x0c);
    let plain = || std::str::from_utf8(probe).is_ok() && !probe.iter().any(control);
    let nuls = |offset: usize| probe.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (nuls(0), nuls(1));
    if even + odd == 0 || plain() {
        return None;
    }
    // Blanks and line ends say which byte comes first.
    let orders = if even > odd { [UTF_16BE, UTF_16LE] } else { [UTF_16LE, UTF_16BE] };
    orders.into_iter().find(|order| is_of_letters(probe, *order == UTF_16BE))
}

/// Whether `probe` read as UTF-16 is letters, and what usually stands among them.
fn is_of_letters(probe: &[u8], big_endian: bool) -> bool {
    const FEWEST: usize = 12;
    let unit = |pair: &[u8]| match big_endian {
        true => u16::from_be_bytes([pair[0], pair[1]]),
        false => u16::from_le_bytes([pair[0], pair[1]]),
    };
    let usual = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '\t' | '\n' | '\r' | '\u{c}' | ' '..='~' | '\u{a0}'..='¿')
            || matches!(c, '\u{300}'..='\u{36f}' | '\u{590}'..='\u{6ff}' | '\u{900}'..='\u{e7f}')
            || matches!(c, '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{26ff}')
            || matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
    };
    // A pair of units may be cut at the end of what is looked at.
    let (mut all, mut letters, mut odd) = (0usize, 0usize, 0usize);
    for c in char::decode_utf16(probe.chunks_exact(2).map(unit)) {
        let c = c.unwrap_or('\0');
        all += 1;
        letters += usize::from(c.is_alphabetic());
        odd += usize::from(!usual(c));
    }
    all >= FEWEST && odd * 50 <= all && letters * 2 >= all
}

/// The order of bytes in UTF-32, by its mark.
fn utf32_mark(bytes: &[u8]) -> Option<bool> {
    let marked = |mark: &[u8]| bytes.len().is_multiple_of(4) && bytes.starts_with(mark);
    match () {
        () if marked(b"\0\0\xfe\xff") => Some(true),
        () if marked(b"\xff\xfe\0\0") => Some(false),
        () => None,
    }
}

/// UTF-32 behind its mark.
fn utf32(bytes: &[u8], big_endian: bool) -> Decoded {
    let (mut text, mut map) = (String::with_capacity(bytes.len() / 4), SourceMap::default());
    for (n, unit) in bytes.chunks_exact(4).enumerate().skip(1) {
        let unit = [unit[0], unit[1], unit[2], unit[3]];
        let value = if big_endian { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) };
        push_char(&mut text, &mut map, char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER), 4 * n, 4);
    }
    Decoded { text, map, encoding: if big_endian { "UTF-32BE" } else { "UTF-32LE" }, guessed: false }
}

/// UTF-8 with a few broken places: at least five right characters beyond ASCII for each wrong byte. Other encodings have
/// hardly any such.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes[..bytes.len().min(GUESS)].utf8_chunks() {
        right += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right >= 5 * wrong
}

fn utf8(bytes: &[u8], mark: usize) -> (String, SourceMap) {
    if let Ok(valid) = std::str::from_utf8(&bytes[mark..]) {
        let mut map = SourceMap::default();
        if !valid.is_empty() {
            map.push(0, valid.len(), mark, valid.len());
        }
        return (valid.to_owned(), map);
    }
    let mut text = String::with_capacity(bytes.len());
    let mut map = SourceMap::default();
    let mut at = mark;
    for chunk in bytes[mark..].utf8_chunks() {
        if !chunk.valid().is_empty() {
            map.push(text.len(), chunk.valid().len(), at, chunk.valid().len());
            text.push_str(chunk.valid());
            at += chunk.valid().len();
        }
        if !chunk.invalid().is_empty() {
            push_char(&mut text, &mut map, char::REPLACEMENT_CHARACTER, at, chunk.invalid().len());
            at += chunk.invalid().len();
        }
    }
    (text, map)
}

fn utf16(bytes: &[u8], mark: usize, big_endian: bool) -> (String, SourceMap) {
    let mut text = String::with_capacity(bytes.len() / 2);
    let mut map = SourceMap::default();
    let unit = |pair: &[u8]| match big_endian {
        true => u16::from_be_bytes([pair[0], pair[1]]),
        false => u16::from_le_bytes([pair[0], pair[1]]),
    };
    let body = &bytes[mark..];
    let mut at = mark;
    for result in char::decode_utf16(body.chunks_exact(2).map(unit)) {
        let (c, length) = match result {
            Ok(c) => (c, 2 * c.len_utf16()),
            Err(_) => (char::REPLACEMENT_CHARACTER, 2),
        };
        push_char(&mut text, &mut map, c, at, length);
        at += length;
    }
    if body.len() % 2 == 1 {
        push_char(&mut text, &mut map, char::REPLACEMENT_CHARACTER, at, 1);
    }
    (text, map)
}

/// Every other encoding: stretches of ASCII at once, the rest a character at a time.
fn legacy(bytes: &[u8], encoding: &'static Encoding) -> (String, SourceMap) {
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 2);
    let mut map = SourceMap::default();
    let mut decoder = encoding.new_decoder_without_bom_handling();
    // Where the character being read began: everything before it has been written out.
    let (mut start, mut at) = (0, 0);
    let mut buffer = [0u8; 32];
    while at < bytes.len() {
        if start == at && encoding.is_ascii_compatible() {
            let run = bytes[at..].iter().take_while(|b| b.is_ascii()).count();
            if run > 0 {
                map.push(text.len(), run, at, run);
                text.extend(bytes[at..at + run].iter().map(|&b| b as char));
                at += run;
                start = at;
                continue;
            }
        }
        let last = at + 1 == bytes.len();
        let (result, read, written) = decoder.decode_to_utf8_without_replacement(&bytes[at..at + 1], &mut buffer, last);
        at += read;
        for c in String::from_utf8_lossy(&buffer[..written]).chars() {
            push_char(&mut text, &mut map, c, start, at - start);
            start = at;
        }
        if let DecoderResult::Malformed(_, unread) = result {
            at -= usize::from(unread).min(at - start);
            push_char(&mut text, &mut map, char::REPLACEMENT_CHARACTER, start, at - start);
            start = at;
        }
    }
    (text, map)
}

fn push_char(text: &mut String, map: &mut SourceMap, c: char, source: usize, length: usize) {
    map.push(text.len(), c.len_utf8(), source, length);
    text.push(c);
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{EUC_JP, GB18030, SHIFT_JIS, WINDOWS_1252};
    use proptest::prelude::*;

    fn utf16_bytes(text: &str, big: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    }

    #[test]
    fn certain_encodings_are_not_flagged_as_guesses() {
        let plain = decode("naïve — text".as_bytes(), None);
        assert_eq!((plain.text.as_str(), plain.encoding, plain.guessed), ("naïve — text", "UTF-8", false));
        let marked = decode("\u{feff}text".as_bytes(), None);
        assert_eq!((marked.text.as_str(), marked.map.to_source(0), marked.guessed), ("text", 3, false));
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(utf16_bytes("añb𝄞c", false));
        let wide = decode(&bytes, None);
        assert_eq!((wide.text.as_str(), wide.encoding, wide.guessed), ("añb𝄞c", "UTF-16LE", false));
        assert_eq!(wide.map.to_source_range(4..8), 8..12);
    }

    #[test]
    fn a_nul_in_a_short_text_makes_it_no_utf16() {
        assert_eq!(decode(b"a \0\n", None).text, "a \0\n");
    }

    #[test]
    fn utf16_without_a_mark_is_seen_by_its_nuls() {
        for big in [false, true] {
            let decoded = decode(&utf16_bytes("Plain words, nothing else.\n", big), None);
            assert_eq!(decoded.text, "Plain words, nothing else.\n");
            assert!(decoded.guessed);
        }
    }

    #[test]
    fn utf16_of_other_letters_is_seen_too() {
        for text in [
            "Весной река выходит из берегов.\nТеперь ждут.\n",
            "港の値段は変わらない。\n誰が払うのか。\n",
            "Ο ποταμός\nφεύγει από εδώ.",
            "　港の値段は、変わらない。\n가나다 라마바 사아자.\n",
        ] {
            for big in [false, true] {
                let decoded = decode(&utf16_bytes(text, big), None);
                assert_eq!((decoded.text.as_str(), decoded.guessed), (text, true));
            }
        }
        let program: Vec<u8> =
            (0..400u32).flat_map(|n| [(n * 7 % 251) as u8, if n % 9 == 0 { 0 } else { 0x91 }]).collect();
        assert_eq!(unmarked_utf16(&program), None);
    }

    #[test]
    fn utf32_is_read_behind_its_mark() {
        for big in [false, true] {
            let units = "\u{feff}añb𝄞c".chars().map(u32::from);
            let bytes: Vec<u8> = units.flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect();
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.text.as_str(), decoded.guessed), ("añb𝄞c", false));
            assert_eq!(decoded.map.to_source_range(4..8), 16..20);
        }
    }

    #[test]
    fn a_broken_place_makes_no_other_encoding() {
        let mut bytes = "The naïve café – “no” – said it.".as_bytes().to_vec();
        bytes.insert(4, 0xff);
        assert_eq!(decode(&bytes, None).text, "The \u{fffd}naïve café – “no” – said it.");
    }

    #[test]
    fn nul_bytes_do_not_make_a_text_utf16() {
        assert_eq!(decode(b"one\0two three four five\0six", None).encoding, "UTF-8");
    }

    #[test]
    fn guesses_what_is_not_utf8() {
        let japanese = "日本の外交は、説明する国になるべきである。アメリカとの同盟を続けるために。";
        for encoding in [SHIFT_JIS, EUC_JP] {
            let (bytes, _, _) = encoding.encode(japanese);
            let decoded = decode(&bytes, None);
            assert_eq!((decoded.text.as_str(), decoded.encoding), (japanese, encoding.name()));
            assert!(decoded.guessed);
        }
        let latin = "The caf\u{e9} was na\u{ef}ve, the r\u{f4}le \u{201c}d\u{e9}mod\u{e9}\u{201d}.";
        let (bytes, _, _) = WINDOWS_1252.encode(latin);
        assert_eq!(decode(&bytes, None).text, latin);
        let (bytes, _, _) = ISO_2022_JP.encode(japanese);
        assert_eq!(decode(&bytes, None).text, japanese);
    }

    #[test]
    fn the_readers_word_is_taken() {
        let chinese = "中国的外交政策";
        let (bytes, _, _) = GB18030.encode(chinese);
        let decoded = decode(&bytes, Some("gb18030"));
        assert_eq!((decoded.text.as_str(), decoded.guessed), (chinese, false));
        assert_eq!(decode(b"abc", Some("no such name")).text, "abc");
    }

    proptest! {
        /// Each character leads back to the bytes that encode it, and bytes are used in order, once.
        #[test]
        fn maps_lead_to_the_bytes_of_each_character(text in "[a-z é中あ\n]{0,60}", which in 0usize..4) {
            let encoding = [SHIFT_JIS, EUC_JP, GB18030, WINDOWS_1252][which];
            let (bytes, _, _) = encoding.encode(&text);
            let decoded = decode(&bytes, Some(encoding.name()));
            let mut end = 0;
            for (at, c) in decoded.text.char_indices() {
                let range = decoded.map.to_source_range(at..at + c.len_utf8());
                prop_assert_eq!(range.start, end);
                end = range.end;
                let (one, _) = encoding.decode_without_bom_handling(&bytes[range]);
                prop_assert_eq!(one.as_ref(), c.to_string());
            }
            prop_assert_eq!(end, bytes.len());
        }

        /// Any bytes are read, under any encoding, and the map stays inside them.
        #[test]
        fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..200), which in 0usize..6) {
            let label = [None, Some("utf-16le"), Some("shift_jis"), Some("iso-2022-jp"), Some("gb18030"), Some("big5")];
            let decoded = decode(&bytes, label[which]);
            for at in 0..decoded.text.len() {
                prop_assert!(decoded.map.to_source(at) <= bytes.len());
            }
        }
    }
}
