"""robots.txt before anything else of an origin (RFC 9309): what cannot be fetched forbids everything."""

import asyncio
from datetime import UTC, datetime

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from spiders import robots
from spiders.middlewares.pace import PaceMiddleware
from spiders.reasons import Refusal, Stopped, Unreachable, is_lasting, of_exception, trouble_of
from spiders.session import Session

FIRST = 1000
"""Priority: before the pages that wait for it."""


class RobotsMiddleware:
    """Asks each origin for its robots.txt once, unless the store has one of less than a day ago."""

    def __init__(self, crawler: Crawler, session: Session) -> None:
        self._crawler, self._session = crawler, session
        self._rules: dict[str, asyncio.Future[robots.Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RobotsMiddleware":
        """As Scrapy makes it."""
        return cls(crawler, Session.of(crawler))

    async def process_request(self, request: Request) -> None:
        """Raise `Refusal` with the reason where robots.txt forbids the request."""
        if request.meta.get("robots"):
            return
        rules = await self.rules(request)
        reason = rules.why_not(request.url)
        if reason:
            refusal = Unreachable if rules.unreachable else Refusal
            raise refusal(reason, lasting=not rules.refusal, trouble=rules.trouble)
        if rules.delay:
            self._pace().slow_down(urlparse_cached(request).hostname or "", rules.delay)

    async def rules(self, request: Request) -> robots.Rules:
        """The rules of the origin of `request`."""
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._find(origin, request))
        return await asyncio.shield(self._rules[origin])

    async def _find(self, origin: str, request: Request) -> robots.Rules:
        kept = self._session.writer.robots(origin)
        if kept is not None and robots.still_good(kept.status, kept.fetched, datetime.now(UTC)):
            return robots.read(kept.status, kept.body)
        meta = {"robots": True, "source": request.meta.get("source"), "delay": request.meta.get("delay")}
        asking = Request(f"{origin}/robots.txt", callback=NO_CALLBACK, meta=meta, priority=FIRST, dont_filter=True)
        try:
            response = await self._crawler.engine.download_async(asking)
        except Stopped:
            raise
        except Exception as error:  # noqa: BLE001  # whatever it is, nothing may be fetched without the rules
            return self._unreachable(error)
        body = response.body[: robots.MAX_BYTES]
        self._session.writer.keep_robots(origin, body, response.status)
        return robots.read(response.status, body)

    def _unreachable(self, error: Exception) -> robots.Rules:
        reason = of_exception(error, timeout=self._session.plan.timeout)
        if is_lasting(error):
            return robots.Rules(refusal=reason, trouble=trouble_of(error))
        refusal = f"robots.txt could not be fetched: {reason}"
        return robots.Rules(refusal=refusal, unreachable=True, trouble=trouble_of(error))

    def _pace(self) -> PaceMiddleware:
        pace = self._crawler.get_downloader_middleware(PaceMiddleware)
        assert pace is not None
        return pace
