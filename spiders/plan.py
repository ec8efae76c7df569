"""What a crawl is asked to do, and what it reports: plain frozen records, free of Scrapy."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from monitor.records import Counts, Source, Topic
from spiders.robots import MAX_DELAY

_VERSION = re.compile(r'^version = "(.+)"$', re.MULTILINE)

State = Literal["checked", "unchanged", "failed", "unreached"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer that a server gave already in this run."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    """As it was sent, compressed or not."""
    url: str = ""
    """Where it was found in the end, if that was elsewhere than it was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPlan:
    """Which sources and addresses to read, and within which bounds."""

    store: str
    """The store's URL."""
    sources: tuple[Source, ...] = ()
    topics: tuple[Topic, ...] = ()
    addresses: tuple[str, ...] = ()
    """Single pages to fetch whether or not they were seen before."""
    owners: tuple[Source, ...] = ()
    """Sources that are not read, but on whose sites the single pages may be: such a page is theirs, region and all."""
    clock_offset: float = 0.0
    """Seconds from the machine's clock to the run's."""
    contact: str = ""
    """A page or an address that tells webmasters who asks; goes into the User-Agent."""
    fresh: timedelta = timedelta(hours=72)
    delay: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 30.0
    """Seconds one request may take in all, from the connection to the last byte."""
    budget: float = 600.0
    """Seconds after which nothing more is fetched."""
    revisit: tuple[timedelta, ...] = ()
    """Known articles are looked at again so long after they were first fetched."""
    again: tuple[Source, ...] = ()
    """Sources of which nothing is asked for but known articles that are to be looked at again."""
    allow_networks: tuple[str, ...] = ()
    """Networks (CIDR) that may be asked although they are not on the open Internet."""
    settled: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Ways in of a source (by its name) that were found unchanged already, before Scrapy was started."""
    last_asked: Mapping[str, float] = field(default_factory=dict)
    """When a host was last asked, on the monotonic clock; the delay is counted from there."""
    given: Mapping[str, Given] = field(default_factory=dict)
    """Answers to requests for ways in and known articles that need not be made again, by address."""
    progress: bool = False
    """Whether a person is watching: a line on stderr tells how far it is."""
    cache: str = ""
    """A file in which the matcher keeps what it found out about words; empty: nowhere."""

    def delay_of(self, source: Source) -> float:
        """Seconds between two requests to a host of `source`, if its robots.txt asks for no more."""
        return self.delay if source.delay is None else source.delay

    @property
    def longest_delay(self) -> float:
        """Seconds after which any host may be asked again, whatever its source or its robots.txt asks for."""
        return max(MAX_DELAY, self.delay, *(self.delay_of(source) for source in (*self.sources, *self.again)))


def user_agent(contact: str) -> str:
    """Who we are, and where to complain."""
    return f"newswatch/{version()}" + (f" (+{contact})" if contact else "")


@cache
def version() -> str:
    """The program's version, of a checkout too."""
    from importlib import metadata

    try:
        return metadata.version("newswatch")
    except metadata.PackageNotFoundError:  # run from a checkout
        found = _VERSION.search((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
        return found[1] if found else "0"


def plan_of(settings: Mapping[str, Any]) -> CrawlPlan | None:
    """The plan in Scrapy's settings, as NEWSWATCH_PLAN: a `CrawlPlan`, or its fields; `None` where there is none."""
    plan = settings.get("NEWSWATCH_PLAN")
    return CrawlPlan(**plan) if isinstance(plan, Mapping) else plan


@dataclass(frozen=True, slots=True)
class Trouble:
    """One way in that failed."""

    way: str
    """Its address."""
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOutcome:
    """How one source fared; `unreached` where the run's time was over before it could be asked.

    A single address that could not be fetched is here as well, under its own name.
    """

    name: str
    state: State
    reason: str = ""
    """Why it failed, for the operator."""
    troubles: tuple[Trouble, ...] = ()
    """Its ways in that failed, of a source that answered on others as well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Requests that were not made, or whose answer was not taken, for one reason on one host."""

    host: str
    reason: str
    count: int
    example: str
    """The first address of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """What a crawl did."""

    sources: tuple[SourceOutcome, ...] = ()
    articles: Counts = field(default_factory=Counts)
    requests: int = 0
    matches: int = 0
    out_of_budget: bool = False
    interrupted: int = 0
    """The number of the signal that ended it; what was not fetched waits in the store. 0: none did."""
    refused: tuple[Refused, ...] = ()
    seconds: float = 0.0
