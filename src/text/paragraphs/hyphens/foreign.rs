//! Forms of other languages than English that are written with a hyphen, as closed classes of words.
//!
//! Nothing here holds for an English text: what is French is asked for only where the text is, and Russian is another script.

/// By how often these stand in a text a French one is known; no English text has many of them.
pub const FRENCH: [&str; 11] = ["les", "des", "une", "est", "dans", "que", "qui", "pour", "pas", "sur", "avec"];

/// What a French verb is followed by when the two change places ("est-ce", "dit-il", "donnez-moi"), and what points: "celui-ci",
/// "là-même". No typesetter breaks off so little by itself, or the rest would be no syllable.
const BEHIND_FRENCH: [&str; 19] = [
    "je", "tu", "il", "elle", "on", "ce", "nous", "vous", "ils", "elles", "moi", "toi", "lui", "en", "y", "ci", "là",
    "même", "mêmes",
];

/// Pairs of French: "peut-être", "au-dessus", "là-bas", "sous-préfet".
const PAIRS_FRENCH: [(&[&str], &[&str]); 4] = [
    (&["peut"], &["être"]),
    (&["au", "ci", "là", "par"], &["dessus", "dessous", "delà", "devant", "dedans", "dehors", "après", "contre"]),
    (&["là"], &["bas", "haut"]),
    (&["avant", "après"], &["hier", "demain", "midi", "guerre", "propos"]),
];

/// Pairs of Russian: "кто-то", "северо-западный", "из-за", "всё-таки".
const PAIRS_RUSSIAN: [(&[&str], &[&str]); 5] = [
    (
        &[
            "кто",
            "кого",
            "кому",
            "кем",
            "ком",
            "что",
            "чего",
            "чему",
            "чем",
            "чём",
            "где",
            "куда",
            "откуда",
            "когда",
            "как",
            "какой",
            "какая",
            "какое",
            "какие",
            "какого",
            "какую",
            "каких",
            "почему",
            "зачем",
            "чей",
            "сколько",
        ],
        &["то", "либо", "нибудь"],
    ),
    (&["северо", "юго"], &["запад", "восток", "запада", "востока", "западе", "востоке", "западу", "востоку"]),
    (&["из"], &["за", "под"]),
    (&["всё", "все", "так", "опять", "довольно"], &["таки"]),
    (&["кое"], &["кто", "что", "где", "как", "какие", "кого", "чего"]),
];

/// Beginnings of what follows "северо-" and "юго-".
const WINDS: [&str; 2] = ["западн", "восточн"];

/// Whether a hyphen stands between these parts, in lower case, whatever the line did.
pub fn is_compound(left: &str, right: &str, french: bool) -> bool {
    let is_pair = |pairs: &[(&[&str], &[&str])]| {
        pairs.iter().any(|(lefts, rights)| lefts.contains(&left) && rights.contains(&right))
    };
    if french {
        return BEHIND_FRENCH.contains(&right) || is_pair(&PAIRS_FRENCH);
    }
    is_pair(&PAIRS_RUSSIAN) || matches!(left, "северо" | "юго") && WINDS.iter().any(|wind| right.starts_with(wind))
}
