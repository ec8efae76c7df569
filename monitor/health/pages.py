"""The pages of a source's stories: whether they are had whole, judged by how many in a row were not."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from monitor.health.troubles import Trouble

LEAST = 3
"""So many pages in a row must fail."""
DOUBT = 0.001
"""… and so many that chance, as often as pages of this source fail, makes it of one row in a thousand."""
ITS_OWN: frozenset[str] = frozenset({"no_text", "paywall", "consent_wall", "javascript", "robots"})
"""Troubles of the pages themselves: other ones must last for two runs, as a server may fail a whole run."""
_FADE = 0.04


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesHealth:
    """What is known of a source's pages. Plain values, so that it can be kept as JSON; times are seconds since 1970."""

    whole: float = 0.5
    """The share of pages that are had whole, fading."""
    row: int = 0
    """Pages in a row that were not."""
    runs: int = 0
    """In so many runs."""
    kinds: tuple[tuple[str, int], ...] = ()
    """Why, and how often."""
    first: float = 0.0
    """When the row began."""
    failing: float = 0.0
    """When it was too long to be chance; 0 where it is not."""
    good: float = 0.0
    """When a page was had whole last."""

    @property
    def trouble(self) -> str:
        """What is wrong with most of the row, once it is too long; else ""."""
        return max(self.kinds, key=lambda kind: kind[1])[0] if self.failing and self.kinds else ""

    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "PagesHealth":
        """From what was kept."""
        fields = {name: value for name, value in kept.items() if name in cls.__dataclass_fields__}
        return cls(**{**fields, "kinds": tuple((kind, count) for kind, count in kept.get("kinds", ()))})


def after(health: PagesHealth, pages: Mapping[Trouble, int], at: float) -> PagesHealth:
    """What is known after a run that asked for `pages`: how many fared how ("" is whole).

    `at`: seconds since 1970.
    """
    whole, failed = pages.get("", 0), Counter({kind: count for kind, count in pages.items() if kind and count})
    bad = failed.total()
    if whole:
        share = health.whole
        for _ in range(min(whole + bad, 100)):
            share += _FADE * (whole / (whole + bad) - share)
        return PagesHealth(whole=min(share, 0.97), good=at)
    if not bad:
        return health
    kinds = Counter(dict(health.kinds)) + failed
    health = replace(
        health, row=health.row + bad, runs=health.runs + 1, kinds=tuple(kinds.items()), first=health.first or at
    )
    enough = max(LEAST, math.ceil(math.log(DOUBT) / math.log(1 - min(max(health.whole, 0.05), 0.97))))
    lasting = health.runs >= 2 or max(kinds, key=lambda kind: kinds[kind]) in ITS_OWN
    if health.row >= enough and lasting and not health.failing:
        return replace(health, failing=at)
    return health
