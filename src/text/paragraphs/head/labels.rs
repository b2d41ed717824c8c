//! Words that say what a line of a head is: those before an author, a date, a source, and those of lines that name nothing.

use crate::text::paragraphs::openers::Openers;

/// Words before an author.
pub(super) static BY: Openers<68> = Openers::new(&[
    "By ",
    "by ",
    "BY ",
    "By: ",
    "Author: ",
    "Authors: ",
    "Author(s): ",
    "Written by ",
    "Text by ",
    "Words by ",
    "Story by ",
    "Posted by ",
    "Published by ",
    "Reviewed by ",
    "Prepared by ",
    "Submitted by ",
    "Delivered by ",
    "Remarks by ",
    "Remarks of ",
    "Speech by ",
    "Address by ",
    "Lecture by ",
    "Statement by ",
    "Statement of ",
    "Testimony by ",
    "Testimony of ",
    "Keynote by ",
    "Keynote address by ",
    "Opening remarks by ",
    "Prepared statement of ",
    "Prepared remarks by ",
    "An essay by ",
    "Essay by ",
    "Report by ",
    "Von ",
    "Autor: ",
    "Autorin: ",
    "Par ",
    "Auteur : ",
    "Auteur: ",
    "Por ",
    "di ",
    "Door ",
    "作者：",
    "作者:",
    "著者：",
    "par ",
    "von ",
    "por ",
    "Di ",
    "Words: ",
    "Text: ",
    "Texte : ",
    "Texte: ",
    "Texto: ",
    "Testo: ",
    "文／",
    "文/",
    "文：",
    "撰文：",
    "記者：",
    "记者：",
    "VON ",
    "PAR ",
    "POR ",
    "STATEMENT OF ",
    "TESTIMONY OF ",
    "Ein Kommentar von ",
]);

/// Words before a date.
pub(super) static ON: Openers<39> = Openers::new(&[
    "Posted on ",
    "Posted: ",
    "Posted ",
    "Published on ",
    "Published online: ",
    "Published online ",
    "Published: ",
    "Published ",
    "Publication date: ",
    "Date: ",
    "First published: ",
    "First published ",
    "Issued: ",
    "Issued ",
    "Released: ",
    "Submitted ",
    "Dated ",
    "Veröffentlicht am ",
    "Stand: ",
    "Publié le ",
    "Publicado el ",
    "Publicado em ",
    "Pubblicato il ",
    "Gepubliceerd op ",
    "This version: ",
    "Published date: ",
    "Recorded ",
    "Report published: ",
    "Publié : ",
    "Veröffentlicht: ",
    "Publicado: ",
    "发布时间：",
    "发表时间：",
    "发布日期：",
    "公開日：",
    "掲載日：",
    "PUBLISHED: ",
    "POSTED: ",
    "Dated: ",
]);

/// Words before the date of a change.
pub(super) static LESS: Openers<20> = Openers::new(&[
    "Updated: ",
    "Last updated: ",
    "Updated on ",
    "Updated ",
    "Last updated on ",
    "Last updated ",
    "Last modified: ",
    "Last modified on ",
    "Revised: ",
    "Revised ",
    "Accepted: ",
    "Aktualisiert am ",
    "Mis à jour le ",
    "Actualizado el ",
    "Last revised: ",
    "Accepted ",
    "Atualizado em ",
    "Aggiornato il ",
    "更新：",
    "UPDATED: ",
]);

/// Words before a source.
pub(super) static VIA: Openers<9> =
    Openers::new(&["Via ", "via ", "Source: ", "Published by ", "Publisher: ", "From: ", "来源：", "來源：", "出典："]);

/// How lines of a head begin that name neither the text nor who wrote it.
static NOTHING: Openers<86> = Openers::new(&[
    "http://",
    "https://",
    "www.",
    "doi:",
    "DOI:",
    "DOI ",
    "arXiv:",
    "ISSN ",
    "ISBN ",
    "JEL ",
    "Keywords:",
    "Key words:",
    "Tags:",
    "Received: ",
    "Received ",
    "Translated by ",
    "Translation by ",
    "Edited by ",
    "Illustrated by ",
    "Illustrations by ",
    "Photographs by ",
    "Photography by ",
    "Interview by ",
    "Interviewed by ",
    "Transcribed by ",
    "Special to ",
    "Contact: ",
    "For further information",
    "An interview with ",
    "Reading time",
    "Testimony before ",
    "Statement before ",
    "Hearing before ",
    "Remarks at ",
    "Remarks before ",
    "Remarks to ",
    "Speech at ",
    "Speech to ",
    "Address to ",
    "Address at ",
    "Lecture at ",
    "Presented at ",
    "Presented to ",
    "Paper presented at ",
    "Prepared for ",
    "Delivered at ",
    "Delivered to ",
    "Submitted to ",
    "Available online",
    "Article history",
    "ON WRIT OF ",
    "On appeal from ",
    "ON APPEAL FROM ",
    "Case No.",
    "CASE NO.",
    "Docket No.",
    "DOCKET NO.",
    "Neutral Citation",
    "Photography: ",
    "Photographs: ",
    "Photos: ",
    "Illustrations: ",
    "Illustration: ",
    "Illustration by ",
    "Paper prepared for ",
    "Prepared by the ",
    "Temps de lecture",
    "Lesezeit",
    "Tiempo de lectura",
    "Tempo di lettura",
    "Tempo de leitura",
    "阅读时间",
    "A thesis ",
    "A dissertation ",
    "Thesis submitted",
    "Dissertation submitted",
    "Submitted in partial",
    "Lecture delivered",
    "Address delivered",
    "Speech delivered",
    "Sermon preached",
    "Paper read ",
    "A paper read ",
    "A lecture delivered",
    "Studie im Auftrag",
    "Im Auftrag ",
]);

/// Words before who speaks: such a line names a text that has no other name.
static SPOKEN: Openers<11> = Openers::new(&[
    "Remarks ",
    "Speech ",
    "Address ",
    "Lecture ",
    "Statement ",
    "Testimony ",
    "Keynote ",
    "Opening ",
    "Prepared ",
    "STATEMENT ",
    "TESTIMONY ",
]);

/// "Remarks by Ann Lee".
pub(super) fn is_spoken(text: &str) -> bool {
    SPOKEN.open(text)
}

/// Whole lines above a title that say what kind of text it is, in small letters.
const KICKERS: [&str; 94] = [
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
];

/// Whether a line is of the head and names nothing: an address, a kicker, a number of comments.
pub(super) fn says_nothing(text: &str) -> bool {
    NOTHING.open(text) || is_kicker(text) || is_address(text) || is_count(text)
}

/// "OPINION", "Chapter 3", "Part 2 of 3", "Working Paper 2011/17": what kind of text, or which part, stands below.
pub(super) fn is_kicker(text: &str) -> bool {
    let lower = || text.trim_matches(['[', ']', '(', ')', '*', ' ']).to_lowercase();
    text.len() <= 40 && (KICKERS.contains(&lower().as_str()) || is_part(text) || is_paper(text) || is_draft(&lower()))
}

/// "draft – not for quotation", "preliminary: comments welcome".
fn is_draft(lower: &str) -> bool {
    (lower.starts_with("draft") || lower.starts_with("preliminary"))
        && ["quot", "cite", "citation", "circulat", "comments welcome"].iter().any(|word| lower.contains(word))
}

/// "Chapter 3", "PART II", "Part 2 of 3".
pub(super) fn is_part(text: &str) -> bool {
    let mut words = text.split(' ');
    let part = words.next().is_some_and(|word| {
        ["Chapter", "CHAPTER", "Part", "PART", "Lecture", "LECTURE", "Kapitel", "Chapitre"].contains(&word)
    });
    let number = |word: &str| {
        let word = word.trim_end_matches(['.', ':']);
        word.bytes().all(|b| b.is_ascii_digit()) || crate::text::paragraphs::marks::roman(word).is_some()
    };
    part && words.next().is_some_and(number)
        && match (words.next(), words.next(), words.next()) {
            (None, _, _) => true,
            (Some("of"), Some(of), None) => number(of),
            _ => false,
        }
}

/// "WORKING PAPER 2011/17", "Discussion Paper No. 3".
fn is_paper(text: &str) -> bool {
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
    ]
    .iter()
    .find_map(|paper| lower.strip_prefix(paper)) else {
        return false;
    };
    let rest = rest
        .trim_start_matches([' ', ','])
        .trim_start_matches("no. ")
        .trim_start_matches("no ")
        .trim_start_matches("nr. ")
        .trim_start_matches("n° ")
        .trim_start_matches("n.º ");
    !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'/' | b'-' | b'.'))
}

/// "name@example.org", "E-mail: name@example.org".
fn is_address(text: &str) -> bool {
    // "@annlee"
    if text
        .strip_prefix('@')
        .is_some_and(|who| who.len() > 2 && who.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
    {
        return true;
    }
    let last = text.rsplit(' ').next().unwrap_or("").trim_matches(['<', '>', '(', ')', '.']);
    let whole = last.len() == text.trim_matches(['<', '>', '(', ')', '.']).len();
    let label = ["E-mail:", "Email:", "e-mail:", "email:"].iter().any(|label| text.starts_with(label));
    (whole || label) && last.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'))
}

/// "7 min read", "12 comments".
fn is_count(text: &str) -> bool {
    let Some((number, rest)) = text.split_once(' ') else { return false };
    !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
        && ["min read", "minute read", "minutes read", "comments", "comment", "shares", "views", "min. read"]
            .contains(&rest)
}
