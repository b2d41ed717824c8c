//! Lines that are of the page of a site, not of the text: its parts, what one is called to do there, who holds the rights.

use crate::text::paragraphs::lines::openers::Openers;
use crate::text::paragraphs::lines::{self, GAP};
use crate::text::paragraphs::{dates, head};

/// Lines of a page rather than of a text, whole.
const LINES: [&str; 106] = [
    "page top",
    "top of page",
    "back to top",
    "home",
    "print",
    "print this page",
    "share",
    "subscribe",
    "log in",
    "login",
    "sign in",
    "sign up",
    "register",
    "menu",
    "search",
    "skip to content",
    "skip to main content",
    "previous",
    "next",
    "previous post",
    "next post",
    "read more",
    "more",
    "contact",
    "about",
    "archive",
    "articles",
    "support",
    "privacy policy",
    "terms of use",
    "advertisement",
    "newsletter",
    "email",
    "tweet",
    "facebook",
    "twitter",
    "download pdf",
    "cookie settings",
    "accept",
    "accept all",
    "accept all cookies",
    "accept cookies",
    "decline",
    "reject all",
    "reject all cookies",
    "cookie preferences",
    "manage cookies",
    "got it",
    "unsubscribe",
    "navigation",
    "permalink",
    "reply",
    "like loading...",
    "view in browser",
    "view this email in your browser",
    "startseite",
    "suche",
    "menü",
    "anmelden",
    "drucken",
    "accueil",
    "rechercher",
    "imprimer",
    "inicio",
    "início",
    "buscar",
    "cerca",
    "stampa",
    "首页",
    "ホーム",
    "search this blog",
    "older posts",
    "newer posts",
    "older post",
    "newer post",
    "skip to navigation",
    "close",
    "jump to navigation",
    "jump to search",
    "jump to content",
    "jump to navigation jump to search",
    "view image in fullscreen",
    "skip advertisement",
    "continue reading the main story",
    "story continues below advertisement",
    "read the full story",
    "show more",
    "show comments",
    "add a comment",
    "listen to this article",
    "save for later",
    "copy link",
    "copied",
    "e-mail",
    "send by email",
    "comments",
    "werbung",
    "publicité",
    "publicidad",
    "前のページ",
    "次のページ",
    "トップページ",
    "ページトップ",
    "ページトップへ",
    "印刷",
    "目次",
];

/// How such lines begin.
static BEGINNINGS: Openers<72> = Openers::new(&[
    "The views expressed",
    "The opinions expressed",
    "Views expressed",
    "This site uses",
    "©",
    "Copyright ©",
    "All rights reserved",
    "Share on ",
    "Share this ",
    "Follow us",
    "Sign up for ",
    "Subscribe to ",
    "Please sign in",
    "Please log in",
    "Your email address will not",
    "Required fields",
    "This article first appeared",
    "This article was originally",
    "This article originally",
    "This article is an extract",
    "This essay first appeared",
    "This piece first appeared",
    "This piece was originally",
    "This essay was originally",
    "An earlier version of this",
    "Originally published ",
    "Reprinted ",
    "Filed under",
    "Tagged ",
    "Tags: ",
    "Posted in ",
    "Click here",
    "You must be logged in",
    "*** START OF",
    "Produced by ",
    "Any views expressed",
    "We use cookies",
    "This website uses",
    "You are receiving this",
    "Unsubscribe from",
    "View this email in",
    "Proudly powered by",
    "Powered by ",
    "Partager sur ",
    "Partagez cet",
    "Compartir en ",
    "Compartilhar ",
    "Condividi su ",
    "Auf Facebook teilen",
    "Abonnez-vous",
    "Newsletter abonnieren",
    "Suscríbase",
    "Iscriviti alla",
    "Assine a ",
    "Thanks for reading!",
    "Reporting by ",
    "Sign up to ",
    "Retrieved from ",
    "Categories: ",
    "Category: ",
    "Hidden categories: ",
    "This page was last ",
    "Text is available under",
    "Not to be confused with",
    "For other uses, see ",
    "Tagged: ",
    "Back to ",
    "Our mailing address is",
    "Our Standards: ",
    "前のページ",
    "トップページ",
    "ページの先頭",
]);

/// What stands inside them, each parted behind its first word.
const INSIDE: [(&str, &str); 10] = [
    ("All", " rights reserved"),
    ("All", " Rights Reserved"),
    ("All", " Right Reserved"),
    ("is", " an extract from"),
    ("kind", " permission of"),
    ("reprinted", " with"),
    ("min", " read"),
    ("Learn", " how your comment data"),
    ("should", " not be attributed to"),
    ("Project", " Gutenberg License"),
];

/// Longest name of a part of a site, in bytes.
const LINE_OF_SITE: usize = 24;

/// Longest of [`LINES`], in bytes.
const LONGEST_LINE: usize = 44;

/// Whether `text` is of the page, not of the text.
pub fn is_page_line(text: &str) -> bool {
    let bare = text.trim_matches(|c: char| !c.is_alphanumeric() && c != '©' && c != '*');
    if bare.len() <= LONGEST_LINE && LINES.contains(&bare.to_lowercase().as_str()) {
        return true;
    }
    if BEGINNINGS.open(text) || is_copyright(text) {
        return true;
    }
    // "« Older post | Newer post »"
    let mut links = bare.split('|').map(str::trim);
    let marks = text.bytes().filter(|b| *b == b'|').count();
    if text.len() <= 90 && marks > 0 && links.all(is_part_of_site) {
        return true;
    }
    // "Prev        Up        Next"
    if text.len() <= 120
        && lines::gap(text).is_some()
        && text.split(GAP).map(str::trim).all(|part| part.is_empty() || is_part_of_site(part))
    {
        return true;
    }
    if is_sharing(text) || is_count_of_comments(text) || is_from_free(text) {
        return true;
    }
    // "Unsubscribe | Update your preferences"
    if marks == 1 && text.len() <= 64 && text.split('|').all(|part| part.len() <= 36) && text.split('|').any(is_line) {
        return true;
    }
    if holds_inside(text) {
        return true;
    }
    // "Home | Essays | Books | Archive"
    if text.len() > 160 {
        return false;
    }
    // "Home > Economy > Trade"
    if text.contains('>') && text.split(" > ").count() >= 2 && text.split(" > ").next().is_some_and(is_part_of_site) {
        return true;
    }
    if marks < 2 && text.is_ascii() {
        return false;
    }
    let parts: Vec<&str> = text.split(['|', '»', '›']).map(str::trim).collect();
    parts.len() >= 3
        && parts.iter().all(|part| part.len() <= 28 && part.split(' ').count() <= 4 && !part.is_empty())
        && head::parse(text).is_none()
}

/// Whether `text` is one of [`LINES`].
fn is_line(text: &str) -> bool {
    let text = text.trim();
    text.len() <= LONGEST_LINE && LINES.contains(&text.to_lowercase().as_str())
}

/// "214 comments"
fn is_count_of_comments(text: &str) -> bool {
    let words = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == ',');
    words.len() < text.len()
        && matches!(words, " comments" | " comment" | " Comments" | " Comment" | " shares" | " Shares")
}

/// "From Wikipedia, the free encyclopedia"
fn is_from_free(text: &str) -> bool {
    text.starts_with("From ") && text.len() <= 80 && text.ends_with(", the free encyclopedia")
}

/// Whether one of [`INSIDE`] stands in `text`. Only blanks are looked at, and what stands around them.
fn holds_inside(text: &str) -> bool {
    let bytes = text.as_bytes();
    let letter = |at: usize| usize::from(bytes.get(at).copied().unwrap_or(0));
    memchr::memchr_iter(b' ', bytes).any(|at| {
        let (before, after) = (letter(at.wrapping_sub(1)), letter(at + 1));
        AROUND[0][before] & AROUND[1][after] != 0
            && INSIDE.iter().any(|(word, rest)| text[..at].ends_with(word) && text[at..].starts_with(rest))
    })
}

/// Which of [`INSIDE`], a bit for each, have each byte before their first blank, and which behind it.
static AROUND: [[u16; 256]; 2] = {
    let mut around = [[0; 256]; 2];
    let mut at = 0;
    while at < INSIDE.len() {
        let (word, rest) = (INSIDE[at].0.as_bytes(), INSIDE[at].1.as_bytes());
        around[0][word[word.len() - 1] as usize] |= 1 << at;
        around[1][rest[1] as usize] |= 1 << at;
        at += 1;
    }
    around
};

/// What parts the places of a path on a site.
const STEPS: [&str; 7] = [" > ", " › ", " » ", " / ", " → ", "＞", "  "];

/// Whether `line` is a path on a site, or a row of its parts: "Home / Analysis / Maritime", "About   Archive   Contact".
pub fn are_crumbs(line: &str) -> bool {
    // Most lines have nothing of them.
    if line.is_ascii() && !line.bytes().any(|b| matches!(b, b'>' | b'/')) && !line.contains("  ") {
        return false;
    }
    STEPS.iter().any(|step| {
        let parts = || line.split(step).map(str::trim).filter(|part| !part.is_empty());
        let short =
            |part: &str| part.len() <= 28 && part.split(' ').count() <= 3 && !part.bytes().any(|b| b.is_ascii_digit());
        // Blanks alone part many things.
        let known = || *step != "  " && *step != " / " || parts().any(is_part_of_site);
        if *step == "  " && line.len() <= 120 && parts().count() == 2 && parts().all(is_part_of_site) {
            return true;
        }
        line.len() <= 120
            && (parts().count() >= 3
                || *step != "  " && parts().count() == 2 && parts().next().is_some_and(is_part_of_site))
            && parts().all(|part| short(part) && !part.starts_with(char::is_lowercase))
            && known()
    })
}

/// Names of places where texts are shared.
const PLACES: [&str; 14] = [
    "facebook",
    "twitter",
    "email",
    "linkedin",
    "reddit",
    "whatsapp",
    "print",
    "pinterest",
    "x",
    "e-mail",
    "telegram",
    "pocket",
    "bluesky",
    "mastodon",
];

/// Whether `text` is the name of a place where texts are shared.
pub fn is_place(text: &str) -> bool {
    let bare = text.trim_start_matches(['*', '•', '-', '+', ' ']);
    bare.len() <= LINE_OF_SITE && PLACES.contains(&bare.to_lowercase().as_str())
}

/// "Share this: Facebook Twitter Email"
fn is_sharing(text: &str) -> bool {
    text.len() <= 90
        && (text.starts_with("Share") || text.starts_with("Follow "))
        && text.split([' ', ':', '|', ',', '·']).any(|word| PLACES.contains(&word.to_lowercase().as_str()))
}

/// "(c) 2014", "© 2014" and "Copyright 2014", not "(c) While it".
pub fn is_copyright(text: &str) -> bool {
    if text.starts_with('©') || text.starts_with("Copyright ©") {
        return true;
    }
    ["(c) ", "(C) ", "Copyright ", "copyright "].iter().any(|mark| {
        text.strip_prefix(mark).is_some_and(|rest| {
            let year: String = rest.trim_start_matches("(c) ").chars().take(4).collect();
            dates::year(&year).is_some()
        })
    })
}

/// Names of the parts of a site, beside [`LINES`].
const PARTS: [&str; 45] = [
    "experts",
    "podcast",
    "podcasts",
    "donate",
    "events",
    "topics",
    "issues",
    "publications",
    "research",
    "news",
    "about us",
    "blog",
    "media",
    "careers",
    "store",
    "shop",
    "video",
    "videos",
    "opinion",
    "essays",
    "books",
    "people",
    "regions",
    "programs",
    "programmes",
    "contact us",
    "faq",
    "help",
    "library",
    "authors",
    "latest",
    "world",
    "reviews",
    "essay",
    "about me",
    "prev",
    "up",
    "anterior",
    "siguiente",
    "précédent",
    "suivant",
    "zurück",
    "weiter",
    "precedente",
    "successivo",
];

/// Whether `text` is the name of a part of a site, as its navigation has it.
pub fn is_part_of_site(text: &str) -> bool {
    let bare = text.trim_start_matches(['*', '•', '-', '+', ' ']);
    // "Home | Archive | Sign in"
    if text.contains('|')
        && text.split('|').count() >= 3
        && text.split('|').filter(|part| is_part_of_site(part.trim())).count() >= 2
    {
        return true;
    }
    if bare.len() > LINE_OF_SITE {
        return false;
    }
    let lower = bare.to_lowercase();
    LINES.contains(&lower.as_str()) || PARTS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_pages_are_known() {
        for text in [
            "Page Top",
            "© 2014 An Institute",
            "(c) 2014 Somebody",
            "The views expressed here are",
            "Home | Essays | Books",
        ] {
            assert!(is_page_line(text), "{text}");
        }
        for text in ["(c) While it lasted", "Homes and gardens", "A | B", "Copyright law is old"] {
            assert!(!is_page_line(text), "{text}");
        }
    }
}
