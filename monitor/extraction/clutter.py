"""What stands on an article's page and is not the article: promotions, teasers of other stories, link lines, forms."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import urljoin, urlsplit

_CLUTTER = re.compile(
    r"(?<![a-z])(?:newsletters?|promos?|promotions?|recirc\w*|outbrain|taboola|popular|trending|most[-_]?(?:read|viewed|popular|shared)|"
    r"related|read[-_]?(?:more|next|also)|more[-_]?(?:from|on|stories|news)|latest[-_]?(?:news|stories|box|articles|posts)|top[-_]?stories|"
    r"you[-_]?may[-_]?like|recommend\w*|also[-_]?like|sign[-_]?up|subscri(?:be|ption)s?|paywall|regwall|comments?|show[-_]?comments|disqus\w*|"
    r"cookie[-_]?\w*|consent|breadcrumbs?|share|sharing|social|sidebar|advert\w*|sponsored|next[-_]?article|"
    r"author[-_]?bio|about[-_]?the[-_]?author|(?:fact|fakta|fakten|info)[-_]?(?:box|boks|kasten|ruta)|tags?[-_]?list|copyright)(?![a-z])",
    re.IGNORECASE,
)
_TEASER = re.compile(r"(?<![a-z])teasers?(?![a-z])", re.IGNORECASE)
"""What some call a link to another story, and some their own standfirst: clutter only where it links."""
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
"""Between the words of a class written in one: articleBody."""
_BLOCKS = frozenset(
    {"div", "section", "aside", "ul", "ol", "p", "li", "dl", "header", "footer", "article", "span", "details", "table"}
)
_HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_HELD = _HEADINGS | {"h1", "p", "div"}
_EMPHASIS = frozenset({"strong", "b", "em", "i", "span", "u", "font", "small"})
_HEADLINE = 15
"""Characters from which on a link can be a headline."""
_PARAGRAPH = 40
"""Characters from which on a `<p>` counts as running text."""
_SHARE = 0.3
"""An element that holds more of the page's running text than this is no clutter, whatever its class says."""


def drop_clutter(tree: Any, url: str, title: str) -> None:
    """Take out of `tree` what a class name, a link or its place tells to be no part of the article called `title`."""
    total = sum(_running(element) for element in tree.iter("p"))
    limit = max(200, total * _SHARE)
    for element in [element for element in tree.iter(*_BLOCKS) if _named(element)]:
        if element.getparent() is not None and _text_within(element) < limit and not _has_title(element, title):
            element.drop_tree()
    for element in [element for element in tree.iter("a") if _is_teaser(element, url, title)]:
        _drop_teaser(element, limit, title)
    for element in [element for element in tree.iter("ul", "ol") if _is_link_list(element)]:
        if element.getparent() is not None and _text_within(element) < limit:
            element.drop_tree()


def _named(element: Any) -> bool:
    attributes = element.attrib
    if not attributes:
        return False
    for attribute in ("class", "id"):
        if name := attributes.get(attribute):
            clutter, teaser = _meaning(name)
            if clutter or (teaser and element.find(".//a[@href]") is not None):
                return True
    return attributes.get("role") in ("complementary", "navigation", "contentinfo", "dialog")


@lru_cache(maxsize=8192)
def _meaning(name: str) -> tuple[bool, bool]:
    """Whether a class or id is one of clutter, and whether it is one of teasers."""
    if len(name) >= 300:
        return False, False
    words = HUMP.sub("-", name)
    return bool(_CLUTTER.search(words)), bool(_TEASER.search(words))


def _running(element: Any) -> int:
    length = len("".join(element.itertext()).strip())
    return length if length >= _PARAGRAPH else 0


def _text_within(element: Any) -> int:
    own = _running(element) if element.tag == "p" else 0
    return own or sum(_running(inner) for inner in element.iter("p"))


def _has_title(element: Any, title: str) -> bool:
    return any(title and title in " ".join("".join(heading.itertext()).split()) for heading in element.iter("h1"))


def _is_teaser(anchor: Any, url: str, title: str) -> bool:
    """Whether a link is the whole of a heading or a paragraph, or holds such, and leads to another page."""
    href = anchor.get("href")
    if not href or href.startswith(("#", "mailto:", "tel:", "javascript:")):
        return False
    holds = any(element.tag in _HELD for element in anchor.iterdescendants())
    frame = None if holds else _frame(anchor)
    if not holds and frame is None:
        return False
    text = " ".join("".join(anchor.itertext()).split())
    if len(text) < _HEADLINE or text == title:
        return False
    if frame is not None and len(text) <= 0.8 * len(" ".join("".join(frame.itertext()).split())):
        return False
    return _address(href, url) != _address(url, url)


def _frame(anchor: Any) -> Any:
    """The heading or paragraph that a link stands in directly, or through marks of emphasis; else `None`."""
    parent = anchor.getparent()
    while parent is not None and parent.tag in _EMPHASIS:
        parent = parent.getparent()
    return parent if parent is not None and (parent.tag in _HEADINGS or parent.tag == "p") else None


def _is_link_list(element: Any) -> bool:
    """Whether every entry of a list is, for the most part, a link."""
    entries = [entry for entry in element if entry.tag == "li"]
    return bool(entries) and all(_is_link_entry(entry) for entry in entries)


def _is_link_entry(entry: Any) -> bool:
    whole = len("".join(entry.itertext()).strip())
    linked = sum(len("".join(anchor.itertext()).strip()) for anchor in entry.iter("a") if anchor.get("href"))
    return linked > 0.6 * whole or whole == 0


def _address(href: str, url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(urljoin(url, href.strip()))
    except ValueError:
        return href, ""
    return parts.netloc.removeprefix("www."), parts.path.rstrip("/") + "?" + parts.query


def _drop_teaser(anchor: Any, limit: float, title: str) -> None:
    """Drop the link's paragraph or heading, and where it is a card's heading, the card."""
    element = anchor
    while (parent := element.getparent()) is not None and parent.tag not in ("body", "html", "main"):
        if parent.tag in _BLOCKS and (_text_within(parent) > 300 or len(parent) > 6 or _has_title(parent, title)):
            break
        if parent.tag == "article" and _text_within(parent) >= limit:
            break
        element = parent
        if element.tag in ("article", "li") or (element.tag == "p" and not _is_card(element.getparent())):
            break
    if element.getparent() is not None:
        element.drop_tree()


def _is_card(element: Any) -> bool:
    return (
        element is not None
        and next(element.iter(*_HEADINGS), None) is not None
        and len("".join(element.itertext())) < 500
    )
