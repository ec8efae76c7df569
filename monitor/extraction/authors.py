"""Who wrote it: the names that JSON-LD, meta tags and bylines give."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from monitor.extraction import jsonld
from monitor.extraction.page import Page, squeeze, text_of

_METAS = (
    "author", "parsely-author", "sailthru.author", "byl", "dc.creator", "dcterms.creator", "article:author",
    "og:article:author",
    "cxenseparse:author", "byline", "article:author_name", "vr:author", "author_name", "citation_author",
    "dc.contributor",
    "twitter:data1",
)  # fmt: skip
_BYLINE = re.compile(
    r"(?<![a-z])(?:by-?line|author|autor|auteur|autore|writer|verfasser|reporter|contributor|redakteur|journalist|creator|user-?name)"
    r"(?:s|name|[-_]{1,2}(?:names?|link|info|text|title|author))?(?![a-z])",
    re.IGNORECASE,
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_BYLINE = re.compile(
    r"bio|avatar|image|photo|comment|social|follow|related|teaser|card-list|description|about", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:(?:article |words |text |written |posted |story |published |reported |ein (?:artikel|beitrag|"
    r"gastbeitrag) |geschrieben |artikel )?"
    r"(?:by|von|par|por|door|av|af|di|da|przez)\b\s*:?|(?:author|autor(?:in)?|auteur|autore|text|writer|verfasser(?:in)?|"
    r"redaktion|foto)s?\s*:)\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r"\s*(?:[,;|\u2022\u00b7\uff0c\u3001]|\s/\s|\s(?:and|und|et|y|e|i|og|och|en|&|\+)\s)\s*", re.IGNORECASE
)
_TAIL = re.compile(
    r"\s*(?:\((?!\w{2,4}\)).*|[,|\u2022\u00b7\u2013\u2014]\s.*(?:editor|writer|reporter|correspondent|redakt|staff|columnist).*|\s(?:on|am|vom|le)\s\d.*|"
    r"\s*\d{1,2}[./:]\d.*|\s(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s\d.*|\bposted\b.*|\bpublished\b.*|\bupdated\b.*|@\w+.*)$",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"https?://|www\.|@|^(?:admin(?:istrator)?|none|null|unknown|no author|by|editor|author|undefined|"
    r"view all.*|more.*|follow.*|share.*|"
    r"time to read|est\. reading time|geschätzte lesezeit|reading time|written by|posted by|contributor|"
    r"staff)$|\d{3}|[{}<>=]|^[^\W\d]{3,9}\.?\s\d{1,2}$",
    re.IGNORECASE,
)
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|in|es)?|auteurs?|autori|profile?s?|people|staff|by|writers?|reporters?|journalists?|contributors?|"
    r"redaktion|redakteure?|users?|columnists?|team)/[\w.%/-]{3,}$",
    re.IGNORECASE,
)
"""Addresses of pages about a writer."""
_ELSEWHERE = re.compile(
    r"(?:^|\s|_)(?:comments?|related|recommend\w*|most-?read|popular|teaser|sidebar)", re.IGNORECASE
)
_PERSON = re.compile(
    r"(?:[^\W\d_a-z][\w.'\u2019-]*|v(?:an|on|\.)|de[nrl]?|da|di|la|le|bin|al)(?:\s(?:[^\W\d_a-z][\w.'\u2019-]*|v(?:an|on|\.)|de[nrl]?|da|di|la|le|bin|al)){1,4}"
)
_LONGEST = 60
_MOST = 12


def names(page: Page) -> tuple[str, ...]:
    """Names in the page's order, each once; those of the publisher only where no person is named."""
    house = {
        _bare(page.meta.first("og:site_name")),
        _bare(jsonld.text(page.story.get("publisher"))),
        _bare(_host(page)),
    }
    fallback: list[str] = []
    for source in (_in_story, _in_microdata, _in_metas, _in_bylines, _under_headline, _in_links, _in_last_lines):
        found = list(dict.fromkeys(name for text in source(page) for name in _names(text)))[:_MOST]
        people = [name for name in found if _bare(name) not in house]
        if people:
            return tuple(people)
        fallback = fallback or found
    return tuple(fallback)


def _in_story(page: Page) -> Iterator[str]:
    known = {node["@id"]: node for node in page.jsonld if isinstance(node.get("@id"), str) and node.get("name")}
    for key in ("author", "creator"):
        yield from _people(page.story.get(key), known)


def _people(value: Any, known: dict[str, dict[str, Any]]) -> Iterator[str]:
    if isinstance(value, list):
        for item in value[:_MOST]:
            yield from _people(item, known)
    elif isinstance(value, dict):
        node = value if value.get("name") else known.get(str(value.get("@id")), {})
        names = node.get("name")
        yield from (jsonld.text(name) for name in (names if isinstance(names, list) else [names]))
    elif isinstance(value, str):
        yield jsonld.text(known.get(value, {}).get("name") or value)


def _in_metas(page: Page) -> Iterator[str]:
    for name in _METAS:
        values = [value for value in page.meta.values.get(name, []) if _names(value)]
        if name == "twitter:data1" and "by" not in page.meta.first("twitter:label1").lower():
            continue
        if values:
            yield from values
            return


def _in_microdata(page: Page) -> Iterator[str]:
    for element in page.tree.xpath('//*[@itemprop="author" or @itemprop="creator"]')[:_MOST]:
        if _beside(element) or element.tag == "meta":
            continue
        name = element.find('.//*[@itemprop="name"]')
        yield _text(name) or (name.get("content") or "") if name is not None else _text(element)


def _in_bylines(page: Page) -> Iterator[str]:
    """The texts of the first element that is called an author or a byline, and of those beside it that are."""
    found: list[Any] = []
    for element in page.tree.iter(
        "a", "span", "div", "p", "li", "address", "strong", "em", "cite", "h3", "h4", "h5", "small", "ul", "b"
    ):
        if not _is_byline(element) or _beside(element):
            continue
        if found and element.getparent() is not found[0].getparent() and found[0] not in element.iterancestors():
            break
        if found or _names(_text(element)) or list(element.iter("a")):
            found.append(element)
    for element in found:
        links = [text for link in element.iter("a") if _names(text := _text(link))]
        yield from links or [_text(element)]


def _is_byline(element: Any) -> bool:
    if "author" in (element.get("rel") or "").split():
        return True
    for attribute in ("class", "id", "data-testid"):
        name = element.get(attribute)
        if name and _names_byline(name):
            return len(_text(element)) < 200
    return False


@lru_cache(maxsize=8192)
def _names_byline(name: str) -> bool:
    """Whether a class or id is one of bylines."""
    words = _HUMP.sub("-", name)
    return len(name) < 200 and bool(_BYLINE.search(words)) and not _NOT_BYLINE.search(words)


def _under_headline(page: Page) -> Iterator[str]:
    """A short line after the headline that begins as bylines do."""
    heading = page.tree.find(".//h1")
    if heading is None:
        return
    for element in heading.xpath("following::*")[:60]:
        text = squeeze(element.text or "") or _text(element)
        if len(text) < 100 and _LEAD.match(text) and len(text.split()) > 1:
            whole = _text(element)
            yield whole if len(whole) < 100 else text
            return


def _in_links(page: Page) -> Iterator[str]:
    """The first link to an author's own page."""
    for element in page.tree.iter("a"):
        if _PROFILE.search(element.get("href") or "") and not _beside(element):
            text = _text(element)
            if _names(text) and len(text) <= _LONGEST:
                yield text
                return


def _in_last_lines(page: Page) -> Iterator[str]:
    """A short paragraph that is a byline and nothing else, wherever it stands; the last."""
    found = ""
    for element in page.tree.iter("p", "em", "i"):
        text = _text(element)
        if len(text) < 80 and _LEAD.match(text) and not _beside(element):
            names = _names(text)
            if names and all(_PERSON.fullmatch(name) for name in names):
                found = text
    yield found


def _beside(element: Any) -> bool:
    """Whether an element stands in a list of other stories, among comments, or in the page's foot."""
    for parent in element.iterancestors("aside", "footer", "nav", "div", "section", "ul", "ol", "blockquote"):
        if parent.tag in ("nav", "blockquote") or (parent.tag in ("aside", "footer") and len(_text(parent)) > 300):
            return True
        if parent.tag not in ("aside", "footer") and any(
            len(name) < 200 and _ELSEWHERE.search(name) for name in (parent.get("class") or "", parent.get("id") or "")
        ):
            return True
    return False


def _text(element: Any) -> str:
    if element is None:
        return ""
    return text_of(element)


def _names(text: str) -> list[str]:
    """The names in a byline."""
    text = _LEAD.sub("", squeeze(text)).strip(" \u2013\u2014-|:•·,;")
    if len(text) > 300 or not text or "://" in text:
        return []
    found = []
    for part in _SPLIT.split(text):
        name = _LEAD.sub("", _TAIL.sub("", part)).strip(" \u2013\u2014-|:•·,;\"'[]")
        name = name if re.search(r"\b\w\.$", name) else name.rstrip(". ")
        if (
            1 < len(name) <= _LONGEST
            and not _NO_NAME.search(name)
            and re.search(r"[^\W\d]", name)
            and len(name.split()) <= 7
        ):
            found.append(name)
    return found


def _host(page: Page) -> str:
    return re.sub(r"^https?://(?:www\.)?|[/?#].*$", "", page.url)


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", text.casefold())
