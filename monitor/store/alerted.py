"""Who was told what: matches that a subscription has not been told of, and the marks of those it has."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.freshness import counts_until
from monitor.records import Article, Evidence, Match
from monitor.store.tables import alerted, articles, matches, revisions, sources, subscription_topics

_ARTICLE = [
    articles.c[name]
    for name in (
        "title", "url", "canonical_url", "published", "precision", "published_from", "confidence", "first_seen",
        "language", "summary", "state", "partial",
    )
]  # fmt: skip
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """The revision that brought a topic in."""

    seen: datetime
    kind: str
    """A `monitor.records.RevisionKind`."""
    added: tuple[str, ...]
    """The passages that came in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A match in an article that a subscription has not been told of."""

    article_id: int
    story_id: int
    article: Article
    """Without its body, which `bodies` gives."""
    match: Match
    revision: int
    """0: the article as it was first stored."""
    update: Update | None = None
    """Set where the revision is not 0."""
    place: int = 0
    """Of the revision among those of all the story's outlets, as they were seen: 1 is the first."""
    gone: int | None = None
    """The revision in which the topic vanished again, if it did."""
    joined: str = ""
    """Why the article is told with others of its story; empty for the first one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """That a subscription is told of a topic in an article."""

    topic_id: str
    article_id: int
    story_id: int
    revision: int


def untold(
    connection: sa.Connection,
    subscription_id: int,
    topics: Collection[str],
    *,
    since: datetime,
    fresh_since: datetime,
) -> list[Untold]:
    """What a subscription has still to hear: matches of `topics` made since `since`, oldest first.

    Nothing from before it followed the topic, nothing held, and of what a source already carried at first sight
    only what is dated `fresh_since` or later (a date without an hour counts until its day's end) or came in later, by
    a revision.
    """
    mine = subscription_topics.c.subscription_id == subscription_id
    followed = sa.and_(mine, subscription_topics.c.topic_id == matches.c.topic_id)
    marked = sa.and_(
        alerted.c.subscription_id == subscription_id,
        alerted.c.topic_id == matches.c.topic_id,
        alerted.c.article_id == matches.c.article_id,
    )
    brought_in = sa.and_(
        matches.c.revision > 0,
        revisions.c.article_id == matches.c.article_id,
        revisions.c.number == matches.c.revision,
    )
    place = sa.case((matches.c.revision > 0, _place()), else_=0).label("place")
    began = sa.case((matches.c.revision == 0, articles.c.first_seen), else_=matches.c.matched)
    query = (
        sa.select(
            matches.c.article_id, articles.c.story_id, sources.c.name.label("source"), *_ARTICLE,
            matches.c.topic, matches.c.topic_id, matches.c.score, matches.c.evidence, matches.c.revision,
            matches.c.gone.label("vanished"), revisions.c.seen, revisions.c.kind, revisions.c.changes, place,
            articles.c.joined,
        )
        .join(articles, articles.c.id == matches.c.article_id)
        .join(sources, sources.c.id == articles.c.source_id)
        .join(subscription_topics, followed)
        .outerjoin(alerted, marked)
        .outerjoin(revisions, brought_in)
        .where(
            alerted.c.article_id.is_(None), matches.c.matched >= since, began >= subscription_topics.c.since,
            articles.c.state != "held",
            sa.or_(
                articles.c.state != "archived", articles.c.published >= fresh_since - _DAY, matches.c.revision > 0
            ),
        )
        .order_by(matches.c.id)
    )  # fmt: skip
    rows = connection.execute(query).mappings()
    found = [_untold(row) for row in rows if row["topic_id"] in topics]
    return [item for item in found if item.revision or _is_fresh(item.article, fresh_since)]


def bodies(connection: sa.Connection, article_ids: Iterable[int]) -> dict[int, str]:
    """The texts of articles, by id."""
    found: dict[int, str] = {}
    wanted = sorted(set(article_ids))
    for start in range(0, len(wanted), 500):
        query = sa.select(articles.c.id, articles.c.body).where(articles.c.id.in_(wanted[start : start + 500]))
        found.update((article_id, body) for article_id, body in connection.execute(query))
    return found


def told(connection: sa.Connection, subscription_id: int, story_ids: Collection[int]) -> dict[int, set[str]]:
    """Of `story_ids`, those that a subscription was told of, with the topics it was told under."""
    found: dict[int, set[str]] = {}
    wanted = sorted(story_ids)
    for start in range(0, len(wanted), 500):
        some = wanted[start : start + 500]
        query = (
            sa.select(alerted.c.topic_id, alerted.c.story_id, articles.c.story_id)
            .join(articles, articles.c.id == alerted.c.article_id)
            .where(
                alerted.c.subscription_id == subscription_id,
                sa.or_(alerted.c.story_id.in_(some), articles.c.story_id.in_(some)),
            )
        )
        for topic, then, now in connection.execute(query):
            for story_id in {then, now}.intersection(some):
                found.setdefault(story_id, set()).add(topic)
    return found


def told_texts(connection: sa.Connection, subscription_id: int, story_ids: Collection[int]) -> dict[int, list[str]]:
    """Of `story_ids`, the titles and texts of the articles by which a subscription was told of them."""
    found: dict[int, list[str]] = {}
    query = (
        sa.select(articles.c.story_id, articles.c.title, articles.c.body)
        .where(
            articles.c.story_id.in_(sorted(story_ids)),
            articles.c.id.in_(sa.select(alerted.c.article_id).where(alerted.c.subscription_id == subscription_id)),
        )
        .order_by(articles.c.id)
    )
    for story_id, title, body in connection.execute(query) if story_ids else ():
        found.setdefault(story_id, []).append(f"{title}\n{body}")
    return found


def mark(connection: sa.Connection, subscription_id: int, marks: Iterable[Mark], outbox_key: str, at: datetime) -> None:
    """Note that a subscription is told, by the mail `outbox_key`."""
    rows = [
        {
            "subscription_id": subscription_id, "topic_id": mark.topic_id, "article_id": mark.article_id,
            "story_id": mark.story_id, "revision": mark.revision, "outbox_key": outbox_key, "at": at,
        }
        for mark in marks
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(alerted), rows)


def release(connection: sa.Connection, outbox_key: str) -> int:
    """Take back the marks of a mail that never went out, so that the next one tells them; return how many."""
    return connection.execute(sa.delete(alerted).where(alerted.c.outbox_key == outbox_key)).rowcount


def _untold(row: sa.RowMapping) -> Untold:
    article: dict[str, Any] = {column.name: row[column.name] for column in _ARTICLE}
    return Untold(
        article_id=row["article_id"], story_id=row["story_id"], article=Article(source=row["source"], **article),
        match=Match(topic=row["topic"], topic_id=row["topic_id"], score=row["score"],
                    evidence=tuple(Evidence(**evidence) for evidence in row["evidence"])),
        revision=row["revision"], update=_update(row), place=row["place"], gone=row["vanished"], joined=row["joined"],
    )  # fmt: skip


def _place() -> sa.ScalarSelect[int]:
    """How many revisions of the story's outlets were seen up to this one."""
    other, outlet = revisions.alias(), articles.alias()
    at_once = sa.and_(other.c.seen == revisions.c.seen, other.c.article_id <= revisions.c.article_id)
    return (
        sa.select(sa.func.count())
        .select_from(other.join(outlet, outlet.c.id == other.c.article_id))
        .where(outlet.c.story_id == articles.c.story_id, other.c.number > 0)
        .where(sa.or_(other.c.seen < revisions.c.seen, at_once))
        .correlate(articles, revisions)
        .scalar_subquery()
    )


def _update(row: sa.RowMapping) -> Update | None:
    if row["seen"] is None:
        return None
    added = tuple(new for _, _, new in row["changes"] if new.strip())
    return Update(seen=row["seen"], kind=row["kind"], added=added)


def _is_fresh(article: Article, fresh_since: datetime) -> bool:
    if article.state != "archived":
        return True
    return article.published is not None and counts_until(article.published, article.precision) >= fresh_since
