"""Sitemaps: plain ones with Google's news fields, indexes of them, and lists of addresses (https://www.sitemaps.org)."""

import re
from collections.abc import Iterable
from datetime import datetime

from monitor import urls
from monitor.leads import text as plain
from monitor.leads.markup import entity
from monitor.leads.reading import Child, Reading
from monitor.leads.selection import believed, changed, newest
from monitor.leads.sitemap_parsing import elements
from monitor.records import Lead, Response

_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(\d{1,7}|[xX][0-9a-fA-F]{1,6});|([A-Za-z][A-Za-z0-9]{1,31});)?"
)
_PROLOG = re.compile(r"\A.*?(?=<(?:[\w.-]+:)?(?:urlset|sitemapindex)\b)", re.DOTALL | re.IGNORECASE)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ADDRESS = re.compile(r"https?://\S+")
_LINE = re.compile(r"^[ \t\ufeff]*(https?://\S+)", re.MULTILINE)
_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-_/.]?(0[1-9]|1[0-2]))?(?:[-_/.]?(0[1-9]|[12]\d|3[01]))?(?!\d)")
_MOST_REFERENCES = 1_000_000
_SPARE = 4
"""Times `limit` that are held before the oldest are let go."""


def read(text: str, response: Response, limit: int) -> Reading:
    """The leads of a sitemap's text, and the sitemaps that it lists."""
    prolog = _PROLOG.match(text)
    faults = ["declares entities: refused"] if prolog and "<!ENTITY" in prolog[0].upper() else []
    text = text[prolog.end() :] if prolog else text
    if text.count("&") > _MOST_REFERENCES or text.count("=") > 20 * text.count("<") + _MOST_REFERENCES:
        return Reading(error="too many entities or attributes: refused")
    text = _AMPERSAND.sub(entity, _FORBIDDEN.sub("", text))
    leads: list[Lead] = []
    unlinked: list[Lead] = []
    children: list[Child] = []
    entries, news = 0, False
    for name, fields in elements(text, faults):
        entries += 1
        if name == "sitemap":
            children += _child(fields, response)
            continue
        news = news or "title" in fields or "publication_date" in fields
        lead = _lead(fields, response)
        if lead.url:
            leads.append(lead)
        elif len(unlinked) < limit:
            unlinked.append(lead)
        if len(leads) > limit * _SPARE:
            leads = list(newest(leads, limit))
    ordered = sorted(dict.fromkeys(children), key=lambda c: c.modified.timestamp() if c.modified else 0.0, reverse=True)
    return Reading(
        kind="index" if children and not leads else "news-sitemap" if news else "sitemap",
        entries=entries,
        leads=newest(leads, limit),
        unlinked=tuple(unlinked),
        children=tuple(ordered[:limit]),
        error="; ".join(faults),
    )


def is_plain(text: str) -> bool:
    """Whether a text is a list of addresses, one a line."""
    lines = [line.strip() for line in text[:4_096].splitlines() if line.strip()]
    addresses = sum(1 for line in lines if _ADDRESS.fullmatch(line))
    return addresses > 0 and addresses * 2 >= len(lines)


def read_plain(text: str, response: Response, limit: int) -> Reading:
    """The leads of a list of addresses: the first `limit`, as none has a date."""
    entries = 0
    found: list[Lead] = []
    for line in _LINE.finditer(text):
        entries += 1
        if len(found) < limit and (url := urls.link(response.url, line[1])):
            found.append(Lead(url=url, way="sitemap"))
    return Reading(kind="sitemap", entries=entries, leads=tuple(found))


def worthwhile(children: Iterable[Child], since: datetime, most: int = 20) -> tuple[Child, ...]:
    """The sitemaps of an index that may hold something published after `since`, newest first, at most `most`.

    Left out are those last changed before, and undated ones that have an older day, month or year in their name.
    """
    fresh = [c for c in children if (c.modified and c.modified >= since) or (not c.modified and not _old(c.url, since))]
    return tuple(fresh[:most])


def _old(url: str, since: datetime) -> bool:
    found = _IN_NAME.findall(url.partition("://")[2].partition("/")[2])
    if not found:
        return False
    year, month, day = found[-1]
    written = (int(year), int(month or 12), int(day or 31))
    return written < (since.year, since.month, since.day)


def _child(fields: dict[str, str], response: Response) -> list[Child]:
    url = urls.link(response.url, _address(fields))
    return [Child(url=url, modified=believed(fields.get("lastmod"), response.fetched)[0])] if url else []


def _address(fields: dict[str, str]) -> str:
    return fields.get("loc", "").strip().replace("&amp;", "&")


def _lead(fields: dict[str, str], response: Response) -> Lead:
    published, precision = believed(fields.get("publication_date", "").strip(), response.fetched)
    doubtful = published is None
    if published is None:
        published, precision = believed(fields.get("lastmod", "").strip(), response.fetched)
    return Lead(
        url=urls.link(response.url, _address(fields)),
        title=plain.title(fields.get("title")),
        published=published,
        precision=precision,
        doubtful=doubtful and published is not None,
        modified=changed(fields.get("lastmod", "").strip(), response.fetched),
        way="sitemap",
    )
