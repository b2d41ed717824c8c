//! Notes stay on their words: golden cases (`tests/anchors/cases.jsonl`, each with its why), what
//! typesetting does to a text, and made cases where `../shared` and python3 are at hand.

use std::collections::HashMap;
use std::io::Write;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use postil::notes::anchor::{Anchor, Old, Prepared, Tier, resolve};
use postil::text::Clean;
use proptest::prelude::*;
use serde_json::Value;

#[test]
fn golden_cases_stand_where_they_should() {
    let cases = std::fs::read_to_string("tests/anchors/cases.jsonl").unwrap();
    for line in cases.lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| case[name].as_str().unwrap().to_owned();
        let start = case["hint"].as_u64().unwrap() as usize;
        let exact = field("exact");
        let pos = start..start + exact.chars().count();
        let anchor = Anchor { exact, before: field("before"), after: field("after"), pos, ..Anchor::default() };
        let text = field("text");
        let resolved = resolve(&anchor, &Prepared::new(&text), None);
        assert_eq!(resolved.span.map(|span| &text[span]), case["found"].as_str(), "{}", case["why"]);
        assert_eq!(resolved.tier.name(), case["tier"], "{}", case["why"]);
    }
}

/// The words of the text to be typeset, none twice, so that nothing is doubtful.
fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::hash_set("[a-z]{4,9}(fi|ffl|é)?", 24..60).prop_map(|words| words.into_iter().collect())
}

/// A text with its blanks, hyphens, quotes and ligatures set in another way.
fn typeset(words: &[String], width: usize, seed: u64) -> String {
    let mut text = String::new();
    let mut line = 0;
    for (index, word) in words.iter().enumerate() {
        let word = match (seed >> (index % 60)) & 3 {
            0 => word.replace("ffl", "ﬄ").replace("fi", "ﬁ"),
            1 => word.replace('é', "e\u{301}"),
            2 => format!("{}-\n{}", &word[..2], &word[2..]),
            _ => format!("{}\u{ad}{}", &word[..3], &word[3..]),
        };
        line += word.len() + 1;
        if index > 0 {
            text.push(if line > width { '\n' } else { ' ' });
        }
        line = if line > width { 0 } else { line };
        text.push_str(&word);
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn typesetting_never_moves_a_note(words in words(), width in 12usize..90, seed: u64, at in 0usize..18, len in 1usize..6) {
        let old = words.join(" ");
        let start = words[..at].iter().map(|word| word.len() + 1).sum::<usize>();
        let passage = words[at..at + len].join(" ");
        let clean = Clean { text: old, ..Clean::default() };
        let anchor = Anchor::of(&clean, start..start + passage.len());
        let new = typeset(&words, width, seed);
        let resolved = resolve(&anchor, &Prepared::new(&new), None);
        let found = resolved.span.map(|span| postil::notes::anchor::skeleton_text(&new[span]));
        prop_assert_eq!(found, Some(postil::notes::anchor::skeleton_text(&passage)));
        prop_assert_eq!(resolved.tier, Tier::Sure);
    }

    #[test]
    fn any_text_is_searched_without_harm(text in "[ab é\n\u{301}ﬁ-]{0,80}", exact in "[ab é\n\u{301}ﬁ-]{0,20}", before in "[ab \n-]{0,20}", after in "[ab \n-]{0,20}") {
        let anchor = Anchor { exact, before, after, ..Anchor::default() };
        if let Some(span) = {
            let prepared = Prepared::new(&text);
            resolve(&anchor, &prepared, Some(&Old::new(&text, &prepared))).span
        } {
            prop_assert!(text.get(span).is_some());
        }
    }
}

/// About 250 cases with known truth: none is wrong and sure, and few are lost.
#[test]
fn made_cases_are_never_sure_and_wrong() {
    let maker = Path::new("../shared/bench/anchor_cases.py");
    let has_python = Command::new("python3").arg("--version").output().is_ok();
    if !maker.exists() || !has_python {
        assert!(std::env::var("CI").is_err(), "python3 or {} is missing", maker.display());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (cases, truth) = (folder.path().join("cases"), folder.path().join("truth"));
    let made = Command::new("python3")
        .arg(maker)
        .args(["gen", "--seeds", "../shared/seeds", "--seed", "suite", "--per", "6", "--cases"])
        .arg(&cases)
        .arg("--truth")
        .arg(&truth)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let answers = answers(&std::fs::read(&cases).unwrap());
    let (mut present, mut right, mut sure) = (0, 0, 0);
    for line in std::fs::read_to_string(&truth).unwrap().lines() {
        let truth: Value = serde_json::from_str(line).unwrap();
        let answer = &answers[truth["id"].as_str().unwrap()];
        let (there, found) = (range(&truth["span"]), range(&answer["span"]));
        let is_right = match (&there, &found) {
            (Some(there), Some(found)) => overlap(there, found) >= 0.5,
            (None, None) => true,
            _ => false,
        };
        if answer["tier"] == "sure" {
            sure += 1;
            assert!(is_right, "{truth} {answer}");
        }
        present += usize::from(there.is_some());
        right += usize::from(there.is_some() && is_right);
    }
    assert!(present > 150 && right * 100 >= present * 98 && sure * 10 >= present * 9, "{right} of {present}, {sure}");
}

fn answers(cases: &[u8]) -> HashMap<String, Value> {
    let mut postil = Command::new(env!("CARGO_BIN_EXE_postil"))
        .args(["anchor", "--cases"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = postil.stdin.take().unwrap();
    let cases = cases.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&cases));
    let output = postil.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    let lines = String::from_utf8(output.stdout).unwrap();
    lines
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .map(|answer| (answer["id"].as_str().unwrap().to_owned(), answer))
        .collect()
}

fn range(span: &Value) -> Option<Range<f64>> {
    Some(span[0].as_f64()?..span[1].as_f64()?)
}

fn overlap(one: &Range<f64>, other: &Range<f64>) -> f64 {
    let both = (one.end.min(other.end) - one.start.max(other.start)).max(0.0);
    both / (one.end.max(other.end) - one.start.min(other.start))
}

const MANUAL: [&str; 5] = [
    "A package is a file with a name, a version and what it needs.",
    "Remove a package, but keep its settings.\nUse the first form.",
    "Remove a package, and all its settings.\nUse the first form.",
    "Remove a package, and all that needed it.\nUse the first form.",
    "Whoever is in doubt reads the manual of the tool before the tool is used.",
];

/// The passage `exact`, copy number `copy`, of the paragraphs `old`, as it stands in `new`: where, in
/// code points, and how surely; with the old text and without.
fn found(old: &[&str], exact: &str, copy: usize, new: &[&str]) -> [(Option<usize>, Tier); 2] {
    let (old, new) = (old.join("\n\n"), new.join("\n\n"));
    let start = old.match_indices(exact).nth(copy).unwrap().0;
    let clean = Clean { text: old.clone(), ..Clean::default() };
    let anchor = Anchor::of(&clean, start..start + exact.len());
    let prepared = Prepared::new(&new);
    [Some(Old::new(&old, &prepared)), None].map(|old| {
        let resolved = resolve(&anchor, &prepared, old.as_ref());
        (resolved.span.map(|span| span.start), resolved.tier)
    })
}

#[test]
fn with_the_old_text_a_passage_that_was_cut_out_is_not_its_twin() {
    let [known, _] = found(&MANUAL, "Remove a package", 1, &[MANUAL[0], MANUAL[1], MANUAL[3], MANUAL[4]]);
    assert_eq!(known, (None, Tier::Orphan));
    let [known, _] = found(&MANUAL, "Use the first form.", 2, &[MANUAL[0], MANUAL[1], MANUAL[2], MANUAL[4]]);
    assert_eq!(known, (None, Tier::Orphan));
}

#[test]
fn with_the_old_text_twins_are_told_apart_by_their_order() {
    let new = [MANUAL[4], "New words that nobody had read before.", MANUAL[1], MANUAL[2], MANUAL[3]];
    for (copy, place) in [(0, 3), (1, 4), (2, 5)] {
        let [known, _] = found(&MANUAL, "Use the first form.", copy, &new);
        let start = new.join("\n\n").match_indices("Use the first form.").nth(place - 3).unwrap().0;
        assert_eq!(known, (Some(start), Tier::Sure));
    }
}

#[test]
fn with_the_old_text_a_note_of_one_word_survives_whatever_is_put_around_its_line() {
    let new = ["Quite another text comes first.", MANUAL[0], "And then, at length, something else again.", MANUAL[4]];
    let old = [MANUAL[0], MANUAL[4]];
    assert_eq!(found(&old, "needs", 0, &new)[0], (Some(88), Tier::Sure));
    assert_eq!(found(&old, "doubt", 0, &new)[0].1, Tier::Sure);
}

#[test]
fn with_the_old_text_a_part_that_came_to_stand_in_order_is_not_the_passage() {
    for new in [[3, 1, 4, 2, 0], [4, 2, 3, 1, 0], [1, 3, 0, 4, 2]] {
        let new = new.map(|part: usize| MANUAL[part]);
        for copy in 0..3 {
            let [known, _] = found(&MANUAL, "Remove a package", copy, &new);
            let start = new.join("\n\n").find(MANUAL[copy + 1].split('\n').next().unwrap()).unwrap();
            assert!(known.0.is_none_or(|at| at == start), "copy {copy} of {new:?}: {known:?}");
        }
        for copy in 0..3 {
            let without: Vec<&str> = new.into_iter().filter(|part| *part != MANUAL[copy + 1]).collect();
            let [known, _] = found(&MANUAL, "Remove a package", copy, &without);
            assert_eq!(known, (None, Tier::Orphan), "copy {copy} of {without:?}");
        }
    }
}

#[test]
fn without_the_old_text_what_is_said_again_in_other_words_is_not_sure() {
    let says = |who: &str| {
        format!("The agreement is void where {who} says so in writing, and {who} bears the cost of what was done.")
    };
    let (one, two, three) = (says("the ministry"), says("the shipyard"), says("a creditor"));
    let old = [MANUAL[0], &one, MANUAL[4], &two, &three];
    let [_, unknown] = found(&old, "in writing", 0, &[MANUAL[0], MANUAL[4], &two, &three]);
    assert_ne!(unknown.1, Tier::Sure);
    let [known, unknown] = found(&old, "in writing", 0, &old);
    assert_eq!((known.1, unknown.1), (Tier::Sure, Tier::Sure));
}
