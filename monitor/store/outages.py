"""What was not checked: spans in which a source was dark, or in which its stories may have rolled off unseen."""

from collections.abc import Collection
from datetime import datetime, timedelta

import sqlalchemy as sa

from monitor.records import Outage
from monitor.store.tables import outages, sources

LATE = timedelta(hours=1)
"""A source that was due so long ago and was not looked at has not been checked."""


def between(
    connection: sa.Connection, since: datetime, until: datetime, names: Collection[str] | None = None
) -> list[Outage]:
    """The outages that touch the span from `since` to `until`, of the sources called `names` (else of all)."""
    query = (
        sa.select(
            sources.c.name.label("source"), outages.c.kind, outages.c.since, outages.c.until, outages.c.reason,
            outages.c.found, outages.c.way, outages.c.trouble,
        )
        .join(sources, sources.c.id == outages.c.source_id)
        .where(outages.c.since <= until, sa.or_(outages.c.until.is_(None), outages.c.until > since))
        .order_by(outages.c.since, sources.c.name)
    )  # fmt: skip
    found = [Outage(**row) for row in connection.execute(query).mappings()]
    return [outage for outage in found if names is None or outage.source in names]


def overlooked(connection: sa.Connection, since: datetime, now: datetime, names: Collection[str]) -> list[Outage]:
    """Sources of `names` that were due and that no run has looked at: from their last look on, else from `since` on.

    So it is when nothing ran, and when a run's time was over before it came to them.
    """
    query = sa.select(sources.c.name, sources.c.last_polled, sources.c.next_poll)
    known = {name: (last, due) for name, last, due in connection.execute(query)}
    found = []
    for name in names:
        last, due = known.get(name, (None, None))
        if last is None or (due is not None and due < now - LATE):
            reason = "it was due, and no run has looked at it"
            found.append(Outage(source=name, kind="dark", since=last or since, until=None, reason=reason))
    return found
