"""Opening the store: a database URL becomes an engine whose schema is up to date."""

import sqlite3
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from monitor.store import troubles
from monitor.store.troubles import StoreError

SCHEMA = "0001"
"""The newest migration; when the database is at it, Alembic is not even imported."""
PATIENCE = 30.0
"""Seconds to wait for another writer of a SQLite file."""
_READS = "newswatch_reads"


def open_store(url: str) -> sa.Engine:
    """Return an engine on `url` (sqlite:///… or postgresql+psycopg://…), migrated to `SCHEMA`.

    A missing SQLite file and its folder are made. Raises `StoreError`, here and whenever the database cannot go on.
    """
    shown = _shown(url)
    try:
        engine = _engine(sa.make_url(url))
        troubles.tell(engine, shown)
        version = _version(engine)
        if version is not None and version > SCHEMA:
            raise StoreError(
                shown, f"is of a newer newswatch (schema {version}, this one knows {SCHEMA}); run that one"
            )
        if version != SCHEMA:
            from monitor.store.migrations.upgrade import upgrade

            upgrade(engine)
    except ModuleNotFoundError as error:
        raise StoreError(shown, f"needs {error.name}; for PostgreSQL: pip install 'newswatch[postgres]'") from error
    except OSError as error:
        raise StoreError(shown, f"{error.strerror}: {error.filename}; let newswatch write there") from error
    except sa.exc.SQLAlchemyError as error:
        raise StoreError(shown, troubles.words(getattr(error, "orig", None) or error)) from error
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
        with read(engine) as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check(10)").scalars().all()
    except StoreError as error:
        return [error.reason]
    return [str(fault) for fault in found if fault != "ok"]


def read(engine: sa.Engine) -> sa.Connection:
    """A connection that only reads: where the database allows it, it waits for no writer."""
    return engine.connect().execution_options(**{_READS: True})


def _engine(url: sa.URL) -> sa.Engine:
    if url.get_backend_name() != "sqlite":
        return sa.create_engine(url, pool_pre_ping=True, hide_parameters=True)
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(url, connect_args={"timeout": PATIENCE}, hide_parameters=True)
    sa.event.listen(engine, "connect", _configure_sqlite)
    sa.event.listen(engine, "begin", _begin)
    return engine


def _configure_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: sa.Connection) -> None:
    """A deferred BEGIN that then writes fails at once when another writer is at work; an immediate one waits."""
    reads = connection.get_execution_options().get(_READS)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _version(engine: sa.Engine) -> str | None:
    with read(engine) as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _shown(url: str) -> str:
    try:
        return sa.make_url(url).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return url.split("@")[-1]
