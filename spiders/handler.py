"""The download handler for http and https: Scrapy's, with what it leaves unbounded bounded, and a way to stop it."""

import asyncio
from typing import Any

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.web._newclient import BODY

from spiders.reasons import Refusal, Stopped
from spiders.session import cutting, ending

MAX_HEADERS = 256 * 1024
"""Bytes; Twisted bounds a line of a header but not their number."""


class _Protocol(_LenientHTTP11ClientProtocol):
    _head = 0

    def dataReceived(self, data: bytes) -> None:  # noqa: N802
        if self._parser is not None and self._parser.state != BODY:
            self._head += len(data)
            if self._head > MAX_HEADERS:
                self.abort()  # type: ignore[no-untyped-call]
                return
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state == BODY:
            self._head = 0


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: N802
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]


class BoundedHandler(HTTP11DownloadHandler):
    """Asks only where the guarded resolver lets it, and names the refusal; what is under way can be cancelled."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory
        self._under_way: set[asyncio.Task[Response]] = set()
        self._ending = False
        crawler.signals.connect(self.end, signal=ending)
        crawler.signals.connect(self.cut, signal=cutting)

    async def download_request(self, request: Request) -> Response:
        """Download, or raise one of Scrapy's exceptions, `Refusal` or `Stopped`."""
        if self._ending:
            raise Stopped
        task = asyncio.ensure_future(super().download_request(request))
        self._under_way.add(task)
        try:
            return await task
        except CannotResolveHostError as error:
            raise self._refusal(request) or error from error
        except asyncio.CancelledError as error:
            if self._ending:
                raise Stopped from error
            raise
        finally:
            self._under_way.discard(task)

    def end(self) -> None:
        """Ask nothing more."""
        self._ending = True

    def cut(self) -> None:
        """Drop what is under way."""
        for task in list(self._under_way):
            task.cancel()

    @staticmethod
    def _refusal(request: Request) -> Refusal | None:
        from twisted.internet import reactor

        host = urlparse_cached(request).hostname or ""
        refused = getattr(getattr(reactor, "nameResolver", None), "refused", {}).get(host)
        return Refusal(str(refused), lasting=True) if refused else None
