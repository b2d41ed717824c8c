//! The order of documents: by their paths, as people count.

use super::DocId;

/// What puts names in the order people expect: digits count as numbers, `/` comes first, case does not
/// count. Keys are made once, and compared byte by byte.
pub fn natural_key(name: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(name.len() + 8);
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_ascii_digit() {
            let c = if c == '/' { '\0' } else { c.to_lowercase().next().unwrap_or(c) };
            key.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            continue;
        }
        // A number stands where its first digit would: its length without leading zeros, then its digits,
        // which orders by value.
        let from = key.len();
        key.extend_from_slice(&[b'0', 0, 0, 0, 0]);
        let mut next = Some(c);
        while let Some(digit) = next {
            if digit != '0' || key.len() > from + 5 {
                key.push(digit as u8);
            }
            next = chars.next_if(char::is_ascii_digit);
        }
        let length = (key.len() - from - 5) as u32;
        key[from + 1..from + 5].copy_from_slice(&length.to_be_bytes());
    }
    key
}

/// Puts a document into an order of paths.
pub fn insert<'a>(order: &mut Vec<DocId>, doc: DocId, path: impl Fn(DocId) -> &'a str) {
    let key = |doc: DocId| (natural_key(path(doc)), path(doc));
    let here = key(doc);
    let at = order.partition_point(|other| key(*other) < here);
    order.insert(at, doc);
}
