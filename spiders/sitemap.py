"""Sitemaps and news sitemaps, those of an index and compressed ones included."""

from typing import ClassVar

from spiders.base import Kind, SourceSpider


class SitemapSpider(SourceSpider):
    """`scrapy crawl sitemap`, for one source with `-a source=NAME`."""

    name = "sitemap"
    kinds: ClassVar[tuple[Kind, ...]] = ("sitemaps",)
