"""Where a page writes its dates, in the order of trust: JSON-LD, meta tags, microdata, what it shows, its address."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from monitor.dates import lines
from monitor.dates.reading import EARLIEST, Moment, parse

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "og:published_time", "og:pubdate", "datepublished",
    "parsely-pub-date",
    "article:published", "article.published", "published_time", "publication_date", "publish-date",
    "publish_date", "pubdate",
    "publishdate", "originalpublicationdate", "sailthru.date", "dc.date.issued", "dcterms.issued", "dc.date.published",
    "cxenseparse:recs:publishtime", "ptime",
    "article_date_original", "displaydate", "rnews:datepublished", "date_published", "published", "publication-date",
    "bt:pubdate", "shareaholic:article_published_time", "article:post_date", "date.issued", "pdate",
    "vr:published_time",
    "citation_publication_date",
)  # fmt: skip
_VAGUE = (
    "dcterms.date", "dc.date", "dc.date.created", "dcterms.created", "dc.created", "date", "creation_date",
    "created", "timestamp",
    "datecreated", "article:created", "sort_date", "last-published", "gentime",
)  # fmt: skip
"""Names that stand for the publication on some sites, and for the file or the last change on others."""
_MODIFIED = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified", "article:modified",
    "modified_time",
    "lastmod", "last-modified", "dc.date.modified", "dcterms.modified", "revised", "date_modified",
    "updated_time", "moddate",
    "article:updated_time", "updated",
)  # fmt: skip


_DESCRIPTION = 150
"""Characters of a description that can be a date and little else."""


def published(page: Any, title: str = "") -> Iterator[Moment]:
    """Every moment that the page called `title` gives for its publication, the most trustworthy first."""
    yield from stated(page, "datePublished", _PUBLISHED)
    yield from lines.timed(page, title)
    yield from lines.timed(page, title, aside=True)
    yield from _in_metas(page, _VAGUE)
    if (moment := from_url(page.url)) is not None:
        yield moment
    for name in ("dateCreated", "uploadDate"):
        yield from _in_story(page, name)
    for text in page.meta.values.get("description", ())[:1]:
        if len(text) <= _DESCRIPTION and (moment := lines.read(page, _from_date(text), "text")) is not None:
            yield moment


def modified(page: Any) -> Iterator[Moment]:
    """Every moment that the page gives for its last change."""
    yield from stated(page, "dateModified", _MODIFIED)


def stated(page: Any, name: str, metas: tuple[str, ...]) -> Iterator[Moment]:
    """Moments of JSON-LD, meta tags and microdata, in this order."""
    yield from _in_story(page, name)
    yield from _in_metas(page, metas)
    for element in page.tree.xpath(f'//*[@itemprop="{name}"]')[:5]:
        text = element.get("content") or element.get("datetime") or " ".join(element.itertext())
        if (moment := parse(text, "microdata")) is not None:
            yield moment


def _in_metas(page: Any, names: tuple[str, ...]) -> Iterator[Moment]:
    for name in names:
        for content in page.meta.values.get(name, ()):
            if (moment := parse(content, "meta")) is not None:
                yield moment


def _in_story(page: Any, name: str) -> Iterator[Moment]:
    value = page.story.get(name)
    value = value[0] if isinstance(value, list) and value else value
    if isinstance(value, (str, int)) and (moment := parse(str(value), "json-ld")) is not None:
        yield moment


def _from_date(text: str) -> str:
    """`text` from its first digit on."""
    digit = re.search(r"\d", text)
    return text[digit.start() :] if digit else ""


def from_url(url: str) -> Moment | None:
    """The day in an address such as /2017/08/04/ or /20170804-; `None` where there is no whole one."""
    for pattern in _URL_DAYS:
        for match in pattern.finditer(url):
            try:
                day = datetime(int(match["y"]), int(match["m"]), int(match["d"]), tzinfo=UTC)
            except ValueError:
                continue
            if day >= EARLIEST:
                return Moment(instant=day, precision="day", origin="url")
    return None


_URL_DAYS = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)/(?P<m>[01]?\d)/(?P<d>[0-3]?\d)(?=[/?]|$)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<s>[._-])(?P<m>[01]?\d)(?P=s)(?P<d>[0-3]?\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)[/-]?(?P<m>[01]\d)[/-]?(?P<d>[0-3]\d)(?=[/_.?-]|$)"),
)
