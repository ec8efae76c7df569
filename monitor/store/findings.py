"""What was found on one topic, story by story: for whoever reads along without being written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from monitor.freshness import counts_until
from monitor.records import Article, Evidence, Match
from monitor.store.tables import articles, matches, sources

_ARTICLE = [
    articles.c[name]
    for name in (
        "title", "body", "url", "canonical_url", "published", "precision", "first_seen", "language", "summary", "state",
        "partial",
    )
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A story on a topic, in the words of the first outlet that had it."""

    story_id: int
    article: Article
    match: Match


def latest(connection: sa.Connection, topic_id: str, most: int, fresh: timedelta) -> list[Finding]:
    """Up to `most` stories on a topic, the newest first. What a source already carried at first sight has to be dated
    within `fresh` of that, as for an alert; nothing that is held."""
    query = (
        sa.select(
            articles.c.story_id, sources.c.name.label("source"), *_ARTICLE, matches.c.topic, matches.c.score,
            matches.c.evidence,
        )
        .join(articles, articles.c.id == matches.c.article_id)
        .join(sources, sources.c.id == articles.c.source_id)
        .where(matches.c.topic_id == topic_id, articles.c.state != "held")
        .order_by(articles.c.first_seen.desc(), articles.c.id.desc(), matches.c.revision.desc())
        .limit(most * 5)
    )  # fmt: skip
    rows = [row for row in connection.execute(query).mappings() if _told(row, fresh)]
    first = {row["story_id"]: row for row in rows}  # the last of each story in this order is its first outlet
    return list(_findings(first, topic_id))[:most]


def _findings(first: dict[int, sa.RowMapping], topic_id: str) -> Iterator[Finding]:
    for row in sorted(first.values(), key=lambda row: row["first_seen"], reverse=True):
        article = Article(source=row["source"], **{column.name: row[column.name] for column in _ARTICLE})
        evidence = tuple(Evidence(**span) for span in row["evidence"])
        match = Match(topic=row["topic"], topic_id=topic_id, score=row["score"], evidence=evidence)
        yield Finding(story_id=row["story_id"], article=article, match=match)


def _told(row: sa.RowMapping, fresh: timedelta) -> bool:
    if row["state"] != "archived":
        return True
    published = row["published"]
    return published is not None and counts_until(published, row["precision"]) >= row["first_seen"] - fresh
