#!/usr/bin/env python3
"""Measures the reader beside other programs, and prints the table of docs/performance.md.

    performance.py --postil target/release/postil [--folder target/performance] [--corpora d4,d1000] [--quick]

Documents are made by ../shared/bench/make_corpus.py, and everything is measured by ../shared/bench/ptybench.py: the
same terminal, the same documents, one program after another in one run. Programs that are not installed are left
out by name. --quick reads four documents only, and leaves the slow lines out.
"""
import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCH = ROOT.parent / "shared" / "bench"
PEERS = {"less": "less", "vim3": "vim", "neomutt": "neomutt"}

# Runs ptybench with a terminal that has no left and right margins.
WITHOUT_MARGINS = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import ptybench
mode = ptybench.VT.mode
ptybench.VT.mode = lambda vt, number, on: None if number == 69 else mode(vt, number, on)
ptybench.main()
"""

# What of a result stands in a row of the table.
ROWS = [
    ("line down, bytes", ("steps", "line-down", "bytes", "p50")),
    ("the same, the average", ("steps", "line-down", "bytes", "mean")),
    ("page down, bytes", ("steps", "page-down", "bytes", "p50")),
    ("next document, bytes", ("steps", "next-doc", "bytes", "p50")),
    ("pane switch, bytes", ("steps", "pane-switch", "bytes", "p50")),
    ("key without effect, bytes", ("steps", "no-effect", "bytes", "p50")),
    ("idle, bytes a second", ("idle", "bytes_per_s")),
    ("key to last byte over the echo floor, p50, ms", ("echo", "p50")),
    ("the same, p99, ms", ("echo", "p99")),
    ("processor time of a line down, µs", ("steps", "line-down", "cpu_us", "p50")),
    ("the same, the average, µs", ("steps", "line-down", "cpu_us", "mean")),
    ("first text over the exec floor, ms", ("start", "needle_ms", "p50")),
    ("peak memory, MB", ("memory", "hwm_kb")),
    ("anonymous memory, MB", ("memory_after", "anon_kb")),
]


# Five words behind the rule of the documents: names of topics are shorter, and a reader who comes back may be anywhere.
TEXT = r"│[ ▌┃]+(\S+ ){5}"


def reader(postil, corpus, folder, quick):
    """How ptybench is to run Postil."""
    home = folder / "home"
    environment = {"HOME": str(home), "LANG": "C.UTF-8"}
    environment |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    pages = ["<Space>"] * 4 + ["b"] * 4
    return {
        "name": f"Postil {corpus}",
        "cmd": [str(postil), "--config", str(ROOT / "config.toml"), str(folder / corpus)],
        "env": environment,
        "start": {"needle": TEXT, "regex": True, "runs": 5 if corpus == "d4" else 2, "timeout": 300},
        "steps": [
            {"name": "line-down", "keys": "j", "repeat": 150},
            {"name": "page-down", "init": "gg", "cycle": pages, "repeat": 64, "warm": 0},
            {"name": "pane-switch", "cycle": ["<Tab>", "<S-Tab>"], "repeat": 40},
            {"name": "next-doc", "keys": "]d", "repeat": 3, "warm": 0},
            {"name": "no-effect", "keys": "Q", "repeat": 20},
        ],
        "floods": [] if quick else [
            {"name": "hold j", "keys": "j", "hz": 30, "seconds": 3, "before": "gg", "links": ["57600", "9600"], "rtt_ms": 100}
        ],
        "idle": {"seconds": 2},
        "quit": {"keys": "q"},
    }


def line_down(config, keys, floods):
    """The same reader, after these keys, for the rows of terminals without left and right margins."""
    steps = [step for step in config["steps"] if step["name"] in ("line-down", "page-down", "pane-switch")]
    steps = [step for step in steps if not keys or step["name"] != "pane-switch"]
    start = config["start"] | {"runs": 1}
    setup = [{"keys": keys}] if keys else []
    return config | {"start": start, "setup": setup, "steps": steps, "floods": floods, "hangup": False}


def run(name, config, folder, variables=(), floods=True, margins=True):
    """One measurement, also kept beside the documents; None where it failed."""
    out = folder / "results" / (name + ".json")
    out.parent.mkdir(exist_ok=True)
    out.unlink(missing_ok=True)
    # Each begins in the first document, and not where the last one ended.
    shutil.rmtree(folder / "home", ignore_errors=True)
    (folder / "home").mkdir()
    bench = [str(BENCH / "ptybench.py")] if margins else ["-c", WITHOUT_MARGINS, str(BENCH)]
    command = [sys.executable, *bench, "run", str(config), "--out", str(out)]
    for variable in variables:
        command += ["--var", variable]
    if not floods:
        command.append("--no-floods")
    # Neomutt's settings name a folder of the place it is started in, and it asks where that is not there.
    (folder / "corpora").mkdir(exist_ok=True)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, cwd=folder)
    if not out.exists():
        print(done.stderr[-500:], file=sys.stderr)
        return None
    return json.loads(out.read_text())


def value(result, path):
    """A figure of a result, as text."""
    floor = result["floor"]
    here = result
    if path[0] == "echo":
        here = result["steps"]
        path = ("line-down", "last_ms", path[1])
        base = floor["echo_ms" if path[2] == "p50" else "echo_p99_ms"]
    else:
        base = 0
    for key in path:
        if isinstance(here, list):
            here = next((step for step in here if step["name"] == key), None)
        else:
            here = here.get(key) if isinstance(here, dict) else None
        if here is None:
            return "–"
    if path[0] == "start":
        base = floor["exec_ms"]
    if path[-1].endswith("_kb"):
        return f"{here / 1024:.1f}"
    here -= base
    here = max(here, 0)
    return f"{here:,.0f}" if here >= 100 or here == int(here) else f"{here:.1f}"


def table(results):
    head = ["", *results]
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * len(results)]
    for name, path in ROWS:
        lines.append(f"| {name} | " + " | ".join(value(result, path) for result in results.values()) + " |")
    links = sorted({flood["link_bps"] for result in results.values() for flood in result.get("floods", []) if flood.get("link_bps")})
    for link in reversed(links):
        cells = []
        for result in results.values():
            flood = next((f for f in result.get("floods", []) if f.get("link_bps") == link), None)
            lag = flood and flood.get("lag_ms")
            cells.append("–" if lag is None else f"{lag / 1000:.2f}")
        lines.append(f"| key held 3 s at {link} bit/s: behind by, s | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--postil", type=Path, required=True)
    parser.add_argument("--folder", type=Path, default=ROOT / "target" / "performance")
    parser.add_argument("--corpora", default="d4,d1000,d10000,big100m", help="comma-separated, of make_corpus.py's presets")
    parser.add_argument("--quick", action="store_true")
    given = parser.parse_args()
    if not BENCH.is_dir():
        sys.exit(f"{BENCH} is not there: nothing to measure with")
    folder = given.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "home").mkdir(exist_ok=True)
    corpora = ["d4"] if given.quick else given.corpora.split(",")
    for corpus in corpora:
        if not (folder / corpus).exists():
            maker = [sys.executable, str(BENCH / "make_corpus.py"), "--preset", corpus, "--out", str(folder / corpus)]
            maker += ["--seeds-dir", str(BENCH.parent / "seeds")]
            maker += ["--mbox", str(folder / f"{corpus}.mbox")] if corpus == "d4" else []
            subprocess.run(maker, check=True, stdout=subprocess.DEVNULL)
    (folder / "tags.txt").write_text("".join(f"topic {n}   {n}\n" for n in range(30)))
    results = {}
    for corpus in corpora:
        config = folder / "postil.json"
        config.write_text(json.dumps(reader(given.postil.resolve(), corpus, folder, given.quick or corpus != "d4")))
        results[f"Postil, {corpus}"] = run(f"postil-{corpus}", config, folder)
        if corpus in ("d4", "d1000"):
            full = reader(given.postil.resolve(), corpus, folder, given.quick)
            for name, keys in [("no margins", "")] + ([("text alone", "zz")] if corpus == "d4" else []):
                floods = full["floods"] if (corpus, keys) == ("d4", "") else []
                config.write_text(json.dumps(line_down(full, keys, floods)))
                out = run(f"postil-{corpus}-{name.replace(' ', '-')}", config, folder, margins=False)
                results[f"Postil, {corpus}, {name}"] = out
    for peer, program in PEERS.items():
        if shutil.which(program) is None:
            print(f"{program} is not installed and left out", file=sys.stderr)
            continue
        variables = [f"root={folder}", f"here={BENCH / 'peers'}"]
        name = {"vim3": "vim, 3 windows"}.get(peer, peer)
        results[name] = run(peer, BENCH / "peers" / f"{peer}.json", folder, variables, floods=not given.quick)
    results = {name: result for name, result in results.items() if result}
    print(f"{os.cpu_count()} cores of {platform.machine()}, {platform.system()}; 120 × 40; medians.\n")
    print(table(results))


if __name__ == "__main__":
    main()
