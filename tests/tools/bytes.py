#!/usr/bin/env python3
"""Tells what the bytes of a frame are for: which part of the screen, and whether letters, moves or styles.

    bytes.py --postil target/debug/postil [--corpus target/performance/d4] [--size 120x40] [--no-margins] [--before 'tjapan<CR>gg'] [--longest] [--dump]

For a line down, a page down and a document on, the median frame is split by part of the screen (documents, gutter,
text, strip, topics, status; by the rules between the panes) and by kind. What moves the cursor or changes the pen
counts for the part that is written next. --longest splits the longest frame instead: where the page follows the
cursor by many rows at once the median is a byte. --dump prints that frame as well. The terminal is that of
../shared/bench/ptybench.py; documents are those that performance.py makes.
"""
import argparse
import re
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared" / "bench"
KINDS = ["letters", "blanks", "moves", "styles", "erasing", "scrolling", "other"]


class Terminal:
    """ptybench's emulator, or one without left and right margins."""

    def __init__(self, bench, margins):
        self.bench = bench
        if not margins:
            plain = bench.VT.mode

            def mode(vt, number, on):
                if number != 69:
                    plain(vt, number, on)

            bench.VT.mode = mode


def kind_of(token):
    if token[0] != 0x1B:
        return "moves" if token[0] < 0x20 else "letters"
    if token[1:2] != b"[":
        return "scrolling" if token[1:2] in (b"M", b"D") else "other"
    last = chr(token[-1])
    if last == "m":
        return "styles"
    if last in "HABCDGdI":
        return "moves"
    if last in "KXJP@":
        return "erasing"
    if last in "rsSTLM":
        return "scrolling"
    return "letters" if last == "b" else "other"


def parts(columns, vt):
    """Where the panes are, by the rules between them."""
    rules = [x for x, c in enumerate(vt.grid[vt.rows // 2]) if c == "│"]
    left, right = (rules[0], rules[-1]) if len(rules) > 1 else (-1, columns)

    def part(x, y):
        if y == vt.rows - 1:
            return "status"
        if x <= left:
            return "documents"
        if x >= right:
            return "topics"
        if x >= right - 3:
            return "strip"
        return "gutter" if not (vt.grid[y][x].isascii() or vt.grid[y][x].isalpha()) and x < left + 8 else "text"

    return part


def split(bench, vt, data, part):
    """Bytes of a frame by part and kind."""
    bytes_of = Counter()
    waiting = Counter()
    where = None
    for match in bench._TOK.finditer(data):
        token = match.group()
        kind = kind_of(token)
        if kind == "letters":
            for char in token.decode(errors="replace"):
                x, y = vt.x + (1 if vt.wrapnext else 0), vt.y
                vt.feed(char.encode())
                where = part(min(x, vt.cols - 1), y)
                for name, count in waiting.items():
                    bytes_of[where, name] += count
                waiting.clear()
                bytes_of[where, "blanks" if char == " " else kind] += len(char.encode())
            continue
        if kind == "erasing":
            where = part(vt.x, vt.y)
        vt.feed(token)
        if kind in ("moves", "styles"):
            waiting[kind] += len(token)
        else:
            for name, count in waiting.items():
                bytes_of[where if kind == "erasing" else "—", name] += count
            waiting.clear()
            bytes_of[where if kind == "erasing" else "—", kind] += len(token)
    for name, count in waiting.items():
        bytes_of["—", name] += count
    return bytes_of


def show(name, data, bytes_of):
    names = sorted({part for part, _ in bytes_of}, key=lambda p: -sum(n for (q, _), n in bytes_of.items() if q == p))
    used = [kind for kind in KINDS if any(k == kind for _, k in bytes_of)]
    print(f"\n{name}: {len(data)} bytes")
    print(f"  {'':10}" + "".join(f"{kind:>10}" for kind in used) + f"{'all':>8}")
    for part in names:
        row = [bytes_of[part, kind] for kind in used]
        print(f"  {part:10}" + "".join(f"{count:>10}" for count in row) + f"{sum(row):>8}")
    sums = [sum(n for (_, k), n in bytes_of.items() if k == kind) for kind in used]
    print(f"  {'all':10}" + "".join(f"{count:>10}" for count in sums) + f"{sum(sums):>8}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postil", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, default=ROOT / "target" / "performance" / "d4")
    parser.add_argument("--size", default="120x40")
    parser.add_argument("--no-margins", action="store_true")
    parser.add_argument("--before", default="gg")
    parser.add_argument("--longest", action="store_true")
    parser.add_argument("--dump", action="store_true")
    given = parser.parse_args()
    sys.path.insert(0, str(BENCH))
    import ptybench as bench

    Terminal(bench, not given.no_margins)
    home = given.corpus.resolve().parent / "home"
    env = {"HOME": str(home), "LANG": "C.UTF-8"}
    env |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    size = bench.size_of(given.size)
    program = bench.Program(
        [str(given.postil.resolve()), "--config", str(ROOT / "config.toml"), str(given.corpus)], env=env, size=size
    )
    program.watch_for(re.compile("the Editors|Section 1"))
    while program.hit is None and not program.eof:
        program.settle(400, 60, 60000)
        program.sync()
    program.settle(600, 400, 20000)

    def frames(keys, times, init):
        program.write(bench.encode_keys(init, program.vt))
        program.settle(100, 60, 10000)
        out = []
        for at in range(times):
            program.sync()
            before, shown = len(program.chunks), bench.copy.deepcopy(program.vt)
            program.write(bench.encode_keys(keys[at % len(keys)], program.vt))
            program.settle(60, 25, 10000)
            out.append((b"".join(data for _, data in program.chunks[before:]), shown))
        return out

    program.sync()
    for name, keys, times in [("line down", ["j"], 41), ("page down", ["<Space>"] * 4 + ["b"] * 4, 32), ("next document", ["]d"], 3)]:
        taken = sorted(frames(keys, times, given.before), key=lambda frame: len(frame[0]))
        data, vt = taken[-1 if given.longest else len(taken) // 2]
        show(name, data, split(bench, vt, data, parts(size[0], vt)))
        print("  " + " ".join(str(len(frame)) for frame, _ in taken))
        if given.dump:
            print(vt.text())
            print(repr(data.decode(errors="replace")))
    program.close(b"q", 5)


if __name__ == "__main__":
    main()
