"""Stories: which one a new article tells, and the outlets that carry one."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from monitor.records import Article
from monitor.store.tables import articles, sources, stories, story_terms, tellings
from monitor.stories import copies, events
from monitor.stories.events import Counts, Telling
from monitor.stories.sketches import Sketch, sketch

KEPT = timedelta(days=7)
"""How long another outlet may come to tell what an article told."""
_INDEXED = 24
"""Words of an article by which others find it."""
_FEWEST = 3
"""Words that an article shares with one that may tell the same, at least; the `_MOST` that share most are looked at."""
_MOST = 30
_READ = 0.25
"""Likeness from which on two texts are compared word by word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One article that tells a story."""

    article_id: int
    story_id: int
    source: str
    url: str
    title: str
    first_seen: datetime
    joined: str
    """Why it is told with the others; empty for the first."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new article belongs."""

    story_id: int
    joined: str
    """Why it is told with the others of its story; empty for the first."""
    telling: Telling


class _Known(NamedTuple):
    """An article that a new one may tell the same as."""

    story_id: int
    source_id: int
    when: datetime
    body: str
    telling: Telling


_KEYS: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)
_OF_TEXT = (
    sa.select(articles.c.story_id)
    .where(articles.c.text_hash == sa.bindparam("digest"))
    .order_by(articles.c.id)
    .limit(1)
)
_shared = sa.func.count().label("shared")
_NEAR = (
    sa.select(story_terms.c.article_id)
    .where(story_terms.c.term.in_(_KEYS))
    .group_by(story_terms.c.article_id)
    .having(_shared >= sa.bindparam("fewest"))
    .order_by(_shared.desc(), story_terms.c.article_id.desc())
    .limit(_MOST)
    .subquery()
)
_when = sa.func.coalesce(articles.c.published, articles.c.first_seen, type_=articles.c.first_seen.type)
_CANDIDATES = (
    sa.select(articles.c.story_id, articles.c.source_id, _when, articles.c.body, tellings.c.terms)
    .join(tellings, tellings.c.article_id == articles.c.id)
    .join(_NEAR, _NEAR.c.article_id == articles.c.id)
    .order_by(articles.c.id)
)
_COUNTS = (
    sa.select(story_terms.c.term, sa.func.count()).where(story_terms.c.term.in_(_KEYS)).group_by(story_terms.c.term)
)
_KEPT = sa.select(sa.func.count()).select_from(tellings)
_BEGIN = sa.insert(stories).returning(stories.c.id)
_KEEP, _KEEP_TERM = sa.insert(tellings), sa.insert(story_terms)


def place(connection: sa.Connection, article: Article, source_id: int, now: datetime) -> Place:
    """The story that a new article tells: of the article it copies, else of the event it tells, else a new one.

    An outlet tells an event once: what it writes on it later is a story of its own, unless it is the same text to the
    word. So are notices that an outlet writes in the same words each week.
    """
    digest = copies.text_hash(article.body)
    telling = _telling(connection, article)
    found = _same(connection, digest)
    if found is None:
        known = _candidates(connection, telling)
        found = _copied(article, telling, known, source_id) or _event(
            connection, article.published or now, telling, known, source_id
        )
    if found is not None:
        return Place(*found, telling)
    story_id = connection.execute(_BEGIN, {"first_seen": now}).scalar_one()
    return Place(int(story_id), "", telling)


def keep(connection: sa.Connection, article_id: int, telling: Telling, now: datetime) -> None:
    """Keep what an article tells, so that another outlet's telling is known by it."""
    terms = [[text, round(weight, 4), telling.names.get(text, "")] for text, weight in telling.weights.items()]
    connection.execute(_KEEP, {"article_id": article_id, "seen": now, "terms": terms})
    if keys := _keys(telling):
        connection.execute(_KEEP_TERM, [{"term": key, "article_id": article_id} for key in keys])


def tell_anew(connection: sa.Connection, article_id: int, article: Article) -> None:
    """An article's page shows another text, or the whole of it: what it tells is that from now on. Its story stays."""
    kept = sa.select(tellings.c.seen, tellings.c.terms).where(tellings.c.article_id == article_id)
    row = connection.execute(kept).first()
    if row is None:
        return
    _drop(connection, [(article_id, row.terms)])
    keep(connection, article_id, _telling(connection, article), row.seen)


def forget(connection: sa.Connection, now: datetime) -> None:
    """Drop what is so old that no other outlet will come to tell it."""
    old = sa.select(tellings.c.article_id, tellings.c.terms).where(tellings.c.seen < now - KEPT).limit(500)
    while found := connection.execute(old).all():
        _drop(connection, [(article_id, terms) for article_id, terms in found])


def outlets(connection: sa.Connection, story_ids: Collection[int]) -> dict[int, list[Outlet]]:
    """Every outlet of each story, in the order they were first seen."""
    found: dict[int, list[Outlet]] = {}
    wanted = sorted(story_ids)
    for start in range(0, len(wanted), 500):
        query = (
            sa.select(
                articles.c.id, articles.c.story_id, sources.c.name, articles.c.url, articles.c.title,
                articles.c.first_seen, articles.c.joined,
            )
            .join(sources, sources.c.id == articles.c.source_id)
            .where(articles.c.story_id.in_(wanted[start : start + 500]), articles.c.state != "held")
            .order_by(articles.c.first_seen, articles.c.id)
        )  # fmt: skip
        for article_id, story_id, name, url, title, seen, joined in connection.execute(query):
            outlet = Outlet(
                article_id=article_id, story_id=story_id, source=name, url=url, title=title, first_seen=seen,
                joined=joined,
            )  # fmt: skip
            found.setdefault(story_id, []).append(outlet)
    return found


def _drop(connection: sa.Connection, kept: Sequence[tuple[int, Sequence[tuple[str, float, str]]]]) -> None:
    pairs = [{"t": key, "a": article_id} for article_id, terms in kept for key in _keys(_read(terms))]
    mine = (story_terms.c.term == sa.bindparam("t")) & (story_terms.c.article_id == sa.bindparam("a"))
    if pairs:
        connection.execute(sa.delete(story_terms).where(mine), pairs)
    connection.execute(sa.delete(tellings).where(tellings.c.article_id.in_([article_id for article_id, _ in kept])))


def _same(connection: sa.Connection, digest: int) -> tuple[int, str] | None:
    story_id = connection.scalar(_OF_TEXT, {"digest": digest}) if digest else None
    return (story_id, "the same text") if story_id is not None else None


def _copied(article: Article, telling: Telling, known: Sequence[_Known], source_id: int) -> tuple[int, str] | None:
    """The story of another outlet's article that has the most of this one's words, and how many."""
    if len(article.body) < copies.SHORT:
        return None
    words = copies.words(article.body)
    near = [
        other for other in known if other.source_id != source_id and events.likeness(telling, other.telling) >= _READ
    ]
    scored = [(copies.likeness(words, copies.words(other.body)), -place, other) for place, other in enumerate(near)]
    share, _, best = max(scored, default=(0.0, 0, None))
    return (best.story_id, f"{share:.0%} the same words") if best and share else None


def _event(
    connection: sa.Connection, when: datetime, telling: Telling, known: Sequence[_Known], source_id: int
) -> tuple[int, str] | None:
    """The story of the event that an article tells as other outlets do, and the words that say so."""
    same = [other for other in known if events.is_one_event(telling, other.telling, abs(when - other.when))]
    refused: set[int] = set()
    for other in sorted(same, key=lambda other: events.likeness(telling, other.telling), reverse=True):
        if other.story_id in refused:
            continue
        told_by = _told_by(connection, other.story_id)
        if source_id not in told_by and events.fits(telling, [o for o in told_by.values() if o is not None]):
            return other.story_id, f"the same event: {', '.join(events.shared(telling, other.telling))}"
        refused.add(other.story_id)
    return None


def _told_by(connection: sa.Connection, story_id: int) -> Mapping[int, Telling | None]:
    """What each source told of a story; `None` where that is forgotten."""
    query = (
        sa.select(articles.c.source_id, tellings.c.terms)
        .outerjoin(tellings, tellings.c.article_id == articles.c.id)
        .where(articles.c.story_id == story_id)
    )
    return {source_id: _read(terms) if terms else None for source_id, terms in connection.execute(query)}


def _candidates(connection: sa.Connection, telling: Telling) -> list[_Known]:
    keys = _keys(telling)
    found = connection.execute(_CANDIDATES, {"keys": keys, "fewest": min(_FEWEST, len(keys))})
    return [_Known(*row[:4], telling=_read(row[4])) for row in found]


def _telling(connection: sa.Connection, article: Article) -> Telling:
    """What an article tells; of one without a text, what its summary does."""
    drawn = sketch(article.title, article.body or article.summary, article.language)
    return events.telling(drawn, _counts(connection, drawn))


def _counts(connection: sa.Connection, drawn: Sketch) -> Counts:
    """How many of the articles that are kept hold each word of a sketch."""
    keys = {_key(term.text): term.text for term in drawn.terms}
    holding = {keys[key]: count for key, count in connection.execute(_COUNTS, {"keys": list(keys)})}
    return Counts(connection.scalar(_KEPT) or 0, holding)


def _keys(telling: Telling) -> list[int]:
    heaviest = sorted(telling.weights, key=lambda text: -telling.weights[text])[:_INDEXED]
    return sorted({_key(text) for text in heaviest})


def _key(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _read(terms: Sequence[tuple[str, float, str]]) -> Telling:
    return Telling({text: weight for text, weight, _ in terms}, {text: name for text, _, name in terms if name})
