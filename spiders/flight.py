"""One round of conditional requests, without Scrapy: many hosts side by side, each asked for one thing at a time."""

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa

from monitor.addresses import AddressGuard
from monitor.store import fetching
from monitor.store.fetching import Validators
from spiders import robots
from spiders.connections import Asker, Target
from spiders.exchange import REDIRECTS, Answer, Room
from spiders.plan import CrawlPlan, Given, user_agent
from spiders.turns import Step, run

AT_ONCE = 64
"""So many hosts are asked side by side."""
PATIENCE = 10.0
"""Seconds: what takes longer is left to the crawl."""
HANDED_ON = 64 * 1024 * 1024
"""Bytes of answers that are kept for the crawl, and that are read at a time; what comes on top is asked for again."""
_HEADERS = {"Accept": "application/xml,text/html,*/*;q=0.8", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWay:
    """A way in that has answered before."""

    target: Target
    delay: float
    validators: Validators


def target_of(url: str) -> Target | None:
    """`url` taken apart; nothing where it cannot be asked."""
    try:
        return Target(url)
    except ValueError:
        return None


def kept_rules(connection: sa.Connection, origins: set[str]) -> dict[str, robots.Rules]:
    """What the robots.txt of these origins say, where the store has one that is still good."""
    now = datetime.now(UTC)
    kept = fetching.all_robots(connection, origins)
    return {o: robots.read(k.status, k.body) for o, k in kept.items() if robots.still_good(k.status, k.fetched, now)}


def allowed(target: Target, rules: Mapping[str, robots.Rules]) -> bool:
    """Whether `target` may be asked for; not where its robots.txt is not known."""
    found = rules.get(target.origin)
    return found is not None and not found.why_not_path(target.path)


class Flight:
    """One round of requests; a host is asked for one thing at a time."""

    def __init__(self, plan: CrawlPlan, rules: Mapping[str, robots.Rules], last_asked: Mapping[str, float]) -> None:
        self.rules, self._ends = dict(rules), time.monotonic() + plan.budget
        guard, timeout = AddressGuard(plan.allow_networks), min(PATIENCE, plan.timeout)
        self._asker = Asker(guard, user_agent(plan.contact), timeout, Room(HANDED_ON))
        self._busy: set[str] = set()
        self.last_asked = dict(last_asked)
        self.same: set[str] = set()
        self.given: dict[str, Given] = {}
        self.requests = 0
        self._kept = 0

    def ask(self, ways: Iterable[KnownWay]) -> None:
        """Ask for all of them, those of one host one after the other."""
        by_host: dict[str, list[KnownWay]] = {}
        for way in ways:
            by_host.setdefault(way.target.host, []).append(way)
        run([self._host(group) for group in by_host.values()], at_once=AT_ONCE)

    def _host(self, ways: list[KnownWay]) -> Step[None]:
        for way in ways:
            if time.monotonic() >= self._ends:
                return
            try:
                yield from self._one(way)
            except (OSError, ValueError):
                return  # the crawl asks again, and finds the reason

    def _one(self, way: KnownWay) -> Step[None]:
        headers = dict(_HEADERS)
        if way.validators.etag:
            headers["If-None-Match"] = way.validators.etag.decode("latin-1")
        if way.validators.last_modified:
            headers["If-Modified-Since"] = way.validators.last_modified.decode("latin-1")
        target = way.target
        for _ in range(REDIRECTS + 1):
            answer = yield from self._ask(target, headers, max(way.delay, self.rules[target.origin].delay))
            if answer.status == 304:
                self.same.add(way.target.url)
                return
            further = answer.leads_to(target.url)
            if not further:
                break
            target = Target(further)
            if not allowed(target, self.rules):
                return
        if answer.status == 200:
            given = Given(status=200, headers=answer.headers, body=answer.body, url=target.url)
            self._keep(way.target.url, given)

    def _ask(self, target: Target, headers: Mapping[str, str], delay: float) -> Step[Answer]:
        """Wait until the host may be asked, and let nobody else ask it meanwhile."""
        host = target.host
        while (due := self._turn(host, delay)) > (now := time.monotonic()):
            yield max(due, now)
        self._busy.add(host)
        self.requests += 1
        try:
            return (yield from self._asker.ask(target, headers))
        finally:
            self._busy.discard(host)
            self.last_asked[host] = time.monotonic()

    def _turn(self, host: str, delay: float) -> float:
        """When `host` may be asked; while it is being asked, when to look again."""
        if host in self._busy:
            return time.monotonic() + max(delay, 0.05)
        return self.last_asked.get(host, float("-inf")) + delay

    def _keep(self, url: str, given: Given) -> None:
        if self._kept + len(given.body) <= HANDED_ON:
            self._kept += len(given.body)
            self.given[url] = given
