"""One round of conditional requests, without Scrapy: in threads, each host by one of them at a time."""

import queue
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from monitor.store.fetching import Validators
from spiders import robots
from spiders.addresses import AddressGuard
from spiders.connections import Asker, Deadlines
from spiders.plan import CrawlPlan, Given, user_agent

THREADS = 24
PATIENCE = 10.0
"""Seconds: what takes longer is left to the crawl."""
REDIRECTS = 10
HANDED_ON = 64 * 1024 * 1024
"""Bytes of answers that are kept for the crawl; what comes on top is asked for again."""
_HEADERS = {"Accept": "application/xml,text/html,*/*;q=0.8", "Accept-Encoding": "gzip"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownWay:
    """A way in that has answered before."""

    url: str
    delay: float
    validators: Validators


def origin(url: str) -> str:
    """Scheme, host and port of an address, as the store knows robots.txt by."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def allowed(url: str, rules: Mapping[str, robots.Rules]) -> bool:
    """Whether `url` may be asked for; not where its robots.txt is not known."""
    found = rules.get(origin(url))
    return found is not None and not found.why_not(url)


class Flight:
    """One round of requests, in threads; a host is asked by one of them at a time."""

    def __init__(self, plan: CrawlPlan, rules: Mapping[str, robots.Rules], last_asked: Mapping[str, float]) -> None:
        self._rules, self._ends = rules, time.monotonic() + plan.budget
        self._deadlines = Deadlines()
        guard = AddressGuard(plan.allow_networks)
        self._asker = Asker(guard, user_agent(plan.contact), min(PATIENCE, plan.timeout), self._deadlines)
        self._hosts: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self.last_asked = dict(last_asked)
        self.same: set[str] = set()
        self.given: dict[str, Given] = {}
        self.requests = 0
        self._kept = 0

    def ask(self, ways: list[KnownWay]) -> None:
        """Ask for all of them, those of one host one after the other."""
        by_host: dict[str, list[KnownWay]] = {}
        for way in ways:
            by_host.setdefault(urlsplit(way.url).hostname or "", []).append(way)
        waiting: queue.SimpleQueue[list[KnownWay]] = queue.SimpleQueue()
        for group in by_host.values():
            waiting.put(group)
        threads = [
            threading.Thread(target=self._work, args=(waiting,), daemon=True) for _ in range(min(THREADS, len(by_host)))
        ]
        for thread in threads:
            thread.start()
        while alive := [thread for thread in threads if thread.is_alive()]:
            alive[0].join(0.2)
            self._deadlines.enforce()

    def _work(self, waiting: "queue.SimpleQueue[list[KnownWay]]") -> None:
        while True:
            try:
                group = waiting.get_nowait()
            except queue.Empty:
                return
            for way in group:
                if time.monotonic() >= self._ends:
                    return
                try:
                    self._one(way)
                except (OSError, ValueError):
                    break  # the crawl asks again, and finds the reason

    def _one(self, way: KnownWay) -> None:
        headers = dict(_HEADERS)
        if way.validators.etag:
            headers["If-None-Match"] = way.validators.etag.decode("latin-1")
        if way.validators.last_modified:
            headers["If-Modified-Since"] = way.validators.last_modified.decode("latin-1")
        url = way.url
        for _ in range(REDIRECTS + 1):
            parts = urlsplit(url)
            with self._turn(parts.hostname or "", max(way.delay, self._rules[origin(url)].delay)):
                answer = self._asker.ask(parts, headers)
            if answer.status == 304:
                self.same.add(way.url)
                return
            target = next((value for name, value in answer.headers if name.lower() == "location"), "")
            if answer.status not in (301, 302, 303, 307, 308) or not target:
                break
            url = urljoin(url, target)
            if not allowed(url, self._rules):
                return
        if answer.status == 200:
            self._keep(way.url, Given(status=200, headers=answer.headers, body=answer.body, url=url))

    @contextmanager
    def _turn(self, host: str, delay: float) -> Iterator[None]:
        """Wait until `host` may be asked, and let nobody else ask it meanwhile."""
        with self._lock:
            lock = self._hosts.setdefault(host, threading.Lock())
        with lock:
            if host in self.last_asked:
                time.sleep(max(0.0, self.last_asked[host] + delay - time.monotonic()))
            with self._lock:
                self.requests += 1
            try:
                yield
            finally:
                self.last_asked[host] = time.monotonic()

    def _keep(self, url: str, given: Given) -> None:
        with self._lock:
            if self._kept + len(given.body) <= HANDED_ON:
                self._kept += len(given.body)
                self.given[url] = given
