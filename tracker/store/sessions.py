"""Transactions: the two ways this room talks to its database.

Owns where a transaction starts and ends and that no driver error leaves the
room untranslated. It must not know any table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import DBAPIError

from tracker.store.dialect import WRITER
from tracker.store.dialects import dialect_of

__all__ = ["driving", "reading", "translated", "writing"]


@contextmanager
def translated(engine: Engine) -> Iterator[None]:
    """Turn driver errors a person can act on into ours; let those that are bugs through.

    Raises: OperationFailed and its families, by `Dialect.explain`.
    """
    try:
        yield
    except (DBAPIError, engine.dialect.loaded_dbapi.Error) as error:
        driver = error.orig if isinstance(error, DBAPIError) else error
        known = dialect_of(engine).explain(driver, engine)
        if known is None:
            raise
        raise known from error
    except UnicodeDecodeError as error:  # a driver's own message can quote what is damaged
        raise dialect_of(engine).undecodable(engine) from error


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one snapshot, taken at its first query, and blocks no writer.

    Raises: as `translated`.
    """
    with translated(engine), engine.connect() as connection:
        connection.begin()  # rolled back when the connection is given back: nothing to keep
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection holding the only write lock; committed and durable at the end, or undone.

    Raises: as `translated`.
    """
    with translated(engine), engine.connect() as plain:
        connection = plain.execution_options(**{WRITER: True})
        with connection.begin():
            yield connection


@contextmanager
def driving(engine: Engine) -> Iterator[DBAPICursor]:
    """As `writing`, with a cursor of the driver's own: for what is done a thousand times a second.

    Raises: as `translated`.
    """
    with translated(engine):
        pooled = engine.raw_connection()
        try:
            cursor = pooled.cursor()
            try:
                dialect_of(engine).begin_writing(cursor)
                yield cursor
            finally:
                cursor.close()
            pooled.commit()
        except engine.dialect.loaded_dbapi.Error as error:
            # A connection that is gone is not given back: there is nothing to roll back on it.
            if engine.dialect.is_disconnect(error, pooled.dbapi_connection, None):
                pooled.invalidate()
            raise
        finally:
            pooled.close()  # what is not committed is rolled back as it is given back
