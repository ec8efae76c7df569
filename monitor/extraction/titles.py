"""The headline: chosen among what JSON-LD, headings, meta tags and the window's title say, by agreement."""

import html
import re
from typing import Any
from urllib.parse import urljoin, urlsplit

from monitor.extraction import jsonld
from monitor.extraction.page import Page, squeeze
from monitor.urls import site

LIMIT = 1000
"""Characters of a headline that are kept."""

_SEPARATOR = re.compile(
    r"\s+[-\u2013\u2014\u00b7\u2022\u00bb\u00ab:/~]+\s+|\s*[|\uff5c\u2503]\s*|\s+::\s+|[-_:](?=\S{2,12}$)"
)
_KICKER = re.compile(
    r"kicker|eyebrow|overline|topline|roofline|dachzeile|spitzmarke|(?:^|[-_\s])roof|toptitle|pretitle|supertitle",
    re.IGNORECASE,
)
_LOGO = re.compile(
    r"(?:^|[\s_-])(?:logo|brand|site-?(?:title|name)|masthead|aural|hide-?text|visually-?hidden)", re.IGNORECASE
)
"""What the class of a heading that is the site's name, for the eye or for the ear, is called."""
_AFTER_SITE = frozenset({"|", "\u00bb", "\u203a", "//", "::", "\uff5c"})
"""Separators before which a site's name stands as often as after."""
_WIDE = "\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65"
_JOINT = re.compile(rf"(?<=[{_WIDE}])\ue000+(?=[{_WIDE}])")
"""Where two elements meet within a script that is written without spaces."""
_METAS = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline", "sailthru.title", "parsely-title")
_HEADLINE_CLASS = re.compile(r"headline|entry-title|post-title|article-?title|story-?title", re.IGNORECASE)


def title(page: Page) -> str:
    """The page's headline on one line, at most 1,000 characters; "" where it has none.

    The publisher's own headline for machines comes first, then the one that readers see; the titles made for sharing
    and for the window carry the site's name, which goes where another candidate or the site shows where it starts.
    """
    window = _window(page)
    metas = [page.meta.first(name) for name in _METAS]
    heading = _heading(page, [*metas, window])
    story = squeeze(jsonld.text(page.story.get("headline")))
    known = [text for text in (heading, story) if text]
    for candidate in (story, heading, *metas, window):
        if candidate:
            found = _respaced(_without_site(candidate, known, page), [story, *metas, window])
            return html.unescape(found).lstrip(" :|").rstrip(" |")[:LIMIT].strip()
    return ""


def _window(page: Page) -> str:
    element = page.tree.find(".//title")
    return squeeze("".join(element.itertext())) if element is not None else ""


def _heading(page: Page, others: list[str]) -> str:
    """The first-level heading that is the story's: the one most like the other candidates, else the first."""
    found = [(text, element) for element in page.tree.iter("h1") if (text := _heading_text(element))]
    found = [(text, element) for text, element in found if not _is_site_name(text, element, others, page)]
    if not found:
        return _headline_by_class(page, others)
    texts = [text for text, _ in found]
    likeness = [
        max([(_alike(text, other), _alike(text, other, whole=True)) for other in others if other] or [(0.0, 0.0)])
        for text in texts
    ]
    best = max(likeness)
    if best[0] < 0.34 and len(texts[0].split()) < 4 and max(map(len, others)) > len(texts[0]):
        return ""
    return texts[likeness.index(best)]


def _headline_by_class(page: Page, others: list[str]) -> str:
    """Where no `<h1>` is the story's: a lower heading that is, opens or closes another candidate, or is called one."""
    names: list[str] = []
    for element in page.tree.iter("h1", "h2", "h3"):
        text = _heading_text(element)
        if element.tag == "h1" and _is_site_name(text, element, others, page):
            names.append(_bare(text))
        elif len(text) >= 10 and any(
            text == other or _opens(text, other) or (_closes(text, other) and _begins(other, names)) for other in others
        ):
            return text
    headlines = [element for element in page.tree.iter("h2") if _HEADLINE_CLASS.search(element.get("class") or "")]
    return _heading_text(headlines[0]) if len(headlines) == 1 else ""


def _heading_text(element: Any) -> str:
    """A heading's text without the line that some sites set above the headline, inside the same element."""
    parts: list[str] = []
    _collect(element, parts)
    return squeeze(_JOINT.sub("", "\ue000".join(part for part in parts if part)).replace("\ue000", " "))


def _collect(element: Any, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        above = _KICKER.search(f"{child.get('class') or ''} {child.get('itemprop') or ''}")
        if child.tag not in ("style", "script", "button", "svg") and not above:
            _collect(child, parts)
        parts.append(child.tail or "")


def _is_site_name(text: str, element: Any, others: list[str], page: Page) -> bool:
    if _bare(text) == _bare(page.meta.first("og:site_name", "application-name")):
        return True
    parent = element.getparent()
    links = [*element.iter("a"), *([parent] if parent is not None and parent.tag == "a" else [])]
    if any(_is_home(link.get("href"), page.url) for link in links):
        return True
    if _LOGO.search(element.get("class") or "") and _bare(text) not in {_bare(other) for other in others}:
        return True
    for other in others:
        if other.startswith(f"{text}: ") and _heads(other[len(text) :], page):
            return True
        segments = _SEPARATOR.split(other)
        if len(segments) > 1 and _bare(segments[-1]) == _bare(text) and _bare(segments[0]) != _bare(text):
            return True
        if (
            len(segments) > 1
            and _bare(segments[0]) == _bare(text)
            and len(text) < len(segments[-1])
            and _heads(segments[-1], page)
        ):
            return True
    return False


def _heads(text: str, page: Page) -> bool:
    """Whether a lower heading reads `text`."""
    bare = _bare(text)
    return len(bare) >= 8 and any(_bare("".join(lower.itertext())) == bare for lower in page.tree.iter("h2", "h3"))


def _is_home(href: str | None, url: str) -> bool:
    """Whether a link leads to the front page of the site that a page is on."""
    if href is None:
        return False
    if href in ("", "./"):
        return True
    try:
        there, here = urlsplit(urljoin(url, href)), urlsplit(url)
    except ValueError:
        return False
    front = re.fullmatch(r"/?(?:index\.\w{3,5})?", there.path) is not None and not there.query
    return (
        front and there.netloc.removeprefix("www.") == here.netloc.removeprefix("www.") and here.path not in ("", "/")
    )


def _without_site(text: str, known: list[str], page: Page) -> str:
    """`text` without the site's name at its end, where a known headline ends there or the rest is the site's."""
    for other in known:
        if len(other) >= 8 and other != text and _opens(other, text):
            return other
    pieces = list(_SEPARATOR.finditer(text))
    if not pieces:
        return text
    last = pieces[-1]
    rest, tail = text[: last.start()].strip(), text[last.end() :].strip()
    if len(rest) >= 8 and (_is_site(tail, page) or _is_section(tail, page)):
        return _without_site(rest, known, page)
    head, rest = text[: pieces[0].start()].strip(), text[pieces[0].end() :].lstrip(" \u00bb\u203a/|")
    if len(rest) >= 8 and pieces[0][0].strip() in _AFTER_SITE and _is_site(head, page):
        return _without_site(rest, known, page)
    return text


def _is_section(text: str, page: Page) -> bool:
    """Whether a text is the name of one of the sections in the page's address."""
    bare = _bare(text)
    return len(bare) >= 4 and bare in {_bare(part) for part in urlsplit(page.url).path.strip("/").split("/")[:-1]}


def _is_site(text: str, page: Page) -> bool:
    bare = _bare(text)
    if not bare:
        return True
    named = {_bare(page.meta.first(name)) for name in ("og:site_name", "application-name", "author", "twitter:site")}
    named.add(_bare(jsonld.text(page.story.get("publisher"))))
    host = re.sub(r"[^a-z0-9]", "", site(page.url).rsplit(".", 1)[0])
    domain = re.sub(r"[^a-z0-9]", "", site(page.url))
    return bare in named or (len(bare) >= 3 and (bare in domain or host in bare) and len(text.split()) <= 6)


def _opens(short: str, long: str) -> bool:
    """Whether `long` is `short` and then a separator and more."""
    left, right = short.casefold(), long.casefold()
    return len(right) > len(left) and right.startswith(left) and bool(_SEPARATOR.match(long[len(short) :] + " "))


def _begins(text: str, names: list[str]) -> bool:
    """Whether a title begins with one of the names that stand on top of the page, where there are any."""
    return not names or any(_bare(text).startswith(name) for name in names)


def _closes(short: str, long: str) -> bool:
    """Whether `long` is something, a separator, and `short`."""
    left, right = short.casefold(), long.casefold()
    if len(right) <= len(left) or not right.endswith(left):
        return False
    if long[: -len(short)].endswith(": "):
        return True
    separators = list(_SEPARATOR.finditer(long[: -len(short)]))
    return bool(separators) and separators[-1].end() == len(long) - len(short)


def _respaced(text: str, others: list[str]) -> str:
    """Another candidate's spelling where white space alone differs: a heading's elements may run together or apart."""
    packed = re.sub(r"\s", "", text)
    return next((other for other in others if other != text and re.sub(r"\s", "", other) == packed), text)


def _alike(text: str, other: str, *, whole: bool = False) -> float:
    """Share of the words of the shorter (`whole`: of both) that the other has: 0 to 1."""
    left, right = set(re.findall(r"\w+", text.casefold())), set(re.findall(r"\w+", other.casefold()))
    if not left or not right:
        return 0.0
    return len(left & right) / (len(left | right) if whole else min(len(left), len(right)))


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
