"""What a page says of itself: title, text, authors, dates, language, and whether it is an article at all."""

from datetime import UTC, datetime
from urllib.parse import urljoin

from monitor import dates
from monitor.extraction import authors, body, titles
from monitor.extraction.page import Page
from monitor.pagetype import page_type
from monitor.records import Extract


def extract(page: bytes, url: str, *, content_type: str = "", fetched: datetime | None = None) -> Extract:
    """What the page fetched from `url` holds.

    `page` is decompressed; its first 2 MB are read. `content_type` is the header as sent. No date is later than `fetched`
    (default: now) and a day. Never raises for what a page contains.
    """
    read = Page(page, url, content_type)
    if read.tree is None:
        return Extract()
    headline, writers, address = titles.title(read), authors.names(read), _canonical(read)
    found = dates.find(read, fetched or datetime.now(UTC), headline)
    text = body.text(read, headline, writers)
    kind = page_type(title=headline, body=text)
    return Extract(
        title=headline,
        body=text if kind == "article" else "",
        authors=writers,
        published=found.published.instant if found.published else None,
        precision=found.published.precision if found.published else None,
        published_from=found.published.origin if found.published else "",
        published_offset=found.published.offset if found.published else 0,
        modified=found.modified.instant if found.modified else None,
        language=(read.tree.get("lang") or "").partition("-")[0].lower()[:3],
        page_type=kind,
        canonical_url=address,
    )


def _canonical(page: Page) -> str:
    for element in page.tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            address = urljoin(page.url, element.get("href").strip())
            return address if address.startswith(("http://", "https://")) and len(address) <= 2000 else ""
    return ""
