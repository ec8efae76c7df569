"""Which request goes out next: hosts take turns, and one host has at most two under way."""

import heapq
from collections import deque
from itertools import count

from scrapy import Request
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached


class HostScheduler(BaseScheduler):
    """Keeps a queue a host in memory: what matters beyond a run is in the store.

    A slow host (or one that asks for a long delay) holds up only itself: its requests wait here and not in the
    downloader, whose places are few. Within a host, higher priority first, then in the order they came.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._per_host = crawler.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        self._queues: dict[str, list[tuple[int, int, Request]]] = {}
        self._turns: deque[str] = deque()
        self._out: dict[str, set[Request]] = {}
        self._order = count()
        self._waiting = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "HostScheduler":
        """As Scrapy makes it."""
        return cls(crawler)

    def has_pending_requests(self) -> bool:
        """Whether anything waits."""
        return self._waiting > 0

    def enqueue_request(self, request: Request) -> bool:
        """Take a request; none is refused (the spiders ask for nothing twice)."""
        host = urlparse_cached(request).hostname or ""
        if host not in self._queues:
            self._queues[host] = []
            self._turns.append(host)
        heapq.heappush(self._queues[host], (-request.priority, next(self._order), request))
        self._waiting += 1
        return True

    def next_request(self) -> Request | None:
        """The next request of the first host, in turn, that has fewer than two under way."""
        for _ in range(len(self._turns)):
            host = self._turns.popleft()
            queue = self._queues[host]
            if not queue:
                del self._queues[host]
                continue
            self._turns.append(host)
            under_way = self._under_way(host)
            if len(under_way) < self._per_host:
                request = heapq.heappop(queue)[2]
                under_way.add(request)
                self._waiting -= 1
                return request
        return None

    def _under_way(self, host: str) -> set[Request]:
        out = self._out.get(host, set()) & self._crawler.engine.downloader.active
        self._out[host] = out
        return out
