"""When a page was published and last changed: its own marks with their hour and zone first, then a guess."""

import logging
import warnings
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from monitor.dates import lines, marks
from monitor.dates.reading import EARLIEST, Moment, parse
from monitor.records import Confidence

__all__ = ["AHEAD", "Dates", "Moment", "fallback", "find", "guess", "parse", "plausible"]

AHEAD = timedelta(days=1)
"""How far after the fetch a date may lie: a day, for clocks and zones; past it the date is wrong."""
_REDATED = timedelta(days=3)
"""How much later than the day in its address a story may say that it was published."""
_SAME = timedelta(minutes=1)
_BUILD = timedelta(minutes=10)
"""How long after a story's last change its page can be built."""
_LARGE = 500_000
"""Characters of a page over which no guess goes through its whole text."""

logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """What a page says of its time."""

    published: Moment | None = None
    modified: Moment | None = None
    confidence: Confidence | None = None
    """In `published`: low where it is guessed at, or is the last change's for want of another."""


def plausible(moment: Moment | None, now: datetime) -> bool:
    """Whether a date can be true of a page fetched at `now`."""
    return moment is not None and EARLIEST <= moment.instant <= now + AHEAD


def find(page: Any, now: datetime, title: str = "") -> Dates:
    """The dates of a parsed page (`monitor.extraction.page.Page`) called `title` and fetched at `now`.

    None is later than `now` and a day.
    """
    modified = next((moment for moment in marks.modified(page) if plausible(moment, now)), None)
    found = [moment for moment in marks.published(page, title) if plausible(moment, now)]
    published = choose(_without_builds(found, modified))
    return Dates(published=published, modified=modified, confidence=_confidence(published, found))


def fallback(page: Any, now: datetime, title: str, found: Dates, fetched: datetime | None) -> Dates:
    """For a page of which `find` found no more than `found`: what it says in passing, else what may be its date.

    "2 hours ago" has a meaning only where it is known when the page was `fetched`.
    """
    said = (
        lines.above(page, title) or lines.labelled(page) or (lines.relative(page, title, fetched) if fetched else None)
    )
    if plausible(said, now):
        return replace(found, published=said, confidence="medium")
    hint = guess(page, now) or found.modified
    return replace(found, published=hint, confidence="low") if hint else found


def _confidence(best: Moment | None, found: list[Moment]) -> Confidence | None:
    if best is None:
        return None
    disputed = any(abs(other.instant - best.instant) > _REDATED for other in found)
    return "medium" if best.origin == "text" or disputed else "high"


def _without_builds(found: list[Moment], modified: Moment | None) -> list[Moment]:
    """`found`, an earlier day first where the best comes right after the last change: that is when the page was built.

    A story that was written days ahead of its publication is no such case.
    """
    best = found[0] if found else None
    if best is None or modified is None or not (best.zoned and modified.zoned):
        return found
    if not timedelta(0) < best.instant - modified.instant <= _BUILD:
        return found
    earlier = [moment for moment in found if moment.day < best.day]
    return earlier + [moment for moment in found if moment.day >= best.day]


def choose(found: list[Moment]) -> Moment | None:
    """The best of the moments that a page gives for its publication, in the order of trust; `None` of none."""
    if not found:
        return None
    best = found[0]
    address = next((moment for moment in found if moment.origin == "url"), None)
    if address is not None and best is not address:
        if best.instant - address.instant > _REDATED:
            return address
        best = _on_day(best, address.day)
    best = _as_shown(best, found)
    for other in found[1:]:
        if (
            other.precision == "time"
            and other.day == best.day
            and (best.precision == "day" or (other.zoned and not best.zoned))
        ):
            return other
        if (
            other.precision == "time"
            and other.offset
            and not best.offset
            and abs(other.instant - best.instant) <= _SAME
        ):
            return replace(best, offset=other.offset)
    return best


def _as_shown(moment: Moment, found: list[Moment]) -> Moment:
    """The same instant in the zone of the clock or the calendar that the page shows its reader."""
    if moment.precision == "day" or moment.offset:
        return moment
    shown = [other for other in found if other.origin in ("time", "text", "microdata") and not other.zoned]
    for clock in shown:
        exact = moment.instant if clock.instant.second else moment.instant.replace(second=0, microsecond=0)
        ahead = (clock.instant - exact).total_seconds() / 60
        if clock.precision == "time" and moment.zoned and _is_offset(ahead):
            return replace(moment, offset=int(ahead))
    calendar = next((other for other in shown if other.precision == "day"), None)
    return _on_day(moment, calendar.day) if calendar is not None else moment


def _is_offset(minutes: float) -> bool:
    """Whether a difference of clocks is one between UTC and some place: hours and halves, and Nepal's and two more."""
    return minutes != 0 and -12 * 60 <= minutes <= 14 * 60 and (minutes % 30 == 0 or minutes in (345, 525, 765))


def _on_day(moment: Moment, day: date) -> Moment:
    """The same instant as its reader sees it where the page's address, in local time, names the day before or after."""
    if moment.precision == "day" or moment.offset or moment.day == day:
        return moment
    midnight = datetime.combine(day, time(), tzinfo=UTC)
    behind, ahead = moment.instant - midnight - timedelta(days=1), midnight - moment.instant
    if timedelta(0) <= behind < timedelta(hours=9):
        return replace(moment, offset=-60 * (int(behind.total_seconds() // 3600) + 1))
    if timedelta(0) < ahead <= timedelta(hours=11):
        return replace(moment, offset=60 * -(-int(ahead.total_seconds()) // 3600))
    return moment


def guess(page: Any, now: datetime) -> Moment | None:
    """The day that htmldate finds in a page that does not say when it was published."""
    from htmldate import find_date

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = find_date(
            page.tree,
            original_date=True,
            max_date=(now + AHEAD).replace(tzinfo=None),
            extensive_search=len(page.source) < _LARGE,
        )
    moment = parse(found, "guess") if found else None
    if moment is None or (moment.day.month, moment.day.day) == (1, 1):  # what it makes of a year without a day
        return None
    return moment if plausible(moment, now) else None
