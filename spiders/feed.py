"""Feeds: RSS, Atom, RDF, JSON Feed."""

from typing import ClassVar

from spiders.base import SourceSpider
from spiders.discovery import Kind


class FeedSpider(SourceSpider):
    """`scrapy crawl feed`, for one source with `-a source=NAME`."""

    name = "feed"
    kinds: ClassVar[tuple[Kind, ...]] = ("feeds",)
