"""RSS, Atom and RDF: fastfeedparser first, feedparser where that loses something."""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import fastfeedparser

from monitor import urls
from monitor.leads import header, written
from monitor.leads import text as plain
from monitor.leads.markup import Markup, mend
from monitor.leads.reading import Kind, Reading
from monitor.leads.selection import believed, changed, latest
from monitor.records import Lead, Response

logger = logging.getLogger(__name__)

Entry = Mapping[str, Any]

_KINDS: dict[str, Kind] = {"feed": "atom", "rdf": "rdf"}
_BASE = re.compile(r"\sxml:base\s*=\s*[\"']")
_EASY_DATE = r"\g<1>2000-01-01T00:00:00+00:00\g<4>"
_MOST_TAGS = 200_000
"""More would keep feedparser busy for over five seconds."""
_PAGES = {None, "", "text/html", "application/xhtml+xml"}
_ENDS_IN_ADDRESS = re.compile(r"<(?:[\w.-]+:)?(?:link|guid|id|origLink)\b[^<>]*>[^<>]*\Z", re.IGNORECASE)


def read(text: str, response: Response, limit: int) -> Reading:
    """The leads of a feed's text, whatever junk stands before it."""
    whole = mend(text)
    markup = _newest(whole, response, limit)
    base = response.url or header.home(markup)
    entries = _entries(markup, base)
    leads = [_lead(entry, base, response, atom=markup.root == "feed") for entry in entries]
    if leads and not markup.whole and _ENDS_IN_ADDRESS.search(markup.text, max(0, len(markup.text) - 4_096)):
        leads[-1] = replace(leads[-1], url=None)
    faults = list(markup.faults)
    if len(entries) < markup.items:
        faults.append(f"{len(entries)} of {markup.items} entries could be read")
    return Reading(
        kind=_KINDS.get(markup.root, "rss"),
        entries=whole.items or len(entries),
        leads=tuple(lead for lead in leads if lead.url),
        unlinked=tuple(lead for lead in leads if not lead.url),
        hints=header.hints(markup, base),
        title=header.title(markup),
        error="; ".join(faults),
    )


def _newest(markup: Markup, response: Response, limit: int) -> Markup:
    """The document with its `limit` newest entries: no parser has to look at more."""
    if len(markup.starts) <= limit:
        return markup
    instants = [
        believed(fields.get("published"), response.fetched)[0] or believed(fields.get("updated"), response.fetched)[0]
        for fields in written.dates(markup)
    ]
    return markup.only(latest(instants, limit))


def _entries(markup: Markup, base: str) -> list[Entry]:
    """The entries as one of the two parsers gives them: the second is asked where the first lost something."""
    atom = markup.root == "feed"
    quick = _attempt(_quickly, markup)
    lost = len(quick) != markup.items or not all(_link(e, atom=atom) and e.get("title") for e in quick)
    if quick and not lost and not _BASE.search(markup.text):
        return quick
    thorough = _attempt(_thoroughly, markup, base)
    return thorough if len(thorough) >= len(quick) else quick


def _attempt(parse: Callable[..., list[Entry]], *arguments: Any) -> list[Entry]:
    try:
        return parse(*arguments)
    except Exception as error:  # noqa: BLE001 - neither parser promises which it raises on foreign bytes
        logger.debug("%s: %s", parse.__name__, error)
        return []


def _quickly(markup: Markup) -> list[Entry]:
    """fastfeedparser's entries, with the dates as they are written: it takes its time to guess at odd ones."""
    entries: list[dict[str, Any]] = fastfeedparser.parse(
        written.DATE.sub(_EASY_DATE, markup.text).encode(),
        include_tags=False,
        include_media=False,
        include_enclosures=False,
    )["entries"]
    if len(entries) == len(markup.starts):
        for entry, dates in zip(entries, written.dates(markup), strict=True):
            entry.pop("published", None)  # without a date fastfeedparser takes a guid such as "12" for one
            entry.update(dates)
    return list(entries)


def _thoroughly(markup: Markup, base: str) -> list[Entry]:
    if markup.text.count("<") > _MOST_TAGS:
        raise ValueError("too many elements")
    import feedparser  # a tenth of a second, for the few feeds that need it

    headers = {"content-type": "application/xml; charset=utf-8"} | ({"content-location": base} if base else {})
    entries: list[Entry] = feedparser.parse(
        markup.text.encode(), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    ).entries
    return entries


def _lead(entry: Entry, base: str, response: Response, *, atom: bool) -> Lead:
    published, precision = believed(entry.get("published") or entry.get("created"), response.fetched)
    if published is None:
        published, precision = believed(entry.get("updated"), response.fetched)
    content = entry.get("content") or [{}]
    return Lead(
        url=urls.link(base, _link(entry, atom=atom)),
        title=plain.title(entry.get("title")),
        published=published,
        precision=precision,
        modified=changed(entry["updated"] if "updated" in entry else "", response.fetched),  # noqa: SIM401  # get() warns
        id=plain.title(entry.get("id")),
        summary=plain.summary(entry.get("summary") or entry.get("description") or content[0].get("value")),
        way="feed",
    )


def _link(entry: Entry, *, atom: bool) -> str:
    """The address of the story: in Atom the HTML alternate of its links, not an enclosure; else its `self`."""
    link = str(entry.get("link") or "").strip()
    if not atom and link:
        return link
    links = [x for x in entry.get("links") or () if x.get("href")]
    alternates = [x for x in links if (x.get("rel") or "alternate") == "alternate"]
    pages = [x for x in alternates if x.get("type") in _PAGES]
    if pages or alternates:
        return str((pages or alternates)[0]["href"]).strip()
    return link if all(x["href"] != link or x.get("rel") == "self" for x in links) else ""
