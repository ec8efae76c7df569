"""Single pages, fetched because somebody asked."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from typing import Any

from scrapy import Request

from monitor.records import Lead, Source
from monitor.urls import site
from spiders.base import SourceSpider


def lead_of(address: str, sources: Iterable[Source]) -> tuple[Source, Lead]:
    """A lead to a page, on behalf of the source whose site it is on, or of the site itself."""
    home = site(address)
    source = next((s for s in sources if site(s.home) == home), None)
    source = source or Source(name=home, home=address, feeds=(), sitemaps=(), sections=())
    return source, Lead(url=address, source=source.name, way="page")


class PageSpider(SourceSpider):
    """`scrapy crawl page -a url=ADDRESS`, on behalf of a source with `-a source=NAME`; of a plan, its addresses."""

    name = "page"

    def __init__(self, url: str = "", **arguments: Any) -> None:
        super().__init__(**arguments)
        self._url = url

    async def start(self) -> AsyncIterator[Request]:
        """One request an address."""
        plan = self.session.plan
        addresses = [self._url] if self._url else plan.addresses
        if not addresses:
            raise ValueError("name the page: -a url=ADDRESS")
        named = self.sources() if self._only else []
        for address in addresses:
            source, lead = lead_of(address, (*plan.sources, *plan.owners))
            if named:
                source, lead = named[0], replace(lead, source=named[0].name)
            for request in self.fetch(source, [lead]):
                yield request
