"""When to look at a source again: each way in has a rhythm, learned from what every look brings.

A feed shows its newest items only. Looked at too rarely, stories roll off unseen; too often, and the site is asked for
nothing. So the pause follows how full each look was, and never grows beyond what the densest two hours of the last
weeks would have filled, should they come again within half an hour or so. Hours of the day in which nothing ever came
are looked at more rarely. `benchmarks/polling.py` plays it through.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from monitor.records import Source

SHORTEST = timedelta(minutes=5)
LONGEST = timedelta(days=1)
FIRST = timedelta(minutes=15)
GROWTH = 1.5
"""A pause grows so much at most from one look to the next."""
FILL = 0.3
"""The share of a feed that one look should find new."""
DENSE = timedelta(hours=2)
"""How dense a feed gets is judged by so long a span …"""
BURST = timedelta(minutes=36)
"""… whose items are thought to come within this, the next time."""
MEMORY = timedelta(days=14)
QUIET_SHARE = 0.03
"""Of all items: hours of the day with fewer are quiet, once `QUIET_AFTER` has been watched."""
QUIET_AFTER = timedelta(days=3)
QUIET_FACTOR = 2.5
KEPT = 300
"""So many items of the last look are remembered."""
PATIENCE = timedelta(days=1)
"""So long a failing source is asked at its usual pace: most outages are short."""
MOVES = 40
"""So many of the last moments at which news came are remembered …"""
LULLS = 10
"""… and before them the longest silence of each of so many weeks, for as long as `LULL_MEMORY`."""
LULL_MEMORY = timedelta(days=100)
_WEEK = 7 * 86_400
BACKDATED = timedelta(days=2)
"""What is new in a list and dated so long before the last look is an old story put there, and no news."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What the publisher says of when to look again; politeness heeds it as far as nothing is missed by it."""

    wait: timedelta | None = None
    """How long an answer lasts: the longer of `Cache-Control: max-age` and the feed's `ttl` or `sy:updatePeriod`."""
    skip_hours: tuple[int, ...] = ()
    """Hours of the day, UTC, in which nothing changes."""
    skip_days: tuple[int, ...] = ()
    """Days of the week in which nothing changes; Monday is 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """What is known of one way in. Plain values, so that it can be kept as JSON; times are seconds since 1970."""

    began: float
    last: float
    pause: float = FIRST.total_seconds()
    items: tuple[int, ...] = ()
    """Keys of what the last look showed."""
    recent: tuple[tuple[float, int], ...] = ()
    """(when, how many new) of the looks of the last `DENSE`."""
    peak: float = 0.0
    """The most items in `DENSE`, fading over `MEMORY`."""
    hours: tuple[float, ...] = (0.0,) * 24
    """New items by hour of the day (UTC), fading."""
    clock: tuple[float, ...] = (0.0,) * 24
    """Moments at which news came, by hour of the day (UTC): by the items' own dates where they have them; fading."""
    days: tuple[float, ...] = (0.0,) * 7
    """The same by day of the week (UTC, Monday first)."""
    moves: tuple[int, ...] = ()
    """Moments at which news came, oldest first: by the items' own dates where they have them."""
    lulls: tuple[tuple[int, int], ...] = ()
    """The longest silence of each week before the first of `moves`, oldest first: (from, until)."""
    wait: float = 0.0
    """What the publisher wishes, as `Wishes` has it; seconds."""
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()
    misled: bool = False
    """Stories may have been missed by heeding it: it is not heeded any more."""

    def plain(self) -> dict[str, Any]:
        """As it is kept: what differs from a new one's."""
        fields = self.__dataclass_fields__
        return {name: value for name in fields if (value := getattr(self, name)) != fields[name].default}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Rhythm":
        """From what was kept."""
        pairs = {name: tuple((a, b) for a, b in kept.get(name, ())) for name in ("recent", "lulls")}
        flat = {name: tuple(value) for name, value in kept.items() if isinstance(value, list) and name not in pairs}
        return cls(**{**kept, **flat, **pairs})


def begin(items: Sequence[int], now: datetime, dates: Iterable[datetime] = ()) -> Rhythm:
    """The rhythm after the first look; `items` are the keys of what it showed, `dates` those of them with an hour."""
    at = now.timestamp()
    rhythm = Rhythm(began=at, last=at, items=tuple(items[:KEPT]), peak=float(max(1, len(items))))
    return _moved(rhythm, [date.timestamp() for date in dates if date <= now])


def wishing(rhythm: Rhythm, wishes: Wishes) -> Rhythm:
    """The rhythm, with what the publisher wishes now; to be called before the next `learn`."""
    wait = min(wishes.wait, LONGEST).total_seconds() if wishes.wait else 0.0
    return replace(rhythm, wait=wait, skip_hours=wishes.skip_hours, skip_days=wishes.skip_days)


def is_gap(rhythm: Rhythm, items: Sequence[int]) -> bool:
    """Whether this look shares nothing with the one before: stories may have come and gone in between."""
    return bool(items and rhythm.items) and not set(rhythm.items) & set(items)


def learn(
    rhythm: Rhythm, items: Sequence[int] | None, now: datetime, dates: Mapping[int, datetime] | None = None
) -> Rhythm:
    """The rhythm after one more look; `items` is None where the server said that nothing had changed.

    `dates`: of those of `items` that are dated to the hour, by key.
    """
    at = now.timestamp()
    if at <= rhythm.last:  # the clock was set back
        return replace(rhythm, last=at, items=rhythm.items if items is None else tuple(items[:KEPT]))
    passed = max(at - rhythm.last, 60.0)
    known = set(rhythm.items)
    fresh = [] if items is None else list(dict.fromkeys(key for key in items if key not in known))
    new = len(fresh)
    fade = math.exp(-passed / MEMORY.total_seconds())
    oldest = at - DENSE.total_seconds()
    recent = (*[look for look in rhythm.recent if look[0] > oldest], (at, new))
    hours = [count * fade for count in rhythm.hours]
    hours[now.hour] += new
    gap = items is not None and is_gap(rhythm, items)
    learned = replace(
        rhythm, last=at, items=rhythm.items if items is None else tuple(items[:KEPT]), recent=recent,
        hours=tuple(hours), peak=max(rhythm.peak * fade, float(sum(n for _, n in recent)), 0.5),
        misled=rhythm.misled or (gap and _has_wishes(rhythm)),
    )  # fmt: skip
    learned = _moved(learned, news(rhythm, fresh, now, dates or {}), fade)
    return replace(learned, pause=SHORTEST.total_seconds() if gap else _pause(learned, passed, new, now))


def news(rhythm: Rhythm, fresh: Iterable[int], now: datetime, dates: Mapping[int, datetime]) -> list[float]:
    """The moments at which the items `fresh` came, that were not there at the last look: their own where it lies
    between the looks, else this look's. Old stories that were put (back) there are no news."""
    moments = []
    for key in fresh:
        date = dates.get(key)
        at = date.timestamp() if date else now.timestamp()
        if at > rhythm.last - BACKDATED.total_seconds():
            moments.append(at if rhythm.last < at <= now.timestamp() else now.timestamp())
    return moments


def came(rhythm: Rhythm, dates: Iterable[datetime], now: datetime) -> Rhythm:
    """The rhythm of a list that names other lists, with the dates of what those hold."""
    last = rhythm.moves[-1] if rhythm.moves else 0
    return _moved(rhythm, [date.timestamp() for date in dates if last < date.timestamp() and date <= now])


def _moved(rhythm: Rhythm, moments: Iterable[float], fade: float = 1.0) -> Rhythm:
    """Remember when news came, and the longest silences."""
    came = sorted({int(moment) for moment in moments})
    if not came:
        return rhythm
    clock, days = [count * fade for count in rhythm.clock], [count * fade for count in rhythm.days]
    for moment in came:
        clock[moment // 3_600 % 24] += 1
        days[weekday(moment)] += 1
    moves = sorted({*rhythm.moves, *came})
    oldest = moves[-1] - LULL_MEMORY.total_seconds() if moves else 0.0
    dropped = moves[: max(0, len(moves) - MOVES)]
    longest: dict[int, tuple[int, int]] = {}
    for start, until in (*rhythm.lulls, *zip(dropped, moves[1:], strict=False)):
        week = longest.setdefault(until // _WEEK, (start, until))
        if until > oldest and until - start > week[1] - week[0]:
            longest[until // _WEEK] = (start, until)
    lulls = [lull for _, lull in sorted(longest.items()) if lull[1] > oldest][-LULLS:]
    return replace(rhythm, clock=tuple(clock), days=tuple(days), moves=tuple(moves[-MOVES:]), lulls=tuple(lulls))


def weekday(moment: float) -> int:
    """The day of the week (UTC; Monday is 0) of a moment in seconds since 1970, which was a Thursday."""
    return (int(moment // 86_400) + 3) % 7


def _pause(rhythm: Rhythm, passed: float, new: int, now: datetime) -> float:
    size = max(1, len(rhythm.items))
    pause = rhythm.pause * GROWTH
    if new:
        pause = min(pause, FILL * size * passed / new)
    longest = BURST.total_seconds() * size / rhythm.peak
    heeds = _has_wishes(rhythm) and not rhythm.misled
    if _is_quiet(rhythm, now + BURST) or (heeds and _sleeps(rhythm, now + timedelta(seconds=longest))):
        longest *= QUIET_FACTOR
    if heeds:
        pause = max(pause, rhythm.wait, _rest(rhythm, now, pause))
    shortest = SHORTEST.total_seconds()
    return min(max(pause, shortest), max(longest, shortest), LONGEST.total_seconds())


def _has_wishes(rhythm: Rhythm) -> bool:
    return bool(rhythm.wait or rhythm.skip_hours or rhythm.skip_days)


def _sleeps(rhythm: Rhythm, at: datetime) -> bool:
    """Whether the publisher says that nothing changes at that time."""
    return at.hour in rhythm.skip_hours or at.weekday() in rhythm.skip_days


def _rest(rhythm: Rhythm, now: datetime, pause: float) -> float:
    """The seconds until the first moment after the pause at which something may change, by the publisher's word."""
    at = now + timedelta(seconds=pause)
    for _ in range(24):
        if not _sleeps(rhythm, at):
            break
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return (at - now).total_seconds()


def _is_quiet(rhythm: Rhythm, now: datetime) -> bool:
    total = sum(rhythm.hours)
    watched = rhythm.last - rhythm.began > QUIET_AFTER.total_seconds()
    soon = rhythm.hours[now.hour] + rhythm.hours[(now.hour + 1) % 24]
    return watched and total > 0 and soon / total < QUIET_SHARE


def next_poll(
    source: Source, rhythms: Iterable[Rhythm], now: datetime, failing_since: datetime | None = None
) -> datetime:
    """When `source` is due again.

    At the pace of its liveliest way in, or as its `poll` says; one that has been dark for over a day more and more
    rarely, and daily at least.
    """
    pauses = [rhythm.pause for rhythm in rhythms]
    pace = source.poll or (timedelta(seconds=min(pauses)) if pauses else FIRST)
    dark = now - failing_since if failing_since else timedelta()
    if dark > PATIENCE:
        pace = min(max(pace, dark / 8), max(LONGEST, pace))
    return now + pace
