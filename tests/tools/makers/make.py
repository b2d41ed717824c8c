#!/usr/bin/env python3
"""Makes documents with known paragraphs: `make.py tune DIR` or `make.py judge DIR`. See README.md beside this file."""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile
import time

import plain
import sources
from carry import Refused, carry
from essay import Block, Composer, Essay, head_blocks
from recipes import RECIPES
from typeset import ENGINES, run

HEADS = [["Policy Paper No. 23", "Working Notes", "Annual Review of Shipping", "", "", "Quarterly Bulletin"],
         ["Occasional Paper 7", "Report to the Members", "Studies in Trade and Law", "", "", "The Harbor Letter"]]


def number_patterns(style, header):
    """What page furniture may look like as one line."""
    n = {"": None, "1": r"\d+", "- 1 -": r"[-\u2010\u2013\u2212\u2014]+ ?\d+ ?[-\u2010\u2013\u2212\u2014]+", "Page 1": r"Page \d+", "Page 1 of 2": r"Page \d+(?: of \d+)?"}[style]
    h = re.escape(header).replace(r"\ ", r"\s+") if header else None
    out = [p for p in (n, h) if p]
    if n and h:
        out += [h + r"\s+" + n, n + r"\s+" + h]
    return out


def extract(pdf, mode, rng):
    if mode == "pdfminer":
        from pdfminer.high_level import extract_text
        return extract_text(pdf)
    if mode == "pymupdf":
        import pymupdf
        with pymupdf.open(pdf) as doc:
            return "\f".join(page.get_text("text", flags=0) for page in doc)
    keep = rng.random() < (0.5 if mode == "raw" else 0.7)
    command = ["pdftotext", "-enc", "UTF-8"] + ([] if keep else ["-nopgbrk"]) + ({"raw": ["-raw"], "layout": ["-layout"], "default": []}[mode])
    return run(command + [pdf, "-"]).decode("utf-8")


def choose(table, rng):
    return {k: rng.choice(v) if isinstance(v, list) else v for k, v in table.items()}


def pdf(recipe, composer, rng, folder, half):
    lay = choose(recipe["layout"], rng)
    lay.setdefault("header", rng.choice(HEADS[half]))
    notes = 0 if recipe["engine"] == "reportlab" or not recipe.get("notes") else rng.choice([0, 2, 3, 4])
    e = composer.essay(head=rng.choice(recipe.get("head", ["none", "title", "full"])), sections=rng.randint(2, 4), notes=notes,
                       lists=rng.choice([0, 1, 1]), quotes=rng.choice([0, 1]), captions=rng.choice([0, 0, 1]), separators=rng.choice([0, 0, 1]))
    e.header = lay["header"]
    e.set_blocks = head_blocks(e, rng) + e.blocks + e.tail
    path = ENGINES[recipe["engine"]](e, lay, folder, rng)
    text = extract(path, recipe["extract"], rng)
    blocks = plain.marked(e.set_blocks)
    columns = 2 if lay["columns"] == 2 and recipe["extract"] == "layout" else 1
    if recipe["extract"] != "layout":
        blocks = plain.flat(blocks)
    got = carry(blocks, plain.marked(e.notes), text, number_patterns(lay["number"], lay["header"]), columns)
    return e, text, got, "%s, %s" % (recipe["engine"], recipe["extract"])


def seedlike(recipe, composer, rng, folder, half):
    lay = dict(choose(recipe["layout"], rng), header="", number="", columns=2)
    e = composer.essay(head=rng.choice(["none", "none", "none", "title"]), sections=rng.randint(2, 4), per=(1, 3), lists=rng.choice([0, 0, 1]),
                       quotes=0, separators=rng.choice([0, 0, 1]), bio=0, disclaimer=0)
    e.set_blocks = head_blocks(e, rng) + e.blocks
    path = ENGINES[recipe["engine"]](e, lay, folder, rng)
    text = run(["pdftotext", "-raw", "-nopgbrk", "-enc", "UTF-8", path, "-"]).decode("utf-8")
    if rng.random() < 0.75:
        text = text.replace("\u00ad", "-").replace("\u2010", "-")
    blocks = plain.marked(e.set_blocks)
    owner = carry(blocks, [], text, [])[3]
    lines, at = [], 0
    for line in text.split("\n"):
        inside = [n for x, n in owner if at <= x < at + len(line)]
        if inside:
            if len(set(inside)) > 1:
                raise Refused("two blocks on a line: %r" % line)
            lines.append((line, blocks[inside[0]]))
        elif line.strip():
            raise Refused("no block: %r" % line)
        at += len(line) + 1
    text = plain.seedlike(lines, rng, rng.choice(["", " "]))
    return e, text, carry(blocks, [], text, []), recipe["engine"]


def web(recipe, composer, rng, folder, half):
    e = composer.essay(head="full", sections=rng.randint(2, 4), lists=rng.choice([0, 1, 1]), quotes=rng.choice([0, 1]), captions=rng.choice([0, 0, 1]),
                       separators=rng.choice([0, 0, 1]), bio=0.7, disclaimer=0.4, standfirst=rng.random() < 0.4)
    e.set_blocks = plain.article(e, rng, half, composer.phrases)
    if recipe["tool"] == "paste":
        text, blocks = plain.pasted(e, rng)
        got = carry(blocks, [], text, [])
    else:
        text, blocks, decor, extra = plain.dumped(e, rng, recipe["tool"], folder)
        got = carry(blocks, [], text, extra, decor=decor)
    return e, text, got, recipe["tool"]


def wrapped(recipe, composer, rng, folder, half):
    style = recipe["style"]
    e = composer.essay(head=rng.choice(["none", "title", "full", "full"]) if style != "gutenberg" else "title", sections=rng.randint(2, 4),
                       lists=rng.choice([0, 1, 1]) if style != "double" else 0, quotes=rng.choice([0, 1]), separators=rng.choice([0, 0, 1]),
                       quotes_style=rng.random() < 0.3, bio=0.3, disclaimer=0.2)
    if style in ("numbered", "transcript", "conversation"):
        plain.unusual(e, rng, half, composer.phrases, style)
    e.set_blocks = head_blocks(e, rng) + e.blocks + e.tail
    e.header = rng.choice(HEADS[half])
    patterns = []
    if style == "gutenberg":
        text, blocks = plain.gutenberg(e, rng)
    elif style == "nroff":
        text, blocks = plain.manual(e, rng)
        patterns = number_patterns(e.number, e.header)
    else:
        text, blocks = plain.wrapped(e, rng, {"numbered": "blank", "transcript": "blank", "conversation": "indented"}.get(style, style))
    return e, text, carry(blocks, [], text, patterns), style


def abroad(recipe, composer, rng, folder, half):
    """Paragraphs of another language, hyphenated by its rules, or wrapped without spaces."""
    texts = list(composer.abroad.get(recipe["lang"], []))
    if not texts:
        raise RuntimeError("no text in " + recipe["lang"])
    rng.shuffle(texts)
    e = Essay([Block("body", t) for t in texts[:rng.randint(8, 12)]], [])
    e.set_blocks, e.tail = e.blocks, []
    if recipe["engine"] == "wrap":
        width = rng.choice([32, 36, 40])
        style = rng.choice(["blank", "indent"])
        if recipe["lang"] in sources.EAST:
            paragraphs = [plain.wrap_east(("\u3000" if style == "indent" else "") + b.text, width) for b in e.blocks]
        else:
            paragraphs = [plain.wrap(b.text, 2 * width, "   " if style == "indent" else "", "", False) for b in e.blocks]
        text = ("\n\n" if style == "blank" else "\n").join("\n".join(p) for p in paragraphs) + "\n"
        return e, text, carry(e.blocks, [], text, []), "wrap, %s" % recipe["lang"]
    lay = dict(choose(recipe["layout"], rng), lang=recipe["lang"], header="", number="1", number_at="foot", hyphenate=True)
    text = extract(ENGINES[recipe["engine"]](e, lay, folder, rng), recipe["extract"], rng)
    columns = 2 if lay["columns"] == 2 and recipe["extract"] == "layout" else 1
    return e, text, carry(e.blocks, [], text, number_patterns("1", ""), columns), "%s, %s, %s" % (recipe["engine"], recipe["extract"], recipe["lang"])


KINDS = {"abroad": abroad, "pdf": pdf, "seedlike": seedlike, "web": web, "wrapped": wrapped}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("set", choices=["tune", "judge"])
    ap.add_argument("folder")
    ap.add_argument("--seed", default="1", help="another seed gives other documents of the same kinds")
    ap.add_argument("--only", default="", help="classes or engines whose name holds this")
    ap.add_argument("--times", type=int, default=1, help="so many documents for each one the recipes ask for")
    a = ap.parse_args()
    half = ["tune", "judge"].index(a.set)
    prose = sources.paragraphs(a.set)
    foreign = sources.abroad(a.set)
    os.makedirs(a.folder, exist_ok=True)
    os.environ["SOURCE_DATE_EPOCH"] = "0"
    os.environ["LC_ALL"] = "C.UTF-8"
    made, refused, started = 0, 0, time.time()
    for name, recipe in RECIPES[a.set]:
        if a.only and a.only not in recipe["class"] + " " + recipe.get("engine", recipe.get("tool", recipe.get("style", ""))):
            continue
        for n in range(recipe["count"] * a.times):
            gid = "%s%02d" % (name, n + 1)
            for attempt in range(12):
                rng = random.Random("%s/%s/%s/%d" % (a.set, a.seed, gid, attempt))
                composer = Composer(half, rng.sample(prose, min(60, len(prose))), rng)
                composer.abroad = foreign
                with tempfile.TemporaryDirectory() as folder:
                    try:
                        e, text, (paragraphs, hyphens, furniture, _), shape = KINDS[recipe["kind"]](recipe, composer, rng, folder, half)
                        break
                    except Refused as why:
                        refused += 1
                        print("%s refused: %s" % (gid, why), file=sys.stderr)
                    except (RuntimeError, subprocess.SubprocessError, ImportError, FileNotFoundError) as why:
                        print("%s failed: %s" % (gid, str(why)[-300:]), file=sys.stderr)
                        refused += 1
                        if attempt > 2:
                            attempt = 12
                            break
            else:
                attempt = 12
            if attempt >= 12:
                print("%s: given up" % gid, file=sys.stderr)
                continue
            gold = {"id": gid, "input": gid + ".txt", "class": recipe["class"], "shape": shape, "title": e.title, "author": e.author,
                    "date": e.date, "source": e.source, "alt": e.alt, "paragraphs": paragraphs, "furniture": furniture, "hyphens": hyphens}
            with open(os.path.join(a.folder, gid + ".txt"), "w", encoding="utf-8", newline="") as f:
                f.write(text)
            with open(os.path.join(a.folder, gid + ".json"), "w", encoding="utf-8") as f:
                json.dump(gold, f, ensure_ascii=False, indent=1)
                f.write("\n")
            made += 1
    print("%d documents in %s, %d attempts refused, %.0f s" % (made, a.folder, refused, time.time() - started))


if __name__ == "__main__":
    main()
