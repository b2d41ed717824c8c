"""Shapes that need no engine: wrapped by an editor, an e-book of the Gutenberg kind, a page pasted from a browser,
the dumps of text browsers, and the shape of text copied out of a two-column PDF (seedlike)."""
import html
import os
import re
import textwrap
from dataclasses import replace

from essay import Block, head_blocks, meta_block
from typeset import nroff, run


def wrap(text, width, first="", rest="", hyphens=True):
    """Lines of at most `width`; editors break after a true hyphen, others do not."""
    return textwrap.wrap(text, width, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=hyphens)


def wrap_east(text, width):
    """Lines of `width` wide characters; closing marks do not start a line."""
    lines, line, used = [], "", 0
    for c in text:
        wide = 2 if c > "\u2e7f" else 1
        if used + wide > 2 * width and c not in "\u3001\u3002\uff0c\uff1a\uff1b\uff01\uff1f\uff09\u300d\u300f\u201d)" and not (c.isascii() and line[-1:].isascii()):
            lines.append(line)
            line, used = "", 0
        line += c
        used += wide
    return lines + [line]


def marked(blocks, bullet="\u2022"):
    """The blocks as they are read: list items and notes with their marker."""
    out = []
    for b in blocks:
        if b.kind == "list":
            out.append(replace(b, text="%s %s" % (bullet if b.bullet == "*" else b.bullet, b.text)))
        elif b.kind == "footnote":
            out.append(replace(b, text="%s %s" % (b.bullet, b.text)))
        else:
            out.append(b)
    return out


def flat(blocks):
    """Where indents are lost, nothing tells a block quotation from a paragraph."""
    return [replace(b, marks=dict(b.marks, kind_alt=["body"])) if b.kind == "quote" else b for b in blocks]


def wrapped(essay, rng, style):
    """Wrapped by an editor. style: blank, indented, double, block, fill"""
    width = rng.choice([64, 66, 68, 70, 72, 72, 75, 76, 78])
    hyphens = rng.random() < 0.6
    bullet = rng.choice(["*", "-", "\u2022"])
    blocks = marked(essay.set_blocks, bullet)
    lines, inset = [], ""
    for n, b in enumerate(blocks):
        last = blocks[n - 1] if n else None
        gap = 1
        if style == "indented" and b.kind == "body" and last and last.kind == "body":
            gap = 0
        if b.kind == "meta" and last and last.kind == "meta":
            gap = rng.choice([0, 0, 1])
        elif last and last.kind == "meta":
            gap = rng.choice([1, 2])
        if b.kind == "list" and last and last.kind == "list":
            gap = 0 if style != "blank" else rng.choice([0, 0, 1])
        if b.kind == "list" and last and last.role == "leadin":
            gap = rng.choice([0, 1])
        if b.kind == "heading" and style != "double":
            gap = rng.choice([1, 2])
        if n == 0:
            gap = 0
        lines += [""] * gap
        if b.kind == "list":
            inset = rng.choice(["", "  "]) if last and last.kind != "list" else inset
            mark = re.match(r"\S+ ", b.text).group()
            lines += wrap(b.text, width, inset, inset + " " * len(mark), hyphens)
        elif b.kind == "quote":
            lines += wrap(b.text, width - 4, "    ", "    ", hyphens)
        elif b.kind == "separator":
            lines.append(b.text.center(width).rstrip() if rng.random() < 0.7 else b.text)
        elif b.kind in ("meta", "heading"):
            lines += wrap(b.text, width, hyphens=False)
        else:
            indent = "    " if style == "indented" and b.kind == "body" and not b.role else ""
            lines += wrap(b.text, width, indent, "", hyphens)
    if style == "double":
        lines = [x for line in lines for x in (line, "")]
    text = "\n".join(lines) + "\n"
    return (text.replace("\n", "\r\n") if rng.random() < 0.15 else text), blocks


SPEAKERS = [["MR. HOLLOWAY", "MS. ANDRADE", "THE CHAIR", "Q.", "A."], ["SENATOR BRANDT", "DR. OKAFOR", "MODERATOR", "Question", "Answer"]]
REPLIES = ["Not in {place}.", "That was in {year}, I think.", "You mean the {acr}?", "I wrote to {person}.", "And {country}?", "Nobody asked about {plain}.",
           "It was {adj}, no more.", "Who told the {body}?", "Not before {year}.", "{person} did.", "In {place}, twice.", "And {noun}, of all things!"]


def unusual(essay, rng, half, phrases, style):
    """Other things than essays: numbered paragraphs of a report, a transcript, a conversation."""
    reply = lambda: phrases.fill(rng.choice(REPLIES))
    blocks, n = [], 0
    for b in essay.blocks:
        if b.kind != "body":
            if b.kind == "heading" and style != "conversation":
                blocks.append(b)
            continue
        if b.role:
            continue
        n += 1
        if style == "numbered":
            blocks.append(Block("list", b.text, bullet="%d." % n, group=1, marks={"kind_alt": ["body"]}))
        elif style == "transcript":
            who = rng.sample(SPEAKERS[half][:3], 2) if rng.random() < 0.6 else SPEAKERS[half][3:]
            sep = " " if who[0].endswith(".") and len(who[0]) == 2 else ": "
            blocks.append(Block("body", who[0] + sep + reply()))
            blocks.append(Block("body", who[1] + sep + b.text))
        else:
            blocks.append(Block("body", '"%s"' % reply()))
            if rng.random() < 0.5:
                said = reply()
                blocks.append(Block("body", '"%s" said %s.' % (said[:-1] + "," if said[-1] == "." else said, ["the clerk", "the old captain"][half])))
            blocks.append(b)
    essay.blocks = blocks


def manual(essay, rng):
    """Set by nroff, as manuals and old reports are: justified with spaces or ragged, hyphenated, running heads."""
    lay = {"width": rng.choice([65, 70, 72]), "offset": rng.choice([0, 0, 3]), "columns": 1, "skip": rng.random() < 0.7, "hyphenate": True,
           "justify": rng.random() < 0.5, "header": essay.header, "number": rng.choice(["- 1 -", "Page 1", "1"]), "number_at": "foot",
           "paper": (210, 297), "margin": 20}
    essay.number = lay["number"]
    return nroff(essay, lay), marked(essay.set_blocks)


def gutenberg(essay, rng):
    """An e-book: a header and a licence (worded here), capitals for chapter heads, seventy-odd columns."""
    width = rng.choice([70, 72, 75])
    edge = {"kind_alt": ["meta", "heading"], "optional": True, "free": True}
    title, author = essay.title, essay.author
    year = rng.randint(2003, 2021)
    top = [Block("boilerplate", "The Project Gutenberg %s of %s, by %s" % (rng.choice(["eBook", "EBook", "Etext"]), title, author), marks=edge),
           Block("boilerplate", "This e-book may be read by anyone anywhere at no cost and with almost no conditions. You may copy it, give it "
                 "away or use it again under the terms of the licence that comes with this e-book.", marks=edge),
           meta_block("Title: " + title, "title"), meta_block("Author: " + author, "byline"),
           Block("boilerplate", "Release Date: May 4, %d [EBook #%d]" % (year, rng.randint(4000, 60000)), marks=dict(edge)),
           Block("boilerplate", "Language: English", marks=edge),
           Block("boilerplate", "*** START OF TH%s PROJECT GUTENBERG EBOOK %s ***" % (rng.choice(["IS", "E"]), title.upper()), marks=dict(edge, free=False))]
    body = [meta_block(title.upper(), "title"), meta_block("By %s" % author if rng.random() < 0.5 else "BY %s" % author.upper(), "byline")]
    roman = "I II III IV V VI VII".split()
    n = 0
    style = rng.choice(["CHAPTER %s", "%s.", "CHAPTER %s. "])
    rest = []
    for b in essay.blocks:
        if b.kind == "heading":
            bare = re.sub(r"^(\d+|[IVX]+)\. ", "", b.text)
            head = style % roman[n]
            b = replace(b, text=head + " " + bare if style[-1] == " " else "%s %s" % (head, bare))
            if style[-1] != " ":
                b.role = head
            n += 1
        rest.append(b)
    end = [Block("boilerplate", "End of %s, by %s" % (title, author), marks=edge),
           Block("boilerplate", "*** END OF TH%s PROJECT GUTENBERG EBOOK %s ***" % (rng.choice(["IS", "E"]), title.upper()), marks=dict(edge, free=False)),
           Block("boilerplate", "Updated editions will take the place of the former one, and the old editions will be renamed.", marks=edge),
           Block("boilerplate", "Section 1. General terms of use. By reading or using any part of this work you show that you have read and "
                 "accepted the terms of this licence. If you do not accept them, stop using the work and destroy your copies.", marks=edge)]
    # whether an e-book's release is the text's date is a matter of taste
    essay.alt["date"] = ["%d-05-04" % year]
    essay.alt["source"] = ["Project Gutenberg", "The Project Gutenberg"]
    lines = []
    blocks = marked(top + body + rest + end, "*")
    for k, b in enumerate(blocks):
        last = blocks[k - 1] if k else None
        gap = 1
        if b.kind == "heading":
            gap = rng.choice([3, 4])
        elif last and last.kind == "heading":
            gap = rng.choice([1, 2])
        elif b.kind == "meta" and b.role == "title" and b.text.isupper():
            gap = 4
        elif b.kind == "boilerplate" or last and last.kind == "boilerplate":
            gap = rng.choice([1, 2])
        lines += [""] * (gap if k else 0)
        if b.kind == "quote":
            lines += wrap(b.text, width - 2, "    ", "    ", False)
        elif b.kind == "list":
            lines += wrap(b.text, width, "", "  ", False)
        elif b.kind == "separator":
            lines.append("       *       *       *       *       *")
            blocks[k] = replace(b, text="* * * * *")
        elif b.kind == "heading" and b.role:
            # chapter number and name on lines of their own: one heading or two are both right
            lines.append(b.role)
            lines += [""] * rng.choice([0, 1]) + wrap(b.text[len(b.role) + 1:], width)
        else:
            lines += wrap(b.text, width, hyphens=False)
    out = []
    for b in blocks:
        if b.kind == "heading" and b.role:
            out.append(replace(b, text=b.role, role=""))
            out.append(replace(b, text=b.text[len(b.role) + 1:], role="", marks={"soft_start": True}))
        else:
            out.append(b)
    return "\n".join(lines) + "\n", out


# ---- web pages

NAV = ["Home", "About us", "Archive", "Events", "Experts", "Newsletter", "Donate", "Topics", "Podcast", "Search", "Sign in", "Menu"]
TAILS = [["Related Posts", "More from this author", "You may also like", "Read next"],
         ["Leave a Reply", "Leave a comment", "Comments (0)", "Join the discussion"]]
FREE = {"free": True, "optional": True}


def crumbs(essay, rng, half, phrases):
    """Boilerplate around an article: (before, after). Wording differs between the sets."""
    top = [Block("boilerplate", t, role="nav", marks=dict(FREE)) for t in rng.sample(NAV[half::2], rng.randint(3, 5))]
    if rng.random() < 0.3:
        top = [Block("boilerplate", " | ".join(b.text for b in top), role="navline", marks=dict(FREE))]
    share = [Block("boilerplate", rng.choice([["Share this: Facebook Twitter Email", "Print | Email | Share"], ["Tweet Share Pin Print", "Share on LinkedIn"]][half]),
                   role="share", marks={"optional": True})]
    if rng.random() < 0.4:
        share.insert(0, Block("boilerplate", ["%d min read", "Reading time: %d minutes"][half] % rng.randint(3, 14), role="share", marks={"optional": True}))
    tail = []
    if rng.random() < 0.5:
        tail.append(Block("boilerplate", "Tags: " + ", ".join(rng.sample([["trade", "Asia", "security"], ["energy", "law", "Europe"]][half], 2)), role="tags"))
    related = [(TAILS[0][half::2], rng.randint(1, 3)), ]
    for heads, count in related:
        tail.append(Block("boilerplate", rng.choice(heads), role="tailhead"))
        for _ in range(count):
            tail.append(Block("boilerplate", phrases.title(), role="related"))
            if rng.random() < 0.6:
                tail.append(Block("boilerplate", phrases.sentences(1)[0][:-1].rsplit(" ", 3)[0] + " \u2026", role="teaser"))
    if rng.random() < 0.7:
        tail.append(Block("boilerplate", rng.choice(TAILS[1][half::2]), role="tailhead"))
        tail.append(Block("boilerplate", ["You must be logged in to post a comment.", "Your email address will not be published. Required fields are marked *"][half], role="teaser"))
    tail.append(Block("boilerplate", rng.choice([["Page Top", "Back to top"], ["Top of page", "Return to top"]][half]), role="nav2"))
    year = rng.randint(2005, 2020)
    owner = essay.source or "the author"
    tail.append(Block("boilerplate", rng.choice(["\u00a9 %d %s. All rights reserved.", "Copyright \u00a9 %d %s", "(c) %d %s. All Rights Reserved."]) % (year, owner), role="copyright"))
    return top, share, tail


def article(essay, rng, half, phrases):
    """All blocks of a web page in order."""
    top, share, tail = crumbs(essay, rng, half, phrases)
    head = head_blocks(essay, rng)
    if essay.standfirst:
        at = next(k for k, b in enumerate(head) if b.role == "title") + 1
        head.insert(at, Block("body", essay.standfirst, role="standfirst", marks={"kind_alt": ["quote", "meta"]}))
    blocks = (top if rng.random() < 0.7 else []) + head
    if rng.random() < 0.5:
        blocks += share
    if rng.random() < 0.5:
        blocks.append(Block("caption", phrases.fill("Fishing boats wait for the tide near {place}. (Photo by {name}, Creative Commons License)")))
    blocks += essay.blocks + essay.tail + (tail if rng.random() < 0.85 else tail[-1:])
    if not essay.source and essay.title:
        essay.alt["source"] = [None]
    return blocks


def pasted(essay, rng):
    """A page copied out of a browser: one line is one paragraph, blank lines as they fall."""
    keep_marks = rng.random() < 0.5
    blocks, lines = [], []
    for b in flat(essay.set_blocks):
        if b.kind == "list":
            b = replace(b, text=("\u2022 " if b.bullet == "*" else b.bullet + " ") + b.text) if keep_marks or b.bullet != "*" else b
            if not keep_marks and b.bullet == "*":
                b = replace(b, marks={"kind_alt": ["body"]})
        blocks.append(b)
    if rng.random() < 0.2:
        # the caption stands twice: once under the picture, once as its description
        for k, b in enumerate(blocks):
            if b.kind == "caption":
                blocks.insert(k + 1, replace(b, text=b.text.replace("(Photo by ", "(Photo by  ")))
                blocks[k + 1] = replace(b, marks={"optional": True})
                break
    spaced = rng.random() < 0.7
    for k, b in enumerate(blocks):
        last = blocks[k - 1] if k else None
        if k:
            if b.kind == "body" and last.kind == "body":
                lines += [""] * (rng.choice([1, 1, 2, 3]) if spaced else 0)
            elif b.kind == "list" and last.kind == "list" or b.kind == "meta" and last.kind == "meta":
                lines += [""] * rng.choice([0, 0, 1])
            elif last.kind == "heading":
                lines += [""] * rng.choice([0, 1, 2])
            else:
                lines += [""] * rng.choice([0, 1, 1, 2])
            if spaced and {b.kind, last.kind} == {"body", "quote"} and lines[-1] != "":
                lines.append("")
        lines.append(b.text + rng.choice(["", "", " "]))
    return "\n".join(lines) + rng.choice(["", "\n"]), blocks


def page_html(essay):
    q = lambda s: html.escape(s, quote=False)
    out, open_list = ['<!doctype html><html lang="en"><head><meta charset="utf-8"><title>%s</title></head><body>' % q(essay.title or "")], 0
    nav = [b for b in essay.set_blocks if b.role == "nav"]
    if nav:
        out.append("<ul>%s</ul>" % "".join("<li>%s</li>" % q(b.text) for b in nav))
    for b in essay.set_blocks:
        if b.role == "nav":
            continue
        if open_list and (b.kind != "list" or b.group != open_list):
            out.append(closing)
            open_list = 0
        if b.kind == "list":
            if not open_list:
                kind = "ul" if b.bullet == "*" else "ol" if b.bullet[0].isdigit() else ""
                out.append("<%s>" % kind if kind else "")
                closing, open_list = ("</%s>" % kind if kind else ""), b.group
            out.append("<li>%s</li>" % q(b.text) if closing else "<p>%s %s</p>" % (b.bullet, q(b.text)))
        elif b.role == "title":
            out.append("<h1>%s</h1>" % q(b.text))
        elif b.kind == "heading":
            out.append("<h2>%s</h2>" % q(b.text))
        elif b.kind == "quote":
            out.append("<blockquote><p>%s</p></blockquote>" % q(b.text))
        elif b.role == "tailhead":
            out.append("<h3>%s</h3>" % q(b.text))
        elif b.kind == "caption":
            out.append('<p><img src="x.jpg"></p><p>%s</p>' % q(b.text))
        elif b.kind == "separator":
            out.append("<p>%s</p>" % q(b.text))
        else:
            out.append("<p>%s</p>" % q(b.text))
    if open_list:
        out.append(closing)
    return "\n".join(out) + "</body></html>"


def decor_html2text(line):
    """Where the text stands in a line that html2text marks as a heading with stars."""
    m = re.match(r"(\*{2,6}) ", line)
    shift = m.end() if m else 0
    end = re.search(r" \*{2,6}$", line)
    return shift, line[shift:end.start() if end else None]


def dumped(essay, rng, tool, folder):
    """The page through a text browser: (text, blocks, decor, furniture patterns)."""
    path = os.path.join(folder, "page.html")
    open(path, "w", encoding="utf-8").write(page_html(essay))
    width = rng.choice([72, 76, 78, 80])
    decor, bullet, extra = None, "*", [r"\[x\]", r"\[x\.jpg\]", r"x\.jpg", r"\[image\]", r"\[\]", r"\[IMG\]", r"\*{2,6}"]
    if tool == "lynx":
        text = run(["lynx", "-dump", "-nolist", "-display_charset=utf-8", "-width=%d" % width, path]).decode("utf-8", "replace")
    elif tool == "w3m":
        text = run(["w3m", "-dump", "-cols", str(width), "-O", "UTF-8", path]).decode("utf-8", "replace")
        bullet = "\u2022"
    elif tool == "html2text":
        text = run(["html2text", "-utf8", "-nobs", "-width", str(width), path]).decode("utf-8", "replace")
        decor = decor_html2text
    elif tool == "pandoc":
        text = run(["pandoc", "-f", "html", "-t", "plain", "--columns=%d" % width, path]).decode("utf-8", "replace")
        bullet = "-"
    blocks = marked(essay.set_blocks, bullet)
    blocks = [replace(b, text="%s %s" % (bullet, b.text)) if b.role == "nav" else b for b in blocks]
    if tool == "html2text":
        # with the stars or without: both are right, so neither costs a boundary
        for k, b in enumerate(blocks):
            stars = "*****" if b.kind == "heading" else "******" if b.role == "title" else ""
            if stars:
                blocks[k] = replace(b, alts=["%s %s %s" % (stars, b.text, stars)], marks=dict(b.marks, free=True))
    return text, blocks, decor, extra


# ---- seedlike

def seedlike(lines, rng, trail):
    """Rewrites set lines as text copied out of a two-column PDF.

    `lines`: (text, block) for each line of the page in reading order. Blank lines part paragraphs; a heading sticks to the
    text below it; the end of a column leaves blanks or a leading space, also within a paragraph.
    """
    width = sorted(len(t) for t, _ in lines)[len(lines) * 9 // 10]
    out, since, measure = [], 0, rng.randint(34, 50)
    glue_above = rng.random() < 0.3
    blank_below = rng.random() < 0.3
    for k, (text, b) in enumerate(lines):
        before, block = lines[k - 1] if k else (None, None)
        cut = since >= measure and k + 1 < len(lines)
        lead = ""
        if k == 0:
            lead = " " if rng.random() < 0.5 else ""
        elif b is block:
            # a cut inside a paragraph, only where the text shows that it goes on
            if cut and before.strip() and not re.search(r'[.?!:]["\u201d\u2019)]?$', before.strip()) and b.kind == "body":
                shape = rng.choice(["blank", "blanks", "space", "space"])
                out += [""] * {"blank": 1, "blanks": 3, "space": 0}[shape]
                lead = " " if shape == "space" else ""
                since, measure = 0, rng.randint(34, 50)
        else:
            if block.kind == "heading":
                out += [""] if blank_below and rng.random() < 0.6 else []
            elif b.kind == "heading":
                short = len(before.strip()) < 0.7 * width
                out += [] if glue_above and short and rng.random() < 0.5 else [""]
            elif block.kind == "meta" or b.kind == "meta":
                out += [""] * rng.choice([0, 1])
            elif b.kind == "list" and (block.kind == "list" or block.role == "leadin"):
                pass
            elif cut and len(before.strip()) < 0.75 * width and b.kind == block.kind == "body":
                lead = " " if rng.random() < 0.5 else ""
            else:
                out.append("")
            if cut:
                since, measure = 0, rng.randint(34, 50)
                lead = lead or (" " if rng.random() < 0.3 and b.kind != "list" else "")
        out.append(lead + text.strip() + trail)
        since += 1
    return "\n".join(out) + "\n"
