"""The download handler for http and https: Scrapy's, kept to the pace to the millisecond, bounded, and stoppable."""

import asyncio
import time
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Request, Response
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.defer import Deferred
from twisted.web._newclient import BODY
from twisted.web.client import HTTPConnectionPool

from spiders.browser import Browser
from spiders.reasons import Refusal, Stopped
from spiders.session import Session, cutting, ending

MAX_HEADERS = 256 * 1024
"""Bytes; Twisted bounds a line of a header but not their number."""
KEPT = 256
"""Connections that are kept open for a host's next request; a process has room for 1,024 files, as a rule."""
SETTLE = 0.1
"""Seconds: an answer within this starts the delay; of a slower one the request is taken to have arrived by then."""


class BoundedHandler(HTTP11DownloadHandler):
    """Asks only where the guarded resolver lets it, and names the refusal; what is under way can be cancelled.

    Scrapy counts a host's delay from when it begins to connect. A slow connection followed by a quick one would bring
    two requests closer together than promised: here one has arrived before the delay of the next begins.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool = _Pool(self._pool._reactor)  # type: ignore[no-untyped-call]
        self._pool.maxPersistentPerHost = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._pool._factory = partial(_Factory, self._sent)  # type: ignore[assignment]  # called, never inherited from
        self._session = Session.of(crawler)
        self._gates: dict[str, _Gate] = {}
        self._under_way: set[asyncio.Task[Response]] = set()
        self._ending = False
        self._browser = Browser(crawler, self._session.plan)
        crawler.signals.connect(self.end, signal=ending)
        crawler.signals.connect(self.cut, signal=cutting)

    async def download_request(self, request: Request) -> Response:
        """Download, or raise one of Scrapy's exceptions, `Refusal` or `Stopped`."""
        try:
            task = await self._send(request)
            try:
                return await task
            finally:
                self._under_way.discard(task)
        except CannotResolveHostError as error:
            raise self._refusal(request) or error from error
        except asyncio.CancelledError as error:
            if self._ending:
                raise Stopped from error
            raise

    async def _send(self, request: Request) -> asyncio.Task[Response]:
        """Begin a download; return when the request is on its way, or has failed."""
        host = urlparse_cached(request).hostname or ""
        gate = self._gates.setdefault(host, _Gate())
        async with gate.lock:
            slot = self._crawler.engine.downloader.slots.get(host)
            delay = slot.delay if slot else 0.0
            await asyncio.sleep(max(0.0, gate.last + delay - time.monotonic()))
            if self._ending:
                raise Stopped
            gate.sent.clear()
            asking = self._browser.fetch if request.meta.get("js") else super().download_request
            task = asyncio.ensure_future(asking(request))
            self._under_way.add(task)
            sent = asyncio.ensure_future(gate.sent.wait())
            await asyncio.wait([task, sent], return_when=asyncio.FIRST_COMPLETED)
            sent.cancel()
            if delay:
                await asyncio.wait([task], timeout=SETTLE)
            gate.last = self._session.last_asked[host] = time.monotonic()
        return task

    def _sent(self, address: bytes) -> None:
        host = urlsplit(address.decode("ascii", "replace")).hostname or ""
        if host in self._gates:
            self._gates[host].sent.set()

    async def close(self) -> None:
        """End the connections, and the browser."""
        await self._browser.close()
        await super().close()

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
        return Refusal(str(refused), lasting=True, trouble="private_address") if refused else None


class _Gate:
    """One host's: who may send next, and when the last one did."""

    def __init__(self) -> None:
        self.lock, self.sent, self.last = asyncio.Lock(), asyncio.Event(), float("-inf")


class _Pool(HTTPConnectionPool):
    """Closes the connection that was not needed for the longest time where it would keep more than `KEPT`."""

    def _putConnection(self, key: Any, connection: Any) -> None:  # noqa: N802
        super()._putConnection(key, connection)  # type: ignore[no-untyped-call]
        if len(self._timeouts) > KEPT:
            ending = next(iter(self._timeouts.values()))
            close, arguments = ending.func, ending.args
            ending.cancel()
            close(*arguments)


class _Protocol(_LenientHTTP11ClientProtocol):
    def __init__(self, sent: Any, quiescent: Any) -> None:
        super().__init__(quiescent)  # type: ignore[no-untyped-call]
        self._sent, self._head = sent, 0

    def request(self, request: Any) -> Deferred[Any]:
        answer = super().request(request)
        self._sent(request.absoluteURI or b"")
        return answer

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
    def __init__(self, sent: Any, *arguments: Any) -> None:
        super().__init__(*arguments)  # type: ignore[no-untyped-call]
        self._sent = sent

    def buildProtocol(self, addr: Any) -> _Protocol:  # noqa: N802
        return _Protocol(self._sent, self._quiescentCallback)
