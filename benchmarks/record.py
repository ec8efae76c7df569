"""A month as it was: what was done in the world, what was asked of it, and what newswatch said of it.

What was looked at, and when, is what the servers were asked for; by when a fault must be told follows from that.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from benchmarks import health
from benchmarks.faults import FAULTS, Fault
from benchmarks.faulty import BEGINS

_LISTS = re.compile(r"/(|feed\.xml|rss/news\.xml|news-sitemap\.xml|section/.*)")


@dataclass(frozen=True)
class Seen:
    """What one cycle said: `run --json`, and of each source its row of `sources health --json`."""

    at: datetime
    report: dict[str, Any]
    states: dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Month:
    """What was done, and what was said."""

    folder: Path
    days: int
    truth: list[dict[str, Any]]
    """The stories: url, site, published."""
    edited: dict[str, datetime]
    """The addresses of those that got `edit` as a further paragraph, and when."""
    edit: str
    asked: dict[str, list[tuple[datetime, str]]]
    """By site: when it was asked for which path."""
    seen: list[Seen]
    archive: set[str]
    """The addresses of what was archived."""
    seconds: float

    @property
    def until(self) -> datetime:
        return BEGINS + timedelta(days=self.days)

    @cached_property
    def names(self) -> dict[int, str]:
        """The sites by number."""
        return {int(str(urlsplit(row["url"]).hostname).rpartition(".")[2]): row["site"] for row in self.truth}

    @cached_property
    def faults(self) -> dict[str, list[Fault]]:
        """By site."""
        return {name: [f for f in FAULTS if f.site == n and f.begin < self.until] for n, name in self.names.items()}

    @cached_property
    def stories(self) -> dict[str, list[datetime]]:
        """By site, when they came out."""
        return {
            name: sorted(row["published"] for row in self.truth if row["site"] == name) for name in self.faults
        }  # fmt: skip

    @cached_property
    def looks(self) -> dict[str, list[datetime]]:
        """By site, when its lists were asked for."""
        return {
            name: sorted({at for at, path in self.asked.get(name, ()) if _LISTS.fullmatch(path)})
            for name in self.faults
        }  # fmt: skip

    @cached_property
    def blank(self) -> set[str]:
        """The addresses of stories that had no text yet when they were first asked for."""
        spans = {self.names[f.site]: f for faults in self.faults.values() for f in faults if f.mode == "blank"}
        first = {(name, path): at for name, rows in self.asked.items() for at, path in reversed(rows)}
        asked = {row["url"]: first.get((row["site"], urlsplit(row["url"]).path), self.until) for row in self.truth}
        return {
            row["url"] for row in self.truth if row["site"] in spans and spans[row["site"]].is_on(asked[row["url"]])
        }  # fmt: skip

    def fault(self, name: str, at: datetime) -> Fault | None:
        """What is to be told of a site at a moment."""
        return next((f for f in self.faults[name] if f.told and f.is_on(at)), None)

    def deadline(self, fault: Fault) -> datetime:
        """By when a fault must be told: at the second look at it, and in no case later than after three of the site's
        usual intervals. That a site stands still can be known after these only; that its stories are blank, with the
        third of them."""
        name = self.names[fault.site]
        before = [at.timestamp() for at in self.stories[name] if at < fault.begin]
        last = fault.begin + timedelta(seconds=3 * health.usual(before, fault.begin.timestamp()))
        looks = [at for at in self.looks[name] if at >= fault.begin]
        if fault.is_silence:
            return last
        if fault.mode == "blank":
            third = [*(at for at in self.stories[name] if at >= fault.begin), last, last, last][2]
            looks = [fault.begin, *(at for at in looks if at >= third)]
        return min([last, *looks[1:2]])

    def is_known_over(self, fault: Fault, at: datetime) -> bool:
        """Whether a site was looked at since a fault was mended; of blank stories, whether a new one was."""
        name = self.names[fault.site]
        if fault.mode != "blank":
            return any(fault.end <= look <= at for look in self.looks[name])
        new = {urlsplit(row["url"]).path for row in self.truth if row["site"] == name and row["published"] >= fault.end}
        return any(fault.end <= look <= at and path in new for look, path in self.asked[name])

    def is_excused(self, name: str, at: datetime) -> bool:
        """Whether a fault of a site is over, and nobody could know."""
        return any(f.told and f.end <= at and not self.is_known_over(f, at) for f in self.faults[name])
