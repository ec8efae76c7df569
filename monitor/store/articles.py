"""The archive: articles, the stories they tell, and the matches found in them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.records import Article, Match
from monitor.store import stories
from monitor.store.tables import articles, matches, seen, sources
from monitor.stories.copies import likeness, text_hash, words
from monitor.urls import key

_KEYS: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)
_AT = sa.union_all(
    sa.select(articles.c.id).where(articles.c.key.in_(_KEYS)),
    sa.select(seen.c.article_id).where(seen.c.key.in_(_KEYS), seen.c.article_id.is_not(None)),
).limit(1)
_OF_TEXT = sa.select(articles.c.id, articles.c.title, articles.c.published).where(
    articles.c.text_hash == sa.bindparam("digest"), articles.c.source_id == sa.bindparam("source")
)
_OF_ENTRY = (
    sa.select(articles.c.id, articles.c.body)
    .join(seen, seen.c.article_id == articles.c.id)
    .where(seen.c.key == sa.bindparam("entry"))
)
_ADD = sa.insert(articles).returning(articles.c.id)
_ADD_MATCH = sa.insert(matches)


def find(connection: sa.Connection, keys: Iterable[int]) -> int | None:
    """The id of the article that one of these address keys belongs to."""
    found: int | None = connection.scalar(_AT, {"keys": list(keys)})
    return found


def find_text(connection: sa.Connection, source_id: int, article: Article) -> int | None:
    """The id of the source's article with the same text to the word, and with the same title or instant.

    So it is where a new headline makes a new address, and where one story stands in two sections.
    """
    digest = text_hash(article.body)
    if not digest:
        return None
    for row in connection.execute(_OF_TEXT, {"digest": digest, "source": source_id}):
        titled = row.title.casefold() == article.title.casefold()
        if titled or (row.published is not None and row.published == article.published):
            return int(row.id)
    return None


def find_entry(connection: sa.Connection, entry: int, article: Article) -> int | None:
    """The id of the article that came under a feed's identifier before, if most of its words stand in this one too.

    So it is where headline, address and text were edited together. Some feeds give all their entries one identifier: it
    alone says nothing.
    """
    row = connection.execute(_OF_ENTRY, {"entry": entry}).first()
    alike = row is not None and likeness(words(row.body), words(article.body)) > 0
    return int(row.id) if row is not None and alike else None


def add(connection: sa.Connection, article: Article, source_id: int, now: datetime) -> int:
    """Store a new article under the story it tells; return its id."""
    place = stories.place(connection, article, source_id, now)
    row = {
        "key": key(article.canonical_url), "source_id": source_id, "url": article.url,
        "canonical_url": article.canonical_url, "title": article.title, "authors": list(article.authors),
        "published": article.published, "precision": article.precision, "published_from": article.published_from,
        "confidence": article.confidence,
        "modified": article.modified, "first_seen": now, "language": article.language, "summary": article.summary,
        "body": article.body, "text_hash": text_hash(article.body), "state": article.state, "partial": article.partial,
        "story_id": place.story_id, "joined": place.joined,
    }  # fmt: skip
    article_id = int(connection.execute(_ADD, row).scalar_one())
    stories.keep(connection, article_id, place.telling, now)
    return article_id


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
        connection.execute(_ADD_MATCH, rows)


def rows(connection: sa.Connection, since: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Every article as `export articles` prints it, in the order they came; `since` is by first seen."""
    query = (
        sa.select(
            articles.c.url, articles.c.canonical_url, sources.c.name.label("source"), articles.c.title,
            articles.c.published, articles.c.published_from, articles.c.first_seen, articles.c.body,
            articles.c.partial, articles.c.story_id.label("story"), articles.c.joined,
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
