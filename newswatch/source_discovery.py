"""A look at a site that asks each likely way in once, and tells what it carries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin

import click

from monitor.errors import NewswatchError
from monitor.leads import Reading, sections, ways
from monitor.leads.sitemaps import worthwhile
from monitor.leads.ways import Candidate
from monitor.records import Lead, Response, Source
from newswatch import source_lists, source_reading
from newswatch.context import Context

Fetch = Callable[[str], Response]
Read = Callable[[Response], Reading]

MOST_ASKED = 24
"""Addresses that one look asks for, besides the home page and robots.txt."""
_GUESSES = {"feeds": 5, "sitemaps": 5, "sections": 0}
"""Guessed addresses that are tried of each kind, while the site names none that works."""
STALE = timedelta(days=30)
ENOUGH = 0.9
"""Share of the home page's stories that feeds and sitemaps must carry for section pages to be left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A way in, and what came when it was asked."""

    way: Candidate
    reading: Reading
    carried: int
    """Of the home page's stories."""
    now: datetime
    kept: bool = False

    @property
    def newest(self) -> datetime | None:
        """The latest date of its leads."""
        return max((lead.published for lead in self.reading.leads if lead.published), default=None)

    @property
    def daily(self) -> float | None:
        """Leads a day, over the span of the dates it gives; `None` for fewer than three dates."""
        dated = sorted(lead.published for lead in self.reading.leads if lead.published)
        span = dated[-1] - dated[0] if len(dated) > 2 else timedelta()
        return round((len(dated) - 1) / max(span / timedelta(days=1), 1 / 24), 1) if span else None

    @property
    def works(self) -> bool:
        """Whether it lists stories, and not only old ones."""
        return bool(self.reading.leads) and (self.newest is None or self.newest > self.now - STALE)

    def described(self) -> dict[str, Any]:
        """As programs read it."""
        return {
            "kind": self.way.kind, "url": self.way.url, "reason": self.way.reason, "entries": self.reading.entries,
            "newest": self.newest, "daily": self.daily, "carried": self.carried, "error": self.reading.error,
            "proposed": self.kept,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """What a look at a site found."""

    source: Source
    """The source that is proposed."""
    stories: int
    """Story links on the home page."""
    ways: tuple[Found, ...]


def discover(context: Context, address: str) -> Discovery:
    """Look at the site of `address`. Raises `NewswatchError` where its home page cannot be had."""
    with source_reading.reader() as read:
        return look(source_reading.visitor(context, address), read, address)


def look(fetch: Fetch, read: Read, address: str) -> Discovery:
    """Look at a site through `fetch` and `read`, which raise `NewswatchError` for what cannot be had or read."""
    home = fetch(address)
    stories = sections.links(home, Source(name="", home=home.url))
    candidates = ways.discover(home, _robots(fetch, home.url))
    found = _Look(fetch, read, home, stories).at(candidates)
    kept = _kept(found, stories)
    proposed = ways.source_of(home, (one.way for one in kept))
    marked = tuple(replace(one, kept=one in kept) for one in found)
    return Discovery(source=proposed, stories=len(stories), ways=marked)


def _robots(fetch: Fetch, home: str) -> str:
    try:
        return fetch(urljoin(home, "/robots.txt")).body.decode("utf-8", "replace")
    except NewswatchError:
        return ""


class _Look:
    """Asks for candidates, guesses only of a kind of which the site names none that works."""

    def __init__(self, fetch: Fetch, read: Read, home: Response, stories: list[Lead]) -> None:
        self.fetch, self.read, self.home, self.stories = fetch, read, home, stories
        self.now = home.fetched or datetime.now(UTC)
        self.asked = 0
        self.guesses = dict(_GUESSES)
        self.working: set[str] = set()

    def at(self, candidates: Iterable[Candidate]) -> list[Found]:
        found = []
        for candidate in candidates:
            if not candidate.named and (candidate.kind in self.working or not self.guesses[candidate.kind]):
                continue
            self.guesses[candidate.kind] -= not candidate.named
            reading = self.reading(candidate)
            if candidate.named or reading.leads:
                carried = ways.coverage(self.stories, reading.leads)[0]
                found.append(Found(way=candidate, reading=reading, carried=carried, now=self.now))
                self.working |= {candidate.kind} if found[-1].works else set()
        return found

    def reading(self, candidate: Candidate) -> Reading:
        if candidate.kind == "sections" and candidate.url == self.home.url:
            return Reading(kind="section", entries=len(self.stories), leads=tuple(self.stories))
        reading = self.ask(candidate.url)
        if candidate.kind != "sections" and reading.kind == "section":
            return Reading(error="a page, not a feed or sitemap")
        fresh = worthwhile(reading.children, self.now - STALE, most=2)
        leads = [lead for child in fresh for lead in self.ask(child.url).leads]
        return replace(reading, leads=(*reading.leads, *leads)) if leads else reading

    def ask(self, url: str) -> Reading:
        if self.asked >= MOST_ASKED:
            return Reading(error="not asked: enough has been")
        self.asked += 1
        try:
            return self.read(self.fetch(url))
        except NewswatchError as error:
            return Reading(error=str(error).removeprefix(f"{url}: "))


def _kept(found: Iterable[Found], stories: list[Lead]) -> list[Found]:
    """The ways that add something: feeds and sitemaps that work, and pages where these do not carry enough."""
    working = [one for one in found if one.works]
    kept = _adding([one for one in working if one.way.kind != "sections"], [])
    carried, of = ways.coverage(stories, [lead for one in kept for lead in one.reading.leads])
    if kept and carried >= ENOUGH * of:
        return kept
    return kept + _adding([one for one in working if one.way.kind == "sections"], kept)


def _adding(found: Iterable[Found], kept: Iterable[Found]) -> list[Found]:
    """Those that carry a story which neither `kept` nor one before them carries."""
    leads = [lead for one in kept for lead in one.reading.leads]
    adding = []
    for one in found:
        carried, of = ways.coverage(one.reading.leads, leads)
        if carried < of:
            adding.append(one)
            leads += one.reading.leads
    return adding


def show(found: Discovery, source: Source) -> None:
    """Print what was found, and the source that is proposed, as YAML."""
    click.echo(f"# {found.stories} stories on {source.home}", err=True)
    for one in found.ways:
        newest = f", newest {one.newest:%Y-%m-%d %H:%M}" if one.newest else ""
        pace = f", {one.daily:g} a day" if one.daily else ""
        told = f"{one.reading.entries} entries{newest}{pace}, {one.carried} of the home page's stories"
        mark, told = (
            ("+", told) if one.kept else ("-", told if one.reading.leads else one.reading.error or "no entries")
        )
        click.echo(f"# {mark} {one.way.kind[:-1]:8} {one.way.url} ({one.way.reason}): {told}", err=True)
    click.echo(source_lists.as_yaml([source]), nl=False)
