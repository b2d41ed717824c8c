//! The bodies of `bodies.rs` with inputs of proptest, on stable and in every run of the tests: the same inputs
//! each time, since looking for new ones is what `fuzz/` is for.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::bodies;

/// Text as it comes: words, marks, lines, hyphens at their ends, page breaks, other scripts.
fn messy_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        8 => "[a-z]{1,9}",
        3 => "[A-Z][a-z]{1,7}",
        6 => Just(" ".to_owned()),
        3 => Just("\n".to_owned()),
        2 => Just("\n\n".to_owned()),
        2 => Just("-\n".to_owned()),
        1 => Just("\u{c}".to_owned()),
        1 => Just("\r\n".to_owned()),
        1 => "[0-9]{1,4}",
        1 => "[.,;:!?—–'’“”()•*_|]",
        1 => "[\u{ad}\u{200b}\u{fb01}\u{fb02}\u{a0}\u{301}\u{202e}]",
        1 => "[ぁ-ん一-三ア-ンก-ฮ]{1,6}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..120).prop_map(|pieces| pieces.concat())
}

/// Lines that look like settings, rightly and wrongly.
fn messy_settings() -> impl Strategy<Value = String> {
    let line = prop_oneof![
        2 => "\\[(topics|match|reading|keys|theme)(\\.[a-z]{1,3}){0,3}\\]",
        2 => "(label|terms|not|near|within|min|case|nested|regex|measure|quit|text) = .{0,12}",
        2 => "(terms|not|regex) = \\[(\"[a-z*?{},\\- ]{0,9}\",?){0,4}\\]",
        1 => "[a-z_]{1,6} = [0-9]{1,20}",
        1 => ".{0,16}",
    ];
    prop::collection::vec(line, 0..14).prop_map(|lines| lines.join("\n"))
}

fn query() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z]{1,3}([ -][a-z]{1,3})?", "/[a-z.*+?()|\\[\\]^$\\\\-]{1,8}/", ".{0,8}"]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_read(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        bodies::decode(&bytes);
    }

    #[test]
    fn any_text_is_read(text in messy_text()) {
        bodies::decode(text.as_bytes());
    }

    #[test]
    fn faults_of_settings_have_a_place(source in messy_settings()) {
        bodies::settings(&source);
    }

    #[test]
    fn keys_read_back(written in "(<?[CASca]?-?[a-zA-Z<>]{0,6}>?|.){0,5}") {
        bodies::keys(&written);
    }

    #[test]
    fn hits_stand_in_their_paragraphs(query in query(), text in messy_text()) {
        bodies::search(&query, text.as_bytes());
    }

    #[test]
    fn nothing_acts_on_the_terminal(text in messy_text()) {
        bodies::safe(&text);
    }
}
