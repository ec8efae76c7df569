"""One event told by several outlets: sketches that share their telling words, at about the same time."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from monitor.stories.sketches import Sketch, Term

WINDOW = timedelta(hours=60)
"""Two articles further apart tell two events, however like they are."""
_ALIKE = 0.47
"""Likeness from which on two articles of one hour tell the same event …"""
_A_DAY = 0.06
"""… and how much more is asked for each day between them."""
_SHARED, _NAMES = 5, 2
"""Words, and names or numbers among them, that two articles of one event share at least."""
_FEW_NAMES = 4
"""Texts with fewer (they may be of a script without capitals) share twice as many words."""
_TRUST = 200
"""Articles after which counts weigh as much as what is expected of a word."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of `articles` hold each word."""

    articles: int = 0
    holding: Mapping[str, int] = field(default_factory=dict)

    def rarity(self, term: Term) -> float:
        """What a word tells: the logarithm of the inverse share of articles that hold it, never below 0."""
        holding = self.holding.get(term.text, 0) + _TRUST * term.expected
        return max(0.0, math.log((self.articles + _TRUST) / holding))


@dataclass(frozen=True, slots=True)
class Telling:
    """A sketch whose words are weighed against what else is written these days; the weights' squares add up to 1."""

    weights: Mapping[str, float]
    names: dict[str, str]
    """The words that are names or numbers, and how they are written."""


def telling(sketch: Sketch, counts: Counts) -> Telling:
    """Weigh a sketch."""
    weights = {term.text: term.weight * counts.rarity(term) for term in sketch.terms}
    norm = math.hypot(*weights.values()) or 1.0
    names = {term.text: term.name for term in sketch.terms if term.name}
    return Telling({text: weight / norm for text, weight in weights.items()}, names)


def likeness(some: Telling, others: Telling) -> float:
    """The cosine of two tellings: 0 (nothing in common) to 1 (the same words as often)."""
    a, b = some.weights, others.weights
    return math.fsum(weight * b[text] for text, weight in a.items() if text in b)


def shared(some: Telling, others: Telling, most: int = 4) -> tuple[str, ...]:
    """The words that speak most for two articles' telling the same, as they are written, names first."""
    both = some.weights.keys() & others.weights.keys()
    named = others.names | some.names
    worth = {text: some.weights[text] * others.weights[text] for text in both}
    best = sorted(both, key=lambda text: (text not in named, -worth[text], text))[:most]
    return tuple(named.get(text, text) for text in best)


def is_one_event(some: Telling, others: Telling, apart: timedelta) -> bool:
    """Whether two articles of different outlets, `apart` in time, tell the same event."""
    return apart <= WINDOW and _agree(some, others) and likeness(some, others) >= _needed(apart)


def _needed(apart: timedelta) -> float:
    """The likeness that is asked of two articles so far apart."""
    return _ALIKE + _A_DAY * (apart / timedelta(days=1))


def fits(article: Telling, story: Sequence[Telling]) -> bool:
    """Whether an article is like all that tell a story, not like one of them alone: so that no story drifts."""
    return not story or math.fsum(likeness(article, other) for other in story) / len(story) >= _ALIKE * 0.8


def _agree(some: Telling, others: Telling) -> bool:
    both = some.weights.keys() & others.weights.keys()
    if min(len(some.names), len(others.names)) < _FEW_NAMES:
        return len(both) >= 2 * _SHARED
    return len(both) >= _SHARED and sum(text in some.names or text in others.names for text in both) >= _NAMES
