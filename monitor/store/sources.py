"""What the store knows of each source: when it was polled, whether it answered, the ways in that were discovered."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from monitor.health.verdict import Part
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
class Polled:
    """How a source fared in a run: when it is due again, what is wrong with it, and what was learned."""

    state: SourceState
    """Before the run."""
    next_poll: datetime
    failing_since: datetime | None = None
    """`None` where it can be watched, in part at least."""
    reason: str = ""
    trouble: str = ""
    rhythm: Mapping[str, Any]
    health: Mapping[str, Any]
    parts: Sequence[Part] = ()
    """What of it fails while the rest works."""

    @property
    def failing(self) -> bool:
        """Whether it cannot be watched at all."""
        return self.failing_since is not None


BLIP = timedelta(hours=1)
"""A source that failed once, and works again within this, was never dark."""

_NAMES = tuple(SourceState.__dataclass_fields__)
_COLUMNS = [sources.c[name] for name in _NAMES]


def states(connection: sa.Connection) -> dict[str, SourceState]:
    """Every source ever polled, by name."""
    return _read(connection, sa.select(*_COLUMNS))


def ailing(connection: sa.Connection, named: Collection[str]) -> dict[str, SourceState]:
    """The sources of which something fails, in part at least, and those `named`; by name."""
    open_spans = sa.select(outages.c.source_id).where(outages.c.until.is_(None))
    fails = sources.c.failing_since.is_not(None) | sources.c.id.in_(open_spans)
    return _read(connection, sa.select(*_COLUMNS).where(fails | sources.c.name.in_(named)))


def _read(connection: sa.Connection, query: sa.Select[Any]) -> dict[str, SourceState]:
    return {row.name: SourceState(**dict(zip(_NAMES, row, strict=True))) for row in connection.execute(query)}


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


def succeeded(connection: sa.Connection, answered: Sequence[Polled], now: datetime) -> None:
    """These sources can be watched. Dark spans end here; one that was a single failed look was none."""
    if not answered:
        return
    alike = {
        "last_polled": now, "last_good": now, "failing_since": None, "failures": 0,
        "first_polled": sa.func.coalesce(sources.c.first_polled, now),
    }  # fmt: skip
    rows = [
        {
            "row": well.state.id, "next_poll": well.next_poll, "reason": well.reason, "rhythm": dict(well.rhythm),
            "health": dict(well.health),
        }
        for well in answered
    ]  # fmt: skip
    columns: dict[str, sa.BindParameter[Any]] = {name: sa.bindparam(name) for name in rows[0] if name != "row"}
    connection.execute(sa.update(sources).where(sources.c.id == sa.bindparam("row")).values(alike | columns), rows)
    blips = [well.state.id for well in answered if _was_a_blip(well.state, now)]
    dark = [well.state.id for well in answered if well.state.failing_since and well.state.id not in blips]
    if blips:
        connection.execute(sa.delete(outages).where(_open(blips)))
    if dark:
        connection.execute(sa.update(outages).where(_open(dark)).values(until=now))
    _keep_parts(connection, answered, now)


def failed(connection: sa.Connection, dark: Polled, now: datetime) -> None:
    """A source cannot be watched. A dark span begins unless it has begun, at `failing_since`."""
    state = dark.state
    values = {
        "last_polled": now, "next_poll": dark.next_poll, "failing_since": dark.failing_since,
        "failures": state.failures + 1, "reason": dark.reason, "rhythm": dict(dark.rhythm), "health": dict(dark.health),
    }  # fmt: skip
    connection.execute(sa.update(sources).where(sources.c.id == state.id).values(values))
    if not state.failing_since:
        row = {
            "source_id": state.id, "kind": "dark", "since": dark.failing_since, "found": now, "reason": dark.reason,
            "trouble": dark.trouble,
        }  # fmt: skip
        connection.execute(sa.insert(outages).values(row))
    _keep_parts(connection, [dark], now)


def _was_a_blip(state: SourceState, now: datetime) -> bool:
    return state.failures == 1 and state.failing_since is not None and now - state.failing_since <= BLIP


def _open(source_ids: Sequence[int], kind: str = "dark") -> sa.ColumnElement[bool]:
    return outages.c.source_id.in_(source_ids) & (outages.c.kind == kind) & outages.c.until.is_(None)


def _keep_parts(connection: sa.Connection, polled: Sequence[Polled], now: datetime) -> None:
    """Begin and end the spans in which sources are watched in part only."""
    wanted = {(one.state.id, part.url): part for one in polled for part in one.parts}
    ids = {one.state.id for one in polled}
    still = sa.select(outages.c.id, outages.c.source_id, outages.c.way)
    known: set[tuple[int, str]] = set()
    over = []
    for number, source_id, way in connection.execute(
        still.where(outages.c.kind == "partial", outages.c.until.is_(None))
    ):
        if (source_id, way) in wanted:
            known.add((source_id, way))
        elif source_id in ids:
            over.append(number)
    if over:
        connection.execute(sa.update(outages).where(outages.c.id.in_(over)).values(until=now))
    rows = [
        {
            "source_id": source_id, "kind": "partial", "since": datetime.fromtimestamp(part.since, UTC), "found": now,
            "reason": part.reason, "way": way, "trouble": part.trouble,
        }
        for (source_id, way), part in wanted.items()
        if (source_id, way) not in known
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(outages), rows)
