"""The pages of the little internet in the data's tools, read without a server: articles in four designs, and others."""

import argparse
import importlib.util
import re
import unicodedata
from collections import Counter
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from benchmarks.data import need
from monitor.extraction import extract
from monitor.records import Extract

SITES, ARTICLES = 12, 25
_TEXTS = "news/texts/allsides.jsonl.xz"


def check() -> list[tuple[str, float, float]]:
    """(what, bar, share reached) for each promise about these pages."""
    internet = _module()
    options = argparse.Namespace(
        texts=str(need(_TEXTS)), pages=None, sites=SITES, articles=ARTICLES, kind=None, spread=28, since=None,
        until=None, language=None, now=None, port=8700,
    )  # fmt: skip
    world = internet.World(options)
    counts: Counter[str] = Counter()
    scores: list[float] = []
    for site in world.sites:
        for article in site.articles:
            found = _read(internet.article_page(world, site, article), site.base + article["path"])
            _count(counts, found, article, world, site)
            scores.append(f1(found.body, article["text"]))
        _count_others(counts, internet, world, site)
    pages = counts["pages"]
    return [
        ("newsworld: taken for articles", 1.0, counts["article"] / pages),
        ("newsworld: published within an hour", 1.0, counts["hour"] / pages),
        ("newsworld: title exact", 0.98, counts["title"] / pages),
        ("newsworld: body token F1", 0.95, sum(scores) / len(scores)),
        ("newsworld: no headline of another story in the body", 1.0, 1 - counts["sidebar"] / pages),
        ("newsworld: home, section and about pages are none", 1.0, counts["other"] / counts["others"]),
    ]


def f1(found: str, wanted: str) -> float:
    """F1 of the words of two texts, as often as they occur."""
    left, right = Counter(_words(found)), Counter(_words(wanted))
    common = sum((left & right).values())
    return 2 * common / max(1, sum(left.values()) + sum(right.values()))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower())


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("newsworld", need("../tools/newsworld.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _read(page: str, url: str) -> Extract:
    return extract(page.encode(), url, content_type="text/html; charset=utf-8", fetched=datetime.now(UTC))


def _count(counts: Counter[str], found: Extract, article: dict[str, Any], world: Any, site: Any) -> None:
    counts["pages"] += 1
    counts["article"] += found.page_type == "article"
    counts["title"] += " ".join(found.title.split()).casefold() == " ".join(article["title"].split()).casefold()
    near = found.published is not None and abs(found.published - article["published"]) <= timedelta(hours=1)
    counts["hour"] += near
    others = [other["title"] for other in world.visible(site) if other is not article][:8]
    counts["sidebar"] += any(
        len(title) > 20 and title in found.body and title not in article["text"] for title in others
    )


def _count_others(counts: Counter[str], internet: ModuleType, world: Any, site: Any) -> None:
    about = (
        f"<html><head><title>About {site.name}</title></head><body><main><h1>About us</h1><p>"
        + "We report the news of our region every day of the year. " * 20
        + "</p></main></body></html>"
    )
    listing = internet.listing(world, site)
    sections = [(internet.listing(world, site, "politics"), "/section/politics"), (listing, "/section/news")]
    for page, path in [(listing, "/"), (about, "/about"), *sections]:
        counts["others"] += 1
        counts["other"] += _read(page, site.base + path).page_type == "other"
