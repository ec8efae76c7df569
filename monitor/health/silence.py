"""Until when a way in must have shown something new: judged by its own silences, its nights and weekends left out.

Time is counted in *waking hours*: an hour of the week weighs as much as it usually brings, so that a night or a
weekend in which nothing ever comes counts for little; the hours of a week add up to 168. A silence is too long when it
lasts `ALLOWED` times as long as the usual one: the longest of an ordinary week, or what a source as irregular as this
one reaches now and then. A newsroom that sleeps may be silent for some of its working days, so that a holiday is none.
"""

import math
from itertools import accumulate, pairwise

from monitor.polling import Rhythm

ALLOWED = 2.1
"""A silence may last so many times the usual one …"""
IRREGULAR, FEW = 2.4, 3
"""… which is as long at least as so many standard deviations over the mean of the last ones (of n known silences, by
the share `FEW`/n more); …"""
DAYS_OFF, BUSY_DAYS = 3.4, 2.1
"""… for a newsroom that sleeps so many of its working days, so that holidays are no silence: if it has weekends off,
and if it works through."""
TOGETHER = 0.05
"""What comes within this share of the longest of the last silences comes together."""
ORDINARY = 0.6
"""The share of the weeks whose longest silence is no longer than that of an ordinary one."""
PROFILE = 30
"""Of so many moments it is known at what times news comes."""
SPREAD = 6
"""In so many hours of the day something must come, else it all comes at once."""
KNOWN = 4
"""So many silences must be known."""
HOUR, DAY = 3600.0, 86_400.0
ASLEEP = 5 * HOUR
"""Who falls silent for so long, and has a night, sleeps."""
WEEK_UNSEEN, DAY_UNSEEN = 4 * DAY, 8 * DAY
"""One that has nights, and of which no whole week is known, may be silent for so long: over a weekend; and one of
which not even a day is known, for so long: it may be a weekly."""
_EVEN = 0.12
"""So much of the week's weight is spread evenly: no hour is impossible."""


def due(rhythm: Rhythm) -> float | None:
    """The moment (seconds since 1970) after which silence is too long; `None` where too little is known to say."""
    gaps = [*rhythm.lulls, *pairwise(rhythm.moves)]
    if len(gaps) < KNOWN:
        return None
    since, begun = float(rhythm.moves[-1]), float(min(gap[0] for gap in gaps))
    week = Week.of(rhythm, begun)
    lengths = [week.between(*gap) for gap in pairwise(rhythm.moves)]
    lengths = [length for length in lengths if length >= TOGETHER * max(lengths)]
    mean = sum(lengths) / len(lengths)
    spread = math.sqrt(sum((length - mean) ** 2 for length in lengths) / len(lengths))
    often = (rhythm.moves[-1] - rhythm.moves[0]) / (len(rhythm.moves) - 1)
    longest = max(until - start for start, until in gaps)
    sleeps = _sleeps(rhythm) and longest >= ASLEEP and often < DAY
    allowed = ALLOWED * max(_of_a_week(rhythm, week), mean + IRREGULAR * (1 + FEW / len(lengths)) * spread)
    if sleeps:
        allowed = max(allowed, (DAYS_OFF if week.has_days_off else BUSY_DAYS) * week.working_day)
    instant = week.after(since, allowed)
    if since - begun < 1.25 * DAY:
        return max(instant, since + DAY_UNSEEN)
    return max(instant, since + WEEK_UNSEEN) if longest >= ASLEEP and since - begun < 8 * DAY else instant


def _sleeps(rhythm: Rhythm) -> bool:
    """Whether it has a night: six hours in which hardly anything comes; where little is known it may have."""
    total = sum(rhythm.clock)
    if total < PROFILE:
        return True
    if _hours(rhythm) < SPREAD:
        return False
    return min(sum(rhythm.clock[(start + n) % 24] for n in range(6)) for start in range(24)) < 0.08 * total


def _hours(rhythm: Rhythm) -> int:
    """The hours of the day in which something comes."""
    return sum(count * 60 >= sum(rhythm.clock) for count in rhythm.clock)


def _of_a_week(rhythm: Rhythm, week: "Week") -> float:
    """The longest silence of an ordinary week, in waking seconds: of few weeks the longest of all."""
    longest: dict[int, float] = {}
    for start, until in (*rhythm.lulls, *pairwise(rhythm.moves)):
        longest[until // (7 * 86_400)] = max(longest.get(until // (7 * 86_400), 0.0), week.between(start, until))
    ordered = sorted(longest.values())
    return ordered[min(len(ordered) - 1, math.ceil(ORDINARY * len(ordered)))]


class Week:
    """The weight of each hour of the week (UTC, from Monday), 168 in all."""

    def __init__(self, weights: list[float]) -> None:
        scale = len(weights) / sum(weights)
        self._weights = [weight * scale for weight in weights]
        self._sums = [0.0, *accumulate(self._weights)]
        days = [sum(self._weights[day * 24 : day * 24 + 24]) for day in range(7)]
        busiest = max(days)
        self.working_day = 168.0 * HOUR / sum(min(1.0, 1.5 * day / busiest) for day in days)
        """Waking time of one of its working days, in seconds."""
        self.has_days_off = min(days) < 0.17 * busiest

    @classmethod
    def of(cls, rhythm: Rhythm, begun: float) -> "Week":
        """Even, until two weeks of the source are known; so are the hours where all comes at once, and the days where
        it comes on one or two of them: then the silences themselves tell all."""
        hours, days = rhythm.clock, rhythm.days
        if sum(hours) < PROFILE or rhythm.last - begun < 14 * DAY:
            return cls([1.0] * 168)
        smooth = [1.0] * 24
        if _hours(rhythm) >= SPREAD:
            smooth = [(hours[h - 1] + 2 * hours[h] + hours[(h + 1) % 24]) * 6 / sum(hours) for h in range(24)]
        shares = [1.0] * 7
        if sum(count >= 0.3 * max(days) for count in days) >= 3:
            shares = [count * 7 / sum(days) for count in days]
        weights = [share * hour for share in shares for hour in smooth]
        return cls([(1 - _EVEN) * weight + _EVEN for weight in weights])

    def between(self, start: float, until: float) -> float:
        """Waking seconds from one moment to another."""
        return self._at(until) - self._at(start)

    def after(self, start: float, waking: float) -> float:
        """The moment at which so many waking seconds have passed."""
        whole = math.floor(waking / (168 * HOUR))
        left, at = waking - whole * 168 * HOUR, start + whole * 168 * HOUR
        for _ in range(170):
            end = (math.floor(at / HOUR) + 1) * HOUR
            step = self.between(at, end)
            if step >= left:
                return at + (end - at) * (left / step if step else 0.0)
            left, at = left - step, end
        return at

    def _at(self, moment: float) -> float:
        """Waking seconds since the Monday after 1970 began."""
        hours = moment / HOUR - 4 * 24
        week, rest = divmod(hours, 168.0)
        hour = min(int(rest), 167)
        return (week * 168.0 + self._sums[hour] + self._weights[hour] * (rest - hour)) * HOUR
