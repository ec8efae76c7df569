"""What the store remembers for polite fetching: validators of conditional requests, and robots.txt files."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from monitor.store.tables import hosts, robots, validators


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What an address gave to ask again with, byte for byte; both `None` where it gave nothing."""

    etag: bytes | None
    last_modified: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Robots:
    """A robots.txt as it came; `status` 0 means that nothing came."""

    body: bytes
    status: int
    fetched: datetime


_VALIDATORS, _ROBOTS = tuple(Validators.__dataclass_fields__), tuple(Robots.__dataclass_fields__)


def find_validators(connection: sa.Connection, url: str) -> Validators | None:
    """The validators of `url`; `None` when it has never answered."""
    columns = [validators.c[name] for name in Validators.__dataclass_fields__]
    row = connection.execute(sa.select(*columns).where(validators.c.url == url)).mappings().first()
    return Validators(**row) if row else None


def all_validators(connection: sa.Connection, urls: Collection[str]) -> dict[str, Validators]:
    """The validators of those of `urls` that have answered before."""
    columns = [validators.c.url, *(validators.c[name] for name in Validators.__dataclass_fields__)]
    rows = connection.execute(sa.select(*columns))
    return {row[0]: Validators(**dict(zip(_VALIDATORS, row[1:], strict=True))) for row in rows if row[0] in urls}


def keep_validators(connection: sa.Connection, url: str, *, etag: bytes | None, last_modified: bytes | None) -> None:
    """Remember what `url` answered with, in place of what it answered before."""
    values = {"etag": etag, "last_modified": last_modified}
    done = connection.execute(sa.update(validators).where(validators.c.url == url).values(values))
    if not done.rowcount:
        connection.execute(sa.insert(validators).values(url=url, **values))


def find_robots(connection: sa.Connection, origin: str) -> Robots | None:
    """The robots.txt kept for `origin` (scheme://host:port)."""
    columns = [robots.c[name] for name in Robots.__dataclass_fields__]
    row = connection.execute(sa.select(*columns).where(robots.c.origin == origin)).mappings().first()
    return Robots(**row) if row else None


def all_robots(connection: sa.Connection, origins: Collection[str]) -> dict[str, Robots]:
    """The robots.txt files kept for `origins`."""
    columns = [robots.c.origin, *(robots.c[name] for name in Robots.__dataclass_fields__)]
    rows = connection.execute(sa.select(*columns))
    return {row[0]: Robots(**dict(zip(_ROBOTS, row[1:], strict=True))) for row in rows if row[0] in origins}


def keep_robots(connection: sa.Connection, origin: str, body: bytes, status: int, fetched: datetime) -> None:
    """Keep `origin`'s robots.txt; `fetched` is real time, as politeness is."""
    values = {"body": body, "status": status, "fetched": fetched}
    done = connection.execute(sa.update(robots).where(robots.c.origin == origin).values(values))
    if not done.rowcount:
        connection.execute(sa.insert(robots).values(origin=origin, **values))


def asked(connection: sa.Connection) -> dict[str, datetime]:
    """When the hosts of the last run's end were asked, real time."""
    return {row.host: row.asked for row in connection.execute(sa.select(hosts))}


def keep_asked(connection: sa.Connection, instants: Mapping[str, datetime]) -> None:
    """Remember when these hosts were asked, and no others."""
    connection.execute(sa.delete(hosts))
    if instants:
        connection.execute(sa.insert(hosts), [{"host": host, "asked": at} for host, at in instants.items()])
