"""A canary: an article that newswatch serves to itself, and follows through the whole of its work into an outbox.

It lives in a folder and a store of its own, under this installation's settings of fetching, so that no subscriber sees
it and no archive keeps it. The commands it goes through are those that cron runs.
"""

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

import click
import sqlalchemy as sa

from config.settings import Settings
from monitor.store import tables
from monitor.store.engine import open_store
from monitor.store.troubles import StoreError
from newswatch.context import Context, at_option, common, print_json
from newswatch.loopback import serving

STAGES = ("feed", "fetch", "extraction", "match", "digest", "outbox")
EVERY = timedelta(days=1)
_LAST = "last.json"
_PATIENCE = 180
"""Seconds for one command."""
_BIRDS = ("canary", "finch", "siskin", "linnet", "serin", "bunting", "warbler", "wheatear", "dunnock", "redpoll")
_PLACES = ("quarry", "orchard", "lighthouse", "granary", "foundry", "viaduct", "cannery", "windmill", "chapel", "weir")
_PARAGRAPHS = (
    "The trustees of the {place} society met on the evening of the report to hear what had been seen from the tower. "
    "The keeper read from her notebook for an hour, and nobody in the room spoke until she had closed it.",
    "Members had asked in spring for a count of every bird that nests within sight of the mill pond. Volunteers walked "
    "the same path each morning, wrote down what they heard, and left the pages in a tin box by the gate.",
    "“We did not expect the {term} to come back,” the keeper said. The sighting will be looked into by two "
    "neighbours with better glasses, and the path stays closed until they have been up the tower.",
    "A collection for the roof brought in more than the year before. The society will meet again in two weeks, when "
    "the treasurer is to say what slates cost now, and whether the old beams will bear them.",
)

_READ = "read from her notebook for an hour"
"""Words of the article that must have been read from its page."""


@dataclass
class Outlet:
    """The site that serves the canary: a feed of one article, and its page."""

    term: str
    published: datetime
    url: str = ""
    asked: Counter[str] = field(default_factory=Counter)

    @property
    def title(self) -> str:
        """The headline, which does not hold the term."""
        return "Keeper's notebook is read to the trustees"

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, content type and body at a path."""
        self.asked[path] += 1
        if path == "/feed.xml":
            return 200, "application/rss+xml; charset=utf-8", self.feed().encode()
        if path == "/story":
            return 200, "text/html; charset=utf-8", self.page().encode()
        return 404, "text/plain", b"there is nothing here"

    def feed(self) -> str:
        """An RSS feed."""
        item = (
            f"<item><title>{escape(self.title)}</title><link>{self.url}/story</link><guid>{escape(self.term)}</guid>"
            f"<pubDate>{format_datetime(self.published)}</pubDate></item>"
        )
        return f'<rss version="2.0"><channel><title>Canary</title><link>{self.url}</link>{item}</channel></rss>'

    def page(self) -> str:
        """The article's page."""
        place = self.term.rpartition(" ")[2]
        body = "".join(f"<p>{escape(text.format(term=self.term, place=place))}</p>" for text in _PARAGRAPHS)
        return (
            f"<!doctype html><html lang=en><head><title>{escape(self.title)}</title></head><body>"
            f"<nav><a href=/>Home</a></nav><article><h1>{escape(self.title)}</h1>"
            f"<time datetime={self.published.isoformat()}>{self.published:%d %B %Y}</time>{body}</article></body>"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """How far a canary came."""

    at: datetime
    reached: tuple[str, ...]
    """The stages that it passed, in order."""
    reason: str = ""
    """Why it came no further."""
    lost_before: bool = False
    """Whether the one before got lost."""

    @property
    def broken(self) -> str:
        """The stage that it did not pass; empty where it passed all."""
        return next((stage for stage in STAGES if stage not in self.reached), "")

    def described(self) -> dict[str, Any]:
        """As programs read it."""
        return {
            "at": self.at,
            "reached": list(self.reached),
            "broken": self.broken or None,
            "reason": self.reason or None,
        }


@click.command("canary")
@common
@at_option
@click.pass_obj
def command(context: Context) -> int:
    """Send a canary through the whole of newswatch: an article that it serves to itself, up to a mail in an outbox.

    Nothing leaves this machine, and neither the archive nor any subscriber sees it. Exits with 1 where it does not
    arrive, and names the stage: feed, fetch, extraction, match, digest or outbox. `proof.canary: true` lets `run` do
    this once a day.
    """
    flight = fly(context.config.settings, context.clock.now())
    if context.json:
        print_json(flight.described())
    else:
        for stage in STAGES:
            click.echo(f"{stage:11} {'passed' if stage in flight.reached else 'NOT PASSED'}")
        if flight.broken:
            click.echo(f"the canary got lost at {flight.broken}: {flight.reason}", err=True)
    return 1 if flight.broken else 0


def due(settings: Settings, now: datetime) -> bool:
    """Whether a canary is to fly in this run: a day after the last one, and at once where that one got lost."""
    last = last_flight(settings)
    return last is None or bool(last.broken) or not last.at <= now < last.at + EVERY


def last_flight(settings: Settings) -> Flight | None:
    """The one before, if that is known."""
    try:
        kept = json.loads((_folder(settings) / _LAST).read_text(encoding="utf-8"))
        return Flight(at=datetime.fromisoformat(kept["at"]), reached=tuple(kept["reached"]), reason=kept["reason"],
                      lost_before=kept["lost_before"])  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def fly(settings: Settings, now: datetime, outlet: Outlet | None = None) -> Flight:
    """Send one canary through feed, fetch, extraction, match, digest and outbox, and say how far it came."""
    outlet = outlet or Outlet(term=_term(now), published=now - timedelta(minutes=20))
    folder, before = _folder(settings), last_flight(settings)
    lost_before = bool(before and before.broken)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with serving(outlet.answer) as outlet.url:
            _furnish(folder, settings, outlet)
            said = [_newswatch(folder, now, "run"), _newswatch(folder, now + timedelta(hours=1), "digest", "send")]
            reached = tuple(_reached(folder, outlet))
        said = [] if reached == STAGES else [words for words in said if words]
        flight = Flight(at=now, reached=reached, reason=" ".join(said), lost_before=lost_before)
        kept = {"at": now.isoformat(), "reached": reached, "reason": flight.reason, "lost_before": lost_before}
        (folder / _LAST).write_text(json.dumps(kept), encoding="utf-8")
    except OSError as error:
        reason = f"{error.filename or folder}: {error.strerror or error}"
        return Flight(at=now, reached=(), reason=reason, lost_before=lost_before)
    return flight


def _folder(settings: Settings) -> Path:
    return settings.lock_file.parent / "canary"


def _term(now: datetime) -> str:
    """Two words that are new each day, so that nothing that was kept answers for what should be done."""
    day = now.toordinal()
    return f"{_BIRDS[day % len(_BIRDS)]} of the {_PLACES[day // len(_BIRDS) % len(_PLACES)]}"


def _furnish(folder: Path, settings: Settings, outlet: Outlet) -> None:
    """A configuration that watches the canary alone. YAML is a superset of JSON."""
    crawl = settings.crawl
    files: dict[str, dict[str, Any]] = {
        "newswatch.yaml": {
            "site": {"name": "Canary", "time_zone": "UTC"},
            "mail": {"from": "Canary <canary@example.org>", "transport": "file:outbox/"},
            "crawl": {
                "contact": crawl.contact or "canary@example.org", "delay": "0.05s", "allow_networks": ["127.0.0.1/32"],
                "timeout": f"{crawl.timeout.total_seconds():g}s", "fresh": "24h", "revisit": [],
            },
        },
        "sources.yaml": {"sources": [{
            "name": "Canary", "home": f"{outlet.url}/", "feeds": [f"{outlet.url}/feed.xml"], "sitemaps": [],
            "sections": [],
        }]},
        "topics.yaml": {"topics": [{"name": "Canary", "phrases": [outlet.term]}]},
        "subscribers.yaml": {"subscribers": [{"email": "reader@example.org", "every": "hourly"}]},
    }  # fmt: skip
    for name, content in files.items():
        (folder / name).write_text(json.dumps(content), encoding="utf-8")


def _newswatch(folder: Path, at: datetime, *arguments: str) -> str:
    """Run the command on the canary's configuration; what it said of trouble."""
    command = [sys.executable, "-m", "newswatch", *arguments, "--config", str(folder), "--at", at.isoformat()]
    try:
        done = subprocess.run(  # noqa: S603 - our own command
            command, capture_output=True, text=True, timeout=_PATIENCE, check=False, env=_environment()
        )
    except subprocess.TimeoutExpired:
        return f"`newswatch {' '.join(arguments)}` took more than {_PATIENCE} seconds"
    return " ".join(done.stderr.split())[-500:]


def _environment() -> dict[str, str]:
    """This process's environment, without the settings in it, and with its own way to the packages."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSWATCH_")}
    return kept | {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def _reached(folder: Path, outlet: Outlet) -> Iterator[str]:
    """The stages that left their mark, up to the first that did not."""
    try:
        engine = open_store(f"sqlite:///{folder / 'var' / 'newswatch.db'}")
    except StoreError:
        return
    try:
        with engine.connect() as connection:
            marks = {
                "feed": outlet.asked["/feed.xml"] and _any(connection, tables.seen) + _any(connection, tables.leads),
                "fetch": outlet.asked["/story"],
                "extraction": _any(connection, tables.articles, tables.articles.c.body.contains(_READ)),
                "match": _any(connection, tables.matches),
                "digest": _any(connection, tables.outbox, tables.outbox.c.kind == "digest"),
                "outbox": _any(connection, tables.outbox, tables.outbox.c.state == "sent")
                and any(outlet.title in path.read_text("utf-8") for path in (folder / "outbox").glob("*.eml")),
            }
    finally:
        engine.dispose()
    for stage in STAGES:
        if not marks[stage]:
            return
        yield stage


def _any(connection: sa.Connection, table: sa.Table, *where: sa.ColumnElement[bool]) -> int:
    return connection.scalar(sa.select(sa.func.count()).select_from(table).where(*where)) or 0
