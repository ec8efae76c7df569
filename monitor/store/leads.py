"""Links that wait to be fetched, and addresses that need no fetching any more."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

import sqlalchemy as sa

from monitor.records import Lead
from monitor.store.tables import leads, seen, sources
from monitor.urls import key

TRIES = 5
"""A page that could not be fetched so often is given up."""
FIRST_RETRY = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A lead as it stands in the store."""

    key: int
    lead: Lead
    source_id: int
    first_sight: bool
    attempts: int
    lost: tuple[int, ...] = ()
    """The ids of the articles that its way in lost when it came (`monitor.store.moves`)."""


_KEYS: sa.BindParameter[Any] = sa.bindparam("keys", expanding=True)
_KEPT = sa.select(leads, sources.c.name.label("source")).join(sources, sources.c.id == leads.c.source_id)
_ONE = _KEPT.where(leads.c.key == sa.bindparam("address"))
_DROP = sa.delete(leads).where(leads.c.key.in_(_KEYS))
_SEEN = sa.select(seen.c.key).where(seen.c.key.in_(_KEYS))
_SEE = sa.insert(seen)


def unknown(connection: sa.Connection, keys: Sequence[int]) -> set[int]:
    """Those of `keys` that are neither waiting nor done with."""
    known: set[int] = set()
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        for table in (seen, leads):
            known.update(connection.scalars(sa.select(table.c.key).where(table.c.key.in_(some))))
    return set(keys) - known


def first_seen(connection: sa.Connection, keys: Collection[int]) -> dict[int, datetime]:
    """When those of `keys` that are done with were."""
    found: dict[int, datetime] = {}
    wanted = sorted(keys)
    for start in range(0, len(wanted), 500):
        query = sa.select(seen.c.key, seen.c.at).where(seen.c.key.in_(wanted[start : start + 500]))
        found.update((k, at) for k, at in connection.execute(query))
    return found


def wait(
    connection: sa.Connection,
    source_id: int,
    found: Iterable[Lead],
    now: datetime,
    *,
    first_sight: bool,
    lost: Sequence[int] = (),
) -> None:
    """Keep leads with an address that `unknown` let through until they are fetched; `lost` as in `Waiting`."""
    rows = [
        {
            "key": key(lead.url), "source_id": source_id, "url": lead.url, "title": lead.title, "guid": lead.id,
            "published": lead.published, "precision": lead.precision, "summary": lead.summary, "way": lead.way,
            "doubtful": lead.doubtful, "first_sight": first_sight, "found": now, "next_try": now,
            "lost": list(lost),
        }
        for lead in found
        if lead.url
    ]  # fmt: skip
    if rows:
        connection.execute(sa.insert(leads), rows)


def complete(connection: sa.Connection, found: Mapping[int, Lead]) -> None:
    """Another way in found leads too, by key: those that wait take the date and the summary that they lack."""
    keys = list(found)
    for start in range(0, len(keys), 500):
        lacking = sa.select(leads.c.key, leads.c.published, leads.c.doubtful, leads.c.summary).where(
            leads.c.key.in_(keys[start : start + 500]),
            leads.c.published.is_(None) | leads.c.doubtful | (leads.c.summary == ""),
        )
        for row in connection.execute(lacking).all():
            lead = found[row.key]
            values: dict[str, Any] = {}
            if lead.published and not lead.doubtful and (row.published is None or row.doubtful):
                values = {"published": lead.published, "precision": lead.precision, "doubtful": False}
            if lead.summary and not row.summary:
                values["summary"] = lead.summary
            if values:
                connection.execute(sa.update(leads).where(leads.c.key == row.key).values(values))


def entry_key(source_id: int, lead: Lead) -> int | None:
    """The key under which a feed's own identifier of an entry is seen; `None` where it is but the address, or none."""
    if not lead.id or (lead.url and key(lead.id) == key(lead.url)):
        return None
    identifier = f"{source_id}\n{lead.id}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(identifier, digest_size=8).digest(), "big", signed=True)


def find(connection: sa.Connection, address_key: int) -> Waiting | None:
    """The waiting lead with this key."""
    row = connection.execute(_ONE, {"address": address_key}).mappings().first()
    return _waiting(row) if row else None


def pending(connection: sa.Connection, source_name: str, now: datetime, limit: int = 1000) -> list[Waiting]:
    """A source's leads whose time has come, newest first."""
    due = (sources.c.name == source_name) & (leads.c.next_try <= now)
    newest = sa.func.coalesce(leads.c.published, leads.c.found).desc()
    return [_waiting(row) for row in connection.execute(_KEPT.where(due).order_by(newest).limit(limit)).mappings()]


def sources_waiting(connection: sa.Connection, now: datetime) -> set[str]:
    """The names of the sources that have leads whose time has come."""
    query = sa.select(sources.c.name).join(leads, sources.c.id == leads.c.source_id).where(leads.c.next_try <= now)
    return set(connection.scalars(query.distinct()))


def put_off(connection: sa.Connection, waiting: Waiting, now: datetime, reason: str) -> None:
    """The page could not be fetched: try again later, and later still each time."""
    later = now + FIRST_RETRY * 2**waiting.attempts
    values = {"attempts": waiting.attempts + 1, "next_try": later, "reason": reason}
    connection.execute(sa.update(leads).where(leads.c.key == waiting.key).values(values))


def done(
    connection: sa.Connection,
    keys: Iterable[int],
    source_id: int,
    now: datetime,
    outcome: str,
    article_id: int | None = None,
) -> None:
    """These addresses need no fetching any more."""
    wanted = list(dict.fromkeys(keys))
    connection.execute(_DROP, {"keys": wanted})
    known = set(connection.scalars(_SEEN, {"keys": wanted}))
    rows = [
        {"key": k, "source_id": source_id, "article_id": article_id, "outcome": outcome, "at": now}
        for k in wanted
        if k not in known
    ]
    if rows:
        connection.execute(_SEE, rows)


def _waiting(row: sa.RowMapping) -> Waiting:
    lead = Lead(
        url=row["url"], title=row["title"], published=row["published"], precision=row["precision"], id=row["guid"],
        doubtful=row["doubtful"],
        summary=row["summary"], source=row["source"], way=row["way"],
    )  # fmt: skip
    return Waiting(
        key=row["key"],
        lead=lead,
        source_id=row["source_id"],
        first_sight=row["first_sight"],
        attempts=row["attempts"],
        lost=tuple(row["lost"]),
    )
