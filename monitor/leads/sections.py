"""Story links of a home or section page, in the order of the page."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import re2
from lxml import etree, html

from monitor import urls
from monitor.leads import shapes
from monitor.leads import text as plain
from monitor.leads.encoding import decode
from monitor.records import Lead, Response, Source

LARGEST = 2 * 1024 * 1024
"""Bytes of a page that are looked at."""
MOST = 500
"""Story links of one page."""
LEAST = -0.3
"""A score over it is a story: set low, as a page that is none is found out later, and a missed one never."""
_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
_ASIDE = {"nav", "footer"}
_SAYS_NOTHING = frozenset(
    {
        "article",
        "click",
        "comment",
        "comments",
        "continue",
        "details",
        "full",
        "here",
        "learn",
        "more",
        "photo",
        "photos",
    }
    | {"read", "reading", "see", "share", "show", "story", "the", "this", "video", "view", "watch"}
)
_WORD = re.compile(r"[^\W\d_]+")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def links(response: Response, source: Source) -> list[Lead]:
    """The stories that a page links to on its own site, at most 500; each once, titled by the longest text or heading.

    `source.deny` and `source.allow` (RE2, searched for in the address) decide first; an allowed link needs no other
    sign of a story. Never raises on a page; raises `re2.error` for a pattern that is none.
    """
    tree = tree_of(response)
    if tree is None:
        return []
    base = _base(tree, response.url)
    sites = {urls.site(response.url), urls.site(source.home)} - {""}
    found: dict[int, Lead] = {}
    page = urls.key(response.url)
    for anchor in tree.iter("a"):
        url = urls.link(base, (anchor.get("href") or "").partition("#")[0])
        if url is None or urls.site(url) not in sites or (key := urls.key(url)) == page:
            continue
        title = _title(anchor)
        if (known := found.get(key)) is not None:
            if len(title) > len(known.title):
                found[key] = Lead(url=known.url, title=title, source=source.name, way="section")
        elif _is_story(url, title, anchor, source):
            found[key] = Lead(url=url, title=title, source=source.name, way="section")
    return list(found.values())[:MOST]


def allowed(url: str, source: Source) -> bool | None:
    """What the source's own patterns say of an address; `None` where it has none that decide."""
    if _matches(source.deny, url):
        return False
    return _matches(source.allow, url) if source.allow else None


def _is_story(url: str, title: str, anchor: Any, source: Source) -> bool:
    said = allowed(url, source)
    if said is not None:
        return said
    value = shapes.score(url, title)
    if _within_heading(anchor):
        value += 1.0
    elif _within(anchor, _ASIDE):
        value -= 0.8
    return value > LEAST


def _matches(patterns: Iterable[str], url: str) -> bool:
    return any(_compiled(pattern).search(url) for pattern in patterns)


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> Any:
    return re2.compile(pattern)


def tree_of(response: Response) -> Any:
    """The parsed page, its first 2 MB; `None` where there is none."""
    body = response.body[:LARGEST]
    charset = _CHARSET.search(body[:4_096])
    declared = response.content_type
    if "charset" not in declared.lower() and charset:
        declared += f"; charset={charset[1].decode('ascii', 'replace')}"
    text = decode(body, declared).replace("\x00", "")
    try:
        return html.fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _base(tree: Any, url: str) -> str:
    found = tree.find(".//base[@href]")
    return (urls.link(url, found.get("href")) if found is not None else None) or url


def _title(anchor: Any) -> str:
    """The link's text; where that says nothing the heading beside it, its label or its picture's."""
    text = plain.title(" ".join(anchor.itertext())[:5_000])
    if _says(text):
        return text
    candidates = [anchor.get("aria-label"), anchor.get("title"), *(image.get("alt") for image in anchor.iter("img"))]
    beside = _heading_beside(anchor)
    return beside or next((plain.title(c) for c in candidates if c and _says(c)), "")


def _says(text: str) -> bool:
    """Whether a text has a word that tells stories apart."""
    return any(word not in _SAYS_NOTHING for word in _WORD.findall(text.lower()))


def _heading_beside(anchor: Any) -> str:
    """The heading of the card that a link stands in, where the card is of one story."""
    card = anchor
    for _ in range(4):
        card = card.getparent()
        if card is None or card.tag in ("body", "main", "html"):
            return ""
        headings = list(card.iter(*_HEADINGS))
        if headings:
            return plain.title(" ".join(headings[0].itertext())[:5_000]) if len(headings) == 1 else ""
    return ""


def _within_heading(anchor: Any) -> bool:
    return next(anchor.iter(*_HEADINGS), None) is not None or _within(anchor, _HEADINGS, 3)


def _within(element: Any, tags: set[str], levels: int = 12) -> bool:
    for ancestor in element.iterancestors():
        if ancestor.tag in tags:
            return True
        levels -= 1
        if not levels:
            break
    return False
