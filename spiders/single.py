"""One page asked for on its own, without Scrapy, with the manners of a crawl: robots.txt, delay, guard, bounds."""

import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime

from monitor.addresses import AddressGuard
from monitor.errors import NewswatchError
from monitor.records import Response
from spiders import robots
from spiders.connections import Asker, Target
from spiders.exchange import MAX_BYTES, REDIRECTS, Answer
from spiders.plan import CrawlPlan, user_agent
from spiders.turns import finish

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
            rules = self._rules_of(where)
            if reason := rules.why_not(where):
                raise UnfetchedError(where, reason)
            answer = self._ask(where, rules.delay)
            if further := _further(where, answer):
                where = further
                continue
            if answer.status != 200:
                raise UnfetchedError(where, f"HTTP {answer.status}")
            return Response(
                url=where,
                body=_plain(where, answer),
                content_type=answer.header("content-type"),
                fetched=datetime.now(UTC),
            )
        raise UnfetchedError(url, f"more than {REDIRECTS} redirects")

    def _rules_of(self, url: str) -> robots.Rules:
        origin = _target(url).origin
        if origin not in self._rules:
            where = f"{origin}/robots.txt"
            answer = self._ask(where)
            for _ in range(5):  # RFC 9309 section 2.3.1.2
                if not (further := _further(where, answer)):
                    break
                where = further
                answer = self._ask(where)
            self._rules[origin] = robots.read(answer.status, _plain(where, answer))
        return self._rules[origin]

    def _ask(self, url: str, delay: float = 0.0) -> Answer:
        target = _target(url)
        self._wait(target.host, max(delay, self._delay))
        try:
            return finish(self._asker.ask(target, _HEADERS))
        except (OSError, ValueError) as error:
            raise UnfetchedError(url, str(error) or type(error).__name__) from error
        finally:
            self._asked[target.host] = time.monotonic()

    def _wait(self, host: str, delay: float) -> None:
        if host in self._asked:
            time.sleep(max(0.0, self._asked[host] + delay - time.monotonic()))


def _target(url: str) -> Target:
    try:
        return Target(url)
    except ValueError as error:
        raise UnfetchedError(url, "not an http or https address that can be asked") from error


def _further(url: str, answer: Answer) -> str:
    try:
        return answer.leads_to(url)
    except ValueError as error:
        raise UnfetchedError(url, "it redirects to an address that cannot be read") from error


def _plain(url: str, answer: Answer) -> bytes:
    if answer.header("content-encoding").lower() not in ("gzip", "x-gzip"):
        return answer.body
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    try:
        plain = reader.decompress(answer.body, MAX_BYTES + 1)
    except zlib.error as error:
        raise UnfetchedError(url, f"broken gzip: {error}") from error
    if len(plain) > MAX_BYTES:
        raise UnfetchedError(url, f"more than {MAX_BYTES // 2**20} MB")
    return plain
