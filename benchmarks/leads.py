"""How well ways in are read: python -m benchmarks.leads

Feeds and sitemaps of data/news go through `newswatch sources read --list`, and are counted as tools/score_feeds.py
counts (by `entries`, and the links of `leads`); files of data/adversarial are read one by one, each in a process of
its own with limits; links are judged on data/news/urls. Prints the bars, and exits with 1 where one is missed.
"""

import csv
import gzip
import json
import multiprocessing
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from benchmarks.data import need
from monitor.leads import sections, shapes
from monitor.records import Response

CPU, MEMORY = 10.0, 200
"""Bars for one hostile file: seconds and megabytes."""
NOW = datetime(2026, 11, 24, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure and what it must be at least, or at most."""

    name: str
    value: float
    bar: float
    most: bool = False

    @property
    def met(self) -> bool:
        return self.value <= self.bar if self.most else self.value >= self.bar

    def __str__(self) -> str:
        sign = "≤" if self.most else "≥"
        return f"{'ok    ' if self.met else 'MISSED'} {self.name:58} {self.value:10.4g}  {sign} {self.bar:g}"


def main() -> int:
    bars = [*feeds(), *sitemaps(), *hostile(), *links()]
    return 0 if all(bar.met for bar in bars) else 1


def feeds() -> Iterator[Bar]:
    folder = need("news/feeds")
    rows = [json.loads(line) for line in (folder / "truth.jsonl").open(encoding="utf-8")]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    found = answers(folder, (row["file"] for row in rows))
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    counts, hits = [], []
    for row in rows:
        answer, expected = found[row["file"]], row["expected"]
        entries = expected["n_entries"] if expected else row["n_item_elements"]
        if entries is not None:
            counts.append((row, answer["entries"] == entries))
        wanted = [e["link"] for e in expected["entries"] if e.get("link")] if expected else row["links"]
        urls = {lead["url"] for lead in answer["leads"]}
        hits += [link in urls for link in wanted if expected or (isinstance(link, str) and link.startswith("http"))]
    yield from told(
        Bar("feeds: entry count equal", share(right for _, right in counts), 0.98),
        Bar("feeds: links found", share(hits), 0.97),
        Bar("JSON Feed: entry count equal", share(right for row, right in counts if row["format"] == "json"), 1),
        Bar("feeds: ms of CPU each, processes and all", seconds(before, after) / len(rows) * 1_000, 20, most=True),
    )


def sitemaps() -> Iterator[Bar]:
    folder = need("news/sitemaps")
    rows = [json.loads(line) for line in (folder / "truth.jsonl").open(encoding="utf-8")]
    rows = list({row["file"]: row for row in rows}.values())  # the last truth of a file is that of its bytes
    found = answers(folder, (row["file"] for row in rows))
    news = [entry["loc"] in {x["url"] for x in found[row["file"]]["leads"]} for row in rows for entry in row["news"]]
    yield from told(
        Bar("sitemaps: all entries", share(found[row["file"]]["entries"] == row["n_locs"] for row in rows), 1),
        Bar("sitemaps: news entries found", share(news), 1),
    )


def answers(folder: Path, names: Iterable[str]) -> dict[str, dict[str, Any]]:
    """What `newswatch sources read --list` says of files, by name."""
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as listed:
        for name in names:
            listed.write(json.dumps({"id": name, "path": str(folder / name), "url": ""}) + "\n")
        listed.flush()
        command = [sys.executable, "-m", "newswatch", "sources", "read", "--list", listed.name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {line["id"]: line for line in map(json.loads, done.stdout.splitlines())}


def hostile() -> Iterator[Bar]:
    """Every feed and sitemap of the manifest, read in a process of its own."""
    root = need("adversarial")
    rows = [json.loads(line) for line in (root / "MANIFEST.jsonl").open(encoding="utf-8")]
    rows = [row for row in rows if row.get("file", "").startswith(("feeds/", "sitemaps/"))]
    costs = {row["file"]: cost(root / row["file"], row.get("content_type", "")) for row in rows}
    slowest = max(costs, key=lambda name: costs[name][0])
    largest = max(costs, key=lambda name: costs[name][1])
    yield from told(
        Bar(f"hostile files: CPU s of the slowest ({slowest})", costs[slowest][0], CPU, most=True),
        Bar(f"hostile files: MB more of the largest ({largest})", costs[largest][1], MEMORY, most=True),
        Bar("hostile files: whose process ended", sum(c[2] is None for c in costs.values()), 0, most=True),
        Bar("hostile files: with a bad title or link", sum(bool(c[2]) for c in costs.values()), 0, most=True),
    )


def cost(path: Path, content_type: str) -> tuple[float, float, int | None]:
    """CPU seconds, megabytes more, and unclean leads; `None` where the process did not live to say."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    child = multiprocessing.get_context("spawn").Process(target=_read, args=(path, content_type, theirs))
    child.start()
    theirs.close()
    answer = ours.recv() if ours.poll(30) else None
    child.kill()
    child.join()
    return answer or (30.0, 0.0, None)


def _read(path: Path, content_type: str, answer: Connection) -> None:
    from monitor.leads import documents, read

    assert documents
    resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
    body = path.read_bytes()
    before = resource.getrusage(resource.RUSAGE_SELF)
    reading = read(Response(url="http://news.test/x", body=body, content_type=content_type, fetched=NOW))
    after = resource.getrusage(resource.RUSAGE_SELF)
    unclean = sum(
        len(lead.title) > 1_000 or not lead.title.isprintable() or not (lead.url or "http://").startswith(("http://", "https://"))
        for lead in (*reading.leads, *reading.unlinked)
    )  # fmt: skip
    answer.send((seconds(before, after), (after.ru_maxrss - before.ru_maxrss) / 1024, unclean))


def links() -> Iterator[Bar]:
    """Links of news home pages, judged by address and text alone."""
    with gzip.open(need("news/urls/storysniffer_labeled.csv.gz"), "rt", encoding="utf-8") as file:
        rows = [(row["url"], row["text"], row["is_story"].lower() == "true") for row in csv.DictReader(file)]
    lines = need("news/urls/newspaper_test_urls.tsv").read_text("utf-8").splitlines()
    rows += [(line[2:], "", line[0] == "1") for line in lines]
    judged = [(shapes.score(url, text) > sections.LEAST, story) for url, text, story in rows if url.startswith("http")]
    yield from told(
        Bar("story links: recall", share(taken for taken, story in judged if story), 0.97),
        Bar("story links: precision", share(story for taken, story in judged if taken), 0.85),
    )


def told(*bars: Bar) -> Iterator[Bar]:
    for bar in bars:
        print(bar, flush=True)
        yield bar


def share(values: Iterable[bool]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def seconds(before: resource.struct_rusage, after: resource.struct_rusage) -> float:
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
