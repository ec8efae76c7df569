"""What the pool's processes do with a response: small functions by name, so that a spawned process can find them."""

from datetime import datetime
from typing import TYPE_CHECKING

from monitor.leads.reading import Reading, read
from monitor.records import Extract, Lead, Response, Source

if TYPE_CHECKING:
    from monitor.leads.ways import Candidate


def leads(response: Response, source: str) -> Reading:
    """Read a feed or a sitemap."""
    return read(response, source=source)


def links(response: Response, source: Source) -> list[Lead]:
    """The story links of a section page."""
    from monitor.leads.sections import links as section_links

    return section_links(response, source)


def ways(home: Response, robots: str) -> "tuple[Candidate, ...]":
    """The ways in that a home page shows or suggests."""
    from monitor.leads.ways import discover

    return discover(home, robots)


def article(page: bytes, url: str, content_type: str, fetched: datetime | None) -> Extract:
    """What a page says of itself."""
    from monitor.extraction import extract

    return extract(page, url, content_type=content_type, fetched=fetched)
