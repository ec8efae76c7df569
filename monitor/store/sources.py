"""What the store knows of each source: when it was polled, whether it answered, the ways in that were discovered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from monitor.store.tables import outages, sources


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """One source as the store remembers it; times are the runs'."""

    id: int
    name: str
    first_polled: datetime | None
    last_polled: datetime | None
    last_good: datetime | None
    next_poll: datetime | None
    failing_since: datetime | None
    failures: int
    reason: str
    ways: Mapping[str, list[str]]
    rhythm: Mapping[str, Any]
    """Way in → what polling has learned of it (`monitor.polling.Rhythm`)."""
    health: Mapping[str, Any]
    """{"ways": {way in: …}, "pages": …}, as `monitor.health` keeps it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Well:
    """A source that answered: when it is due again, which of its ways in did not, and what polling has learned."""

    state: SourceState
    next_poll: datetime
    reason: str = ""
    rhythm: Mapping[str, Any]


_COLUMNS = [sources.c[name] for name in SourceState.__dataclass_fields__]


def states(connection: sa.Connection) -> dict[str, SourceState]:
    """Every source ever polled, by name."""
    rows = connection.execute(sa.select(*_COLUMNS)).mappings()
    return {row["name"]: SourceState(**row) for row in rows}


def ensure(connection: sa.Connection, names: Iterable[str]) -> None:
    """Make a row for each name that has none."""
    known = set(connection.scalars(sa.select(sources.c.name)))
    new = [{"name": name} for name in dict.fromkeys(names) if name not in known]
    if new:
        connection.execute(sa.insert(sources), new)


def keep_ways(connection: sa.Connection, source_id: int, ways: Mapping[str, list[str]]) -> None:
    """Remember the ways in that were discovered: {"feeds": [...], "sitemaps": [...], "sections": [...]}."""
    connection.execute(sa.update(sources).where(sources.c.id == source_id).values(ways=dict(ways)))


def note_gap(connection: sa.Connection, source_id: int, since: datetime, until: datetime, reason: str) -> None:
    """Between two looks stories may have rolled off unseen."""
    row = {"source_id": source_id, "kind": "gap", "since": since, "until": until, "reason": reason}
    connection.execute(sa.insert(outages).values(row))


def succeeded(connection: sa.Connection, answered: Sequence[Well], now: datetime) -> None:
    """These sources answered. Dark spans end here."""
    rows = [
        {
            "row": well.state.id, "last_polled": now, "last_good": now, "next_poll": well.next_poll,
            "failing_since": None, "failures": 0, "reason": well.reason, "rhythm": dict(well.rhythm),
            "first_polled": well.state.first_polled or now,
        }
        for well in answered
    ]  # fmt: skip
    if rows:
        columns: dict[str, sa.BindParameter[Any]] = {name: sa.bindparam(name) for name in rows[0] if name != "row"}
        connection.execute(sa.update(sources).where(sources.c.id == sa.bindparam("row")).values(columns), rows)
    dark = [well.state.id for well in answered if well.state.failing_since]
    if dark:
        open_ = outages.c.source_id.in_(dark) & (outages.c.kind == "dark") & outages.c.until.is_(None)
        connection.execute(sa.update(outages).where(open_).values(until=now))


def failed(connection: sa.Connection, state: SourceState, now: datetime, *, next_poll: datetime, reason: str) -> None:
    """No way into the source answered. A dark span begins here unless it has begun."""
    values = {
        "last_polled": now, "next_poll": next_poll, "failing_since": state.failing_since or now,
        "failures": state.failures + 1, "reason": reason,
    }  # fmt: skip
    connection.execute(sa.update(sources).where(sources.c.id == state.id).values(values))
    if not state.failing_since:
        row = {"source_id": state.id, "kind": "dark", "since": now, "reason": reason}
        connection.execute(sa.insert(outages).values(row))
