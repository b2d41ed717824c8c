#!/usr/bin/env python3
"""A table of topics and terms as a dictionary of Postil.

  dictionary.py TERMS.tsv [--terms N] > config.toml

TERMS.tsv has one `topic<TAB>term` a line; a topic's dots are its place in the hierarchy. All terms are found in
any case, as most tools do. --terms N makes N terms of them, by putting words of the terms together, for speed
with large dictionaries.
"""
import argparse
import itertools
import json


def rows(path):
    for line in open(path, encoding="utf-8"):
        if line.strip() and not line.startswith("#"):
            topic, _, term = line.rstrip("\n").partition("\t")
            yield topic, term.strip()


def more(table, count):
    """Terms of two words out of different terms, until there are `count`."""
    words = sorted({word for _, term in table for word in term.split() if word.isalpha() and len(word) > 3})
    topics = [topic for topic, _ in table]
    known = {term.lower() for _, term in table}
    pairs = ((a, b) for distance in range(1, len(words)) for a, b in zip(words, words[distance:]))
    for topic, (a, b) in zip(itertools.cycle(topics), pairs):
        if len(table) >= count:
            break
        if f"{a} {b}".lower() not in known:
            table.append((topic, f"{a} {b}"))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("table")
    ap.add_argument("--terms", type=int, default=0)
    args = ap.parse_args()
    table = list(rows(args.table))
    more(table, args.terms)
    topics = {}
    for topic, term in table:
        topics.setdefault(topic, []).append(term)
    print('[match]\ncase = "ignore"')
    for topic, terms in topics.items():
        header = ".".join(json.dumps(part) for part in topic.split("."))
        print(f"\n[topics.{header}]\nterms = [")
        for term in dict.fromkeys(terms):
            print(f"    {json.dumps(term, ensure_ascii=False)},")
        print("]")


main()
