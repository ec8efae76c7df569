"""What the runs did: their reports, and the gaps they noticed."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.store.tables import outages, runs, sources

_LOOK_BACK = 1000
"""Runs; there is one every few minutes."""


def add(connection: sa.Connection, started: datetime, finished: datetime, report: Mapping[str, Any]) -> None:
    """Keep the report of a run."""
    plain = _plain(report)
    connection.execute(sa.insert(runs).values(started=started, finished=finished, report=plain))


def was_stopped(connection: sa.Connection) -> bool:
    """Whether no mail could be handed over by the last of the runs that tried to."""
    newest = sa.select(runs.c.report).order_by(runs.c.id.desc()).limit(_LOOK_BACK)
    for report in connection.scalars(newest):
        if report.get("transport"):
            return True
        if any(report.get("digests", {}).get(what) for what in ("sent", "deferred", "failed")):
            return False
    return False


def gaps(connection: sa.Connection, since: datetime) -> Iterator[dict[str, Any]]:
    """Spans noticed since `since` in which a source may have lost stories: name, since, until, reason."""
    query = (
        sa.select(sources.c.name, outages.c.since, outages.c.until, outages.c.reason)
        .join(sources, sources.c.id == outages.c.source_id)
        .where(outages.c.kind == "gap", sa.func.coalesce(outages.c.until, outages.c.since) >= since)
        .order_by(outages.c.since)
    )
    yield from (dict(row) for row in connection.execute(query).mappings())


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, datetime) else value
