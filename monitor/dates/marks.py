"""Where a page writes its dates: JSON-LD, meta tags, microdata, `<time>`, the lines under its headline, its address."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from monitor.dates.reading import EARLIEST, Moment, parse

_SPACE = re.compile(r"\s+")

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


_STEPS = 400
"""Elements after the headline in which its date is looked for."""
_BARE_LABEL = 45
"""Characters of a line that can be a date and little else."""
_LABEL = 70
"""Characters of a line that can be a date and says so."""
_CUE = re.compile(r"publi|post|erschien|veröff|datum|\bdate|fecha|pubbl|opublik|released|\bam\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DESCRIPTION = 150
_DAYS = timedelta(days=2)
_WORD = re.compile(r"[^\W\d]{3}")
_LONG = 100
"""Characters from which on a paragraph is the story's text; the third ends the search."""
_DATELINE = re.compile(r"\s*\d\d?\.\s?(?:\d\d?\.|\w{3,9})\s?\d{4}\b|\s*\d{4}-\d\d-\d\d\b")
"""A long text that begins with its date."""
_CHANGED = re.compile(
    r"updat|modifi|\bedit|revis|änder|aktualis|\bstand\b|mis à jour|aggiorn|actualiz|atualiz|bijgewerkt|更新|수정",
    re.IGNORECASE,
)
_ASIDE = frozenset({"aside", "nav", "footer", "blockquote", "a", "script", "style", "select", "form", "table"})
_MONTH_FIRST = re.compile(r"en(?:-us|-ca|-ph)?$|$", re.IGNORECASE)


def published(page: Any, title: str = "") -> Iterator[Moment]:
    """Every moment that the page called `title` gives for its publication, the most trustworthy first."""
    yield from stated(page, "datePublished", _PUBLISHED)
    yield from timed(page, title)
    yield from _in_metas(page, _VAGUE)
    if (moment := from_url(page.url)) is not None:
        yield moment
    for name in ("dateCreated", "uploadDate"):
        yield from _in_story(page, name)
    for text in page.meta.values.get("description", ())[:1]:
        if (
            len(text) <= _DESCRIPTION
            and (moment := parse(_from_date(text), "text", day_first=_day_first(page))) is not None
        ):
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


def timed(page: Any, title: str = "") -> Iterator[Moment]:
    """Moments in the `<time>` elements and short lines about the headline, up to the story's third paragraph."""
    lines = [(text, origin) for text, origin in _lines_by_headline(page.tree, title) if not _CHANGED.search(text)]
    for wanted in ("time", "text"):
        for text, origin in lines:
            if origin == wanted and (moment := parse(text, origin, day_first=_day_first(page))) is not None:
                yield moment


def _day_first(page: Any) -> bool:
    return not _MONTH_FIRST.match(page.tree.get("lang") or "")


def _lines_by_headline(tree: Any, title: str) -> Iterator[tuple[str, str]]:
    """Short texts with a digit, with `time` or `text`: those after the headline, then the `<time>`s shortly before it.

    The headline is the `<h1>` that reads `title`, else the first; without one the body's start is read.
    """
    headings = [(heading, squeeze("".join(heading.itertext()))) for heading in tree.iter("h1")]
    headings = [(heading, text) for heading, text in headings if text]
    if not headings:
        yield from _lines(tree.iter())
        return
    start = next((heading for heading, text in headings if title and (title in text or text in title)), headings[0][0])
    yield from _lines(start.xpath("following::*"))
    yield from _lines(start.xpath("preceding::time")[-2:])


def _lines(elements: Iterable[Any]) -> Iterator[tuple[str, str]]:
    paragraphs = 0
    for element in islice(elements, _STEPS):
        if element.tag == "p" and len("".join(element.itertext())) >= _LONG:
            paragraphs += 1
            if paragraphs > 2:
                return
        for text, origin in _dated_texts(element):
            if element.tag not in _ASIDE and not any(parent.tag in _ASIDE for parent in element.iterancestors()):
                yield text, origin


def _dated_texts(element: Any) -> Iterator[tuple[str, str]]:
    if element.tag == "time":
        yield _time_text(element), "time"
        return
    for text in (element.text, *(child.tail for child in element)):
        if text and _DIGIT.search(text) and _is_label(squeeze(text)):
            yield squeeze(text)[:_LABEL], "text"


def _is_label(text: str) -> bool:
    return len(text) <= _BARE_LABEL or bool(_DATELINE.match(text)) or (len(text) <= _LABEL and bool(_CUE.search(text)))


def _time_text(element: Any) -> str:
    """A `<time>`'s machine-readable value, unless what its reader sees is another day."""
    stamp, seen = element.get("datetime") or "", squeeze(" ".join(element.itertext()))
    written, read = parse(stamp), parse(seen, day_first=True)
    if written is None or (read is not None and _WORD.search(seen) and abs(read.instant - written.instant) > _DAYS):
        return seen
    return stamp


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


def squeeze(text: str) -> str:
    """`text` on one line."""
    return _SPACE.sub(" ", text).strip()
