"""One page asked for on its own, without Scrapy, with the manners of a crawl: robots.txt, delay, guard, bounds."""

import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urljoin

from monitor.errors import NewswatchError
from monitor.records import Response
from spiders import robots
from spiders.addresses import AddressGuard
from spiders.connections import MAX_BYTES, Answer, Asker, Target
from spiders.plan import CrawlPlan, user_agent
from spiders.turns import finish

REDIRECTS = 10
_MOVED = {301, 302, 303, 307, 308}
_HEADERS = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Encoding": "gzip"}


class UnfetchedError(NewswatchError):
    """The page at `url` could not be had; `reason` says why."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"{url}: {reason}")


def fetch(url: str, plan: CrawlPlan) -> Response:
    """The page at `url`, redirects followed. Raises `UnfetchedError`."""
    return _Visit(plan).fetch(url)


def visitor(plan: CrawlPlan) -> Callable[[str], Response]:
    """As `fetch`, for several pages one after the other: robots.txt is asked for once, and the delay is kept."""
    return _Visit(plan).fetch


class _Visit:
    def __init__(self, plan: CrawlPlan) -> None:
        self._asker = Asker(AddressGuard(plan.allow_networks), user_agent(plan.contact), plan.timeout)
        self._delay = plan.delay
        self._rules: dict[str, robots.Rules] = {}
        self._asked: dict[str, float] = {}

    def fetch(self, url: str) -> Response:
        where = url
        for _ in range(REDIRECTS + 1):
            if reason := self._rules_of(where).why_not(where):
                raise UnfetchedError(where, reason)
            answer = self._ask(where)
            headers = {name.lower(): value for name, value in answer.headers}
            if answer.status in _MOVED and headers.get("location"):
                where = urljoin(where, headers["location"])
                continue
            if answer.status != 200:
                raise UnfetchedError(where, f"HTTP {answer.status}")
            return Response(
                url=where,
                body=_plain(where, answer.body, headers.get("content-encoding", "")),
                content_type=headers.get("content-type", ""),
                fetched=datetime.now(UTC),
            )
        raise UnfetchedError(url, f"more than {REDIRECTS} redirects")

    def _rules_of(self, url: str) -> robots.Rules:
        origin = _target(url).origin
        if origin not in self._rules:
            answer = self._ask(f"{origin}/robots.txt")
            headers = {name.lower(): value for name, value in answer.headers}
            target = f"{origin}/robots.txt"
            for _ in range(5):  # RFC 9309 section 2.3.1.2
                if answer.status not in _MOVED or not headers.get("location"):
                    break
                target = urljoin(target, headers["location"])
                answer = self._ask(target)
                headers = {name.lower(): value for name, value in answer.headers}
            body = _plain(target, answer.body, headers.get("content-encoding", ""))
            self._rules[origin] = robots.read(answer.status, body)
        return self._rules[origin]

    def _ask(self, url: str) -> Answer:
        target = _target(url)
        self._wait(target.host)
        try:
            return finish(self._asker.ask(target, _HEADERS))
        except (OSError, ValueError) as error:
            raise UnfetchedError(url, str(error) or type(error).__name__) from error
        finally:
            self._asked[target.host] = time.monotonic()

    def _wait(self, host: str) -> None:
        if host in self._asked:
            time.sleep(max(0.0, self._asked[host] + self._delay - time.monotonic()))


def _target(url: str) -> Target:
    try:
        return Target(url)
    except ValueError as error:
        raise UnfetchedError(url, "not an http or https address that can be asked") from error


def _plain(url: str, body: bytes, encoding: str) -> bytes:
    if encoding.lower() not in ("gzip", "x-gzip"):
        return body
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = reader.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnfetchedError(url, f"broken gzip: {error}") from error
    if len(plain) > MAX_BYTES:
        raise UnfetchedError(url, f"more than {MAX_BYTES // 2**20} MB")
    return plain
