"""How fast a host is asked, and when it is left alone."""

import time
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from scrapy import Request, signals
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.python.failure import Failure

from spiders.reasons import Postponed, Stopped, spell
from spiders.session import Session, ending

PATIENCE = 20.0
"""Seconds: a host that asks for no more than this is asked again in the same run."""
USUAL = 60.0
"""Seconds to leave a host alone that answers 429 and does not say for how long."""
LONGEST = 24 * 3600.0


class PaceMiddleware:
    """Gives each host its delay, and heeds Retry-After (RFC 9110, section 10.2.3) on 429 and 503."""

    def __init__(self, crawler: Crawler, session: Session) -> None:
        self._crawler, self._session = crawler, session
        self._delays: dict[str, float] = {}
        self._alone: dict[str, float] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PaceMiddleware":
        """As Scrapy makes it."""
        pace = cls(crawler, Session.of(crawler))
        crawler.signals.connect(pace._resume, signal=signals.engine_started)
        crawler.signals.connect(pace._drain, signal=ending)
        return pace

    def process_request(self, request: Request) -> None:
        """Set the delay of the request's host; raise `Postponed` where it is to be left alone."""
        host = urlparse_cached(request).hostname or ""
        left = self._alone.get(host, 0.0) - time.monotonic()
        if left > 0:
            raise Postponed(f"the server asks to be left alone for {spell(left)}", trouble="rate_limited")
        own = request.meta.get("delay")
        self.slow_down(host, self._session.plan.delay if own is None else own)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask once more where the wait is short, else leave the host alone."""
        if response.status not in (429, 503):
            return response
        wait = retry_after(response.headers.get("Retry-After"), datetime.now(UTC))
        if wait is None:
            wait = USUAL if response.status == 429 else 0.0
        if not wait:
            return response
        host = urlparse_cached(request).hostname or ""
        if wait <= min(PATIENCE, self._session.seconds_left()) and not request.meta.get("asked_again"):
            self._hold(host, wait)
            return request.replace(meta={**request.meta, "asked_again": True})
        self._alone[host] = time.monotonic() + wait
        self._give_back(host, Postponed(f"the server asks to be left alone for {spell(wait)}", trouble="rate_limited"))
        self._session.not_before(request.meta.get("source", ""), timedelta(seconds=wait))
        return response

    def slow_down(self, host: str, delay: float) -> None:
        """Let `host` have at least `delay` seconds between two requests from here on."""
        delay = self._delays[host] = max(delay, self._delays.get(host, 0.0))
        downloader = self._crawler.engine.downloader
        downloader.per_slot_settings.setdefault(host, {})["delay"] = delay
        if host in downloader.slots:
            downloader.slots[host].delay = delay

    def _hold(self, host: str, wait: float) -> None:
        slot = self._crawler.engine.downloader.slots.get(host)
        if slot is not None:
            slot.lastseen = time.monotonic() + wait - slot.delay

    def _drain(self) -> None:
        """Give back what waits for its host's delay."""
        for host in self._crawler.engine.downloader.slots:
            self._give_back(host, Stopped())

    def _give_back(self, host: str, error: Exception) -> None:
        """Fail what waits for the delay of `host` and was not sent yet."""
        slot = self._crawler.engine.downloader.slots.get(host)
        while slot is not None and slot.queue:
            slot.queue.popleft()[1].errback(Failure(error))  # type: ignore[no-untyped-call]

    def _resume(self) -> None:
        """Hosts that were asked before this process' Scrapy began keep their delay."""
        downloader = self._crawler.engine.downloader
        for host, asked in self._session.last_asked.items():
            slot = Slot(downloader.domain_concurrency, self._session.plan.delay, 0.0)
            slot.lastseen = asked
            downloader.slots[host] = slot


def retry_after(value: bytes | None, now: datetime) -> float | None:
    """The seconds that a Retry-After header asks for, at most a day; `None` where it says nothing readable."""
    text = (value or b"").decode("latin-1").strip()
    if text.isdecimal():
        return min(float(text[:12]), LONGEST)
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return min(max(0.0, (instant - now).total_seconds()), LONGEST)
