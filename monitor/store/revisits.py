"""Known articles that are looked at again: when, and what their pages gave to be recognised by."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.records import Look, Stamp
from monitor.store.tables import articles, looks, seen, sources

TRIES = 4
"""A look that brought no answer is tried again so often before the next one in the schedule is waited for."""
FIRST_RETRY = timedelta(minutes=30)
EARLY = 8
"""So often a way in can have an article looked at ahead of its schedule …"""
PAUSE = timedelta(minutes=15)
"""… and not before so long after the last look."""

_ADD = sa.insert(looks)


def following(first_seen: datetime, revisit: Sequence[timedelta], now: datetime) -> datetime | None:
    """The first instant of the schedule after `now`; those that went by unused are not made up for."""
    return next((first_seen + pause for pause in revisit if first_seen + pause > now), None)


def add(
    connection: sa.Connection, article_id: int, source_id: int, stamp: Stamp, now: datetime, due: datetime | None
) -> None:
    """Begin to look at an article that was stored just now."""
    row = {"article_id": article_id, "source_id": source_id, "looked": now, "next_look": due, "early": 0, "attempts": 0}
    connection.execute(_ADD, {**row, **_columns(stamp)})


def due(
    connection: sa.Connection, source_name: str, now: datetime, *, but: Collection[int] = (), limit: int = 30
) -> list[Look]:
    """A source's articles whose time has come, the newest first; none of those in `but`."""
    query = (
        sa.select(
            looks.c.article_id, looks.c.attempts, looks.c.etag, looks.c.last_modified, looks.c.page_hash,
            articles.c.url, articles.c.first_seen,
        )
        .join(articles, articles.c.id == looks.c.article_id)
        .join(sources, sources.c.id == looks.c.source_id)
        .where(sources.c.name == source_name, looks.c.next_look <= now, looks.c.article_id.not_in(list(but)))
        .order_by(articles.c.first_seen.desc(), looks.c.article_id.desc())
        .limit(limit)
    )  # fmt: skip
    return [_look(row, source_name) for row in connection.execute(query).mappings()]


def sources_due(connection: sa.Connection, now: datetime) -> set[str]:
    """The names of the sources of which an article's time has come."""
    query = sa.select(sources.c.name).join(looks, sources.c.id == looks.c.source_id).where(looks.c.next_look <= now)
    return set(connection.scalars(query.distinct()))


def updated(connection: sa.Connection, instants: Mapping[int, datetime], now: datetime) -> None:
    """Ways in say that articles (by an address key of theirs) were updated at these instants: those that were not
    looked at since are due now, or soon."""
    found = connection.execute(
        sa.select(seen.c.key, looks.c.article_id, looks.c.looked, looks.c.next_look)
        .join(looks, looks.c.article_id == seen.c.article_id)
        .where(seen.c.key.in_(list(instants)), looks.c.early < EARLY)
    )
    for key, article_id, looked, next_look in found.all():
        soon = max(now, looked + PAUSE)
        if looked < instants[key] <= now + PAUSE and (next_look is None or soon < next_look):
            values = {"next_look": soon, "early": looks.c.early + 1}
            connection.execute(sa.update(looks).where(looks.c.article_id == article_id).values(values))


def moved(connection: sa.Connection, article_id: int, url: str, now: datetime) -> None:
    """An article stands at another address now: what the old one gave tells nothing of it, and it is due."""
    connection.execute(sa.update(articles).where(articles.c.id == article_id).values(url=url))
    values = {"next_look": now, "attempts": 0} | _columns(Stamp())
    connection.execute(sa.update(looks).where(looks.c.article_id == article_id).values(values))


def looked(
    connection: sa.Connection, article_id: int, now: datetime, due: datetime | None, stamp: Stamp | None
) -> None:
    """The page was looked at; `stamp` is what it gave, where it gave anything new."""
    values: dict[str, Any] = {"looked": now, "next_look": due, "attempts": 0} | (_columns(stamp) if stamp else {})
    connection.execute(sa.update(looks).where(looks.c.article_id == article_id).values(values))


def put_off(connection: sa.Connection, look: Look, now: datetime, due: datetime | None) -> None:
    """The page could not be looked at: again in half an hour, and later each time, or at `due` if that comes first or
    it was tried often enough."""
    attempts, again = look.attempts + 1, now + FIRST_RETRY * 2**look.attempts
    values: dict[str, Any] = {"attempts": attempts, "next_look": min(again, due) if due else again}
    if attempts >= TRIES:
        values = {"attempts": 0, "next_look": due}
    connection.execute(sa.update(looks).where(looks.c.article_id == look.article_id).values(values))


def _columns(stamp: Stamp) -> dict[str, Any]:
    return {"etag": stamp.etag, "last_modified": stamp.last_modified, "page_hash": stamp.page_hash}


def _look(row: sa.RowMapping, source: str) -> Look:
    stamp = Stamp(etag=row["etag"], last_modified=row["last_modified"], page_hash=row["page_hash"])
    return Look(
        article_id=row["article_id"], source=source, url=row["url"], first_seen=row["first_seen"], stamp=stamp,
        attempts=row["attempts"],
    )  # fmt: skip
