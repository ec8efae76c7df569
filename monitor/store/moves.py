"""Stories that were given another address: what a list lost in the very look in which it gained something else."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from monitor.records import Article
from monitor.store.tables import articles, seen
from monitor.stories.copies import likeness, words

MANY = 20
"""A list that lost more at once, above what it still shows, was not edited but made anew."""


def lost(connection: sa.Connection, before: Collection[int], now: Collection[int]) -> list[int]:
    """The ids of the articles that a list showed `before` and does not `now`, both keys of addresses.

    Those alone of which the hour is known, and than which it still shows an older one: others may have rolled off.
    """
    gone, kept = set(before) - set(now), set(before) & set(now)
    if not gone or not kept or not set(now) - set(before):
        return []
    oldest = min(_listed(connection, kept).values(), default=None)
    ids = [one for one, published in _listed(connection, gone).items() if oldest and published > oldest]
    return sorted(ids) if len(ids) <= MANY else []


def find(connection: sa.Connection, ids: Sequence[int], article: Article) -> int | None:
    """Which of the articles that a list `lost` this one is, published at the same second and in most of the same words.

    A headline, an address and a text that were edited together leave no other sign where the feed has no identifiers.
    """
    if not ids or article.published is None or article.precision != "time":
        return None
    instant = (articles.c.published == article.published) & (articles.c.precision == "time")
    rows = connection.execute(sa.select(articles.c.id, articles.c.body).where(articles.c.id.in_(ids) & instant)).all()
    alike = [int(row.id) for row in rows if likeness(words(row.body), words(article.body))]
    return alike[0] if len(alike) == 1 else None


def _listed(connection: sa.Connection, keys: Collection[int]) -> dict[int, datetime]:
    """When the articles at these addresses were published, by id."""
    query = sa.select(articles.c.id, articles.c.published).join(seen, seen.c.article_id == articles.c.id)
    rows = connection.execute(query.where(seen.c.key.in_(sorted(keys)), articles.c.precision == "time"))
    return {row.id: row.published for row in rows}
