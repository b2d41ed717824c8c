#!/usr/bin/env python3
"""Measures the program on ../shared and holds the figures against .ci/thresholds.tsv.

    shared.py POSTIL            measure, print every figure with its bound, exit 1 when one is missed

gold     paragraphs and metadata of the real documents, as ../shared/gold/score.py scores them
dev      the same of the typeset documents in ../shared/gold/dev
topics   the cases of ../shared/cases: how many have exactly the hits they should
anchor   passages found again after edits, cases made and scored by ../shared/bench/anchor_cases.py
"""
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"


def run(*command, **options):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True, **options).stdout


def gold(postil, _):
    return scored(postil, SHARED / "gold", SHARED / "seeds")


def dev(postil, _):
    return scored(postil, SHARED / "gold/dev", SHARED / "gold/dev")


def scored(postil, gold, inputs):
    score = [sys.executable, SHARED / "gold/score.py", "--gold", gold, "--inputs", inputs]
    return json.loads(run(*score, "--cmd", f"{postil} dump {{input}} --format json", "--json"))["total"]


def topics(postil, folder):
    """Runs every case as a filter with a config of its own."""
    right = total = 0
    for line in (SHARED / "cases/topics.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        config = folder / f"{case['id']}.toml"
        config.write_text("".join(table(f"topics.{name}", keys) for name, keys in case["topics"].items()), encoding="utf-8")
        answer = subprocess.run([postil, "tag", "-", "--config", str(config)], input=case["text"], capture_output=True, text=True)
        hits = {}
        for hit in map(json.loads, answer.stdout.splitlines()):
            hits[hit["topic"]] = hits.get(hit["topic"], 0) + 1
        total += 1
        if hits == case["hits"]:
            right += 1
        else:
            print(f"topics: case {case['id']}: {hits} in place of {case['hits']} {answer.stderr.strip()}")
    return {"cases": total, "right": right / total}


def table(name, keys):
    # Strings and lists of strings are written in TOML as in JSON.
    return f"[{name}]\n" + "".join(f"{key} = {toml(value)}\n" for key, value in keys.items())


def toml(value):
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {toml(inner)}" for key, inner in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def anchor(postil, folder):
    cases, truth, answers, scores = (folder / name for name in ("cases.jsonl", "truth.jsonl", "answers.jsonl", "scores.json"))
    maker = [sys.executable, SHARED / "bench/anchor_cases.py"]
    run(*maker, "gen", "--seeds", SHARED / "seeds", "--seed", "7", "--per", "20", "--with-old", "--cases", cases, "--truth", truth)
    with cases.open(encoding="utf-8") as stream:
        answers.write_text(run(postil, "anchor", "--cases", stdin=stream), encoding="utf-8")
    run(*maker, "score", "--truth", truth, "--answers", answers, "--json", scores)
    rows = json.loads(scores.read_text(encoding="utf-8"))
    here, gone = rows["ALL present"], rows["ALL gone"]
    return {
        "cases": here["n"] + gone["n"],
        "right": here["right"] / here["n"],
        "misplaced": (here["wrong"] + gone["false"]) / (here["n"] + gone["n"]),
        "gone_admitted": gone["orphan_ok"] / gone["n"],
        "sure_misplaced": sure_misplaced(truth, answers),
    }


def sure_misplaced(truth, answers):
    """Answers called sure that have no character of the passage."""
    found = {answer["id"]: answer for answer in map(json.loads, answers.read_text(encoding="utf-8").splitlines())}
    wrong = 0
    for case in map(json.loads, truth.read_text(encoding="utf-8").splitlines()):
        answer = found.get(case["id"], {})
        if answer.get("tier") == "sure":
            (start, end), there = answer["span"], case["span"]
            wrong += there is None or end <= there[0] or there[1] <= start
    return wrong


CHECKS = {"gold": gold, "dev": dev, "topics": topics, "anchor": anchor}


def main():
    postil = str(pathlib.Path(sys.argv[1]).resolve())
    rows = [line.split("\t") for line in (ROOT / ".ci/thresholds.tsv").read_text().splitlines() if line and line[0] != "#"]
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        figures = {name: CHECKS[name](postil, pathlib.Path(folder)) for name in dict.fromkeys(row[0] for row in rows)}
    for check, metric, at, bound in rows:
        value = figures[check][metric]
        kept = value >= float(bound) if at == "least" else value <= float(bound)
        missed += not kept
        print(f"{'ok    ' if kept else 'MISSED'} {check:7} {metric:16} {value:9.4f}  at {at} {bound}")
    sys.exit(1 if missed else 0)


main()
