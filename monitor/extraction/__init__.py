"""What a page says of itself: title, text, authors, dates, language, and whether it is an article at all."""

from dataclasses import replace
from datetime import UTC, datetime

from monitor import dates, urls
from monitor.extraction import access, authors, body, jsonld, titles
from monitor.extraction.language import language
from monitor.extraction.page import Page
from monitor.pagetype import Signs, page_type
from monitor.records import Extract, PageType

_TEASER = 26
"""Characters, white space not counted, from which on a link reads like a headline."""


def extract(page: bytes, url: str, *, content_type: str = "", fetched: datetime | None = None) -> Extract:
    """What the page fetched from `url` holds.

    `page` is decompressed; its first 2 MB are read. `content_type` is the header as sent. No date is later than
    `fetched` (default: now) and a day. Never raises for what a page contains.
    """
    read = Page(page, url, content_type)
    if read.tree is None:
        return Extract()
    title, names, address = titles.title(read), authors.names(read), _canonical(read)
    now = fetched or datetime.now(UTC)
    found = dates.find(read, now, title)
    shown = access.raw_text(read)
    signs = _signs(read, title, names, found.published, shown)
    text = body.text(read, title, names)
    barrier = access.barrier(read, text, shown)
    kind = _kind(replace(signs, body=text), barrier)
    if found.published is None:
        found = dates.fallback(read, now, title, found, fetched)
    published, modified = found.published, found.modified
    return Extract(
        title=title,
        body=text if kind == "article" else "",
        authors=names,
        published=published.instant if published else None,
        precision=published.precision if published else None,
        published_from=published.origin if published else "",
        confidence=found.confidence,
        published_offset=published.offset if published else 0,
        modified=modified.instant if modified else None,
        language=language(read, text),
        page_type=kind,
        canonical_url=address,
        partial=barrier,
        summary=_summary(read) if barrier else "",
    )


def _kind(signs: Signs, barrier: str) -> PageType:
    """A story behind a paywall is one, however little of it is shown; what no wall lets through is none."""
    kind = page_type(signs)
    if barrier in (access.BOT, access.CONSENT):
        return "other"
    if kind == "other" and barrier == access.PAYWALL:
        return page_type(replace(signs, body=signs.title * 100))
    return kind


def _signs(page: Page, title: str, names: tuple[str, ...], published: dates.Moment | None, shown: str) -> Signs:
    """`shown`: the page's whole text."""
    stories = list(page.tree.iter("article"))
    links = [len("".join("".join(link.itertext()).split())) for link in page.tree.iter("a") if link.get("href")]
    return Signs(
        url=page.url,
        title=title,
        body="",
        article=bool(jsonld.types(page.story) & jsonld.ARTICLES)
        or (len(stories) == 1 and stories[0].find(".//h1") is not None),
        og_type=page.meta.first("og:type").lower(),
        dated=published is not None and published.origin != "text",
        signed=bool(names),
        teasers=sum(size >= _TEASER for size in links),
        linked=sum(links) / max(1, len("".join(shown.split()))),
    )


def _summary(page: Page) -> str:
    """The story's description, at most 2,000 characters."""
    told = [
        jsonld.text(page.story.get("description")),
        page.meta.first("og:description"),
        page.meta.first("description"),
    ]
    return next((" ".join(text.split())[:2_000] for text in told if text.strip()), "")


def _canonical(page: Page) -> str:
    for element in page.tree.iter("link"):
        if "canonical" in (element.get("rel") or "").lower().split() and element.get("href"):
            return urls.link(_base(page), element.get("href")) or ""
    return ""


def _base(page: Page) -> str:
    """Where the page's relative links start: its `<base>`, where that is on its own site."""
    named = next((element.get("href") for element in page.tree.iter("base") if element.get("href")), "")
    base = urls.link(page.url, named) if named else None
    return base if base and urls.site(base) == urls.site(page.url) else page.url
