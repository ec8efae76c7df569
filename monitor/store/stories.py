"""Who carries a story: the outlets of one event, oldest first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.store.tables import articles, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One article that tells a story."""

    article_id: int
    story_id: int
    source: str
    url: str
    title: str
    first_seen: datetime


def outlets(connection: sa.Connection, story_ids: Collection[int]) -> dict[int, list[Outlet]]:
    """Every outlet of each story, in the order they were first seen."""
    found: dict[int, list[Outlet]] = {}
    wanted = sorted(story_ids)
    for start in range(0, len(wanted), 500):
        query = (
            sa.select(
                articles.c.id, articles.c.story_id, sources.c.name, articles.c.url, articles.c.title,
                articles.c.first_seen,
            )
            .join(sources, sources.c.id == articles.c.source_id)
            .where(articles.c.story_id.in_(wanted[start : start + 500]), articles.c.state != "held")
            .order_by(articles.c.first_seen, articles.c.id)
        )  # fmt: skip
        for article_id, story_id, name, url, title, seen in connection.execute(query):
            outlet = Outlet(
                article_id=article_id, story_id=story_id, source=name, url=url, title=title, first_seen=seen
            )
            found.setdefault(story_id, []).append(outlet)
    return found
