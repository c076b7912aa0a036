"""Everything that holds for PostgreSQL only: the other answer to `dialect.Dialect`.

Owns how a connection is opened and a transaction begun, the lock that lets one
writer in at a time, and how rows go in by COPY. The driver, psycopg 3, is
imported by SQLAlchemy when an engine is made, and not before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPICursor

from tracker.errors import BadInput, LedgerBroken, OperationFailed
from tracker.store.dialect import WRITER
from tracker.store.postgres_errors import meaning
from tracker.store.postgres_guards import CREATE, FUNCTIONS, PRESENT, TRIGGERS

__all__ = [
    "ANOTHER",
    "TRIGGERS",
    "any_of",
    "begin_writing",
    "checked",
    "explain",
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

ANOTHER = "Make a database of its own with `createdb` and name it in TRACKER_DATABASE_URL"

_FORM = "Give TRACKER_DATABASE_URL the form postgresql+psycopg://user@host/name"
_CONNECT_TIMEOUT_S = 10
# Any number does, as long as every version of this program takes the same one.
_LOCK = 0x747261636B6572
# Positions are free of gaps and a reader's bookmark misses nothing only because the next
# writer counts after the last has committed. It waits as long as SQLite's would: 30 s.
_BEGIN_WRITING = f"SELECT set_config('lock_timeout', '30s', true), pg_advisory_xact_lock({_LOCK})"
_BEGIN_READING = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"

_KINDS = {
    "position": "int8",
    "version": "int4",
    "schema": "int4",
    "payload": "bytea",
    "body": "bytea",
    "size": "int4",
}


def place_of(url: URL) -> str:
    """What the database is called: its name and host, without user and password."""
    host = url.host or url.query.get("host") or "this machine"
    named = host if isinstance(host, str) else ", ".join(host)
    port = f":{url.port}" if url.port else ""
    return f"PostgreSQL database {url.database} on {named}{port}"


def checked(url: URL) -> URL:
    """The URL, if it names a database. Raises: BadInput."""
    if not url.database or "\0" in url.database:
        raise BadInput("the database URL names no database", _FORM)
    if "password" in url.query:
        raise BadInput(
            "the database URL has the password among its options",
            "Write it as user:password@host, or keep it in a pgpass file",
        )
    return url.set(drivername="postgresql+psycopg")


def make_engine(url: URL) -> Engine:
    """An engine on an existing database; nothing is opened before the first use.

    A writer takes an advisory lock that ends with its transaction; a reader sees
    one snapshot (REPEATABLE READ, READ ONLY) and waits for nobody.
    Raises: OperationFailed if psycopg is not installed.
    """
    asked: dict[str, Any] = {"client_encoding": "utf8", "fallback_application_name": "tracker"}
    if "connect_timeout" not in url.query:
        asked["connect_timeout"] = _CONNECT_TIMEOUT_S
    try:
        engine = create_engine(
            url,
            connect_args=asked,
            pool_size=5,
            max_overflow=-1,
            pool_pre_ping=True,  # a server that was started anew is noticed before any work
            use_native_hstore=False,  # spares a question at each connection
        )
    except ImportError as error:
        raise OperationFailed(
            "PostgreSQL needs the driver psycopg, which is not installed",
            "Install it with `pip install 'tracker[postgres]'`",
        ) from error
    event.listen(engine, "begin", _begin)
    return engine


def make_place(url: URL) -> None:
    """Nothing: making a database takes rights that a ledger's user need not have."""
    del url


def is_there(url: URL) -> bool:
    """True: only connecting shows whether it is."""
    del url
    return True


def put_guards(connection: Connection, table: str) -> None:
    """Give a freshly made table its triggers, and the database their functions."""
    mine = [text for owner, text in CREATE.values() if owner == table]
    if mine:
        for text in FUNCTIONS.values():
            connection.exec_driver_sql(text.replace("CREATE", "CREATE OR REPLACE", 1))
    for text in mine:
        connection.exec_driver_sql(text)


def triggers_present(connection: Connection) -> dict[str, str]:
    """The text of every trigger on our tables with that of its function, by name."""
    return {str(name): str(text) for name, text in connection.exec_driver_sql(PRESENT)}


def integrity_findings(connection: Connection) -> Iterator[str]:
    """Nothing: a server checks its pages itself, as they are read, if it was set up to."""
    del connection
    return iter(())


def _begin(connection: Connection) -> None:
    writer = connection.get_execution_options().get(WRITER, False)
    connection.exec_driver_sql(_BEGIN_WRITING if writer else _BEGIN_READING)


def begin_writing(cursor: DBAPICursor) -> None:
    """Begin a transaction that holds the write lock, on a cursor of the driver's own."""
    cursor.execute(_BEGIN_WRITING)


def any_of(column: str, values: list[str]) -> tuple[str, list[Any]]:
    """A condition that the column has one of the values, and what fills its places.

    One place for all of them: the statement is the same, and prepared, however many there are.
    """
    return f"{column} = ANY(%s)", [values]


def insert_rows(
    cursor: DBAPICursor, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]
) -> None:
    """Insert rows into a table that only grows: several by COPY, as bytes and not as text."""
    names = ", ".join(columns)
    if len(rows) == 1:
        marks = ", ".join(["%s"] * len(columns))
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  names of ours
        cursor.execute(statement, rows[0])
        return
    drivers: Any = cursor  # COPY is psycopg's own, not the DB-API's
    with drivers.copy(f"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)") as copy:
        copy.set_types([_KINDS.get(name, "text") for name in columns])
        for row in rows:
            copy.write_row(row)


def explain(error: BaseException | None, engine: Engine) -> OperationFailed | None:
    """What a driver's error means to a person, or None where it is a bug of ours."""
    return None if error is None else meaning(error, place_of(engine.url))


def undecodable(engine: Engine) -> LedgerBroken:
    """What to say of text in the database that is no text."""
    return LedgerBroken(
        f"{place_of(engine.url)} holds text that is not UTF-8",
        "Restore it from a backup; `tracker verify` says what is wrong",
    )
