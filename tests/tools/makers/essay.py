"""Essays with known structure: the blocks every engine sets and every gold text is read from."""
import re
from dataclasses import dataclass, field

from phrases import CAPTIONS, DESKS, LEADINS, NAMES, NOTES, SOURCES, Phrases

MARK = re.compile("\x01(\\d+)\x02")  # a note mark inside a paragraph, set as a superscript
MONTHS = "January February March April May June July August September October November December".split()


@dataclass
class Block:
    kind: str
    text: str
    role: str = ""  # what the engines set it as, when the kind does not say: title, byline, standfirst, nav, bio …
    bullet: str = ""  # list items: "*" for a bullet, else the marker itself
    level: int = 1
    indent: int = 0
    group: int = 0  # list items of one list share it
    alts: list = field(default_factory=list)
    marks: dict = field(default_factory=dict)  # further marks for the gold file


@dataclass
class Essay:
    blocks: list
    notes: list
    title: str = None
    author: str = None
    date: str = None
    date_text: str = None
    source: str = None
    alt: dict = field(default_factory=dict)


def date_forms(rng):
    """(ISO, as written) in one of the six forms; a day past 12 where month and day could be confused."""
    year, month, day = rng.randint(1994, 2022), rng.randint(1, 12), rng.randint(13, 28)
    iso = "%04d-%02d-%02d" % (year, month, day)
    name = MONTHS[month - 1]
    return rng.choice([
        (iso, "%d %s %d" % (day, name, year)),
        (iso, "%s %d, %d" % (name, day, year)),
        (iso, iso),
        (iso, "%02d/%02d/%02d" % (month, day, year % 100)),
        (iso, "%s %d, %d" % (name if len(name) < 5 else name[:3] + ".", day, year)),
        ("%04d-%02d" % (year, month), "%s %d" % (name, year)),
    ])


def numbering(rng):
    style = rng.choice(["", "", "", "1. ", "I. "])
    roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    return lambda n: "" if not style else "%d. " % (n + 1) if style == "1. " else roman[n] + ". "


class Composer:
    """Draws paragraphs from a set's prose without repeating one, and puts essays together."""

    def __init__(self, half, prose, rng):
        self.half, self.rng = half, rng
        self.prose = list(prose)
        rng.shuffle(self.prose)
        self.phrases = Phrases(half, rng)

    def paragraph(self):
        rng = self.rng
        kind = rng.random()
        if kind < 0.07:
            return self.phrases.sentences(1)[0]
        if kind < 0.25 or not self.prose:
            return self.phrases.paragraph()
        text = self.prose.pop()
        if kind < 0.7:
            extra = " ".join(self.phrases.sentences(rng.randint(1, 2)))
            text = text + " " + extra if rng.random() < 0.5 else extra + " " + text
        return text

    def essay(self, head="full", sections=3, per=(1, 3), notes=0, lists=1, quotes=1, captions=0, separators=0,
              quotes_style=None, bio=0.5, disclaimer=0.3, standfirst=False, size=None):
        """`head`: none, title (title and author) or full (title, author, date and maybe a source)."""
        rng, ph = self.rng, self.phrases
        e = Essay([], [])
        if head != "none":
            e.title, e.author = ph.title(), ph.pick(NAMES)
            if head == "full":
                e.date, e.date_text = date_forms(rng)
                if e.date_text != e.date:
                    e.alt["date"] = [e.date_text]
                e.source = ph.pick(SOURCES) if rng.random() < 0.6 else None
        body, used, group = [], set(), 0
        mark = numbering(rng)
        # most heads are in title case; some are in capitals
        case = rng.choice([str] * 8 + [str.upper])
        long_at = rng.randrange(sections) if rng.random() < 0.5 else -1
        for _ in range(rng.randint(1, 2)):
            body.append(Block("body", self.paragraph()))
        for n in range(sections):
            title = None
            while title is None or title in used:
                title = ph.heading(n == long_at)
            used.add(title)
            body.append(Block("heading", mark(n) + case(title)))
            for _ in range(rng.randint(*per)):
                body.append(Block("body", self.paragraph()))
            if lists and rng.random() < lists / sections:
                group += 1
                body.append(Block("body", ph.fill(ph.rng.choice(LEADINS)), role="leadin"))
                style = rng.choice(["*", "*", "1.", "(a)"])
                for k in range(rng.randint(3, 4)):
                    bullet = "*" if style == "*" else "%d." % (k + 1) if style == "1." else "(%s)" % "abcd"[k]
                    body.append(Block("list", " ".join(ph.sentences(rng.randint(1, 2))), bullet=bullet, group=group))
                body.append(Block("body", self.paragraph()))
            if quotes and rng.random() < quotes / sections:
                text = self.prose.pop() if self.prose else ph.paragraph()
                body.append(Block("quote", text))
                body.append(Block("body", self.paragraph()))
            if captions and rng.random() < captions / sections:
                body.append(Block("caption", ph.fill(ph.rng.choice(CAPTIONS))))
                body.append(Block("body", self.paragraph()))
            if separators and rng.random() < separators / sections and body[-1].kind == "body":
                body.append(Block("separator", rng.choice(["* * *", "\u2022 \u2022 \u2022", "* * *", "***"])))
                body.append(Block("body", self.paragraph()))
        hosts = [b for b in body if b.kind == "body" and not b.role]
        for n, b in enumerate(sorted(rng.sample(range(len(hosts)), min(notes, len(hosts))))):
            e.notes.append(Block("footnote", ph.fill(ph.rng.choice(NOTES)), bullet=str(n + 1)))
            ends = [m.end() for m in re.finditer(r"(?<=[a-z]{3})[.,](?= |$)", hosts[b].text)] or [len(hosts[b].text)]
            at = rng.choice(ends)
            hosts[b].text = hosts[b].text[:at] + "\x01%d\x02" % (n + 1) + hosts[b].text[at:]
        tail = []
        if e.author and rng.random() < bio:
            desk = ph.fill(rng.choice(DESKS))
            desk = desk[0].lower() + desk[1:]
            tail.append(Block("boilerplate", "%s is %s." % (e.author, desk.replace("the The ", "The ")), role="bio"))
        if e.author and rng.random() < disclaimer:
            tail.append(Block("boilerplate", rng.choice([
                "The views expressed in this article are those of the author alone.",
                "The views expressed here do not necessarily reflect those of the institute."]), role="disclaimer"))
        e.blocks = body
        e.tail = tail
        e.standfirst = ph.fill(rng.choice(["What the {acr} did in {place}, and what {country} may yet learn from it.",
                                           "The {adj} road from {place} was longer than anyone had promised."])) if standfirst else None
        curly = rng.random() < 0.6 if quotes_style is None else quotes_style
        if curly:
            for b in e.blocks + e.tail + e.notes:
                b.text = curl(b.text)
            for name in ("title", "author", "source", "standfirst"):
                if getattr(e, name):
                    setattr(e, name, curl(getattr(e, name)))
        return e


def curl(text):
    """Straight quotes to typographic ones."""
    text = re.sub(r'(^|[\s(\[\u2014\u2013-])"', "\\1\u201c", text).replace('"', "\u201d")
    return re.sub(r"(^|[\s(\[\u2014\u2013\u201c-])'", "\\1\u2018", text).replace("'", "\u2019")


def meta_block(text, role):
    return Block("meta", text, role=role, marks={"kind_alt": ["heading", "boilerplate"], "optional": True})


def head_blocks(e, rng, style=None):
    """The lines at the top: title, byline, date and source in one of several arrangements."""
    if not e.title:
        return []
    by = rng.choice(["By %s", "%s", "by %s"]) % e.author
    out = [meta_block(e.title, "title")]
    style = style or rng.choice(["lines", "pipe", "source-first", "same-line", "posted"])
    if not e.date:
        return out + [meta_block(by, "byline")]
    if style == "pipe":
        out.append(meta_block(" | ".join(filter(None, [("By %s" % e.author), ("Via %s" % e.source) if e.source else None, e.date_text])), "byline"))
    elif style == "posted":
        out.append(meta_block(rng.choice(["Posted on %s", "Published: %s", "Published %s"]) % e.date_text, "date"))
        out.append(meta_block("By %s" % e.author + (" | Via %s" % e.source if e.source else ""), "byline"))
    elif style == "same-line":
        if e.source:
            out.insert(0, meta_block(e.source, "source"))
            if rng.random() < 0.4:
                out.insert(1, meta_block(rng.choice(["No. %d", "No.%d", "Issue %d"]) % rng.randint(12, 240), "issue"))
        out.append(meta_block(by + ("  " if rng.random() < 0.5 else " ") + e.date_text, "byline"))
    else:
        if e.source and style == "source-first":
            out.insert(0, meta_block(e.source, "source"))
        out.append(meta_block(by, "byline"))
        if e.source and style != "source-first":
            out.append(meta_block(e.source, "source"))
        out.append(meta_block(e.date_text, "date"))
    return out
