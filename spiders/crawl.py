"""A crawl in this process: one engine for all sources, so that a host has one queue and one delay."""

import asyncio
import atexit
import contextlib
import logging
import signal
from collections.abc import Iterator
from typing import Any

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from scrapy.utils.misc import build_from_crawler, load_object
from scrapy.utils.reactor import install_reactor, is_reactor_installed

from spiders import handler, pipelines  # loaded now: a pause later would spoil the hosts' pace
from spiders.plan import CrawlPlan, CrawlReport
from spiders.session import Session
from spiders.watch import WatchSpider

__all__ = ["CrawlPlan", "CrawlReport", "crawl", "handler", "pipelines"]

_SIGNALS = (signal.SIGTERM, signal.SIGINT)


def crawl(plan: CrawlPlan) -> CrawlReport:
    """Read what the plan names, store what is found, and report.

    May be called again in the same process, from the main thread. SIGTERM and Ctrl-C end it cleanly, and the report
    says so. Raises `monitor.store.troubles.StoreError`.
    """
    loop = _loop()
    runner = AsyncCrawlerRunner(_settings(plan))
    crawler = runner.create_crawler(WatchSpider)
    resolver = _resolver(crawler)
    try:
        with _signals(loop, crawler):
            loop.run_until_complete(runner.crawl(crawler))
    finally:
        resolver.close()
    session = Session.of(crawler)
    if session.writer.trouble:
        raise session.writer.trouble
    return session.report()


def _settings(plan: CrawlPlan) -> Settings:
    return Settings({"NEWSWATCH_PLAN": plan, "ADDONS": {"spiders.addon.Newswatch": 0}})


def _loop() -> asyncio.AbstractEventLoop:
    """The event loop of Twisted's reactor, which is never `run`: a reactor cannot be started twice, a loop can."""
    if not is_reactor_installed():
        install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
        for name in ("scrapy", "twisted"):
            logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLogger(name).level))
        atexit.register(_installed().close)
    loop = _installed()
    asyncio.set_event_loop(loop)
    return loop


def _installed() -> asyncio.AbstractEventLoop:
    from twisted.internet import reactor

    loop: asyncio.AbstractEventLoop = reactor._asyncioEventloop
    return loop


def _resolver(crawler: Crawler) -> Any:
    from twisted.internet import reactor

    resolver = build_from_crawler(load_object("spiders.resolver.GuardedResolver"), crawler, reactor=reactor)
    resolver.install_on_reactor()
    return resolver


@contextlib.contextmanager
def _signals(loop: asyncio.AbstractEventLoop, crawler: Crawler) -> Iterator[None]:
    """The first signal ends the crawl; handlers of the program's own are put back afterwards."""

    def end(number: int) -> None:
        asyncio.ensure_future(Session.of(crawler).interrupt(number))  # noqa: RUF006  # the crawl itself waits for it

    before = {}
    for number in _SIGNALS:
        with contextlib.suppress(ValueError, RuntimeError):  # not the main thread
            before[number] = signal.getsignal(number)
            loop.add_signal_handler(number, end, number)
    try:
        yield
    finally:
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
