//! Lines above a title that say what kind of text stands below, or which part of it: "OPINION", "Chapter 3", "DRAFT".

use crate::text::paragraphs::lines::marks;

/// Whole lines above a title that say what kind of text it is, in small letters.
const KICKERS: [&str; 133] = [
    "research paper",
    "working paper",
    "policy paper",
    "discussion paper",
    "occasional paper",
    "briefing paper",
    "issue paper",
    "conference paper",
    "opinion",
    "op-ed",
    "article",
    "articles",
    "original article",
    "research article",
    "research note",
    "review article",
    "essay",
    "editorial",
    "commentary",
    "comment",
    "comments and notes",
    "notes and comments",
    "analysis",
    "feature",
    "features",
    "perspective",
    "perspectives",
    "viewpoint",
    "column",
    "exclusive",
    "special report",
    "book review",
    "press release",
    "news release",
    "media release",
    "for immediate release",
    "for release on delivery",
    "memorandum",
    "memo",
    "draft",
    "first draft",
    "working draft",
    "discussion draft",
    "preliminary draft",
    "preliminary and incomplete",
    "confidential",
    "embargoed",
    "not for citation",
    "please do not cite",
    "please do not quote",
    "do not circulate",
    "draft – please do not cite",
    "draft - please do not cite",
    "discussion paper series",
    "working paper series",
    "policy brief",
    "issue brief",
    "background paper",
    "internet-draft",
    "letter to the editor",
    "note",
    "notes",
    "case comment",
    "technical note",
    "expert comment",
    "report",
    "interview",
    "profile",
    "news",
    "dispatch",
    "hearing",
    "judgment",
    "kommentar",
    "analyse",
    "gastbeitrag",
    "meinung",
    "essai",
    "tribune",
    "éditorial",
    "chronique",
    "opinión",
    "análisis",
    "tribuna",
    "opinião",
    "análise",
    "commento",
    "editoriale",
    "opinione",
    "社説",
    "评论",
    "評論",
    "breaking news",
    "breaking",
    "artigo",
    "artículo",
    "artikel",
    "leserbrief",
    "leitartikel",
    "carta al director",
    "lettre ouverte",
    "letters",
    "short communication",
    "guest essay",
    "guest column",
    "report from the field",
    "syllabus",
    "policy analysis",
    "press statement",
    "as prepared for delivery",
    "check against delivery",
    "es gilt das gesprochene wort",
    "seul le prononcé fait foi",
    "inaugural lecture",
    "public lecture",
    "keynote address",
    "commencement address",
    "original paper",
    "review essay",
    "backgrounder",
    "obituary",
    "sermon",
    "fact sheet",
    "white paper",
    "information note",
    "briefing note",
    "vortrag",
    "discours",
    "conférence",
    "entretien",
    "reportage",
    "dossier",
    "explanatory notes",
    "explanatory memorandum",
];

/// "OPINION", "Chapter 3", "Part 2 of 3", "Working Paper 2011/17": what kind of text, or which part, stands below.
pub(super) fn is_kicker(text: &str) -> bool {
    if text.len() > 60 {
        return false;
    }
    // "OPINION | GUEST ESSAY"
    if text.contains('|') {
        return text.split('|').all(|part| part.len() >= 3 && is_kicker(part.trim()));
    }
    let lower = text.trim_matches(['[', ']', '(', ')', '*', ' ']).to_lowercase();
    is_draft(&lower)
        || text.len() <= 40
            && (KICKERS.contains(&lower.as_str()) || is_part(text) || is_numbered_paper(text) || is_session(&lower))
}

/// Whole lines below the title of a book that say what it is, in small letters.
const GENRES: [&str; 24] = [
    "a novel",
    "a novella",
    "novel",
    "stories",
    "short stories",
    "poems",
    "a play",
    "a memoir",
    "roman",
    "récit",
    "nouvelles",
    "poèmes",
    "erzählung",
    "erzählungen",
    "novelle",
    "gedichte",
    "novela",
    "cuentos",
    "relatos",
    "poemas",
    "romanzo",
    "racconti",
    "romance",
    "роман",
];

/// "Roman", "A Novel": what the book is whose title stands above.
pub(super) fn is_genre(text: &str) -> bool {
    text.len() <= 24 && GENRES.contains(&text.trim_matches(['(', ')', '[', ']']).to_lowercase().as_str())
}

/// "113th congress", "2d session", "sixty-second session", "14. wahlperiode": which sitting of a parliament.
fn is_session(lower: &str) -> bool {
    let mut words = lower.split(' ');
    let (Some(number), Some(what), None) = (words.next(), words.next(), words.next()) else { return false };
    let ordinal =
        ["st", "nd", "rd", "th", "d", "first", "second", "third", "."].iter().any(|end| number.ends_with(end));
    ordinal
        && matches!(
            what,
            "congress" | "session" | "meeting" | "sitting" | "parliament" | "wahlperiode" | "législature" | "year"
        )
}

/// "draft – not for quotation", "preliminary: comments welcome", "not for circulation".
pub(super) fn is_draft(lower: &str) -> bool {
    const WHAT_FOR: [&str; 10] = [
        "quot",
        "cite",
        "citation",
        "circulat",
        "distribution",
        "comments welcome",
        "for comment",
        "for discussion",
        "for consultation",
        "for review",
    ];
    ["draft", "preliminary", "not for ", "confidential"].iter().any(|start| lower.starts_with(start))
        && WHAT_FOR.iter().any(|word| lower.contains(word))
}

/// "Chapter 3", "PART II", "Part 2 of 3".
pub(super) fn is_part(text: &str) -> bool {
    let mut words = text.split(' ');
    let part = words
        .next()
        .is_some_and(|word| marks::is_chapter_word(word) || matches!(word, "Part" | "PART" | "Lecture" | "LECTURE"));
    let number = |word: &str| {
        let word = word.trim_end_matches(['.', ':']);
        word.bytes().all(|b| b.is_ascii_digit()) || marks::roman(word).is_some()
    };
    part && words.next().is_some_and(number)
        && match (words.next(), words.next(), words.next()) {
            (None, _, _) => true,
            (Some("of"), Some(of), None) => number(of),
            _ => false,
        }
}

/// "WORKING PAPER 2011/17", "Discussion Paper No. 3".
pub(super) fn is_numbered_paper(text: &str) -> bool {
    let lower = text.to_lowercase();
    let Some(rest) = [
        "working paper",
        "discussion paper",
        "policy paper",
        "research paper",
        "technical report",
        "policy memo",
        "policy brief",
        "issue brief",
        "briefing paper",
        "occasional paper",
        "arbeitspapier",
        "diskussionspapier",
        "document de travail",
        "documento de trabajo",
        "documento de trabalho",
        "information note",
        "briefing note",
        "policy note",
        "background note",
        "fact sheet",
        "backgrounder",
    ]
    .iter()
    .find_map(|paper| lower.strip_prefix(paper)) else {
        return false;
    };
    let rest = rest
        .trim_start_matches([' ', ','])
        .trim_start_matches('#')
        .trim_start_matches("no. ")
        .trim_start_matches("no ")
        .trim_start_matches("nr. ")
        .trim_start_matches("n° ")
        .trim_start_matches("n.º ");
    !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'.'))
}
