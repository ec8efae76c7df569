"""What ails a database that cannot go on, and how to mend it: no fault of the program's, and no traceback.

SQLite's result codes: https://sqlite.org/rescode.html. PostgreSQL's: https://www.postgresql.org/docs/15/errcodes-appendix.html.
"""

import sqlite3

import sqlalchemy as sa

from monitor.errors import NewswatchError

SQLITE = {
    sqlite3.SQLITE_FULL: "free some space on its disk",
    sqlite3.SQLITE_BUSY: "another process has held it for too long; wait for that one or end it",
    sqlite3.SQLITE_READONLY: "let the user that newswatch runs as write to the file and to its folder",
    sqlite3.SQLITE_CANTOPEN: "let the user that newswatch runs as write to the file and to its folder",
    sqlite3.SQLITE_PERM: "let the user that newswatch runs as write to the file and to its folder",
    sqlite3.SQLITE_IOERR: "look at the space and the health of its disk",
    sqlite3.SQLITE_CORRUPT: "the file is damaged; put a backup in its place, or move it away to begin anew",
    sqlite3.SQLITE_NOTADB: "put a backup in its place, or move it away to begin anew",
}
"""Primary result code → the mend."""
POSTGRESQL = {
    "08": "look whether its server runs, then run again",
    "28": "mend user and password in `store` of newswatch.yaml, in NEWSWATCH_STORE_FILE or in ~/.pgpass",
    "3D": "make the database (createdb), or name another in `store` of newswatch.yaml",
    "42501": "let its user make and write tables there (GRANT)",
    "25006": "the server takes no changes; name the one that does in `store` of newswatch.yaml",
    "53100": "free some space on the server's disk",
    "53": "the server is at its limits; look at its log",
    "55P03": "another process has held it for too long; wait for that one or end it",
    "57P": "start its server again, then run again",
    "58": "look at the disk and the log of its server",
    "XX": "look at the log of its server",
}
"""The beginning of a SQLSTATE → the mend; the longest that fits counts."""
NO_SERVER = (
    "look whether its server runs, and whether address, user and password in `store` of newswatch.yaml are right"
)
KEPT = ". What was committed is kept, and the next run goes on from there"
DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class StoreError(NewswatchError):
    """The store cannot be used; `url` (without its password) and `reason` say which and why, and how to mend it."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"store {url}: {reason}")


def tell(engine: sa.Engine, shown: str) -> None:
    """Let every error of `engine`'s database that an operator can mend be a `StoreError` that calls it `shown`."""

    def explain(context: sa.ExceptionContext) -> StoreError | None:
        if context.is_pre_ping:  # the pool connects again by itself
            return None
        error = context.original_exception
        mend = _mend(error, lost=context.is_disconnect)
        kept = KEPT if _code(error) not in DAMAGED else ""
        return StoreError(shown, f"{words(error)}: {mend}{kept}") if mend else None

    sa.event.listen(engine, "handle_error", explain)


def words(error: BaseException) -> str:
    """What a database said, in one line."""
    return " ".join(str(error).split()).rstrip(".") or type(error).__name__


def _code(error: BaseException) -> int:
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def _mend(error: BaseException, *, lost: bool) -> str | None:
    if isinstance(error, sqlite3.Error):
        return SQLITE.get(_code(error))
    state = getattr(error, "sqlstate", None)
    if state:
        known = [prefix for prefix in POSTGRESQL if state.startswith(prefix)]
        return POSTGRESQL[max(known, key=len)] if known else None
    if lost:
        return POSTGRESQL["57P"]
    return NO_SERVER if type(error).__name__ in ("OperationalError", "ConnectionTimeout") else None
