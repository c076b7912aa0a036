"""Everything that holds for SQLite only: one answer to `dialect.Dialect`.

Owns how a connection is opened and a transaction begun. The texts of its
triggers are in `sqlite_guards`, what the driver's errors mean in `sqlite_errors`.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from tracker.errors import BadInput, LedgerBroken, OperationFailed
from tracker.store.dialect import WRITER
from tracker.store.sqlite_errors import code_of, meaning, not_utf8
from tracker.store.sqlite_guards import TRIGGERS

__all__ = [
    "ANOTHER",
    "TRIGGERS",
    "any_of",
    "begin_writing",
    "checked",
    "explain",
    "file_of",
    "insert_rows",
    "integrity_findings",
    "is_there",
    "make_engine",
    "make_place",
    "place_of",
    "put_guards",
    "triggers_present",
    "undecodable",
]

ANOTHER = "Move it away and run `tracker init`, or name another file in TRACKER_DATABASE_URL"

BUSY_TIMEOUT_S = 30.0
_WAL_ATTEMPTS = 250
_WAL_PAUSE_S = 0.02
_CACHE_KIB = 8_000
_CHECKPOINT_PAGES = 4_000  # the log beside the file grows to about 16 MB


def file_of(url: URL) -> Path:
    """The file a SQLite URL names, absolute."""
    return Path(url.database or "").absolute()


def place_of(url: URL) -> str:
    """What the database is called: its file."""
    return str(file_of(url))


def checked(url: URL) -> URL:
    """The URL, if it names a file and nothing else. Raises: BadInput."""
    name = url.database
    if (
        not name
        or "\0" in name
        or name.startswith((":memory:", "file:"))
        or any((url.username, url.password, url.host, url.port, url.query))
    ):
        raise BadInput(
            "the database URL must name a file and nothing else",
            "Give TRACKER_DATABASE_URL the form sqlite:////folder/tracker.db, or leave it unset",
        )
    return url


def is_there(url: URL) -> bool:
    """Whether the file is there. Raises: OperationFailed if nobody may look."""
    file = file_of(url)
    try:
        return file.exists()
    except OSError as error:
        reason = error.strerror or str(error)
        raise OperationFailed(
            f"the database {file} cannot be reached ({reason})",
            "Give yourself permission to enter its folder, or name another place in TRACKER_HOME",
        ) from error


def make_place(url: URL) -> None:
    """Make the file, empty, and its folder, where they are not there. Raises: OperationFailed."""
    file = file_of(url)
    advice = "Give yourself write permission there, or name another place in TRACKER_HOME"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(file, os.O_CREAT | os.O_RDWR, 0o644))
    except OSError as error:
        reason = error.strerror or str(error)
        raise OperationFailed(f"the database {file} cannot be made ({reason})", advice) from error


def make_engine(url: URL) -> Engine:
    """An engine on an existing SQLite file; nothing is opened before the first use.

    Connections never create the file, wait 30 s for a lock, write ahead
    (WAL) and sync at every commit. A transaction of a connection with the
    `WRITER` option takes the write lock at its start; others are deferred.
    """
    # mode=rw: looking for a ledger must not leave an empty file behind.
    address = f"{file_of(url).as_uri()}?mode=rw"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(
            address,
            uri=True,
            timeout=BUSY_TIMEOUT_S,
            isolation_level=None,  # the driver begins nothing by itself
            check_same_thread=False,  # the pool hands a connection to one thread at a time
        )

    engine = create_engine(url, creator=connect, pool_size=5, max_overflow=-1)
    event.listen(engine, "connect", _settings)
    event.listen(engine, "begin", _begin)
    return engine


def _settings(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA journal_mode")
        found = cursor.fetchone()
        if found is None or found[0] != "wal":
            _write_ahead(cursor)
        # Keys fall anywhere in their index: the pages a batch touches should stay at hand, and
        # be written into the file together. Neither changes what is durable when.
        cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        cursor.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    finally:
        cursor.close()


def _write_ahead(cursor: DBAPICursor) -> None:
    """Switch the file to WAL. Kept in the file, so this runs once in its life.

    Two processes that switch a new file at the same time get "locked" at once,
    whatever the busy timeout says: the loser tries again.
    """
    for attempt in range(1, _WAL_ATTEMPTS + 1):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if code_of(error) != "SQLITE_BUSY" or attempt == _WAL_ATTEMPTS:
                raise
            time.sleep(_WAL_PAUSE_S)
        else:
            return


def _begin(connection: Connection) -> None:
    writer = connection.get_execution_options().get(WRITER, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


def begin_writing(cursor: DBAPICursor) -> None:
    """Begin a transaction that holds the write lock, on a cursor of the driver's own."""
    cursor.execute("BEGIN IMMEDIATE")


@lru_cache(maxsize=1024)
def _marks(count: int) -> str:
    return ", ".join("?" * count)


def any_of(column: str, values: list[str]) -> tuple[str, list[Any]]:
    """A condition that the column has one of the values, and what fills its places."""
    return f"{column} IN ({_marks(len(values))})", values


def insert_rows(
    cursor: DBAPICursor, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows into a table that only grows."""
    names, marks = ", ".join(columns), _marks(len(columns))
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  names of ours
    if len(rows) == 1:
        cursor.execute(statement, rows[0])
    else:
        cursor.executemany(statement, rows)


def explain(error: BaseException | None, engine: Engine) -> OperationFailed | None:
    """What a driver's error means to a person, or None where it is a bug of ours."""
    return None if error is None else meaning(error, file_of(engine.url))


def undecodable(engine: Engine) -> LedgerBroken:
    """What to say of text in the database that is no text."""
    return not_utf8(file_of(engine.url))


def put_guards(connection: Connection, table: str) -> None:
    """Give a freshly made table its triggers."""
    for owner, text in TRIGGERS.values():
        if owner == table:
            connection.exec_driver_sql(text)


def triggers_present(connection: Connection) -> dict[str, str]:
    """The text of every trigger the database has, by name."""
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    return {str(name): str(sql) for name, sql in rows}


def integrity_findings(connection: Connection) -> Iterator[str]:
    """What the database finds wrong with its own file: pages, indexes, constraints."""
    for (line,) in connection.exec_driver_sql("PRAGMA integrity_check(100)"):
        if line != "ok":
            yield f"the database file: {line}"
