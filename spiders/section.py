"""Section pages, whose story links are followed."""

from typing import ClassVar

from spiders.base import SourceSpider
from spiders.discovery import Kind


class SectionSpider(SourceSpider):
    """`scrapy crawl section`, for one source with `-a source=NAME`."""

    name = "section"
    kinds: ClassVar[tuple[Kind, ...]] = ("sections",)
