"""When a subscription's digest is due: local times of its zone, as instants.

A local time that occurs twice (the clocks go back) counts the first time; one that does not exist (they go forward)
is right after the jump.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from monitor.records import Subscription

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
PERIOD = {
    "immediately": timedelta(),
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
}
"""How often → the time from one scheduled instant to the next, for what is news; zero for what is told at once."""
_QUARTER = timedelta(minutes=15)
_DAY = timedelta(days=1)
_ENOUGH = {"hourly": timedelta(hours=3), "immediately": _DAY * 3, "daily": _DAY * 3, "weekly": _DAY * 9}
"""A span that surely holds a scheduled instant."""


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant, in UTC, at which the clocks of `zone` show `at` on `day`."""
    local = datetime.combine(day, at, tzinfo=zone).replace(fold=0)
    found = local.astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return found
    return _after_the_jump(local)


def latest(subscription: Subscription, now: datetime) -> datetime:
    """The last scheduled instant at or before `now`."""
    return next(moment for moment in _backwards(subscription, now) if moment <= now)


def following(subscription: Subscription, now: datetime) -> datetime:
    """The first scheduled instant after `now`."""
    found = far = now + _ENOUGH[subscription.every]
    for moment in _backwards(subscription, far):
        if moment <= now:
            break
        found = moment
    return found


def due(subscription: Subscription, now: datetime, last: datetime | None) -> datetime | None:
    """The one instant to make a digest for now, if any: the latest since `last`, however many passed.

    Without `last` the subscription's creation counts.
    """
    moment = latest(subscription, now)
    return moment if moment > (last or subscription.created or now) else None


def went_back(subscription: Subscription, now: datetime, last: datetime | None) -> bool:
    """Whether `last` lies further ahead than a clock set right can have put it."""
    return last is not None and last > following(subscription, now)


def _backwards(subscription: Subscription, until: datetime) -> Iterator[datetime]:
    """The scheduled instants from about `until` into the past, latest first."""
    zone, at = _zone(subscription.time_zone), time.fromisoformat(subscription.at)
    if subscription.every == "hourly":
        yield from _hours(zone, until)
        return
    day = until.astimezone(zone).date() + _DAY
    while True:
        if subscription.every != "weekly" or day.weekday() == DAYS.index(subscription.day):
            yield instant(day, at, zone)
        day -= _DAY


def _hours(zone: ZoneInfo, until: datetime) -> Iterator[datetime]:
    """Whenever the zone's clocks show a full hour; all zones differ from UTC by quarters of one."""
    moment = until.replace(minute=until.minute // 15 * 15, second=0, microsecond=0) + _QUARTER
    while True:
        if moment.astimezone(zone).minute == 0:
            yield moment
        moment -= _QUARTER


def _after_the_jump(local: datetime) -> datetime:
    """The instant of the jump that leaves `local` out, found to the minute between its two readings."""
    low, high = local.replace(fold=1).astimezone(UTC), local.astimezone(UTC)
    offset = high.astimezone(local.tzinfo).utcoffset()
    while high - low > timedelta(minutes=1):
        middle = low + (high - low) / 2
        if middle.astimezone(local.tzinfo).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high.replace(second=0, microsecond=0)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
