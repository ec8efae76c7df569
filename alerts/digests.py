"""What goes into a digest or an alert: the stories a subscription has not been told of, and what was not checked."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import sqlalchemy as sa

from alerts.quotes import MOST, Quote, added_alone, addition, headline, lede, quotes, reasons
from monitor.freshness import counts_until
from monitor.records import Article, Match, Outage
from monitor.store import alerted, outages, revisions
from monitor.store.alerted import Mark, Untold, Update
from monitor.store.subscribers import Subscriber

DAY = timedelta(days=1)
HORIZON = timedelta(days=30)
"""What was found so long before the last scheduled instant is settled."""
_PERIOD = {
    "immediately": timedelta(),
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(days=7),
}


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


def compose(connection: sa.Connection, subscriber: Subscriber, beat: Beat, now: datetime) -> Digest:
    """All that a subscription has still to hear, as of `now`."""
    found = _untold(connection, subscriber, beat, now)
    told = alerted.told(connection, subscriber.id, {item.story_id for item in found})
    fresh_ones = [item for item in found if not _is_echo(item, told)]
    again = [item for item in found if _is_echo(item, told)]
    bodies = alerted.bodies(connection, {item.article_id for item in found})
    texts = alerted.told_texts(connection, subscriber.id, {item.story_id for item in again})
    earlier: dict[tuple[int, int | None], str] = {
        (item.article_id, item.gone): revisions.text(connection, item.article_id, item.gone - 1)
        for item in fresh_ones
        if item.gone
    }
    since = min(subscriber.last_digest or subscriber.subscription.created or now, now)
    missed = _missed(connection, since, now, beat.sources)
    return Digest(
        subscriber=subscriber, made=now, cards=_cards(fresh_ones, bodies, earlier, beat),
        echoes=_echoes(again, bodies, texts),
        missed=missed, news=tuple(outage for outage in missed if _is_news(outage, since, now)),
        sources=len(beat.sources), topics=beat.topics,
    )  # fmt: skip


def _missed(connection: sa.Connection, since: datetime, now: datetime, names: Sequence[str]) -> tuple[Outage, ...]:
    found = outages.between(connection, since, now, set(names))
    dark = {outage.source for outage in found if outage.kind == "dark" and outage.until is None}
    others = [name for name in names if name not in dark]
    return (*found, *outages.overlooked(connection, since, now, others))


def singles(digest: Digest) -> list[Digest]:
    """Each new story of a digest as an alert of its own; what else is in it, and old stories, wait for the digest."""
    return [replace(digest, cards=(card,), echoes=(), news=()) for card in digest.cards if not card.resurfaced]


def fresh_until(digest: Digest, fresh: timedelta, *, alert: bool = False) -> datetime | None:
    """When the first of a digest's stories is no news any more: until then its mail may go out.

    A story that came out while its source was watched was news when it was found, and a digest may tell it late, with
    its date; an alert may not. What a source carried at first sight counts from its date, and waits for one digest.
    What a revision brought in counts from when it was seen.
    """
    period = _PERIOD[digest.subscriber.subscription.every]
    ends = [_news_until(card, fresh, period, alert=alert) for card in (*digest.cards, *digest.lines)]
    return min((end for end in ends if end is not None), default=None)


def _news_until(card: Card, fresh: timedelta, period: timedelta, *, alert: bool) -> datetime | None:
    article = card.article
    if card.updated and card.update:  # what is told came in then, however old the story is
        return card.update.seen + fresh if alert else None
    if article.state == "archived" and article.published is not None:
        return counts_until(article.published, article.precision) + fresh + period
    return article.first_seen + fresh if alert and article.first_seen is not None else None


def _untold(connection: sa.Connection, subscriber: Subscriber, beat: Beat, now: datetime) -> list[Untold]:
    last = subscriber.last_instant or subscriber.subscription.created or now
    period = _PERIOD[subscriber.subscription.every]
    found = alerted.untold(
        connection, subscriber.id, beat.topics.keys(), since=min(last, now) - HORIZON,
        fresh_since=now - beat.fresh - period,
    )  # fmt: skip
    return [item for item in found if not _was_stale(item.article, beat.fresh)]


def _was_stale(article: Article, fresh: timedelta) -> bool:
    """Whether what a source already carried was old when it was first seen."""
    if article.state != "archived" or article.published is None or article.first_seen is None:
        return False
    return counts_until(article.published, article.precision) < article.first_seen - fresh


def _is_echo(item: Untold, told: Mapping[int, Collection[str]]) -> bool:
    """Whether the story was told: again it is only told of a topic that a revision brought in."""
    topics = told.get(item.story_id)
    if topics is None:
        return False
    return item.revision == 0 or item.match.topic_id in topics


def _is_news(outage: Outage, since: datetime, now: datetime) -> bool:
    if outage.kind != "dark":
        return False
    ended, noticed = outage.until or now, max(outage.since + DAY, outage.found or outage.since)
    if outage.until and since < outage.until <= now and outage.until - outage.since > DAY:
        return True
    return since < noticed <= now and ended - outage.since > DAY


Earlier = Mapping[tuple[int, int | None], str]
"""(article, the revision in which a topic vanished) → the text before it."""


def _cards(found: Sequence[Untold], bodies: Mapping[int, str], earlier: Earlier, beat: Beat) -> tuple[Card, ...]:
    stories: dict[int, list[Untold]] = {}
    for item in found:
        stories.setdefault(item.story_id, []).append(item)
    cards = [_card(items, bodies, earlier, beat) for items in stories.values()]
    return tuple(sorted(cards, key=_rank))


def _rank(card: Card) -> tuple[bool, float, bool, float]:
    """Old stories last; then by score, then the newest first, and after those the ones without a date."""
    when = card.article.published or card.article.first_seen
    return card.resurfaced, -card.score, card.article.published is None, -(when.timestamp() if when else 0.0)


def _card(items: Sequence[Untold], bodies: Mapping[int, str], earlier: Earlier, beat: Beat) -> Card:
    first = min(items, key=_preference)
    article = first.article
    mine = [item for item in items if item.article_id == first.article_id]
    matches = [item.match for item in mine]
    body = bodies.get(first.article_id, "")
    said = _said(mine, body, earlier)
    start = lede(body or article.summary) if not said else ()
    scores = _scores([item.match for item in items])
    order = {topic_id: place for place, topic_id in enumerate(beat.topics)}
    ranked = sorted(scores, key=lambda topic_id: (-scores[topic_id], order[topic_id]))
    return Card(
        story_id=first.story_id, revision=max(item.place for item in items), article=article,
        title=headline(article.title, matches), topics=tuple(beat.topics[topic_id] for topic_id in ranked),
        score=max(scores.values()), quotes=said or ((start,) if start else ()), reasons=reasons(matches),
        others=_others(items, article), resurfaced=_resurfaced(article, beat.fresh),
        marks=_marks(items), update=max((i.update for i in mine if i.update), key=lambda u: u.seen, default=None),
        updated=all(item.revision for item in items), gone=all(item.gone for item in items),
    )  # fmt: skip


def _said(items: Sequence[Untold], body: str, earlier: Earlier) -> tuple[Quote, ...]:
    """What to quote: of a topic that a revision brought in, the new sentences; of one that is gone, the old ones."""
    here = [
        added_alone(body, item.match, item.update.added) if item.update else item.match
        for item in items
        if not item.gone
    ]
    old = [quotes(earlier.get((item.article_id, item.gone), ""), [item.match]) for item in items if item.gone]
    return tuple(dict.fromkeys((*quotes(body, here), *(quote for found in old for quote in found))))[:MOST]


def _preference(item: Untold) -> tuple[bool, float, datetime | None, int]:
    """The copy to show: whole before partial, by score, then the first that was published."""
    article = item.article
    return bool(article.partial), -item.match.score, article.published or article.first_seen, item.article_id


def _scores(matches: Sequence[Match]) -> dict[str, float]:
    scores: dict[str, float] = {}
    for match in matches:
        scores[match.topic_id] = max(match.score, scores.get(match.topic_id, 0.0))
    return scores


def _others(items: Sequence[Untold], shown: Article) -> tuple[Outlet, ...]:
    own = next(item.joined for item in items if item.article.url == shown.url)
    found = {
        item.article.url: Outlet(source=item.article.source, url=item.article.url, how=item.joined or own)
        for item in items
    }
    found.pop(shown.url, None)
    return tuple(found.values())


def _resurfaced(article: Article, fresh: timedelta) -> bool:
    """Whether a story that turned up now came out long ago, by a date that can be relied on."""
    if article.published is None or article.first_seen is None or article.confidence == "low":
        return False
    return article.published < article.first_seen - fresh - DAY


def _marks(items: Sequence[Untold]) -> tuple[Mark, ...]:
    marks = {
        (item.match.topic_id, item.article_id): Mark(
            topic_id=item.match.topic_id, article_id=item.article_id, story_id=item.story_id, revision=item.revision
        )
        for item in items
    }
    return tuple(marks.values())


def _echoes(items: Sequence[Untold], bodies: Mapping[int, str], texts: Mapping[int, Sequence[str]]) -> tuple[Echo, ...]:
    by_article: dict[int, list[Untold]] = {}
    for item in items:
        by_article.setdefault(item.article_id, []).append(item)
    return tuple(
        Echo(
            article=some[0].article, topics=tuple(dict.fromkeys(i.match.topic for i in some)), marks=_marks(some),
            how=some[0].joined, news=addition(bodies.get(article_id, ""), texts.get(some[0].story_id, ())),
        )
        for article_id, some in by_article.items()
    )  # fmt: skip
