//! Hyphens as they stand at line ends, one by one.

use super::*;
use crate::text::paragraphs::lines;

fn decide(text: &str, above: &str, below: &str) -> Reading {
    let whole = format!("{text}\n{above}\n{below}\n");
    let flow = Flow::new(lines::split(&whole).0);
    let rules = Rules::default();
    Evidence::gather(&flow, None, &rules).decide(above, below).unwrap().reading
}

#[test]
fn a_text_that_writes_a_word_one_way_settles_it() {
    assert_eq!(decide("the by-product", "a by-", "product"), Reading::Keep);
    assert_eq!(decide("a byproduct", "a by-", "product"), Reading::Join);
    assert_eq!(decide("the centre, the labour and the colour of cooperation", "in co-", "operation"), Reading::Join);
    assert_eq!(decide("an over-all plan", "an over-", "all plan"), Reading::Keep);
}

#[test]
fn usage_tells_compounds_from_broken_words() {
    assert_eq!(decide("", "a counter-", "part"), Reading::Join);
    assert_eq!(decide("", "a counter-", "revolution"), Reading::Keep);
    assert_eq!(decide("", "a life-", "time"), Reading::Join);
    assert_eq!(decide("", "a hard-", "working hand"), Reading::Keep);
    assert_eq!(decide("", "an interre-", "lated question"), Reading::Join);
}

#[test]
fn a_lone_hyphen_in_a_text_that_an_editor_may_have_wrapped() {
    let text = "the boat came in and lay there until noon\n".repeat(14);
    assert_eq!(decide(&text, "a relation-", "ship of them all"), Reading::Join);
    assert_eq!(decide(&text, "they saw them-", "selves in the water"), Reading::Join);
    assert_eq!(decide(&text, "a sea-", "going boat"), Reading::Keep);
    // However long it is, nobody writes these with one.
    let text = text.repeat(10);
    assert_eq!(decide(&text, "a relation-", "ship of them all"), Reading::Join);
    assert_eq!(decide(&text, "not be-", "fore noon"), Reading::Join);
    assert_eq!(decide(&text, "to-", "day"), Reading::Keep);
}

#[test]
fn broken_words_are_joined() {
    for (above, below) in [
        ("the rela-", "tive decline"),
        ("the multi-na-", "tional force"),
        ("of Ko-", "rea"),
        ("in In-", "dia are"),
        ("gradual re-", "distribution"),
        ("from mac-", "roeconomic policy"),
        ("multi-", "lateralism"),
        ("great institu -", "tions on"),
        ("Administra-", "tion’s plan"),
        ("dy-", "namics"),
        ("an inter-", "governmental body"),
        ("its counter-", "part"),
        ("mere non-", "sense"),
        ("an anti-", "dote"),
        ("post-", "pone"),
        ("the pro-", "vision"),
        ("a gover-", "nor was"),
        ("a thous-", "and years"),
        ("the plan-", "et turned"),
        ("the steel-", "works of"),
        ("General Mc-", "Clellan"),
        ("an unpack-", "aged crate"),
    ] {
        assert_eq!(decide("", above, below), Reading::Join, "{above}/{below}");
    }
}

#[test]
fn compounds_are_kept() {
    for (above, below) in [
        ("(2001-", "2009)"),
        ("the US-", "Japan alliance"),
        ("a UN-", "approved plan"),
        ("all-", "time high"),
        ("two-plus-", "two talks"),
        ("middle-of-the-", "road"),
        ("high-", "level talks"),
        ("trial-", "and-error"),
        ("a non-", "existent rule"),
        ("the neo-", "classical view"),
        ("a counter-", "revolution"),
        ("a by-", "product of"),
        ("the laissez-", "faire years"),
        ("gettext-", "based tools"),
        ("more-or-", "less fixed"),
        ("a re-", "evaluation"),
        ("Forty-", "two years"),
        ("the seventy-", "ninth of them"),
    ] {
        assert_eq!(decide("", above, below), Reading::Keep, "{above}/{below}");
    }
    assert_eq!(decide("", "of short-", "and long-term"), Reading::KeepApart);
    assert_eq!(decide("", "the in-", "and out-patients"), Reading::KeepApart);
}

#[test]
fn other_languages_keep_what_they_write_with_a_hyphen() {
    let french = "les enfants des rues, que la pluie chasse, est dans une ville qui ne dort pas";
    for (above, below) in [("Est-", "ce que"), ("dit-", "il alors"), ("celui-", "ci"), ("vous peut-", "être")] {
        assert_eq!(decide(french, above, below), Reading::Keep, "{above}/{below}");
    }
    assert_eq!(decide(french, "la ri-", "vière"), Reading::Join);
    for (above, below) in [("Кто-", "то"), ("северо-", "западный ветер"), ("из-", "за угла"), ("где-", "нибудь")]
    {
        assert_eq!(decide("", above, below), Reading::Keep, "{above}/{below}");
    }
    assert_eq!(decide("", "мес-", "то"), Reading::Join);
    // In English the same letters are the ends of words.
    assert_eq!(decide("", "in pe-", "nelle"), Reading::Join);
    assert_eq!(decide("", "the ges-", "tures"), Reading::Join);
}

#[test]
fn a_break_inside_a_syllable_is_no_typesetters() {
    assert_eq!(is_between_syllables("rela", "tive"), Some(true));
    assert_eq!(is_between_syllables("relat", "ive"), Some(false));
    assert_eq!(is_between_syllables("2001", "2009"), None);
}

#[test]
fn the_text_itself_has_the_first_word() {
    assert_eq!(decide("we set the decision-making apart", "in decision-", "making"), Reading::Keep);
    assert_eq!(decide("we set the decisionmaking apart", "in decision-", "making"), Reading::Join);
    assert_eq!(decide("the UNHCR said", "the UN-", "HCR said"), Reading::Join);
    assert_eq!(decide("the UN said", "the UNI-", "FIL force"), Reading::Join);
    assert_eq!(decide("the ROK said", "the UN-", "ROK pact"), Reading::Keep);
    assert_eq!(decide("", "the US-", "ASEAN summit"), Reading::Keep);
    assert_eq!(decide("", "OF NON-", "DRIVERS"), Reading::Keep);
    assert_eq!(decide("the MakeMaker module", "the Make-", "Maker module"), Reading::Join);
    assert_eq!(decide("pre-war, pre-colonial and pre-modern", "the pre-", "history"), Reading::Keep);
    assert_eq!(decide("pre-war, pre-colonial and pre-modern", "well pre-", "pared"), Reading::Join);
    assert_eq!(decide("", "the pre-", "history"), Reading::Join);
    assert_eq!(decide("to co-ordinate as co-workers and co-owners", "to co-", "operate"), Reading::Keep);
    assert_eq!(decide("coworkers", "to co-", "operate"), Reading::Join);
    assert_eq!(decide("a nonexistent rule and a nonexistent one", "the non-", "existent"), Reading::Join);
}
