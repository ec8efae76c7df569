"""What mailboxes said of our mail: kept a report each, so that two days' hard bounces can be told from one day's."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa

from monitor.store.tables import bounces


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounce:
    """One report about one subscription."""

    subscription_id: int
    kind: str
    """hard, soft or complaint."""
    day: date
    """The report's own Date, UTC."""
    reason: str
    digest: str
    """Of the report's bytes: the same report counts once."""


def add(connection: sa.Connection, bounce: Bounce, now: datetime) -> bool:
    """Keep a report; false when it was kept before."""
    if connection.scalar(sa.select(bounces.c.id).where(bounces.c.digest == bounce.digest)) is not None:
        return False
    row = {
        "subscription_id": bounce.subscription_id, "kind": bounce.kind, "day": bounce.day.isoformat(),
        "reason": bounce.reason[:500], "digest": bounce.digest, "read": now,
    }  # fmt: skip
    connection.execute(sa.insert(bounces).values(row))
    return True


def days(connection: sa.Connection, subscription_id: int, kind: str) -> set[date]:
    """The days on which reports of a kind about a subscription were written."""
    query = sa.select(bounces.c.day).where(bounces.c.subscription_id == subscription_id, bounces.c.kind == kind)
    return {date.fromisoformat(day) for day in connection.scalars(query)}


def forget(connection: sa.Connection, subscription_id: int) -> None:
    """Let a subscription begin anew."""
    connection.execute(sa.delete(bounces).where(bounces.c.subscription_id == subscription_id))
