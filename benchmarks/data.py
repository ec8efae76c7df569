"""The texts that benchmarks read: not part of the project, found by NEWSWATCH_DATA or beside the repository."""

import csv
import gzip
import json
import lzma
import os
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[2] / "shared" / "data")


def need(path: str) -> Path:
    """A file or folder of the data, or the end of the benchmark with the reason."""
    found = ROOT / path
    if not found.exists():
        sys.exit(f"skipped: {path} is not in {ROOT}; set NEWSWATCH_DATA")
    return found


def articles(most: int | None = None, skip: int = 0) -> Iterator[dict[str, Any]]:
    """News articles with `id`, `title`, `text`, the same ones each time."""
    with lzma.open(need("news/texts/allsides.jsonl.xz"), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, islice(lines, skip, None if most is None else skip + most))


def misspellings() -> Iterator[tuple[str, str, str]]:
    """(list, wrong, right) of every list."""
    for path in sorted(need("news/misspellings").glob("*.tsv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                wrong, tab, right = line.rstrip("\n").partition("\t")
                if tab:
                    yield path.name.partition(".")[0], wrong, right


def towns() -> list[tuple[str, str]]:
    """Cities of the United States and the names of their states, in order."""
    with gzip.open(need("news/names/us_cities.csv.gz"), "rt", encoding="utf-8") as file:
        return sorted({(row["CITY"], row["STATE_NAME"]) for row in csv.DictReader(file)})


def cities() -> list[str]:
    """Names of cities of the United States, each once, in order."""
    return sorted({city for city, _ in towns()})


def toponyms() -> Iterator[dict[str, Any]]:
    """Local news with hand-marked names of places."""
    with gzip.open(need("news/texts/local_toponyms.jsonl.gz"), "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
