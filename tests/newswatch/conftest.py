"""A small news site on loopback, and a configuration that watches it."""

import contextlib
import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from monitor.store.engine import open_store
from newswatch.loopback import serving

ROOT = Path(__file__).parents[2]
FILLER = "The council met on Tuesday evening and heard from residents about streets, parks and the library hours. " * 6


@dataclass
class Site:
    """One outlet: a feed, and a page an article."""

    articles: dict[str, tuple[str, str, datetime]] = field(default_factory=dict)
    """Path → title, text, published."""
    status: int = 200
    hits: Counter[str] = field(default_factory=Counter)
    url: str = ""

    def publish(self, path: str, title: str, text: str, at: datetime | None = None) -> None:
        self.articles[path] = (title, text, at or datetime.now(UTC) - timedelta(hours=1))

    def page(self, path: str) -> tuple[int, str, str]:
        self.hits[path] += 1
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /private\n"
        if self.status != 200:
            return self.status, "text/plain", "out of order"
        if path == "/rss":
            items = "".join(
                f"<item><title>{title}</title><link>{self.url}{at}</link><guid>{at}</guid>"
                f"<pubDate>{format_datetime(when)}</pubDate></item>"
                for at, (title, _, when) in self.articles.items()
            )
            return 200, "application/rss+xml", f'<rss version="2.0"><channel><title>R</title>{items}</channel></rss>'
        if path in self.articles:
            title, text, when = self.articles[path]
            return 200, "text/html", (
                f"<html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a></nav>"
                f"<article><h1>{title}</h1><time datetime={when.isoformat()}>now</time><p>{text}</p>"
                f"<p>{FILLER}</p></article></body></html>"
            )  # fmt: skip
        return 404, "text/plain", "not here"


@pytest.fixture
def site() -> Iterator[Site]:
    """The outlet, served."""
    outlet = Site()

    def answer(path: str) -> tuple[int, str, bytes]:
        status, kind, text = outlet.page(path)
        return status, f"{kind}; charset=utf-8", text.encode()

    with serving(answer) as outlet.url:
        yield outlet


@dataclass
class Newsroom:
    """A configuration directory, and the command run on it."""

    directory: Path

    def run(self, *arguments: str, at: datetime | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "newswatch", *arguments, "--config", str(self.directory)]
        command += ["--at", at.isoformat()] if at else []
        clean = {name: value for name, value in os.environ.items() if not name.startswith("NEWSWATCH_")}
        environment = clean | {"PYTHONPATH": str(ROOT)} | environ
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120, env=environment)

    def report(self, *arguments: str, at: datetime | None = None) -> dict[str, Any]:
        done = self.run(*arguments, "--json", at=at)
        assert done.stdout, done.stderr
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    def mails(self) -> list[str]:
        return sorted(path.read_text() for path in (self.directory / "outbox").glob("*.eml"))


@pytest.fixture
def newsroom(tmp_path: Path, site: Site) -> Newsroom:
    """Watches the outlet for a sanctuary policy; ana hears at once."""
    files = {
        "newswatch.yaml": {
            "site": {"name": "Valley Watch", "time_zone": "America/Los_Angeles"},
            "mail": {"from": "Valley Watch <alerts@example.org>", "transport": "file:outbox/"},
            "crawl": {"contact": "bot@example.org", "delay": "10ms", "allow_networks": ["127.0.0.0/8"]},
        },
        "sources.yaml": {
            "sources": [
                {
                    "name": "The Record",
                    "home": f"{site.url}/",
                    "feeds": [f"{site.url}/rss"],
                    "sitemaps": [],
                    "sections": [],
                }
            ]
        },
        "topics.yaml": {"topics": [{"name": "Sanctuary policy", "phrases": ["sanctuary policy"]}]},
        "subscribers.yaml": {"subscribers": [{"email": "ana@example.org", "every": "immediately"}]},
    }
    for name, value in files.items():
        (tmp_path / name).write_text(json.dumps(value))
    return Newsroom(tmp_path)


QUIET = {
    "newswatch.yaml": (
        "mail: {from: 'Valley Watch <alerts@example.org>', transport: 'file:outbox/', operator: ops@example.org}\n"
    ),
    "sources.yaml": "sources: [{name: KVLY, home: 'https://kvly.example/', feeds: []}]\n",
    "topics.yaml": "topics: [{name: Sanctuary policy, phrases: [sanctuary policy]}]\n",
    "subscribers.yaml": "subscribers: [{email: ana@example.org, every: hourly}]\n",
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A configuration for commands that ask no source; its mails are files."""
    for name, text in QUIET.items():
        (tmp_path / name).write_text(text)
    return tmp_path


@contextlib.contextmanager
def stored(place: Path) -> Iterator[sa.Engine]:
    """The store of a configuration; all that was written is in its one file afterwards."""
    path = place / "var" / "newswatch.db"
    engine = open_store(f"sqlite:///{path}")
    yield engine
    engine.dispose()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
