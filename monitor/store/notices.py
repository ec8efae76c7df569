"""What the operator was told of."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from monitor.store.tables import notices


def told(connection: sa.Connection, facts: Collection[str]) -> set[str]:
    """Those of `facts` that the operator knows."""
    return set(connection.scalars(sa.select(notices.c.fact).where(notices.c.fact.in_(list(facts)))))


def last(connection: sa.Connection) -> datetime | None:
    """When the operator was last told anything."""
    found: datetime | None = connection.scalar(sa.select(sa.func.max(notices.c.at)))
    return found


def tell(connection: sa.Connection, facts: Collection[str], now: datetime) -> None:
    """Note that the operator is told of these."""
    connection.execute(sa.insert(notices), [{"fact": fact, "at": now} for fact in facts])
