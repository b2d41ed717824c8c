//! Words that say what a line of a head is: those before an author, a date, a source, and those of lines that name nothing.

use super::kickers::is_kicker;
use super::serials::{is_agenda, is_symbol};
use crate::text::paragraphs::lines::openers::Openers;

/// Words before an author.
pub(super) static BY: Openers<93> = Openers::new(&[
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
    "Written Testimony of ",
    "Written testimony of ",
    "Written Statement of ",
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
    "As told to ",
    "Автор: ",
    "Авторы: ",
    "Автор статьи: ",
    "Текст: ",
    "Автор – ",
    "Автор — ",
    "מאת: ",
    "מאת ",
    "بقلم: ",
    "بقلم ",
    "الكاتب: ",
    "الكاتبة: ",
    "كتب: ",
    "저자: ",
    "필자: ",
    "글쓴이: ",
    "작성자: ",
    "글: ",
    "執筆：",
    "筆者：",
    "文・",
]);

/// Words before a date.
pub(super) static ON: Openers<52> = Openers::new(&[
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
    "Decided ",
    "Assented to ",
    "Read ",
    "Опубликовано: ",
    "Опубликовано ",
    "Дата: ",
    "תאריך: ",
    "פורסם: ",
    "تاريخ النشر: ",
    "نشر في ",
    "입력 ",
    "등록 ",
    "게재일: ",
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
pub(super) static VIA: Openers<13> = Openers::new(&[
    "Via ",
    "via ",
    "Source: ",
    "Published by ",
    "Publisher: ",
    "From: ",
    "来源：",
    "來源：",
    "出典：",
    "Источник: ",
    "المصدر: ",
    "出典: ",
    "출처: ",
]);

/// How lines of a head begin that name neither the text nor who wrote it.
static NOTHING: Openers<102> = Openers::new(&[
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
    "Order Code ",
    "Report No. ",
    "Document No. ",
    "Distr.",
    "Original: ",
    "(translated by ",
    "Traduit ",
    "IN THE HOUSE OF ",
    "IN THE SENATE OF ",
    "Ordered to be printed",
    "Ordered by ",
    "Check against delivery",
    "Adopted by ",
    "Adopted at ",
    "Argued ",
    "Done at ",
]);

/// Words before who speaks: such a line names a text that has no other name.
static SPOKEN: Openers<12> = Openers::new(&[
    "Remarks ",
    "Speech ",
    "Address ",
    "Lecture ",
    "Statement ",
    "Testimony ",
    "Keynote ",
    "Opening ",
    "Prepared ",
    "Written ",
    "STATEMENT ",
    "TESTIMONY ",
]);

/// "Remarks by Ann Lee".
pub(super) fn is_spoken(text: &str) -> bool {
    SPOKEN.open(text)
}

/// Whether a line is of the head and names nothing: an address, a kicker, a number of comments.
pub(super) fn says_nothing(text: &str) -> bool {
    NOTHING.open(text)
        || is_symbol(text)
        || is_agenda(text)
        || is_kicker(text)
        || is_address(text)
        || is_count(text)
        || is_telephone(text)
        || is_street(text)
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

/// "(555) 010-7788", "Tel. +44 20 7946 0000"
fn is_telephone(text: &str) -> bool {
    let bare = ["Tel. ", "Tel: ", "Tel.: ", "Phone: ", "Fax: "].iter().find_map(|label| text.strip_prefix(label));
    let digits = bare.unwrap_or(text);
    let dressed = bare.is_some() || text.starts_with(['(', '+']);
    dressed
        && digits.bytes().filter(u8::is_ascii_digit).count() >= 7
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b' ' | b'(' | b')' | b'-' | b'.' | b'+'))
}

/// "1050 Quay Street"
fn is_street(text: &str) -> bool {
    const STREETS: [&str; 9] = ["Street", "Avenue", "Road", "Drive", "Lane", "Square", "Boulevard", "St.", "Ave."];
    let mut words = text.split(' ');
    words.next().is_some_and(|number| number.len() <= 5 && number.bytes().all(|b| b.is_ascii_digit()))
        && words.next_back().is_some_and(|word| STREETS.contains(&word))
        && (1..=3).contains(&words.count())
}
