"""What a digest or an alert holds: the stories it tells, and what was not checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from alerts.quotes import Quote
from monitor.records import Article, Outage
from monitor.store.alerted import Mark, Update
from monitor.store.subscribers import Subscriber


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """What is watched, in plain values."""

    topics: Mapping[str, str]
    """Topic id → name, in the watchlist's order."""
    sources: Sequence[str]
    """Names of the sources."""
    fresh: timedelta = timedelta(hours=72)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """Another place to read a story."""

    source: str
    url: str
    how: str = ""
    """Why it is taken to tell the same: the same text, or which names say so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One story, told in full."""

    story_id: int
    revision: int
    """The last one that is told, counted over the story's outlets; 0 where none is."""
    article: Article
    title: Quote
    topics: tuple[str, ...]
    """Names; the first is the one it is filed under."""
    score: float
    quotes: tuple[Quote, ...]
    reasons: tuple[str, ...]
    others: tuple[Outlet, ...]
    resurfaced: bool
    marks: tuple[Mark, ...]
    update: Update | None = None
    """The last revision that brought a topic in, if one did."""
    updated: bool = False
    """Whether all that is told came in by revisions."""
    gone: bool = False
    """Whether the topic is no longer in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """One more outlet of a story that was told before."""

    article: Article
    topics: tuple[str, ...]
    how: str
    """Why it is taken to tell the same."""
    news: Quote
    """What no outlet said that was told before; empty where there is nothing."""
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What one mail tells one subscriber."""

    subscriber: Subscriber
    made: datetime
    """Later than the scheduled instant, if nothing ran then; nothing in it is later than this."""
    cards: tuple[Card, ...] = ()
    lines: tuple[Card, ...] = ()
    """Stories told in one line each, for want of room."""
    echoes: tuple[Echo, ...] = ()
    waiting: int = 0
    """Stories left for the next digest, for want of room."""
    missed: tuple[Outage, ...] = ()
    news: tuple[Outage, ...] = ()
    """Of `missed`: dark for over a day, or back after that, since the last digest."""
    sources: int = 0
    topics: Mapping[str, str] = field(default_factory=dict)

    @property
    def stories(self) -> int:
        """How many stories are told."""
        return len(self.cards) + len(self.lines)

    @property
    def worth_sending(self) -> bool:
        """Whether there is something in it."""
        return bool(self.cards or self.lines or self.echoes or self.news)

    @property
    def marks(self) -> list[Mark]:
        """What the subscriber is told by it."""
        stories = [mark for card in (*self.cards, *self.lines) for mark in card.marks]
        return stories + [mark for echo in self.echoes for mark in echo.marks]

    def groups(self) -> list[tuple[str, list[Card]]]:
        """The cards by topic, in the watchlist's order."""
        names = dict.fromkeys(self.topics.values())
        grouped = {name: [card for card in self.cards if card.topics[0] == name] for name in names}
        return [(name, cards) for name, cards in grouped.items() if cards]


def singles(digest: Digest) -> list[Digest]:
    """Each new story of a digest as an alert of its own; what else is in it, and old stories, wait for the digest."""
    return [replace(digest, cards=(card,), echoes=(), news=()) for card in digest.cards if not card.resurfaced]
