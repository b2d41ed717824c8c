#!/usr/bin/env python3
"""Breaks clean prose at line ends, as typesetters do, for fitting and measuring how hyphens are read.

    pip install pyphen
    breaks.py DIR FILE ...       # FILE: clean prose, a paragraph a line; its name tells one source from another

The prose is cut into texts of 400 to 4,000 words, and at a blank line where there are LEAST. Each is set three times, every time with an engine, a width and a looseness
drawn by lot: patterns of American or British words, two or three letters at least on either side, compounds broken inside their parts
or not. "none" only breaks at the hyphens that words have, as an editor does. "¬" at a line's end stands where a word was broken
that has no hyphen, "-" where one was broken at its own. Paragraphs are parted by blank lines.
"""
import os
import random
import re
import sys

import pyphen

LEAST = 300
SIZES = (400, 900, 1500, 2500, 4000)
WIDTHS = (34, 40, 46, 52, 60, 66, 72, 80)
# blanks left on a line from which on a word is broken
LOOSE = (3, 5, 7, 9)
# name: patterns, letters at least on the left and on the right, and whether parts of compounds are broken
ENGINES = {
    "us23": ("en_US", 2, 3, False),
    "us22": ("en_US", 2, 2, False),
    "us23h": ("en_US", 2, 3, True),
    "us22h": ("en_US", 2, 2, True),
    "gb23": ("en_GB", 2, 3, False),
    "gb22": ("en_GB", 2, 2, False),
    "gb33": ("en_GB", 3, 3, False),
    "none": None,
}
# as often as documents have them, as far as one can tell
LOTS = ["us23"] * 3 + ["us22"] * 2 + ["gb23", "gb22", "gb33", "us23h", "us22h", "none"]
PATTERNS = {name: pyphen.Pyphen(lang=e[0], left=e[1], right=e[2]) for name, e in ENGINES.items() if e}


def places(word, engine):
    """Where `word` may be broken: (letters before the break, mark)."""
    found = [(m.end(), "-") for m in re.finditer(r"(?<=\w)-(?=\w)", word)]
    if ENGINES[engine] and ("-" not in word or ENGINES[engine][3]):
        for m in re.finditer(r"[^\W\d_]{5,}(?![’'][^s])", word):
            found += [(m.start() + at, "¬") for at in PATTERNS[engine].positions(m.group())]
    return sorted(found)


def set_at(text, width, engine, loose):
    lines, line = [], ""
    for word in text.split():
        while True:
            blank = 1 if line else 0
            if len(line) + blank + len(word) <= width:
                line += " " * blank + word
                break
            room = width - len(line) - blank
            fits = [(at, mark) for at, mark in places(word, engine) if at + (mark == "¬") <= room]
            if fits and fits[-1][1] == "¬" and room < loose:
                fits = [place for place in fits if place[1] == "-"]
            if fits:
                at, mark = fits[-1]
                lines.append(line + " " * blank + word[:at] + (mark if mark == "¬" else ""))
                line, word = "", word[at:]
            elif line:
                lines.append(line)
                line = ""
            else:
                line = word
                break
    return lines + [line] if line else lines


def documents(path, lots):
    paragraphs, words, size = [], 0, lots.choice(SIZES)
    with open(path, encoding="utf-8") as file:
        for text in map(str.strip, file):
            if text:
                paragraphs.append(text)
                words += text.count(" ") + 1
            if words >= (size if text else LEAST):
                yield paragraphs
                paragraphs, words, size = [], 0, lots.choice(SIZES)
    if paragraphs:
        yield paragraphs


def main():
    out, paths = sys.argv[1], sys.argv[2:]
    os.makedirs(out, exist_ok=True)
    for path in paths:
        source = os.path.splitext(os.path.basename(path))[0]
        for turn in range(3):
            lots = random.Random("%s %d" % (source, turn))
            for n, paragraphs in enumerate(documents(path, lots)):
                engine, width, loose = lots.choice(LOTS), lots.choice(WIDTHS), lots.choice(LOOSE)
                text = "\n\n".join("\n".join(set_at(p, width, engine, loose)) for p in paragraphs)
                name = "%s+%d%04d+%s-%d.txt" % (source, turn, n, engine, width)
                with open(os.path.join(out, name), "w", encoding="utf-8") as file:
                    file.write(text + "\n")


if __name__ == "__main__":
    main()
