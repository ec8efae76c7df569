"""What was not checked: spans in which a source was dark, or in which its stories may have rolled off unseen."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from monitor.records import Outage
from monitor.store.tables import outages, sources


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
