"""All ways in of many sources, in one engine: what `run` does."""

from collections.abc import AsyncIterator
from typing import Any

from spiders.base import SourceSpider
from spiders.page import lead_of


class WatchSpider(SourceSpider):
    """`scrapy crawl watch`: the whole plan, its single addresses too."""

    name = "watch"

    async def start(self) -> AsyncIterator[Any]:
        """The single addresses first: somebody waits for them."""
        plan = self.session.plan
        for address in plan.addresses:
            source, lead = lead_of(address, (*plan.sources, *plan.owners))
            for request in self.fetch(source, [lead]):
                yield request
        async for request in super().start():
            yield request
