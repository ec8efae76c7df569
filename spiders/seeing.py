"""What an answer shows besides its content: whose wall it is, where it came from, and when to ask again."""

import re
from datetime import timedelta

from scrapy.http import Response as Answer

from monitor.health import walls
from monitor.health.troubles import Trouble, of_status
from monitor.leads.reading import Hints
from monitor.polling import Wishes
from monitor.urls import site
from spiders import reasons

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_FRESHLY = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def trouble(answer: Answer) -> tuple[Trouble, str]:
    """(name, reason) of what is wrong with an answer before it is read; ("", "") where nothing is."""
    whose = walls.wall(answer.status, headers(answer), answer.body)
    if whose:
        return "bot_wall", f"a bot wall ({whose}), HTTP {answer.status}"
    asked = answer.request.headers if answer.request else {}
    if answer.status == 304 and not ("If-None-Match" in asked or "If-Modified-Since" in asked):
        return "broken", "HTTP 304 Not Modified, to a request that named nothing it could have kept"
    return of_status(answer.status), reasons.of_status(answer.status)


def elsewhere(answer: Answer, url: str, known: str) -> str:
    """The site that an answer came from where it is not that of `url`, nor `known`, which answered before; else ""."""
    found = site(answer.url)
    return found if found not in (site(url), known, "") else ""


def headers(answer: Answer) -> dict[str, str]:
    """The headers by lower-case name, several of a name in one."""
    return {
        name.decode("latin-1").lower(): b", ".join(answer.headers.getlist(name)).decode("latin-1")
        for name in answer.headers
    }


def wishes(answer: Answer, hints: Hints | None = None) -> Wishes:
    """When the publisher wants to be asked again (RFC 9111, section 5.2.2.1; RSS 2.0: ttl, skipHours, skipDays)."""
    hints = hints or Hints()
    age = _max_age(answer)
    waits = [wait for wait in (age, hints.ttl) if wait]
    days = tuple(_DAYS.index(day.lower()) for day in hints.skip_days if day.lower() in _DAYS)
    return Wishes(wait=max(waits, default=None), skip_hours=hints.skip_hours, skip_days=days)


def _max_age(answer: Answer) -> timedelta | None:
    """How long a copy may be used, less the time it has been on its way."""
    control = b", ".join(answer.headers.getlist("Cache-Control")).decode("latin-1")
    found = _MAX_AGE.search(control)
    if not found or _FRESHLY.search(control):
        return None
    age = (answer.headers.get("Age") or b"").decode("latin-1").strip()
    left = int(found[1]) - (int(age) if age.isdecimal() and len(age) < 10 else 0)
    return timedelta(seconds=min(left, 86_400)) if left > 0 else None
