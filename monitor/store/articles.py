"""The archive: articles, the stories they tell, and the matches found in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.records import Article, Match
from monitor.store.tables import articles, matches, seen, sources, stories
from monitor.stories import text_hash
from monitor.urls import key


def find(connection: sa.Connection, keys: Iterable[int]) -> int | None:
    """The id of the article that one of these address keys belongs to."""
    wanted = list(keys)
    found = connection.scalar(sa.select(articles.c.id).where(articles.c.key.in_(wanted)).limit(1))
    if found is None:
        known = seen.c.key.in_(wanted) & seen.c.article_id.is_not(None)
        found = connection.scalar(sa.select(seen.c.article_id).where(known).limit(1))
    return found


def add(connection: sa.Connection, article: Article, source_id: int, now: datetime) -> int:
    """Store a new article under the story it tells (its copies share one); return its id."""
    digest = text_hash(article.body)
    row = {
        "key": key(article.canonical_url), "source_id": source_id, "url": article.url,
        "canonical_url": article.canonical_url, "title": article.title, "authors": list(article.authors),
        "published": article.published, "precision": article.precision, "published_from": article.published_from,
        "confidence": article.confidence,
        "modified": article.modified, "first_seen": now, "language": article.language, "summary": article.summary,
        "body": article.body, "text_hash": digest, "state": article.state, "partial": article.partial,
        "story_id": _story(connection, digest, now),
    }  # fmt: skip
    return _inserted(connection, articles, row)


def add_matches(
    connection: sa.Connection, article_id: int, found: Sequence[Match], now: datetime, lexicon: str = ""
) -> None:
    """Store what the matcher found in an article, with the version of the lexicon it used."""
    rows = [
        {
            "article_id": article_id, "topic_id": match.topic_id, "topic": match.topic, "score": match.score,
            "evidence": [asdict(evidence) for evidence in match.evidence], "lexicon": lexicon, "matched": now,
        }
        for match in found
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(matches), rows)


def rows(connection: sa.Connection, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every article as `export articles` prints it, in the order they came; `since` is by first seen."""
    query = (
        sa.select(
            articles.c.url, articles.c.canonical_url, sources.c.name.label("source"), articles.c.title,
            articles.c.published, articles.c.published_from, articles.c.first_seen, articles.c.body,
            articles.c.story_id.label("story"),
        )
        .join(sources, sources.c.id == articles.c.source_id)
        .order_by(articles.c.id)
    )  # fmt: skip
    if since:
        query = query.where(articles.c.first_seen >= since)
    yield from (dict(row) for row in connection.execute(query).mappings())


def match_rows(connection: sa.Connection, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every match with its article's address, as `export matches` prints it."""
    query = (
        sa.select(
            articles.c.url, sources.c.name.label("source"), articles.c.title, matches.c.topic, matches.c.score,
            matches.c.evidence, matches.c.matched, articles.c.story_id.label("story"), matches.c.revision,
            matches.c.gone,
        )
        .join(articles, articles.c.id == matches.c.article_id)
        .join(sources, sources.c.id == articles.c.source_id)
        .order_by(matches.c.id)
    )  # fmt: skip
    if since:
        query = query.where(matches.c.matched >= since)
    yield from (dict(row) for row in connection.execute(query).mappings())


def _story(connection: sa.Connection, digest: int, now: datetime) -> int:
    found = connection.scalar(sa.select(stories.c.id).where(stories.c.text_hash == digest).limit(1)) if digest else None
    return found if found is not None else _inserted(connection, stories, {"text_hash": digest, "first_seen": now})


def _inserted(connection: sa.Connection, table: sa.Table, row: dict[str, Any]) -> int:
    return int(connection.execute(sa.insert(table).values(row).returning(table.c.id)).scalar_one())
