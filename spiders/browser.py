"""Pages that need JavaScript, read with the system's Chromium: the optional extra `js`.

The browser has one way out, our own gateway, which holds the crawl's guard on addresses; pictures, media and fonts are
not asked for, downloads and service workers are off, and a page may take as long and be as large as any.
"""

import asyncio
import logging
import os
from typing import Any
from urllib.parse import urlsplit

from scrapy.crawler import Crawler
from scrapy.http import Request, Response

from monitor.addresses import AddressGuard
from spiders.chromium import chromium, missing
from spiders.exchange import MAX_BYTES
from spiders.gateway import Gateway
from spiders.plan import CrawlPlan
from spiders.reasons import Refusal

SETTLE = 1000
"""Milliseconds that a page gets, once it is loaded, to fill itself."""
AT_ONCE = 2
_BLOCKED = {"image", "media", "font", "texttrack", "eventsource", "manifest", "ping"}
_ARGUMENTS = [
    "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--no-pings", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
]  # fmt: skip


def unwanted(request: Any) -> bool:
    """Whether a request of a page is not made: nothing that has no text, nothing that is not http(s)."""
    scheme = urlsplit(request.url).scheme
    return request.resource_type in _BLOCKED or scheme not in ("http", "https", "data", "blob")


class Browser:
    """Starts Chromium with the first page that is asked for."""

    def __init__(self, crawler: Crawler, plan: CrawlPlan) -> None:
        self._crawler, self._timeout = crawler, plan.timeout
        self._gateway = Gateway(AddressGuard(plan.allow_networks), plan.timeout)
        self._handler: asyncio.Future[Any] | None = None
        self._room = asyncio.Semaphore(AT_ONCE)

    async def fetch(self, request: Request) -> Response:
        """The page at `request.url` as its scripts made it; a redirect where it is on another host, whose robots.txt is
        to be asked first. Raises `Refusal`."""
        if why := missing():
            raise Refusal(why, trouble="javascript")
        host = urlsplit(request.url).hostname or ""
        meta = {
            **request.meta, "playwright": True, "playwright_context_kwargs": _CONTEXT,
            "playwright_page_goto_kwargs": {"wait_until": "load", "timeout": self._timeout * 1000},
            "playwright_page_methods": _methods(),
        }  # fmt: skip
        async with self._room:
            try:
                async with asyncio.timeout(self._timeout + SETTLE / 1000):
                    handler = await asyncio.shield(self._started())
                    answer: Response = await handler.download_request(request.replace(meta=meta))
            except TimeoutError as error:
                raise Refusal(f"timed out after {self._timeout:g} s in the browser", trouble="timeout") from error
            except Exception as error:
                raise self._refusal(host, error) from error
        if refused := self._gateway.refused.get(urlsplit(answer.url).hostname or ""):
            raise Refusal(str(refused), lasting=True, trouble="private_address")
        if (urlsplit(answer.url).hostname or "") != host:
            return Response(request.url, status=302, headers={"Location": answer.url}, request=request)
        if len(answer.body) > MAX_BYTES:
            raise Refusal("the page is too large", lasting=True, trouble="too_large")
        return answer.replace(request=request)

    async def close(self) -> None:
        """End the browser."""
        if self._handler is not None and self._handler.done() and not self._handler.exception():
            await self._handler.result().close()
        self._gateway.close()

    def _refusal(self, host: str, error: Exception) -> Refusal:
        if host in self._gateway.refused:
            return Refusal(str(self._gateway.refused[host]), lasting=True, trouble="private_address")
        if type(error).__name__ == "TimeoutError":
            return Refusal(f"timed out after {self._timeout:g} s in the browser", trouble="timeout")
        text = " ".join(str(error).split("\n", 1)[0].split())[:200]
        return Refusal(f"the browser: {text or type(error).__name__}", trouble="broken")

    def _started(self) -> "asyncio.Future[Any]":
        if self._handler is None:
            self._handler = asyncio.ensure_future(self._start())
        return self._handler

    async def _start(self) -> Any:
        from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

        logging.getLogger("scrapy-playwright").setLevel(logging.ERROR)
        proxy = {"server": await self._gateway.start(), "bypass": "<-loopback>"}
        options = {
            "executable_path": chromium(), "headless": True, "args": _ARGUMENTS, "proxy": proxy,
            "chromium_sandbox": os.geteuid() != 0, "timeout": 30_000,
        }  # fmt: skip
        settings = self._crawler.settings.copy()
        settings.frozen = False  # a copy of our own
        settings.set("PLAYWRIGHT_LAUNCH_OPTIONS", options, "spider")
        settings.set("PLAYWRIGHT_ABORT_REQUEST", unwanted, "spider")
        settings.set("PLAYWRIGHT_MAX_PAGES_PER_CONTEXT", AT_ONCE, "spider")
        handler = ScrapyPlaywrightDownloadHandler(_With(self._crawler, settings))
        await handler._launch()
        return handler


_CONTEXT = {"accept_downloads": False, "service_workers": "block", "ignore_https_errors": False, "permissions": []}


class _With:
    """A crawler with other settings."""

    def __init__(self, crawler: Crawler, settings: Any) -> None:
        self._crawler, self.settings = crawler, settings

    def __getattr__(self, name: str) -> Any:
        return getattr(self._crawler, name)


def _methods() -> list[Any]:
    from scrapy_playwright.page import PageMethod

    return [PageMethod("wait_for_timeout", SETTLE)]
