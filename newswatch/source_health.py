"""How the sources fare, as `sources health`, `run --json` and a run's last lines tell it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import click

from monitor.health import troubles
from monitor.health.pages import PagesHealth
from monitor.health.verdict import Health, Verdict, judge, of_pages, parts
from monitor.health.ways import WayHealth
from monitor.records import Source
from monitor.store.sources import SourceState
from spiders.discovery import KINDS, known

NEEDS_HELP = ("failing", "partial")
"""States that need the operator."""
_WAYS = {"feeds": "feed", "sitemaps": "sitemap", "sections": "section", "home": "home"}


def described(source: Source, state: SourceState | None, now: datetime) -> dict[str, Any]:
    """One source as `sources health --json` prints it; times are UTC, null where there is none."""
    health = current(source, state, now)
    verdict = judge(health)
    return {
        "name": source.name,
        "state": "failing" if state and state.failing_since else verdict.state,
        **_trouble(source, health, verdict),
        "since": state.failing_since if state and state.failing_since else _at(verdict.since),
        "last_good": state.last_good if state else None,
        "last_polled": state.last_polled if state else None,
        "next_poll": state.next_poll if state else None,
        "ways": [_way(source, health, url, way) for url, way in health.ways.items()],
        "pages": _pages(source, health.pages),
    }


def current(source: Source, state: SourceState | None, now: datetime) -> Health:
    """A source's health, without ways in that are none any more."""
    health = Health.of(state.health if state else {})
    named = known(source, state.ways if state else {}, now)
    if any(ways is None for ways in named.values()):
        return health
    mine = {url for ways in named.values() for url in ways or ()}
    return Health(ways={url: way for url, way in health.ways.items() if url in mine}, pages=health.pages)


def told(source: Source, state: SourceState, reason: str, now: datetime) -> dict[str, Any]:
    """What is wrong with a source that fails: {"kind", "hint", "way", "first_seen", "last_good"}."""
    health = current(source, state, now)
    verdict = judge(health)
    return {
        **{name: value for name, value in _trouble(source, health, verdict).items() if name != "reason"},
        "first_seen": _at(verdict.since) or state.failing_since,
        "last_good": state.last_good,
        "reason": reason or verdict.reason,
    }


def partial(source: Source, state: SourceState, now: datetime) -> Iterator[dict[str, Any]]:
    """The parts of a source that fail for certain, while the rest works."""
    health = current(source, state, now)
    for part in parts(health):
        way = health.ways.get(part.url)
        yield {
            "way": part.url,
            "reason": part.reason,
            "kind": part.trouble,
            "hint": hint(source, part.trouble, part.url, way.kind if way else ""),
            "since": _at(part.since),
        }


def of_way(source: Source, state: SourceState, url: str) -> dict[str, Any]:
    """The trouble of a way in that failed just now: {"kind", "hint", "since"}."""
    way = Health.of(state.health).ways.get(url, WayHealth())
    return {"kind": way.trouble, "hint": hint(source, way.trouble, url, way.kind), "since": _at(way.first)}


def hint(source: Source, trouble: str, url: str, kind: str) -> str:
    """How to mend a trouble of a source."""
    named = kind if kind in KINDS else "home"
    for key in KINDS:
        if url in (getattr(source, key) or ()):
            named = key
    return troubles.hint(trouble, name=source.name, home=source.home, url=url, key=named)


def show(rows: Iterable[Mapping[str, Any]], *, everything: bool) -> None:
    """A line a source, and under it what is wrong and how to mend it."""
    listed = list(rows)
    width = max((len(row["name"]) for row in listed), default=4)
    click.echo(f"{'source':{width}}  {'state':10}  {'last good':16}  {'next look':16}  trouble")
    for row in listed:
        line = f"{row['name']:{width}}  {row['state']:10}  {_day(row['last_good']):16}  {_day(row['next_poll']):16}"
        click.echo(f"{line}  {row['kind']}".rstrip())
        if row["state"] == "failing":
            click.echo(f"    since {_day(row['since'])}: {row['reason']}")
            click.echo(f"    {row['hint']}")
        for way in row["ways"]:
            troubled = way["state"] not in ("ok", "new")
            if everything or (troubled and row["state"] != "failing"):
                _show_way(way)
        pages = row["pages"]
        if pages["kind"]:
            click.echo(f"    pages     since {_day(pages['since'])}: {pages['reason']}\n              {pages['hint']}")


def _show_way(way: Mapping[str, Any]) -> None:
    click.echo(f"    {way['way']:8}  {way['state']:10}  {way['url']}  ({way['entries']} listed)")
    if way["kind"]:
        click.echo(f"              since {_day(way['since'])}: {way['reason']}\n              {way['hint']}")


def _trouble(source: Source, health: Health, verdict: Verdict) -> dict[str, Any]:
    way = health.ways.get(verdict.url)
    return {
        "kind": verdict.trouble,
        "reason": verdict.reason,
        "hint": hint(source, verdict.trouble, verdict.url, way.kind if way else ""),
        "way": verdict.url,
    }


def _way(source: Source, health: Health, url: str, way: WayHealth) -> dict[str, Any]:
    return {
        "url": url,
        "way": _WAYS.get(way.kind, _guess(source, url)),
        "state": way.state,
        "kind": way.trouble,
        "reason": way.reason,
        "hint": hint(source, way.trouble, url, way.kind),
        "since": _at(way.first),
        "last_good": _at(way.good),
        "last_looked": _at(way.looked),
        "entries": way.entries,
        "usual": round(way.usual),
        "last_news": _at(way.news),
        "news_due": _at(way.due),
    }


def _guess(source: Source, url: str) -> str:
    named = next((key for key in KINDS if url in (getattr(source, key) or ())), "")
    return _WAYS.get(named, "home" if urlsplit(url) == urlsplit(source.home) else "way")


def _pages(source: Source, pages: PagesHealth) -> dict[str, Any]:
    return {
        "whole": round(pages.whole, 2),
        "kind": pages.trouble,
        "reason": of_pages(pages) if pages.trouble else "",
        "hint": hint(source, pages.trouble, "", ""),
        "since": _at(pages.first) if pages.trouble else None,
        "last_good": _at(pages.good),
    }


def _at(moment: float) -> datetime | None:
    return datetime.fromtimestamp(moment, UTC).replace(microsecond=0) if moment else None


def _day(instant: datetime | None) -> str:
    return f"{instant:%Y-%m-%d %H:%M}" if instant else "never"
