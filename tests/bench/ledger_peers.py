"""The peers of the ledger's benchmark: bare `sqlite3`, and the PyPI library `eventsourcing`.

Owns their set-up. Bare `sqlite3` gets rows that are encoded already and keeps
no chain and no guards. `eventsourcing` has its own recorders and its default
JSON transcoder; what it stores is plain JSON data, made of the same typed
payload by msgspec, which spares it a transcoding for every day and rate.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import URL

from tests.bench.timing import seconds
from tracker.core.entries import Payload

__all__ = ["INDEXES", "bare_rows", "on_postgres", "on_sqlite", "present", "saved"]

INDEXES = ", UNIQUE (key), UNIQUE (stream, version)"
"""What the ledger's own table is indexed by, beside the position."""

_TABLE = (
    "CREATE TABLE entries (position INTEGER PRIMARY KEY, stream TEXT, version INTEGER, type TEXT,"
    " schema INTEGER, key TEXT, recorded_at TEXT, payload BLOB, previous TEXT, hash TEXT{})"
)
_INSERT = "INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"


def present() -> bool:
    """Whether the library is installed."""
    return find_spec("eventsourcing") is not None


def bare_rows(
    rows: Sequence[tuple[Any, ...]], file: Path, *, at_once: int, indexes: str = ""
) -> float:
    """Seconds that the driver alone takes to insert rows, durable after each transaction."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(_TABLE.format(indexes))

        def insert() -> None:
            for start in range(0, len(rows), at_once):
                connection.execute("BEGIN IMMEDIATE")
                if at_once == 1:
                    connection.execute(_INSERT, rows[start])
                else:
                    connection.executemany(_INSERT, rows[start : start + at_once])
                connection.execute("COMMIT")

        return seconds(insert)


@contextmanager
def on_sqlite(file: Path) -> Iterator[Any]:
    """An application of the library on an SQLite file, which it writes ahead and syncs fully."""
    with _application(
        {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(file)}
    ) as application:
        yield application


@contextmanager
def on_postgres(url: URL) -> Iterator[Any]:
    """An application of the library on a database of PostgreSQL."""
    host = url.host or url.query.get("host") or ""
    with _application(
        {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": url.database or "",
            "POSTGRES_HOST": host if isinstance(host, str) else host[0],
            "POSTGRES_PORT": str(url.port or 5432),
            "POSTGRES_USER": url.username or "",
            "POSTGRES_PASSWORD": url.password or "",
        }
    ) as application:
        yield application


@contextmanager
def _application(environment: Mapping[str, str]) -> Iterator[Any]:
    from eventsourcing.application import Application

    application = Application(env=environment)
    try:
        yield application
    finally:
        application.close()


def saved(
    application: Any, payloads: Sequence[Payload], *, at_once: int, made_before: bool
) -> float:
    """Seconds that `Application.save` takes for an aggregate a payload, so many in a transaction.

    `made_before`: the aggregates are there already when the clock starts.
    """
    made: Callable[[Payload], Any] = _aggregate
    ready: list[Any] = []
    if made_before:
        ready.extend(map(made, payloads))

    def save() -> None:
        for start in range(0, len(payloads), at_once):
            part = slice(start, start + at_once)
            application.save(*(ready[part] if made_before else map(made, payloads[part])))

    return seconds(save)


def _aggregate(payload: Payload) -> Any:
    from tests.bench.peer_events import Kept

    return Kept(sort=payload.TYPE, content=msgspec.to_builtins(payload))
