"""One way in, read: what a server answered, whichever kind of feed, sitemap or page it is, becomes leads."""

import zlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from monitor.records import Lead, Response

Kind = Literal["rss", "atom", "rdf", "json", "sitemap", "news-sitemap", "index", "section", ""]
LARGEST = 50 * 1024 * 1024
"""Bytes that a packed body may unpack to: the limit of the sitemaps protocol."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """A sitemap that an index lists."""

    url: str
    modified: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What a feed says of when and where to look again."""

    ttl: timedelta | None = None
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, in which the feed does not change (RSS `skipHours`)."""
    skip_days: tuple[str, ...] = ()
    next_page: str = ""
    """Where older entries are (RFC 5005, JSON Feed's `next_url`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one way in holds."""

    kind: Kind = ""
    """'' where the body is nothing that can be read."""
    entries: int = 0
    """Every entry, with a link or without."""
    leads: tuple[Lead, ...] = ()
    """The entries with a link, at most the newest `limit`, in the order of the document."""
    unlinked: tuple[Lead, ...] = ()
    """Entries without a usable link, among the first `limit`."""
    children: tuple[Child, ...] = ()
    """The sitemaps of an index, newest first."""
    hints: Hints = Hints()
    title: str = ""
    """The feed's name for itself."""
    error: str = ""
    """Why it could not be read, or what was wrong with it although it was; '' where it is fine."""


def read(response: Response, *, source: str = "", limit: int = 2_000) -> Reading:
    """The leads of a feed, JSON Feed or sitemap; never raises.

    An HTML page has none here (`monitor.leads.sections` reads those): its `error` says what it looks like.
    Dates that cannot be true (before 1990, over a day after `response.fetched`) are left out.
    """
    from monitor.leads import documents  # the parsers take a tenth of a second to load

    try:
        body = unpacked(response.body)
    except ValueError as error:
        return Reading(error=str(error))
    reading = documents.read(replace(response, body=body), limit)
    return replace(reading, leads=_named(reading.leads, source), unlinked=_named(reading.unlinked, source))


def unpacked(body: bytes) -> bytes:
    """The body out of its gzip wrapping, if it has one. Raises ValueError where it is too large."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    parts, size = [], 0
    while body.startswith(b"\x1f\x8b"):
        unpacker = zlib.decompressobj(31)
        try:
            parts.append(unpacker.decompress(body, LARGEST - size + 1))
        except zlib.error:
            break
        size += len(parts[-1])
        if size > LARGEST:
            raise ValueError(f"unpacks to more than {LARGEST // 2**20} MB: refused")
        body = unpacker.unused_data if unpacker.eof else b""
    return b"".join(parts)


def _named(leads: tuple[Lead, ...], source: str) -> tuple[Lead, ...]:
    return tuple(replace(lead, source=source) for lead in leads) if source else leads
