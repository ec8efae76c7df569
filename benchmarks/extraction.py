"""Extraction against saved pages with a truth: each bar, what was reached, and the CPU it took beside trafilatura's.

    python -m benchmarks.extraction [--sample N] [--half 0|1]

Reads news/pages of the data (NEWSWATCH_DATA, else ../shared/data) and the scorer and the little
internet in `tools` beside it. `--half` scores the publishers of one half alone, split by their names' hash.
"""

import argparse
import gzip
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import trafilatura
from htmldate.extractors import external_date_parser

from benchmarks.data import need
from benchmarks.newsworld_pages import check as check_newsworld
from monitor.extraction import extract
from newswatch.extract import described

BARS = (
    ("body F1 | all", ">=", 0.95),
    ("title exact", ">=", 0.80),
    ("date exact", ">=", 0.93),
    ("author recall", ">=", 0.75),
    ("non-articles taken for articles", "<=", 0.20),
    ("articles kept", ">=", 0.97),
    ("CPU a page, of trafilatura's default with metadata", "<=", 1.0),
)


def main() -> None:
    """Print a line a bar; exit with 1 where one is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--sample", type=int, default=0, help="only so many pages")
    options.add_argument("--half", type=int, choices=(0, 1), help="only the publishers of this half")
    given = options.parse_args()
    rows = [row for row in _truth() if given.half is None or half(row["publisher"]) == given.half]
    rows = rows[: given.sample or None]
    found, ours, theirs = _run(rows)
    figures = _scored(rows, found)
    figures |= _gate(rows, found)
    figures["CPU a page, of trafilatura's default with metadata"] = ours / theirs
    print(f"{len(rows)} pages, {1000 * ours / len(rows):.1f} ms a page; trafilatura {1000 * theirs / len(rows):.1f} ms")
    missed = [_tell(name, sign, bar, figures[name]) for name, sign, bar in BARS]
    missed += [_tell(name, ">=", bar, figure) for name, bar, figure in check_newsworld()]
    sys.exit(1 if any(missed) else 0)


def half(publisher: str) -> int:
    """0 or 1, the same for all pages of a publisher."""
    return int(hashlib.sha1(publisher.encode()).hexdigest(), 16) % 2


def _truth() -> Iterator[dict[str, Any]]:
    with need("news/pages/truth.jsonl").open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _run(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], float, float]:
    """What we find on each page, and the CPU seconds that we and trafilatura took over all."""
    found, ours, theirs = [], 0.0, 0.0
    external_date_parser("le trois mai 2019", "%Y-%m-%d")  # loads its languages, once, for whoever comes first
    for row in rows:
        page = gzip.decompress(need(f"news/pages/{row['file']}").read_bytes())
        extracted, seconds = _timed(lambda page=page, row=row: extract(page, row["url"]))
        ours += seconds
        found.append({"id": row["id"], **described(extracted)})
        theirs += _timed(lambda page=page, row=row: _default(page, row["url"]))[1]
    return found, ours, theirs


def _default(page: bytes, url: str) -> Any:
    return trafilatura.bare_extraction(page, url=url, with_metadata=True)


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    begun = time.process_time()
    return work(), time.process_time() - begun


def _scored(rows: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, float]:
    """The scorer's own figures."""
    with tempfile.TemporaryDirectory() as folder:
        pages, guesses, scores = Path(folder), Path(folder) / "found.jsonl", Path(folder) / "scores.json"
        (pages / "truth.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        guesses.write_text("".join(json.dumps(one) + "\n" for one in found), encoding="utf-8")
        command = [sys.executable, str(need("../tools/score_extraction.py")), "--pages", folder]
        subprocess.run([*command, "--predictions", str(guesses), "--json", str(scores)], check=True, stdout=-3)
        kept = json.loads(scores.read_text(encoding="utf-8"))
    return {name: value["mean"] for name, value in kept.items() if isinstance(value, dict)}


def _gate(rows: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, float]:
    """How the gate between articles and other pages does."""
    taken: dict[bool, list[bool]] = {True: [], False: []}
    for row, one in zip(rows, found, strict=True):
        taken[row["kind"] == "article"].append(one["page_type"] == "article")
    names = {True: "articles kept", False: "non-articles taken for articles"}
    return {names[kind]: sum(values) / max(1, len(values)) for kind, values in taken.items()}


def _tell(name: str, sign: str, bar: float, figure: float) -> bool:
    missed = figure < bar if sign == ">=" else figure > bar
    print(f"{name:60} {figure:.4f}  bar {sign} {bar:g}{'  MISSED' if missed else ''}")
    return missed


if __name__ == "__main__":
    main()
