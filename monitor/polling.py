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

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Rhythm":
        """From what was kept."""
        recent = tuple((when, count) for when, count in kept["recent"])
        return cls(**{**kept, "items": tuple(kept["items"]), "recent": recent, "hours": tuple(kept["hours"])})


def begin(items: Sequence[int], now: datetime) -> Rhythm:
    """The rhythm after the first look; `items` are the keys of what it showed."""
    at = now.timestamp()
    return Rhythm(began=at, last=at, items=tuple(items[:KEPT]), peak=float(max(1, len(items))))


def is_gap(rhythm: Rhythm, items: Sequence[int]) -> bool:
    """Whether this look shares nothing with the one before: stories may have come and gone in between."""
    return bool(items and rhythm.items) and not set(rhythm.items) & set(items)


def learn(rhythm: Rhythm, items: Sequence[int] | None, now: datetime) -> Rhythm:
    """The rhythm after one more look; `items` is None where the server said that nothing had changed."""
    at = now.timestamp()
    if at <= rhythm.last:  # the clock was set back
        return replace(rhythm, last=at, items=rhythm.items if items is None else tuple(items[:KEPT]))
    passed = max(at - rhythm.last, 60.0)
    new = 0 if items is None else len(set(items) - set(rhythm.items))
    fade = math.exp(-passed / MEMORY.total_seconds())
    recent = (*((t, n) for t, n in rhythm.recent if t > at - DENSE.total_seconds()), (at, new))
    hours = [count * fade for count in rhythm.hours]
    hours[now.hour] += new
    learned = replace(
        rhythm, last=at, items=rhythm.items if items is None else tuple(items[:KEPT]), recent=recent,
        hours=tuple(hours), peak=max(rhythm.peak * fade, float(sum(n for _, n in recent)), 0.5),
    )  # fmt: skip
    gap = items is not None and is_gap(rhythm, items)
    return replace(learned, pause=SHORTEST.total_seconds() if gap else _pause(learned, passed, new, now))


def _pause(rhythm: Rhythm, passed: float, new: int, now: datetime) -> float:
    size = max(1, len(rhythm.items))
    pause = rhythm.pause * GROWTH
    if new:
        pause = min(pause, FILL * size * passed / new)
    longest = BURST.total_seconds() * size / rhythm.peak
    if _is_quiet(rhythm, now + BURST):
        longest *= QUIET_FACTOR
    shortest = SHORTEST.total_seconds()
    return min(max(pause, shortest), max(longest, shortest), LONGEST.total_seconds())


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
