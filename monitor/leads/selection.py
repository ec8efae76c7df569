"""Which entries of an overlong way in are kept, and which of their dates are believed."""

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from heapq import nlargest

from monitor import dates
from monitor.records import Lead, Precision

_NEVER = datetime.min.replace(tzinfo=UTC)


def newest(leads: Sequence[Lead], limit: int) -> tuple[Lead, ...]:
    """At most `limit` leads, in their order: those with the latest dates, and of equal or absent dates the first."""
    if len(leads) <= limit:
        return tuple(leads)
    return tuple(leads[i] for i in latest([lead.published for lead in leads], limit))


def latest(instants: Sequence[datetime | None], limit: int) -> list[int]:
    """The places, in order, of the `limit` latest instants, and of equal or absent ones the first."""
    return sorted(nlargest(limit, range(len(instants)), key=lambda i: (instants[i] or _NEVER, -i)))


_parsed = lru_cache(maxsize=4_096)(dates.parse)


def changed(written: object, fetched: datetime | None) -> datetime | None:
    """When a story was last updated, by what is `written`: nothing where that gives no hour, or cannot be true."""
    instant, precision = believed(written, fetched)
    return instant if precision == "time" else None


def believed(written: object, fetched: datetime | None) -> tuple[datetime | None, Precision | None]:
    """The instant that `written` gives and how exact it is; nothing where it is no date, or one that cannot be true.

    That is one before 1990 or more than a day after `fetched` (now, where that is not known).
    """
    if not isinstance(written, str) or len(written) > 100:
        return None, None
    moment = _parsed(written.strip())
    if moment is None or not dates.plausible(moment, fetched or datetime.now(UTC)):
        return None, None
    return moment.instant, moment.precision
