"""The words of a mail: text made harmless, times in the subscriber's zone, and what the parts of a digest say."""

import re
import unicodedata
from datetime import datetime, timedelta
from urllib.parse import quote, urlsplit
from zoneinfo import ZoneInfo

from monitor.health.troubles import QUIET
from monitor.records import Article, Outage

_BIDI = dict.fromkeys([0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_PILE = re.compile(f"({_MARKS}{{3}}){_MARKS}+")
"""More marks on one letter than any language has: they would paint over the lines above and below."""
_SPACE = re.compile(r"\s+")


def clean(text: str) -> str:
    """One line of text without control characters, bidirectional overrides, piled-up marks or lone surrogates."""
    text = _PILE.sub(r"\1", _SPACE.sub(" ", text).translate(_BIDI))
    return "".join(c for c in text if unicodedata.category(c) not in {"Cc", "Cs"} and c not in "\u2028\u2029")


def header(text: str, longest: int = 200) -> str:
    """Text fit for a header: one line, and nothing in it that reads as an encoded word."""
    text = clean(text).replace("=?", "= ?").strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def link(url: str) -> str:
    """An http(s) address safe to put into a mail; empty where it is none."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc or len(url) > 2_000:
        return ""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~-._")


def moment(instant: datetime, zone: ZoneInfo, now: datetime) -> str:
    """A time as one says it: "Tue 24 Nov, 07:30", with the year where it is not this one."""
    local = instant.astimezone(zone)
    year = f" {local.year}" if local.year != now.astimezone(zone).year else ""
    return f"{local:%a} {local.day} {local:%b}{year}, {local:%H:%M}"


def day(instant: datetime, now: datetime) -> str:
    """A date without an hour, which has no zone."""
    year = f" {instant.year}" if instant.year != now.year else ""
    return f"{instant:%a} {instant.day} {instant:%b}{year}"


def published(article: Article, zone: ZoneInfo, now: datetime) -> str:
    """When an article was published, or "date unknown"."""
    if article.published is None or article.confidence == "low":
        return "date unknown"
    return day(article.published, now) if article.precision == "day" else moment(article.published, zone, now)


def resurfaced(article: Article, now: datetime) -> str:
    """Why an old article is no news of today."""
    if article.published is None:
        return ""
    old = article.published
    when = f"from {old.year}" if old.year != now.year else f"from {old.day} {old:%B}"
    return f"Old story, {when}, resurfaced"


def updated(seen: datetime, kind: str, zone: ZoneInfo, now: datetime, *, quoted: bool) -> str:
    """What a revision brought: "Updated 14:05: added", where what was added is quoted below."""
    local = seen.astimezone(zone)
    when = f"{local:%H:%M}" if local.date() == now.astimezone(zone).date() else moment(seen, zone, now)
    what = {"headline": "a new headline", "correction": "with a correction"}.get(kind, "")
    return f"Updated {when}" + (f", {what}" if what else "") + (": added" if quoted and kind != "headline" else "")


def missed(outage: Outage, zone: ZoneInfo, now: datetime) -> str:
    """What an outage means to a reader, in a sentence."""
    since, name = moment(outage.since, zone, now), clean(outage.source)
    reason = clean(outage.reason).rstrip(". ")
    until = moment(outage.until, zone, now) if outage.until else ""
    if outage.kind == "gap":
        span = f"between {since} and {until}" if until else f"since {since}"
        return f"{name}: stories of the time {span} may have been missed ({reason})."
    if outage.kind == "partial":
        return _partly(outage, name, reason, f"from {since} until {until}" if until else f"since {since}")
    if outage.trouble in QUIET:
        span = f"from {since} until {until}" if until else f"since {since}"
        return f"{name}: it answers, but showed no news {span}; stories may have been missed ({reason})."
    if until:
        return f"{name}: back since {until}; it could not be checked from {since} on ({reason})."
    return f"{name}: not checked since {since} ({reason})."


def _partly(outage: Outage, name: str, reason: str, span: str) -> str:
    if not outage.way:
        return f"{name}: its stories could not be read whole {span} ({reason}); titles and summaries were searched."
    return f"{name}: checked in part only {span}; {clean(outage.way)} fails ({reason})."


def count(number: int, noun: str, plural: str = "") -> str:
    """ "1 story", "2 stories"."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def listed(names: list[str], most: int = 3) -> str:
    """ "A, B and 4 more"."""
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def span(length: timedelta) -> str:
    """About how long: "5 hours", "3 days"."""
    hours = round(length.total_seconds() / 3600)
    return count(round(hours / 24), "day") if hours >= 48 else count(max(hours, 1), "hour")
