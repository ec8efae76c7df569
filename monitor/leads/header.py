"""What a feed says of itself before its first entry: its name, its site, and when and where to look again."""

import re
from datetime import timedelta

from monitor import urls
from monitor.leads import text as plain
from monitor.leads.markup import Markup
from monitor.leads.reading import Hints

_CHANNEL_LINK = re.compile(r"<link>\s*(?:<!\[CDATA\[)?\s*(https?://[^<\s\]]+)", re.IGNORECASE)
_ATOM_LINK = re.compile(r"<(?:\w+:)?link\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*[\"']([^\"']*)[\"']")
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_SKIPPED = re.compile(r"<skip(hours|days)>(.{0,2000}?)</skip", re.IGNORECASE | re.DOTALL)
_SKIP = re.compile(r"<(?:hour|day)>\s*(\w+)\s*<", re.IGNORECASE)
_PERIOD = re.compile(r"<sy:updatePeriod>\s*(\w+)\s*<", re.IGNORECASE)
_FREQUENCY = re.compile(r"<sy:updateFrequency>\s*(\d{1,4})\s*<", re.IGNORECASE)
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
_TITLE = re.compile(r"<(?:\w+:)?title\b[^<>]*>(.{0,4000}?)</(?:\w+:)?title>", re.DOTALL | re.IGNORECASE)


def home(markup: Markup) -> str:
    """The site's address as the feed gives it."""
    found = _CHANNEL_LINK.search(markup.header)
    if found:
        return found[1]
    links = [dict(_ATTRIBUTE.findall(x)) for x in _ATOM_LINK.findall(markup.header)]
    return next((x["href"] for x in links if x.get("rel", "alternate") in ("alternate", "self") and "href" in x), "")


def title(markup: Markup) -> str:
    """The feed's name, plain."""
    found = _TITLE.search(markup.header)
    return plain.title(found[1].replace("<![CDATA[", "").replace("]]>", "")) if found else ""


def hints(markup: Markup, base: str) -> Hints:
    """How long the feed lasts, when it sleeps, and where it goes on."""
    header = markup.header
    skipped = {kind.lower(): _SKIP.findall(inner) for kind, inner in _SKIPPED.findall(header)}
    links = [dict(_ATTRIBUTE.findall(x)) for x in _ATOM_LINK.findall(header)]
    following = next((x["href"] for x in links if x.get("rel") == "next" and "href" in x), "")
    return Hints(
        ttl=_ttl(header),
        skip_hours=tuple(sorted({int(h) % 24 for h in skipped.get("hours", ()) if h.isdecimal() and len(h) <= 2})),
        skip_days=tuple(skipped.get("days", ())),
        next_page=urls.link(base, following) or "" if following else "",
    )


def _ttl(header: str) -> timedelta | None:
    """RSS `ttl`, in minutes, else the syndication module's period and how often in it."""
    if ttl := _TTL.search(header):
        return timedelta(minutes=int(ttl[1]))
    period, often = _PERIOD.search(header), _FREQUENCY.search(header)
    hours = _PERIODS.get(period[1].lower()) if period else None
    return timedelta(hours=hours) / max(1, int(often[1]) if often else 1) if hours else None
