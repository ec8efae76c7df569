"""Opening the store: a database URL becomes an engine whose schema is up to date."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from monitor.errors import NewswatchError

SCHEMA = "0001"
"""The newest migration; when the database is at it, Alembic is not even imported."""


class StoreError(NewswatchError):
    """The store cannot be used; `url` (without its password) and `reason` say which and why."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"store {url}: {reason}")


def open_store(url: str) -> sa.Engine:
    """Return an engine on `url` (sqlite:///… or postgresql+psycopg://…), migrated to `SCHEMA`.

    A missing SQLite file and its folder are made. Raises `StoreError`.
    """
    try:
        engine = _engine(sa.make_url(url))
        if _version(engine) != SCHEMA:
            from monitor.store.migrations.upgrade import upgrade

            upgrade(engine)
    except (sa.exc.SQLAlchemyError, OSError, sqlite3.Error) as error:
        raise StoreError(_shown(url), _reason(error)) from error
    return engine


def place(engine: sa.Engine) -> Path | None:
    """The folder that holds the store; `None` where a server keeps it."""
    if engine.dialect.name != "sqlite" or engine.url.database in {None, "", ":memory:"}:
        return None
    return Path(str(engine.url.database)).parent


def faults(engine: sa.Engine) -> list[str]:
    """What SQLite finds wrong with its file, ten at most; a server looks after its own. Reads the whole file."""
    if engine.dialect.name != "sqlite":
        return []
    try:
        with engine.connect() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(10)").scalars().all()
    except sa.exc.OperationalError:
        return []  # somebody holds it; it is asked again another day
    except sa.exc.DatabaseError as error:
        return [_reason(error)]
    return [str(fault) for fault in found if fault != "ok"]


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": 30.0})
    sa.event.listen(engine, "connect", _configure_sqlite)
    sa.event.listen(engine, "begin", _begin_immediate)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: sa.Connection) -> None:
    """A deferred BEGIN that then writes fails at once when another writer is at work; this one waits."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _version(engine: sa.Engine) -> str | None:
    with engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _shown(url: str) -> str:
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return url.split("@")[-1]


def _reason(error: Exception) -> str:
    origin = getattr(error, "orig", None) or error
    return " ".join(str(origin).split()) or type(error).__name__
