"""Hostile and broken pages of the data folder; skipped where it is absent."""

import gzip
import json
import os
import resource
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.extraction import extract
from monitor.records import Extract

PAGES = (
    Path(os.environ.get("NEWSWATCH_DATA") or Path(__file__).parents[4] / "shared" / "data") / "adversarial" / "pages"
)
pytestmark = pytest.mark.skipif(not PAGES.exists(), reason="no data: set NEWSWATCH_DATA")
FETCHED = datetime(2026, 11, 24, 5, tzinfo=UTC)
HEAVY = {"huge_paragraphs.html.gz", "many_dates.html"}


def read(name: str) -> Extract:
    source = (PAGES / name).read_bytes()
    page = gzip.decompress(source) if name.endswith(".gz") else source
    return extract(page, "https://site.example/a", content_type="text/html; charset=utf-8", fetched=FETCHED)


def names() -> list[str]:
    manifest = PAGES.parent / "MANIFEST.jsonl"
    rows = [json.loads(line) for line in manifest.read_text(encoding="utf-8").splitlines()] if manifest.exists() else []
    files = [row["file"] for row in rows if str(row.get("file")).startswith("pages/")]
    return [file.removeprefix("pages/") for file in files]


@pytest.mark.parametrize("name", names())
def test_a_page_costs_little_and_puts_nothing_odd_anywhere(name: str) -> None:
    before, begun = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    found = read(name)
    assert time.process_time() - begun < (10 if name in HEAVY else 2)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024 < 200
    assert len(found.title) <= 1000
    assert all(character.isprintable() for character in found.title)
    assert not any(ord(character) < 32 and character not in "\n\t" for character in found.body)
    assert found.published is None or found.published <= FETCHED + timedelta(days=1)
    assert found.canonical_url == "" or found.canonical_url.startswith(("http://", "https://"))
    assert "sanctuary policy" not in found.body
    assert "Public Safety Partnership" not in found.body


@pytest.mark.parametrize(
    ("name", "kind", "partial"),
    [
        ("soft404.html", "other", ""),
        ("consent_wall.html", "other", "consent wall"),
        ("binary.html", "other", ""),
        ("calendar_trap.html", "other", ""),
        ("paywall.html", "article", "paywall"),
        ("jsonld_deep.html", "article", ""),
        ("nul.html", "article", ""),
        ("xss_title.html", "article", ""),
    ],
)
def test_each_page_is_what_it_is(name: str, kind: str, partial: str) -> None:
    found = read(name)
    assert (found.page_type, found.partial) == (kind, partial)


def test_the_date_of_publication_is_not_that_of_the_last_change() -> None:
    found = read("jsonld_2017_but_meta_today.html")
    assert found.published is not None
    assert found.published.date().isoformat() == "2017-08-04"


def test_a_name_in_another_encoding_is_readable() -> None:
    assert "Peña" in read("charset_conflict.html").body
