"""Carries the truth of an essay over to the text an extractor made of it: the gold file, or a refusal.

Both sides are compared as match streams (no spaces, no dashes, quotes and case levelled). The extracted text is cut into
segments (a line, or a column's part of a line). Each segment must continue one of the open flows of the truth, begin a
note, open a flow elsewhere in the text (a second column), or be page furniture; at the end every character of the truth
must have been used once. Anything else is refused: wrong truth is worse than none.

Between two neighbouring characters of the truth the extracted text is then compared with the true one, which gives the
line-end hyphens (`join` where the truth has none, `keep` where it has one) and the hyphens that the extractor lost (`soft`).
"""
import re
import unicodedata

from essay import MARK

HYPHENS = set("-\u2010\u2011\u00ad\u2212")
DASHES = HYPHENS | set("\u2012\u2013\u2014\u2015")
QUOTES = {"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"'}


class Refused(Exception):
    pass


def level(text):
    """[(char, index)] of the match stream."""
    out = []
    for i, c in enumerate(text):
        if c.isspace() or c in DASHES or c in "\x01\x02\u200b\ufeff\u0002":
            continue
        c = QUOTES.get(c, c)
        if ord(c) > 127:
            c = unicodedata.normalize("NFKC", c)
        out += [(d, i) for d in c.casefold()]
    return out


class Flow:
    """Text that runs on: the main text, or one note."""

    def __init__(self, blocks):
        self.chars, self.place = [], []  # place: (block number, index in its text, is a note mark)
        for n, b in blocks:
            marks = {i for m in MARK.finditer(b.text) for i in range(m.start(), m.end())}
            for c, i in level(b.text):
                self.chars.append(c)
                self.place.append((n, i, i in marks))
        self.text = "".join(self.chars)
        self.used = [None] * len(self.chars)  # (segment, index in the extracted text)

    def take(self, at, want):
        """Positions of `want` from `at` on, passing over used characters and absent note marks; None when it does not fit."""
        got = []
        while at < len(self.chars) and self.used[at] is not None:
            at += 1
        for c in want:
            while at < len(self.chars) and self.chars[at] != c and self.place[at][2] and self.used[at] is None:
                at += 1
            if at >= len(self.chars) or self.chars[at] != c or self.used[at] is not None:
                return None
            got.append(at)
            at += 1
        return got


def segments(text, columns):
    """(offset, text, column) of every line, or of every part of a line between wide gaps."""
    out, at = [], 0
    for line in re.split(r"(?<=[\n\f])", text):
        for m in re.finditer(r"\S+(?: \S+)*" if columns > 1 else r"\S.*", line):
            out.append((at + m.start(), m.group().rstrip(), m.start()))
        at += len(line)
    return out


def carry(blocks, notes, text, furniture, columns=1, decor=None):
    """The gold's paragraphs, hyphens and furniture. `furniture`: patterns that match a whole segment."""
    main = Flow(list(enumerate(blocks)))
    note_flows = [Flow([(len(blocks) + k, n)]) for k, n in enumerate(notes)]
    patterns = [re.compile(f) for f in furniture]
    cursors = [[main, 0, 0]]  # flow, position, column where it was last seen
    found = set()
    segs = segments(text, columns)
    where = {}  # (block, index in text) -> offset in the extracted text
    k = 0
    while k < len(segs):
        offset, raw, column = segs[k]
        piece = decor(raw) if decor else (0, raw)
        shift, shown = piece
        stream = level(shown)
        want = "".join(c for c, _ in stream)
        if not want:
            k += 1
            continue
        hit = None
        for cur in sorted(cursors, key=lambda c: abs(c[2] - column) if columns > 1 else 0):
            got = cur[0].take(cur[1], want)
            if got:
                hit = cur, got
                break
        is_furniture = any(p.fullmatch(raw.strip()) for p in patterns)
        if hit and is_furniture and want.isdigit():
            hit = None
        if not hit or (want.isdigit() and notes):
            for f in note_flows:
                got = f.take(0, want) if f.used[0] is None else None
                if got and want.isdigit():
                    rest = segs[k + 1][1] if k + 1 < len(segs) else ""
                    if not f.take(len(want), "".join(c for c, _ in level(rest))):
                        got = None
                if got:
                    cursors.insert(0, [f, 0, column])
                    hit = cursors[0], got
                    break
        if not hit and not is_furniture:
            at = [m.start() for m in re.finditer(re.escape(want), main.text)] if len(want) >= 10 else []
            at = [a for a in at if main.used[a] is None]
            if len(at) == 1:
                cursors.insert(0, [main, at[0], column])
                hit = cursors[0], list(range(at[0], at[0] + len(want)))
        if hit:
            cur, got = hit
            for g, (c, i) in zip(got, stream):
                cur[0].used[g] = (k, offset + shift + i)
            cur[1], cur[2] = got[-1] + 1, column
            if cur is not cursors[0]:
                cursors.remove(cur)
                cursors.insert(0, cur)
            if cur[1] >= len(cur[0].chars):
                cursors.remove(cur)
        elif is_furniture or (want.isdigit() and int(want) <= len(notes)):
            found.add(raw.strip())
        else:
            raise Refused("no place for %r" % raw[:70])
        k += 1

    seen = {}
    for f in [main] + note_flows:
        for pos, place in enumerate(f.place):
            if f.used[pos] is None and not place[2]:
                raise Refused("not in the text: %r" % f.text[pos:pos + 40])
            seen.setdefault(place[0], []).append((place[1], f.used[pos], f.chars[pos]))
    everything = blocks + notes
    owner = sorted((u[1], n) for n, cs in seen.items() for _, u, _ in cs if u)
    if columns == 1:
        # an extractor that takes the columns in another order is a trap, one that shuffles the page is no test
        main_at = [u[1] for u in main.used if u]
        if sum(b < a for a, b in zip(main_at, main_at[1:])) > 1:
            raise Refused("the text is shuffled")
    paragraphs, hyphens, order = [], [], []
    for n in range(len(blocks)):
        order.append(n)
        for m in MARK.finditer(blocks[n].text):
            order.append(len(blocks) + int(m.group(1)) - 1)
    for n in order:
        b = everything[n]
        p, sites = one(b, seen.get(n, []), segs, text, len(paragraphs))
        if n and n < len(blocks) and columns == 1 and doubtful(blocks[n - 1], b, seen[n - 1], seen[n], segs, text):
            p["soft_start"] = True
        paragraphs.append(p)
        hyphens += sites
    return paragraphs, hyphens, sorted(found), owner


def doubtful(above, b, before, after, segs, text):
    """True where nothing in the text shows the break: no blank, no indent, and the line above is as full as any."""
    if above.kind != "body" or b.kind != "body" or above.role or b.role:
        return False
    last, first = before[-1][1], after[0][1]
    if not last or not first or first[0] != last[0] + 1:
        return False
    (x, line, column), (y, below, indent) = segs[last[0]], segs[first[0]]
    if text[x + len(line):y].count("\n") != 1 or "\f" in text[x + len(line):y] or indent > column:
        return False
    if len(line) > 160:
        return False
    near = [len(t) + c for _, t, c in segs[max(0, last[0] - 12):last[0] + 12]]
    # letters differ in width: within a twentieth of the measure nobody can tell
    return column + len(line) + 1 + len(below.split()[0]) > 0.95 * sorted(near)[-3]


def one(b, chars, segs, text, number):
    """A gold paragraph, with what the extracted text has between each two of its characters."""
    kept = [(i, u, c) for i, u, c in chars if u]
    lost = {i for i, u, c in chars if not u}
    truth = b.text
    letters = list(truth)
    for i in lost:
        letters[i] = ""
    soft, sites, dead = [], [], 0
    for s in range(len(kept) - 1):
        (i, (sa, xa), _), (j, (sb, xb), _) = kept[s], kept[s + 1]
        if i == j:
            continue
        gap = "".join(letters[i + 1:j]).replace("\x01", "").replace("\x02", "")
        same = sa == sb
        if same:
            between = text[xa + 1:xb]
        else:
            end = segs[sa][0] + len(segs[sa][1])
            between = text[xa + 1:end] + "\n" + text[segs[sb][0]:xb]
        g, e = " ".join(gap.split()) if gap.strip() else gap[:1], between
        gd = "".join(c for c in g if c in DASHES)
        ed = "".join(c for c in e if c in DASHES)
        broken = not same
        spaced = any(c.isspace() for c in e) if same else False
        if gd and not ed:
            if all(c in HYPHENS for c in gd) and (not same or not spaced):
                soft.append(s + 1)
            else:
                raise Refused("dash lost in %r" % truth[max(0, i - 15):j + 15])
        elif ed and not gd:
            if broken and len(ed) == 1 and ed in HYPHENS and not g:
                sites.append((s + 1, "join", i, j))
            elif same and ed == "\u00ad" and not g:
                pass
            else:
                raise Refused("dash too many in %r" % truth[max(0, i - 15):j + 15])
        elif gd and ed:
            hyph = all(c in HYPHENS for c in gd)
            if hyph != all(c in HYPHENS for c in ed) or len(gd) != len(ed):
                raise Refused("another dash in %r" % truth[max(0, i - 15):j + 15])
            if broken and hyph and not any(c.isspace() for c in gap):
                sites.append((s + 1, "keep", i, j))
        elif same:
            if bool(gap) != spaced:
                # a space the extractor lost or made: the text has what it has
                dead += 1
                if spaced:
                    letters[j] = " " + letters[j]
                else:
                    for x in range(i + 1, j):
                        letters[x] = ""
        elif not g and (truth[i] > "\u2e7f" or truth[j] > "\u2e7f"):
            pass  # scripts without spaces break anywhere
        elif not g:
            # a break inside what the truth has in one piece (a raised note mark, a wide gap)
            dead += 1
            if j not in lost and any(m.start() <= j < m.end() for m in MARK.finditer(truth)):
                letters[j] = " " + letters[j]
            elif any(m.start() <= i < m.end() for m in MARK.finditer(truth)):
                letters[j] = " " + letters[j]
            else:
                raise Refused("broken without a mark: %r" % truth[max(0, i - 15):j + 15])
    if dead > 4 + truth.count("\x01") * 2:
        raise Refused("spaces in doubt: %r" % truth[:40])
    # case as extracted (capitals set by a style), characters as in the truth otherwise
    for i, u, c in kept:
        x = text[u[1]]
        if len(letters[i].strip()) == 1 and letters[i].strip() != x and letters[i].strip().casefold() == x.casefold():
            letters[i] = letters[i].replace(letters[i].strip(), x)
    full = " ".join("".join(letters).replace("\x01", "").replace("\x02", "").split())
    p = {"kind": b.kind, "text": full}
    alts = list(b.alts)
    bare = " ".join(MARK.sub("", truth).split())
    marked = " ".join(truth.replace("\x01", "").replace("\x02", "").split())
    for a in (bare, marked):
        if MARK.search(truth) and a != full:
            alts.append(a)
    if b.kind == "list":
        alts += marker_alts(b, full)
    if b.kind == "footnote":
        body = re.sub(r"^\[?%s[\].]?\s*" % b.bullet, "", full)
        alts += [a for a in (body, "%s. %s" % (b.bullet, body), "%s%s" % (b.bullet, body), "[%s] %s" % (b.bullet, body), "%s %s" % (b.bullet, body)) if a != full]
        p["kind_alt"] = ["boilerplate"]
    p.update(b.marks)
    if alts:
        p["alts"] = alts
    if soft:
        p["soft"] = soft
    out = []
    for at, want, i, j in sites:
        left = MARK.sub("", re.search(r"[^\s\u2014\u2013]*$", truth[:i + 1]).group())
        right = MARK.sub("", re.match(r"[^\s\u2014\u2013]*", truth[j:]).group())
        out.append({"p": number, "at": at, "left": left, "right": right, "want": want})
    return p, out


def marker_alts(b, full):
    body = full
    for m in ("\u2022", "*", "-", "\u2013", "+", "o", "\u25cf", b.bullet):
        if full.startswith(m + " "):
            body = full[len(m) + 1:]
            break
    if b.bullet == "*":
        every = [body] + [m + " " + body for m in ("\u2022", "*", "-", "\u2013", "+", "o", "\u25cf")]
    else:
        every = [body, b.bullet + " " + body, b.bullet + body]
    return [a for a in every if a != full]
