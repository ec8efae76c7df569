"""Sitemaps and news sitemaps, those of an index and compressed ones included."""

from typing import ClassVar

from spiders.base import SourceSpider
from spiders.discovery import Kind


class SitemapSpider(SourceSpider):
    """`scrapy crawl sitemap`, for one source with `-a source=NAME`."""

    name = "sitemap"
    kinds: ClassVar[tuple[Kind, ...]] = ("sitemaps",)
