#!/usr/bin/env python3
"""Makes src/text/words/english.words, the list that decides line-end hyphens.

    apt-get install wamerican wamerican-large wbritish-large wordnet-base
    words.py /usr/share/dict/{american-english,american-english-large,british-english-large} /usr/share/wordnet \\
        > src/text/words/english.words

The first list is taken whole: Debian's wamerican (SCOWL; its terms are in licences/SCOWL.txt), one word a line. Left out: possessives,
accented words, proper names whose lower-case form is no word, and one- and two-letter entries that are only letters' names.

Of the large lists (SCOWL too) only that is taken which the first cannot answer: words that look like two ("steelworks", "webpage"),
if WordNet has them so too, for many texts part what few write as one ("sea-lane"), and what the British spell in their own way ("centred"). Other rare words join anyhow, as none of their parts is a word.

Of WordNet (licences/WordNet.txt) come the compounds with one hyphen, where they would else be joined: their parts make a word
without it too, or are none by themselves, or the second is very short ("by-product", "laissez-faire", "add-on").

Format (front coding): words in byte order; each is one byte, the number of leading bytes it shares with the word
before, then the rest, with the top bit of its last byte set. Every 16th word shares nothing, so a reader can
search the bytes as they are. The list is followed by the offset of every 16th word (u32, little endian)
and by the number of these offsets (u32).
"""
import os
import re
import struct
import sys

SHORT = set("a i ad ah am an as at ax be by do go ha he hi if in is it me my no of oh on or ox so to up us we".split())
# Beginnings that as many texts write with a hyphen.
LOOSE = set("all anti counter cross eco extra half mega meta mid multi non over pan post pro pseudo quasi self semi socio ultra".split())
BLOCK = 16


def lines(path):
    for line in open(path, encoding="utf-8"):
        word = line.strip()
        if word.isascii() and word.isalpha():
            yield word


def words(path):
    return {word.lower() for word in lines(path) if len(word) > 2 or word in SHORT}


def looks_like_two(word, known):
    parts = [(word[:at], word[at:]) for at in range(3, len(word) - 2)]
    return any(left in known and right in known for left, right in parts) and not any(left in LOOSE for left, _ in parts)


def compounds(folder):
    """The words with one hyphen that WordNet has."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in open(os.path.join(folder, "index." + part), encoding="utf-8"):
            found = re.match(r"([a-z]{2,})-([a-z]{2,}) ", line)
            if found:
                yield found.groups()


def singles(folder):
    """The words without a hyphen that WordNet has."""
    for part in ("noun", "verb", "adj", "adv"):
        for line in open(os.path.join(folder, "index." + part), encoding="utf-8"):
            found = re.match(r"([a-z]+) ", line)
            if found:
                yield found.group(1)


def gather(first, american, british, wordnet):
    known = words(first)
    american, british = ({word for word in lines(path) if word.islower()} for path in (american, british))
    listed = set(singles(wordnet))
    more = {word for word in american | british if len(word) > 5 and looks_like_two(word, known)}
    more = {word for word in more if word in listed or word.endswith("s") and word[:-1] in listed}
    known |= more | (british - american)
    keep = known.copy()
    for left, right in compounds(wordnet):
        parts = left in known and right in known and len(right) > 2
        if not parts or left + right in known:
            keep.add(left + "-" + right)
    return sorted(keep)


def main():
    out, index, last = bytearray(), [], ""
    for n, word in enumerate(gather(*sys.argv[1:])):
        shared = 0
        if n % BLOCK == 0:
            index.append(len(out))
        else:
            while shared < min(len(word) - 1, len(last)) and word[shared] == last[shared]:
                shared += 1
        tail = bytearray(word[shared:], "ascii")
        tail[-1] |= 0x80
        out.append(shared)
        out += tail
        last = word
    out += struct.pack("<%dI" % len(index), *index)
    out += struct.pack("<I", len(index))
    sys.stdout.buffer.write(out)


if __name__ == "__main__":
    main()
