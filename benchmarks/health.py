"""Plays months of healthy and of broken feeds through the rules of health, and prints what is told wrongly, or late.

    python benchmarks/health.py [--feeds 12] [--days 150]

Feeds of ten kinds, made up: a wire at every hour, newsrooms that sleep at night, and at weekends, a daily and a weekly
paper, blogs with bursts, with public holidays on which little or nothing comes. Each is looked at as polling learns to.
Healthy ones must not be called broken; then each is frozen, or emptied, at some hour, and the time is taken until that
is told. It is counted in the feed's own usual intervals: the longest silence of an ordinary week of it (of four weeks,
for rare news), or a working day, for a newsroom that keeps hours.
"""

import argparse
import bisect
import math
import random
import statistics
import sys
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from monitor import polling
from monitor.health import ways
from monitor.health.ways import Sight, WayHealth

HOUR, DAY = 3600.0, 86_400.0
EPOCH = datetime(2026, 8, 3, tzinfo=UTC)
"""A Monday, so that Thanksgiving and Christmas come after months of learning."""
HOLIDAYS = {date(2026, 9, 7), date(2026, 10, 12), date(2026, 11, 11), date(2026, 11, 26), date(2026, 11, 27),
            date(2026, 12, 24), date(2026, 12, 25), date(2027, 1, 1)}  # fmt: skip
NO_PAPER = {date(2026, 11, 26), date(2026, 12, 25), date(2027, 1, 1)}
SIZE = 20
BEGINS, LEARNED = 10 * DAY, 38 * DAY
"""When each feed is looked at for the first time, and from when on it may break."""


@dataclass(frozen=True)
class Told:
    """When a feed was called broken, and until when."""

    trouble: str
    begins: float
    ends: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=12, help="of each kind")
    parser.add_argument("--days", type=int, default=150)
    args = parser.parse_args()
    print(f"{args.feeds} feeds of each kind, {args.days} days; detection in the feed's usual intervals")
    print(f"{'':32} {'false reports':>14}   {'frozen: median, worst, missed':>32}   {'emptied: median, worst':>24}")
    false = late = missed = total = 0
    for name, make in KINDS.items():
        feeds = [sorted(make(random.Random(f"{name}{n}"), args.days)) for n in range(args.feeds)]
        reports = sum(len(watch(feed, args.days * DAY)) for feed in feeds)
        frozen = [detected(feed, random.Random(f"x{n}"), args.days, empties=False) for n, feed in enumerate(feeds)]
        emptied = [detected(feed, random.Random(f"y{n}"), args.days, empties=True) for n, feed in enumerate(feeds)]
        found, gone = [t for t in frozen if t is not None], [t for t in emptied if t is not None]
        false, total = false + reports, total + 2 * len(feeds)
        missed += frozen.count(None) + emptied.count(None)
        late += sum(t > 3 for t in (*found, *gone))
        print(f"{name:32} {reports:14}   {_row(found)} {frozen.count(None):8}   {_row(gone)}")
    years = len(KINDS) * args.feeds * args.days / 365
    print(f"false reports: {false} in {years:.0f} feed-years; of {total} faults {missed} missed, {late} told late")
    if false > years / 4 or missed or late > total / 20:
        sys.exit("missed: at most a false report in four feed-years, no fault missed, 95 % told within 3 intervals")


def _row(found: list[float]) -> str:
    return f"{statistics.median(found):12.2f} {max(found):10.2f}" if found else f"{'none':>23}"


def watch(feed: list[float], until: float, frozen: float = math.inf, emptied: float = math.inf) -> list[Told]:
    """The spans in which the feed is called broken: it stands still from `frozen`, and is empty from `emptied` on."""
    now, rhythm, health, told, began = BEGINS, None, WayHealth(), [], 0.0
    while now < until:
        at = EPOCH + timedelta(seconds=now)
        shown = bisect.bisect_right(feed, min(now, frozen))
        listed = list(range(max(0, shown - SIZE), shown)) if now < emptied else []
        dates = {n: EPOCH + timedelta(seconds=feed[n]) for n in listed}
        if rhythm is None:
            rhythm = polling.begin(listed, at, dates.values())
        else:
            rhythm = polling.learn(rhythm, listed, at, dates)
        sight = Sight(kind="feeds", entries=len(listed), dates=tuple(dates.values()))
        before, health = health, ways.look(health, sight, rhythm, at)
        if health.failing and not before.failing:
            began = now
        if before.failing and not health.failing:
            told.append(Told(before.trouble, began, now))
        until_due = health.due - (now + EPOCH.timestamp())
        now += min(rhythm.pause, until_due + 60) if until_due > 0 else rhythm.pause
    return [*told, Told(health.trouble, began, until)] if health.failing else told


def detected(feed: list[float], chance: random.Random, days: int, *, empties: bool) -> float | None:
    """Break a feed; how many of its usual intervals went by until that was told, or `None` for never."""
    breaks = chance.uniform(LEARNED, days * DAY - 3 * usual(feed, 1e99) - 3 * DAY)
    interval, end = usual(feed, breaks), breaks + 7 * usual(feed, breaks) + 7 * DAY
    fault = {"emptied": breaks} if empties else {"frozen": breaks}
    found = [one.begins for one in watch(feed, end, **fault) if one.ends >= breaks and one.begins >= breaks]
    return (found[0] - breaks) / interval if found else None


def usual(feed: list[float], until: float) -> float:
    """The longest silence of an ordinary week, in seconds: the median over the weeks (months, for rare news); a
    working day at least, for a newsroom that keeps hours."""
    known = [t for t in feed if t <= until]
    span = 7 * DAY if len(known) > 3 * (known[-1] - known[0]) / (7 * DAY) else 28 * DAY
    longest: dict[int, float] = {}
    for a, b in pairwise(known):
        week = int(b // span)
        longest[week] = max(longest.get(week, 0.0), b - a)
    ordinary = statistics.median(longest.values())
    return max(ordinary, _working_day(known)) if 5 * HOUR < ordinary < 3 * DAY else ordinary


def _working_day(known: list[float]) -> float:
    """The week divided by its working days; one with half the news of the busiest is half a day."""
    days = [0] * 7
    for t in known:
        days[int(t // DAY) % 7] += 1
    return 7 * DAY * max(days) / sum(days)


def _days(days: int, *, weekends: bool, off: Collection[date] = HOLIDAYS) -> Iterator[float]:
    """The starts of the days on which something comes, seconds."""
    for n in range(days):
        day = EPOCH + timedelta(days=n)
        if (weekends or day.weekday() < 5) and day.date() not in off:
            yield n * DAY


def _poisson(chance: random.Random, days: int, a_day: float) -> list[float]:
    now, found = 0.0, []
    while now < days * DAY:
        now += chance.expovariate(a_day / DAY)
        found.append(now)
    return found


def _wire(chance: random.Random, days: int) -> list[float]:
    return [n * HOUR + chance.uniform(0, 300) for n in range(days * 24)]


def _round_the_clock(chance: random.Random, days: int) -> list[float]:
    return _poisson(chance, days, chance.uniform(8, 60))


def _newsroom(weekends: float, least: int, most: int) -> Callable[[random.Random, int], list[float]]:
    """`weekends`: how much comes then, and on holidays, as a share of other days."""

    def make(chance: random.Random, days: int) -> list[float]:
        often = chance.randint(least, most)
        found = []
        for day in _days(days, weekends=True, off=()):
            today = (EPOCH + timedelta(seconds=day)).date()
            free = today.weekday() >= 5 or today in HOLIDAYS
            share = weekends if free else 1.0
            number = max(share == 1.0, round(chance.gauss(often * share, often * share / 4)))
            found += [day + min(23.9, max(0.1, chance.gauss(14, 3))) * HOUR for _ in range(number)]
        return found

    return make


def _daily(chance: random.Random, days: int) -> list[float]:
    hour = chance.uniform(5, 20)
    batch = chance.randint(1, 12)
    return [day + hour * HOUR + chance.gauss(0, 900) + n for day in _days(days, weekends=True, off=NO_PAPER)
            for n in range(batch)]  # fmt: skip


def _weekly(chance: random.Random, days: int) -> list[float]:
    first, batch = chance.randrange(7), chance.randint(3, 15)
    weeks = [(first + 7 * n) * DAY + chance.uniform(6, 18) * HOUR for n in range(days // 7)]
    skipped = {len(weeks) - 2} if chance.random() < 0.5 else set()  # one issue a year, about Christmas
    return [t + chance.uniform(0, 3) * HOUR for n, t in enumerate(weeks) if n not in skipped for _ in range(batch)]


def _bursts(chance: random.Random, days: int) -> list[float]:
    found = _poisson(chance, days, chance.uniform(2, 6))
    for start in _poisson(chance, days, 0.3):
        found += [start + chance.uniform(0, 2) * HOUR for _ in range(chance.randint(5, 18))]
    return [t for t in found if t < days * DAY]


def _rare(chance: random.Random, days: int) -> list[float]:
    return _poisson(chance, days, chance.uniform(2, 5) / 7)


KINDS: dict[str, Callable[[random.Random, int], list[float]]] = {
    "a wire, every hour": _wire,
    "round the clock, at random": _round_the_clock,
    "newsroom, nights off": _newsroom(1.0, 5, 30),
    "newsroom, nights and weekends": _newsroom(0.0, 5, 30),
    "small newsroom, weekdays": _newsroom(0.0, 1, 4),
    "newsroom, little at weekends": _newsroom(0.2, 8, 30),
    "daily paper": _daily,
    "weekly paper": _weekly,
    "bursts at random": _bursts,
    "twice to five times a week": _rare,
}

if __name__ == "__main__":
    main()
