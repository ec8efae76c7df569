"""What a page says of itself: title, text, authors, dates, language, and whether it is an article at all."""

from datetime import UTC, datetime
from urllib.parse import urljoin

from monitor import dates
from monitor.extraction.authors import authors
from monitor.extraction.body import body
from monitor.extraction.page import Page
from monitor.extraction.titles import title
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
    found = dates.find(read, fetched or datetime.now(UTC))
    headline, text = title(read), body(read)
    kind = page_type(title=headline, body=text)
    return Extract(
        title=headline,
        body=text if kind == "article" else "",
        authors=authors(read),
        published=found.published.instant if found.published else None,
        precision=found.published.precision if found.published else None,
        published_from=found.published.origin if found.published else "",
        modified=found.modified.instant if found.modified else None,
        language=(read.tree.get("lang") or "").partition("-")[0].lower()[:3],
        page_type=kind,
        canonical_url=_canonical(read),
    )


def _canonical(page: Page) -> str:
    for element in page.tree.iter("link"):
        if (element.get("rel") or "").lower() == "canonical" and element.get("href"):
            address = urljoin(page.url, element.get("href").strip())
            return address if address.startswith(("http://", "https://")) and len(address) <= 2000 else ""
    return ""
