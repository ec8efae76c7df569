"""One way in, look after look: what each saw becomes a state that a blip does not change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any, Literal

from monitor.health import silence
from monitor.health.troubles import QUIET, Trouble
from monitor.polling import Rhythm

CONFIRMED = 2
"""A trouble of so many looks in a row is one, and so many good looks in a row end it."""
FEW = 0.2
"""A way in that lists less than this share of what it used to has changed; one that used to list `ENOUGH` or more."""
ENOUGH = 10
_NEVER = timedelta(days=2)
"""A way in that never listed anything is given so long."""
_WINDOW = timedelta(hours=36)
"""News sitemaps show the stories of two days: one that is empty although news came within this is broken."""
_OLD = timedelta(days=30)
"""Everything listed may be so old, or three times the longest step between the dates in the list."""
_FADE = 0.2

WayState = Literal["new", "ok", "shaky", "failing", "recovering"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What one look at a way in saw."""

    kind: str = ""
    """feeds, sitemaps or sections; "" where it is not known (any more)."""
    trouble: Trouble = ""
    """Why it could not be read, if it could not."""
    reason: str = ""
    entries: int | None = None
    """How much it lists; `None` where nothing has changed since the last look (304), or nothing could be read."""
    dates: tuple[datetime, ...] = ()
    """The dates in its list."""
    site: str = ""
    """The site (registrable domain) that answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayHealth:
    """What is known of one way in. Plain values, so that it can be kept as JSON.

    Times are seconds since 1970; 0 is never.
    """

    kind: str = ""
    looked: float = 0.0
    good: float = 0.0
    """The last look that was good."""
    trouble: str = ""
    """At the last look, or what it is failing from; "" where all is well."""
    reason: str = ""
    bad: int = 0
    """Looks in a row with a trouble."""
    fine: int = 0
    """Looks in a row without."""
    first: float = 0.0
    """When the trouble began: it was first seen, or for a silence when the last news came."""
    failing: float = 0.0
    """When the trouble was confirmed; 0 where it is not."""
    entries: int = 0
    usual: float = 0.0
    """How much it usually lists."""
    emptied: float = 0.0
    """Since when it lists nothing; 0 where it lists something."""
    lulls: float = 0.0
    """The longest it listed nothing and was well again, in seconds."""
    due: float = 0.0
    """When something new must have come; 0 where that is not known."""
    news: float = 0.0
    """When something new came last."""
    still: float = 0.0
    """Since when it may have shown nothing new: the last news's date, or the look before it came, or the first look."""
    newest: float = 0.0
    """The newest date in its list; 0 where there is none."""
    step: float = 0.0
    """The longest step between two dates in its list, in seconds."""
    site: str = ""

    @property
    def state(self) -> WayState:
        """In one word."""
        if self.failing:
            return "failing" if self.bad else "recovering"
        if self.bad:
            return "shaky"
        return "ok" if self.looked else "new"

    def plain(self) -> dict[str, Any]:
        """As it is kept: what differs from nothing."""
        fields = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: value for name, value in fields.items() if value}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "WayHealth":
        """From what was kept."""
        return cls(**{name: value for name, value in kept.items() if name in cls.__dataclass_fields__})


def look(health: WayHealth, sight: Sight, rhythm: Rhythm | None, now: datetime) -> WayHealth:
    """What is known after one more look; `rhythm` as polling has learned it with this very look."""
    at = now.timestamp()
    seen = replace(health, looked=at, kind=sight.kind or health.kind)
    if sight.trouble:
        return _bad(seen, sight.trouble, sight.reason, at, at)
    seen = _counted(_moved(seen, health, rhythm), sight, at)
    trouble, reason, since = _quiet(seen, health, at)
    if trouble:
        return _bad(seen, trouble, reason, since, at)
    return _good(seen, at)


def _moved(health: WayHealth, before: WayHealth, rhythm: Rhythm | None) -> WayHealth:
    """With when something new came."""
    if rhythm is None or not rhythm.moves:
        return health if health.still or rhythm is None else replace(health, still=rhythm.began)
    news = rhythm.moves[-1]
    if news == health.news:
        return health
    read = before.good if before.trouble and before.trouble not in QUIET else before.looked
    still = float(news) if news < int(health.looked) else read
    return replace(health, news=float(news), still=still, due=silence.due(rhythm) or 0.0)


def _counted(health: WayHealth, sight: Sight, at: float) -> WayHealth:
    """With how much it lists."""
    if sight.entries is None:
        return health
    dates = sorted(date.timestamp() for date in sight.dates)
    step = max((b - a for a, b in pairwise(dates)), default=0.0)
    enough = len(dates) >= 3 and 2 * len(dates) > sight.entries
    health = replace(
        health, entries=sight.entries, site=sight.site or health.site, newest=dates[-1] if enough else 0.0, step=step
    )
    if not sight.entries:
        return replace(health, emptied=health.emptied or at)
    lulls = max(health.lulls, at - health.emptied) if health.emptied and not health.failing else health.lulls
    return replace(health, emptied=0.0, lulls=lulls)


def _quiet(health: WayHealth, before: WayHealth, at: float) -> tuple[Trouble, str, float]:
    """What is wrong with a list that could be read: (trouble, reason, since when)."""
    if not health.entries:
        if _is_broken_when_empty(health, at):
            return "empty", _was(health, "it lists nothing"), health.emptied or at
    elif (
        health.kind != "sitemaps" and not before.emptied and health.usual >= ENOUGH
        and health.entries < FEW * health.usual
    ):  # fmt: skip
        return "fewer", _was(health, f"it lists {health.entries}"), health.first if health.trouble == "fewer" else at
    if health.due and at > health.due:
        return "silent", f"nothing new since {_day(health.news)}, far longer than usual", health.news
    if health.newest and health.newest < at - max(_OLD.total_seconds(), 3 * health.step):
        return "old_dates", f"all that it lists is old, the newest of {_day(health.newest)}", health.first or at
    return "", "", 0.0


def _is_broken_when_empty(health: WayHealth, at: float) -> bool:
    """A list that empties is broken, unless it is one that does, or that has never held anything for long."""
    lasted = at - (health.emptied or at)
    if not health.usual:
        return lasted >= _NEVER.total_seconds()
    if health.kind == "sitemaps":
        return bool(health.news) and at - health.news < _WINDOW.total_seconds()
    return lasted >= silence.ALLOWED * health.lulls


def _was(health: WayHealth, now: str) -> str:
    return f"{now}, where it used to list {health.usual:.0f}" if health.usual >= 1 else f"{now}, and never did"


def _bad(health: WayHealth, trouble: Trouble, reason: str, since: float, at: float) -> WayHealth:
    begins = not health.trouble
    bad = health.bad + 1
    first = since if begins or (since < at and trouble in QUIET) else health.first
    lasting = bad >= CONFIRMED or trouble == "silent" or (not health.good and trouble not in QUIET)
    failing = health.failing or (at if lasting else 0.0)
    return replace(
        health, trouble=trouble, reason=reason, bad=bad, fine=0, first=first, failing=failing,
    )  # fmt: skip


def _good(health: WayHealth, at: float) -> WayHealth:
    fine = health.fine + 1
    usual = health.usual + _FADE * (health.entries - health.usual) if health.usual else float(health.entries)
    over = not health.failing or fine >= CONFIRMED
    past: dict[str, Any] = {"trouble": "", "reason": "", "first": 0.0, "failing": 0.0} if over else {}
    return replace(health, good=at, bad=0, fine=fine, usual=usual if health.entries else health.usual, **past)


def _day(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment, UTC):%Y-%m-%d}" if moment else "the first look"
