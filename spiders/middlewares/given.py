"""Answers that this run has already: they are not asked for again."""

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from spiders.session import Session


class GivenMiddleware:
    """Answers a request for a way in, or for a known article, from the plan, once."""

    def __init__(self, session: Session) -> None:
        self._given = dict(session.plan.given)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "GivenMiddleware":
        """As Scrapy makes it."""
        return cls(Session.of(crawler))

    def process_request(self, request: Request) -> Response | None:
        """The answer, or nothing where there is none."""
        may = request.meta.get("way_in") or request.meta.get("look")
        given = self._given.pop(request.url, None) if may else None
        if given is None:
            return None
        headers = Headers()
        for name, value in given.headers:
            headers.appendlist(name, value.encode("latin-1"))
        url = given.url or request.url
        kind = responsetypes.from_args(headers=headers, url=url, body=given.body)
        return kind(url, status=given.status, headers=headers, body=given.body, request=request)
