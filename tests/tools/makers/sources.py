"""Paragraphs of true prose: the manuals and books that Debian packages, and the essays under seeds/.

A package that is absent is named and left out; the composed sentences of phrases.py remain. The two sets read different
files, so that no paragraph of one is in the other.
"""
import glob
import gzip
import os
import re
import sys
from html.parser import HTMLParser

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", "..", ".."))

# set: (package, files)
PLACES = {
    "tune": [
        ("anarchism", "/usr/share/doc/anarchism/html/sec[A-E]*.html"),
        ("debian-policy", "/usr/share/doc/debian-policy/policy.html/*.html"),
        ("debian-faq", "/usr/share/doc/debian/FAQ/*.en.html"),
        ("developers-reference", "/usr/share/developers-reference/*.html"),
        ("seeds", ROOT + "/seeds/the-apology-that-worked.txt"),
        ("seeds", ROOT + "/seeds/remarks-on-leaving-nemuro.txt"),
    ],
    "judge": [
        ("anarchism", "/usr/share/doc/anarchism/html/sec[F-J]*.html"),
        ("debian-handbook", "/usr/share/doc/debian-handbook/html/en-US/*.html"),
        ("debian-history", "/usr/share/doc/debian-history/docs/*.en.html"),
        ("debian-reference-en", "/usr/share/debian-reference/*.en.html"),
        ("seeds", ROOT + "/seeds/a-seat-nobody-took.txt"),
    ],
}
# other languages, by set and language
ABROAD = {
    "tune": {lang: ("debian-history", "/usr/share/doc/debian-history/docs/*.%s.html" % lang) for lang in ("de", "fr", "es", "ja")},
    "judge": {lang: ("debian-handbook", "/usr/share/doc/debian-handbook/html/%s/*.html" % place)
              for lang, place in (("de", "de-DE"), ("it", "it-IT"), ("pt", "pt-BR"), ("nl", "nl-NL"), ("fr", "fr-FR"), ("zh", "zh-CN"), ("ru", "ru-RU"))},
}
EAST = ("ja", "zh")
BLOCKS = set("p div li h1 h2 h3 h4 h5 h6 blockquote td th tr table dl dt dd ul ol pre body section article hr br".split())
SPOILT = set("code tt pre kbd var samp img sup sub".split())


class Paragraphs(HTMLParser):
    """Texts of <p> that hold nothing but words."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.found, self.text, self.fit, self.quote = [], None, False, 0

    def handle_starttag(self, tag, attrs):
        if tag == "blockquote":
            self.quote += 1
        if tag in SPOILT:
            self.fit = False
        if tag in BLOCKS:
            self.close_text()
            if (tag == "p" or tag == "div" and ("class", "para") in attrs) and not self.quote:
                self.text, self.fit = [], True

    def handle_endtag(self, tag):
        if tag == "blockquote":
            self.quote -= 1
        if tag in BLOCKS:
            self.close_text()

    def handle_data(self, data):
        if self.text is not None:
            self.text.append(data)

    def close_text(self):
        if self.text is not None and self.fit:
            self.found.append(" ".join("".join(self.text).split()))
        self.text = None


def prose(text):
    """True for a paragraph that reads as prose, with nothing a gold text could be in doubt about."""
    return (160 <= len(text) <= 1000 and text[0].isupper() and text[0].isascii()
            and re.search(r'[.?!]["\u201d\u2019\')]?$', text) is not None
            and not re.search(r"https?:|www\.|[@#<>{}\\|*_~^$%\u00a7\u00a9\u00b6]|\[|\]|\.\.\.|\u2026|--|- | -|/|`|\.html|[a-z][.?!,;:)][A-Za-z]|\b\w\.\w\.\d", text)
            and all(ord(c) < 0x250 or c in "\u2014\u2013\u2018\u2019\u201c\u201d" for c in text)
            and "\u00ad" not in text and "\u00a0" not in text
            and not re.search(r"\u2014 | \u2014|\u2013 | \u2013", text)
            and not re.search(r"\b(Copyright|Figure|Table|Section|section|Chapter|chapter|Updated|FAQ)\b", text)
            and sum(c.isdigit() for c in text) * 12 < len(text))


def prose_abroad(text, lang):
    """The same for other languages: whole sentences, nothing that is code or a list of links."""
    if re.search(r"https?:|www\.|[@#<>{}\\|*_~^$%\u00a7\u00a9\u00b6=+]|\[|\]|\.\.\.|\u2026|--|- | -|/|`|\.html|[a-z][.?!,;:)][A-Za-z]|\u00ad|[\u2013\u2014\u2012\u2011]", text):
        return False
    if len(re.findall(r"\b(?:the|of|and|with|from)\b", text)) > 2:
        return False  # not translated
    if lang in EAST:
        return 60 <= len(text) <= 500 and text[-1] == "\u3002" and sum(c > "\u2e7f" for c in text) > 0.75 * len(text)
    return 160 <= len(text) <= 1000 and text[0].isupper() and text[-1] in ".?!" and sum(c.isdigit() for c in text) * 12 < len(text)


def abroad(which):
    """Paragraphs by language."""
    found = {}
    for lang, (package, pattern) in ABROAD[which].items():
        texts, seen = [], set()
        for path in sorted(glob.glob(pattern)):
            parser = Paragraphs()
            parser.feed(read(path))
            parser.close()
            for c in parser.found:
                c = " ".join(c.split())
                if lang in EAST:
                    # a space that only parts a Latin word from the rest is no part of this test
                    c = re.sub(r"(?<=[\u2e80-\uffef]) | (?=[\u2e80-\uffef])", "", c)
                if c and c not in seen and prose_abroad(c, lang):
                    seen.add(c)
                    texts.append(c)
        if len(texts) >= 12:
            found[lang] = texts
        else:
            print("too little in %s (%s)" % (lang, package), file=sys.stderr)
    return found


def read(path):
    opened = gzip.open(path, "rt", encoding="utf-8") if path.endswith(".gz") else open(path, encoding="utf-8", errors="replace")
    with opened as f:
        return f.read()


def paragraphs(which):
    """All usable paragraphs of a set, in a fixed order, without doubles."""
    found, seen, absent = [], set(), []
    for package, pattern in PLACES[which]:
        files = sorted(glob.glob(pattern))
        if not files:
            absent.append(package)
        before = len(found)
        for path in files:
            text = read(path)
            if path.endswith(".txt"):
                candidates = [" ".join(line.split()) for line in text.splitlines()]
            else:
                parser = Paragraphs()
                parser.feed(text)
                parser.close()
                candidates = parser.found
            for c in candidates:
                if c and c not in seen and prose(c):
                    seen.add(c)
                    found.append(c)
        if os.environ.get("MAKERS_VERBOSE"):
            print("%-22s %4d files %6d paragraphs" % (package, len(files), len(found) - before), file=sys.stderr)
    if absent:
        print("not installed: " + ", ".join(sorted(set(absent))), file=sys.stderr)
    return found


if __name__ == "__main__":
    os.environ["MAKERS_VERBOSE"] = "1"
    for which in PLACES:
        got = paragraphs(which)
        print(which, len(got), sum(len(p) for p in got))
        for p in got[:: max(1, len(got) // 6)]:
            print("   ", p[:200])
