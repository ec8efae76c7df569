"""What the parts of one crawl share: its plan, the writer, the extraction pool, and the tally of what happened."""

import asyncio
import contextlib
import gc
import logging
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.httpobj import urlparse_cached

from monitor.clock import Clock
from monitor.health.troubles import Trouble
from monitor.records import Lead, Source
from monitor.store.engine import open_store
from monitor.store.troubles import StoreError
from monitor.store.writer import Writer
from spiders import hosts
from spiders.items import Unread
from spiders.plan import CrawlPlan, CrawlReport, plan_of
from spiders.pool import Pool
from spiders.reasons import Refusal
from spiders.tally import Tally

if TYPE_CHECKING:
    from scrapy import Request, Spider

    from monitor.matching import Matcher

logger = logging.getLogger(__name__)

ending = object()
"""Scrapy signal: nothing more is to be asked for."""
cutting = object()
"""Scrapy signal: what is under way is to be dropped, now."""

TICK = 0.3
"""Seconds between two looks at the writer's transaction and the budget."""
GRACE = 2.0
"""Seconds that requests under way get when the time is over."""


class Session:
    """A Scrapy extension; the others find it with `Session.of(crawler)`."""

    def __init__(self, crawler: Crawler, plan: CrawlPlan) -> None:
        self._crawler, self.plan = crawler, plan
        self.clock = Clock(plan.clock_offset)
        self.pool = Pool()
        self.tally = Tally(plan.sources)
        self._store = open_store(plan.store)
        self.writer = Writer(self._store, self.clock, plan.fresh, plan.revisit)
        self.writer.expect(source.name for source in (*plan.sources, *plan.again))
        self._started, self._began = time.monotonic(), self.clock.now()
        self._ticking: asyncio.Task[None] | None = None
        self._matcher: asyncio.Future[Matcher] | None = None
        self._sources = {source.name: source for source in plan.sources}
        self.last_asked = hosts.monotonic(self.writer.asked()) | dict(plan.last_asked)
        """When each host was asked last, on the monotonic clock."""
        self.stopped = ""
        """Why the run stopped early: budget, signal, or store."""
        self.signal = 0
        """The number of the signal that ended the run."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Session":
        """As Scrapy makes it; the plan is in the settings."""
        plan = plan_of(crawler.settings)
        if plan is None:
            raise NotConfigured("NEWSWATCH_PLAN is not set")
        session = cls(crawler, plan)
        crawler.signals.connect(session._open, signal=signals.spider_opened)
        crawler.signals.connect(session._close, signal=signals.spider_closed)
        return session

    @staticmethod
    def of(crawler: Crawler) -> "Session":
        """The session of a crawler."""
        session = crawler.get_extension(Session)
        if session is None:
            raise NotConfigured("the Session extension is not enabled")
        return session

    async def matcher(self) -> "Matcher":
        """Made with the first article, in a thread: it loads the lexicon, and the hosts' pace must not suffer."""
        if self._matcher is None:
            learned = self.writer.learned_words()
            self._matcher = asyncio.ensure_future(asyncio.to_thread(_matcher, self.plan, learned))
        return await asyncio.shield(self._matcher)

    def seconds_left(self) -> float:
        """Of the budget."""
        return self.plan.budget - (time.monotonic() - self._started)

    # ---------------------------------------------------------------- what happened

    def polled(self, source: Source, url: str, found: list[Lead], **seen: Any) -> list[Lead]:
        """A way in answered; the leads to fetch. `seen` is what else `Writer.polled` takes."""
        self.tally.checked(source, url)
        return self.writer.polled(source, url, found, **seen)

    def unchanged(self, source: Source, url: str) -> None:
        """A way in answered 304."""
        self.tally.unchanged(source, url)
        self.writer.unchanged(source, url)

    def failed(
        self, source: Source, url: str, reason: str, trouble: Trouble, *, kind: str = "", root: str = ""
    ) -> None:
        """A way in did not answer as it should."""
        logger.info("%s: %s: %s", source.name, url, reason)
        self.tally.failed(source, url, reason)
        self.writer.failed(source, url, reason, trouble, kind=kind, root=root)

    def refused(self, request: "Request", refusal: Refusal) -> None:
        """We did not make a request, or did not take its answer."""
        self.tally.refused(urlparse_cached(request).hostname or "", request.url, refusal.reason)

    def unfetched(self, lead: Lead, reason: str, *, final: bool = False) -> None:
        """A page could not be fetched: next run, unless asking again is pointless."""
        logger.info("%s: %s: %s", lead.source, lead.url, reason)
        if lead.url in self.plan.addresses:
            self.tally.unanswered(lead.url, reason)
        self.writer.unfetched(lead, reason, final=final)

    def unread(
        self, source: Source, lead: Lead, reason: str, trouble: Trouble, *, final: bool = False
    ) -> Iterator[Unread]:
        """A page could not be had: what its lead says is passed on where no more can be hoped for soon."""
        self.writer.paged(source.name, trouble)
        told = lead.url not in self.plan.addresses and trouble not in ("private_address", "http")
        if told and self.writer.worth_telling(lead, final=final):
            logger.info("%s: %s: %s", lead.source, lead.url, reason)
            yield Unread(source=source, lead=lead, reason=reason, final=final)
        else:
            self.unfetched(lead, reason, final=final)

    def not_before(self, source_name: str, wait: timedelta) -> None:
        """The server of a source asks to be left alone."""
        if source_name in self._sources:
            self.writer.not_before(self._sources[source_name], self.clock.now() + wait)

    def report(self) -> CrawlReport:
        """What the crawl did."""
        stats = self._crawler.stats
        return self.tally.report(
            self.writer.counts,
            requests=stats.get_value("downloader/request_count", 0),
            out_of_budget=self.stopped == "budget",
            interrupted=self.signal,
            seconds=time.monotonic() - self._started,
        )

    # ---------------------------------------------------------------- beginning and end

    def _open(self, spider: "Spider") -> None:
        for name, ways in self.plan.settled.items():
            for url in ways if name in self._sources else ():
                self.unchanged(self._sources[name], url)
        self._ticking = asyncio.ensure_future(self._tick())

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            with contextlib.suppress(StoreError):  # kept as the writer's trouble
                self.writer.tick()
            if self.plan.progress:
                self._show_progress()
            if self.seconds_left() <= 0 and not self.stopped:
                asyncio.ensure_future(self.stop("budget"))  # noqa: RUF006  # it outlives this loop on purpose
            if self.writer.trouble and not self.stopped:
                asyncio.ensure_future(self.stop("store"))  # noqa: RUF006  # so does this one

    def _show_progress(self) -> None:
        counts = self.writer.counts
        reached, pages = len(self.tally.reached()), sum(counts[name] for name in ("new", "held", "known", "other"))
        line = f"{reached} of {len(self.plan.sources)} sources, {pages} pages, {counts['matches']} matches"
        sys.stderr.write(f"\r{line:70}")
        sys.stderr.flush()

    async def interrupt(self, number: int) -> None:
        """A signal ends the crawl; a second one lets nothing finish."""
        if self.signal:
            self._cut()
        else:
            self.signal = number
            await self.stop("signal")

    async def stop(self, why: str) -> None:
        """End the crawl early: what is under way gets a moment, what waits stays in the store."""
        if self.stopped:
            return
        self.stopped = why
        engine = self._crawler.engine
        self._crawler.signals.send_catch_log(ending)
        closing = asyncio.ensure_future(engine.close_spider_async(reason=why))
        await asyncio.wait([closing], timeout=GRACE)
        if not closing.done():
            self._cut()
            await closing

    def _cut(self) -> None:
        self._crawler.signals.send_catch_log(cutting)
        self.pool.stop()

    async def _close(self, spider: "Spider") -> None:
        if self._ticking is not None:
            self._ticking.cancel()
        if self.plan.progress:
            sys.stderr.write(f"\r{'':70}\r")
        await self.pool.close()
        with contextlib.suppress(StoreError):  # kept as the writer's trouble
            self.writer.keep_asked(hosts.instants(self.last_asked, self.plan.longest_delay))
            self.writer.finish(self.tally.reached())
            await asyncio.to_thread(self._learn)
        self.writer.close()
        for name, number in self.writer.counts.items():
            self._crawler.stats.set_value(f"monitor/{name}", number)
        self._store.dispose()
        if self._matcher is not None and self._matcher.done() and not self._matcher.exception():
            self._matcher.result().save()
        gc.unfreeze()

    def _learn(self) -> None:
        """Count the words of what is new, for the runs to come."""
        if self._matcher is None or self.stopped == "signal":
            return
        from monitor.matching import Lexicon
        from monitor.matching.learning import Strange

        self.writer.count_words(self._began, Strange(Lexicon.shipped()))


def _matcher(plan: CrawlPlan, learned: frozenset[str]) -> "Matcher":
    from monitor.matching import Lexicon, Matcher

    matcher = Matcher(plan.topics, Lexicon.shipped().with_words(learned), Path(plan.cache) if plan.cache else None)
    gc.freeze()  # it stays to the end, as all else that is loaded by now: to search it would stall the loop
    return matcher
