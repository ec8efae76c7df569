"""Conditional requests: a way in is asked for only if it changed, with the server's own validators, byte for byte."""

from scrapy import Request
from scrapy.crawler import Crawler

from spiders.session import Session


class ConditionalMiddleware:
    """Puts If-None-Match and If-Modified-Since (RFC 9110, section 13.1) on the requests for ways in."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ConditionalMiddleware":
        """As Scrapy makes it."""
        return cls(Session.of(crawler))

    def process_request(self, request: Request) -> None:
        """A redirected request keeps the headers it had: the validators came from where it ended."""
        if not request.meta.get("way_in") or request.meta.get("redirect_times"):
            return
        etag, last_modified = self._session.writer.validators(request.url)
        if etag:
            request.headers["If-None-Match"] = etag
        if last_modified:
            request.headers["If-Modified-Since"] = last_modified
