#!/usr/bin/env python3
"""Makes src/text/words/english.words, the list that decides line-end hyphens, from a plain word list.

    words.py /usr/share/dict/american-english > src/text/words/english.words

Input: Debian's wamerican (SCOWL; its terms are in licences/SCOWL.txt), one word a line. Left out: possessives,
accented words, proper names whose lower-case form is no word, and one- and two-letter entries that are only letters' names.

Format (front coding): words in byte order; each is one byte, the number of leading bytes it shares with the word
before, then the rest, with the top bit of its last byte set. Every 16th word shares nothing, so a reader can
search the bytes as they are. The list is followed by the offset of every 16th word (u32, little endian)
and by the number of these offsets (u32).
"""
import struct
import sys

SHORT = set("a i ad ah am an as at ax be by do go ha he hi if in is it me my no of oh on or ox so to up us we".split())
BLOCK = 16


def words(path):
    keep = set()
    for line in open(path, encoding="utf-8"):
        word = line.strip()
        if "'" in word or not word.isascii() or not word.isalpha():
            continue
        if len(word) <= 2 and word not in SHORT:
            continue
        keep.add(word.lower())
    return sorted(keep)


def main():
    out, index, last = bytearray(), [], ""
    for n, word in enumerate(words(sys.argv[1])):
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
